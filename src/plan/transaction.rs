//! Carries a [`Preview`] out, all or nothing.
//!
//! First everything is written beside the project's files, in `work`: the new contents, a copy of
//! the old, then the journal that names them. From then on a run that finds the journal takes
//! the change back. Files are replaced by renaming. Renaming `work` into the history ends the
//! change: that one step is the commit point, and nothing is left to do behind it.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::PlanError;
use super::disk::Disk;
use super::preview::{FileChange, Preview};
use super::rollback::roll_back;
use super::state::{Record, Side, State, Step, make_folder, step_file};
use super::tree::{self, FileState, failed};

/// Changes the tree. The caller holds the lock, and has worked the preview out under it.
pub(super) fn carry_out(
    disk: &dyn Disk,
    state: &State,
    preview: &Preview,
) -> Result<u32, PlanError> {
    let record = match stage(disk, state, preview) {
        Ok(record) => record,
        Err(error) => {
            // Without a journal nothing in `work` counts; the next change clears it too.
            let _left = state.clear_work(disk);
            return Err(error);
        }
    };
    let changed = state
        .write_journal(disk, &record)
        .map_err(|error| failed("write", "the journal", error))
        .and_then(|()| change_tree(disk, state, &record))
        .and_then(|()| commit(disk, state, &record));
    match changed {
        Ok(()) => Ok(record.number),
        Err(error) => Err(take_back(disk, state, &record, error)),
    }
}

fn take_back(disk: &dyn Disk, state: &State, record: &Record, error: PlanError) -> PlanError {
    if !state.is_interrupted() {
        let _left = state.clear_work(disk);
        return error;
    }
    match (roll_back(disk, state, record), error) {
        (Ok(repair), error) => match repair.kept_in {
            None => error,
            Some(kept_in) => PlanError::EditedMeanwhile {
                why: cause(error),
                files: repair.left,
                kept_in,
            },
        },
        (
            Err(_),
            PlanError::Disk {
                action,
                path,
                source,
            },
        )
        | (
            Err(PlanError::Disk {
                action,
                path,
                source,
            }),
            _,
        ) => PlanError::HalfDone {
            action,
            path,
            source,
        },
        (Err(other), _) => other,
    }
}

/// What went wrong, without a word on the state of the project.
fn cause(error: PlanError) -> String {
    match error {
        PlanError::Disk {
            action,
            path,
            source,
        } => format!("could not {action} `{path}`: {source}"),
        other => other.to_string(),
    }
}

fn stage(disk: &dyn Disk, state: &State, preview: &Preview) -> Result<Record, PlanError> {
    let io = |error| failed("prepare", "the change", error);
    state.clear_work(disk).map_err(io)?;
    make_folder(disk, &state.history()).map_err(io)?;
    make_folder(disk, &state.work()).map_err(io)?;
    let mut record = Record::new(
        state.next_number()?,
        preview.command.clone(),
        preview.undoes,
    );
    for (index, file) in preview.files.iter().enumerate() {
        record.steps.push(stage_file(disk, state, index, file)?);
    }
    let wanted = preview.files.iter().filter(|file| file.after.is_some());
    record.made_folders =
        tree::missing_folders(state.root(), wanted.map(|file| file.path.as_str()));
    record.spare_folders = preview.spare_folders.clone();
    record
        .spare_folders
        .retain(|folder| tree::is_plain_folder(state.root(), folder));
    Ok(record)
}

fn stage_file(
    disk: &dyn Disk,
    state: &State,
    index: usize,
    file: &FileChange,
) -> Result<Step, PlanError> {
    let keep = |error| failed("keep a copy of", &file.path, error);
    let write = |error| failed("write", &file.path, error);
    if let Some(found) = &file.before {
        let place = state.work().join(step_file(index, Side::Old));
        disk.write_new(&place, &found.bytes, found.state.access())
            .map_err(keep)?;
    }
    let mut after = None;
    if let Some(wanted) = &file.after {
        let place = state.work().join(step_file(index, Side::New));
        disk.write_new(&place, &wanted.bytes, wanted.access)
            .map_err(write)?;
        after = Some(tree::read_own(&place, &file.path)?.state);
    }
    Ok(Step {
        path: file.path.clone(),
        before: file.before.as_ref().map(|found| found.state.clone()),
        after,
    })
}

fn change_tree(disk: &dyn Disk, state: &State, record: &Record) -> Result<(), PlanError> {
    let root = state.root();
    let mut touched = BTreeSet::new();
    for folder in &record.made_folders {
        disk.create_folder(&root.join(folder))
            .map_err(|error| failed("make the folder", folder, error))?;
        touched.insert(parent(folder));
    }
    for (index, step) in record.steps.iter().enumerate() {
        // The user's editor does not know our lock.
        let found = tree::look(root, &step.path)?;
        if !is_same(
            found.as_ref().map(|found| &found.state),
            step.before.as_ref(),
        ) {
            return Err(PlanError::Conflict {
                files: vec![step.path.clone()],
            });
        }
        let target = root.join(&step.path);
        if step.after.is_some() {
            let new = state.work().join(step_file(index, Side::New));
            disk.rename(&new, &target)
                .map_err(|error| failed("replace", &step.path, error))?;
        } else if step.before.is_some() {
            disk.remove_file(&target)
                .map_err(|error| failed("remove", &step.path, error))?;
        }
        touched.insert(parent(&step.path));
    }
    for folder in &record.spare_folders {
        if remove_if_empty(disk, &root.join(folder))
            .map_err(|error| failed("remove the folder", folder, error))?
        {
            touched.insert(parent(folder));
        }
    }
    sync(disk, root, &touched)
}

/// Waits for the names in these folders; those that are gone meanwhile need none.
pub(super) fn sync(
    disk: &dyn Disk,
    root: &Path,
    folders: &BTreeSet<&str>,
) -> Result<(), PlanError> {
    for folder in folders {
        match disk.sync_folder(&root.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(failed("finish writing", folder, error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn commit(disk: &dyn Disk, state: &State, record: &Record) -> Result<(), PlanError> {
    let entry = state.entry(record.number);
    disk.rename(&state.work(), &entry)
        .map_err(|error| failed("record", &tree::relative(state.root(), &entry), error))?;
    // The change is done; if the medium loses the rename, the next run takes the change back.
    let _late = disk.sync_folder(&state.history());
    let _late = disk.sync_folder(&state.folder());
    Ok(())
}

/// The folder of a path below the root; empty for the root.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether two states have the same bytes.
pub(super) fn is_same(left: Option<&FileState>, right: Option<&FileState>) -> bool {
    left.map(|state| &state.sha256) == right.map(|state| &state.sha256)
}

/// Removes a folder unless something is in it. Whether it is gone.
pub(super) fn remove_if_empty(disk: &dyn Disk, folder: &Path) -> io::Result<bool> {
    match disk.remove_folder(folder) {
        Ok(()) => Ok(true),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotFound
            ) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
