//! Which of the three ways fits a function, why, and what it should gain.
//!
//! In: what was found of a function. Out: a verdict on each way. The rules speak of lines,
//! events, calls and packages; gains carry the evidence that they rest on, and no figure is made
//! up.

mod bind;
mod extension;
mod rewrite;

use std::fmt;

use serde::Serialize;

use super::findings::{FunctionFindings, PackageFinding, SharedSend};

/// One of the three ways to Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Hot functions move to a PyO3 module; the handler stays Python.
    Bind,
    /// The whole function becomes a Rust Lambda.
    Rewrite,
    /// Repeated sends move to a Lambda extension.
    AddExtension,
}

impl fmt::Display for Way {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Bind => "bind",
            Self::Rewrite => "rewrite",
            Self::AddExtension => "add-extension",
        })
    }
}

/// How much work a way is, by the lines and modules that it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// Up to about a hundred lines.
    Small,
    /// Up to about three hundred lines.
    Medium,
    /// More.
    Large,
}

impl fmt::Display for Effort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        })
    }
}

/// What a statement of gain rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The measurements of the article that the project follows, made on its application.
    Article,
    /// A measurement of ours that the tool's data records.
    Measured,
    /// What the code says, by the rules of the language and of AWS.
    Code,
}

/// One thing to gain.
#[derive(Debug, Clone, Serialize)]
pub struct Gain {
    /// What.
    pub text: String,
    /// On what evidence.
    pub evidence: Evidence,
}

/// What is to be said of one way for one function.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Whether it fits.
    pub fits: bool,
    /// The effort, where it fits.
    pub effort: Option<Effort>,
    /// What speaks for it.
    pub reasons: Vec<String>,
    /// What stands in the way.
    pub obstacles: Vec<String>,
    /// What it should gain.
    pub gains: Vec<Gain>,
}

/// The three verdicts and the choice among them.
#[derive(Debug, Clone, Serialize)]
pub struct Advice {
    /// Bindings.
    pub bind: Verdict,
    /// A Rust Lambda.
    pub rewrite: Verdict,
    /// An extension.
    pub extension: Verdict,
    /// The way that fits best, if one does.
    pub recommended: Option<Way>,
}

/// Lines up to which a way is a small effort, and up to which a medium one. The median handler of
/// real projects has 78 lines, the 90th percentile 319.
const SMALL_LINES: usize = 120;
const MEDIUM_LINES: usize = 320;

impl Effort {
    fn of(lines: usize) -> Self {
        if lines <= SMALL_LINES {
            Self::Small
        } else if lines <= MEDIUM_LINES {
            Self::Medium
        } else {
            Self::Large
        }
    }
}

impl Verdict {
    fn no(obstacle: impl Into<String>) -> Self {
        Self {
            fits: false,
            effort: None,
            reasons: Vec::new(),
            obstacles: vec![obstacle.into()],
            gains: Vec::new(),
        }
    }
}

impl Gain {
    fn new(text: impl Into<String>, evidence: Evidence) -> Self {
        Self {
            text: text.into(),
            evidence,
        }
    }
}

/// The advice for a Python function. `sends` are the project's shared sends.
pub(super) fn advise(function: &FunctionFindings, sends: &[SharedSend]) -> Advice {
    let bind = bind::verdict(function);
    let rewrite = rewrite::verdict(function);
    let extension = extension::verdict(function, sends);
    let recommended = recommend(function, &bind, &rewrite, &extension);
    Advice {
        bind,
        rewrite,
        extension,
        recommended,
    }
}

/// A rewrite gains most, so it comes first where it is no large effort; but where the weight of a
/// function lies in a part that can be bound alone, the smaller step is advised.
fn recommend(
    function: &FunctionFindings,
    bind: &Verdict,
    rewrite: &Verdict,
    extension: &Verdict,
) -> Option<Way> {
    let separable = bind.fits && function.definitions.iter().any(|d| d.calls_in_loop);
    let affordable = rewrite.effort.is_some_and(|effort| effort < Effort::Large);
    let candidates = [
        (
            Way::Rewrite,
            rewrite.fits && affordable && (!separable || authorizes(function)),
        ),
        (Way::Bind, bind.fits),
        (Way::Rewrite, rewrite.fits),
        (Way::AddExtension, extension.fits),
    ];
    candidates
        .into_iter()
        .find(|(_, fits)| *fits)
        .map(|(way, _)| way)
}

/// Whether the function is asked before requests to an API.
pub(super) fn authorizes(function: &FunctionFindings) -> bool {
    function
        .events
        .iter()
        .any(|event| event.payload.starts_with("Authorizer"))
}

/// Whether somebody waits for the function's answer to an HTTP request.
pub(super) fn serves_requests(function: &FunctionFindings) -> bool {
    let waiting = ["Api", "HttpApi", "FunctionUrl", "Alb"];
    function
        .events
        .iter()
        .any(|event| waiting.contains(&event.kind.as_str()))
}

/// Packages whose import is part of every cold start and was measured, heaviest first; of two
/// that bring one another only the outer one counts.
pub(super) fn heavy_imports(function: &FunctionFindings) -> Vec<&PackageFinding> {
    let brought_along = |package: &PackageFinding| {
        let by = match package.import.as_str() {
            "botocore" => ["boto3", "aioboto3", "aiobotocore"].as_slice(),
            "boto3" | "aiobotocore" => ["aioboto3"].as_slice(),
            _ => [].as_slice(),
        };
        function
            .packages
            .iter()
            .any(|other| other.at_import && by.contains(&other.import.as_str()))
    };
    let mut heavy: Vec<&PackageFinding> = function
        .packages
        .iter()
        .filter(|package| package.at_import && package.import_ms.is_some())
        .filter(|package| !brought_along(package))
        .collect();
    let milliseconds = |package: &PackageFinding| package.import_ms.unwrap_or_default();
    heavy.sort_by(|a, b| milliseconds(b).total_cmp(&milliseconds(a)));
    heavy
}
