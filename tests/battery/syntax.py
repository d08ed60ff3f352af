"""Every kind of syntax node, in the positions that it can be in.

`$n` and its like stand for values: variables of the module, of the function, or members of the
event, whose types the compiler does not know.
"""

import ast
import contextlib
import io
import itertools
import re
import warnings

from harness import Case, sampled

VALUES = {
    "n": 3, "z": 0, "f": 2.5, "s": "héllo wörld", "e": "", "l": [3, 1, 2], "k": [], "d": {"a": 1, "b": [2]},
    "o": None, "y": True, "w": ["x", "y"],
}

HEAD = "import json\n\n" + "".join(f"{name.upper()} = {value!r}\n" for name, value in VALUES.items()) + '''

class Thing:
    kind = "thing"

    def __init__(self, size, name="thing"):
        self.size = size
        self.name = name

    def grow(self, by=1):
        self.size += by
        return self.size

    @property
    def double(self):
        return self.size * 2

    @staticmethod
    def fixed():
        return 7

    @classmethod
    def made(cls, size):
        return cls(size, "made")


class Closing:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, error, trace):
        self.log.append("exit")
        return False


THING = Thing(4)


def add(a, b=2, *rest, c=5, **more):
    return [a, b, list(rest), c, more]


def double(x):
    return x * 2


def numbers(count):
    for i in range(count):
        yield i
'''

BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "|", "&", "^", "@"]
COMPARED = ["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"]
PAIRS = [("$n", "2"), ("$f", "$n"), ("$s", "$s"), ("$l", "$l"), ("$n", "$z"), ("$s", "$n"), ("$l", "$n"), ("$d", "$d"),
         ("$y", "$n"), ("$o", "$n"), ("$n", "-$n")]

EXPRESSIONS = [
    # Literals.
    "3", "-3", "0x1F", "1_000", "2.5", "1e3", "-0.0", "3j", "True", "None", "...", '"text"', "'it\\'s \\u00e9\\n'", 'r"\\d"', '"a" "b"',
    'b"by\\xffte"', 'b"a" rb"\\d"', '"""long\ntext"""', '"\\N{BULLET}"',
    # Formatted strings.
    'f"{$n}"', 'f"{$s!r}"', 'f"{$s!s:>15}"', 'f"{$s!a}"', 'f"{$f:.1f}"', 'f"{$n:05d}|{$n:>{$n}}"', 'f"{$n=}"', 'f"{{}}{$o}"', 'f"a{$l}" "b" f"{$d}"',
    'f"{$n:x} {$n:+} {$f:e} {$f:%} {$s:*^20}"', 'f"{$l[0]} {$d[\'a\']}"', 'f"{f\'{$n}\'}"', 'f"{$y} {$f}"', 'f"{$n:,} {$f:8.3f}"',
    # Displays.
    "[]", "[$n, $s]", "[*$l, $n]", "[*$s]", "()", "($n,)", "($n, $s)", "(*$l, 1)", "{}", '{"a": $n, $s: 2}', '{**$d, "c": $n}', "{$n}", "{*$l, 9} == {1, 2, 3, 9}", "{1: {2: [3]}}", "set()",
    # Operators.
    "not $n", "not $e", "-$n", "+$n", "~$n", "-$f", "-$y", "not $o", "-$s",
    "$n and $s", "$z or $s", "$z and $n or $e", "$o or $k or $n", "$s if $n else $e", "$n if $z else ($f if $y else $o)", "$e or None",
    "1 < $n < 5", "1 < $n > 2 == $n - 1", "$o is None", "$n is not None", "'a' in $d", "'zz' not in $s", "$n in $l", "$n in (1, 3)", "$s == 'x' or $n != 3",
    # Calls, attributes, subscripts.
    "len($l)", "add($n)", "add($n, 1, 2, 3)", "add(b=$n, a=$s)", "add(*$l)", "add(*$l, c=$n)", "add(1, **{'c': $n, 'x': $s})", "add($n, c=1, zz=$f)", "double(double($n))", "double($s)",
    "THING.size", "THING.double", "THING.kind", "Thing.fixed()", "Thing.made($n).size", "Thing($n, name=$s).name", "Thing($n).grow(by=2)", "Thing($n).grow", "THING.missing", "$s.upper", "$n.real",
    "$s.upper()", "$l[0]", "$l[-1]", "$l[$n]", "$l[1:]", "$l[:2]", "$l[::-1]", "$l[::2]", "$s[1:3]", "$s[0]", "$d['a']", "$d['zz']", "$d.get('zz')", "$d.get('zz', $n)", "$d['b'][0]", "$s[$n:-$n]", "$l['a']", "$n[0]", "$l[0:1, 2]", "($n, $s)[1]", "$o['a']", "$s.nothing()",
    # Lambdas, comprehensions, generators, walrus.
    "(lambda x: x + 1)($n)", "(lambda: $n)()", "sorted($l, key=lambda x: -x)", "list(map(lambda x: x * 2, $l))", "(lambda x, y=2: x * y)($n)",
    "[x for x in $l]", "[x * 2 for x in $l if x > 1]", "[x + y for x in $l for y in $l if x != y]", "[[y for y in range(x)] for x in $l]", "{x: x * x for x in $l}", "sorted({x % 2 for x in $l})", "[a + str(b) for a, b in $d.items()]",
    "sum(x for x in $l)", "any(x > 2 for x in $l)", "all(x for x in $l)", "list(x for x in numbers($n))", "max((x for x in $k), default=0)", "max($k)", "[x for x in $o]", "[x for x in $n]", "dict((k, v) for k, v in $d.items())", "'-'.join(str(x) for x in $l)", "[x for x in $s if x not in 'aeiou ']", "[x for x in $l if x if x > 1]",
    "(q := $n) + q", "[q := 1, q + 1]", "[y for x in $l if (y := x * 2) > 2]",
    "list(range($n))", "list(range(1, 10, $n))", "list(enumerate($s[:2]))", "list(zip($l, $s))", "list(reversed($l))", "isinstance($n, int)", "isinstance($s, (int, str))", "isinstance($y, int)", "int('x')", "int($s)", "str($l)", "repr($s)", "round($f)", "abs(-$n)", "min($l)", "sum($l)", "bool($k)", "float($n)", "tuple($l)", "list($d)", "list($d.items())", "type($n).__name__", "divmod($n, 2)", "pow($n, 2)", "print($n)", "json.dumps($d)", "json.loads('[1]')", "__name__", "hash(1)", "id",
    "(yield)", "await $n", "[*range(3)]", "{**{}, **$d}", "{**$l}", "{**$o}", "[*$n]", "add(1, *$l)", "add(**$d)", "add(*$l, *$l)", "add(1, c=1, **$d)", "first, *rest = 1", "*$l", "lambda: 1", "double", "Thing", "json", "numbers($n)", "print", "len", "int", "ValueError", "ValueError($s)", "Thing($n)", "range($n)", "$s.split", "NotImplemented", "__file__", "__doc__", "__debug__",
]
EXPRESSIONS += [f"{a} {op} {b}" for op in BINARY for a, b in PAIRS if op != "**" or b != "-$n"]
EXPRESSIONS += [f"{a} {op} {b}" for op in COMPARED for a, b in PAIRS]

# Where an expression can stand: code with `@` for it, in a function unless it begins with `module`.
POSITIONS = {
    "value": "x = @\nreturn repr(x)",
    "if": "if @:\n    return 1\nreturn 2",
    "elif": "if event.get('no'):\n    return 0\nelif @:\n    return 1\nelse:\n    return 2",
    "while": "i = 0\nwhile @:\n    i += 1\n    if i > 2:\n        break\nelse:\n    i = 9\nreturn i",
    "argument": "return repr(add(1, @))",
    "keyword": "return repr(add(c=@, a=1))",
    "star": "return repr(add(1, *@))",
    "format": "return f'<{@}>'",
    "for": "r = []\nfor x in @:\n    r.append(x)\nelse:\n    r.append('else')\nreturn repr(r)",
    "item": "return repr([1, @, 2])",
    "member": "r = {'k': @}\nreturn repr(r)",
    "key": "r = {@: 1}\nreturn repr(r)",
    "element": "return repr([@ for i in range(2)])",
    "condition": "return repr([i for i in range(2) if @])",
    "iterable": "return repr([i for i in @])",
    "index": "return repr(L[@])",
    "receiver": "return repr((@).count(1))",
    "subscripted": "return repr((@)[0])",
    "ternary": "return repr(1 if @ else 2)",
    "branch": "return repr((@) if event.get('n') else 0)",
    "or": "return repr((@) or 7)",
    "and": "return repr((@) and 7)",
    "not": "return repr(not (@))",
    "equal": "return repr((@) == 3)",
    "contained": "return repr(3 in (@))",
    "assert": "assert @, 'no'\nreturn 1",
    "raise": "raise ValueError(@)",
    "lambda": "return repr(sorted([2, 1], key=lambda i: (i, @)))",
    "augmented": "x = 1\nx += @\nreturn repr(x)",
    "stored": "r = {}\nr['k'] = @\nreturn repr(r)",
    "attribute": "t = Thing(1)\nt.size = @\nreturn repr(t.size)",
    "returned": "return @",
    "statement": "@\nreturn 'done'",
    "unpacked": "a, b = @\nreturn repr([a, b])",
    "walrus": "if (x := @):\n    return repr(x)\nreturn repr(x)",
    "try": "try:\n    x = @\nexcept Exception as error:\n    return type(error).__name__ + str(error)\nelse:\n    return repr(x)\nfinally:\n    event['f'] = 1",
    "match": "match @:\n    case 3:\n        return 'three'\n    case 'x' | None:\n        return 'x'\n    case [a, *b]:\n        return repr([a, b])\n    case {'a': a}:\n        return repr(a)\n    case other:\n        return repr(other)",
    "nested": "def inner(p):\n    return [p, @]\nreturn repr(inner(1))",
    "module default": "def inner_{n}(p=@):\n    return repr(p)\n\n\ndef case_{n}(event):\n    return inner_{n}()",
    "module level": "X_{n} = @\n\n\ndef case_{n}(event):\n    return repr(X_{n})",
    "module class": "class Class{n}:\n    value = @\n\n\ndef case_{n}(event):\n    return repr(Class{n}.value)",
    "module method": "class Class{n}:\n    def method(self, event, n, z, f, s, e, l, k, d, o, y, w):\n        return @\n\n\ndef case_{n}(event):\n    return repr(Class{n}().method(event, N, Z, F, S, E, L, K, D, O, Y, W))",
    "module generator": "def inner_{n}(event):\n    yield 1\n    yield @\n\n\ndef case_{n}(event):\n    return repr(list(inner_{n}(event)))",
    "module decorated": "def inner_{n}(x: int = 1) -> int:\n    return @\n\n\ndef case_{n}(event):\n    return repr(inner_{n}())",
    "module global": "G_{n} = 1\n\n\ndef case_{n}(event):\n    global G_{n}\n    G_{n} = @\n    return repr(G_{n})",
    "module async": "import asyncio\n\n\nasync def inner_{n}():\n    return @\n\n\ndef case_{n}(event):\n    return repr(asyncio.run(inner_{n}()))",
}

# Statements: `r` is a list that is shown in the end.
STATEMENTS = [
    "pass", "r.append($n)", "x = $n\nr.append(x)", "x = y = $n\nr.append([x, y])", "a, b = $n, $s\nr += [a, b]", "[a, (b, c)] = [1, (2, 3)]\nr += [a, b, c]", "a, *b = $l\nr += [a, b]", "*a, b = $l\nr += [a, b]", "a, b = $l\nr.append(a)", "x: int = $n\nr.append(x)", "x: str\nr.append(1)",
    "x = $n\nx += 1\nx -= 2\nx *= 3\nr.append(x)", "x = $f\nx /= 2\nx **= 2\nr.append(x)", "x = $n\nx //= 2\nx %= 2\nr.append(x)", "x = $n\nx |= 4\nx &= 6\nx ^= 1\nx <<= 2\nx >>= 1\nr.append(x)", "x = [1]\ny = x\nx += $l\nr.append(y)", "x = [1]\ny = x\nx = x + [2]\nr.append(y)", "x = $s\nx += 'q'\nr.append(x)", "x = {'a': 1}\nx['a'] += $n\nr.append(x)", "x = {'a': 1}\nx |= {'b': 2}\nr.append(x)", "x = [1, 2]\nx *= 2\nr.append(x)",
    "x = [1, 2, 3]\nx[0] = $n\nx[-1] = 9\nr.append(x)", "x = [1, 2, 3]\nx[1:] = [$n]\nr.append(x)", "x = [1, 2, 3]\ndel x[0]\nr.append(x)", "x = [1, 2, 3]\ndel x[1:]\nr.append(x)", "x = {'a': 1}\ndel x['a']\nr.append(x)", "x = {'a': 1}\ndel x['zz']\nr.append(x)", "x = 1\ndel x\nr.append(x)", "t = Thing(1)\ndel t.size\nr.append(t.size)", "t = Thing(1)\nt.size += $n\nt.new = 2\nr.append([t.size, t.new])",
    "if $n > 2:\n    r.append('big')\nelif $n > 1:\n    r.append('mid')\nelse:\n    r.append('low')", "for x in $l:\n    if x == 1:\n        continue\n    r.append(x)", "for x in $l:\n    if x == 1:\n        break\n    r.append(x)\nelse:\n    r.append('else')", "for x in $k:\n    pass\nelse:\n    r.append('else')", "for i, (a, b) in enumerate($d.items()):\n    r += [i, a, b]", "for x in range($n):\n    for y in range(x):\n        if y == 1:\n            break\n        r.append((x, y))", "for x in $l:\n    pass\nr.append(x)", "for x in $s:\n    r.append(x)\n    if len(r) > 3:\n        break", "for x in list($l):\n    x += 1\n    r.append(x)", "for x in $n:\n    r.append(x)", "for x, y in $l:\n    r.append(x)", "for x in $d:\n    r.append(x)", "for r[0] in [1]:\n    pass",
    "i = 0\nwhile i < $n:\n    i += 1\n    if i == 2:\n        continue\n    r.append(i)\nelse:\n    r.append('else')", "while True:\n    r.append(1)\n    if len(r) > 2:\n        break", "while any(x > len(r) for x in $l):\n    r.append(1)", "while (x := len(r)) < $n:\n    r.append(x)", "while $z:\n    r.append(1)",
    "try:\n    r.append(int($s))\nexcept ValueError as error:\n    r.append(str(error))", "try:\n    r.append($d['zz'])\nexcept (KeyError, IndexError) as error:\n    r.append(repr(error))\nexcept Exception:\n    r.append('other')\nelse:\n    r.append('else')\nfinally:\n    r.append('finally')", "try:\n    r.append($l[9])\nexcept KeyError:\n    r.append('key')\nfinally:\n    r.append('finally')", "try:\n    raise ValueError('a', $n)\nexcept ValueError as error:\n    r.append(error.args)", "try:\n    try:\n        1 / $z\n    except ZeroDivisionError as error:\n        raise KeyError('x') from error\nexcept KeyError as error:\n    r.append(str(error))\n    r.append(repr(error.__cause__))", "try:\n    raise KeyError\nexcept KeyError:\n    r.append(1)", "try:\n    r.append(1)\nexcept:\n    r.append(2)", "try:\n    raise ValueError($s)\nexcept ValueError:\n    raise", "try:\n    $o.x\nexcept AttributeError as error:\n    r.append(str(error))", "try:\n    $n + $s\nexcept TypeError as error:\n    r.append(str(error))", "for x in $l:\n    try:\n        if x == 1:\n            continue\n        r.append(x)\n    finally:\n        r.append('f')", "raise ValueError($s)", "raise Exception", "raise KeyError($s)", "raise RuntimeError(f'{$n}') from None", "raise $s", "assert $n == 3", "assert $z, $s", "assert $n, f'{1 / 0}'", "try:\n    pass\nexcept* ValueError:\n    pass",
    "with Closing(r) as c:\n    r.append(c is None)", "with Closing(r), Closing(r):\n    r.append(1)", "with (Closing(r) as a, Closing(r) as b):\n    r.append(2)", "with Closing(r):\n    raise ValueError('in')", "with open('/nonexistent') as f:\n    r.append(f.read())",
    "def inner(a, b=$n, *c, d=4, **e):\n    return [a, b, c, d, e]\nr.append(inner(1))\nr.append(inner(1, 2, 3, d=5, z=6))", "def inner(**kw):\n    kw['zz'] = 1\n    return kw\nx = {'a': 1}\nr.append(inner(**x))\nr.append(x)", "def inner(*c):\n    return c\nr.append(inner(*$l))", "def inner(a, /, b, *, c):\n    return a + b + c\nr.append(inner(1, 2, c=3))\nr.append(inner(1, b=2, c=3))", "def inner():\n    return\nr.append(inner())", "def inner(x=[]):\n    x.append(1)\n    return x\ninner()\nr.append(inner())", "def inner(n):\n    return 1 if n < 2 else n * inner(n - 1)\nr.append(inner(5))", "def inner():\n    nonlocal r\n    r = [1]\ninner()", "def inner():\n    r.append(5)\ninner()", "def inner():\n    yield 1\n    yield from [2, 3]\n    return 4\nr.append(list(inner()))", "def inner() -> None:\n    '''doc'''\nr.append(inner())", "import math\nr.append(math.sqrt(4))", "from math import floor as fl\nr.append(fl($f))", "from math import *\nr.append(1)", "class Inner:\n    x = 1\nr.append(Inner.x)", "@staticmethod\ndef inner():\n    return 1\nr.append(1)", "fs = [double, len]\nr.append(1)", "fs = {'a': double}\nr.append(fs['a']($n))", "f = double\nr.append(f($n))", "f = lambda x: x + $n\nr.append(f(1))", "async def inner():\n    return 1\nr.append(1)",
    "match $n:\n    case 1 | 2:\n        r.append('low')\n    case 3 if $s:\n        r.append('three')\n    case _:\n        r.append('other')", "match $l:\n    case []:\n        r.append(0)\n    case [a]:\n        r.append(a)\n    case [a, b, *c]:\n        r += [a, b, c]", "match $d:\n    case {'a': int(x), 'b': [y], **rest}:\n        r += [x, y, rest]\n    case _:\n        r.append('no')", "match $s:\n    case str() as text:\n        r.append(text)\n    case None:\n        r.append(None)", "match Thing($n):\n    case Thing(size=3, name=m):\n        r.append(m)", "match $n, $s:\n    case (3, str(x)):\n        r.append(x)\n    case (a, b):\n        r.append(b)", "match $f:\n    case 2.5:\n        r.append(1)\n    case -1 | True:\n        r.append(2)", "match $y:\n    case True:\n        r.append('t')\n    case False:\n        r.append('f')", "match $o:\n    case None:\n        r.append('none')", "match $n:\n    case int() | float():\n        r.append('number')\n    case bool():\n        r.append('bool')", "match $y:\n    case 1:\n        r.append('one')", "match $s:\n    case [*x]:\n        r.append(x)\n    case _:\n        r.append('text')", "match $d:\n    case {}:\n        r.append('any')", "match $n:\n    case x:\n        r.append(x)\nr.append(x)", "match $n:\n    case json.x:\n        r.append(x)", "match $f:\n    case float(x):\n        r.append(x)", "match [1, [2, 3]]:\n    case [a, [b, c]]:\n        r += [a, b, c]", "match $n:\n    case 9:\n        r.append(x)",
    "global G\nG = $n\nr.append(G)", "return [1]", "return", "return $n", "x = r if $n else None\nif x is not None:\n    x.append(1)", "r.append(x := $n)\nr.append(x)", "r.extend([$n] * 2); r.append(1)", "if not r: r.append(1)", "x = None\nif $n:\n    x = 5\nr.append(x)", "if $n:\n    u = 5\nr.append(u)", "if $z:\n    u = 5\nr.append(u)", "x = 1\nx = 'a'\nr.append(x)", "x = 1\nif $n:\n    x = 'a'\nr.append(x)", "x = []\nfor i in range(2):\n    x.append(x[:])\nr.append(x)", "x = [[0] * 2] * 2\nx[0][0] = $n\nr.append(x)", "x = [0]\nx[0], y = 1, x[0]\nr += [x, y]", "a = b = []\na.append(1)\nr.append(b)", "x, y = 1, 2\nx, y = y, x\nr += [x, y]", "a = $l\na.append(4)\nr.append($l)", "a = {}\na.setdefault('k', []).append($n)\nr.append(a)", "async for x in $l:\n    pass", "async with $l:\n    pass", "type X = int", "yield 1",
]

BLOCKS = {
    "body": "@",
    "if": "if $n:\n    @",
    "else": "if $z:\n    r.append('z')\nelse:\n    @",
    "for": "for again in range(2):\n    @",
    "while": "turn = 0\nwhile turn < 2:\n    turn += 1\n    @",
    "try": "try:\n    @\nexcept (ValueError, KeyError) as caught:\n    r.append(repr(caught))\nelse:\n    r.append('else')\nfinally:\n    r.append('finally')",
    "except": "try:\n    raise LookupError('x')\nexcept LookupError:\n    @",
    "finally": "try:\n    r.append('t')\nfinally:\n    @",
    "with": "with Closing(r):\n    @",
    "match": "match $n:\n    case 3:\n        @",
    "loop else": "for again in range(2):\n    pass\nelse:\n    @",
    "try in for": "for again in range(2):\n    try:\n        @\n    except Exception as caught:\n        r.append(type(caught).__name__)",
}


#: How a function without a name shows itself: with its place in memory, which no two runs share.
KNOWN = re.compile(r"'lambda: 1' as ")


def indented(code, by):
    lines = code.split("\n")
    return ("\n" + " " * by).join(lines)


def placed(outer, inner):
    """`inner` for the `@` of `outer`, indented as that is; a decorator is no place."""
    before, after = outer.split("@", 1)
    line = before.rpartition("\n")[2]
    margin = len(line) - len(line.lstrip(" "))
    return before + indented(inner, margin) + after


MODES = {
    "known": lambda name: name,
    "unknown": lambda name: f'event["{name}"]',
    "module": lambda name: name.upper(),
}


def valued(code, mode):
    for name in VALUES:
        code = code.replace(f"${name}", MODES[mode](name))
    return code


def function(code, mode):
    names = [name for name in VALUES if f"${name}" in code]
    head = "".join(f"    {name} = {VALUES[name]!r}\n" for name in names) if mode == "known" else ""
    return f"def case_{{n}}(event):\n{head}    {indented(valued(code, mode), 4)}\n"


def is_python(code, world):
    """Whether it is Python that can be imported."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = compile(code.replace("{n}", "0"), "case", "exec")
    except SyntaxError:
        return False
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compiled, dict(world))  # noqa: S102
    except Exception:  # noqa: BLE001
        return False
    return True


def expressions():
    for index, expression in enumerate(EXPRESSIONS):
        for where, position in POSITIONS.items():
            modes = ["module"] if where.startswith("module") else ["known", "unknown"]
            for mode in modes:
                if mode == "unknown" and "$" not in expression:
                    continue
                code = placed(position, expression) if "\n" in expression else position.replace("@", expression)
                if where.startswith("module"):
                    code = valued(code, "module")
                else:
                    code = function(code, mode)
                yield Case(f"{expression!r} as {where}, {mode}", code, [VALUES], (expression, where))


def statements():
    for statement in STATEMENTS:
        for (where, block), mode in itertools.product(BLOCKS.items(), ["known", "unknown"]):
            if mode == "unknown" and "$" not in statement:
                continue
            code = "r = []\n" + placed(block, statement) + "\nreturn repr(r)"
            yield Case(f"{statement!r} in {where}, {mode}", function(code, mode), [VALUES], (statement,))


def cases(sample=1, offset=0):
    world = {}
    exec(HEAD, world)  # noqa: S102
    every = [case for case in itertools.chain(statements(), expressions()) if is_python(case.code, world)]
    return sampled(every, sample, offset)


#: No node of a module's syntax: other roots, and what Python 3.8 left behind.
NO_SYNTAX = {"Module", "Interactive", "Expression", "FunctionType", "Suite", "AugLoad", "AugStore", "Param", "Index", "ExtSlice",
             "Num", "Str", "Bytes", "NameConstant", "Ellipsis", "TypeIgnore", "type_ignore", "slice"}


def leaves(kind):
    """The kinds of nodes without kinds of their own."""
    below = kind.__subclasses__()
    return {it for one in below for it in leaves(one)} if below else {kind.__name__}


def unreached(_):
    """The kinds of nodes that are in no case."""
    seen = set()
    for statement in STATEMENTS:
        code = function("r = []\n" + statement + "\nreturn repr(r)", "known").replace("{n}", "0")
        try:
            seen |= kinds(code)
        except SyntaxError:
            continue
    for expression in EXPRESSIONS:
        code = function("return " + expression, "known").replace("{n}", "0")
        try:
            seen |= kinds(code)
        except SyntaxError:
            continue
    for position in POSITIONS.values():
        seen |= kinds(position.replace("@", "1").replace("{n}", "0") if position.startswith(("def", "X", "class", "G", "import")) else
                      function(position.replace("@", "[1]"), "known").replace("{n}", "0"))
    return sorted(leaves(ast.AST) - seen - NO_SYNTAX)


def kinds(code):
    """The kinds of nodes of a piece of Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {type(node).__name__ for node in ast.walk(ast.parse(code))}


if __name__ == "__main__":
    print(len(cases()))
