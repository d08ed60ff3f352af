//! Answers at a URL of its own.

use crate::python::{
    dict::Dict, error::Result, lambda_context, list::List, powertools_data_class,
    powertools_event_handler, powertools_http_errors, powertools_proxy_event,
    powertools_request_context_v2, powertools_response, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let call = powertools_event_handler::find_route(&state.app, event, context)?;
    let result = match call.handler {
        Some("hello") => hello(state).map(powertools_response::simple),
        Some("echo") => echo(state),
        _ => Ok(powertools_event_handler::not_found(&state.app, &call)),
    };
    powertools_event_handler::respond(&state.app, &call, result)
}

pub fn hello(state: &State) -> Result<String> {
    Ok(format!("hello, {}", caller(state)?))
}

pub fn echo(state: &State) -> Result<powertools_response::Response> {
    let event = powertools_event_handler::url_current_event(&state.app)?;
    powertools_response::response(
        &Value::Int(200),
        Some("text/plain"),
        &Value::from(format!(
            "{} {} {}",
            powertools_proxy_event::raw_path(&event)?,
            powertools_proxy_event::decoded_body(&event)?,
            powertools_request_context_v2::http_user_agent(
                &powertools_request_context_v2::context_http(
                    &powertools_proxy_event::request_context_v2(&event)?
                )?
            )?
        )),
        &Value::from(Dict::from([
            (
                "x-stage",
                powertools_request_context_v2::context_stage(
                    &powertools_proxy_event::request_context_v2(&event)?,
                )?,
            ),
            (
                "x-all",
                Value::from(List::from([Value::from("a"), Value::from("b")])),
            ),
        ])),
        None,
    )
}

pub fn caller(state: &State) -> Result<Value> {
    let key = powertools_data_class::header(
        &powertools_proxy_event::headers(&powertools_event_handler::url_current_event(
            &state.app,
        )?)?,
        "X-Key",
        Value::None,
    );
    if !key.is_true() {
        return Err(powertools_http_errors::unauthorized_error(&Value::from(
            "who are you?",
        )));
    }
    Ok(key)
}
