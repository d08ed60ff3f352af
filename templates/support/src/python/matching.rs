//! Patterns of `match`.

use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::value::Value;

/// Whether a value is a sequence of so many items, as patterns see it: no string, no bytes.
pub fn is_sequence(value: &Value, length: usize) -> bool {
    count(value) == Some(length)
}

/// Whether a value is a sequence of at least so many items.
pub fn has_items(value: &Value, length: usize) -> bool {
    count(value).is_some_and(|it| it >= length)
}

fn count(value: &Value) -> Option<usize> {
    match value {
        Value::List(items) => Some(items.len()),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => Some(items.len()),
        _ => None,
    }
}

/// The items between so many first and so many last ones, as `*name` binds them.
pub fn rest(value: &Value, before: usize, after: usize) -> Result<List> {
    let length = count(value).unwrap_or_default();
    let taken = length.saturating_sub(before + after);
    let items = value.iterate()?.skip(before).take(taken);
    Ok(items.collect())
}

/// Whether a value is a mapping with a key.
pub fn has_key(value: &Value, key: &Value) -> Result<bool> {
    match value {
        Value::Dict(_) => value.contains(key),
        _ => Ok(false),
    }
}

/// A mapping without some keys, as `**name` binds it.
pub fn without(value: &Value, keys: &[Value]) -> Result<Dict> {
    let found = Dict::new();
    for key in value.iterate()? {
        if !keys.contains(&key) {
            let item = value.item(key.clone())?;
            found.set_item(key, item)?;
        }
    }
    Ok(found)
}
