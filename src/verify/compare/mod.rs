//! Whether a replacement did what the original did.
//!
//! Several runs of the original say what is noise: where they agree, the replacement must agree
//! with them; where they differ, it must have the shape that they share.

mod noise;
mod sequence;
mod value;

use serde::Serialize;
use serde_json::Value;

use super::observe::Observation;
use sequence::Item;

/// Which part of an observation differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The answer or the error.
    Result,
    /// The AWS calls.
    Calls,
    /// Other requests.
    Requests,
    /// The log.
    Log,
}

/// One thing that the replacement did otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Which part of the observation.
    pub part: Part,
    /// Where in it, such as `result.body` or `AWS call 2 (dynamodb PutItem): Item.id`.
    pub place: String,
    /// What is wrong with it, as half a sentence.
    pub what: String,
    /// What the original had there; absent where it had nothing.
    pub original: Option<Value>,
    /// What the replacement has there.
    pub replacement: Option<Value>,
}

/// What may differ on request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leniency {
    /// Calls that the original made one after the other may run at once.
    pub concurrency: bool,
}

/// How a replacement differs from runs of the original, all for the same case; empty where it
/// does not. `originals` holds at least one run.
#[must_use]
pub fn compare(
    originals: &[&Observation],
    replacement: &Observation,
    leniency: Leniency,
) -> Vec<Difference> {
    let mut found = Found::default();
    let outcomes: Vec<_> = originals.iter().map(|it| &it.outcome).collect();
    found.part = Some(Part::Result);
    value::fits("", &outcomes, &replacement.outcome, &mut found);

    type View = fn(&Observation) -> Vec<Item>;
    let views: [(Part, View); 3] = [
        (Part::Calls, sequence::calls),
        (Part::Requests, sequence::requests),
        (Part::Log, sequence::log),
    ];
    for (part, view) in views {
        found.part = Some(part);
        let originals: Vec<_> = originals.iter().map(|it| view(it)).collect();
        sequence::fits(&originals, &view(replacement), leniency, &mut found);
    }
    found.differences
}

/// Differences as they are found.
#[derive(Debug, Default)]
struct Found {
    part: Option<Part>,
    /// Put before each place.
    prefix: String,
    differences: Vec<Difference>,
}

impl Found {
    fn add(
        &mut self,
        place: &str,
        what: impl Into<String>,
        original: Option<&Value>,
        replacement: Option<&Value>,
    ) {
        let place = match (self.prefix.as_str(), place) {
            ("", place) => place.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, place) => format!("{prefix}: {place}"),
        };
        self.differences.push(Difference {
            part: self.part.unwrap_or(Part::Result),
            place,
            what: what.into(),
            original: original.cloned(),
            replacement: replacement.cloned(),
        });
    }
}
