//! `jsonpickle`, where it makes plain JSON of values by `simplejson`.

use std::cell::Cell;

use super::dict::Dict;
use super::error::{self, Result};
use super::json_encode::{Encoder, Options};
use super::list::List;
use super::value::Value;

/// Values that nest deeper are most likely in a circle, of which Python makes `null`.
const DEEPEST: usize = 200;

thread_local! {
    /// Whether `simplejson` is preferred, and whether it sorts members.
    static STATE: Cell<(bool, bool)> = const { Cell::new((false, false)) };
}

/// `jsonpickle.set_preferred_backend(name)`.
/// Backends other than `simplejson` are refused.
pub fn set_preferred_backend(name: &str) -> Result<()> {
    check_backend(name)?;
    let (_, sort_keys) = STATE.get();
    STATE.set((true, sort_keys));
    Ok(())
}

/// `jsonpickle.set_encoder_options(name, *, use_decimal, sort_keys=False)`.
/// Backends other than `simplejson` are refused.
pub fn set_encoder_options(name: &str, use_decimal: bool, sort_keys: bool) -> Result<()> {
    check_backend(name)?;
    if !use_decimal {
        return Err(error::untranslated("jsonpickle without use_decimal"));
    }
    let (is_preferred, _) = STATE.get();
    STATE.set((is_preferred, sort_keys));
    Ok(())
}

fn check_backend(name: &str) -> Result<()> {
    match name {
        "simplejson" => Ok(()),
        _ => Err(error::untranslated(format!("jsonpickle's backend {name}"))),
    }
}

/// `jsonpickle.encode(value, unpicklable=True, *, use_decimal=False)`.
/// Exact with `simplejson` preferred and `unpicklable=False`, for what JSON has, decimals, tuples and
/// instances of the program's classes; what is not finite, other values and circles are refused.
pub fn encode(value: &Value, unpicklable: bool, use_decimal: bool) -> Result<String> {
    let (is_preferred, sort_keys) = STATE.get();
    if unpicklable || !use_decimal || !is_preferred {
        let text = "jsonpickle.encode other than plain, with decimals and simplejson";
        return Err(error::untranslated(text));
    }
    let options = Options {
        sort_keys,
        is_result: true,
        ..Options::default()
    };
    Encoder::new(&options, None).encode(&flat(value, 0)?)
}

/// A value of what JSON has, and decimals.
fn flat(value: &Value, depth: usize) -> Result<Value> {
    let refused = || error::untranslated(format!("jsonpickle of a {}", value.type_name()));
    if depth > DEEPEST {
        return Err(refused());
    }
    match value {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Str(_) => Ok(value.clone()),
        Value::Float(number) if number.is_finite() => Ok(value.clone()),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) if super::decimal::is_finite(number) => Ok(value.clone()),
        Value::List(items) => flat_items(&items.to_vec(), depth),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => flat_items(items.items(), depth),
        Value::Dict(members) => flat_members(members, depth),
        #[cfg(feature = "object")]
        Value::Object(object) => match object.attribute("__dict__") {
            Some(Value::Dict(members)) => flat_members(&members, depth),
            _ => Err(refused()),
        },
        _ => Err(refused()),
    }
}

fn flat_items(items: &[Value], depth: usize) -> Result<Value> {
    let flat = items.iter().map(|it| flat(it, depth + 1));
    Ok(List::from(flat.collect::<Result<Vec<_>>>()?).into())
}

fn flat_members(members: &Dict, depth: usize) -> Result<Value> {
    let found = Dict::new();
    for (key, value) in members.pairs() {
        let key = match &key {
            Value::Str(_) => key,
            Value::Int(_) => key.to_string().into(),
            other => {
                let text = format!("jsonpickle of a key that is a {}", other.type_name());
                return Err(error::untranslated(text));
            }
        };
        found.insert(key.to_string(), flat(&value, depth + 1)?);
    }
    Ok(found.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::list::list;

    fn encoded(value: impl Into<Value>) -> Result<String> {
        set_encoder_options("simplejson", true, true)?;
        set_preferred_backend("simplejson")?;
        encode(&value.into(), false, true)
    }

    #[test]
    fn json_is_plain_and_sorted() -> Result<()> {
        assert_eq!(encoded(Value::None)?, "null");
        assert_eq!(encoded("a\u{e9}\n")?, r#""a\u00e9\n""#);
        let mixed = dict! {"z": 1_i64, "A": 2_i64, "a": list![1_i64, "b", Value::None]};
        assert_eq!(encoded(&mixed)?, r#"{"A": 2, "a": [1, "b", null], "z": 1}"#);
        let shared = list![1_i64];
        let twice = dict! {"k": &shared, "j": &shared};
        assert_eq!(encoded(&twice)?, r#"{"j": [1], "k": [1]}"#);
        let numbers = Dict::new();
        numbers.set_item("1", 1_i64)?;
        numbers.set_item(1_i64, 2_i64)?;
        assert_eq!(encoded(&numbers)?, r#"{"1": 2}"#);
        #[cfg(feature = "decimal")]
        {
            let price = crate::python::decimal::Decimal::parse("3.10")?;
            assert_eq!(encoded(price)?, "3.10");
        }
        Ok(())
    }

    #[test]
    fn what_is_not_plain_is_refused() {
        for value in [Value::Float(f64::NAN), dict! {"a": f64::INFINITY}.into()] {
            let raised = encoded(value).err();
            assert!(raised.is_some_and(|it| it.is(&error::UNTRANSLATED)));
        }
        assert!(encode(&Value::None, true, true).is_err());
        assert!(set_preferred_backend("json").is_err());
        let circle = List::new();
        circle.push(&circle);
        assert!(encoded(&circle).is_err());
        circle.replace(Vec::new());
    }
}
