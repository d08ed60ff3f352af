//! The comparison itself: cases in segments, all sides at once, what differs looked at again.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::case::Case;
use super::compare::{Difference, Leniency, compare};
use super::error::VerifyError;
use super::faults;
use super::observe::Observation;
use super::outcome::{CaseOutcome, Evidence, Origin, Verdict};
use super::side::{Profile, Role, Side};
use super::world::Ground;
use crate::lambda::deployment::Deployment;
use crate::lambda::record::Authority;

/// Most cases that one sandbox sees, so that what warm state does is seen too, and a saved case
/// has a short history.
const SEGMENT: usize = 40;

/// Clocks that count seconds show a difference between runs that lie this far apart.
pub(super) const APART: Duration = Duration::from_millis(1100);

/// How much later AWS answers then, at most: longer than a busy machine may take between two calls
/// that are sent at once.
const LATER: Duration = Duration::from_millis(200);

/// How much later it answers where calls may run at once: those that are sent together then overlap.
const TOGETHER: Duration = Duration::from_millis(25);

/// How much later the answers of one case may come in all.
const LATER_IN_ALL: Duration = Duration::from_millis(1500);

/// How much later each answer may come in a case of so many calls, to see which run at once.
pub(super) fn later(calls: usize) -> Duration {
    (LATER_IN_ALL / u32::try_from(calls.max(1)).unwrap_or(u32::MAX)).min(LATER)
}

/// Lambda's `errorType` of a function that ran out of time.
pub(super) const TIMED_OUT: &str = "Sandbox.Timedout";

/// Cases in which a side may run out of time by accident.
const ACCIDENTS: usize = 3;

/// How often cases are run again after such an accident.
const TRIES: usize = 2;

/// Differences that are tried again by themselves, to be saved without what came before them.
const ISOLATED: usize = 5;

/// How often cases are run again in which a replacement may differ by chance.
const MORE: usize = 4;

/// A case with its origin.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) case: Case,
    pub(super) origin: Origin,
}

impl Planned {
    pub(super) fn new(case: Case, origin: Origin) -> Self {
        Self { case, origin }
    }
}

/// What the sides are made from.
pub(super) struct Contest<'a> {
    pub(super) original: (Ground<'a>, &'a Deployment),
    pub(super) replacement: (Ground<'a>, &'a Deployment),
    pub(super) leniency: Leniency,
}

/// The three sides.
pub(super) struct Sides<'a> {
    first: Side<'a>,
    second: Side<'a>,
    replacement: Side<'a>,
    leniency: Leniency,
    /// Cases in which the replacement alone ran out of time, and that were run again.
    late: BTreeSet<String>,
}

/// What the sides did, case by case.
struct Seen {
    first: Vec<Observation>,
    second: Vec<Observation>,
    replacement: Vec<Observation>,
}

impl<'a> Sides<'a> {
    pub(super) async fn start(
        contest: &Contest<'a>,
        authority: &Arc<Authority>,
    ) -> Result<Self, VerifyError> {
        let side = |(ground, deployment): &(Ground<'a>, &'a Deployment), role| {
            Side::start(ground.clone(), deployment, authority.clone(), role, |_| {})
        };
        let (first, second, replacement) = tokio::try_join!(
            side(&contest.original, Role::First),
            side(&contest.original, Role::Second),
            side(&contest.replacement, Role::Replacement),
        )?;
        let sides = Self {
            first,
            second,
            replacement,
            leniency: contest.leniency,
            late: BTreeSet::new(),
        };
        sides.delay(sides.usual_delay());
        Ok(sides)
    }

    /// Names of cases in which the replacement alone ran out of time, at least once.
    pub(super) fn late(&self) -> &BTreeSet<String> {
        &self.late
    }

    /// What is not as it would be in AWS, on either side.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = self.first.notes();
        for note in self.replacement.notes() {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    /// Runs cases, all in one profile, each side in a fresh sandbox.
    pub(super) async fn segment(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Vec<CaseOutcome>, VerifyError> {
        let began = Instant::now();
        let seen = self.steady(planned, step).await?;
        let doubtful = |place: &usize| {
            seen.is_parted(*place) || !self.differences(*place, &[&seen], &seen).is_empty()
        };
        let doubtful: Vec<usize> = (0..planned.len()).filter(doubtful).collect();
        let mut runs = vec![seen];
        if let Some(&last) = doubtful.last() {
            // What varies from second to second may have been the same in both runs before.
            tokio::time::sleep(APART.saturating_sub(began.elapsed())).await;
            // And what runs at once may not have overlapped.
            let calls = |place: &usize| runs[0].first[*place].calls.len();
            self.delay(later(doubtful.iter().map(calls).max().unwrap_or_default()));
            runs.push(self.steady(&planned[..=last], &|| {}).await?);
            self.delay(self.usual_delay());
        }
        let mut outcomes = self.outcomes(planned, &doubtful, &runs);
        if let Some(last) = self.last_by_chance(&outcomes, &runs) {
            for _ in 0..MORE {
                runs.push(self.steady(&planned[..=last], &|| {}).await?);
            }
            outcomes = self.outcomes(planned, &doubtful, &runs);
        }
        for outcome in outcomes
            .iter_mut()
            .filter(|it| it.evidence.is_some())
            .take(ISOLATED)
        {
            self.isolate(outcome).await?;
        }
        Ok(outcomes)
    }

    /// What the replacement does in a sandbox that saw nothing before; nothing where that is not
    /// what the original does there.
    pub(super) async fn alone(
        &mut self,
        planned: &Planned,
    ) -> Result<Option<Observation>, VerifyError> {
        let mut seen = self.steady(std::slice::from_ref(planned), &|| {}).await?;
        let is_equal = !seen.is_parted(0) && self.differences(0, &[&seen], &seen).is_empty();
        Ok(seen.replacement.pop().filter(|_| is_equal))
    }

    pub(super) fn replacement(&mut self) -> &mut Side<'a> {
        &mut self.replacement
    }

    /// Runs cases until no side ran out of time by accident, or it is none: on a busy machine any
    /// may be late, also all at once, and what comes after it comes to a fresh sandbox.
    async fn steady(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Seen, VerifyError> {
        let mut seen = self.run(planned, step).await?;
        for _ in 0..TRIES {
            if !(1..=ACCIDENTS).contains(&seen.accidents(planned)) {
                break;
            }
            let names = planned.iter().map(|it| &it.case.name).enumerate();
            let late = names.filter(|(place, _)| seen.is_replacement_late(*place));
            self.late.extend(late.map(|(_, name)| name.clone()));
            seen = self.run(planned, &|| {}).await?;
        }
        Ok(seen)
    }

    fn outcomes(&self, planned: &[Planned], doubtful: &[usize], runs: &[Seen]) -> Vec<CaseOutcome> {
        let of_case = |(place, case): (usize, &Planned)| {
            if doubtful.contains(&place) {
                self.decide(planned, place, runs)
            } else {
                outcome(case, &runs[0].first[place], Verdict::Equal)
            }
        };
        planned.iter().enumerate().map(of_case).collect()
    }

    /// The last case that differs only where the original's own runs part too, in this case or
    /// another: a number out of ten may be the same in four runs, and another in the fifth.
    fn last_by_chance(&self, outcomes: &[CaseOutcome], runs: &[Seen]) -> Option<usize> {
        let mut varying = HashSet::new();
        for run in runs {
            for (first, second) in run.first.iter().zip(&run.second) {
                let differences = compare(&[first], second, self.leniency);
                varying.extend(differences.into_iter().map(|it| (it.part, it.place)));
            }
        }
        let by_chance = |outcome: &CaseOutcome| {
            let mut differences = outcome.differences.iter();
            !outcome.differences.is_empty()
                && differences.all(|it| varying.contains(&(it.part, it.place.clone())))
        };
        outcomes.iter().rposition(by_chance)
    }

    fn usual_delay(&self) -> Duration {
        match self.leniency.concurrency {
            true => TOGETHER,
            false => Duration::ZERO,
        }
    }

    fn delay(&self, delay: Duration) {
        for side in [&self.first, &self.second, &self.replacement] {
            side.delay(delay);
        }
    }

    async fn run(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Seen, VerifyError> {
        let Self {
            first,
            second,
            replacement,
            ..
        } = self;
        let (first, second, replacement) = tokio::try_join!(
            all(first, planned, &|| {}),
            all(second, planned, &|| {}),
            all(replacement, planned, step),
        )?;
        Ok(Seen {
            first,
            second,
            replacement,
        })
    }

    /// How the replacement of one run differs from the originals of all runs, in one case.
    fn differences(&self, place: usize, runs: &[&Seen], candidate: &Seen) -> Vec<Difference> {
        let originals: Vec<&Observation> = runs
            .iter()
            .filter_map(|run| Some([run.first.get(place)?, run.second.get(place)?]))
            .flatten()
            .collect();
        match candidate.replacement.get(place) {
            Some(candidate) => compare(&originals, candidate, self.leniency),
            None => Vec::new(),
        }
    }

    /// What a case came to in the light of all runs. One in which it differs is enough, except
    /// where it may do so by chance and was run more often.
    fn decide(&self, planned: &[Planned], place: usize, runs: &[Seen]) -> CaseOutcome {
        let runs = sound(place, runs);
        let case = &planned[place];
        let Some(run) = runs.last() else {
            return outcome(case, &Observation::default(), Verdict::Unsettled);
        };
        // Nobody knows what it would have done.
        if is_late_in_init(&run.first[place]) && !is_late(&run.replacement[place]) {
            return outcome(case, &run.first[place], Verdict::Unsettled);
        }
        let different: Vec<_> = runs
            .iter()
            .map(|run| (self.differences(place, &runs, run), run))
            .filter(|(differences, _)| !differences.is_empty())
            .collect();
        let few = runs.len() > MORE && different.len() * 2 <= runs.len();
        let shown = different.into_iter().next().filter(|_| !few);
        let Some((differences, run)) = shown else {
            return outcome(case, &run.first[place], Verdict::Equal);
        };
        let mut saved = case.case.clone();
        saved.history = planned[..place].iter().map(|it| it.case.clone()).collect();
        let mut outcome = outcome(case, &run.first[place], Verdict::Different);
        outcome.differences = differences;
        outcome.evidence = Some(Box::new(Evidence {
            case: saved,
            original: run.first[place].clone(),
            replacement: run.replacement[place].clone(),
        }));
        outcome
    }

    /// Forgets what came before a case, where it differs without that too.
    async fn isolate(&mut self, outcome: &mut CaseOutcome) -> Result<(), VerifyError> {
        let Some(evidence) = &mut outcome.evidence else {
            return Ok(());
        };
        if evidence.case.history.is_empty() {
            return Ok(());
        }
        let mut case = evidence.case.clone();
        case.history.clear();
        let alone = [Planned {
            case,
            origin: outcome.origin,
        }];
        let seen = self.run(&alone, &|| {}).await?;
        // Not any difference, which may be noise that two runs do not show.
        let same = |it: &Difference| {
            let mut known = outcome.differences.iter();
            known.any(|known| (&known.place, &known.what) == (&it.place, &it.what))
        };
        if self.differences(0, &[&seen], &seen).iter().any(same) {
            evidence.case.history.clear();
        }
        Ok(())
    }
}

/// Runs cases on one side in a fresh sandbox.
pub(super) async fn all(
    side: &mut Side<'_>,
    planned: &[Planned],
    step: &(dyn Fn() + Sync),
) -> Result<Vec<Observation>, VerifyError> {
    side.renew().await;
    let mut seen = Vec::with_capacity(planned.len());
    for (number, planned) in planned.iter().enumerate() {
        seen.push(one(side, planned, number).await?);
        step();
    }
    Ok(seen)
}

/// Runs a case, the one of this number in its sandbox, after what comes before it.
pub(super) async fn one(
    side: &mut Side<'_>,
    Planned { case, .. }: &Planned,
    number: usize,
) -> Result<Observation, VerifyError> {
    for (place, before) in case.history.iter().enumerate() {
        side.observe(before, faults::profile(before), &id(place, 1))
            .await?;
    }
    side.observe(case, faults::profile(case), &id(number, 0))
        .await
}

/// A request id: the same for the same case on every side and in every run.
fn id(number: usize, kind: usize) -> String {
    format!("5e9a3f00-{kind:04x}-4000-8000-{number:012x}")
}

fn outcome(planned: &Planned, original: &Observation, verdict: Verdict) -> CaseOutcome {
    CaseOutcome {
        name: planned.case.name.clone(),
        why: planned.case.why.clone(),
        origin: planned.origin,
        verdict,
        raised: original.error().map(|(kind, _)| kind.to_owned()),
        differences: Vec::new(),
        evidence: None,
        saved: None,
    }
}

/// The runs of a case that say something: those in which the original's own runs come to the same
/// kind of end, and of those that came to different ends the later.
fn sound(place: usize, runs: &[Seen]) -> Vec<&Seen> {
    let kind = |run: &Seen| run.first[place].error().map(|(kind, _)| kind.to_owned());
    let there = runs.iter().filter(|run| place < run.first.len());
    let mut sound: Vec<&Seen> = there.filter(|run| !run.is_parted(place)).collect();
    let last = sound.last().map(|run| kind(run));
    sound.retain(|run| Some(kind(run)) == last);
    sound
}

impl Seen {
    /// The cases in which some sides ran out of time, but for those that are made so that all do.
    fn accidents(&self, planned: &[Planned]) -> usize {
        let late = planned.iter().enumerate().filter(|(place, planned)| {
            let sides = [&self.first, &self.second, &self.replacement];
            let count = sides.iter().filter(|runs| is_late(&runs[*place])).count();
            let hangs = faults::profile(&planned.case) == Profile::Hanging;
            count > 0 && !(hangs && count == sides.len())
        });
        late.count()
    }

    /// Whether the replacement ran out of time where the original did not.
    fn is_replacement_late(&self, place: usize) -> bool {
        let originals = [&self.first[place], &self.second[place]];
        is_late(&self.replacement[place]) && !originals.into_iter().any(is_late)
    }

    /// Whether the original's two runs did not even come to the same kind of end.
    fn is_parted(&self, place: usize) -> bool {
        let kind = |runs: &[Observation]| runs[place].error().map(|(kind, _)| kind.to_owned());
        kind(&self.first) != kind(&self.second)
    }
}

fn is_late(observation: &Observation) -> bool {
    observation
        .error()
        .is_some_and(|(kind, _)| kind == TIMED_OUT)
}

/// Cases cut into segments of one profile, in their order as far as that allows.
pub(super) fn segments(planned: Vec<Planned>) -> Vec<Vec<Planned>> {
    let mut segments = Vec::new();
    for profile in [Profile::Usual, Profile::Faulty, Profile::Hanging] {
        let of_profile: Vec<Planned> = planned
            .iter()
            .filter(|it| faults::profile(&it.case) == profile)
            .cloned()
            .collect();
        segments.extend(of_profile.chunks(SEGMENT).map(<[Planned]>::to_vec));
    }
    segments
}

/// Whether it did not even get to its first invocation in time, as on a busy machine.
fn is_late_in_init(observation: &Observation) -> bool {
    let is_init = |message: &str| message.starts_with("INIT ");
    let mut error = observation.error().into_iter();
    error.any(|(kind, message)| kind == TIMED_OUT && is_init(message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lambda::record::{Fault, FaultRule};

    #[test]
    fn a_side_that_is_late_is_an_accident_unless_all_must_be() {
        let late = || Observation {
            outcome: json!({"error": {"errorType": TIMED_OUT, "errorMessage": ""}}),
            ..Observation::default()
        };
        let seen = |sides: [Observation; 3]| {
            let [first, second, replacement] = sides.map(|it| vec![it]);
            Seen {
                first,
                second,
                replacement,
            }
        };
        let mut case = Case::default();
        let planned = |case: &Case| [Planned::new(case.clone(), Origin::Usual)];
        let none = seen([(); 3].map(|()| Observation::default()));
        let all = seen([(); 3].map(|()| late()));
        let one = seen([Observation::default(), Observation::default(), late()]);
        let usual = planned(&case);
        assert_eq!(
            [&none, &all, &one].map(|it| it.accidents(&usual)),
            [0, 1, 1]
        );
        assert!(one.is_replacement_late(0) && !all.is_replacement_late(0));
        case.faults.push(FaultRule {
            service: "s3".to_owned(),
            operation: "GetObject".to_owned(),
            call: None,
            parameters: serde_json::Map::new(),
            fault: Fault::Timeout,
        });
        let hanging = planned(&case);
        assert_eq!(
            [&none, &all, &one].map(|it| it.accidents(&hanging)),
            [0, 0, 1]
        );
    }
}
