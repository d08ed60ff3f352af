//! Answers requests that a schema allows, with answers that one allows.

use crate::python::{
    dict, dict::Dict, error::Result, error::or_break, lambda_context, list::List,
    powertools_validation, string_split, value::Value,
};
use crate::state::State;

/// `handler_inner` with `@validator` around it.
pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    powertools_validation::validate(event, &Value::from(state.input.clone()))?;
    let response = handler_inner(state, event, context)?;
    powertools_validation::validate(
        &Value::from(response.clone()),
        &Value::from(state.output.clone()),
    )?;
    Ok(response.clone())
}

pub fn handler_inner(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let size = dict::get(event.expect_dict("get")?, "size", Value::None);
    if size == 0 {
        return Ok(Dict::from([
            ("statusCode", Value::Int(204)),
            ("body", Value::None),
        ]));
    }
    let tags = string_split::join_value(
        ",",
        &dict::get(event.expect_dict("get")?, "tags", Value::from(List::new())),
    )?;
    if !is_request(
        state,
        &({
            let dict = Dict::new();
            dict::unpack(&dict, event)?;
            dict.insert("name", Value::from(tags.clone()));
            dict
        }),
    )? {
        return Ok(Dict::from([
            ("statusCode", Value::Float(400.0)),
            ("body", Value::from(tags.clone())),
        ]));
    }
    Ok(Dict::from([
        ("statusCode", Value::Int(200)),
        (
            "body",
            Value::from(format!("{} {tags} {size}", event.item("name")?)),
        ),
    ]))
}

pub fn is_request(state: &State, event: &Dict) -> Result<bool> {
    'done: {
        let error = 'attempt: {
            or_break!('attempt, powertools_validation::validate(&Value::from(event.clone()), &Value::from(state.input.clone())));
            break 'done;
        };
        if error.is(&powertools_validation::SCHEMA_VALIDATION_ERROR) {
            return Ok(false);
        } else {
            return Err(error);
        }
    }
    Ok(true)
}
