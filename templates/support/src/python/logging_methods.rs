//! The methods of Python's loggers that log.
//!
//! `handled` is the exception that the calling code handles; the compiler gives it.

use super::error::{self, Error, Result};
use super::logging::{self, CRITICAL, DEBUG, Details, ERROR, INFO, Logger, WARNING, write};
use super::value::Value;

/// `logging.Logger.debug(msg, *args)`.
pub fn debug(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, DEBUG, msg, args, None)
}

/// `logging.Logger.debug(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn debug_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, DEBUG, msg, args, Some(&details))
}

/// `logging.Logger.info(msg, *args)`.
pub fn info(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, INFO, msg, args, None)
}

/// `logging.Logger.info(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn info_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, INFO, msg, args, Some(&details))
}

/// `logging.Logger.warning(msg, *args)`.
pub fn warning(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, WARNING, msg, args, None)
}

/// `logging.Logger.warning(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn warning_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, WARNING, msg, args, Some(&details))
}

/// `logging.Logger.warn(msg, *args)`.
pub fn warn(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, WARNING, msg, args, None)
}

/// `logging.Logger.warn(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn warn_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, WARNING, msg, args, Some(&details))
}

/// `logging.Logger.error(msg, *args)`.
pub fn error(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, ERROR, msg, args, None)
}

/// `logging.Logger.error(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn error_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, ERROR, msg, args, Some(&details))
}

/// `logging.Logger.critical(msg, *args)`.
pub fn critical(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, CRITICAL, msg, args, None)
}

/// `logging.Logger.critical(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn critical_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, CRITICAL, msg, args, Some(&details))
}

/// `logging.Logger.fatal(msg, *args)`.
pub fn fatal(logger: &Logger, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, CRITICAL, msg, args, None)
}

/// `logging.Logger.fatal(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn fatal_with(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, CRITICAL, msg, args, Some(&details))
}

/// `logging.Logger.exception(msg, *args, exc_info=True, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn exception(
    logger: &Logger,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    error_with(logger, msg, args, exc_info, extra, handled)
}

/// `logging.Logger.log(level, msg, *args)`.
pub fn log(logger: &Logger, level: &Value, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, number(level)?, msg, args, None)
}

/// `logging.Logger.log(level, msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn log_with(
    logger: &Logger,
    level: &Value,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let details = Details {
        exc_info,
        extra,
        handled,
    };
    write(logger, number(level)?, msg, args, Some(&details))
}

fn number(level: &Value) -> Result<i64> {
    let number = level.as_int();
    number.ok_or_else(|| error::type_error("level must be an integer"))
}

/// `logging.Logger.isEnabledFor(level)`.
/// Floats are refused.
pub fn is_enabled_for_value(logger: &Logger, level: &Value) -> Result<bool> {
    match level.as_int() {
        Some(level) => Ok(logging::is_enabled_for(logger, level)),
        None => super::ops::ge(&Value::Int(0), level)
            .and_then(|_| Err(error::untranslated("a level that is not an int"))),
    }
}
