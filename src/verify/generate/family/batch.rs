//! Batches of records: how many, which of them are poisoned.

use serde_json::{Value, json};

use super::Variation;

/// What makes one record another: the new record and its position.
pub(super) type Renumber = fn(&mut Value, usize);

/// Batches of records in a list that `records` finds. `poison` makes a record one that cannot be
/// processed.
pub(super) fn variations(
    records: fn(&mut Value) -> Option<&mut Vec<Value>>,
    renumber: Renumber,
    poison: fn(&mut Value) -> bool,
) -> Vec<Variation> {
    let sized = |size: usize, name: &str, why: &str| {
        Variation::new(name, why, move |event| {
            records(event).is_some_and(|records| grow(records, size, renumber))
        })
    };
    let poisoned = |positions: &'static [usize], size: usize, name: &str, why: &str| {
        Variation::new(name, why, move |event| {
            let Some(records) = records(event) else {
                return false;
            };
            grow(records, size, renumber)
                && positions
                    .iter()
                    .all(|&it| records.get_mut(it).is_some_and(poison))
        })
    };
    vec![
        sized(10, "batch of 10", "as many records as a batch usually has"),
        poisoned(
            &[4],
            10,
            "one poisoned record of 10",
            "the others must not suffer",
        ),
        sized(2, "batch of 2", "more than one record"),
        poisoned(
            &[0],
            2,
            "the first record is poisoned",
            "processing goes on, or stops",
        ),
        poisoned(
            &[1],
            2,
            "the last record is poisoned",
            "what came before is done",
        ),
        poisoned(
            &[0, 1, 2],
            3,
            "all records are poisoned",
            "nothing succeeds",
        ),
        Variation::new("no records", "a batch without records", move |event| {
            records(event).is_some_and(|records| {
                let had = !records.is_empty();
                records.clear();
                had
            })
        }),
        Variation::new(
            "the same record twice",
            "delivery is at least once",
            move |event| {
                records(event).is_some_and(|records| {
                    let first = records.first().cloned();
                    records.extend(first);
                    !records.is_empty()
                })
            },
        ),
    ]
}

/// Repeats the records that are there until there are `size`.
fn grow(records: &mut Vec<Value>, size: usize, renumber: Renumber) -> bool {
    let pattern = records.clone();
    if pattern.is_empty() {
        return false;
    }
    *records = pattern.iter().cycle().take(size).cloned().collect();
    for (index, record) in records.iter_mut().enumerate().skip(pattern.len()) {
        renumber(record, index);
    }
    true
}

/// The list under `Records`.
pub(super) fn records(event: &mut Value) -> Option<&mut Vec<Value>> {
    event.get_mut("Records")?.as_array_mut()
}

/// An id like another, told apart by a number.
pub(super) fn numbered(id: &Value, index: usize) -> Value {
    let text = id.as_str().unwrap_or_default();
    let kept = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    json!(format!(
        "{}{index:03}",
        text.get(..kept).unwrap_or_default()
    ))
}
