//! The installation: what is done, what is left, and what is said when it fails.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::{doctor, stderr, stdout};

/// Writes a program.
pub(super) fn program(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A machine whose only program is a Python that installs nothing and notes what it is asked.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("path");
        fs::create_dir(&bin).unwrap();
        let fake = include_str!("../../fixtures/doctor/python3");
        program(&bin.join("python3"), fake);
        Self { folder }
    }

    fn tools(&self) -> PathBuf {
        self.folder.path().join("tools")
    }

    /// Runs `doctor --install`; what Python was asked to install, and the output.
    fn install(&self, arguments: &[&str], fails: &str) -> (Vec<String>, Output) {
        let asked = self.folder.path().join("asked");
        fs::write(&asked, "").unwrap();
        let arguments = [&["--install"], arguments].concat();
        let mut command = doctor(&self.folder.path().join("path"), &self.tools(), &arguments);
        command.env("ASKED", &asked).env("FAILS", fails);
        let output = command.output().unwrap();
        let asked = fs::read_to_string(asked).unwrap();
        let installed = asked.lines().filter(|line| line.contains(" install "));
        let files = installed.map(|line| line.rsplit('/').next().unwrap().to_owned());
        (files.collect(), output)
    }

    fn done(&self) -> Vec<String> {
        let entries = self.tools().join("done").read_dir().unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

const PARTS: [&str; 3] = ["runtime-3.11", "sam-cli", "tools"];

#[test]
fn each_part_is_installed_once() {
    let machine = Machine::new();
    let (installed, output) = machine.install(&[], "");
    assert_eq!(
        installed,
        ["tools.txt", "sam.txt", "runtime.txt", "coverage.txt"],
        "{}",
        stderr(&output)
    );
    assert_eq!(machine.done(), PARTS);
    // Quiet in a pipe, and then the table; this Python has put nothing in its environments.
    assert_eq!(stderr(&output), "");
    assert!(stdout(&output).contains("To install what is missing"));
    let (installed, _) = machine.install(&[], "");
    assert!(installed.is_empty(), "{installed:?}");
}

#[test]
fn what_was_interrupted_is_done_again() {
    let machine = Machine::new();
    machine.install(&[], "");
    fs::remove_file(machine.tools().join("done/sam-cli")).unwrap();
    let leftover = machine.tools().join("sam/half");
    fs::write(&leftover, "").unwrap();
    let (installed, _) = machine.install(&[], "");
    assert_eq!(installed, ["sam.txt"]);
    assert_eq!(machine.done(), PARTS);
}

#[test]
fn what_was_made_from_other_versions_or_broke_is_done_again() {
    let machine = Machine::new();
    machine.install(&[], "");
    fs::write(machine.tools().join("done/runtime-3.11"), "boto3==1.0").unwrap();
    let (installed, _) = machine.install(&[], "");
    assert_eq!(installed, ["runtime.txt", "coverage.txt"]);
    // As after the machine's Python was removed.
    fs::remove_file(machine.tools().join("bin/python3")).unwrap();
    let (installed, _) = machine.install(&[], "");
    assert_eq!(installed, ["tools.txt"]);
}

#[test]
fn a_failure_is_told_in_pips_words_and_the_next_run_goes_on() {
    let machine = Machine::new();
    let (installed, output) = machine.install(&[], "sam.txt");
    assert_eq!(installed, ["tools.txt", "sam.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("GM0782"), "{said}");
    assert!(said.contains("SAM CLI could not be installed"), "{said}");
    assert!(said.contains("ERROR: the index is not there"), "{said}");
    assert_eq!(stdout(&output), "");
    assert_eq!(machine.done(), ["tools"]);
    let (installed, _) = machine.install(&[], "");
    assert_eq!(installed, ["sam.txt", "runtime.txt", "coverage.txt"]);
}

#[test]
fn a_python_that_is_not_here_is_refused_before_anything_is_installed() {
    let machine = Machine::new();
    let (installed, output) = machine.install(&["--python", "3.12"], "");
    assert!(installed.is_empty());
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("Python 3.12 was not found"), "{said}");
    assert!(!machine.tools().exists());

    let nothing = tempfile::tempdir().unwrap();
    let mut command = doctor(Path::new(""), nothing.path(), &["--install"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("no Python 3.10 or later"), "{said}");
}

/// Some 250 MB from the package index.
#[test]
#[ignore = "takes a minute"]
fn a_real_installation_makes_the_machine_ready() {
    let tools = tempfile::tempdir().unwrap();
    let doctor = |arguments: &[&str]| {
        let mut command = Command::new(cargo_bin("gammaray-migrate"));
        command.arg("doctor").args(arguments);
        command.env("GAMMARAY_TOOLS", tools.path());
        command.output().unwrap()
    };
    let started = Instant::now();
    let output = doctor(&["--install"]);
    println!("installed in {:.0?}", started.elapsed());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stdout(&output).contains("missing"), "{}", stdout(&output));
    let started = Instant::now();
    assert_eq!(doctor(&["--install"]).status.code(), Some(0));
    println!("the second time in {:.0?}", started.elapsed());
}
