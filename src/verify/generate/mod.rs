//! Events made from what the template and the code say about a function.
//!
//! In: a function of a template. Out: [`cases`], complete events by name and reason: what AWS
//! sends for each of the function's event sources, and the ways in which that differs; and
//! [`from_reads`], such events changed where a traced run has read them. The same input gives the
//! same cases in the same order. Runs nothing and reads no file.

mod codec;
mod family;
mod lens;
mod order;
mod plausible;
mod reads;
mod surroundings;
mod text;

use std::borrow::Cow;

use serde_json::Value;

use crate::sam::{self, Function, Template};
pub(super) use codec::image as typed_item;
use family::Source;
pub(super) use lens::shown;
pub use reads::from_reads;
pub use surroundings::Surroundings;

/// What cases are made for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The template that declares the function.
    pub template: &'a Template,
    /// The function.
    pub function: &'a Function,
    /// Account, region and names.
    pub surroundings: &'a Surroundings,
}

/// How an event was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// What AWS usually sends for one of the function's event sources.
    Usual,
    /// Such an event, varied as events of its kind are.
    Varied,
    /// Such an event, changed at a place that the code reads.
    Read,
}

/// An event to try a function with.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// What it is, unique among the cases of a function.
    pub name: String,
    /// Why it is worth a try.
    pub why: String,
    /// How it was come by.
    pub origin: Origin,
    /// The event.
    pub event: Value,
}

/// Cases for a function, at most `limit`, no two with the same event. The most telling come
/// first, and any beginning of the list is varied.
pub fn cases(subject: &Subject<'_>, limit: usize) -> Vec<Generated> {
    let mut usual = Vec::new();
    let mut varied = Vec::new();
    for event in subject.events().as_ref() {
        let source = subject.source(event);
        let payload = &source.event.payload;
        for base in family::bases(source) {
            let name = format!("{payload} {}", base.name);
            let variations = family::variations(payload)
                .into_iter()
                .filter_map(|variation| {
                    let event = variation.apply(&base.event)?;
                    Some(Generated {
                        name: format!("{name}, {}", variation.name),
                        why: variation.why.clone(),
                        origin: Origin::Varied,
                        event,
                    })
                });
            varied.push(variations.collect::<Vec<_>>());
            usual.push(Generated {
                name,
                why: base.why,
                origin: Origin::Usual,
                event: base.event,
            });
        }
    }
    let varied = order::round_robin(varied);
    order::distinct(order::round_robin(vec![usual, varied]), limit)
}

impl<'a> Subject<'a> {
    /// What invokes the function; where nothing does, its users.
    fn events(self) -> Cow<'a, [sam::Event]> {
        match self.function.events.as_slice() {
            [] => Cow::Owned(vec![sam::Event::direct(self.function)]),
            events => Cow::Borrowed(events),
        }
    }

    fn source<'b>(self, event: &'b sam::Event) -> Source<'b>
    where
        'a: 'b,
    {
        Source {
            template: self.template,
            function: self.function,
            surroundings: self.surroundings,
            event,
        }
    }
}
