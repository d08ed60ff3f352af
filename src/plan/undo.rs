//! Finds the change that would be undone and turns it round.

use std::collections::HashSet;

use super::preview::{FileChange, Preview, Wanted};
use super::state::{Record, Side, State, step_file};
use super::transaction::is_same;
use super::tree::{self, Found};
use super::{PlanError, disk::Access};

/// What undoing the last change comes to on the tree as it stands. Reads only.
pub(super) fn preview(state: &State) -> Result<Preview, PlanError> {
    let records = state.records()?;
    let undone: HashSet<u32> = records.iter().filter_map(|record| record.undoes).collect();
    let last = records
        .iter()
        .rev()
        .find(|record| record.undoes.is_none() && !undone.contains(&record.number))
        .ok_or(PlanError::NothingToUndo)?;
    reverse(state, last)
}

fn reverse(state: &State, record: &Record) -> Result<Preview, PlanError> {
    let mut files = Vec::new();
    let mut edited = Vec::new();
    for (index, step) in record.steps.iter().enumerate().rev() {
        let found = match tree::look(state.root(), &step.path) {
            Ok(found) => found,
            Err(PlanError::Kind { .. } | PlanError::Path { .. }) => {
                edited.push(step.path.clone());
                continue;
            }
            Err(other) => return Err(other),
        };
        let now = found.as_ref().map(|found| &found.state);
        if !is_same(now, step.after.as_ref()) {
            edited.push(step.path.clone());
            continue;
        }
        files.push(FileChange {
            path: step.path.clone(),
            reasons: vec![format!("undo `{}`", record.command)],
            after: old_contents(state, record, index, found.as_ref())?,
            before: found,
        });
    }
    if !edited.is_empty() {
        edited.reverse();
        return Err(PlanError::UndoConflict {
            command: record.command.clone(),
            files: edited,
        });
    }
    Ok(Preview {
        command: record.command.clone(),
        undoes: Some(record.number),
        spare_folders: record.made_folders.iter().rev().cloned().collect(),
        files,
    })
}

fn old_contents(
    state: &State,
    record: &Record,
    index: usize,
    now: Option<&Found>,
) -> Result<Option<Wanted>, PlanError> {
    let step = record.steps.get(index);
    let Some(before) = step.and_then(|step| step.before.as_ref()) else {
        return Ok(None);
    };
    let place = state.entry(record.number).join(step_file(index, Side::Old));
    let shown = tree::relative(state.root(), &place);
    let kept = tree::read_own(&place, &shown)?;
    if !is_same(Some(&kept.state), Some(before)) {
        return Err(PlanError::State {
            path: shown,
            why: "it is not the copy that was kept".to_owned(),
        });
    }
    // Rights that the user has changed since are the user's.
    let after = step.and_then(|step| step.after.as_ref());
    let access: Access = match now {
        Some(now) if after.is_some_and(|after| after.mode != now.state.mode) => now.state.access(),
        _ => before.access(),
    };
    Ok(Some(Wanted {
        bytes: kept.bytes,
        access,
    }))
}
