//! Python's tuple, where its length or types are not known.

use std::rc::Rc;

use super::error::{self, Result};
use super::iterate::Iter;
use super::value::Value;

/// A tuple.
#[derive(Debug, Clone, Default)]
pub struct Tuple(Rc<[Value]>);

impl Tuple {
    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As `len(tuple)`.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Its items.
    pub fn items(&self) -> &[Value] {
        &self.0
    }

    /// Its items, one after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Value> {
        self.0.iter()
    }

    /// Whether it is the same object as another one.
    pub fn is_same(&self, other: &Tuple) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Vec<Value>> for Tuple {
    fn from(items: Vec<Value>) -> Self {
        Self(items.into())
    }
}

impl FromIterator<Value> for Tuple {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl IntoIterator for Tuple {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter::of_items(self.0.to_vec())
    }
}

impl From<Tuple> for Value {
    fn from(value: Tuple) -> Self {
        Self::Tuple(value)
    }
}

impl<A: Into<Value>> From<(A,)> for Value {
    fn from((a,): (A,)) -> Self {
        Self::Tuple(vec![a.into()].into())
    }
}

impl<A: Into<Value>, B: Into<Value>> From<(A, B)> for Value {
    fn from((a, b): (A, B)) -> Self {
        Self::Tuple(vec![a.into(), b.into()].into())
    }
}

impl<A: Into<Value>, B: Into<Value>, C: Into<Value>> From<(A, B, C)> for Value {
    fn from((a, b, c): (A, B, C)) -> Self {
        Self::Tuple(vec![a.into(), b.into(), c.into()].into())
    }
}

impl<A, B, C, D> From<(A, B, C, D)> for Value
where
    A: Into<Value>,
    B: Into<Value>,
    C: Into<Value>,
    D: Into<Value>,
{
    fn from((a, b, c, d): (A, B, C, D)) -> Self {
        Self::Tuple(vec![a.into(), b.into(), c.into(), d.into()].into())
    }
}

impl<A, B, C, D, E> From<(A, B, C, D, E)> for Value
where
    A: Into<Value>,
    B: Into<Value>,
    C: Into<Value>,
    D: Into<Value>,
    E: Into<Value>,
{
    fn from((a, b, c, d, e): (A, B, C, D, E)) -> Self {
        Self::Tuple(vec![a.into(), b.into(), c.into(), d.into(), e.into()].into())
    }
}

/// As `tuple(iterable)`.
pub fn tuple(items: impl IntoIterator<Item = Value>) -> Tuple {
    items.into_iter().collect()
}

/// `tuple.index(value, /)`.
pub fn index(tuple: &Tuple, value: &Value) -> Result<i64> {
    let found = tuple.iter().position(|item| item == value);
    found.map_or_else(
        || Err(error::value_error("tuple.index(x): x not in tuple")),
        |at| Ok(at as i64),
    )
}

/// `tuple.count(value, /)`.
pub fn count(tuple: &Tuple, value: &Value) -> i64 {
    tuple.iter().filter(|item| *item == value).count() as i64
}
