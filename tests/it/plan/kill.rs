//! A change that is killed at any step leaves the old tree, the new one, or one that the next
//! run repairs.
//!
//! In process, 200 random plans (`GAMMARAY_STOP_PLANS`). With SIGKILL to the real binary, 3, since
//! each step costs two processes; all of them with
//! `GAMMARAY_KILL_PLANS=200 cargo test --test it plan::kill -- --nocapture`.

use std::cell::Cell;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use gammaray_migrate::plan::{self, Access, Disk, OsDisk};
use rayon::prelude::*;

use super::project::{Project, Snapshot, UNGUARDED};
use super::random::{Case, cases};

/// Stops dead at a step: that operation happens not at all or half, and nothing after it.
struct StoppingDisk {
    left: Cell<u32>,
}

impl StoppingDisk {
    fn at(step: u32) -> Self {
        Self {
            left: Cell::new(step),
        }
    }

    fn is_dead(&self) -> bool {
        self.left.get() == 0
    }

    fn step(&self) -> io::Result<()> {
        self.left.set(self.left.get().saturating_sub(1));
        if self.is_dead() {
            return Err(io::Error::other("stopped dead"));
        }
        Ok(())
    }

    fn around(&self, operation: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        self.step()?;
        let done = operation();
        self.step()?;
        done
    }
}

impl Disk for StoppingDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.create_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        self.step()?;
        let half = &bytes[..bytes.len() / 2];
        self.step().or_else(|dead| {
            OsDisk.write_new(path, half, access)?;
            Err(dead)
        })?;
        OsDisk.write_new(path, bytes, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.around(|| OsDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.remove_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.sync_folder(path))
    }
}

fn number_from(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn is_repaired(project: &Project, old: &Snapshot, new: &Snapshot, what: &str) {
    assert!(
        !project.exists(".gammaray-migrate/work/journal.json"),
        "{what}"
    );
    let now = project.snapshot();
    assert!(
        now == *old || now == *new,
        "{what}: {now:#?}\nold {old:#?}\nnew {new:#?}"
    );
}

/// Kills `run` at every step, then the repair at one, then repairs. How often it was killed.
fn kill_at_every_step(
    prepare: impl Fn() -> Project,
    run: impl Fn(&Project, &StoppingDisk),
    finished: impl Fn(&Project),
) -> u32 {
    let reference = prepare();
    let old = reference.snapshot();
    finished(&reference);
    let new = reference.snapshot();
    for step in 1.. {
        let project = prepare();
        let disk = StoppingDisk::at(step);
        run(&project, &disk);
        if !disk.is_dead() {
            assert_eq!(project.snapshot(), new);
            return step - 1;
        }
        let second = StoppingDisk::at(1 + step * 7 % 31);
        let _stopped = plan::recover_on(&second, project.root());
        plan::recover(project.root()).unwrap();
        is_repaired(&project, &old, &new, &format!("stopped at {step}"));
        // Whatever was left behind is in nobody's way.
        if step % 4 == 0 && project.snapshot() == old {
            finished(&project);
            assert_eq!(project.snapshot(), new, "again after {step}");
        }
    }
    unreachable!("a run ends");
}

fn apply(case: &Case, project: &Project) {
    plan::apply(project.root(), &case.plan, &UNGUARDED).unwrap();
}

#[test]
fn stopped_dead_at_every_step_of_apply_and_undo() {
    let kills: u32 = cases(number_from("GAMMARAY_STOP_PLANS", 200))
        .par_iter()
        .map(stopped_dead_at_every_step_of)
        .sum();
    println!("stopped dead {kills} times");
    assert!(kills > 0);
}

fn stopped_dead_at_every_step_of(case: &Case) -> u32 {
    let applying = kill_at_every_step(
        || case.project(),
        |project, disk| {
            let _stopped = plan::apply_on(disk, project.root(), &case.plan, &UNGUARDED);
        },
        |project| apply(case, project),
    );
    let changed = case.project();
    apply(case, &changed);
    if changed.snapshot() == case.project().snapshot() {
        return applying;
    }
    let undoing = kill_at_every_step(
        || {
            let project = case.project();
            apply(case, &project);
            project
        },
        |project, disk| {
            let _stopped = plan::undo_on(disk, project.root());
        },
        |project| {
            plan::undo(project.root()).unwrap();
        },
    );
    applying + undoing
}

fn binary(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("gammaray-migrate"));
    command
        .args(arguments)
        .arg("--project")
        .arg(project.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// SIGKILLs the binary at every step of `arguments`, then lets another run repair. How often it
/// was killed.
fn sigkill_at_every_step_of(
    prepare: impl Fn() -> Project,
    arguments: &[&str],
    new: &Snapshot,
) -> u32 {
    use std::os::unix::process::ExitStatusExt;
    let old = prepare().snapshot();
    let empty = r#"{"schema": 1, "command": "none", "changes": []}"#;
    let files = Project::with(&[("none.json", empty)]);
    let nothing = files.path("none.json");
    for step in 1.. {
        let project = prepare();
        let status = binary(&project, arguments)
            .env("GAMMARAY_CRASH_AT", step.to_string())
            .status()
            .unwrap();
        if status.success() {
            assert_eq!(project.snapshot(), *new);
            return step - 1;
        }
        assert_eq!(status.signal(), Some(9), "step {step}");
        let next = ["apply", nothing.to_str().unwrap(), "--dry-run"];
        assert!(binary(&project, &next).status().unwrap().success());
        is_repaired(&project, &old, new, &format!("killed at {step}"));
    }
    unreachable!("a run ends");
}

/// A kill may also come between two steps or within a system call, from anyone at any time.
#[test]
fn sigkill_from_outside_at_any_time() {
    let cases = cases(number_from("GAMMARAY_RANDOM_KILLS", 40));
    let empty = r#"{"schema": 1, "command": "none", "changes": []}"#;
    let (mut killed, mut repaired) = (0, 0);
    for (number, case) in (0_u32..).zip(&cases) {
        let files = Project::with(&[
            ("plan.json", &case.plan.to_json().unwrap()),
            ("none.json", empty),
        ]);
        let (plan_file, nothing) = (files.path("plan.json"), files.path("none.json"));
        let done = case.project();
        let old = done.snapshot();
        apply(case, &done);
        let new = done.snapshot();
        let project = case.project();
        let arguments = [
            "apply",
            plan_file.to_str().unwrap(),
            "--allow-dirty",
            "--allow-no-vcs",
        ];
        let mut child = binary(&project, &arguments).spawn().unwrap();
        // Spread over the time that a run takes, by a step that never repeats.
        thread::sleep(Duration::from_micros(u64::from(number * 977 % 12_000)));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        repaired += u32::from(project.exists(".gammaray-migrate/work/journal.json"));
        let next = ["apply", nothing.to_str().unwrap(), "--dry-run"];
        assert!(binary(&project, &next).status().unwrap().success());
        is_repaired(&project, &old, &new, &format!("killed, case {number}"));
    }
    println!(
        "killed {killed} of {} runs, {repaired} of them half done",
        cases.len()
    );
    assert!(killed > 0, "every run ended before its kill");
}

#[test]
#[cfg(debug_assertions)]
fn sigkill_at_every_step() {
    let kills: u32 = cases(number_from("GAMMARAY_KILL_PLANS", 3))
        .par_iter()
        .map(|case| {
            let changed = || {
                let project = case.project();
                apply(case, &project);
                project
            };
            let (old, new) = (case.project().snapshot(), changed().snapshot());
            let files = Project::with(&[("plan.json", &case.plan.to_json().unwrap())]);
            let plan_file = files.path("plan.json");
            let apply = [
                "apply",
                plan_file.to_str().unwrap(),
                "--allow-dirty",
                "--allow-no-vcs",
            ];
            let mut kills = sigkill_at_every_step_of(|| case.project(), &apply, &new);
            if new != old {
                kills += sigkill_at_every_step_of(changed, &["undo"], &old);
            }
            kills
        })
        .sum();
    println!("killed {kills} times");
    assert!(kills > 0);
}
