//! What the logger of Powertools for AWS Lambda tells of an invocation.

use std::cell::Cell;

use super::dict::Dict;
use super::error::Result;
use super::lambda_context::{self, LambdaContext};
use super::powertools_logger::{
    Logger, refresh_sample_rate_calculation, set_correlation_id, structure_logs,
};
use super::powertools_settings as settings;
use super::value::Value;
use super::{powertools_jmespath, powertools_logger_methods};

thread_local! {
    static COLD: Cell<bool> = const { Cell::new(true) };
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
    structure_logs(logger, !clear_state, &keys)?;
    if let Some(path) = correlation_id_path.filter(|path| !path.is_empty()) {
        set_correlation_id(logger, &powertools_jmespath::query(event, path)?)?;
    }
    if log_event {
        powertools_logger_methods::info(logger, "decorate:0", event, &[])?;
    }
    if logger.samples() && !cold_start {
        refresh_sample_rate_calculation(logger)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::environ;
    use crate::python::invocation::Invocation;
    use crate::python::powertools_logger;

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
        let logger = powertools_logger::logger(Some("inj"), &Value::None)?;
        let event = dict! {"a": dict! {"b": "cc"}}.into();
        inject_lambda_context(&logger, &event, &context, None, Some("a.b"), false)?;
        let expected = "{'level': '%(levelname)s', 'location': '%(funcName)s:%(lineno)d', \
            'message': None, 'timestamp': '%(asctime)s', 'service': 'inj', 'sampling_rate': None, \
            'cold_start': True, 'function_name': 'f', 'function_memory_size': '128', \
            'function_arn': 'arn', 'function_request_id': 'r', 'correlation_id': 'cc'}";
        assert_eq!(Value::from(logger.keys()?).to_string(), expected);
        inject_lambda_context(&logger, &event, &context, None, None, true)?;
        let expected = expected
            .replace(", 'correlation_id': 'cc'", "")
            .replace("True", "False");
        assert_eq!(Value::from(logger.keys()?).to_string(), expected);
        Ok(())
    }
}
