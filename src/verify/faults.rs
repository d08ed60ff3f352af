//! Cases in which AWS calls fail, made from the calls that were seen.

use std::collections::BTreeMap;

use super::case::Case;
use super::observe::Observation;
use super::side::Profile;
use crate::aws::catalogue;
use crate::lambda::record::{Call, Fault, FaultRule};

/// The faults in the order of what they tell.
const FAULTS: &[(Fault, &str)] = &[
    (Fault::Denied, "is denied"),
    (Fault::Throttle, "is throttled"),
    (Fault::Error, "fails with a 500"),
    (Fault::Truncated, "answers in pages of one item"),
    (Fault::Slow, "is slow"),
    (Fault::Timeout, "never answers"),
];

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

/// Each fault of each operation, on the first case that called it; where a case called one
/// operation several times, also on its second call alone.
pub(super) fn cases(seen: &[(Case, Observation)]) -> Vec<Case> {
    let mut first: BTreeMap<(&str, &str), (&Case, usize)> = BTreeMap::new();
    for (case, observation) in seen.iter().filter(|(case, _)| case.faults.is_empty()) {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for call in observation.calls.iter().filter(|call| call.recognised) {
            *counts.entry((&call.service, &call.operation)).or_default() += 1;
        }
        for (operation, count) in counts {
            // The case with the most calls of it shows the most of what may go wrong.
            let known = first.entry(operation).or_insert((case, count));
            if count > known.1 && known.1 < 2 {
                *known = (case, count);
            }
        }
    }
    let mut cases = Vec::new();
    for (fault, words) in FAULTS {
        for (&(service, operation), &(case, count)) in &first {
            if *fault == Fault::Truncated && !has_pages(service, operation) {
                continue;
            }
            cases.push(faulty(case, (service, operation), None, (*fault, words)));
            if count > 1 && matches!(fault, Fault::Denied | Fault::Throttle) {
                cases.push(faulty(case, (service, operation), Some(2), (*fault, words)));
            }
        }
    }
    cases
}

/// The operations that calls name, for a summary.
pub(super) fn operation(call: &Call) -> String {
    format!("{} {}", call.service, call.operation)
}

fn faulty(
    case: &Case,
    (service, operation): (&str, &str),
    call: Option<u32>,
    (fault, words): (Fault, &str),
) -> Case {
    let which = call.map_or(String::new(), |call| format!(" (call {call})"));
    let rule = FaultRule {
        service: service.to_owned(),
        operation: operation.to_owned(),
        call,
        fault,
    };
    Case {
        name: format!("{}; {service} {operation}{which} {words}", case.name),
        why: format!("what the function does when {operation}{which} {words}"),
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
