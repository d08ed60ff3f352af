use gammaray_support::python::list::list;
use gammaray_support::python::value::Value;
use gammaray_support::python::{bytes, bytes_methods as m, string_encode as e};

use super::{Got, py};

fn b(text: &[u8]) -> Value {
    Value::from(text)
}

#[test]
fn encoded() {
    let encode = e::encode;
    py("'añ€😀'.encode()", encode("añ€😀", "utf-8", "strict"));
    py(
        "'añ'.encode('UTF8', 'whatever')",
        encode("añ", "UTF8", "whatever"),
    );
    py(
        "'añ'.encode('utf-8-sig')",
        encode("añ", "utf-8-sig", "strict"),
    );
    py(
        "'añ'.encode('ISO-8859-1')",
        encode("añ", "ISO-8859-1", "strict"),
    );
    py("'añ'.encode('ascii')", encode("añ", "ascii", "strict"));
    py(
        "'ab€€ñc'.encode('us-ascii')",
        encode("ab€€ñc", "us-ascii", "strict"),
    );
    py("'a😀'.encode('latin1')", encode("a😀", "latin1", "strict"));
    py(
        "'a€€'.encode('latin_1')",
        encode("a€€", "latin_1", "strict"),
    );
    py(
        "'añ€'.encode('ascii', 'ignore')",
        encode("añ€", "ascii", "ignore"),
    );
    py(
        "'añ€'.encode('ascii', 'replace')",
        encode("añ€", "ascii", "replace"),
    );
    py(
        "'añ€'.encode('ascii', 'xmlcharrefreplace')",
        encode("añ€", "ascii", "xmlcharrefreplace"),
    );
    py(
        "'añ€😀'.encode('ascii', 'backslashreplace')",
        encode("añ€😀", "ascii", "backslashreplace"),
    );
    py(
        "'añ'.encode('ascii', 'nothing')",
        encode("añ", "ascii", "nothing"),
    );
    py(
        "'a'.encode('ascii', 'nothing')",
        encode("a", "ascii", "nothing"),
    );
    let error = encode("añ", "ascii", "strict").err();
    let args = error.map(|error| {
        Value::from(
            error
                .args()
                .iter()
                .collect::<gammaray_support::python::list::List>(),
        )
    });
    assert_eq!(
        args.map(|args| args.to_string()).unwrap_or_default(),
        "['ascii', 'añ', 1, 2, 'ordinal not in range(128)']"
    );
}

#[test]
fn decoded() {
    let decode = |bytes: &[u8]| bytes::decode(bytes, "utf-8", "strict");
    py(
        r#"b'a\xc3\xb1\xf0\x9f\x98\x80'.decode()"#,
        decode(b"a\xc3\xb1\xf0\x9f\x98\x80"),
    );
    py(r#"b'a\x80'.decode()"#, decode(b"a\x80"));
    py(r#"b'a\xff'.decode()"#, decode(b"a\xff"));
    py(r#"b'a\xc3'.decode()"#, decode(b"a\xc3"));
    py(r#"b'a\xc3x'.decode()"#, decode(b"a\xc3x"));
    py(r#"b'\xe2\x82x'.decode()"#, decode(b"\xe2\x82x"));
    py(r#"b'\xe2\x82'.decode()"#, decode(b"\xe2\x82"));
    py(r#"b'\xe0\x80\x80'.decode()"#, decode(b"\xe0\x80\x80"));
    py(r#"b'\xed\xa0\x80'.decode()"#, decode(b"\xed\xa0\x80"));
    py(r#"b'\xf0\x9f\x98'.decode()"#, decode(b"\xf0\x9f\x98"));
    py(r#"b'\xf0\x9f\x98x'.decode()"#, decode(b"\xf0\x9f\x98x"));
    py(
        r#"b'\xf4\x90\x80\x80'.decode()"#,
        decode(b"\xf4\x90\x80\x80"),
    );
    py(r#"b'\xc0\xaf'.decode()"#, decode(b"\xc0\xaf"));
    py(r#"b'\xef\xbb\xbfa'.decode()"#, decode(b"\xef\xbb\xbfa"));
    py(
        r#"b'\xef\xbb\xbfa'.decode('utf-8-sig')"#,
        bytes::decode(b"\xef\xbb\xbfa", "utf-8-sig", "strict"),
    );
    py(
        r#"b'\xef\xbb\xbfa\xff'.decode('utf_8_sig')"#,
        bytes::decode(b"\xef\xbb\xbfa\xff", "utf_8_sig", "strict"),
    );
    py(
        r#"b'a\xf1b'.decode('ascii')"#,
        bytes::decode(b"a\xf1b", "ascii", "strict"),
    );
    py(
        r#"b'a\xf1b'.decode('Latin-1')"#,
        bytes::decode(b"a\xf1b", "Latin-1", "strict"),
    );
    let bad = b"a\xe2\x82\xff\xc3b\xf0";
    py(
        r#"b'a\xe2\x82\xff\xc3b\xf0'.decode('utf-8', 'replace')"#,
        bytes::decode(bad, "utf-8", "replace"),
    );
    py(
        r#"b'a\xe2\x82\xff\xc3b\xf0'.decode(errors='ignore')"#,
        bytes::decode(bad, "utf-8", "ignore"),
    );
    py(
        r#"b'a\xe2\x82\xff\xc3b\xf0'.decode('utf-8', 'backslashreplace')"#,
        bytes::decode(bad, "utf-8", "backslashreplace"),
    );
    py(
        r#"b'a\xff'.decode('utf-8', 'nothing')"#,
        bytes::decode(b"a\xff", "utf-8", "nothing"),
    );
    py(
        r#"b'a\xf1b'.decode('ascii', 'replace')"#,
        bytes::decode(b"a\xf1b", "ascii", "replace"),
    );
    assert!(bytes::decode(b"a", "utf-16", "strict").is_err());
}

#[test]
fn hexadecimal() {
    py(r#"b'\x00\xffa'.hex()"#, Got(bytes::hex(b"\x00\xffa")));
    py("bytes.fromhex('00 fF61')", m::fromhex("00 fF61"));
    py("bytes.fromhex('0')", m::fromhex("0"));
    py("bytes.fromhex('0 0')", m::fromhex("0 0"));
    py("bytes.fromhex('zz')", m::fromhex("zz"));
    py("bytes.fromhex('00 0z')", m::fromhex("00 0z"));
    py("bytes.fromhex('')", m::fromhex(""));
}

#[test]
fn found_and_split() {
    py("b'abcabc'.find(b'ca')", Got(m::find(b"abcabc", b"ca")));
    py("b'abc'.find(b'')", Got(m::find(b"abc", b"")));
    py("b'abc'.find(b'x')", Got(m::find(b"abc", b"x")));
    py("b'abc'.index(b'x')", m::index(b"abc", b"x"));
    py("b'aaaa'.count(b'aa')", Got(m::count(b"aaaa", b"aa")));
    py("b'aaaa'.count(b'')", Got(m::count(b"aaaa", b"")));
    py("b'a,b,,c'.split(b',')", m::split(b"a,b,,c", Some(b","), -1));
    py(
        "b'a,b,,c'.split(b',', 1)",
        m::split(b"a,b,,c", Some(b","), 1),
    );
    py("b' a  b c '.split()", m::split(b" a  b c ", None, -1));
    py("b' a  b c '.split(None, 1)", m::split(b" a  b c ", None, 1));
    py("b''.split(b',')", m::split(b"", Some(b","), -1));
    py("b'a'.split(b'')", m::split(b"a", Some(b""), -1));
    py("b'a,b'.split(',')", m::split_value(b"a,b", &",".into(), -1));
    py(
        "b'a b'.split(None)",
        m::split_value(b"a b", &Value::None, -1),
    );
    py(
        r#"b'a\r\nb\n\nc\rd\x0be\n'.splitlines()"#,
        Got(m::splitlines(b"a\r\nb\n\nc\rd\x0be\n", false)),
    );
    py(
        r#"b'a\r\nb\n\nc\rd\n'.splitlines(True)"#,
        Got(m::splitlines(b"a\r\nb\n\nc\rd\n", true)),
    );
    py("b'a=b=c'.partition(b'=')", m::partition(b"a=b=c", b"="));
    py("b'a'.partition(b'=')", m::partition(b"a", b"="));
    py("b'a'.partition(b'')", m::partition(b"a", b""));
}

#[test]
fn changed() {
    py(
        r#"b' \t\x0ba\x1c '.strip()"#,
        Got(m::strip(b" \t\x0ba\x1c ", None)),
    );
    py(
        "b'xyaxy'.strip(b'yx')",
        Got(m::strip(b"xyaxy", Some(b"yx"))),
    );
    py("b'  '.strip()", Got(m::strip(b"  ", None)));
    py("b' a '.lstrip()", Got(m::lstrip(b" a ", None)));
    py("b' a '.rstrip()", Got(m::rstrip(b" a ", None)));
    py(
        "b'abab'.replace(b'ab', b'c')",
        m::replace(b"abab", b"ab", b"c"),
    );
    py(
        "b', '.join([b'a', b'b'])",
        m::join(b", ", &Value::from(list![b(b"a"), b(b"b")])),
    );
    py(
        "b''.join([b'a', 'b'])",
        m::join(b"", &Value::from(list![b(b"a"), "b"])),
    );
    py(
        "b'abc'.removeprefix(b'ab')",
        Got(m::removeprefix(b"abc", b"ab")),
    );
    py(
        "b'abc'.removesuffix(b'ab')",
        Got(m::removesuffix(b"abc", b"ab")),
    );
    py(r#"b'aB\xe9'.upper()"#, Got(m::upper(b"aB\xe9")));
    py(r#"b'AB\xc9'.lower()"#, Got(m::lower(b"AB\xc9")));
    py("b'12'.isdigit()", Got(m::isdigit(b"12")));
    py("b''.isdigit()", Got(m::isdigit(b"")));
    py(
        "b'abc'.startswith('a')",
        m::startswith_value(b"abc", &"a".into()),
    );
    py(
        "b'abc'.endswith((b'x', b'c'))",
        m::endswith_value(b"abc", &Value::from((b(b"x"), b(b"c")))),
    );
    py(
        "b'abc'.startswith((b'x', 'a'))",
        m::startswith_value(b"abc", &Value::from((b(b"x"), "a"))),
    );
    py(
        "b'abc'.endswith(None)",
        m::endswith_value(b"abc", &Value::None),
    );
}

#[test]
fn made() {
    let of = |value: Value| m::bytes_of_value(&value);
    py("bytes(3)", of(3.into()));
    py("bytes(-3)", of((-3).into()));
    py("bytes('a')", of("a".into()));
    py("bytes(None)", of(Value::None));
    py("bytes(1.5)", of(1.5.into()));
    py("bytes([97, True])", of(list![97i64, true].into()));
    py("bytes([256])", of(list![256i64].into()));
    py("bytes(['a'])", of(list!["a"].into()));
    py(
        "bytes('añ', 'utf-8')",
        m::bytes_of_text("añ", "utf-8", "strict"),
    );
    py(
        r#"str(b'a\xf1', 'latin-1')"#,
        bytes::str_of(b"a\xf1", "latin-1", "strict"),
    );
}
