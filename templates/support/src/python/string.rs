//! Methods of `str` that look for a part of it. Places and lengths are in code points.

use super::error::{self, Result};
use super::value::Value;

/// The character at an index.
pub fn item(text: &str, index: i64) -> Result<String> {
    let found = match usize::try_from(index) {
        Ok(index) => text.chars().nth(index),
        Err(_) => {
            let back = usize::try_from(index.unsigned_abs() - 1).unwrap_or(usize::MAX);
            text.chars().rev().nth(back)
        }
    };
    let found = found.map(|c| c.to_string());
    found.ok_or_else(|| error::index_error("string index out of range"))
}

/// As `text[start:stop:step]` with bounds of any type.
pub fn slice_by(text: &str, start: &Value, stop: &Value, step: &Value) -> Result<String> {
    let [start, stop, step] = super::subscript::bounds(start, stop, step)?;
    slice(text, start, stop, step)
}

/// As `text[start:stop:step]`.
pub fn slice(
    text: &str,
    start: Option<i64>,
    stop: Option<i64>,
    step: Option<i64>,
) -> Result<String> {
    if matches!(step, None | Some(1)) {
        return Ok(part(text, start, stop)
            .map_or("", |(part, _)| part)
            .to_owned());
    }
    let characters: Vec<char> = text.chars().collect();
    let chosen = super::subscript::slice_items(&characters, start, stop, step)?;
    Ok(chosen.into_iter().collect())
}

/// What lies between two places, and how many characters stand before it. Nothing where the
/// first place is behind the second one.
fn part(text: &str, start: Option<i64>, end: Option<i64>) -> Option<(&str, i64)> {
    let negative = |place: Option<i64>| place.is_some_and(|place| place < 0);
    let length = if negative(start) || negative(end) {
        text.chars().count() as i64
    } else {
        0
    };
    let place = |at: i64| if at < 0 { (at + length).max(0) } else { at };
    let start = start.map_or(0, place);
    let from = offset(text, start)?;
    let to = match end.map(place) {
        None => text.len(),
        Some(end) if end < start => return None,
        Some(end) => offset(text, end).unwrap_or(text.len()),
    };
    Some((text.get(from..to)?, start))
}

/// Where a character begins, or the end after the last one.
fn offset(text: &str, place: i64) -> Option<usize> {
    let place = usize::try_from(place).ok()?;
    let ends = std::iter::once(text.len());
    text.char_indices().map(|(at, _)| at).chain(ends).nth(place)
}

/// The text that a method is given, which raises where it is none.
pub fn expect_text<'a>(value: &'a Value, expected: &str) -> Result<&'a str> {
    value.as_str().ok_or_else(|| {
        let name = value.type_name();
        error::type_error(format!("{expected}, not {name}"))
    })
}

/// The same, where Python names `None` and not its type.
pub fn expect_argument<'a>(value: &'a Value, function: &str, argument: &str) -> Result<&'a str> {
    value.as_str().ok_or_else(|| {
        let name = if value.is_none() {
            "None"
        } else {
            value.type_name()
        };
        error::type_error(format!(
            "{function}() argument {argument} must be str, not {name}"
        ))
    })
}

/// `str.find(sub, start=None, end=None, /)`
pub fn find(text: &str, sub: &str, start: Option<i64>, end: Option<i64>) -> i64 {
    let found = part(text, start, end).and_then(|(part, before)| {
        let at = part.find(sub)?;
        Some(before + part[..at].chars().count() as i64)
    });
    found.unwrap_or(-1)
}

/// `str.find(sub, start=None, end=None, /)`
pub fn find_value(text: &str, sub: &Value, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    Ok(find(text, expect_text(sub, "must be str")?, start, end))
}

/// `str.rfind(sub, start=None, end=None, /)`
pub fn rfind(text: &str, sub: &str, start: Option<i64>, end: Option<i64>) -> i64 {
    let found = part(text, start, end).and_then(|(part, before)| {
        let at = part.rfind(sub)?;
        Some(before + part[..at].chars().count() as i64)
    });
    found.unwrap_or(-1)
}

/// `str.rfind(sub, start=None, end=None, /)`
pub fn rfind_value(text: &str, sub: &Value, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    Ok(rfind(text, expect_text(sub, "must be str")?, start, end))
}

/// `str.index(sub, start=None, end=None, /)`
pub fn index(text: &str, sub: &str, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    found(find(text, sub, start, end))
}

/// `str.index(sub, start=None, end=None, /)`
pub fn index_value(text: &str, sub: &Value, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    found(find_value(text, sub, start, end)?)
}

/// `str.rindex(sub, start=None, end=None, /)`
pub fn rindex(text: &str, sub: &str, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    found(rfind(text, sub, start, end))
}

/// `str.rindex(sub, start=None, end=None, /)`
pub fn rindex_value(text: &str, sub: &Value, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    found(rfind_value(text, sub, start, end)?)
}

fn found(place: i64) -> Result<i64> {
    if place < 0 {
        return Err(error::value_error("substring not found"));
    }
    Ok(place)
}

/// `str.count(sub, start=None, end=None, /)`
pub fn count(text: &str, sub: &str, start: Option<i64>, end: Option<i64>) -> i64 {
    part(text, start, end).map_or(0, |(part, _)| part.matches(sub).count() as i64)
}

/// `str.count(sub, start=None, end=None, /)`
pub fn count_value(text: &str, sub: &Value, start: Option<i64>, end: Option<i64>) -> Result<i64> {
    Ok(count(text, expect_text(sub, "must be str")?, start, end))
}

/// `str.replace(old, new, count=-1, /)`
pub fn replace(text: &str, old: &str, new: &str, count: i64) -> String {
    match usize::try_from(count) {
        Ok(count) => text.replacen(old, new, count),
        Err(_) => text.replace(old, new),
    }
}

/// `str.replace(old, new, count=-1, /)`
pub fn replace_value(text: &str, old: &Value, new: &Value, count: i64) -> Result<String> {
    let old = expect_argument(old, "replace", "1")?;
    let new = expect_argument(new, "replace", "2")?;
    Ok(replace(text, old, new, count))
}

/// `str.startswith(prefix, start=None, end=None, /)`
pub fn startswith(text: &str, prefix: &str, start: Option<i64>, end: Option<i64>) -> bool {
    part(text, start, end).is_some_and(|(part, _)| part.starts_with(prefix))
}

/// `str.startswith(prefix, start=None, end=None, /)`
pub fn startswith_value(
    text: &str,
    prefix: &Value,
    start: Option<i64>,
    end: Option<i64>,
) -> Result<bool> {
    any_of(prefix, "startswith", |prefix| {
        startswith(text, prefix, start, end)
    })
}

/// `str.endswith(suffix, start=None, end=None, /)`
pub fn endswith(text: &str, suffix: &str, start: Option<i64>, end: Option<i64>) -> bool {
    part(text, start, end).is_some_and(|(part, _)| part.ends_with(suffix))
}

/// `str.endswith(suffix, start=None, end=None, /)`
pub fn endswith_value(
    text: &str,
    suffix: &Value,
    start: Option<i64>,
    end: Option<i64>,
) -> Result<bool> {
    any_of(suffix, "endswith", |suffix| {
        endswith(text, suffix, start, end)
    })
}

/// Whether a text, or one of a tuple's texts, fits.
fn any_of(wanted: &Value, method: &str, fits: impl Fn(&str) -> bool) -> Result<bool> {
    match wanted {
        Value::Str(wanted) => Ok(fits(wanted)),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => {
            let expected = format!("tuple for {method} must only contain str");
            for item in items.iter() {
                if fits(expect_text(item, &expected)?) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        other => {
            let name = other.type_name();
            let text = format!("{method} first arg must be str or a tuple of str, not {name}");
            Err(error::type_error(text))
        }
    }
}

/// `str.removeprefix(prefix, /)`
pub fn removeprefix(text: &str, prefix: &str) -> String {
    text.strip_prefix(prefix).unwrap_or(text).to_owned()
}

/// `str.removeprefix(prefix, /)`
pub fn removeprefix_value(text: &str, prefix: &Value) -> Result<String> {
    let prefix = prefix
        .as_str()
        .ok_or_else(|| not_str(prefix, "removeprefix"))?;
    Ok(removeprefix(text, prefix))
}

/// `str.removesuffix(suffix, /)`
pub fn removesuffix(text: &str, suffix: &str) -> String {
    text.strip_suffix(suffix).unwrap_or(text).to_owned()
}

/// `str.removesuffix(suffix, /)`
pub fn removesuffix_value(text: &str, suffix: &Value) -> Result<String> {
    let suffix = suffix
        .as_str()
        .ok_or_else(|| not_str(suffix, "removesuffix"))?;
    Ok(removesuffix(text, suffix))
}

fn not_str(value: &Value, method: &str) -> error::Error {
    let name = if value.is_none() {
        "None"
    } else {
        value.type_name()
    };
    error::type_error(format!("{method}() argument must be str, not {name}"))
}
