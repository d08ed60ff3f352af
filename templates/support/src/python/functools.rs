//! Python's `functools`.

use std::cell::RefCell;
use std::collections::HashMap;

use indexmap::IndexMap;

use super::equal::check_hashable;
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

/// Results by their arguments, those used last at the end.
type Results = IndexMap<Value, Value>;

thread_local! {
    /// What `functools.lru_cache` keeps, by function.
    static KEPT: RefCell<HashMap<&'static str, Results>> = RefCell::default();
}

/// The arguments of a call as what its result is kept by.
#[cfg(feature = "tuple")]
pub fn key<const N: usize>(arguments: [Value; N]) -> Result<Value> {
    let key = Value::Tuple(arguments.into_iter().collect());
    check_hashable(&key)?;
    Ok(key)
}

/// The result of an earlier call that is kept.
pub fn kept(function: &'static str, key: &Value) -> Option<Value> {
    KEPT.with_borrow_mut(|all| {
        let results = all.get_mut(function)?;
        let at = results.get_index_of(key)?;
        results.move_index(at, results.len() - 1);
        results.last().map(|(_, result)| result.clone())
    })
}

/// Keeps the result of a call, and no more than so many.
pub fn keep(function: &'static str, key: &Value, result: &Value, most: Option<i64>) {
    let most = most.map(|most| usize::try_from(most).unwrap_or_default());
    KEPT.with_borrow_mut(|all| {
        let results = all.entry(function).or_default();
        results.insert(key.clone(), result.clone());
        if most.is_some_and(|most| results.len() > most) {
            results.shift_remove_index(0);
        }
    });
}

/// As `function.cache_clear()`.
pub fn cache_clear(function: &'static str) {
    KEPT.with_borrow_mut(|all| all.remove(function));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::list::list;

    #[test]
    fn the_least_used_result_is_given_up() -> Result<()> {
        let name = "tests.function";
        let keys = [
            key([1.into()])?,
            key(["a".into()])?,
            key([true.into(), 2.into()])?,
        ];
        assert_eq!(kept(name, &keys[0]), None);
        keep(name, &keys[0], &"one".into(), Some(2));
        keep(name, &keys[1], &"a".into(), Some(2));
        // Equal numbers have one result.
        assert_eq!(kept(name, &key([1.0.into()])?), Some("one".into()));
        keep(name, &keys[2], &"two".into(), Some(2));
        assert_eq!(kept(name, &keys[1]), None);
        assert_eq!(kept(name, &keys[0]), Some("one".into()));
        cache_clear(name);
        assert_eq!(kept(name, &keys[0]), None);
        keep(name, &keys[0], &"one".into(), Some(0));
        assert_eq!(kept(name, &keys[0]), None);
        let raised = key([list![1].into()]).map_err(|error| error.to_string());
        assert_eq!(raised, Err("unhashable type: 'list'".to_owned()));
        Ok(())
    }
}
