//! The `Logger` of Powertools for AWS Lambda: one JSON line for each message.
//!
//! Loggers of one service share their keys, their level and their layout, as Python's do.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::dict::{self, Dict};
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::lambda_context::{self, LambdaContext};
use super::logging;
use super::powertools_logger_format::Layout;
use super::powertools_settings as settings;
use super::value::Value;
use super::{environ, powertools_jmespath, powertools_logger_methods, random};

/// `aws_lambda_powertools.logging.exceptions.InvalidLoggerSamplingRateError`
pub static INVALID_LOGGER_SAMPLING_RATE_ERROR: Class =
    Class::new("InvalidLoggerSamplingRateError", &[&EXCEPTION]);

/// `aws_lambda_powertools.Logger`
#[derive(Debug, Clone)]
pub struct Logger {
    service: String,
    sampling_rate: Value,
    first_level: Value,
    shared: Rc<Shared>,
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
    static COLD: RefCell<bool> = const { RefCell::new(true) };
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

fn made(
    service: Option<&str>,
    level: &Value,
    sampling_rate: &Value,
    layout: Layout,
    kwargs: &Dict,
) -> Result<Logger> {
    let service = settings::choice(service, "POWERTOOLS_SERVICE_NAME");
    let service = service.unwrap_or_else(|| "service_undefined".to_owned());
    if settings::switch(None, "POWERTOOLS_LOG_DEDUPLICATION_DISABLED", false)? {
        return Err(error::untranslated("log lines that are written twice"));
    }
    if matches!(service.as_str(), "" | "root") {
        return Err(error::untranslated(format!(
            "a logger of the service {service:?}"
        )));
    }
    let sampling_rate = match sampling_rate {
        Value::None => environ::find("POWERTOOLS_LOGGER_SAMPLE_RATE").into(),
        given => given.clone(),
    };
    let first_level = level_of(level)?;
    let known = SERVICES.with_borrow(|services| services.get(&service).cloned());
    let is_new = known.is_none();
    let shared = known.unwrap_or_else(|| {
        let start = layout.keys();
        start.insert("service", service.as_str());
        start.insert("sampling_rate", &sampling_rate);
        dict::update(&start, kwargs);
        let keys = RefCell::new(dict::copy(&start));
        let shared = Shared {
            layout,
            start,
            keys,
        };
        Rc::new(shared)
    });
    let logger = Logger {
        service,
        sampling_rate,
        first_level,
        shared,
    };
    if is_new {
        SERVICES.with_borrow_mut(|services| {
            services.insert(logger.service.clone(), Rc::clone(&logger.shared))
        });
        logger.sample()?;
    }
    Ok(logger)
}

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
        logging::get_logger(Some(&self.service))
    }

    /// The keys of its lines.
    pub fn keys(&self) -> Dict {
        self.shared.keys.borrow().clone()
    }

    /// How its lines are laid out.
    pub fn layout(&self) -> &Layout {
        &self.shared.layout
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
pub fn name(logger: &Logger) -> String {
    logger.service.clone()
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
pub fn append_keys(logger: &Logger, additional_keys: &Dict) {
    dict::update(&logger.keys(), additional_keys);
}

/// `aws_lambda_powertools.Logger.remove_keys(keys)`.
pub fn remove_keys(logger: &Logger, keys: impl IntoIterator<Item = Value>) -> Result<()> {
    for key in keys {
        logger.keys().take(&key)?;
    }
    Ok(())
}

/// `aws_lambda_powertools.Logger.get_current_keys()`.
pub fn get_current_keys(logger: &Logger) -> Dict {
    logger.keys()
}

/// `aws_lambda_powertools.Logger.structure_logs(append=False, **keys)`.
pub fn structure_logs(logger: &Logger, append: bool, keys: &Dict) {
    if append {
        return append_keys(logger, keys);
    }
    *logger.shared.keys.borrow_mut() = dict::copy(&logger.shared.start);
    let current = logger.keys();
    current.insert("service", logger.service.as_str());
    current.insert("sampling_rate", &logger.sampling_rate);
    dict::update(&current, keys);
}

/// `aws_lambda_powertools.Logger.clear_state()`.
pub fn clear_state(logger: &Logger) {
    structure_logs(logger, false, &Dict::new());
}

/// `aws_lambda_powertools.Logger.set_correlation_id(value)`.
pub fn set_correlation_id(logger: &Logger, value: &Value) {
    logger.keys().insert("correlation_id", value);
}

/// `aws_lambda_powertools.Logger.get_correlation_id()`.
pub fn get_correlation_id(logger: &Logger) -> Value {
    logger.keys().find("correlation_id").unwrap_or_default()
}

/// `aws_lambda_powertools.Logger.refresh_sample_rate_calculation()`.
pub fn refresh_sample_rate_calculation(logger: &Logger) -> Result<()> {
    logger.sample()
}

/// Whether no handler that is told of its context has run yet.
fn take_cold() -> bool {
    let was_cold = COLD.replace(false);
    was_cold && !settings::is_provisioned()
}

/// `aws_lambda_powertools.Logger.inject_lambda_context(log_event=None, correlation_id_path=None, clear_state=False)`.
/// A decorator: it is called before the handler, with the event and the context.
pub fn inject_lambda_context(
    logger: &Logger,
    event: &Value,
    context: &LambdaContext,
    log_event: Option<bool>,
    correlation_id_path: Option<&str>,
    clear_state: bool,
) -> Result<()> {
    let log_event = settings::switch(log_event, "POWERTOOLS_LOGGER_LOG_EVENT", false)?;
    let cold_start = take_cold();
    let keys = Dict::new();
    keys.insert("cold_start", cold_start);
    keys.insert("function_name", lambda_context::function_name(context)?);
    let memory = lambda_context::memory_limit_in_mb(context)?;
    keys.insert("function_memory_size", memory);
    let arn = lambda_context::invoked_function_arn(context);
    keys.insert("function_arn", arn);
    let id = lambda_context::aws_request_id(context);
    keys.insert("function_request_id", id);
    structure_logs(logger, !clear_state, &keys);
    if let Some(path) = correlation_id_path.filter(|path| !path.is_empty()) {
        set_correlation_id(logger, &powertools_jmespath::query(event, path)?);
    }
    if log_event {
        powertools_logger_methods::info(logger, "decorate:0", event, &[])?;
    }
    if logger.sampling_rate.is_true() && !cold_start {
        logger.sample()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::invocation::Invocation;

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
        append_keys(&one, &dict! {"order_id": 7});
        assert_eq!(two.keys().find("order_id"), Some(7.into()));
        remove_keys(&two, ["order_id".into(), "nope".into()])?;
        assert_eq!(one.keys().find("order_id"), None);
        set_correlation_id(&one, &"c".into());
        assert_eq!(get_correlation_id(&two), Value::from("c"));
        structure_logs(&one, false, &dict! {"only": 2});
        let names: Vec<_> = one.keys().to_keys().iter().map(Value::to_string).collect();
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
    fn the_context_is_told() -> Result<()> {
        for (name, value) in [("FUNCTION_NAME", "f"), ("FUNCTION_MEMORY_SIZE", "128")] {
            environ::put(&format!("AWS_LAMBDA_{name}"), Some(value));
        }
        let context = LambdaContext::new(Invocation {
            request_id: "r".to_owned(),
            function_arn: "arn".to_owned(),
            ..Invocation::default()
        });
        let logger = named("inj", ())?;
        let event = dict! {"a": dict! {"b": "cc"}}.into();
        inject_lambda_context(&logger, &event, &context, None, Some("a.b"), false)?;
        let expected = "{'level': '%(levelname)s', 'location': '%(funcName)s:%(lineno)d', \
            'message': None, 'timestamp': '%(asctime)s', 'service': 'inj', 'sampling_rate': None, \
            'cold_start': True, 'function_name': 'f', 'function_memory_size': '128', \
            'function_arn': 'arn', 'function_request_id': 'r', 'correlation_id': 'cc'}";
        assert_eq!(Value::from(logger.keys()).to_string(), expected);
        inject_lambda_context(&logger, &event, &context, None, None, true)?;
        let expected = expected
            .replace(", 'correlation_id': 'cc'", "")
            .replace("True", "False");
        assert_eq!(Value::from(logger.keys()).to_string(), expected);
        Ok(())
    }
}
