//! An HTTP API that handles exceptions and unknown routes itself.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Class, error::Error, error::Result, json,
    lambda_context, list::List, numbers, powertools_event_handler, powertools_http_errors,
    powertools_proxy_event, powertools_response, string_split, value::Value,
};
use crate::state::State;

/// Something that is not known.
pub static UNSURE: Class = Class {
    name: "Unsure",
    bases: &[&error::VALUE_ERROR],
};

pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let call = powertools_event_handler::find_route(&state.app, event, context)?;
    let result = match call.handler {
        Some("total") => total(state).map(powertools_response::simple),
        Some("item") => item(state, &call.argument("name")).map(powertools_response::simple),
        _ => powertools_event_handler::missing(&state.app, &call),
    };
    let result_2 = match powertools_event_handler::raised(
        &call,
        result,
        &[
            &powertools_http_errors::NOT_FOUND_ERROR,
            &error::VALUE_ERROR,
            &error::KEY_ERROR,
            &UNSURE,
        ],
    ) {
        (Some(0), Err(error)) => unknown(state, &error),
        (Some(1), Err(error)) => invalid(&error),
        (Some(2), Err(error)) => missing(state, &error),
        (Some(3), Err(error)) => missing(state, &error),
        (_, left) => left,
    };
    let answer = powertools_event_handler::respond(&state.app, &call, result_2)?;
    Ok(answer)
}

pub fn total(state: &State) -> Result<Dict> {
    let numbers = dict::get(
        powertools_proxy_event::query_string_parameters(
            &powertools_event_handler::http_current_event(&state.app)?,
        )?
        .expect_dict("get")?,
        "numbers",
        Value::from(""),
    );
    Ok(Dict::from([(
        "sum",
        builtins::sum(
            ({
                let items = List::new();
                for number in
                    string_split::split(numbers.expect_str("split")?, Some(","), -1)?.iter()
                {
                    items.push(Value::from(numbers::int_of(&number)?));
                }
                items
            })
            .iter(),
        )?,
    )]))
}

pub fn item(state: &State, name: &str) -> Result<Dict> {
    let body = powertools_proxy_event::json_body(&powertools_event_handler::http_current_event(
        &state.app,
    )?)?;
    if name == "unsure" {
        return Err(Error::new(&UNSURE, name.to_owned()));
    }
    if name == "broken" {
        return Err(powertools_http_errors::internal_server_error(&Value::from(
            "it is broken",
        )));
    }
    if name == "failed" {
        return Err(Error::new(&error::RUNTIME_ERROR, "it failed".to_owned()));
    }
    Ok(Dict::from([
        ("name", Value::from(name)),
        ("size", body.item("size")?),
    ]))
}

pub fn unknown(state: &State, _error: &Error) -> Result<powertools_response::Response> {
    respond(
        404,
        &Dict::from([(
            "path",
            powertools_proxy_event::path_v2(&powertools_event_handler::http_current_event(
                &state.app,
            )?)?,
        )]),
    )
}

pub fn invalid(error: &Error) -> Result<powertools_response::Response> {
    respond(
        422,
        &Dict::from([("error", Value::from(error.to_string()))]),
    )
}

pub fn missing(state: &State, error: &Error) -> Result<powertools_response::Response> {
    if powertools_proxy_event::method_v2(&powertools_event_handler::http_current_event(
        &state.app,
    )?)? == "DELETE"
    {
        return Err(powertools_http_errors::service_error(
            &Value::Int(418),
            &Value::from("missing and deleted"),
        ));
    }
    respond(
        400,
        &Dict::from([("missing", Value::from(error.to_string()))]),
    )
}

pub fn respond(status: i64, members: &Dict) -> Result<powertools_response::Response> {
    powertools_response::response(
        &Value::from(status),
        Some("application/json"),
        &Value::from(json::dumps(&Value::from(members.clone()))?),
        &Value::None,
        None,
    )
}
