//! How figures spread, and how a variant's compare with the original's, in words.

use super::numbers::times;
use crate::bench::statistics::{Ratio, Summary};
use crate::bench::{Ratios, VariantResults};

/// `28 – 31 ms`.
pub(super) fn spread(summary: &Summary, show: fn(f64) -> String) -> String {
    let (low, high) = (show(summary.p25), show(summary.p75));
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number} – {high}"),
        _ => format!("{low} – {high}"),
    }
}

/// `8.3× (7.9 – 8.8)`; empty for the original.
pub(super) fn ratio(ratios: Option<Ratios>, of: impl Fn(&Ratios) -> Option<Ratio>) -> String {
    let Some(ratio) = ratios.as_ref().and_then(of) else {
        return String::new();
    };
    match range(ratio.p25, ratio.p75) {
        spread if spread == times(ratio.median) => spread,
        spread => format!("{} ({})", times(ratio.median), spread.trim_end_matches('×')),
    }
}

/// How a figure of a variant compares with the original's, over all memory sizes.
pub(super) struct Change {
    /// `14 – 22×`.
    pub(super) number: String,
    /// What of it, such as `shorter cold start`.
    pub(super) words: &'static str,
    /// Whether that is good; neither where it depends on the memory size or is about the same.
    pub(super) better: Option<bool>,
}

/// The answer in short; nothing for the original and for a variant without figures.
pub(super) fn changes(variant: &VariantResults) -> Vec<Change> {
    type Of = fn(&Ratios) -> Option<f64>;
    let kinds: [([&'static str; 3], Of); 4] = [
        (
            [
                "shorter cold start",
                "longer cold start",
                "cold start (original ÷ this)",
            ],
            |it| Some(it.cold?.median),
        ),
        (
            [
                "faster when warm",
                "slower when warm",
                "warm (original ÷ this)",
            ],
            |it| Some(it.warm?.median),
        ),
        (
            ["less memory", "more memory", "memory (original ÷ this)"],
            |it| Some(it.peak_memory?.median),
        ),
        (
            ["lower cost", "higher cost", "cost (original ÷ this)"],
            |it| Some(it.cost),
        ),
    ];
    let figures = |of: Of| {
        let all = variant
            .at
            .iter()
            .filter_map(|at| at.original_to_this.as_ref());
        Summary::of(&all.filter_map(of).collect::<Vec<_>>())
    };
    let changes = kinds.into_iter().filter_map(|([less, more, neutral], of)| {
        let Summary { min, max, .. } = figures(of)?;
        let (number, words, better) = if min >= SAME {
            (range(min, max), less, Some(true))
        } else if max <= 1.0 / SAME {
            (range(1.0 / max, 1.0 / min), more, Some(false))
        } else {
            // About the same, or better with some sizes and worse with others: the charts say.
            (range(min, max), neutral, None)
        };
        Some(Change {
            number,
            words,
            better,
        })
    });
    changes.collect()
}

/// Ratios nearer to 1 than this are not called a difference.
const SAME: f64 = 1.05;

fn range(low: f64, high: f64) -> String {
    let (low, high) = (times(low), times(high));
    match low == high {
        true => high,
        false => format!("{} – {high}", low.trim_end_matches('×')),
    }
}
