//! Templates that are broken, hostile, or oddly written.

use std::fmt::Write as _;
use std::fs;

use super::{TEMPLATE, Tree};

/// Scans a tree whose `bad/template.yaml` has these bytes.
#[track_caller]
fn says(bytes: impl AsRef<[u8]>, exit: i32, diagnostic: &str) {
    Tree::with_template(bytes).scan().says(exit, diagnostic);
}

#[test]
fn broken_yaml() {
    says(
        format!("{TEMPLATE}  Bad: [x\n"),
        1,
        "bad/template.yaml:10:1 GM0110 ",
    );
    says(
        format!("{TEMPLATE}\tX: 1\n"),
        1,
        "bad/template.yaml:8:16 GM0110 ",
    );
    says(
        format!("{TEMPLATE}---\n{TEMPLATE}"),
        1,
        "bad/template.yaml:9:1 GM0115 ",
    );
}

#[test]
fn duplicate_keys() {
    let twice = format!("{TEMPLATE}      CodeUri: src\n");
    says(
        twice,
        0,
        "bad/template.yaml:9:7 GM0111 the key `CodeUri` stands twice, first on line 8",
    );
}

/// Ten values, ten times in each of twelve steps; `make` writes a step.
fn bomb(make: impl Fn(usize, &str) -> String) -> String {
    let mut text = "a0: &a0 {k: x}\n".to_owned();
    for step in 1..=12 {
        let aliases = vec![format!("*a{}", step - 1); 10].join(", ");
        writeln!(text, "a{step}: &a{step} {}", make(step, &aliases)).unwrap();
    }
    text
}

#[test]
fn alias_bombs() {
    let bombs = [
        bomb(|_, aliases| format!("[{aliases}]")),
        bomb(|step, _| {
            let each = (0..10).map(|key| format!("k{key}: *a{}", step - 1));
            format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
        }),
        bomb(|step, aliases| format!("\n  <<: [{aliases}]\n  k{step}: x")),
        bomb(|_, aliases| format!("!Join ['', [{aliases}]]")),
    ];
    let uses = [
        "",
        "      Environment: {Variables: {X: *a12}}\n",
        "      Environment: *a12\n",
        "      Policies: *a12\n      Events: *a12\n      Layers: *a12\n",
        "Globals: {Function: *a12}\n",
        "  Other: *a12\n",
    ];
    for bomb in &bombs {
        for used in uses {
            says(format!("{bomb}{TEMPLATE}{used}"), 1, "bad/template.yaml:");
            let scanned = Tree::with_template(format!("{bomb}{TEMPLATE}{used}")).scan();
            assert!(scanned.diagnostics()[0].contains(" GM0113 "));
        }
    }
}

#[test]
fn a_chain_of_aliases_is_no_deeper_than_the_text_may_be() {
    let mut chain = "a0: &a0 [x]\n".to_owned();
    for step in 1..=100_000 {
        writeln!(chain, "a{step}: &a{step} [*a{}]", step - 1).unwrap();
    }
    says(
        format!("{chain}{TEMPLATE}"),
        1,
        "bad/template.yaml:199:14 GM0113 ",
    );
}

#[test]
fn modest_aliases_are_followed() {
    let text =
        format!("x-env: &env {{Variables: {{TABLE: t}}}}\n{TEMPLATE}      Environment: *env\n");
    Tree::with_template(text).scan().is_clean();
}

#[test]
fn an_alias_of_itself() {
    says(
        format!("a: &a [*a]\n{TEMPLATE}"),
        1,
        "bad/template.yaml:1:8 GM0114 ",
    );
}

#[test]
fn deep_nesting() {
    let flow = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    says(
        format!("{TEMPLATE}Metadata: {flow}\n"),
        1,
        "bad/template.yaml:9:266 GM0112 ",
    );
    let block: String = (1..4_000)
        .map(|depth| format!("{:depth$}a:\n", ""))
        .collect();
    says(
        format!("{TEMPLATE}Metadata:\n{block}"),
        1,
        "bad/template.yaml:",
    );
    let tree = Tree::new();
    let json = format!(
        "{{\"Resources\": {{\"F\": {{\"Type\": \"AWS::Serverless::Function\"}}}}, \"x\": {flow}}}"
    );
    tree.write("bad/deep.json", json);
    tree.scan().says(1, "bad/deep.json:1:");
}

#[test]
fn a_template_of_50_megabytes() {
    let line = format!("# {}\n", "x".repeat(98));
    let text = format!("{TEMPLATE}{}", line.repeat(500_000));
    says(
        text,
        1,
        "bad/template.yaml:1:1 GM0104 `bad/template.yaml` is larger than 16 MiB",
    );
}

#[test]
fn encodings() {
    let latin1 = [TEMPLATE.as_bytes(), b"Description: \xe9\n"].concat();
    says(
        latin1,
        1,
        "bad/template.yaml:9:14 GM0103 `bad/template.yaml` is not UTF-8: byte 0xe9",
    );
    let units = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(TEMPLATE.encode_utf16());
        units.flat_map(order).collect()
    };
    for utf16 in [units(u16::to_le_bytes), units(u16::to_be_bytes)] {
        says(
            utf16,
            1,
            "bad/template.yaml:1:1 GM0103 `bad/template.yaml` is UTF-16",
        );
    }
    says(
        format!("{TEMPLATE}Description: a\0b\n"),
        1,
        "bad/template.yaml:9:15 GM0110 ",
    );
}

#[test]
fn byte_order_marks_and_crlf_are_no_fault() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let tree = Tree::with_template(windows(TEMPLATE));
    tree.write("bad/src/app.py", windows(super::APP));
    let scanned = tree.scan();
    scanned.is_clean();
    let (good, bad) = (
        scanned.function("good/template.yaml"),
        scanned.function("bad/template.yaml"),
    );
    for (ours, theirs) in [(0, 0), (1, 1)] {
        let (ours, theirs) = (&good["aws_calls"][ours], &bad["aws_calls"][theirs]);
        assert_eq!(ours["line"], theirs["line"]);
        assert_eq!(ours["column"], theirs["column"]);
    }
}

#[test]
fn a_file_that_is_called_template_and_is_none() {
    says(
        "Resources:\n  - Type: AWS::Serverless::Function\n",
        0,
        "bad/template.yaml:1:1 GM0201 `bad/template.yaml` is no template",
    );
    says(
        "- AWS::Serverless::Function\n",
        0,
        "bad/template.yaml:1:1 GM0201 ",
    );
    // Nothing in an empty file says that it was meant to be a template of functions.
    Tree::with_template("").scan().is_clean();
}

#[test]
fn handlers() {
    let with = |handler: &str| TEMPLATE.replace("app.handler", handler);
    let at = "bad/template.yaml:7:16";
    says(
        with("[a, b]"),
        0,
        &format!("{at} GM0201 `Handler` of `Good` must be text"),
    );
    says(
        with("12"),
        0,
        &format!("{at} GM0303 the handler of `Good` is no text: `12`"),
    );
    says(
        with("app"),
        0,
        &format!("{at} GM0303 the handler `app` names no function"),
    );
    says(with("''"), 0, &format!("{at} GM0303 "));
    says(
        with("../../good/src/app.handler"),
        0,
        &format!("{at} GM0303 "),
    );
    says(with("!Ref Nobody"), 0, "bad/template.yaml:7:21 GM0303 ");
    says(with("nowhere.handler"), 0, &format!("{at} GM0304 "));
    says(with("app.nobody"), 0, &format!("{at} GM0305 "));
    let none = TEMPLATE.replace("      Handler: app.handler\n", "");
    says(
        none,
        0,
        "bad/template.yaml:3:3 GM0303 `Good` has no Handler",
    );
}

#[test]
fn two_thousand_functions() {
    let (head, function) = TEMPLATE.split_at(TEMPLATE.find("  Good").unwrap());
    let mut text = head.to_owned();
    for number in 0..2_000 {
        text.push_str(&function.replace("Good", &format!("F{number}")));
    }
    let scanned = Tree::with_template(text).scan();
    assert_eq!(scanned.list("functions").len(), 2_001);
    assert_eq!(scanned.exit, 0);
}

#[test]
fn a_loop_of_millions_of_functions() {
    let list: Vec<String> = (0..3_000).map(|number| format!("v{number}")).collect();
    let list = list.join(",");
    let text = format!(
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A:\n    - X\n    - [{list}]\n    \
         - Fn::ForEach::B:\n      - Y\n      - [{list}]\n      - F${{X}}${{Y}}:\n          \
         Type: AWS::Serverless::Function\n"
    );
    says(text, 0, "bad/template.yaml:9:9 GM0206 ");
}

fn nesting(location: &str) -> String {
    format!(
        "Resources:\n  N:\n    Type: AWS::Serverless::Application\n    Properties:\n      \
         Location: {location}\n"
    )
}

#[test]
fn nested_stacks() {
    says(
        nesting("template.yaml"),
        0,
        "bad/template.yaml:5:17 GM0204 ",
    );
    says(nesting("nowhere.yaml"), 0, "bad/template.yaml:5:17 GM0101 ");
    says(nesting("../../x.yaml"), 0, "bad/template.yaml:5:17 GM0105 ");
    let tree = Tree::with_template(nesting("other.yaml"));
    tree.write("bad/other.yaml", nesting("template.yaml"));
    tree.scan().says(0, "bad/template.yaml:5:17 GM0204 ");
    let tree = Tree::with_template(nesting("other.yaml"));
    tree.write("bad/other.yaml", "Resources: [x\n");
    tree.scan().says(1, "bad/other.yaml:2:1 GM0110 ");
}

#[test]
fn a_lattice_of_nested_stacks_is_followed_once() {
    let tree = Tree::new();
    for level in 0..18 {
        let mut text = "Resources:\n".to_owned();
        for number in 0..8 {
            let nested = nesting(&format!("level{}.yaml", level + 1));
            text.push_str(
                &nested
                    .replace("Resources:\n", "")
                    .replace("N:", &format!("N{number}:")),
            );
        }
        tree.write(&format!("bad/level{level}.yaml"), text);
    }
    tree.write("bad/level18.yaml", TEMPLATE);
    tree.scan().is_clean();
}

#[test]
fn code_outside_of_the_project() {
    let outside = TEMPLATE.replace("CodeUri: src", "CodeUri: ../../outside");
    says(outside, 0, "bad/template.yaml:8:16 GM0202 ");
    let tree = Tree::new();
    fs::remove_dir_all(tree.path().join("bad/src")).unwrap();
    std::os::unix::fs::symlink("/usr", tree.path().join("bad/src")).unwrap();
    tree.scan().says(0, "bad/template.yaml:8:16 GM0202 ");
}
