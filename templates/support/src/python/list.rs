//! Python's list.

use std::cell::RefCell;
use std::rc::Rc;

use super::error::{self, Result};
use super::iterate::Iter;
use super::sort;
use super::value::Value;

/// A list. Clones share its items.
#[derive(Debug, Clone, Default)]
pub struct List(Rc<RefCell<Vec<Value>>>);

/// A list of values of any types that are Python's too.
#[macro_export]
macro_rules! list {
    ($($item:expr),* $(,)?) => {
        $crate::python::list::List::from(vec![$($crate::python::value::Value::from($item)),*])
    };
}
pub use list;

impl List {
    /// As `[]`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// As `len(list)`.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Adds an item at the end.
    pub fn push(&self, value: impl Into<Value>) {
        self.0.borrow_mut().push(value.into());
    }

    /// The item at a place from the start.
    pub fn at(&self, index: usize) -> Option<Value> {
        self.0.borrow().get(index).cloned()
    }

    /// Its items as they are now.
    pub fn to_vec(&self) -> Vec<Value> {
        self.0.borrow().clone()
    }

    /// Its items, as a loop sees them that changes the list.
    pub fn iter(&self) -> Iter {
        Iter::of_list(self)
    }

    /// Puts other items in the place of its own.
    pub fn replace(&self, items: Vec<Value>) {
        *self.0.borrow_mut() = items;
    }

    /// Changes its items. No other use of the list may be made meanwhile.
    pub fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        change(&mut self.0.borrow_mut())
    }

    /// Whether both have equal items.
    pub fn equals(&self, other: &List) -> bool {
        *self.0.borrow() == *other.0.borrow()
    }

    /// Whether it is the same object as another one.
    pub fn is_same(&self, other: &List) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What tells it from other objects.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl<const N: usize> From<[Value; N]> for List {
    fn from(items: [Value; N]) -> Self {
        Self::from(items.to_vec())
    }
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        Self(Rc::new(RefCell::new(items)))
    }
}

impl<T: Into<Value>> FromIterator<T> for List {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from(items.into_iter().map(Into::into).collect::<Vec<_>>())
    }
}

impl IntoIterator for List {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

impl IntoIterator for &List {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

/// The place that a Python index means.
pub fn place(index: i64, length: usize) -> Option<usize> {
    let length = length as i64;
    let index = if index < 0 { index + length } else { index };
    (0..length).contains(&index).then_some(index as usize)
}

/// `list.append(object, /)`.
pub fn append(list: &List, object: Value) {
    list.push(object);
}

/// `list.extend(iterable, /)`.
pub fn extend(list: &List, iterable: impl IntoIterator<Item = Value>) {
    let items: Vec<Value> = iterable.into_iter().collect();
    list.change(|own| own.extend(items));
}

/// What is unpacked between others: `[*value]`, `f(a, *value)`.
pub fn unpacked(value: &Value) -> Result<Iter> {
    value.iterate().map_err(|raised| {
        let name = value.type_name();
        match raised.to_string() == format!("'{name}' object is not iterable") {
            true => error::type_error(format!("Value after * must be an iterable, not {name}")),
            false => raised,
        }
    })
}

/// `list.extend(iterable, /)`.
pub fn extend_value(list: &List, iterable: &Value) -> Result<()> {
    extend(list, iterable.iterate()?);
    Ok(())
}

/// `list.insert(index, object, /)`.
pub fn insert(list: &List, index: i64, object: Value) {
    list.change(|items| {
        let length = items.len() as i64;
        let index = if index < 0 { index + length } else { index };
        items.insert(index.clamp(0, length) as usize, object);
    });
}

/// `list.pop(index=-1, /)`.
pub fn pop(list: &List, index: i64) -> Result<Value> {
    if list.is_empty() {
        return Err(error::index_error("pop from empty list"));
    }
    list.change(|items| {
        let at = place(index, items.len());
        at.map(|at| items.remove(at))
            .ok_or_else(|| error::index_error("pop index out of range"))
    })
}

/// `list.remove(value, /)`.
pub fn remove(list: &List, value: &Value) -> Result<()> {
    let found = list.to_vec().iter().position(|item| item == value);
    let Some(at) = found else {
        return Err(error::value_error("list.remove(x): x not in list"));
    };
    list.change(|items| items.remove(at));
    Ok(())
}

/// `list.index(value, start=0, stop=9223372036854775807, /)`.
pub fn index(list: &List, value: &Value, start: i64, stop: i64) -> Result<i64> {
    let items = list.to_vec();
    let length = items.len() as i64;
    let bound = |at: i64| {
        if at < 0 {
            (at + length).max(0)
        } else {
            at.min(length)
        }
    };
    let (start, stop) = (bound(start), bound(stop));
    for at in start..stop {
        if items.get(at as usize) == Some(value) {
            return Ok(at);
        }
    }
    let text = format!("{} is not in list", super::ops::repr(value));
    Err(error::value_error(text))
}

/// `list.count(value, /)`.
pub fn count(list: &List, value: &Value) -> i64 {
    list.to_vec().iter().filter(|item| *item == value).count() as i64
}

/// `list.sort(*, reverse=False)`.
/// Items that are not in order with each other, as NaN, are refused.
pub fn sort(list: &List, reverse: bool) -> Result<()> {
    let sorted = sort::sorted(list.to_vec(), reverse)?;
    list.replace(sorted);
    Ok(())
}

/// `list.sort(*, key, reverse=False)`.
/// Keys that are not in order with each other, as NaN, are refused.
pub fn sort_by(list: &List, key: impl FnMut(Value) -> Result<Value>, reverse: bool) -> Result<()> {
    let sorted = sort::sorted_by(list.to_vec(), key, reverse)?;
    list.replace(sorted);
    Ok(())
}

/// `list.reverse()`.
pub fn reverse(list: &List) {
    list.change(|items| items.reverse());
}

/// `list.copy()`.
pub fn copy(list: &List) -> List {
    List::from(list.to_vec())
}

/// `list.clear()`.
pub fn clear(list: &List) {
    list.change(Vec::clear);
}
