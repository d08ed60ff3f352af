//! The original run a further time, traced: what it reads and calls, and which of its lines run.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::error::VerifyError;
use super::faults;
use super::observe::Observation;
use super::run::{Contest, Planned, one};
use super::side::{PATIENCE, Profile, Role, Side};
use super::trace::{Trace, Tracing};
use crate::lambda::record::Authority;

/// How many times as long a traced function may take.
const SLOWER: u32 = 3;

/// The time that cases may take in all which take longer than [`PATIENCE`]: a function that sleeps
/// or waits would otherwise be tried for hours.
const SLOW: Duration = Duration::from_secs(30);

/// The traced side.
pub(super) struct Explorer<'a> {
    pub(super) side: Side<'a>,
    tracing: Tracing,
    /// What was seen so far.
    pub(super) trace: Trace,
    /// Names of the cases that took longer than [`PATIENCE`], and how long all of them took.
    pub(super) slow: HashSet<String>,
    spent: Duration,
}

impl<'a> Explorer<'a> {
    pub(super) async fn start(
        contest: &Contest<'a>,
        authority: &Arc<Authority>,
    ) -> Result<Self, VerifyError> {
        let (ground, deployment) = &contest.original;
        let mut tracing = None;
        let authority = authority.clone();
        let change = |launch: &mut crate::lambda::Launch| {
            launch.timeout *= SLOWER;
            let coverage = deployment.coverage.as_deref();
            tracing = Some(Tracing::prepare(launch, &deployment.sources, coverage));
        };
        let side = Side::start(
            ground.clone(),
            deployment,
            authority,
            Role::Explorer,
            change,
        )
        .await?;
        let Some(tracing) = tracing.transpose()? else {
            return Err(VerifyError::Function("nothing to trace".to_owned()));
        };
        Ok(Self {
            side,
            tracing,
            trace: Trace::default(),
            slow: HashSet::new(),
            spent: Duration::ZERO,
        })
    }

    /// Runs cases in a fresh sandbox; not all of them where too much time went into slow ones.
    pub(super) async fn run(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Vec<Observation>, VerifyError> {
        let mut observations = Vec::new();
        self.side.renew().await;
        for (number, planned) in planned.iter().enumerate() {
            if self.is_spent() {
                break;
            }
            let began = Instant::now();
            observations.push(one(&mut self.side, planned, number).await?);
            let took = began.elapsed();
            if took > PATIENCE && faults::profile(&planned.case) == Profile::Usual {
                self.slow.insert(planned.case.name.clone());
                self.spent += took;
            }
            step();
        }
        self.trace.merge(self.tracing.take()?);
        Ok(observations)
    }

    /// Whether no more cases are run, since too many are slow.
    pub(super) fn is_spent(&self) -> bool {
        self.spent > SLOW
    }

    /// A number that grows with what was seen.
    pub(super) fn extent(&self) -> usize {
        let coverage = &self.trace.coverage;
        self.trace.reads.len() + coverage.lines().0 + coverage.branches().0
    }
}
