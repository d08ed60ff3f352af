//! The keys of idempotent functions of Powertools for AWS Lambda.

use super::error::{self, Error, Result};
use super::powertools_encoder::plain;
use super::powertools_idempotency::IdempotencyConfig;
use super::powertools_idempotency_errors::IDEMPOTENCY_KEY_ERROR;
use super::powertools_jmespath;
use super::value::Value;
use super::{hashlib, json};

/// The key of data: the function's name and a hash of the part that counts; none where that is
/// missing.
pub fn hashed_key(config: &IdempotencyConfig, name: &str, data: &Value) -> Result<Option<String>> {
    let data = match config.event_key_jmespath.as_str() {
        "" => data.clone(),
        path => powertools_jmespath::query(data, path)?,
    };
    if is_missing(&data)? {
        if config.raise_on_no_idempotency_key {
            let text = "No data found to create a hashed idempotency_key";
            return Err(Error::new(&IDEMPOTENCY_KEY_ERROR, text));
        }
        return Ok(None);
    }
    let hash = hashlib::md5(json_of(&data)?.as_bytes(), true);
    Ok(Some(format!("{name}#{}", hashlib::hexdigest(&hash))))
}

/// Whether nothing is there. A dict of nothing but `None`, which versions of Powertools take for
/// different things, is refused.
fn is_missing(data: &Value) -> Result<bool> {
    match data {
        Value::Dict(members) if !members.is_empty() => {
            match members.pairs().iter().all(|(_, value)| value.is_none()) {
                true => Err(error::untranslated(
                    "an idempotency key of nothing but None",
                )),
                false => Ok(false),
            }
        }
        Value::List(items) => Ok(items.to_vec().iter().all(Value::is_none)),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => Ok(false),
        other => Ok(!other.is_true()),
    }
}

/// The JSON of a value, with its keys in order.
pub fn json_of(value: &Value) -> Result<String> {
    let none = &Value::None;
    json::dumps_with_default(value, true, true, none, none, plain, true)
}
