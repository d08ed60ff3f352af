//! The methods of the logger of Powertools for AWS Lambda that log.
//!
//! `location` is the function and line of the call, as `name:line`, and `handled` the exception
//! that the calling code handles; the compiler gives both.

use super::dict::{self, Dict};
use super::error::{self, Error, Result};
use super::logging::{self, CRITICAL, DEBUG, Details, ERROR, INFO, WARNING};
use super::logging_format;
use super::powertools_logger::Logger;
use super::powertools_logger_format::{self, Message};
use super::value::Value;

/// What a call gives beside the message.
#[derive(Default)]
struct Given<'a> {
    extra: Option<&'a Value>,
    kwargs: Option<&'a Dict>,
    exc_info: Option<&'a Value>,
    handled: Option<&'a Error>,
}

/// Logs a message, if its level is logged.
fn write(
    logger: &Logger,
    location: &str,
    level: i64,
    (msg, args): (&Value, &[Value]),
    given: &Given<'_>,
) -> Result<()> {
    let extra = merged(given)?;
    if !logging::is_enabled_for(&logger.standard(), level) {
        return Ok(());
    }
    let extra = logging_format::added(&extra.into())?;
    let exception = match given.exc_info {
        None => None,
        Some(exc_info) => logging_format::exception(&Details {
            exc_info,
            extra: &Value::None,
            handled: given.handled,
        })?,
    };
    let message = Message {
        location,
        level,
        msg,
        args,
        extra: &extra,
        exception: exception.as_ref().and_then(Option::as_ref),
    };
    powertools_logger_format::emit(&logger.layout()?, &logger.keys()?, &message)
}

/// As `{**extra, **kwargs}`.
fn merged(given: &Given<'_>) -> Result<Dict> {
    let merged = match given.extra {
        Some(Value::Dict(members)) => dict::copy(members),
        Some(extra) if extra.is_true() => {
            let name = extra.type_name();
            return Err(match extra {
                #[cfg(feature = "object")]
                Value::Object(_) => error::untranslated("extra that is an object"),
                _ => error::type_error(format!("'{name}' object is not a mapping")),
            });
        }
        _ => Dict::new(),
    };
    if let Some(kwargs) = given.kwargs {
        dict::update(&merged, kwargs);
    }
    Ok(merged)
}

/// `aws_lambda_powertools.Logger.debug(msg, *args)`.
pub fn debug(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, DEBUG, (msg, args), &Given::default())
}

/// `aws_lambda_powertools.Logger.debug(msg, *args, extra=None, **kwargs)`.
pub fn debug_with(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        ..Given::default()
    };
    write(logger, location, DEBUG, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.debug(msg, *args, exc_info, extra=None)`.
pub fn debug_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        exc_info: Some(exc_info),
        handled,
        ..Given::default()
    };
    write(logger, location, DEBUG, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.info(msg, *args)`.
pub fn info(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, INFO, (msg, args), &Given::default())
}

/// `aws_lambda_powertools.Logger.info(msg, *args, extra=None, **kwargs)`.
pub fn info_with(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        ..Given::default()
    };
    write(logger, location, INFO, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.info(msg, *args, exc_info, extra=None)`.
pub fn info_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        exc_info: Some(exc_info),
        handled,
        ..Given::default()
    };
    write(logger, location, INFO, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.warning(msg, *args)`.
pub fn warning(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, WARNING, (msg, args), &Given::default())
}

/// `aws_lambda_powertools.Logger.warning(msg, *args, extra=None, **kwargs)`.
pub fn warning_with(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        ..Given::default()
    };
    write(logger, location, WARNING, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.warning(msg, *args, exc_info, extra=None)`.
pub fn warning_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        exc_info: Some(exc_info),
        handled,
        ..Given::default()
    };
    write(logger, location, WARNING, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.error(msg, *args)`.
pub fn error(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, ERROR, (msg, args), &Given::default())
}

/// `aws_lambda_powertools.Logger.error(msg, *args, extra=None, **kwargs)`.
pub fn error_with(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        ..Given::default()
    };
    write(logger, location, ERROR, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.error(msg, *args, exc_info, extra=None)`.
pub fn error_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        exc_info: Some(exc_info),
        handled,
        ..Given::default()
    };
    write(logger, location, ERROR, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.critical(msg, *args)`.
pub fn critical(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, CRITICAL, (msg, args), &Given::default())
}

/// `aws_lambda_powertools.Logger.critical(msg, *args, extra=None, **kwargs)`.
pub fn critical_with(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        ..Given::default()
    };
    write(logger, location, CRITICAL, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.critical(msg, *args, exc_info, extra=None)`.
pub fn critical_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        exc_info: Some(exc_info),
        handled,
        ..Given::default()
    };
    write(logger, location, CRITICAL, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.exception(msg, *args, extra=None, **kwargs)`.
pub fn exception(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    extra: &Value,
    kwargs: &Dict,
    handled: Option<&Error>,
) -> Result<()> {
    let given = Given {
        extra: Some(extra),
        kwargs: Some(kwargs),
        exc_info: Some(&Value::Bool(true)),
        handled,
    };
    write(logger, location, ERROR, (msg, args), &given)
}

/// `aws_lambda_powertools.Logger.exception(msg, *args, exc_info, extra=None)`.
pub fn exception_of(
    logger: &Logger,
    location: &str,
    msg: &Value,
    args: &[Value],
    exc_info: &Value,
    extra: &Value,
    handled: Option<&Error>,
) -> Result<()> {
    error_of(logger, location, msg, args, exc_info, extra, handled)
}

/// `aws_lambda_powertools.Logger.warn(msg, *args)`.
pub fn warn(logger: &Logger, location: &str, msg: &Value, args: &[Value]) -> Result<()> {
    warning(logger, location, msg, args)
}

/// `aws_lambda_powertools.Logger.log(level, msg, *args)`.
pub fn log(logger: &Logger, location: &str, level: i64, msg: &Value, args: &[Value]) -> Result<()> {
    write(logger, location, level, (msg, args), &Given::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::powertools_logger;

    #[test]
    fn raises_what_python_raises() -> Result<()> {
        let logger = powertools_logger::logger(Some("raises"), &Value::None)?;
        let raised = |level: &str, extra: Value| {
            let msg = Value::from("m");
            let result = match level {
                "info" => info_with(&logger, "f:1", &msg, &[], &extra, &Dict::new()),
                _ => debug_with(&logger, "f:1", &msg, &[], &extra, &Dict::new()),
            };
            result.map_or_else(
                |error| format!("{}: {error}", error.class().name),
                |()| String::new(),
            )
        };
        let taken = "KeyError: \"Attempt to overwrite 'name' in LogRecord\"";
        assert_eq!(raised("info", dict! {"name": 1}.into()), taken);
        assert_eq!(raised("debug", dict! {"name": 1}.into()), "");
        let mapping = "TypeError: 'int' object is not a mapping";
        assert_eq!(raised("debug", 5.into()), mapping);
        let args = [Value::from(1)];
        let failed = info(&logger, "f:1", &"%s %s".into(), &args);
        let failed = failed.map_err(|error| error.to_string());
        let text = "a log line that fails: not enough arguments for format string";
        assert_eq!(failed, Err(text.to_owned()));
        Ok(())
    }
}
