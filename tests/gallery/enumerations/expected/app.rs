//! Enumerations of all kinds, asked in all ways.

use crate::kinds;
use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, format, json,
    lambda_context, list::List, object, ops, set::Set, string, string_case, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let status = status_of(&dict::get(
        event.expect_dict("get")?,
        "code",
        Value::Int(200),
    ))?;
    let tier = tier_of(event)?;
    let seen = {
        let dict = Dict::new();
        dict.set_item(Value::from(status), Value::from("status"))?;
        dict.set_item(Value::from(kinds::Color::Red), Value::from("red"))?;
        dict
    };
    let members = List::from([
        Value::from(kinds::Color::Green),
        Value::from(status),
        Value::from(kinds::Mixed::Half),
    ]);
    builtins::print(
        &[
            Value::from(members.clone()),
            Value::from(seen.clone()),
            Value::from(format!("StatusCodes.{}", status.name())),
            Value::from(ops::repr(&Value::from(kinds::Color::Green))),
            Value::from(format!(
                "{}|",
                format::format(
                    &Value::from(format!("Color.{}", kinds::Color::Red.name())),
                    ">12"
                )?
            )),
        ],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[
            ops::modulo(
                &Value::from("%s is %s"),
                &Value::from((tier.name().to_owned(), tier.value().to_owned())),
            )?,
            Value::from(format!("Tier.{}", tier.name())),
            Value::from(format!("Tier.{}", tier.name())),
        ],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[
            Value::from(kinds::Level::High.value().to_string()),
            Value::from(format::format(
                &Value::from(kinds::Level::Low.value()),
                "03d",
            )?),
            Value::from(kinds::Level::Low.value() < kinds::Level::High.value()),
            Value::from(ops::int_add(kinds::Level::High.value(), 1)?),
        ],
        " ",
        "\n",
        false,
    );
    let level = kinds::Level::of_name(&dict::get(
        event.expect_dict("get")?,
        "level",
        Value::from("LOW"),
    ))?;
    if tier.is_paid() && level.value() > 5 {
        builtins::print(
            &[
                Value::from(tier.label("t")),
                Value::from(string_case::upper(tier.value())),
                Value::from(string::startswith(tier.value(), "pre", None, None)),
            ],
            " ",
            "\n",
            false,
        );
    }
    let first = Value::from(members.clone()).item(Value::Int(1))?;
    let answer = Dict::from([
        ("statusCode", Value::from(status.value())),
        ("text", Value::from(described(status))),
        (
            "names",
            Value::from({
                let items = List::new();
                for it in kinds::StatusCodes::ALL.into_iter() {
                    items.push(Value::from(it.name()));
                }
                items
            }),
        ),
        (
            "values",
            Value::from({
                let items = List::new();
                for it in kinds::Mixed::ALL.into_iter() {
                    items.push(it.value());
                }
                items
            }),
        ),
        ("count", Value::Int(2)),
        (
            "is",
            Value::from(first == Value::from(kinds::StatusCodes::Success)),
        ),
        ("first", first.attribute("name")?),
        ("value", first.attribute("value")?),
        (
            "known",
            Value::from(object::is_instance::<kinds::StatusCodes>(&first)),
        ),
        (
            "other",
            Value::from(object::is_instance::<kinds::Color>(&first)),
        ),
        (
            "in",
            Value::from(Value::from(members).contains(&Value::from(kinds::Color::Red))?),
        ),
        ("equal", Value::from(true)),
        (
            "number",
            Value::from(Value::from(kinds::StatusCodes::Success) == Value::Int(200)),
        ),
        (
            "found",
            if status == kinds::StatusCodes::NotFound {
                seen.get_item(&Value::from(kinds::StatusCodes::NotFound))?
            } else {
                dict::get_value(&seen, &Value::from(kinds::Color::Red), Value::None)?
            },
        ),
        ("level", Value::from(level.value())),
        ("tier", Value::from(tier.value())),
    ]);
    if Value::from({
        let set = Set::new();
        set.add(Value::Int(200))?;
        set.add(Value::from("x"))?;
        set.add(Value::None)?;
        set
    })
    .contains(&dict::get(event.expect_dict("get")?, "code", Value::None))?
    {
        answer.insert("hashed", Value::Bool(true));
    }
    if dict::get(event.expect_dict("get")?, "bad", Value::None).is_true() {
        answer.insert("member", Value::from(kinds::Color::Red));
    }
    let codes = json::dumps(&Value::from(List::from([
        Value::from(kinds::Level::High.value()),
        Value::from(Dict::from([
            ("tier", Value::from(tier.value())),
            ("nested", Value::from(List::from([Value::Int(404)]))),
        ])),
    ])))?;
    builtins::print(
        &[
            Value::from(codes),
            Value::from("OK"),
            Value::from(200 == status.value()),
        ],
        " ",
        "\n",
        false,
    );
    Ok(Dict::from([
        ("statusCode", Value::Int(201)),
        ("body", Value::from(json::dumps(&Value::from(answer))?)),
        ("tier", Value::from(tier.value())),
    ]))
}

pub fn status_of(code: &Value) -> Result<kinds::StatusCodes> {
    let mut found = kinds::StatusCodes::NotFound;
    'done: {
        let error = 'attempt: {
            found = or_break!('attempt, kinds::StatusCodes::of_value(code));
            break 'done;
        };
        if error.is(&error::VALUE_ERROR) {
            builtins::print(&[Value::from(error)], " ", "\n", false);
        } else {
            return Err(error);
        }
    }
    Ok(found)
}

pub fn tier_of(event: &Value) -> Result<kinds::Tier> {
    let name = dict::get(event.expect_dict("get")?, "tier", Value::None);
    for tier in kinds::Tier::ALL.into_iter() {
        if name == tier.value() {
            return Ok(tier);
        }
    }
    Ok(kinds::Tier::default_())
}

pub fn described(status: kinds::StatusCodes) -> String {
    if status == kinds::StatusCodes::Success {
        return "fine".to_owned();
    }
    if matches!(
        status,
        kinds::StatusCodes::UnAuthorized | kinds::StatusCodes::NotFound
    ) {
        return format!("bad: StatusCodes.{}", status.name());
    }
    "unknown".to_owned()
}
