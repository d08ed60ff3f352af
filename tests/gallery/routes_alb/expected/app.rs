//! Answers a load balancer.

use crate::python::{
    dict::Dict, error::Result, lambda_context, list::List, powertools_event_handler,
    powertools_http_errors, powertools_proxy_event, powertools_response, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let call = powertools_event_handler::find_route(&state.app, event, context)?;
    let result = match call.handler {
        Some("items") => items(state).map(powertools_response::simple),
        Some("add") => add(),
        Some("change") => {
            change(&call.argument("name"), &call.argument("part")).map(powertools_response::simple)
        }
        _ => Ok(powertools_event_handler::not_found(&state.app, &call)),
    };
    powertools_event_handler::respond(&state.app, &call, result)
}

pub fn items(state: &State) -> Result<Dict> {
    Ok(Dict::from([(
        "names",
        powertools_proxy_event::get_multi_value_query_string_values(
            &powertools_event_handler::alb_current_event(&state.app)?,
            "name",
            Value::from(List::from([Value::from("none")])),
        )?,
    )]))
}

pub fn add() -> Result<powertools_response::Response> {
    powertools_response::response(
        &Value::Int(204),
        None,
        &Value::None,
        &Value::from(Dict::from([(
            "x-count",
            Value::from(List::from([Value::from("1"), Value::from("2")])),
        )])),
        None,
    )
}

pub fn change(name: &str, part: &str) -> Result<(List, i64)> {
    if part == "none" {
        return Err(powertools_http_errors::service_error(
            &Value::Int(410),
            &Value::from(Dict::from([("gone", Value::from(name))])),
        ));
    }
    Ok((List::from([Value::from(name), Value::from(part)]), 202))
}
