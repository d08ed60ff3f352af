//! What makes a `datetime.datetime`. Local time is UTC, as it is in Lambda.

use std::time::{SystemTime, UNIX_EPOCH};

use super::date::{self, int_argument};
use super::datetime::{DateTime, absolute, midnight, of_absolute};
use super::error::{self, Error, OVERFLOW_ERROR, Result};
use super::time_of_day;
use super::timezone::{self, TimeZone};
use super::value::Value;

/// `datetime.datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)`.
#[expect(clippy::too_many_arguments, reason = "Python's constructor has them")]
pub fn datetime(
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    microsecond: i64,
    tzinfo: Option<TimeZone>,
    fold: i64,
) -> Result<DateTime> {
    Ok(DateTime {
        date: date::date(year, month, day)?,
        time: time_of_day::time(hour, minute, second, microsecond, tzinfo, fold)?,
    })
}

/// `datetime.datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)`.
#[expect(clippy::too_many_arguments, reason = "Python's constructor has them")]
pub fn datetime_value(
    year: &Value,
    month: &Value,
    day: &Value,
    hour: &Value,
    minute: &Value,
    second: &Value,
    microsecond: &Value,
    tzinfo: &Value,
    fold: &Value,
) -> Result<DateTime> {
    for value in [year, month, day, hour, minute, second, microsecond, fold] {
        date::small(int_argument(value)?)?;
    }
    Ok(DateTime {
        date: date::date_value(year, month, day)?,
        time: time_of_day::time_value(hour, minute, second, microsecond, tzinfo, fold)?,
    })
}

/// The naive time in UTC of so many seconds and microseconds after 1970.
pub fn of_timestamp(seconds: i64, microseconds: i64) -> Result<DateTime> {
    const DAY_SECONDS: i64 = 86_400;
    let ordinal = seconds.div_euclid(DAY_SECONDS) + date::EPOCH;
    // The years whose number Python's C library does not have.
    if ordinal.abs() > 366 * 2_000_000_000 {
        let text = "timestamp out of range for platform time_t";
        return Err(error::untranslated(text));
    }
    let day = date::civil(ordinal);
    if !(1..=9999).contains(&day.year) {
        let text = format!("year {} is out of range", day.year);
        return Err(error::value_error(text));
    }
    let rest = seconds.rem_euclid(DAY_SECONDS) * 1_000_000 + microseconds;
    Ok(DateTime {
        date: day,
        time: time_of_day::of_microseconds(rest),
    })
}

fn beyond_clock() -> Error {
    let text = "timestamp out of range for platform time_t";
    Error::new(&OVERFLOW_ERROR, text)
}

/// The whole seconds of a timestamp, rounded down.
pub fn whole_seconds(timestamp: f64) -> Result<i64> {
    if timestamp.is_nan() {
        return Err(error::value_error("Invalid value NaN (not a number)"));
    }
    super::equal::float_as_int(timestamp.floor()).ok_or_else(beyond_clock)
}

/// The whole seconds and microseconds of a timestamp, whose halves go to the even microsecond.
fn split(timestamp: &Value) -> Result<(i64, i64)> {
    let Value::Float(number) = timestamp else {
        return Ok((int_argument(timestamp)?, 0));
    };
    if number.is_nan() {
        return Err(error::value_error("Invalid value NaN (not a number)"));
    }
    let whole = super::equal::float_as_int(number.trunc()).ok_or_else(beyond_clock)?;
    let fraction = (number.fract() * 1e6).round_ties_even() as i64;
    Ok((
        whole + fraction.div_euclid(1_000_000),
        fraction.rem_euclid(1_000_000),
    ))
}

/// `datetime.datetime.utcnow()`.
pub fn utcnow() -> Result<DateTime> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.map_err(|_| error::untranslated("a clock before 1970"))?;
    let seconds = i64::try_from(since.as_secs()).map_err(|_| beyond_clock())?;
    of_timestamp(seconds, since.subsec_micros().into())
}

/// `datetime.datetime.now(tz=None)`.
pub fn now(tz: Option<&TimeZone>) -> Result<DateTime> {
    in_zone(utcnow()?, tz)
}

/// `datetime.datetime.now(tz=None)`.
pub fn now_value(tz: &Value) -> Result<DateTime> {
    now(timezone::of_value(tz)?.as_ref())
}

/// `datetime.datetime.today()`.
pub fn today() -> Result<DateTime> {
    utcnow()
}

/// `datetime.datetime.fromtimestamp(timestamp, tz=None)`.
pub fn fromtimestamp(timestamp: &Value, tz: Option<&TimeZone>) -> Result<DateTime> {
    let (seconds, microseconds) = split(timestamp)?;
    let utc = of_timestamp(seconds, microseconds)?;
    if tz.is_none() {
        check_neighbour(&utc)?;
    }
    in_zone(utc, tz)
}

/// `datetime.datetime.fromtimestamp(timestamp, tz=None)`.
pub fn fromtimestamp_value(timestamp: &Value, tz: &Value) -> Result<DateTime> {
    fromtimestamp(timestamp, timezone::of_value(tz)?.as_ref())
}

/// `datetime.datetime.utcfromtimestamp(timestamp, /)`.
pub fn utcfromtimestamp(timestamp: &Value) -> Result<DateTime> {
    let (seconds, microseconds) = split(timestamp)?;
    of_timestamp(seconds, microseconds)
}

/// `datetime.datetime.fromordinal(ordinal, /)`.
pub fn fromordinal(ordinal: i64) -> Result<DateTime> {
    date::fromordinal(ordinal).map(midnight)
}

/// `datetime.datetime.fromisoformat(date_string, /)`.
pub fn fromisoformat(date_string: &str) -> Result<DateTime> {
    super::isoformat::datetime(date_string)
}

/// `datetime.datetime.fromisoformat(date_string, /)`.
pub fn fromisoformat_value(date_string: &Value) -> Result<DateTime> {
    match date_string {
        Value::Str(text) => fromisoformat(text),
        _ => Err(error::type_error("fromisoformat: argument must be str")),
    }
}

/// `datetime.datetime.strptime(date_string, format, /)`.
pub fn strptime(date_string: &str, format: &str) -> Result<DateTime> {
    super::strptime::datetime(date_string, format)
}

/// `datetime.datetime.strptime(date_string, format, /)`.
pub fn strptime_value(date_string: &Value, format: &Value) -> Result<DateTime> {
    let text = |value: &'_ Value, number: i64| match value {
        Value::Str(text) => Ok(text.clone()),
        other => {
            let name = match other {
                Value::None => "None",
                other => other.type_name(),
            };
            let text = format!("strptime() argument {number} must be str, not {name}");
            Err(error::type_error(text))
        }
    };
    strptime(&text(date_string, 1)?, &text(format, 2)?)
}

/// In local time Python looks a day back, or ahead, which the first and last day do not have.
pub fn check_neighbour(value: &DateTime) -> Result<()> {
    let year = match value.time.fold {
        false if value.date == date::min() => 0,
        true if value.date == date::max() => 10_000,
        _ => return Ok(()),
    };
    Err(error::value_error(format!("year {year} is out of range")))
}

/// A naive time in UTC, in a zone if there is one.
fn in_zone(utc: DateTime, zone: Option<&TimeZone>) -> Result<DateTime> {
    match zone {
        Some(zone) => from_utc(absolute(&utc), zone),
        None => Ok(utc),
    }
}

/// The time in a zone, so many microseconds after the start of the calendar in UTC.
pub fn from_utc(utc: i64, zone: &TimeZone) -> Result<DateTime> {
    match zone {
        TimeZone::Fixed(offset, _) => of_absolute(utc + offset, Some(zone.clone())),
        TimeZone::TzUtc => of_absolute(utc, Some(TimeZone::TzUtc)),
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(own) => super::zoneinfo::from_utc(own, utc),
    }
}
