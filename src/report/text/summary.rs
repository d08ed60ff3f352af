//! The first screen: how much is here, what to move first, what to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::{count, language, list, percent};
use super::layout::{Page, Tone, tone};
use crate::analysis::Scan;
use crate::diagnostic::{Diagnostic, Severity};

/// How many ranked functions fit on the first screen.
const RANKED: usize = 8;

pub(super) fn write(page: &mut Page, scan: &Scan) {
    let headline = page.paint(&headline(scan), Tone::Name);
    page.line(&headline);
    if let Some(line) = calls(scan) {
        page.line(&line);
    }
    write_failures(page, scan);
    write_ranking(page, scan);
    write_sends(page, scan);
    write_attention(page, scan);
}

fn headline(scan: &Scan) -> String {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for function in &scan.functions {
        *languages
            .entry(language(function.runtime.as_deref()))
            .or_default() += 1;
    }
    let mut languages: Vec<_> = languages.into_iter().collect();
    languages.sort_by_key(|&(name, number)| (name != "Python", usize::MAX - number));
    let languages: Vec<String> = languages
        .iter()
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    let read = scan
        .templates
        .iter()
        .filter(|template| template.read)
        .count();
    let functions = count(scan.functions.len(), "function");
    match languages.as_slice() {
        [] => format!("{}, no function", count(read, "template")),
        _ => format!(
            "{}, {functions}: {}",
            count(read, "template"),
            list(&languages)
        ),
    }
}

fn calls(scan: &Scan) -> Option<String> {
    let places: BTreeSet<_> = scan
        .functions
        .iter()
        .flat_map(|function| &function.aws_calls)
        .map(|call| {
            (
                &call.file,
                call.line,
                call.column,
                &call.service,
                &call.operation,
            )
        })
        .collect();
    let services: BTreeSet<&str> = places.iter().map(|place| place.3.as_str()).collect();
    let total = scan.resolution.resolved + scan.resolution.unresolved;
    if total == 0 {
        return None;
    }
    Some(format!(
        "{} to {} ({}); {} of the calls on boto3 objects understood",
        count(places.len(), "AWS call"),
        count(services.len(), "service"),
        services.into_iter().collect::<Vec<_>>().join(", "),
        percent(scan.resolution.resolved, total),
    ))
}

fn write_failures(page: &mut Page, scan: &Scan) {
    let failed: Vec<&str> = scan
        .templates
        .iter()
        .filter(|t| !t.read)
        .map(|template| template.path.as_str())
        .collect();
    if !failed.is_empty() {
        let text = format!(
            "{} not read: {}",
            count(failed.len(), "template"),
            list(&failed)
        );
        let text = page.paint(&text, Tone::Bad);
        page.line(&text);
    }
}

fn write_ranking(page: &mut Page, scan: &Scan) {
    if scan.ranking.is_empty() {
        return;
    }
    page.heading("Move first");
    let rows: Vec<Vec<String>> = scan
        .ranking
        .iter()
        .take(RANKED)
        .enumerate()
        .map(|(index, ranked)| {
            vec![
                format!("{}", index + 1),
                ranked.id.clone(),
                ranked.way.to_string(),
                format!("{} effort", ranked.effort),
                ranked.reasons.join("; "),
            ]
        })
        .collect();
    page.table(&rows);
    if scan.ranking.len() > RANKED {
        let rest = format!("  and {} more, below", scan.ranking.len() - RANKED);
        let rest = page.paint(&rest, Tone::Dim);
        page.line(&rest);
    }
}

fn write_sends(page: &mut Page, scan: &Scan) {
    if scan.shared_sends.is_empty() {
        return;
    }
    page.heading("Shared behaviour (add-extension)");
    let rows: Vec<Vec<String>> = scan
        .shared_sends
        .iter()
        .map(|send| {
            let what = format!("{} {}", send.service, send.operations.join(", "));
            let who = format!(
                "{}: {}",
                count(send.functions.len(), "function"),
                list(&send.functions)
            );
            vec![send.target.clone(), what, who]
        })
        .collect();
    page.table(&rows);
}

fn write_attention(page: &mut Page, scan: &Scan) {
    let mut lines = Vec::new();
    let iam = || {
        scan.functions
            .iter()
            .filter_map(|function| function.iam.as_ref())
    };
    let missing: usize = iam().map(|iam| iam.missing.len()).sum();
    let unneeded: usize = iam().map(|iam| iam.unneeded.len()).sum();
    if missing > 0 {
        lines.push(page.paint(
            &format!("{} needed but not granted", count(missing, "IAM action")),
            Tone::Bad,
        ));
    }
    if unneeded > 0 {
        lines.push(format!(
            "{} granted that no call needs",
            count(unneeded, "IAM action")
        ));
    }
    let variables: usize = scan
        .functions
        .iter()
        .map(|f| f.environment.missing.len())
        .sum();
    if variables > 0 {
        let text = format!(
            "{} read but not defined",
            count(variables, "environment variable")
        );
        lines.push(page.paint(&text, Tone::Doubt));
    }
    let all: Vec<&Diagnostic> = scan.all_diagnostics().collect();
    for (severity, noun) in [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ] {
        let number = all
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count();
        if number > 0 {
            lines.push(page.paint(&count(number, noun), tone(severity)));
        }
    }
    if lines.is_empty() {
        return;
    }
    page.heading("Look at");
    for line in lines {
        page.line(&format!("  {line}"));
    }
}
