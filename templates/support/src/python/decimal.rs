//! Python's `decimal`, in its default context: 28 digits, halves to even.
//!
//! Signalling NaNs, NaNs with digits and exponents beyond 10 ** 17 are refused.

use std::fmt;

use num_bigint::BigUint;

use super::decimal_context::{self as context, CONVERSION_SYNTAX};
use super::error::{self, Error, Result};
use super::value::Value;

/// `decimal.Decimal`.
#[derive(Debug, Clone)]
pub struct Decimal {
    /// Whether its sign is a minus.
    pub is_negative: bool,
    /// What it is without its sign.
    pub magnitude: Magnitude,
}

/// A decimal without its sign.
#[derive(Debug, Clone)]
pub enum Magnitude {
    /// An integer times a power of ten.
    Finite(BigUint, i64),
    /// `Infinity`.
    Infinity,
    /// `NaN`.
    NaN,
}

impl Decimal {
    /// A finite number.
    pub fn finite(is_negative: bool, coefficient: BigUint, exponent: i64) -> Self {
        Self {
            is_negative,
            magnitude: Magnitude::Finite(coefficient, exponent),
        }
    }

    /// As `Decimal('Infinity')` or `Decimal('-Infinity')`.
    pub fn infinity(is_negative: bool) -> Self {
        Self {
            is_negative,
            magnitude: Magnitude::Infinity,
        }
    }

    /// As `Decimal(text)`.
    pub fn parse(text: &str) -> Result<Self> {
        let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
        let bare: String = text
            .trim_matches(is_space)
            .chars()
            .filter(|c| *c != '_')
            .collect();
        if bare.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
            return Err(error::untranslated("digits that are not ASCII"));
        }
        let (is_negative, rest) = match bare.strip_prefix(['-', '+']) {
            Some(rest) => (bare.starts_with('-'), rest),
            None => (false, bare.as_str()),
        };
        let magnitude = match rest.to_ascii_lowercase().as_str() {
            "inf" | "infinity" => Magnitude::Infinity,
            "nan" => Magnitude::NaN,
            lower => match lower.strip_prefix('s').unwrap_or(lower).strip_prefix("nan") {
                Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                    return Err(error::untranslated("a NaN that signals or has digits"));
                }
                _ => parse_number(lower)?,
            },
        };
        Ok(Self {
            is_negative,
            magnitude,
        })
    }

    /// The coefficient and exponent of a finite number.
    pub fn parts(&self) -> Option<(&BigUint, i64)> {
        match &self.magnitude {
            Magnitude::Finite(coefficient, exponent) => Some((coefficient, *exponent)),
            _ => None,
        }
    }

    /// Whether it is a number that is 0.
    pub fn is_zero_number(&self) -> bool {
        self.parts()
            .is_some_and(|(digits, _)| *digits == BigUint::ZERO)
    }

    /// The exact value of a float.
    pub fn of_float(value: f64) -> Self {
        let is_negative = value.is_sign_negative();
        if value.is_nan() {
            return Self {
                is_negative,
                magnitude: Magnitude::NaN,
            };
        }
        if value.is_infinite() {
            return Self::infinity(is_negative);
        }
        let bits = value.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let biased = (bits >> 52) & 0x7ff;
        let (mut mantissa, mut power) = match biased {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, biased as i64 - 1075),
        };
        if mantissa == 0 {
            return Self::finite(is_negative, BigUint::ZERO, 0);
        }
        let zeros = mantissa.trailing_zeros();
        mantissa >>= zeros;
        power += i64::from(zeros);
        let mantissa = BigUint::from(mantissa);
        if power >= 0 {
            return Self::finite(is_negative, mantissa << power, 0);
        }
        let fives = BigUint::from(5u32).pow(power.unsigned_abs() as u32);
        Self::finite(is_negative, mantissa * fives, power)
    }
}

/// A number without its sign.
fn parse_number(text: &str) -> Result<Magnitude> {
    let wrong = || context::invalid(CONVERSION_SYNTAX);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (number, power) = match text.split_once('e') {
        Some((number, power)) => {
            let digits = power.strip_prefix(['-', '+']).unwrap_or(power);
            if digits.is_empty() || !is_digits(digits) {
                return Err(wrong());
            }
            // What does not fit is refused below.
            let size: i64 = digits.parse().unwrap_or(i64::MAX / 2);
            (number, if power.starts_with('-') { -size } else { size })
        }
        None => (text, 0),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{decimals}");
    if digits.is_empty() || !is_digits(&digits) {
        return Err(wrong());
    }
    if power.unsigned_abs() > 10u64.pow(17) {
        return Err(error::untranslated("an exponent beyond 10 ** 17"));
    }
    let coefficient = BigUint::parse_bytes(digits.as_bytes(), 10).ok_or_else(wrong)?;
    Ok(Magnitude::Finite(
        coefficient,
        power - decimals.len() as i64,
    ))
}

impl From<i64> for Decimal {
    /// As `Decimal(value)`.
    fn from(value: i64) -> Self {
        Self::finite(value < 0, BigUint::from(value.unsigned_abs()), 0)
    }
}

impl From<Decimal> for Value {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<&Decimal> for Value {
    fn from(value: &Decimal) -> Self {
        Self::Decimal(value.clone())
    }
}

impl fmt::Display for Decimal {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&text(self, false))
    }
}

/// The text of a number, in whose engineering form the exponent is a multiple of 3.
fn text(value: &Decimal, engineering: bool) -> String {
    let sign = if value.is_negative { "-" } else { "" };
    let (coefficient, exponent) = match &value.magnitude {
        Magnitude::Infinity => return format!("{sign}Infinity"),
        Magnitude::NaN => return format!("{sign}NaN"),
        Magnitude::Finite(coefficient, exponent) => (coefficient, *exponent),
    };
    let digits = coefficient.to_string();
    let left = exponent + digits.len() as i64;
    let point = if exponent <= 0 && left > -6 {
        left
    } else if !engineering {
        1
    } else if *coefficient == BigUint::ZERO {
        (left + 1).rem_euclid(3) - 1
    } else {
        (left - 1).rem_euclid(3) + 1
    };
    let shown = with_point(&digits, point);
    match left - point {
        0 => format!("{sign}{shown}"),
        power => format!("{sign}{shown}E{power:+}"),
    }
}

/// Digits with a point after so many of them.
pub fn with_point(digits: &str, point: i64) -> String {
    let size = point.unsigned_abs() as usize;
    if point <= 0 {
        format!("0.{}{digits}", "0".repeat(size))
    } else if size >= digits.len() {
        format!("{digits}{}", "0".repeat(size - digits.len()))
    } else {
        format!("{}.{}", &digits[..size], &digits[size..])
    }
}

/// As `repr(value)`.
pub fn representation(value: &Decimal) -> String {
    format!("Decimal('{value}')")
}

/// `decimal.Decimal(value='0')`.
/// Of a `str`, `int`, `float` (exactly) or `Decimal`. Of tuples and lists it is refused.
pub fn decimal(value: &Value) -> Result<Decimal> {
    match value {
        Value::Str(text) => Decimal::parse(text),
        Value::Float(number) => Ok(Decimal::of_float(*number)),
        Value::Decimal(number) => Ok(number.clone()),
        Value::List(_) => Err(error::untranslated("a Decimal of a list")),
        #[cfg(feature = "tuple")]
        Value::Tuple(_) => Err(error::untranslated("a Decimal of a tuple")),
        other => operand(other).ok_or_else(|| not_supported(other)),
    }
}

fn not_supported(value: &Value) -> Error {
    let name = value.type_name();
    error::type_error(format!(
        "conversion from {name} to Decimal is not supported"
    ))
}

/// The operand of an operator or method, if it is a `Decimal` or `int`.
pub fn operand(value: &Value) -> Option<Decimal> {
    match value {
        Value::Decimal(number) => Some(number.clone()),
        other => other.as_int().map(Decimal::from),
    }
}

/// The argument of a method, which is a `Decimal` or `int`.
fn argument(value: &Value) -> Result<Decimal> {
    operand(value).ok_or_else(|| not_supported(value))
}

/// `decimal.Decimal.from_float(f, /)`.
pub fn from_float(f: f64) -> Decimal {
    Decimal::of_float(f)
}

/// `decimal.Decimal.is_nan()`.
pub fn is_nan(value: &Decimal) -> bool {
    matches!(value.magnitude, Magnitude::NaN)
}

/// `decimal.Decimal.is_infinite()`.
pub fn is_infinite(value: &Decimal) -> bool {
    matches!(value.magnitude, Magnitude::Infinity)
}

/// `decimal.Decimal.is_finite()`.
pub fn is_finite(value: &Decimal) -> bool {
    value.parts().is_some()
}

/// `decimal.Decimal.is_zero()`.
pub fn is_zero(value: &Decimal) -> bool {
    value.is_zero_number()
}

/// `decimal.Decimal.is_signed()`.
pub fn is_signed(value: &Decimal) -> bool {
    value.is_negative
}

/// `decimal.Decimal.to_eng_string()`.
pub fn to_eng_string(value: &Decimal) -> String {
    text(value, true)
}

/// `decimal.Decimal.adjusted()`.
pub fn adjusted(value: &Decimal) -> i64 {
    match value.parts() {
        Some((coefficient, exponent)) => exponent + context::count_digits(coefficient) - 1,
        None => 0,
    }
}

/// `decimal.Decimal.copy_abs()`.
pub fn copy_abs(value: &Decimal) -> Decimal {
    Decimal {
        is_negative: false,
        magnitude: value.magnitude.clone(),
    }
}

/// `decimal.Decimal.copy_negate()`.
pub fn copy_negate(value: &Decimal) -> Decimal {
    Decimal {
        is_negative: !value.is_negative,
        magnitude: value.magnitude.clone(),
    }
}

/// `decimal.Decimal.copy_sign(other)`.
pub fn copy_sign(value: &Decimal, other: &Value) -> Result<Decimal> {
    Ok(Decimal {
        is_negative: argument(other)?.is_negative,
        magnitude: value.magnitude.clone(),
    })
}

/// `decimal.Decimal.compare(other)`.
pub fn compare(value: &Decimal, other: &Value) -> Result<Decimal> {
    let other = argument(other)?;
    if let Some(nan) = [value, &other].into_iter().find(|each| is_nan(each)) {
        return Ok(nan.clone());
    }
    let ordering = super::decimal_compare::ordering(value, &other);
    Ok(Decimal::from(
        ordering.map_or(0, |ordering| ordering as i64),
    ))
}

/// `decimal.Decimal.max(other)`.
pub fn max(value: &Decimal, other: &Value) -> Result<Decimal> {
    super::decimal_compare::extreme(value, &argument(other)?, std::cmp::Ordering::Greater)
}

/// `decimal.Decimal.min(other)`.
pub fn min(value: &Decimal, other: &Value) -> Result<Decimal> {
    super::decimal_compare::extreme(value, &argument(other)?, std::cmp::Ordering::Less)
}

/// `decimal.Decimal.quantize(exp, rounding=None)`.
pub fn quantize(value: &Decimal, exp: &Value, rounding: Option<&str>) -> Result<Decimal> {
    let exp = argument(exp)?;
    context::quantize(value, &exp, context::rounding(rounding)?)
}

/// `decimal.Decimal.to_integral_value(rounding=None)`.
pub fn to_integral_value(value: &Decimal, rounding: Option<&str>) -> Result<Decimal> {
    context::to_integral(value, context::rounding(rounding)?)
}

/// `decimal.Decimal.to_integral_exact(rounding=None)`.
pub fn to_integral_exact(value: &Decimal, rounding: Option<&str>) -> Result<Decimal> {
    to_integral_value(value, rounding)
}

/// `decimal.Decimal.to_integral(rounding=None)`.
pub fn to_integral(value: &Decimal, rounding: Option<&str>) -> Result<Decimal> {
    to_integral_value(value, rounding)
}

/// `decimal.Decimal.normalize()`.
pub fn normalize(value: &Decimal) -> Result<Decimal> {
    let rounded = context::rounded(value)?;
    let Some((coefficient, exponent)) = rounded.parts() else {
        return Ok(rounded);
    };
    if *coefficient == BigUint::ZERO {
        return Ok(Decimal::finite(value.is_negative, BigUint::ZERO, 0));
    }
    let (coefficient, exponent) =
        context::without_zeros(coefficient.clone(), exponent, context::EMAX);
    Ok(Decimal::finite(value.is_negative, coefficient, exponent))
}
