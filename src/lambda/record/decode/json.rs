//! The JSON protocols' bodies.

use serde_json::Value;

use super::value::normal;
use crate::aws::{Operation, Service};

/// The parameters of an operation in AWS JSON 1.0 or 1.1.
pub(super) fn parameters(service: &Service, operation: &Operation, body: &[u8]) -> Option<Value> {
    let value = if body.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(body).ok()?
    };
    Some(match &operation.input {
        Some(shape) => normal(service, shape, value),
        None => value,
    })
}
