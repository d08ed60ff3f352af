//! Python's `datetime.date`.

use super::error::{self, Error, OVERFLOW_ERROR, Result};
use super::timedelta::{self, TimeDelta};
use super::value::Value;

/// `datetime.date`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// From 1 to 9999.
    pub year: i64,
    /// From 1 to 12.
    pub month: i64,
    /// From 1 to 31.
    pub day: i64,
}

/// The ordinal of 1970-01-01.
pub const EPOCH: i64 = 719_163;
/// The ordinal of 9999-12-31.
const LAST: i64 = 3_652_059;

/// Whether a year has 366 days.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The count of days in a month.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days of the years before one.
fn days_before_year(year: i64) -> i64 {
    let years = year - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
}

/// The days of a year before a month of it.
pub fn days_before_month(year: i64, month: i64) -> i64 {
    (1..month).map(|before| days_in_month(year, before)).sum()
}

/// The date of an ordinal in the Gregorian calendar without end.
pub fn civil(ordinal: i64) -> Date {
    let mut year = ordinal * 400 / 146_097 + 1;
    while days_before_year(year) >= ordinal {
        year -= 1;
    }
    while days_before_year(year + 1) < ordinal {
        year += 1;
    }
    let mut day = ordinal - days_before_year(year);
    let mut month = 1;
    while day > days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    Date { year, month, day }
}

/// What dates raise that Python does not have.
pub fn out_of_range() -> Error {
    Error::new(&OVERFLOW_ERROR, "date value out of range")
}

/// The date of an ordinal that a computation has as its result.
pub fn of_ordinal(ordinal: i64) -> Result<Date> {
    if !(1..=LAST).contains(&ordinal) {
        return Err(out_of_range());
    }
    Ok(civil(ordinal))
}

/// An argument that is an `int`.
pub fn int_argument(value: &Value) -> Result<i64> {
    value.as_int().ok_or_else(|| {
        let name = value.type_name();
        error::type_error(format!(
            "'{name}' object cannot be interpreted as an integer"
        ))
    })
}

/// An argument that Python keeps in 32 bits.
pub fn small(number: i64) -> Result<i64> {
    let end = match i32::try_from(number) {
        Ok(_) => return Ok(number),
        Err(_) if number > 0 => "greater than maximum",
        Err(_) => "less than minimum",
    };
    let text = format!("signed integer is {end}");
    Err(Error::new(&OVERFLOW_ERROR, text))
}

/// `datetime.date(year, month, day)`.
pub fn date(year: i64, month: i64, day: i64) -> Result<Date> {
    let (year, month, day) = (small(year)?, small(month)?, small(day)?);
    let text = match (year, month) {
        (1..=9999, 1..=12) if (1..=days_in_month(year, month)).contains(&day) => {
            return Ok(Date { year, month, day });
        }
        (1..=9999, 1..=12) => "day is out of range for month".to_owned(),
        (1..=9999, _) => "month must be in 1..12".to_owned(),
        _ => format!("year {year} is out of range"),
    };
    Err(error::value_error(text))
}

/// `datetime.date(year, month, day)`.
pub fn date_value(year: &Value, month: &Value, day: &Value) -> Result<Date> {
    let number = |value: &Value| small(int_argument(value)?);
    date(number(year)?, number(month)?, number(day)?)
}

/// `datetime.date.min`.
pub fn min() -> Date {
    civil(1)
}

/// `datetime.date.max`.
pub fn max() -> Date {
    civil(LAST)
}

/// `datetime.date.today()`.
/// In UTC, which is the local time of Lambda.
pub fn today() -> Result<Date> {
    Ok(super::datetime_new::utcnow()?.date)
}

/// `datetime.date.fromtimestamp(timestamp, /)`.
/// In UTC, which is the local time of Lambda.
pub fn fromtimestamp(timestamp: &Value) -> Result<Date> {
    let seconds = match timestamp {
        Value::Float(number) => super::datetime_new::whole_seconds(*number)?,
        other => int_argument(other)?,
    };
    Ok(super::datetime_new::of_timestamp(seconds, 0)?.date)
}

/// `datetime.date.fromordinal(ordinal, /)`.
pub fn fromordinal(ordinal: i64) -> Result<Date> {
    let ordinal = small(ordinal)?;
    if ordinal < 1 {
        return Err(error::value_error("ordinal must be >= 1"));
    }
    if ordinal > LAST {
        let year = civil(ordinal).year;
        return Err(error::value_error(format!("year {year} is out of range")));
    }
    Ok(civil(ordinal))
}

/// `datetime.date.fromisoformat(date_string, /)`.
pub fn fromisoformat(date_string: &str) -> Result<Date> {
    super::isoformat::date(date_string)
}

/// `datetime.date.fromisoformat(date_string, /)`.
pub fn fromisoformat_value(date_string: &Value) -> Result<Date> {
    match date_string {
        Value::Str(text) => fromisoformat(text),
        _ => Err(error::type_error("fromisoformat: argument must be str")),
    }
}

/// `datetime.date.fromisocalendar(year, week, day)`.
pub fn fromisocalendar(year: i64, week: i64, day: i64) -> Result<Date> {
    let (year, week, day) = (small(year)?, small(week)?, small(day)?);
    of_week(year, week, day)
}

/// The date of a day in a week of an ISO year.
pub fn of_week(year: i64, week: i64, day: i64) -> Result<Date> {
    if !(1..=9999).contains(&year) {
        let text = format!("Year is out of range: {year}");
        return Err(error::value_error(text));
    }
    let first = days_before_year(year) % 7;
    let is_long = first == 3 || first == 2 && is_leap(year);
    if !(1..=52 + i64::from(is_long)).contains(&week) {
        return Err(error::value_error(format!("Invalid week: {week}")));
    }
    if !(1..=7).contains(&day) {
        let text = format!("Invalid day: {day} (range is [1, 7])");
        return Err(error::value_error(text));
    }
    let ordinal = first_week(year) + (week - 1) * 7 + day - 1;
    if !(1..=LAST).contains(&ordinal) {
        let year = civil(ordinal).year;
        return Err(error::value_error(format!("year {year} is out of range")));
    }
    Ok(civil(ordinal))
}

/// The ordinal of the Monday of an ISO year's first week.
fn first_week(year: i64) -> i64 {
    let first = days_before_year(year) + 1;
    let weekday = (first + 6).rem_euclid(7);
    let monday = first - weekday;
    if weekday > 3 { monday + 7 } else { monday }
}

/// `datetime.date.year`
pub fn year(value: &Date) -> i64 {
    value.year
}

/// `datetime.date.month`
pub fn month(value: &Date) -> i64 {
    value.month
}

/// `datetime.date.day`
pub fn day(value: &Date) -> i64 {
    value.day
}

/// `datetime.date.toordinal()`.
pub fn toordinal(value: &Date) -> i64 {
    days_before_year(value.year) + day_of_year(value)
}

/// The number of a day in its year, from 1.
pub fn day_of_year(value: &Date) -> i64 {
    days_before_month(value.year, value.month) + value.day
}

/// `datetime.date.weekday()`.
pub fn weekday(value: &Date) -> i64 {
    (toordinal(value) + 6) % 7
}

/// `datetime.date.isoweekday()`.
pub fn isoweekday(value: &Date) -> i64 {
    weekday(value) + 1
}

/// `datetime.date.isocalendar()`.
/// As a plain tuple, which has no attributes.
pub fn isocalendar(value: &Date) -> (i64, i64, i64) {
    let ordinal = toordinal(value);
    let mut year = value.year;
    let mut week = (ordinal - first_week(year)).div_euclid(7);
    if week < 0 {
        year -= 1;
        week = (ordinal - first_week(year)).div_euclid(7);
    } else if week >= 52 && ordinal >= first_week(year + 1) {
        year += 1;
        week = 0;
    }
    (year, week + 1, isoweekday(value))
}

/// `datetime.date.isoformat()`.
pub fn isoformat(value: &Date) -> String {
    format!("{:04}-{:02}-{:02}", value.year, value.month, value.day)
}

/// As `repr(value)`.
pub fn representation(value: &Date) -> String {
    format!(
        "datetime.date({}, {}, {})",
        value.year, value.month, value.day
    )
}

/// `datetime.date.ctime()`.
pub fn ctime(value: &Date) -> String {
    super::datetime::ctime(&super::datetime::midnight(value.clone()))
}

/// `datetime.date.strftime(format)`.
/// Directives and flags that Python does not document are refused.
pub fn strftime(value: &Date, format: &str) -> Result<String> {
    super::datetime::strftime(&super::datetime::midnight(value.clone()), format)
}

/// `datetime.date.replace(year=..., month=..., day=...)`.
pub fn replace(
    value: &Date,
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
) -> Result<Date> {
    date(
        year.unwrap_or(value.year),
        month.unwrap_or(value.month),
        day.unwrap_or(value.day),
    )
}

/// `datetime.date.__add__(other)`.
pub fn add(value: &Date, other: &TimeDelta) -> Result<Date> {
    of_ordinal(toordinal(value) + timedelta::days(other))
}

/// `datetime.date.__sub__(other)`.
pub fn sub_timedelta(value: &Date, other: &TimeDelta) -> Result<Date> {
    of_ordinal(toordinal(value) - timedelta::days(other))
}

/// `datetime.date.__sub__(other)`.
pub fn sub(value: &Date, other: &Date) -> TimeDelta {
    timedelta::of_days(toordinal(value) - toordinal(other))
}
