//! The results for a terminal.

use super::super::Canvas;
use super::super::text::layout::{Page, Tone};
use super::compare::{change, ratio, spread};
use super::numbers::{bytes, dollars, milliseconds, percent};
use crate::bench::{At, FunctionResults, Results, VariantResults};

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
    for variant in function.variants.iter().skip(1) {
        if let Some(line) = summary(variant) {
            page.line(&format!("  {}", page.paint(&line, Tone::Good)));
        }
    }
    failures(page, function);
    let mut rows = vec![head(
        page,
        &[
            "memory",
            "variant",
            "cold start",
            "of it init",
            "warm p50",
            "p95",
            "p99",
            "peak memory",
            "a million",
        ],
    )];
    for memory in sizes(function) {
        for variant in &function.variants {
            if let Some(at) = variant.at.iter().find(|at| at.memory == memory) {
                rows.push(row(variant, at));
            }
        }
    }
    if rows.len() > 1 {
        page.blank();
        page.table(&rows);
    }
    ratios(page, function);
    packages(page, function);
    clients(page, function);
}

fn head(page: &Page, names: &[&str]) -> Vec<String> {
    names
        .iter()
        .map(|name| page.paint(name, Tone::Dim))
        .collect()
}

fn sizes(function: &FunctionResults) -> Vec<u32> {
    let all = function.variants.iter().flat_map(|variant| &variant.at);
    let mut sizes: Vec<u32> = all.map(|at| at.memory).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// `rust: cold start 14 – 22× shorter, …`.
fn summary(variant: &VariantResults) -> Option<String> {
    let parts = [
        (
            "cold start",
            "shorter",
            "longer",
            change(variant, |it| it.cold.map(|it| it.median)),
        ),
        (
            "warm",
            "faster",
            "slower",
            change(variant, |it| it.warm.map(|it| it.median)),
        ),
        (
            "memory",
            "less",
            "more",
            change(variant, |it| it.peak_memory.map(|it| it.median)),
        ),
        (
            "cost",
            "lower",
            "higher",
            change(variant, |it| Some(it.cost)),
        ),
    ];
    let parts = parts.into_iter().filter_map(|(what, less, more, change)| {
        let change = change?;
        Some(match change.better {
            Some(true) => format!("{what} {} {less}", change.number),
            Some(false) => format!("{what} {} {more}", change.number),
            None => format!("{what} about the same"),
        })
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| format!("{}: {}", variant.name, parts.join(", ")))
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

fn row(variant: &VariantResults, at: &At) -> Vec<String> {
    let warm = |of: fn(&crate::bench::statistics::Summary) -> f64| {
        at.warm_ms
            .as_ref()
            .map_or_else(String::new, |it| milliseconds(of(it)))
    };
    vec![
        format!("{} MB", at.memory),
        variant.name.clone(),
        milliseconds(at.cold_ms.median),
        percent(at.init_share()),
        warm(|it| it.median),
        warm(|it| it.p95),
        warm(|it| it.p99),
        at.peak_memory_bytes
            .map_or_else(String::new, |it| bytes(it.median)),
        dollars(at.million.total),
    ]
}

/// With the spread of what is compared.
fn ratios(page: &mut Page, function: &FunctionResults) {
    let mut rows = vec![head(
        page,
        &[
            "memory",
            "original ÷",
            "cold start",
            "warm",
            "cost",
            "middle half of this: cold start, warm",
        ],
    )];
    for memory in sizes(function) {
        for variant in function.variants.iter().skip(1) {
            let Some(at) = variant.at.iter().find(|at| at.memory == memory) else {
                continue;
            };
            let Some(ratios) = at.original_to_this else {
                continue;
            };
            let mut middle = vec![spread(&at.cold_ms, milliseconds)];
            middle.extend(at.warm_ms.as_ref().map(|it| spread(it, milliseconds)));
            rows.push(vec![
                format!("{memory} MB"),
                variant.name.clone(),
                ratio(at.original_to_this, |it| it.cold),
                ratio(at.original_to_this, |it| it.warm),
                super::numbers::times(ratios.cost),
                middle.join(", "),
            ]);
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
    page.fields(
        "left out",
        &results
            .conditions
            .left_out
            .iter()
            .map(|it| (*it).to_owned())
            .collect::<Vec<_>>(),
    );
}
