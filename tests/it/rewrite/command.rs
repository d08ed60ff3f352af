//! `gammaray-migrate rewrite` as a user runs it.

use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::plan::project::Project;

const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/hello/
      Handler: app.handler
      Runtime: python3.11
  RunFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/run/
      Handler: app.handler
      Runtime: python3.11
  PageFunction:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: page, Handler: index.handler, Runtime: nodejs22.x}
";

const HELLO: &str = "def handler(event, context):\n    return {\"hello\": \"world\"}\n";

const RUN: &str = "def handler(event, context):\n    return eval(event[\"code\"])\n";

pub(super) fn project() -> Project {
    let project = Project::with(&[
        ("template.yaml", TEMPLATE),
        ("functions/hello/app.py", HELLO),
        ("functions/run/app.py", RUN),
        ("page/index.js", ""),
    ]);
    project.commit_all();
    project
}

pub(super) fn run(project: &Project, arguments: &[&str]) -> Output {
    Command::new(cargo_bin("gammaray-migrate"))
        .args(arguments)
        .current_dir(project.root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

pub(super) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(super) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn exits(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}{}",
        stdout(output),
        stderr(output)
    );
}

#[test]
fn a_verdict_alone_writes_nothing() {
    let project = project();
    let before = project.snapshot();
    let complete = run(&project, &["rewrite", "hello", "--check"]);
    exits(&complete, 0);
    assert_eq!(stdout(&complete), "complete  HelloFunction\n");
    let refused = run(&project, &["rewrite", "run", "--check", "--format", "json"]);
    exits(&refused, 1);
    let json: Value = serde_json::from_str(&stdout(&refused)).unwrap();
    assert_eq!(json["schema"], 1);
    let verdict = &json["functions"][0];
    assert_eq!(verdict["function"], "RunFunction");
    assert_eq!(verdict["status"], "refused");
    let reason = &verdict["diagnostics"][0];
    assert_eq!(reason["file"], "functions/run/app.py");
    assert_eq!(
        (&reason["line"], &reason["column"]),
        (&2.into(), &12.into())
    );
    assert!(
        reason["code"].as_str().unwrap().starts_with("GM08"),
        "{reason}"
    );
    assert!(reason["help"].is_string(), "{reason}");
    assert_eq!(project.snapshot(), before);
    assert!(!project.exists(".gammaray-migrate"));
}

#[test]
fn a_refusal_shows_the_source_and_writes_nothing() {
    let project = project();
    let before = project.snapshot();
    let refused = run(&project, &["rewrite", "run"]);
    exits(&refused, 1);
    assert!(
        stdout(&refused).ends_with("nothing was written\n"),
        "{}",
        stdout(&refused)
    );
    let said = stderr(&refused);
    assert!(
        said.contains("functions/run/app.py:2:12") && said.contains("return eval(event"),
        "{said}"
    );
    let not_python = run(&project, &["rewrite", "PageFunction"]);
    exits(&not_python, 1);
    assert!(
        stderr(&not_python).contains("GM0811"),
        "{}",
        stderr(&not_python)
    );
    assert_eq!(project.snapshot(), before);
}

#[test]
fn wrong_usage() {
    let project = project();
    let unknown = run(&project, &["rewrite", "nothing"]);
    exits(&unknown, 2);
    assert!(
        stderr(&unknown).contains("hello, page, run"),
        "{}",
        stderr(&unknown)
    );
    for arguments in [
        &["rewrite"][..],
        &["rewrite", "hello", "--all"],
        &["rewrite", "hello", "--check", "--dry-run"],
        &["rewrite", "hello", "--beside", "--canary"],
        &["rewrite", "hello", "--concurrent", "0"],
        &["rewrite", "hello", "--template", "none.yaml"],
    ] {
        exits(&run(&project, arguments), 2);
    }
    let both = TEMPLATE.replace("functions/run/", "functions/hello/");
    project.write("template.yaml", both);
    let ambiguous = run(&project, &["rewrite", "hello"]);
    exits(&ambiguous, 2);
    let said = stderr(&ambiguous);
    assert!(
        said.contains("GM0602") && said.contains("`RunFunction`"),
        "{said}"
    );
}

#[test]
fn written_and_taken_back() {
    let project = project();
    let before = project.snapshot();
    let done = run(&project, &["rewrite", "hello", "--no-check"]);
    exits(&done, 0);
    let said = stdout(&done);
    assert!(said.contains("edit    template.yaml\n"), "{said}");
    assert!(said.contains("create  rust/hello/src/main.rs"), "{said}");
    assert!(
        said.contains("note: the Python in `functions/hello` stays"),
        "{said}"
    );
    assert!(
        project
            .read("template.yaml")
            .contains("CodeUri: rust/hello/\n")
    );
    let again = run(&project, &["rewrite", "hello", "--allow-dirty"]);
    exits(&again, 1);
    assert!(stderr(&again).contains("GM0811"), "{}", stderr(&again));
    exits(&run(&project, &["undo"]), 0);
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_dirty_tree_is_refused_before_anything_is_compiled() {
    let project = project();
    project.write("mine.txt", "");
    let refused = run(&project, &["rewrite", "hello"]);
    exits(&refused, 1);
    assert!(stderr(&refused).contains("GM0506"), "{}", stderr(&refused));
    assert!(!project.exists("rust"));
    let arguments = ["rewrite", "hello", "--allow-dirty", "--no-check", "--yes"];
    exits(&run(&project, &arguments), 0);
}

#[test]
fn without_version_control() {
    let project = Project::with(&[
        ("template.yaml", TEMPLATE),
        ("functions/hello/app.py", HELLO),
    ]);
    let arguments = ["rewrite", "hello", "--no-check"];
    let refused = run(&project, &arguments);
    exits(&refused, 1);
    assert!(stderr(&refused).contains("GM0507"), "{}", stderr(&refused));
    let arguments = ["rewrite", "hello", "--no-check", "--allow-no-vcs"];
    exits(&run(&project, &arguments), 0);
}

#[test]
fn a_plan_for_apply() {
    let project = project();
    let before = project.snapshot();
    let diff = run(&project, &["rewrite", "hello", "--dry-run"]);
    exits(&diff, 0);
    assert!(stdout(&diff).starts_with("diff --git a/template.yaml"));
    let arguments = ["rewrite", "hello", "--dry-run", "--format", "json"];
    let plan = run(&project, &arguments);
    exits(&plan, 0);
    assert_eq!(project.snapshot(), before);
    let place = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(place.path(), stdout(&plan)).unwrap();
    exits(
        &run(&project, &["apply", place.path().to_str().unwrap()]),
        0,
    );
    assert!(project.exists("rust/hello/Cargo.toml"));
}

#[test]
fn all_that_can_be_done() {
    let project = project();
    let done = run(
        &project,
        &["rewrite", "--all", "--no-check", "--format", "json"],
    );
    exits(&done, 1);
    let json: Value = serde_json::from_str(&stdout(&done)).unwrap();
    let statuses: Vec<_> = json["functions"].as_array().unwrap().iter().collect();
    assert_eq!(statuses[0]["status"], "complete");
    assert_eq!(statuses[1]["status"], "refused");
    assert_eq!(statuses.len(), 2);
    assert!(json["files"].as_array().unwrap().len() > 4, "{json}");
    assert!(project.exists("rust/hello") && !project.exists("rust/run"));
}

#[test]
fn a_template_that_cannot_be_read_takes_nothing_from_the_others() {
    let project = project();
    let broken = "Transform: AWS::Serverless-2016-10-31\nResources: [\n";
    project.write("broken/template.yaml", broken);
    project.commit_all();
    let json = run(
        &project,
        &["rewrite", "--all", "--check", "--format", "json"],
    );
    exits(&json, 1);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1, "{json}");
    assert_eq!(json["functions"].as_array().unwrap().len(), 2, "{json}");

    let alone = ["rewrite", "--all", "--template", "broken/template.yaml"];
    exits(&run(&project, &alone), 2);
    exits(&run(&project, &["rewrite", "hello", "--check"]), 0);

    let shown = run(&project, &["rewrite", "--all", "--no-check"]);
    exits(&shown, 1);
    assert!(stderr(&shown).contains("broken/template.yaml"));
    assert!(project.exists("rust/hello/Cargo.toml"));
}

#[test]
fn both_side_by_side() {
    let project = project();
    let arguments = ["rewrite", "hello", "--beside", "--no-check"];
    exits(&run(&project, &arguments), 0);
    let template = project.read("template.yaml");
    assert!(template.contains("  HelloRustFunction:\n"), "{template}");
    assert!(
        template.contains("CodeUri: functions/hello/\n"),
        "{template}"
    );
    project.commit_all();
    let again = run(&project, &arguments);
    exits(&again, 0);
    assert!(
        stdout(&again).starts_with("nothing to change\n"),
        "{}",
        stdout(&again)
    );
}

#[test]
fn scan_tells_what_rewrite_would_say() {
    let project = project();
    let scanned = run(&project, &["scan", "--format", "json"]);
    exits(&scanned, 0);
    let json: Value = serde_json::from_str(&stdout(&scanned)).unwrap();
    let functions = &json["functions"];
    assert_eq!(functions[0]["rewrite"]["status"], "complete");
    assert_eq!(
        functions[0]["rewrite"]["diagnostics"],
        serde_json::json!([])
    );
    assert_eq!(functions[1]["rewrite"]["status"], "refused");
    assert_eq!(functions[1]["rewrite"]["diagnostics"][0]["line"], 2);
    assert!(functions[2].get("rewrite").is_none());
}
