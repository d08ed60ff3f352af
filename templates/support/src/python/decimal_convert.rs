//! What Python makes of decimals: ints, floats and tuples.

use num_bigint::BigUint;

use super::decimal::{Decimal, Magnitude};
use super::decimal_context as context;
use super::error::{self, Error, Result};
use super::ops;
#[cfg(feature = "tuple")]
use super::value::Value;

/// `decimal.Decimal.as_integer_ratio()`.
pub fn as_integer_ratio(value: &Decimal) -> Result<(i64, i64)> {
    let Some((coefficient, exponent)) = value.parts() else {
        return Err(match value.magnitude {
            Magnitude::NaN => error::value_error("cannot convert NaN to integer ratio"),
            _ => {
                let text = "cannot convert Infinity to integer ratio";
                Error::new(&error::OVERFLOW_ERROR, text)
            }
        });
    };
    let (mut numerator, mut denominator) = (coefficient.clone(), BigUint::from(1u32));
    match u32::try_from(exponent.unsigned_abs()) {
        Ok(size) if size < 1000 && exponent >= 0 => numerator *= context::power_of_ten(size.into()),
        Ok(size) if size < 1000 => denominator = context::power_of_ten(size.into()),
        _ => return Err(ops::beyond_64_bits()),
    }
    for factor in [2u32, 5] {
        while &numerator % factor == BigUint::ZERO && &denominator % factor == BigUint::ZERO {
            numerator /= factor;
            denominator /= factor;
        }
    }
    let denominator = i64::try_from(&denominator).map_err(|_| ops::beyond_64_bits())?;
    Ok((signed(value.is_negative, &numerator)?, denominator))
}

fn signed(is_negative: bool, magnitude: &BigUint) -> Result<i64> {
    let magnitude = i128::try_from(magnitude).map_err(|_| ops::beyond_64_bits())?;
    let number = if is_negative { -magnitude } else { magnitude };
    i64::try_from(number).map_err(|_| ops::beyond_64_bits())
}

/// As `decimal.Decimal.as_tuple()`, which is not mapped: this shows itself as a tuple.
#[cfg(feature = "tuple")]
pub fn as_tuple(value: &Decimal) -> super::tuple::Tuple {
    use super::tuple::Tuple;
    let (digits, exponent): (Vec<Value>, Value) = match &value.magnitude {
        Magnitude::Infinity => (vec![Value::Int(0)], "F".into()),
        Magnitude::NaN => (Vec::new(), "n".into()),
        Magnitude::Finite(coefficient, exponent) => {
            let text = coefficient.to_string();
            let digits = text.bytes().map(|digit| i64::from(digit - b'0').into());
            (digits.collect(), (*exponent).into())
        }
    };
    let sign = i64::from(value.is_negative).into();
    Tuple::from(vec![sign, Tuple::from(digits).into(), exponent])
}

/// `int(x, /)`.
pub fn to_int(x: &Decimal) -> Result<i64> {
    rounded_to_int(x, context::Rounding::Down)
}

/// `math.floor(x, /)`.
pub fn floor(x: &Decimal) -> Result<i64> {
    rounded_to_int(x, context::Rounding::Floor)
}

/// `math.ceil(x, /)`.
pub fn ceil(x: &Decimal) -> Result<i64> {
    rounded_to_int(x, context::Rounding::Ceiling)
}

/// `round(number)`.
pub fn round(number: &Decimal) -> Result<i64> {
    rounded_to_int(number, context::Rounding::HalfEven)
}

/// `round(number, ndigits)`.
pub fn round_digits(number: &Decimal, ndigits: i64) -> Result<Decimal> {
    let unit = Decimal::finite(false, BigUint::from(1u32), ndigits.saturating_neg());
    context::quantize(number, &unit, context::Rounding::HalfEven)
}

fn rounded_to_int(value: &Decimal, rounding: context::Rounding) -> Result<i64> {
    let Some((coefficient, exponent)) = value.parts() else {
        return Err(match value.magnitude {
            Magnitude::NaN => error::value_error("cannot convert NaN to integer"),
            _ => {
                let text = "cannot convert Infinity to integer";
                Error::new(&error::OVERFLOW_ERROR, text)
            }
        });
    };
    if *coefficient == BigUint::ZERO {
        return Ok(0);
    }
    if exponent > 18 {
        return Err(ops::beyond_64_bits());
    }
    let whole = context::rescaled(coefficient, exponent, 0, rounding, value.is_negative);
    signed(value.is_negative, &whole)
}

/// `float(x, /)`.
pub fn to_float(x: &Decimal) -> f64 {
    // What `str` gives is always a number to Rust too.
    x.to_string().parse().unwrap_or(f64::NAN)
}
