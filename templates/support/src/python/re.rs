//! Python's `re`, of texts. Patterns and templates that are wrong are refused, as are patterns that
//! Rust has no words for. Letters are those of a newer Unicode than Python 3.11's.

use std::cell::RefCell;
use std::collections::HashMap;

use super::error::{self, Class, EXCEPTION, Result};
use super::list::List;
use super::re_match::Match;
use super::re_pattern::{self, Pattern};
pub use super::re_syntax::{ASCII, DOTALL, IGNORECASE, MULTILINE, UNICODE, VERBOSE};
use super::value::Value;

/// `re.error`
pub static ERROR: Class = Class::new("error", &[&EXCEPTION]);

/// `re.I`
pub const I: i64 = IGNORECASE;
/// `re.M`
pub const M: i64 = MULTILINE;
/// `re.S`
pub const S: i64 = DOTALL;
/// `re.X`
pub const X: i64 = VERBOSE;
/// `re.A`
pub const A: i64 = ASCII;
/// `re.U`
pub const U: i64 = UNICODE;

thread_local! {
    /// The patterns that were compiled.
    static KNOWN: RefCell<HashMap<(String, i64), Pattern>> = RefCell::default();
}

/// How many patterns are kept.
const MOST_KNOWN: usize = 512;

/// `re.compile(pattern, flags=0)`.
pub fn compile(pattern: &str, flags: i64) -> Result<Pattern> {
    let key = (pattern.to_owned(), flags);
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return Ok(known);
    }
    let compiled = Pattern::new(pattern, flags)?;
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, compiled.clone());
    });
    Ok(compiled)
}

/// `re.compile(pattern, flags=0)`.
/// Patterns that are bytes are refused.
pub fn compile_value(pattern: &Value, flags: i64) -> Result<Pattern> {
    match pattern {
        Value::Str(pattern) => compile(pattern, flags),
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => Err(error::untranslated("a pattern of bytes")),
        #[cfg(feature = "object")]
        Value::Object(_) => Err(error::untranslated("a pattern of an unknown type")),
        other if matches!(other.type_name(), "list" | "dict" | "set") => {
            let name = other.type_name();
            Err(error::type_error(format!("unhashable type: '{name}'")))
        }
        _ => Err(error::type_error(
            "first argument must be string or compiled pattern",
        )),
    }
}

/// `re.escape(pattern)`.
pub fn escape(pattern: &str) -> String {
    let mut escaped = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// `re.purge()`.
pub fn purge() {
    KNOWN.with_borrow_mut(HashMap::clear);
}

/// `re.match(pattern, string, flags=0)`.
pub fn match_start(pattern: &str, string: &str, flags: i64) -> Result<Option<Match>> {
    re_pattern::match_start(&compile(pattern, flags)?, string)
}

/// `re.match(pattern, string, flags=0)`.
pub fn match_start_value(pattern: &str, string: &Value, flags: i64) -> Result<Option<Match>> {
    re_pattern::match_start_value(&compile(pattern, flags)?, string)
}

/// `re.match(pattern, string)`.
pub fn match_start_compiled(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    re_pattern::match_start_value(pattern, string)
}

/// `re.fullmatch(pattern, string, flags=0)`.
pub fn fullmatch(pattern: &str, string: &str, flags: i64) -> Result<Option<Match>> {
    re_pattern::fullmatch(&compile(pattern, flags)?, string)
}

/// `re.fullmatch(pattern, string, flags=0)`.
pub fn fullmatch_value(pattern: &str, string: &Value, flags: i64) -> Result<Option<Match>> {
    re_pattern::fullmatch_value(&compile(pattern, flags)?, string)
}

/// `re.fullmatch(pattern, string)`.
pub fn fullmatch_compiled(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    re_pattern::fullmatch_value(pattern, string)
}

/// `re.search(pattern, string, flags=0)`.
pub fn search(pattern: &str, string: &str, flags: i64) -> Result<Option<Match>> {
    re_pattern::search(&compile(pattern, flags)?, string)
}

/// `re.search(pattern, string, flags=0)`.
pub fn search_value(pattern: &str, string: &Value, flags: i64) -> Result<Option<Match>> {
    re_pattern::search_value(&compile(pattern, flags)?, string)
}

/// `re.search(pattern, string)`.
pub fn search_compiled(pattern: &Pattern, string: &Value) -> Result<Option<Match>> {
    re_pattern::search_value(pattern, string)
}

/// `re.finditer(pattern, string, flags=0)`.
pub fn finditer(pattern: &str, string: &str, flags: i64) -> Result<Vec<Match>> {
    re_pattern::finditer(&compile(pattern, flags)?, string)
}

/// `re.finditer(pattern, string, flags=0)`.
pub fn finditer_value(pattern: &str, string: &Value, flags: i64) -> Result<Vec<Match>> {
    re_pattern::finditer_value(&compile(pattern, flags)?, string)
}

/// `re.finditer(pattern, string)`.
pub fn finditer_compiled(pattern: &Pattern, string: &Value) -> Result<Vec<Match>> {
    re_pattern::finditer_value(pattern, string)
}

/// `re.findall(pattern, string, flags=0)`.
#[cfg(feature = "tuple")]
pub fn findall(pattern: &str, string: &str, flags: i64) -> Result<List> {
    re_pattern::findall(&compile(pattern, flags)?, string)
}

/// `re.findall(pattern, string, flags=0)`.
#[cfg(feature = "tuple")]
pub fn findall_value(pattern: &str, string: &Value, flags: i64) -> Result<List> {
    re_pattern::findall_value(&compile(pattern, flags)?, string)
}

/// `re.findall(pattern, string)`.
#[cfg(feature = "tuple")]
pub fn findall_compiled(pattern: &Pattern, string: &Value) -> Result<List> {
    re_pattern::findall_value(pattern, string)
}

/// `re.split(pattern, string, maxsplit=0, flags=0)`.
pub fn split(pattern: &str, string: &str, maxsplit: i64, flags: i64) -> Result<List> {
    re_pattern::split(&compile(pattern, flags)?, string, maxsplit)
}

/// `re.split(pattern, string, maxsplit=0, flags=0)`.
pub fn split_value(pattern: &str, string: &Value, maxsplit: i64, flags: i64) -> Result<List> {
    re_pattern::split_value(&compile(pattern, flags)?, string, maxsplit)
}

/// `re.split(pattern, string, maxsplit=0)`.
pub fn split_compiled(pattern: &Pattern, string: &Value, maxsplit: i64) -> Result<List> {
    re_pattern::split_value(pattern, string, maxsplit)
}

/// `re.sub(pattern, repl, string, count=0, flags=0)`.
pub fn sub(pattern: &str, repl: &str, string: &str, count: i64, flags: i64) -> Result<String> {
    re_pattern::sub(&compile(pattern, flags)?, repl, string, count)
}

/// `re.sub(pattern, repl, string, count=0, flags=0)`.
pub fn sub_value(
    pattern: &str,
    repl: &str,
    string: &Value,
    count: i64,
    flags: i64,
) -> Result<String> {
    re_pattern::sub_value(&compile(pattern, flags)?, repl, string, count)
}

/// `re.sub(pattern, repl, string, count=0)`.
pub fn sub_compiled(pattern: &Pattern, repl: &str, string: &Value, count: i64) -> Result<String> {
    re_pattern::sub_value(pattern, repl, string, count)
}

/// `re.subn(pattern, repl, string, count=0, flags=0)`.
pub fn subn(
    pattern: &str,
    repl: &str,
    string: &str,
    count: i64,
    flags: i64,
) -> Result<(String, i64)> {
    re_pattern::subn(&compile(pattern, flags)?, repl, string, count)
}

/// `re.subn(pattern, repl, string, count=0, flags=0)`.
pub fn subn_value(
    pattern: &str,
    repl: &str,
    string: &Value,
    count: i64,
    flags: i64,
) -> Result<(String, i64)> {
    re_pattern::subn_value(&compile(pattern, flags)?, repl, string, count)
}

/// `re.subn(pattern, repl, string, count=0)`.
pub fn subn_compiled(
    pattern: &Pattern,
    repl: &str,
    string: &Value,
    count: i64,
) -> Result<(String, i64)> {
    re_pattern::subn_value(pattern, repl, string, count)
}

/// `re.sub(pattern, repl, string, count=0, flags=0)`.
pub fn sub_by(
    pattern: &str,
    repl: impl FnMut(Match) -> Result<Value>,
    string: &str,
    count: i64,
    flags: i64,
) -> Result<String> {
    re_pattern::sub_by(&compile(pattern, flags)?, repl, string, count)
}

/// `re.sub(pattern, repl, string, count=0, flags=0)`.
pub fn sub_by_value(
    pattern: &str,
    repl: impl FnMut(Match) -> Result<Value>,
    string: &Value,
    count: i64,
    flags: i64,
) -> Result<String> {
    re_pattern::sub_by_value(&compile(pattern, flags)?, repl, string, count)
}

/// `re.sub(pattern, repl, string, count=0)`.
pub fn sub_by_compiled(
    pattern: &Pattern,
    repl: impl FnMut(Match) -> Result<Value>,
    string: &Value,
    count: i64,
) -> Result<String> {
    re_pattern::sub_by_value(pattern, repl, string, count)
}

#[cfg(all(test, feature = "object"))]
mod tests {
    use super::*;
    use crate::python::re_match;

    fn raised<T: std::fmt::Debug>(result: Result<T>) -> String {
        match result {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn functions_replace_what_is_found() -> Result<()> {
        let upper = |found: Match| Ok(re_match::group(&found).to_uppercase().into());
        assert_eq!(sub_by("b+", upper, "abbcb", 1, 0)?, "aBBcb");
        assert_eq!(sub_by("b", |_| Ok(Value::None), "abc", 0, 0)?, "ac");
        let failing = |_| Err(error::value_error("x"));
        assert_eq!(raised(sub_by("b", failing, "abc", 0, 0)), "ValueError: x");
        assert_eq!(subn("b", "-", "abcb", 0, 0)?, ("a-c-".to_owned(), 2));
        Ok(())
    }

    #[test]
    fn matches_tell_what_was_found() -> Result<()> {
        let pattern = compile("(?P<x>b)(c)?", 0)?;
        let Some(found) = re_pattern::search(&pattern, "éb")? else {
            return Err(error::value_error("nothing found"));
        };
        assert_eq!(re_match::group(&found), "b");
        assert_eq!(re_match::group_at(&found, 2)?, None);
        assert_eq!(re_match::group_named(&found, "x")?, Some("b".to_owned()));
        assert_eq!(re_match::span_value(&found, &"x".into())?, (1, 2));
        assert_eq!(re_match::start(&found, 2)?, -1);
        assert_eq!(re_match::expand(&found, r"<\g<x>>\2")?, "<b>");
        let group = raised(re_match::group_at(&found, 3));
        assert_eq!(group, "IndexError: no such group");
        let group = raised(re_match::group_named(&found, "y"));
        assert_eq!(group, "IndexError: no such group");
        let shown = "<re.Match object; span=(1, 2), match='b'>";
        assert_eq!(Value::from(found).to_string(), shown);
        let all = re_pattern::finditer(&pattern, "bcb")?;
        assert_eq!(
            all.iter().map(re_match::group).collect::<Vec<_>>(),
            ["bc", "b"]
        );
        Ok(())
    }

    #[test]
    fn other_types_raise() {
        assert_eq!(
            raised(search_value("a", &Value::None, 0)),
            "TypeError: expected string or bytes-like object, got 'NoneType'"
        );
        assert_eq!(
            raised(compile_value(&5.into(), 0)),
            "TypeError: first argument must be string or compiled pattern"
        );
    }
}
