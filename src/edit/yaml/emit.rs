//! Plain values as YAML or JSON text.

use serde_yaml::value::Tag;
use serde_yaml::{Mapping, Number, Value};

use super::style::Style;
use crate::yaml::{Resolved, Scalar, ScalarStyle};

/// PyYAML takes no longer text as a key without `?`.
const MAX_KEY_CHARS: usize = 900;

/// A value in block style: what stands behind the key's colon or the dash, and the lines below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) inline: String,
    pub(super) lines: Vec<String>,
}

impl Written {
    fn inline(text: impl Into<String>) -> Self {
        Self {
            inline: text.into(),
            lines: Vec::new(),
        }
    }
}

/// Why a value cannot be written, as the end of a sentence.
pub(super) type Unwritable = String;

/// What holds the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Key,
    Dash,
}

/// Writes `value` for a key or dash that stands at `column`.
pub(super) fn block(
    value: &Value,
    column: usize,
    holder: Holder,
    style: &Style,
) -> Result<Written, Unwritable> {
    let (mapping_column, list_column) = match holder {
        Holder::Key => (column + style.step, column + style.dash_indent),
        Holder::Dash => (column + style.item_indent(), column + style.item_indent()),
    };
    match value {
        Value::Mapping(mapping) if !mapping.is_empty() => Ok(Written {
            inline: String::new(),
            lines: block_mapping(mapping, mapping_column, style)?,
        }),
        Value::Sequence(items) if !items.is_empty() => {
            let mut lines = Vec::new();
            for item in items {
                lines.extend(block_item(item, list_column, style)?);
            }
            Ok(Written {
                inline: String::new(),
                lines,
            })
        }
        Value::Tagged(tagged) => {
            let tag = tag(&tagged.tag)?;
            let inner = block_tagged(&tagged.value, column, holder, style)?;
            let space = if inner.inline.is_empty() { "" } else { " " };
            Ok(Written {
                inline: format!("{tag}{space}{}", inner.inline),
                lines: inner.lines,
            })
        }
        Value::String(text) => match literal(text).filter(|_| style.literal) {
            Some((header, content)) => Ok(Written {
                inline: header.to_owned(),
                lines: content
                    .map(|line| match line {
                        "" => String::new(),
                        line => format!("{}{line}", spaces(mapping_column)),
                    })
                    .collect(),
            }),
            None => scalar(value, false, style.quote).map(Written::inline),
        },
        other => flow(other, style.quote).map(Written::inline),
    }
}

fn block_tagged(
    value: &Value,
    column: usize,
    holder: Holder,
    style: &Style,
) -> Result<Written, Unwritable> {
    match value {
        Value::String(_) | Value::Mapping(_) | Value::Sequence(_) => {
            block(value, column, holder, style)
        }
        _ => Err("a tag needs text, a list or a mapping".to_owned()),
    }
}

/// The lines of an entry whose key stands at `column`.
pub(super) fn block_entry(
    key: &str,
    value: &Value,
    column: usize,
    style: &Style,
) -> Result<Vec<String>, Unwritable> {
    let key = key_text(key, style.quote)?;
    let written = block(value, column, Holder::Key, style)?;
    let space = if written.inline.is_empty() { "" } else { " " };
    let mut lines = vec![format!("{}{key}:{space}{}", spaces(column), written.inline)];
    lines.extend(written.lines);
    Ok(lines)
}

fn block_mapping(
    mapping: &Mapping,
    column: usize,
    style: &Style,
) -> Result<Vec<String>, Unwritable> {
    let mut lines = Vec::new();
    for (key, value) in mapping {
        lines.extend(block_entry(string_key(key)?, value, column, style)?);
    }
    Ok(lines)
}

/// The lines of a list item whose dash stands at `column`.
pub(super) fn block_item(
    value: &Value,
    column: usize,
    style: &Style,
) -> Result<Vec<String>, Unwritable> {
    let written = block(value, column, Holder::Dash, style)?;
    let dash = format!("{}-{}", spaces(column), spaces(style.dash_gap));
    let mut lines = written.lines.into_iter();
    let first = if written.inline.is_empty() {
        let below = lines.next().unwrap_or_default();
        format!("{dash}{}", below.trim_start_matches(' '))
    } else {
        format!("{dash}{}", written.inline)
    };
    let mut all = vec![first];
    all.extend(lines);
    Ok(all)
}

pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// Writes a value on one line, for use within brackets or behind a key.
pub(super) fn flow(value: &Value, quote: char) -> Result<String, Unwritable> {
    match value {
        Value::Sequence(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| flow(item, quote)).collect();
            Ok(format!("[{}]", items?.join(", ")))
        }
        Value::Mapping(mapping) => {
            let entries: Result<Vec<_>, Unwritable> = mapping
                .iter()
                .map(|(key, value)| {
                    let key = flow_key(string_key(key)?, quote)?;
                    Ok(format!("{key}: {}", flow(value, quote)?))
                })
                .collect();
            Ok(format!("{{{}}}", entries?.join(", ")))
        }
        Value::Tagged(tagged) => {
            let tag = tag(&tagged.tag)?;
            match &tagged.value {
                Value::String(_) | Value::Mapping(_) | Value::Sequence(_) => {
                    Ok(format!("{tag} {}", flow(&tagged.value, quote)?))
                }
                _ => Err("a tag needs text, a list or a mapping".to_owned()),
            }
        }
        other => scalar(other, true, quote),
    }
}

fn string_key(key: &Value) -> Result<&str, Unwritable> {
    key.as_str()
        .filter(|_| key.is_string())
        .ok_or_else(|| "a mapping's keys must be strings".to_owned())
}

/// A key of a block mapping.
pub(super) fn key_text(key: &str, quote: char) -> Result<String, Unwritable> {
    written_key(key, false, quote)
}

/// A key of a flow mapping.
pub(super) fn flow_key(key: &str, quote: char) -> Result<String, Unwritable> {
    written_key(key, true, quote)
}

fn written_key(key: &str, in_flow: bool, quote: char) -> Result<String, Unwritable> {
    if key.chars().count() > MAX_KEY_CHARS {
        return Err(format!("a key may have at most {MAX_KEY_CHARS} characters"));
    }
    Ok(string(key, in_flow, quote))
}

fn tag(tag: &Tag) -> Result<String, Unwritable> {
    let name = tag.to_string();
    let body = name.trim_start_matches('!');
    let fits = body
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.'));
    if fits && name.starts_with('!') && !body.is_empty() {
        Ok(name)
    } else {
        Err(format!("`{name}` is not a short tag"))
    }
}

/// Writes a scalar, plain where that reads the same.
pub(super) fn scalar(value: &Value, in_flow: bool, quote: char) -> Result<String, Unwritable> {
    match value {
        Value::Null => Ok("null".to_owned()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number_text(number)),
        Value::String(text) => Ok(string(text, in_flow, quote)),
        _ => Err("it is not a scalar".to_owned()),
    }
}

fn number_text(number: &Number) -> String {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else {
        return number.to_string();
    };
    if float.is_nan() {
        return ".nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    // YAML 1.1 wants a dot in the mantissa and a sign in the exponent.
    let text = format!("{float:?}");
    match text.split_once('e') {
        None => text,
        Some((mantissa, exponent)) => {
            let dot = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{dot}e{sign}{exponent}")
        }
    }
}

/// Writes a string, quoted where it must be.
pub(super) fn string(text: &str, in_flow: bool, quote: char) -> String {
    if is_plain(text, in_flow) {
        text.to_owned()
    } else {
        quoted(text, quote)
    }
}

/// Writes a string in quotes; those that need escapes get double ones.
pub(super) fn quoted(text: &str, quote: char) -> String {
    if quote == '\'' && text.chars().all(is_shown) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut escaped = String::with_capacity(text.len() + 2);
    escaped.push('"');
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if is_shown(c) => escaped.push(c),
            c if u32::from(c) <= 0xff => escaped.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    escaped.push('"');
    escaped
}

/// Characters that YAML takes as they are, line breaks and tabs apart.
fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether a string, written bare, reads as itself in YAML 1.1 and 1.2 alike.
pub(super) fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let starts_well = first.is_alphanumeric() || matches!(first, '_' | '/' | '.' | '$' | '(');
    if !starts_well || text.ends_with([' ', ':']) || !text.chars().all(is_shown) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.starts_with("...") {
        return false;
    }
    let in_brackets = |c| matches!(c, ',' | '[' | ']' | '{' | '}' | '?' | ':');
    if in_flow && text.contains(in_brackets) && !is_colon_name(text) {
        return false;
    }
    !reads_as_other(text)
}

/// `AWS::Region`, `arn:aws:x`: colons, each followed by more of a name.
fn is_colon_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '/' | '.'))
}

/// Whether some reader takes the text for a number, boolean, null, date or merge key.
fn reads_as_other(text: &str) -> bool {
    let plain = Scalar {
        text: text.to_owned(),
        style: ScalarStyle::Plain,
    };
    if !matches!(plain.resolved(), Resolved::Str(_)) {
        return true;
    }
    if text.starts_with(|c: char| c.is_numeric() || c == '.') {
        let number_like = |c: char| {
            c.is_numeric() || matches!(c, '.' | '_' | ':' | '-' | '+' | 'e' | 'E' | 'x' | 'o' | 'b')
        };
        let date_like = text
            .get(..4)
            .is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        return text.chars().all(number_like) || date_like || text.parse::<f64>().is_ok();
    }
    matches!(
        text.to_ascii_lowercase().as_str(),
        "y" | "n"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "true"
            | "false"
            | "null"
            | "nan"
            | "inf"
            | "infinity"
    )
}

/// The header and lines of a `|` block, where the text has several lines that it can hold.
fn literal(text: &str) -> Option<(&'static str, std::str::Lines<'_>)> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let starts_well = !body.starts_with([' ', '\t', '\n', '#']);
    let fits = |line: &str| line.chars().all(is_shown) && !line.ends_with(' ');
    if !body.contains('\n') || body.ends_with('\n') || !starts_well || !body.split('\n').all(fits) {
        return None;
    }
    let header = if body.len() < text.len() { "|" } else { "|-" };
    Some((header, body.lines()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_where_another_meaning_lurks() {
        for bare in [
            "python3.13",
            "bootstrap",
            "AWS::Region",
            "src/app",
            "arn:aws:s3",
            "a#b",
        ] {
            assert!(is_plain(bare, true), "{bare}");
        }
        for quoted in [
            "",
            "yes",
            "Y",
            "3.10",
            "010",
            "1:30",
            "2012-10-17",
            "a: b",
            "a #b",
            " a",
            "a ",
            "- a",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "key:",
            "...",
            "null",
            "1e3",
            "0x1F",
            "=",
            "<<",
            "a\nb",
            "\u{7f}",
            "\u{85}",
        ] {
            assert!(!is_plain(quoted, false), "{quoted:?}");
        }
        assert!(is_plain("a, b", false));
        assert!(!is_plain("a, b", true));
        assert!(!is_plain("{a}", false));
    }

    #[test]
    fn floats_read_back_under_yaml_1_1() {
        for value in [
            1.0,
            -0.5,
            1e21,
            1.5e-9,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::INFINITY,
        ] {
            let text = number_text(&Number::from(value));
            let scalar = Scalar {
                text: text.clone(),
                style: ScalarStyle::Plain,
            };
            assert_eq!(scalar.resolved(), Resolved::Float(value), "{text}");
        }
    }
}
