//! A function that is translated a second time, after people or the tool changed something.

use gammaray_migrate::compiler::Translation;
use gammaray_migrate::diagnostic::Code;
use gammaray_migrate::generate::{Answer, Placement, Refusal, Rewrite, Rewriter};
use gammaray_migrate::plan::{self, Guard, Preview};
use gammaray_migrate::sam;

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
    rewriter.add(template, function, &translation, &[])?;
    rewriter.finish("rewrite hello")
}

fn apply(project: &Project, rewrite: &Rewrite) -> Vec<String> {
    let guard = Guard {
        allow_dirty: true,
        allow_no_vcs: true,
    };
    let applied = plan::apply(project.root(), &rewrite.plan, &guard).unwrap();
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

#[test]
fn the_crate_tests_the_answers_that_are_known() {
    let project = project();
    let read = sam::Project::read(project.root(), None).unwrap();
    let (template, function) = read.function("Hello").unwrap();
    let answer = Answer {
        name: "bad".to_owned(),
        event: serde_json::json!({}),
        said: Err(serde_json::json!({"errorType": "KeyError", "errorMessage": "'a'"})),
        environment: serde_json::Map::new(),
    };
    let mut rewriter = Rewriter::new(&read, Placement::default());
    let translation = Translation::default();
    rewriter
        .add(template, function, &translation, &[answer])
        .unwrap();
    let rewrite = rewriter.finish("rewrite hello").unwrap();
    let preview = Preview::of(project.root(), &rewrite.plan).unwrap();
    let diff = preview.diff();
    assert!(diff.contains("env!(\"CARGO_BIN_EXE_hello\")"), "{diff}");
    assert!(diff.contains("[dev-dependencies]"), "{diff}");
    assert!(diff.contains("\"errorType\": \"KeyError\""), "{diff}");
}
