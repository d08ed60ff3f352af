//! Input that must not break the tool.

use super::{Path, facts_of, fs};

#[test]
fn parentheses_beyond_any_sense_are_survived() {
    let deep = format!("x = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000));
    let (graph, _) = facts_of(&format!("def handler(event, context): pass\n{deep}"));
    assert!(graph.handler.is_some());
}

#[test]
fn long_chains_are_survived_and_told() {
    let sum = format!("x = 1{}\n", " + 1".repeat(100_000));
    let calls = format!("y = a{}\n", ".b()".repeat(20_000));
    let nots = format!("z = {}1\n", "not ".repeat(20_000));
    let lists = format!("w = {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    for text in [sum, calls, nots, lists] {
        let (graph, _) = facts_of(&format!("def handler(event, context): pass\n{text}"));
        assert!(graph.handler.is_some());
    }
}

#[test]
fn depth_is_told() {
    let calls = format!("y = a{}\n", ".b()".repeat(2_000));
    let (graph, _) = facts_of(&format!("def handler(event, context): pass\n{calls}"));
    let codes: Vec<&str> = graph
        .diagnostics
        .iter()
        .map(|it| it.code.as_str())
        .collect();
    assert_eq!(codes, ["GM0306"]);
}

#[test]
fn functions_that_call_each_other_end() {
    let mut text = String::from("def handler(event, context): f0('x', handler)\n");
    for index in 0..200 {
        let next = (index + 1) % 200;
        text.push_str(&format!(
            "def f{index}(name, g):\n    g('a{index}', f{next})\n    return f{next}('b{index}', f{index})\n"
        ));
    }
    let (graph, facts) = facts_of(&text);
    assert!(graph.handler.is_some());
    assert_eq!(facts.definitions.len(), 201);
}

/// Every snippet, cut off at many places, and with pieces taken out of its middle.
#[test]
fn torn_files_are_survived() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/python/snippets");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("the snippets") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a snippet");
        let text: String = text.chars().filter(char::is_ascii).collect();
        for cut in (0..text.len()).step_by(331) {
            let (_graph, facts) = facts_of(&text[..cut]);
            let torn = format!("{}{}", &text[..cut / 2], &text[cut..]);
            let (graph, _) = facts_of(&torn);
            read += usize::from(!graph.modules.is_empty() || !graph.diagnostics.is_empty());
            drop(facts);
        }
    }
    assert!(read > 60, "{read}");
}

#[test]
fn a_large_file_ends_in_time() {
    let mut text = String::from("import boto3\ndef handler(event, context): pass\n");
    for index in 0..5_000 {
        text.push_str(&format!(
            "if x{index}:\n    a{index} = boto3.client('s3')\nfor y in a{index}:\n    \
             def f{index}(c=a{index}):\n        return c.list_buckets()\n"
        ));
    }
    let started = std::time::Instant::now();
    let (_graph, facts) = facts_of(&text);
    assert_eq!(facts.aws_calls.len(), 5_000);
    // Far above what it takes, far below what a quadratic step would.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
