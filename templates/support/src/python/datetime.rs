//! Python's `datetime.datetime`, whose local time is UTC as it is in Lambda.

use super::date::{self, Date};
use super::datetime_new;
use super::error::{self, Result};
use super::time_of_day::{self, Time};
use super::timedelta::{self, TimeDelta};
use super::timezone::{self, DAY, TimeZone};
use super::value::Value;

/// `datetime.datetime`.
#[derive(Debug, Clone)]
pub struct DateTime {
    /// As `date()`.
    pub date: Date,
    /// As `timetz()`.
    pub time: Time,
}

impl DateTime {
    /// A time that AWS sends, so many seconds and microseconds after 1970.
    pub fn utc_from_epoch(seconds: i64, microseconds: u32) -> Result<Self> {
        let utc = datetime_new::of_timestamp(seconds, microseconds.into())?;
        Ok(replace_tzinfo(&utc, Some(TimeZone::TzUtc)))
    }

    /// The seconds and microseconds since 1970.
    pub fn epoch(&self) -> Result<(i64, u32)> {
        let since = since_epoch(self, offset(self)?.unwrap_or(0));
        let microseconds = since.rem_euclid(1_000_000) as u32;
        Ok((since.div_euclid(1_000_000), microseconds))
    }
}

/// The start of a day.
pub fn midnight(date: Date) -> DateTime {
    DateTime {
        date,
        time: Time::default(),
    }
}

/// `datetime.datetime.min`.
pub fn min() -> DateTime {
    midnight(date::min())
}

/// `datetime.datetime.max`.
pub fn max() -> DateTime {
    DateTime {
        date: date::max(),
        time: time_of_day::max(),
    }
}

/// The microseconds since the start of the calendar, of the local time.
pub fn absolute(value: &DateTime) -> i64 {
    date::toordinal(&value.date) * DAY + time_of_day::since_midnight(&value.time)
}

/// The local time so many microseconds after the start of the calendar.
pub fn of_absolute(microseconds: i64, tzinfo: Option<TimeZone>) -> Result<DateTime> {
    let time = time_of_day::of_microseconds(microseconds.rem_euclid(DAY));
    Ok(DateTime {
        date: date::of_ordinal(microseconds.div_euclid(DAY))?,
        time: Time { tzinfo, ..time },
    })
}

/// `datetime.datetime.year`
pub fn year(value: &DateTime) -> i64 {
    value.date.year
}

/// `datetime.datetime.month`
pub fn month(value: &DateTime) -> i64 {
    value.date.month
}

/// `datetime.datetime.day`
pub fn day(value: &DateTime) -> i64 {
    value.date.day
}

/// `datetime.datetime.hour`
pub fn hour(value: &DateTime) -> i64 {
    value.time.hour
}

/// `datetime.datetime.minute`
pub fn minute(value: &DateTime) -> i64 {
    value.time.minute
}

/// `datetime.datetime.second`
pub fn second(value: &DateTime) -> i64 {
    value.time.second
}

/// `datetime.datetime.microsecond`
pub fn microsecond(value: &DateTime) -> i64 {
    value.time.microsecond
}

/// `datetime.datetime.tzinfo`
pub fn tzinfo(value: &DateTime) -> Option<TimeZone> {
    value.time.tzinfo.clone()
}

/// `datetime.datetime.fold`
pub fn fold(value: &DateTime) -> i64 {
    value.time.fold.into()
}

/// `datetime.datetime.date()`.
pub fn date(value: &DateTime) -> Date {
    value.date.clone()
}

/// `datetime.datetime.time()`.
pub fn time(value: &DateTime) -> Time {
    time_of_day::replace_tzinfo(&value.time, None)
}

/// `datetime.datetime.timetz()`.
pub fn timetz(value: &DateTime) -> Time {
    value.time.clone()
}

/// `datetime.datetime.toordinal()`.
pub fn toordinal(value: &DateTime) -> i64 {
    date::toordinal(&value.date)
}

/// `datetime.datetime.weekday()`.
pub fn weekday(value: &DateTime) -> i64 {
    date::weekday(&value.date)
}

/// `datetime.datetime.isoweekday()`.
pub fn isoweekday(value: &DateTime) -> i64 {
    date::isoweekday(&value.date)
}

/// `datetime.datetime.isocalendar()`.
pub fn isocalendar(value: &DateTime) -> (i64, i64, i64) {
    date::isocalendar(&value.date)
}

/// The microseconds east of UTC, if it is not naive.
pub fn offset(value: &DateTime) -> Result<Option<i64>> {
    let zone = value.time.tzinfo.as_ref();
    zone.map(|zone| timezone::offset_at(zone, value))
        .transpose()
}

/// `datetime.datetime.utcoffset()`.
pub fn utcoffset(value: &DateTime) -> Result<Option<TimeDelta>> {
    let microseconds = offset(value)?.map(i128::from);
    microseconds.map(timedelta::of_microseconds).transpose()
}

/// `datetime.datetime.tzname()`.
pub fn tzname(value: &DateTime) -> Result<Option<String>> {
    let zone = value.time.tzinfo.as_ref();
    zone.map(|zone| timezone::name_at(zone, value)).transpose()
}

/// The microseconds between 1970 and a time whose offset is known.
pub fn since_epoch(value: &DateTime, offset: i64) -> i64 {
    absolute(value) - offset - date::EPOCH * DAY
}

/// `datetime.datetime.timestamp()`.
pub fn timestamp(value: &DateTime) -> Result<f64> {
    if let Some(offset) = offset(value)? {
        return Ok(timedelta::ratio(
            since_epoch(value, offset).into(),
            1_000_000,
        ));
    }
    datetime_new::check_neighbour(value)?;
    let seconds = since_epoch(value, 0).div_euclid(1_000_000);
    Ok(seconds as f64 + value.time.microsecond as f64 / 1e6)
}

/// `datetime.datetime.astimezone(tz=None)`.
pub fn astimezone(value: &DateTime, tz: Option<&TimeZone>) -> Result<DateTime> {
    let local = TimeZone::Fixed(0, Some("UTC".into()));
    let zone = tz.unwrap_or(&local);
    if let (Some(own), Some(tz)) = (&value.time.tzinfo, tz)
        && timezone::is_same(own, tz)
    {
        return Ok(replace_tzinfo(value, Some(tz.clone())));
    }
    if value.time.tzinfo.is_none() {
        datetime_new::check_neighbour(value)?;
    }
    let utc = absolute(value) - offset(value)?.unwrap_or(0);
    of_absolute(utc, None)?;
    datetime_new::from_utc(utc, zone)
}

/// `datetime.datetime.astimezone(tz=None)`.
pub fn astimezone_value(value: &DateTime, tz: &Value) -> Result<DateTime> {
    astimezone(value, timezone::of_value(tz)?.as_ref())
}

/// `datetime.datetime.isoformat(sep='T', timespec='auto')`.
pub fn isoformat(value: &DateTime, sep: &str, timespec: &str) -> Result<String> {
    if sep.chars().count() != 1 {
        let text = "isoformat() argument 1 must be a unicode character, not str";
        return Err(error::type_error(text));
    }
    let clock = time_of_day::clock_text(&value.time, timespec)?;
    let text = format!("{}{sep}{clock}", date::isoformat(&value.date));
    Ok(match offset(value)? {
        Some(offset) => text + &timezone::offset_text(offset, ":"),
        None => text,
    })
}

/// As `str(value)`.
pub fn text(value: &DateTime) -> String {
    // Only a year that time zones do not know has no such text.
    isoformat(value, " ", "auto").unwrap_or_default()
}

/// As `repr(value)`.
pub fn representation(value: &DateTime) -> String {
    let Date { year, month, day } = value.date;
    let (clock, fold, zone) = time_of_day::shown_arguments(&value.time);
    format!("datetime.datetime({year}, {month}, {day}, {clock}{fold}{zone})")
}

/// The nine numbers of a `time.struct_time`.
#[cfg(feature = "tuple")]
fn nine(value: &DateTime, dst: i64) -> super::tuple::Tuple {
    let Date { year, month, day } = value.date;
    let Time {
        hour,
        minute,
        second,
        ..
    } = value.time;
    let in_year = date::day_of_year(&value.date);
    let numbers = [
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday(value),
        in_year,
        dst,
    ];
    numbers.into_iter().map(Value::Int).collect()
}

/// As `datetime.datetime.timetuple()`, which is not mapped: this shows itself as a tuple.
/// Of a `ZoneInfo` it is refused.
#[cfg(feature = "tuple")]
pub fn timetuple(value: &DateTime) -> Result<super::tuple::Tuple> {
    match &value.time.tzinfo {
        None | Some(TimeZone::Fixed(..)) => Ok(nine(value, -1)),
        Some(TimeZone::TzUtc) => Ok(nine(value, 0)),
        #[cfg(feature = "zoneinfo")]
        Some(_) => Err(error::untranslated("timetuple() of a ZoneInfo")),
    }
}

/// As `datetime.datetime.utctimetuple()`, which is not mapped: this shows itself as a tuple.
#[cfg(feature = "tuple")]
pub fn utctimetuple(value: &DateTime) -> Result<super::tuple::Tuple> {
    let utc = absolute(value) - offset(value)?.unwrap_or(0);
    Ok(nine(&of_absolute(utc, None)?, 0))
}

/// `datetime.datetime.ctime()`.
pub fn ctime(value: &DateTime) -> String {
    let Date { year, month, day } = value.date;
    let weekday = super::strftime::DAYS[weekday(value) as usize];
    let month = super::strftime::MONTHS[month as usize - 1];
    let Time {
        hour,
        minute,
        second,
        ..
    } = value.time;
    format!(
        "{} {} {day:2} {hour:02}:{minute:02}:{second:02} {year:04}",
        &weekday[..3],
        &month[..3]
    )
}

/// `datetime.datetime.strftime(format)`.
/// Directives and flags that Python does not document are refused.
pub fn strftime(value: &DateTime, format: &str) -> Result<String> {
    let moment = super::strftime::Moment {
        date: &value.date,
        time: &value.time,
        offset: offset(value)?,
        zone_name: tzname(value)?.unwrap_or_default(),
    };
    moment.format(format)
}

/// `datetime.datetime.replace(year=..., month=..., day=..., hour=..., minute=..., second=..., microsecond=...)`.
#[expect(clippy::too_many_arguments, reason = "Python's method has them")]
pub fn replace(
    value: &DateTime,
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    microsecond: Option<i64>,
) -> Result<DateTime> {
    Ok(DateTime {
        date: date::replace(&value.date, year, month, day)?,
        time: time_of_day::replace(&value.time, hour, minute, second, microsecond)?,
    })
}

/// `datetime.datetime.replace(*, tzinfo)`.
pub fn replace_tzinfo(value: &DateTime, tzinfo: Option<TimeZone>) -> DateTime {
    DateTime {
        date: value.date.clone(),
        time: time_of_day::replace_tzinfo(&value.time, tzinfo),
    }
}

/// `datetime.datetime.replace(*, tzinfo)`.
pub fn replace_tzinfo_value(value: &DateTime, tzinfo: &Value) -> Result<DateTime> {
    Ok(replace_tzinfo(value, timezone::of_value(tzinfo)?))
}

/// `datetime.datetime.replace(year=..., month=..., day=..., hour=..., minute=..., second=..., microsecond=..., *, tzinfo)`.
#[expect(clippy::too_many_arguments, reason = "Python's method has them")]
pub fn replace_all(
    value: &DateTime,
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    microsecond: Option<i64>,
    tzinfo: Option<TimeZone>,
) -> Result<DateTime> {
    let replaced = replace(value, year, month, day, hour, minute, second, microsecond)?;
    Ok(replace_tzinfo(&replaced, tzinfo))
}

/// `datetime.datetime.__add__(other)`.
pub fn add(value: &DateTime, other: &TimeDelta) -> Result<DateTime> {
    moved(value, other.microseconds)
}

/// `datetime.datetime.__sub__(other)`.
pub fn sub_timedelta(value: &DateTime, other: &TimeDelta) -> Result<DateTime> {
    moved(value, -other.microseconds)
}

fn moved(value: &DateTime, by: i128) -> Result<DateTime> {
    let moved = i64::try_from(i128::from(absolute(value)) + by);
    let moved = moved.map_err(|_| date::out_of_range())?;
    of_absolute(moved, value.time.tzinfo.clone())
}

/// The offsets by which two times compare and subtract: none where they share their zone.
pub fn offsets(a: &DateTime, b: &DateTime) -> Result<(Option<i64>, Option<i64>)> {
    match (&a.time.tzinfo, &b.time.tzinfo) {
        (Some(first), Some(second)) if timezone::is_same(first, second) => Ok((None, None)),
        _ => Ok((offset(a)?, offset(b)?)),
    }
}

/// `datetime.datetime.__sub__(other)`.
pub fn sub(value: &DateTime, other: &DateTime) -> Result<TimeDelta> {
    let between = match offsets(value, other)? {
        (None, None) => absolute(value) - absolute(other),
        (Some(a), Some(b)) => absolute(value) - a - (absolute(other) - b),
        _ => {
            let text = "can't subtract offset-naive and offset-aware datetimes";
            return Err(error::type_error(text));
        }
    };
    timedelta::of_microseconds(between.into())
}
