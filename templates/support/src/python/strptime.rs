//! The directives of Python's `strptime`.

use super::date;
use super::datetime::DateTime;
use super::datetime_new;
use super::error::{self, Result};
use super::strftime::{DAYS, MONTHS};
use super::strptime_match::{Found, matched, parts};
use super::text;
use super::timedelta::TimeDelta;
use super::timezone;

/// As `datetime.strptime(text, format)`.
pub fn datetime(text: &str, format: &str) -> Result<DateTime> {
    let parts = parts(format)?;
    if text.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
        return Err(error::untranslated("digits that are not ASCII"));
    }
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let Some(end) = matched(&parts, &characters, 0, &mut found) else {
        let (text, format) = (text::str_repr(text), text::str_repr(format));
        let text = format!("time data {text} does not match format {format}");
        return Err(error::value_error(text));
    };
    if end < characters.len() {
        let rest: String = characters[end..].iter().collect();
        let text = format!("unconverted data remains: {rest}");
        return Err(error::value_error(text));
    }
    Fields::read(&found)?.datetime()
}

/// What the directives say.
struct Fields {
    year: Option<i64>,
    iso_year: Option<i64>,
    month: i64,
    day: i64,
    clock: [i64; 4],
    weekday: Option<i64>,
    day_of_year: Option<i64>,
    /// The number of the week, and whether weeks start on a Monday.
    week: Option<(i64, bool)>,
    iso_week: Option<i64>,
    /// The microseconds east of UTC.
    offset: Option<i64>,
    zone_name: Option<String>,
}

/// The number of a name, from 0.
fn position(names: &[&str], text: &str) -> i64 {
    let lower = text.to_lowercase();
    let found = names
        .iter()
        .position(|name| name.to_lowercase().starts_with(&lower));
    found.map_or(0, |at| at as i64)
}

impl Fields {
    fn read(found: &Found) -> Result<Self> {
        let mut fields = Self {
            year: None,
            iso_year: None,
            month: 1,
            day: 1,
            clock: [0; 4],
            weekday: None,
            day_of_year: None,
            week: None,
            iso_week: None,
            offset: None,
            zone_name: None,
        };
        let is_afternoon = found
            .iter()
            .any(|(directive, text)| *directive == 'p' && text.eq_ignore_ascii_case("pm"));
        for (directive, text) in found {
            // Texts that are no numbers are read as such.
            let number: i64 = text.trim().parse().unwrap_or(0);
            match directive {
                'y' => fields.year = Some(number + if number <= 68 { 2000 } else { 1900 }),
                'Y' => fields.year = Some(number),
                'G' => fields.iso_year = Some(number),
                'm' => fields.month = number,
                'B' | 'b' => fields.month = position(&MONTHS, text) + 1,
                'd' => fields.day = number,
                'H' => fields.clock[0] = number,
                'I' => fields.clock[0] = number % 12 + if is_afternoon { 12 } else { 0 },
                'M' => fields.clock[1] = number,
                'S' => fields.clock[2] = number,
                'f' => fields.clock[3] = number * 10i64.pow(6 - text.len() as u32),
                'A' | 'a' => fields.weekday = Some(position(&DAYS, text)),
                'w' => fields.weekday = Some((number + 6) % 7),
                'u' => fields.weekday = Some(number - 1),
                'j' => fields.day_of_year = Some(number),
                'U' | 'W' => fields.week = Some((number, *directive == 'W')),
                'V' => fields.iso_week = Some(number),
                'z' => fields.offset = Some(read_offset(text)?),
                'Z' => fields.zone_name = Some(text.clone()),
                _ => {}
            }
        }
        Ok(fields)
    }

    fn check_iso(&self) -> Result<()> {
        let text = match (self.year, self.iso_year, self.iso_week, self.weekday) {
            (None, Some(_), None, _) | (None, Some(_), _, None) => {
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a \
                 weekday directive ('%A', '%a', '%w', or '%u')."
            }
            (None, Some(_), ..) if self.day_of_year.is_some() => {
                "Day of the year directive '%j' is not compatible with ISO year directive '%G'. \
                 Use '%Y' instead."
            }
            (None, Some(_), ..) => return Ok(()),
            (_, _, Some(_), None) if self.week.is_none() => {
                "ISO week directive '%V' must be used with the ISO year directive '%G' and a \
                 weekday directive ('%A', '%a', '%w', or '%u')."
            }
            (_, _, Some(_), _) if self.week.is_none() => {
                "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the \
                 ISO year '%G' instead."
            }
            _ => return Ok(()),
        };
        Err(error::value_error(text))
    }

    /// The year and day of the year that a week and a day of it mean.
    fn of_week(&self, year: i64) -> Result<Option<(i64, i64)>> {
        let Some(weekday) = self.weekday else {
            return Ok(None);
        };
        if let Some((week, is_monday)) = self.week {
            let first = date::weekday(&date::date(year, 1, 1)?);
            let shift = i64::from(!is_monday);
            let (first, weekday) = ((first + shift) % 7, (weekday + shift) % 7);
            let day = match week {
                0 => 1 + weekday - first,
                _ => 1 + (7 - first) % 7 + 7 * (week - 1) + weekday,
            };
            return Ok(Some((year, day)));
        }
        let (Some(year), Some(week)) = (self.iso_year, self.iso_week) else {
            return Ok(None);
        };
        let fourth = date::date(year, 1, 4)?;
        let day = week * 7 + weekday + 1 - (date::isoweekday(&fourth) + 3);
        if day >= 1 {
            return Ok(Some((year, day)));
        }
        let start = date::toordinal(&date::date(year, 1, 1)?);
        let before = date::toordinal(&date::date(year - 1, 1, 1)?);
        Ok(Some((year - 1, day + start - before)))
    }

    fn datetime(&self) -> Result<DateTime> {
        self.check_iso()?;
        let is_leap_day = self.year.is_none() && (self.month, self.day) == (2, 29);
        let mut year = self.year.unwrap_or(if is_leap_day { 1904 } else { 1900 });
        let mut day_of_year = self.day_of_year;
        if day_of_year.is_none()
            && let Some((own, day)) = self.of_week(year)?
        {
            (year, day_of_year) = (own, Some(day));
            if day <= 0 {
                year -= 1;
                day_of_year = Some(day + 365 + i64::from(date::is_leap(year)));
            }
        }
        let (mut month, mut day) = (self.month, self.day);
        match day_of_year {
            Some(number) => {
                let first = date::toordinal(&date::date(year, 1, 1)?);
                let found = date::fromordinal(number - 1 + first)?;
                (year, month, day) = (found.year, found.month, found.day);
            }
            None => {
                date::date(year, month, day)?;
            }
        }
        if is_leap_day {
            year = 1900;
        }
        let zone = match self.offset {
            Some(offset) => {
                let microseconds = i128::from(offset);
                let name = self.zone_name.as_deref();
                Some(timezone::timezone(&TimeDelta { microseconds }, name)?)
            }
            None => None,
        };
        let [hour, minute, second, fraction] = self.clock;
        datetime_new::datetime(year, month, day, hour, minute, second, fraction, zone, 0)
    }
}

/// The microseconds of an offset as `+01:00`.
fn read_offset(text: &str) -> Result<i64> {
    if text == "Z" {
        return Ok(0);
    }
    let mut bare = text.to_owned();
    if bare.as_bytes().get(3) == Some(&b':') {
        bare.remove(3);
        if bare.len() > 5 {
            if bare.as_bytes().get(5) != Some(&b':') {
                let text = format!("Inconsistent use of : in {text}");
                return Err(error::value_error(text));
            }
            bare.remove(5);
        }
    }
    let number = |range: std::ops::Range<usize>| -> Result<i64> {
        match bare.get(range) {
            None | Some("") => Ok(0),
            Some(digits) => digits
                .parse()
                .map_err(|_| error::untranslated("an offset with a colon only before its seconds")),
        }
    };
    let seconds = (number(1..3)? * 60 + number(3..5)?) * 60 + number(5..7.min(bare.len()).max(5))?;
    let digits = bare.get(8..).unwrap_or_default();
    let fraction: i64 = format!("{digits:0<6}").parse().unwrap_or(0);
    let microseconds = seconds * 1_000_000 + fraction;
    Ok(if bare.starts_with('-') {
        -microseconds
    } else {
        microseconds
    })
}
