//! The views of a plan: the diff that git takes, the JSON, the summary.

use std::io::Write;
use std::process::{Command, Stdio};

use gammaray_migrate::plan::{self, Plan, Preview, summary};
use proptest::prelude::*;

use super::project::{Project, UNGUARDED};
use super::random::case;

fn git_apply(project: &Project, diff: &str) {
    let mut child = Command::new("git")
        .args([
            "-c",
            "core.autocrlf=false",
            "apply",
            "--whitespace=nowarn",
            "-",
        ])
        .current_dir(project.root())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(diff.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{diff}");
}

/// Paths, contents, and whether the owner may execute: what git keeps.
fn as_git_sees_it(project: &Project) -> Vec<(String, Vec<u8>, bool)> {
    let files = project.snapshot().into_iter();
    files
        .filter_map(|(path, (bytes, mode))| Some((path, bytes?, mode & 0o100 != 0)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn git_apply_makes_the_same_tree(case in case()) {
        let by_git = case.project();
        by_git.git(&["init", "-q"]);
        let diff = Preview::of(by_git.root(), &case.plan).unwrap().diff();
        if !diff.is_empty() {
            git_apply(&by_git, &diff);
        }
        let by_us = case.project();
        plan::apply(by_us.root(), &case.plan, &UNGUARDED).unwrap();
        prop_assert_eq!(as_git_sees_it(&by_git), as_git_sees_it(&by_us));
        plan::undo(by_us.root()).ok();
        prop_assert_eq!(as_git_sees_it(&by_us), as_git_sees_it(&case.project()));
    }

    #[test]
    fn the_json_is_the_same_plan(case in case()) {
        let read = Plan::from_json(case.plan.to_json().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read, case.plan);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _any = Plan::from_json(&bytes);
    }
}

#[test]
fn names_that_git_quotes() {
    let project = Project::with(&[("say \"x\".txt", "a\nb\n"), ("with space", "c")]);
    project.git(&["init", "-q"]);
    let mut plan = Plan::new("test");
    plan.delete("say \"x\".txt", b"a\nb\n", "");
    plan.delete("with space", b"c", "");
    plan.create("new \"y\" ü.txt", "", "");
    git_apply(
        &project,
        &Preview::of(project.root(), &plan).unwrap().diff(),
    );
    let paths: Vec<String> = project.snapshot().into_keys().collect();
    assert_eq!(paths, ["new \"y\" ü.txt"]);
}

#[test]
fn people_read_a_summary_and_a_diff() {
    let project = Project::with(&[
        (
            "template.yaml",
            "Runtime: python3.13\nHandler: app.handler\n",
        ),
        ("old.py", "x\n"),
    ]);
    let mut plan = Plan::new("rewrite authorizer");
    plan.edit(
        &gammaray_migrate::source::SourceFile::from_text(
            "template.yaml",
            project.read("template.yaml"),
        ),
        vec![gammaray_migrate::edit::Edit {
            file: "template.yaml".into(),
            span: gammaray_migrate::source::Span::new(9, 19),
            new_text: "provided.al2023".to_owned(),
            reason: "the function is Rust now".to_owned(),
        }],
    );
    plan.create_executable("build.sh", "#!/bin/sh\n", "builds the function");
    plan.delete("old.py", b"x\n", "nothing uses it\u{1b}[2J any more");
    let preview = Preview::of(project.root(), &plan).unwrap();
    insta::assert_snapshot!(summary(&preview.outline()), @r"
    edit    template.yaml
              the function is Rust now
    create  build.sh (1 line)
              builds the function
    delete  old.py
              nothing uses it\u{1b}[2J any more
    ");
    insta::assert_snapshot!(preview.diff(), @r"
    diff --git a/template.yaml b/template.yaml
    --- a/template.yaml
    +++ b/template.yaml
    @@ -1,2 +1,2 @@
    -Runtime: python3.13
    +Runtime: provided.al2023
     Handler: app.handler
    diff --git a/build.sh b/build.sh
    new file mode 100755
    --- /dev/null
    +++ b/build.sh
    @@ -0,0 +1 @@
    +#!/bin/sh
    diff --git a/old.py b/old.py
    deleted file mode 100644
    --- a/old.py
    +++ /dev/null
    @@ -1 +0,0 @@
    -x
    ");
}
