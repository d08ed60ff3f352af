//! Small documents on which YAML readers differ, each compared with PyYAML.

use std::fs;

use gammaray_migrate::diagnostic::render;
use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::parse;

use super::pyyaml;

/// Documents on which readers of YAML 1.1 and 1.2 differ or used to.
const TRAPS: &[&str] = &[
    "A:\n  b: \"one\n two\n\n three\"\n  c: 1\n",
    "A:\n    b: 'one\n  two'\n    c: 'x\n\n  y'\n",
    "A:\n  b: [\n  x,\n  y\n  ]\n",
    "A:\n  b: [\n    x\n]\n",
    "A: \"a\\/b\"\n",
    "A: \"a\\\n  b\"\n",
    "A: \"\\u00e9\\x41\\N\\_\\L\\P\\e\"\n",
    "A: \"\\q\"\n",
    "A: '\ta\t'\n",
    "A:\tb\n",
    "A:\n\t- b\n",
    "A:\n  - b\n\t- c\n",
    "A: 100%\nB: %x\n",
    "A: [a:b, c:d, AWS::Region]\n",
    "A: [a: b, c]\n",
    "A: {a, b: , c: d}\n",
    "A: {a:b, c: d}\n",
    "{a: b:c}\n",
    "? a\n: b\n? c\n",
    "? |\n  a\n: b\n",
    "A: one\n  two\n\n  three\nB: x\n",
    "A: |2\n    x\n   y\nB: >-\n  x\n  y\n\n  z\n",
    "A: |\n  x\n   \n\n# c\nB: |+\n  y\n\n",
    "A: >+\n  x\n\n\nB: |-\n  y\n\n",
    "A: >\n  x\n   y\n  z\n",
    "A: |\n\n\n  x\n",
    "A: |\n  x",
    "A: |\n  x\n # c\nB: 1\n",
    "A: | # c\n  x\n",
    "A: |1-\n x\n",
    "A: |\nB: 1\n",
    "A: a\r\nB: |\r\n  x\r\n  y\r\nC: 'd\r\n  e'\r\n",
    "A: a\rB: b\r",
    "\u{feff}A: b\n",
    "",
    "\n",
    "# only a comment\n",
    "---\n",
    "--- a\n",
    "--- |\n  a\n",
    "---\nA: b\n...\n",
    "A: b\n...\n# c\n",
    "%YAML 1.1\n---\nA: b\n",
    "A: b\n---\nC: d\n",
    "A: &x b\nC: *x\n",
    "&x A: b\n*x : c\n",
    "A: &x {a: 1, b: 2}\nB:\n  <<: *x\n  b: 3\n",
    "A: &x {a: 1}\nB: &y {a: 2, c: 3}\nC:\n  <<: [*x, *y]\n",
    "A:\n  '<<': {a: 1}\n",
    "A:\n  <<: {a: 1}\n  a: 2\n",
    "A: !Ref b\nC: !Sub 'd'\nE: !If [a, b, c]\nF: !GetAtt a.b\n",
    "A: !Sub\n  - a\n  - b: c\n",
    "A: !If\n- a\n- b\n- c\n",
    "A: !Foo\nB: 1\n",
    "1: a\n'1': b\nfalse: c\n",
    "A: 1\nA: 2\n",
    "A: yes\nB: 'yes'\nC: 0o7\nD: 010\nE: 1_000\nF: 1:30\nG: 1e3\nH: .5\nI: +1\nJ: -0\n",
    "A: 2012-10-17\nB: 2001-12-14t21:59:43.10-05:00\n",
    "A: ~\nB: null\nC:\nD: Null\n",
    "{{ cookiecutter.x }}\n",
    "A: {{ x }}\n",
    "? [a, b]\n: c\n",
    "A: @x\n",
    "A: `x`\n",
    "A: -\n",
    "A: - b\n",
    "- - a\n  - b\n- c\n",
    "-\n  a: 1\n- b: 2\n  c: 3\n",
    "A: a: b\n",
    "A: 'it''s'\nB: \"a'b\"\n",
    "A: http://x.y/z#w\nB: a#b\nC: a #b\n",
    "A: [a, b # c\n  , d]\n",
    "A: [a,\n  b,\n]\n",
    "A: [a b\n  c d]\n",
    "A: [\n a\nb\n]\n",
    "A: {a: 'b\nc'}\n",
    "Ä: ö # ü\n日: [本, 'x']\n",
    "\"a\": 1\n\"b\":2\n",
    "{\"a\":1,\"b\":[2]}\n",
    "{\"a\": \"\\ud83d\\ude00\\/\", \"b\": 1e3, \"c\": -0.0, \"d\": 1E-2}\n",
    "{\n\t\"a\":\t\"b\\tc\"\n}\n",
    "{\"a\": 1, \"a\": 2}\n",
    "[]\n",
    "a\n",
    "A:\n- b\n- c\nD: e\n",
    "A: [\"b\",'c']\n",
    "A: ''\nB: \"\"\n",
    "A: a\n b: c\n",
    "A:\n  b: c\n d: e\n",
    "A: *x\n",
    "A: &x [*x]\n",
    "A: 'unterminated\n",
    "A: [a\n",
    "A: b]\n",
    "A: \"a\" b\n",
    "A: {a: b}c\n",
    "A: ? b\n",
    "A: a\\b\n",
    "A: b:\n",
    "A: :b\n",
    "A: b,c\n",
    "A: [a, , b]\n",
    "A: {? a : b}\n",
    "A: 0x1F\nB: 0b11\nC: 08\nD: 1__0\nE: _1\nF: 0_\n",
    "A: .inf\nB: -.INF\nC: .nan\nD: 1.\nE: 1.e+3\nF: 190:20:30.15\n",
    "a: b\n# c\n\n# d\n",
    "A: |\n   x\n  y\n",
    "A: |\n\tx\n",
    "A: >-\n\n  x\n\n\n  y\n   z\n\n  w\n",
    "'a\n b': c\n",
    "a\n b: c\n",
    "A: 'a'#b\n",
    "A:\n  - &a b\n  - *a\n  -\n",
];

/// What PyYAML refuses and we read: harmless, as SAM stops at it with its own message.
const LENIENT: &[&str] = &["A: b\t# c\n", "A: !<tag:x,2000:y> b\n", "A: =\n"];

#[test]
fn the_leniencies_are_those_written_down() {
    for text in LENIENT {
        assert!(pyyaml::ours(text).is_ok(), "{text:?}");
    }
}

#[test]
fn traps_read_as_pyyaml_reads_them() {
    let Some(python) = pyyaml::python() else {
        return crate::common::skipped("comparison with PyYAML", "no Python with PyYAML");
    };
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = TRAPS
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let path = folder.path().join(format!("{index}.yaml"));
            fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let theirs = pyyaml::read(&python, &files);
    let differences: Vec<String> = TRAPS
        .iter()
        .zip(&theirs)
        .filter_map(|(text, theirs)| {
            let difference = pyyaml::difference(theirs, &pyyaml::ours(text))?;
            Some(format!("{text:?}: {difference}"))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn an_unrendered_placeholder_is_named() {
    let file = SourceFile::from_text("template.yaml", "Name: {{ cookiecutter.project_name }}\n");
    let error = parse(&file).unwrap_err();
    insta::assert_snapshot!(render(&error, 90, false), @r"
    GM0110

      × a mapping stands as a key; only text can be one
       ╭─[template.yaml:1:8]
     1 │ Name: {{ cookiecutter.project_name }}
       ·        ─────────────────────────────
       ╰────
      help: this looks like a template placeholder (`{{ … }}`) that was never rendered: fill
            it in, or put the value in quotes
    ");
}
