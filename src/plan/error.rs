use std::io;

use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic};
use crate::edit::Conflict;

/// Why a plan is not applied, undone or repaired. Unless a variant says otherwise, the project is
/// as it was before.
#[derive(Debug, Error)]
pub enum PlanError {
    /// The plan's JSON cannot be used.
    #[error("the plan cannot be read: {why}")]
    Unreadable {
        /// What is wrong with it.
        why: String,
    },
    /// A path that the tool may not write.
    #[error("the plan may not change `{path}`: {why}")]
    Path {
        /// The path as the plan has it.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Files are not as they were when the plan was made.
    #[error("changed since the plan was made: {}", quoted(files))]
    Conflict {
        /// The files, relative to the root.
        files: Vec<String>,
    },
    /// A file that would be created is there.
    #[error("`{path}` exists already")]
    Exists {
        /// The file.
        path: String,
    },
    /// Something that is no regular file, or a symbolic link on the way.
    #[error("`{path}` cannot be changed: {why}")]
    Kind {
        /// The path that is in the way.
        path: String,
        /// What it is.
        why: String,
    },
    /// Edits that contradict each other or do not fit the file.
    #[error("{0}")]
    Edits(#[from] Conflict),
    /// Uncommitted changes.
    #[error("the project has uncommitted changes: {}", quoted(files))]
    Dirty {
        /// The files, relative to the repository's root.
        files: Vec<String>,
    },
    /// No version control.
    #[error("the project is not in a git repository, so nothing but `undo` could bring it back")]
    NoVcs,
    /// Git is not installed.
    #[error("git is not installed, so it is unknown whether the project has uncommitted changes")]
    GitMissing,
    /// Git ran and failed.
    #[error("git could not tell the state of the project: {why}")]
    GitFailed {
        /// What it said.
        why: String,
    },
    /// Another process holds the lock.
    #[error("another gammaray-migrate{} is changing this project", owner(*process))]
    Locked {
        /// Its process number, where known.
        process: Option<u32>,
    },
    /// The disk refused; whatever had been done was taken back.
    #[error("could not {action} `{path}`: {source}; the project is as it was before")]
    Disk {
        /// What was tried.
        action: &'static str,
        /// On what, relative to the root.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The disk refused, and refused to take back what had been done: the project is half
    /// changed until the next run repairs it.
    #[error(
        "could not {action} `{path}`: {source}; the change is half done, and the next run of \
         gammaray-migrate takes it back"
    )]
    HalfDone {
        /// What was tried.
        action: &'static str,
        /// On what, relative to the root.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The change failed and was taken back, except in files that somebody edited meanwhile.
    #[error(
        "{why}; the change was taken back, except {}, edited meanwhile and left alone",
        quoted(files)
    )]
    EditedMeanwhile {
        /// Why the change failed.
        why: String,
        /// The files left alone, relative to the root.
        files: Vec<String>,
        /// Where the copies of these files are, relative to the root.
        kept_in: String,
    },
    /// Nothing to undo.
    #[error("there is no change left to undo")]
    NothingToUndo,
    /// Files were edited after the change.
    #[error("changed after `{command}`: {}", quoted(files))]
    UndoConflict {
        /// The change that would be undone.
        command: String,
        /// The files, relative to the root.
        files: Vec<String>,
    },
    /// Our own records are not as we write them.
    #[error("the records in `{path}` cannot be used: {why}")]
    State {
        /// The file or folder, relative to the root.
        path: String,
        /// What is wrong with it.
        why: String,
    },
}

impl PlanError {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Unreadable { .. } => Code::PlanUnreadable,
            Self::Path { .. } => Code::PlanPath,
            Self::Conflict { .. } | Self::EditedMeanwhile { .. } => Code::PlanConflict,
            Self::Exists { .. } => Code::PlanTargetExists,
            Self::Kind { .. } => Code::PlanTargetKind,
            Self::Edits(_) => Code::EditsOverlap,
            Self::Dirty { .. } => Code::DirtyTree,
            Self::NoVcs => Code::NoVersionControl,
            Self::GitMissing | Self::GitFailed { .. } => Code::GitFailed,
            Self::Locked { .. } => Code::ProjectLocked,
            Self::Disk { .. } => Code::DiskFailed,
            Self::HalfDone { .. } => Code::RepairPending,
            Self::NothingToUndo => Code::NothingToUndo,
            Self::UndoConflict { .. } => Code::UndoConflict,
            Self::State { .. } => Code::StateDamaged,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unreadable { .. } => {
                "make the plan again with this version: the command that printed it, with \
                 --dry-run --format json"
            }
            Self::Path { .. } => {
                "a plan may only name files inside the project, outside `.git` and \
                 `.gammaray-migrate`, each once"
            }
            Self::Conflict { .. } | Self::Edits(_) => {
                "make the plan again from the files as they are now"
            }
            Self::Exists { .. } => {
                "move the file away or commit and delete it, then make the plan again"
            }
            Self::Kind { .. } => "replace it with a regular file or folder inside the project",
            Self::Dirty { .. } => "commit or stash them, or pass --allow-dirty",
            Self::NoVcs => "put the project under git, or pass --allow-no-vcs",
            Self::GitMissing => "install git, or pass --allow-no-vcs",
            Self::GitFailed { .. } => {
                "mend the repository, or pass --allow-dirty and --allow-no-vcs"
            }
            Self::Locked { .. } => "wait for it to end, then try again",
            Self::Disk { source, .. } | Self::HalfDone { source, .. } => disk_help(source),
            Self::EditedMeanwhile { kept_in, .. } => {
                return format!(
                    "compare them with the copies in {kept_in}, whose journal.json names them, \
                     then make the plan again"
                );
            }
            Self::NothingToUndo => {
                "only changes that this tool made can be undone; see `git log` for others"
            }
            Self::UndoConflict { .. } => {
                "take your own edits of these files back first, or revert the change by hand"
            }
            Self::State { .. } => {
                "if a newer version of the tool wrote them, use that one; otherwise move the \
                 folder `.gammaray-migrate` away, which also forgets what `undo` could reverse"
            }
        }
        .to_owned()
    }
}

impl From<PlanError> for Diagnostic {
    fn from(error: PlanError) -> Self {
        Self::error(error.code(), error.to_string()).with_help(error.help())
    }
}

fn disk_help(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space on the disk, then try again"
        }
        io::ErrorKind::PermissionDenied => {
            "give your user the right to write this file and its folder, then try again"
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk is mounted read-only",
        io::ErrorKind::CrossesDevices => {
            "the project spans several disks or mounts; files can only be replaced safely \
             within the one that holds its root"
        }
        _ => "mend the cause, then try again",
    }
}

/// How many names a message lists before it counts the rest.
const NAMES_SHOWN: usize = 10;

fn quoted(files: &[String]) -> String {
    let shown: Vec<String> = files
        .iter()
        .take(NAMES_SHOWN)
        .map(|file| format!("`{file}`"))
        .collect();
    let rest = files.len().saturating_sub(NAMES_SHOWN);
    if rest == 0 {
        shown.join(", ")
    } else {
        format!("{} and {rest} more", shown.join(", "))
    }
}

fn owner(process: Option<u32>) -> String {
    process.map_or_else(String::new, |number| format!(" (process {number})"))
}
