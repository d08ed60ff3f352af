//! Calls, requests and log lines in their order.

use serde_json::{Value, json};

use super::value;
use super::{Found, Leniency};
use crate::lambda::record::Span;
use crate::verify::observe::Observation;

/// One thing of a sequence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What it is called in a message.
    name: String,
    value: Value,
    /// When it ran; lines of a log take no time.
    span: Option<Span>,
    /// Whether it is a call that leaves AWS as it was.
    reads: bool,
}

pub(super) fn calls(observation: &Observation) -> Vec<Item> {
    let items = observation
        .calls
        .iter()
        .enumerate()
        .map(|(index, call)| Item {
            name: format!(
                "AWS call {} ({} {})",
                index + 1,
                call.service,
                call.operation
            ),
            value: json!({
                "service": call.service,
                "operation": call.operation,
                "parameters": call.parameters,
            }),
            span: Some(call.span),
            reads: call.reads(),
        });
    items.collect()
}

pub(super) fn requests(observation: &Observation) -> Vec<Item> {
    let items = observation
        .requests
        .iter()
        .enumerate()
        .map(|(index, request)| Item {
            name: format!("request {} ({} {})", index + 1, request.method, request.url),
            value: serde_json::to_value(request).unwrap_or_default(),
            span: Some(request.span),
            reads: false,
        });
    items.collect()
}

pub(super) fn log(observation: &Observation) -> Vec<Item> {
    let items = observation
        .log
        .iter()
        .enumerate()
        .map(|(index, line)| Item {
            name: format!("log line {}", index + 1),
            value: serde_json::to_value(line).unwrap_or_default(),
            span: None,
            reads: false,
        });
    items.collect()
}

/// Notes where a sequence does not fit those of the original's runs: the same things in the same
/// order, but for those that ran at once.
pub(super) fn fits(
    originals: &[Vec<Item>],
    candidate: &[Item],
    leniency: Leniency,
    found: &mut Found,
) {
    let count = originals[0].len();
    if originals.iter().any(|items| items.len() != count) {
        // How many there are is noise; which kinds there are is not.
        return kinds(originals, candidate, found);
    }
    let rest;
    let candidate = match leniency.concurrency {
        true => {
            rest = without_early(&originals[0], candidate);
            &*rest
        }
        false => candidate,
    };
    let mut runs: Vec<&[Item]> = originals.iter().map(Vec::as_slice).collect();
    if leniency.concurrency && candidate.len() == count {
        runs.push(candidate);
    }
    let starts = groups(&runs, count);
    let bounds = starts.iter().zip(starts.iter().skip(1).chain([&count]));
    if candidate.len() == count {
        for (&start, &end) in bounds {
            group(originals, candidate, start..end, found);
        }
        if !leniency.concurrency {
            at_once(&starts, candidate, found);
        }
        return;
    }
    // What is too much or too little stands where the sequences part.
    let place = (0..count.min(candidate.len())).find(|&index| {
        let mut inside = Found::default();
        group(originals, candidate, index..index + 1, &mut inside);
        !inside.differences.is_empty()
    });
    let place = place.unwrap_or(count.min(candidate.len()));
    let (original, extra) = (originals[0].get(place), candidate.get(place));
    let named = if candidate.len() > count {
        extra
    } else {
        original
    };
    found.prefix = named.map(|item| item.name.clone()).unwrap_or_default();
    let what = format!("is where they part: {} instead of {count}", candidate.len());
    found.add(
        "",
        what,
        original.map(|it| &it.value),
        extra.map(|it| &it.value),
    );
    found.prefix.clear();
}

/// A sequence without the reads that were begun for what never came: an exception ended the loop.
fn without_early(original: &[Item], candidate: &[Item]) -> Vec<Item> {
    let mut left: Vec<&Value> = original.iter().map(|item| &item.value).collect();
    let mut extra = candidate.len().saturating_sub(original.len());
    let mut rest = candidate.to_vec();
    rest.retain(|item| match left.iter().position(|it| **it == item.value) {
        Some(place) => {
            left.remove(place);
            true
        }
        None if item.reads && extra > 0 => {
            extra -= 1;
            false
        }
        None => true,
    });
    rest
}

/// Where groups of things that ran at once begin. Two are apart only if no run had them at once.
fn groups(runs: &[&[Item]], count: usize) -> Vec<usize> {
    let apart = |items: &[Item], place: usize| {
        let Some(start) = items[place].span.map(|span| span.start) else {
            return true;
        };
        items[..place]
            .iter()
            .all(|item| item.span.is_none_or(|span| span.end <= start))
    };
    (0..count)
        .filter(|&place| place == 0 || runs.iter().all(|items| apart(items, place)))
        .collect()
}

/// A group of things that ran at once, in any order.
fn group(
    originals: &[Vec<Item>],
    candidate: &[Item],
    range: std::ops::Range<usize>,
    found: &mut Found,
) {
    let mut left: Vec<Vec<&Item>> = originals
        .iter()
        .map(|items| items[range.clone()].iter().collect())
        .collect();
    let mut free: Vec<&Item> = candidate[range].iter().collect();
    while !left[0].is_empty() {
        let first = left[0].remove(0);
        let mut values = vec![&first.value];
        for items in left.iter_mut().skip(1) {
            let place = nearest(&[&first.value], items);
            values.push(&items.remove(place).value);
        }
        let place = nearest(&values, &free);
        let item = free.remove(place);
        found.prefix = first.name.clone();
        value::fits("", &values, &item.value, found);
    }
    found.prefix.clear();
}

/// The place of the item that fits best: wholly, else of the same kind, else the first.
fn nearest(values: &[&Value], items: &[&Item]) -> usize {
    if items.len() == 1 {
        return 0;
    }
    let misfits = |item: &&Item| {
        let mut inside = Found::default();
        value::fits("", values, &item.value, &mut inside);
        inside.differences.len()
    };
    let counted = items.iter().enumerate();
    counted
        .min_by_key(|(_, item)| misfits(item))
        .map_or(0, |(place, _)| place)
}

/// What ran at once though the original's runs had it one after the other.
fn at_once(starts: &[usize], candidate: &[Item], found: &mut Found) {
    for &start in starts.iter().skip(1) {
        let item = &candidate[start];
        let Some(span) = item.span else {
            continue;
        };
        let earlier = candidate[..start]
            .iter()
            .find(|other| other.span.is_some_and(|it| it.overlaps(span)));
        if let Some(earlier) = earlier {
            found.prefix = item.name.clone();
            let what = format!(
                "ran at once with {}, the original one after the other",
                earlier.name
            );
            found.add("", what, None, None);
            found.prefix.clear();
        }
    }
}

/// Kinds of things: operations, or levels of lines. None may be new, none that all runs have may be
/// missing, and each thing must have what all of its kind share.
fn kinds(originals: &[Vec<Item>], candidate: &[Item], found: &mut Found) {
    let kind = |item: &Item| {
        let names = ["service", "operation", "method", "level"];
        names.map(|name| item.value.get(name).cloned())
    };
    let of_kind = |items: &[Item], item: &Item| items.iter().any(|it| kind(it) == kind(item));
    for item in candidate {
        let same = originals
            .iter()
            .flatten()
            .filter(|it| kind(it) == kind(item));
        let values: Vec<&Value> = same.map(|it| &it.value).collect();
        found.prefix = item.name.clone();
        if values.is_empty() {
            let what = "is of a kind that the original never had";
            found.add("", what, None, Some(&item.value));
            break;
        }
        // What only one run has says nothing of what may vary.
        if originals.iter().all(|items| of_kind(items, item)) {
            value::fits("", &values, &item.value, found);
        }
    }
    let missing = originals[0].iter().find(|item| {
        originals.iter().all(|items| of_kind(items, item)) && !of_kind(candidate, item)
    });
    if let Some(item) = missing {
        found.prefix = item.name.clone();
        let what = "is of a kind that every run of the original has";
        found.add("", what, Some(&item.value), None);
    }
    found.prefix.clear();
}

/// Notes what of one sequence was begun before the end of what comes before it in another, in all
/// of the original's runs. Where their lengths differ, that is said elsewhere.
pub(super) fn in_turn(originals: &[[Vec<Item>; 2]], candidate: &[Vec<Item>; 2], found: &mut Found) {
    let lengths = |it: &[Vec<Item>; 2]| it.each_ref().map(Vec::len);
    if originals.iter().any(|it| lengths(it) != lengths(candidate)) {
        return;
    }
    let spans = |of: &[Vec<Item>; 2], (one, other): (usize, usize), side: usize| {
        Some((of[side].get(one)?.span?, of[1 - side].get(other)?.span?))
    };
    for side in [0, 1] {
        for one in 0..candidate[side].len() {
            for other in 0..candidate[1 - side].len() {
                let places = (one, other);
                let always = originals.iter().all(|it| {
                    spans(it, places, side).is_some_and(|(one, other)| one.end <= other.start)
                });
                let turned = spans(candidate, places, side)
                    .is_some_and(|(one, other)| other.start < one.start);
                if always && turned {
                    let earlier = &candidate[side][one].name;
                    found.prefix = candidate[1 - side][other].name.clone();
                    found.add(
                        "",
                        format!("came before {earlier}, the original after it"),
                        None,
                        None,
                    );
                    found.prefix.clear();
                    return;
                }
            }
        }
    }
}
