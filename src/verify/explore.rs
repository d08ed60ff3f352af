//! Which cases to run: those at hand, tried once with the original to see what it calls, and
//! those that follow from that.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::case::Case;
use super::error::VerifyError;
use super::faults;
use super::gather::{self, Gathered};
use super::generate::{self, Generated, Subject, Surroundings};
use super::observe::Observation;
use super::outcome::Origin;
use super::run::{Contest, Planned, all};
use super::side::{Role, Side};
use super::{Options, Party, Progress};
use crate::lambda::record::Authority;

/// Varied events that are tried besides the usual ones, before cases are chosen.
const TRIED: usize = 20;

/// The share of generated cases that may be faults: one in so many.
const FAULTS: usize = 3;

/// What was found.
pub(super) struct Explored {
    pub(super) planned: Vec<Planned>,
    /// AWS operations that were called.
    pub(super) operations: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Chooses the cases.
pub(super) async fn explore(
    party: Party<'_>,
    contest: &Contest<'_>,
    authority: &Arc<Authority>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Explored, VerifyError> {
    if let Some(path) = &options.replay {
        let planned = vec![Planned {
            case: gather::case(path)?,
            origin: Origin::Project,
        }];
        return Ok(Explored {
            planned,
            operations: Vec::new(),
            notes: party.deployment.notes.clone(),
        });
    }
    let gathered = gather(party, options)?;
    let (ground, deployment) = &contest.original;
    let mut side = Side::start(
        ground.clone(),
        deployment,
        authority.clone(),
        Role::Explorer,
        |_| {},
    )
    .await?;
    let generated = generated(party, &side, options.generated);

    let own = gathered.cases.iter().cloned().map(|case| Planned {
        case,
        origin: Origin::Project,
    });
    let own: Vec<Planned> = own.collect();
    let made: Vec<Planned> = generated
        .into_iter()
        .map(|it| planned(it, &gathered))
        .collect();
    let usual = made.iter().filter(|it| it.origin == Origin::Usual);
    let varied = made.iter().filter(|it| it.origin != Origin::Usual);
    let tried = own.iter().chain(usual).chain(varied.take(TRIED));
    let tried: Vec<Planned> = tried.cloned().collect();

    progress.begin("trying the original", tried.len());
    let observations = all(&mut side, &tried, &|| progress.step()).await?;
    side.renew().await;
    loads(&observations)?;
    let seen: Vec<(Case, Observation)> = tried
        .into_iter()
        .map(|it| it.case)
        .zip(observations)
        .collect();
    let calls = seen.iter().flat_map(|(_, observation)| &observation.calls);
    let operations: BTreeSet<String> = calls.map(faults::operation).collect();

    let mut notes = party.deployment.notes.clone();
    notes.extend(gathered.notes);
    let mut planned = own;
    let failing = if options.faults {
        faults::cases(&seen)
    } else {
        Vec::new()
    };
    let most = options.generated / FAULTS;
    if failing.len() > most {
        notes.push(format!(
            "{} of {} cases with a failing call are tried; `--generate` sets how many",
            most,
            failing.len()
        ));
    }
    let failing: Vec<Planned> = failing
        .into_iter()
        .take(most)
        .map(|case| Planned {
            case,
            origin: Origin::Fault,
        })
        .collect();
    let left = options.generated.saturating_sub(failing.len());
    planned.extend(made.into_iter().take(left));
    planned.extend(failing);
    Ok(Explored {
        planned,
        operations: operations.into_iter().collect(),
        notes,
    })
}

fn gather(party: Party<'_>, options: &Options) -> Result<Gathered, VerifyError> {
    let mut gathered = gather::of_project(party.root, party.template, party.function)?;
    if !options.project {
        gathered.cases.clear();
    }
    for path in &options.events {
        gathered.add_event(path)?;
    }
    for folder in &options.folders {
        gathered.add_folder(folder)?;
    }
    Ok(gathered)
}

fn generated(party: Party<'_>, side: &Side<'_>, limit: usize) -> Vec<Generated> {
    let surroundings = Surroundings {
        physical: side.physical().clone(),
        ..Surroundings::default()
    };
    let subject = Subject {
        template: party.template,
        function: party.function,
        surroundings: &surroundings,
    };
    generate::cases(&subject, limit)
}

fn planned(generated: Generated, gathered: &Gathered) -> Planned {
    let origin = match generated.origin {
        generate::Origin::Usual => Origin::Usual,
        generate::Origin::Varied => Origin::Varied,
    };
    let case = Case {
        name: generated.name,
        why: generated.why,
        event: generated.event,
        state: gathered.state.clone(),
        ..Case::default()
    };
    Planned { case, origin }
}

/// Two functions that cannot be loaded do the same, which proves nothing.
fn loads(observations: &[Observation]) -> Result<(), VerifyError> {
    const LOADING: &[&str] = &[
        "Runtime.ImportModuleError",
        "Runtime.HandlerNotFound",
        "Runtime.UserCodeSyntaxError",
        "Runtime.MalformedHandlerName",
    ];
    let Some((kind, message)) = observations.first().and_then(Observation::error) else {
        return Ok(());
    };
    if LOADING.contains(&kind) {
        return Err(VerifyError::Original {
            kind: kind.to_owned(),
            message: message.to_owned(),
        });
    }
    Ok(())
}
