//! Instances of the program's own classes, where a value may be one.

use std::any::Any;
use std::fmt::Debug;

use super::value::Value;

/// An instance of a class.
pub trait Object: Debug + Any {
    /// The name of its class.
    fn type_name(&self) -> &'static str;

    /// The value of an attribute or property.
    fn attribute(&self, name: &str) -> Option<Value>;

    /// Whether Python takes it for true.
    fn is_true(&self) -> bool {
        true
    }
}
