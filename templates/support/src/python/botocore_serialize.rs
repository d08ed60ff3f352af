//! Parameters as the SDK's types, after they have been validated.

use std::collections::HashMap;
use std::hash::Hash;

#[cfg(feature = "datetime")]
use aws_smithy_types::DateTime;
use aws_smithy_types::error::operation::BuildError;

#[cfg(feature = "datetime")]
use super::botocore_timestamp;
use super::dict::Dict;
use super::error::{self, Error, Result};
use super::value::Value;

/// A parameter, where it is given.
pub fn optional<T>(
    input: &Dict,
    name: &str,
    read: impl FnOnce(&Value) -> Result<T>,
) -> Result<Option<T>> {
    input.find(name).as_ref().map(read).transpose()
}

/// A string or an enum.
pub fn text<T: for<'a> From<&'a str>>(value: &Value) -> Result<T> {
    match value {
        Value::Str(text) => Ok(T::from(text)),
        _ => Err(unexpected(value)),
    }
}

/// An integer. A bool, which Python sends as `true`, is refused.
pub fn integer<T: TryFrom<i64>>(value: &Value) -> Result<T> {
    match value {
        Value::Int(number) => T::try_from(*number).map_err(|_| unexpected(value)),
        _ => Err(unexpected(value)),
    }
}

/// An integer that the SDK takes as text.
pub fn number_as_text(value: &Value) -> Result<String> {
    Ok(integer::<i64>(value)?.to_string())
}

/// A number in 64 bits.
pub fn double(value: &Value) -> Result<f64> {
    match value {
        Value::Float(number) => Ok(*number),
        Value::Int(number) => Ok(*number as f64),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => {
            let number = number.to_string().parse();
            number.map_err(|_| unexpected(value))
        }
        _ => Err(unexpected(value)),
    }
}

/// A number in 32 bits, where it is the same in them.
pub fn float(value: &Value) -> Result<f32> {
    let number = double(value)?;
    let short = number as f32;
    if short.to_string() == number.to_string() {
        Ok(short)
    } else {
        Err(unexpected(value))
    }
}

/// A bool.
pub fn boolean(value: &Value) -> Result<bool> {
    match value {
        Value::Bool(value) => Ok(*value),
        _ => Err(unexpected(value)),
    }
}

/// Bytes, or text as UTF-8.
pub fn bytes<T: From<Vec<u8>>>(value: &Value) -> Result<T> {
    match value {
        Value::Str(text) => Ok(T::from(text.clone().into_bytes())),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(T::from(bytes.clone())),
        _ => Err(unexpected(value)),
    }
}

/// A point in time.
#[cfg(feature = "datetime")]
pub fn timestamp(value: &Value) -> Result<DateTime> {
    let (seconds, nanoseconds) = botocore_timestamp::epoch(value)?;
    Ok(DateTime::from_secs_and_nanos(seconds, nanoseconds))
}

/// A point in time of which whole seconds are sent.
#[cfg(feature = "datetime")]
pub fn whole_seconds(value: &Value) -> Result<DateTime> {
    let (seconds, _) = botocore_timestamp::epoch(value)?;
    Ok(DateTime::from_secs(seconds))
}

/// A list.
pub fn list<T>(value: &Value, item: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    match value {
        Value::List(items) => items.iter().map(|it| item(&it)).collect(),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => items.iter().map(item).collect(),
        _ => Err(unexpected(value)),
    }
}

/// A map.
pub fn map<K, V>(value: &Value, item: impl Fn(&Value) -> Result<V>) -> Result<HashMap<K, V>>
where
    K: Eq + Hash + for<'a> From<&'a str>,
{
    let entries = structure(value)?.pairs();
    let entries = entries
        .iter()
        .map(|(key, value)| Ok((text(key)?, item(value)?)));
    entries.collect()
}

/// A structure's members.
pub fn structure(value: &Value) -> Result<&Dict> {
    match value {
        Value::Dict(members) => Ok(members),
        _ => Err(unexpected(value)),
    }
}

/// The one member of a union.
pub fn variant(value: &Value) -> Result<(String, Value)> {
    let mut members = structure(value)?.pairs().into_iter();
    match (members.next(), members.next()) {
        (Some((name, value)), None) => Ok((name.to_string(), value)),
        _ => Err(unexpected(value)),
    }
}

/// For a member that a union does not have.
pub fn no_variant(shape: &str, name: &str) -> Error {
    error::untranslated(format!("`{name}` is no member of `{shape}`"))
}

fn unexpected(value: &Value) -> Error {
    let name = value.type_name();
    let text = format!("a parameter of type `{name}` that the SDK cannot send as botocore does");
    error::untranslated(text)
}

/// What the SDK's builders give: a value, or whether it could be built.
pub trait Built<T> {
    /// The value.
    fn built(self) -> Result<T>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T> {
        Ok(self)
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T> {
        self.map_err(|error| error::untranslated(error.to_string()))
    }
}
