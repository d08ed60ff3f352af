//! Methods of `str` that take it apart and put it together.

use super::error::{self, Result};
use super::list::List;
use super::string::expect_text;
use super::string_kind::is_space;
use super::value::Value;

/// `str.split(sep=None, maxsplit=-1)`
pub fn split(text: &str, sep: Option<&str>, maxsplit: i64) -> Result<List> {
    let most = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    match sep {
        None => Ok(words(text, most).into_iter().collect()),
        Some("") => Err(error::value_error("empty separator")),
        Some(sep) => Ok(text.splitn(most.saturating_add(1), sep).collect()),
    }
}

/// `str.split(sep=None, maxsplit=-1)`
pub fn split_value(text: &str, sep: &Value, maxsplit: i64) -> Result<List> {
    split(text, separator(sep)?, maxsplit)
}

/// `str.rsplit(sep=None, maxsplit=-1)`
pub fn rsplit(text: &str, sep: Option<&str>, maxsplit: i64) -> Result<List> {
    let most = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    let mut parts: Vec<&str> = match sep {
        None => words_from_end(text, most),
        Some("") => return Err(error::value_error("empty separator")),
        Some(sep) => text.rsplitn(most.saturating_add(1), sep).collect(),
    };
    parts.reverse();
    Ok(parts.into_iter().collect())
}

/// `str.rsplit(sep=None, maxsplit=-1)`
pub fn rsplit_value(text: &str, sep: &Value, maxsplit: i64) -> Result<List> {
    rsplit(text, separator(sep)?, maxsplit)
}

fn separator(sep: &Value) -> Result<Option<&str>> {
    if sep.is_none() {
        return Ok(None);
    }
    expect_text(sep, "must be str or None").map(Some)
}

/// What stands between white space; the last part is the rest after so many splits.
fn words(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let end = rest.find(is_space).unwrap_or(rest.len());
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        let (word, after) = rest.split_at(end);
        parts.push(word);
        rest = after.trim_start_matches(is_space);
    }
    parts
}

/// The same from the end, last part first.
fn words_from_end(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        let word = rest.rsplit(is_space).next().unwrap_or(rest);
        parts.push(word);
        rest = rest[..rest.len() - word.len()].trim_end_matches(is_space);
    }
    parts
}

/// `str.splitlines(keepends=False)`
pub fn splitlines(text: &str, keepends: bool) -> List {
    lines(text, keepends).into_iter().collect()
}

/// The lines of a text, with what ends them or without.
pub fn lines(text: &str, keepends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(end) = rest.find(is_line_end) else {
            lines.push(rest);
            break;
        };
        let width = if rest[end..].starts_with("\r\n") {
            2
        } else {
            rest[end..].chars().next().map_or(1, char::len_utf8)
        };
        lines.push(&rest[..if keepends { end + width } else { end }]);
        rest = &rest[end + width..];
    }
    lines
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `str.partition(sep, /)`
pub fn partition(text: &str, sep: &str) -> Result<(String, String, String)> {
    if sep.is_empty() {
        return Err(error::value_error("empty separator"));
    }
    Ok(match text.split_once(sep) {
        Some((before, after)) => (before.to_owned(), sep.to_owned(), after.to_owned()),
        None => (text.to_owned(), String::new(), String::new()),
    })
}

/// `str.partition(sep, /)`
pub fn partition_value(text: &str, sep: &Value) -> Result<(String, String, String)> {
    partition(text, expect_text(sep, "must be str")?)
}

/// `str.rpartition(sep, /)`
pub fn rpartition(text: &str, sep: &str) -> Result<(String, String, String)> {
    if sep.is_empty() {
        return Err(error::value_error("empty separator"));
    }
    Ok(match text.rsplit_once(sep) {
        Some((before, after)) => (before.to_owned(), sep.to_owned(), after.to_owned()),
        None => (String::new(), String::new(), text.to_owned()),
    })
}

/// `str.rpartition(sep, /)`
pub fn rpartition_value(text: &str, sep: &Value) -> Result<(String, String, String)> {
    rpartition(text, expect_text(sep, "must be str")?)
}

/// `str.join(iterable, /)`
pub fn join(text: &str, iterable: &List) -> Result<String> {
    join_items(text, iterable)
}

/// `str.join(iterable, /)`
pub fn join_value(text: &str, iterable: &Value) -> Result<String> {
    match iterable.iterate() {
        Ok(items) => join_items(text, items),
        Err(error) if error.is(&error::TYPE_ERROR) => {
            Err(error::type_error("can only join an iterable"))
        }
        Err(error) => Err(error),
    }
}

fn join_items(text: &str, iterable: impl IntoIterator<Item = Value>) -> Result<String> {
    let mut joined = String::new();
    for (at, item) in iterable.into_iter().enumerate() {
        let Some(part) = item.as_str() else {
            let name = item.type_name();
            return Err(error::type_error(format!(
                "sequence item {at}: expected str instance, {name} found"
            )));
        };
        if at > 0 {
            joined.push_str(text);
        }
        joined.push_str(part);
    }
    Ok(joined)
}
