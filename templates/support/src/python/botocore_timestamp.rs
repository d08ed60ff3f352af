//! Points in time in parameters and answers.

use super::botocore_model::Timestamp;
use super::datetime::DateTime;
use super::error::{self, Error, Result};
use super::value::Value;

/// Points in time in the tables of shapes.
pub static TIMESTAMP: Timestamp = Timestamp {
    read: from_text,
    check: is_timestamp,
};

/// Whether botocore takes a parameter for a point in time. What is no number and not in ISO 8601 is
/// refused.
fn is_timestamp(value: &Value) -> Result<bool> {
    match value {
        Value::DateTime(_) | Value::Int(_) | Value::Float(_) | Value::Bool(_) => Ok(true),
        Value::Str(text) => match parsed(text) {
            Some(_) => Ok(true),
            None => Err(untranslated(text)),
        },
        _ => Ok(false),
    }
}

/// Seconds since the epoch, and the nanoseconds beyond them.
pub fn epoch(value: &Value) -> Result<(i64, u32)> {
    let parsed = match value {
        Value::Int(seconds) => Some((*seconds, 0)),
        Value::Float(seconds) => Some(split(*seconds)),
        Value::Str(text) => parsed(text),
        Value::DateTime(time) => Some(instant(time)?),
        _ => None,
    };
    let (seconds, micros) = parsed.ok_or_else(|| untranslated(value.type_name()))?;
    Ok((seconds, micros * 1000))
}

/// A point in time of an answer: seconds since the epoch, ISO 8601 or the date of a header.
fn from_text(text: &str) -> Result<Value> {
    let (seconds, micros) = parsed(text).ok_or_else(|| untranslated(text))?;
    utc(seconds, micros)
}

/// Seconds and microseconds of a text.
fn parsed(text: &str) -> Option<(i64, u32)> {
    if let Ok(seconds) = text.parse::<f64>() {
        return seconds.is_finite().then(|| split(seconds));
    }
    if let Some(found) = iso(text) {
        return Some(found);
    }
    http_date(text)
}

/// `datetime.fromtimestamp` rounds to the nearest microsecond, half to even.
fn split(seconds: f64) -> (i64, u32) {
    let micros = ((seconds - seconds.trunc()) * 1e6).round_ties_even();
    let total = seconds.trunc() as i64 * 1_000_000 + micros as i64;
    let micros = total.rem_euclid(1_000_000);
    (total.div_euclid(1_000_000), micros as u32)
}

/// `2024-01-31T12:34:56.789Z`.
fn iso(text: &str) -> Option<(i64, u32)> {
    let text = text
        .strip_suffix('Z')
        .or_else(|| text.strip_suffix("+00:00"))?;
    let (date, time) = text.split_once(['T', ' '])?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    if year.len() != 4 {
        return None;
    }
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let seconds = days(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)? * 86_400;
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Some((seconds + clock(time)?, fraction.parse().ok()?))
}

/// `Wed, 31 Jan 2024 12:34:56 GMT`.
fn http_date(text: &str) -> Option<(i64, u32)> {
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    let [_, day, month, year, time, "GMT"] = parts[..] else {
        return None;
    };
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = months.find(month).filter(|at| at % 3 == 0)? / 3 + 1;
    let month = u32::try_from(month).ok()?;
    let seconds = days(year.parse().ok()?, month, day.parse().ok()?)? * 86_400;
    Some((seconds + clock(time)?, 0))
}

fn clock(time: &str) -> Option<i64> {
    let mut parts = time.splitn(3, ':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    Some(hours * 3600 + minutes * 60 + seconds)
}

/// Days since the epoch.
fn days(year: i64, month: u32, day: u32) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March end with the leap day.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A `datetime` in UTC.
fn utc(seconds: i64, micros: u32) -> Result<Value> {
    Ok(Value::DateTime(DateTime::utc_from_epoch(seconds, micros)?))
}

/// A `datetime` as seconds and microseconds since the epoch; a naive one is in local time, which
/// is UTC on Lambda.
fn instant(time: &DateTime) -> Result<(i64, u32)> {
    time.epoch()
}

fn untranslated(text: &str) -> Error {
    let text = format!("`{text}` as a point in time");
    error::untranslated(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_services_write() {
        assert_eq!(parsed("1700000000.1234567"), Some((1_700_000_000, 123_457)));
        assert_eq!(
            parsed("2024-02-29T12:34:56.789Z"),
            Some((1_709_210_096, 789_000))
        );
        assert_eq!(
            parsed("Thu, 29 Feb 2024 12:34:56 GMT"),
            Some((1_709_210_096, 0))
        );
        assert_eq!(parsed("1969-12-31T23:59:59.5Z"), Some((-1, 500_000)));
        assert_eq!(parsed("-0.5"), Some((-1, 500_000)));
        assert_eq!(parsed("2024-02-29T12:34:56"), None);
        assert_eq!(parsed("nan"), None);
    }
}
