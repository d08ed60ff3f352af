//! Which cases to run: those at hand, tried with the original to see what it reads and calls, and
//! those that follow from that.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use super::case::Case;
use super::error::VerifyError;
use super::explorer::Explorer;
use super::faults;
use super::gather::{self, Gathered};
use super::generate::{self, Generated, Subject, Surroundings};
use super::observe::Observation;
use super::outcome::Origin;
use super::run::{Planned, TIMED_OUT, later};
use super::side::{LONGEST, PATIENCE, Profile};
use super::{Options, Party, Progress};
use crate::lambda::deployment::timeout;

/// Varied events that are tried besides the usual ones, before cases are chosen.
const TRIED: usize = 20;

/// Rounds in which what was read leads to new cases, which lead to new reads.
const ROUNDS: usize = 6;

/// The most cases of a round.
const ROUND: usize = 60;

/// The share of generated cases that may be faults: one in so many.
const FAULTS: usize = 3;

/// Slow cases that are compared where there are too many.
const SLOW: usize = 2;

/// What to run.
#[derive(Default)]
pub(super) struct Explored {
    pub(super) planned: Vec<Planned>,
    /// Those among them that the traced original has not run yet.
    pub(super) untried: Vec<Planned>,
    /// AWS operations that were called.
    pub(super) operations: BTreeSet<String>,
    pub(super) notes: Vec<String>,
}

/// Chooses the cases.
pub(super) async fn explore(
    party: Party<'_>,
    explorer: &mut Explorer<'_>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Explored, VerifyError> {
    if let Some(path) = &options.replay {
        let case = gather::case(path)?;
        return Ok(Explored {
            planned: vec![Planned::new(case, Origin::Project)],
            notes: party.deployment.notes.clone(),
            ..Explored::default()
        });
    }
    let gathered = gather(party, options)?;
    let surroundings = Surroundings {
        physical: explorer.side.physical().clone(),
        ..Surroundings::default()
    };
    let subject = Subject {
        template: party.template,
        function: party.function,
        surroundings: &surroundings,
    };
    let mut search = Search::new(subject, &gathered, options.generated);
    search.run(explorer, progress).await?;

    let mut notes = party.deployment.notes.clone();
    notes.extend(gathered.notes.iter().cloned());
    notes.extend(explorer.trace.troubles.iter().cloned());
    let failing = if options.faults {
        let again = search.again(explorer).await?;
        let aws = faults::cases(&search.seen, &again, options.leniency);
        [aws, faults::http_cases(&search.seen)].concat()
    } else {
        Vec::new()
    };
    let most = options.generated / FAULTS;
    if failing.len() > most {
        let all = failing.len();
        notes.push(format!(
            "{most} of {all} cases with a failing call are tried; `--generate` sets how many"
        ));
    }
    let failing: Vec<Planned> = failing
        .into_iter()
        .take(most)
        .map(|case| Planned::new(case, Origin::Fault))
        .collect();
    let cut_off = search.cut_off();
    let mut explored = search.finish(failing, notes);
    explored.notes.extend(cut_off);
    if explorer.is_spent() {
        explored.shorten(explorer);
    }
    Ok(explored)
}

impl Explored {
    /// Leaves out what was not tried for want of time, and most of what is slow.
    fn shorten(&mut self, explorer: &Explorer<'_>) {
        let all = self.planned.len();
        let untried: HashSet<&str> = self
            .untried
            .iter()
            .map(|it| it.case.name.as_str())
            .collect();
        let mut slow = 0;
        self.planned.retain(|it| {
            let name = it.case.name.as_str();
            let is_slow = explorer.slow.contains(name);
            slow += usize::from(is_slow);
            !untried.contains(name) && (!is_slow || slow <= SLOW)
        });
        self.untried.clear();
        self.notes.push(format!(
            "the original takes {} s or more in many cases: {} of {all} are compared",
            PATIENCE.as_secs(),
            self.planned.len(),
        ));
    }
}

/// Cases as they are found.
struct Search<'a> {
    subject: Subject<'a>,
    gathered: &'a Gathered,
    limit: usize,
    own: Vec<Planned>,
    usual: Vec<Planned>,
    varied: Vec<Planned>,
    reads: Vec<Planned>,
    /// Events to change where they are read.
    bases: Vec<Generated>,
    seen: Vec<(Case, Observation)>,
    /// Names of the cases that the traced original ran.
    tried: HashSet<String>,
}

impl<'a> Search<'a> {
    fn new(subject: Subject<'a>, gathered: &'a Gathered, limit: usize) -> Self {
        let own = gathered.cases.iter();
        let own: Vec<Planned> = own
            .map(|case| Planned::new(case.clone(), Origin::Project))
            .collect();
        let made = generate::cases(&subject, limit);
        let (bases, varied): (Vec<_>, Vec<_>) = made
            .into_iter()
            .partition(|it| it.origin == generate::Origin::Usual);
        let planned = |made: &[Generated]| -> Vec<Planned> {
            made.iter().map(|it| with_state(it, gathered)).collect()
        };
        let (usual, varied) = (planned(&bases), planned(&varied));
        // The project's own events are as usual as those that were made.
        let events = gathered.cases.iter().map(|case| Generated {
            name: case.name.clone(),
            why: case.why.clone(),
            origin: generate::Origin::Usual,
            event: case.event.clone(),
        });
        Self {
            bases: events.chain(bases).collect(),
            subject,
            gathered,
            limit,
            own,
            usual,
            varied,
            reads: Vec::new(),
            seen: Vec::new(),
            tried: HashSet::new(),
        }
    }

    /// Tries the cases at hand, then what follows from what was read, until nothing new comes.
    async fn run(
        &mut self,
        explorer: &mut Explorer<'_>,
        progress: &dyn Progress,
    ) -> Result<(), VerifyError> {
        let varied = self.varied.iter().take(TRIED);
        let first = self.own.iter().chain(&self.usual).chain(varied);
        self.attempt(first.cloned().collect(), explorer, progress)
            .await?;
        loads(&self.seen)?;
        for _ in 0..ROUNDS {
            let before = explorer.extent();
            let fresh = self.fresh(explorer, ROUND);
            if fresh.is_empty() {
                break;
            }
            self.attempt(fresh, explorer, progress).await?;
            if explorer.extent() == before {
                break;
            }
        }
        // What shows nothing new to the tracer may still show a difference.
        self.fresh(explorer, self.limit);
        Ok(())
    }

    /// Further runs of cases in which an operation is called several times, with an AWS so slow
    /// that calls which may run at once do.
    async fn again(
        &self,
        explorer: &mut Explorer<'_>,
    ) -> Result<Vec<(Case, Observation)>, VerifyError> {
        let (cases, most) = faults::repeated(&self.seen);
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let planned: Vec<Planned> = cases
            .iter()
            .map(|case| Planned::new(case.clone(), Origin::Fault))
            .collect();
        explorer.side.delay(later(most));
        let observations = explorer.run(&planned, &|| {}).await;
        explorer.side.delay(Duration::ZERO);
        Ok(cases.into_iter().zip(observations?).collect())
    }

    /// Cases that follow from what was read and were not there yet, at most `most`.
    fn fresh(&mut self, explorer: &Explorer<'_>, most: usize) -> Vec<Planned> {
        let reads = &explorer.trace.reads;
        let made = generate::from_reads(&self.subject, &self.bases, reads, 2 * self.limit);
        let known = self.reads.iter().map(|it| it.case.event.to_string());
        let known: HashSet<String> = known.collect();
        let fresh: Vec<Planned> = made
            .into_iter()
            .filter(|case| !known.contains(&case.event.to_string()))
            .take(most.min(self.limit.saturating_sub(self.reads.len())))
            .map(|it| with_state(&it, self.gathered))
            .collect();
        self.reads.extend(fresh.iter().cloned());
        fresh
    }

    /// A note where calls were cut off before the function's own limit.
    fn cut_off(&self) -> Option<String> {
        let limit = timeout(self.subject.function);
        if limit <= LONGEST {
            return None;
        }
        let timed_out = |seen: &Observation| seen.error().is_some_and(|it| it.0 == TIMED_OUT);
        let any = self.seen.iter().any(|(_, seen)| timed_out(seen));
        any.then(|| {
            let (limit, longest) = (limit.as_secs(), LONGEST.as_secs());
            format!("calls are cut off after {longest} s, not after the function's {limit} s")
        })
    }

    async fn attempt(
        &mut self,
        planned: Vec<Planned>,
        explorer: &mut Explorer<'_>,
        progress: &dyn Progress,
    ) -> Result<(), VerifyError> {
        progress.begin("trying the original", planned.len());
        let observations = explorer.run(&planned, &|| progress.step()).await?;
        for (planned, observation) in planned.into_iter().zip(observations) {
            self.tried.insert(planned.case.name.clone());
            self.seen.push((planned.case, observation));
        }
        Ok(())
    }

    /// The project's cases, then those made: usual ones, those by reads and those varied in turn,
    /// and failing calls.
    fn finish(self, failing: Vec<Planned>, notes: Vec<String>) -> Explored {
        let calls = self.seen.iter().flat_map(|(_, seen)| &seen.calls);
        let operations = calls.map(faults::operation).collect();
        let mut made = self.usual;
        let (mut reads, mut varied) = (self.reads.into_iter(), self.varied.into_iter());
        loop {
            let before = made.len();
            made.extend(reads.next());
            made.extend(varied.next());
            if made.len() == before {
                break;
            }
        }
        made.truncate(self.limit.saturating_sub(failing.len()));
        let planned = [self.own, made, failing].concat();
        let untried = planned.iter().filter(|it| {
            !self.tried.contains(&it.case.name) && faults::profile(&it.case) != Profile::Hanging
        });
        Explored {
            untried: untried.cloned().collect(),
            planned,
            operations,
            notes,
        }
    }
}

fn gather(party: Party<'_>, options: &Options) -> Result<Gathered, VerifyError> {
    let mut gathered = gather::of_project(party.root, party.template, party.function)?;
    for path in &options.events {
        gathered.add_event(path)?;
    }
    for folder in &options.folders {
        gathered.add_folder(folder)?;
    }
    Ok(gathered)
}

fn with_state(generated: &Generated, gathered: &Gathered) -> Planned {
    let origin = match generated.origin {
        generate::Origin::Usual => Origin::Usual,
        generate::Origin::Varied => Origin::Varied,
        generate::Origin::Read => Origin::Read,
    };
    let case = Case {
        name: generated.name.clone(),
        why: generated.why.clone(),
        event: generated.event.clone(),
        state: gathered.state.clone(),
        ..Case::default()
    };
    Planned::new(case, origin)
}

/// Two functions that cannot be loaded do the same, which proves nothing.
fn loads(seen: &[(Case, Observation)]) -> Result<(), VerifyError> {
    let Some((kind, message)) = seen.first().and_then(|(_, it)| it.error()) else {
        return Ok(());
    };
    if VerifyError::is_loading(kind) {
        return Err(VerifyError::Original {
            kind: kind.to_owned(),
            message: message.to_owned(),
        });
    }
    Ok(())
}
