//! Python's `os.environ` and `os.getenv`.
//!
//! What the program sets is seen by the program, not by its libraries, which ask the process.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

thread_local! {
    /// The variables of the process at the start, and what the program made of them. Those that
    /// are not UTF-8, which Lambda does not have, are left out.
    static VARIABLES: RefCell<IndexMap<String, String>> = RefCell::new(
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
    );
}

/// The value of a variable.
pub fn find(name: &str) -> Option<String> {
    VARIABLES.with_borrow(|variables| variables.get(name).cloned())
}

/// Sets a variable, or takes it away.
pub fn put(name: &str, value: Option<&str>) {
    VARIABLES.with_borrow_mut(|variables| match value {
        Some(value) => {
            variables.insert(name.to_owned(), value.to_owned());
        }
        None => {
            variables.shift_remove(name);
        }
    });
}

/// `os.environ.__getitem__(key)`.
pub fn item(key: &str) -> Result<String> {
    find(key).ok_or_else(|| error::key_error(&key.into()))
}

/// `os.environ.__getitem__(key)`.
pub fn item_value(key: &Value) -> Result<String> {
    item(text(key)?)
}

/// A name or value of a variable.
fn text(value: &Value) -> Result<&str> {
    value.as_str().ok_or_else(|| match value.type_name() {
        "bytes" => error::untranslated("variables whose names or values are bytes"),
        name => error::type_error(format!("str expected, not {name}")),
    })
}

/// `os.environ.get(key)`.
pub fn get(key: &str) -> Option<String> {
    find(key)
}

/// `os.environ.get(key, default)`.
pub fn get_or(key: &str, default: &str) -> String {
    find(key).unwrap_or_else(|| default.to_owned())
}

/// `os.environ.get(key, default=None)`.
pub fn get_value(key: &Value, default: Value) -> Result<Value> {
    Ok(find(text(key)?).map_or(default, Value::Str))
}

/// `os.getenv(key)`.
pub fn getenv(key: &str) -> Option<String> {
    find(key)
}

/// `os.getenv(key, default)`.
pub fn getenv_or(key: &str, default: &str) -> String {
    get_or(key, default)
}

/// `os.getenv(key, default=None)`.
pub fn getenv_value(key: &Value, default: Value) -> Result<Value> {
    get_value(key, default)
}

/// `os.environ.__setitem__(key, value)`.
pub fn set_item(key: &str, value: &str) -> Result<()> {
    if key.contains('\0') || value.contains('\0') {
        return Err(error::value_error("embedded null byte"));
    }
    if key.contains('=') {
        return Err(error::value_error("illegal environment variable name"));
    }
    if key.is_empty() {
        let args = vec![Value::Int(22), Value::from("Invalid argument")];
        return Err(Error::with_args(&error::OS_ERROR, args));
    }
    put(key, Some(value));
    Ok(())
}

/// `os.environ.__setitem__(key, value)`.
pub fn set_item_value(key: &Value, value: &Value) -> Result<()> {
    set_item(text(key)?, text(value)?)
}

/// `os.environ.__delitem__(key)`.
pub fn delete_item(key: &str) -> Result<()> {
    item(key)?;
    put(key, None);
    Ok(())
}

/// `os.environ.__contains__(key)`.
pub fn contains(key: &str) -> bool {
    find(key).is_some()
}

/// `os.environ.__contains__(key)`.
pub fn contains_value(key: &Value) -> Result<bool> {
    Ok(contains(text(key)?))
}

/// `os.environ.setdefault(key, value)`.
pub fn setdefault(key: &str, value: &str) -> Result<String> {
    if let Some(value) = find(key) {
        return Ok(value);
    }
    set_item(key, value)?;
    Ok(value.to_owned())
}

/// `os.environ.pop(key)`.
pub fn pop(key: &str) -> Result<String> {
    let value = item(key)?;
    put(key, None);
    Ok(value)
}

/// `os.environ.pop(key, default)`.
pub fn pop_default(key: &str, default: Value) -> Value {
    let value = find(key);
    put(key, None);
    value.map_or(default, Value::Str)
}

/// `os.environ.copy()`.
pub fn copy() -> Dict {
    VARIABLES.with_borrow(|variables| {
        let pairs = variables.iter();
        pairs
            .map(|(name, value)| (Value::from(name), Value::from(value)))
            .collect()
    })
}

/// `os.environ.keys()`.
pub fn keys() -> List {
    super::dict::keys(&copy())
}

/// `os.environ.values()`.
pub fn values() -> List {
    super::dict::values(&copy())
}

/// `os.environ.items()`.
#[cfg(feature = "tuple")]
pub fn items() -> List {
    super::dict::items(&copy())
}

/// `os.environ.update(other)`.
pub fn update(other: &Dict) -> Result<()> {
    for (key, value) in other.pairs() {
        set_item_value(&key, &value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised<T: std::fmt::Debug>(result: Result<T>) -> String {
        match result {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn variables_are_set_and_taken_away() -> Result<()> {
        assert!(contains("PATH"));
        assert_eq!(get("A_NAME"), None);
        assert_eq!(getenv_or("A_NAME", "x"), "x");
        assert_eq!(get_value(&"A_NAME".into(), 3.into())?, Value::Int(3));
        set_item("A_NAME", "1")?;
        assert_eq!(item("A_NAME")?, "1");
        assert_eq!(setdefault("A_NAME", "2")?, "1");
        assert_eq!(copy().find("A_NAME"), Some("1".into()));
        assert_eq!(pop("A_NAME")?, "1");
        assert_eq!(pop_default("A_NAME", Value::None), Value::None);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let one = Value::Int(1);
        assert_eq!(raised(item("NOPE")), "KeyError: 'NOPE'");
        assert_eq!(raised(pop("NOPE")), "KeyError: 'NOPE'");
        assert_eq!(raised(delete_item("NOPE")), "KeyError: 'NOPE'");
        let expected = "TypeError: str expected, not int";
        assert_eq!(raised(item_value(&one)), expected);
        assert_eq!(raised(get_value(&one, Value::None)), expected);
        assert_eq!(raised(contains_value(&one)), expected);
        assert_eq!(raised(set_item_value(&"A".into(), &one)), expected);
        let none = raised(getenv_value(&Value::None, Value::None));
        assert_eq!(none, "TypeError: str expected, not NoneType");
        let name = "ValueError: illegal environment variable name";
        assert_eq!(raised(set_item("A=", "1")), name);
        let empty = "OSError: [Errno 22] Invalid argument";
        assert_eq!(raised(set_item("", "1")), empty);
        let null = "ValueError: embedded null byte";
        assert_eq!(raised(set_item("A", "1\0")), null);
    }
}
