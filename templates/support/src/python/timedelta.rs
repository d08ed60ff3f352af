//! Python's `datetime.timedelta`.

use std::fmt;

use super::error::{self, Error, OVERFLOW_ERROR, Result, ZERO_DIVISION_ERROR};
use super::ops;
use super::value::Value;

/// `datetime.timedelta`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeDelta {
    /// The whole span.
    pub microseconds: i128,
}

const SECOND: i128 = 1_000_000;
const DAY: i128 = 86_400 * SECOND;
const MOST_DAYS: i128 = 999_999_999;

/// A span that a computation has as its result.
pub fn of_microseconds(microseconds: i128) -> Result<TimeDelta> {
    let days = microseconds.div_euclid(DAY);
    if days.abs() > MOST_DAYS {
        if i32::try_from(days).is_err() {
            let text = "Python int too large to convert to C int";
            return Err(Error::new(&OVERFLOW_ERROR, text));
        }
        let text = format!("days={days}; must have magnitude <= 999999999");
        return Err(Error::new(&OVERFLOW_ERROR, text));
    }
    Ok(TimeDelta { microseconds })
}

/// So many days, which are known to be no more than a `timedelta` has.
pub fn of_days(days: i64) -> TimeDelta {
    TimeDelta {
        microseconds: i128::from(days) * DAY,
    }
}

/// `datetime.timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)`.
pub fn timedelta(
    days: i64,
    seconds: i64,
    microseconds: i64,
    milliseconds: i64,
    minutes: i64,
    hours: i64,
    weeks: i64,
) -> Result<TimeDelta> {
    let in_units = |number: i64, unit: i128| i128::from(number) * unit;
    of_microseconds(
        in_units(days, DAY)
            + in_units(seconds, SECOND)
            + in_units(microseconds, 1)
            + in_units(milliseconds, 1000)
            + in_units(minutes, 60 * SECOND)
            + in_units(hours, 3600 * SECOND)
            + in_units(weeks, 7 * DAY),
    )
}

/// `datetime.timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)`.
pub fn timedelta_value(
    days: &Value,
    seconds: &Value,
    microseconds: &Value,
    milliseconds: &Value,
    minutes: &Value,
    hours: &Value,
    weeks: &Value,
) -> Result<TimeDelta> {
    let parts = [
        (microseconds, "microseconds", 1),
        (milliseconds, "milliseconds", 1000),
        (seconds, "seconds", SECOND),
        (minutes, "minutes", 60 * SECOND),
        (hours, "hours", 3600 * SECOND),
        (days, "days", DAY),
        (weeks, "weeks", 7 * DAY),
    ];
    let mut whole: i128 = 0;
    let mut rest = 0.0;
    for (value, name, unit) in parts {
        let part = match value {
            Value::Float(number) => part_of_float(*number, unit, &mut rest)?,
            other => match other.as_int() {
                Some(number) => i128::from(number) * unit,
                None => {
                    let kind = other.type_name();
                    let text = format!("unsupported type for timedelta {name} component: {kind}");
                    return Err(error::type_error(text));
                }
            },
        };
        whole = whole.checked_add(part).ok_or_else(too_large)?;
    }
    // Halves go to the even whole.
    let odd = whole.rem_euclid(2) as f64;
    let mut rounded = f64::round(rest);
    if (rounded - rest).abs() == 0.5 {
        rounded = 2.0 * f64::round((rest + odd) * 0.5) - odd;
    }
    of_microseconds(whole.saturating_add(rounded as i128))
}

fn too_large() -> Error {
    error::untranslated("a timedelta far beyond what Python has")
}

/// The microseconds of a float in a unit; what is below one is added to the rest.
fn part_of_float(number: f64, unit: i128, rest: &mut f64) -> Result<i128> {
    if number.is_nan() {
        return Err(error::value_error("cannot convert float NaN to integer"));
    }
    if number.is_infinite() {
        let text = "cannot convert float infinity to integer";
        return Err(Error::new(&OVERFLOW_ERROR, text));
    }
    let whole = (number.trunc() as i128).checked_mul(unit);
    let fraction = number.fract() * unit as f64;
    *rest += fraction.fract();
    let part = whole.and_then(|whole| whole.checked_add(fraction.trunc() as i128));
    part.ok_or_else(too_large)
}

/// `datetime.timedelta.min`.
pub fn min() -> TimeDelta {
    of_days(-999_999_999)
}

/// `datetime.timedelta.max`.
pub fn max() -> TimeDelta {
    TimeDelta {
        microseconds: (MOST_DAYS + 1) * DAY - 1,
    }
}

/// `datetime.timedelta.resolution`.
pub fn resolution() -> TimeDelta {
    TimeDelta { microseconds: 1 }
}

/// `datetime.timedelta.days`
pub fn days(value: &TimeDelta) -> i64 {
    value.microseconds.div_euclid(DAY) as i64
}

/// `datetime.timedelta.seconds`
pub fn seconds(value: &TimeDelta) -> i64 {
    (value.microseconds.rem_euclid(DAY) / SECOND) as i64
}

/// `datetime.timedelta.microseconds`
pub fn microseconds(value: &TimeDelta) -> i64 {
    value.microseconds.rem_euclid(SECOND) as i64
}

/// `datetime.timedelta.total_seconds()`.
pub fn total_seconds(value: &TimeDelta) -> f64 {
    ratio(value.microseconds, SECOND)
}

/// The exact quotient, rounded once.
pub fn ratio(dividend: i128, divisor: i128) -> f64 {
    let quotient = ops::quotient(dividend.unsigned_abs(), divisor.unsigned_abs());
    if (dividend < 0) == (divisor < 0) {
        quotient
    } else {
        -quotient
    }
}

/// The quotient, rounded with halves to the even whole.
fn nearest(dividend: i128, divisor: i128) -> i128 {
    let (dividend, divisor) = if divisor < 0 {
        (-dividend, -divisor)
    } else {
        (dividend, divisor)
    };
    let (whole, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    let up = match rest.cmp(&(divisor - rest)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    whole + i128::from(up)
}

fn by_zero(text: &str) -> Error {
    Error::new(&ZERO_DIVISION_ERROR, text)
}

/// `datetime.timedelta.__add__(other)`.
pub fn add(value: &TimeDelta, other: &TimeDelta) -> Result<TimeDelta> {
    of_microseconds(value.microseconds + other.microseconds)
}

/// `datetime.timedelta.__sub__(other)`.
pub fn sub(value: &TimeDelta, other: &TimeDelta) -> Result<TimeDelta> {
    of_microseconds(value.microseconds - other.microseconds)
}

/// `datetime.timedelta.__mul__(other)`.
pub fn mul(value: &TimeDelta, other: i64) -> Result<TimeDelta> {
    let product = value.microseconds.checked_mul(i128::from(other));
    of_microseconds(product.ok_or_else(too_large)?)
}

/// A float as a whole number and the power of two that it is multiplied with.
fn as_ratio(number: f64) -> Result<(i128, i32)> {
    if number.is_nan() {
        let text = "cannot convert NaN to integer ratio";
        return Err(error::value_error(text));
    }
    if number.is_infinite() {
        let text = "cannot convert Infinity to integer ratio";
        return Err(Error::new(&OVERFLOW_ERROR, text));
    }
    let bits = number.to_bits();
    let fraction = (bits & ((1 << 52) - 1)) as i128;
    let (mantissa, power) = match (bits >> 52) & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased as i32 - 1075),
    };
    if mantissa == 0 {
        return Ok((0, 0));
    }
    let zeros = mantissa.trailing_zeros();
    let mantissa = mantissa >> zeros;
    let signed = if number < 0.0 { -mantissa } else { mantissa };
    Ok((signed, power + zeros as i32))
}

fn shifted(number: i128, power: i32) -> Result<i128> {
    let factor = u32::try_from(power)
        .ok()
        .and_then(|power| 1i128.checked_shl(power));
    let factor = factor.filter(|factor| *factor > 0);
    if number == 0 {
        return Ok(0);
    }
    factor
        .and_then(|factor| number.checked_mul(factor))
        .ok_or_else(too_large)
}

/// `datetime.timedelta.__mul__(other)`.
pub fn mul_float(value: &TimeDelta, other: f64) -> Result<TimeDelta> {
    let (numerator, power) = as_ratio(other)?;
    let product = value.microseconds * numerator;
    if power >= 0 {
        return of_microseconds(shifted(product, power)?);
    }
    if power < -126 {
        return of_microseconds(0);
    }
    of_microseconds(nearest(product, shifted(1, -power)?))
}

/// `datetime.timedelta.__truediv__(other)`.
pub fn div(value: &TimeDelta, other: &TimeDelta) -> Result<f64> {
    if other.microseconds == 0 {
        return Err(by_zero("division by zero"));
    }
    Ok(ratio(value.microseconds, other.microseconds))
}

/// `datetime.timedelta.__truediv__(other)`.
pub fn div_int(value: &TimeDelta, other: i64) -> Result<TimeDelta> {
    if other == 0 {
        return Err(by_zero("integer division or modulo by zero"));
    }
    of_microseconds(nearest(value.microseconds, i128::from(other)))
}

/// `datetime.timedelta.__truediv__(other)`.
pub fn div_float(value: &TimeDelta, other: f64) -> Result<TimeDelta> {
    let (numerator, power) = as_ratio(other)?;
    if numerator == 0 {
        return Err(by_zero("integer division or modulo by zero"));
    }
    if power <= 0 {
        return of_microseconds(nearest(shifted(value.microseconds, -power)?, numerator));
    }
    match shifted(numerator, power) {
        Ok(divisor) => of_microseconds(nearest(value.microseconds, divisor)),
        // The divisor is more than twice any span.
        Err(_) => of_microseconds(0),
    }
}

/// `datetime.timedelta.__floordiv__(other)`.
pub fn floor_div(value: &TimeDelta, other: &TimeDelta) -> Result<i64> {
    if other.microseconds == 0 {
        return Err(by_zero("integer division or modulo by zero"));
    }
    let quotient = floor(value.microseconds, other.microseconds);
    i64::try_from(quotient).map_err(|_| ops::beyond_64_bits())
}

fn floor(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let down = dividend % divisor != 0 && (dividend < 0) != (divisor < 0);
    quotient - i128::from(down)
}

/// `datetime.timedelta.__floordiv__(other)`.
pub fn floor_div_int(value: &TimeDelta, other: i64) -> Result<TimeDelta> {
    if other == 0 {
        return Err(by_zero("integer division or modulo by zero"));
    }
    of_microseconds(floor(value.microseconds, i128::from(other)))
}

/// `datetime.timedelta.__mod__(other)`.
pub fn modulo(value: &TimeDelta, other: &TimeDelta) -> Result<TimeDelta> {
    if other.microseconds == 0 {
        return Err(by_zero("integer modulo by zero"));
    }
    let quotient = floor(value.microseconds, other.microseconds);
    of_microseconds(value.microseconds - quotient * other.microseconds)
}

/// `datetime.timedelta.__neg__()`.
pub fn neg(value: &TimeDelta) -> Result<TimeDelta> {
    of_microseconds(-value.microseconds)
}

/// `abs(x, /)`.
pub fn abs(x: &TimeDelta) -> Result<TimeDelta> {
    of_microseconds(x.microseconds.abs())
}

impl fmt::Display for TimeDelta {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (days(self), seconds(self));
        if days != 0 {
            let plural = if days.abs() == 1 { "" } else { "s" };
            write!(formatter, "{days} day{plural}, ")?;
        }
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        write!(
            formatter,
            "{}:{:02}:{seconds:02}",
            minutes / 60,
            minutes % 60
        )?;
        match microseconds(self) {
            0 => Ok(()),
            fraction => write!(formatter, ".{fraction:06}"),
        }
    }
}

/// As `repr(value)`.
pub fn representation(value: &TimeDelta) -> String {
    let parts = [
        ("days", days(value)),
        ("seconds", seconds(value)),
        ("microseconds", microseconds(value)),
    ];
    let shown: Vec<String> = parts
        .iter()
        .filter(|(_, number)| *number != 0)
        .map(|(name, number)| format!("{name}={number}"))
        .collect();
    let shown = if shown.is_empty() {
        "0".to_owned()
    } else {
        shown.join(", ")
    };
    format!("datetime.timedelta({shown})")
}
