//! Dates, times and spans where their types are known only when the program runs.

use std::cmp::Ordering;

use super::date::{self, Date};
use super::datetime::{self, DateTime};
use super::error::{self, Result};
use super::time_of_day::{self, Time};
use super::timedelta::{self, TimeDelta};
use super::timezone::TimeZone;
use super::value::Value;

impl From<DateTime> for Value {
    fn from(value: DateTime) -> Self {
        Self::DateTime(value)
    }
}

impl From<&DateTime> for Value {
    fn from(value: &DateTime) -> Self {
        Self::DateTime(value.clone())
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<&Date> for Value {
    fn from(value: &Date) -> Self {
        Self::Date(value.clone())
    }
}

impl From<Time> for Value {
    fn from(value: Time) -> Self {
        Self::Time(value)
    }
}

impl From<&Time> for Value {
    fn from(value: &Time) -> Self {
        Self::Time(value.clone())
    }
}

impl From<TimeDelta> for Value {
    fn from(value: TimeDelta) -> Self {
        Self::TimeDelta(value)
    }
}

impl From<&TimeDelta> for Value {
    fn from(value: &TimeDelta) -> Self {
        Self::TimeDelta(value.clone())
    }
}

impl From<TimeZone> for Value {
    fn from(value: TimeZone) -> Self {
        Self::TimeZone(value)
    }
}

impl From<&TimeZone> for Value {
    fn from(value: &TimeZone) -> Self {
        Self::TimeZone(value.clone())
    }
}

/// Whether the offset of a time depends on its fold.
fn is_ambiguous(value: &DateTime) -> bool {
    if matches!(
        value.time.tzinfo,
        None | Some(TimeZone::Fixed(..) | TimeZone::TzUtc)
    ) {
        return false;
    }
    let mut other = value.clone();
    other.time.fold = !other.time.fold;
    datetime::offset(value).ok() != datetime::offset(&other).ok()
}

/// As `a == b`.
pub fn equals(a: &DateTime, b: &DateTime) -> bool {
    match datetime::offsets(a, b) {
        Ok((None, None)) => datetime::absolute(a) == datetime::absolute(b),
        Ok((Some(first), Some(second))) => {
            datetime::absolute(a) - first == datetime::absolute(b) - second
                && !is_ambiguous(a)
                && !is_ambiguous(b)
        }
        _ => false,
    }
}

/// What is equal where two times are.
pub fn key(value: &DateTime) -> (bool, i64) {
    let mut first = value.clone();
    first.time.fold = false;
    let offset = datetime::offset(&first).ok().flatten();
    let own = datetime::absolute(value) - offset.unwrap_or(0);
    (offset.is_some(), own)
}

/// How two values stand to each other; nothing where their types have no order.
pub fn ordering(a: &Value, b: &Value) -> Result<Option<Ordering>> {
    let text = match (a, b) {
        (Value::DateTime(a), Value::DateTime(b)) => match datetime::offsets(a, b)? {
            (None, None) => return Ok(Some(datetime::absolute(a).cmp(&datetime::absolute(b)))),
            (Some(first), Some(second)) => {
                let (a, b) = (
                    datetime::absolute(a) - first,
                    datetime::absolute(b) - second,
                );
                return Ok(Some(a.cmp(&b)));
            }
            _ => "can't compare offset-naive and offset-aware datetimes",
        },
        (Value::Time(a), Value::Time(b)) => match time_of_day::ordering(a, b) {
            None => "can't compare offset-naive and offset-aware times",
            ordering => return Ok(ordering),
        },
        (Value::DateTime(_), Value::Date(_)) | (Value::Date(_), Value::DateTime(_)) => {
            "can't compare datetime.datetime to datetime.date"
        }
        (Value::Date(a), Value::Date(b)) => return Ok(Some(a.cmp(b))),
        (Value::TimeDelta(a), Value::TimeDelta(b)) => return Ok(Some(a.cmp(b))),
        _ => return Ok(None),
    };
    Err(error::type_error(text))
}

/// As `a + b`, where one is a date, time or span that can be added.
pub fn add(a: &Value, b: &Value) -> Option<Result<Value>> {
    Some(match (a, b) {
        (Value::TimeDelta(a), Value::TimeDelta(b)) => timedelta::add(a, b).map(Value::from),
        (Value::DateTime(value), Value::TimeDelta(span))
        | (Value::TimeDelta(span), Value::DateTime(value)) => {
            datetime::add(value, span).map(Value::from)
        }
        (Value::Date(value), Value::TimeDelta(span))
        | (Value::TimeDelta(span), Value::Date(value)) => date::add(value, span).map(Value::from),
        _ => return None,
    })
}

/// As `a - b`, where both are such values.
pub fn sub(a: &Value, b: &Value) -> Option<Result<Value>> {
    Some(match (a, b) {
        (Value::TimeDelta(a), Value::TimeDelta(b)) => timedelta::sub(a, b).map(Value::from),
        (Value::DateTime(a), Value::DateTime(b)) => datetime::sub(a, b).map(Value::from),
        (Value::Date(a), Value::Date(b)) => Ok(date::sub(a, b).into()),
        (Value::DateTime(value), Value::TimeDelta(span)) => {
            datetime::sub_timedelta(value, span).map(Value::from)
        }
        (Value::Date(value), Value::TimeDelta(span)) => {
            date::sub_timedelta(value, span).map(Value::from)
        }
        _ => return None,
    })
}

/// As `a * b`, where one is a span and the other a number.
pub fn mul(a: &Value, b: &Value) -> Option<Result<Value>> {
    let (span, factor) = match (a, b) {
        (Value::TimeDelta(span), factor) | (factor, Value::TimeDelta(span)) => (span, factor),
        _ => return None,
    };
    let product = match factor {
        Value::Float(factor) => timedelta::mul_float(span, *factor),
        other => timedelta::mul(span, other.as_int()?),
    };
    Some(product.map(Value::from))
}

/// As `a / b`, where `a` is a span.
pub fn div(a: &Value, b: &Value) -> Option<Result<Value>> {
    let Value::TimeDelta(span) = a else {
        return None;
    };
    let quotient = match b {
        Value::TimeDelta(other) => return Some(timedelta::div(span, other).map(Value::from)),
        Value::Float(divisor) => timedelta::div_float(span, *divisor),
        other => timedelta::div_int(span, other.as_int()?),
    };
    Some(quotient.map(Value::from))
}

/// As `a // b`, where `a` is a span.
pub fn floor_div(a: &Value, b: &Value) -> Option<Result<Value>> {
    let Value::TimeDelta(span) = a else {
        return None;
    };
    Some(match b {
        Value::TimeDelta(other) => timedelta::floor_div(span, other).map(Value::from),
        other => timedelta::floor_div_int(span, other.as_int()?).map(Value::from),
    })
}

/// As `a % b`, where both are spans.
pub fn modulo(a: &Value, b: &Value) -> Option<Result<Value>> {
    match (a, b) {
        (Value::TimeDelta(a), Value::TimeDelta(b)) => {
            Some(timedelta::modulo(a, b).map(Value::from))
        }
        _ => None,
    }
}

/// As `value.name`, where it is one of the fields.
pub fn attribute(value: &Value, name: &str) -> Option<Value> {
    let number = match value {
        Value::DateTime(DateTime { time, .. }) | Value::Time(time) if name == "tzinfo" => {
            return Some(time.tzinfo.clone().into());
        }
        Value::TimeDelta(span) => match name {
            "days" => timedelta::days(span),
            "seconds" => timedelta::seconds(span),
            "microseconds" => timedelta::microseconds(span),
            _ => return None,
        },
        Value::Date(date) => date_attribute(date, name)?,
        Value::Time(time) => time_attribute(time, name)?,
        Value::DateTime(value) => {
            let of_date = date_attribute(&value.date, name);
            of_date.or_else(|| time_attribute(&value.time, name))?
        }
        _ => return None,
    };
    Some(Value::Int(number))
}

fn date_attribute(value: &Date, name: &str) -> Option<i64> {
    match name {
        "year" => Some(value.year),
        "month" => Some(value.month),
        "day" => Some(value.day),
        _ => None,
    }
}

fn time_attribute(value: &Time, name: &str) -> Option<i64> {
    match name {
        "hour" => Some(value.hour),
        "minute" => Some(value.minute),
        "second" => Some(value.second),
        "microsecond" => Some(value.microsecond),
        "fold" => Some(value.fold.into()),
        _ => None,
    }
}

/// `datetime.datetime.isoformat()`.
/// Of a value that may have another type with such a method.
pub fn isoformat(value: &Value) -> Result<String> {
    match value {
        Value::DateTime(value) => datetime::isoformat(value, "T", "auto"),
        Value::Date(value) => Ok(date::isoformat(value)),
        Value::Time(value) => time_of_day::isoformat(value, "auto"),
        other => Err(other.lacks("isoformat")),
    }
}

/// `datetime.datetime.strftime(format)`.
/// Of a value that may have another type with such a method.
pub fn strftime(value: &Value, format: &str) -> Result<String> {
    match value {
        Value::DateTime(value) => datetime::strftime(value, format),
        Value::Date(value) => date::strftime(value, format),
        Value::Time(value) => time_of_day::strftime(value, format),
        other => Err(other.lacks("strftime")),
    }
}
