//! Builtins that make sequences.
//!
//! What Python makes item by item while a loop runs is a list here: right where what it is made
//! of does not change before the last use, and where it is run through once.

use super::error::{self, Result};
use super::list::List;
use super::sort;
use super::value::Value;

/// `sorted(iterable, /, *, reverse=False)`
/// Many items among which NaN is are refused.
pub fn sorted(iterable: impl IntoIterator<Item = Value>, reverse: bool) -> Result<List> {
    let items = iterable.into_iter().collect();
    sort::sorted(items, reverse).map(List::from)
}

/// `sorted(iterable, /, *, key, reverse=False)`
/// Many keys among which NaN is are refused.
pub fn sorted_by(
    iterable: impl IntoIterator<Item = Value>,
    key: impl FnMut(Value) -> Result<Value>,
    reverse: bool,
) -> Result<List> {
    let items = iterable.into_iter().collect();
    sort::sorted_by(items, key, reverse).map(List::from)
}

/// `reversed(sequence, /)`
pub fn reversed(sequence: &Value) -> Result<List> {
    match sequence {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            Err(irreversible(sequence))
        }
        #[cfg(feature = "set")]
        Value::Set(_) => Err(irreversible(sequence)),
        #[cfg(feature = "object")]
        Value::Object(_) => Err(error::untranslated("reversed() of an object")),
        _ => {
            let mut items: Vec<Value> = sequence.iterate()?.collect();
            items.reverse();
            Ok(List::from(items))
        }
    }
}

fn irreversible(value: &Value) -> error::Error {
    let name = value.type_name();
    error::type_error(format!("'{name}' object is not reversible"))
}

/// `list(iterable, /)`
pub fn list_of(iterable: impl IntoIterator<Item = Value>) -> List {
    iterable.into_iter().collect()
}

/// `list()`
pub fn empty_list() -> List {
    List::new()
}

/// `set(iterable, /)`
#[cfg(feature = "set")]
pub fn set_of(iterable: impl IntoIterator<Item = Value>) -> Result<super::set::Set> {
    super::set::Set::of(iterable)
}

/// `set()`
#[cfg(feature = "set")]
pub fn empty_set() -> super::set::Set {
    super::set::Set::new()
}

/// `dict(mapping, /)`
pub fn dict_of(mapping: &Value) -> Result<super::dict::Dict> {
    let dict = super::dict::Dict::new();
    if let Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) = mapping {
        mapping.iterate()?;
    }
    super::dict::update_value(&dict, mapping)?;
    Ok(dict)
}

/// `dict()`
pub fn empty_dict() -> super::dict::Dict {
    super::dict::Dict::new()
}

/// `enumerate(iterable, start=0)`
#[cfg(feature = "tuple")]
pub fn enumerate(iterable: impl IntoIterator<Item = Value>, start: i64) -> List {
    (start..).zip(iterable).collect()
}

/// `zip(a, b, /)`
#[cfg(feature = "tuple")]
pub fn zip(a: impl IntoIterator<Item = Value>, b: impl IntoIterator<Item = Value>) -> List {
    a.into_iter().zip(b).collect()
}

/// `zip(a, b, c, /)`
#[cfg(feature = "tuple")]
pub fn zip3(
    a: impl IntoIterator<Item = Value>,
    b: impl IntoIterator<Item = Value>,
    c: impl IntoIterator<Item = Value>,
) -> List {
    let pairs = a.into_iter().zip(b).zip(c);
    pairs.map(|((a, b), c)| (a, b, c)).collect()
}

/// `zip(*iterables)`
#[cfg(feature = "tuple")]
pub fn zip_all(iterables: &[Value]) -> Result<List> {
    let rows = iterables.iter().map(Value::iterate);
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    let mut columns = Vec::new();
    while let Some(column) = rows
        .iter_mut()
        .map(Iterator::next)
        .collect::<Option<Vec<_>>>()
        && !column.is_empty()
    {
        columns.push(Value::Tuple(column.into()));
    }
    Ok(List::from(columns))
}

/// What a loop over `range(start, stop, step)` runs through.
#[derive(Debug, Clone)]
pub struct Range {
    next: Option<i64>,
    stop: i64,
    step: i64,
}

impl Iterator for Range {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let goes_on = |at: &i64| {
            if self.step > 0 {
                *at < self.stop
            } else {
                *at > self.stop
            }
        };
        let at = self.next.filter(goes_on);
        self.next = at.and_then(|at| at.checked_add(self.step));
        at
    }
}

/// The numbers of `range(start, stop, step)`, one after the other.
pub fn steps(start: i64, stop: i64, step: i64) -> Result<Range> {
    if step == 0 {
        return Err(error::value_error("range() arg 3 must not be zero"));
    }
    let next = Some(start);
    Ok(Range { next, stop, step })
}

/// `range(stop, /)`
pub fn range(stop: i64) -> List {
    (0..stop).collect()
}

/// `range(start, stop, /)`
pub fn range_from(start: i64, stop: i64) -> List {
    (start..stop).collect()
}

/// `range(start, stop, step, /)`
pub fn range_by(start: i64, stop: i64, step: i64) -> Result<List> {
    Ok(steps(start, stop, step)?.collect())
}

/// `range(stop, /)`
pub fn range_value(stop: &Value) -> Result<List> {
    super::numbers::index(stop).map(range)
}

/// `range(start, stop, step=1, /)`
pub fn range_values(start: &Value, stop: &Value, step: &Value) -> Result<List> {
    let index = super::numbers::index;
    range_by(index(start)?, index(stop)?, index(step)?)
}
