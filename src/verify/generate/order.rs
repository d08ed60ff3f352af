//! Which cases come first, and which of two alike stays.

use rustc_hash::FxHashSet;

use super::Generated;

/// One of each group in turn.
pub(super) fn round_robin<T>(groups: Vec<Vec<T>>) -> Vec<T> {
    let mut groups: Vec<_> = groups.into_iter().map(Vec::into_iter).collect();
    let mut ordered = Vec::new();
    loop {
        let before = ordered.len();
        ordered.extend(groups.iter_mut().filter_map(Iterator::next));
        if ordered.len() == before {
            return ordered;
        }
    }
}

/// The first `limit` whose events differ, each with a name of its own.
pub(super) fn distinct(all: impl IntoIterator<Item = Generated>, limit: usize) -> Vec<Generated> {
    let mut events = FxHashSet::default();
    let mut names = FxHashSet::default();
    let mut kept = Vec::new();
    for mut case in all {
        if kept.len() == limit {
            break;
        }
        if !events.insert(case.event.to_string()) {
            continue;
        }
        let plain = case.name.clone();
        let mut number = 2;
        while !names.insert(case.name.clone()) {
            case.name = format!("{plain} ({number})");
            number += 1;
        }
        kept.push(case);
    }
    kept
}
