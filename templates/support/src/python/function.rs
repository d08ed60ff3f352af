//! Functions of the program as values.

use std::rc::Rc;

use super::error::{self, Result};
use super::object::{self, Object};
use super::value::Value;

/// A function, by what the program knows it by.
struct Function {
    key: &'static str,
    name: &'static str,
    captured: Vec<Value>,
}

impl Object for Function {
    fn type_name(&self) -> &'static str {
        "function"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "__name__").then(|| self.name.into())
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        let missing = || error::untranslated(format!("the attribute {name} of a function"));
        self.attribute(name).ok_or_else(missing)
    }

    fn set_attribute(&self, name: &str, _value: Value) -> Result<()> {
        Err(error::untranslated(format!("setting {name} of a function")))
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        self.captured
            .is_empty()
            .then(|| object::instance::<Self>(other).is_some_and(|it| it.key == self.key))
    }

    fn hash_key(&self) -> Option<Value> {
        self.captured.is_empty().then(|| self.key.into())
    }

    fn representation(&self) -> String {
        format!("<function {} at {self:p}>", self.name)
    }
}

/// A function as a value.
pub fn function(key: &'static str, name: &'static str) -> Value {
    closure(key, name, Vec::new())
}

/// A function that keeps values of the function around it.
pub fn closure(key: &'static str, name: &'static str, captured: Vec<Value>) -> Value {
    Value::Object(Rc::new(Function {
        key,
        name,
        captured,
    }))
}

/// What the program knows a function by that is called.
pub fn called(value: &Value) -> Result<&'static str> {
    match (object::instance::<Function>(value), value) {
        (Some(function), _) => Ok(function.key),
        (None, Value::Object(_)) => {
            let name = value.type_name();
            Err(error::untranslated(format!("a call of a {name}")))
        }
        (None, value) => {
            let name = value.type_name();
            Err(error::type_error(format!(
                "'{name}' object is not callable"
            )))
        }
    }
}

/// A value that a function keeps.
pub fn captured(value: &Value, at: usize) -> Result<Value> {
    let function = object::instance::<Function>(value);
    let found = function.and_then(|it| it.captured.get(at).cloned());
    found.ok_or_else(|| error::untranslated("a function without what it keeps"))
}

/// What is raised where a function is called with arguments that it does not take.
pub fn misfit(value: &Value) -> Result<Value> {
    let name = match object::instance::<Function>(value) {
        Some(function) => function.name,
        None => value.type_name(),
    };
    Err(error::untranslated(format!(
        "a call of {name} with other arguments than it takes"
    )))
}

/// As `callable(value)`.
pub fn is_callable(value: &Value) -> Result<bool> {
    match (object::instance::<Function>(value), value) {
        (None, Value::Object(_)) => Err(error::untranslated("callable() of an object")),
        (found, _) => Ok(found.is_some()),
    }
}
