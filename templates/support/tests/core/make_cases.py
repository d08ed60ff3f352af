"""Writes cases.json: what CPython 3.11 does, for core.rs to compare with.
It needs awslambdaric, whose encoding of results it asks too.

    python3.11 make_cases.py > cases.json
    python3.11 make_cases.py all > more.json      # more of them, for CORE_CASES=more.json
    python3.11 make_cases.py 20000 > more.json    # random ones
"""

import itertools
import json
import operator
import random
import re
import sys

from awslambdaric.lambda_runtime_marshaller import LambdaMarshaller


def encode(value):
    """A value as JSON, with what JSON does not have behind a key."""
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {"$dict": [[encode(k), encode(v)] for k, v in value.items()]}
    if isinstance(value, set):
        return {"$set": [encode(item) for item in value]}
    if isinstance(value, bytes):
        return {"$bytes": list(value)}
    return value


def translated(value):
    """Whether a value is one that the support modules have."""
    if isinstance(value, complex):
        return False
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    if isinstance(value, str):
        return not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, (list, tuple, set)):
        return all(map(translated, value))
    if isinstance(value, dict):
        return all(translated(k) and translated(v) for k, v in value.items())
    return True


def refused(name, args):
    """What the modules say that they do not do."""
    if isinstance(args[0], bytes):
        return name in ("modulo", "index", "count") or name == "loads" and args[0][:1] == b"\xed"
    if name == "percent":
        values = args[1] if isinstance(args[1], tuple) else (args[1],)
        beyond = [v for v in values[:1] if isinstance(v, float) and 2**63 <= abs(v) < float("inf")]
        return beyond and any(c in args[0] for c in "diu")
    return False


def case(name, function, *args):
    written = [encode(arg) for arg in args]
    try:
        result = function(*args)
    except Exception as error:
        outcome = {"error": [type(error).__name__, str(error)]}
    else:
        outcome = {"ok": repr(result)} if translated(result) else {"untranslated": True}
    if refused(name, args):
        outcome = {"untranslated": True}
    return {"op": name, "args": written, **outcome}


def after(method):
    """The result of a method and what it left behind."""
    return lambda receiver, *args: (method(receiver, *args), receiver)


def set_item(value, key, item):
    value[key] = item
    return value


def delete_item(value, key):
    del value[key]
    return value


def unpack_2(value):
    a, b = value
    return [a, b]


def unpack_starred(value):
    a, *b, c = value
    return [a, b, c]


UNARY = {
    "neg": operator.neg,
    "pos": operator.pos,
    "invert": operator.invert,
    "str": str,
    "repr": repr,
    "ascii": ascii,
    "bool": bool,
    "unpack_2": unpack_2,
    "unpack_starred": unpack_starred,
    "list": list,
    "dumps": json.dumps,
    "loads": json.loads,
    "pop": after(lambda value: value.pop()),
    "copy": lambda value: value.copy(),
    "dict.keys": lambda value: list(value.keys()),
    "dict.values": lambda value: list(value.values()),
    "dict.items": lambda value: list(value.items()),
    "dict.popitem": after(lambda value: value.popitem()),
    "list.sort": after(lambda value: value.sort()),
    "list.reverse": after(lambda value: value.reverse()),
}
BINARY = {
    "add": operator.add,
    "in_place_add": after(operator.iadd),
    "in_place_mul": after(operator.imul),
    "in_place_sub": after(operator.isub),
    "in_place_and": after(operator.iand),
    "in_place_xor": after(operator.ixor),
    "in_place_pow": after(operator.ipow),
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "floor_div": operator.floordiv,
    "modulo": operator.mod,
    "pow": operator.pow,
    "bit_and": operator.and_,
    "bit_or": operator.or_,
    "in_place_or": after(operator.ior),
    "bit_xor": operator.xor,
    "shift_left": operator.lshift,
    "shift_right": operator.rshift,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "item": operator.getitem,
    "delete_item": delete_item,
    "contains": operator.contains,
    "index": lambda value, item: value.index(item),
    "count": lambda value, item: value.count(item),
    "remove": after(lambda value, item: value.remove(item)),
    "pop_item": after(lambda value, item: value.pop(item)),
    "update": after(lambda value, other: value.update(other)),
    "dict.get": lambda value, key: value.get(key),
    "dict.setdefault": after(lambda value, key: value.setdefault(key, 1)),
    "list.extend": after(lambda value, other: value.extend(other)),
    "as_key": lambda a, b: {a: 1}.get(b),
}

NUMBERS = [
    0, 1, -1, 2, 3, -7, 10, 63, 64, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), True, False,
    0.0, -0.0, 1.0, -1.5, 0.1, 2.5, 1e16, 123456789012345680.0, 1e-5, 0.0001, 1e22, 5e-324,
    1.7976931348623157e308, float(2**53), 9223372036854775808.0, float("inf"), float("-inf"),
]
OTHERS = [
    None, "", "a", "b", "ab", "é", "x'y", 'x"y', "x'\"y", "\t\n\r\\\x00\x7f", "\u200b\ue000😀\U0001fae8e\u0301",
    [], [1], [1, 2], [1, "a"], ["a", "b"], [[1], [2]], [2, 1, 3], [1.5, True],
    (), (1,), (1, 2), ("a", 1), ([1], 2),
    {}, {"a": 1}, {"a": 2, "b": [1]}, {1: 2}, {None: 1, (1, 2): "x"}, {"b": 1, "a": 2},
    b"", b"a", b"ab\xff'\n", set(), {1}, {"a"},
]
SPECS = [
    "", "5", "<5", "^7", ">6", "=5", "*^9", "05", "+", " ", "+d", "d", "x", "#x", "#X", "o", "#o", "b", "#b", "#010x", "c",
    "n", "e", ".2e", "f", ".0f", ".2f", "#.0f", "g", ".3g", "#.3g", "G", "E", "F", "%", ".1%", ",", "_", ",.2f", "012,.2f",
    "010,", "09,", "011,", "_x", "_b", "020_b", ".3", ".0", "#.3", "#", "z", "z.1f", "s", ".2s", "10.2", "q", "5x5", ".", ",x", ",_",
    ",,", ",s", "<05", "0<5", "x<8", "é>5", "+010.3f", " .3f", "-^8.2f", ",c", "+c", "#c", ".2d", "zd", "99999999999999999999", "=+7", "0=7", "𝄞^5",
    ",%", "_e", "+,", "#g", "#e", "#.0e", ",d", ",f", ",n", "r",
]
FORMATTED = [
    0, 5, -5, 65, 255, 1234, -1234567, True, 0.0, -0.0, 1.0, 0.5, -0.01, 2.5, 100.0, 1234.5, 123456.789, 1e10, 1e16, 1e-7,
    1.5e300, 0.000123456, 99999.95, 999999.5, float("inf"), float("-inf"), float("nan"), "", "a", "héllo", None, [1], {"a": 1},
]
PERCENTS = [
    "%s", "%d", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%o", "%#o", "%f", "%.2f", "%8.3f", "%-8.3f|", "%08.2f",
    "%e", "%g", "%.3g", "%G", "%r", "%a", "%c", "%.2s", "%10s|", "%-10s|", "%05s", "%i", "%u", "%.3d", "%8.3d", "%08.3d", "%+.3d", "%#.4x", "%y",
    "%", "%5", "%.", "%(a)s", "%(a", "%(a)", "%%", "%5%", "%ld", "%s %s", "none", "%*d", "%.*f", "%#.0f", "%+05d", "%-05d|", "% 05d", "%+x", "%#08x", "%é", "%.0f", "%.10d",
]
PERCENT_VALUES = [
    1, -5, 255, 1.5, -2.5, float("nan"), float("inf"), "abc", "é", None, True, [1], (), (1,), (1, 2), (5, 7), (5, 1.5), ("a", "b"), {"a": 1}, {"b": 1}, {}, "a", 0, 65,
]
TEMPLATES = [
    "{}", "{} {}", "{0} {0}", "{1}", "{a}", "{a} {}", "{0}{}", "{}{0}", "{", "}", "{{}}", "{{{}}}", "{!r}", "{!s:>5}", "{!a}", "{!x}", "{!r", "{!",
    "{!rx}", "{0[a]}", "{0[0]}", "{0[-1]}", "{0[}", "{0[]}", "{0.}", "{0[a]b}", "{0.x}", "{:{}}", "{:{w}}", "{a[b]}", "{a[0]:{w}}", "{:>{w}}|", "{:{:{}}}",
    "{ }", "{-1}", "{!}", "{:", "{0!r:5}|", "{99999999999999999999}", "{a{b}}", "{:}}", "{:{{}", "a}b", "a{b", "{}}", "é{}é", "{:.2f}", "{:%}", "{:,}", "{a!r}", "{.}", "{[0]}",
]
FIELDS = [([], {}), ([1], {}), (["a", 5], {}), ([[1, 2]], {"w": 5}), ([{"a": 5}], {"a": {"b": 1}, "w": 6}), ([1.5, 2], {"a": ["é"], "w": 3})]
DOCUMENTS = [
    "", " ", "null", "true", "false", "nul", "0", "-0", "01", "1.", "1.5", "-1.5e3", "1e", "1E+2", "1e400", "-", "--1", "+1", ".5", "NaN", "Infinity", "-Infinity", "-Inf",
    "9223372036854775807", "9223372036854775808", '"a"', '"a', '"', '"\\', '"\\"', '"a\\n\\t\\/\\b\\f\\r\\\\\\""', '"\\x"', '"\\u00e9"', '"\\u00e', '"\\u00e9', '"\\uzzzz"',
    '"\\u00zz"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ud83dx"', '"\\ud83d\\u0041"', '"\\ud83d\\u00zz"', '"\\ud83d\\ude0', '"\\ude00"', '"a\nb"', '"a\tb"', '"é\x00"', "[", "[]", "[ ]", "[1", "[1,", "[1,]", "[1 2]", "[,]", "[1]]", "[1] x",
    "{", "{}", "{ }", '{"', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{a:1}", '{"a" 1}', '{"a":}', '{"a":1 "b":2}', '{"a":1}}', '{"a":1,"a":2,"b":3}', "{1:2}", "{'a':1}", '{"a": tru}',
    '\n\n  {"a":\n  x}', "é", '["é", x]', "\ufeff1", '{"b": [1, {"c": null}], "a": 1.0}', " \t\r\n1 \t\r\n", "\u00a01", '"\\u 123"', '"\\u+123"', '"\\u12"', '"\\ud83d\\u12"',
]
BYTES = [
    b"", b"abc", b"\xc3\xa9", b"\xff", b"a\xffb", b"\xc3", b"\xc3(", b"\xe2\x82", b"\xe2\x82\xac", b"\xe2(", b"\xe2\x82(", b"\xf0\x9f\x98\x80", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xf0",
    b"\xf0\x9f(", b"\xf5\x80", b"\xc0\x80", b"\xc1", b"\x80", b"\xed\xa0\x80", b"\xe0\x80\x80", b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xc3\xa9\xff\xfe", b"\xe2\x82\xe2\x82", b"\xf8\x88",
]
SLICES = [None, 0, 1, 2, -1, -2, 5, -5, 100, -100, 2**63 - 1, -(2**63)]


def default(value):
    return sorted(value) if isinstance(value, set) else str(value)


def dumps_cases():
    values = OTHERS + [1.5, float("nan"), float("inf"), {1.5: 1, True: 2}, {"a": {"b": [], "c": {}, "d": [1, [2]]}}, {"é": "😀\u2028"}, {2: 1, 1: 2}, {"a": 1, 1: 2}, [{1, 2}], {(1,): 2, "b": 3}]
    options = [
        {"indent": 2}, {"indent": 0}, {"indent": "\t"}, {"indent": -1}, {"separators": (",", ":")}, {"indent": 1, "separators": (", ", " = ")}, {"sort_keys": True},
        {"ensure_ascii": False}, {"allow_nan": False}, {"skipkeys": True}, {"indent": 4, "sort_keys": True, "allow_nan": False}, {"separators": (",",)}, {"separators": 5},
    ]
    for value, option in itertools.product(values, options):
        yield case("dumps_with", lambda value, option: json.dumps(value, **option), value, option)
    for value in values:
        yield case("dumps_default", lambda value: json.dumps(value, default=default), value)


def marshal(value):
    try:
        return LambdaMarshaller().marshal_response(value)[0]
    except Exception as error:
        raise type(error.exception_type, (Exception,), {})(error.msg) from error


def result_cases():
    values = OTHERS + NUMBERS + [float("nan"), {1.5: 1, True: 2}, {"é": "😀\u2028\x7f"}, [{1, 2}], {(1,): 2}, [b"\xff"], [b"a\xc3\xa9"], {b"k": b"v"}, {"a": [(1, [])]}]
    for value in values:
        if not isinstance(value, bytes):
            yield case("dumps_result", marshal, value)


def fixed_cases():
    chosen = NUMBERS[::3] + OTHERS[::2] + [1, "a", [1, 2], (1, 2), {"a": 1}, b"a", {1}, float("nan")]
    for name, function in UNARY.items():
        for value in NUMBERS + OTHERS + (DOCUMENTS if name == "loads" else []):
            yield case(name, function, fresh(value))
    for name, function in BINARY.items():
        for a, b in itertools.product(chosen, chosen):
            written = case(name, function, fresh(a), fresh(b)) if not huge(name, a, b) else None
            if written and not (isinstance(a, set) and name == "update") and a == a:
                yield written
        for a, b in itertools.product(NUMBERS, NUMBERS):
            if name not in ("item", "contains", "update") and hasattr(operator, name.replace("bit_", "") ) or name in ("div", "modulo", "floor_div", "lt", "eq", "as_key", "pow", "mul", "add"):
                if not huge(name, a, b):
                    yield case(name, function, a, b)
    yield from dumps_cases()
    yield from result_cases()
    for value, spec in itertools.product(FORMATTED, SPECS):
        yield case("format", format, value, spec)
    for template, value in itertools.product(PERCENTS, PERCENT_VALUES):
        yield case("percent", operator.mod, template, value)
    for template, (args, kwargs) in itertools.product(TEMPLATES, FIELDS):
        yield case("format_fields", lambda t, a, k: t.format(*a, **k), template, args, kwargs)
    for data, errors in itertools.product(BYTES, ["strict", "ignore", "replace"]):
        for encoding in ["utf-8", "ascii", "latin-1"]:
            yield case("bytes.decode", lambda b, c, e: b.decode(c, e), data, encoding, errors)
    for data in BYTES + [b'{"a": "\xc3\xa9"}', b"\xef\xbb\xbf1", b'["\xff"]']:
        yield case("loads", json.loads, data)
    random.seed(1)
    bounds = [(a, b, c) for a in SLICES for b in SLICES for c in SLICES]
    for bound in random.sample(bounds, 150):
        for value in ["héllo", [1, 2, 3], (1, 2), b"abc", {}, 1]:
            yield case("slice", lambda v, a, b, c: v[a:b:c], value, *bound)
    for value in [{}, {"a": 1}, [1, 2], (1,), "ab", b"a", 1, None]:
        for key in [0, 1, 5, -1, "a", None, [], (1, []), True]:
            yield case("set_item", set_item, fresh(value), key, 9)
    for items in SORTED:
        for reverse in [False, True]:
            yield case("sorted", lambda v, r: sorted(v, reverse=r), items, reverse)
            yield case("sorted_by", lambda v, r: sorted(v, key=lambda item: item[0], reverse=r), items, reverse)


SORTED = [
    [], [3, 1, 2], [1, "a"], ["b", "a", 1], [(1, "b"), (1, "a"), (0, "z")], [[2, 1], [1, 5], [2, 0]], [None, 1], [1.5, 1, True, 0], ["é", "z", "a"],
    [(3, 1), (1, 2), (3, 3), (2, 4), (1, 5)], list(range(50, 0, -1)), [i * 7919 % 101 for i in range(150)], [(i % 5, i) for i in range(150)],
    [1, 2, None, 3], [5, 4, 3, "x"], [{"a": 1}, {"b": 2}], [float("nan"), 1.0, 0.0], [(1, [2]), (1, "a")],
]


def fresh(value):
    """A copy, so that no case changes another one's values."""
    if isinstance(value, (list, dict, set)):
        return type(value)(value)
    return value


def huge(name, a, b):
    if name in ("pow", "in_place_pow", "shift_left"):
        return isinstance(b, int) and b > 64
    if name in ("mul", "in_place_mul"):
        return any(isinstance(v, int) and v > 100 for v in (a, b)) and not all(isinstance(v, (int, float)) for v in (a, b))
    return False


def random_value(depth=2):
    choice = random.random()
    if choice < 0.3:
        return random.choice(NUMBERS + [random.randint(-100, 100), random.uniform(-10, 10), random.randint(-(2**63), 2**63 - 1), random.uniform(-1, 1) * 10 ** random.randint(-320, 308)])
    if choice < 0.6 or depth == 0:
        return "".join(random.choice("ab'\"\\\n é😀\x7f\u0301{}[]:,%0123d.") for _ in range(random.randint(0, 6)))
    items = [random_value(depth - 1) for _ in range(random.randint(0, 4))]
    if choice < 0.75:
        return items
    if choice < 0.85:
        return tuple(items)
    return {random.choice(["a", "b", 1, None, 1.5, True]): item for item in items}


def random_cases(count):
    for _ in range(count):
        kind = random.randrange(7)
        if kind == 0:
            name = random.choice([n for n in UNARY if n != "loads"])
            yield case(name, UNARY[name], random_value())
        elif kind == 1:
            name = random.choice(list(BINARY))
            a, b = random_value(), random_value()
            if not huge(name, a, b):
                yield case(name, BINARY[name], a, b)
        elif kind == 2:
            spec = "".join(random.choice(["", "", part]) for part in random.choice(["<>^=*", "x<", "0>"])) + random.choice(["", "+", "-", " "]) + random.choice(["", "", "z", "#"]) + random.choice(["", "0"]) + random.choice(["", str(random.randint(0, 25))]) + random.choice(["", "", ",", "_"]) + random.choice(["", "." + str(random.randint(0, 20))]) + random.choice(["", *"bcdeEfFgGnosxX%"])
            yield case("format", format, random.choice([random_value(0), random.uniform(-1, 1) * 10 ** random.randint(-10, 20), random.randint(-(2**63), 2**63 - 1)]), spec)
        elif kind == 3:
            template = "%" + "".join(random.choice(["", f]) for f in "-+ #0") + random.choice(["", str(random.randint(0, 25))]) + random.choice(["", "." + str(random.randint(0, 20))]) + random.choice("diouxXeEfFgGcrsa%")
            yield case("percent", operator.mod, template, random_value(1))
        elif kind == 4:
            document = json.dumps(json_value(), indent=random.choice([None, 1]), ensure_ascii=random.random() < 0.5)
            if random.random() < 0.7 and document:
                at = random.randrange(len(document))
                document = document[:at] + random.choice(["", "", "{", "}", '"', "\\", ",", ":", "1", "é", "\n", "\\u", "\x01", "x", "e", ".", "-"]) + document[at + random.randint(0, 2):]
            yield case("loads", json.loads, document)
        elif kind == 5:
            template = "".join(random.choice(["{", "}", "{}", "{0}", "{a}", "a", ":", "!r", "[0]", ".", "{:>5}", "{{", "[", "]", ">4"]) for _ in range(random.randint(1, 5)))
            yield case("format_fields", lambda t, a, k: t.format(*a, **k), template, [random_value(1), 1], {"a": random_value(1)})
        else:
            data = bytes(random.choice([0x41, 0x80, 0xC3, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0xED, 0xA0, 0xFF, 0xE0, 0xF4, 0x90, random.randrange(256)]) for _ in range(random.randint(0, 6)))
            yield case("bytes.decode", lambda b, c, e: b.decode(c, e), data, "utf-8", random.choice(["strict", "replace", "ignore"]))


def json_value():
    while True:
        value = random_value()
        try:
            json.dumps(value)
            return value
        except TypeError:
            pass


def sample(cases):
    """Of cases with the same outcome a few, for results more than for errors."""
    groups = {}
    for case in cases:
        error = case.get("error")
        kind = re.sub(r"'[^']*'|\d+", "", " ".join(error)) if error else ""
        groups.setdefault((case["op"], kind), []).append(case)
    random.seed(2)
    for (name, kind), members in groups.items():
        many = 150 if name in ("format", "percent", "format_fields", "loads", "repr") else 25
        count = min(len(members), 2 if kind else many)
        yield from random.sample(members, count)


argument = sys.argv[1] if len(sys.argv) > 1 else ""
if argument.isdigit():
    cases = random_cases(int(argument))
else:
    cases = fixed_cases() if argument == "all" else sample(fixed_cases())
print("[")
print(",\n".join(json.dumps(case, ensure_ascii=True) for case in cases))
print("]")
