//! boto3's `Bucket` and `Object` of the S3 resource.

use super::error::{self, Result};
use super::value::Value;

/// A bucket: the client that its requests go through, and its name.
#[derive(Debug, Clone)]
pub struct S3Bucket<C> {
    pub client: C,
    pub name: String,
}

/// An object: the client that its requests go through, its bucket and its key.
#[derive(Debug, Clone)]
pub struct S3Object<C> {
    pub client: C,
    pub bucket_name: String,
    pub key: String,
}

/// The name of a bucket or a key. Another value, which boto3 takes and botocore refuses later, is
/// refused.
pub fn text(value: &Value) -> Result<String> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::None => {
            let text = "Required parameter key not set";
            Err(error::untranslated(text))
        }
        other => Err(error::untranslated(format!(
            "a {} as the name of a bucket or an object",
            other.type_name()
        ))),
    }
}
