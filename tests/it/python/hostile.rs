//! Input that must not break the tool.

use super::facts_of;

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
