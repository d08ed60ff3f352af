//! The `Logger` of Powertools for AWS Lambda: one JSON line for each message.
//!
//! Loggers of one service share their keys, their level and their layout, as Python's do.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::dict::{self, Dict};
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::logging;
use super::powertools_logger_format::Layout;
use super::powertools_settings as settings;
use super::value::Value;
use super::{environ, random};

/// `aws_lambda_powertools.logging.exceptions.InvalidLoggerSamplingRateError`
pub static INVALID_LOGGER_SAMPLING_RATE_ERROR: Class =
    Class::new("InvalidLoggerSamplingRateError", &[&EXCEPTION]);

/// `aws_lambda_powertools.logging.exceptions.OrphanedChildLoggerError`
pub static ORPHANED_CHILD_LOGGER_ERROR: Class =
    Class::new("OrphanedChildLoggerError", &[&EXCEPTION]);

/// `aws_lambda_powertools.Logger`
#[derive(Debug, Clone)]
pub struct Logger {
    service: String,
    sampling_rate: Value,
    first_level: Value,
    /// Of a child, what tells it from others.
    child: Option<usize>,
}

/// What loggers of one service share.
#[derive(Debug)]
struct Shared {
    layout: Layout,
    /// The keys that a line starts from once its state is cleared.
    start: Dict,
    /// The keys of a line.
    keys: RefCell<Dict>,
}

thread_local! {
    static SERVICES: RefCell<HashMap<String, Rc<Shared>>> = RefCell::default();
    static CHILDREN: Cell<usize> = const { Cell::new(0) };
}

/// `aws_lambda_powertools.Logger(service=None, level=None)`.
pub fn logger(service: Option<&str>, level: &Value) -> Result<Logger> {
    logger_with(service, level, &Value::None, &Dict::new())
}

/// `aws_lambda_powertools.Logger(service=None, level=None, *, sampling_rate=None, **kwargs)`.
pub fn logger_with(
    service: Option<&str>,
    level: &Value,
    sampling_rate: &Value,
    kwargs: &Dict,
) -> Result<Logger> {
    made(service, level, sampling_rate, Layout::default(), kwargs)
}

/// `aws_lambda_powertools.Logger(service=None, level=None, *, log_record_order=None, utc=False, use_rfc3339=False, serialize_stacktrace=True, **kwargs)`.
pub fn logger_of_layout(
    service: Option<&str>,
    level: &Value,
    log_record_order: &Value,
    utc: bool,
    use_rfc3339: bool,
    serialize_stacktrace: bool,
    kwargs: &Dict,
) -> Result<Logger> {
    // Local time is UTC, as it is in Lambda.
    let _ = utc;
    let layout = Layout::new(log_record_order, use_rfc3339, serialize_stacktrace)?;
    made(service, level, &Value::None, layout, kwargs)
}

/// `aws_lambda_powertools.Logger(service=None, level=None, *, log_uncaught_exceptions)`.
/// In Lambda an exception never gets past the runtime, so that the argument changes nothing.
pub fn logger_of_uncaught(
    service: Option<&str>,
    level: &Value,
    _log_uncaught_exceptions: bool,
) -> Result<Logger> {
    logger(service, level)
}

/// `aws_lambda_powertools.Logger(service=None, level=None, child)`.
/// What a child logs before its service has a logger of its own, which Python writes in another
/// form, is refused.
pub fn child_logger(service: Option<&str>, level: &Value, child: bool) -> Result<Logger> {
    if !child {
        return logger(service, level);
    }
    let number = CHILDREN.get();
    CHILDREN.set(number + 1);
    let child = Logger {
        service: service_of(service)?,
        sampling_rate: environ::find("POWERTOOLS_LOGGER_SAMPLE_RATE").into(),
        first_level: level_of(level)?,
        child: Some(number),
    };
    logging::set_level_value(&child.standard(), &child.first_level)?;
    Ok(child)
}

/// The service of a logger.
fn service_of(service: Option<&str>) -> Result<String> {
    let service = settings::choice(service, "POWERTOOLS_SERVICE_NAME");
    let service = service.unwrap_or_else(|| "service_undefined".to_owned());
    match service.as_str() {
        "" | "root" => Err(error::untranslated(format!(
            "a logger of the service {service:?}"
        ))),
        _ => Ok(service),
    }
}

fn made(
    service: Option<&str>,
    level: &Value,
    sampling_rate: &Value,
    layout: Layout,
    kwargs: &Dict,
) -> Result<Logger> {
    let service = service_of(service)?;
    if settings::switch(None, "POWERTOOLS_LOG_DEDUPLICATION_DISABLED", false)? {
        return Err(error::untranslated("log lines that are written twice"));
    }
    let sampling_rate = match sampling_rate {
        Value::None => environ::find("POWERTOOLS_LOGGER_SAMPLE_RATE").into(),
        given => given.clone(),
    };
    let first_level = level_of(level)?;
    let logger = Logger {
        service,
        sampling_rate,
        first_level,
        child: None,
    };
    if shared(&logger.service).is_none() {
        logger.share(layout, kwargs);
        logger.sample()?;
    }
    Ok(logger)
}

/// What loggers of a service share, where there are any.
fn shared(service: &str) -> Option<Rc<Shared>> {
    SERVICES.with_borrow(|services| services.get(service).cloned())
}

/// What Python says of a child logger that has no parent yet.
const ORPHANED: &str = "Orphan child loggers cannot append nor remove keys until a parent is \
    initialized first. To solve this issue, you can A) make sure a parent logger is initialized \
    first, or B) move append/remove keys operations to a later stage.Reference: \
    https://docs.powertools.aws.dev/lambda/python/latest/core/logger/#reusing-logger-across-your-code";

/// The level that a given one means beside the variables.
fn level_of(level: &Value) -> Result<Value> {
    let of_lambda = match environ::find("AWS_LAMBDA_LOG_LEVEL").as_deref() {
        Some("TRACE") => Some("NOTSET"),
        Some("DEBUG") => Some("DEBUG"),
        Some("INFO") => Some("INFO"),
        Some("WARN") => Some("WARNING"),
        Some("ERROR") => Some("ERROR"),
        Some("FATAL") => Some("CRITICAL"),
        _ => None,
    };
    let variable = |name: &str| environ::find(name).filter(|value| !value.is_empty());
    let given = match level.as_int() {
        Some(number) => logging::get_level_name(&number.into()),
        None if level.is_true() => level.clone(),
        None => variable("POWERTOOLS_LOG_LEVEL")
            .or_else(|| environ::find("LOG_LEVEL"))
            .into(),
    };
    if let Some(of_lambda) = of_lambda {
        if given.is_true() {
            // Python compares them for a warning, which fails where one of them is unknown.
            let names = [Value::from(of_lambda), given].map(|name| logging::get_level_name(&name));
            super::ops::gt(&names[0], &names[1])?;
        }
        return Ok(of_lambda.into());
    }
    match given {
        Value::None => Ok(logging::INFO.into()),
        given => Ok(given.expect_str("upper")?.to_uppercase().into()),
    }
}

impl Logger {
    /// The logger of the standard library behind it, which has its level.
    pub fn standard(&self) -> logging::Logger {
        match self.child {
            Some(number) => logging::get_logger(Some(&format!("{}.{number}", self.service))),
            None => logging::get_logger(Some(&self.service)),
        }
    }

    /// Shares what this one, the first of its service, has.
    fn share(&self, layout: Layout, kwargs: &Dict) {
        let start = layout.keys();
        start.insert("service", self.service.as_str());
        start.insert("sampling_rate", &self.sampling_rate);
        dict::update(&start, kwargs);
        let keys = RefCell::new(dict::copy(&start));
        let shared = Shared {
            layout,
            start,
            keys,
        };
        let name = self.service.clone();
        SERVICES.with_borrow_mut(|services| services.insert(name, Rc::new(shared)));
    }

    /// The keys of its lines.
    pub fn keys(&self) -> Result<Dict> {
        match shared(&self.service) {
            Some(shared) => Ok(shared.keys.borrow().clone()),
            None => Err(Error::new(&ORPHANED_CHILD_LOGGER_ERROR, ORPHANED)),
        }
    }

    /// How its lines are laid out.
    pub fn layout(&self) -> Result<Layout> {
        let shared = shared(&self.service);
        let layout = shared.map(|shared| shared.layout.clone());
        layout.ok_or_else(|| error::untranslated("a line of a child logger without a parent"))
    }

    /// Whether the level differs from one invocation to the next.
    pub fn samples(&self) -> bool {
        self.sampling_rate.is_true()
    }

    /// Sets the level, which is lower for a share of the invocations.
    fn sample(&self) -> Result<()> {
        logging::set_level_value(&self.standard(), &self.first_level)?;
        let rate = match &self.sampling_rate {
            rate if !rate.is_true() => return Ok(()),
            Value::Str(text) => text.trim().parse().ok(),
            Value::Float(rate) => Some(*rate),
            other => other.as_int().map(|rate| rate as f64),
        };
        let Some(rate) = rate else {
            let text = format!(
                "Expected a float value ranging 0 to 1, but received {} instead.Please review \
                 POWERTOOLS_LOGGER_SAMPLE_RATE environment variable or `sampling_rate` parameter.",
                self.sampling_rate
            );
            return Err(Error::new(&INVALID_LOGGER_SAMPLING_RATE_ERROR, text));
        };
        if random::random()? <= rate {
            logging::set_level(&self.standard(), logging::DEBUG);
        }
        Ok(())
    }
}

/// `aws_lambda_powertools.Logger.service`
pub fn service(logger: &Logger) -> String {
    logger.service.clone()
}

/// `aws_lambda_powertools.Logger.name`
/// That of a child, which has the name of its file, is refused.
pub fn name(logger: &Logger) -> Result<String> {
    match logger.child {
        None => Ok(logger.service.clone()),
        Some(_) => Err(error::untranslated("the name of a child logger")),
    }
}

/// `aws_lambda_powertools.Logger.log_level`
pub fn log_level(logger: &Logger) -> i64 {
    logging::level(&logger.standard())
}

/// `aws_lambda_powertools.Logger.level`
pub fn level(logger: &Logger) -> i64 {
    logging::level(&logger.standard())
}

/// `aws_lambda_powertools.Logger.setLevel(level)`.
pub fn set_level(logger: &Logger, level: &Value) -> Result<()> {
    logging::set_level_value(&logger.standard(), &level_of(level)?)
}

/// `aws_lambda_powertools.Logger.isEnabledFor(level)`.
pub fn is_enabled_for(logger: &Logger, level: i64) -> bool {
    logging::is_enabled_for(&logger.standard(), level)
}

/// `aws_lambda_powertools.Logger.append_keys(**additional_keys)`.
pub fn append_keys(logger: &Logger, additional_keys: &Dict) -> Result<()> {
    dict::update(&logger.keys()?, additional_keys);
    Ok(())
}

/// `aws_lambda_powertools.Logger.remove_keys(keys)`.
pub fn remove_keys(logger: &Logger, keys: impl IntoIterator<Item = Value>) -> Result<()> {
    let current = logger.keys()?;
    for key in keys {
        current.take(&key)?;
    }
    Ok(())
}

/// `aws_lambda_powertools.Logger.get_current_keys()`.
pub fn get_current_keys(logger: &Logger) -> Result<Dict> {
    logger.keys()
}

/// `aws_lambda_powertools.Logger.structure_logs(append=False, **keys)`.
/// Of a child that does not append, which then changes the layout of its parent, it is refused.
pub fn structure_logs(logger: &Logger, append: bool, keys: &Dict) -> Result<()> {
    if append {
        return append_keys(logger, keys);
    }
    let Some(shared) = shared(&logger.service).filter(|_| logger.child.is_none()) else {
        return Err(error::untranslated("a child logger that changes its keys"));
    };
    let current = dict::copy(&shared.start);
    current.insert("service", logger.service.as_str());
    current.insert("sampling_rate", &logger.sampling_rate);
    dict::update(&current, keys);
    *shared.keys.borrow_mut() = current;
    Ok(())
}

/// `aws_lambda_powertools.Logger.clear_state()`.
pub fn clear_state(logger: &Logger) -> Result<()> {
    structure_logs(logger, false, &Dict::new())
}

/// `aws_lambda_powertools.Logger.set_correlation_id(value)`.
pub fn set_correlation_id(logger: &Logger, value: &Value) -> Result<()> {
    logger.keys()?.insert("correlation_id", value);
    Ok(())
}

/// `aws_lambda_powertools.Logger.get_correlation_id()`.
pub fn get_correlation_id(logger: &Logger) -> Result<Value> {
    let id = logger.keys()?.find("correlation_id");
    Ok(id.unwrap_or_default())
}

/// `aws_lambda_powertools.Logger.refresh_sample_rate_calculation()`.
pub fn refresh_sample_rate_calculation(logger: &Logger) -> Result<()> {
    logger.sample()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;

    fn named(service: &str, level: impl Into<Value>) -> Result<Logger> {
        logger(Some(service), &level.into())
    }

    fn raised<T>(result: Result<T>) -> String {
        match result {
            Ok(_) => String::new(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn keys_are_shared_by_loggers_of_a_service() -> Result<()> {
        let (one, two) = (named("keys", ())?, named("keys", "DEBUG")?);
        assert_eq!((log_level(&one), log_level(&two)), (20, 20));
        append_keys(&one, &dict! {"order_id": 7})?;
        assert_eq!(two.keys()?.find("order_id"), Some(7.into()));
        remove_keys(&two, ["order_id".into(), "nope".into()])?;
        assert_eq!(one.keys()?.find("order_id"), None);
        set_correlation_id(&one, &"c".into())?;
        assert_eq!(get_correlation_id(&two)?, Value::from("c"));
        structure_logs(&one, false, &dict! {"only": 2})?;
        let names: Vec<_> = one.keys()?.to_keys().iter().map(Value::to_string).collect();
        let expected = "level location message timestamp service sampling_rate only";
        assert_eq!(names.join(" "), expected);
        Ok(())
    }

    #[test]
    fn levels_come_from_arguments_and_variables() -> Result<()> {
        assert_eq!(log_level(&named("a", "debug")?), 10);
        assert_eq!(log_level(&named("b", 0)?), 0);
        let warning = named("c", "WARNING")?;
        set_level(&warning, &"INFO".into())?;
        assert_eq!(log_level(&warning), 20);
        let unknown = raised(set_level(&warning, &"nope".into()));
        assert_eq!(unknown, "ValueError: Unknown level: 'NOPE'");
        let unknown = raised(set_level(&warning, &25.into()));
        assert_eq!(unknown, "ValueError: Unknown level: 'LEVEL 25'");
        environ::put("LOG_LEVEL", Some("error"));
        assert_eq!(log_level(&named("d", ())?), 40);
        environ::put("POWERTOOLS_LOG_LEVEL", Some("critical"));
        assert_eq!(log_level(&named("e", ())?), 50);
        environ::put("AWS_LAMBDA_LOG_LEVEL", Some("ERROR"));
        let text = "TypeError: '>' not supported between instances of 'int' and 'str'";
        assert_eq!(raised(named("f", "info")), text);
        assert_eq!(log_level(&named("f", "INFO")?), 40);
        environ::put("POWERTOOLS_LOGGER_SAMPLE_RATE", Some("much"));
        let text = "InvalidLoggerSamplingRateError: Expected a float value ranging 0 to 1, but \
            received much instead.Please review POWERTOOLS_LOGGER_SAMPLE_RATE environment variable \
            or `sampling_rate` parameter.";
        assert_eq!(raised(named("g", "INFO")), text);
        Ok(())
    }

    #[test]
    fn children_share_the_keys_of_their_service() -> Result<()> {
        let child = child_logger(Some("family"), &"ERROR".into(), true)?;
        let orphan = raised(append_keys(&child, &dict! {"a": 1}));
        assert!(orphan.starts_with("OrphanedChildLoggerError: Orphan child loggers cannot append"));
        assert!(orphan.ends_with("#reusing-logger-across-your-code"));
        let parent = named("family", "INFO")?;
        append_keys(&child, &dict! {"a": 1})?;
        assert_eq!(parent.keys()?.find("a"), Some(1.into()));
        assert_eq!((log_level(&parent), log_level(&child)), (20, 40));
        let refused = raised(clear_state(&child));
        assert_eq!(
            refused,
            "Untranslated: a child logger that changes its keys"
        );
        Ok(())
    }
}
