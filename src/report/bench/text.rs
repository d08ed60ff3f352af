//! The results for a terminal.

use super::super::Canvas;
use super::super::text::layout::{Page, Tone};
use super::compare::{changes, ratio, spread};
use super::numbers::{bytes, dollars, milliseconds, percent, times};
use crate::bench::statistics::{Ratio, Summary};
use crate::bench::{At, FunctionResults, Ratios, Results, VariantResults};

pub(super) fn of(results: &Results, canvas: Canvas) -> String {
    let mut page = Page::new(canvas);
    for (index, function) in results.functions.iter().enumerate() {
        if index > 0 {
            page.blank();
        }
        write(&mut page, function);
    }
    conditions(&mut page, results);
    page.finish()
}

fn write(page: &mut Page, function: &FunctionResults) {
    let name = page.paint(&function.name, Tone::Name);
    page.line(&format!("{name}, {}", function.architecture.as_str()));
    for variant in &function.variants {
        if let Some(line) = summary(variant) {
            page.field("", &line);
        }
    }
    failures(page, function);
    cold(page, function);
    warm(page, function);
    packages(page, function);
    clients(page, function);
}

fn sizes(function: &FunctionResults) -> Vec<u32> {
    let all = function.variants.iter().flat_map(|variant| &variant.at);
    let mut sizes: Vec<u32> = all.map(|at| at.memory).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// `rust: 14 – 22× shorter cold start, …`.
fn summary(variant: &VariantResults) -> Option<String> {
    let changes = changes(variant).into_iter();
    let changes: Vec<String> = changes
        .map(|change| format!("{} {}", change.number, change.words))
        .collect();
    (!changes.is_empty()).then(|| format!("{}: {}", variant.name, changes.join(", ")))
}

fn failures(page: &mut Page, function: &FunctionResults) {
    for variant in &function.variants {
        if let Some(failure) = &variant.failure {
            let text = format!(
                "{} failed with {} MB and has no figures: {}: {}",
                variant.name, failure.memory, failure.kind, failure.message
            );
            let text = page.paint(&text, Tone::Bad);
            page.line(&format!("  {text}"));
            for line in failure.log.lines() {
                page.line(&format!("    {line}"));
            }
        }
    }
}

fn cold(page: &mut Page, function: &FunctionResults) {
    let names = [
        "memory",
        "variant",
        "cold start",
        "middle half",
        "of it init",
        "peak memory",
        "original ÷",
    ];
    table(page, function, &names, |at| {
        let peak = at.peak_memory_bytes.map(|it| bytes(it.median));
        vec![
            milliseconds(at.cold_ms.median),
            spread(&at.cold_ms, milliseconds),
            percent(at.init_share()),
            peak.unwrap_or_default(),
            compared(at, |it| it.cold),
        ]
    });
}

fn warm(page: &mut Page, function: &FunctionResults) {
    let names = [
        "memory",
        "variant",
        "warm p50",
        "middle half",
        "p95",
        "p99",
        "a million",
        "original ÷",
    ];
    table(page, function, &names, |at| {
        let warm = |show: fn(&Summary) -> String| at.warm_ms.as_ref().map(show).unwrap_or_default();
        let cost = at
            .original_to_this
            .map(|it| format!(", cost {}", times(it.cost)));
        vec![
            warm(|it| milliseconds(it.median)),
            warm(|it| spread(it, milliseconds)),
            warm(|it| milliseconds(it.p95)),
            warm(|it| milliseconds(it.p99)),
            dollars(at.million.total),
            compared(at, |it| it.warm) + &cost.unwrap_or_default(),
        ]
    });
}

fn compared(at: &At, of: impl Fn(&Ratios) -> Option<Ratio>) -> String {
    match at.original_to_this {
        None => "the original".to_owned(),
        ratios => ratio(ratios, of),
    }
}

/// A row for each memory size and variant that has figures.
fn table(
    page: &mut Page,
    function: &FunctionResults,
    names: &[&str],
    cells: impl Fn(&At) -> Vec<String>,
) {
    let mut rows = vec![
        names
            .iter()
            .map(|name| page.paint(name, Tone::Dim))
            .collect(),
    ];
    for memory in sizes(function) {
        for variant in &function.variants {
            if let Some(at) = variant.at.iter().find(|at| at.memory == memory) {
                let mut row = vec![format!("{memory} MB"), variant.name.clone()];
                row.extend(cells(at));
                rows.push(row);
            }
        }
    }
    if rows.len() > 1 {
        page.blank();
        page.table(&rows);
    }
}

fn packages(page: &mut Page, function: &FunctionResults) {
    page.blank();
    let lines: Vec<String> = function
        .variants
        .iter()
        .map(|variant| match (&variant.package, &variant.package_error) {
            (Some(package), _) => {
                let sizes = format!(
                    "{}: {} zipped, {} unpacked",
                    variant.name,
                    bytes(package.zipped() as f64),
                    bytes(package.unzipped() as f64)
                );
                let limits = package.exceeds.iter().map(String::as_str);
                [sizes.as_str()]
                    .into_iter()
                    .chain(limits)
                    .collect::<Vec<_>>()
                    .join("; ")
            }
            (None, error) => format!(
                "{}: size unknown: {}",
                variant.name,
                error.as_deref().unwrap_or_default()
            ),
        })
        .collect();
    page.fields("package", &lines);
}

fn clients(page: &mut Page, function: &FunctionResults) {
    let lines = function.variants.iter().filter_map(|variant| {
        let client = variant.client.as_ref()?;
        let latency = &client.latency_ms;
        let after = client.busy_after_answer_ms.map_or(0.0, |it| it.median);
        Some(format!(
            "{}: p50 {}, p95 {}, p99 {} over {} requests; {} met a cold start; busy for {} after \
             the answer; {} waited",
            variant.name,
            milliseconds(latency.median),
            milliseconds(latency.p95),
            milliseconds(latency.p99),
            latency.count,
            percent(client.cold_share),
            milliseconds(after),
            client.waited
        ))
    });
    page.fields("clients", &lines.collect::<Vec<_>>());
}

fn conditions(page: &mut Page, results: &Results) {
    page.heading("How these figures were taken");
    let words = super::page::words(results);
    page.field("where", &words.taken);
    page.field("how", &words.measured);
    page.field("cost", &words.cost);
    page.fields("left out", &results.conditions.left_out);
}
