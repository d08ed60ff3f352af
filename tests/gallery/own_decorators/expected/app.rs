//! Decorators of the program's own: around a handler, with arguments, one over another.

use crate::guards;
use crate::python::{
    dict, dict::Dict, error, error::Class, error::Error, error::Result, error::or_break, json,
    lambda_context, list, list::List, logging_methods, numbers, ops, value::Value,
};
use crate::state::State;

/// What a client did wrong.
pub static BAD_INPUT: Class = Class {
    name: "BadInput",
    bases: &[&error::EXCEPTION],
};

pub fn respond_handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let error = 'attempt: {
        let body = or_break!('attempt, guards::authorized_handler(state, event, context));
        return Ok(Dict::from([
            ("statusCode", Value::Int(200)),
            (
                "body",
                Value::from(or_break!('attempt, json::dumps(&Value::from(body)))),
            ),
        ]));
    };
    if error.is(&BAD_INPUT) {
        logging_methods::warning(
            &state.logger,
            &Value::from("bad input in %s: %s"),
            &[Value::from("handler"), Value::from(error.clone())],
        )?;
        Ok(Dict::from([
            (
                "statusCode",
                Value::from(error.clone()).attribute("status")?,
            ),
            (
                "body",
                Value::from(json::dumps(&Value::from(Dict::from([(
                    "error",
                    Value::from(error.to_string()),
                )])))?),
            ),
        ]))
    } else if error.is(&error::KEY_ERROR) {
        Ok(Dict::from([
            ("statusCode", Value::Int(422)),
            (
                "body",
                Value::from(json::dumps(&Value::from(Dict::from([(
                    "missing",
                    Value::from(error).attribute("args")?.item(Value::Int(0))?,
                )])))?),
            ),
        ]))
    } else {
        Err(error)
    }
}

pub fn handler_inner(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.calls);
    let answer = Dict::from([(
        "plain",
        Value::from(counted_plain(
            state,
            &dict::get(event.expect_dict("get")?, "name", Value::from("x")),
        )),
    )]);
    answer.insert(
        "divided",
        counted_divide(
            state,
            &event.item("amount")?,
            &dict::get(event.expect_dict("get")?, "by", Value::Int(3)),
            2,
        )?,
    );
    answer.insert(
        "digits",
        counted_divide(state, &event.item("amount")?, &Value::Int(7), 4)?,
    );
    if event.contains(&Value::from("text"))? {
        answer.insert(
            "parsed",
            Value::from(retry_parse(state, &event.item("text")?)?),
        );
    }
    answer.insert(
        "calls",
        Value::from({
            let items = List::new();
            for item in state.calls.iter() {
                items.push(item);
            }
            items
        }),
    );
    answer.insert("name", Value::from("divide"));
    Ok(answer)
}

pub fn counted_plain(state: &State, name: &Value) -> String {
    list::append(&state.calls, Value::from("plain"));
    plain_inner(name)
}

pub fn counted_divide(state: &State, amount: &Value, by: &Value, digits: i64) -> Result<Value> {
    list::append(&state.calls, Value::from("divide"));
    retry_divide(state, amount, by, digits)
}

pub fn retry_parse(state: &State, text: &Value) -> Result<i64> {
    let mut last: Option<Error> = None;
    for _attempt in 0..2 {
        let raised = 'attempt: {
            let value = or_break!('attempt, parse_inner(state, text));
            return Ok(value);
        };
        if raised.is(&error::VALUE_ERROR) {
            last = Some(raised);
        } else {
            return Err(raised);
        }
    }
    Err(last
        .clone()
        .unwrap_or_else(|| error::type_error("exceptions must derive from BaseException")))
}

pub fn plain_inner(name: &Value) -> String {
    format!("{name}!")
}

pub fn retry_divide(state: &State, amount: &Value, by: &Value, digits: i64) -> Result<Value> {
    for attempt in 0..3 {
        let raised = 'attempt: {
            let value = or_break!('attempt, divide_inner(state, amount, by, digits));
            return Ok(value);
        };
        if raised.is(&error::VALUE_ERROR) {
            logging_methods::info(
                &state.logger,
                &Value::from("attempt %d: %s"),
                &[Value::from(attempt), Value::from(raised.clone())],
            )?;
        } else {
            return Err(raised);
        }
    }
    Err(bad_input("too often", 400))
}

pub fn parse_inner(state: &State, text: &Value) -> Result<i64> {
    list::append(&state.calls, text.clone());
    numbers::int_of(text)
}

/// Divides.
pub fn divide_inner(state: &State, amount: &Value, by: &Value, digits: i64) -> Result<Value> {
    list::append(&state.calls, by.clone());
    if ops::gt(by, &Value::Int(10))? {
        return Err(Error::new(&error::VALUE_ERROR, format!("{by} is too much")));
    }
    numbers::round_to(&ops::div(amount, by)?, &Value::from(digits))
}

pub fn bad_input(message: &str, status: i64) -> Error {
    Error::with_args(&BAD_INPUT, vec![Value::from(message)])
        .with_attribute("status", Value::from(status))
}
