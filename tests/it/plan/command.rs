//! `gammaray-migrate apply` and `undo` as a user runs them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;
use gammaray_migrate::plan::Plan;

use super::project::Project;

fn run(project: &Project, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(cargo_bin("gammaray-migrate"))
        .args(arguments)
        .current_dir(project.root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses early need not read its input.
    let _closed = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn versioned() -> Project {
    let project = Project::with(&[("a.txt", "a\n")]);
    project.commit_all();
    project
}

fn plan() -> String {
    let mut plan = Plan::new("rewrite authorizer");
    plan.delete("a.txt", b"a\n", "unused now");
    plan.create("rust/main.rs", "fn main() {}\n", "the function in Rust");
    plan.to_json().unwrap()
}

#[test]
fn apply_then_undo() {
    let project = versioned();
    let before = project.snapshot();
    let dry = run(&project, &["apply", "-", "--dry-run"], &plan());
    assert_eq!(dry.status.code(), Some(0), "{}", stderr(&dry));
    assert!(stdout(&dry).contains("+fn main() {}\n"), "{}", stdout(&dry));
    assert_eq!(project.snapshot(), before);
    assert!(!project.exists(".gammaray-migrate"));

    let done = run(&project, &["apply", "-"], &plan());
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let text = stdout(&done);
    assert!(
        text.contains("delete  a.txt\n") && text.contains("the function in Rust"),
        "{text}"
    );
    assert!(!project.exists("a.txt"));
    let status = project.git(&["status", "--porcelain", "--untracked-files=all"]);
    assert_eq!(stdout(&status), " D a.txt\n?? rust/main.rs\n");

    let dry = run(&project, &["undo", "--dry-run"], "");
    assert!(stdout(&dry).contains("+a\n") && !project.exists("a.txt"));
    let undone = run(&project, &["undo", "--format", "json"], "");
    let json: serde_json::Value = serde_json::from_str(&stdout(&undone)).unwrap();
    assert_eq!(json["command"], "rewrite authorizer");
    assert_eq!(json["files"][0]["path"], "rust/main.rs");
    assert_eq!(json["files"][0]["change"], "delete");
    assert_eq!(project.snapshot(), before);

    let no_more = run(&project, &["undo"], "");
    assert_eq!(no_more.status.code(), Some(1));
    assert!(stderr(&no_more).contains("GM0512"), "{}", stderr(&no_more));
}

#[test]
fn refusals_say_what_to_do() {
    let project = versioned();
    project.write("mine.txt", "");
    let dirty = run(&project, &["apply", "-"], &plan());
    assert_eq!(dirty.status.code(), Some(1));
    let said = stderr(&dirty);
    assert!(
        said.contains("GM0506") && said.contains("`mine.txt`"),
        "{said}"
    );
    assert!(said.contains("--allow-dirty"), "{said}");
    assert_eq!(
        run(&project, &["apply", "-", "--allow-dirty"], &plan())
            .status
            .code(),
        Some(0)
    );

    let json = run(&project, &["apply", "-"], "no plan");
    assert_eq!(json.status.code(), Some(1));
    assert!(stderr(&json).contains("GM0501"), "{}", stderr(&json));
    let missing = run(&project, &["apply", "missing.json"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("missing.json"));
    assert_eq!(run(&project, &["apply"], "").status.code(), Some(2));
    assert_eq!(run(&project, &["undo", "now"], "").status.code(), Some(2));
}

#[test]
fn without_git_on_the_path() {
    let project = versioned();
    let run = |flags: &[&str]| {
        Command::new(cargo_bin("gammaray-migrate"))
            .args(["apply", "plan.json"])
            .args(flags)
            .current_dir(project.root())
            .env("PATH", project.path("no-such-folder"))
            .output()
            .unwrap()
    };
    project.write("plan.json", plan());
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(1));
    let said = stderr(&refused);
    assert!(
        said.contains("GM0508") && said.contains("install git"),
        "{said}"
    );
    assert_eq!(run(&["--allow-no-vcs"]).status.code(), Some(0));
}

#[test]
fn a_lock_of_a_living_process_is_respected_and_one_of_a_dead_process_is_not() {
    let project = versioned();
    project.write(".gammaray-migrate/lock", "4000000");
    let lock = std::fs::File::open(project.path(".gammaray-migrate/lock")).unwrap();
    lock.lock().unwrap();
    let refused = run(&project, &["apply", "-", "--allow-dirty"], &plan());
    assert_eq!(refused.status.code(), Some(1));
    let said = stderr(&refused);
    assert!(
        said.contains("GM0509") && said.contains("process 4000000"),
        "{said}"
    );
    drop(lock);
    let done = run(&project, &["apply", "-", "--allow-dirty"], &plan());
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
}

#[test]
fn of_several_at_once_one_wins() {
    let project = Project::empty();
    project.write("plan.json", {
        let mut plan = Plan::new("race");
        for index in 0..20 {
            plan.create(format!("made/{index}"), "x\n", "");
        }
        plan.to_json().unwrap()
    });
    let racers: Vec<_> = (0..6)
        .map(|_| {
            Command::new(cargo_bin("gammaray-migrate"))
                .args(["apply", "plan.json", "--allow-no-vcs", "--allow-dirty"])
                .current_dir(project.root())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let outcomes: Vec<Output> = racers
        .into_iter()
        .map(|racer| racer.wait_with_output().unwrap())
        .collect();
    let won = outcomes.iter().filter(|it| it.status.success()).count();
    assert_eq!(won, 1);
    for lost in outcomes.iter().filter(|it| !it.status.success()) {
        let said = stderr(lost);
        assert!(said.contains("GM0504") || said.contains("GM0509"), "{said}");
    }
    assert_eq!(project.snapshot().len(), 22);
}

#[test]
fn a_dry_run_prints_the_plan_that_apply_takes() {
    let project = versioned();
    let dry = run(
        &project,
        &["apply", "-", "--dry-run", "--format", "json"],
        &plan(),
    );
    assert_eq!(stdout(&dry).trim_end(), plan().trim_end());
    let done = run(&project, &["apply", "-"], &stdout(&dry));
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
}

#[test]
fn a_file_that_git_ignores_is_not_deleted() {
    let project = versioned();
    std::fs::write(project.path(".gitignore"), "secret.toml\n").unwrap();
    project.commit_all();
    std::fs::write(project.path("secret.toml"), "key = 1\n").unwrap();
    let mut plan = Plan::new("test");
    plan.delete("secret.toml", b"key = 1\n", "unused");
    let json = plan.to_json().unwrap();
    let refused = run(&project, &["apply", "-"], &json);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("secret.toml"),
        "{}",
        stderr(&refused)
    );
    assert!(project.exists("secret.toml"));
    let allowed = run(&project, &["apply", "-", "--allow-dirty"], &json);
    assert_eq!(allowed.status.code(), Some(0), "{}", stderr(&allowed));
}
