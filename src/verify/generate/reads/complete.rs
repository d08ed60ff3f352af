//! Events with all that the code reads: a usual event knows nothing of the sender's fields.

use serde_json::{Value, json};

use super::super::family;
use super::super::lens::{self, With};
use super::{Base, fits, ways};
use crate::python::Step;
use crate::verify::trace::Read;

/// The event with what the sender may have written and it lacks; `None` where it lacks nothing.
pub(super) fn complete(base: &Base, reads: &[(&Read, bool)]) -> Option<Value> {
    let mut event = base.event.clone();
    let known = |step: &Step| !matches!(step, Step::Split(_) | Step::Partition(_) | Step::Length);
    let mut missing: Vec<&Read> = reads
        .iter()
        .filter(|(read, sent)| *sent && read.path.iter().all(known))
        .map(|(read, _)| *read)
        .collect();
    // What holds others before them, and what has a name before what is any element.
    let nameless = |read: &Read| matches!(read.path.last(), Some(Step::Element));
    missing.sort_by_key(|read| (read.path.len(), nameless(read)));
    for read in missing {
        if lens::get(&event, &read.path).is_none() && fits(&event, &read.path) {
            let value = value(read, reads);
            lens::replace(&mut event, &read.path, &With::Value(value));
        }
    }
    family::settle(&base.payload, &base.event, &mut event);
    (event != base.event).then_some(event)
}

/// What is put where nothing is: what can hold what is read of it, else what it was compared
/// with, else what usually is there.
fn value(read: &Read, reads: &[(&Read, bool)]) -> Value {
    let below = reads
        .iter()
        .filter(|(other, _)| other.path.starts_with(&read.path));
    for step in below.filter_map(|(other, _)| other.path.get(read.path.len())) {
        match step {
            Step::Key(_) => return json!({}),
            Step::Element | Step::Index(_) => return json!([]),
            Step::Json => return json!("{}"),
            _ => {}
        }
    }
    let compared = read.compared.iter().find(|text| !text.is_empty());
    compared.map_or_else(|| ways::usual(read), |text| json!(text))
}
