//! The original run a further time, traced: what it reads and calls, and which of its lines run.

use std::sync::Arc;

use super::error::VerifyError;
use super::observe::Observation;
use super::run::{Contest, Planned, all};
use super::side::{Role, Side};
use super::trace::{Trace, Tracing};
use crate::lambda::record::Authority;

/// How many times as long a traced function may take.
const SLOWER: u32 = 3;

/// The traced side.
pub(super) struct Explorer<'a> {
    pub(super) side: Side<'a>,
    tracing: Tracing,
    /// What was seen so far.
    pub(super) trace: Trace,
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
        })
    }

    /// Runs cases in a fresh sandbox.
    pub(super) async fn run(
        &mut self,
        planned: &[Planned],
        step: &(dyn Fn() + Sync),
    ) -> Result<Vec<Observation>, VerifyError> {
        let observations = all(&mut self.side, planned, step).await?;
        self.trace.merge(self.tracing.take()?);
        Ok(observations)
    }

    /// A number that grows with what was seen.
    pub(super) fn extent(&self) -> usize {
        let coverage = &self.trace.coverage;
        self.trace.reads.len() + coverage.lines().0 + coverage.branches().0
    }
}
