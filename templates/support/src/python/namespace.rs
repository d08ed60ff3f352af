//! `types.SimpleNamespace`.

use std::rc::Rc;

use super::dict::{self, Dict};
use super::error::Result;
use super::object::{Object, instance};
use super::ops;
use super::value::Value;

/// An instance of `types.SimpleNamespace`.
struct SimpleNamespace(Dict);

/// `types.SimpleNamespace(**kwargs)`.
pub fn simple_namespace(kwargs: &Dict) -> Value {
    let members = Dict::new();
    dict::update(&members, kwargs);
    Value::Object(Rc::new(SimpleNamespace(members)))
}

impl Object for SimpleNamespace {
    fn type_name(&self) -> &'static str {
        "types.SimpleNamespace"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__dict__" => Some((&self.0).into()),
            _ => self.0.find(name),
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.0.insert(name, value);
        Ok(())
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = instance(other)?;
        Some(Value::from(&self.0) == Value::from(&other.0))
    }

    fn representation(&self) -> String {
        let members = self.0.pairs();
        let shown = members
            .iter()
            .map(|(name, value)| format!("{name}={}", ops::repr(value)));
        format!("namespace({})", shown.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;

    #[test]
    fn attributes_are_those_that_were_given_and_set() -> Result<()> {
        let members = dict! {"a": 1_i64, "b": "x"};
        let made = simple_namespace(&members);
        members.insert("a", 2_i64);
        assert_eq!(made.attribute("a")?, Value::Int(1));
        made.set_attribute("c", Value::None)?;
        assert_eq!(made.to_string(), "namespace(a=1, b='x', c=None)");
        let other = simple_namespace(&dict! {"a": 1_i64, "b": "x", "c": Value::None});
        assert_eq!(made, other);
        let raised = made.attribute("d").err().map(|it| it.to_string());
        let text = "'types.SimpleNamespace' object has no attribute 'd'";
        assert_eq!(raised.as_deref(), Some(text));
        assert_eq!(made.class_name(), "SimpleNamespace");
        Ok(())
    }
}
