use gammaray_support::python::list::list;
use gammaray_support::python::value::Value;
use gammaray_support::python::{string, string_fit as fit, string_split as split};

use super::{Got, py};

fn none() -> Value {
    Value::None
}

#[test]
fn items_and_slices() {
    py("'héllo'[1]", string::item("héllo", 1));
    py("'héllo'[-1]", string::item("héllo", -1));
    py("'héllo'[5]", string::item("héllo", 5));
    py("'héllo'[-6]", string::item("héllo", -6));
    let slice = |a, b, c| string::slice("héllo", a, b, c);
    py("'héllo'[1:3]", slice(Some(1), Some(3), None));
    py("'héllo'[-3:]", slice(Some(-3), None, None));
    py("'héllo'[:-1]", slice(None, Some(-1), None));
    py("'héllo'[:99]", slice(None, Some(99), None));
    py("'héllo'[99:]", slice(Some(99), None, None));
    py("'héllo'[3:1]", slice(Some(3), Some(1), None));
    py("'héllo'[-99:2]", slice(Some(-99), Some(2), None));
    py("'héllo'[::-1]", slice(None, None, Some(-1)));
    py("'héllo'[::2]", slice(None, None, Some(2)));
    py("'héllo'[3:0:-2]", slice(Some(3), Some(0), Some(-2)));
    py("'héllo'[::0]", slice(None, None, Some(0)));
    py("'héllo'[:-9]", slice(None, Some(-9), None));
}

#[test]
fn parts_are_found() {
    let s = "añaña";
    py("'añaña'.find('ña')", Got(string::find(s, "ña", None, None)));
    py(
        "'añaña'.rfind('ña')",
        Got(string::rfind(s, "ña", None, None)),
    );
    py(
        "'añaña'.find('ña', 2)",
        Got(string::find(s, "ña", Some(2), None)),
    );
    py(
        "'añaña'.find('ña', -4, -1)",
        Got(string::find(s, "ña", Some(-4), Some(-1))),
    );
    py(
        "'añaña'.find('', 5)",
        Got(string::find(s, "", Some(5), None)),
    );
    py(
        "'añaña'.find('', 6)",
        Got(string::find(s, "", Some(6), None)),
    );
    py(
        "'añaña'.rfind('', 2, 4)",
        Got(string::rfind(s, "", Some(2), Some(4))),
    );
    py(
        "'añaña'.find('', 4, 2)",
        Got(string::find(s, "", Some(4), Some(2))),
    );
    py("'añaña'.index('z')", string::index(s, "z", None, None));
    py(
        "'añaña'.rindex('a', 0, 4)",
        string::rindex(s, "a", Some(0), Some(4)),
    );
    py(
        "'añaña'.find(1)",
        string::find_value(s, &1.into(), None, None),
    );
    py(
        "'añaña'.index(None)",
        string::index_value(s, &none(), None, None),
    );
    py("'añaña'.count('a')", Got(string::count(s, "a", None, None)));
    py(
        "'aaaa'.count('aa')",
        Got(string::count("aaaa", "aa", None, None)),
    );
    py("'añaña'.count('')", Got(string::count(s, "", None, None)));
    py(
        "'añaña'.count('a', 1)",
        Got(string::count(s, "a", Some(1), None)),
    );
    py(
        "'añaña'.count('', 6)",
        Got(string::count(s, "", Some(6), None)),
    );
    py(
        "'añaña'.count(b'a')",
        string::count_value(s, &Value::Bytes(b"a".to_vec()), None, None),
    );
}

#[test]
fn replaced() {
    py(
        "'aaa'.replace('a', 'b', 2)",
        Got(string::replace("aaa", "a", "b", 2)),
    );
    py(
        "'aaa'.replace('a', 'b', 0)",
        Got(string::replace("aaa", "a", "b", 0)),
    );
    py(
        "'añ'.replace('', '-')",
        Got(string::replace("añ", "", "-", -1)),
    );
    py(
        "'añ'.replace('', '-', 2)",
        Got(string::replace("añ", "", "-", 2)),
    );
    py(
        "''.replace('', '-', 1)",
        Got(string::replace("", "", "-", 1)),
    );
    py(
        "'a'.replace('a', None)",
        string::replace_value("a", &"a".into(), &none(), -1),
    );
    py(
        "'a'.replace(1, 'a')",
        string::replace_value("a", &1.into(), &"a".into(), -1),
    );
}

#[test]
fn begins_and_ends() {
    let tuple = || Value::from(("x", "a"));
    py(
        "'abc'.startswith('')",
        Got(string::startswith("abc", "", None, None)),
    );
    py(
        "'abc'.startswith('', 4)",
        Got(string::startswith("abc", "", Some(4), None)),
    );
    py(
        "'abc'.startswith('b', 1)",
        Got(string::startswith("abc", "b", Some(1), None)),
    );
    py(
        "'abc'.startswith('bc', 1, 2)",
        Got(string::startswith("abc", "bc", Some(1), Some(2))),
    );
    py(
        "'abc'.endswith('b', 0, -1)",
        Got(string::endswith("abc", "b", Some(0), Some(-1))),
    );
    py(
        "'abc'.startswith(('x', 'a'))",
        string::startswith_value("abc", &tuple(), None, None),
    );
    py(
        "'abc'.endswith(('x', 'a'))",
        string::endswith_value("abc", &tuple(), None, None),
    );
    let bad = Value::from(("x", 1i64));
    py(
        "'abc'.endswith(('x', 1))",
        string::endswith_value("abc", &bad, None, None),
    );
    py(
        "'abc'.startswith(('x', 1))",
        string::startswith_value("abc", &bad, None, None),
    );
    py(
        "'abc'.startswith(None)",
        string::startswith_value("abc", &none(), None, None),
    );
    py(
        "'abc'.endswith(['a'])",
        string::endswith_value("abc", &list!["a"].into(), None, None),
    );
    py(
        "'abc'.removeprefix('ab')",
        Got(string::removeprefix("abc", "ab")),
    );
    py(
        "'abc'.removesuffix('ab')",
        Got(string::removesuffix("abc", "ab")),
    );
    py(
        "'abc'.removesuffix('bc')",
        Got(string::removesuffix("abc", "bc")),
    );
    py(
        "'abc'.removeprefix(None)",
        string::removeprefix_value("abc", &none()),
    );
    py(
        "'abc'.removesuffix(1)",
        string::removesuffix_value("abc", &1.into()),
    );
}

#[test]
fn split_at_separators() {
    py("'a,b,,c'.split(',')", split::split("a,b,,c", Some(","), -1));
    py(
        "'a,b,,c'.split(',', 1)",
        split::split("a,b,,c", Some(","), 1),
    );
    py(
        "'a,b,,c'.split(',', 0)",
        split::split("a,b,,c", Some(","), 0),
    );
    py("''.split(',')", split::split("", Some(","), -1));
    py("'a'.split('')", split::split("a", Some(""), -1));
    py("'a'.split(1)", split::split_value("a", &1.into(), -1));
    py("'a b'.split(None)", split::split_value("a b", &none(), -1));
    py(
        "'a,b,c'.rsplit(',', 1)",
        split::rsplit("a,b,c", Some(","), 1),
    );
    py("'a,b,c'.rsplit(',')", split::rsplit("a,b,c", Some(","), -1));
    py("'aaa'.rsplit('aa')", split::rsplit("aaa", Some("aa"), -1));
    py("'aaa'.rsplit('')", split::rsplit("aaa", Some(""), -1));
    py(
        "'a'.rsplit([])",
        split::rsplit_value("a", &list![].into(), -1),
    );
}

#[test]
fn split_at_white_space() {
    let s = "  a\u{a0}b\tc \n";
    py(r#"'  a\xa0b\tc \n'.split()"#, split::split(s, None, -1));
    py(
        r#"'  a\xa0b\tc \n'.split(None, 1)"#,
        split::split(s, None, 1),
    );
    py(
        r#"'  a\xa0b\tc \n'.split(None, 0)"#,
        split::split(s, None, 0),
    );
    py(
        r#"'  a\xa0b\tc \n'.split(maxsplit=3)"#,
        split::split(s, None, 3),
    );
    py(r#"'  a\xa0b\tc \n'.rsplit()"#, split::rsplit(s, None, -1));
    py(
        r#"'  a\xa0b\tc \n'.rsplit(None, 1)"#,
        split::rsplit(s, None, 1),
    );
    py(
        r#"'  a\xa0b\tc \n'.rsplit(None, 0)"#,
        split::rsplit(s, None, 0),
    );
    py(r#"'  \x1f '.split()"#, split::split("  \x1f ", None, -1));
    py("''.rsplit()", split::rsplit("", None, -1));
}

#[test]
fn lines() {
    let s = "a\r\nb\rc\n\nd\u{b}e\u{1c}f\u{85}g\u{2028}h\r\n";
    py(
        r#"'a\r\nb\rc\n\nd\x0be\x1cf\x85g\u2028h\r\n'.splitlines()"#,
        Got(split::splitlines(s, false)),
    );
    py(
        r#"'a\r\nb\rc\n\nd\x0be\x1cf\x85g\u2028h\r\n'.splitlines(True)"#,
        Got(split::splitlines(s, true)),
    );
    py("''.splitlines()", Got(split::splitlines("", false)));
}

#[test]
fn parted_and_joined() {
    py("'a=b=c'.partition('=')", split::partition("a=b=c", "="));
    py("'a=b=c'.rpartition('=')", split::rpartition("a=b=c", "="));
    py("'a'.partition('=')", split::partition("a", "="));
    py("'a'.rpartition('=')", split::rpartition("a", "="));
    py("'a'.partition('')", split::partition("a", ""));
    py("'a'.partition(None)", split::partition_value("a", &none()));
    py("'a'.rpartition(1)", split::rpartition_value("a", &1.into()));
    py("', '.join(['a', 'b'])", split::join(", ", &list!["a", "b"]));
    py("', '.join([])", split::join(", ", &list![]));
    py("', '.join(['a', 1])", split::join(", ", &list!["a", 1i64]));
    py("', '.join([None])", split::join(", ", &list![none()]));
    py("'-'.join('añb')", split::join_value("-", &"añb".into()));
    py("'-'.join(1)", split::join_value("-", &1.into()));
    py("'-'.join(None)", split::join_value("-", &none()));
    py(
        "'-'.join(b'ab')",
        split::join_value("-", &Value::Bytes(b"ab".to_vec())),
    );
}

#[test]
fn stripped() {
    py(
        r#"'\xa0 a b\x1f\n'.strip()"#,
        Got(fit::strip("\u{a0} a b\x1f\n", None)),
    );
    py("'  a '.lstrip()", Got(fit::lstrip("  a ", None)));
    py("'  a '.rstrip()", Got(fit::rstrip("  a ", None)));
    py("'xyaxy'.strip('yx')", Got(fit::strip("xyaxy", Some("yx"))));
    py(
        "'xyaxy'.lstrip('yx')",
        Got(fit::lstrip("xyaxy", Some("yx"))),
    );
    py(
        "'xyaxy'.rstrip('yx')",
        Got(fit::rstrip("xyaxy", Some("yx"))),
    );
    py("' a '.strip('')", Got(fit::strip(" a ", Some(""))));
    py("'a'.strip(1)", fit::strip_value("a", &1.into()));
    py(
        "'a'.lstrip(b'a')",
        fit::lstrip_value("a", &Value::Bytes(vec![97])),
    );
    py("' a'.rstrip(None)", fit::rstrip_value(" a", &none()));
}

#[test]
fn filled() {
    py("'añ'.ljust(5, '*')", fit::ljust("añ", 5, "*"));
    py("'añ'.rjust(5)", fit::rjust("añ", 5, " "));
    py("'añ'.center(5, '*')", fit::center("añ", 5, "*"));
    py("'abc'.center(6, '*')", fit::center("abc", 6, "*"));
    py("'abc'.center(8, '*')", fit::center("abc", 8, "*"));
    py("'abcd'.center(7, '*')", fit::center("abcd", 7, "*"));
    py("'abc'.center(-2)", fit::center("abc", -2, " "));
    py("'abc'.ljust(5, 'ab')", fit::ljust("abc", 5, "ab"));
    py("'abc'.ljust(5, '')", fit::ljust("abc", 5, ""));
    py(
        "'abc'.ljust('5')",
        fit::ljust_value("abc", &"5".into(), &" ".into()),
    );
    py(
        "'abc'.rjust(5, 1)",
        fit::rjust_value("abc", &5.into(), &1.into()),
    );
    py(
        "'abc'.center(5.0)",
        fit::center_value("abc", &5.0.into(), &" ".into()),
    );
    py("'-42'.zfill(6)", Got(fit::zfill("-42", 6)));
    py("'+'.zfill(3)", Got(fit::zfill("+", 3)));
    py("'añ'.zfill(4)", Got(fit::zfill("añ", 4)));
    py("''.zfill(2)", Got(fit::zfill("", 2)));
    py("'7'.zfill(None)", fit::zfill_value("7", &none()));
    py(
        r#"'a\tbc\t\n\td'.expandtabs()"#,
        Got(fit::expandtabs("a\tbc\t\n\td", 8)),
    );
    py(
        r#"'a\tbc\td'.expandtabs(2)"#,
        Got(fit::expandtabs("a\tbc\td", 2)),
    );
    py(
        r#"'a\tbc\td'.expandtabs(0)"#,
        Got(fit::expandtabs("a\tbc\td", 0)),
    );
}
