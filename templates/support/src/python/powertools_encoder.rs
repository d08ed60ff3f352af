//! What Powertools for AWS Lambda makes JSON of that JSON does not have.

use super::error::{self, Result};
use super::value::Value;

/// What JSON has of a value that it does not have.
pub fn plain(value: Value) -> Result<Value> {
    match &value {
        #[cfg(feature = "decimal")]
        Value::Decimal(number) if super::decimal::is_nan(number) => Ok(f64::NAN.into()),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => Ok(number.to_string().into()),
        #[cfg(feature = "object")]
        Value::Object(_) => Err(error::untranslated("an object as JSON")),
        other => {
            let name = other.class_name();
            let text = format!("Object of type {name} is not JSON serializable");
            Err(error::type_error(text))
        }
    }
}
