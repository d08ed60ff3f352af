"""Writes cases.json: what CPython 3.11 does, for std.rs to compare with.

    python3.11 make_cases.py > cases.json
    python3.11 make_cases.py 5000 > more.json    # random patterns, for STD_CASES=more.json
"""

import itertools
import json
import random
import re
import sys
import urllib.parse


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
    if isinstance(value, bytes):
        return {"$bytes": list(value)}
    return value


def case(op, call, *args):
    try:
        ok = repr(call(*args))
    except Exception as error:
        return {"op": op, "args": encode(list(args)), "error": f"{type(error).__name__}: {error}"}
    return {"op": op, "args": encode(list(args)), "ok": ok}


TEXTS = ["", "a", "a b", "a+b", "é/ü?", "%", "%4", "%41", "%C3%A9", "%C3é%A9", "%zz%20", "~_-.", "a%2Bb+c", "\n\0", "😀", "%E2%82", "%ff%41"]
QUERIES = ["", "a=1", "a=1&a=2&b=", "a", "=", "a=b=c", "&&", "a=1;b=2", "%41=%42+c", "a=&b", "a b=é", "x=%E2%82"]
URLS = [
    "", "http://a.b/c;p?q#f", "//h/p", "http:", "http:///p", "HTTP://User:Pw@Host:80/x;y/z;w", "mailto:a@b", "a/b", "/a", "?q", "#f", ";p",
    "http://h:port/", "http://h:99999", "http://h:", "s3://bucket/key a", "http://h?x=http://y", " \x01http://h", "ht\ntp://h/\tx", "1a:b", "a:b:c",
    "http://u@h@i", "http://[::1]/", "http://[::1", "http://h%41/", "file:///etc/x", "foo://h/a;b", "http://:pw@h", "x-y+z.1://h/", "é:x", "//", "///a", "http://h/a/b/../c",
]
JOINS = ["", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", ";x", ".", "..", "../g", "../../g", "../../../g", "g/../h", "http://x/y", "https:z", "a//b", "./", "g/.", "mailto:x"]


def url_facts(url):
    parsed = urllib.parse.urlparse(url)
    try:
        port = parsed.port
    except ValueError as error:
        port = str(error)
    return [*parsed, parsed.hostname, port, parsed.username, parsed.password, parsed.geturl()]


def split_facts(url, scheme, fragments):
    split = urllib.parse.urlsplit(url, scheme, fragments)
    return [*split, split.hostname, split.geturl()]


def urls():
    parse = urllib.parse
    for text in TEXTS + [None, 5, b"a b\xff", [], {}]:
        for safe in ["/", "", "é%"]:
            yield case("quote", parse.quote, text, safe)
            yield case("quote_plus", parse.quote_plus, text, safe)
        if not isinstance(text, (list, dict)):
            yield case("unquote", parse.unquote, text)
        if not isinstance(text, bytes):
            yield case("unquote_plus", parse.unquote_plus, text)
    for text in QUERIES + [None, 5, 0, ["a"]]:
        for keep, strict in itertools.product([False, True], repeat=2):
            yield case("parse_qs", lambda *a: parse.parse_qs(a[0], a[1], a[2], max_num_fields=a[3], separator=a[4]), text, keep, strict, None, "&")
            yield case("parse_qsl", lambda *a: parse.parse_qsl(a[0], a[1], a[2], max_num_fields=a[3], separator=a[4]), text, keep, strict, None, "&")
    yield case("parse_qs", lambda *a: parse.parse_qs(a[0], a[1], a[2], max_num_fields=a[3], separator=a[4]), "a=1&b=2", False, False, 1, "&")
    yield case("parse_qs", lambda *a: parse.parse_qs(a[0], a[1], a[2], max_num_fields=a[3], separator=a[4]), "a=1;b=2", False, False, 2, ";")
    yield case("parse_qs", lambda *a: parse.parse_qs(a[0], a[1], a[2], max_num_fields=a[3], separator=a[4]), "a=1;b=2", False, False, 2, "")
    for query in [{}, {"a": 1, "b c": "é d"}, {"a": [1, "x y"], "n": None}, [("a", "b"), ("a", 2.5)], [["a", "b"]], [("a",)], "", "ab", 5, None, (("a", b"\xff "),), {1: True, "t": (1, 2), "d": {"k": 1}, "e": []}]:
        for doseq, safe in itertools.product([False, True], ["", "/ é"]):
            yield case("urlencode", parse.urlencode, query, doseq, safe)
            yield case("urlencode_quote", lambda q, d, s: parse.urlencode(q, d, s, quote_via=parse.quote), query, doseq, safe)
    for url in URLS:
        yield case("urlparse", url_facts, url)
        yield case("urlsplit", split_facts, url, "https", False)
        yield case("urlsplit", split_facts, url, "", True)
    for base in ["http://a/b/c/d;p?q", "http://a", "", "a/b/c", "s3://b/k", "http://a/b//c/", "/x/y", "mailto:x"]:
        for url in JOINS:
            yield case("urljoin", parse.urljoin, base, url)


PATTERNS = [
    r"", r"a", r"a*", r"a+?b", r"(a)(b)?", r"(?P<x>\w+)@(?P<y>\w+)\.com", r"^\d{4}-\d{2}-\d{2}$", r"[^a-zA-Z0-9_-]", r"\s+", r"(\d+)", r"\bfoo\b", r"\B",
    r"(a|ab)(c|bcd)(d*)", r"x*", r"(?i)HeLLo", r"(?i)[a-f]+", r"[\w.]+", r"\W", r"(?:a|b)+", r"(?:(a)|b)+", r"(a)|(b)", r"(?<=a)b", r"(?<!a)b", r"a(?=b)", r"a(?!b)", r"(\w)\1",
    r"(?P<q>['\"]).*?(?P=q)", r"^", r"$", r"(?m)^.*$", r"(?m)$", r"(?s).+", r".+", r"[]a]", r"[^]a]", r"[a\]b]", r"[-a]", r"[a-]", r"a{2}", r"a{,2}", r"a{1,}", r"a{", r"a{1", r"a{x}", r"{", r"a{,}",
    r"\.", r"\-", r"\x41", r"\u00e9", r"\n", r"\t", r"\0", r"\Z", r"\Aa", r"é", r"[é-ü]", r"(?i)É", r"(?i)i", r"(?i)[k-s]", r"(?i)straße", r"(?a)\w+", r"(?a)\d", r"\d", r"\w+", r"[\s\S]", r"[\d\-x]",
    r"(?x) a \s b # c", r"(?#c)a", r"(?:ab){2,3}?", r"(ab)*", r"a++b", r"(?>a+)b", r"a*+", r"(?i:a)b", r"(?-i:a)b", r"([A-Z])([a-z]*)", r"(?:^|_)([a-z])", r"^arn:aws:[^:]*:([^:]+)$", r"(a?)b", r"(a)?b", r"[a-z]+|\d+", r"&amp;|<br>",
    r"^[\w.-]{1,255}$", r"\w{1,1000}", r"(\w{2,30}?)b", r"^\w{21}",
    r"a**", r"(", r")", r"[", r"a|*", r"(?P<1>a)", r"\q", r"(?P<a>a)(?P<a>b)", r"[z-a]", r"(a*)*", r"(a*)+", r"a*?", r"|a", r"a|", r"(?:a|)b", r"(|a)+", r"(?<=a+)b", r"\2(a)", r"(\w+)\s\1", r"(?(1)a|b)", r"\ba*", r"[[a]", r"[a&&b]", r"a~b<c>`'", r"^$", r"\s*,\s*", r"(?m)^\s*#.*\n?", r"[^\W\d_]+", r"[^\s]", r"\$\{(\w+)\}", r"\{\{\s*(\w+)\s*\}\}", r"https?://[^/\s]+", r"(?i)^bearer\s+(.+)$", r"^\+?[1-9]\d{1,14}$", r"(?<!^)(?=[A-Z])", r"(.)([A-Z][a-z]+)", r"([a-z0-9])([A-Z])",
]
SEARCHED = [
    "", "a", "aab", "abcd", "b", "foo bar foo", "x_foo foo", "me@example.com, you@b.com", "2026-01-02", "2026-01-02\n", "hello HELLO", "aaxaab\nab", "'q' \"r\"", "éÜü É ß", "İıſK i s k", "a1 b22\t٣ ", "arn:aws:s3:::x", "  a,b ,c\n# d\n",
    "camelCaseString", "{{ name }} ${var}", "-]a[{}1{x}a{", "Bearer abc.def", "_a_b", "+4915112345678", "aa aa bb", "https://h.x/y z", "a\u0301b\u203f①ª", "\x1c\x85\u2003", "😀a😀",
]
TEMPLATES = ["", "-", r"<\g<0>>", r"\1", r"\g<1>x", r"\n\\\.", r"\g<x>", r"\2", r"\0", r"\q", r"\101", r"\1_\2"]


def facts(found):
    return found and (found.span(), found.groups(), found.groupdict(), [found.span(n) for n in range(len(found.groups()) + 1)])


def regular(pattern, text, flags):
    yield case("re_search", lambda p, s, f: facts(re.search(p, s, f)), pattern, text, flags)
    yield case("re_match", lambda p, s, f: facts(re.match(p, s, f)), pattern, text, flags)
    yield case("re_fullmatch", lambda p, s, f: facts(re.fullmatch(p, s, f)), pattern, text, flags)
    yield case("re_findall", re.findall, pattern, text, flags)
    yield case("re_split", re.split, pattern, text, 0, flags)


def finds(pattern, text):
    try:
        return re.search(pattern, text)
    except re.error:
        return None


def expressions():
    chance = random.Random(3)
    for pattern in PATTERNS:
        found = [text for text in SEARCHED if finds(pattern, text)]
        others = [text for text in SEARCHED if text not in found]
        for text in [*chance.sample(found, min(3, len(found))), chance.choice(others or found)]:
            yield from regular(pattern, text, 0)
        for flags in [re.I, re.M, re.S, re.A, re.I | re.A, re.X]:
            yield chance.choice([*regular(pattern, chance.choice(SEARCHED), int(flags))])
        for template in chance.sample(TEMPLATES, 3):
            yield case("re_sub", re.sub, pattern, template, chance.choice(found or others), 0, 0)
    for count in [-1, 1, 2]:
        yield case("re_sub", re.sub, "a", "-", "aaa", count, 0)
        yield case("re_split", re.split, "a", "xaxax", count, 0)
    for text in [*SEARCHED, "a-b.c#~&|(^$)"]:
        yield case("re_escape", re.escape, text)
    for value in [None, 5, b"a", ["a"]]:
        yield case("re_search", re.search, "a", value, 0)
        yield case("re_sub", re.sub, "a", "b", value, 0, 0)


def made_up(count):
    """Patterns made of pieces by chance."""
    pieces = ["a", "b", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "(", "(?:", "(?=", "(?!", "(?<=a)", ")", ")", "|", "*", "+", "?", "*?", "{1,2}", "{2}", "\\w{0,25}", "\\w{21,}?", "{,30}", "\\1", "é"]
    for _ in range(count):
        pattern = "".join(random.choices(pieces, k=random.randint(1, 9)))
        try:
            re.compile(pattern)
        except re.error:
            continue
        text = "".join(random.choices("aab c\né", k=random.randint(0, 7)))
        yield from regular(pattern, text, random.choice([0, 0, int(re.I), int(re.M)]))


def main():
    cases = [*made_up(int(sys.argv[1]))] if len(sys.argv) > 1 else [*urls(), *expressions()]
    print("[")
    print(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
    print("]")


main()
