//! The JSON that other programs rely on.

use serde_json::Value;

use super::{TEMPLATE, Tree};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[track_caller]
fn has(value: &Value, wanted: &[&str]) {
    let found = keys(value);
    for key in wanted {
        assert!(found.contains(key), "no `{key}` in {found:?}");
    }
}

#[test]
fn the_shape_of_the_report() {
    let tree = Tree::new();
    let node = TEMPLATE
        .replace("python3.12", "nodejs22.x")
        .replace("Good", "Node");
    tree.write("node/template.yaml", node);
    tree.write("broken/template.yaml", "Resources: [AWS::Serverless\n");
    let with_events = format!(
        "{TEMPLATE}      Events:\n        Hourly:\n          Type: Schedule\n          \
         Properties: {{Schedule: rate(1 hour)}}\n"
    );
    tree.write("bad/template.yaml", with_events);
    let scanned = tree.scan();
    scanned.says(1, "broken/template.yaml:2:1 GM0110 ");

    assert_eq!(scanned.json["schema"], 1);
    has(
        &scanned.json,
        &["schema", "templates", "functions", "diagnostics"],
    );
    let templates: Vec<(&str, bool)> = scanned
        .list("templates")
        .iter()
        .map(|it| (it["path"].as_str().unwrap(), it["read"].as_bool().unwrap()))
        .collect();
    let expected = [
        ("bad/template.yaml", true),
        ("broken/template.yaml", false),
        ("good/template.yaml", true),
        ("node/template.yaml", true),
    ];
    assert_eq!(templates, expected);

    let function = scanned.function("bad/template.yaml");
    let wanted = [
        "id",
        "type",
        "template",
        "runtime",
        "handler",
        "source",
        "events",
        "aws_calls",
        "advice",
        "diagnostics",
    ];
    has(function, &wanted);
    assert_eq!(function["id"], "Good");
    assert_eq!(function["type"], "AWS::Serverless::Function");
    assert_eq!(function["runtime"], "python3.12");
    assert_eq!(function["handler"], "app.handler");
    assert_eq!(function["source"], "bad/src/app.py");
    assert_eq!(function["events"].as_array().unwrap().len(), 1);
    assert_eq!(function["events"][0]["type"], "Schedule");
    assert!(function["advice"].is_object());

    let calls: Vec<String> = function["aws_calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            let field = |name: &str| call[name].to_string().replace('"', "");
            ["service", "operation", "file", "line", "column", "in_loop"]
                .map(field)
                .join(" ")
        })
        .collect();
    let expected = [
        "s3 ListBuckets bad/src/app.py 7 22 false",
        "s3 GetBucketLocation bad/src/app.py 8 12 true",
    ];
    assert_eq!(calls, expected);

    let diagnostic = &scanned.list("diagnostics")[0];
    let wanted = [
        "code", "severity", "file", "line", "column", "message", "help",
    ];
    assert_eq!(keys(diagnostic), wanted);
    assert_eq!(diagnostic["severity"], "error");
}

#[test]
fn functions_of_other_runtimes_are_listed_without_analysis() {
    let scanned = Tree::with_template(TEMPLATE.replace("python3.12", "nodejs22.x")).scan();
    let function = scanned.function("bad/template.yaml");
    assert_eq!(function["runtime"], "nodejs22.x");
    assert_eq!(function["aws_calls"], Value::Array(Vec::new()));
    assert_eq!(function["advice"], Value::Null);
}
