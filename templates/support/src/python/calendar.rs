//! Python's `calendar`.

use super::date::{self, int_argument};
use super::error::{self, Class, Error, Result, VALUE_ERROR};
use super::value::Value;

/// `calendar.IllegalMonthError`.
pub static ILLEGAL_MONTH_ERROR: Class = Class::new("IllegalMonthError", &[&VALUE_ERROR]);

/// `calendar.monthrange(year, month)`.
pub fn monthrange(year: i64, month: i64) -> Result<(i64, i64)> {
    if !(1..=12).contains(&month) {
        let text = format!("bad month number {month}; must be 1-12");
        return Err(Error::with_text(
            &ILLEGAL_MONTH_ERROR,
            vec![month.into()],
            text,
        ));
    }
    Ok((weekday(year, month, 1)?, date::days_in_month(year, month)))
}

/// `calendar.isleap(year)`.
pub fn isleap(year: i64) -> bool {
    date::is_leap(year)
}

/// `calendar.weekday(year, month, day)`.
pub fn weekday(year: i64, month: i64, day: i64) -> Result<i64> {
    let year = match year {
        1..=9999 => year,
        other => 2000 + other.rem_euclid(400),
    };
    Ok(date::weekday(&date::date(year, month, day)?))
}

/// `calendar.timegm(tuple)`.
/// Of a sequence of ints.
pub fn timegm(tuple: &Value) -> Result<i64> {
    let first = tuple.slice(None, Some(6), None)?;
    let [year, month, day, hour, minute, second] = first.unpack::<6>()?;
    let year = int_argument(&year)?;
    let month = int_argument(&month)?;
    let int = |value: &Value| match value.as_int() {
        Some(int) => Ok(int),
        None => Err(error::untranslated("timegm() of what are not ints")),
    };
    let (day, hour) = (int(&day)?, int(&hour)?);
    let (minute, second) = (int(&minute)?, int(&second)?);
    let days = date::toordinal(&date::date(year, month, 1)?) - date::EPOCH + day - 1;
    Ok(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// `time.mktime(t, /)`.
/// In UTC, which is the local time of Lambda. Only of what a `timetuple()` may be.
pub fn mktime(t: &Value) -> Result<f64> {
    let numbers: Vec<Value> = t.iterate()?.collect();
    let is_time = t.type_name() == "tuple" && numbers.len() == 9;
    let limits = [9999, 12, 31, 23, 59, 59];
    let fits =
        |(number, limit): (&Value, i64)| number.as_int().is_some_and(|number| number <= limit);
    if !is_time || !numbers.iter().zip(limits).all(fits) {
        return Err(error::untranslated("mktime() of other than a timetuple()"));
    }
    Ok(timegm(t)? as f64)
}
