//! Proof that a replacement does what the original did.
//!
//! In: a function of a project, a replacement, and cases. Both sides run in the local Lambda, each
//! before its own stand-in for AWS, the original twice. Out: for each case whether the replacement
//! did the same, and where not, what it did otherwise.

mod alone;
pub mod answers;
pub mod case;
pub mod compare;
mod error;
mod explore;
mod explorer;
mod faults;
pub(crate) mod gather;
pub mod generate;
pub mod observe;
pub mod outcome;
mod prepare;
mod run;
mod save;
mod side;
pub mod trace;
pub(crate) mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

pub use answers::{Answer, Answers};
pub use compare::Leniency;
pub use error::VerifyError;
pub use prepare::{Prepared, Request};
pub use world::Endpoint;

use crate::lambda::deployment::Deployment;
use crate::lambda::has_private_tmp;
use crate::lambda::record::Authority;
use crate::lambda::standin::Stack;
use crate::sam::{Function, Template};
use crate::source::display_path;
use explore::Explored;
use explorer::Explorer;
use outcome::{CaseOutcome, Counts, Covered, Origin, SCHEMA, Verdict, Verification};
use run::{Contest, Planned, Sides, segments};
use world::Ground;

/// A function as one template declares it, and its code.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// The folder of the project.
    pub root: &'a Path,
    /// The template.
    pub template: &'a Template,
    /// The function.
    pub function: &'a Function,
    /// Its code, ready to be started.
    pub deployment: &'a Deployment,
}

/// What is compared, and before which AWS.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// What says what is right.
    pub original: Party<'a>,
    /// What must do the same.
    pub replacement: Party<'a>,
    /// Where AWS calls go.
    pub endpoint: &'a Endpoint,
}

impl<'a> Pair<'a> {
    fn ground(self, party: Party<'a>, stack: &'a Stack) -> Ground<'a> {
        Ground {
            endpoint: self.endpoint,
            stack,
            template: party.template,
            function: party.function,
        }
    }
}

/// Which cases, and how strictly.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only this case, one that was saved.
    pub replay: Option<PathBuf>,
    /// Events of the user's.
    pub events: Vec<PathBuf>,
    /// Folders of cases of the user's.
    pub folders: Vec<PathBuf>,
    /// The most cases that are made, faults included.
    pub generated: usize,
    /// Whether AWS calls are made to fail.
    pub faults: bool,
    /// What may differ.
    pub leniency: Leniency,
    /// After so many cases that differ the rest is left out.
    pub enough: usize,
    /// Whether cases that differ are kept in the tool's folder in the replacement's project.
    pub save: bool,
    /// Whether answers are taken for the tests of the replacement's crate.
    pub answers: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            replay: None,
            events: Vec::new(),
            folders: Vec::new(),
            generated: 200,
            faults: true,
            leniency: Leniency::default(),
            enough: 20,
            save: true,
            answers: false,
        }
    }
}

/// Told how far the work is.
pub trait Progress: Sync {
    /// A part begins, of so many steps; 0 where that is not known.
    fn begin(&self, what: &'static str, steps: usize);
    /// One of them is done.
    fn step(&self);
}

/// Runs both sides over the same cases and compares what they did.
///
/// # Errors
/// When it could not be run; a replacement that differs is no error.
pub async fn verify(
    pair: Pair<'_>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Verification, VerifyError> {
    let began = Instant::now();
    let stacks = [pair.original, pair.replacement].map(|party| Stack::of(party.template));
    let contest = Contest {
        original: (
            pair.ground(pair.original, &stacks[0]),
            pair.original.deployment,
        ),
        replacement: (
            pair.ground(pair.replacement, &stacks[1]),
            pair.replacement.deployment,
        ),
        leniency: options.leniency,
    };
    let authority = Authority::new().map_err(VerifyError::io("no certificate authority"))?;
    let authority = Arc::new(authority);

    progress.begin("starting both sides", 0);
    let (mut sides, mut explorer) = tokio::try_join!(
        Sides::start(&contest, &authority),
        Explorer::start(&contest, &authority),
    )?;
    let Explored {
        planned,
        untried,
        operations,
        mut notes,
    } = explore::explore(pair.original, &mut explorer, options, progress).await?;

    let candidates = match options.answers {
        true => answers::candidates(&planned),
        false => Vec::new(),
    };
    let ((mut outcomes, left_out), _) = tokio::try_join!(
        compare_all(&mut sides, planned, options.enough, progress),
        explorer.run(&untried, &|| {}),
    )?;
    let mut answers = None;
    if options.answers {
        progress.begin("taking answers for tests", candidates.len());
        let taken = answers::take(&mut sides, &candidates, &outcomes, &|| progress.step()).await?;
        answers = Some(Answers {
            folder: pair.replacement.deployment.krate.clone(),
            ..taken
        });
    }
    let coverage = Covered::new(&explorer.trace.coverage, pair.original.root);
    notes.extend(sides.notes());
    for name in sides.late() {
        notes.push(format!(
            "the replacement alone ran out of time in `{name}` at first; it was run again"
        ));
    }
    if let Endpoint::Given(url) = pair.endpoint {
        notes.push(format!(
            "all sides share the state of {url}, which is not reset between cases"
        ));
    }
    drop((sides, explorer));
    if options.save && options.replay.is_none() {
        let Party { root, function, .. } = pair.replacement;
        save::save(root, &function.short_name(), &mut outcomes)?;
    }
    let found = Found {
        cases: outcomes,
        left_out,
        operations: operations.into_iter().collect(),
        coverage,
        answers,
        notes,
    };
    Ok(summary(pair, found, began))
}

/// Runs all cases, until enough have differed. Gives how many were left out too.
async fn compare_all(
    sides: &mut Sides<'_>,
    planned: Vec<Planned>,
    enough: usize,
    progress: &dyn Progress,
) -> Result<(Vec<CaseOutcome>, usize), VerifyError> {
    progress.begin("comparing", planned.len());
    let mut outcomes: Vec<CaseOutcome> = Vec::new();
    let mut left_out = 0;
    for segment in segments(planned) {
        let differing = outcomes.iter().filter(|it| it.evidence.is_some());
        if differing.count() >= enough {
            left_out += segment.len();
            continue;
        }
        outcomes.extend(sides.segment(&segment, &|| progress.step()).await?);
    }
    Ok((outcomes, left_out))
}

/// What a verification is made from.
struct Found {
    cases: Vec<CaseOutcome>,
    left_out: usize,
    operations: Vec<String>,
    coverage: Covered,
    answers: Option<Answers>,
    notes: Vec<String>,
}

fn summary(pair: Pair<'_>, found: Found, began: Instant) -> Verification {
    let Found {
        cases,
        left_out,
        operations,
        coverage,
        answers,
        mut notes,
    } = found;
    let of = |verdict| cases.iter().filter(|it| it.verdict == verdict).count();
    let counts = Counts {
        cases: cases.len(),
        equal: of(Verdict::Equal),
        different: of(Verdict::Different),
        unsettled: of(Verdict::Unsettled),
        answered: cases.iter().filter(|it| it.raised.is_none()).count(),
        left_out,
    };
    let mut errors = BTreeMap::new();
    for kind in cases.iter().filter_map(|it| it.raised.clone()) {
        *errors.entry(kind).or_default() += 1;
    }
    for case in cases.iter().filter(|it| it.verdict == Verdict::Unsettled) {
        let name = &case.name;
        notes.push(match case.raised.as_deref() {
            Some(run::TIMED_OUT) => {
                format!("the original was not ready in time in `{name}`: nothing is said of it")
            }
            _ => format!("the original's own runs part in `{name}`: nothing is said of it"),
        });
    }
    let late = cases
        .iter()
        .filter(|it| it.origin != Origin::Fault && it.raised.as_deref() == Some(run::TIMED_OUT));
    for case in late {
        let name = &case.name;
        notes.push(format!(
            "the original ran out of time in `{name}`: of what it would do after that nothing is said"
        ));
    }
    let Pair {
        original,
        replacement,
        ..
    } = pair;
    if replacement.deployment.is_same_code(original.deployment) {
        notes.push("no replacement is named: the original was compared with itself".to_owned());
    }
    if !has_private_tmp() {
        notes.push("all sides share this machine's /tmp; each has its own TMPDIR".to_owned());
    }
    if counts.answered == 0 {
        notes.push("the original answered in no case, so little is proven".to_owned());
    }
    Verification {
        schema: SCHEMA,
        function: pair.original.function.id.clone(),
        template: display_path(pair.original.template.file.path()),
        original: pair.original.deployment.label.clone(),
        replacement: pair.replacement.deployment.label.clone(),
        verdict: match counts {
            Counts { different: 1.., .. } => Verdict::Different,
            Counts { equal: 0, .. } => Verdict::Unsettled,
            _ => Verdict::Equal,
        },
        counts,
        errors,
        cases,
        operations,
        coverage,
        answers,
        notes,
        seconds: began.elapsed().as_secs_f64(),
    }
}
