//! A function that is translated a second time, after people or the tool changed something.

use std::collections::BTreeSet;

use gammaray_migrate::compiler::Translation;
use gammaray_migrate::diagnostic::Code;
use gammaray_migrate::generate::crate_tests::{self, Tests};
use gammaray_migrate::generate::{Placement, Refusal, Rewrite, Rewriter};
use gammaray_migrate::plan::{self, Guard, Plan};
use gammaray_migrate::sam;
use serde_json::json;

use crate::plan::project::Project;

const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.11}
";

fn project() -> Project {
    Project::with(&[("template.yaml", TEMPLATE), ("src/app.py", "")])
}

fn planned(project: &Project, files: &[(&str, &str)]) -> Result<Rewrite, Refusal> {
    let project = sam::Project::read(project.root(), None).unwrap();
    let (template, function) = project.function("Hello").unwrap();
    let translation = Translation {
        files: files
            .iter()
            .map(|(path, text)| (path.into(), (*text).to_owned()))
            .collect(),
        ..Translation::default()
    };
    let mut rewriter = Rewriter::new(&project, Placement::default());
    rewriter.add(template, function, &translation)?;
    rewriter.finish("rewrite hello")
}

fn apply(project: &Project, rewrite: &Rewrite) -> Vec<String> {
    apply_plan(project, &rewrite.plan)
}

fn apply_plan(project: &Project, plan: &Plan) -> Vec<String> {
    let guard = Guard {
        allow_dirty: true,
        allow_no_vcs: true,
    };
    let applied = plan::apply(project.root(), plan, &guard).unwrap();
    applied.files.into_iter().map(|file| file.path).collect()
}

/// The project after a first translation, with the Python's template again.
fn translated(files: &[(&str, &str)]) -> Project {
    let project = project();
    apply(&project, &planned(&project, files).unwrap());
    project.write("template.yaml", TEMPLATE);
    project
}

const FIRST: &[(&str, &str)] = &[
    ("src/main.rs", "fn main() {}\n"),
    ("src/app.rs", "//! One.\n"),
    ("src/old.rs", "//! Old.\n"),
];

const SECOND: &[(&str, &str)] = &[
    ("src/main.rs", "fn main() {}\n"),
    ("src/app.rs", "//! Two.\n"),
    ("src/new.rs", "//! New.\n"),
];

#[test]
fn the_same_again_changes_only_the_template() {
    let project = translated(FIRST);
    assert_eq!(
        apply(&project, &planned(&project, FIRST).unwrap()),
        ["template.yaml"]
    );
}

#[test]
fn what_nobody_changed_is_replaced() {
    let project = translated(FIRST);
    let mut changed = apply(&project, &planned(&project, SECOND).unwrap());
    changed.sort();
    let crates = ["rust/hello/.generated.json", "rust/hello/src/app.rs"];
    let sources = [
        "rust/hello/src/new.rs",
        "rust/hello/src/old.rs",
        "template.yaml",
    ];
    assert_eq!(changed, [&crates[..], &sources[..]].concat());
    assert!(!project.exists("rust/hello/src/old.rs"));
    assert_eq!(project.read("rust/hello/src/app.rs"), "//! Two.\n");
}

#[test]
fn what_people_changed_stays_where_nothing_new_is_to_come() {
    let project = translated(FIRST);
    project.write("rust/hello/src/app.rs", "//! Mine.\n");
    project.write("rust/hello/src/own.rs", "//! Mine.\n");
    assert_eq!(
        apply(&project, &planned(&project, FIRST).unwrap()),
        ["template.yaml"]
    );
    assert_eq!(project.read("rust/hello/src/app.rs"), "//! Mine.\n");
}

#[test]
fn what_people_changed_is_a_conflict_where_something_new_is_to_come() {
    let project = translated(FIRST);
    project.write("rust/hello/src/app.rs", "//! Mine.\n");
    project.write("rust/hello/src/old.rs", "//! Mine.\n");
    let before = project.snapshot();
    let refusal = planned(&project, SECOND).unwrap_err();
    let codes: Vec<Code> = refusal.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::ChangedByHand]);
    let proposal = "--- a/rust/hello/src/app.rs\n+++ b/rust/hello/src/app.rs\n@@ -1 +1 @@\n\
                    -//! Mine.\n+//! Two.\n";
    assert_eq!(refusal.proposal, proposal);
    assert_eq!(project.snapshot(), before);
}

#[test]
fn what_people_made_of_it_themselves_is_no_conflict() {
    let project = translated(FIRST);
    project.write("rust/hello/src/app.rs", "//! Two.\n");
    planned(&project, SECOND).unwrap();
}

/// Writes one answer as a test of the crate; the paths that changed.
fn tested(project: &Project, name: &str, result: i64) -> Result<Vec<String>, Refusal> {
    let cases = [(name.to_owned(), json!({"event": {}, "result": result}))];
    let environment = json!({});
    let tests = Tests {
        environment: &environment,
        cases: &cases,
    };
    let plan = crate_tests::plan(project.root(), "rust/hello", tests, "verify hello")?;
    Ok(apply_plan(project, &plan))
}

#[test]
fn answers_become_tests_and_stay_when_it_is_translated_again() {
    let project = translated(FIRST);
    let written = tested(&project, "events/One case.json", 1).unwrap();
    let expected = [
        "rust/hello/tests/answers.rs",
        "rust/hello/tests/answers/One-case.json",
        "rust/hello/tests/environment.json",
        "rust/hello/.generated.json",
    ];
    let sorted = |names: Vec<String>| BTreeSet::from_iter(names);
    assert_eq!(sorted(written), expected.map(str::to_owned).into());
    let test = project.read("rust/hello/tests/answers.rs");
    assert!(test.contains("env!(\"CARGO_BIN_EXE_hello\")"), "{test}");
    apply(&project, &planned(&project, SECOND).unwrap());
    assert!(project.exists("rust/hello/tests/answers/One-case.json"));
    // Others take their place, and not that of what people wrote.
    project.write("rust/hello/tests/answers/mine.json", "{}");
    tested(&project, "two", 2).unwrap();
    assert!(!project.exists("rust/hello/tests/answers/One-case.json"));
    assert!(project.exists("rust/hello/tests/answers/mine.json"));
    project.write("rust/hello/tests/answers/two.json", "{}");
    let refusal = tested(&project, "two", 3).unwrap_err();
    let codes: Vec<Code> = refusal.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::ChangedByHand]);
}

#[test]
fn only_what_was_generated_gets_tests() {
    let project = project();
    project.write("rust/hello/Cargo.toml", "");
    let refusal = tested(&project, "one", 1).unwrap_err();
    assert!(refusal.diagnostics[0].message.contains("`rust/hello`"));
}
