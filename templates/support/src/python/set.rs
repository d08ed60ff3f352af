//! Python's set. Its order is that in which items came, where Python's is by chance.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexSet;

use super::equal::check_hashable;
use super::error::{self, Result};
use super::iterate::Iter;
use super::value::Value;

/// A set. Clones share its items.
#[derive(Debug, Clone, Default)]
pub struct Set(Rc<RefCell<IndexSet<Value>>>);

impl Set {
    /// As `set()`.
    pub fn new() -> Self {
        Self::default()
    }

    /// A set of items.
    pub fn of(items: impl IntoIterator<Item = Value>) -> Result<Self> {
        let set = Self::new();
        for item in items {
            set.add(item)?;
        }
        Ok(set)
    }

    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// As `len(set)`.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Adds an item.
    pub fn add(&self, item: impl Into<Value>) -> Result<()> {
        let item = item.into();
        check_hashable(&item)?;
        self.0.borrow_mut().insert(item);
        Ok(())
    }

    /// Adds items that are known to be hashable.
    pub fn add_all(&self, items: &[Value]) {
        self.0.borrow_mut().extend(items.iter().cloned());
    }

    /// As `item in set`. A set, which cannot be in one, is not: Python looks for a frozenset then.
    pub fn contains(&self, item: &Value) -> Result<bool> {
        if let Value::Set(_) = item {
            return Ok(false);
        }
        check_hashable(item)?;
        Ok(self.0.borrow().contains(item))
    }

    /// Takes an item out, if it is in it.
    pub fn take(&self, item: &Value) -> Result<bool> {
        if let Value::Set(_) = item {
            return Ok(false);
        }
        check_hashable(item)?;
        Ok(self.0.borrow_mut().shift_remove(item))
    }

    /// The item at a place in the order.
    pub fn at(&self, index: usize) -> Option<Value> {
        self.0.borrow().get_index(index).cloned()
    }

    /// Its items as they are now.
    pub fn to_vec(&self) -> Vec<Value> {
        self.0.borrow().iter().cloned().collect()
    }

    /// Its items, as a loop sees them that changes the set.
    pub fn iter(&self) -> Iter {
        Iter::of_set(self)
    }

    /// Whether it is the same object as another one.
    pub fn is_same(&self, other: &Set) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Whether both have the same items.
    pub fn equals(&self, other: &Set) -> bool {
        self.len() == other.len() && self.is_within(other)
    }

    /// Whether another set has all its items.
    pub fn is_within(&self, other: &Set) -> bool {
        let items = self.to_vec();
        let other = other.0.borrow();
        items.iter().all(|item| other.contains(item))
    }

    /// The items of both.
    pub fn with(&self, other: &Set) -> Set {
        let set = copy(self);
        set.add_all(&other.to_vec());
        set
    }

    /// The items that another set does not have.
    pub fn without(&self, other: &Set) -> Set {
        self.kept(|item| !other.0.borrow().contains(item))
    }

    /// The items that another set has too.
    pub fn common(&self, other: &Set) -> Set {
        self.kept(|item| other.0.borrow().contains(item))
    }

    /// Puts the items of another set in the place of its own.
    pub fn replace(&self, other: &Set) {
        let items = other.0.borrow().clone();
        *self.0.borrow_mut() = items;
    }

    fn kept(&self, keep: impl Fn(&Value) -> bool) -> Set {
        let items = self.to_vec().into_iter().filter(keep).collect();
        Self(Rc::new(RefCell::new(items)))
    }
}

impl IntoIterator for &Set {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

impl IntoIterator for Set {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

impl From<Set> for Value {
    fn from(value: Set) -> Self {
        Self::Set(value)
    }
}

impl From<&Set> for Value {
    fn from(value: &Set) -> Self {
        Self::Set(value.clone())
    }
}

/// `set.add(item, /)`.
pub fn add(set: &Set, item: Value) -> Result<()> {
    set.add(item)
}

/// `set.discard(item, /)`.
pub fn discard(set: &Set, item: &Value) -> Result<()> {
    set.take(item).map(|_| ())
}

/// `set.remove(item, /)`.
pub fn remove(set: &Set, item: &Value) -> Result<()> {
    if set.take(item)? {
        return Ok(());
    }
    Err(error::key_error(item))
}

/// `set.pop()`. Refused where there is more than one item, since Python takes one by chance.
pub fn pop(set: &Set) -> Result<Value> {
    if set.len() > 1 {
        return Err(error::untranslated("pop of a set with several items"));
    }
    let item = set.0.borrow_mut().pop();
    item.ok_or_else(|| error::key_error(&Value::from("pop from an empty set")))
}

/// `set.update(other, /)`.
pub fn update(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<()> {
    other.into_iter().try_for_each(|item| set.add(item))
}

/// `set.clear()`.
pub fn clear(set: &Set) {
    set.0.borrow_mut().clear();
}

/// `set.copy()`.
pub fn copy(set: &Set) -> Set {
    Set(Rc::new(RefCell::new(set.0.borrow().clone())))
}

/// `set.union(other, /)`.
pub fn union(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<Set> {
    Ok(set.with(&Set::of(other)?))
}

/// `set.intersection(other, /)`.
pub fn intersection(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<Set> {
    Ok(set.common(&Set::of(other)?))
}

/// `set.difference(other, /)`.
pub fn difference(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<Set> {
    Ok(set.without(&Set::of(other)?))
}

/// `set.symmetric_difference(other, /)`.
pub fn symmetric_difference(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<Set> {
    let other = Set::of(other)?;
    Ok(set.without(&other).with(&other.without(set)))
}

/// `set.issubset(other, /)`.
pub fn issubset(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<bool> {
    Ok(set.is_within(&Set::of(other)?))
}

/// `set.issuperset(other, /)`.
pub fn issuperset(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<bool> {
    Ok(Set::of(other)?.is_within(set))
}

/// `set.isdisjoint(other, /)`.
pub fn isdisjoint(set: &Set, other: impl IntoIterator<Item = Value>) -> Result<bool> {
    Ok(set.common(&Set::of(other)?).is_empty())
}
