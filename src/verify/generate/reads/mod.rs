//! Cases from what the code reads: for each part of an event that a traced run looked at, events
//! in which that part is missing, null, of another type, empty, or holds what Python and Rust tend
//! to see differently.

mod complete;
mod ways;

use serde_json::Value;

use super::family;
use super::lens;
use super::order;
use super::{Generated, Origin, Subject};
use crate::python::Step;
use crate::sam::Payload;
use crate::verify::trace::Read;
use ways::Way;

/// On how many events each part is changed.
const MOST_EVENTS: usize = 6;

/// Where texts are the sender's, beside the contents of the family.
const SENT: &[&str] = &[
    "authorizer",
    "authorizationToken",
    "body",
    "cookies",
    "data",
    "detail",
    "headers",
    "key",
    "Keys",
    "Message",
    "MessageAttributes",
    "messageAttributes",
    "multiValueHeaders",
    "multiValueQueryStringParameters",
    "NewImage",
    "OldImage",
    "path",
    "pathParameters",
    "queryStringParameters",
    "rawPath",
    "rawQueryString",
    "Subject",
    "userAttributes",
];

/// An event to change, and what kind of event it is.
struct Base {
    name: String,
    event: Value,
    payload: Payload,
}

/// Cases for what was read, at most `limit`, no two with the same event. Each of the `bases`,
/// usual events of the function, first gets what the code reads and it does not have; then it is
/// changed at one place. The most telling come first, and any beginning of the list is varied.
#[must_use]
pub fn from_reads(
    subject: &Subject<'_>,
    bases: &[Generated],
    reads: &[Read],
    limit: usize,
) -> Vec<Generated> {
    let mut known = subject.with_payloads(bases);
    let mut reads: Vec<(&Read, bool)> = reads
        .iter()
        .filter(|read| !read.path.is_empty())
        .map(|read| (read, is_sent(&read.path, &known)))
        .collect();
    let mut completed = Vec::new();
    for base in &mut known {
        if let Some(event) = complete::complete(base, &reads) {
            base.event.clone_from(&event);
            completed.push(Generated {
                name: format!("{}, with all that is read", base.name),
                why: "the code reads more than such events have".to_owned(),
                origin: Origin::Read,
                event,
            });
        }
    }
    // What the sender writes differs most from event to event.
    reads.sort_by_key(|(_, sent)| !sent);
    let among = known.len() > 1;
    let groups = reads.into_iter().map(|(read, sent)| {
        let fitting = known.iter().filter(|base| fits(&base.event, &read.path));
        let mut chosen: Vec<&Base> = fitting.take(MOST_EVENTS).collect();
        if chosen.is_empty() {
            chosen.extend(known.first());
        }
        let of_base = chosen.into_iter().map(|base| {
            let ways = ways::ways(&base.event, read, sent).into_iter();
            ways.map(|way| (base, read, way)).collect()
        });
        order::round_robin(of_base.collect())
    });
    let changes = order::round_robin(groups.collect()).into_iter();
    let changed = changes.filter_map(|(base, read, way)| base.changed(read, way, among));
    let is_new = |case: &Generated| bases.iter().all(|base| base.event != case.event);
    order::distinct(completed.into_iter().chain(changed).filter(is_new), limit)
}

impl Subject<'_> {
    /// Events with their payloads: that of the function's sources whose events look most alike.
    fn with_payloads(self, cases: &[Generated]) -> Vec<Base> {
        let mut known = Vec::new();
        for event in self.events().as_ref() {
            let events = family::bases(self.source(event)).into_iter();
            known.extend(events.map(|base| (event.payload.clone(), base.event)));
        }
        let with_payload = |case: &Generated| {
            let mut best = (0.0, Payload::Unknown);
            for (payload, event) in &known {
                let alike = alike(event, &case.event);
                if alike > best.0 {
                    best = (alike, payload.clone());
                }
            }
            Base {
                name: case.name.clone(),
                event: case.event.clone(),
                payload: best.1,
            }
        };
        cases.iter().map(with_payload).collect()
    }
}

impl Base {
    /// The event changed where it was read; `None` where that changes nothing.
    fn changed(&self, read: &Read, (way, with): Way, among: bool) -> Option<Generated> {
        let mut event = self.event.clone();
        if !lens::replace(&mut event, &read.path, &with) {
            return None;
        }
        family::settle(&self.payload, &self.event, &mut event);
        let path = lens::shown(&read.path);
        let name = match among {
            true => format!("{path} {way}, in {}", self.name),
            false => format!("{path} {way}"),
        };
        Some(Generated {
            name,
            why: format!("the code reads {path}"),
            origin: Origin::Read,
            event,
        })
    }
}

/// How many of two events' fields are in both.
fn alike(one: &Value, other: &Value) -> f64 {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return if one == other { 1.0 } else { 0.0 };
    };
    let both = one.keys().filter(|name| other.contains_key(*name)).count();
    let all = (one.len() + other.len() - both).max(1);
    both as f64 / all as f64
}

/// Whether the sender decides what is there.
fn is_sent(path: &[Step], bases: &[Base]) -> bool {
    let in_content = |base: &Base| {
        let mut contents = family::contents(&base.payload).into_iter();
        contents.any(|content| path.starts_with(&content))
    };
    let names = |step: &Step| matches!(step, Step::Key(name) if SENT.contains(&name.as_str()));
    path.iter().any(names) || bases.iter().any(in_content)
}

/// Whether a path makes sense in an event: what is to hold its last part is there.
fn fits(event: &Value, path: &[Step]) -> bool {
    let part = |step: &Step| matches!(step, Step::Key(_) | Step::Index(_) | Step::Element);
    let Some(last) = path.iter().rposition(part) else {
        return true;
    };
    let is_null = |path: &[Step]| lens::get(event, path).is_some_and(|it| it.is_null());
    let holder = lens::get(event, &path[..last]);
    let decodes = last + 1 < path.len();
    holder.is_some_and(|it| !it.is_null()) && !(decodes && is_null(&path[..=last]))
}
