//! Exceptions with attributes, of their own and of their classes.

use crate::errors;
use crate::python::{
    builtins, date, datetime_new, dict, dict::Dict, error::Error, error::Result, error::or_break,
    lambda_context, list::List, ops, set::Set, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let _ = datetime_new::datetime(2024, 1, 2, 3, 0, 0, 0, None, 0)?;
    let _ = date::date(2024, 1, 2)?;
    builtins::print(
        &[Value::from(true), Value::from(false), Value::from(true)],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[Value::from(
            Value::from({
                let set = Set::new();
                set.add(Value::from("a"))?;
                set.add(Value::from("b"))?;
                set.add(Value::None)?;
                set
            })
            .contains(&dict::get(event.expect_dict("get")?, "kind", Value::None))?,
        )],
        " ",
        "\n",
        false,
    );
    let error = 'attempt: {
        let value = Dict::from([("kind", or_break!('attempt, checked(event)))]);
        return Ok(value);
    };
    if error.is(&errors::DENIED) {
        Ok(Dict::from([
            ("status", Value::from(error.clone()).attribute("status")?),
            (
                "args",
                Value::from({
                    let items = List::new();
                    for item in Value::from(error.clone()).attribute("args")?.iterate()? {
                        items.push(item);
                    }
                    items
                }),
            ),
            ("text", Value::from(error.to_string())),
        ]))
    } else if error.is(&errors::SHOP_ERROR) {
        builtins::print(
            &[
                Value::from(ops::repr(&Value::from(error.clone()))),
                Value::from(error.clone()).attribute("message")?,
                Value::from(Value::from(error.clone()).class_name()),
            ],
            " ",
            "\n",
            false,
        );
        if dict::get(event.expect_dict("get")?, "again", Value::None).is_true() {
            return Err(error.clone());
        }
        let answer = Dict::from([
            ("status", Value::from(error.clone()).attribute("status")?),
            ("kind", Value::from(error.clone()).attribute("kind")?),
            ("code", Value::from(error.clone()).attribute("code")?),
        ]);
        if error.is(&errors::INVALID) {
            answer.insert("field", Value::from(error).attribute("field")?);
        }
        Ok(answer)
    } else {
        Err(error)
    }
}

pub fn checked(event: &Value) -> Result<Value> {
    let kind = dict::get(event.expect_dict("get")?, "kind", Value::None);
    if kind == "missing" {
        return Err(errors::shop_error(&Value::from("nothing here"), "gone")
            .of_class(&errors::NOT_FOUND)
            .with_attribute("status", Value::Int(404)));
    }
    if kind == "short" {
        return Err(errors::shop_error(&Value::from("nothing"), "general")
            .of_class(&errors::NOT_FOUND)
            .with_attribute("status", Value::Int(404)));
    }
    if kind == "denied" {
        return Err(
            Error::with_args(&errors::DENIED, vec![Value::from("no"), Value::Int(5)])
                .with_attribute("status", Value::Int(403)),
        );
    }
    if kind == "bare" {
        return Err(
            Error::with_args(&errors::DENIED, vec![]).with_attribute("status", Value::Int(403))
        );
    }
    if kind == "shop" {
        return Err(errors::shop_error(
            &Value::from(List::from([Value::from("a"), Value::Int(1)])),
            "general",
        ));
    }
    if !matches!(kind, Value::Str(_)) {
        return Err(errors::invalid("kind", &kind));
    }
    Ok(kind)
}
