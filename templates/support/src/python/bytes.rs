//! Python's bytes, which are a `Vec<u8>` where they are known to be bytes.

use super::value::Value;

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
