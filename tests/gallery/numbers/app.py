"""Splits amounts into shares; money never gets lost."""

import math


def shares(amount, parts):
    each, rest = divmod(amount, parts)
    return [each + 1] * rest + [each] * (parts - rest)


def describe(value):
    kind = "int" if isinstance(value, int) else "other"
    return f"{kind}:{value!r}"


def digits(number, base=10):
    result = []
    number = abs(number)
    while True:
        number, digit = divmod(number, base)
        result.append(digit)
        if not number:
            break
    return result[::-1]


def handler(event, context):
    a = event["a"]
    b = event["b"]
    results = {}
    results["floor"] = a // b
    results["modulo"] = a % b
    results["true"] = a / b
    results["pair"] = divmod(a, b)
    results["negative"] = -a // b
    results["negated"] = -(a // b)
    results["power"] = a ** 2
    results["inverse"] = 2 ** -1
    results["mixed"] = a * 1.0 + b
    results["int"] = int(a / b)
    results["round"] = [round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(a / b, 1), round(1234, -2)]
    results["kinds"] = [describe(it) for it in (a, b, a / b, a // b, a == b, a * True, +True, None)]
    results["chained"] = [1 < a <= 10, a == b == 3, a != b != 3]
    results["bits"] = [5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, -8 >> 1] if isinstance(a, int) else []
    results["bools"] = True + True, sum([True, False, True]), [1, 0][False]
    results["same"] = [1 == 1.0, 0.1 + 0.2, 1e16, 1e15, 1e-5, 0.0001, 100.0, -0.0, 1 / 3]
    results["math"] = [math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.sqrt(16), math.isclose(0.1 + 0.2, 0.3)]
    results["extremes"] = [min(a, b), max(a, b), min([], default="none"), abs(-a)]
    results["parsed"] = [int("  12 "), int("-0x1f", 16), int("101", 2), float("1e3"), float(" 2.50 "), int(3.99), int(-3.99)]
    if isinstance(a, int) and isinstance(b, int):
        results["shares"] = shares(a, b) if b > 0 else None
        results["digits"] = digits(a), digits(a, 2)
    return results
