use std::io;
use std::path::Path;
use std::process::{Command, Output};

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
    /// Asks git about the project at `root`.
    ///
    /// # Errors
    /// [`PlanError::Dirty`], [`PlanError::NoVcs`], [`PlanError::GitMissing`],
    /// [`PlanError::GitFailed`], as far as this guard does not allow it.
    pub fn check(&self, root: &Path) -> Result<(), PlanError> {
        if self.allow_dirty && self.allow_no_vcs {
            return Ok(());
        }
        match uncommitted(root) {
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
    Command::new("git")
        .arg("--no-optional-locks")
        // A repository's own settings must not run programs on our behalf.
        .args(["-c", "core.fsmonitor=false"])
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PlanError::GitMissing,
            _ => PlanError::GitFailed {
                why: error.to_string(),
            },
        })
}
