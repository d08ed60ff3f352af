//! `time.struct_time`, and how Python's `time` shows times.

#[cfg(feature = "object")]
use std::rc::Rc;

use super::date::{self, Date};
use super::error::{self, Result};
use super::strftime::{DAYS, MONTHS, Moment};
use super::time_of_day::Time;
use super::value::Value;
use super::{environ, time};

/// `time.struct_time`
#[derive(Debug, Clone)]
pub struct StructTime {
    seconds: i64,
    date: Date,
    time: Time,
    zone: &'static str,
}

impl PartialEq for StructTime {
    fn eq(&self, other: &Self) -> bool {
        self.seconds == other.seconds
    }
}

/// A time in UTC, of years from 1 to 9999.
fn of(seconds: i64, zone: &'static str) -> Result<StructTime> {
    let [year, month, day, hour, minute, second] = time::utc(seconds);
    if !(1..=9999).contains(&year) {
        return Err(error::untranslated("a time in a year that a date has not"));
    }
    Ok(StructTime {
        seconds,
        date: Date { year, month, day },
        time: Time {
            hour,
            minute,
            second,
            microsecond: 0,
            tzinfo: None,
            fold: false,
        },
        zone,
    })
}

/// The seconds that a value is, or those of now.
fn seconds_of(seconds: &Value) -> Result<i64> {
    match seconds {
        Value::None => Ok(time::time_ns() / 1_000_000_000),
        Value::Float(seconds) if seconds.abs() < 1e12 => Ok(seconds.floor() as i64),
        Value::Float(_) => Err(error::untranslated("a time far from now")),
        other => other.as_int().ok_or_else(|| {
            let name = other.type_name();
            let text = format!("'{name}' object cannot be interpreted as an integer");
            error::type_error(text)
        }),
    }
}

/// `time.gmtime(seconds=None, /)`.
/// Of years from 1 to 9999.
pub fn gmtime(seconds: &Value) -> Result<StructTime> {
    of(seconds_of(seconds)?, "GMT")
}

/// `time.localtime(seconds=None, /)`.
/// Where the local time is UTC, as it is in Lambda; elsewhere it is refused.
pub fn localtime(seconds: &Value) -> Result<StructTime> {
    let zone = environ::find("TZ").unwrap_or_default();
    match zone.trim_start_matches(':') {
        "" | "UTC" | "UTC0" | "Etc/UTC" | "/etc/localtime" => of(seconds_of(seconds)?, "UTC"),
        other => Err(error::untranslated(format!("local times of {other}"))),
    }
}

/// `time.strftime(format, /)`.
/// Directives are those of `datetime`, without `%f`.
pub fn strftime(format: &str) -> Result<String> {
    strftime_of(format, &localtime(&Value::None)?)
}

/// `time.strftime(format, t, /)`.
/// Directives are those of `datetime`, without `%f`.
pub fn strftime_of(format: &str, t: &StructTime) -> Result<String> {
    if format.contains("%f") {
        return Err(error::untranslated("the directive %f of time.strftime"));
    }
    let moment = Moment {
        date: &t.date,
        time: &t.time,
        offset: Some(0),
        zone_name: t.zone.to_owned(),
    };
    moment.format(format)
}

/// `time.asctime(t, /)`.
pub fn asctime(t: &StructTime) -> String {
    let day = DAYS[date::weekday(&t.date) as usize];
    let month = MONTHS[t.date.month as usize - 1];
    let Time {
        hour,
        minute,
        second,
        ..
    } = t.time;
    let (day, month, date, year) = (&day[..3], &month[..3], t.date.day, t.date.year);
    format!("{day} {month} {date:2} {hour:02}:{minute:02}:{second:02} {year}")
}

/// `time.ctime(seconds=None, /)`.
pub fn ctime(seconds: &Value) -> Result<String> {
    localtime(seconds).map(|time| asctime(&time))
}

/// `time.mktime(t, /)`.
/// In UTC, which is the local time of Lambda.
pub fn mktime(t: &StructTime) -> f64 {
    t.seconds as f64
}

/// `calendar.timegm(tuple)`.
pub fn timegm(tuple: &StructTime) -> i64 {
    tuple.seconds
}

/// The nine numbers.
fn numbers(t: &StructTime) -> [i64; 9] {
    [
        tm_year(t),
        tm_mon(t),
        tm_mday(t),
        tm_hour(t),
        tm_min(t),
        tm_sec(t),
        tm_wday(t),
        tm_yday(t),
        0,
    ]
}

/// `time.struct_time.__getitem__(index)`.
pub fn item(t: &StructTime, index: i64) -> Result<i64> {
    let numbers = numbers(t);
    let place = super::list::place(index, numbers.len());
    let number = place.and_then(|place| numbers.get(place).copied());
    number.ok_or_else(|| error::index_error("tuple index out of range"))
}

/// `time.struct_time.tm_year`
pub fn tm_year(t: &StructTime) -> i64 {
    t.date.year
}

/// `time.struct_time.tm_mon`
pub fn tm_mon(t: &StructTime) -> i64 {
    t.date.month
}

/// `time.struct_time.tm_mday`
pub fn tm_mday(t: &StructTime) -> i64 {
    t.date.day
}

/// `time.struct_time.tm_hour`
pub fn tm_hour(t: &StructTime) -> i64 {
    t.time.hour
}

/// `time.struct_time.tm_min`
pub fn tm_min(t: &StructTime) -> i64 {
    t.time.minute
}

/// `time.struct_time.tm_sec`
pub fn tm_sec(t: &StructTime) -> i64 {
    t.time.second
}

/// `time.struct_time.tm_wday`
pub fn tm_wday(t: &StructTime) -> i64 {
    date::weekday(&t.date)
}

/// `time.struct_time.tm_yday`
pub fn tm_yday(t: &StructTime) -> i64 {
    date::day_of_year(&t.date)
}

/// `time.struct_time.tm_isdst`
pub fn tm_isdst(_t: &StructTime) -> i64 {
    0
}

/// The names of the nine numbers.
#[cfg(feature = "object")]
const NAMES: [&str; 9] = [
    "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst",
];

#[cfg(feature = "object")]
impl super::object::Object for StructTime {
    fn type_name(&self) -> &'static str {
        "struct_time"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let place = NAMES.iter().position(|known| *known == name)?;
        Some(numbers(self)[place].into())
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        let unknown = || error::untranslated(format!("the attribute {name} of a struct_time"));
        self.attribute(name).ok_or_else(unknown)
    }

    fn length(&self) -> Option<usize> {
        Some(NAMES.len())
    }

    fn item(&self, key: &Value) -> Result<Value> {
        match key.as_int() {
            Some(index) => item(self, index).map(Value::from),
            None => Err(error::untranslated("a part of a struct_time")),
        }
    }

    fn iterate(&self) -> Result<super::iterate::Iter> {
        let numbers = numbers(self).map(Value::from);
        Ok(super::iterate::Iter::of_items(numbers.to_vec()))
    }

    fn representation(&self) -> String {
        let shown = NAMES.iter().zip(numbers(self));
        let shown: Vec<_> = shown
            .map(|(name, number)| format!("{name}={number}"))
            .collect();
        format!("time.struct_time({})", shown.join(", "))
    }
}

#[cfg(feature = "object")]
impl From<StructTime> for Value {
    fn from(time: StructTime) -> Self {
        Self::Object(Rc::new(time))
    }
}

#[cfg(all(test, feature = "object"))]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_as_python_shows_them() -> Result<()> {
        let time = gmtime(&951_782_400.5.into())?;
        let format =
            "%Y-%m-%d %H:%M:%S %z %Z %j %a %A %b %B %U %W %w %y %p %I %c %x %X %% %e %G %V %u %s";
        let shown = "2000-02-29 00:00:00 +0000 GMT 060 Tue Tuesday Feb February 09 09 2 00 AM 12 \
            Tue Feb 29 00:00:00 2000 02/29/00 00:00:00 % 29 2000 09 2 951782400";
        assert_eq!(strftime_of(format, &time)?, shown);
        assert_eq!(ctime(&0.into())?, "Thu Jan  1 00:00:00 1970");
        assert_eq!(strftime_of("%Z", &localtime(&0.into())?)?, "UTC");
        assert_eq!((timegm(&time), mktime(&time)), (951_782_400, 951_782_400.0));
        Ok(())
    }

    #[test]
    fn times_are_nine_numbers() -> Result<()> {
        let time = gmtime(&Value::Float(-1.5))?;
        let shown = "time.struct_time(tm_year=1969, tm_mon=12, tm_mday=31, tm_hour=23, \
            tm_min=59, tm_sec=58, tm_wday=2, tm_yday=365, tm_isdst=0)";
        assert_eq!(Value::from(time.clone()).to_string(), shown);
        assert_eq!((item(&time, 0)?, item(&time, -1)?), (1969, 0));
        let raised = |result: Result<i64>| result.map_err(|error| error.to_string());
        let range = Err("tuple index out of range".to_owned());
        assert_eq!(raised(item(&time, 9)), range);
        let text = "'str' object cannot be interpreted as an integer".to_owned();
        assert_eq!(raised(gmtime(&"a".into()).map(|_| 0)), Err(text));
        assert!(tm_year(&gmtime(&Value::None)?) >= 2026);
        Ok(())
    }
}
