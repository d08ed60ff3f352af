//! Python's `logging`, set up as the Lambda runtime does it: one handler, that of the root logger.
//! What a program adds of its own, as handlers and formats, is not here.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::environ;
use super::error::{self, Error, Result};
use super::logging_format::{self, Record};
use super::text;
use super::value::Value;

/// `logging.CRITICAL`
pub const CRITICAL: i64 = 50;
/// `logging.FATAL`
pub const FATAL: i64 = 50;
/// `logging.ERROR`
pub const ERROR: i64 = 40;
/// `logging.WARNING`
pub const WARNING: i64 = 30;
/// `logging.WARN`
pub const WARN: i64 = 30;
/// `logging.INFO`
pub const INFO: i64 = 20;
/// `logging.DEBUG`
pub const DEBUG: i64 = 10;
/// `logging.NOTSET`
pub const NOTSET: i64 = 0;

/// `logging.Logger`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logger {
    /// Empty for the root logger.
    name: String,
}

thread_local! {
    /// The levels that loggers were given.
    static LEVELS: RefCell<HashMap<String, i64>> = RefCell::new(HashMap::from([root_level()]));
    /// The level up to which nothing is logged at all.
    static DISABLED: Cell<i64> = const { Cell::new(NOTSET) };
}

/// The root logger's level at the start.
fn root_level() -> (String, i64) {
    let wanted = environ::find("AWS_LAMBDA_LOG_LEVEL").map(|name| match name.as_str() {
        "TRACE" => "DEBUG".to_owned(),
        other => other.to_uppercase(),
    });
    let level = wanted.and_then(|name| level_named(&name));
    (String::new(), level.unwrap_or(WARNING))
}

/// The number of a level's name.
fn level_named(name: &str) -> Option<i64> {
    match name {
        "CRITICAL" | "FATAL" => Some(CRITICAL),
        "ERROR" => Some(ERROR),
        "WARNING" | "WARN" => Some(WARNING),
        "INFO" => Some(INFO),
        "DEBUG" => Some(DEBUG),
        "NOTSET" => Some(NOTSET),
        _ => None,
    }
}

/// The name of a level's number.
pub fn level_name(level: i64) -> String {
    let name = match level {
        CRITICAL => "CRITICAL",
        ERROR => "ERROR",
        WARNING => "WARNING",
        INFO => "INFO",
        DEBUG => "DEBUG",
        NOTSET => "NOTSET",
        other => return format!("Level {other}"),
    };
    name.to_owned()
}

/// `logging.getLevelName(level)`.
pub fn get_level_name(level: &Value) -> Value {
    if let Value::Int(level) = level {
        return level_name(*level).into();
    }
    match level.as_str().and_then(level_named) {
        Some(number) => number.into(),
        None => format!("Level {level}").into(),
    }
}

/// `logging.getLogger(name=None)`.
pub fn get_logger(name: Option<&str>) -> Logger {
    let name = match name.unwrap_or_default() {
        "root" => "",
        name => name,
    };
    Logger {
        name: name.to_owned(),
    }
}

/// `logging.getLogger(name=None)`.
pub fn get_logger_value(name: &Value) -> Result<Logger> {
    if !name.is_true() {
        return Ok(get_logger(None));
    }
    match name {
        Value::Str(name) => Ok(get_logger(Some(name))),
        _ => Err(error::type_error("A logger name must be a string")),
    }
}

/// `logging.basicConfig(*, level=None, format=None, datefmt=None, style='%')`.
/// It does nothing, as the root logger has a handler.
pub fn basic_config(_level: &Value, _format: &Value, _datefmt: &Value, _style: &Value) {}

/// `logging.disable(level=50)`.
pub fn disable(level: i64) {
    DISABLED.set(level);
}

/// `logging.Logger.setLevel(level)`.
pub fn set_level(logger: &Logger, level: i64) {
    LEVELS.with_borrow_mut(|levels| levels.insert(logger.name.clone(), level));
}

/// `logging.Logger.setLevel(level)`.
pub fn set_level_named(logger: &Logger, level: &str) -> Result<()> {
    let Some(number) = level_named(level) else {
        let shown = text::str_repr(level);
        return Err(error::value_error(format!("Unknown level: {shown}")));
    };
    set_level(logger, number);
    Ok(())
}

/// `logging.Logger.setLevel(level)`.
pub fn set_level_value(logger: &Logger, level: &Value) -> Result<()> {
    match (level, level.as_int()) {
        (_, Some(number)) => {
            set_level(logger, number);
            Ok(())
        }
        (Value::Str(name), _) => set_level_named(logger, name),
        _ => {
            let shown = super::ops::repr(level);
            let text = format!("Level not an integer or a valid string: {shown}");
            Err(error::type_error(text))
        }
    }
}

/// `logging.Logger.level`
pub fn level(logger: &Logger) -> i64 {
    let level = LEVELS.with_borrow(|levels| levels.get(&logger.name).copied());
    level.unwrap_or(NOTSET)
}

/// `logging.Logger.getEffectiveLevel()`.
pub fn get_effective_level(logger: &Logger) -> i64 {
    LEVELS.with_borrow(|levels| {
        let mut name = logger.name.as_str();
        loop {
            match levels.get(name) {
                None | Some(&NOTSET) if !name.is_empty() => {}
                level => return level.copied().unwrap_or(NOTSET),
            }
            name = name.rsplit_once('.').map_or("", |(parent, _)| parent);
        }
    })
}

/// `logging.Logger.isEnabledFor(level)`.
pub fn is_enabled_for(logger: &Logger, level: i64) -> bool {
    DISABLED.get() < level && level >= get_effective_level(logger)
}

/// `logging.Logger.name`
pub fn name(logger: &Logger) -> String {
    match logger.name.as_str() {
        "" => "root".to_owned(),
        name => name.to_owned(),
    }
}

/// `logging.Logger.getChild(suffix)`.
pub fn get_child(logger: &Logger, suffix: &str) -> Logger {
    match logger.name.as_str() {
        "" => get_logger(Some(suffix)),
        name => get_logger(Some(&format!("{name}.{suffix}"))),
    }
}

/// `logging.Logger.hasHandlers()`.
pub fn has_handlers(_logger: &Logger) -> bool {
    true
}

/// What a call may give beside the message.
pub struct Details<'a> {
    /// An exception, or whether to take the one that is handled.
    pub exc_info: &'a Value,
    /// What is added to the record.
    pub extra: &'a Value,
    /// The exception that the calling code handles.
    pub handled: Option<&'a Error>,
}

/// Logs a message, if its level is logged.
pub fn write(
    logger: &Logger,
    level: i64,
    msg: &Value,
    args: &[Value],
    details: Option<&Details<'_>>,
) -> Result<()> {
    if !is_enabled_for(logger, level) {
        return Ok(());
    }
    let mut record = Record {
        logger: name(logger),
        level,
        msg,
        args,
        extra: Vec::new(),
        exception: None,
    };
    if let Some(details) = details {
        record.extra = logging_format::added(details.extra)?;
        record.exception = logging_format::exception(details)?;
    }
    logging_format::emit(&record)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised<T: std::fmt::Debug>(result: Result<T>) -> String {
        match result {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn levels_come_from_the_nearest_logger_that_has_one() -> Result<()> {
        let (root, child) = (get_logger(None), get_logger(Some("a.b.c")));
        assert_eq!(get_logger(Some("root")), root);
        assert_eq!(get_logger(Some("")), root);
        assert_eq!(
            (name(&root).as_str(), name(&child).as_str()),
            ("root", "a.b.c")
        );
        assert_eq!(get_child(&root, "a"), get_logger(Some("a")));
        assert_eq!(get_child(&get_logger(Some("a")), "b.c"), child);
        assert_eq!(get_effective_level(&child), WARNING);
        set_level_named(&root, "INFO")?;
        assert_eq!((level(&child), get_effective_level(&child)), (NOTSET, INFO));
        set_level(&get_logger(Some("a")), ERROR);
        assert!(is_enabled_for(&child, ERROR) && !is_enabled_for(&child, WARNING));
        disable(ERROR);
        assert!(!is_enabled_for(&child, ERROR) && is_enabled_for(&child, CRITICAL));
        disable(NOTSET);
        set_level(&root, NOTSET);
        assert!(is_enabled_for(&root, 1));
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let root = get_logger(None);
        let set = |level: Value| raised(set_level_value(&root, &level));
        assert_eq!(set("info".into()), "ValueError: Unknown level: 'info'");
        let other = "TypeError: Level not an integer or a valid string: ";
        assert_eq!(set(Value::None), format!("{other}None"));
        assert_eq!(set(1.5.into()), format!("{other}1.5"));
        let name = raised(get_logger_value(&5.into()));
        assert_eq!(name, "TypeError: A logger name must be a string");
    }

    #[test]
    fn levels_have_names() {
        for (level, expected) in [
            (Value::from(25), Value::from("Level 25")),
            (20.into(), "INFO".into()),
            ("INFO".into(), 20.into()),
            ("x".into(), "Level x".into()),
            (Value::None, "Level None".into()),
        ] {
            assert_eq!(get_level_name(&level), expected);
        }
    }
}
