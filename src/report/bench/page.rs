//! One page of HTML that needs no other file: style, charts and tables are in it, and it is well
//! formed as XML too.

use super::chart::{SERIES, escape, marker};
use super::compare::changes;
use super::figures::{Figure, figures};
use super::numbers::percent;
use crate::bench::{FunctionResults, Results, VariantResults};

const STYLE: &str = include_str!("style.css");

/// What is said of all figures.
pub(super) struct Words {
    /// When and where.
    pub(super) taken: String,
    /// How often, and with which CPU time.
    pub(super) measured: String,
    /// By which rates.
    pub(super) cost: String,
}

pub(super) fn words(results: &Results) -> Words {
    let conditions = &results.conditions;
    let machine = &conditions.machine;
    let cpus = match machine.cpus {
        1 => "1 CPU".to_owned(),
        cpus => format!("{cpus} CPUs"),
    };
    let processor = machine.processor.as_deref().unwrap_or("unnamed processor");
    let taken = format!(
        "Taken on this machine and not on AWS, {}: {processor}, {cpus}, {}.",
        conditions.taken, machine.system
    );
    let plan = &results.plan;
    let limit = match conditions.cpu_time.limited {
        true => format!(
            "CPU time in proportion to memory, one CPU at 1,769 MB, by {}.",
            conditions.cpu_time.how
        ),
        false => conditions.cpu_time.how.clone(),
    };
    let mut measured = format!(
        "{} rounds, all variants in turn in each: a cold start, then warm invocations, {} in all. \
         {limit}",
        plan.rounds, plan.warm
    );
    if let Some(client) = &plan.client {
        measured.push_str(&format!(
            " Clients: {} at the same time, {} requests in each of {} rounds, {} ms between an \
             answer and the next request, with {} MB.",
            client.clients, client.requests, client.rounds, client.pause_ms, client.memory
        ));
    }
    let prices = &results.prices;
    let cost = format!(
        "Computed, not billed: {} per million requests and {} (x86_64) or {} (arm64) per \
         GB-second in {}, {}, of {}. Begun milliseconds are whole; init and extensions' work are \
         billed; {} of invocations meet a cold start.",
        amount(prices.million_requests, 2),
        amount(prices.gb_second.x86_64, 10),
        amount(prices.gb_second.arm64, 10),
        prices.region,
        prices.source,
        prices.date,
        percent(plan.cold_share)
    );
    Words {
        taken,
        measured,
        cost,
    }
}

fn amount(value: f64, decimals: usize) -> String {
    format!("${value:.decimals$}")
}

pub(super) fn of(results: &Results) -> String {
    let names: Vec<&str> = results
        .functions
        .iter()
        .map(|function| function.name.as_str())
        .collect();
    let names = escape(&names.join(", "));
    let words = words(results);
    let functions: String = results
        .functions
        .iter()
        .enumerate()
        .map(|(number, function)| section(function, results.plan.cold_share, number))
        .collect();
    let left_out: String = results
        .conditions
        .left_out
        .iter()
        .map(|item| format!("<li>{}</li>\n", escape(item)))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>Before and after: {names}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Before and after</h1>\n<p>{}</p>\n</header>\n<main>\n{functions}</main>\n\
         <footer>\n<h2>How these figures were taken</h2>\n<p>{}</p>\n<p>{}</p>\n\
         <h2>What they leave out</h2>\n<ul>\n{left_out}</ul>\n</footer>\n</body>\n</html>\n",
        escape(&words.taken),
        escape(&words.measured),
        escape(&words.cost),
    )
}

fn section(function: &FunctionResults, cold_share: f64, number: usize) -> String {
    let mut content = format!(
        "<section>\n<h2>{} <small>{}</small></h2>\n",
        escape(&function.name),
        function.architecture.as_str()
    );
    let variants = function.variants.iter().enumerate();
    let answers: String = variants
        .filter_map(|(series, variant)| answer(series, variant))
        .collect();
    if !answers.is_empty() {
        content.push_str(&format!("<div class=\"changes\">\n{answers}</div>\n"));
    }
    content.extend(function.variants.iter().filter_map(failure));
    content.push_str(&legend(function));
    content.push_str("<div class=\"grid\">\n");
    content.extend(figures(function, cold_share, number).iter().map(card));
    content.push_str("</div>\n</section>\n");
    content
}

/// The answer before the charts: how a variant compares with the original.
fn answer(series: usize, variant: &VariantResults) -> Option<String> {
    let items: String = changes(variant)
        .into_iter()
        .map(|change| {
            let class = match change.better {
                Some(true) => "good",
                Some(false) => "bad",
                None => "",
            };
            format!(
                "<div><strong class=\"{class}\">{}</strong><span>{}</span></div>",
                change.number, change.words
            )
        })
        .collect();
    (!items.is_empty()).then(|| {
        format!(
            "<div class=\"change\"><b>{} {}</b>{items}</div>\n",
            key(series),
            escape(&variant.name)
        )
    })
}

fn failure(variant: &VariantResults) -> Option<String> {
    let failure = variant.failure.as_ref()?;
    let log = match failure.log.is_empty() {
        true => String::new(),
        false => format!("<pre>{}</pre>", escape(&failure.log)),
    };
    Some(format!(
        "<div class=\"failure\"><strong class=\"bad\">{} failed with {} MB and has no \
         figures.</strong> {}: {}{log}</div>\n",
        escape(&variant.name),
        failure.memory,
        escape(&failure.kind),
        escape(&failure.message)
    ))
}

fn legend(function: &FunctionResults) -> String {
    let items: String = function
        .variants
        .iter()
        .enumerate()
        .map(|(series, variant)| format!("<li>{}{}</li>", key(series), escape(&variant.name)))
        .collect();
    format!("<ul class=\"legend\">{items}</ul>\n")
}

/// A variant's colour and shape.
fn key(series: usize) -> String {
    format!(
        "<svg class=\"s{}\" viewBox=\"0 0 14 14\" width=\"16\" height=\"16\" \
         aria-hidden=\"true\">{}</svg>",
        series % SERIES,
        marker(series, 7.0, 7.0)
    )
}

fn card(figure: &Figure) -> String {
    let head: String = figure
        .table
        .head
        .iter()
        .map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell)))
        .collect();
    let rows: String = figure
        .table
        .rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| format!("<td>{}</td>", escape(cell)))
                .collect();
            format!("<tr>{cells}</tr>\n")
        })
        .collect();
    format!(
        "<figure>\n<figcaption><h3>{}</h3><p>{}</p></figcaption>\n{}\n\
         <details><summary>Figures</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Figures: {}\">\n<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody>\
         </table></div></details>\n</figure>\n",
        escape(figure.title),
        escape(&figure.note),
        figure.svg,
        escape(figure.title),
    )
}
