//! The comparison itself: cases in segments, all sides at once, what differs looked at again.

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
const APART: Duration = Duration::from_millis(1100);

/// Differences that are tried again by themselves, to be saved without what came before them.
const ISOLATED: usize = 5;

/// A case with its origin.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) case: Case,
    pub(super) origin: Origin,
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
        Ok(Self {
            first,
            second,
            replacement,
            leniency: contest.leniency,
        })
    }

    /// Names of variables that hold dummies on either side.
    pub(super) fn dummies(&self) -> Vec<String> {
        let mut names = [self.first.dummies(), self.replacement.dummies()].concat();
        names.sort();
        names.dedup();
        names
    }

    /// Runs cases, all in one profile, each side in a fresh sandbox.
    pub(super) async fn segment(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Vec<CaseOutcome>, VerifyError> {
        let began = Instant::now();
        let seen = self.run(planned, step).await?;
        let mut differing = self.differing(planned.len(), &[&seen], &seen);
        let mut again = None;
        if let Some(&last) = differing.last() {
            // What varies from second to second may have been the same in both runs before.
            tokio::time::sleep(APART.saturating_sub(began.elapsed())).await;
            let more = self.run(&planned[..=last], &|| {}).await?;
            differing.retain(|&place| {
                !self.differences(place, &[&seen, &more], &seen).is_empty()
                    || !self.differences(place, &[&seen, &more], &more).is_empty()
            });
            again = Some(more);
        }
        let mut outcomes = Vec::new();
        for (place, planned_case) in planned.iter().enumerate() {
            let evidence = match (&again, differing.contains(&place)) {
                (Some(more), true) => Some(self.evidence(planned, place, &seen, more)),
                _ => None,
            };
            outcomes.push(outcome(planned_case, &seen.first[place], evidence));
        }
        for outcome in outcomes
            .iter_mut()
            .filter(|it| !it.is_equal())
            .take(ISOLATED)
        {
            self.isolate(outcome).await?;
        }
        Ok(outcomes)
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

    fn differing(&self, count: usize, runs: &[&Seen], candidate: &Seen) -> Vec<usize> {
        (0..count)
            .filter(|&place| !self.differences(place, runs, candidate).is_empty())
            .collect()
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

    /// What shows that a case differs, with the cases before it in the same sandbox.
    fn evidence(
        &self,
        planned: &[Planned],
        place: usize,
        seen: &Seen,
        more: &Seen,
    ) -> (Vec<Difference>, Evidence) {
        let runs = [seen, more];
        let shown = runs
            .into_iter()
            .map(|run| (self.differences(place, &runs, run), run))
            .find(|(differences, _)| !differences.is_empty());
        let (differences, run) = shown.unwrap_or((Vec::new(), seen));
        let mut case = planned[place].case.clone();
        case.history = planned[..place].iter().map(|it| it.case.clone()).collect();
        let evidence = Evidence {
            case,
            original: run.first[place].clone(),
            replacement: run.replacement[place].clone(),
        };
        (differences, evidence)
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
        if !self.differences(0, &[&seen], &seen).is_empty() {
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
    for (number, Planned { case, .. }) in planned.iter().enumerate() {
        for (place, before) in case.history.iter().enumerate() {
            side.observe(before, faults::profile(before), &id(place, 1))
                .await?;
        }
        seen.push(
            side.observe(case, faults::profile(case), &id(number, 0))
                .await?,
        );
        step();
    }
    Ok(seen)
}

/// A request id: the same for the same case on every side and in every run.
fn id(number: usize, kind: usize) -> String {
    format!("5e9a3f00-{kind:04x}-4000-8000-{number:012x}")
}

fn outcome(
    planned: &Planned,
    original: &Observation,
    evidence: Option<(Vec<Difference>, Evidence)>,
) -> CaseOutcome {
    let verdict = if evidence.is_some() {
        Verdict::Different
    } else {
        Verdict::Equal
    };
    let (differences, evidence) = evidence.unzip();
    CaseOutcome {
        name: planned.case.name.clone(),
        why: planned.case.why.clone(),
        origin: planned.origin,
        verdict,
        raised: original.error().map(|(kind, _)| kind.to_owned()),
        differences: differences.unwrap_or_default(),
        evidence: evidence.map(Box::new),
        saved: None,
    }
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
