"""Writes cases.json: what CPython 3.11 does with decimals, dates and times, for time.rs.

    python3.11 make_cases.py > cases.json
    python3.11 make_cases.py 20000 [seed] > more.json    # random ones, for TIME_CASES=more.json
"""

import calendar
import json
import math
import operator
import random
import sys
import time as clock
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal as D
from zoneinfo import ZoneInfo


def encode_zone(zone):
    if zone is None:
        return None
    if isinstance(zone, ZoneInfo):
        return zone.key
    offset, *name = zone.__getinitargs__()
    return [offset // timedelta(microseconds=1), name[0] if name else None]


def encode(value):
    """A value as JSON, with what JSON does not have behind a key."""
    match value:
        case float():
            return {"$float": repr(value)}
        case D():
            return {"$decimal": str(value)}
        case datetime():
            fields = [value.year, value.month, value.day, value.hour, value.minute, value.second]
            return {
                "$datetime": fields
                + [value.microsecond, encode_zone(value.tzinfo), value.fold]
            }
        case date():
            return {"$date": [value.year, value.month, value.day]}
        case time():
            fields = [value.hour, value.minute, value.second, value.microsecond]
            return {"$time": fields + [encode_zone(value.tzinfo), value.fold]}
        case timedelta():
            return {"$timedelta": [value.days, value.seconds, value.microseconds]}
        case timezone() | ZoneInfo():
            return {"$zone": encode_zone(value)}
    return value


def dumps_result(value):
    """As the Lambda runtime encodes a Decimal."""
    if isinstance(value, D):
        return "NaN" if value.is_nan() else str(value)
    raise NotImplementedError


OPS = {
    "str": str,
    "repr": repr,
    "neg": operator.neg,
    "pos": operator.pos,
    "bool": bool,
    "dumps": json.dumps,
    "dumps_result": dumps_result,
    "attribute": getattr,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "floor_div": operator.floordiv,
    "modulo": operator.mod,
    "pow": operator.pow,
    "lt": operator.lt,
    "ge": operator.ge,
    "eq": operator.eq,
    "same_key": lambda a, b: len({a: 1, b: 1}) == 1,
    "format": format,
    "percent": operator.mod,
    "isoformat": lambda value: value.isoformat(),
    "monthrange": lambda year, month: tuple(map(int, calendar.monthrange(year, month))),
    "parse_float": lambda text: json.loads(text, parse_float=D),
    "Decimal.new": D,
    "Decimal.int": int,
    "Decimal.float": float,
    "Decimal.round": round,
    "Decimal.floor": math.floor,
    "Decimal.ceil": math.ceil,
    "Decimal.abs": abs,
    "Decimal.as_tuple": lambda value: tuple(value.as_tuple()),
    "datetime.new": datetime,
    "datetime.date": lambda *args: date(*args) if len(args) == 3 else args[0].date(),
    "datetime.strptime": datetime.strptime,
    "datetime.fromisoformat": datetime.fromisoformat,
    "datetime.date.fromisoformat": date.fromisoformat,
    "datetime.time.fromisoformat": time.fromisoformat,
    "datetime.fromtimestamp": datetime.fromtimestamp,
    "datetime.fromtimestamp_utc": lambda number: datetime.fromtimestamp(number, timezone.utc),
    "datetime.utcfromtimestamp": datetime.utcfromtimestamp,
    "datetime.date.fromtimestamp": date.fromtimestamp,
    "datetime.strftime": lambda value, format: value.strftime(format),
    "datetime.date.isocalendar": lambda value: tuple(value.isocalendar()),
    "datetime.date.ctime": lambda value: value.ctime(),
    "datetime.date.fromisocalendar": date.fromisocalendar,
    "datetime.isocalendar": lambda value: tuple(value.isocalendar()),
    "datetime.astimezone_local": lambda value: value.astimezone(),
    "datetime.timetuple": lambda value: tuple(value.timetuple()),
    "datetime.utctimetuple": lambda value: tuple(value.utctimetuple()),
    "datetime.timegm": lambda value: calendar.timegm(value.utctimetuple()),
    "datetime.mktime": lambda value: clock.mktime(value.timetuple()),
    "datetime.now": datetime.now,
    "datetime.replace_tzinfo": lambda value, zone: value.replace(tzinfo=zone),
    "datetime.replace": lambda value, month, hour: value.replace(month=month, hour=hour),
    "timedelta.new": timedelta,
    "timedelta.abs": abs,
    "zone.str": str,
    "zone.repr": repr,
    "zone.astimezone": lambda zone, value: value.astimezone(zone),
}


def result(name, args):
    function = OPS.get(name)
    if function is None:
        method = name.split(".")[-1]
        return getattr(args[0], method)(*args[1:])
    return function(*args)


def case(name, *args):
    try:
        value = result(name, args)
        text = value if name in ("zone.str", "zone.repr") else repr(value)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
    written = [encode(arg) for arg in args]
    if name.startswith("zone."):
        written[0] = encode_zone(args[0])
    return [name, written, text]


UTC = timezone.utc
INDIA = timezone(timedelta(hours=5, minutes=30))
ODD = timezone(-timedelta(hours=4, minutes=3, seconds=2, microseconds=1), "ODD")
ZONES = [None, None, UTC, UTC, INDIA, ODD]
NAMED = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC",
    "America/Sao_Paulo", "Africa/Casablanca", "Europe/London", "Asia/Tokyo", "US/Pacific",
    "Europe/Dublin", "Pacific/Apia", "Asia/Tehran", "Etc/GMT+5", "America/St_Johns",
]  # fmt: skip
ROUNDINGS = [
    None, "ROUND_CEILING", "ROUND_DOWN", "ROUND_FLOOR", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN",
    "ROUND_HALF_UP", "ROUND_UP", "ROUND_05UP",
]  # fmt: skip
NUMBER_FORMATS = [
    ".2f", "", ",", ",.2f", "10.3f", "010.2f", "+.1f", "-.0f", " .3e", "e", "E", ".0%", "%",
    ".3g", "g", "G", ".10", ".0", "*^20.2f", "<12", ">12,", "=+12.1f", "012,.2f", "z.1f", "x",
    "_", "d", "s", ".", "f", ">012.1f", "5", "#f", "n.", "1000.", "0=12.2f", "x<09.1f", ".30f",
]  # fmt: skip


def decimals(rng):
    """A random decimal."""
    kind = rng.random()
    if kind < 0.03:
        return D(rng.choice(["NaN", "Infinity", "-Infinity", "-NaN"]))
    if kind < 0.15:
        return D(rng.choice(["0", "-0", "0.00", "0E+5", "1", "-1", "1.0", "1.00", "10", "0E-30"]))
    digits = "".join(rng.choices("0123456789", k=rng.choice([1, 1, 2, 3, 5, 10, 27, 28, 29, 40])))
    if rng.random() < 0.2:
        digits = digits[0] + rng.choice("0459") * (len(digits) - 1)
    exponent = rng.choice([0, 0, -1, -2, -2, -3, -5, -8, -28, -40, 1, 3, 20, 60, -100])
    if rng.random() < 0.02:
        exponent = rng.choice([999999, 999990, -999999, -1000020, -1000026, -1000030, 500000])
    return D((rng.choice([0, 0, 1]), tuple(map(int, digits)), exponent))


def numbers(rng):
    kind = rng.random()
    if kind < 0.75:
        return decimals(rng)
    if kind < 0.9:
        return rng.choice([0, 1, -1, 2, 3, 7, 10, 100, 12345, 2**62, True, rng.randrange(-999, 999)])
    return rng.choice([0.0, 0.1, 1.0, 1.5, -2.25, 1e22, 1e300, float("inf"), float("nan"), None, "a"])


def texts(rng, alphabet, sizes):
    return "".join(rng.choices(alphabet, k=rng.choice(sizes)))


def decimal_case(rng):
    name = rng.choice([
        "add", "sub", "mul", "div", "floor_div", "modulo", "add", "sub", "mul", "div", "lt", "ge",
        "eq", "same_key", "pow", "Decimal.new", "Decimal.quantize", "format", "Decimal.round", "unary",
        "percent", "Decimal.binary", "Decimal.new_float", "parse_float", "Decimal.to_integral_value",
    ])  # fmt: skip
    value = decimals(rng)
    if name == "pow":
        return name, value, rng.choice([0, 1, 2, 3, -1, -2, 7, 10, 30, -5, D("2.0"), D("1E+1")])
    if name == "Decimal.new":
        alphabet = ["1", "0", "9", ".", "E", "e", "-", "+", "_", " ", "inf", "nan", "12", "5"]
        return name, texts(rng, alphabet, [1, 2, 3, 4, 6])
    if name == "Decimal.new_float":
        number = rng.choice([rng.random(), rng.uniform(-1e9, 1e9), 10 ** rng.uniform(-300, 300)])
        return "Decimal.new", rng.choice([number, round(number, 2), rng.randrange(10**15), None, b""[0:0].decode()])
    if name == "parse_float":
        return name, rng.choice(["1.10", "1e5", "-0.0", "1", "[1.5, 2]", "1E400", repr(rng.random())])
    if name == "Decimal.quantize":
        exp = rng.choice([D("0.01"), D("1"), D("0.1"), D("1E+2"), D("1E-10"), D("0"), decimals(rng), 1])
        return name, value, exp, rng.choice(ROUNDINGS)
    if name == "Decimal.to_integral_value":
        return name, value, rng.choice(ROUNDINGS)
    if name == "format":
        return name, value, rng.choice(NUMBER_FORMATS)
    if name == "Decimal.round":
        return (name, value) if rng.random() < 0.4 else (name, value, rng.choice([0, 1, 2, 3, -1, 5, 30]))
    if name == "unary":
        return rng.choice([
            "str", "repr", "neg", "pos", "bool", "dumps", "dumps_result", "Decimal.int", "Decimal.float",
            "Decimal.floor", "Decimal.ceil", "Decimal.abs", "Decimal.sqrt", "Decimal.normalize",
            "Decimal.adjusted", "Decimal.to_eng_string", "Decimal.as_tuple", "Decimal.as_integer_ratio",
        ]), value  # fmt: skip
    if name == "percent":
        return name, rng.choice(["%s", "%d", "%.2f", "%r", "%5.1f|", "%x", "%g"]), value
    if name == "Decimal.binary":
        return rng.choice(["Decimal.compare", "Decimal.max", "Decimal.min"]), value, decimals(rng)
    if name in ("lt", "ge", "eq", "same_key") and rng.random() < 0.3:
        number = rng.choice([0.1, 0.5, 1.25, 1e22, 3, 10**6])
        return name, *rng.sample([D(number), number], 2)
    other = numbers(rng)
    if name == "same_key" and isinstance(other, str):
        other = 1
    return (name, value, other) if rng.random() < 0.7 else (name, other, value)


def dates(rng):
    return date.fromordinal(rng.choice([
        rng.randrange(1, 3652060), rng.randrange(719163, 740000), 1, 2, 3652059, 3652058,
        date(2020, 2, 29).toordinal(), date(rng.randrange(1, 9999), 12, rng.randrange(25, 32)).toordinal(),
    ]))  # fmt: skip


def times(rng, zones=True):
    zone = rng.choice(ZONES) if zones else None
    fraction = rng.choice([0, 0, 1, 500000, 999999, rng.randrange(10**6), 120000])
    second, minute, hour = rng.choice([0, 59, rng.randrange(60)]), rng.randrange(60), rng.randrange(24)
    fold = int(rng.random() < 0.05)
    return time(hour, rng.choice([0, minute]), second, fraction, zone, fold=fold)


def datetimes(rng):
    return datetime.combine(dates(rng), times(rng))


def spans(rng):
    return timedelta(
        rng.choice([0, 0, 1, -1, 7, 365, rng.randrange(-4000000, 4000000), 999999999, -999999999]),
        rng.choice([0, 1, 3600, 86399, rng.randrange(86400)]),
        rng.choice([0, 1, 999999, 500000, rng.randrange(10**6)]),
    ) if rng.random() < 0.97 else timedelta.min  # fmt: skip


DIRECTIVES = "aAbBcdfHIjmMpSUuVwWxXyYzZG%"


def written(rng):
    """A text for strptime, and a format that may be its own."""
    joiners = ["-", " ", ":", "", "T", "/", ".", "  ", ", "]
    directives = rng.sample(DIRECTIVES, rng.choice([1, 2, 3, 4, 6]))
    if rng.random() < 0.4:
        formats = ["%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d", "%H:%M",
                   "%Y-%m-%dT%H:%M:%S%z", "%b %d %Y %I:%M%p", "%A, %d %B %Y", "%Y%m%d", "%G-W%V-%u",
                   "%Y %U %w", "%Y %W %a", "%Y %j", "%m-%d", "%a, %d %b %Y %H:%M:%S %Z", "%d.%m.%y"]  # fmt: skip
        form = rng.choice(formats)
    else:
        form = "".join("%" + each + rng.choice(joiners) for each in directives)
    value = datetime.combine(date.fromordinal(rng.randrange(365000, 3652000)), times(rng))
    text = value.strftime(form)
    kind = rng.random()
    if kind < 0.2 and text:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(["", "1", "9", " ", "x", "-"]) + text[at + 1 :]
    elif kind < 0.3:
        text = rng.choice([text.lower(), text.upper(), text + "x", text + " 12", " " + text, text[:-1]])
    elif kind < 0.35:
        form = rng.choice([form + "%", form.replace("%", "% "), form + "%Q", form + "é", form + "%.", form[:-1]])
    return text, form


def iso_text(rng):
    value = datetimes(rng)
    text = value.isoformat(rng.choice("T t_"), rng.choice(["auto", "seconds", "milliseconds", "minutes", "hours"]))
    kind = rng.random()
    if kind < 0.2:
        text = text.replace("-", "").replace(":", "")
    elif kind < 0.4:
        year, week, day = value.isocalendar()
        text = rng.choice(["%04d-W%02d-%d", "%04dW%02d%d", "%04d-W%02d", "%04dW%02d"]) % (
            (year, week, day) if rng.random() < 2 else ()
        ) if False else "%04d-W%02d-%d" % (year, week, day)  # fmt: skip
        text = rng.choice([text, text.replace("-", ""), text[:8], text[:8].replace("-", "")])
        text += rng.choice(["", "T10", "T10:11", "T1011Z", " 10:11:12,5", "-10:00"])
    elif kind < 0.5:
        text = text.replace("+00:00", "Z")
    if rng.random() < 0.4:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(["", "1", "9", ":", "-", "Z", "+", ".", ",", "é", "W", "T"]) + text[at + rng.randrange(2) :]
    return text


def time_case(rng):
    kind = rng.choice([
        "arithmetic", "arithmetic", "compare", "strptime", "strptime", "fromisoformat", "fromisoformat",
        "timestamp", "strftime", "text", "span", "span", "new", "zone", "zone", "named", "named", "named",
        "other",
    ])  # fmt: skip
    makers = [dates, datetimes, times, spans, spans, lambda rng: rng.choice([1, 2.5, "a", None])]
    if kind == "arithmetic":
        a, b = rng.choice(makers)(rng), rng.choice(makers)(rng)
        if isinstance(a, timedelta) and isinstance(b, timedelta) or rng.random() < 0.2:
            return rng.choice(["add", "sub", "div", "floor_div", "modulo", "mul"]), a, b
        return rng.choice(["add", "sub"]), a, b
    if kind == "compare":
        maker = rng.choice(makers)
        a, b = maker(rng), maker(rng) if rng.random() < 0.8 else rng.choice(makers)(rng)
        if isinstance(a, datetime) and a.tzinfo and rng.random() < 0.5:
            b = a.replace(year=2000).astimezone(rng.choice([UTC, INDIA, ODD]))
            a = a.replace(year=2000)
        return rng.choice(["lt", "ge", "eq", "same_key"]), a, b
    if kind == "strptime":
        return "datetime.strptime", *written(rng)
    if kind == "fromisoformat":
        text = iso_text(rng)
        name = rng.choice(["datetime.", "datetime.", "datetime.date.", "datetime.time."])
        if "time." in name[9:]:
            text = text[rng.choice([10, 11]) :]
        elif "date." in name[9:]:
            text = text[: rng.choice([7, 8, 10, 10])]
        return name + "fromisoformat", text
    if kind == "timestamp":
        if rng.random() < 0.5:
            return "datetime.timestamp", datetimes(rng)
        number = rng.choice([
            rng.uniform(0, 2e9), rng.uniform(-7e10, 2.6e11), rng.randrange(2 * 10**9), rng.randrange(-10**11, 10**12),
            round(rng.uniform(0, 2e9), 7), rng.randrange(10**9) + 0.5e-6, -0.5, -1e-7, 1e20, float("nan"), "a", None, 1e12,
            rng.uniform(-62135600000, -62135500000), rng.uniform(253402200000, 253402400000), 0.9999995,
        ])  # fmt: skip
        return rng.choice([
            "datetime.fromtimestamp", "datetime.fromtimestamp_utc", "datetime.utcfromtimestamp",
            "datetime.date.fromtimestamp",
        ]), number  # fmt: skip
    if kind == "strftime":
        value = rng.choice([dates, datetimes, datetimes, times])(rng)
        form = "".join("%" + rng.choice(DIRECTIVES + "eDFTRrhnts") + rng.choice("- :,é") for _ in range(3))
        form = rng.choice([form, form, "%Y-%m-%dT%H:%M:%SZ", "%-d/%-m/%y %-I", "x%", "%d %b %Y"])
        return rng.choice(["datetime.strftime", "datetime.strftime", "format"]), value, form
    if kind == "text":
        return rng.choice(["str", "repr", "bool", "dumps", "isoformat"]), rng.choice(makers[:4])(rng)
    if kind == "span":
        name = rng.choice(["mul", "div", "floor_div", "new", "timedelta.total_seconds", "timedelta.abs", "neg", "str"])
        if name == "new":
            number = lambda: rng.choice([0, 0, 1, -1, 2.5, 0.1, 1e-6, 0.5e-6, 1.5e-6, -0.3, rng.uniform(-100, 100), 10**6])
            if rng.random() < 0.05:
                return "timedelta.new", rng.choice([10**9, float("nan"), float("inf"), "a", None, D(1)]), 0, 0, 0, 0, 0, 0
            return "timedelta.new", *[number() for _ in range(7)]
        if name in ("mul", "div", "floor_div"):
            number = rng.choice([1, 2, 3, 7, -2, 0, 0.5, 0.1, 1.5, -0.3, rng.uniform(-5, 5), 1e-3, 1e10, True, 3600])
            return (name, spans(rng), number) if rng.random() < 0.9 else (name, number, spans(rng))
        return name, spans(rng)
    if kind == "new":
        pick = lambda good, *bad: rng.choice([good, good, good, good, *bad])
        numbers = [pick(2020, 0, 10000, -1), pick(2, 0, 13), pick(28, 0, 29, 30, 31, 32), pick(5, 24, -1), pick(6, 60),
                   pick(7, 60, "a"), pick(8, 10**6, 1.5, 2**40)]  # fmt: skip
        return ("datetime.new", *numbers) if rng.random() < 0.7 else ("datetime.date", *numbers[:3])
    if kind == "zone":
        zone = rng.choice([UTC, INDIA, ODD, timezone(timedelta(hours=-23, seconds=rng.randrange(3600)))])
        name = rng.choice(["zone.str", "zone.repr", "zone.astimezone", "zone.astimezone"])
        return (name, zone, datetimes(rng)) if name == "zone.astimezone" else (name, zone)
    if kind == "named":
        zone = ZoneInfo(rng.choice(NAMED))
        day = date(rng.randrange(1971, 2099), rng.randrange(1, 13), rng.randrange(1, 29))
        local = datetime.combine(day, times(rng, False), zone).replace(fold=rng.randrange(2))
        if rng.random() < 0.6:
            # Near a change of its offset.
            hour = datetime(day.year, rng.choice([3, 4, 9, 10, 11]), 1, tzinfo=UTC)
            for _ in range(24 * 40):
                following = hour + timedelta(hours=1)
                if following.astimezone(zone).utcoffset() != hour.astimezone(zone).utcoffset():
                    break
                hour = following
            wall = hour.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=rng.randrange(-90, 150))
            local = wall.replace(tzinfo=zone, fold=rng.randrange(2))
        other = rng.choice([UTC, INDIA, ZoneInfo(rng.choice(NAMED))])
        name = rng.choice(["zone.astimezone", "zone.astimezone", "datetime.utcoffset", "datetime.tzname", "str", "eq",
                           "sub", "lt", "datetime.timestamp", "repr"])  # fmt: skip
        if name == "zone.astimezone":
            utc = local.astimezone(UTC)
            return rng.choice([(name, zone, utc), (name, other, local)])
        if name in ("eq", "sub", "lt"):
            return name, local, rng.choice([local.astimezone(other), local + timedelta(1)])
        return name, local
    value = datetimes(rng)
    tz = lambda: rng.choice([UTC, INDIA, ODD, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), timezone(timedelta(0), "x")])
    wrong = lambda: rng.choice([5, "a", 1.5])
    if rng.random() < 0.25:
        return rng.choice([
            ("repr", tz()), ("str", tz()), ("eq", tz(), tz()), ("same_key", tz(), tz()), ("bool", tz()), ("dumps", tz()),
            ("lt", tz(), tz()), ("add", tz(), wrong()), ("add", "a", tz()), ("attribute", value, "tzinfo"),
            ("attribute", tz(), "foo"), ("datetime.now", wrong()), ("datetime.astimezone", value.replace(year=2020), tz()),
            ("datetime.astimezone", value, wrong()), ("datetime.replace_tzinfo", value.replace(year=2020), tz()),
            ("datetime.replace_tzinfo", value, wrong()), ("format", tz(), ""), ("format", tz(), "x"),
        ])
    if rng.random() < 0.15:
        name = rng.choice(["timetuple", "utctimetuple", "timegm", "mktime"])
        return "datetime." + name, value
    return rng.choice([
        ("datetime.isoformat", value, rng.choice(["T", " ", "ab"]), rng.choice(["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds", "x"])),
        ("datetime.isocalendar", value), ("datetime.date.isocalendar", dates(rng)), ("datetime.ctime", value),
        ("datetime.date.ctime", dates(rng)), ("datetime.weekday", value), ("datetime.time", value), ("datetime.timetz", value),
        ("datetime.date", value), ("datetime.astimezone_local", value), ("datetime.replace", value, rng.randrange(14), rng.randrange(25)),
        ("monthrange", rng.randrange(1, 9999), rng.randrange(15)), ("datetime.utcoffset", value), ("datetime.tzname", value),
        ("datetime.date.fromisocalendar", rng.randrange(-1, 10001), rng.randrange(55), rng.randrange(9)),
        ("attribute", rng.choice([value, dates(rng), times(rng), spans(rng)]), rng.choice(["year", "hour", "days", "seconds", "microsecond", "foo"])),
    ])  # fmt: skip


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1400
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    seen = set()
    lines = []
    while len(lines) < count:
        # Every kind of result of every operation, rather than the same over and over.
        name, *args = rng.choice([decimal_case, time_case])(rng)
        line = case(name, *args)
        text = json.dumps(line)
        kind = (name, line[2].split(":")[0][:14])
        if text in seen or len(sys.argv) == 1 and sum(each[1] == kind for each in lines) > 5:
            continue
        seen.add(text)
        lines.append((text, kind))
    print("[\n" + ",\n".join(text for text, _ in lines) + "\n]")


main()
