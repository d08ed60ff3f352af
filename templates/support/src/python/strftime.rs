//! The directives of Python's `strftime`.

use super::date::{self, Date};
use super::error::{self, Result};
use super::time_of_day::Time;
use super::timezone;

/// The days of the week.
pub const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What is formatted.
pub struct Moment<'a> {
    /// The date.
    pub date: &'a Date,
    /// The time of day.
    pub time: &'a Time,
    /// The microseconds east of UTC, if they are known.
    pub offset: Option<i64>,
    /// The name of the time zone, or nothing.
    pub zone_name: String,
}

/// A part of the text, before its padding.
enum Part {
    Text(String),
    /// A number, its width and what fills it.
    Number(i64, usize, char),
}

impl Moment<'_> {
    /// The text that a format asks for.
    pub fn format(&self, format: &str) -> Result<String> {
        let mut text = String::new();
        let mut rest = format;
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let (flag, after) = match rest.strip_prefix('-') {
                Some(after) => (true, after),
                None => (false, rest),
            };
            let Some(directive) = after.chars().next() else {
                if flag {
                    return Err(unknown("%-"));
                }
                text.push('%');
                break;
            };
            rest = &after[directive.len_utf8()..];
            match self.part(directive)? {
                Part::Text(part) if !flag => text.push_str(&part),
                Part::Text(_) => return Err(unknown(&format!("%-{directive}"))),
                Part::Number(number, ..) if flag => text.push_str(&number.to_string()),
                Part::Number(number, width, '0') => text.push_str(&format!("{number:0width$}")),
                Part::Number(number, width, _) => text.push_str(&format!("{number:width$}")),
            }
        }
        Ok(text + rest)
    }

    fn part(&self, directive: char) -> Result<Part> {
        if let Some(number) = self.number(directive) {
            return Ok(number);
        }
        let joined = |format: &str| self.format(format).map(Part::Text);
        let weekday = DAYS[date::weekday(self.date) as usize];
        let month = MONTHS[self.date.month as usize - 1];
        Ok(Part::Text(match directive {
            'a' => weekday[..3].to_owned(),
            'A' => weekday.to_owned(),
            'b' | 'h' => month[..3].to_owned(),
            'B' => month.to_owned(),
            'p' => if self.time.hour < 12 { "AM" } else { "PM" }.to_owned(),
            'f' => format!("{:06}", self.time.microsecond),
            'z' => self
                .offset
                .map_or_else(String::new, |offset| timezone::offset_text(offset, "")),
            'Z' => self.zone_name.clone(),
            '%' => "%".to_owned(),
            'n' => "\n".to_owned(),
            't' => "\t".to_owned(),
            'c' => return joined("%a %b %e %H:%M:%S %Y"),
            'x' | 'D' => return joined("%m/%d/%y"),
            'X' | 'T' => return joined("%H:%M:%S"),
            'F' => return joined("%Y-%m-%d"),
            'R' => return joined("%H:%M"),
            'r' => return joined("%I:%M:%S %p"),
            other => return Err(unknown(&format!("%{other}"))),
        }))
    }

    /// The seconds since 1970, as if it were UTC whatever its zone is.
    fn since_epoch(&self) -> i64 {
        let days = date::toordinal(self.date) - date::EPOCH;
        days * 86_400 + super::time_of_day::since_midnight(self.time) / 1_000_000
    }

    fn number(&self, directive: char) -> Option<Part> {
        let day_of_year = date::day_of_year(self.date);
        let weekday = date::weekday(self.date);
        let (iso_year, week, iso_weekday) = date::isocalendar(self.date);
        let hour = (self.time.hour + 11) % 12 + 1;
        let (number, width) = match directive {
            'w' => ((weekday + 1) % 7, 1),
            'u' => (iso_weekday, 1),
            'd' => (self.date.day, 2),
            'e' => return Some(Part::Number(self.date.day, 2, ' ')),
            'm' => (self.date.month, 2),
            'y' => (self.date.year % 100, 2),
            // The C library does not fill years.
            'Y' => (self.date.year, 1),
            'G' => (iso_year, 1),
            'V' => (week, 2),
            'H' => (self.time.hour, 2),
            'I' => (hour, 2),
            'M' => (self.time.minute, 2),
            'S' => (self.time.second, 2),
            'j' => (day_of_year, 3),
            's' => (self.since_epoch(), 1),
            'U' => ((day_of_year + 6 - (weekday + 1) % 7) / 7, 2),
            'W' => ((day_of_year + 6 - weekday) / 7, 2),
            _ => return None,
        };
        Some(Part::Number(number, width, '0'))
    }
}

fn unknown(directive: &str) -> error::Error {
    error::untranslated(format!("the directive {directive} of strftime"))
}
