//! Methods that several of Python's types have, on values whose types are known only when the
//! program runs.

use super::error::{self, Result};
use super::value::Value;
use super::{dict, list};

/// `list.pop()`.
/// Of a value that may have another type with such a method.
pub fn pop(value: &Value) -> Result<Value> {
    match value {
        Value::List(own) => list::pop(own, -1),
        Value::Dict(_) => Err(error::type_error("pop expected at least 1 argument, got 0")),
        #[cfg(feature = "set")]
        Value::Set(own) => super::set::pop(own),
        other => Err(other.lacks("pop")),
    }
}

/// `list.pop(key, /)`.
/// Of a value that may have another type with such a method.
pub fn pop_item(value: &Value, key: &Value) -> Result<Value> {
    match value {
        Value::List(own) => match key.as_int() {
            Some(index) => list::pop(own, index),
            None => {
                let name = key.type_name();
                let text = format!("'{name}' object cannot be interpreted as an integer");
                Err(error::type_error(text))
            }
        },
        Value::Dict(own) => dict::pop(own, key),
        #[cfg(feature = "set")]
        Value::Set(_) => Err(error::type_error("set.pop() takes no arguments (1 given)")),
        other => Err(other.lacks("pop")),
    }
}

/// `dict.pop(key, default, /)`.
/// Of a value that may have another type with such a method.
pub fn pop_default(value: &Value, key: &Value, default: Value) -> Result<Value> {
    match value {
        Value::Dict(own) => dict::pop_default(own, key, default),
        Value::List(_) => Err(error::type_error("pop expected at most 1 argument, got 2")),
        #[cfg(feature = "set")]
        Value::Set(_) => Err(error::type_error("set.pop() takes no arguments (2 given)")),
        other => Err(other.lacks("pop")),
    }
}

/// `list.index(value, /)`.
/// Of a value that may have another type with such a method.
pub fn index(value: &Value, item: &Value) -> Result<i64> {
    match value {
        Value::List(own) => list::index(own, item, 0, i64::MAX),
        #[cfg(feature = "tuple")]
        Value::Tuple(own) => super::tuple::index(own, item),
        Value::Str(text) => super::string::index_value(text, item, None, None),
        other => Err(other.lacks("index")),
    }
}

/// `list.count(value, /)`.
/// Of a value that may have another type with such a method.
pub fn count(value: &Value, item: &Value) -> Result<i64> {
    match value {
        Value::List(own) => Ok(list::count(own, item)),
        #[cfg(feature = "tuple")]
        Value::Tuple(own) => Ok(super::tuple::count(own, item)),
        Value::Str(text) => super::string::count_value(text, item, None, None),
        other => Err(other.lacks("count")),
    }
}

/// `list.copy()`.
/// Of a value that may have another type with such a method.
pub fn copy(value: &Value) -> Result<Value> {
    match value {
        Value::List(own) => Ok(Value::List(list::copy(own))),
        Value::Dict(own) => Ok(Value::Dict(dict::copy(own))),
        #[cfg(feature = "set")]
        Value::Set(own) => Ok(Value::Set(super::set::copy(own))),
        other => Err(other.lacks("copy")),
    }
}

/// `list.clear()`.
/// Of a value that may have another type with such a method.
pub fn clear(value: &Value) -> Result<()> {
    match value {
        Value::List(own) => list::clear(own),
        Value::Dict(own) => dict::clear(own),
        #[cfg(feature = "set")]
        Value::Set(own) => super::set::clear(own),
        other => return Err(other.lacks("clear")),
    }
    Ok(())
}

/// `list.remove(value, /)`.
/// Of a value that may have another type with such a method.
pub fn remove(value: &Value, item: &Value) -> Result<()> {
    match value {
        Value::List(own) => list::remove(own, item),
        #[cfg(feature = "set")]
        Value::Set(own) => super::set::remove(own, item),
        other => Err(other.lacks("remove")),
    }
}

/// `dict.update(other, /)`.
/// Of a value that may have another type with such a method.
pub fn update(value: &Value, other: &Value) -> Result<()> {
    match value {
        Value::Dict(own) => dict::update_value(own, other),
        #[cfg(feature = "set")]
        Value::Set(own) => super::set::update(own, other.iterate()?),
        value => Err(value.lacks("update")),
    }
}
