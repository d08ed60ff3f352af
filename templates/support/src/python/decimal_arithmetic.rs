//! Arithmetic of Python's decimals.

use num_bigint::BigUint;

use super::decimal::{self, Decimal, is_infinite, is_nan};
use super::decimal_context::{self as context, DIGITS, Rounding};
use super::error::Result;
use super::value::Value;

/// Two operands that are finite.
struct Finite<'a> {
    left: &'a BigUint,
    left_exponent: i64,
    right: &'a BigUint,
    right_exponent: i64,
}

fn finite<'a>(a: &'a Decimal, b: &'a Decimal) -> Option<Finite<'a>> {
    let ((left, left_exponent), (right, right_exponent)) = (a.parts()?, b.parts()?);
    Some(Finite {
        left,
        left_exponent,
        right,
        right_exponent,
    })
}

/// The operand that is NaN.
pub fn nan_of<'a>(a: &'a Decimal, b: &'a Decimal) -> Option<&'a Decimal> {
    [a, b].into_iter().find(|each| is_nan(each))
}

/// `decimal.Decimal.__add__(other)`.
pub fn add(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    if let Some(nan) = nan_of(value, other) {
        return Ok(nan.clone());
    }
    let Some(both) = finite(value, other) else {
        let opposite = is_infinite(value) && is_infinite(other);
        if opposite && value.is_negative != other.is_negative {
            return Err(context::invalid(context::INVALID));
        }
        let infinite = if is_infinite(value) { value } else { other };
        return Ok(infinite.clone());
    };
    let least = both.left_exponent.min(both.right_exponent);
    match (value.is_zero_number(), other.is_zero_number()) {
        (true, true) => {
            let is_negative = value.is_negative && other.is_negative;
            context::finished(is_negative, BigUint::ZERO, least)
        }
        (true, false) => add_zero(other, both.right, both.right_exponent, least),
        (false, true) => add_zero(value, both.left, both.left_exponent, least),
        (false, false) => add_aligned(value, other),
    }
}

fn add_zero(value: &Decimal, digits: &BigUint, exponent: i64, least: i64) -> Result<Decimal> {
    let wanted = least.max(exponent - DIGITS - 1);
    let digits = context::rescaled(
        digits,
        exponent,
        wanted,
        Rounding::HalfEven,
        value.is_negative,
    );
    context::finished(value.is_negative, digits, wanted)
}

/// The sum of numbers that are not 0.
fn add_aligned(a: &Decimal, b: &Decimal) -> Result<Decimal> {
    let (Some((a_digits, a_exponent)), Some((b_digits, b_exponent))) = (a.parts(), b.parts())
    else {
        return Ok(a.clone());
    };
    if a_exponent < b_exponent {
        return add_aligned(b, a);
    }
    // Far below the last digit of the result it only counts that there is something.
    let lowest = a_exponent + (context::count_digits(a_digits) - DIGITS - 2).min(-1);
    let is_far = context::count_digits(b_digits) + b_exponent - 1 < lowest;
    let (b_digits, exponent) = if is_far {
        (BigUint::from(1u32), lowest)
    } else {
        (b_digits.clone(), b_exponent)
    };
    let a_digits = a_digits * context::power_of_ten((a_exponent - exponent).unsigned_abs());
    if a.is_negative == b.is_negative {
        return context::finished(a.is_negative, a_digits + b_digits, exponent);
    }
    match a_digits.cmp(&b_digits) {
        std::cmp::Ordering::Equal => context::finished(false, BigUint::ZERO, exponent),
        std::cmp::Ordering::Greater => {
            context::finished(a.is_negative, a_digits - b_digits, exponent)
        }
        std::cmp::Ordering::Less => context::finished(b.is_negative, b_digits - a_digits, exponent),
    }
}

/// `decimal.Decimal.__sub__(other)`.
pub fn sub(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    if let Some(nan) = nan_of(value, other) {
        return Ok(nan.clone());
    }
    add(value, &decimal::copy_negate(other))
}

/// `decimal.Decimal.__mul__(other)`.
pub fn mul(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    mul_to(value, other, DIGITS)
}

/// The product, rounded to so many digits.
pub fn mul_to(a: &Decimal, b: &Decimal, digits: i64) -> Result<Decimal> {
    if let Some(nan) = nan_of(a, b) {
        return Ok(nan.clone());
    }
    let is_negative = a.is_negative != b.is_negative;
    let Some(both) = finite(a, b) else {
        if a.is_zero_number() || b.is_zero_number() {
            return Err(context::invalid(context::INVALID));
        }
        return Ok(Decimal::infinity(is_negative));
    };
    let exponent = both.left_exponent + both.right_exponent;
    context::finished_to(is_negative, both.left * both.right, exponent, digits)
}

/// `decimal.Decimal.__truediv__(other)`.
pub fn div(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    div_to(value, other, DIGITS)
}

/// The quotient, rounded to so many digits.
pub fn div_to(a: &Decimal, b: &Decimal, digits: i64) -> Result<Decimal> {
    if let Some(nan) = nan_of(a, b) {
        return Ok(nan.clone());
    }
    let is_negative = a.is_negative != b.is_negative;
    let Some(both) = finite(a, b) else {
        return match (is_infinite(a), is_infinite(b)) {
            (true, true) => Err(context::invalid(context::INVALID)),
            (true, false) => Ok(Decimal::infinity(is_negative)),
            // The least exponent that a result has.
            _ => context::finished(is_negative, BigUint::ZERO, i64::MIN / 4),
        };
    };
    check_divisor(a, b)?;
    let ideal = both.left_exponent - both.right_exponent;
    if a.is_zero_number() {
        return context::finished(is_negative, BigUint::ZERO, ideal);
    }
    let shift = context::count_digits(both.right) - context::count_digits(both.left) + digits + 1;
    let power = context::power_of_ten(shift.unsigned_abs());
    let (dividend, divisor) = if shift >= 0 {
        (both.left * power, both.right.clone())
    } else {
        (both.left.clone(), both.right * power)
    };
    let mut quotient = &dividend / &divisor;
    let mut exponent = ideal - shift;
    if dividend % divisor == BigUint::ZERO {
        (quotient, exponent) = context::without_zeros(quotient, exponent, ideal);
    } else if &quotient % 5u32 == BigUint::ZERO {
        // What is cut off breaks ties.
        quotient += 1u32;
    }
    context::finished_to(is_negative, quotient, exponent, digits)
}

fn check_divisor(a: &Decimal, b: &Decimal) -> Result<()> {
    match (a.is_zero_number(), b.is_zero_number()) {
        (true, true) => Err(context::invalid(context::DIVISION_UNDEFINED)),
        (false, true) => Err(context::division_by_zero()),
        _ => Ok(()),
    }
}

/// The whole quotient and the rest of finite numbers, whose sign is the dividend's.
fn divided(a: &Decimal, b: &Decimal) -> Result<(Decimal, Decimal)> {
    let is_negative = a.is_negative != b.is_negative;
    let nothing = Decimal::finite(is_negative, BigUint::ZERO, 0);
    let Some(both) = finite(a, b) else {
        return Ok((nothing, context::rounded(a)?));
    };
    let least = both.left_exponent.min(both.right_exponent);
    let size = decimal::adjusted(a) - decimal::adjusted(b);
    if a.is_zero_number() || size <= -2 {
        let wanted = least.max(both.left_exponent - DIGITS - 1);
        let aligned = context::rescaled(
            both.left,
            both.left_exponent,
            wanted,
            Rounding::HalfEven,
            false,
        );
        let exponent = if a.is_zero_number() { least } else { wanted };
        let rest = context::finished(a.is_negative, aligned, exponent)?;
        return Ok((nothing, rest));
    }
    if size > DIGITS {
        return Err(context::invalid(context::DIVISION_IMPOSSIBLE));
    }
    let aligned = |digits: &BigUint, exponent: i64| {
        digits * context::power_of_ten((exponent - least).unsigned_abs())
    };
    let dividend = aligned(both.left, both.left_exponent);
    let divisor = aligned(both.right, both.right_exponent);
    let quotient = &dividend / &divisor;
    if context::count_digits(&quotient) > DIGITS {
        return Err(context::invalid(context::DIVISION_IMPOSSIBLE));
    }
    let rest = context::finished(a.is_negative, dividend % divisor, least)?;
    Ok((Decimal::finite(is_negative, quotient, 0), rest))
}

/// `decimal.Decimal.__floordiv__(other)`.
pub fn floor_div(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    if let Some(nan) = nan_of(value, other) {
        return Ok(nan.clone());
    }
    if is_infinite(value) {
        if is_infinite(other) {
            return Err(context::invalid(context::INVALID));
        }
        return Ok(Decimal::infinity(value.is_negative != other.is_negative));
    }
    check_divisor(value, other)?;
    Ok(divided(value, other)?.0)
}

/// `decimal.Decimal.__mod__(other)`.
pub fn modulo(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    if let Some(nan) = nan_of(value, other) {
        return Ok(nan.clone());
    }
    if is_infinite(value) {
        return Err(context::invalid(context::INVALID));
    }
    if other.is_zero_number() {
        return Err(context::invalid(if value.is_zero_number() {
            context::DIVISION_UNDEFINED
        } else {
            context::INVALID
        }));
    }
    Ok(divided(value, other)?.1)
}

/// `decimal.Decimal.__neg__()`.
pub fn neg(value: &Decimal) -> Result<Decimal> {
    if value.is_zero_number() || is_nan(value) {
        return pos(value);
    }
    context::rounded(&decimal::copy_negate(value))
}

/// `decimal.Decimal.__pos__()`.
pub fn pos(value: &Decimal) -> Result<Decimal> {
    if value.is_zero_number() {
        return context::rounded(&decimal::copy_abs(value));
    }
    context::rounded(value)
}

/// `abs(x, /)`.
pub fn abs(x: &Decimal) -> Result<Decimal> {
    if is_nan(x) {
        return Ok(x.clone());
    }
    context::rounded(&decimal::copy_abs(x))
}

/// An operator on values of which at least one is a `Decimal`, if the other is one or an `int`.
pub fn binary(
    a: &Value,
    b: &Value,
    compute: impl FnOnce(&Decimal, &Decimal) -> Result<Decimal>,
) -> Option<Result<Value>> {
    if !matches!(a, Value::Decimal(_)) && !matches!(b, Value::Decimal(_)) {
        return None;
    }
    let (a, b) = (decimal::operand(a)?, decimal::operand(b)?);
    Some(compute(&a, &b).map(Value::Decimal))
}
