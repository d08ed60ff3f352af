//! What is said of many figures: median, spread, percentiles.

use serde::Serialize;

/// Figures in order of size, and what stands at which place.
///
/// Percentiles are interpolated linearly between the two nearest figures: method 7 of Hyndman and
/// Fan, "Sample Quantiles in Statistical Packages" (1996), the default of NumPy and R.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// How many figures.
    pub count: usize,
    /// The least.
    pub min: f64,
    /// A quarter is below.
    pub p25: f64,
    /// Half is below.
    pub median: f64,
    /// Three quarters are below.
    pub p75: f64,
    /// 95 of 100 are below.
    pub p95: f64,
    /// 99 of 100 are below.
    pub p99: f64,
    /// The greatest.
    pub max: f64,
    /// The arithmetic mean.
    pub mean: f64,
}

impl Summary {
    /// Nothing where there is no figure. Figures that are no numbers are left out.
    #[must_use]
    pub fn of(figures: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = figures
            .iter()
            .copied()
            .filter(|one| one.is_finite())
            .collect();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let at = |share| percentile(&sorted, share).unwrap_or(min);
        Some(Self {
            count: sorted.len(),
            min,
            p25: at(0.25),
            median: at(0.5),
            p75: at(0.75),
            p95: at(0.95),
            p99: at(0.99),
            max,
            // Rounding may put a mean of equal figures beside them.
            mean: (sorted.iter().sum::<f64>() / sorted.len() as f64).clamp(min, max),
        })
    }
}

/// The figure below which a share between 0 and 1 of the sorted figures lies.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (sorted[below], sorted[above]);
    Some(low + (high - low) * (place - below as f64))
}

/// How many times as much the original takes, from runs that stood beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// The median over the rounds of original to variant in the same round.
    pub median: f64,
    /// A quarter of the rounds is below.
    pub p25: f64,
    /// Three quarters of the rounds are below.
    pub p75: f64,
}

impl Ratio {
    /// Of one figure a round of each; a round that either lacks does not count.
    #[must_use]
    pub fn of(original: &[f64], variant: &[f64]) -> Option<Self> {
        let ratios = original.iter().zip(variant).map(|(one, other)| one / other);
        let summary = Summary::of(&ratios.collect::<Vec<_>>())?;
        Some(Self {
            median: summary.median,
            p25: summary.p25,
            p75: summary.p75,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn percentiles_are_those_of_numpy() {
        // numpy.percentile([1, 2, 3, 4, 10], [25, 50, 75, 95, 99])
        let summary = Summary::of(&[10.0, 2.0, 3.0, 1.0, 4.0]).expect("figures");
        let shown = [
            summary.p25,
            summary.median,
            summary.p75,
            summary.p95,
            summary.p99,
        ];
        for (one, other) in shown.into_iter().zip([2.0, 3.0, 4.0, 8.8, 9.76]) {
            assert!(close(one, other), "{one} and {other}");
        }
        assert!(close(summary.mean, 4.0));
        assert_eq!(Summary::of(&[f64::NAN]), None);
    }

    #[test]
    fn a_ratio_is_of_rounds_side_by_side() {
        // The machine grew slower; the ratio did not.
        let ratio = Ratio::of(&[10.0, 20.0, 40.0], &[1.0, 2.0, 4.0]).expect("rounds");
        assert!(close(ratio.median, 10.0) && close(ratio.p25, 10.0) && close(ratio.p75, 10.0));
        assert_eq!(Ratio::of(&[1.0], &[]), None);
    }

    proptest! {
        #[test]
        fn in_order_whatever_the_order(mut figures in prop::collection::vec(0.0..1e6_f64, 1..200)) {
            let summary = Summary::of(&figures).expect("figures");
            let Summary { min, p25, median, p75, p95, p99, max, mean, .. } = summary;
            let order = [min, p25, median, p75, p95, p99, max];
            prop_assert!(order.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", order);
            prop_assert!(min <= mean && mean <= max);
            figures.reverse();
            let again = Summary::of(&figures).expect("figures");
            prop_assert!(close(again.p95, p95) && close(again.median, median));
        }
    }
}
