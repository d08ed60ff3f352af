//! Tries a plan on a copy: whether what it generates compiles, before anything is written.
//!
//! In: a [`Rewrite`]. Out: the same with the workspace's Cargo.lock in its plan. Writes into a
//! temporary folder and, for what cargo builds, into the tool's cache, which projects share.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ignore::WalkBuilder;
use serde_json::Value;
use tempfile::TempDir;

use super::{Rewrite, record};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{self, Guard, Plan};
use crate::source::display_path;
use crate::tools;

/// Files at the workspace's root that decide how cargo builds.
const SETTINGS: [&str; 6] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    ".cargo/config",
    "rust-toolchain.toml",
    "rust-toolchain",
];

/// How many lines of cargo's words are shown.
const LINES: usize = 40;

/// Why the check failed.
#[derive(Debug)]
pub struct Failure {
    /// For the user.
    pub diagnostic: Diagnostic,
    /// All that cargo said, for a report; empty where it did not come to compiling.
    pub output: String,
}

/// Compiles the plan's crates on a copy and adds Cargo.lock to the plan. `progress` hears the name
/// of each crate that was compiled.
///
/// # Errors
/// Where they do not compile, or cargo cannot be run or has not got the packages.
pub fn check(
    root: &Path,
    rewrite: &mut Rewrite,
    progress: &dyn Fn(&str),
) -> Result<(), Box<Failure>> {
    let cargo = tools::find("cargo")
        .ok_or_else(|| not_run("cargo is missing", "install Rust, or pass `--no-check`"))?;
    let copy = staged(root, rewrite)?;
    let folder = copy.path().join(&rewrite.workspace);
    let run = |offline: bool| {
        run(&cargo, &folder, &rewrite.packages, offline, progress)
            .map_err(|error| not_run(error, "mend cargo, or pass `--no-check`"))
    };
    let mut checked = run(false)?;
    if !checked.success && checked.errors.is_empty() {
        let again = run(true)?;
        if again.success || !again.errors.is_empty() {
            checked = again;
        }
    }
    if !checked.success {
        return Err(Box::new(failure(&checked)));
    }
    lock(root, &folder, &rewrite.workspace, &mut rewrite.plan);
    Ok(())
}

fn not_run(why: impl std::fmt::Display, help: &str) -> Box<Failure> {
    let message = format!("the generated Rust could not be checked: {why}");
    Box::new(Failure {
        diagnostic: Diagnostic::error(Code::CheckFailed, message).with_help(help),
        output: String::new(),
    })
}

/// What cargo came to.
struct Checked {
    success: bool,
    /// The compiler's errors as it shows them.
    errors: Vec<String>,
    /// What cargo itself said.
    said: String,
}

fn run(
    cargo: &Path,
    folder: &Path,
    packages: &[String],
    offline: bool,
    progress: &dyn Fn(&str),
) -> io::Result<Checked> {
    let mut child = Command::new(cargo)
        .args(["check", "--all-targets", "--message-format=json"])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .args(offline.then_some("--offline"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", tools::folder().with_file_name("check"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let said = std::thread::spawn(move || {
        let mut said = Vec::new();
        let read = stderr.map(|mut stderr| stderr.read_to_end(&mut said));
        read.transpose()
            .map(|_| String::from_utf8_lossy(&said).into_owned())
    });
    let mut errors = Vec::new();
    for line in stdout
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines)
    {
        let Ok(message) = serde_json::from_str::<Value>(&line?) else {
            continue;
        };
        match heard(&message) {
            Some(Heard::Compiled(name)) => progress(name),
            Some(Heard::Error(text)) => errors.push(text.to_owned()),
            None => {}
        }
    }
    let success = child.wait()?.success();
    let said = said.join().unwrap_or_else(|_| Ok(String::new()))?;
    Ok(Checked {
        success,
        errors,
        said,
    })
}

/// One of cargo's messages.
enum Heard<'a> {
    Compiled(&'a str),
    Error(&'a str),
}

fn heard(message: &Value) -> Option<Heard<'_>> {
    match message.get("reason")?.as_str()? {
        "compiler-artifact" => {
            let name = message.get("target")?.get("name")?.as_str()?;
            Some(Heard::Compiled(name))
        }
        "compiler-message" => {
            let message = message.get("message")?;
            let is_error = message.get("level")?.as_str()? == "error";
            is_error.then(|| Some(Heard::Error(message.get("rendered")?.as_str()?)))?
        }
        _ => None,
    }
}

fn failure(checked: &Checked) -> Failure {
    let errors = &checked.errors;
    if errors.is_empty() {
        let lines = checked.said.lines().filter(|line| !line.trim().is_empty());
        let lines: Vec<&str> = lines.collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join("\n");
        return *not_run(
            format!("cargo says\n{last}"),
            "mend what cargo names, or pass `--no-check` and compile later",
        );
    }
    let message = format!(
        "the generated Rust does not compile ({} errors): a mistake of this tool, so nothing was \
         written",
        errors.len()
    );
    Failure {
        diagnostic: Diagnostic::error(Code::DoesNotCompile, message)
            .with_help("please report it, with the function's Python and the report named here"),
        output: errors.join("\n"),
    }
}

/// The project's Rust with the plan carried out, in a temporary folder.
fn staged(root: &Path, rewrite: &Rewrite) -> Result<TempDir, Box<Failure>> {
    let refuse = |error: &dyn std::fmt::Display| {
        not_run(
            error,
            "free some space for temporary files, or pass `--no-check`",
        )
    };
    let copy = tempfile::tempdir().map_err(|error| refuse(&error))?;
    for path in rust_files(root, &rewrite.workspace) {
        copy_file(root, copy.path(), &path).map_err(|error| refuse(&error))?;
    }
    let mut plan = Plan::new("check");
    let changes = rewrite.plan.changes.iter();
    let is_there = |path: &str| copy.path().join(path).exists();
    for change in changes {
        let is_new = matches!(change, plan::Change::Create { .. });
        if is_new || is_there(change.path()) {
            plan.changes.push(change.clone());
        }
    }
    let guard = Guard {
        allow_dirty: true,
        allow_no_vcs: true,
    };
    plan::apply(copy.path(), &plan, &guard).map_err(|error| refuse(&error))?;
    Ok(copy)
}

/// Files of the workspace: its settings and all that lies in a package's folder.
fn rust_files(root: &Path, workspace: &Path) -> Vec<PathBuf> {
    let top = root.join(workspace);
    let mut files: Vec<PathBuf> = SETTINGS
        .iter()
        .map(|name| workspace.join(name))
        .filter(|path| root.join(path).is_file())
        .collect();
    if !top.join("Cargo.toml").is_file() {
        return files;
    }
    let walk = WalkBuilder::new(&top)
        .hidden(false)
        .require_git(false)
        .build();
    let found = walk.flatten().filter(|entry| entry.path().is_file());
    for entry in found {
        let Ok(path) = entry.path().strip_prefix(root) else {
            continue;
        };
        let below = path.strip_prefix(workspace).unwrap_or(path);
        let of_root = below.starts_with("src") || below.parent() == Some(Path::new(""));
        let in_package = below.ancestors().skip(1).any(|folder| {
            !folder.as_os_str().is_empty() && top.join(folder).join("Cargo.toml").is_file()
        });
        let is_rust = in_package || (of_root && path.extension().is_some_and(|it| it == "rs"));
        if is_rust && !below.starts_with(".git") && !files.iter().any(|known| known == path) {
            files.push(path.to_owned());
        }
    }
    files
}

#[expect(
    clippy::disallowed_methods,
    reason = "into a temporary folder, never into the project"
)]
fn copy_file(root: &Path, copy: &Path, path: &Path) -> io::Result<()> {
    let place = copy.join(path);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(root.join(path), place).map(|_| ())
}

/// Takes the lock file that cargo wrote over into the plan.
fn lock(root: &Path, folder: &Path, workspace: &Path, plan: &mut Plan) {
    const REASON: &str = "the versions that the check was made with";
    let Ok(text) = fs::read_to_string(folder.join("Cargo.lock")) else {
        return;
    };
    let path = display_path(&workspace.join("Cargo.lock"));
    match fs::read(root.join(&path)) {
        Ok(found) => record::replace(plan, &path, &found, &text, REASON),
        Err(_) => plan.create(path, text, REASON),
    }
}
