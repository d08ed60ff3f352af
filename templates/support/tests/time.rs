//! Decimals, dates and times against what CPython 3.11 does, as `time/make_cases.py` wrote it down.

use gammaray_support::python::error::{self, Error, Result};
use gammaray_support::python::timezone::{self, TimeZone};
use gammaray_support::python::value::Value;
use gammaray_support::python::{
    calendar, compare, date, datetime, datetime_new, datetime_value, decimal, decimal_arithmetic,
    decimal_convert, decimal_power, format, json, ops, time_of_day, timedelta, zoneinfo,
};

type Failure = Box<dyn std::error::Error>;

#[test]
fn does_what_cpython_does() -> std::result::Result<(), Failure> {
    let path = std::env::var("TIME_CASES").unwrap_or_else(|_| "tests/time/cases.json".to_owned());
    let cases = json::loads(&std::fs::read_to_string(path)?)?;
    let mut failures = Vec::new();
    let (mut count, mut refused) = (0, 0);
    for case in cases.iterate()? {
        count += 1;
        let [name, args, expected] = case.unpack()?;
        let written: Vec<Value> = args.iterate()?.collect();
        let actual = match run(&name.to_string(), &written) {
            Ok(text) => text,
            Err(error) if error.is(&error::UNTRANSLATED) => {
                refused += 1;
                if std::env::var("REFUSED").is_ok() {
                    failures.push(format!("{name} {args} refused: {error}"));
                }
                continue;
            }
            Err(error) => format!("{}: {error}", error.class().name),
        };
        if actual != expected.as_str().unwrap_or_default() {
            failures.push(format!(
                "{name} {args}\n  Python: {expected}\n  Rust:   {actual}"
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count} ({refused} refused):\n{}",
        failures.len(),
        failures[..failures.len().min(60)].join("\n")
    );
    assert!(refused * 20 < count, "{refused} of {count} are refused");
    Ok(())
}

/// The value that a case means.
fn decoded(written: &Value) -> Result<Value> {
    let Value::Dict(members) = written else {
        return Ok(written.clone());
    };
    let Some((kind, value)) = members.pair_at(0) else {
        return Err(error::type_error("a value has a kind"));
    };
    let number = |at: i64| {
        value
            .item(at)
            .and_then(|number| date::int_argument(&number))
    };
    Ok(match kind.to_string().as_str() {
        "$float" => Value::Float(value.to_string().parse().unwrap_or_default()),
        "$decimal" => decimal::decimal(&value)?.into(),
        "$zone" => zone(&value)?.into(),
        "$date" => date::date(number(0)?, number(1)?, number(2)?)?.into(),
        "$timedelta" => {
            timedelta::timedelta(number(0)?, number(1)?, number(2)?, 0, 0, 0, 0)?.into()
        }
        "$time" => {
            let (zone, fold) = (zone(&value.item(4)?)?, number(5)?);
            time_of_day::time(number(0)?, number(1)?, number(2)?, number(3)?, zone, fold)?.into()
        }
        "$datetime" => datetime_new::datetime(
            number(0)?,
            number(1)?,
            number(2)?,
            number(3)?,
            number(4)?,
            number(5)?,
            number(6)?,
            zone(&value.item(7)?)?,
            number(8)?,
        )?
        .into(),
        other => return Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, other)),
    })
}

/// A zone: nothing, a key, or an offset and a name.
fn zone(written: &Value) -> Result<Option<TimeZone>> {
    Ok(match written {
        Value::None => None,
        Value::Str(key) => Some(zoneinfo::zone_info(key)?),
        other => {
            let [offset, name] = other.unpack()?;
            let span = timedelta::of_microseconds(date::int_argument(&offset)?.into())?;
            Some(timezone::timezone(&span, name.as_str())?)
        }
    })
}

fn shown(value: impl Into<Value>) -> Result<String> {
    Ok(ops::repr(&value.into()))
}

fn run(name: &str, written: &[Value]) -> Result<String> {
    if let Some(method) = name.strip_prefix("zone.") {
        return of_zone(method, written);
    }
    let args: Vec<Value> = written.iter().map(decoded).collect::<Result<_>>()?;
    let args = args.as_slice();
    if let Some(method) = name.strip_prefix("Decimal.") {
        return of_decimal(method, args);
    }
    if let Some(method) = name.strip_prefix("datetime.") {
        return of_datetime(method, args);
    }
    if let Some(method) = name.strip_prefix("timedelta.") {
        return of_timedelta(method, args);
    }
    match (name, args) {
        ("str", [value]) => shown(value.to_string()),
        ("repr", [value]) => shown(ops::repr(value)),
        ("neg", [value]) => shown(ops::neg(value)?),
        ("pos", [value]) => shown(ops::pos(value)?),
        ("bool", [value]) => shown(value.is_true()),
        ("dumps", [value]) => shown(json::dumps(value)?),
        ("dumps_result", [value]) => shown(json::dumps_result(value, true)?),
        ("attribute", [value, name]) => shown(value.attribute(name.expect_str("name")?)?),
        ("add", [a, b]) => shown(ops::add(a, b)?),
        ("sub", [a, b]) => shown(ops::sub(a, b)?),
        ("mul", [a, b]) => shown(ops::mul(a, b)?),
        ("div", [a, b]) => shown(ops::div(a, b)?),
        ("floor_div", [a, b]) => shown(ops::floor_div(a, b)?),
        ("modulo", [a, b]) => shown(ops::modulo(a, b)?),
        ("pow", [a, b]) => shown(ops::pow(a, b)?),
        ("lt", [a, b]) => shown(compare::compare(a, b, compare::Order::Less)?),
        ("ge", [a, b]) => shown(compare::compare(a, b, compare::Order::GreaterOrEqual)?),
        ("eq", [a, b]) => shown(a == b),
        ("same_key", [a, b]) => {
            let dict = gammaray_support::python::dict::Dict::new();
            dict.set_item(a, 1)?;
            dict.set_item(b, 1)?;
            shown(dict.len() == 1)
        }
        ("format", [value, spec]) => shown(format::format(value, spec.expect_str("format")?)?),
        ("percent", [template, value]) => shown(ops::modulo(template, value)?),
        ("isoformat", [value]) => shown(datetime_value::isoformat(value)?),
        ("monthrange", [year, month]) => shown(calendar::monthrange(
            date::int_argument(year)?,
            date::int_argument(month)?,
        )?),
        ("parse_float", [text]) => {
            let hook = |text: Value| decimal::decimal(&text).map(Value::from);
            shown(json::loads_parse_float(text, hook)?)
        }
        _ => Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, name)),
    }
}

fn of_decimal(method: &str, args: &[Value]) -> Result<String> {
    if method == "new" {
        return shown(decimal::decimal(&args[0])?);
    }
    let value = args[0].expect_decimal(method)?;
    match (method, &args[1..]) {
        ("int", []) => shown(decimal_convert::to_int(value)?),
        ("float", []) => shown(decimal_convert::to_float(value)),
        ("round", []) => shown(decimal_convert::round(value)?),
        ("round", [digits]) => shown(decimal_convert::round_digits(
            value,
            date::int_argument(digits)?,
        )?),
        ("floor", []) => shown(decimal_convert::floor(value)?),
        ("ceil", []) => shown(decimal_convert::ceil(value)?),
        ("abs", []) => shown(decimal_arithmetic::abs(value)?),
        ("sqrt", []) => shown(decimal_power::sqrt(value)?),
        ("normalize", []) => shown(decimal::normalize(value)?),
        ("adjusted", []) => shown(decimal::adjusted(value)),
        ("to_eng_string", []) => shown(decimal::to_eng_string(value)),
        ("as_tuple", []) => shown(decimal_convert::as_tuple(value)),
        ("as_integer_ratio", []) => shown(decimal_convert::as_integer_ratio(value)?),
        ("to_integral_value", [name]) => shown(decimal::to_integral_value(value, name.as_str())?),
        ("quantize", [exp, name]) => shown(decimal::quantize(value, exp, name.as_str())?),
        ("compare", [other]) => shown(decimal::compare(value, other)?),
        ("max", [other]) => shown(decimal::max(value, other)?),
        ("min", [other]) => shown(decimal::min(value, other)?),
        _ => Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, method)),
    }
}

fn of_datetime(method: &str, args: &[Value]) -> Result<String> {
    match (method, args) {
        ("strptime", [text, format]) => return shown(datetime_new::strptime_value(text, format)?),
        ("fromisoformat", [text]) => return shown(datetime_new::fromisoformat_value(text)?),
        ("date.fromisoformat", [text]) => return shown(date::fromisoformat_value(text)?),
        ("time.fromisoformat", [text]) => return shown(time_of_day::fromisoformat_value(text)?),
        ("fromtimestamp", [number]) => return shown(datetime_new::fromtimestamp(number, None)?),
        ("now", [tz]) => return shown(datetime_new::now_value(tz)?),
        ("fromtimestamp_utc", [number]) => {
            return shown(datetime_new::fromtimestamp(number, Some(&timezone::utc()))?);
        }
        ("utcfromtimestamp", [number]) => return shown(datetime_new::utcfromtimestamp(number)?),
        ("date.fromtimestamp", [number]) => return shown(date::fromtimestamp(number)?),
        ("strftime", [value, format]) => {
            return shown(datetime_value::strftime(
                value,
                format.expect_str("format")?,
            )?);
        }
        ("date", [year, month, day]) => return shown(date::date_value(year, month, day)?),
        ("date.isocalendar", [value]) => {
            return shown(date::isocalendar(value.expect_date("isocalendar")?));
        }
        ("date.ctime", [value]) => return shown(date::ctime(value.expect_date("ctime")?)),
        ("date.fromisocalendar", [year, week, day]) => {
            let number = date::int_argument;
            return shown(date::fromisocalendar(
                number(year)?,
                number(week)?,
                number(day)?,
            )?);
        }
        ("new", [year, month, day, hour, minute, second, fraction]) => {
            return shown(datetime_new::datetime_value(
                year,
                month,
                day,
                hour,
                minute,
                second,
                fraction,
                &Value::None,
                &Value::Int(0),
            )?);
        }
        _ => {}
    }
    let value = args[0].expect_datetime(method)?;
    match (method, &args[1..]) {
        ("timestamp", []) => shown(datetime::timestamp(value)?),
        ("utcoffset", []) => shown(datetime::utcoffset(value)?),
        ("tzname", []) => shown(datetime::tzname(value)?),
        ("isoformat", [sep, timespec]) => shown(datetime::isoformat(
            value,
            &sep.to_string(),
            &timespec.to_string(),
        )?),
        ("weekday", []) => shown(datetime::weekday(value)),
        ("isocalendar", []) => shown(datetime::isocalendar(value)),
        ("ctime", []) => shown(datetime::ctime(value)),
        ("timetuple", []) => shown(datetime::timetuple(value)?),
        ("utctimetuple", []) => shown(datetime::utctimetuple(value)?),
        ("timegm", []) => shown(calendar::timegm(&datetime::utctimetuple(value)?.into())?),
        ("mktime", []) => shown(calendar::mktime(&datetime::timetuple(value)?.into())?),
        ("date", []) => shown(datetime::date(value)),
        ("time", []) => shown(datetime::time(value)),
        ("timetz", []) => shown(datetime::timetz(value)),
        ("astimezone", [tz]) => shown(datetime::astimezone_value(value, tz)?),
        ("replace_tzinfo", [tz]) => shown(datetime::replace_tzinfo_value(value, tz)?),
        ("astimezone_local", []) => shown(datetime::astimezone(value, None)?),
        ("replace", [month, hour]) => {
            let number = Value::as_int;
            let (month, hour) = (number(month), number(hour));
            shown(datetime::replace(
                value, None, month, None, hour, None, None, None,
            )?)
        }
        _ => Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, method)),
    }
}

fn of_timedelta(method: &str, args: &[Value]) -> Result<String> {
    match (method, args) {
        ("new", [days, seconds, fraction, thousands, minutes, hours, weeks]) => shown(
            timedelta::timedelta_value(days, seconds, fraction, thousands, minutes, hours, weeks)?,
        ),
        ("total_seconds", [value]) => {
            shown(timedelta::total_seconds(value.expect_timedelta(method)?))
        }
        ("abs", [value]) => shown(timedelta::abs(value.expect_timedelta(method)?)?),
        _ => Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, method)),
    }
}

fn of_zone(method: &str, written: &[Value]) -> Result<String> {
    let Some(own) = zone(&written[0])? else {
        return Err(error::type_error("no zone"));
    };
    match (method, &written[1..]) {
        ("str", []) => Ok(own.to_string()),
        ("repr", []) => Ok(timezone::representation(&own)),
        ("astimezone", [value]) => {
            let value = decoded(value)?;
            shown(datetime::astimezone(
                value.expect_datetime(method)?,
                Some(&own),
            )?)
        }
        _ => Err(Error::new(&error::NOT_IMPLEMENTED_ERROR, method)),
    }
}
