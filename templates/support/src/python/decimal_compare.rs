//! How decimals stand to each other and to other numbers.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use num_bigint::BigUint;

use super::compare::Order;
use super::decimal::{self, Decimal, Magnitude};
use super::decimal_context::{self as context, INVALID};
use super::decimal_convert;
use super::error::Result;
use super::value::Value;

/// How two decimals stand to each other, which NaN does not.
pub fn ordering(a: &Decimal, b: &Decimal) -> Option<Ordering> {
    if decimal::is_nan(a) || decimal::is_nan(b) {
        return None;
    }
    let sign = |value: &Decimal| match (value.is_zero_number(), value.is_negative) {
        (true, _) => 0,
        (_, true) => -1,
        (_, false) => 1,
    };
    if sign(a) != sign(b) || sign(a) == 0 {
        return Some(sign(a).cmp(&sign(b)));
    }
    let ordering = magnitude_ordering(a, b);
    Some(if a.is_negative {
        ordering.reverse()
    } else {
        ordering
    })
}

/// Of numbers that are not 0.
fn magnitude_ordering(a: &Decimal, b: &Decimal) -> Ordering {
    let (Some((first, a_exponent)), Some((second, b_exponent))) = (a.parts(), b.parts()) else {
        return decimal::is_infinite(a).cmp(&decimal::is_infinite(b));
    };
    let size = decimal::adjusted(a).cmp(&decimal::adjusted(b));
    if size.is_ne() {
        return size;
    }
    let least = a_exponent.min(b_exponent);
    let aligned = |coefficient: &BigUint, exponent: i64| {
        coefficient * context::power_of_ten((exponent - least).unsigned_abs())
    };
    aligned(first, a_exponent).cmp(&aligned(second, b_exponent))
}

/// The exact value of a number of any type.
fn exact(value: &Value) -> Option<Decimal> {
    match value {
        Value::Decimal(number) => Some(number.clone()),
        Value::Float(number) => Some(Decimal::of_float(*number)),
        other => other.as_int().map(Decimal::from),
    }
}

/// As `a == b`, where one is a `Decimal` and the other a number.
pub fn equals(a: &Value, b: &Value) -> bool {
    match (exact(a), exact(b)) {
        (Some(a), Some(b)) => ordering(&a, &b) == Some(Ordering::Equal),
        _ => false,
    }
}

/// As `a < b` and the like, where one is a `Decimal` and the other a number.
pub fn compare(a: &Value, b: &Value, order: Order) -> Option<Result<bool>> {
    let (a, b) = (exact(a)?, exact(b)?);
    Some(match ordering(&a, &b) {
        Some(ordering) => Ok(order.holds(Some(ordering))),
        None => Err(context::invalid(INVALID)),
    })
}

/// The greater or lesser number; the other one of NaN.
pub fn extreme(a: &Decimal, b: &Decimal, wanted: Ordering) -> Result<Decimal> {
    let chosen = match (decimal::is_nan(a), decimal::is_nan(b)) {
        (true, false) => b,
        (_, true) => a,
        _ => {
            let ordering = ordering(a, b).unwrap_or(Ordering::Equal);
            let ordering = ordering.then_with(|| total(a, b));
            if ordering == wanted || ordering.is_eq() {
                a
            } else {
                b
            }
        }
    };
    context::rounded(chosen)
}

/// The order of equal numbers.
fn total(a: &Decimal, b: &Decimal) -> Ordering {
    if a.is_negative != b.is_negative {
        return b.is_negative.cmp(&a.is_negative);
    }
    let exponent = |value: &Decimal| value.parts().map(|(_, exponent)| exponent);
    let ordering = exponent(a).cmp(&exponent(b));
    if a.is_negative {
        ordering.reverse()
    } else {
        ordering
    }
}

/// The number of another type that a decimal is equal to, if there is one.
fn plain(value: &Decimal) -> Option<Value> {
    let float = Value::Float(decimal_convert::to_float(value));
    let own = Value::Decimal(value.clone());
    if let Ok(number) = decimal_convert::to_int(value) {
        let int = Value::Int(number);
        if equals(&own, &int) {
            return Some(int);
        }
    }
    equals(&own, &float).then_some(float)
}

/// As the number of another type that it is equal to, else by itself.
pub fn hash<H: Hasher>(value: &Decimal, state: &mut H) {
    if let Some(number) = plain(value) {
        return number.hash(state);
    }
    state.write_u8(6);
    if let Magnitude::Finite(coefficient, exponent) = &value.magnitude {
        let (coefficient, exponent) =
            context::without_zeros(coefficient.clone(), *exponent, i64::MAX);
        (value.is_negative, coefficient, exponent).hash(state);
    }
}
