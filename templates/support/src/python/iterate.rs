//! Python's iteration and unpacking.

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

/// An iterator over a value, which sees what a loop does to a list, as Python's does.
///
/// `step` raises where a dict or set changed its size meanwhile; `next` ends there.
#[derive(Debug)]
pub struct Iter {
    source: Source,
    at: usize,
}

#[derive(Debug)]
enum Source {
    Items(std::vec::IntoIter<Value>),
    List(List),
    Dict(DictPlace),
    Values(DictPlace),
    Reversed(List),
    #[cfg(feature = "set")]
    Set(super::set::Set, usize),
}

impl Iter {
    /// Over items that nothing else changes.
    pub fn of_items(items: Vec<Value>) -> Self {
        let source = Source::Items(items.into_iter());
        Self { source, at: 0 }
    }

    /// Over a list.
    pub fn of_list(list: &List) -> Self {
        let source = Source::List(list.clone());
        Self { source, at: 0 }
    }

    /// Over the keys of a dict.
    pub fn of_dict(dict: &Dict) -> Self {
        let source = Source::Dict(DictPlace::of(dict));
        Self { source, at: 0 }
    }

    /// Over the values of a dict.
    pub fn of_values(dict: &Dict) -> Self {
        let source = Source::Values(DictPlace::of(dict));
        Self { source, at: 0 }
    }

    /// Over a set.
    #[cfg(feature = "set")]
    pub fn of_set(set: &super::set::Set) -> Self {
        let source = Source::Set(set.clone(), set.len());
        Self { source, at: 0 }
    }

    /// The next item, if there is one.
    pub fn step(&mut self) -> Result<Option<Value>> {
        let at = self.at;
        self.at += 1;
        match &mut self.source {
            Source::Items(items) => Ok(items.next()),
            Source::List(list) => {
                let item = list.at(at);
                if item.is_none() {
                    self.source = Source::Items(Vec::new().into_iter());
                }
                Ok(item)
            }
            Source::Dict(dict) => Ok(dict.step()?.map(|(key, _)| key)),
            Source::Values(dict) => Ok(dict.step()?.map(|(_, value)| value)),
            Source::Reversed(list) => {
                // Steps down: what was counted up is taken back twice.
                let item = at.checked_sub(1).and_then(|place| list.at(place));
                self.at = at.saturating_sub(1);
                if item.is_none() {
                    self.source = Source::Items(Vec::new().into_iter());
                }
                Ok(item)
            }
            #[cfg(feature = "set")]
            Source::Set(set, size) => {
                same_size(set.len(), *size, "Set changed size during iteration")?;
                Ok(set.at(at))
            }
        }
    }

    /// Whether an item that follows is equal to a value.
    pub fn any_equal(&mut self, value: &Value) -> Result<bool> {
        while let Some(item) = self.step()? {
            if item == *value {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Iterator for Iter {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        self.step().unwrap_or_default()
    }
}

fn same_size(now: usize, before: usize, text: &str) -> Result<()> {
    if now == before {
        return Ok(());
    }
    Err(Error::new(&error::RUNTIME_ERROR, text))
}

/// Where a loop over a dict is, which must not change its size meanwhile.
#[derive(Debug)]
struct DictPlace {
    dict: Dict,
    size: usize,
    removals: usize,
    at: usize,
}

impl DictPlace {
    fn of(dict: &Dict) -> Self {
        Self {
            dict: dict.clone(),
            size: dict.len(),
            removals: dict.removals(),
            at: 0,
        }
    }

    fn step(&mut self) -> Result<Option<(Value, Value)>> {
        let text = "dictionary changed size during iteration";
        same_size(self.dict.len(), self.size, text)?;
        if self.dict.removals() != self.removals {
            let text = "a dict of which a loop takes members out and puts others in";
            return Err(error::untranslated(text));
        }
        let pair = self.dict.pair_at(self.at);
        self.at += 1;
        Ok(pair)
    }
}

/// A loop over `dict.items()`, which sees what it does to the dict.
#[derive(Debug)]
pub struct Pairs(DictPlace);

impl Pairs {
    /// Over the members of a dict.
    pub fn of(dict: &Dict) -> Self {
        Self(DictPlace::of(dict))
    }

    /// The next key and its value of the moment.
    pub fn step(&mut self) -> Result<Option<(Value, Value)>> {
        self.0.step()
    }
}

/// A loop over `enumerate(items, start)`, which sees what it does to the items.
#[derive(Debug)]
pub struct Enumerated {
    items: Iter,
    at: i64,
}

impl Enumerated {
    /// Over items, counted from a number.
    pub fn of(start: i64, items: Iter) -> Self {
        Self { items, at: start }
    }

    /// The next item and its number.
    pub fn step(&mut self) -> Result<Option<(i64, Value)>> {
        let item = self.items.step()?;
        let at = self.at;
        self.at += 1;
        Ok(item.map(|item| (at, item)))
    }
}

/// A loop over what gives items until it raises `StopIteration`.
pub struct Stepped<T, R> {
    of: T,
    next: fn(&T) -> Result<R>,
}

/// A loop over the items of something.
pub fn stepped<T, R>(of: T, next: fn(&T) -> Result<R>) -> Stepped<T, R> {
    Stepped { of, next }
}

impl<T, R> Stepped<T, R> {
    /// The next item.
    pub fn step(&mut self) -> Result<Option<R>> {
        match (self.next)(&self.of) {
            Ok(item) => Ok(Some(item)),
            Err(error) if error.is(&error::STOP_ITERATION) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A loop over `reversed(value)`, which sees what it does to a list.
pub fn reversed(value: &Value) -> Result<Iter> {
    if let Value::List(list) = value {
        return Ok(Iter {
            source: Source::Reversed(list.clone()),
            at: list.len(),
        });
    }
    let items = super::sequences::reversed(value)?;
    Ok(Iter::of_items(items.to_vec()))
}

impl Value {
    /// As `iter(value)`.
    pub fn iterate(&self) -> Result<Iter> {
        match self {
            Self::Str(text) => {
                let characters = text.chars().map(|c| Value::Str(c.to_string()));
                Ok(Iter::of_items(characters.collect()))
            }
            Self::List(list) => Ok(Iter::of_list(list)),
            Self::Dict(dict) => Ok(Iter::of_dict(dict)),
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => Ok(Iter::of_items(items.items().to_vec())),
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => {
                let numbers = bytes.iter().map(|byte| Value::Int(i64::from(*byte)));
                Ok(Iter::of_items(numbers.collect()))
            }
            #[cfg(feature = "set")]
            Self::Set(set) => Ok(Iter::of_set(set)),
            #[cfg(feature = "object")]
            Self::Object(object) => object.iterate(),
            other => {
                let name = other.type_name();
                let text = format!("'{name}' object is not iterable");
                Err(error::type_error(text))
            }
        }
    }

    /// The items of `a, b = value`.
    pub fn unpack<const N: usize>(&self) -> Result<[Value; N]> {
        let items = self.items_to_unpack()?;
        let got = items.len();
        <[Value; N]>::try_from(items).map_err(|_| {
            error::value_error(if got < N {
                format!("not enough values to unpack (expected {N}, got {got})")
            } else {
                format!("too many values to unpack (expected {N})")
            })
        })
    }

    /// The items of `a, *b, c = value`, of which so many stand before and after the starred one.
    pub fn unpack_starred(
        &self,
        before: usize,
        after: usize,
    ) -> Result<(Vec<Value>, List, Vec<Value>)> {
        let mut first = self.items_to_unpack()?;
        let (least, got) = (before + after, first.len());
        if got < least {
            return Err(error::value_error(format!(
                "not enough values to unpack (expected at least {least}, got {got})"
            )));
        }
        let last = first.split_off(got - after);
        let middle = first.split_off(before);
        Ok((first, List::from(middle), last))
    }

    /// The parts of `a, *b, c = value` in one list, in which the starred one is a list.
    pub fn gathered(&self, before: usize, after: usize) -> Result<Value> {
        let (mut parts, middle, last) = self.unpack_starred(before, after)?;
        parts.push(Value::List(middle));
        parts.extend(last);
        Ok(Value::List(List::from(parts)))
    }

    fn items_to_unpack(&self) -> Result<Vec<Value>> {
        match self.iterate() {
            Ok(items) => Ok(items.collect()),
            Err(_) => {
                let name = self.type_name();
                let text = format!("cannot unpack non-iterable {name} object");
                Err(error::type_error(text))
            }
        }
    }
}
