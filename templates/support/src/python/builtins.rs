//! Python's builtin functions.

use std::io::Write;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::ops::{self, gt, lt};
use super::value::Value;

/// `len(obj, /)`
pub fn len(obj: &str) -> i64 {
    obj.chars().count() as i64
}

/// `len(obj, /)`
pub fn len_list(obj: &List) -> i64 {
    obj.len() as i64
}

/// `len(obj, /)`
pub fn len_dict(obj: &Dict) -> i64 {
    obj.len() as i64
}

/// `len(obj, /)`
pub fn len_bytes(obj: &[u8]) -> i64 {
    obj.len() as i64
}

/// `len(obj, /)`
pub fn len_value(obj: &Value) -> Result<i64> {
    let length = match obj {
        Value::Str(text) => return Ok(len(text)),
        Value::List(list) => list.len(),
        Value::Dict(dict) => dict.len(),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => items.len(),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => bytes.len(),
        #[cfg(feature = "set")]
        Value::Set(set) => set.len(),
        #[cfg(feature = "object")]
        Value::Object(object) => object.length().ok_or_else(|| no_length(obj))?,
        other => return Err(no_length(other)),
    };
    Ok(length as i64)
}

fn no_length(value: &Value) -> Error {
    let name = value.type_name();
    error::type_error(format!("object of type '{name}' has no len()"))
}

/// `ord(c, /)`
pub fn ord(c: &str) -> Result<i64> {
    let mut characters = c.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Ok(i64::from(u32::from(c))),
        _ => {
            let length = c.chars().count();
            let text = "ord() expected a character, but string of length";
            Err(error::type_error(format!("{text} {length} found")))
        }
    }
}

/// `ord(c, /)`
pub fn ord_value(c: &Value) -> Result<i64> {
    match c {
        Value::Str(text) => ord(text),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => match bytes.as_slice() {
            [byte] => Ok(i64::from(*byte)),
            _ => Err(error::type_error(format!(
                "ord() expected a character, but string of length {} found",
                bytes.len()
            ))),
        },
        other => {
            let name = other.type_name();
            let text = "ord() expected string of length 1, but";
            Err(error::type_error(format!("{text} {name} found")))
        }
    }
}

/// `chr(i, /)`
/// Halves of surrogate pairs are refused.
pub fn chr(i: i64) -> Result<String> {
    let code = u32::try_from(i).ok().filter(|code| *code <= 0x10_ffff);
    let Some(code) = code else {
        return Err(if i32::try_from(i).is_ok() {
            error::value_error("chr() arg not in range(0x110000)")
        } else {
            let text = "Python int too large to convert to C int";
            Error::new(&error::OVERFLOW_ERROR, text)
        });
    };
    let character = char::from_u32(code).map(String::from);
    character.ok_or_else(|| error::untranslated("a surrogate in a str"))
}

/// `chr(i, /)`
pub fn chr_value(i: &Value) -> Result<String> {
    chr(super::numbers::index(i)?)
}

/// `any(iterable, /)`
pub fn any(iterable: impl IntoIterator<Item = Value>) -> bool {
    iterable.into_iter().any(|item| item.is_true())
}

/// `all(iterable, /)`
pub fn all(iterable: impl IntoIterator<Item = Value>) -> bool {
    iterable.into_iter().all(|item| item.is_true())
}

/// `sum(iterable, /)`
pub fn sum(iterable: impl IntoIterator<Item = Value>) -> Result<Value> {
    add_all(Value::Int(0), iterable)
}

/// `sum(iterable, /, start)`
pub fn sum_from(iterable: impl IntoIterator<Item = Value>, start: &Value) -> Result<Value> {
    match start.type_name() {
        "str" => {
            let text = "sum() can't sum strings [use ''.join(seq) instead]";
            Err(error::type_error(text))
        }
        "bytes" => {
            let text = "sum() can't sum bytes [use b''.join(seq) instead]";
            Err(error::type_error(text))
        }
        _ => add_all(start.clone(), iterable),
    }
}

fn add_all(start: Value, items: impl IntoIterator<Item = Value>) -> Result<Value> {
    let mut items = items.into_iter();
    items.try_fold(start, |total, item| ops::add(&total, &item))
}

/// The first of the items that no other one stands before.
fn first_by(
    items: impl IntoIterator<Item = Value>,
    mut key: impl FnMut(Value) -> Result<Value>,
    before: impl Fn(&Value, &Value) -> Result<bool>,
) -> Result<Option<Value>> {
    let mut found: Option<(Value, Value)> = None;
    for item in items {
        let rank = key(item.clone())?;
        let is_first = match &found {
            None => true,
            Some((first, _)) => before(&rank, first)?,
        };
        if is_first {
            found = Some((rank, item));
        }
    }
    Ok(found.map(|(_, item)| item))
}

/// The item of `min()` or `max()`, where there was one.
pub fn expect_one(found: Option<Value>, function: &str) -> Result<Value> {
    found.ok_or_else(|| error::value_error(format!("{function}() arg is an empty sequence")))
}

/// What `min()` has found once it has seen another item.
pub fn min_next(found: Option<Value>, item: Value) -> Result<Option<Value>> {
    match found {
        Some(found) if !lt(&item, &found)? => Ok(Some(found)),
        _ => Ok(Some(item)),
    }
}

/// What `max()` has found once it has seen another item.
pub fn max_next(found: Option<Value>, item: Value) -> Result<Option<Value>> {
    match found {
        Some(found) if !gt(&item, &found)? => Ok(Some(found)),
        _ => Ok(Some(item)),
    }
}

/// `min(iterable, /)`
pub fn min(iterable: impl IntoIterator<Item = Value>) -> Result<Value> {
    expect_one(first_by(iterable, Ok, lt)?, "min")
}

/// `max(iterable, /)`
pub fn max(iterable: impl IntoIterator<Item = Value>) -> Result<Value> {
    expect_one(first_by(iterable, Ok, gt)?, "max")
}

/// `min(iterable, /, *, default)`
pub fn min_or(iterable: impl IntoIterator<Item = Value>, default: Value) -> Result<Value> {
    Ok(first_by(iterable, Ok, lt)?.unwrap_or(default))
}

/// `max(iterable, /, *, default)`
pub fn max_or(iterable: impl IntoIterator<Item = Value>, default: Value) -> Result<Value> {
    Ok(first_by(iterable, Ok, gt)?.unwrap_or(default))
}

/// `min(iterable, /, *, key)`
pub fn min_by(
    iterable: impl IntoIterator<Item = Value>,
    key: impl FnMut(Value) -> Result<Value>,
) -> Result<Value> {
    expect_one(first_by(iterable, key, lt)?, "min")
}

/// `max(iterable, /, *, key)`
pub fn max_by(
    iterable: impl IntoIterator<Item = Value>,
    key: impl FnMut(Value) -> Result<Value>,
) -> Result<Value> {
    expect_one(first_by(iterable, key, gt)?, "max")
}

/// `min(iterable, /, *, key, default)`
pub fn min_by_or(
    iterable: impl IntoIterator<Item = Value>,
    key: impl FnMut(Value) -> Result<Value>,
    default: Value,
) -> Result<Value> {
    Ok(first_by(iterable, key, lt)?.unwrap_or(default))
}

/// `max(iterable, /, *, key, default)`
pub fn max_by_or(
    iterable: impl IntoIterator<Item = Value>,
    key: impl FnMut(Value) -> Result<Value>,
    default: Value,
) -> Result<Value> {
    Ok(first_by(iterable, key, gt)?.unwrap_or(default))
}

/// `min(a, b, /)`
pub fn min_int(a: i64, b: i64) -> i64 {
    a.min(b)
}

/// `max(a, b, /)`
pub fn max_int(a: i64, b: i64) -> i64 {
    a.max(b)
}

/// `min(*args)`
pub fn min_of(args: &[Value]) -> Result<Value> {
    match args {
        [] => {
            let text = "min expected at least 1 argument, got 0";
            Err(error::type_error(text))
        }
        [items] => min(items.iterate()?),
        items => expect_one(first_by(items.iter().cloned(), Ok, lt)?, "min"),
    }
}

/// `max(*args)`
pub fn max_of(args: &[Value]) -> Result<Value> {
    match args {
        [] => {
            let text = "max expected at least 1 argument, got 0";
            Err(error::type_error(text))
        }
        [items] => max(items.iterate()?),
        items => expect_one(first_by(items.iter().cloned(), Ok, gt)?, "max"),
    }
}

/// `print(*args, sep=' ', end='\n', flush=False)`
/// The text is written whole, without waiting for more.
pub fn print(args: &[Value], sep: &str, end: &str, _flush: bool) {
    let text = printed(args, sep, end);
    let mut out = std::io::stdout().lock();
    // Nobody is there to be told of a closed standard output.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// What `print` writes.
pub fn printed(args: &[Value], sep: &str, end: &str) -> String {
    let texts: Vec<String> = args.iter().map(ToString::to_string).collect();
    texts.join(sep) + end
}
