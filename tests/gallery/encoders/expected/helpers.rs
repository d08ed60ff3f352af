//! Encoders of what JSON does not have.

use crate::python::{
    datetime_value, error::Result, json_encode, numbers, ops, sequences, value::Value,
};

#[allow(dead_code, reason = "a place for functions")]
pub struct SetEncoder;

impl SetEncoder {
    pub fn default_(obj: &Value) -> Result<Value> {
        if matches!(obj, Value::Set(_)) {
            return Ok(Value::from(sequences::sorted(obj.iterate()?, false)?));
        }
        json_encode::not_serializable(obj)
    }
}

/// A place for functions.
#[allow(dead_code, reason = "a place for functions")]
pub struct Shapes;

impl Shapes {
    pub fn area(width: i64, height: &Value) -> Result<Value> {
        ops::mul(&Value::from(width), height)
    }

    pub fn named(name: &str) -> String {
        format!("{name} of 4 sides")
    }
}

/// Decimals as numbers, dates as texts.
#[allow(dead_code, reason = "a place for functions")]
pub struct Encoder;

impl Encoder {
    pub fn default_(o: &Value) -> Result<Value> {
        if matches!(o, Value::DateTime(_)) || matches!(o, Value::Date(_) | Value::DateTime(_)) {
            return Ok(Value::from(datetime_value::isoformat(o)?));
        }
        if matches!(o, Value::Decimal(_)) {
            if ops::gt(
                &ops::modulo(&numbers::abs(o)?, &Value::Int(1))?,
                &Value::Int(0),
            )? {
                return Ok(Value::from(numbers::float_of(o)?));
            }
            return Ok(Value::from(numbers::int_of(o)?));
        }
        json_encode::not_serializable(o)
    }
}
