//! `rewrite`: the whole function becomes a Rust Lambda.

use super::super::packages::has_counterpart;
use super::{Effort, Evidence, Gain, Verdict, authorizes, heavy_imports, serves_requests};
use crate::analysis::FunctionFindings;
use crate::diagnostic::Severity;

pub(super) fn verdict(function: &FunctionFindings) -> Verdict {
    let obstacles = obstacles(function);
    if !obstacles.is_empty() {
        return Verdict {
            obstacles,
            ..Verdict::no(String::new())
        };
    }
    Verdict {
        fits: true,
        effort: Some(Effort::of(function.lines)),
        reasons: reasons(function),
        obstacles,
        gains: gains(function),
    }
}

fn obstacles(function: &FunctionFindings) -> Vec<String> {
    let mut obstacles = Vec::new();
    if function.package_type == "Image" {
        obstacles.push("it is packaged as a container image".to_owned());
    }
    if function.source.is_none() {
        obstacles.push("its handler was not found".to_owned());
    }
    let errors = function
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    if errors > 0 && function.source.is_some() {
        obstacles.push("its source has errors".to_owned());
    }
    for package in &function.packages {
        if !has_counterpart(&package.import) {
            obstacles.push(format!(
                "`{}` has no known counterpart in Rust",
                package.import
            ));
        }
    }
    obstacles
}

fn reasons(function: &FunctionFindings) -> Vec<String> {
    let mut reasons = Vec::new();
    if authorizes(function) {
        reasons.push("runs before requests to the API".to_owned());
    } else if serves_requests(function) {
        reasons.push("a client waits for its answer".to_owned());
    }
    reasons.push(match function.lines {
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    });
    if function
        .packages
        .iter()
        .all(|package| package.import.starts_with("boto"))
    {
        reasons.push("needs only the standard library and boto3".to_owned());
    }
    reasons
}

fn gains(function: &FunctionFindings) -> Vec<Gain> {
    let mut gains = vec![Gain::new(
        "the article's authorizer: cold start about 8 times faster, cost a half to a third",
        Evidence::Article,
    )];
    gains.extend(
        heavy_imports(function)
            .into_iter()
            .take(2)
            .filter_map(|package| {
                let text = format!(
                    "importing {} {} took {:.0} ms and falls away",
                    package.import,
                    package.version.as_deref()?,
                    package.import_ms?
                );
                Some(Gain::new(text, Evidence::Measured))
            }),
    );
    gains
}
