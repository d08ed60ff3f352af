//! `undo` and `recover` against the user's own edits.

use gammaray_migrate::diagnostic::{Code, Diagnostic, Severity};
use gammaray_migrate::plan::{self, Plan, PlanError};
use proptest::prelude::*;

use super::faults::FailingDisk;
use super::project::{Project, UNGUARDED};
use super::random::case;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn apply_then_undo_restores_every_byte_and_mode(case in case()) {
        let project = case.project();
        let before = project.snapshot();
        let applied = plan::apply(project.root(), &case.plan, &UNGUARDED).unwrap();
        if applied.files.is_empty() {
            prop_assert!(matches!(plan::undo(project.root()), Err(PlanError::NothingToUndo)));
        } else {
            prop_assert_ne!(&project.snapshot(), &before);
            plan::undo(project.root()).unwrap();
        }
        prop_assert_eq!(project.snapshot(), before);
    }
}

fn create(path: &str) -> Plan {
    let mut plan = Plan::new(format!("make {path}"));
    plan.create(path, "new\n", "needed");
    plan
}

fn replace(project: &Project, path: &str, text: &str) -> Plan {
    let mut plan = Plan::new(format!("replace {path}"));
    plan.delete(path, project.read(path).as_bytes(), "replaced");
    plan.create(format!("{path}.new"), text, "replaces it");
    plan
}

#[test]
fn several_in_a_row_and_then_no_more() {
    let project = Project::with(&[("a", "a\n")]);
    let mut trees = Vec::new();
    for plan in [
        create("x/y/b"),
        replace(&project, "a", "2\n"),
        create("x/z/c"),
    ] {
        trees.push(project.snapshot());
        plan::apply(project.root(), &plan, &UNGUARDED).unwrap();
    }
    assert_eq!(plan::undo(project.root()).unwrap().command, "make x/z/c");
    assert_eq!(Some(project.snapshot()), trees.pop());
    plan::apply(project.root(), &create("other"), &UNGUARDED).unwrap();
    assert_eq!(plan::undo(project.root()).unwrap().command, "make other");
    while let Some(tree) = trees.pop() {
        plan::undo(project.root()).unwrap();
        assert_eq!(project.snapshot(), tree);
    }
    let error = plan::undo(project.root()).unwrap_err();
    assert_eq!(error.code(), Code::NothingToUndo);
}

#[test]
fn files_edited_since_are_named_and_nothing_is_written() {
    let project = Project::with(&[("a", "a\n"), ("b", "b\n")]);
    let mut plan = create("c");
    plan.delete("a", b"a\n", "");
    plan.create("d", "d\n", "");
    plan::apply(project.root(), &plan, &UNGUARDED).unwrap();
    project.write("c", "mine\n");
    project.write("a", "mine too\n");
    let before = project.snapshot();
    match plan::undo(project.root()).unwrap_err() {
        PlanError::UndoConflict { files, command } => {
            assert_eq!(files, ["c", "a"]);
            assert_eq!(command, "make c");
        }
        other => panic!("{other}"),
    }
    assert_eq!(project.snapshot(), before);
}

#[test]
fn a_folder_with_the_users_files_in_it_stays() {
    let project = Project::empty();
    plan::apply(project.root(), &create("made/here/x"), &UNGUARDED).unwrap();
    project.write("made/mine.txt", "mine\n");
    plan::undo(project.root()).unwrap();
    assert_eq!(project.read("made/mine.txt"), "mine\n");
    assert!(!project.exists("made/here"));
}

#[test]
fn rights_changed_since_are_kept() {
    let project = Project::with(&[("a", "a\n")]);
    project.chmod("a", 0o640);
    let file = gammaray_migrate::source::SourceFile::from_text("a", "a\n");
    let mut plan = Plan::new("edit");
    plan.edit(
        &file,
        vec![gammaray_migrate::edit::Edit {
            file: "a".into(),
            span: gammaray_migrate::source::Span::at(0),
            new_text: "b".to_owned(),
            reason: String::new(),
        }],
    );
    plan::apply(project.root(), &plan, &UNGUARDED).unwrap();
    assert_eq!(project.mode("a"), 0o640);
    project.chmod("a", 0o600);
    plan::undo(project.root()).unwrap();
    assert_eq!(
        (project.read("a").as_str(), project.mode("a")),
        ("a\n", 0o600)
    );
}

#[test]
fn a_tampered_copy_is_not_restored() {
    let project = Project::with(&[("a", "a\n")]);
    let plan = replace(&project, "a", "2\n");
    plan::apply(project.root(), &plan, &UNGUARDED).unwrap();
    project.write(".gammaray-migrate/history/0001/0000.old", "other\n");
    let error = plan::undo(project.root()).unwrap_err();
    assert_eq!(error.code(), Code::StateDamaged, "{error}");
    assert!(!project.exists("a"));
}

/// A change of `a` and `b` that died after both files were replaced.
fn interrupted() -> Project {
    let mut plan = Plan::new("bind both");
    plan.delete("a", b"a\n", "");
    plan.delete("b", b"b\n", "");
    for step in 1.. {
        let project = Project::with(&[("a", "a\n"), ("b", "b\n")]);
        let disk = FailingDisk::dying(step);
        let error = plan::apply_on(&disk, project.root(), &plan, &UNGUARDED).unwrap_err();
        if !project.exists("a") && !project.exists("b") {
            assert_eq!(error.code(), Code::RepairPending, "{error}");
            return project;
        }
    }
    unreachable!("both go before the change is done")
}

#[test]
fn a_repair_says_what_it_did() {
    let project = interrupted();
    let repair = plan::recover(project.root()).unwrap().unwrap();
    assert_eq!(repair.command, "bind both");
    assert_eq!(repair.restored, ["b", "a"]);
    assert_eq!(
        (project.read("a"), project.read("b")),
        ("a\n".into(), "b\n".into())
    );
    assert_eq!(plan::recover(project.root()).unwrap(), None);
    assert_eq!(Diagnostic::from(&repair).severity, Severity::Note);
}

#[test]
fn a_repair_leaves_alone_what_the_user_wrote_meanwhile() {
    let project = interrupted();
    project.write("a", "mine\n");
    let repair = plan::recover(project.root()).unwrap().unwrap();
    assert_eq!(
        (&repair.restored[..], &repair.left[..]),
        (&["b".to_owned()][..], &["a".to_owned()][..])
    );
    assert_eq!(project.read("a"), "mine\n");
    assert_eq!(project.read("b"), "b\n");
    let kept = repair.kept_in.as_deref().unwrap();
    assert_eq!(project.read(&format!("{kept}/0000.old")), "a\n");
    assert_eq!(plan::recover(project.root()).unwrap(), None);
    assert_eq!(Diagnostic::from(&repair).severity, Severity::Warning);
}

#[test]
fn a_journal_that_came_with_the_project_cannot_lead_outside() {
    let outside = Project::with(&[("victim", "v\n")]);
    let victim = outside.path("victim");
    for path in ["../victim", victim.to_str().unwrap(), ".git/config"] {
        let project = Project::empty();
        let state = r#"{"sha256":"HASH","mode":420,"owner":null}"#
            .replace("HASH", &plan::Digest::of(b"v\n").to_string());
        let journal = format!(
            r#"{{"schema":1,"number":1,"command":"x","undoes":null,"made_folders":[],
                "spare_folders":[],"steps":[{{"path":"{path}","before":null,"after":{state}}}]}}"#
        );
        project.write(".gammaray-migrate/work/journal.json", journal);
        let error = plan::recover(project.root()).unwrap_err();
        assert_eq!(error.code(), Code::StateDamaged, "{error}");
    }
    assert_eq!(outside.read("victim"), "v\n");
}

#[test]
fn a_journal_of_a_newer_version_is_left_alone() {
    let project = Project::empty();
    project.write(".gammaray-migrate/work/journal.json", r#"{"schema":2}"#);
    let error = plan::recover(project.root()).unwrap_err().to_string();
    assert!(error.contains("schema is 2"), "{error}");
    assert!(project.exists(".gammaray-migrate/work/journal.json"));
}

#[test]
fn the_next_change_repairs_first_and_says_so() {
    let project = interrupted();
    let applied = plan::apply(project.root(), &create("c"), &UNGUARDED).unwrap();
    assert_eq!(applied.repaired.unwrap().command, "bind both");
    assert!(project.exists("a") && project.exists("b") && project.exists("c"));
}
