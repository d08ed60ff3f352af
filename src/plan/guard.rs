use std::io;
use std::path::Path;
use std::process::Output;

use super::PlanError;
use super::state::STATE_FOLDER;

/// Whether a tree may be changed that git could not bring back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guard {
    /// Also with uncommitted changes.
    pub allow_dirty: bool,
    /// Also without version control.
    pub allow_no_vcs: bool,
}

impl Guard {
    /// Asks git about the project at `root`, of which `touched` exist and are to be edited or
    /// deleted: a file that git ignores is one that it could not bring back.
    ///
    /// # Errors
    /// [`PlanError::Dirty`], [`PlanError::NoVcs`], [`PlanError::GitMissing`],
    /// [`PlanError::GitFailed`], as far as this guard does not allow it.
    pub fn check(&self, root: &Path, touched: &[&str]) -> Result<(), PlanError> {
        if self.allow_dirty && self.allow_no_vcs {
            return Ok(());
        }
        let lost = uncommitted(root).and_then(|mut files| {
            files.extend(ignored(root, touched)?);
            Ok(files)
        });
        match lost {
            Ok(files) if files.is_empty() || self.allow_dirty => Ok(()),
            Ok(files) => Err(PlanError::Dirty { files }),
            Err(PlanError::NoVcs | PlanError::GitMissing) if self.allow_no_vcs => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Files below `root` that are not as the last commit has them, untracked ones included.
fn uncommitted(root: &Path) -> Result<Vec<String>, PlanError> {
    let inside = git(root, &["rev-parse", "--is-inside-work-tree"])?;
    if !inside.status.success() {
        let said = String::from_utf8_lossy(&inside.stderr);
        return Err(if said.contains("not a git repository") {
            PlanError::NoVcs
        } else {
            failed(&inside)
        });
    }
    if inside.stdout.trim_ascii() != b"true" || is_ignored(root)? {
        return Err(PlanError::NoVcs);
    }
    let status = git(
        root,
        &[
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=normal",
            "--",
            ".",
        ],
    )?;
    if !status.status.success() {
        return Err(failed(&status));
    }
    let listed = String::from_utf8_lossy(&status.stdout);
    Ok(listed
        .split('\0')
        .filter_map(|entry| entry.get(3..))
        .filter(|path| !path.split('/').any(|part| part == STATE_FOLDER))
        .map(str::to_owned)
        .collect())
}

/// Those of `touched` that git ignores.
fn ignored(root: &Path, touched: &[&str]) -> Result<Vec<String>, PlanError> {
    if touched.is_empty() {
        return Ok(Vec::new());
    }
    let arguments = [
        "ls-files",
        "-z",
        "--others",
        "--ignored",
        "--exclude-standard",
        "--",
    ];
    let paths = touched.iter().map(|path| format!(":(literal){path}"));
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| (*argument).to_owned())
        .chain(paths)
        .collect();
    let listed = git(
        root,
        &arguments.iter().map(String::as_str).collect::<Vec<_>>(),
    )?;
    if !listed.status.success() {
        return Err(failed(&listed));
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    Ok(names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect())
}

/// Whether the repository around the project ignores it, so that no commit holds it.
fn is_ignored(root: &Path) -> Result<bool, PlanError> {
    let answer = git(root, &["check-ignore", "--quiet", "."])?;
    Ok(answer.status.success())
}

fn failed(output: &Output) -> PlanError {
    PlanError::GitFailed {
        why: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, PlanError> {
    crate::source::git(root)
        .args(arguments)
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PlanError::GitMissing,
            _ => PlanError::GitFailed {
                why: error.to_string(),
            },
        })
}
