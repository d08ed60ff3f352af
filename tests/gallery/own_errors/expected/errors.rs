//! Errors of the shop.

use crate::python::{error, error::Class, error::Error, ops, value::Value};

/// Anything that goes wrong.
pub static SHOP_ERROR: Class = Class {
    name: "ShopError",
    bases: &[&error::EXCEPTION],
};

pub static NOT_FOUND: Class = Class {
    name: "NotFound",
    bases: &[&SHOP_ERROR],
};

pub static INVALID: Class = Class {
    name: "Invalid",
    bases: &[&SHOP_ERROR],
};

/// Without a constructor.
pub static DENIED: Class = Class {
    name: "Denied",
    bases: &[&error::EXCEPTION],
};

pub fn shop_error(message: &Value, code: &str) -> Error {
    Error::with_args(&SHOP_ERROR, vec![message.clone()])
        .with_attribute("status", Value::Int(500))
        .with_attribute("kind", Value::from("shop"))
        .with_attribute("code", Value::from(code))
        .with_attribute("message", message.clone())
}

pub fn invalid(field: &str, value: &Value) -> Error {
    let text = format!("{field} is {}", ops::repr(value));
    shop_error(&Value::from(text), "invalid")
        .of_class(&INVALID)
        .with_attribute("kind", Value::from("invalid"))
        .with_attribute("field", Value::from(field))
}
