//! What a command would change, and the one place that changes it.
//!
//! In: a [`Plan`], computed without touching anything. Out: its views (a diff that `git apply`
//! takes, JSON, a summary with reasons), or the changed tree ([`apply`]), all or nothing, which
//! [`undo`] reverses and [`recover`] repairs after a kill. Never writes outside the project's
//! root, through symbolic links, into `.git`, or over the user's own edits.
//!
//! Not kept by an edit: hard links to the file, extended attributes, and the modification time.

#[cfg(debug_assertions)]
mod crash;
mod diff;
mod digest;
mod disk;
mod error;
mod guard;
mod keep;
mod model;
mod paths;
mod preview;
mod rollback;
mod state;
mod summary;
mod transaction;
mod tree;
mod undo;

use std::path::Path;

use serde::Serialize;

pub use digest::Digest;
pub use disk::{Access, Disk, OsDisk};
pub use error::PlanError;
pub use guard::Guard;
pub use keep::keep;
pub use model::{Change, MAX_PLAN_BYTES, PLAN_SCHEMA, Plan};
pub use preview::{ChangedFile, FileChange, Kind, Preview};
pub use state::STATE_FOLDER;
pub use summary::summary;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::display_path;
use state::State;

/// What was done to the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The number of the change in the history; 0 where there was nothing to change.
    pub number: u32,
    /// The command that was carried out or undone.
    pub command: String,
    /// The files that changed.
    pub files: Vec<ChangedFile>,
    /// An interrupted change that had to be taken back first.
    pub repaired: Option<Repair>,
}

/// What [`recover`] did about a change that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The command that was interrupted.
    pub command: String,
    /// The files that were put back as they were before it.
    pub restored: Vec<String>,
    /// The files that the user has edited since; they were left alone.
    pub left: Vec<String>,
    /// Where the copies of the files left alone are, relative to the root.
    pub kept_in: Option<String>,
}

impl From<&Repair> for Diagnostic {
    fn from(repair: &Repair) -> Self {
        let said = format!(
            "`{}` was interrupted; it has been taken back ({} files restored)",
            repair.command,
            repair.restored.len()
        );
        let Some(kept_in) = &repair.kept_in else {
            return Self::note(Code::ChangeRepaired, said).with_help("run it again");
        };
        let left = repair.left.join("`, `");
        Self::warning(
            Code::ChangeRepaired,
            format!("{said}, except `{left}`, edited since and left alone"),
        )
        .with_help(format!(
            "compare them with the copies in {kept_in}, whose journal.json names them"
        ))
    }
}

/// Carries a plan out on the project at `root`.
///
/// # Errors
/// Nothing has changed then, unless it is [`PlanError::HalfDone`], which the next [`recover`]
/// mends.
pub fn apply(root: &Path, plan: &Plan, guard: &Guard) -> Result<Applied, PlanError> {
    apply_on(&*machine_disk(), root, plan, guard)
}

/// [`apply`] with a disk of the caller's.
///
/// # Errors
/// As [`apply`].
pub fn apply_on(
    disk: &dyn Disk,
    root: &Path,
    plan: &Plan,
    guard: &Guard,
) -> Result<Applied, PlanError> {
    let root = tree::real_root(root)?;
    let repaired = recover_on(disk, &root)?;
    // A refusal leaves no trace, not even our folder; so look first, and again under the lock.
    let early = Preview::of(&root, plan)?;
    let existing = early.files.iter().filter(|file| file.before.is_some());
    guard.check(
        &root,
        &existing.map(|file| file.path.as_str()).collect::<Vec<_>>(),
    )?;
    if early.files.is_empty() {
        return Ok(Applied {
            number: 0,
            command: early.command,
            files: Vec::new(),
            repaired,
        });
    }
    let state = State::of(&root);
    carry_out(disk, &state, repaired, || Preview::of(&root, plan))
}

/// Locks the project, works the change out anew, and makes it.
fn carry_out(
    disk: &dyn Disk,
    state: &State,
    repaired: Option<Repair>,
    preview: impl FnOnce() -> Result<Preview, PlanError>,
) -> Result<Applied, PlanError> {
    let _lock = state.lock(disk)?;
    // Another process may have died since we last looked.
    let repaired = repair(disk, state)?.or(repaired);
    let preview = preview()?;
    let number = transaction::carry_out(disk, state, &preview)?;
    Ok(Applied {
        number,
        files: preview.outline(),
        command: preview.command,
        repaired,
    })
}

/// Takes an interrupted change back. The caller holds the lock.
fn repair(disk: &dyn Disk, state: &State) -> Result<Option<Repair>, PlanError> {
    if !state.is_interrupted() {
        return Ok(None);
    }
    let record = state.record(&state.work())?;
    rollback::roll_back(disk, state, &record).map(Some)
}

/// Reverses the last change that is not undone yet.
///
/// # Errors
/// [`PlanError::NothingToUndo`]; [`PlanError::UndoConflict`] where a file has been edited since;
/// otherwise as [`apply`].
pub fn undo(root: &Path) -> Result<Applied, PlanError> {
    undo_on(&*machine_disk(), root)
}

/// [`undo`] with a disk of the caller's.
///
/// # Errors
/// As [`undo`].
pub fn undo_on(disk: &dyn Disk, root: &Path) -> Result<Applied, PlanError> {
    let root = tree::real_root(root)?;
    let repaired = recover_on(disk, &root)?;
    let state = State::of(&root);
    undo::preview(&state)?;
    carry_out(disk, &state, repaired, || undo::preview(&state))
}

/// What [`undo`] would do. Reads only.
///
/// # Errors
/// As [`undo`].
pub fn preview_undo(root: &Path) -> Result<Preview, PlanError> {
    undo::preview(&State::of(&tree::real_root(root)?))
}

/// Takes back a change that was interrupted; called at the start of every command. One look at
/// the disk where there is nothing to do, which gives `None`.
///
/// # Errors
/// [`PlanError::Locked`] while another process is at work; a damaged journal; the disk's refusal.
pub fn recover(root: &Path) -> Result<Option<Repair>, PlanError> {
    recover_on(&*machine_disk(), root)
}

/// [`recover`] with a disk of the caller's.
///
/// # Errors
/// As [`recover`].
pub fn recover_on(disk: &dyn Disk, root: &Path) -> Result<Option<Repair>, PlanError> {
    if !State::of(root).is_interrupted() {
        return Ok(None);
    }
    let state = State::of(&tree::real_root(root)?);
    let _lock = state.lock(disk)?;
    repair(disk, &state)
}

/// Whether the plan's path would be accepted, by its text alone: for code that makes plans.
///
/// # Errors
/// [`PlanError::Path`].
pub fn check_path(path: &Path) -> Result<(), PlanError> {
    paths::check(&display_path(path))
}

#[cfg(debug_assertions)]
fn machine_disk() -> Box<dyn Disk> {
    crash::disk_that_may_crash()
}

#[cfg(not(debug_assertions))]
fn machine_disk() -> Box<dyn Disk> {
    Box::new(OsDisk)
}
