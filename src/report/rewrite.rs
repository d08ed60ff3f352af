//! What `rewrite` says.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::generate::Refusal;
use crate::plan::{self, Applied, Plan, Preview};
use crate::rewrite::{Rewritten, Status};

/// Version of the JSON form. It grows when a field changes its meaning or goes.
const SCHEMA: u32 = 1;

/// How it ended.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// Only the verdict was asked for.
    Checked,
    /// Every function was refused.
    Refused,
    /// Nothing was written, for these reasons.
    Failed(&'a Refusal),
    /// It was planned.
    Planned(&'a Preview, &'a Plan),
    /// It was done.
    Applied(&'a Applied),
}

/// For people. Reasons of refusals are not in it: they are shown with their source lines.
#[must_use]
pub fn text(rewritten: &Rewritten, outcome: &Outcome<'_>) -> String {
    let mut out = String::new();
    match outcome {
        Outcome::Checked => verdicts(rewritten, &mut out),
        Outcome::Refused => {
            verdicts(rewritten, &mut out);
            out.push_str("nothing was written\n");
        }
        Outcome::Failed(refusal) => {
            out.push_str(&refusal.proposal);
            out.push_str("nothing was written\n");
        }
        Outcome::Planned(preview, _) => return preview.diff(),
        Outcome::Applied(applied) => {
            if !rewritten.is_complete() {
                verdicts(rewritten, &mut out);
            }
            if applied.files.is_empty() {
                out.push_str("nothing to change\n");
            } else {
                out.push_str(&plan::summary(&applied.files));
            }
            notes(rewritten, &mut out);
        }
    }
    out
}

fn verdicts(rewritten: &Rewritten, out: &mut String) {
    for verdict in &rewritten.verdicts {
        let (function, reasons) = (&verdict.function, verdict.diagnostics.len());
        let _infallible = match (verdict.status, reasons) {
            (Status::Complete, _) => writeln!(out, "complete  {function}"),
            (Status::Refused, 1) => writeln!(out, "refused   {function} (1 reason)"),
            (Status::Refused, _) => writeln!(out, "refused   {function} ({reasons} reasons)"),
        };
    }
}

fn notes(rewritten: &Rewritten, out: &mut String) {
    let Some(Ok(planned)) = &rewritten.planned else {
        return;
    };
    for note in &planned.notes {
        let _infallible = writeln!(out, "note: {note}");
    }
}

/// For programs. What was planned is the plan itself, which `apply` takes.
///
/// # Errors
/// Where a path of the plan is not UTF-8.
pub fn json(rewritten: &Rewritten, outcome: &Outcome<'_>) -> Result<String, plan::PlanError> {
    if let Outcome::Planned(_, plan) = outcome {
        return plan.to_json();
    }
    let notes = match &rewritten.planned {
        Some(Ok(planned)) => planned.notes.clone(),
        _ => Vec::new(),
    };
    let mut value = json!({
        "schema": SCHEMA,
        "command": rewritten.command,
        "functions": rewritten.verdicts,
        "notes": notes,
        "files": [],
        "diagnostics": rewritten.unread,
    });
    match outcome {
        Outcome::Applied(applied) => put(&mut value, "files", json!(applied.files)),
        Outcome::Failed(refusal) => {
            let all: Vec<_> = rewritten
                .unread
                .iter()
                .chain(&refusal.diagnostics)
                .collect();
            put(&mut value, "diagnostics", json!(all));
            put(&mut value, "proposal", json!(refusal.proposal));
        }
        Outcome::Checked | Outcome::Refused | Outcome::Planned(..) => {}
    }
    Ok(format!("{value:#}\n"))
}

fn put(value: &mut Value, key: &str, new: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(key.to_owned(), new);
    }
}
