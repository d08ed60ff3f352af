//! What the function answers to its own events, for the tests of its crate.
//!
//! A crate's tests have no stand-in for AWS: what AWS said is kept beside the answer. A case is
//! taken where the replacement does what the original does, and answers the same again a second
//! later, when AWS's answers are played to it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use super::error::VerifyError;
use super::observe::Observation;
use super::outcome::{CaseOutcome, Origin};
use super::run::{APART, Planned, Sides, all};
use crate::lambda::record::{Exchange, Wire};

/// The most answers that a crate gets.
const MOST: usize = 40;

/// Answers of a function to events, and what they depend on.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The folder of the replacement's crate, where it has one.
    pub folder: Option<PathBuf>,
    /// The function's environment.
    pub environment: BTreeMap<String, String>,
    /// The answers.
    pub cases: Vec<Answer>,
    /// Cases that are no tests, and why.
    pub left_out: Vec<String>,
}

/// An answer to an event. As JSON it is what the crate's tests read.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The case's name.
    #[serde(skip)]
    pub name: String,
    /// The event.
    pub event: Value,
    /// What AWS said meanwhile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aws: Vec<Exchange>,
    /// `{"result": …}`, or `{"error": …}` with `errorType` and `errorMessage`.
    #[serde(flatten)]
    pub outcome: Value,
}

/// The cases that may become tests: the project's own, else what AWS usually sends.
pub(super) fn candidates(planned: &[Planned]) -> Vec<Planned> {
    let of = |origin| {
        let mut found = planned.to_vec();
        found.retain(|it| it.origin == origin && it.case.faults.is_empty());
        found
    };
    let mut own = of(Origin::Project);
    if own.is_empty() {
        own = of(Origin::Usual);
    }
    own.retain(|it| it.case.history.is_empty());
    own.truncate(MOST);
    own
}

/// Takes the answers to cases that came out equal.
pub(super) async fn take(
    sides: &mut Sides<'_>,
    candidates: &[Planned],
    outcomes: &[CaseOutcome],
    step: &(dyn Fn() + Sync),
) -> Result<Answers, VerifyError> {
    let mut answers = Answers {
        environment: sides.replacement().variables(),
        ..Answers::default()
    };
    for candidate in candidates {
        let name = &candidate.case.name;
        let mut outcomes = outcomes.iter();
        let is_equal = outcomes.any(|it| it.name == *name && it.is_equal());
        if is_equal {
            match one(sides, candidate).await? {
                Ok(answer) => answers.cases.push(answer),
                Err(why) => answers.left_out.push(format!("`{name}` {why}")),
            }
        }
        step();
    }
    Ok(answers)
}

async fn one(
    sides: &mut Sides<'_>,
    candidate: &Planned,
) -> Result<Result<Answer, &'static str>, VerifyError> {
    sides.replacement().set_wire(Wire::Kept);
    let seen = sides.alone(candidate).await;
    sides.replacement().set_wire(Wire::Forgotten);
    let Some(seen) = seen? else {
        return Ok(Err("is not the same in a sandbox of its own"));
    };
    if !seen.requests.is_empty() {
        return Ok(Err("sends HTTP to what is not AWS"));
    }
    let attempts: u32 = seen.calls.iter().map(|call| call.attempts).sum();
    if attempts as usize != seen.exchanges.len() {
        return Ok(Err("sends or gets what is not text"));
    }
    tokio::time::sleep(APART).await;
    let again = again(sides, candidate, &seen).await?;
    if again.outcome != seen.outcome {
        return Ok(Err(
            "answers otherwise, or asks AWS otherwise, a second later",
        ));
    }
    Ok(Ok(Answer {
        name: candidate.case.name.clone(),
        event: candidate.case.event.clone(),
        aws: seen.exchanges,
        outcome: seen.outcome,
    }))
}

/// What the replacement does where AWS says what it said before.
async fn again(
    sides: &mut Sides<'_>,
    candidate: &Planned,
    seen: &Observation,
) -> Result<Observation, VerifyError> {
    let side = sides.replacement();
    side.set_wire(Wire::Played(seen.exchanges.clone()));
    let observed = all(side, std::slice::from_ref(candidate), &|| {}).await;
    side.set_wire(Wire::Forgotten);
    Ok(observed?.pop().unwrap_or_default())
}
