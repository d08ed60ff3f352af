//! Small edits of events, from which variations are made.

use serde_json::{Map, Value};

use super::Variation;

/// The value at a path of keys; `0` and the like are positions.
pub(super) fn at<'a>(event: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    let mut node = event;
    for key in path {
        node = match node {
            Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?)?,
            Value::Object(fields) => fields.get_mut(*key)?,
            _ => return None,
        };
    }
    Some(node)
}

/// Sets what stands at a path whose parent is there.
pub(super) fn set(event: &mut Value, path: &[&str], value: Value) -> bool {
    let Some((last, parents)) = path.split_last() else {
        return false;
    };
    match at(event, parents) {
        Some(Value::Object(fields)) => {
            fields.insert((*last).to_owned(), value);
            true
        }
        _ => false,
    }
}

/// Takes out what stands at a path.
pub(super) fn remove(event: &mut Value, path: &[&str]) -> bool {
    let Some((last, parents)) = path.split_last() else {
        return false;
    };
    match at(event, parents) {
        Some(Value::Object(fields)) => fields.shift_remove(*last).is_some(),
        _ => false,
    }
}

/// The object at a path.
pub(super) fn object<'a>(
    event: &'a mut Value,
    path: &[&str],
) -> Option<&'a mut Map<String, Value>> {
    at(event, path)?.as_object_mut()
}

/// A variation that sets a field.
pub(super) fn setting(
    name: &str,
    why: &str,
    path: &'static [&'static str],
    value: Value,
) -> Variation {
    Variation::new(name, why, move |event| set(event, path, value.clone()))
}

/// A variation that replaces a field that is there.
pub(super) fn replacing(
    name: &str,
    why: &str,
    path: &'static [&'static str],
    value: Value,
) -> Variation {
    Variation::new(name, why, move |event| match at(event, path) {
        Some(node) => {
            *node = value.clone();
            true
        }
        None => false,
    })
}

/// A variation that takes out a field.
pub(super) fn without(name: &str, why: &str, path: &'static [&'static str]) -> Variation {
    Variation::new(name, why, move |event| remove(event, path))
}
