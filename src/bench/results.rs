//! What a run found, as data: the source of every report.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::client;
use super::cost::{Cost, Usage};
use super::machine::Machine;
use super::measure::{Bench, Failure, Samples};
use super::package::Package;
use super::statistics::{Ratio, Summary};
use super::{Architecture, Plan, Prices, Subject};
use crate::lambda::cpu::cpus;

/// All figures of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The version of this form.
    pub schema: u32,
    /// Where and how they were taken.
    pub conditions: Conditions,
    /// What was asked for.
    pub plan: Plan,
    /// The rates of the costs.
    pub prices: Prices,
    /// By function.
    pub functions: Vec<FunctionResults>,
}

impl Results {
    /// Whether every variant has figures.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let mut variants = self
            .functions
            .iter()
            .flat_map(|function| &function.variants);
        variants.all(|variant| variant.failure.is_none())
    }
}

/// Where and how figures were taken.
#[derive(Debug, Clone, Serialize)]
pub struct Conditions {
    /// When, in UTC.
    pub taken: String,
    /// On what.
    pub machine: Machine,
    /// Whether CPU time was limited.
    pub cpu_time: Limit,
    /// What figures of this kind do not hold.
    pub left_out: Vec<String>,
}

/// Whether CPU time was limited in proportion to memory.
#[derive(Debug, Clone, Serialize)]
pub struct Limit {
    /// Whether.
    pub limited: bool,
    /// By what, or why not.
    pub how: String,
}

impl Conditions {
    pub(super) fn new(now: SystemTime, cpu_time: Limit, memory: &[u32]) -> Self {
        let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
        let taken = i64::try_from(seconds)
            .ok()
            .and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0))
            .map_or_else(String::new, |it| {
                it.format("%Y-%m-%d %H:%M UTC").to_string()
            });
        let machine = Machine::this();
        let mut left_out: Vec<String> = LEFT_OUT.iter().map(|&it| it.to_owned()).collect();
        left_out.push(match cpu_time.limited {
            true => INIT_WITH_ONE_CPU.to_owned(),
            false => NO_LIMIT.to_owned(),
        });
        let more = |memory: &u32| cpus(*memory) > machine.cpus as f64;
        if let Some(memory) = memory.iter().copied().filter(more).min() {
            left_out.push(format!(
                "CPUs beyond this machine's {}: Lambda gives more from {memory} MB on.",
                machine.cpus
            ));
        }
        Self {
            taken,
            machine,
            cpu_time,
            left_out,
        }
    }
}

/// What no local figure holds.
const LEFT_OUT: &[&str] = &[
    "The network: AWS calls went to a stand-in on this machine, which is nearer than AWS and \
     answers at its own speed; clients called over the loopback interface.",
    "What Lambda does before the first process starts: placing the function, downloading and \
     unpacking the package, starting the micro virtual machine. A smaller package makes that \
     shorter, and more so than here.",
    "Lambda's hardware: this machine's processor, disk and memory are others, and its Python is \
     not the one of Lambda's image.",
    "The local Runtime API adds some tenths of a millisecond to every invocation, so that very \
     short ones differ less here than the code does.",
    "In the cost: free tier, savings plans, ephemeral storage, data transfer, and the prices of \
     the services that are called.",
];

const INIT_WITH_ONE_CPU: &str = "Lambda's own CPU time during init: AWS documents none, and its \
     reported init durations hardly depend on memory, so init had at least one CPU here.";

const NO_LIMIT: &str = "Less CPU with less memory: every memory size had the whole machine here, \
     so figures for small sizes are better than on Lambda.";

/// One function's figures.
#[derive(Debug, Clone, Serialize)]
pub struct FunctionResults {
    /// Its name.
    pub name: String,
    /// The processor that costs are for.
    pub architecture: Architecture,
    /// The first is the original.
    pub variants: Vec<VariantResults>,
}

/// One variant's figures.
#[derive(Debug, Clone, Serialize)]
pub struct VariantResults {
    /// Its name.
    pub name: String,
    /// Its size; absent where its folders could not be read.
    pub package: Option<Package>,
    /// Why its size is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_error: Option<String>,
    /// Why there are no other figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// By memory size.
    pub at: Vec<At>,
    /// As clients saw it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientView>,
}

/// Figures with one memory size.
#[derive(Debug, Clone, Serialize)]
pub struct At {
    /// Memory in MB.
    pub memory: u32,
    /// Milliseconds from the start of the process to the first answer.
    pub cold_ms: Summary,
    /// Of these, until the first request for work.
    pub init_ms: Summary,
    /// Milliseconds from the event to the answer of warm invocations.
    pub warm_ms: Option<Summary>,
    /// Highest resident memory of runtime and extensions in bytes.
    pub peak_memory_bytes: Option<Summary>,
    /// Of a million invocations.
    pub million: Cost,
    /// The original's figures divided by these; absent for the original itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_to_this: Option<Ratios>,
}

impl At {
    /// The share of the cold start that is init.
    #[must_use]
    pub fn init_share(&self) -> f64 {
        self.init_ms.median / self.cold_ms.median
    }
}

/// How many times as much the original takes.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Ratios {
    /// Of cold starts.
    pub cold: Option<Ratio>,
    /// Of the medians of warm invocations.
    pub warm: Option<Ratio>,
    /// Of highest memory.
    pub peak_memory: Option<Ratio>,
    /// Of the cost.
    pub cost: f64,
}

/// What concurrent clients saw.
#[derive(Debug, Clone, Serialize)]
pub struct ClientView {
    /// Milliseconds until the answer.
    pub latency_ms: Summary,
    /// The share of requests that met a cold start.
    pub cold_share: f64,
    /// Milliseconds that sandboxes were busy after their answer.
    pub busy_after_answer_ms: Option<Summary>,
    /// Requests that waited for a sandbox.
    pub waited: usize,
    /// The most sandboxes at a time.
    pub sandboxes: usize,
    /// The original's median divided by this one; absent for the original itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_to_this: Option<f64>,
}

pub(super) fn function(subject: &Subject, plan: &Plan, bench: Bench<'_>) -> FunctionResults {
    let Bench {
        samples,
        clients,
        failures,
        ..
    } = bench;
    let mut variants: Vec<VariantResults> = Vec::with_capacity(subject.variants.len());
    for (index, (variant, failure)) in subject.variants.iter().zip(failures).enumerate() {
        let original = (index > 0).then(|| variants.first()).flatten();
        let (package, package_error) = match Package::of(&variant.package, &variant.layers) {
            Ok(package) => (Some(package), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let (mut at, mut client) = (Vec::new(), None);
        if failure.is_none() {
            let memory = plan.memory.iter();
            at = memory
                .filter_map(|&memory| {
                    let original = original.and_then(|it| {
                        let figures = it.at.iter().find(|at| at.memory == memory)?;
                        Some((samples[0].get(&memory)?, figures))
                    });
                    let samples = samples[index].get(&memory)?;
                    with_memory(memory, samples, subject.architecture, plan, original)
                })
                .collect();
            client = as_clients_saw(&clients[index], original);
        }
        variants.push(VariantResults {
            name: variant.name.clone(),
            package,
            package_error,
            failure,
            at,
            client,
        });
    }
    FunctionResults {
        name: subject.name.clone(),
        architecture: subject.architecture,
        variants,
    }
}

fn with_memory(
    memory: u32,
    samples: &Samples,
    architecture: Architecture,
    plan: &Plan,
    original: Option<(&Samples, &At)>,
) -> Option<At> {
    let cold_ms = Summary::of(&samples.cold)?;
    let cold = Summary::of(&samples.cold_billed)?.mean;
    let usage = Usage {
        memory,
        architecture,
        cold,
        warm: Summary::of(&samples.warm_billed).map_or(cold, |it| it.mean),
        cold_share: plan.cold_share,
    };
    let million = plan.prices.cost(usage, 1_000_000);
    Some(At {
        memory,
        cold_ms,
        init_ms: Summary::of(&samples.init)?,
        warm_ms: Summary::of(&samples.warm.concat()),
        peak_memory_bytes: Summary::of(&samples.memory),
        million,
        original_to_this: original.map(|(other, figures)| Ratios {
            cold: Ratio::of(&other.cold, &samples.cold),
            warm: Ratio::of(&medians(&other.warm), &medians(&samples.warm)),
            peak_memory: Ratio::of(&other.memory, &samples.memory),
            cost: figures.million.total / million.total,
        }),
    })
}

fn medians(rounds: &[Vec<f64>]) -> Vec<f64> {
    let median = |round: &Vec<f64>| Summary::of(round).map_or(f64::NAN, |it| it.median);
    rounds.iter().map(median).collect()
}

fn as_clients_saw(calls: &client::Calls, original: Option<&VariantResults>) -> Option<ClientView> {
    let latency_ms = Summary::of(&calls.latency)?;
    let original = original.and_then(|it| it.client.as_ref());
    Some(ClientView {
        latency_ms,
        cold_share: calls.cold as f64 / latency_ms.count as f64,
        busy_after_answer_ms: Summary::of(&calls.after),
        waited: calls.waited,
        sandboxes: calls.sandboxes,
        original_to_this: original.map(|it| it.latency_ms.median / latency_ms.median),
    })
}
