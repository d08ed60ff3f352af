//! Python's `functools`.

use super::error::{self, Result};
use super::value::Value;

/// `functools.reduce(function, iterable, /)`
pub fn reduce(
    function: impl FnMut(Value, Value) -> Result<Value>,
    iterable: impl IntoIterator<Item = Value>,
) -> Result<Value> {
    let mut items = iterable.into_iter();
    let Some(first) = items.next() else {
        let text = "reduce() of empty iterable with no initial value";
        return Err(error::type_error(text));
    };
    items.try_fold(first, function)
}

/// `functools.reduce(function, iterable, initial, /)`
pub fn reduce_from(
    function: impl FnMut(Value, Value) -> Result<Value>,
    iterable: impl IntoIterator<Item = Value>,
    initial: Value,
) -> Result<Value> {
    iterable.into_iter().try_fold(initial, function)
}
