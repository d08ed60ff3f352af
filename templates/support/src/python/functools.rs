//! Python's `functools`.

use super::error::{self, Result};
use super::iterate::Iter;
use super::value::Value;

/// What `reduce` runs over.
fn items(iterable: &Value) -> Result<Iter> {
    let found = iterable.iterate();
    found.map_err(|_| error::type_error("reduce() arg 2 must support iteration"))
}

/// `functools.reduce(function, iterable, /)`
pub fn reduce(
    function: impl FnMut(Value, Value) -> Result<Value>,
    iterable: &Value,
) -> Result<Value> {
    let mut items = items(iterable)?;
    let Some(first) = items.next() else {
        let text = "reduce() of empty iterable with no initial value";
        return Err(error::type_error(text));
    };
    items.try_fold(first, function)
}

/// `functools.reduce(function, iterable, initial, /)`
pub fn reduce_from(
    function: impl FnMut(Value, Value) -> Result<Value>,
    iterable: &Value,
    initial: Value,
) -> Result<Value> {
    items(iterable)?.try_fold(initial, function)
}
