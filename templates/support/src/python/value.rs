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
    #[cfg(feature = "decimal")]
    Decimal(super::decimal::Decimal),
    #[cfg(feature = "datetime")]
    DateTime(super::datetime::DateTime),
    #[cfg(feature = "datetime")]
    Date(super::date::Date),
    #[cfg(feature = "datetime")]
    Time(super::time_of_day::Time),
    #[cfg(feature = "datetime")]
    TimeDelta(super::timedelta::TimeDelta),
    #[cfg(feature = "datetime")]
    TimeZone(super::timezone::TimeZone),
    #[cfg(feature = "object")]
    Object(Rc<dyn super::object::Object>),
}

impl Value {
    /// The name of its class as Python's errors say it, which for a class of the standard library
    /// has the module's name before it.
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
            #[cfg(feature = "decimal")]
            Self::Decimal(_) => "decimal.Decimal",
            #[cfg(feature = "datetime")]
            Self::DateTime(_) => "datetime.datetime",
            #[cfg(feature = "datetime")]
            Self::Date(_) => "datetime.date",
            #[cfg(feature = "datetime")]
            Self::Time(_) => "datetime.time",
            #[cfg(feature = "datetime")]
            Self::TimeDelta(_) => "datetime.timedelta",
            #[cfg(feature = "datetime")]
            Self::TimeZone(zone) => super::timezone::type_name(zone),
            #[cfg(feature = "object")]
            Self::Object(object) => object.type_name(),
        }
    }

    /// As `type(value).__name__`.
    pub fn class_name(&self) -> &'static str {
        let name = self.type_name();
        name.rsplit_once('.').map_or(name, |(_, class)| class)
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
            #[cfg(feature = "decimal")]
            Self::Decimal(number) => !number.is_zero_number(),
            #[cfg(feature = "datetime")]
            Self::DateTime(_) | Self::Date(_) | Self::Time(_) | Self::TimeZone(_) => true,
            #[cfg(feature = "datetime")]
            Self::TimeDelta(span) => span.microseconds != 0,
            #[cfg(feature = "object")]
            Self::Object(object) => object.is_true(),
        }
    }

    /// As `value is other`. Two equal values of a type that cannot change may be told apart by
    /// Python; here they are the same.
    pub fn is_same(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::List(a), Self::List(b)) => a.is_same(b),
            (Self::Dict(a), Self::Dict(b)) => a.is_same(b),
            #[cfg(feature = "set")]
            (Self::Set(a), Self::Set(b)) => a.is_same(b),
            #[cfg(feature = "object")]
            (Self::Object(a), Self::Object(b)) => Rc::ptr_eq(a, b),
            _ => self.type_name() == other.type_name() && self == other,
        }
    }
}

impl fmt::Display for Value {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Str(text) => formatter.write_str(text),
            #[cfg(feature = "object")]
            Self::Object(object) => formatter.write_str(&object.text()),
            #[cfg(feature = "decimal")]
            Self::Decimal(number) => write!(formatter, "{number}"),
            #[cfg(feature = "datetime")]
            Self::DateTime(value) => formatter.write_str(&super::datetime::text(value)),
            #[cfg(feature = "datetime")]
            Self::Date(value) => formatter.write_str(&super::date::isoformat(value)),
            #[cfg(feature = "datetime")]
            Self::Time(value) => formatter.write_str(&super::time_of_day::text(value)),
            #[cfg(feature = "datetime")]
            Self::TimeDelta(value) => write!(formatter, "{value}"),
            #[cfg(feature = "datetime")]
            Self::TimeZone(value) => write!(formatter, "{value}"),
            other => formatter.write_str(&super::ops::repr(other)),
        }
    }
}
