//! Numbers: the builtins that make or change them, and methods of `int` and `float`.

use super::error::{self, Error, Result};
use super::number_text;
use super::ops::{self, beyond_64_bits};
use super::value::Value;

/// `int(x, /)`
pub fn int_of_int(x: i64) -> i64 {
    x
}

/// `int(x, /)`
/// What does not fit into 64 bits is refused.
pub fn truncated(x: f64) -> Result<i64> {
    if x.is_nan() {
        return Err(error::value_error("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        let text = "cannot convert float infinity to integer";
        return Err(Error::new(&error::OVERFLOW_ERROR, text));
    }
    super::equal::float_as_int(x.trunc()).ok_or_else(beyond_64_bits)
}

/// `int(x, /)`
pub fn int_of_bool(x: bool) -> i64 {
    i64::from(x)
}

/// `int(x, /)`
pub fn int_of(x: &Value) -> Result<i64> {
    match x {
        Value::Str(text) => number_text::int(text, 10),
        Value::Float(number) => truncated(*number),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_convert::to_int(number),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => int_of_bytes(bytes, 10),
        other => match other.as_int() {
            Some(number) => Ok(number),
            None => Err(not_a_number(
                other,
                "int() argument must be a string, a bytes-like object",
            )),
        },
    }
}

/// `int(x, /, base)`
pub fn int_with_base(x: &Value, base: i64) -> Result<i64> {
    match x {
        Value::Str(text) => number_text::int(text, base),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => int_of_bytes(bytes, base),
        _ => {
            let text = "int() can't convert non-string with explicit base";
            Err(error::type_error(text))
        }
    }
}

#[cfg(feature = "bytes")]
fn int_of_bytes(bytes: &[u8], base: i64) -> Result<i64> {
    let invalid = || number_text::invalid_int(&super::text::bytes_repr(bytes), base);
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.is_ascii());
    let text = text.ok_or_else(invalid)?;
    number_text::int(text, base).map_err(|error| {
        if error.to_string().starts_with("invalid literal") {
            invalid()
        } else {
            error
        }
    })
}

/// `float(x, /)`
pub fn float_of(x: &Value) -> Result<f64> {
    match x {
        Value::Float(number) => Ok(*number),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => Ok(super::decimal_convert::to_float(number)),
        Value::Str(text) => number_text::float(text),
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => Err(error::untranslated("float() of bytes")),
        other => match other.as_int() {
            Some(number) => Ok(number as f64),
            None => Err(not_a_number(other, "float() argument must be a string")),
        },
    }
}

fn not_a_number(value: &Value, expected: &str) -> Error {
    let name = value.type_name();
    #[cfg(feature = "object")]
    if matches!(value, Value::Object(_)) {
        return error::untranslated(format!("a number of a value that is a {name}"));
    }
    error::type_error(format!("{expected} or a real number, not '{name}'"))
}

/// The integer that an index or a count is.
pub fn index(value: &Value) -> Result<i64> {
    value.as_int().ok_or_else(|| {
        let name = value.type_name();
        error::type_error(format!(
            "'{name}' object cannot be interpreted as an integer"
        ))
    })
}

/// `abs(x, /)`
pub fn abs_int(x: i64) -> Result<i64> {
    x.checked_abs().ok_or_else(beyond_64_bits)
}

/// `abs(x, /)`
pub fn abs_float(x: f64) -> f64 {
    x.abs()
}

/// `abs(x, /)`
pub fn abs(x: &Value) -> Result<Value> {
    match x {
        Value::Float(number) => Ok(Value::Float(number.abs())),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_arithmetic::abs(number).map(Value::from),
        #[cfg(feature = "datetime")]
        Value::TimeDelta(span) => super::timedelta::abs(span).map(Value::from),
        other => match other.as_int() {
            Some(number) => abs_int(number).map(Value::Int),
            None => Err(no_method(other, "bad operand type for abs(): '", "'")),
        },
    }
}

fn no_method(value: &Value, before: &str, after: &str) -> Error {
    let name = value.type_name();
    #[cfg(feature = "object")]
    if matches!(value, Value::Object(_)) {
        return error::untranslated(format!("this function of a value that is a {name}"));
    }
    error::type_error(format!("{before}{name}{after}"))
}

/// `round(number)`
pub fn round_int(number: i64) -> i64 {
    number
}

/// `round(number)`
/// Halves go to the even neighbour.
pub fn round_float(number: f64) -> Result<i64> {
    truncated(number.round_ties_even())
}

/// `round(number)`
pub fn round(number: &Value) -> Result<Value> {
    match number {
        Value::Float(number) => round_float(*number).map(Value::Int),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_convert::round(number).map(Value::Int),
        other => match other.as_int() {
            Some(number) => Ok(Value::Int(number)),
            None => Err(no_method(
                other,
                "type ",
                " doesn't define __round__ method",
            )),
        },
    }
}

/// `round(number, ndigits)`
pub fn round_int_to(number: i64, ndigits: i64) -> Result<i64> {
    let places = u32::try_from(ndigits.saturating_neg()).unwrap_or(u32::MAX);
    if ndigits >= 0 {
        return Ok(number);
    }
    let Some(unit) = 10i128.checked_pow(places) else {
        return Ok(0);
    };
    let size = half_to_even(i128::from(number.unsigned_abs()), unit, false);
    let rounded = if number < 0 { -size } else { size };
    i64::try_from(rounded).map_err(|_| beyond_64_bits())
}

/// `round(number, ndigits)`
/// What is exactly between two numbers goes to the even one.
pub fn round_float_to(number: f64, ndigits: i64) -> Result<f64> {
    if !number.is_finite() || ndigits > 323 {
        return Ok(number);
    }
    if let Ok(digits) = usize::try_from(ndigits) {
        let text = format!("{number:.digits$}");
        return Ok(text.parse().unwrap_or(number));
    }
    let places = u32::try_from(-ndigits).unwrap_or(u32::MAX);
    let Some(unit) = 10i128.checked_pow(places) else {
        return Ok(0f64.copysign(number));
    };
    if number.abs() >= 1e37 {
        return Err(error::untranslated("rounding a float of this size"));
    }
    let (whole, has_fraction) = (number.abs().trunc() as i128, number.fract() != 0.0);
    let rounded = half_to_even(whole, unit, has_fraction) as f64;
    Ok(rounded.copysign(number))
}

/// A number that is not negative, rounded to a multiple of a unit.
fn half_to_even(number: i128, unit: i128, has_fraction: bool) -> i128 {
    let (quotient, rest) = (number / unit, number % unit);
    let is_odd = quotient % 2 == 1;
    let half = unit / 2;
    let up = rest > half || (rest == half && (has_fraction || is_odd));
    (quotient + i128::from(up)) * unit
}

/// `round(number, ndigits)`
pub fn round_to(number: &Value, ndigits: &Value) -> Result<Value> {
    if ndigits.is_none() {
        return round(number);
    }
    match number {
        Value::Float(number) => round_float_to(*number, index(ndigits)?).map(Value::Float),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => match ndigits.as_int() {
            Some(digits) => super::decimal_convert::round_digits(number, digits).map(Value::from),
            None => Err(error::type_error("optional arg must be an integer")),
        },
        other => match other.as_int() {
            Some(number) => round_int_to(number, index(ndigits)?).map(Value::Int),
            None => round(other),
        },
    }
}

/// `divmod(x, y, /)`
pub fn divmod_int(x: i64, y: i64) -> Result<(i64, i64)> {
    Ok((ops::int_floor_div(x, y)?, ops::int_modulo(x, y)?))
}

/// `divmod(x, y, /)`
pub fn divmod_float(x: f64, y: f64) -> Result<(f64, f64)> {
    if y == 0.0 {
        let text = "float divmod()";
        return Err(Error::new(&error::ZERO_DIVISION_ERROR, text));
    }
    Ok((ops::float_floor_div(x, y)?, ops::float_modulo(x, y)?))
}

/// `divmod(x, y, /)`
pub fn divmod(x: &Value, y: &Value) -> Result<(Value, Value)> {
    #[cfg(feature = "decimal")]
    if matches!((x, y), (Value::Decimal(_), _) | (_, Value::Decimal(_))) {
        return Err(error::untranslated("divmod() of a Decimal"));
    }
    #[cfg(feature = "datetime")]
    if let (Value::TimeDelta(_), Value::TimeDelta(_)) = (x, y) {
        return Err(error::untranslated("divmod() of a timedelta"));
    }
    match (x.as_int(), y.as_int()) {
        (Some(x), Some(y)) => divmod_int(x, y).map(|(x, y)| (Value::Int(x), Value::Int(y))),
        _ => match (x, y) {
            (Value::Float(_), _) | (_, Value::Float(_)) if is_number(x) && is_number(y) => {
                let (quotient, rest) = divmod_float(float_of(x)?, float_of(y)?)?;
                Ok((Value::Float(quotient), Value::Float(rest)))
            }
            _ => Err(ops::unsupported("divmod()", x, y)),
        },
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Float(_)) || value.as_int().is_some()
}

/// `pow(base, exp)`
pub fn pow(base: &Value, exp: &Value) -> Result<Value> {
    ops::pow(base, exp)
}

/// `pow(base, exp, mod)`
/// An inverse, which a negative exponent asks for, is refused.
pub fn pow_modulo(base: i64, exp: i64, modulus: i64) -> Result<i64> {
    if modulus == 0 {
        return Err(error::value_error("pow() 3rd argument cannot be 0"));
    }
    let mut exp = u64::try_from(exp)
        .map_err(|_| error::untranslated("pow() with a negative exponent and a modulus"))?;
    let modulus = i128::from(modulus);
    let size = modulus.abs();
    let mut power = i128::from(base).rem_euclid(size);
    let mut result = 1 % size;
    while exp > 0 {
        if exp % 2 == 1 {
            result = result * power % size;
        }
        power = power * power % size;
        exp /= 2;
    }
    if modulus < 0 && result != 0 {
        result += modulus;
    }
    i64::try_from(result).map_err(|_| beyond_64_bits())
}

/// `hex(number, /)`
pub fn hex(number: i64) -> String {
    format!("{}0x{:x}", sign(number), number.unsigned_abs())
}

/// `oct(number, /)`
pub fn oct(number: i64) -> String {
    format!("{}0o{:o}", sign(number), number.unsigned_abs())
}

/// `bin(number, /)`
pub fn bin(number: i64) -> String {
    format!("{}0b{:b}", sign(number), number.unsigned_abs())
}

/// `hex(number, /)`
pub fn hex_value(number: &Value) -> Result<String> {
    index(number).map(hex)
}

/// `oct(number, /)`
pub fn oct_value(number: &Value) -> Result<String> {
    index(number).map(oct)
}

/// `bin(number, /)`
pub fn bin_value(number: &Value) -> Result<String> {
    index(number).map(bin)
}

fn sign(number: i64) -> &'static str {
    if number < 0 { "-" } else { "" }
}

/// `int.bit_length()`
pub fn bit_length(number: i64) -> i64 {
    i64::from(u64::BITS - number.unsigned_abs().leading_zeros())
}

/// `int.bit_count()`
pub fn bit_count(number: i64) -> i64 {
    i64::from(number.unsigned_abs().count_ones())
}

/// `float.is_integer()`
pub fn is_integer(number: f64) -> bool {
    number.is_finite() && number.fract() == 0.0
}

/// `int.to_bytes(length=1, byteorder='big', *, signed=False)`
pub fn to_bytes(number: i64, length: i64, byteorder: &str, signed: bool) -> Result<Vec<u8>> {
    let is_little = is_little(byteorder)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(error::value_error("length argument must be non-negative"));
    };
    let overflow = |text| Err(Error::new(&error::OVERFLOW_ERROR, text));
    if number < 0 && !signed {
        return overflow("can't convert negative int to unsigned");
    }
    let fill = if number < 0 { 0xff } else { 0 };
    let all = number.to_le_bytes();
    let mut bytes: Vec<u8> = all.iter().copied().take(length).collect();
    let lost = all.get(length..).unwrap_or_default();
    let keeps_sign = !signed || bytes.last().is_none_or(|byte| byte & 0x80 == fill & 0x80);
    if lost.iter().any(|byte| *byte != fill) || !keeps_sign {
        return overflow("int too big to convert");
    }
    bytes.resize(length, fill);
    if !is_little {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, byteorder='big', *, signed=False)`
/// What does not fit into 64 bits is refused.
pub fn from_bytes(bytes: &[u8], byteorder: &str, signed: bool) -> Result<i64> {
    let mut ordered = bytes.to_vec();
    if is_little(byteorder)? {
        ordered.reverse();
    }
    let is_negative = signed && ordered.first().is_some_and(|byte| byte & 0x80 != 0);
    let start: i128 = if is_negative { -1 } else { 0 };
    let number = ordered.iter().try_fold(start, |number, byte| {
        let shifted = number.checked_mul(256)?;
        let next = shifted + i128::from(*byte);
        Some(next).filter(|next| next.unsigned_abs() <= 1 << 64)
    });
    let number = number.and_then(|number| i64::try_from(number).ok());
    number.ok_or_else(beyond_64_bits)
}

fn is_little(byteorder: &str) -> Result<bool> {
    match byteorder {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(error::value_error(
            "byteorder must be either 'little' or 'big'",
        )),
    }
}
