"""Writes what CPython 3.11 gives for each expression that the tests name.

Run as: python3.11 tests/strings/expected.py
"""

import functools
import html
import itertools
import math
import operator
import pathlib
import re
import statistics
import string
import textwrap

HERE = pathlib.Path(__file__).parent
NAMED = re.compile(r'\bpy\(\s*(?:r#"(.*?)"#|"([^"\\]*)")', re.S)


def digest(function):
    """One number for what a function gives of each character."""
    number = 0xCBF29CE484222325
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        result = function(chr(code))
        text = str(result) if isinstance(result, str) else str(int(result))
        for byte in text.encode() + b"\0":
            number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return "%016x" % number


def means_of_many_numbers():
    state = 12345

    def following():
        nonlocal state
        state = (state * 1103515245 + 12345) % (1 << 31)
        return float(state)

    means = []
    for count in range(1, 200):
        numbers = []
        for _ in range(count % 9 + 1):
            numbers.append(following() / (following() + 1.0) - following() / 1e9)
        means.append(statistics.mean(numbers))
    return means


def outcome(expression):
    try:
        return repr(eval(expression, globals()))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


found = set()
for source in sorted(HERE.glob("*.rs")):
    for raw, plain in NAMED.findall(source.read_text()):
        found.add(raw or plain)
lines = [f"{expression}\t{outcome(expression)}\n" for expression in sorted(found)]
(HERE / "expected.txt").write_text("".join(lines), newline="\n")
