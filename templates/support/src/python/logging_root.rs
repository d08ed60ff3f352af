//! The functions of Python's `logging` that log with the root logger.
//!
//! `handled` is the exception that the calling code handles; the compiler gives it.

use super::error::{Error, Result};
use super::logging::get_logger;
use super::logging_methods as methods;
use super::value::Value;

/// `logging.debug(msg, *args)`.
pub fn debug(msg: &Value, args: &[Value]) -> Result<()> {
    methods::debug(&get_logger(None), msg, args)
}

/// `logging.debug(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn debug_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::debug_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.info(msg, *args)`.
pub fn info(msg: &Value, args: &[Value]) -> Result<()> {
    methods::info(&get_logger(None), msg, args)
}

/// `logging.info(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn info_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::info_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.warning(msg, *args)`.
pub fn warning(msg: &Value, args: &[Value]) -> Result<()> {
    methods::warning(&get_logger(None), msg, args)
}

/// `logging.warning(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn warning_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::warning_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.warn(msg, *args)`.
pub fn warn(msg: &Value, args: &[Value]) -> Result<()> {
    methods::warn(&get_logger(None), msg, args)
}

/// `logging.warn(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn warn_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::warn_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.error(msg, *args)`.
pub fn error(msg: &Value, args: &[Value]) -> Result<()> {
    methods::error(&get_logger(None), msg, args)
}

/// `logging.error(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn error_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::error_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.critical(msg, *args)`.
pub fn critical(msg: &Value, args: &[Value]) -> Result<()> {
    methods::critical(&get_logger(None), msg, args)
}

/// `logging.critical(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn critical_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::critical_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.fatal(msg, *args)`.
pub fn fatal(msg: &Value, args: &[Value]) -> Result<()> {
    methods::fatal(&get_logger(None), msg, args)
}

/// `logging.fatal(msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn fatal_with(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::fatal_with(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.exception(msg, *args, exc_info=True, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn exception(
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::exception(&get_logger(None), msg, args, exc_info, extra, handled)
}

/// `logging.log(level, msg, *args)`.
pub fn log(level: &Value, msg: &Value, args: &[Value]) -> Result<()> {
    methods::log(&get_logger(None), level, msg, args)
}

/// `logging.log(level, msg, *args, exc_info=None, extra=None)`.
/// An exception that was not raised is shown as if it was.
pub fn log_with(
    level: &Value,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    methods::log_with(
        &get_logger(None),
        level,
        msg,
        args,
        exc_info,
        extra,
        handled,
    )
}
