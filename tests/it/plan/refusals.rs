//! What is refused, and that nothing was written then.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use gammaray_migrate::diagnostic::{Code, Diagnostic};
use gammaray_migrate::edit::Edit;
use gammaray_migrate::plan::{self, Change, Digest, Guard, Plan, PlanError, STATE_FOLDER};
use gammaray_migrate::source::{SourceFile, Span};

use super::project::{Project, UNGUARDED};

fn create(path: &str) -> Plan {
    let mut plan = Plan::new("test");
    plan.create(path, "new\n", "needed");
    plan
}

fn edit(path: &str, text: &str, span: Span, new_text: &str) -> Plan {
    let mut plan = Plan::new("test");
    let edit = Edit {
        file: path.into(),
        span,
        new_text: new_text.to_owned(),
        reason: "meant".to_owned(),
    };
    plan.edit(&SourceFile::from_text(path, text), vec![edit]);
    plan
}

/// The refusal; checks that it left no trace, not even the state folder.
fn refused(project: &Project, plan: &Plan, guard: &Guard) -> PlanError {
    let before = project.snapshot();
    let error = plan::apply(project.root(), plan, guard).unwrap_err();
    assert_eq!(project.snapshot(), before);
    assert!(!project.exists(STATE_FOLDER));
    let shown = Diagnostic::from(plan::apply(project.root(), plan, guard).unwrap_err());
    assert_eq!(shown.code, error.code());
    assert!(shown.help.is_some_and(|help| !help.is_empty()));
    error
}

#[test]
fn paths_outside_the_project() {
    let project = Project::empty();
    for path in [
        "../x",
        "/tmp/x",
        "a/../../x",
        ".git/hooks/x",
        ".gammaray-migrate/x",
        "a\\b",
    ] {
        let error = refused(&project, &create(path), &UNGUARDED);
        assert_eq!(error.code(), Code::PlanPath, "{path}");
    }
}

#[test]
fn symbolic_links_on_the_way_and_at_the_end() {
    let outside = Project::with(&[("secret.txt", "mine\n")]);
    let project = Project::with(&[("real/x.txt", "x\n")]);
    symlink(outside.root(), project.path("link")).unwrap();
    symlink(project.path("real"), project.path("inner")).unwrap();
    symlink(outside.path("secret.txt"), project.path("file.txt")).unwrap();
    symlink(outside.path("nothing"), project.path("dangling")).unwrap();
    for path in ["link/new.txt", "inner/new.txt", "file.txt", "dangling"] {
        let error = plan::apply(project.root(), &create(path), &UNGUARDED).unwrap_err();
        assert_eq!(error.code(), Code::PlanTargetKind, "{path}: {error}");
    }
    let through = edit("file.txt", "mine\n", Span::at(0), "x");
    let error = plan::apply(project.root(), &through, &UNGUARDED).unwrap_err();
    assert_eq!(error.code(), Code::PlanTargetKind);
    assert_eq!(outside.read("secret.txt"), "mine\n");
    assert!(!outside.exists("new.txt"));
}

#[test]
fn a_state_folder_that_is_a_link_is_not_followed() {
    let outside = Project::empty();
    let project = Project::empty();
    symlink(outside.root(), project.path(STATE_FOLDER)).unwrap();
    let error = plan::apply(project.root(), &create("a"), &UNGUARDED).unwrap_err();
    assert_eq!(error.code(), Code::StateDamaged, "{error}");
    assert!(outside.snapshot().is_empty() && !project.exists("a"));
}

#[test]
fn what_stands_there_already() {
    let project = Project::with(&[("README.md", "r\n"), ("src/a.py", "a\n")]);
    let code = |path| refused(&project, &create(path), &UNGUARDED).code();
    assert_eq!(code("README.md"), Code::PlanTargetExists);
    assert_eq!(code("src"), Code::PlanTargetKind);
    assert_eq!(code("README.md/x"), Code::PlanTargetKind);
    assert_eq!(code("Readme.md"), Code::PlanPath);
    assert_eq!(code("SRC/new.py"), Code::PlanPath);
}

#[test]
fn two_changes_of_one_path() {
    let project = Project::empty();
    let mut plan = create("a");
    plan.create("A", "", "again");
    let error = refused(&project, &plan, &UNGUARDED).to_string();
    assert!(error.contains("only by case"), "{error}");
}

#[test]
fn the_users_own_edits_are_named_and_kept() {
    let project = Project::with(&[("a.yaml", "mine\n"), ("b.yaml", "b\n")]);
    let mut plan = edit("a.yaml", "old\n", Span::new(0, 3), "new");
    plan.delete("b.yaml", b"b\n", "unused");
    plan.delete("gone.yaml", b"", "unused");
    match refused(&project, &plan, &UNGUARDED) {
        PlanError::Conflict { files } => assert_eq!(files, ["a.yaml", "gone.yaml"]),
        other => panic!("{other}"),
    }
}

#[test]
fn edits_that_do_not_fit() {
    let project = Project::with(&[("a", "äb\n")]);
    for span in [
        Span::new(1, 2),
        Span::new(0, 99),
        Span::new(3, 2),
        Span::at(usize::MAX),
    ] {
        let error = refused(&project, &edit("a", "äb\n", span, "x"), &UNGUARDED);
        assert_eq!(error.code(), Code::EditsOverlap, "{span:?}");
    }
    let mut plan = edit("a", "äb\n", Span::at(0), "x");
    if let Some(Change::Edit { edits, .. }) = plan.changes.first_mut() {
        edits[0].file = "other".into();
    }
    assert_eq!(
        refused(&project, &plan, &UNGUARDED).code(),
        Code::PlanUnreadable
    );
}

#[test]
fn a_file_that_is_not_text_is_not_edited() {
    let project = Project::empty();
    project.write("a", b"\xff\xfe");
    let mut plan = edit("a", "x", Span::at(0), "x");
    if let Some(Change::Edit { before, .. }) = plan.changes.first_mut() {
        *before = Digest::of(b"\xff\xfe");
    }
    assert_eq!(
        refused(&project, &plan, &UNGUARDED).code(),
        Code::PlanTargetKind
    );
}

#[test]
fn an_unversioned_or_dirty_tree() {
    let project = Project::with(&[("a", "a\n")]);
    let guard = Guard::default();
    let error = refused(&project, &create("b"), &guard);
    assert_eq!(error.code(), Code::NoVersionControl);
    project.commit_all();
    project.write("notes.txt", "mine\n");
    match refused(&project, &create("b"), &guard) {
        PlanError::Dirty { files } => assert_eq!(files, ["notes.txt"]),
        other => panic!("{other}"),
    }
    let allowed = Guard {
        allow_dirty: true,
        allow_no_vcs: false,
    };
    plan::apply(project.root(), &create("b"), &allowed).unwrap();
    project.commit_all();
    // Our own folder makes no tree dirty.
    plan::apply(project.root(), &create("c"), &guard).unwrap();
}

#[test]
fn only_the_project_must_be_clean_not_its_whole_repository() {
    let repository = Project::with(&[("app/a", "a\n"), ("other/b", "b\n")]);
    repository.commit_all();
    repository.write("other/b", "changed\n");
    let app = repository.path("app");
    plan::apply(&app, &create("new"), &Guard::default()).unwrap();
    assert_eq!(repository.read("app/new"), "new\n");
}

#[test]
fn a_project_that_git_ignores_is_unversioned() {
    let repository = Project::with(&[(".gitignore", "/app\n"), ("app/a", "a\n")]);
    repository.commit_all();
    let error = plan::apply(&repository.path("app"), &create("b"), &Guard::default());
    assert_eq!(error.unwrap_err().code(), Code::NoVersionControl);
}

/// Clean: carried out. Dirty, by a file of its own: refused, and nothing written.
fn is_guarded(root: &Path) {
    plan::apply(root, &create("new"), &Guard::default()).unwrap();
    assert_eq!(fs::read_to_string(root.join("new")).unwrap(), "new\n");
    match plan::apply(root, &create("newer"), &Guard::default()).unwrap_err() {
        PlanError::Dirty { files } => assert_eq!(files, ["new"]),
        other => panic!("{other}"),
    }
    assert!(!root.join("newer").exists());
}

#[test]
fn a_linked_worktree_is_guarded_by_itself() {
    let elsewhere = Project::empty();
    let main = Project::with(&[("a", "a\n")]);
    main.commit_all();
    let linked = elsewhere.path("linked");
    let added = main.git(&["worktree", "add", "--quiet", linked.to_str().unwrap()]);
    assert!(added.status.success(), "{added:?}");
    main.write("a", "changed in the main worktree\n");
    is_guarded(&linked);
}

#[test]
fn a_submodule_is_guarded_by_its_own_repository() {
    let library = Project::with(&[("a", "a\n")]);
    library.commit_all();
    let outer = Project::with(&[("b", "b\n")]);
    outer.commit_all();
    let from = library.root().to_str().unwrap();
    let local = "protocol.file.allow=always";
    let added = outer.git(&["-c", local, "submodule", "--quiet", "add", from, "sub"]);
    assert!(added.status.success(), "{added:?}");
    outer.commit_all();
    outer.write("b", "changed in the outer repository\n");
    is_guarded(&outer.path("sub"));
}

#[test]
fn json_that_is_no_plan() {
    let deep = "[".repeat(100_000);
    for json in [
        "",
        "{}",
        "null",
        "[1]",
        deep.as_str(),
        "{\"schema\":1}",
        r#"{"schema":1,"command":"x","changes":[{"kind":"create","path":"a"}]}"#,
        r#"{"schema":1,"command":"x","changes":[],"more":1}"#,
        r#"{"schema":1,"command":"x","changes":[{"kind":"delete","path":"a","before":"00","reason":""}]}"#,
    ] {
        let error = Plan::from_json(json.as_bytes()).unwrap_err();
        assert_eq!(error.code(), Code::PlanUnreadable);
    }
    let newer = Plan::from_json(br#"{"schema":2,"changes":{}}"#).unwrap_err();
    assert!(newer.to_string().contains("schema is 2"), "{newer}");
    let huge = vec![b' '; plan::MAX_PLAN_BYTES + 1];
    assert!(
        Plan::from_json(&huge)
            .unwrap_err()
            .to_string()
            .contains("larger")
    );
}
