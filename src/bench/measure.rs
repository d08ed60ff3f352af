//! The runs themselves: one sandbox a variant and round, invoked in turn.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::client::{self, Front};
use super::cost::billed;
use super::{Plan, Subject};
use crate::lambda::cpu::Control;
use crate::lambda::{FunctionError, Invocation, Launch, Outcome, Sandbox};

/// Why a variant has no figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Memory in MB of the invocation that failed.
    pub memory: u32,
    /// `errorType`.
    pub kind: String,
    /// `errorMessage`.
    pub message: String,
    /// The end of what it had printed.
    pub log: String,
}

/// What was measured of one variant with one memory size.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// Milliseconds from the start to the first answer, one a round.
    pub(super) cold: Vec<f64>,
    /// Of these, until the first request for work.
    pub(super) init: Vec<f64>,
    /// Milliseconds billed for cold starts.
    pub(super) cold_billed: Vec<f64>,
    /// Milliseconds of warm invocations, a list a round.
    pub(super) warm: Vec<Vec<f64>>,
    /// Milliseconds billed for them.
    pub(super) warm_billed: Vec<f64>,
    /// Highest resident memory in bytes, one a round.
    pub(super) memory: Vec<f64>,
}

/// All runs of one function.
pub(super) struct Bench<'a> {
    subject: &'a Subject,
    plan: &'a Plan,
    control: Option<Control>,
    pub(super) samples: Vec<BTreeMap<u32, Samples>>,
    pub(super) clients: Vec<client::Calls>,
    pub(super) failures: Vec<Option<Failure>>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(subject: &'a Subject, plan: &'a Plan, control: Option<Control>) -> Self {
        let count = subject.variants.len();
        Self {
            subject,
            plan,
            control,
            samples: (0..count).map(|_| BTreeMap::new()).collect(),
            clients: (0..count).map(|_| client::Calls::default()).collect(),
            failures: vec![None; count],
        }
    }

    /// The variants that have not failed, each first in its turn.
    fn turn(&self, round: usize) -> Vec<usize> {
        let count = self.subject.variants.len();
        let turn = (0..count).map(|index| (index + round) % count);
        turn.filter(|&variant| self.failures[variant].is_none())
            .collect()
    }

    fn event(&self, number: usize) -> Value {
        let events = &self.subject.events;
        match events.len() {
            0 => Value::Object(serde_json::Map::new()),
            count => events[number % count].clone(),
        }
    }

    fn launch(&self, variant: usize, memory: u32) -> Launch {
        Launch {
            memory,
            cpu: self.control.clone(),
            ..self.subject.variants[variant].launch.clone()
        }
    }

    /// A cold start of every variant, then warm invocations in turn.
    pub(super) async fn round(&mut self, round: usize, memory: u32) {
        let warm = self.plan.warm_in_a_round();
        let first = round * (warm + 1);
        let mut running = Vec::new();
        for variant in self.turn(round) {
            if let Some(sandbox) = self.cold(variant, memory, first).await {
                running.push((variant, sandbox));
            }
        }
        for number in 1..=warm {
            for (variant, sandbox) in &mut running {
                if self.failures[*variant].is_some() {
                    continue;
                }
                let invocation = sandbox.invoke(self.event(first + number)).await;
                if self.keep(*variant, memory, &invocation) {
                    let samples = self.samples[*variant].entry(memory).or_default();
                    samples
                        .warm_billed
                        .push(billed(milliseconds(invocation.busy)));
                    if let Some(warm) = samples.warm.last_mut() {
                        warm.push(milliseconds(invocation.duration));
                    }
                }
            }
        }
        for (variant, sandbox) in running {
            if let Some(bytes) = sandbox.peak_memory() {
                let samples = self.samples[variant].entry(memory).or_default();
                samples.memory.push(bytes as f64);
            }
            sandbox.stop().await;
        }
    }

    /// Nothing where it failed.
    async fn cold(&mut self, variant: usize, memory: u32, number: usize) -> Option<Sandbox> {
        let mut sandbox = match Sandbox::start(self.launch(variant, memory)).await {
            Ok(sandbox) => sandbox,
            Err(error) => {
                self.failures[variant] = Some(not_started(memory, &error.to_string()));
                return None;
            }
        };
        let invocation = sandbox.invoke(self.event(number)).await;
        if !self.keep(variant, memory, &invocation) {
            return None;
        }
        let init = invocation.init.map_or(0.0, milliseconds);
        let samples = self.samples[variant].entry(memory).or_default();
        samples.init.push(init);
        samples.cold.push(init + milliseconds(invocation.duration));
        samples
            .cold_billed
            .push(billed(init + milliseconds(invocation.busy)));
        samples.warm.push(Vec::new());
        Some(sandbox)
    }

    /// Whether the invocation counts; an error is the variant's end.
    fn keep(&mut self, variant: usize, memory: u32, invocation: &Invocation) -> bool {
        match &invocation.outcome {
            Outcome::Answer(_) => true,
            Outcome::Error(error) => {
                let log = invocation.log.text();
                self.failures[variant] = Some(failure(memory, error, &log));
                false
            }
        }
    }

    /// A round of concurrent clients for every variant.
    pub(super) async fn clients(&mut self, plan: &client::Plan, round: usize) {
        for variant in self.turn(round) {
            let launch = self.launch(variant, plan.memory);
            let events = match &self.subject.events {
                events if events.is_empty() => vec![self.event(0)],
                events => events.clone(),
            };
            match Front::start(launch, plan.sandboxes).await {
                Ok(front) => {
                    front.call(&events, plan, &mut self.clients[variant]).await;
                    self.failures[variant] = front
                        .stop(&mut self.clients[variant])
                        .await
                        .map(|error| failure(plan.memory, &error, ""));
                }
                Err(error) => {
                    self.failures[variant] = Some(not_started(plan.memory, &error.to_string()));
                }
            }
        }
    }
}

fn not_started(memory: u32, message: &str) -> Failure {
    Failure {
        memory,
        kind: "not started".to_owned(),
        message: message.to_owned(),
        log: String::new(),
    }
}

/// The lines of a log that are kept with a failure.
const LINES: usize = 20;

fn failure(memory: u32, error: &FunctionError, log: &str) -> Failure {
    // The Python runtime client ends the lines of a traceback with a return alone.
    let lines: Vec<&str> = log
        .split(['\n', '\r'])
        .filter(|line| !line.is_empty())
        .collect();
    let first = lines.len().saturating_sub(LINES);
    Failure {
        memory,
        kind: error.kind.clone(),
        message: error.message.clone(),
        log: lines[first..].join("\n"),
    }
}

/// To the microsecond.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}
