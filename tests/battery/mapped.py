"""Every mapped function of Python's own library: each argument, by position and by keyword, with
values of every type, known while compiling and not.

Only example values are written by hand; the names come from the support modules.
"""

import re

from harness import Case, sampled
from signatures import signatures

#: What has its own proofs in the gallery: it needs events, AWS or a decorated handler.
ELSEWHERE = ("aws_lambda_powertools", "aws_xray_sdk", "awslambdaric", "boto3", "botocore", "logging", "dateutil", "response.", "jsonpickle",
             "batch", "types.", "requests", "jose", "urllib3", "cfnresponse", "urllib.request", "urllib.error", "http.", "aws_requests_auth", "crhelper")
#: What differs between two runs: its type is compared.
RANDOM = re.compile(r"random\.|secrets\.|os\.(urandom|getpid|times)|uuid\.uuid[14]|time\.(time|monotonic|perf|process)|.*\.(now|today|utcnow)$|time\.(sleep|gmtime|localtime|ctime|asctime|strftime)|os\.(environ|getenv|getcwd|listdir)|sys\.|hash$|id$")

VALUES = {
    "none": None, "true": True, "int": 3, "zero": 0, "negative": -2, "large": 1000, "float": 2.5, "whole": 4.0, "text": "ab c", "digits": "12", "empty": "",
    "letters": "héß", "bytes": b"ab", "list": [3, 1, 2], "texts": ["b", "a"], "dict": {"a": 1, "b": "x"}, "tuple": (1, 2), "set": {1}, "nothing": [],
}
#: Literals of each type.
LITERALS = ["None", "True", "3", "0", "-2", "2.5", '"ab c"', '"12"', '""', 'b"ab"', "[3, 1, 2]", '["b", "a"]', '{"a": 1}', "(1, 2)", "{1}"]

BY_TYPE = {
    "&str": ['"ab c"', '"b"', '"12"', '""', '"héß"'], "String": ['"ab c"'], "i64": ["3", "-2", "0", "1"], "Option<i64>": ["None", "1", "-1"], "f64": ["2.5", "-0.5", "0.0"],
    "bool": ["True", "False"], "&[u8]": ['b"ab"', 'b""'], "Option<&str>": ["None", '"b"'], "Option<&[u8]>": ["None", 'b"ab"'], "&List": ["[3, 1, 2]"], "&Dict": ['{"a": 1}'],
    "&Value": ["3", '"b"', "2.5", "None", "[3, 1, 2]", '"ab c"'], "Value": ["3", '"b"', "None"], "&[Value]": ["1"], "impl IntoIterator<Item = Value>": ["[3, 1, 2]", '"ab"', '["b", "a"]', "(1, 2)", "[]"],
    "impl FnMut(Value) -> Result<Value>": ["str", "lambda x: x"], "impl FnMut(Value, Value) -> Result<Value>": ["lambda x, y: x + y"], "impl FnMut(Match) -> Result<Value>": ["lambda m: m.group(0) * 2"],
    "&Decimal": ['decimal.Decimal("1.50")', 'decimal.Decimal("-3")', 'decimal.Decimal("0")', 'decimal.Decimal("NaN")'], "&TimeDelta": ["datetime.timedelta(days=1, seconds=3)", "datetime.timedelta(0)"],
    "&Pattern": ['re.compile("[a-c]+")'], "Option<TimeZone>": ["None", "datetime.timezone.utc", "datetime.timezone(datetime.timedelta(hours=2))"],
    "Option<&TimeZone>": ["None", "datetime.timezone.utc"], "&DateTime": ["datetime.datetime(2024, 2, 29, 13, 5)"], "&Date": ["datetime.date(2024, 2, 29)"], "&super::date::Date": ["datetime.date(2024, 2, 29)"],
    "&Time": ["datetime.time(13, 5)"], "&Uuid": ['uuid.UUID("12345678-1234-5678-1234-567812345678")'], "&StringIo": ['io.StringIO("a,b\\n1,2\\n")'], "&StructTime": ["time.gmtime(86400)"],
    "&Algorithm": ["hashlib.sha256"], "&Quoter": ["urllib.parse.quote"],
}
BY_NAME = {
    "pattern": ['"[a-c]+"', '"(a)(b)?"', '"("'], "string": ['"abcab"', '"xyz"'], "repl": ['"<\\\\g<0>>"', '"x"'], "format": ['"%Y-%m-%dT%H:%M:%S"', '"%d %b %y %j"', '"%%"'], "fmt": ['"%Y-%m-%d"'],
    "encoding": ['"utf-8"', '"latin-1"', '"ascii"'], "errors": ['"strict"', '"ignore"', '"replace"'], "year": ["2024"], "month": ["2", "13"], "day": ["29", "31"], "hour": ["5"], "minute": ["6"], "second": ["7"],
    "format_spec": ['">8"', '"05"'], "name": ['"sha256"'], "timespec": ['"seconds"', '"milliseconds"'], "digestmod": ['"sha256"', "hashlib.sha256"], "prec": ["5"], "ndigits": ["1", "-1"],
}
BY_FUNCTION = {
    "base64.b32decode": {"s": ['"MFRGG==="']}, "base64.b16decode": {"s": ['"6162"', '"6a"']}, "datetime.datetime.strptime": {"date_string": ['"2024-02-29T01:02:03"', '"x"'], "format": ['"%Y-%m-%dT%H:%M:%S"']},
    "datetime.datetime.fromisoformat": {"date_string": ['"2024-02-29T01:02:03+02:00"', '"20240229"', '"x"']}, "datetime.date.fromisoformat": {"date_string": ['"2024-02-29"', '"x"']},
    "datetime.time.fromisoformat": {"time_string": ['"01:02:03.5"']}, "json.loads": {"s": ['\'{"a": [1, 2.5, null]}\'', '"[1,"', '""']}, "uuid.UUID": {"hex": ['"12345678123456781234567812345678"', '"x"']},
    "datetime.datetime.fromtimestamp": {"timestamp": ["86400", "1.5"]}, "datetime.datetime.utcfromtimestamp": {"timestamp": ["86400", "1.5"]}, "time.strptime": {"string": ['"2024-02-29"'], "format": ['"%Y-%m-%d"']},
    "urllib.parse.urlparse": {"url": ['"https://u:p@host:80/p;x?q=1#f"']}, "urllib.parse.urlsplit": {"url": ['"https://u:p@host:80/p;x?q=1#f"']}, "urllib.parse.parse_qs": {"qs": ['"a=1&a=2&b="']},
    "urllib.parse.parse_qsl": {"qs": ['"a=1&a=2&b="']}, "urllib.parse.urlencode": {"query": ['{"a": "x y", "b": [1, 2]}']}, "decimal.Decimal": {"value": ['"1.50"', '"x"', "3", "2.5"]}, "int": {"x": ['"12"', "2.7", '"x"']},
    "binascii.unhexlify": {"hexstr": ['"6162"', '"6"']}, "bytes.fromhex": {"string": ['"61 62"', '"6"']}, "statistics": {}, "zoneinfo.ZoneInfo": {"key": ['"Europe/Berlin"', '"No/Such"']},
    "str.translate": {"table": ['str.maketrans("ab", "xy")']}, "calendar.monthrange": {"year": ["2024"], "month": ["2", "13"]}, "chr": {"i": ["97", "-1"]}, "ord": {"c": ['"a"', '"ab"']},
    "gzip.decompress": {"data": ['gzip.compress(b"ab")', 'b"ab"']}, "hmac.new": {"key": ['b"k"', '"k"'], "msg": ['b"m"', "None"], "digestmod": ['"sha256"', "hashlib.sha256"]}, "zlib.decompress": {"data": ['zlib.compress(b"ab")', 'b"ab"']}, "hashlib.new": {"name": ['"sha256"', '"md5"', '"x"']},
}
#: What a value shows of itself where Rust's type does not tell, and texts of errors that nobody reads.
KNOWN = re.compile(r"re\.[A-Z]+: |datetime\.(date|datetime)\.isocalendar: |os\.environ\.(items|keys|values): |time\.mktime: ")
#: What is run over where it is made.
LAZY = {"zip", "range", "reversed", "enumerate", "re.finditer", "re.Pattern.finditer", "csv.reader", "csv.DictReader"} | {
    f"itertools.{it}" for it in ("accumulate", "chain", "chain.from_iterable", "combinations", "dropwhile", "filterfalse", "islice", "product", "takewhile", "zip_longest")}
#: How what has no repr() of its own is shown.
SHOWN = {f"hashlib.{it}": "{}.hexdigest()" for it in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "new")} | {
    "hashlib.HASH.copy": "{}.hexdigest()", "hmac.HMAC.copy": "{}.hexdigest()", "hmac.new": "{}.hexdigest()", "re.compile": "{}.pattern",
    "io.StringIO": "{}.getvalue()", "io.BytesIO": "repr({}.getvalue())", "time.gmtime": "repr({}.tm_year > 0)", "time.localtime": "repr({}.tm_year > 0)",
    "datetime.datetime.timetuple": "repr({}.tm_year)", "datetime.datetime.utctimetuple": "repr({}.tm_year)",
    "urllib.parse.urlparse": "{}.geturl()", "urllib.parse.urlsplit": "{}.geturl()"}
#: What no case reaches alone: the reason.
UNREACHED = {
    "is raised, and not made by a program": [
        "BaseExceptionGroup", "ExceptionGroup", "ParamValidationError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError",
        "binascii.Error", "calendar.IllegalMonthError", "csv.Error", "decimal.DecimalException", "decimal.DivisionByZero", "decimal.Inexact",
        "decimal.InvalidOperation", "decimal.Overflow", "decimal.Rounded", "gzip.BadGzipFile", "json.JSONDecodeError", "re.error",
        "socket.gaierror", "statistics.StatisticsError", "zlib.error", "zoneinfo.ZoneInfoNotFoundError"],
    "is taken only by a loop, a writer or a handler: proven in the gallery and the support modules' tests": [
        "csv.DictReader", "csv.DictReader.__iter__", "csv.DictReader.__next__", "csv.DictWriter", "csv.reader", "csv.reader.__iter__",
        "csv.reader.__next__", "csv.writer", "dataclasses.asdict", "dataclasses.astuple", "dataclasses.is_dataclass", "itertools.groupby", "itertools.repeat", "traceback.print_exc"],
    "takes what only a pool makes: proven in the gallery": ["concurrent.futures.as_completed"],
    "gives what has no use that is mapped, or takes what is not made": [
        "gzip.decompress", "zlib.decompress", "re.Match.re",
        "tuple.count", "tuple.index"],
}
RECEIVERS = {
    "str": ['"ab c"', '"héß"', '""', '"12"', '"  ab\\n"', '"a,b,c"'], "list": ["[3, 1, 2]", "[]", '["b", "a"]'], "dict": ['{"a": 1, "b": "x"}', "{}"], "bytes": ['b"ab c"', 'b""'], "set": ["{1, 2}", "set()"], "tuple": ["(1, 2, 1)"],
    "int": ["5", "-5"], "float": ["2.5", "4.0"], "datetime.datetime": ["datetime.datetime(2024, 2, 29, 13, 5, 7, 123456)", "datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc)"], "datetime.date": ["datetime.date(2024, 2, 29)"],
    "datetime.time": ["datetime.time(13, 5, 7)"], "datetime.timedelta": ["datetime.timedelta(days=1, seconds=3)", "datetime.timedelta(seconds=-1)"], "datetime.tzinfo": ["datetime.timezone.utc"],
    "decimal.Decimal": ['decimal.Decimal("1.50")', 'decimal.Decimal("-3")'], "uuid.UUID": ['uuid.UUID("12345678-1234-5678-1234-567812345678")'], "re.Pattern": ['re.compile("([a-c])(z)?")'], "re.Match": ['re.match("(?P<n>a)(z)?", "ab")'],
    "hashlib.HASH": ['hashlib.sha256(b"x")', 'hashlib.md5(b"x")'], "hmac.HMAC": ['hmac.new(b"k", b"m", "sha256")'], "io.StringIO": ['io.StringIO("a\\nb")'], "io.BytesIO": ['io.BytesIO(b"a\\nb")'],
    "time.struct_time": ["time.gmtime(86400)"], "urllib.parse.ParseResult": ['urllib.parse.urlparse("https://u:p@host:80/p;x?q=1#f")', 'urllib.parse.urlparse("x")'], "urllib.parse.SplitResult": ['urllib.parse.urlsplit("https://u:p@host:80/p?q=1#f")'],
    "csv.reader": ['csv.reader(io.StringIO("a,b\\n1,2\\n"))'], "csv.DictReader": ['csv.DictReader(io.StringIO("a,b\\n1,2\\n"))'], "csv.writer": ["csv.writer(io.StringIO())"], "csv.DictWriter": ['csv.DictWriter(io.StringIO(), ["a", "b"])'],
}
MODULES = sorted({"datetime", "decimal", "re", "math", "urllib.parse", "os", "os.path", "hashlib", "time", "csv", "io", "base64", "random", "hmac", "uuid", "itertools", "binascii", "json", "string", "secrets", "statistics", "zlib", "calendar", "copy",
                  "sys", "gzip", "zoneinfo", "textwrap", "functools", "traceback", "html"})
HEAD = "".join(f"import {it}\n" for it in MODULES) + f"\nVALUES = {VALUES!r}\n"


OPERATORS = {f"__{name}__": f"({{}}) {sign} ({{}})" for name, sign in [
    ("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"), ("pow", "**")]} | {
    "__neg__": "-({})", "__pos__": "+({})", "__getitem__": "({})[{}]", "__iter__": "list({})", "__next__": "next({})", "__contains__": "{1} in {0}",
    "__delitem__": "{}.pop({})", "__setitem__": "{0}.update({{\"k\": \"v\"}})"}


def values_of(signature, name, rust):
    own = BY_FUNCTION.get(signature.python, {}).get(name) or BY_NAME.get(name)
    return own or BY_TYPE.get(rust) or BY_TYPE["&Value"]


def calls(signature):
    """The calls of a function: the arguments as texts, and what is to be seen."""
    plain = {}
    if signature.python == "hmac.new":
        # Python lets it be left out, and then refuses.
        signature.parameters = [(name, kind, required or name == "digestmod", rust) for name, kind, required, rust in signature.parameters]
    for name, kind, required, rust in signature.parameters:
        if kind not in ("rest", "keywords"):
            plain[name] = values_of(signature, name, rust)

    def arguments(changed=None, value=None, by_name=False):
        found, named = [], False
        for name, kind, required, rust in signature.parameters:
            if kind == "rest":
                found += [value] if changed == name and not named else []
                continue
            if kind == "keywords":
                found += [f"zz={value}"] if changed == name else []
                continue
            text = value if changed == name else plain[name][0]
            if not required and changed != name:
                named = True
                continue
            if kind == "positional" and named:
                return None
            if kind == "keyword" or named and kind != "positional" or by_name and changed == name and kind == "either":
                found.append(f"{name}={text}")
                named = True
            else:
                found.append(text)
        return ", ".join(found)

    yield arguments(), "plain"
    for name, kind, required, rust in signature.parameters:
        own = plain.get(name, [])
        for value in [*own, *(it for it in LITERALS if it not in own)]:
            yield arguments(name, value), name
            if kind == "either" and value == (own or [""])[0]:
                yield arguments(name, value, True), name
        if kind == "either" and required and signature.receiver == "" or kind in ("either", "positional"):
            yield arguments(name, "v"), name


def body(signature, receiver, arguments):
    owner, _, method = signature.python.rpartition(".")
    shown = "type(x).__name__" if RANDOM.match(signature.python) else "repr(x)"
    if method in OPERATORS:
        call = OPERATORS[method].format(receiver or owner, arguments or "")
        given = '    v = VALUES[event["v"]]\n' if arguments == "v" else ""
        return f"def case_{{n}}(event):\n{given}    x = {call}\n    return {shown}\n"
    head = f"    r = {receiver}\n" if receiver else ""
    head += "    if r is None:\n        return 0\n" if owner == "re.Match" else ""
    called = f"r.{method}" if receiver else signature.python
    call = called if arguments is None else f"{called}({arguments})"
    needs = 'def case_{n}(event):\n' + ('    v = VALUES[event["v"]]\n' if re.search(r"\bv\b", arguments or "") else "")
    if receiver and owner in ("list", "dict", "set") and method not in ("items", "keys", "values"):
        return f"{needs}{head}    x = {call}\n    return repr([x, r])\n"
    if signature.python in SHOWN:
        return f"{needs}{head}    return {SHOWN[signature.python].format(call)}\n"
    if method in ("items", "keys", "values") and owner == "dict" or signature.python in LAZY:
        return f"{needs}{head}    return repr(list({call}))\n"
    return f"{needs}{head}    x = {call}\n    return {shown}\n"


def cases_of(signature):
    owner = signature.python.rpartition(".")[0]
    receivers = RECEIVERS.get(owner, []) if signature.receiver else [""]
    if signature.kind == "type":
        return
    if signature.kind == "static":
        yield f'def case_{{n}}(event):\n    e = {signature.python}("a")\n    return repr(e) + str(e)\n', [{}]
        yield f'def case_{{n}}(event):\n    raise {signature.python}("a")\n', [{}]
        return
    for receiver in receivers:
        each = [(None, "")] if signature.kind in ("attribute", "constant") else calls(signature)
        for arguments, _ in each:
            if arguments is None and signature.kind == "function":
                continue
            code = body(signature, receiver, arguments)
            if code:
                is_open = re.search(r"\bv\b", arguments or "")
                yield code, [{"v": name} for name in VALUES] if is_open else [{}]
        if signature.kind == "function" and receiver:
            code = body(signature, 'VALUES[event["r"]]', ", ".join(
                values_of(signature, name, rust)[0] for name, kind, required, rust in signature.parameters if required and kind != "keyword"))
            if code and receiver == receivers[0]:
                yield code, [{"r": name} for name in VALUES]


def unreached(cases):
    """The mapped names of which no case was translated."""
    reached = {item for case in cases if not (case.refused or case.broken) for item in case.items}
    mapped = {it.python for it in signatures() if is_here(it) and it.kind != "type"}
    return sorted(mapped - reached - {it for each in UNREACHED.values() for it in each})


def is_here(signature):
    return not signature.python.startswith(ELSEWHERE)


def cases(sample=1, offset=0):
    seen, found = set(), []
    for signature in signatures():
        if not is_here(signature):
            continue
        for code, events in cases_of(signature):
            if code in seen:
                continue
            seen.add(code)
            name = " ".join(code.split("\n    ")[1:]).strip()
            found.append(Case(f"{signature.python}: {name}", code, events, (signature.python,)))
    return sampled(found, sample, offset)


if __name__ == "__main__":
    every = cases()
    print(len(every), len({it.items for it in every}))
    reached = {it.items[0] for it in every}
    print(sorted({it.python for it in signatures() if is_here(it) and it.kind != "type"} - reached))
