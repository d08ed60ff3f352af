//! JSON of what JSON does not have.

use crate::helpers;
use crate::python::{
    builtins, date, decimal, dict, dict::Dict, error::Result, json, lambda_context, set::Set,
    value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let parsed = json::loads_parse_float(
        &dict::get(event.expect_dict("get")?, "body", Value::from("{}")),
        |value| Ok(Value::from(decimal::decimal(&value)?)),
    )?;
    let price = dict::get(
        parsed.expect_dict("get")?,
        "price",
        Value::from(decimal::decimal(&Value::from("2"))?),
    );
    let item = Dict::from([
        ("price", price.clone()),
        ("day", Value::from(date::date(2024, 2, 29)?)),
        (
            "whole",
            Value::from(decimal::decimal(&Value::from("3.00"))?),
        ),
    ]);
    if dict::get(event.expect_dict("get")?, "object", Value::None).is_true() {
        item.insert(
            "object",
            Value::from({
                let set = Set::new();
                set.add(Value::Int(1))?;
                set.add(Value::Int(2))?;
                set
            }),
        );
    }
    builtins::print(
        &[Value::from(json::dumps_default(
            &Value::from(Dict::from([(
                "tags",
                Value::from({
                    let set = Set::new();
                    set.add(Value::Int(3))?;
                    set.add(Value::Int(1))?;
                    set.add(Value::Int(2))?;
                    set
                }),
            )])),
            |value_2| helpers::SetEncoder::default_(&value_2),
        )?)],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[
            helpers::Shapes::area(
                2,
                &dict::get(event.expect_dict("get")?, "height", Value::Int(3)),
            )?,
            Value::from(helpers::Shapes::named("square")),
        ],
        " ",
        "\n",
        false,
    );
    let text = json::dumps_with_default(
        &Value::from(item),
        true,
        true,
        &Value::None,
        &Value::None,
        |value_3| helpers::Encoder::default_(&value_3),
        true,
    )?;
    Ok(Dict::from([
        ("statusCode", Value::Int(200)),
        ("body", Value::from(text)),
        ("type", Value::from(price.class_name())),
    ]))
}
