//! The keys and levels of a logger.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, lambda_context, list::List,
    numbers, powertools_logger, powertools_logger_context, powertools_logger_methods, value::Value,
};
use crate::state::State;

/// `handler_inner` with `@logger.inject_lambda_context` around it.
pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    powertools_logger_context::inject_lambda_context(
        &state.logger,
        event,
        context,
        None,
        None,
        false,
    )?;
    handler_inner(state, event, context)
}

pub fn handler_inner(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    powertools_logger::append_keys(
        &state.logger,
        &Dict::from([
            (
                "order_id",
                dict::get(event.expect_dict("get")?, "id", Value::None),
            ),
            ("kept", Value::Bool(true)),
        ]),
    )?;
    powertools_logger::append_keys(&state.again, &Dict::from([("child", Value::from("yes"))]))?;
    tell(state, event)?;
    powertools_logger_methods::warning(
        &state.again,
        "handler:39",
        &Value::from("from the child"),
        &[],
    )?;
    powertools_logger::set_correlation_id(
        &state.logger,
        &dict::get(event.expect_dict("get")?, "id", Value::None),
    )?;
    let number = parse(
        state,
        &dict::get(event.expect_dict("get")?, "number", Value::None),
    )?;
    powertools_logger::remove_keys(
        &state.logger,
        List::from([Value::from("kept"), Value::from("never")]).iter(),
    )?;
    if dict::get(event.expect_dict("get")?, "quiet", Value::None).is_true() {
        powertools_logger::set_level(&state.logger, &Value::from("ERROR"))?;
    }
    powertools_logger_methods::warning(
        &state.logger,
        "handler:45",
        &Value::from("level %s"),
        &[Value::from(powertools_logger::log_level(&state.logger))],
    )?;
    powertools_logger::set_level(&state.logger, &Value::from("INFO"))?;
    let keys = Dict::from([("stage", Value::from("test")), ("size", Value::Int(2))]);
    powertools_logger::structure_logs(
        &state.logger,
        true,
        &dict::keywords(&Value::from(keys), &["append"])?,
    )?;
    powertools_logger_methods::info(&state.logger, "handler:49", &Value::from("structured"), &[])?;
    let correlation = powertools_logger::get_correlation_id(&state.logger)?;
    powertools_logger::structure_logs(
        &state.logger,
        false,
        &Dict::from([("fresh", Value::Int(1))]),
    )?;
    powertools_logger_methods::error(&state.logger, "handler:52", &Value::from("cleared"), &[])?;
    if dict::get(event.expect_dict("get")?, "clear", Value::None).is_true() {
        powertools_logger::clear_state(&state.logger)?;
        powertools_logger_methods::info(
            &state.logger,
            "handler:55",
            &Value::from("as at first"),
            &[],
        )?;
    }
    Ok(Dict::from([
        ("number", Value::from(number)),
        ("correlation", correlation),
        (
            "service",
            Value::from(powertools_logger::service(&state.logger)),
        ),
    ]))
}

/// One line for each way of saying it.
pub fn tell(state: &State, order: &Value) -> Result<()> {
    powertools_logger_methods::info(
        &state.logger,
        "tell:23",
        &Value::from("order %s of %d"),
        &[
            dict::get(order.expect_dict("get")?, "id", Value::None),
            Value::from(builtins::len_value(order)?),
        ],
    )?;
    powertools_logger_methods::info(&state.logger, "tell:24", order, &[])?;
    powertools_logger_methods::info(
        &state.logger,
        "tell:25",
        &Value::from(List::from([Value::from("a"), Value::Int(1), Value::None])),
        &[],
    )?;
    powertools_logger_methods::info(
        &state.logger,
        "tell:26",
        &Value::from("{\"json\": [1, 2.50]}"),
        &[],
    )?;
    powertools_logger_methods::info_with(
        &state.logger,
        "tell:27",
        &Value::from("with more"),
        &[],
        &Value::None,
        &Dict::from([
            (
                "id",
                dict::get(order.expect_dict("get")?, "id", Value::None),
            ),
            ("total", Value::Float(1.5)),
        ]),
    )?;
    powertools_logger_methods::info_with(
        &state.logger,
        "tell:28",
        &Value::from("with both"),
        &[],
        &Value::from(Dict::from([("a", Value::Int(1)), ("b", Value::None)])),
        &Dict::from([("c", Value::from("é"))]),
    )?;
    powertools_logger_methods::debug(&state.logger, "tell:29", &Value::from("not said"), &[])?;
    powertools_logger_methods::debug_with(
        &state.other,
        "tell:30",
        &Value::from("said"),
        &[],
        &Value::from(Dict::from([("service", Value::from("mine"))])),
        &Dict::new(),
    )?;
    powertools_logger_methods::critical(&state.logger, "tell:31", &Value::from("last"), &[])?;
    Ok(())
}

pub fn parse(state: &State, text: &Value) -> Result<Option<i64>> {
    let mut number: Option<i64> = None;
    'done: {
        let error = 'attempt: {
            number = Some(or_break!('attempt, numbers::int_of(text)));
            break 'done;
        };
        if error.is(&error::TYPE_ERROR) || error.is(&error::VALUE_ERROR) {
            powertools_logger_methods::exception(
                &state.logger,
                "parse:15",
                &Value::from(format!("not a number: {text}")),
                &[],
                &Value::from(Dict::from([("given", Value::from(text.to_string()))])),
                &Dict::new(),
                Some(&error),
            )?;
            powertools_logger_methods::exception(
                &state.logger,
                "parse:16",
                &Value::from(error.clone()),
                &[],
                &Value::None,
                &Dict::new(),
                Some(&error),
            )?;
            powertools_logger_methods::info_of(
                &state.other,
                "parse:17",
                &Value::from("by hand"),
                &[],
                &Value::from(error.clone()),
                &Value::None,
                Some(&error),
            )?;
        } else {
            return Err(error);
        }
    }
    Ok(number)
}
