//! What the cases of `time.rs` do not ask: constants, constructors and what `Value` tells of these
//! types. Expected values are those of CPython 3.11.

use gammaray_support::python::date::{self, Date};
use gammaray_support::python::datetime::{self, DateTime};
use gammaray_support::python::decimal::{self, Decimal};
use gammaray_support::python::error::{self, Result};
use gammaray_support::python::timedelta::{self, TimeDelta};
use gammaray_support::python::timezone;
use gammaray_support::python::value::Value;
use gammaray_support::python::{
    calendar, datetime_new, decimal_context, dict, format, json, list, numbers, ops, time_of_day,
    zoneinfo,
};

fn shown(value: impl Into<Value>) -> String {
    ops::repr(&value.into())
}

fn failure<T>(result: Result<T>) -> String {
    result.err().map_or_else(String::new, |error| {
        format!("{}: {error}", error.class().name)
    })
}

fn moment() -> Result<DateTime> {
    datetime_new::datetime(2024, 2, 29, 13, 5, 0, 7, Some(timezone::utc()), 0)
}

#[test]
fn constants_are_those_of_python() {
    let moments = [shown(datetime::min()), shown(datetime::max())];
    assert_eq!(
        moments,
        [
            "datetime.datetime(1, 1, 1, 0, 0)",
            "datetime.datetime(9999, 12, 31, 23, 59, 59, 999999)"
        ]
    );
    assert_eq!(shown(date::min()), "datetime.date(1, 1, 1)");
    assert_eq!(shown(date::max()), "datetime.date(9999, 12, 31)");
    assert_eq!(shown(time_of_day::min()), "datetime.time(0, 0)");
    assert_eq!(
        shown(time_of_day::max()),
        "datetime.time(23, 59, 59, 999999)"
    );
    assert_eq!(
        shown(timedelta::min()),
        "datetime.timedelta(days=-999999999)"
    );
    assert_eq!(
        shown(timedelta::max()),
        "datetime.timedelta(days=999999999, seconds=86399, microseconds=999999)"
    );
    assert_eq!(
        shown(timedelta::resolution()),
        "datetime.timedelta(microseconds=1)"
    );
    assert_eq!(timezone::utc().to_string(), "UTC");
    assert_eq!(
        timezone::representation(&timezone::utc()),
        "datetime.timezone.utc"
    );
}

#[test]
fn constructors_take_typed_arguments() -> Result<()> {
    let span = timedelta::timedelta(1, 2, 3, 4, 5, 6, 7)?;
    assert_eq!(
        shown(span),
        "datetime.timedelta(days=50, seconds=21902, microseconds=4003)"
    );
    let own = time_of_day::time(1, 2, 3, 4, None, 0)?;
    let combined = time_of_day::combine(&date::date(2020, 2, 29)?, &own);
    assert_eq!(
        shown(&combined),
        "datetime.datetime(2020, 2, 29, 1, 2, 3, 4)"
    );
    assert_eq!(
        shown(datetime_new::fromordinal(737_484)?),
        "datetime.datetime(2020, 2, 29, 0, 0)"
    );
    assert_eq!(
        failure(date::fromordinal(0)),
        "ValueError: ordinal must be >= 1"
    );
    assert_eq!(
        failure(date::fromordinal(3_652_060)),
        "ValueError: year 10000 is out of range"
    );
    assert_eq!(
        failure(date::date(1 << 40, 1, 1)),
        "OverflowError: signed integer is greater than maximum"
    );
    assert_eq!(
        failure(timedelta::timedelta(1_000_000_000, 0, 0, 0, 0, 0, 0)),
        "OverflowError: days=1000000000; must have magnitude <= 999999999"
    );
    let day = timedelta::of_days(1);
    assert_eq!(
        failure(timezone::timezone(&day, None)),
        "ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and \
         timedelta(hours=24), not datetime.timedelta(days=1)."
    );
    Ok(())
}

#[test]
fn the_clock_is_in_utc() -> Result<()> {
    let now = datetime_new::now(None)?;
    let there = datetime_new::now(Some(&timezone::utc()))?;
    let between = datetime::sub(&datetime::replace_tzinfo(&there, None), &now)?;
    assert!(between < timedelta::timedelta(0, 10, 0, 0, 0, 0, 0)?);
    assert!(now.time.tzinfo.is_none() && there.time.tzinfo.is_some());
    assert!(date::today()? >= now.date);
    Ok(())
}

#[test]
fn typed_operators_are_those_of_values() -> Result<()> {
    let value = moment()?;
    let day = timedelta::of_days(1);
    let later = datetime::add(&value, &day)?;
    assert_eq!(
        datetime::isoformat(&later, "T", "auto")?,
        "2024-03-01T13:05:00.000007+00:00"
    );
    assert_eq!(datetime::sub(&later, &value)?, day);
    let replaced = datetime::replace(&value, Some(2023), None, None, None, None, None, None);
    assert_eq!(
        failure(replaced),
        "ValueError: day is out of range for month"
    );
    let naive = datetime::replace_tzinfo(&value, None);
    assert_eq!(
        failure(datetime::sub(&value, &naive)),
        "TypeError: can't subtract offset-naive and offset-aware datetimes"
    );
    let date = datetime::date(&value);
    assert_eq!(date::sub(&date::add(&date, &day)?, &date), day);
    let start = date::replace(&date, None, Some(1), Some(1))?;
    assert_eq!(
        shown(date::sub_timedelta(&start, &day)?),
        "datetime.date(2023, 12, 31)"
    );
    assert_eq!(
        timedelta::div(&day, &TimeDelta { microseconds: 3 })?,
        28_800_000_000.0
    );
    Ok(())
}

#[test]
fn values_tell_their_types() -> Result<()> {
    let values: [(Value, &str, &str); 6] = [
        (Decimal::from(1).into(), "decimal.Decimal", "Decimal"),
        (moment()?.into(), "datetime.datetime", "datetime"),
        (date::min().into(), "datetime.date", "date"),
        (time_of_day::min().into(), "datetime.time", "time"),
        (timedelta::min().into(), "datetime.timedelta", "timedelta"),
        (timezone::utc().into(), "datetime.timezone", "timezone"),
    ];
    for (value, type_name, class_name) in &values {
        assert_eq!(
            (value.type_name(), value.class_name()),
            (*type_name, *class_name)
        );
        assert_eq!(
            failure(json::dumps(value)),
            format!("TypeError: Object of type {class_name} is not JSON serializable")
        );
        assert_eq!(
            failure(value.attribute("nothing")),
            format!("AttributeError: '{type_name}' object has no attribute 'nothing'")
        );
        assert_eq!(
            failure(ops::add(&Value::from("a"), value)),
            format!("TypeError: can only concatenate str (not \"{type_name}\") to str")
        );
    }
    let [decimal, datetime, date, ..] = values.map(|(value, ..)| value);
    assert!(
        decimal.has_attribute("quantize").unwrap() && !decimal.has_attribute("strftime").unwrap()
    );
    assert!(datetime.expect_datetime("hour").is_ok() && datetime.expect_date("year").is_ok());
    assert_eq!(
        failure(date.expect_datetime("hour")),
        "AttributeError: 'datetime.date' object has no attribute 'hour'"
    );
    assert_eq!(shown(datetime.attribute("month")?), "2");
    assert_eq!(
        shown(datetime.attribute("tzinfo")?),
        "datetime.timezone.utc"
    );
    Ok(())
}

#[test]
fn decimals_are_numbers_of_the_builtins() -> Result<()> {
    let price = Value::from(Decimal::parse("2.675")?);
    assert_eq!(numbers::int_of(&price)?, 2);
    assert_eq!(numbers::float_of(&price)?, 2.675);
    assert_eq!(shown(numbers::round(&price)?), "3");
    assert_eq!(
        shown(numbers::round_to(&price, &Value::from(2))?),
        "Decimal('2.68')"
    );
    assert_eq!(shown(numbers::abs(&ops::neg(&price)?)?), "Decimal('2.675')");
    assert_eq!(format::format(&price, ",.2f")?, "2.68");
    let prices = dict::Dict::new();
    prices.set_item(Decimal::parse("1.0")?, "one")?;
    assert_eq!(prices.get_item(&Value::from(1))?, Value::from("one"));
    assert_eq!(
        shown(list::List::from(vec![
            price.clone(),
            decimal::from_float(0.1).into()
        ])),
        "[Decimal('2.675'), Decimal('0.1000000000000000055511151231257827021181583404541015625')]"
    );
    assert_eq!(
        failure(ops::mul(&price, &Value::from(1.5))),
        "TypeError: unsupported operand type(s) for *: 'decimal.Decimal' and 'float'"
    );
    Ok(())
}

#[test]
fn signals_are_classes() {
    assert_eq!(
        failure(Decimal::parse("abc")),
        "InvalidOperation: [<class 'decimal.ConversionSyntax'>]"
    );
    let invalid = &decimal_context::INVALID_OPERATION;
    assert!(invalid.inherits(&error::ARITHMETIC_ERROR) && !invalid.inherits(&error::VALUE_ERROR));
    let zero = ops::div(&Decimal::from(1).into(), &Value::from(0));
    assert!(zero.is_err_and(|error| error.is(&error::ZERO_DIVISION_ERROR)));
    let one = Decimal::from(1);
    assert_eq!(
        failure(decimal::quantize(&one, &one.clone().into(), Some("half"))),
        "TypeError: valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, \
         ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
    );
}

#[test]
fn calendars_and_zones() -> Result<()> {
    assert_eq!(calendar::monthrange(2024, 2)?, (3, 29));
    assert_eq!(
        failure(calendar::monthrange(2024, 13)),
        "IllegalMonthError: bad month number 13; must be 1-12"
    );
    assert!(calendar::isleap(2000) && !calendar::isleap(1900));
    let Date { year, .. } = date::of_week(2020, 53, 7)?;
    assert_eq!(year, 2021);
    assert_eq!(
        failure(zoneinfo::zone_info("Mars/Olympus")),
        "ZoneInfoNotFoundError: 'No time zone found with key Mars/Olympus'"
    );
    let (seconds, microseconds) = moment()?.epoch()?;
    assert_eq!((seconds, microseconds), (1_709_211_900, 7));
    let sent = DateTime::utc_from_epoch(seconds, microseconds)?;
    assert_eq!(datetime::text(&sent), "2024-02-29 13:05:00.000007+00:00");
    assert_eq!(
        shown(&sent),
        "datetime.datetime(2024, 2, 29, 13, 5, 0, 7, tzinfo=tzutc())"
    );
    assert_eq!(datetime::tzname(&sent)?.as_deref(), Some("UTC"));
    assert_eq!(datetime::sub(&sent, &moment()?)?.microseconds, 0);
    let zone = zoneinfo::zone_info("Europe/Berlin")?;
    assert_eq!(zoneinfo::key(&zone)?, "Europe/Berlin");
    assert_eq!(
        timezone::representation(&zone),
        "zoneinfo.ZoneInfo(key='Europe/Berlin')"
    );
    let summer = datetime_new::datetime(2024, 7, 1, 12, 0, 0, 0, Some(zone), 0)?;
    assert_eq!(datetime::tzname(&summer)?.as_deref(), Some("CEST"));
    assert_eq!(datetime::text(&summer), "2024-07-01 12:00:00+02:00");
    Ok(())
}
