//! Python's subscripts, slices and `in`.

use super::error::{self, Result};
use super::list::{List, place};
use super::value::Value;

impl Value {
    /// As `value[key]`.
    pub fn item(&self, key: impl Into<Value>) -> Result<Value> {
        let key = key.into();
        match self {
            Self::Dict(dict) => dict.get_item(&key),
            Self::List(list) => {
                let at = whole(&key).ok_or_else(|| bad_index("list", &key))?;
                let found = place(at, list.len()).and_then(|at| list.at(at));
                found.ok_or_else(|| error::index_error("list index out of range"))
            }
            Self::Str(text) => {
                let Some(at) = whole(&key) else {
                    let name = key.type_name();
                    let text = format!("string indices must be integers, not '{name}'");
                    return Err(error::type_error(text));
                };
                super::string::item(text, at).map(Value::Str)
            }
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => {
                let at = whole(&key).ok_or_else(|| bad_index("tuple", &key))?;
                let found = place(at, items.len()).and_then(|at| items.items().get(at));
                let found = found.cloned();
                found.ok_or_else(|| error::index_error("tuple index out of range"))
            }
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => {
                let at = whole(&key).ok_or_else(|| bad_index("byte", &key))?;
                let found = place(at, bytes.len()).and_then(|at| bytes.get(at));
                let found = found.map(|byte| Value::Int(i64::from(*byte)));
                found.ok_or_else(|| error::index_error("index out of range"))
            }
            #[cfg(feature = "object")]
            Self::Object(object) => object.item(&key),
            other => {
                let name = other.type_name();
                Err(error::type_error(format!(
                    "'{name}' object is not subscriptable"
                )))
            }
        }
    }

    /// As `value[key] = item`.
    pub fn set_item(&self, key: impl Into<Value>, item: impl Into<Value>) -> Result<()> {
        let key = key.into();
        match self {
            Self::Dict(dict) => dict.set_item(key, item),
            Self::List(list) => {
                let at = whole(&key).ok_or_else(|| bad_index("list", &key))?;
                let Some(at) = place(at, list.len()) else {
                    return Err(error::index_error("list assignment index out of range"));
                };
                let item = item.into();
                list.change(|items| items[at] = item);
                Ok(())
            }
            #[cfg(feature = "object")]
            Self::Object(object) => object.set_item(&key, item.into()),
            other => {
                let name = other.type_name();
                let text = format!("'{name}' object does not support item assignment");
                Err(error::type_error(text))
            }
        }
    }

    /// As `del value[key]`.
    pub fn delete_item(&self, key: impl Into<Value>) -> Result<()> {
        let key = key.into();
        match self {
            Self::Dict(dict) => match dict.take(&key)? {
                Some(_) => Ok(()),
                None => Err(error::key_error(&key)),
            },
            Self::List(list) => {
                let at = whole(&key).ok_or_else(|| bad_index("list", &key))?;
                let Some(at) = place(at, list.len()) else {
                    return Err(error::index_error("list assignment index out of range"));
                };
                list.change(|items| items.remove(at));
                Ok(())
            }
            #[cfg(feature = "object")]
            Self::Object(_) => Err(error::untranslated("del of an item of an object")),
            other => {
                let name = other.type_name();
                let not = match name {
                    "str" | "bytes" | "tuple" | "set" if whole(&key).is_some() => "doesn't",
                    _ => "does not",
                };
                let text = format!("'{name}' object {not} support item deletion");
                Err(error::type_error(text))
            }
        }
    }

    /// As `value[start:stop:step]`.
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<Value> {
        match self {
            Self::Str(text) => Ok(Value::Str(super::string::slice(text, start, stop, step)?)),
            Self::List(list) => {
                let items = list.to_vec();
                Ok(Value::List(List::from(slice_items(
                    &items, start, stop, step,
                )?)))
            }
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => {
                let items = slice_items(items.items(), start, stop, step)?;
                Ok(Value::Tuple(items.into()))
            }
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => Ok(Value::Bytes(slice_items(bytes, start, stop, step)?)),
            Self::Dict(_) => Err(error::type_error("unhashable type: 'slice'")),
            #[cfg(feature = "object")]
            Self::Object(_) => Err(error::untranslated("a slice of an object")),
            other => {
                let name = other.type_name();
                Err(error::type_error(format!(
                    "'{name}' object is not subscriptable"
                )))
            }
        }
    }

    /// As `value[start:stop:step]` with bounds of any type.
    pub fn slice_by(&self, start: &Value, stop: &Value, step: &Value) -> Result<Value> {
        match self {
            Self::Str(text) => super::string::slice_by(text, start, stop, step).map(Value::Str),
            // What cannot be sliced is told before what the bounds are.
            other if !is_sequence(other) => other.slice(None, None, None),
            other => {
                let [start, stop, step] = bounds(start, stop, step)?;
                other.slice(start, stop, step)
            }
        }
    }

    /// As `item in value`.
    pub fn contains(&self, item: &Value) -> Result<bool> {
        match self {
            Self::Dict(dict) => dict.contains(item),
            Self::List(list) => list.iter().any_equal(item),
            Self::Str(text) => match item {
                Self::Str(part) => Ok(text.contains(part.as_str())),
                other => Err(error::type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.type_name()
                ))),
            },
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => Ok(items.items().contains(item)),
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => super::bytes::contains(bytes, item),
            #[cfg(feature = "set")]
            Self::Set(set) => set.contains(item),
            #[cfg(feature = "object")]
            Self::Object(object) => object.contains(item),
            other => {
                let name = other.type_name();
                let text = format!("argument of type '{name}' is not iterable");
                Err(error::type_error(text))
            }
        }
    }
}

fn is_sequence(value: &Value) -> bool {
    match value {
        Value::Str(_) | Value::List(_) => true,
        #[cfg(feature = "tuple")]
        Value::Tuple(_) => true,
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => true,
        _ => false,
    }
}

/// The bounds of a slice, each a whole number or `None`, in the order in which Python looks.
pub fn bounds(start: &Value, stop: &Value, step: &Value) -> Result<[Option<i64>; 3]> {
    let bound = |value: &Value| match (value, whole(value)) {
        (Value::None, _) => Ok(None),
        (_, Some(at)) => Ok(Some(at)),
        _ => Err(error::type_error(
            "slice indices must be integers or None or have an __index__ method",
        )),
    };
    let step = bound(step)?;
    if step == Some(0) {
        return Err(error::value_error("slice step cannot be zero"));
    }
    Ok([bound(start)?, bound(stop)?, step])
}

/// An index of a sequence.
fn whole(key: &Value) -> Option<i64> {
    key.as_int()
}

/// What an index raises that is not a number.
fn bad_index(of: &str, key: &Value) -> error::Error {
    let name = key.type_name();
    error::type_error(format!(
        "{of} indices must be integers or slices, not {name}"
    ))
}

/// As `items[start:stop:step]`.
pub fn slice_items<T: Clone>(
    items: &[T],
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> Result<Vec<T>> {
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(error::value_error("slice step cannot be zero"));
    }
    let length = items.len() as i64;
    let (low, high) = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let bound = |at: i64| {
        let at = if at < 0 {
            at.saturating_add(length)
        } else {
            at
        };
        at.clamp(low, high)
    };
    let (first, end) = if step > 0 { (low, high) } else { (high, low) };
    let mut at = start.map_or(first, bound);
    let stop = stop.map_or(end, bound);
    let mut part = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        part.extend(items.get(at as usize).cloned());
        at = at.saturating_add(step);
    }
    Ok(part)
}
