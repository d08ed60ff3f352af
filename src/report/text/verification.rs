//! A comparison for a terminal: the verdict, cases by origin, the first difference in full.

use std::collections::BTreeMap;

use serde_json::Value;
use similar::TextDiff;

use super::super::words::{count, list};
use super::layout::{Page, Tone};
use crate::source::display_path;
use crate::verify::compare::Difference;
use crate::verify::outcome::{CaseOutcome, Covered, Origin, Verdict, Verification};

/// Differences of one case that are shown.
const SHOWN: usize = 5;

/// Cases that differ and are named.
const NAMED: usize = 10;

/// Places that no case reached and that are shown.
const UNREACHED: usize = 12;

/// Lines of an event, or of a difference, that are shown.
const LINES: usize = 40;

pub(super) fn write(page: &mut Page, verification: &Verification) {
    let (words, tone) = match verification.verdict {
        Verdict::Equal => ("equal", Tone::Good),
        Verdict::Different => ("different", Tone::Bad),
        Verdict::Unsettled => ("nothing proven", Tone::Doubt),
    };
    let name = page.paint(&verification.function, Tone::Name);
    let verdict = page.paint(words, tone);
    page.line(&format!("{name}: {verdict}"));
    page.field("original", &verification.original);
    page.field("compared", &verification.replacement);
    page.field("operations", &verification.operations.join(", "));
    counts(page, verification);
    page.heading("Cases");
    page.table(&rows(&verification.cases));
    if let Some(first) = verification.cases.iter().find(|it| it.evidence.is_some()) {
        difference(page, first);
        others(page, verification);
    }
    coverage(page, &verification.coverage);
    if !verification.notes.is_empty() {
        page.heading("Notes");
        for note in &verification.notes {
            page.field("", note);
        }
    }
}

fn counts(page: &mut Page, verification: &Verification) {
    let counts = &verification.counts;
    let mut line = format!(
        "{} in {:.1} s: {} equal, {} different",
        count(counts.cases, "case"),
        verification.seconds,
        counts.equal,
        counts.different
    );
    if counts.unsettled > 0 {
        line.push_str(&format!(", {} unsettled", counts.unsettled));
    }
    if counts.left_out > 0 {
        line.push_str(&format!("; {} left out after that", counts.left_out));
    }
    page.field("", &line);
    let mut line = format!("the original answered {}", counts.answered);
    if !verification.errors.is_empty() {
        let errors = verification.errors.iter();
        let errors: Vec<_> = errors
            .map(|(kind, count)| format!("{kind} in {count}"))
            .collect();
        line.push_str(&format!(" and raised {}", list(&errors)));
    }
    page.field("", &line);
}

fn rows(cases: &[CaseOutcome]) -> Vec<Vec<String>> {
    let mut by_origin: BTreeMap<Origin, (usize, usize, usize)> = BTreeMap::new();
    for case in cases {
        let entry = by_origin.entry(case.origin).or_default();
        entry.0 += 1;
        entry.1 += usize::from(case.evidence.is_some());
        entry.2 += usize::from(case.is_equal());
    }
    let rows = by_origin
        .into_iter()
        .map(|(origin, (all, different, equal))| {
            let words = match origin {
                Origin::Project => "of the project",
                Origin::Usual => "usual events",
                Origin::Varied => "events varied as AWS varies them",
                Origin::Read => "events varied where the code reads them",
                Origin::Fault => "failing calls",
            };
            vec![
                words.to_owned(),
                format!("{all:>4}"),
                format!("{equal} equal"),
                format!("{different} different"),
            ]
        });
    rows.collect()
}

fn difference(page: &mut Page, case: &CaseOutcome) {
    page.heading("The first difference");
    page.field("case", &case.name);
    page.field("why", &case.why);
    for difference in case.differences.iter().take(SHOWN) {
        let place = page.paint(&difference.place, Tone::Name);
        page.field("", &format!("{place} {}", difference.what));
        for line in diff(difference) {
            let tone = match line.as_bytes().first() {
                Some(b'-') => Tone::Bad,
                Some(b'+') => Tone::Good,
                _ => Tone::Dim,
            };
            let line = page.paint(&line, tone);
            page.verbatim(&format!("    {line}"));
        }
    }
    if case.differences.len() > SHOWN {
        let more = count(case.differences.len() - SHOWN, "difference");
        page.field("", &format!("and {more} more in this case"));
    }
    if let Some(evidence) = &case.evidence {
        let history = evidence.case.history.len();
        if history > 0 {
            page.field("after", &count(history, "case"));
        }
        page.field("event", "as the function was given it");
        for line in pretty(&evidence.case.event) {
            page.verbatim(&format!("    {line}"));
        }
    }
}

/// What was and what is, line by line.
fn diff(difference: &Difference) -> Vec<String> {
    let lines = |value: &Option<Value>| value.as_ref().map(pretty).unwrap_or_default();
    let (original, replacement) = (lines(&difference.original), lines(&difference.replacement));
    let (original, replacement) = (original.join("\n"), replacement.join("\n"));
    let text = TextDiff::from_lines(&original, &replacement);
    let mut shown = Vec::new();
    for group in text.grouped_ops(2) {
        for change in group.iter().flat_map(|op| text.iter_changes(op)) {
            let line = change.value().trim_end_matches('\n');
            shown.push(format!("{} {line}", change.tag()));
        }
    }
    cut(shown)
}

fn pretty(value: &Value) -> Vec<String> {
    let text = format!("{value:#}");
    cut(text.lines().map(str::to_owned).collect())
}

fn cut(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > LINES {
        let more = lines.len() - LINES;
        lines.truncate(LINES);
        lines.push(format!("… {}", count(more, "line")));
    }
    lines
}

/// What was not tried may differ.
fn coverage(page: &mut Page, covered: &Covered) {
    if covered.all_lines == 0 {
        return;
    }
    page.heading("Reached");
    page.field(
        "",
        &format!(
            "{} of {} lines and {} of {} branches of the original",
            covered.lines, covered.all_lines, covered.branches, covered.all_branches
        ),
    );
    for place in covered.unreached.iter().take(UNREACHED) {
        page.field("", &format!("{}: {}", place.file, place.what));
        let source = page.paint(&place.source, Tone::Dim);
        page.verbatim(&format!("                 {source}"));
    }
    if covered.unreached.len() > UNREACHED {
        let more = covered.unreached.len() - UNREACHED;
        page.field("", &format!("and {} more", count(more, "place")));
    }
}

fn others(page: &mut Page, verification: &Verification) {
    let differing: Vec<_> = verification
        .cases
        .iter()
        .filter(|it| it.evidence.is_some())
        .collect();
    page.heading("Cases that differ");
    for case in differing.iter().take(NAMED) {
        page.field("", &case.name);
        if let Some(saved) = &case.saved {
            let replay = format!("--replay {}", display_path(saved));
            let replay = page.paint(&replay, Tone::Dim);
            page.field("", &replay);
        }
    }
    if differing.len() > NAMED {
        page.field("", &format!("and {} more", differing.len() - NAMED));
    }
}
