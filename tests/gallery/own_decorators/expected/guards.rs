//! Who may call.

use crate::app;
use crate::python::{dict, dict::Dict, error::Result, lambda_context, value::Value};
use crate::state::State;

pub fn authorized_handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    if !Value::from(("admin".to_owned(), "writer".to_owned())).contains(&dict::get(
        event.expect_dict("get")?,
        "role",
        Value::None,
    ))? {
        return Ok(Dict::from([(
            "denied",
            dict::get(event.expect_dict("get")?, "role", Value::None),
        )]));
    }
    app::handler_inner(state, event, context)
}
