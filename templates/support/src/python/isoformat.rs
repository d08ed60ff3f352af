//! The texts that `fromisoformat` of Python's `datetime` takes.

use super::date::{self, Date};
use super::datetime::DateTime;
use super::error::{self, Error, Result};
use super::text;
use super::time_of_day::{self, Time};
use super::timedelta::TimeDelta;
use super::timezone::{self, TimeZone};

/// What is read of a text. `None` is a text that is not in the format.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The next byte, which is 0 at the end.
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    /// A number of so many digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let mut number = 0;
        for _ in 0..count {
            let byte = self.next();
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number * 10 + i64::from(byte - b'0');
        }
        Some(number)
    }
}

fn invalid(text: &str) -> Error {
    let shown = text::str_repr(text);
    error::value_error(format!("Invalid isoformat string: {shown}"))
}

/// As `date.fromisoformat(text)`.
pub fn date(text: &str) -> Result<Date> {
    match text.len() {
        7 | 8 | 10 => read_date(text.as_bytes()).unwrap_or_else(|| Err(invalid(text))),
        _ => Err(invalid(text)),
    }
}

/// As `datetime.fromisoformat(text)`.
pub fn datetime(text: &str) -> Result<DateTime> {
    let bytes = text.as_bytes();
    let end = match date_end(bytes) {
        Some(end) if end <= bytes.len() => end,
        _ => return Err(invalid(text)),
    };
    let Some(read) = read_date(&bytes[..end]) else {
        return Err(invalid(text));
    };
    // What is wrong with the time comes first.
    let time = if bytes.len() > end {
        let separator = match bytes[end] {
            0..0x80 => 1,
            0xe0..0xf0 => 3,
            0xf0.. => 4,
            _ => 2,
        };
        let clock = bytes.get(end + separator..).unwrap_or_default();
        if clock.is_empty() {
            return Err(invalid(text));
        }
        read_time(clock).ok_or_else(|| invalid(text))?
    } else {
        Clock::default()
    };
    let zone = time.zone()?;
    let date = read?;
    Ok(DateTime {
        date,
        time: time.checked(zone)?,
    })
}

/// As `time.fromisoformat(text)`.
pub fn time(text: &str) -> Result<Time> {
    let clock = text.strip_prefix('T').unwrap_or(text);
    let time = read_time(clock.as_bytes()).ok_or_else(|| invalid(text))?;
    let zone = time.zone()?;
    time.checked(zone)
}

/// Where the date ends.
fn date_end(text: &[u8]) -> Option<usize> {
    let at = |index: usize| text.get(index).copied().unwrap_or(0);
    match (text.len(), at(4), at(5)) {
        (0..7, ..) => None,
        (7, ..) => Some(7),
        (size, b'-', b'W') if size > 8 && at(8) == b'-' => match size {
            9 => None,
            11.. if at(10).is_ascii_digit() => Some(8),
            _ => Some(10),
        },
        (_, b'-', b'W') => Some(8),
        (_, b'-', _) => Some(10),
        (_, b'W', _) => {
            let digits = text[7..].iter().take_while(|byte| byte.is_ascii_digit());
            match 7 + digits.count() {
                end @ ..9 => Some(end),
                end if end % 2 == 0 => Some(7),
                _ => Some(8),
            }
        }
        _ => Some(8),
    }
}

fn read_date(text: &[u8]) -> Option<Result<Date>> {
    let mut reader = Reader { bytes: text, at: 0 };
    let year = reader.digits(4)?;
    let has_separator = reader.peek() == b'-';
    reader.at += usize::from(has_separator);
    if reader.peek() == b'W' {
        return read_week(reader, year, has_separator);
    }
    let month = reader.digits(2)?;
    if has_separator && reader.next() != b'-' {
        return None;
    }
    let day = reader.digits(2)?;
    // Python does not look at what follows.
    Some(date::date(year, month, day))
}

fn read_week(mut reader: Reader<'_>, year: i64, has_separator: bool) -> Option<Result<Date>> {
    reader.at += 1;
    let week = reader.digits(2)?;
    let mut day = 1;
    if reader.at < reader.bytes.len() {
        if has_separator && reader.next() != b'-' {
            return None;
        }
        day = reader.digits(1)?;
    }
    match date::of_week(year, week, day) {
        // Only a date after the last one has a text of its own.
        Err(error) if !error.to_string().starts_with("year 10000") => None,
        result => Some(result),
    }
}

/// The parts of a time.
#[derive(Default)]
struct Clock {
    parts: [i64; 4],
    /// The seconds and microseconds east of UTC.
    offset: Option<(i64, i64)>,
}

impl Clock {
    fn zone(&self) -> Result<Option<TimeZone>> {
        Ok(match self.offset {
            None => None,
            Some((0, _)) => Some(timezone::utc()),
            Some((seconds, fraction)) => {
                let microseconds = i128::from(seconds * 1_000_000 + fraction);
                Some(timezone::timezone(&TimeDelta { microseconds }, None)?)
            }
        })
    }

    fn checked(&self, zone: Option<TimeZone>) -> Result<Time> {
        let [hour, minute, second, fraction] = self.parts;
        time_of_day::time(hour, minute, second, fraction, zone, 0)
    }
}

fn read_time(text: &[u8]) -> Option<Clock> {
    let is_zone = |byte: &u8| matches!(byte, b'+' | b'-' | b'Z');
    let zone = text.iter().position(is_zone);
    let (parts, is_complete) = read_clock(text, 0, zone.unwrap_or(text.len()))?;
    let Some(zone) = zone else {
        return is_complete.then_some(Clock {
            parts,
            offset: None,
        });
    };
    if text[zone] == b'Z' {
        return (zone + 1 == text.len()).then_some(Clock {
            parts,
            offset: Some((0, 0)),
        });
    }
    let sign = if text[zone] == b'-' { -1 } else { 1 };
    let ([hours, minutes, seconds, fraction], is_complete) =
        read_clock(text, zone + 1, text.len())?;
    let offset = (hours * 60 + minutes) * 60 + seconds;
    is_complete.then_some(Clock {
        parts,
        offset: Some((sign * offset, sign * fraction)),
    })
}

/// The parts of a time, and whether the text ends after them.
fn read_clock(text: &[u8], start: usize, end: usize) -> Option<([i64; 4], bool)> {
    let mut reader = Reader {
        bytes: text,
        at: start,
    };
    let mut parts = [0; 4];
    let mut has_separator = true;
    for index in 0..3 {
        parts[index] = reader.digits(2)?;
        let after = reader.next();
        if index == 0 {
            has_separator = after == b':';
        }
        if reader.at >= end {
            return Some((parts, after == 0));
        }
        match after {
            b':' if has_separator => {}
            b'.' | b',' => break,
            _ if !has_separator => reader.at -= 1,
            _ => return None,
        }
    }
    let count = (end - reader.at).min(6);
    parts[3] = reader.digits(count)? * 10i64.pow(6 - count as u32);
    while reader.peek().is_ascii_digit() {
        reader.at += 1;
    }
    Some((parts, reader.peek() == 0))
}
