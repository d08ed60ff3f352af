//! Python's `threading.Thread`: what it does is done where it is started.

use std::cell::Cell;
use std::rc::Rc;

use super::error::{self, Error, Result};
use super::object::{self, Object};
use super::traceback;
use super::value::Value;

/// A thread, by what the program knows its function by.
struct Thread {
    key: &'static str,
    name: String,
    given: Vec<Value>,
    is_started: Cell<bool>,
}

impl Object for Thread {
    fn type_name(&self) -> &'static str {
        "Thread"
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of a thread"
        )))
    }

    fn set_attribute(&self, name: &str, _value: Value) -> Result<()> {
        Err(error::untranslated(format!("setting {name} of a thread")))
    }
}

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
}

/// A thread that calls a function with arguments.
pub fn thread(key: &'static str, name: &'static str, given: Vec<Value>) -> Value {
    let number = MADE.get() + 1;
    MADE.set(number);
    Value::Object(Rc::new(Thread {
        key,
        name: format!("Thread-{number} ({name})"),
        given,
        is_started: Cell::new(false),
    }))
}

fn of<'v>(value: &'v Value, method: &str) -> Result<&'v Thread> {
    let name = value.type_name();
    let found = object::instance(value);
    found.ok_or_else(|| error::untranslated(format!("{method}() of a {name}")))
}

/// What the program knows a thread's function by.
pub fn key(value: &Value) -> Result<&'static str> {
    Ok(of(value, "start")?.key)
}

/// Marks a thread as started.
pub fn start(value: &Value) -> Result<()> {
    let thread = of(value, "start")?;
    match thread.is_started.replace(true) {
        true => Err(Error::new(
            &error::RUNTIME_ERROR,
            "threads can only be started once",
        )),
        false => Ok(()),
    }
}

/// An argument of a thread's function.
pub fn given(value: &Value, at: usize) -> Result<Value> {
    let found = of(value, "start")?.given.get(at).cloned();
    found.ok_or_else(|| error::untranslated("a thread without its arguments"))
}

/// As `thread.join()`.
pub fn join(value: &Value) -> Result<()> {
    match of(value, "join")?.is_started.get() {
        true => Ok(()),
        false => Err(Error::new(
            &error::RUNTIME_ERROR,
            "cannot join thread before it is started",
        )),
    }
}

/// Shows an exception that ended a thread, as Python does; nobody else sees it.
pub fn failed(value: &Value, raised: &Error) {
    let name = object::instance::<Thread>(value).map_or("", |it| &it.name);
    if !raised.is(&error::SYSTEM_EXIT) {
        eprintln!("Exception in thread {name}:");
        traceback::print_exc(Some(raised));
    }
}
