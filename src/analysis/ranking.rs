//! Which functions to move first.
//!
//! Points: 40 for a rewrite, 30 for bindings, 20 for an extension, since that is the order of
//! what they gain; 40 for an authorizer, which delays every request of its API, 15 for a function
//! whose answer a client waits for; 15 for AWS calls in a loop; a point for each 20 ms of measured
//! import time, up to 20; less 10 for a medium and 25 for a large effort.

use super::advice::{Advice, Effort, Verdict, Way, authorizes, heavy_imports, serves_requests};
use super::findings::{FunctionFindings, Ranked};

/// The functions for which a way is advised, the most points first.
pub(super) fn rank(functions: &[FunctionFindings]) -> Vec<Ranked> {
    let mut ranking: Vec<Ranked> = functions.iter().filter_map(ranked).collect();
    ranking.sort_by_key(|ranked| std::cmp::Reverse(ranked.score));
    ranking
}

fn ranked(function: &FunctionFindings) -> Option<Ranked> {
    let advice = function.advice.as_ref()?;
    let way = advice.recommended?;
    let effort = verdict(advice, way).effort?;
    let (points, reasons) = points(function, way, effort);
    Some(Ranked {
        id: function.id.clone(),
        template: function.template.clone(),
        way,
        effort,
        score: points,
        reasons,
    })
}

fn verdict(advice: &Advice, way: Way) -> &Verdict {
    match way {
        Way::Bind => &advice.bind,
        Way::Rewrite => &advice.rewrite,
        Way::AddExtension => &advice.extension,
    }
}

fn points(function: &FunctionFindings, way: Way, effort: Effort) -> (u32, Vec<String>) {
    let mut reasons = Vec::new();
    let mut points = match way {
        Way::Rewrite => 40,
        Way::Bind => 30,
        Way::AddExtension => 20,
    };
    if authorizes(function) {
        points += 40;
        reasons.push("runs before requests to the API".to_owned());
    } else if serves_requests(function) {
        points += 15;
        reasons.push("a client waits for it".to_owned());
    }
    if function.aws_calls.iter().any(|call| call.in_loop) {
        points += 15;
        reasons.push("AWS calls in a loop".to_owned());
    }
    let import_ms: f64 = heavy_imports(function)
        .iter()
        .filter_map(|p| p.import_ms)
        .sum();
    if import_ms > 0.0 {
        points += (import_ms / 20.0).min(20.0) as u32;
        reasons.push(format!("imports measured at {import_ms:.0} ms"));
    }
    reasons.push(format!("{} lines", function.lines));
    let less = match effort {
        Effort::Small => 0,
        Effort::Medium => 10,
        Effort::Large => 25,
    };
    (points.saturating_sub(less), reasons)
}
