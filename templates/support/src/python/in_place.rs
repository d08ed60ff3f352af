//! Python's operators that change what is on their left, as `+=`.

use super::error::{self, Result};
use super::list;
use super::ops;
use super::value::Value;

/// As `a += b`: a list grows in place.
pub fn in_place_add(a: &Value, b: &Value) -> Result<Value> {
    if let Value::List(own) = a {
        list::extend_value(own, b)?;
        return Ok(a.clone());
    }
    in_place(a, b, "+=", ops::add)
}

/// As `a *= b`: a list is repeated in place.
pub fn in_place_mul(a: &Value, b: &Value) -> Result<Value> {
    if matches!(a.type_name(), "dict" | "set") {
        return Err(ops::unsupported("*=", a, b));
    }
    let product = in_place(a, b, "*=", ops::mul)?;
    if let (Value::List(own), Value::List(items)) = (a, &product) {
        own.replace(items.to_vec());
        return Ok(a.clone());
    }
    Ok(product)
}

/// As `a |= b`: a dict or set grows in place.
pub fn in_place_or(a: &Value, b: &Value) -> Result<Value> {
    if let Value::Dict(own) = a {
        super::dict::update_value(own, b)?;
        return Ok(a.clone());
    }
    changed_set(a, in_place(a, b, "|=", ops::bit_or)?)
}

/// As `a -= b`: a set shrinks in place.
pub fn in_place_sub(a: &Value, b: &Value) -> Result<Value> {
    changed_set(a, in_place(a, b, "-=", ops::sub)?)
}

/// As `a &= b`: a set shrinks in place.
pub fn in_place_and(a: &Value, b: &Value) -> Result<Value> {
    changed_set(a, in_place(a, b, "&=", ops::bit_and)?)
}

/// As `a ^= b`: a set changes in place.
pub fn in_place_xor(a: &Value, b: &Value) -> Result<Value> {
    changed_set(a, in_place(a, b, "^=", ops::bit_xor)?)
}

/// The result of an operator; where `a` is a set it becomes the result.
fn changed_set(a: &Value, result: Value) -> Result<Value> {
    #[cfg(feature = "set")]
    if let (Value::Set(own), Value::Set(items)) = (a, &result) {
        own.replace(items);
        return Ok(a.clone());
    }
    #[cfg(not(feature = "set"))]
    let _ = a;
    Ok(result)
}

/// Any other such operator, as `/=`, which only errors call by its name.
pub fn in_place(
    a: &Value,
    b: &Value,
    operator: &str,
    compute: impl FnOnce(&Value, &Value) -> Result<Value>,
) -> Result<Value> {
    compute(a, b).map_err(|error| {
        let text = error.to_string();
        if error.is(&error::TYPE_ERROR) && text.starts_with("unsupported operand type(s) for ") {
            return ops::unsupported(operator, a, b);
        }
        error
    })
}
