//! Python's exceptions as errors.

use std::fmt;
use std::rc::Rc;

use super::value::Value;

/// What can end in an exception.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An exception's class.
#[derive(Debug)]
pub struct Class {
    /// `__name__`.
    pub name: &'static str,
    /// The classes it inherits from.
    pub bases: &'static [&'static Class],
}

impl Class {
    /// Whether it is a class or inherits from it.
    pub fn inherits(&'static self, other: &'static Class) -> bool {
        std::ptr::eq(self, other) || self.bases.iter().any(|base| base.inherits(other))
    }
}

/// A raised exception. Clones share it.
#[derive(Debug, Clone)]
pub struct Error(Rc<Exception>);

#[derive(Debug)]
struct Exception {
    class: &'static Class,
    args: Vec<Value>,
    /// What `str()` gives where it does not follow from the arguments.
    text: Option<String>,
    attributes: Vec<(&'static str, Value)>,
}

impl Error {
    /// `Class(message)`.
    pub fn new(class: &'static Class, message: impl Into<String>) -> Self {
        Self::with_args(class, vec![Value::Str(message.into())])
    }

    /// `Class(*args)`.
    pub fn with_args(class: &'static Class, args: Vec<Value>) -> Self {
        Self(Rc::new(Exception {
            class,
            args,
            text: None,
            attributes: Vec::new(),
        }))
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.0.class
    }

    /// Whether it is an instance of a class.
    pub fn is(&self, class: &'static Class) -> bool {
        self.0.class.inherits(class)
    }
}

impl fmt::Display for Error {
    /// As `str(error)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = &self.0.text {
            return formatter.write_str(text);
        }
        match &*self.0.args {
            [] => Ok(()),
            [message] => write!(formatter, "{message}"),
            _ => formatter.write_str("TODO: as a tuple"),
        }
    }
}

/// `Exception`.
pub static EXCEPTION: Class = Class {
    name: "Exception",
    bases: &[],
};
/// `ValueError`.
pub static VALUE_ERROR: Class = Class {
    name: "ValueError",
    bases: &[&EXCEPTION],
};
