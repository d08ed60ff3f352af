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
    if !leniency.concurrency {
        let both = |it: &Observation| [sequence::calls(it), sequence::requests(it)];
        let originals: Vec<_> = originals.iter().map(|it| both(it)).collect();
        found.part = Some(Part::Requests);
        sequence::in_turn(&originals, &both(replacement), &mut found);
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::lambda::record::{Call, Request, Span};

    fn span(start: u64) -> Span {
        Span {
            start: Duration::from_millis(start),
            end: Duration::from_millis(start + 5),
        }
    }

    fn call(operation: &str, parameters: Value, start: u64) -> Call {
        Call {
            service: "dynamodb".to_owned(),
            operation: operation.to_owned(),
            parameters,
            recognised: true,
            status: Some(200),
            attempts: 1,
            span: span(start),
        }
    }

    fn calls(calls: Vec<Call>) -> Observation {
        Observation {
            calls,
            ..Observation::default()
        }
    }

    fn whats(originals: &[&Observation], replacement: &Observation) -> Vec<String> {
        let differences = compare(originals, replacement, Leniency::default());
        differences.into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn calls_whose_number_varies_are_still_those_calls() {
        let get = |table: &str, id: &str, start| {
            call(
                "GetItem",
                json!({"TableName": table, "Key": {"id": id}}),
                start,
            )
        };
        let one = calls(vec![get("a", "x1", 0)]);
        let two = calls(vec![get("a", "x2", 0), get("a", "x3", 10)]);
        let originals = [&one, &two];
        let three = vec![get("a", "x4", 0), get("a", "x5", 10), get("a", "x6", 20)];
        assert_eq!(whats(&originals, &calls(three)), [""; 0]);
        assert_eq!(
            whats(&originals, &calls(vec![get("b", "x4", 0)])),
            ["differs"]
        );
        let never = "is of a kind that every run of the original has";
        assert_eq!(whats(&originals, &calls(Vec::new())), [never]);
        let strange = calls(vec![get("a", "x4", 0), call("PutItem", json!({}), 10)]);
        let new = "is of a kind that the original never had";
        assert_eq!(whats(&originals, &strange), [new]);
    }

    #[test]
    fn a_request_that_overtakes_a_call_is_seen() {
        let both = |called, requested| Observation {
            calls: vec![call("PutItem", json!({}), called)],
            requests: vec![Request {
                method: "POST".to_owned(),
                url: "https://example.com/".to_owned(),
                headers: Vec::new(),
                body: String::new(),
                span: span(requested),
            }],
            ..Observation::default()
        };
        let (before, after) = (both(0, 10), both(10, 0));
        assert_eq!(whats(&[&before, &before], &both(5, 20)), [""; 0]);
        let what = "came before AWS call 1 (dynamodb PutItem), the original after it";
        assert_eq!(whats(&[&before, &before], &after), [what]);
        // The original itself has no order here.
        assert_eq!(whats(&[&before, &after], &before), [""; 0]);
        assert_eq!(whats(&[&before, &both(0, 3)], &after), [""; 0]);
    }
}
