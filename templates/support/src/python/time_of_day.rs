//! Python's `datetime.time`.

use super::date::{Date, int_argument, small};
use super::datetime::DateTime;
use super::error::{self, Result};
use super::timedelta::{self, TimeDelta};
use super::timezone::{self, TimeZone};
use super::value::Value;

/// `datetime.time`.
#[derive(Debug, Clone, Default)]
pub struct Time {
    /// From 0 to 23.
    pub hour: i64,
    /// From 0 to 59.
    pub minute: i64,
    /// From 0 to 59.
    pub second: i64,
    /// From 0 to 999999.
    pub microsecond: i64,
    /// Where it is such a time.
    pub tzinfo: Option<TimeZone>,
    /// Whether it is the second of two equal times.
    pub fold: bool,
}

/// `datetime.time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)`.
pub fn time(
    hour: i64,
    minute: i64,
    second: i64,
    microsecond: i64,
    tzinfo: Option<TimeZone>,
    fold: i64,
) -> Result<Time> {
    let text = match [
        small(hour)?,
        small(minute)?,
        small(second)?,
        small(microsecond)?,
    ] {
        [hour, ..] if !(0..24).contains(&hour) => "hour must be in 0..23",
        [_, minute, ..] if !(0..60).contains(&minute) => "minute must be in 0..59",
        [_, _, second, _] if !(0..60).contains(&second) => "second must be in 0..59",
        [.., fraction] if !(0..1_000_000).contains(&fraction) => "microsecond must be in 0..999999",
        _ if !(0..2).contains(&small(fold)?) => "fold must be either 0 or 1",
        [hour, minute, second, microsecond] => {
            return Ok(Time {
                hour,
                minute,
                second,
                microsecond,
                tzinfo,
                fold: fold == 1,
            });
        }
    };
    Err(error::value_error(text))
}

/// `datetime.time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)`.
pub fn time_value(
    hour: &Value,
    minute: &Value,
    second: &Value,
    microsecond: &Value,
    tzinfo: &Value,
    fold: &Value,
) -> Result<Time> {
    let number = |value: &Value| small(int_argument(value)?);
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    let microsecond = number(microsecond)?;
    let tzinfo = timezone::of_value(tzinfo)?;
    time(hour, minute, second, microsecond, tzinfo, number(fold)?)
}

/// `datetime.time.min`.
pub fn min() -> Time {
    Time::default()
}

/// `datetime.time.max`.
pub fn max() -> Time {
    of_microseconds(timezone::DAY - 1)
}

/// The naive time so many microseconds after midnight.
pub fn of_microseconds(microseconds: i64) -> Time {
    let seconds = microseconds / 1_000_000;
    Time {
        hour: seconds / 3600,
        minute: seconds / 60 % 60,
        second: seconds % 60,
        microsecond: microseconds % 1_000_000,
        ..Time::default()
    }
}

/// The microseconds since midnight.
pub fn since_midnight(value: &Time) -> i64 {
    ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond
}

/// `datetime.time.fromisoformat(time_string, /)`.
pub fn fromisoformat(time_string: &str) -> Result<Time> {
    super::isoformat::time(time_string)
}

/// `datetime.time.fromisoformat(time_string, /)`.
pub fn fromisoformat_value(time_string: &Value) -> Result<Time> {
    match time_string {
        Value::Str(text) => fromisoformat(text),
        _ => Err(error::type_error("fromisoformat: argument must be str")),
    }
}

/// `datetime.time.hour`
pub fn hour(value: &Time) -> i64 {
    value.hour
}

/// `datetime.time.minute`
pub fn minute(value: &Time) -> i64 {
    value.minute
}

/// `datetime.time.second`
pub fn second(value: &Time) -> i64 {
    value.second
}

/// `datetime.time.microsecond`
pub fn microsecond(value: &Time) -> i64 {
    value.microsecond
}

/// `datetime.time.tzinfo`
pub fn tzinfo(value: &Time) -> Option<TimeZone> {
    value.tzinfo.clone()
}

/// `datetime.time.fold`
pub fn fold(value: &Time) -> i64 {
    value.fold.into()
}

/// The microseconds east of UTC, where they do not depend on the date.
fn offset(value: &Time) -> Option<i64> {
    match value.tzinfo {
        Some(TimeZone::Fixed(offset, _)) => Some(offset),
        Some(TimeZone::TzUtc) => Some(0),
        _ => None,
    }
}

/// `datetime.time.utcoffset()`.
pub fn utcoffset(value: &Time) -> Result<Option<TimeDelta>> {
    let microseconds = offset(value).map(i128::from);
    microseconds.map(timedelta::of_microseconds).transpose()
}

/// `datetime.time.isoformat(timespec='auto')`.
pub fn isoformat(value: &Time, timespec: &str) -> Result<String> {
    let clock = clock_text(value, timespec)?;
    Ok(match offset(value) {
        Some(offset) => clock + &timezone::offset_text(offset, ":"),
        None => clock,
    })
}

/// The text without an offset.
pub fn clock_text(value: &Time, timespec: &str) -> Result<String> {
    let (hour, minute, second) = (value.hour, value.minute, value.second);
    let to_second = format!("{hour:02}:{minute:02}:{second:02}");
    Ok(match timespec {
        "auto" if value.microsecond == 0 => to_second,
        "seconds" => to_second,
        "auto" | "microseconds" => format!("{to_second}.{:06}", value.microsecond),
        "milliseconds" => format!("{to_second}.{:03}", value.microsecond / 1000),
        "minutes" => format!("{hour:02}:{minute:02}"),
        "hours" => format!("{hour:02}"),
        _ => return Err(error::value_error("Unknown timespec value")),
    })
}

/// As `str(value)`.
pub fn text(value: &Time) -> String {
    // `auto` is a timespec that is known.
    isoformat(value, "auto").unwrap_or_default()
}

/// The arguments that `repr` shows: those of the clock, the fold and the zone.
pub fn shown_arguments(value: &Time) -> (String, &'static str, String) {
    let mut shown = format!("{}, {}", value.hour, value.minute);
    match (value.second, value.microsecond) {
        (0, 0) => {}
        (second, 0) => shown = format!("{shown}, {second}"),
        (second, fraction) => shown = format!("{shown}, {second}, {fraction}"),
    }
    let fold = if value.fold { ", fold=1" } else { "" };
    let zone = value.tzinfo.as_ref().map(|zone| {
        let zone = timezone::representation(zone);
        format!(", tzinfo={zone}")
    });
    (shown, fold, zone.unwrap_or_default())
}

/// As `repr(value)`.
pub fn representation(value: &Time) -> String {
    let (clock, fold, zone) = shown_arguments(value);
    format!("datetime.time({clock}{zone}{fold})")
}

/// `datetime.time.strftime(format)`.
/// Directives and flags that Python does not document are refused.
pub fn strftime(value: &Time, format: &str) -> Result<String> {
    let name = match &value.tzinfo {
        Some(TimeZone::TzUtc) => "UTC".to_owned(),
        Some(zone @ TimeZone::Fixed(..)) => zone.to_string(),
        _ => String::new(),
    };
    let first = super::date::date(1900, 1, 1)?;
    let moment = super::strftime::Moment {
        date: &first,
        time: value,
        offset: offset(value),
        zone_name: name,
    };
    moment.format(format)
}

/// `datetime.time.replace(hour=..., minute=..., second=..., microsecond=...)`.
pub fn replace(
    value: &Time,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    microsecond: Option<i64>,
) -> Result<Time> {
    time(
        hour.unwrap_or(value.hour),
        minute.unwrap_or(value.minute),
        second.unwrap_or(value.second),
        microsecond.unwrap_or(value.microsecond),
        value.tzinfo.clone(),
        value.fold.into(),
    )
}

/// `datetime.time.replace(*, tzinfo)`.
pub fn replace_tzinfo(value: &Time, tzinfo: Option<TimeZone>) -> Time {
    Time {
        tzinfo,
        ..value.clone()
    }
}

/// How two times stand to each other, if both are naive or both are not.
pub fn ordering(a: &Time, b: &Time) -> Option<std::cmp::Ordering> {
    let naive = since_midnight(a).cmp(&since_midnight(b));
    match (offset(a), offset(b)) {
        (None, None) => Some(naive),
        (Some(first), Some(second)) => {
            Some((since_midnight(a) - first).cmp(&(since_midnight(b) - second)))
        }
        _ => None,
    }
}

/// What is equal where two times are.
pub fn key(value: &Time) -> (bool, i64) {
    let offset = offset(value);
    let own = since_midnight(value) - offset.unwrap_or(0);
    (offset.is_some(), own)
}

/// `datetime.datetime.combine(date, time)`.
pub fn combine(date: &Date, time: &Time) -> DateTime {
    DateTime {
        date: date.clone(),
        time: time.clone(),
    }
}
