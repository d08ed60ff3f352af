//! Python's exceptions as errors.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::ops::{repr, repr_items};
use super::value::Value;

/// What can end in an exception.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An exception's class.
#[derive(Debug)]
pub struct Class {
    /// As `__name__`.
    pub name: &'static str,
    /// The classes it inherits from.
    pub bases: &'static [&'static Class],
}

impl Class {
    /// A class and its bases.
    pub const fn new(name: &'static str, bases: &'static [&'static Class]) -> Self {
        Self { name, bases }
    }

    /// The class and all that it inherits from, in the order in which Python looks through them.
    pub fn line(&'static self) -> Vec<&'static Class> {
        let mut found = vec![self];
        for base in self.bases {
            for class in base.line() {
                // What several classes inherit from comes after all of them.
                found.retain(|known| !std::ptr::eq(*known, class));
                found.push(class);
            }
        }
        found
    }

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
    attributes: RefCell<Vec<(&'static str, Value)>>,
    cause: RefCell<Option<Error>>,
}

impl Error {
    /// As `Class(message)`.
    pub fn new(class: &'static Class, message: impl Into<String>) -> Self {
        Self::with_args(class, vec![Value::Str(message.into())])
    }

    /// As `Class(*args)`.
    pub fn with_args(class: &'static Class, args: Vec<Value>) -> Self {
        Self::build(class, args, None)
    }

    /// As `Class(*args)` whose `str()` is another text than its arguments give.
    pub fn with_text(class: &'static Class, args: Vec<Value>, text: impl Into<String>) -> Self {
        Self::build(class, args, Some(text.into()))
    }

    fn build(class: &'static Class, args: Vec<Value>, text: Option<String>) -> Self {
        Self(Rc::new(Exception {
            class,
            args,
            text,
            attributes: RefCell::default(),
            cause: RefCell::default(),
        }))
    }

    /// The exception, once an attribute of it is set.
    #[must_use]
    pub fn with_attribute(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.set_attribute(name, value.into());
        self
    }

    /// The same of another class, whose constructor has made it by that of this one.
    #[must_use]
    pub fn of_class(self, class: &'static Class) -> Self {
        Self(Rc::new(Exception {
            class,
            args: self.0.args.clone(),
            text: self.0.text.clone(),
            attributes: self.0.attributes.clone(),
            cause: self.0.cause.clone(),
        }))
    }

    /// Sets an attribute.
    pub fn set_attribute(&self, name: &'static str, value: Value) {
        let mut attributes = self.0.attributes.borrow_mut();
        match attributes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => attributes.push((name, value)),
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<Value> {
        let attributes = self.0.attributes.borrow();
        let found = attributes.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| value.clone())
            .or_else(|| self.own_attribute(name))
    }

    /// An attribute that follows from the arguments.
    fn own_attribute(&self, name: &str) -> Option<Value> {
        let args = self.args();
        let of_pair = |at: usize| {
            if args.len() == 2 {
                args[at].clone()
            } else {
                Value::None
            }
        };
        match name {
            #[cfg(feature = "tuple")]
            "args" => Some(Value::Tuple(args.to_vec().into())),
            "errno" if self.is(&OS_ERROR) => Some(of_pair(0)),
            "strerror" if self.is(&OS_ERROR) => Some(of_pair(1)),
            "value" if self.is(&STOP_ITERATION) => Some(args.first().cloned().unwrap_or_default()),
            _ => None,
        }
    }

    /// The exception, raised `from` another one.
    #[must_use]
    pub fn with_cause(self, cause: Error) -> Self {
        *self.0.cause.borrow_mut() = Some(cause);
        self
    }

    /// As `__cause__`.
    pub fn cause(&self) -> Option<Error> {
        self.0.cause.borrow().clone()
    }

    /// Its arguments.
    pub fn args(&self) -> &[Value] {
        &self.0.args
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.0.class
    }

    /// Whether it is an instance of a class.
    pub fn is(&self, class: &'static Class) -> bool {
        self.0.class.inherits(class)
    }

    /// Whether it is the same exception as another one.
    pub fn is_same(&self, other: &Error) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// What tells it from other exceptions.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }

    /// As `repr(error)`.
    pub fn representation(&self) -> String {
        if let Some(own) = self.attribute("__repr__") {
            return own.to_string();
        }
        format!("{}({})", self.class().name, repr_items(&self.0.args))
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    /// As `str(error)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = &self.0.text {
            return formatter.write_str(text);
        }
        match &*self.0.args {
            [] => Ok(()),
            [key] if self.is(&KEY_ERROR) => formatter.write_str(&repr(key)),
            [message] => write!(formatter, "{message}"),
            [number, reason] if self.is(&OS_ERROR) => {
                write!(formatter, "[Errno {number}] {reason}")
            }
            args => write!(formatter, "({})", repr_items(args)),
        }
    }
}

/// As `KeyError(key)`.
pub fn key_error(key: &Value) -> Error {
    Error::with_args(&KEY_ERROR, vec![key.clone()])
}

/// The `AttributeError` of a value that has no such attribute.
pub fn attribute_error(type_name: &str, name: &str) -> Error {
    let text = format!("'{type_name}' object has no attribute '{name}'");
    Error::new(&ATTRIBUTE_ERROR, text)
        .with_attribute("name", name)
        .with_attribute("obj", Value::None)
}

/// As `TypeError(text)`.
pub fn type_error(text: impl Into<String>) -> Error {
    Error::new(&TYPE_ERROR, text)
}

/// As `ValueError(text)`.
pub fn value_error(text: impl Into<String>) -> Error {
    Error::new(&VALUE_ERROR, text)
}

/// As `IndexError(text)`.
pub fn index_error(text: impl Into<String>) -> Error {
    Error::new(&INDEX_ERROR, text)
}

/// As `StopIteration()`.
pub fn stop_iteration() -> Error {
    Error::with_args(&STOP_ITERATION, Vec::new())
}

/// What this program does not do as Python does.
pub fn untranslated(text: impl Into<String>) -> Error {
    Error::new(&UNTRANSLATED, text)
}

/// What this program does not do as Python does. No `except` clause with a class catches it.
pub static UNTRANSLATED: Class = Class::new("Untranslated", &[]);
/// `BaseException`.
pub static BASE_EXCEPTION: Class = Class::new("BaseException", &[]);
/// `Exception`.
pub static EXCEPTION: Class = Class::new("Exception", &[&BASE_EXCEPTION]);
/// `ArithmeticError`.
pub static ARITHMETIC_ERROR: Class = Class::new("ArithmeticError", &[&EXCEPTION]);
/// `AssertionError`.
pub static ASSERTION_ERROR: Class = Class::new("AssertionError", &[&EXCEPTION]);
/// `AttributeError`.
pub static ATTRIBUTE_ERROR: Class = Class::new("AttributeError", &[&EXCEPTION]);
/// `BaseExceptionGroup`.
pub static BASE_EXCEPTION_GROUP: Class = Class::new("BaseExceptionGroup", &[&BASE_EXCEPTION]);
/// `OSError`.
pub static OS_ERROR: Class = Class::new("OSError", &[&EXCEPTION]);
/// `BlockingIOError`.
pub static BLOCKING_IO_ERROR: Class = Class::new("BlockingIOError", &[&OS_ERROR]);
/// `ConnectionError`.
pub static CONNECTION_ERROR: Class = Class::new("ConnectionError", &[&OS_ERROR]);
/// `BrokenPipeError`.
pub static BROKEN_PIPE_ERROR: Class = Class::new("BrokenPipeError", &[&CONNECTION_ERROR]);
/// `BufferError`.
pub static BUFFER_ERROR: Class = Class::new("BufferError", &[&EXCEPTION]);
/// `Warning`.
pub static WARNING: Class = Class::new("Warning", &[&EXCEPTION]);
/// `BytesWarning`.
pub static BYTES_WARNING: Class = Class::new("BytesWarning", &[&WARNING]);
/// `ChildProcessError`.
pub static CHILD_PROCESS_ERROR: Class = Class::new("ChildProcessError", &[&OS_ERROR]);
/// `ConnectionAbortedError`.
pub static CONNECTION_ABORTED_ERROR: Class =
    Class::new("ConnectionAbortedError", &[&CONNECTION_ERROR]);
/// `ConnectionRefusedError`.
pub static CONNECTION_REFUSED_ERROR: Class =
    Class::new("ConnectionRefusedError", &[&CONNECTION_ERROR]);
/// `ConnectionResetError`.
pub static CONNECTION_RESET_ERROR: Class = Class::new("ConnectionResetError", &[&CONNECTION_ERROR]);
/// `DeprecationWarning`.
pub static DEPRECATION_WARNING: Class = Class::new("DeprecationWarning", &[&WARNING]);
/// `EOFError`.
pub static EOF_ERROR: Class = Class::new("EOFError", &[&EXCEPTION]);
/// `EncodingWarning`.
pub static ENCODING_WARNING: Class = Class::new("EncodingWarning", &[&WARNING]);
/// `ExceptionGroup`.
pub static EXCEPTION_GROUP: Class =
    Class::new("ExceptionGroup", &[&BASE_EXCEPTION_GROUP, &EXCEPTION]);
/// `FileExistsError`.
pub static FILE_EXISTS_ERROR: Class = Class::new("FileExistsError", &[&OS_ERROR]);
/// `FileNotFoundError`.
pub static FILE_NOT_FOUND_ERROR: Class = Class::new("FileNotFoundError", &[&OS_ERROR]);
/// `FloatingPointError`.
pub static FLOATING_POINT_ERROR: Class = Class::new("FloatingPointError", &[&ARITHMETIC_ERROR]);
/// `FutureWarning`.
pub static FUTURE_WARNING: Class = Class::new("FutureWarning", &[&WARNING]);
/// `GeneratorExit`.
pub static GENERATOR_EXIT: Class = Class::new("GeneratorExit", &[&BASE_EXCEPTION]);
/// `ImportError`.
pub static IMPORT_ERROR: Class = Class::new("ImportError", &[&EXCEPTION]);
/// `ImportWarning`.
pub static IMPORT_WARNING: Class = Class::new("ImportWarning", &[&WARNING]);
/// `SyntaxError`.
pub static SYNTAX_ERROR: Class = Class::new("SyntaxError", &[&EXCEPTION]);
/// `IndentationError`.
pub static INDENTATION_ERROR: Class = Class::new("IndentationError", &[&SYNTAX_ERROR]);
/// `LookupError`.
pub static LOOKUP_ERROR: Class = Class::new("LookupError", &[&EXCEPTION]);
/// `IndexError`.
pub static INDEX_ERROR: Class = Class::new("IndexError", &[&LOOKUP_ERROR]);
/// `InterruptedError`.
pub static INTERRUPTED_ERROR: Class = Class::new("InterruptedError", &[&OS_ERROR]);
/// `IsADirectoryError`.
pub static IS_A_DIRECTORY_ERROR: Class = Class::new("IsADirectoryError", &[&OS_ERROR]);
/// `KeyError`.
pub static KEY_ERROR: Class = Class::new("KeyError", &[&LOOKUP_ERROR]);
/// `KeyboardInterrupt`.
pub static KEYBOARD_INTERRUPT: Class = Class::new("KeyboardInterrupt", &[&BASE_EXCEPTION]);
/// `MemoryError`.
pub static MEMORY_ERROR: Class = Class::new("MemoryError", &[&EXCEPTION]);
/// `ModuleNotFoundError`.
pub static MODULE_NOT_FOUND_ERROR: Class = Class::new("ModuleNotFoundError", &[&IMPORT_ERROR]);
/// `NameError`.
pub static NAME_ERROR: Class = Class::new("NameError", &[&EXCEPTION]);
/// `NotADirectoryError`.
pub static NOT_A_DIRECTORY_ERROR: Class = Class::new("NotADirectoryError", &[&OS_ERROR]);
/// `RuntimeError`.
pub static RUNTIME_ERROR: Class = Class::new("RuntimeError", &[&EXCEPTION]);
/// `NotImplementedError`.
pub static NOT_IMPLEMENTED_ERROR: Class = Class::new("NotImplementedError", &[&RUNTIME_ERROR]);
/// `OverflowError`.
pub static OVERFLOW_ERROR: Class = Class::new("OverflowError", &[&ARITHMETIC_ERROR]);
/// `PendingDeprecationWarning`.
pub static PENDING_DEPRECATION_WARNING: Class =
    Class::new("PendingDeprecationWarning", &[&WARNING]);
/// `PermissionError`.
pub static PERMISSION_ERROR: Class = Class::new("PermissionError", &[&OS_ERROR]);
/// `ProcessLookupError`.
pub static PROCESS_LOOKUP_ERROR: Class = Class::new("ProcessLookupError", &[&OS_ERROR]);
/// `RecursionError`.
pub static RECURSION_ERROR: Class = Class::new("RecursionError", &[&RUNTIME_ERROR]);
/// `ReferenceError`.
pub static REFERENCE_ERROR: Class = Class::new("ReferenceError", &[&EXCEPTION]);
/// `ResourceWarning`.
pub static RESOURCE_WARNING: Class = Class::new("ResourceWarning", &[&WARNING]);
/// `RuntimeWarning`.
pub static RUNTIME_WARNING: Class = Class::new("RuntimeWarning", &[&WARNING]);
/// `StopAsyncIteration`.
pub static STOP_ASYNC_ITERATION: Class = Class::new("StopAsyncIteration", &[&EXCEPTION]);
/// `StopIteration`.
pub static STOP_ITERATION: Class = Class::new("StopIteration", &[&EXCEPTION]);
/// `SyntaxWarning`.
pub static SYNTAX_WARNING: Class = Class::new("SyntaxWarning", &[&WARNING]);
/// `SystemError`.
pub static SYSTEM_ERROR: Class = Class::new("SystemError", &[&EXCEPTION]);
/// `SystemExit`.
pub static SYSTEM_EXIT: Class = Class::new("SystemExit", &[&BASE_EXCEPTION]);
/// `TabError`.
pub static TAB_ERROR: Class = Class::new("TabError", &[&INDENTATION_ERROR]);
/// `TimeoutError`.
pub static TIMEOUT_ERROR: Class = Class::new("TimeoutError", &[&OS_ERROR]);
/// `TypeError`.
pub static TYPE_ERROR: Class = Class::new("TypeError", &[&EXCEPTION]);
/// `UnboundLocalError`.
pub static UNBOUND_LOCAL_ERROR: Class = Class::new("UnboundLocalError", &[&NAME_ERROR]);
/// `ValueError`.
pub static VALUE_ERROR: Class = Class::new("ValueError", &[&EXCEPTION]);
/// `UnicodeError`.
pub static UNICODE_ERROR: Class = Class::new("UnicodeError", &[&VALUE_ERROR]);
/// `UnicodeDecodeError`.
pub static UNICODE_DECODE_ERROR: Class = Class::new("UnicodeDecodeError", &[&UNICODE_ERROR]);
/// `UnicodeEncodeError`.
pub static UNICODE_ENCODE_ERROR: Class = Class::new("UnicodeEncodeError", &[&UNICODE_ERROR]);
/// `UnicodeTranslateError`.
pub static UNICODE_TRANSLATE_ERROR: Class = Class::new("UnicodeTranslateError", &[&UNICODE_ERROR]);
/// `UnicodeWarning`.
pub static UNICODE_WARNING: Class = Class::new("UnicodeWarning", &[&WARNING]);
/// `UserWarning`.
pub static USER_WARNING: Class = Class::new("UserWarning", &[&WARNING]);
/// `ZeroDivisionError`.
pub static ZERO_DIVISION_ERROR: Class = Class::new("ZeroDivisionError", &[&ARITHMETIC_ERROR]);

/// The value of a result; its error breaks out of a labelled block.
#[macro_export]
macro_rules! or_break {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => break $label error,
        }
    };
}
pub use or_break;

/// A local variable is read before it is bound.
pub fn unbound_local(name: &str) -> Error {
    let text =
        format!("cannot access local variable '{name}' where it is not associated with a value");
    Error::new(&UNBOUND_LOCAL_ERROR, text)
}

/// A value of a type has no items.
pub fn not_subscriptable(type_name: &str) -> Error {
    type_error(format!("'{type_name}' object is not subscriptable"))
}
