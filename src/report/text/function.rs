//! One function in full.

use super::super::words::{bytes, count, list};
use super::layout::{Page, Tone};
use crate::analysis::{
    Advice, AwsCallFinding, Evidence, FunctionFindings, UnneededAction, Verdict, Way,
};

pub(super) fn write(page: &mut Page, function: &FunctionFindings) {
    page.blank();
    let name = page.paint(&function.id, Tone::Name);
    page.line(&format!("{name}  {}", headline(function)));
    page.field("source", &source(function));
    page.fields("events", &events(function));
    page.fields(
        "aws",
        &function.aws_calls.iter().map(aws_call).collect::<Vec<_>>(),
    );
    page.fields("http", &http(function));
    page.field("packages", &packages(function));
    write_environment(page, function);
    let work = function.import_work.iter();
    let work: Vec<_> = work
        .map(|w| format!("{}  {}:{}", w.what, w.file, w.line))
        .collect();
    page.fields("at import", &work);
    write_iam(page, function);
    if let Some(advice) = &function.advice {
        write_advice(page, advice);
    }
}

/// Functions of other runtimes, a line each.
pub(super) fn write_others(page: &mut Page, functions: &[&FunctionFindings]) {
    page.heading("Left alone");
    let rows: Vec<Vec<String>> = functions
        .iter()
        .map(|f| {
            vec![
                f.id.clone(),
                runtime(f),
                format!("{}:{}", f.template, f.line),
            ]
        })
        .collect();
    page.table(&rows);
}

fn runtime(function: &FunctionFindings) -> String {
    match &function.runtime {
        Some(runtime) => runtime.clone(),
        None if function.package_type == "Image" => "image".to_owned(),
        None => "no runtime named".to_owned(),
    }
}

fn headline(function: &FunctionFindings) -> String {
    let mut parts = vec![runtime(function)];
    parts.extend(function.memory_mb.map(|memory| format!("{memory} MB")));
    parts.extend(function.timeout_s.map(|timeout| format!("{timeout} s")));
    parts.extend(function.architectures.iter().cloned());
    parts.push(format!("{}:{}", function.template, function.line));
    parts.join(" · ")
}

fn source(function: &FunctionFindings) -> String {
    let Some(source) = &function.source else {
        return "not found".to_owned();
    };
    let modules = count(function.modules.len(), "module");
    let mut text = format!("{source} · {modules}, {}", count(function.lines, "line"));
    if !function.layers.is_empty() {
        text.push_str(&format!(" · layers {}", list(&function.layers)));
    }
    text
}

fn events(function: &FunctionFindings) -> Vec<String> {
    let events = function.events.iter();
    events
        .map(|event| match &event.detail {
            Some(detail) => format!("{} {detail} → {}", event.kind, event.payload),
            None => format!("{} → {}", event.kind, event.payload),
        })
        .collect()
}

fn aws_call(call: &AwsCallFinding) -> String {
    let mut text = format!("{} {}", call.service, call.operation);
    if let Some(target) = &call.target {
        text.push_str(&format!(" on {target}"));
    }
    text.push_str(&format!("  {}:{}:{}", call.file, call.line, call.column));
    for (flag, word) in [
        (call.in_loop, "in a loop"),
        (call.concurrent, "concurrent"),
        (call.at_import, "at import"),
    ] {
        if flag {
            text.push_str(&format!(", {word}"));
        }
    }
    text
}

fn http(function: &FunctionFindings) -> Vec<String> {
    let calls = function.http_calls.iter();
    calls
        .map(|call| {
            let method = call.method.as_deref().unwrap_or("request");
            let url = call.url.as_deref().unwrap_or("(computed URL)");
            format!(
                "{method} {url} by {}  {}:{}",
                call.library, call.file, call.line
            )
        })
        .collect()
}

fn packages(function: &FunctionFindings) -> String {
    let described: Vec<String> = function
        .packages
        .iter()
        .map(|package| {
            let mut facts = Vec::new();
            facts.extend(package.bytes.map(bytes));
            facts.extend(package.import_ms.map(|ms| format!("{ms:.0} ms to import")));
            if !package.at_import {
                facts.push("imported when called".to_owned());
            }
            match facts.as_slice() {
                [] => package.import.clone(),
                _ => format!("{} ({})", package.import, facts.join(", ")),
            }
        })
        .collect();
    described.join(", ")
}

fn write_environment(page: &mut Page, function: &FunctionFindings) {
    let environment = &function.environment;
    let used: Vec<String> = environment
        .used
        .iter()
        .map(|variable| match &variable.default {
            Some(default) => format!("{} (default {default:?})", variable.name),
            None => variable.name.clone(),
        })
        .collect();
    page.field("reads env", &used.join(", "));
    if !environment.missing.is_empty() {
        let text = format!("not defined: {}", environment.missing.join(", "));
        let text = page.paint(&text, Tone::Doubt);
        page.field("", &text);
    }
    if !environment.unused.is_empty() {
        page.field(
            "",
            &format!("defined, not read: {}", environment.unused.join(", ")),
        );
    }
    if environment.dynamic {
        page.field("", "and names that are computed");
    }
}

fn write_iam(page: &mut Page, function: &FunctionFindings) {
    let Some(iam) = &function.iam else { return };
    let needed: Vec<&str> = iam
        .needed
        .iter()
        .map(|needed| needed.action.as_str())
        .collect();
    page.field("iam needs", &needed.join(", "));
    if !iam.missing.is_empty() {
        let text = page.paint(
            &format!("not granted: {}", iam.missing.join(", ")),
            Tone::Bad,
        );
        page.field("", &text);
    }
    for (place, actions) in by_grant(&iam.unneeded) {
        page.field(
            "",
            &format!("granted, not needed ({place}): {}", actions.join(", ")),
        );
    }
    if !iam.complete {
        page.field("", &format!("not understood: {}", iam.unknown.join(", ")));
    }
}

fn write_advice(page: &mut Page, advice: &Advice) {
    for (way, verdict) in [
        (Way::Rewrite, &advice.rewrite),
        (Way::Bind, &advice.bind),
        (Way::AddExtension, &advice.extension),
    ] {
        let chosen = advice.recommended == Some(way);
        let text = verdict_text(verdict);
        let mark = match (chosen, verdict.fits) {
            (true, _) => page.paint("advised", Tone::Good),
            (false, true) => "possible".to_owned(),
            (false, false) => page.paint("no", Tone::Dim),
        };
        let label = if way == Way::AddExtension {
            "extension".to_owned()
        } else {
            way.to_string()
        };
        page.field(&label, &format!("{mark}: {text}"));
        for gain in verdict.gains.iter().filter(|_| chosen) {
            let evidence = match gain.evidence {
                Evidence::Article => "the article's figures",
                Evidence::Measured => "measured",
                Evidence::Code => "by the code",
            };
            page.field("", &format!("+ {} ({evidence})", gain.text));
        }
    }
}

fn verdict_text(verdict: &Verdict) -> String {
    let mut parts = Vec::new();
    parts.extend(verdict.effort.map(|effort| format!("{effort} effort")));
    parts.extend(verdict.reasons.iter().cloned());
    if !verdict.obstacles.is_empty() {
        parts.push(format!("in the way: {}", verdict.obstacles.join("; ")));
    }
    parts.join("; ")
}

/// Actions by the grant that they come from, in the order of the template.
fn by_grant(unneeded: &[UnneededAction]) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for found in unneeded {
        let place = format!("{}, line {}", found.grant, found.line);
        let action = match found.narrow_to.as_slice() {
            [] => found.action.clone(),
            narrow => format!("{} ({} would do)", found.action, list(narrow)),
        };
        match groups.last_mut().filter(|(last, _)| *last == place) {
            Some((_, actions)) => actions.push(action),
            None => groups.push((place, vec![action])),
        }
    }
    groups
}
