//! Quoting and queries of Python's `urllib.parse`, in UTF-8.

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

/// Bytes with those escaped that are not safe.
fn quoted(bytes: &[u8], safe: &str) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        let c = char::from(*byte);
        let is_safe = c.is_ascii_alphanumeric() || "_.-~".contains(c);
        if is_safe || (c.is_ascii() && safe.contains(c)) {
            text.push(c);
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// `urllib.parse.quote(string, safe='/')`.
pub fn quote(string: &str, safe: &str) -> String {
    quoted(string.as_bytes(), safe)
}

/// `urllib.parse.quote(string, safe='/')`.
pub fn quote_bytes(string: &[u8], safe: &str) -> String {
    quoted(string, safe)
}

/// `urllib.parse.quote(string, safe='/')`.
pub fn quote_value(string: &Value, safe: &str) -> Result<String> {
    text_or_bytes(string).map(|bytes| quoted(bytes, safe))
}

fn text_or_bytes(value: &Value) -> Result<&[u8]> {
    match value {
        Value::Str(text) => Ok(text.as_bytes()),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(bytes),
        _ => Err(error::type_error("quote_from_bytes() expected bytes")),
    }
}

/// As `quote_plus` of bytes.
fn quoted_plus(bytes: &[u8], safe: &str) -> String {
    if !bytes.contains(&b' ') {
        return quoted(bytes, safe);
    }
    quoted(bytes, &format!("{safe} ")).replace(' ', "+")
}

/// `urllib.parse.quote_plus(string, safe='')`.
pub fn quote_plus(string: &str, safe: &str) -> String {
    quoted_plus(string.as_bytes(), safe)
}

/// `urllib.parse.quote_plus(string, safe='')`.
pub fn quote_plus_value(string: &Value, safe: &str) -> Result<String> {
    text_or_bytes(string).map(|bytes| quoted_plus(bytes, safe))
}

/// `urllib.parse.unquote_to_bytes(string)`.
pub fn unquote_to_bytes(string: &str) -> Vec<u8> {
    unquoted(string.as_bytes())
}

fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        let escaped = match (first, others) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => plain.push(high << 4 | low),
            None => plain.push(*first),
        }
        rest = &others[if escaped.is_some() { 2 } else { 0 }..];
    }
    plain
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16);
    digit.and_then(|digit| u8::try_from(digit).ok())
}

/// `urllib.parse.unquote(string)`.
pub fn unquote(string: &str) -> String {
    if !string.contains('%') {
        return string.to_owned();
    }
    // What is not ASCII ends a sequence of escapes.
    let mut text = String::with_capacity(string.len());
    let mut rest = string;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        let (ascii, others) = rest.split_at(end);
        text.push_str(&String::from_utf8_lossy(&unquoted(ascii.as_bytes())));
        let end = others.find(|c: char| c.is_ascii()).unwrap_or(others.len());
        text.push_str(&others[..end]);
        rest = &others[end..];
    }
    text
}

/// `urllib.parse.unquote(string)`.
pub fn unquote_value(string: &Value) -> Result<String> {
    match string {
        Value::Str(text) => Ok(unquote(text)),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(String::from_utf8_lossy(&unquoted(bytes)).into_owned()),
        other => {
            other.contains(&"%".into())?;
            Err(other.lacks("split"))
        }
    }
}

/// `urllib.parse.unquote_plus(string)`.
pub fn unquote_plus(string: &str) -> String {
    unquote(&string.replace('+', " "))
}

/// `urllib.parse.unquote_plus(string)`.
pub fn unquote_plus_value(string: &Value) -> Result<String> {
    Ok(unquote_plus(string.expect_str("replace")?))
}

/// A way to quote, as the functions of this module are when they are passed on.
pub struct Quoter(fn(&[u8], &str) -> String);

/// `urllib.parse.quote`
pub const QUOTE: Quoter = Quoter(quoted);
/// `urllib.parse.quote_plus`
pub const QUOTE_PLUS: Quoter = Quoter(quoted_plus);

/// `urllib.parse.urlencode(query, doseq=False, safe='')`.
pub fn urlencode(query: &Value, doseq: bool, safe: &str) -> Result<String> {
    urlencode_via(query, doseq, safe, &QUOTE_PLUS)
}

/// `urllib.parse.urlencode(query, doseq=False, safe='', *, quote_via)`.
pub fn urlencode_via(query: &Value, doseq: bool, safe: &str, quote_via: &Quoter) -> Result<String> {
    let part = |value: &Value| match value {
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => quote_via.0(bytes, safe),
        other => quote_via.0(other.to_string().as_bytes(), safe),
    };
    let mut parts = Vec::new();
    for (key, value) in pairs(query)? {
        let key = part(&key);
        let values = match value.type_name() {
            "list" | "tuple" | "set" | "dict" if doseq => value.iterate()?.collect(),
            _ => vec![value],
        };
        parts.extend(values.iter().map(|value| format!("{key}={}", part(value))));
    }
    Ok(parts.join("&"))
}

/// The members of a query.
fn pairs(query: &Value) -> Result<Vec<(Value, Value)>> {
    if let Value::Dict(members) = query {
        return Ok(members.pairs());
    }
    let items: Vec<Value> = match query.iterate() {
        Ok(items) if query.type_name() != "set" => items.collect(),
        _ => return Err(not_a_query()),
    };
    if items
        .first()
        .is_some_and(|first| first.type_name() != "tuple")
    {
        return Err(not_a_query());
    }
    let pairs = items.iter().map(|item| {
        let [key, value] = item.unpack()?;
        Ok((key, value))
    });
    pairs.collect()
}

fn not_a_query() -> Error {
    error::type_error("not a valid non-string sequence or mapping object")
}

/// The pairs of a query's text.
fn parsed(
    text: &str,
    keep_blank_values: bool,
    strict_parsing: bool,
    max_num_fields: Option<i64>,
    separator: &str,
) -> Result<Vec<(String, String)>> {
    if separator.is_empty() {
        let text = "Separator must be of type string or bytes.";
        return Err(error::value_error(text));
    }
    let fields: Vec<&str> = match text {
        "" => Vec::new(),
        text => text.split(separator).collect(),
    };
    if max_num_fields.is_some_and(|most| most < fields.len() as i64) {
        return Err(error::value_error("Max number of fields exceeded"));
    }
    let mut pairs = Vec::new();
    for field in fields {
        if field.is_empty() && !strict_parsing {
            continue;
        }
        let (name, value) = match field.split_once('=') {
            Some(pair) => pair,
            None if strict_parsing => {
                let shown = super::text::str_repr(field);
                return Err(error::value_error(format!("bad query field: {shown}")));
            }
            None => (field, ""),
        };
        if !value.is_empty() || keep_blank_values {
            pairs.push((unquote_plus(name), unquote_plus(value)));
        }
    }
    Ok(pairs)
}

/// `urllib.parse.parse_qsl(qs, keep_blank_values=False, strict_parsing=False, *, max_num_fields=None, separator='&')`.
#[cfg(feature = "tuple")]
pub fn parse_qsl(
    qs: &str,
    keep_blank_values: bool,
    strict_parsing: bool,
    max_num_fields: Option<i64>,
    separator: &str,
) -> Result<List> {
    let pairs = parsed(
        qs,
        keep_blank_values,
        strict_parsing,
        max_num_fields,
        separator,
    )?;
    Ok(pairs.into_iter().collect())
}

/// `urllib.parse.parse_qsl(qs, keep_blank_values=False, strict_parsing=False, *, max_num_fields=None, separator='&')`.
/// Bytes are refused.
#[cfg(feature = "tuple")]
pub fn parse_qsl_value(
    qs: &Value,
    keep_blank_values: bool,
    strict_parsing: bool,
    max_num_fields: Option<i64>,
    separator: &str,
) -> Result<List> {
    let qs = query_text(qs)?;
    parse_qsl(
        qs,
        keep_blank_values,
        strict_parsing,
        max_num_fields,
        separator,
    )
}

/// `urllib.parse.parse_qs(qs, keep_blank_values=False, strict_parsing=False, *, max_num_fields=None, separator='&')`.
pub fn parse_qs(
    qs: &str,
    keep_blank_values: bool,
    strict_parsing: bool,
    max_num_fields: Option<i64>,
    separator: &str,
) -> Result<Dict> {
    let found = Dict::new();
    for (name, value) in parsed(
        qs,
        keep_blank_values,
        strict_parsing,
        max_num_fields,
        separator,
    )? {
        match found.find(&name) {
            Some(Value::List(values)) => values.push(value),
            _ => found.insert(name, List::from(vec![value.into()])),
        }
    }
    Ok(found)
}

/// `urllib.parse.parse_qs(qs, keep_blank_values=False, strict_parsing=False, *, max_num_fields=None, separator='&')`.
/// Bytes are refused.
pub fn parse_qs_value(
    qs: &Value,
    keep_blank_values: bool,
    strict_parsing: bool,
    max_num_fields: Option<i64>,
    separator: &str,
) -> Result<Dict> {
    let qs = query_text(qs)?;
    parse_qs(
        qs,
        keep_blank_values,
        strict_parsing,
        max_num_fields,
        separator,
    )
}

/// The text of a query. What Python takes for false is an empty one.
fn query_text(qs: &Value) -> Result<&str> {
    match qs {
        Value::Str(text) => Ok(text),
        other if !other.is_true() => Ok(""),
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => Err(error::untranslated("a query that is bytes")),
        other => Err(other.lacks("decode")),
    }
}
