use std::path::Path;

use serde::Serialize;

use super::disk::Access;
use super::tree::{self, FileState, Found};
use super::{Change, Digest, Plan, PlanError, paths};
use crate::edit;
use crate::source::display_path;

/// What a plan, or an undo, comes to on the project as it stands: for each file the bytes
/// before and after. Diff and summary are views of it; applying carries it out.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The command that is carried out or undone.
    pub command: String,
    pub(super) undoes: Option<u32>,
    /// Folders that may go once they are empty, deepest first.
    pub(super) spare_folders: Vec<String>,
    /// The files, in the plan's order; those that would not change are left out.
    pub files: Vec<FileChange>,
}

/// One file of a [`Preview`].
#[derive(Debug, Clone)]
pub struct FileChange {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// Why, in order.
    pub reasons: Vec<String>,
    pub(super) before: Option<Found>,
    pub(super) after: Option<Wanted>,
}

/// What happens to a file, as people and JSON see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedFile {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// What happens to it.
    pub change: Kind,
    /// How many lines it has afterwards.
    pub lines: usize,
    /// Why, in order.
    pub reasons: Vec<String>,
}

/// The three things that can happen to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Create,
    /// It stays, with other contents.
    Edit,
    /// It goes.
    Delete,
}

/// A file as it shall be.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) bytes: Vec<u8>,
    pub(super) access: Access,
}

impl FileChange {
    /// The bytes before; `None` where the file is new.
    pub fn before(&self) -> Option<&[u8]> {
        self.before.as_ref().map(|found| found.bytes.as_slice())
    }

    /// The bytes after; `None` where the file goes.
    pub fn after(&self) -> Option<&[u8]> {
        self.after.as_ref().map(|wanted| wanted.bytes.as_slice())
    }

    /// The same without the contents.
    pub fn outline(&self) -> ChangedFile {
        let change = match (&self.before, &self.after) {
            (None, _) => Kind::Create,
            (Some(_), Some(_)) => Kind::Edit,
            (Some(_), None) => Kind::Delete,
        };
        let after = self.after().unwrap_or_default();
        ChangedFile {
            path: self.path.clone(),
            change,
            lines: String::from_utf8_lossy(after).lines().count(),
            reasons: self.reasons.clone(),
        }
    }

    fn changes_nothing(&self) -> bool {
        self.before() == self.after()
    }
}

impl Preview {
    /// The files without their contents.
    pub fn outline(&self) -> Vec<ChangedFile> {
        self.files.iter().map(FileChange::outline).collect()
    }

    /// Works a plan out on the project at `root`. Reads only.
    ///
    /// # Errors
    /// Any fault of the plan's paths or edits, and [`PlanError::Conflict`] with all files that
    /// are not as they were when the plan was made.
    pub fn of(root: &Path, plan: &Plan) -> Result<Self, PlanError> {
        let root = tree::real_root(root)?;
        paths::check_together(plan.changes.iter().map(Change::path))?;
        let mut files = Vec::new();
        let mut stale = Vec::new();
        for change in &plan.changes {
            let found = tree::look(&root, change.path())?;
            if is_stale(change, found.as_ref().map(|found| &found.state)) {
                stale.push(change.path().to_owned());
                continue;
            }
            let after = wanted(change, found.as_ref())?;
            files.push(FileChange {
                path: change.path().to_owned(),
                reasons: change.reasons().into_iter().map(str::to_owned).collect(),
                before: found,
                after,
            });
        }
        if !stale.is_empty() {
            return Err(PlanError::Conflict { files: stale });
        }
        files.retain(|file| !file.changes_nothing());
        Ok(Self {
            command: plan.command.clone(),
            undoes: None,
            spare_folders: Vec::new(),
            files,
        })
    }
}

fn is_stale(change: &Change, found: Option<&FileState>) -> bool {
    let expected: Option<&Digest> = match change {
        Change::Create { .. } => return false,
        Change::Edit { before, .. } | Change::Delete { before, .. } => Some(before),
    };
    found.map(|state| &state.sha256) != expected
}

fn wanted(change: &Change, found: Option<&Found>) -> Result<Option<Wanted>, PlanError> {
    match (change, found) {
        (Change::Create { path, .. }, Some(_)) => Err(PlanError::Exists { path: path.clone() }),
        (
            Change::Create {
                contents,
                executable,
                ..
            },
            None,
        ) => Ok(Some(Wanted {
            bytes: contents.clone().into_bytes(),
            access: if *executable {
                Access::Executable
            } else {
                Access::Plain
            },
        })),
        (Change::Edit { path, edits, .. }, Some(found)) => edited(path, edits, found).map(Some),
        (Change::Edit { .. }, None) | (Change::Delete { .. }, _) => Ok(None),
    }
}

fn edited(path: &str, edits: &[edit::Edit], found: &Found) -> Result<Wanted, PlanError> {
    if let Some(stray) = edits.iter().find(|edit| display_path(&edit.file) != path) {
        return Err(PlanError::Unreadable {
            why: format!(
                "an edit of `{}` stands among those of `{path}`",
                display_path(&stray.file)
            ),
        });
    }
    let text = std::str::from_utf8(&found.bytes).map_err(|_| PlanError::Kind {
        path: path.to_owned(),
        why: "it is not UTF-8 text".to_owned(),
    })?;
    Ok(Wanted {
        bytes: edit::apply(text, edits)?.into_bytes(),
        access: found.state.access(),
    })
}
