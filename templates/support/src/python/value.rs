//! A Python value whose type is known only when the program runs.

use std::fmt;
#[cfg(feature = "object")]
use std::rc::Rc;

use super::dict::Dict;
use super::list::List;

/// A value as Python's JSON, boto3 and the standard library make it.
///
/// Lists, dicts, sets and objects are shared when they are cloned, as names share them in Python.
#[derive(Debug, Clone, Default)]
pub enum Value {
    #[default]
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    List(List),
    Dict(Dict),
    #[cfg(feature = "tuple")]
    Tuple(super::tuple::Tuple),
    #[cfg(feature = "bytes")]
    Bytes(Vec<u8>),
    #[cfg(feature = "set")]
    Set(super::set::Set),
    #[cfg(feature = "object")]
    Object(Rc<dyn super::object::Object>),
}

impl Value {
    /// The name of its class, as `type(value).__name__` gives it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            #[cfg(feature = "tuple")]
            Self::Tuple(_) => "tuple",
            #[cfg(feature = "bytes")]
            Self::Bytes(_) => "bytes",
            #[cfg(feature = "set")]
            Self::Set(_) => "set",
            #[cfg(feature = "object")]
            Self::Object(object) => object.type_name(),
        }
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether Python takes it for true.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Dict(members) => !members.is_empty(),
            #[cfg(feature = "tuple")]
            Self::Tuple(items) => !items.is_empty(),
            #[cfg(feature = "bytes")]
            Self::Bytes(bytes) => !bytes.is_empty(),
            #[cfg(feature = "set")]
            Self::Set(items) => !items.is_empty(),
            #[cfg(feature = "object")]
            Self::Object(object) => object.is_true(),
        }
    }
}

impl fmt::Display for Value {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Str(text) => formatter.write_str(text),
            other => formatter.write_str(&super::ops::repr(other)),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::None
    }
}

impl From<List> for Value {
    fn from(value: List) -> Self {
        Self::List(value)
    }
}

impl From<Dict> for Value {
    fn from(value: Dict) -> Self {
        Self::Dict(value)
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Self {
        value.clone()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}
