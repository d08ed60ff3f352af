//! Python that is refused, each with its reason: what cannot be done exactly is not done.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::plan::project::Project;

/// A name, the lines of a handler's module, and a part of the reason.
type Case = (&'static str, &'static str, &'static str);

const CASES: &[Case] = &[(
    "return_in_finally",
    "
def handler(event, context):
    try:
        return event['a']
    finally:
        return 1
",
    "a `finally` that leaves by `return`, `break`, `continue` or `raise` cannot be translated",
)];

fn template() -> String {
    let mut text = "Transform: AWS::Serverless-2016-10-31\nResources:\n".to_owned();
    for (name, ..) in CASES {
        text.push_str(&format!(
            "  {}:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
             CodeUri: {name}/\n      Handler: app.handler\n      Runtime: python3.11\n",
            logical(name)
        ));
    }
    text
}

fn logical(name: &str) -> String {
    name.replace('_', "")
}

#[test]
fn what_is_not_exact_is_refused() {
    let project = Project::empty();
    project.write("template.yaml", &template());
    for (name, source, _) in CASES {
        project.write(&format!("{name}/app.py"), source);
    }
    let scanned = Command::new(cargo_bin("gammaray-migrate"))
        .args(["scan", "--format", "json"])
        .current_dir(project.root())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&scanned.stdout).unwrap();
    let functions = report["functions"].as_array().unwrap();
    for (name, _, reason) in CASES {
        let function = functions
            .iter()
            .find(|it| it["id"] == logical(name))
            .unwrap();
        let found = function["rewrite"]["diagnostics"].to_string();
        let reason = serde_json::to_string(reason).unwrap();
        let reason = reason.trim_matches('"');
        assert!(found.contains(reason), "{name}: {found}");
    }
}
