//! Smithy RPC v2 with CBOR.

use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ciborium::Value as Cbor;
use serde_json::{Map, Number, Value};

use super::value::normal;
use crate::aws::{Operation, Service};

/// The operation in `/service/NAME/operation/NAME`.
pub(super) fn operation(head: &Parts) -> Option<&str> {
    head.headers.get("smithy-protocol")?;
    let mut parts = head.uri.path().rsplit('/');
    let name = parts.next()?;
    (parts.next()? == "operation").then_some(name)
}

/// Its parameters.
pub(super) fn parameters(service: &Service, operation: &Operation, body: &[u8]) -> Option<Value> {
    let value = if body.is_empty() {
        Value::Object(Map::new())
    } else {
        plain(ciborium::from_reader(body).ok()?)?
    };
    Some(match &operation.input {
        Some(shape) => normal(service, shape, value),
        None => value,
    })
}

/// As JSON: bytes as base64; a tag, which only timestamps carry here, as what it stands before.
fn plain(value: Cbor) -> Option<Value> {
    Some(match value {
        Cbor::Null => Value::Null,
        Cbor::Bool(value) => Value::Bool(value),
        Cbor::Integer(value) => match i64::try_from(value) {
            Ok(value) => value.into(),
            Err(_) => u64::try_from(value).ok()?.into(),
        },
        Cbor::Float(value) => Number::from_f64(value)?.into(),
        Cbor::Bytes(bytes) => STANDARD.encode(bytes).into(),
        Cbor::Text(text) => text.into(),
        Cbor::Tag(_, value) => plain(*value)?,
        Cbor::Array(items) => items.into_iter().map(plain).collect::<Option<_>>()?,
        Cbor::Map(entries) => {
            let entries = entries.into_iter().map(|(key, value)| match key {
                Cbor::Text(key) => Some((key, plain(value)?)),
                _ => None,
            });
            Value::Object(entries.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
