//! What Python's default decimal context rounds and signals.

use num_bigint::BigUint;

use super::decimal::{Decimal, Magnitude, is_nan};
use super::error::{self, ARITHMETIC_ERROR, Class, Error, Result, ZERO_DIVISION_ERROR};
use super::value::Value;

/// `decimal.DecimalException`.
pub static DECIMAL_EXCEPTION: Class = Class::new("DecimalException", &[&ARITHMETIC_ERROR]);
/// `decimal.InvalidOperation`.
pub static INVALID_OPERATION: Class = Class::new("InvalidOperation", &[&DECIMAL_EXCEPTION]);
/// `decimal.DivisionByZero`.
pub static DIVISION_BY_ZERO: Class = Class::new(
    "DivisionByZero",
    &[&DECIMAL_EXCEPTION, &ZERO_DIVISION_ERROR],
);
/// `decimal.Inexact`.
pub static INEXACT: Class = Class::new("Inexact", &[&DECIMAL_EXCEPTION]);
/// `decimal.Rounded`.
pub static ROUNDED: Class = Class::new("Rounded", &[&DECIMAL_EXCEPTION]);
/// `decimal.Overflow`.
pub static OVERFLOW: Class = Class::new("Overflow", &[&INEXACT, &ROUNDED]);

/// Why an operation is invalid, where it has a name of its own.
pub const CONVERSION_SYNTAX: &str = "ConversionSyntax";
/// A quotient of more than 28 digits.
pub const DIVISION_IMPOSSIBLE: &str = "DivisionImpossible";
/// 0 / 0.
pub const DIVISION_UNDEFINED: &str = "DivisionUndefined";
/// Any other reason.
pub const INVALID: &str = "InvalidOperation";

/// `decimal.ROUND_CEILING`.
pub const ROUND_CEILING: &str = "ROUND_CEILING";
/// `decimal.ROUND_DOWN`.
pub const ROUND_DOWN: &str = "ROUND_DOWN";
/// `decimal.ROUND_FLOOR`.
pub const ROUND_FLOOR: &str = "ROUND_FLOOR";
/// `decimal.ROUND_HALF_DOWN`.
pub const ROUND_HALF_DOWN: &str = "ROUND_HALF_DOWN";
/// `decimal.ROUND_HALF_EVEN`.
pub const ROUND_HALF_EVEN: &str = "ROUND_HALF_EVEN";
/// `decimal.ROUND_HALF_UP`.
pub const ROUND_HALF_UP: &str = "ROUND_HALF_UP";
/// `decimal.ROUND_UP`.
pub const ROUND_UP: &str = "ROUND_UP";
/// `decimal.ROUND_05UP`.
pub const ROUND_05UP: &str = "ROUND_05UP";

/// The digits of a result.
pub const DIGITS: i64 = 28;
/// The greatest power of ten of a result's first digit.
pub const EMAX: i64 = 999_999;
/// The least exponent of a result.
const ETINY: i64 = -EMAX - (DIGITS - 1);

/// What `str()` gives of a signal. `args` has its text where Python has a list of classes.
fn signal(class: &'static Class, condition: &str) -> Error {
    let text = format!("[<class 'decimal.{condition}'>]");
    Error::with_text(class, vec![Value::Str(text.clone())], text)
}

/// As `InvalidOperation`.
pub fn invalid(condition: &str) -> Error {
    signal(&INVALID_OPERATION, condition)
}

/// As `DivisionByZero`.
pub fn division_by_zero() -> Error {
    signal(&DIVISION_BY_ZERO, "DivisionByZero")
}

/// Where digits that are cut off go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    Ceiling,
    Down,
    Floor,
    HalfDown,
    HalfEven,
    HalfUp,
    Up,
    ZeroFiveUp,
}

/// The rounding that a constant names.
pub fn rounding(name: Option<&str>) -> Result<Rounding> {
    Ok(match name {
        None | Some(ROUND_HALF_EVEN) => Rounding::HalfEven,
        Some(ROUND_HALF_UP) => Rounding::HalfUp,
        Some(ROUND_HALF_DOWN) => Rounding::HalfDown,
        Some(ROUND_UP) => Rounding::Up,
        Some(ROUND_DOWN) => Rounding::Down,
        Some(ROUND_CEILING) => Rounding::Ceiling,
        Some(ROUND_FLOOR) => Rounding::Floor,
        Some(ROUND_05UP) => Rounding::ZeroFiveUp,
        Some(_) => {
            return Err(error::type_error(
                "valid values for rounding are:\n  \
                 [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   \
                 ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
            ));
        }
    })
}

/// 10 ** `exponent`.
pub fn power_of_ten(exponent: u64) -> BigUint {
    // Callers keep to exponents that a context has.
    BigUint::from(10u32).pow(u32::try_from(exponent).unwrap_or(u32::MAX))
}

/// The count of a number's decimal digits.
pub fn count_digits(coefficient: &BigUint) -> i64 {
    coefficient.to_string().len() as i64
}

/// A coefficient for another exponent.
pub fn rescaled(
    coefficient: &BigUint,
    from: i64,
    to: i64,
    rounding: Rounding,
    is_negative: bool,
) -> BigUint {
    if to <= from || *coefficient == BigUint::ZERO {
        return coefficient * power_of_ten(from.saturating_sub(to).max(0).unsigned_abs());
    }
    // One more than all digits: beyond that nothing changes.
    let cut = to.saturating_sub(from).min(count_digits(coefficient) + 1);
    let unit = power_of_ten(cut.unsigned_abs());
    let (quotient, rest) = (coefficient / &unit, coefficient % &unit);
    if rest == BigUint::ZERO {
        return quotient;
    }
    let half = (rest * 2u32).cmp(&unit);
    let last = (&quotient % 10u32).to_string();
    let away = match rounding {
        Rounding::Down => false,
        Rounding::Up => true,
        Rounding::Ceiling => !is_negative,
        Rounding::Floor => is_negative,
        Rounding::HalfUp => half.is_ge(),
        Rounding::HalfDown => half.is_gt(),
        Rounding::HalfEven => {
            half.is_gt() || half.is_eq() && matches!(&*last, "1" | "3" | "5" | "7" | "9")
        }
        Rounding::ZeroFiveUp => matches!(&*last, "0" | "5"),
    };
    quotient + u32::from(away)
}

/// Without zeros at its end, up to an exponent.
pub fn without_zeros(mut coefficient: BigUint, mut exponent: i64, limit: i64) -> (BigUint, i64) {
    while exponent < limit && &coefficient % 10u32 == BigUint::ZERO {
        coefficient /= 10u32;
        exponent += 1;
    }
    (coefficient, exponent)
}

/// A result, rounded to the digits and exponents of the context.
pub fn finished(is_negative: bool, coefficient: BigUint, exponent: i64) -> Result<Decimal> {
    finished_to(is_negative, coefficient, exponent, DIGITS)
}

/// A result, rounded to so many digits and the exponents of the context.
pub fn finished_to(
    is_negative: bool,
    coefficient: BigUint,
    exponent: i64,
    digits: i64,
) -> Result<Decimal> {
    if coefficient == BigUint::ZERO {
        let exponent = exponent.clamp(ETINY, EMAX);
        return Ok(Decimal::finite(is_negative, coefficient, exponent));
    }
    let least = (exponent + count_digits(&coefficient) - digits).max(ETINY);
    if exponent + count_digits(&coefficient) - 1 > EMAX {
        return Err(signal(&OVERFLOW, "Overflow"));
    }
    if exponent >= least {
        return Ok(Decimal::finite(is_negative, coefficient, exponent));
    }
    let mut rounded = rescaled(
        &coefficient,
        exponent,
        least,
        Rounding::HalfEven,
        is_negative,
    );
    let mut exponent = least;
    if count_digits(&rounded) > digits {
        rounded /= 10u32;
        exponent += 1;
    }
    if exponent + count_digits(&rounded) - 1 > EMAX {
        return Err(signal(&OVERFLOW, "Overflow"));
    }
    Ok(Decimal::finite(is_negative, rounded, exponent))
}

/// A value, rounded to the context.
pub fn rounded(value: &Decimal) -> Result<Decimal> {
    match &value.magnitude {
        Magnitude::Finite(coefficient, exponent) => {
            finished(value.is_negative, coefficient.clone(), *exponent)
        }
        _ => Ok(value.clone()),
    }
}

/// As `value.quantize(exp, rounding)`.
pub fn quantize(value: &Decimal, exp: &Decimal, rounding: Rounding) -> Result<Decimal> {
    if let Some(nan) = [value, exp].into_iter().find(|each| is_nan(each)) {
        return Ok(nan.clone());
    }
    let (Some((coefficient, exponent)), Some((_, wanted))) = (value.parts(), exp.parts()) else {
        return match (value.parts(), exp.parts()) {
            (None, None) => Ok(value.clone()),
            _ => Err(invalid(INVALID)),
        };
    };
    if !(ETINY..=EMAX).contains(&wanted) {
        return Err(invalid(INVALID));
    }
    if *coefficient == BigUint::ZERO {
        return Ok(Decimal::finite(value.is_negative, BigUint::ZERO, wanted));
    }
    let adjusted = exponent + count_digits(coefficient) - 1;
    if adjusted > EMAX || adjusted - wanted + 1 > DIGITS {
        return Err(invalid(INVALID));
    }
    let result = rescaled(coefficient, exponent, wanted, rounding, value.is_negative);
    let digits = count_digits(&result);
    if digits > DIGITS || wanted + digits - 1 > EMAX {
        return Err(invalid(INVALID));
    }
    Ok(Decimal::finite(value.is_negative, result, wanted))
}

/// As `value.to_integral_value(rounding)`.
pub fn to_integral(value: &Decimal, rounding: Rounding) -> Result<Decimal> {
    match value.parts() {
        Some((coefficient, exponent)) if exponent < 0 => {
            let whole = rescaled(coefficient, exponent, 0, rounding, value.is_negative);
            Ok(Decimal::finite(value.is_negative, whole, 0))
        }
        _ => Ok(value.clone()),
    }
}
