//! Functions as values, and decorators of the program's own, that are refused, with the reason.

/// Python that is refused, and a part of the reason.
pub(super) const REFUSED: &[(&str, &str)] = &[
    (
        "def handler(event, context):\n    found = []\n    for n in event['items']:\n        found.append(lambda: n)\n    return [it() for it in found]\n",
        "a function that is kept and reads `n`, which changes,",
    ),
    (
        "def make():\n    n = 1\n    def read():\n        return n\n    n = 2\n    return read\n\ndef handler(event, context):\n    return make()()\n",
        "a function that is kept and reads `n`, which changes,",
    ),
    (
        "def handler(event, context):\n    n = 0\n    def add():\n        nonlocal n\n        n += 1\n    add()\n    return n\n",
        "`nonlocal`",
    ),
    (
        "def one():\n    return 1\n\nCALLS = [one]\n\ndef handler(event, context):\n    return CALLS[0](*event['items'])\n",
        "unpacked arguments for a function that is not known",
    ),
    (
        "class A:\n    def run(self):\n        return 1\n\ndef handler(event, context):\n    calls = [A().run]\n    return calls[0]()\n",
        "a method that is not called",
    ),
    (
        "def note(func):\n    print('defined')\n    def wrapper(event, context):\n        return func(event, context)\n    return wrapper\n\n@note\ndef handler(event, context):\n    return 1\n",
        "the decorator `@note` is not mapped",
    ),
    (
        "def limit(times):\n    def decorate(func):\n        def wrapper(event, context):\n            return times\n        return wrapper\n    return decorate\n\nTIMES = [1]\n\n@limit(TIMES)\ndef handler(event, context):\n    return 1\n",
        "the decorator `@limit(TIMES)` is not mapped",
    ),
    (
        "def note(func):\n    def wrapper(*args, **kwargs):\n        print(args[0])\n        return func(*args, **kwargs)\n    return wrapper\n\n@note\ndef handler(event, context):\n    return 1\n",
        "`args` is read before it is bound",
    ),
    (
        "def note(func):\n    def wrapper(*args, **kwargs):\n        return func(*args)\n    return wrapper\n\n@note\ndef handler(event, context):\n    return 1\n",
        "a part of what a wrapper is given",
    ),
    (
        "def note(func):\n    def wrapper(event, context):\n        def inner():\n            return func(event, context)\n        return inner()\n    return wrapper\n\n@note\ndef handler(event, context):\n    return 1\n",
        "",
    ),
];
