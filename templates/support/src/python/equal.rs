//! Python's `==` and `hash` of values.

use std::hash::{Hash, Hasher};
#[cfg(feature = "object")]
use std::rc::Rc;

use super::error::{self, Result};
use super::value::Value;

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        if let Some(equal) = numbers_equal(self, other) {
            return equal;
        }
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::List(a), Self::List(b)) => a.is_same(b) || a.equals(b),
            (Self::Dict(a), Self::Dict(b)) => a.is_same(b) || a.equals(b),
            #[cfg(feature = "tuple")]
            (Self::Tuple(a), Self::Tuple(b)) => a.is_same(b) || a.items() == b.items(),
            #[cfg(feature = "bytes")]
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            #[cfg(feature = "set")]
            (Self::Set(a), Self::Set(b)) => a.equals(b),
            #[cfg(feature = "decimal")]
            (Self::Decimal(_), _) | (_, Self::Decimal(_)) => {
                super::decimal_compare::equals(self, other)
            }
            #[cfg(feature = "datetime")]
            (Self::DateTime(a), Self::DateTime(b)) => super::datetime_value::equals(a, b),
            #[cfg(feature = "datetime")]
            (Self::Date(a), Self::Date(b)) => a == b,
            #[cfg(feature = "datetime")]
            (Self::Time(a), Self::Time(b)) => {
                super::time_of_day::key(a) == super::time_of_day::key(b)
            }
            #[cfg(feature = "datetime")]
            (Self::TimeDelta(a), Self::TimeDelta(b)) => a == b,
            #[cfg(feature = "datetime")]
            (Self::TimeZone(a), Self::TimeZone(b)) => super::timezone::is_same(a, b),
            #[cfg(feature = "object")]
            (Self::Object(a), Self::Object(b)) => {
                let equal = a.equals(other).or_else(|| b.equals(self));
                equal.unwrap_or_else(|| Rc::ptr_eq(a, b))
            }
            #[cfg(feature = "object")]
            (Self::Object(object), value) | (value, Self::Object(object)) => {
                object.equals(value).unwrap_or(false)
            }
            _ => false,
        }
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<String> for Value {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<i64> for Value {
    fn eq(&self, other: &i64) -> bool {
        *self == Value::Int(*other)
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        *self == Value::Bool(*other)
    }
}

impl Eq for Value {}

impl Hash for Value {
    /// Equal values have equal hashes. Those of values that are not hashable are never asked for.
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::None | Self::List(_) | Self::Dict(_) => state.write_u8(0),
            Self::Bool(value) => hash_int(i64::from(*value), state),
            Self::Int(value) => hash_int(*value, state),
            Self::Float(value) => hash_float(*value, state),
            Self::Str(text) => hash_text(text, state),
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => {
                state.write_u8(4);
                items.items().hash(state);
            }
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => bytes.hash(state),
            #[cfg(feature = "set")]
            Self::Set(_) => state.write_u8(0),
            #[cfg(feature = "decimal")]
            Self::Decimal(number) => super::decimal_compare::hash(number, state),
            #[cfg(feature = "datetime")]
            Self::DateTime(value) => super::datetime_value::key(value).hash(state),
            #[cfg(feature = "datetime")]
            Self::Date(value) => value.hash(state),
            #[cfg(feature = "datetime")]
            Self::Time(value) => super::time_of_day::key(value).hash(state),
            #[cfg(feature = "datetime")]
            Self::TimeDelta(value) => value.hash(state),
            #[cfg(feature = "datetime")]
            Self::TimeZone(zone) => super::timezone::key(zone).hash(state),
            #[cfg(feature = "object")]
            Self::Object(object) => match object.hash_key() {
                Some(key) => key.hash(state),
                None => state.write_u8(5),
            },
        }
    }
}

/// Whether two numbers are equal, where both are numbers.
fn numbers_equal(a: &Value, b: &Value) -> Option<bool> {
    Some(match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a == b,
        (Some(int), None) => int_equals_float(int, float(b)?),
        (None, Some(int)) => int_equals_float(int, float(a)?),
        (None, None) => float(a)? == float(b)?,
    })
}

/// The value of an `int` or `bool`.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(*value),
        Value::Bool(value) => Some(i64::from(*value)),
        _ => None,
    }
}

/// The value of a `float`.
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// Whether they are exactly the same number.
fn int_equals_float(int: i64, float: f64) -> bool {
    float_as_int(float) == Some(int)
}

/// A float that is a whole number of 64 bits.
pub fn float_as_int(float: f64) -> Option<i64> {
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float);
    (fits && float.trunc() == float).then_some(float as i64)
}

fn hash_int<H: Hasher>(value: i64, state: &mut H) {
    state.write_u8(1);
    state.write_i64(value);
}

fn hash_float<H: Hasher>(value: f64, state: &mut H) {
    match float_as_int(value) {
        Some(int) => hash_int(int, state),
        None => {
            state.write_u8(2);
            state.write_u64(value.to_bits());
        }
    }
}

/// Hashes a text as the value of it is hashed.
pub fn hash_text<H: Hasher>(text: &str, state: &mut H) {
    state.write_u8(3);
    text.hash(state);
}

/// Raises where a value cannot be a key of a dict or an item of a set.
pub fn check_hashable(value: &Value) -> Result<()> {
    match value {
        Value::List(_) | Value::Dict(_) => {}
        #[cfg(feature = "set")]
        Value::Set(_) => {}
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => return items.iter().try_for_each(check_hashable),
        #[cfg(feature = "object")]
        Value::Object(object) if object.equals(value).is_some() && object.hash_key().is_none() => {}
        _ => return Ok(()),
    }
    let text = format!("unhashable type: '{}'", value.type_name());
    Err(error::type_error(text))
}
