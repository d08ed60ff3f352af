//! `int()` and `float()` of texts.

use super::error::{self, Error, Result};
use super::ops::beyond_64_bits;
use super::string_kind::decimal_value;
use super::text::str_repr;

/// `int(x, /, base=10)`
/// Numbers beyond 64 bits are refused.
pub fn int(x: &str, base: i64) -> Result<i64> {
    if base != 0 && !(2..=36).contains(&base) {
        let text = "int() base must be >= 2 and <= 36, or 0";
        return Err(error::value_error(text));
    }
    let invalid = || invalid_int(&str_repr(x), base);
    parse_int(&plain(x), base).unwrap_or_else(|| Err(invalid()))
}

/// What `int()` raises of a text that is no number.
pub fn invalid_int(shown: &str, base: i64) -> Error {
    let shown: String = shown.chars().take(200).collect();
    error::value_error(format!(
        "invalid literal for int() with base {base}: {shown}"
    ))
}

/// `float(x, /)`
pub fn float(x: &str) -> Result<f64> {
    let text = plain(x);
    let number = without_underscores(&text).and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| {
        let shown = str_repr(x);
        error::value_error(format!("could not convert string to float: {shown}"))
    })
}

/// A text without white space around it, and with the digits of all scripts as those of ASCII.
fn plain(text: &str) -> String {
    let digit = |c| decimal_value(c).and_then(|value| char::from_digit(value, 10));
    let characters = text.trim().chars();
    characters.map(|c| digit(c).unwrap_or(c)).collect()
}

/// The number, nothing where it is none, or an error where it has no room.
fn parse_int(text: &str, base: i64) -> Option<Result<i64>> {
    let (is_negative, unsigned) = match text.strip_prefix(['+', '-']) {
        Some(unsigned) => (text.starts_with('-'), unsigned),
        None => (false, text),
    };
    let (base, digits, is_prefixed) = prefixed(unsigned, base);
    let digits = match digits.strip_prefix('_') {
        Some(rest) if is_prefixed => rest,
        _ => digits,
    };
    let has_gaps = digits.starts_with('_') || digits.ends_with('_') || digits.contains("__");
    let digits = digits.replace('_', "");
    let radix = if base == 0 { 10 } else { base };
    if has_gaps || digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    if base == 0 && digits.starts_with('0') && digits.contains(|c| c != '0') {
        return None;
    }
    let signed = if is_negative { "-" } else { "" }.to_owned() + &digits;
    Some(i64::from_str_radix(&signed, radix).map_err(|_| beyond_64_bits()))
}

/// The base that a prefix gives or confirms, what follows it, and whether there was one.
fn prefixed(text: &str, base: i64) -> (u32, &str, bool) {
    let prefixes = [("0x", "0X", 16), ("0o", "0O", 8), ("0b", "0B", 2)];
    for (small, large, meant) in prefixes {
        let rest = text
            .strip_prefix(small)
            .or_else(|| text.strip_prefix(large));
        if let Some(rest) = rest
            && (base == 0 || base == i64::from(meant))
        {
            return (meant, rest, true);
        }
    }
    (u32::try_from(base).unwrap_or(0), text, false)
}

/// A text without the underscores that stand between digits; nothing where one stands elsewhere.
fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let places = text.match_indices('_').map(|(at, _)| at);
    for at in places {
        if !is_digit(at.checked_sub(1)) || !is_digit(at.checked_add(1)) {
            return None;
        }
    }
    Some(text.replace('_', ""))
}
