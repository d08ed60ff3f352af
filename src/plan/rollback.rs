//! Takes a change back that did not reach its end.

use std::collections::BTreeSet;

use super::disk::Disk;
use super::state::{Record, Side, State, Step, step_file};
use super::transaction::{is_same, parent, remove_if_empty, sync};
use super::tree::{self, failed};
use super::{PlanError, Repair};

/// Brings the tree back to what it was before `record`, whose `work` folder is there. Can itself
/// be interrupted and begun again. Files that are neither as before nor as after have been
/// edited by the user meanwhile: they stay, and what the tool has of them is kept aside.
pub(super) fn roll_back(
    disk: &dyn Disk,
    state: &State,
    record: &Record,
) -> Result<Repair, PlanError> {
    let root = state.root();
    let mut repair = Repair {
        command: record.command.clone(),
        restored: Vec::new(),
        left: Vec::new(),
        kept_in: None,
    };
    let mut touched = BTreeSet::new();
    for folder in record.spare_folders.iter().rev() {
        if !tree::is_plain_folder(root, folder) {
            disk.create_folder(&root.join(folder))
                .map_err(|error| failed("make the folder", folder, error))?;
            touched.insert(parent(folder));
        }
    }
    for (index, step) in record.steps.iter().enumerate().rev() {
        match restore(disk, state, index, step)? {
            Restored::AsBefore => {}
            Restored::Now => repair.restored.push(step.path.clone()),
            Restored::UserEdited => repair.left.push(step.path.clone()),
        }
        touched.insert(parent(&step.path));
    }
    for folder in record.made_folders.iter().rev() {
        if tree::is_plain_folder(root, folder) {
            remove_if_empty(disk, &root.join(folder))
                .map_err(|error| failed("remove the folder", folder, error))?;
        }
        touched.insert(parent(folder));
    }
    sync(disk, root, &touched)?;
    if repair.left.is_empty() {
        let io = |error| failed("remove", "the journal", error);
        disk.remove_file(&state.journal()).map_err(io)?;
        disk.sync_folder(&state.work()).map_err(io)?;
        // It no longer counts; the next change clears what is left.
        let _left = state.clear_work(disk);
    } else {
        repair.kept_in = Some(state.keep_interrupted(disk)?);
    }
    Ok(repair)
}

enum Restored {
    AsBefore,
    Now,
    UserEdited,
}

fn restore(
    disk: &dyn Disk,
    state: &State,
    index: usize,
    step: &Step,
) -> Result<Restored, PlanError> {
    let root = state.root();
    let found = match tree::look(root, &step.path) {
        Ok(found) => found,
        // Something else stands there now, which we did not put there.
        Err(PlanError::Kind { .. } | PlanError::Path { .. }) => return Ok(Restored::UserEdited),
        Err(other) => return Err(other),
    };
    let now = found.as_ref().map(|found| &found.state);
    if is_same(now, step.before.as_ref()) {
        return Ok(Restored::AsBefore);
    }
    if !is_same(now, step.after.as_ref()) {
        return Ok(Restored::UserEdited);
    }
    let target = root.join(&step.path);
    if step.before.is_none() {
        disk.remove_file(&target)
            .map_err(|error| failed("remove", &step.path, error))?;
        return Ok(Restored::Now);
    }
    if !tree::is_plain_folder_or_root(root, parent(&step.path)) {
        return Ok(Restored::UserEdited);
    }
    let old = state.work().join(step_file(index, Side::Old));
    let kept = tree::read_own(&old, &tree::relative(root, &old))?;
    if !is_same(Some(&kept.state), step.before.as_ref()) {
        return Err(PlanError::State {
            path: tree::relative(root, &old),
            why: "it is not the copy that the journal speaks of".to_owned(),
        });
    }
    disk.rename(&old, &target)
        .map_err(|error| failed("restore", &step.path, error))?;
    Ok(Restored::Now)
}
