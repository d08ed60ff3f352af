//! Greets.

use crate::python::{
    dict, dict::Dict, environ, error, error::Error, error::Result, error::or_break, json,
    lambda_context, list::List, ops, string_case, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let body: Value;
    // The body may be missing.
    'done: {
        let error = 'attempt: {
            body = or_break!('attempt, json::loads_value(&(match dict::get(or_break!('attempt, event.expect_dict("get")), "body", Value::None) { value if value.is_true() => value, _ => Value::from("{}") })));
            break 'done;
        };
        if error.is(&json::JSON_DECODE_ERROR) {
            return Ok(Dict::from([
                ("statusCode", Value::Int(400)),
                (
                    "body",
                    Value::from(json::dumps(&Value::from(Dict::from([(
                        "message",
                        Value::from(error.to_string()),
                    )])))?),
                ),
            ]));
        } else {
            return Err(error);
        }
    }
    let name = dict::get(body.expect_dict("get")?, "name", Value::from("nobody"));
    if name == "admin" || name == "root" {
        return Err(Error::new(
            &error::VALUE_ERROR,
            format!("{name} is refused"),
        ));
    }
    let items = {
        let items_2 = List::new();
        for item in
            dict::get(body.expect_dict("get")?, "items", Value::from(List::new())).iterate()?
        {
            if item.is_true() {
                items_2.push(item.clone());
            }
        }
        items_2
    };
    let mut total: i64 = 0;
    for (index, item) in (0_i64..).zip(items.iter()) {
        if item == "stop" {
            break;
        }
        total = ops::int_add(total, index)?;
    }
    let answer = Dict::from([
        ("greeting", Value::from(greeting(&name, true))),
        ("count", count(state, &name)?),
        ("total", Value::from(total)),
    ]);
    Ok(Dict::from([
        ("statusCode", Value::Int(200)),
        (
            "body",
            Value::from(json::dumps(&Value::from({
                let dict = Dict::new();
                dict::update(&dict, &answer);
                dict.insert("stage", Value::from(environ::getenv_or("STAGE", "dev")));
                dict
            }))?),
        ),
    ]))
}

/// What is said.
pub fn greeting(name: &Value, loud: bool) -> String {
    let text = format!("hello, {name}");
    if loud {
        return string_case::upper(&text);
    }
    text
}

pub fn count(state: &State, name: &Value) -> Result<Value> {
    state.counts.set_item(
        name.clone(),
        ops::add(
            &dict::get_value(&state.counts, name, Value::Int(0))?,
            &Value::Int(1),
        )?,
    )?;
    state.counts.get_item(name)
}
