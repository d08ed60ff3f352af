//! What a comparison came to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::answers::Answers;
use super::case::Case;
use super::compare::Difference;
use super::observe::Observation;
use super::trace::{Coverage, Unreached};
use crate::source::display_path;

/// The version of a [`Verification`] as JSON.
pub const SCHEMA: u32 = 1;

/// The outcome of comparing a replacement with its original.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The function's logical id.
    pub function: String,
    /// The template that declares it.
    pub template: String,
    /// What the original is.
    pub original: String,
    /// What the replacement is.
    pub replacement: String,
    /// Whether both did the same in all cases.
    pub verdict: Verdict,
    /// How often it came to what.
    pub counts: Counts,
    /// Every case, in the order in which they ran.
    pub cases: Vec<CaseOutcome>,
    /// What the original raised, by `errorType`, and in how many cases.
    pub errors: BTreeMap<String, usize>,
    /// AWS operations that the original called in any case, such as `dynamodb GetItem`.
    pub operations: Vec<String>,
    /// Which of the original's lines and branches the cases reached.
    pub coverage: Covered,
    /// What was taken for the tests of the replacement's crate, where that was asked for.
    #[serde(skip)]
    pub answers: Option<Answers>,
    /// What to know about how it was run.
    pub notes: Vec<String>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// How much of the original the cases reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Lines that ran.
    pub lines: usize,
    /// All lines of the modules that were loaded.
    pub all_lines: usize,
    /// Branches that were taken.
    pub branches: usize,
    /// All branches.
    pub all_branches: usize,
    /// What no case reached.
    pub unreached: Vec<NotReached>,
}

/// A place that no case reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotReached {
    /// The file, from the project's folder.
    pub file: String,
    /// Its line.
    pub line: u32,
    /// What was not reached, as in `line 34 never went to line 36`.
    pub what: String,
    /// The text of the line.
    pub source: String,
}

impl Covered {
    pub(super) fn new(coverage: &Coverage, root: &Path) -> Self {
        let (lines, all_lines) = coverage.lines();
        let (branches, all_branches) = coverage.branches();
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let shown = |file: &Path| display_path(file.strip_prefix(&real).unwrap_or(file));
        let unreached = coverage.unreached().into_iter().map(|it| {
            let what = it.to_string();
            let (file, line, source) = match it {
                Unreached::Lines {
                    file,
                    first,
                    source,
                    ..
                } => (file, first, source),
                Unreached::Branch {
                    file,
                    branch,
                    source,
                } => (file, branch.from, source),
            };
            NotReached {
                file: shown(&file),
                line,
                what,
                source: source.trim().to_owned(),
            }
        });
        Self {
            lines,
            all_lines,
            branches,
            all_branches,
            unreached: unreached.collect(),
        }
    }
}

/// Whether the replacement did what the original did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It did.
    Equal,
    /// It did not.
    Different,
    /// The original itself answers in one run and raises in another.
    Unsettled,
}

/// Numbers of cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// That ran.
    pub cases: usize,
    /// In which both did the same.
    pub equal: usize,
    /// In which they did not.
    pub different: usize,
    /// In which the original's own runs part, so that nothing can be said.
    pub unsettled: usize,
    /// That the original answered; in the others it raised.
    pub answered: usize,
    /// That were left out since enough had differed.
    pub left_out: usize,
}

/// Where a case came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The project's own, or the user's.
    Project,
    /// What AWS usually sends.
    Usual,
    /// That, varied as events of its kind are.
    Varied,
    /// That, varied where the code reads it.
    Read,
    /// With an AWS call that fails.
    Fault,
}

/// One case's outcome.
#[derive(Debug, Clone, Serialize)]
pub struct CaseOutcome {
    /// The case's name.
    pub name: String,
    /// Why it was tried.
    pub why: String,
    /// Where it came from.
    pub origin: Origin,
    /// Whether both did the same.
    pub verdict: Verdict,
    /// The original's `errorType`; absent where it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raised: Option<String>,
    /// What differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// What differs in whole; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Box<Evidence>>,
    /// The file that it was saved to, which can be replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved: Option<PathBuf>,
}

/// A case that differs and what both sides did.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// The case, with what came before it where that matters.
    pub case: Case,
    /// What the original did.
    pub original: Observation,
    /// What the replacement did.
    pub replacement: Observation,
}

impl CaseOutcome {
    /// Whether both did the same.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.verdict == Verdict::Equal
    }
}
