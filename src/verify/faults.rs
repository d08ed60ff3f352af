//! Cases in which AWS calls fail, made from the calls that were seen.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::alone::alone;
use super::case::Case;
use super::compare::Leniency;
use super::observe::Observation;
use super::side::Profile;
use crate::aws::catalogue;
use crate::lambda::record::{Call, Fault, FaultRule, HttpRule};

/// The most addresses that answer otherwise.
const ADDRESSES: usize = 5;

/// The faults in the order of what they tell.
const FAULTS: &[(Fault, &str)] = &[
    (Fault::Denied, "is denied"),
    (Fault::Throttle, "is throttled"),
    (Fault::Error, "fails with a 500"),
    (Fault::Truncated, "answers in pages of one item"),
    (Fault::Slow, "is slow"),
    (Fault::Timeout, "never answers"),
];

/// A service and one of its operations.
type Operation<'a> = (&'a str, &'a str);

/// How the cases with a fault must be run.
pub(super) fn profile(case: &Case) -> Profile {
    let any = |fault: Fault| case.faults.iter().any(|rule| rule.fault == fault);
    if any(Fault::Timeout) {
        Profile::Hanging
    } else if any(Fault::Throttle) || any(Fault::Error) {
        Profile::Faulty
    } else {
        Profile::Usual
    }
}

/// Operations with the first case that called them, or the first that did so several times, as
/// that shows more of what may go wrong.
fn first(seen: &[(Case, Observation)]) -> BTreeMap<Operation<'_>, (&Case, Vec<&Call>)> {
    let mut first: BTreeMap<Operation<'_>, (&Case, Vec<&Call>)> = BTreeMap::new();
    for (case, observation) in seen.iter().filter(|(case, _)| case.faults.is_empty()) {
        let mut made: BTreeMap<Operation<'_>, Vec<&Call>> = BTreeMap::new();
        for call in observation.calls.iter().filter(|call| call.recognised) {
            let operation = (call.service.as_str(), call.operation.as_str());
            made.entry(operation).or_default().push(call);
        }
        for (operation, calls) in made {
            let known = first.entry(operation).or_insert((case, calls.clone()));
            if calls.len() > 1 && known.1.len() < 2 {
                *known = (case, calls);
            }
        }
    }
    first
}

/// The cases in which an operation was called several times, and the most calls of one of them.
/// Only another run of them tells which calls may run at once.
pub(super) fn repeated(seen: &[(Case, Observation)]) -> (Vec<Case>, usize) {
    let mut cases: Vec<Case> = Vec::new();
    let mut most = 0;
    for (case, calls) in first(seen).into_values() {
        if calls.len() > 1 {
            most = most.max(calls.len());
            if !cases.contains(case) {
                cases.push(case.clone());
            }
        }
    }
    (cases, most)
}

/// Each fault of each operation, on the first case that called it; where a case called one
/// operation several times, also on one of its calls alone. `again` are further runs of such cases.
pub(super) fn cases(
    seen: &[(Case, Observation)],
    again: &[(Case, Observation)],
    leniency: Leniency,
) -> Vec<Case> {
    let first = first(seen);
    let mut cases = Vec::new();
    for (fault, words) in FAULTS {
        for (&(service, operation), (case, calls)) in &first {
            if *fault == Fault::Truncated && !has_pages(service, operation) {
                continue;
            }
            let each = FaultRule {
                service: service.to_owned(),
                operation: operation.to_owned(),
                call: None,
                parameters: Map::new(),
                fault: *fault,
            };
            let further = again.iter().filter(|(again, _)| again == *case);
            let runs: Vec<Vec<&Call>> = further.map(|(_, it)| of(it, &each)).collect();
            let alone = alone(calls, &runs, !leniency.concurrency);
            let alone = alone.filter(|_| *fault == Fault::Denied);
            cases.push(faulty(case, each.clone(), operation, words));
            if let Some(alone) = alone {
                let (rule, which) = alone.rule(each);
                cases.push(faulty(case, rule, &format!("{operation} ({which})"), words));
            }
        }
    }
    cases
}

/// For each address that was asked over HTTP, answers that code may not expect, on the first case
/// that asked it.
pub(super) fn http_cases(seen: &[(Case, Observation)]) -> Vec<Case> {
    let answers = [
        (
            500,
            Value::from("Internal Server Error"),
            "fails with a 500",
        ),
        (404, json!({"message": "Not Found"}), "is not found"),
        (
            200,
            Value::from("<html></html>"),
            "answers with what is no JSON",
        ),
        (200, json!([]), "answers with an empty list"),
    ];
    let mut first: BTreeMap<(&str, &str), &Case> = BTreeMap::new();
    for (case, observation) in seen {
        for request in &observation.requests {
            let address = request.url.split('?').next().unwrap_or(&request.url);
            first.entry((&request.method, address)).or_insert(case);
        }
    }
    let mut cases = Vec::new();
    for (status, body, words) in answers {
        for (&(method, address), case) in first.iter().take(ADDRESSES) {
            let rule = HttpRule {
                method: Some(method.to_owned()),
                url: format!("{address}*"),
                status,
                headers: BTreeMap::new(),
                body: body.clone(),
            };
            let mut changed = (*case).clone();
            changed.name = format!("{}; {method} {address} {words}", case.name);
            changed.why = format!("what the function does when {address} {words}");
            changed.http.insert(0, rule);
            cases.push(changed);
        }
    }
    cases
}

/// The operations that calls name, for a summary.
pub(super) fn operation(call: &Call) -> String {
    format!("{} {}", call.service, call.operation)
}

fn of<'a>(observation: &'a Observation, rule: &FaultRule) -> Vec<&'a Call> {
    let calls = observation.calls.iter();
    let same = |it: &&Call| it.service == rule.service && it.operation == rule.operation;
    calls.filter(|call| call.recognised).filter(same).collect()
}

fn faulty(case: &Case, rule: FaultRule, operation: &str, words: &str) -> Case {
    Case {
        name: format!("{}; {} {operation} {words}", case.name, rule.service),
        why: format!("what the function does when {operation} {words}"),
        faults: vec![rule],
        ..case.clone()
    }
}

/// Whether an operation has a paginator whose page size can be set.
fn has_pages(service: &str, operation: &str) -> bool {
    let Some(service) = catalogue().service(service) else {
        return false;
    };
    let method = service.operation(operation).map(|it| it.method.as_str());
    let paginator = method.and_then(|method| service.paginator(method));
    paginator.is_some_and(|paginator| paginator.limit_key.is_some())
}
