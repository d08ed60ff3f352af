//! The standard library's logging.

use crate::python::{
    dict, dict::Dict, error, error::Result, error::or_break, lambda_context, logging,
    logging_methods, logging_root, ops, sequences, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    logging_methods::info(
        &state.logger,
        &Value::from("event %s"),
        std::slice::from_ref(event),
    )?;
    logging_methods::debug(&state.logger, &Value::from("not said"), &[])?;
    logging_methods::warning(&state.quiet, &Value::from("not said either"), &[])?;
    logging_methods::error(&state.quiet, &Value::from("said"), &[])?;
    logging_methods::info(&state.own, &Value::from("of %s"), &[Value::from("app")])?;
    logging_root::info(
        &Value::from(Dict::from([(
            "keys",
            Value::from(sequences::sorted(event.iterate()?, false)?),
        )])),
        &[],
    )?;
    if dict::get(event.expect_dict("get")?, "debug", Value::None).is_true() {
        logging::set_level(&logging::get_logger(None), logging::DEBUG);
        logging_methods::debug(&state.logger, &Value::from("now said"), &[])?;
        logging::set_level_named(&logging::get_logger(None), "INFO")?;
    }
    logging_methods::log(
        &state.logger,
        &Value::from(logging::WARNING),
        &Value::from("%s is %d"),
        &[Value::from("n"), Value::Int(1)],
    )?;
    Ok(Dict::from([
        (
            "result",
            divided(
                state,
                &dict::get(event.expect_dict("get")?, "number", Value::Int(3)),
            )?,
        ),
        ("level", Value::from(logging::level(&state.logger))),
    ]))
}

pub fn divided(state: &State, number: &Value) -> Result<Value> {
    let mut result = Value::None;
    'done: {
        let error = 'attempt: {
            result = or_break!('attempt, ops::div(&Value::Int(12), number));
            break 'done;
        };
        if error.is(&error::ZERO_DIVISION_ERROR) {
            logging_methods::exception(
                &state.logger,
                &Value::from("by zero"),
                &[],
                &Value::Bool(true),
                &Value::None,
                Some(&error),
            )?;
        } else if error.is(&error::TYPE_ERROR) {
            logging_methods::error_with(
                &state.logger,
                &Value::from("not a number: %s"),
                &[Value::from(error.clone())],
                &Value::Bool(true),
                &Value::None,
                Some(&error),
            )?;
            logging_root::warning_with(
                &Value::from("%s again"),
                std::slice::from_ref(number),
                &Value::from(error.clone()),
                &Value::None,
                Some(&error),
            )?;
        } else {
            return Err(error);
        }
    }
    Ok(result)
}
