//! The core modules against what CPython 3.11 does, as `core/make_cases.py` wrote it down.

use gammaray_support::python::error::{self, Error, Result};
use gammaray_support::python::set::Set;
use gammaray_support::python::value::Value;
use gammaray_support::python::{
    bytes, dict, format, in_place, json, list, methods, ops, percent, sort,
};

type Failure = Box<dyn std::error::Error>;

#[test]
fn does_what_cpython_does() -> std::result::Result<(), Failure> {
    let path = std::env::var("CORE_CASES").unwrap_or_else(|_| "tests/core/cases.json".to_owned());
    let cases = json::loads(&std::fs::read_to_string(path)?)?;
    let mut failures = Vec::new();
    let mut count = 0;
    for case in cases.iterate()? {
        count += 1;
        let name = case.item("op")?;
        let written = case.item("args")?;
        let expected = expected(&case)?;
        let Ok(args) = written
            .iterate()?
            .map(|arg| decoded(&arg))
            .collect::<Result<Vec<_>>>()
        else {
            continue;
        };
        let actual = match run(name.expect_str("op")?, &args) {
            Ok(value) => ops::repr(&value),
            Err(error) if error.is(&error::UNTRANSLATED) && expected == "Untranslated" => {
                expected.clone()
            }
            Err(error) => format!("{}: {error}", error.class().name),
        };
        if actual != expected {
            failures.push(format!(
                "{name} {written}\n  Python: {expected}\n  Rust:   {actual}"
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count}:\n{}",
        failures.len(),
        failures[..failures.len().min(2000)].join("\n")
    );
    Ok(())
}

fn expected(case: &Value) -> Result<String> {
    let Value::Dict(case) = case else {
        return Err(error::type_error("a case is a dict"));
    };
    if let Some(text) = case.find("ok") {
        return Ok(text.to_string());
    }
    match case.find("error") {
        Some(error) => Ok(format!("{}: {}", error.item(0)?, error.item(1)?)),
        None => Ok("Untranslated".to_owned()),
    }
}

/// The value that a case means.
fn decoded(written: &Value) -> Result<Value> {
    let items = |value: &Value| -> Result<Vec<Value>> {
        value.iterate()?.map(|item| decoded(&item)).collect()
    };
    let members = match written {
        Value::List(_) => return Ok(Value::List(items(written)?.into())),
        Value::Dict(members) => members,
        other => return Ok(other.clone()),
    };
    let Some((kind, value)) = members.pair_at(0) else {
        return Err(error::type_error("a value has a kind"));
    };
    Ok(match kind.expect_str("kind")? {
        "$float" => Value::Float(value.expect_str("float")?.parse().unwrap_or_default()),
        "$tuple" => Value::Tuple(items(&value)?.into()),
        "$set" => Value::Set(Set::of(items(&value)?)?),
        "$bytes" => Value::Bytes(
            value
                .iterate()?
                .filter_map(|byte| byte.as_int())
                .map(|byte| byte as u8)
                .collect(),
        ),
        _ => {
            let dict = dict::Dict::new();
            for pair in value.iterate()? {
                let [key, value] = pair.unpack()?;
                dict.set_item(decoded(&key)?, decoded(&value)?)?;
            }
            dict.into()
        }
    })
}

fn run(name: &str, args: &[Value]) -> Result<Value> {
    match args {
        [value] => unary(name, value),
        [a, b] => binary(name, a, b),
        [a, b, c] => ternary(name, a, b, c),
        [value, start, stop, step] => value.slice(start.as_int(), stop.as_int(), step.as_int()),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Error {
    Error::new(&error::NOT_IMPLEMENTED_ERROR, name)
}

fn left(result: impl Into<Value>, value: &Value) -> Result<Value> {
    Ok((result, value).into())
}

fn unary(name: &str, value: &Value) -> Result<Value> {
    match name {
        "neg" => ops::neg(value),
        "pos" => ops::pos(value),
        "invert" => ops::invert(value),
        "str" => Ok(value.to_string().into()),
        "repr" => Ok(ops::repr(value).into()),
        "ascii" => Ok(ops::ascii(value).into()),
        "bool" => Ok(value.is_true().into()),
        "unpack_2" => Ok(list::List::from(value.unpack::<2>()?.to_vec()).into()),
        "unpack_starred" => {
            let (first, middle, last) = value.unpack_starred(1, 1)?;
            let [first, last] = [first, last].map(list::List::from);
            Ok(list::List::from(vec![first.at(0).into(), middle.into(), last.at(0).into()]).into())
        }
        "list" => Ok(value.iterate()?.collect::<list::List>().into()),
        "dumps" => json::dumps(value).map(Value::from),
        "dumps_result" => json::dumps_result(value, true).map(Value::from),
        "dumps_default" => {
            let default = |value: Value| match value {
                Value::Set(items) => {
                    Ok(list::List::from(sort::sorted(items.to_vec(), false)?).into())
                }
                other => Ok(other.to_string().into()),
            };
            json::dumps_default(value, default).map(Value::from)
        }
        "loads" => json::loads_value(value),
        "pop" => left(methods::pop(value)?, value),
        "copy" => methods::copy(value),
        "dict.keys" => Ok(dict::keys(value.expect_dict("keys")?).into()),
        "dict.values" => Ok(dict::values(value.expect_dict("values")?).into()),
        "dict.items" => Ok(dict::items(value.expect_dict("items")?).into()),
        "dict.popitem" => left(dict::popitem(value.expect_dict("popitem")?)?, value),
        "list.sort" => left(list::sort(value.expect_list("sort")?, false)?, value),
        "list.reverse" => {
            list::reverse(value.expect_list("reverse")?);
            left((), value)
        }
        _ => Err(unknown(name)),
    }
}

fn binary(name: &str, a: &Value, b: &Value) -> Result<Value> {
    match name {
        "add" => ops::add(a, b),
        "in_place_add" => left(in_place::in_place_add(a, b)?, a),
        "in_place_mul" => left(in_place::in_place_mul(a, b)?, a),
        "in_place_sub" => left(in_place::in_place_sub(a, b)?, a),
        "in_place_and" => left(in_place::in_place_and(a, b)?, a),
        "in_place_xor" => left(in_place::in_place_xor(a, b)?, a),
        "in_place_pow" => left(in_place::in_place(a, b, "**=", ops::pow)?, a),
        "sub" => ops::sub(a, b),
        "mul" => ops::mul(a, b),
        "div" => ops::div(a, b),
        "floor_div" => ops::floor_div(a, b),
        "modulo" => ops::modulo(a, b),
        "pow" => ops::pow(a, b),
        "bit_and" => ops::bit_and(a, b),
        "bit_or" => ops::bit_or(a, b),
        "in_place_or" => left(in_place::in_place_or(a, b)?, a),
        "bit_xor" => ops::bit_xor(a, b),
        "shift_left" => ops::shift_left(a, b),
        "shift_right" => ops::shift_right(a, b),
        "lt" => ops::lt(a, b).map(Value::from),
        "le" => ops::le(a, b).map(Value::from),
        "gt" => ops::gt(a, b).map(Value::from),
        "ge" => ops::ge(a, b).map(Value::from),
        "eq" => Ok((a == b).into()),
        "item" => a.item(b),
        "delete_item" => a.delete_item(b).map(|()| a.clone()),
        "contains" => a.contains(b).map(Value::from),
        "index" => methods::index(a, b).map(Value::from),
        "count" => methods::count(a, b).map(Value::from),
        "remove" => left(methods::remove(a, b)?, a),
        "pop_item" => left(methods::pop_item(a, b)?, a),
        "update" => left(methods::update(a, b)?, a),
        "dict.get" => dict::get_value(a.expect_dict("get")?, b, Value::None),
        "dict.setdefault" => left(
            dict::setdefault(a.expect_dict("setdefault")?, b, 1i64.into())?,
            a,
        ),
        "list.extend" => left(list::extend_value(a.expect_list("extend")?, b)?, a),
        "as_key" => {
            let dict = dict::Dict::new();
            dict.set_item(a, 1)?;
            dict::get_value(&dict, b, Value::None)
        }
        "dumps_with" => {
            let options = b.expect_dict("get")?;
            let flag = |name: &str, default: bool| {
                options.find(name).map_or(default, |flag| flag.is_true())
            };
            let of = |name: &str| options.find(name).unwrap_or_default();
            let [skipkeys, ascii] = [flag("skipkeys", false), flag("ensure_ascii", true)];
            let (nan, sorted) = (flag("allow_nan", true), flag("sort_keys", false));
            let (indent, separators) = (of("indent"), of("separators"));
            json::dumps_with(a, skipkeys, ascii, nan, &indent, &separators, sorted).map(Value::from)
        }
        "format" => format::format(a, b.expect_str("format")?).map(Value::from),
        "percent" => percent::percent(a.expect_str("%")?, b).map(Value::from),
        "sorted" => Ok(list::List::from(sort::sorted(a.iterate()?.collect(), b.is_true())?).into()),
        "sorted_by" => {
            let items = a.iterate()?.collect();
            Ok(list::List::from(sort::sorted_by(items, |item| item.item(0), b.is_true())?).into())
        }
        _ => Err(unknown(name)),
    }
}

fn ternary(name: &str, a: &Value, b: &Value, c: &Value) -> Result<Value> {
    match name {
        "set_item" => a.set_item(b, c).map(|()| a.clone()),
        "format_fields" => {
            let args = b.expect_list("args")?.to_vec();
            format::format_fields(a.expect_str("format")?, &args, c.expect_dict("kwargs")?)
                .map(Value::from)
        }
        "bytes.decode" => {
            let (data, encoding) = (a.expect_bytes("decode")?, b.expect_str("encoding")?);
            bytes::decode(data, encoding, c.expect_str("errors")?).map(Value::from)
        }
        _ => Err(unknown(name)),
    }
}
