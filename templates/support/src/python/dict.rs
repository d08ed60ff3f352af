//! Python's dict.

use std::cell::{Cell, RefCell, RefMut};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use indexmap::{Equivalent, IndexMap};

use super::equal::{check_hashable, hash_text};
use super::error::{self, Error, Result};
use super::iterate::Iter;
use super::list::List;
use super::value::Value;

/// A dict. Clones share its members, which keep their order.
#[derive(Debug, Clone, Default)]
pub struct Dict(Rc<Members>);

/// The members of a dict, and how often some were taken out.
#[derive(Debug, Default)]
struct Members {
    map: RefCell<IndexMap<Value, Value>>,
    removals: Cell<usize>,
}

impl Members {
    fn removing(&self) -> RefMut<'_, IndexMap<Value, Value>> {
        self.removals.set(self.removals.get() + 1);
        self.map.borrow_mut()
    }
}

/// A dict of members of any types that are Python's too.
#[macro_export]
macro_rules! dict {
    ($($key:tt: $value:expr),* $(,)?) => {{
        let dict = $crate::python::dict::Dict::new();
        $(dict.insert($key, $value);)*
        dict
    }};
}
pub use dict;

/// A `str` key that is looked up without making a value of it.
struct Text<'a>(&'a str);

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_text(self.0, state);
    }
}

impl Equivalent<Value> for Text<'_> {
    fn equivalent(&self, key: &Value) -> bool {
        matches!(key, Value::Str(text) if text == self.0)
    }
}

impl Dict {
    /// As `{}`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.0.map.borrow().is_empty()
    }

    /// As `len(dict)`.
    pub fn len(&self) -> usize {
        self.0.map.borrow().len()
    }

    /// Sets a member whose key is known to be hashable.
    pub fn insert(&self, key: impl Into<Value>, value: impl Into<Value>) {
        self.0.map.borrow_mut().insert(key.into(), value.into());
    }

    /// As `dict[key] = value`.
    pub fn set_item(&self, key: impl Into<Value>, value: impl Into<Value>) -> Result<()> {
        let key = key.into();
        check_hashable(&key)?;
        self.insert(key, value);
        Ok(())
    }

    /// As `dict[key]`.
    pub fn get_item(&self, key: &Value) -> Result<Value> {
        self.look_up(key)?.ok_or_else(|| error::key_error(key))
    }

    /// As `dict[key]` of a `str`.
    pub fn member(&self, key: &str) -> Result<Value> {
        self.find(key)
            .ok_or_else(|| error::key_error(&Value::from(key)))
    }

    /// The value of a `str` key.
    pub fn find(&self, key: &str) -> Option<Value> {
        self.0.map.borrow().get(&Text(key)).cloned()
    }

    /// The value of a key.
    pub fn look_up(&self, key: &Value) -> Result<Option<Value>> {
        check_hashable(key)?;
        Ok(self.0.map.borrow().get(key).cloned())
    }

    /// Whether it has a `str` key.
    pub fn has(&self, key: &str) -> bool {
        self.0.map.borrow().contains_key(&Text(key))
    }

    /// As `key in dict`.
    pub fn contains(&self, key: &Value) -> Result<bool> {
        check_hashable(key)?;
        Ok(self.0.map.borrow().contains_key(key))
    }

    /// Takes a member with a `str` key out.
    pub fn remove(&self, key: &str) -> Option<Value> {
        self.0.removing().shift_remove(&Text(key))
    }

    /// Takes a member out.
    pub fn take(&self, key: &Value) -> Result<Option<Value>> {
        check_hashable(key)?;
        Ok(self.0.removing().shift_remove(key))
    }

    /// How often members were taken out.
    pub fn removals(&self) -> usize {
        self.0.removals.get()
    }

    /// The member at a place in the order.
    pub fn pair_at(&self, index: usize) -> Option<(Value, Value)> {
        let members = self.0.map.borrow();
        let (key, value) = members.get_index(index)?;
        Some((key.clone(), value.clone()))
    }

    /// The key at a place in the order.
    pub fn key_at(&self, index: usize) -> Option<Value> {
        self.0
            .map
            .borrow()
            .get_index(index)
            .map(|(key, _)| key.clone())
    }

    /// Its members as they are now.
    pub fn pairs(&self) -> Vec<(Value, Value)> {
        let members = self.0.map.borrow();
        members
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// Its keys as they are now.
    pub fn to_keys(&self) -> Vec<Value> {
        self.0.map.borrow().keys().cloned().collect()
    }

    /// Whether both have equal members, in any order.
    pub fn equals(&self, other: &Dict) -> bool {
        *self.0.map.borrow() == *other.0.map.borrow()
    }

    /// Whether it is the same object as another one.
    pub fn is_same(&self, other: &Dict) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What tells it from other objects.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Dict {
    fn from(members: [(&str, Value); N]) -> Self {
        let dict = Self::new();
        for (key, value) in members {
            dict.insert(key, value);
        }
        dict
    }
}

impl FromIterator<(Value, Value)> for Dict {
    fn from_iter<I: IntoIterator<Item = (Value, Value)>>(pairs: I) -> Self {
        Self(Rc::new(Members {
            map: RefCell::new(pairs.into_iter().collect()),
            removals: Cell::default(),
        }))
    }
}

impl IntoIterator for Dict {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter::of_dict(&self)
    }
}

impl IntoIterator for &Dict {
    type Item = Value;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        Iter::of_dict(self)
    }
}

/// `dict.get(key, default=None, /)`.
pub fn get(dict: &Dict, key: &str, default: Value) -> Value {
    dict.find(key).unwrap_or(default)
}

/// `dict.get(key, default=None, /)`.
pub fn get_value(dict: &Dict, key: &Value, default: Value) -> Result<Value> {
    Ok(dict.look_up(key)?.unwrap_or(default))
}

/// `dict.keys()`.
/// The keys of the moment in a list: right where the dict does not change before the last use.
pub fn keys(dict: &Dict) -> List {
    List::from(dict.to_keys())
}

/// `dict.values()`.
/// The values of the moment in a list: right where the dict does not change before the last use.
pub fn values(dict: &Dict) -> List {
    dict.pairs().into_iter().map(|(_, value)| value).collect()
}

/// `dict.items()`.
/// The members of the moment in a list: right where the dict does not change before the last use.
#[cfg(feature = "tuple")]
pub fn items(dict: &Dict) -> List {
    dict.pairs().into_iter().collect()
}

/// `dict.pop(key, /)`.
pub fn pop(dict: &Dict, key: &Value) -> Result<Value> {
    if dict.is_empty() {
        return Err(error::key_error(key));
    }
    dict.take(key)?.ok_or_else(|| error::key_error(key))
}

/// `dict.pop(key, default, /)`.
pub fn pop_default(dict: &Dict, key: &Value, default: Value) -> Result<Value> {
    if dict.is_empty() {
        return Ok(default);
    }
    Ok(dict.take(key)?.unwrap_or(default))
}

/// `dict.popitem()`.
pub fn popitem(dict: &Dict) -> Result<(Value, Value)> {
    let last = dict.0.removing().pop();
    last.ok_or_else(|| {
        let text = Value::from("popitem(): dictionary is empty");
        error::key_error(&text)
    })
}

/// `dict.setdefault(key, default=None, /)`.
pub fn setdefault(dict: &Dict, key: &Value, default: Value) -> Result<Value> {
    if let Some(value) = dict.look_up(key)? {
        return Ok(value);
    }
    dict.insert(key, default.clone());
    Ok(default)
}

/// `dict.update(other, /)`.
pub fn update(dict: &Dict, other: &Dict) {
    let pairs = other.pairs();
    dict.0.map.borrow_mut().extend(pairs);
}

/// `dict.update(other, /)`.
pub fn update_value(dict: &Dict, other: &Value) -> Result<()> {
    for (key, value) in pairs_of(other)? {
        dict.set_item(key, value)?;
    }
    Ok(())
}

/// What `{**value}` does.
pub fn unpack(dict: &Dict, value: &Value) -> Result<()> {
    match value {
        Value::Dict(other) => update(dict, other),
        #[cfg(feature = "object")]
        Value::Object(_) => {
            let text = "an object that is unpacked like a dict";
            return Err(Error::new(&error::UNTRANSLATED, text));
        }
        other => {
            let text = format!("'{}' object is not a mapping", other.type_name());
            return Err(error::type_error(text));
        }
    }
    Ok(())
}

/// The arguments that `f(**value)` gives, beside those that have names of their own.
pub fn keywords(value: &Value, others: &[&str]) -> Result<Dict> {
    let Value::Dict(dict) = value else {
        let text = "what is unpacked as keyword arguments is not a dict";
        return Err(Error::new(&error::UNTRANSLATED, text));
    };
    if let Some(name) = others.iter().find(|name| dict.has(name)) {
        let text = format!("the argument `{name}`, which is unpacked beside others");
        return Err(Error::new(&error::UNTRANSLATED, text));
    }
    match dict
        .to_keys()
        .iter()
        .all(|key| matches!(key, Value::Str(_)))
    {
        true => Ok(dict.clone()),
        false => Err(error::type_error("keywords must be strings")),
    }
}

/// The members that `dict(value)` takes from a dict or from pairs.
pub fn pairs_of(value: &Value) -> Result<Vec<(Value, Value)>> {
    if let Value::Dict(dict) = value {
        return Ok(dict.pairs());
    }
    let mut pairs = Vec::new();
    for (at, item) in value.iterate()?.enumerate() {
        let Ok(items) = item.iterate() else {
            let text =
                format!("cannot convert dictionary update sequence element #{at} to a sequence");
            return Err(error::type_error(text));
        };
        let items: Vec<Value> = items.collect();
        match <[Value; 2]>::try_from(items) {
            Ok([key, value]) => pairs.push((key, value)),
            Err(items) => {
                return Err(error::value_error(format!(
                    "dictionary update sequence element #{at} has length {}; 2 is required",
                    items.len()
                )));
            }
        }
    }
    Ok(pairs)
}

/// `dict.copy()`.
pub fn copy(dict: &Dict) -> Dict {
    dict.pairs().into_iter().collect()
}

/// `dict.clear()`.
pub fn clear(dict: &Dict) {
    dict.0.removing().clear();
}

/// `dict.fromkeys(iterable, value=None, /)`.
pub fn fromkeys(iterable: &Value, value: &Value) -> Result<Dict> {
    let dict = Dict::new();
    for key in iterable.iterate()? {
        dict.set_item(key, value)?;
    }
    Ok(dict)
}
