//! What is recorded between two beginnings.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::{Call, Exchange, Fault, Recording, Rules, Wire};

/// What was recorded since the last beginning.
pub(super) struct Tape {
    /// Which recording this is, so that an answer that comes late does not touch the next one.
    pub(super) number: u64,
    pub(super) began: Instant,
    pub(super) rules: Rules,
    /// How much later answers come.
    pub(super) delay: Duration,
    pub(super) wire: Wire,
    pub(super) recording: Recording,
    /// Places in the recording by the id that SDKs give to a call and all its retries.
    invocations: HashMap<String, usize>,
    /// Which exchanges of the wire's have been played.
    played: Vec<bool>,
}

impl Tape {
    pub(super) fn new(number: u64, rules: Rules) -> Self {
        Self {
            number,
            began: Instant::now(),
            rules,
            delay: Duration::ZERO,
            wire: Wire::Forgotten,
            recording: Recording::default(),
            invocations: HashMap::new(),
            played: Vec::new(),
        }
    }

    /// The one that comes after it.
    pub(super) fn after(&self, rules: Rules) -> Self {
        Self {
            delay: self.delay,
            wire: self.wire.clone(),
            ..Self::new(self.number + 1, rules)
        }
    }

    /// What it holds. A call without an answer so far ends now.
    pub(super) fn ended(mut self) -> Recording {
        let now = self.began.elapsed();
        let calls = self.recording.calls.iter_mut().map(|it| &mut it.span);
        let requests = self.recording.requests.iter_mut().map(|it| &mut it.span);
        for span in calls.chain(requests).filter(|span| span.end.is_zero()) {
            span.end = now;
        }
        self.recording
    }

    /// Notes a call, or another attempt of one; its place in the recording.
    pub(super) fn note(&mut self, call: Call, id: Option<String>) -> usize {
        if let Some(&place) = id.as_ref().and_then(|id| self.invocations.get(id)) {
            self.recording.calls[place].attempts += 1;
            return place;
        }
        let place = self.recording.calls.len();
        self.recording.calls.push(call);
        if let Some(id) = id {
            self.invocations.insert(id, place);
        }
        place
    }

    pub(super) fn fault(&self, place: usize) -> Option<Fault> {
        let calls = &self.recording.calls;
        let same = |it: &&Call| {
            it.service == calls[place].service && it.operation == calls[place].operation
        };
        let number = calls[..=place].iter().filter(same).count();
        let rule = self.rules.faults.iter().find(|rule| {
            rule.service == calls[place].service
                && rule.operation == calls[place].operation
                && rule.call.is_none_or(|call| call as usize == number)
                && has(&calls[place].parameters, &rule.parameters)
        });
        rule.map(|rule| rule.fault)
    }

    /// The next exchange of the wire's that begins with this request.
    pub(super) fn play(&mut self, asks: impl Fn(&Exchange) -> bool) -> Option<Exchange> {
        let Wire::Played(exchanges) = &self.wire else {
            return None;
        };
        self.played.resize(exchanges.len(), false);
        let mut next = exchanges.iter().zip(&mut self.played);
        let (exchange, played) = next.find(|(exchange, played)| !**played && asks(exchange))?;
        *played = true;
        Some(exchange.clone())
    }
}

/// Whether parameters are among a call's.
fn has(parameters: &Value, wanted: &Map<String, Value>) -> bool {
    let has = |(name, value): (&String, &Value)| parameters.get(name) == Some(value);
    wanted.iter().all(has)
}
