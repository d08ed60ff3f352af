//! Python's `statistics`, of ints and floats.

use super::dict::Dict;
use super::error::{self, Class, Error, Result};
use super::math::fsum;
use super::ops;
use super::sort;
use super::value::Value;

/// `statistics.StatisticsError`
pub static STATISTICS_ERROR: Class = Class::new("StatisticsError", &[&error::VALUE_ERROR]);

fn no_data(text: &str) -> Error {
    Error::new(&STATISTICS_ERROR, text)
}

/// `statistics.mean(data)`
/// Numbers other than ints and floats are refused, and floats near the ends of their range.
pub fn mean(data: impl IntoIterator<Item = Value>) -> Result<Value> {
    let data: Vec<Value> = data.into_iter().collect();
    let count = data.len() as i64;
    if count == 0 {
        return Err(no_data("mean requires at least one data point"));
    }
    let ints = data.iter().map(|item| match item {
        Value::Int(number) => Some(*number),
        _ => None,
    });
    if let Some(ints) = ints.collect::<Option<Vec<i64>>>() {
        let total = ints.into_iter().try_fold(0, ops::int_add)?;
        return if total % count == 0 {
            Ok(Value::Int(total / count))
        } else {
            ops::int_div(total, count).map(Value::Float)
        };
    }
    let numbers = data.iter().map(exact).collect::<Result<Vec<f64>>>()?;
    exact_mean(&numbers, count as f64).map(Value::Float)
}

/// A number as a float that is equal to it.
fn exact(value: &Value) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    match value {
        Value::Int(number) if number.unsigned_abs() <= EXACT => Ok(*number as f64),
        Value::Float(number) if number.abs() < 1e290 => Ok(*number),
        Value::Str(_) => {
            let text = "can't convert type 'str' to numerator/denominator";
            Err(error::type_error(text))
        }
        other => {
            let name = other.type_name();
            Err(error::untranslated(format!("the mean of such a {name}")))
        }
    }
}

/// The mean, rounded once.
fn exact_mean(numbers: &[f64], count: f64) -> Result<f64> {
    let total = fsum(numbers.iter().copied().map(Value::Float))?;
    let mut mean = total / count;
    if total == 0.0 {
        return Ok(0.0);
    }
    if mean.abs() < 1e-250 {
        return Err(error::untranslated("the mean of such small numbers"));
    }
    loop {
        let (above, below) = (mean.next_up(), mean.next_down());
        let is_even = mean.to_bits().is_multiple_of(2);
        let (over, under) = (
            beyond_middle(numbers, count, mean, above)?,
            beyond_middle(numbers, count, mean, below)?,
        );
        if over > 0.0 || (over == 0.0 && !is_even) {
            mean = above;
        } else if under < 0.0 || (under == 0.0 && !is_even) {
            mean = below;
        } else {
            return Ok(mean);
        }
    }
}

/// How the mean stands to the middle of two floats.
fn beyond_middle(numbers: &[f64], count: f64, one: f64, other: f64) -> Result<f64> {
    let doubled = numbers.iter().map(|number| number * 2.0);
    let products = [one, other].into_iter().flat_map(|factor| {
        let product = factor * count;
        [-product, -factor.mul_add(count, -product)]
    });
    fsum(doubled.chain(products).map(Value::Float))
}

/// `statistics.fmean(data)`
pub fn fmean(data: impl IntoIterator<Item = Value>) -> Result<f64> {
    let data: Vec<Value> = data.into_iter().collect();
    if data.is_empty() {
        return Err(no_data("fmean requires at least one data point"));
    }
    let count = data.len() as f64;
    Ok(fsum(data)? / count)
}

/// `statistics.median(data)`
pub fn median(data: impl IntoIterator<Item = Value>) -> Result<Value> {
    let (low, high, is_odd) = middle(data)?;
    if is_odd {
        return Ok(high);
    }
    ops::div(&ops::add(&low, &high)?, &Value::Int(2))
}

/// `statistics.median_low(data)`
pub fn median_low(data: impl IntoIterator<Item = Value>) -> Result<Value> {
    middle(data).map(|(low, _, _)| low)
}

/// `statistics.median_high(data)`
pub fn median_high(data: impl IntoIterator<Item = Value>) -> Result<Value> {
    middle(data).map(|(_, high, _)| high)
}

/// The two items in the middle, which are one where the number of items is odd.
fn middle(data: impl IntoIterator<Item = Value>) -> Result<(Value, Value, bool)> {
    let sorted = sort::sorted(data.into_iter().collect(), false)?;
    let is_odd = sorted.len() % 2 == 1;
    let high = sorted.len() / 2;
    let low = if is_odd {
        Some(high)
    } else {
        high.checked_sub(1)
    };
    match (low.and_then(|low| sorted.get(low)), sorted.get(high)) {
        (Some(low), Some(high)) => Ok((low.clone(), high.clone(), is_odd)),
        _ => Err(no_data("no median for empty data")),
    }
}

/// `statistics.mode(data)`
pub fn mode(data: impl IntoIterator<Item = Value>) -> Result<Value> {
    let counts = Dict::new();
    for item in data {
        let count = counts.look_up(&item)?.and_then(|count| count.as_int());
        counts.set_item(item, count.unwrap_or(0) + 1)?;
    }
    let mut most: Option<(Value, i64)> = None;
    for (item, count) in counts.pairs() {
        let count = count.as_int().unwrap_or(0);
        if most.as_ref().is_none_or(|(_, best)| count > *best) {
            most = Some((item, count));
        }
    }
    let most = most.map(|(item, _)| item);
    most.ok_or_else(|| no_data("no mode for empty data"))
}
