//! The tool's own folder in the project: the lock, the change under way, and the history.
//!
//! ```text
//! .gammaray-migrate/
//!   .gitignore             keeps the folder out of git
//!   lock                   held while the project is changed
//!   work/journal.json      a Record: the change under way; it alone makes `work` count
//!   work/0000.new, .old    the files of the first step after and before
//!   history/0001/          a `work` folder whose change is done
//!   interrupted/0001/      files that a repair did not put back, since the user had edited them
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Access, Disk, Lock};
use super::tree::{self, FileState, failed};
use super::{PlanError, paths};

/// The folder's name, below the project's root.
pub const STATE_FOLDER: &str = ".gammaray-migrate";

/// The version of [`Record`] that this program writes and reads.
const RECORD_SCHEMA: u32 = 1;

const JOURNAL: &str = "journal.json";
const WORK: &str = "work";
const HISTORY: &str = "history";
const INTERRUPTED: &str = "interrupted";

/// One change of the tree, under way or done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) schema: u32,
    pub(super) number: u32,
    pub(super) command: String,
    /// The number of the change that this one reversed.
    pub(super) undoes: Option<u32>,
    /// Folders that it made, parents first.
    pub(super) made_folders: Vec<String>,
    /// Folders that it removed if they were empty, deepest first.
    pub(super) spare_folders: Vec<String>,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) path: String,
    pub(super) before: Option<FileState>,
    pub(super) after: Option<FileState>,
}

#[derive(Deserialize)]
struct Version {
    schema: u32,
}

impl Record {
    pub(super) fn new(number: u32, command: String, undoes: Option<u32>) -> Self {
        Self {
            schema: RECORD_SCHEMA,
            number,
            command,
            undoes,
            made_folders: Vec::new(),
            spare_folders: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn parse(json: &[u8]) -> Result<Self, String> {
        let version: Version = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if version.schema != RECORD_SCHEMA {
            return Err(format!(
                "its schema is {}, and this program knows {RECORD_SCHEMA}",
                version.schema
            ));
        }
        let record: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        // The folder came with the project; whoever wrote it must not lead us elsewhere.
        let named = record.made_folders.iter().chain(&record.spare_folders);
        for path in named.chain(record.steps.iter().map(|step| &step.path)) {
            paths::check(path).map_err(|error| error.to_string())?;
        }
        Ok(record)
    }
}

/// Which of a step's two files.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Old,
    New,
}

/// Name of a step's file in `work` or in a history entry.
pub(super) fn step_file(index: usize, side: Side) -> String {
    match side {
        Side::Old => format!("{index:04}.old"),
        Side::New => format!("{index:04}.new"),
    }
}

/// The places in the state folder of one project.
#[derive(Debug, Clone)]
pub(super) struct State {
    root: PathBuf,
}

impl State {
    /// The state of the project whose real root is `root`. Touches nothing.
    pub(super) fn of(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.root.join(STATE_FOLDER)
    }

    pub(super) fn work(&self) -> PathBuf {
        self.folder().join(WORK)
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.work().join(JOURNAL)
    }

    pub(super) fn history(&self) -> PathBuf {
        self.folder().join(HISTORY)
    }

    pub(super) fn entry(&self, number: u32) -> PathBuf {
        self.history().join(format!("{number:04}"))
    }

    /// Whether a change was begun and neither finished nor taken back. One look at the disk.
    pub(super) fn is_interrupted(&self) -> bool {
        fs::symlink_metadata(self.journal()).is_ok()
    }

    /// Makes the folder where it is missing and takes the lock.
    pub(super) fn lock(&self, disk: &dyn Disk) -> Result<Lock, PlanError> {
        let folder = self.folder();
        let io = |error| failed("prepare", STATE_FOLDER, error);
        make_folder(disk, &folder).map_err(io)?;
        self.check_folder(STATE_FOLDER)?;
        let lock = folder.join("lock");
        if fs::symlink_metadata(&lock).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(self.damaged(&lock, "it is not a regular file"));
        }
        let taken = Lock::take(&lock).map_err(|error| failed("lock", STATE_FOLDER, error))?;
        let Some(taken) = taken else {
            let process = fs::read_to_string(&lock).unwrap_or_default();
            return Err(PlanError::Locked {
                process: process.parse().ok(),
            });
        };
        self.write_ignore_file(disk).map_err(io)?;
        for part in [WORK, HISTORY, INTERRUPTED] {
            if fs::symlink_metadata(folder.join(part)).is_ok() {
                self.check_folder(&format!("{STATE_FOLDER}/{part}"))?;
            }
        }
        Ok(taken)
    }

    fn check_folder(&self, folder: &str) -> Result<(), PlanError> {
        if tree::is_plain_folder(&self.root, folder) {
            Ok(())
        } else {
            Err(PlanError::State {
                path: folder.to_owned(),
                why: "it is not a folder".to_owned(),
            })
        }
    }

    fn write_ignore_file(&self, disk: &dyn Disk) -> io::Result<()> {
        let place = self.folder().join(".gitignore");
        if fs::read(&place).is_ok_and(|text| text == b"*\n") {
            return Ok(());
        }
        if fs::symlink_metadata(&place).is_ok() {
            disk.remove_file(&place)?;
        }
        disk.write_new(&place, b"*\n", Access::Plain)
    }

    /// Reads the record in `work` or in an entry of the history.
    pub(super) fn record(&self, folder: &Path) -> Result<Record, PlanError> {
        let place = folder.join(JOURNAL);
        let json = tree::read_own(&place, &tree::relative(&self.root, &place))?;
        Record::parse(&json.bytes).map_err(|why| self.damaged(&place, &why))
    }

    /// The records of the history, oldest first.
    pub(super) fn records(&self) -> Result<Vec<Record>, PlanError> {
        let mut numbers = self.numbers(&self.history())?;
        numbers.sort_unstable();
        numbers
            .into_iter()
            .map(|number| {
                let record = self.record(&self.entry(number))?;
                if record.number == number {
                    Ok(record)
                } else {
                    Err(self.damaged(&self.entry(number), "its number is another one"))
                }
            })
            .collect()
    }

    /// The number of the next change.
    pub(super) fn next_number(&self) -> Result<u32, PlanError> {
        let last = self.numbers(&self.history())?.into_iter().max();
        Ok(last.unwrap_or(0).saturating_add(1))
    }

    fn numbers(&self, folder: &Path) -> Result<Vec<u32>, PlanError> {
        let shown = tree::relative(&self.root, folder);
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed("list", &shown, error)),
            Ok(entries) => entries,
        };
        let mut numbers = Vec::new();
        for entry in entries {
            let name = entry
                .map_err(|error| failed("list", &shown, error))?
                .file_name();
            numbers.extend(name.to_str().and_then(|name| name.parse::<u32>().ok()));
        }
        Ok(numbers)
    }

    /// Puts the journal in place; from here on `work` counts.
    pub(super) fn write_journal(&self, disk: &dyn Disk, record: &Record) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(record)?;
        let draft = self.work().join("journal.draft");
        disk.write_new(&draft, &json, Access::Plain)?;
        disk.sync_folder(&self.work())?;
        disk.sync_folder(&self.folder())?;
        disk.sync_folder(&self.root)?;
        disk.rename(&draft, &self.journal())?;
        disk.sync_folder(&self.work())
    }

    /// Removes what is left of a change that no longer counts.
    pub(super) fn clear_work(&self, disk: &dyn Disk) -> io::Result<()> {
        let work = self.work();
        let entries = match fs::read_dir(&work) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            disk.remove_file(&entry?.path())?;
        }
        disk.remove_folder(&work)
    }

    /// Moves `work` to where the user finds the files that were not put back. Its path.
    pub(super) fn keep_interrupted(&self, disk: &dyn Disk) -> Result<String, PlanError> {
        let folder = self.folder().join(INTERRUPTED);
        let last = self.numbers(&folder)?.into_iter().max().unwrap_or(0);
        let kept = folder.join(format!("{:04}", last.saturating_add(1)));
        let shown = tree::relative(&self.root, &kept);
        let io = |error| failed("keep", &shown, error);
        make_folder(disk, &folder).map_err(io)?;
        disk.rename(&self.work(), &kept).map_err(io)?;
        Ok(shown)
    }

    fn damaged(&self, place: &Path, why: &str) -> PlanError {
        PlanError::State {
            path: tree::relative(&self.root, place),
            why: why.to_owned(),
        }
    }
}

/// Makes a folder unless it is there.
pub(super) fn make_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.create_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}
