//! Python that becomes Rust, is compiled, and does what the Python did.

use std::process::Command;

use super::command::{run, stderr, stdout};
use crate::common::{skipped, tool, tools};
use crate::plan::project::Project;

const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  GreetFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/greet/
      Handler: app.handler
      Runtime: python3.11
";

const GREET: &str = r#""""Greets."""

import json
import os

GREETINGS = ("hello", "hi")
counts = {}


def greeting(name, loud=False):
    """What is said."""
    text = f"{GREETINGS[0]}, {name}"
    if loud:
        return text.upper()
    return text


def count(name):
    counts[name] = counts.get(name, 0) + 1
    return counts[name]


def handler(event, context):
    # The body may be missing.
    try:
        body = json.loads(event.get("body") or "{}")
    except json.JSONDecodeError as error:
        return {"statusCode": 400, "body": json.dumps({"message": str(error)})}
    name = body.get("name", "nobody")
    if name in ("admin", "root"):
        raise ValueError(f"{name} is refused")
    items = [item for item in body.get("items", []) if item]
    total = 0
    for index, item in enumerate(items):
        if item == "stop":
            break
        total += index
    answer = {"greeting": greeting(name, loud=True), "count": count(name), "total": total}
    return {"statusCode": 200, "body": json.dumps({**answer, "stage": os.getenv("STAGE", "dev")})}
"#;

const EVENTS: [(&str, &str); 4] = [
    (
        "plain",
        r#"{"body": "{\"name\": \"ada\", \"items\": [1, 0, \"x\", \"stop\", 2]}"}"#,
    ),
    ("not-json", r#"{"body": "{nothing"}"#),
    ("refused", r#"{"body": "{\"name\": \"root\"}"}"#),
    ("empty", "{}"),
];

#[test]
fn a_handler_without_aws_is_equal() {
    let test = "a_handler_without_aws_is_equal";
    if tool("python3").is_none() {
        return skipped(test, "the tools are missing; run .ci/setup");
    }
    let project = Project::empty();
    project.write("template.yaml", TEMPLATE);
    project.write("functions/greet/app.py", GREET);
    for (name, event) in EVENTS {
        project.write(&format!("events/greet-{name}.json"), event);
    }
    project.commit_all();
    let done = run(&project, &["rewrite", "greet"]);
    if stderr(&done).contains("GM0810") {
        return skipped(test, "the packages are not here");
    }
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}{}",
        stdout(&done),
        stderr(&done)
    );
    let target = tools().with_file_name("check");
    let build = Command::new(tool("cargo").unwrap())
        .args(["build", "--offline", "--quiet", "-p", "greet"])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", stderr(&build));
    let program = target.join("debug/greet");
    let program = program.display().to_string();
    let verified = run(
        &project,
        &[
            "verify",
            "greet",
            "--original",
            "HEAD",
            "--replacement",
            &program,
            "--generate",
            "80",
            "--format",
            "json",
        ],
    );
    let report: serde_json::Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!(report["verdict"], "equal", "{}", stdout(&verified));
    assert!(
        report["counts"]["equal"].as_u64().unwrap() >= 60,
        "{}",
        report["counts"]
    );
}
