//! Methods of `str` that take off what stands around it, or fill it up to a width.

use super::error::{self, Result};
use super::numbers::index;
use super::string::expect_text;
use super::string_kind::is_space;
use super::value::Value;

/// `str.strip(chars=None, /)`
pub fn strip(text: &str, chars: Option<&str>) -> String {
    match chars {
        None => text.trim_matches(is_space).to_owned(),
        Some(chars) => text.trim_matches(|c| chars.contains(c)).to_owned(),
    }
}

/// `str.strip(chars=None, /)`
pub fn strip_value(text: &str, chars: &Value) -> Result<String> {
    Ok(strip(text, characters(chars, "strip")?))
}

/// `str.lstrip(chars=None, /)`
pub fn lstrip(text: &str, chars: Option<&str>) -> String {
    match chars {
        None => text.trim_start_matches(is_space).to_owned(),
        Some(chars) => text.trim_start_matches(|c| chars.contains(c)).to_owned(),
    }
}

/// `str.lstrip(chars=None, /)`
pub fn lstrip_value(text: &str, chars: &Value) -> Result<String> {
    Ok(lstrip(text, characters(chars, "lstrip")?))
}

/// `str.rstrip(chars=None, /)`
pub fn rstrip(text: &str, chars: Option<&str>) -> String {
    match chars {
        None => text.trim_end_matches(is_space).to_owned(),
        Some(chars) => text.trim_end_matches(|c| chars.contains(c)).to_owned(),
    }
}

/// `str.rstrip(chars=None, /)`
pub fn rstrip_value(text: &str, chars: &Value) -> Result<String> {
    Ok(rstrip(text, characters(chars, "rstrip")?))
}

fn characters<'a>(chars: &'a Value, method: &str) -> Result<Option<&'a str>> {
    match chars {
        Value::None => Ok(None),
        Value::Str(chars) => Ok(Some(chars)),
        _ => Err(error::type_error(format!(
            "{method} arg must be None or str"
        ))),
    }
}

/// `str.ljust(width, fillchar=' ', /)`
pub fn ljust(text: &str, width: i64, fillchar: &str) -> Result<String> {
    let fill = fill_character(fillchar)?;
    Ok(filled(text, 0, missing(text, width), fill))
}

/// `str.rjust(width, fillchar=' ', /)`
pub fn rjust(text: &str, width: i64, fillchar: &str) -> Result<String> {
    let fill = fill_character(fillchar)?;
    Ok(filled(text, missing(text, width), 0, fill))
}

/// `str.center(width, fillchar=' ', /)`
pub fn center(text: &str, width: i64, fillchar: &str) -> Result<String> {
    let fill = fill_character(fillchar)?;
    let missing = missing(text, width);
    let before = missing / 2 + (missing & 1 & usize::try_from(width).unwrap_or(0));
    Ok(filled(text, before, missing - before, fill))
}

/// `str.ljust(width, fillchar=' ', /)`
pub fn ljust_value(text: &str, width: &Value, fillchar: &Value) -> Result<String> {
    ljust(text, index(width)?, fill_text(fillchar)?)
}

/// `str.rjust(width, fillchar=' ', /)`
pub fn rjust_value(text: &str, width: &Value, fillchar: &Value) -> Result<String> {
    rjust(text, index(width)?, fill_text(fillchar)?)
}

/// `str.center(width, fillchar=' ', /)`
pub fn center_value(text: &str, width: &Value, fillchar: &Value) -> Result<String> {
    center(text, index(width)?, fill_text(fillchar)?)
}

/// `str.zfill(width, /)`
pub fn zfill(text: &str, width: i64) -> String {
    let sign = usize::from(text.starts_with(['+', '-']));
    let (sign, digits) = text.split_at(sign);
    let zeros = "0".repeat(missing(text, width));
    format!("{sign}{zeros}{digits}")
}

/// `str.zfill(width, /)`
pub fn zfill_value(text: &str, width: &Value) -> Result<String> {
    Ok(zfill(text, index(width)?))
}

fn fill_text(fillchar: &Value) -> Result<&str> {
    expect_text(fillchar, "The fill character must be a unicode character")
}

fn fill_character(fillchar: &str) -> Result<char> {
    let mut characters = fillchar.chars();
    match (characters.next(), characters.next()) {
        (Some(fill), None) => Ok(fill),
        _ => Err(error::type_error(
            "The fill character must be exactly one character long",
        )),
    }
}

/// How many characters a text lacks of a width.
fn missing(text: &str, width: i64) -> usize {
    let width = usize::try_from(width).unwrap_or(0);
    width.saturating_sub(text.chars().count())
}

fn filled(text: &str, before: usize, after: usize, fill: char) -> String {
    let fill = |count| std::iter::repeat_n(fill, count);
    fill(before)
        .chain(text.chars())
        .chain(fill(after))
        .collect()
}

/// `str.expandtabs(tabsize=8)`
pub fn expandtabs(text: &str, tabsize: i64) -> String {
    let size = usize::try_from(tabsize).unwrap_or(0);
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                expanded.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\t' => {}
            c => {
                expanded.push(c);
                column = if matches!(c, '\n' | '\r') {
                    0
                } else {
                    column + 1
                };
            }
        }
    }
    expanded
}
