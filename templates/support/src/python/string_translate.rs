//! `str.translate` and the tables for it.

use super::dict::Dict;
use super::error::{self, Result};
use super::value::Value;

/// `str.translate(table, /)`
pub fn translate(text: &str, table: &Dict) -> Result<String> {
    let mut translated = String::with_capacity(text.len());
    for c in text.chars() {
        let code = Value::Int(i64::from(u32::from(c)));
        match table.look_up(&code)? {
            None => translated.push(c),
            Some(Value::None) => {}
            Some(Value::Str(other)) => translated.push_str(&other),
            Some(other) => translated.push_str(&character(&other)?),
        }
    }
    Ok(translated)
}

/// `str.translate(table, /)`
/// Tables that are no dicts are refused.
pub fn translate_value(text: &str, table: &Value) -> Result<String> {
    match table {
        Value::Dict(table) => translate(text, table),
        other => {
            let name = other.type_name();
            let what = format!("a table of translate that is a {name}");
            Err(error::untranslated(what))
        }
    }
}

fn character(code: &Value) -> Result<String> {
    let Some(code) = code.as_int() else {
        let text = "character mapping must return integer, None or str";
        return Err(error::type_error(text));
    };
    if !(0..0x11_0000).contains(&code) {
        let text = "character mapping must be in range(0x110000)";
        return Err(error::value_error(text));
    }
    super::builtins::chr(code)
}

/// `str.maketrans(x, /)`
pub fn maketrans(x: &Value) -> Result<Dict> {
    let Value::Dict(pairs) = x else {
        let text = "if you give only one argument to maketrans it must be a dict";
        return Err(error::type_error(text));
    };
    let table = Dict::new();
    for (key, value) in pairs.pairs() {
        let code = match &key {
            Value::Str(text) => code_of(text)?,
            key => key.as_int().ok_or_else(|| {
                let text = "keys in translate table must be strings or integers";
                error::type_error(text)
            })?,
        };
        table.insert(code, value);
    }
    Ok(table)
}

fn code_of(text: &str) -> Result<i64> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Ok(i64::from(u32::from(c))),
        _ => {
            let text = "string keys in translate table must be of length 1";
            Err(error::value_error(text))
        }
    }
}

/// `str.maketrans(x, y, z='', /)`
pub fn maketrans_of(x: &str, y: &str, z: &str) -> Result<Dict> {
    if x.chars().count() != y.chars().count() {
        let text = "the first two maketrans arguments must have equal length";
        return Err(error::value_error(text));
    }
    let code = |c: char| i64::from(u32::from(c));
    let table = Dict::new();
    for (from, to) in x.chars().zip(y.chars()) {
        table.insert(code(from), code(to));
    }
    for c in z.chars() {
        table.insert(code(c), Value::None);
    }
    Ok(table)
}
