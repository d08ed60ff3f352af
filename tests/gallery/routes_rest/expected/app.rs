//! Notes, over a REST API with cross-origin requests.

use crate::python::{
    dict, dict::Dict, error, error::Error, error::Result, lambda_context, list::List, numbers,
    powertools_data_class, powertools_event_handler, powertools_http_errors,
    powertools_proxy_event, powertools_response, value::Value,
};
use crate::state::State;
use crate::tags;

pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let call = powertools_event_handler::find_route(&state.app, event, context)?;
    let result = match call.handler {
        Some("list_notes") => list_notes(state).map(powertools_response::simple),
        Some("get_note") => {
            get_note(state, &call.argument("note_id")).map(powertools_response::simple)
        }
        Some("put_note") => {
            put_note(state, &call.argument("note_id"), true).map(powertools_response::simple)
        }
        Some("text_of") => text_of(state, &call.argument("note_id")),
        Some("delete_note") => {
            delete_note(&call.argument("note_id")).map(powertools_response::simple)
        }
        Some("me") => me(state).map(powertools_response::simple),
        Some("root") => Ok(powertools_response::simple(root())),
        Some("list_tags") => Ok(powertools_response::simple(tags::list_tags())),
        Some("tag_of") => tags::tag_of(state, &call.argument("note_id"), &call.argument("tag"))
            .map(powertools_response::simple),
        _ => Ok(powertools_event_handler::not_found(&state.app, &call)),
    };
    powertools_event_handler::respond(&state.app, &call, result)
}

pub fn list_notes(state: &State) -> Result<Dict> {
    let limit = powertools_proxy_event::get_query_string_value(
        &powertools_event_handler::rest_current_event(&state.app)?,
        "limit",
        Value::from("10"),
    )?;
    Ok(Dict::from([(
        "notes",
        Value::from({
            let items = List::new();
            for item in dict::values(&state.notes).iter() {
                items.push(item);
            }
            items
        })
        .slice(None, Some(numbers::int_of(&limit)?), None)?,
    )]))
}

pub fn get_note(state: &State, note_id: &str) -> Result<Value> {
    if !state.notes.has(note_id) {
        return Err(powertools_http_errors::not_found_error(&Value::from(
            format!("there is no note {note_id}"),
        )));
    }
    state.notes.member(note_id)
}

pub fn put_note(state: &State, note_id: &str, overwrite: bool) -> Result<(Dict, i64)> {
    let body = powertools_proxy_event::json_body(&powertools_event_handler::rest_current_event(
        &state.app,
    )?)?;
    if !body.is_true() {
        return Err(powertools_http_errors::bad_request_error(&Value::from(
            "a note needs a text",
        )));
    }
    Ok((
        Dict::from([
            ("id", Value::from(note_id)),
            ("text", body.item("text")?),
            ("overwrite", Value::from(overwrite)),
        ]),
        201,
    ))
}

pub fn text_of(state: &State, note_id: &str) -> Result<powertools_response::Response> {
    powertools_response::response(
        &Value::Int(200),
        Some(powertools_response::TEXT_PLAIN),
        &state.notes.member(note_id)?.item("text")?,
        &Value::from(Dict::from([("X-Note", Value::from(note_id))])),
        None,
    )
}

pub fn delete_note(note_id: &str) -> Result<((), i64)> {
    if note_id == "0" {
        return Err(Error::new(
            &error::VALUE_ERROR,
            "the note 0 cannot be deleted".to_owned(),
        ));
    }
    Ok(((), 204))
}

pub fn me(state: &State) -> Result<Dict> {
    Ok(Dict::from([
        (
            "id",
            Value::from(
                !lambda_context::aws_request_id(&powertools_event_handler::lambda_context(
                    &state.app,
                )?)
                .is_empty(),
            ),
        ),
        (
            "method",
            powertools_proxy_event::method(&powertools_event_handler::rest_current_event(
                &state.app,
            )?)?,
        ),
        (
            "agent",
            powertools_data_class::header(
                &powertools_proxy_event::headers(&powertools_event_handler::rest_current_event(
                    &state.app,
                )?)?,
                "user-agent",
                Value::None,
            ),
        ),
    ]))
}

pub fn root() -> String {
    "notes".to_owned()
}
