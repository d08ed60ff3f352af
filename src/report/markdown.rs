//! The report for a pull request: GitHub-flavoured Markdown.

use std::fmt::Write as _;

use super::words::{count, list, percent};
use crate::analysis::{FunctionFindings, Scan};
use crate::diagnostic::{Diagnostic, printable};

pub(super) fn scan(scan: &Scan) -> String {
    let mut out = String::from("# gammaray-migrate scan\n\n");
    let total = scan.resolution.resolved + scan.resolution.unresolved;
    let python = scan
        .functions
        .iter()
        .filter(|function| function.is_python())
        .count();
    line(
        &mut out,
        &format!(
            "{}, {}, {python} of them Python. {} of the calls on boto3 objects understood.",
            count(scan.templates.len(), "template"),
            count(scan.functions.len(), "function"),
            percent(scan.resolution.resolved, total),
        ),
    );
    ranking(&mut out, scan);
    sends(&mut out, scan);
    functions(&mut out, scan);
    diagnostics(&mut out, scan);
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn cell(text: &str) -> String {
    printable(text, false)
        .replace('|', "\\|")
        .replace('\n', " ")
}

fn row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    line(out, &format!("| {} |", cells.join(" | ")));
}

fn header(out: &mut String, names: &[&str]) {
    line(out, &format!("| {} |", names.join(" | ")));
    line(out, &format!("|{}", " --- |".repeat(names.len())));
}

fn ranking(out: &mut String, scan: &Scan) {
    if scan.ranking.is_empty() {
        return;
    }
    out.push_str("\n## Move first\n\n");
    header(out, &["", "Function", "Way", "Effort", "Why"]);
    for (index, ranked) in scan.ranking.iter().enumerate() {
        row(
            out,
            &[
                (index + 1).to_string(),
                format!("`{}`", ranked.id),
                ranked.way.to_string(),
                ranked.effort.to_string(),
                ranked.reasons.join("; "),
            ],
        );
    }
}

fn sends(out: &mut String, scan: &Scan) {
    if scan.shared_sends.is_empty() {
        return;
    }
    out.push_str("\n## Shared behaviour\n\n");
    header(out, &["Target", "Operation", "Functions"]);
    for send in &scan.shared_sends {
        row(
            out,
            &[
                format!("`{}`", send.target),
                format!("{} {}", send.service, send.operations.join(", ")),
                list(&send.functions),
            ],
        );
    }
}

fn functions(out: &mut String, scan: &Scan) {
    if scan.functions.is_empty() {
        return;
    }
    out.push_str("\n## Functions\n\n");
    header(
        out,
        &[
            "Function",
            "Runtime",
            "Source",
            "Events",
            "AWS operations",
            "IAM",
        ],
    );
    for function in &scan.functions {
        row(out, &function_row(function));
    }
}

fn function_row(function: &FunctionFindings) -> [String; 6] {
    let events: Vec<String> = function
        .events
        .iter()
        .map(|event| match &event.detail {
            Some(detail) => format!("{} {detail}", event.kind),
            None => event.kind.clone(),
        })
        .collect();
    let mut calls: Vec<String> = function
        .aws_calls
        .iter()
        .map(|call| {
            let mark = if call.in_loop { " (loop)" } else { "" };
            format!("{} {}{mark}", call.service, call.operation)
        })
        .collect();
    calls.sort();
    calls.dedup();
    let iam = function.iam.as_ref().map_or_else(String::new, |iam| {
        let mut parts = Vec::new();
        if !iam.missing.is_empty() {
            parts.push(format!("missing: {}", iam.missing.join(", ")));
        }
        if !iam.unneeded.is_empty() {
            parts.push(format!("{} not needed", iam.unneeded.len()));
        }
        parts.join("; ")
    });
    [
        format!("`{}`", function.id),
        function
            .runtime
            .clone()
            .unwrap_or_else(|| function.package_type.to_owned()),
        function
            .source
            .as_ref()
            .map_or_else(String::new, |source| format!("`{source}`")),
        events.join(", "),
        calls.join(", "),
        iam,
    ]
}

fn diagnostics(out: &mut String, scan: &Scan) {
    let all: Vec<&Diagnostic> = scan.all_diagnostics().collect();
    if all.is_empty() {
        return;
    }
    out.push_str("\n## Diagnostics\n\n");
    for diagnostic in all {
        let _infallible = write!(out, "- `{}`", printable(&diagnostic.to_string(), false));
        if let Some(help) = &diagnostic.help {
            let _infallible = write!(out, "  \n  {help}");
        }
        out.push('\n');
    }
}
