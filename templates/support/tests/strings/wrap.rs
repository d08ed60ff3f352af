use gammaray_support::python::textwrap as t;

use super::{Got, py};

#[test]
fn dedented() {
    py(
        r#"textwrap.dedent('\n  a\n    b\n   \n  c\n ')"#,
        Got(t::dedent("\n  a\n    b\n   \n  c\n ")),
    );
    py(
        r#"textwrap.dedent(' \ta\n  b')"#,
        Got(t::dedent(" \ta\n  b")),
    );
    py(r#"textwrap.dedent('  a\nb')"#, Got(t::dedent("  a\nb")));
    py(
        r#"textwrap.dedent('  a\r\n  \r\n b\xa0')"#,
        Got(t::dedent("  a\r\n  \r\n b\u{a0}")),
    );
    py(r#"textwrap.dedent('\ta\n\tb')"#, Got(t::dedent("\ta\n\tb")));
    py(r#"textwrap.dedent('  ')"#, Got(t::dedent("  ")));
    py(r#"textwrap.dedent('')"#, Got(t::dedent("")));
}

#[test]
fn indented() {
    py(
        r#"textwrap.indent('a\n\n  \r\nb\x0bc', '> ')"#,
        Got(t::indent("a\n\n  \r\nb\u{b}c", "> ")),
    );
    py(
        r#"textwrap.indent('a\n', '  ')"#,
        Got(t::indent("a\n", "  ")),
    );
    py("textwrap.indent('', '  ')", Got(t::indent("", "  ")));
}
