//! Python's `zoneinfo`, with the zones that chrono-tz has.
//!
//! Years before 1970 are refused, in which builds of the time zone database differ, and those after
//! 2099, whose rules chrono-tz does not have.

use std::rc::Rc;

use chrono::{DateTime as Instant, Offset as _, TimeZone as _};
use chrono_tz::{OffsetName as _, Tz};

use super::date;
use super::datetime::{self, DateTime};
use super::error::{self, Class, Error, KEY_ERROR, Result};
use super::timezone::{self, TimeZone};

/// `zoneinfo.ZoneInfoNotFoundError`.
pub static ZONE_INFO_NOT_FOUND_ERROR: Class = Class::new("ZoneInfoNotFoundError", &[&KEY_ERROR]);

/// A zone that has a name.
#[derive(Debug, Clone)]
pub struct Zone {
    /// The name it was asked for.
    pub key: Rc<str>,
    zone: Tz,
}

const SECOND: i64 = 1_000_000;

/// Names of the time zone database that newer ones stand for, or not, as it is built.
const OLD_KEYS: [&str; 11] = [
    "CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET",
];

/// `zoneinfo.ZoneInfo(key)`.
/// Of keys that are no names of zones, only the error of plain names is exact.
pub fn zone_info(key: &str) -> Result<TimeZone> {
    match key.parse::<Tz>() {
        _ if OLD_KEYS.contains(&key) => {
            let text = format!("the zone {key}, in which builds of the database differ");
            Err(error::untranslated(text))
        }
        Ok(zone) => Ok(TimeZone::Zone(Zone {
            key: key.into(),
            zone,
        })),
        Err(_) if key.starts_with('/') || key.contains("..") || key.is_empty() => {
            Err(error::untranslated("a key of ZoneInfo that is a path"))
        }
        Err(_) => Err(Error::new(
            &ZONE_INFO_NOT_FOUND_ERROR,
            format!("No time zone found with key {key}"),
        )),
    }
}

/// `datetime.tzinfo.key`
/// Only a `ZoneInfo` has it.
pub fn key(zone: &TimeZone) -> Result<String> {
    match zone {
        TimeZone::Zone(zone) => Ok(zone.key.to_string()),
        other => Err(error::attribute_error(timezone::type_name(other), "key")),
    }
}

/// The microseconds east of UTC and the name, so many microseconds after the start of the calendar
/// in UTC.
fn at_utc(zone: &Zone, utc: i64) -> Result<(i64, String)> {
    let seconds = (utc - date::EPOCH * timezone::DAY).div_euclid(SECOND);
    let instant = Instant::from_timestamp(seconds, 0).map(|instant| instant.naive_utc());
    let instant = instant.ok_or_else(date::out_of_range)?;
    let year = date::civil(utc.div_euclid(timezone::DAY)).year;
    if !(1970..=2099).contains(&year) {
        return Err(error::untranslated(format!(
            "a time zone in the year {year}"
        )));
    }
    let offset = zone.zone.offset_from_utc_datetime(&instant);
    let east = i64::from(offset.fix().local_minus_utc()) * SECOND;
    // A zone without names is called by its offset.
    let name = match offset.abbreviation() {
        Some(name) => name.to_owned(),
        None => {
            let text = timezone::offset_text(east, "");
            text.strip_suffix("00").unwrap_or(&text).to_owned()
        }
    };
    Ok((east, name))
}

/// The microseconds east of UTC and the name at a local time.
fn at_local(zone: &Zone, local: &DateTime) -> Result<(i64, String)> {
    let wall = datetime::absolute(local);
    let before = at_utc(zone, wall - timezone::DAY)?;
    let after = at_utc(zone, wall + timezone::DAY)?;
    if before.0 == after.0 {
        return at_utc(zone, wall - before.0);
    }
    let holds = |offset: i64| Ok::<_, Error>(at_utc(zone, wall - offset)?.0 == offset);
    Ok(match (holds(before.0)?, holds(after.0)?) {
        (true, false) => before,
        (false, true) => after,
        // Twice or never.
        _ if local.time.fold => after,
        _ => before,
    })
}

/// The microseconds east of UTC at a local time.
pub fn offset_at(zone: &Zone, local: &DateTime) -> Result<i64> {
    Ok(at_local(zone, local)?.0)
}

/// The name at a local time.
pub fn name_at(zone: &Zone, local: &DateTime) -> Result<String> {
    Ok(at_local(zone, local)?.1)
}

/// The local time, so many microseconds after the start of the calendar in UTC.
pub fn from_utc(zone: &Zone, utc: i64) -> Result<DateTime> {
    let (offset, _) = at_utc(zone, utc)?;
    let zone_info = TimeZone::Zone(zone.clone());
    let mut local = datetime::of_absolute(utc + offset, Some(zone_info))?;
    local.time.fold = offset_at(zone, &local)? != offset;
    Ok(local)
}
