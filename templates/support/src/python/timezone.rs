//! Python's `datetime.timezone`.

use std::fmt;
use std::rc::Rc;

use super::datetime::DateTime;
use super::error::{self, Result};
use super::text;
use super::timedelta::{self, TimeDelta};
use super::value::Value;

/// `datetime.tzinfo`.
#[derive(Debug, Clone)]
pub enum TimeZone {
    /// A `datetime.timezone`: microseconds east of UTC, and its name if it was given one.
    Fixed(i64, Option<Rc<str>>),
    /// The `tzutc()` of dateutil, which the times have that AWS sends.
    TzUtc,
    /// A `zoneinfo.ZoneInfo`.
    #[cfg(feature = "zoneinfo")]
    Zone(super::zoneinfo::Zone),
}

/// The microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

/// `datetime.timezone.utc`.
pub fn utc() -> TimeZone {
    TimeZone::Fixed(0, None)
}

/// `dateutil.tz.tzutc()`.
/// It is equal to `timezone.utc`, which it is not to Python.
pub fn tzutc() -> TimeZone {
    TimeZone::TzUtc
}

/// `datetime.timezone(offset, name=None)`.
pub fn timezone(offset: &TimeDelta, name: Option<&str>) -> Result<TimeZone> {
    match i64::try_from(offset.microseconds) {
        Ok(microseconds) if microseconds.abs() < DAY => {
            Ok(TimeZone::Fixed(microseconds, name.map(Rc::from)))
        }
        _ => {
            let shown = timedelta::representation(offset);
            Err(error::value_error(format!(
                "offset must be a timedelta strictly between -timedelta(hours=24) and \
                 timedelta(hours=24), not {shown}."
            )))
        }
    }
}

/// The argument of a parameter that takes `None` or a time zone.
pub fn of_value(value: &Value) -> Result<Option<TimeZone>> {
    match value {
        Value::None => Ok(None),
        Value::TimeZone(zone) => Ok(Some(zone.clone())),
        other => {
            let name = other.type_name();
            Err(error::type_error(format!(
                "tzinfo argument must be None or of a tzinfo subclass, not type '{name}'"
            )))
        }
    }
}

/// The name of its class as Python's errors say it.
pub fn type_name(zone: &TimeZone) -> &'static str {
    match zone {
        TimeZone::Fixed(..) => "datetime.timezone",
        TimeZone::TzUtc => "tzutc",
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(_) => "zoneinfo.ZoneInfo",
    }
}

/// What is equal where two zones are.
pub fn key(zone: &TimeZone) -> (i64, &str) {
    match zone {
        TimeZone::Fixed(offset, _) => (*offset, ""),
        TimeZone::TzUtc => (0, ""),
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(zone) => (0, &zone.key),
    }
}

/// Whether it is the same object, or another one that no result tells from it.
pub fn is_same(a: &TimeZone, b: &TimeZone) -> bool {
    key(a) == key(b)
}

/// The microseconds east of UTC at a local time.
pub fn offset_at(zone: &TimeZone, local: &DateTime) -> Result<i64> {
    #[cfg(not(feature = "zoneinfo"))]
    let _ = local;
    match zone {
        TimeZone::Fixed(offset, _) => Ok(*offset),
        TimeZone::TzUtc => Ok(0),
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(zone) => super::zoneinfo::offset_at(zone, local),
    }
}

/// The name at a local time.
pub fn name_at(zone: &TimeZone, local: &DateTime) -> Result<String> {
    #[cfg(not(feature = "zoneinfo"))]
    let _ = local;
    match zone {
        TimeZone::Fixed(..) => Ok(zone.to_string()),
        TimeZone::TzUtc => Ok("UTC".to_owned()),
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(zone) => super::zoneinfo::name_at(zone, local),
    }
}

/// `datetime.tzinfo.utcoffset(dt, /)`.
pub fn utcoffset(zone: &TimeZone, dt: &DateTime) -> Result<TimeDelta> {
    timedelta::of_microseconds(offset_at(zone, dt)?.into())
}

/// `datetime.tzinfo.tzname(dt, /)`.
pub fn tzname(zone: &TimeZone, dt: &DateTime) -> Result<String> {
    name_at(zone, dt)
}

/// An offset as `+01:00`, with what separates its parts.
pub fn offset_text(offset: i64, separator: &str) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let (seconds, fraction) = (offset.abs() / 1_000_000, offset.abs() % 1_000_000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{sign}{hours:02}{separator}{minutes:02}");
    if seconds != 0 || fraction != 0 {
        text = format!("{text}{separator}{seconds:02}");
    }
    if fraction != 0 {
        text = format!("{text}.{fraction:06}");
    }
    text
}

impl fmt::Display for TimeZone {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(_, Some(name)) => formatter.write_str(name),
            Self::Fixed(0, None) => formatter.write_str("UTC"),
            Self::TzUtc => formatter.write_str("tzutc()"),
            Self::Fixed(offset, None) => write!(formatter, "UTC{}", offset_text(*offset, ":")),
            #[cfg(feature = "zoneinfo")]
            Self::Zone(zone) => formatter.write_str(&zone.key),
        }
    }
}

/// As `repr(value)`.
pub fn representation(zone: &TimeZone) -> String {
    let (offset, name) = match zone {
        TimeZone::Fixed(0, None) => return "datetime.timezone.utc".to_owned(),
        TimeZone::TzUtc => return zone.to_string(),
        TimeZone::Fixed(offset, name) => (*offset, name),
        #[cfg(feature = "zoneinfo")]
        TimeZone::Zone(zone) => {
            return format!("zoneinfo.ZoneInfo(key={})", text::str_repr(&zone.key));
        }
    };
    let offset = timedelta::representation(&TimeDelta {
        microseconds: offset.into(),
    });
    match name {
        Some(name) => format!("datetime.timezone({offset}, {})", text::str_repr(name)),
        None => format!("datetime.timezone({offset})"),
    }
}
