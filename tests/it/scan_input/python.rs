//! Python that is broken, hostile, or oddly written.

use super::{APP, Tree};

/// Scans a tree whose `bad/src/app.py` has these bytes; every template can be read.
#[track_caller]
fn says(bytes: impl AsRef<[u8]>, diagnostic: &str) {
    Tree::with_module(bytes).scan().says(0, diagnostic);
}

#[test]
fn syntax_errors() {
    says(
        "def handler(event, context):\n    return {\n",
        "bad/src/app.py:3:1 GM0301 ",
    );
    says(
        "def handler(event, context):\nreturn 1\n",
        "bad/src/app.py:2:1 GM0301 ",
    );
    says(format!("{APP}x = '\0'\n"), "bad/src/app.py:10:6 GM0301 ");
}

#[test]
fn python_2() {
    says(
        "def handler(event, context):\n    print 'x'\n",
        "bad/src/app.py:2:5 GM0302 this is Python 2: `print` is a statement",
    );
    says(
        "def handler(event, context):\n    raise ValueError, 'x'\n",
        "bad/src/app.py:2:5 GM0302 ",
    );
}

#[test]
fn encodings() {
    let latin1 = [APP.as_bytes(), b"# caf\xe9\n"].concat();
    says(latin1, "bad/src/app.py:10:6 GM0103 ");
    let utf16: Vec<u8> = "\u{feff}x = 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    says(
        utf16,
        "bad/src/app.py:1:1 GM0103 `bad/src/app.py` is UTF-16",
    );
}

#[test]
fn a_module_of_50_megabytes() {
    let text = format!("{APP}{}", "# a comment, a comment\n".repeat(2_200_000));
    says(text, "bad/template.yaml:7:16 GM0104 ");
    let text = format!("{APP}{}", "x = [1, 2, f(y)]\n".repeat(500_000));
    says(
        text,
        "bad/src/app.py:1:1 GM0104 `bad/src/app.py` is larger than 4 MiB",
    );
}

/// Nesting of 10,000 levels that the analysis leaves out, in every construct that nests.
#[test]
fn deep_nesting() {
    let n = 10_000;
    let deep = [
        format!("x = {}1\n", "-".repeat(n)),
        format!("x = {}1\n", "not ".repeat(n)),
        format!("x = a{}\n", ".b".repeat(n)),
        format!("x = a{}\n", "[0]".repeat(n)),
        format!("x = {}1{}\n", "f(".repeat(n), ")".repeat(n)),
        format!("x = {}1{}\n", "[".repeat(n), "]".repeat(n)),
        format!("x = {}1\n", "lambda: ".repeat(n)),
        format!("x = {}1\n", "1 if x else ".repeat(n)),
        format!("x = 1{}\n", "**1".repeat(n)),
        nested_blocks("if x:", 2_000),
        nested_blocks("def f():", 1_000),
        nested_blocks("class C:", 1_000),
    ];
    for text in deep {
        let scanned = Tree::with_module(format!("{APP}{text}")).scan();
        scanned.says(0, "bad/src/app.py:");
        assert!(
            scanned.diagnostics()[0].contains(" GM0306 "),
            "{}",
            &text[..20]
        );
        let calls = &scanned.function("bad/template.yaml")["aws_calls"];
        assert_eq!(calls.as_array().unwrap().len(), 2, "{}", &text[..20]);
    }
}

fn nested_blocks(head: &str, depth: usize) -> String {
    let blocks = (0..depth).map(|level| format!("{:level$}{head}\n", ""));
    blocks.collect::<String>() + &format!("{:depth$}pass\n", "")
}

#[test]
fn what_is_long_but_not_deep_is_read() {
    let long = [
        format!("x = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000)),
        format!("if x:\n    pass\n{}", "elif x:\n    pass\n".repeat(10_000)),
        format!("x = a{}\n", " + b".repeat(10_000)),
    ];
    for text in long {
        let scanned = Tree::with_module(format!("{APP}{text}")).scan();
        let calls = &scanned.function("bad/template.yaml")["aws_calls"];
        assert_eq!(calls.as_array().unwrap().len(), 2, "{}", &text[..20]);
    }
}

#[test]
fn imports_in_circles() {
    let tree = Tree::with_module(format!(
        "import app\nfrom app import *\nimport other\n{APP}"
    ));
    tree.write(
        "bad/src/other.py",
        "import app\nfrom app import s3\ns3.list_buckets()\n",
    );
    let scanned = tree.scan();
    scanned.is_clean();
    let calls = &scanned.function("bad/template.yaml")["aws_calls"];
    assert_eq!(calls.as_array().unwrap().len(), 3);
}
