//! Virtual environments and pip: run, and their words kept where they fail.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::diagnostic::printable;

/// Lines of a failed program that are shown.
const LINES: usize = 15;

/// Settings of the user's that would make pip install elsewhere, or Python look elsewhere.
const UNSET: [&str; 6] = [
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PIP_USER",
];

/// The variable that names a file of further settings for setuptools.
const SETUPTOOLS: &str = "DIST_EXTRA_CONFIG";

/// Makes a virtual environment; what is in the folder stays, unless `clear`.
pub(super) fn venv(python: &Path, folder: &Path, clear: bool) -> Result<(), String> {
    let mut command = program(python);
    command.args(["-m", "venv"]);
    if clear {
        command.arg("--clear");
    }
    run(command.arg(folder))
}

/// `pip install` with an interpreter's own pip, in a working folder; perhaps with settings for
/// setuptools.
pub(super) fn install<A: AsRef<OsStr>>(
    python: &Path,
    working_folder: &Path,
    arguments: impl IntoIterator<Item = A>,
    setuptools: Option<&Path>,
) -> Result<(), String> {
    let mut command = program(python);
    if let Some(file) = setuptools {
        command.env(SETUPTOOLS, file);
    }
    command.args(["-m", "pip", "install", "--quiet", "--no-input"]);
    command.arg("--disable-pip-version-check");
    command.env("PIP_ROOT_USER_ACTION", "ignore");
    run(command.args(arguments).current_dir(working_folder))
}

fn program(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.stdin(Stdio::null());
    for name in UNSET {
        command.env_remove(name);
    }
    command
}

/// Runs a program; where it fails, the last lines that it printed.
fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    let output = match command.output() {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => output,
        Err(error) => return Err(format!("{name} could not be started: {error}")),
    };
    let text = match output.stderr.trim_ascii() {
        [] => &output.stdout,
        _ => &output.stderr,
    };
    let text = printable(&String::from_utf8_lossy(text), false);
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).collect();
    match lines.get(lines.len().saturating_sub(LINES)..) {
        None | Some([]) => Err(format!("{name} ended with {}", output.status)),
        Some(last) => Err(last.join("\n")),
    }
}
