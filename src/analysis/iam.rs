//! The IAM actions that a function's calls need, against those that its template grants.

use std::collections::BTreeMap;

use super::findings::{IamFinding, NeededAction, UnneededAction};
use crate::aws::iam::grants as matches;

/// What one statement, policy template or policy grants or denies.
#[derive(Debug, Clone)]
pub(super) struct Granted {
    /// Actions and patterns.
    pub(super) actions: Vec<String>,
    /// Whether they are denied.
    pub(super) denied: bool,
    /// What grants them, in a few words.
    pub(super) label: String,
    /// The line in the template.
    pub(super) line: usize,
    /// Whether a person chose each action: not so for policy templates and managed policies,
    /// which come as a set.
    pub(super) chosen: bool,
}

/// Compares needs with grants. `implied` are actions that the function needs for other reasons
/// than its calls: its event sources, logs and traces. `unknown` names grants that were not
/// understood, and with them nothing is called missing.
pub(super) fn compare(
    needed: Vec<NeededAction>,
    granted: &[Granted],
    implied: &[&str],
    unknown: Vec<String>,
) -> IamFinding {
    let needed = distinct(needed);
    let complete = unknown.is_empty();
    let allowed = |action: &str| {
        let by = |denied: bool| {
            granted
                .iter()
                .filter(|grant| grant.denied == denied)
                .any(|grant| grant.actions.iter().any(|pattern| matches(pattern, action)))
        };
        by(false) && !by(true)
    };
    let missing = needed
        .iter()
        .map(|needed| needed.action.as_str())
        .filter(|action| complete && !allowed(action))
        .map(str::to_owned)
        .collect();
    let unneeded = unneeded(&needed, granted, implied);
    IamFinding {
        needed,
        missing,
        unneeded,
        complete,
        unknown,
    }
}

fn distinct(needed: Vec<NeededAction>) -> Vec<NeededAction> {
    let mut by_action = BTreeMap::new();
    for action in needed {
        by_action.entry(action.action.clone()).or_insert(action);
    }
    by_action.into_values().collect()
}

fn unneeded(needed: &[NeededAction], granted: &[Granted], implied: &[&str]) -> Vec<UnneededAction> {
    let mut found = Vec::new();
    for grant in granted.iter().filter(|grant| !grant.denied) {
        if !grant.chosen && serves(grant, needed, implied) {
            continue;
        }
        for pattern in &grant.actions {
            let covered: Vec<String> = needed
                .iter()
                .map(|needed| &needed.action)
                .filter(|action| matches(pattern, action))
                .cloned()
                .collect();
            let is_pattern = pattern.contains(['*', '?']);
            let implies = implied
                .iter()
                .any(|action| matches(pattern, action) || *action == pattern);
            if !implies && (covered.is_empty() || is_pattern) {
                found.push(UnneededAction {
                    action: pattern.clone(),
                    grant: grant.label.clone(),
                    line: grant.line,
                    narrow_to: covered,
                });
            }
        }
    }
    found
}

/// Whether a set of actions that only comes as a whole is needed for one of them.
fn serves(grant: &Granted, needed: &[NeededAction], implied: &[&str]) -> bool {
    let wanted = needed
        .iter()
        .map(|needed| needed.action.as_str())
        .chain(implied.iter().copied());
    let mut wanted = wanted;
    wanted.any(|action| grant.actions.iter().any(|pattern| matches(pattern, action)))
}
