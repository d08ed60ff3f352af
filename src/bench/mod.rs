//! How much faster, smaller and cheaper a variant of a function is than the original.
//!
//! In: [`Subject`]s, functions with their variants as they are started, and a [`Plan`], what to
//! measure. Out of [`run`]: [`Results`], medians with their spread, ratios from runs side by side,
//! and costs. All variants take turns in rounds, so that what else the machine does hits all alike.

pub mod client;
pub mod cost;
mod machine;
mod measure;
pub mod package;
mod results;
pub mod stage;
pub mod statistics;

use std::path::PathBuf;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::Value;

use crate::lambda::Launch;
use crate::lambda::cpu::Control;

pub use cost::{Architecture, Prices};
pub use machine::Machine;
pub use measure::Failure;
pub use results::{
    At, ClientView, Conditions, FunctionResults, Limit, Ratios, Results, VariantResults,
};

/// A function and what could stand in its place.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// The processor that its cost is computed for.
    pub architecture: Architecture,
    /// The first is the original, which the others are compared with.
    pub variants: Vec<Variant>,
    /// What it is invoked with, in turn; an empty object where there is none.
    pub events: Vec<Value>,
}

/// One form of a function.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Such as `python`, `rust` or `python with extension`.
    pub name: String,
    /// How it is started. Memory and the limit of CPU time are the plan's.
    pub launch: Launch,
    /// The folders or files that are zipped for deployment.
    pub package: Vec<PathBuf>,
    /// Those of its layers.
    pub layers: Vec<PathBuf>,
}

/// What is measured.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// Memory sizes in MB.
    pub memory: Vec<u32>,
    /// Rounds; each has one cold start of each variant with each memory size.
    pub rounds: usize,
    /// Warm invocations of each variant with each memory size, in equal parts after the cold
    /// starts.
    pub warm: usize,
    /// Whether CPU time is limited in proportion to memory, where the machine permits it.
    pub limit_cpu: bool,
    /// The share of invocations that are taken to meet a cold start, for the cost.
    pub cold_share: f64,
    /// Calls of concurrent clients; not made where absent.
    pub client: Option<client::Plan>,
    /// Rates. Shown with the results and not with the plan.
    #[serde(skip)]
    pub prices: Prices,
}

impl Plan {
    /// What is measured where nothing else is asked for.
    #[must_use]
    pub fn new(prices: Prices) -> Self {
        Self {
            memory: vec![128, 256, 512, 1024],
            rounds: 10,
            warm: 200,
            limit_cpu: true,
            cold_share: 0.01,
            client: None,
            prices,
        }
    }

    /// The warm invocations after each cold start.
    fn warm_in_a_round(&self) -> usize {
        self.warm.div_ceil(self.rounds.max(1))
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The function that is being measured.
    pub function: &'a str,
    /// What of it, such as `512 MB` or `clients`.
    pub part: &'a str,
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
}

/// Measures all variants of all functions. `now` is when, for the report.
///
/// A variant that fails has no figures but its error; the others go on.
pub async fn run(
    subjects: &[Subject],
    plan: &Plan,
    now: SystemTime,
    mut progress: impl FnMut(Progress<'_>) + Send,
) -> Results {
    let (control, limit) = limit(plan);
    let steps = plan.rounds * plan.memory.len() + plan.client.as_ref().map_or(0, |it| it.rounds);
    let total = steps * subjects.len();
    let mut done = 0;
    let mut functions = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let mut step = |part: &str| {
            progress(Progress {
                function: &subject.name,
                part,
                done,
                total,
            });
            done += 1;
        };
        let mut bench = measure::Bench::new(subject, plan, control.clone());
        for round in 0..plan.rounds {
            for &memory in &plan.memory {
                step(&format!(
                    "{memory} MB, round {} of {}",
                    round + 1,
                    plan.rounds
                ));
                bench.round(round, memory).await;
            }
        }
        if let Some(client) = &plan.client {
            for round in 0..client.rounds {
                step(&format!(
                    "clients, round {} of {}",
                    round + 1,
                    client.rounds
                ));
                bench.clients(client, round).await;
            }
        }
        functions.push(results::function(subject, plan, bench));
    }
    Results {
        schema: 1,
        conditions: Conditions::new(now, limit, &plan.memory),
        plan: plan.clone(),
        prices: plan.prices.clone(),
        functions,
    }
}

fn limit(plan: &Plan) -> (Option<Control>, Limit) {
    if !plan.limit_cpu {
        let how = "CPU time was not limited, as asked.".to_owned();
        return (
            None,
            Limit {
                limited: false,
                how,
            },
        );
    }
    match Control::find() {
        Ok(control) => {
            let how = control.describe().to_owned();
            (Some(control), Limit { limited: true, how })
        }
        Err(reason) => {
            let how = format!("CPU time was not limited: {reason}.");
            (
                None,
                Limit {
                    limited: false,
                    how,
                },
            )
        }
    }
}
