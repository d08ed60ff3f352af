//! Python's operators on values whose types are known only when the program runs.

use super::value::Value;

/// `repr(value)`.
pub fn repr(value: &Value) -> String {
    format!("{value:?}")
}
