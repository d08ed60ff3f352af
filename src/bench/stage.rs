//! What a function is measured before: an AWS of its own with the project's state in it, and
//! events that the original answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;

use super::{Architecture, Plan, Progress, Results, Subject, Variant};
use crate::diagnostic::Diagnostic;
use crate::lambda::deployment::{Deployment, Language, REGION};
use crate::lambda::record::{Authority, Recorder, Rules};
use crate::lambda::standin::Stack;
use crate::lambda::{Launch, Outcome, Sandbox};
use crate::sam::Function;
use crate::verify::gather::{self, Gathered};
use crate::verify::generate::{self, Surroundings};
use crate::verify::world::{Ground, World};
use crate::verify::{Pair, Party, Prepared, VerifyError};

/// The most events that a function is invoked with in turn.
const EVENTS: usize = 5;

/// How the variants of a function are found.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Events of the user's, in the place of the project's.
    pub events: Vec<PathBuf>,
    /// Programs of external extensions: each variant is measured with them too.
    pub extensions: Vec<PathBuf>,
}

/// A function ready to be measured, with all that must live meanwhile.
struct Stage<'a> {
    subject: Subject,
    _world: World<'a>,
    _recorder: Recorder,
}

impl<'a> Stage<'a> {
    /// Starts an AWS for a function and finds events that it answers there. All pairs have the
    /// same original.
    async fn new(
        pairs: &[Pair<'a>],
        stack: &'a Stack,
        setting: &Setting,
    ) -> Result<Self, VerifyError> {
        let Some(first) = pairs.first() else {
            return Err(VerifyError::Function("no function is named".to_owned()));
        };
        let original = first.original;
        let mut world = World::start(Ground {
            endpoint: first.endpoint,
            stack,
            template: original.template,
            function: original.function,
        })
        .await?;
        let gathered = gathered(original, setting)?;
        world.prepare(&gathered.state).await?;
        let authority = Authority::new().map_err(VerifyError::io("no certificate authority"))?;
        let recorder = Recorder::start(world.base(), REGION, Arc::new(authority))
            .await
            .map_err(VerifyError::io("no port for the recorder"))?;
        let environment = &world.environment.variables;
        let launch = |party: Party<'_>| {
            let mut launch = party.deployment.launch(original.function, environment);
            recorder.surround(&mut launch.environment);
            launch
        };

        let events = candidates(original, &world, &gathered);
        let events = answered(launch(original), events).await?;
        recorder.begin(Rules::default());
        let mut variants = vec![variant("python", original.deployment, launch(original))];
        for pair in pairs {
            let Party { deployment, .. } = pair.replacement;
            if !deployment.is_same_code(original.deployment) {
                let name = name(deployment, &variants);
                variants.push(variant(&name, deployment, launch(pair.replacement)));
            }
        }
        let with: Vec<Variant> = variants
            .iter()
            .filter(|_| !setting.extensions.is_empty())
            .map(|variant| extended(variant, &setting.extensions))
            .collect();
        variants.extend(with);
        Ok(Self {
            subject: Subject {
                name: original.function.id.clone(),
                architecture: architecture(original.function),
                variants,
                events,
            },
            _world: world,
            _recorder: recorder,
        })
    }
}

/// Measures functions, each given by its pairs of one original and its replacements.
///
/// # Errors
/// When a function cannot be made ready; a variant that fails is part of the results.
pub async fn run(
    functions: &[Vec<Prepared>],
    setting: &Setting,
    plan: &Plan,
    progress: impl FnMut(Progress<'_>) + Send,
) -> Result<Results, Diagnostic> {
    let mut pairs = Vec::new();
    for prepared in functions {
        let of_one: Result<Vec<Pair<'_>>, Diagnostic> =
            prepared.iter().map(Prepared::pair).collect();
        pairs.extend(Some(of_one?).filter(|it| !it.is_empty()));
    }
    let stacks: Vec<Stack> = pairs
        .iter()
        .map(|pairs| Stack::of(pairs[0].original.template))
        .collect();
    let mut stages = Vec::new();
    for (pairs, stack) in pairs.iter().zip(&stacks) {
        stages.push(Stage::new(pairs, stack, setting).await?);
    }
    let subjects: Vec<Subject> = stages.iter().map(|stage| stage.subject.clone()).collect();
    Ok(super::run(&subjects, plan, SystemTime::now(), progress).await)
}

fn gathered(party: Party<'_>, setting: &Setting) -> Result<Gathered, VerifyError> {
    let mut gathered = gather::of_project(party.root, party.template, party.function)?;
    if !setting.events.is_empty() {
        gathered.cases.clear();
    }
    for path in &setting.events {
        gathered.add_event(path)?;
    }
    Ok(gathered)
}

/// The project's events that need no state of their own, then what AWS usually sends.
fn candidates(party: Party<'_>, world: &World<'_>, gathered: &Gathered) -> Vec<Value> {
    let own = gathered.cases.iter().filter(|case| {
        let plain = case.faults.is_empty() && case.http.is_empty() && case.history.is_empty();
        plain && case.state == gathered.state
    });
    let mut events: Vec<Value> = own.map(|case| case.event.clone()).collect();
    let surroundings = Surroundings {
        physical: world.environment.physical.clone(),
        ..Surroundings::default()
    };
    let subject = generate::Subject {
        template: party.template,
        function: party.function,
        surroundings: &surroundings,
    };
    let made = generate::cases(&subject, EVENTS);
    events.extend(made.into_iter().map(|case| case.event));
    events
}

/// The events that a function answers; where it raises, there is nothing to compare in time.
async fn answered(launch: Launch, events: Vec<Value>) -> Result<Vec<Value>, VerifyError> {
    let mut answered = Vec::new();
    let mut last = None;
    let mut sandbox = Sandbox::start(launch.clone()).await?;
    for event in events {
        if answered.len() == EVENTS {
            break;
        }
        if !sandbox.is_alive() {
            sandbox = Sandbox::start(launch.clone()).await?;
        }
        match sandbox.invoke(event.clone()).await.outcome {
            Outcome::Answer(_) => answered.push(event),
            Outcome::Error(error) => last = Some(error),
        }
    }
    match last {
        Some(error) if answered.is_empty() => {
            let (kind, message) = (error.kind, error.message);
            if VerifyError::is_loading(&kind) {
                return Err(VerifyError::Original { kind, message });
            }
            Err(VerifyError::Unanswered { kind, message })
        }
        _ => Ok(answered),
    }
}

fn variant(name: &str, deployment: &Deployment, launch: Launch) -> Variant {
    Variant {
        name: name.to_owned(),
        launch,
        package: deployment.package.clone(),
        layers: deployment.layers.clone(),
    }
}

/// `rust`, or with a number where that is taken.
fn name(deployment: &Deployment, taken: &[Variant]) -> String {
    let plain = match deployment.language {
        Language::Python => "bound",
        Language::Native => "rust",
    };
    let is_free = |name: &str| taken.iter().all(|variant| variant.name != name);
    if is_free(plain) {
        return plain.to_owned();
    }
    let mut number = 2;
    while !is_free(&format!("{plain} {number}")) {
        number += 1;
    }
    format!("{plain} {number}")
}

fn extended(variant: &Variant, extensions: &[PathBuf]) -> Variant {
    let mut extended = variant.clone();
    extended.name = format!("{} with extension", variant.name);
    extended.launch.extensions.extend_from_slice(extensions);
    extended.layers.extend_from_slice(extensions);
    extended
}

/// What the template says; Lambda's default is x86.
fn architecture(function: &Function) -> Architecture {
    let named = function.architectures.first().and_then(|it| it.as_text());
    match named {
        Some("arm64") => Architecture::Arm64,
        _ => Architecture::X86_64,
    }
}
