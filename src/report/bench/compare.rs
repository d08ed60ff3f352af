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
    let (low, high) = (times(ratio.p25), times(ratio.p75));
    let low = low.trim_end_matches('×');
    let high = high.trim_end_matches('×');
    match low == high {
        true => times(ratio.median),
        false => format!("{} ({low} – {high})", times(ratio.median)),
    }
}

/// A range of ratios over the memory sizes, and what it means.
pub(super) struct Change {
    /// `14 – 22×`.
    pub(super) number: String,
    /// Whether less is needed than by the original, or more; neither where it is about the same.
    pub(super) better: Option<bool>,
}

/// How a figure of a variant compares with the original's, over all memory sizes.
pub(super) fn change(
    variant: &VariantResults,
    of: impl Fn(&Ratios) -> Option<f64>,
) -> Option<Change> {
    let all = variant
        .at
        .iter()
        .filter_map(|at| at.original_to_this.as_ref());
    let all = Summary::of(&all.filter_map(of).collect::<Vec<_>>())?;
    let range = |low: f64, high: f64| {
        let (low, high) = (times(low), times(high));
        match low == high {
            true => high,
            false => format!("{} – {high}", low.trim_end_matches('×')),
        }
    };
    Some(if all.min >= 1.05 {
        Change {
            number: range(all.min, all.max),
            better: Some(true),
        }
    } else if all.max <= 0.95 {
        Change {
            number: range(1.0 / all.max, 1.0 / all.min),
            better: Some(false),
        }
    } else {
        Change {
            number: range(all.min, all.max),
            better: None,
        }
    })
}
