//! Python's `concurrent.futures`: calls whose outcome is kept.

use std::rc::Rc;

use super::error::{self, Result};
use super::list::List;
use super::object::{self, Object};
use super::value::Value;

/// What a call gave or raised.
struct Future(Result<Value>);

impl Object for Future {
    fn type_name(&self) -> &'static str {
        "Future"
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of a future"
        )))
    }
}

/// The future of a call that was made.
pub fn future(outcome: Result<Value>) -> Value {
    Value::Object(Rc::new(Future(outcome)))
}

/// As `future.result()`.
pub fn result(value: &Value) -> Result<Value> {
    match object::instance::<Future>(value) {
        Some(future) => future.0.clone(),
        None => {
            let name = value.type_name();
            Err(error::untranslated(format!("result() of a {name}")))
        }
    }
}

/// `concurrent.futures.as_completed(fs)`.
///
/// Each was made where it was submitted, so that they are completed in that order.
pub fn as_completed(fs: &Value) -> Result<List> {
    Ok(fs.iterate()?.collect())
}
