//! Instances of the program's own classes, where a value may be one.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use super::compare::Order;
use super::error::{self, Error, Result};
use super::iterate::Iter;
use super::value::Value;

/// An instance of a class. What a class does not define is as Python's `object` has it.
pub trait Object: Any {
    /// The name of its class.
    fn type_name(&self) -> &'static str;

    /// The value of an attribute or property.
    fn attribute(&self, name: &str) -> Option<Value>;

    /// The value of an attribute or property that may raise.
    fn read_attribute(&self, name: &str) -> Result<Value> {
        self.attribute(name)
            .ok_or_else(|| lacks(self.type_name(), name))
    }

    /// As `object.name = value`.
    fn set_attribute(&self, name: &str, _value: Value) -> Result<()> {
        Err(error::attribute_error(self.type_name(), name))
    }

    /// Whether Python takes it for true.
    fn is_true(&self) -> bool {
        self.length().is_none_or(|length| length > 0)
    }

    /// As `len(object)`.
    fn length(&self) -> Option<usize> {
        None
    }

    /// As `object == other`, where the class defines it.
    fn equals(&self, _other: &Value) -> Option<bool> {
        None
    }

    /// A value with the same hash, where the class defines equality.
    fn hash_key(&self) -> Option<Value> {
        None
    }

    /// As `object < other` and the like, where the class defines it.
    fn compare(&self, _other: &Value, _order: Order) -> Option<Result<bool>> {
        None
    }

    /// The names of its fields, where it is an instance of a dataclass.
    fn data_fields(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Whether a copy of it is itself.
    fn is_its_copy(&self) -> bool {
        false
    }

    /// As `repr(object)`.
    fn representation(&self) -> String {
        format!("<{} object at {:p}>", self.type_name(), self)
    }

    /// As `str(object)`.
    fn text(&self) -> String {
        self.representation()
    }

    /// As `object[key]`.
    fn item(&self, _key: &Value) -> Result<Value> {
        let name = self.type_name();
        Err(error::type_error(format!(
            "'{name}' object is not subscriptable"
        )))
    }

    /// As `object[key] = value`.
    fn set_item(&self, _key: &Value, _value: Value) -> Result<()> {
        let name = self.type_name();
        Err(error::type_error(format!(
            "'{name}' object does not support item assignment"
        )))
    }

    /// As `value in object`.
    fn contains(&self, value: &Value) -> Result<bool> {
        let name = self.type_name();
        match self.iterate() {
            Ok(mut items) => items.any_equal(value),
            Err(_) => Err(error::type_error(format!(
                "argument of type '{name}' is not iterable"
            ))),
        }
    }

    /// As `iter(object)`.
    fn iterate(&self) -> Result<Iter> {
        let name = self.type_name();
        Err(error::type_error(format!(
            "'{name}' object is not iterable"
        )))
    }

    /// As `format(object, spec)`.
    fn format(&self, spec: &str) -> Result<String> {
        if spec.is_empty() {
            return Ok(self.text());
        }
        let name = self.type_name();
        Err(error::type_error(format!(
            "unsupported format string passed to {name}.__format__"
        )))
    }
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.type_name())
    }
}

/// The instance as its own type, where it is one.
pub fn downcast<T: Object>(object: &Rc<dyn Object>) -> Option<&T> {
    let any: &dyn Any = &**object;
    any.downcast_ref()
}

/// A value as an instance of a class, where it is one.
pub fn instance<T: Object>(value: &Value) -> Option<&T> {
    match value {
        Value::Object(object) => downcast(object),
        _ => None,
    }
}

/// What is raised for an attribute that an instance does not have. What Python gives every object
/// is not known.
pub fn lacks(type_name: &str, name: &str) -> Error {
    match name.starts_with("__") {
        true => error::untranslated(format!("the attribute {name} of a {type_name}")),
        false => error::attribute_error(type_name, name),
    }
}

/// An instance whose method is called, where it is one of the only class that has such a method.
pub fn receiver<T: Object>(value: &Value, method: &str) -> Result<Rc<T>> {
    let found = match value {
        Value::Object(object) => {
            let any: Rc<dyn Any> = object.clone();
            any.downcast().ok()
        }
        _ => None,
    };
    found.ok_or_else(|| value.lacks(method))
}

/// As `hasattr(class, name)` of a class that has these names of its own.
pub fn is_name(name: &Value, own: &[&str]) -> Result<bool> {
    match name {
        Value::Str(name) if name.starts_with("__") || name == "mro" => {
            Err(error::untranslated(format!("whether a class has {name}")))
        }
        Value::Str(name) => Ok(own.contains(&name.as_str())),
        other => {
            let name = other.type_name();
            let text = format!("attribute name must be string, not '{name}'");
            Err(error::type_error(text))
        }
    }
}

/// As `vars(value)`.
pub fn vars(value: &Value) -> Result<Value> {
    let members = value.attribute("__dict__");
    members.map_err(|raised| match raised.is(&error::ATTRIBUTE_ERROR) {
        true => error::type_error("vars() argument must have __dict__ attribute"),
        false => raised,
    })
}

/// As `isinstance(value, T)`.
pub fn is_instance<T: Object>(value: &Value) -> bool {
    instance::<T>(value).is_some()
}

/// An exception as a value.
impl Object for Error {
    fn type_name(&self) -> &'static str {
        self.class().name
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__cause__" => Some(self.cause().map_or(Value::None, Value::from)),
            #[cfg(feature = "tuple")]
            "args" => Some(super::tuple::Tuple::from(self.args().to_vec()).into()),
            _ => Self::attribute(self, name),
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        if ["__dict__", "add_note", "args", "with_traceback"].contains(&name)
            && Object::attribute(self, name).is_none()
        {
            let text = format!("the attribute {name} of an exception");
            return Err(error::untranslated(text));
        }
        let missing = || lacks(Object::type_name(self), name);
        Object::attribute(self, name).ok_or_else(missing)
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let Value::Object(other) = other else {
            return Some(false);
        };
        Some(downcast::<Error>(other).is_some_and(|other| self.is_same(other)))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(Value::Int(self.identity() as i64))
    }

    fn representation(&self) -> String {
        Self::representation(self)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl From<Error> for Value {
    fn from(error: Error) -> Self {
        Self::Object(Rc::new(error))
    }
}

impl From<Rc<dyn Object>> for Value {
    fn from(object: Rc<dyn Object>) -> Self {
        Self::Object(object)
    }
}
