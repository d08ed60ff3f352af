//! Powers and roots of Python's decimals.

use num_bigint::BigUint;

use super::decimal::{self, Decimal, is_infinite};
use super::decimal_arithmetic::{div_to, mul_to, nan_of};
use super::decimal_context::{self as context, DIGITS};
use super::decimal_convert;
use super::error::{self, Result};

/// `decimal.Decimal.sqrt()`.
pub fn sqrt(value: &Decimal) -> Result<Decimal> {
    let Some((coefficient, exponent)) = value.parts() else {
        if is_infinite(value) && value.is_negative {
            return Err(context::invalid(context::INVALID));
        }
        return Ok(value.clone());
    };
    if *coefficient == BigUint::ZERO {
        let half = exponent.div_euclid(2);
        return context::finished(value.is_negative, BigUint::ZERO, half);
    }
    if value.is_negative {
        return Err(context::invalid(context::INVALID));
    }
    let ideal = exponent.div_euclid(2);
    let half = (context::count_digits(coefficient) + exponent).div_euclid(2);
    // Twice the exponent of the root, whose digits are then some more than those of the result.
    let wanted = half - DIGITS - 2;
    let cut = 2 * wanted - exponent;
    let (scaled, is_exact) = if cut <= 0 {
        (
            coefficient * context::power_of_ten(cut.unsigned_abs()),
            true,
        )
    } else {
        let unit = context::power_of_ten(cut.unsigned_abs());
        (coefficient / &unit, coefficient % unit == BigUint::ZERO)
    };
    let mut root = scaled.sqrt();
    let mut exponent = wanted;
    if is_exact && &root * &root == scaled {
        if exponent < ideal {
            (root, exponent) = context::without_zeros(root, exponent, ideal);
        } else {
            root *= context::power_of_ten((exponent - ideal).unsigned_abs());
            exponent = ideal;
        }
    } else if &root % 5u32 == BigUint::ZERO {
        root += 1u32;
    }
    context::finished(false, root, exponent)
}

/// `decimal.Decimal.__pow__(other)`.
/// Exponents that are not whole are refused, and those beyond 10 ** 9.
pub fn pow(value: &Decimal, other: &Decimal) -> Result<Decimal> {
    if let Some(nan) = nan_of(value, other) {
        return Ok(nan.clone());
    }
    if other.is_zero_number() {
        if value.is_zero_number() {
            return Err(context::invalid(context::INVALID));
        }
        return Ok(Decimal::from(1));
    }
    let exponent = decimal_convert::to_int(other).ok().filter(|whole| {
        let whole = Decimal::from(*whole);
        super::decimal_compare::ordering(&whole, other) == Some(std::cmp::Ordering::Equal)
    });
    let Some(exponent) = exponent.filter(|whole| whole.unsigned_abs() < 1_000_000_000) else {
        return Err(error::untranslated(
            "a power of a Decimal that is not whole",
        ));
    };
    let is_negative = value.is_negative && exponent % 2 != 0;
    if value.is_zero_number() {
        return Ok(match exponent > 0 {
            true => Decimal::finite(is_negative, BigUint::ZERO, 0),
            false => Decimal::infinity(is_negative),
        });
    }
    if is_infinite(value) {
        return Ok(match exponent > 0 {
            true => Decimal::infinity(is_negative),
            false => Decimal::finite(is_negative, BigUint::ZERO, 0),
        });
    }
    if let Some(power) = power_of_one(value, exponent, is_negative) {
        return Ok(power);
    }
    whole_power(value, other, exponent, is_negative)
}

/// The power of 1, which keeps the zeros that it is written with.
fn power_of_one(value: &Decimal, exponent: i64, is_negative: bool) -> Option<Decimal> {
    let one = Decimal::from(1);
    let magnitude = decimal::copy_abs(value);
    if super::decimal_compare::ordering(&magnitude, &one) != Some(std::cmp::Ordering::Equal) {
        return None;
    }
    let (_, own) = value.parts()?;
    let zeros = match exponent {
        ..0 => 0,
        times => own.unsigned_abs().saturating_mul(times.unsigned_abs()),
    };
    let zeros = zeros.min(DIGITS as u64 - 1);
    let digits = context::power_of_ten(zeros);
    Some(Decimal::finite(is_negative, digits, -(zeros as i64)))
}

/// The power by squaring, with some more digits than the result has.
fn whole_power(
    value: &Decimal,
    other: &Decimal,
    exponent: i64,
    is_negative: bool,
) -> Result<Decimal> {
    let (coefficient, shift) = match other.parts() {
        Some(parts) => parts,
        None => return Ok(value.clone()),
    };
    let mut digits = DIGITS + context::count_digits(coefficient) + shift + 2;
    let mut base = decimal::copy_abs(value);
    if exponent < 0 {
        digits += 1;
        base = div_to(&Decimal::from(1), &base, digits)?;
    }
    let times = exponent.unsigned_abs();
    let mut power = base.clone();
    let mut bit = times.checked_ilog2().map_or(0, |highest| 1u64 << highest) >> 1;
    while bit > 0 {
        power = mul_to(&power, &power, digits)?;
        if times & bit != 0 {
            power = mul_to(&power, &base, digits)?;
        }
        bit >>= 1;
    }
    power.is_negative = is_negative;
    context::rounded(&power)
}
