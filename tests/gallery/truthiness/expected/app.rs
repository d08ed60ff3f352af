//! Cleans up forms: what is empty is left out, defaults fill in.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Error, error::Result, lambda_context, list::List,
    methods, number_text, string_fit, tuple, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let fields = match dict::get(event.expect_dict("get")?, "fields", Value::None) {
        value_2 if value_2.is_true() => value_2,
        _ => Value::from(Dict::new()),
    };
    let cleaned = {
        let members = Dict::new();
        for (key, value) in fields.expect_dict("items")?.pairs().into_iter() {
            if value.is_true() {
                members.set_item(key, value.clone())?;
            }
        }
        members
    };
    let kept = {
        let members = Dict::new();
        for (key, value) in fields.expect_dict("items")?.pairs().into_iter() {
            if !is_blank(&value)? {
                members.set_item(key, value.clone())?;
            }
        }
        members
    };
    let name = match match dict::get(fields.expect_dict("get")?, "name", Value::None) {
        value_2 if value_2.is_true() => value_2,
        _ => dict::get(fields.expect_dict("get")?, "nick", Value::None),
    } {
        value_2 if value_2.is_true() => value_2,
        _ => Value::from("anonymous"),
    };
    let both = match dict::get(fields.expect_dict("get")?, "name", Value::None) {
        value_2 if value_2.is_true() => dict::get(fields.expect_dict("get")?, "nick", Value::None),
        value_2 => value_2,
    };
    let count = match dict::get(fields.expect_dict("get")?, "count", Value::Int(0)) {
        value_2 if value_2.is_true() => value_2,
        _ => Value::Int(1),
    };
    let flag = dict::get(fields.expect_dict("get")?, "flag", Value::None).is_true()
        && !dict::get(fields.expect_dict("get")?, "off", Value::None).is_true();
    let nothing = match match match match dict::get(fields.expect_dict("get")?, "none", Value::None)
    {
        value_2 if value_2.is_true() => value_2,
        _ => Value::Int(0),
    } {
        value_2 if value_2.is_true() => value_2,
        _ => Value::from(""),
    } {
        value_2 if value_2.is_true() => value_2,
        _ => Value::from(List::new()),
    } {
        value_2 if value_2.is_true() => value_2,
        _ => Value::from(Dict::new()),
    };
    let answers = Dict::from([
        ("cleaned", Value::from(cleaned)),
        ("kept", Value::from(kept)),
        ("name", name),
        ("both", both),
        ("count", count),
        ("flag", Value::from(flag)),
        ("nothing", nothing),
        (
            "first",
            first_of(&Value::from(tuple::tuple(
                List::from([
                    dict::get(fields.expect_dict("get")?, "a", Value::None),
                    dict::get(fields.expect_dict("get")?, "b", Value::None),
                    dict::get(fields.expect_dict("get")?, "c", Value::None),
                ])
                .iter(),
            )))?,
        ),
        (
            "labels",
            Value::from({
                let members = Dict::new();
                for (key, value) in fields.expect_dict("items")?.pairs().into_iter() {
                    members.set_item(key, Value::from(label(&value)))?;
                }
                members
            }),
        ),
        (
            "any",
            Value::from(builtins::any(
                dict::values(fields.expect_dict("values")?).iter(),
            )),
        ),
        (
            "all",
            Value::from(builtins::all(
                dict::values(fields.expect_dict("values")?).iter(),
            )),
        ),
        (
            "none",
            Value::from(builtins::any(List::new().iter()) || builtins::all(List::new().iter())),
        ),
        (
            "literals",
            Value::from({
                let items = List::new();
                for it in [
                    Value::Int(0),
                    Value::Float(0.0),
                    Value::Float(-0.0),
                    Value::from(""),
                    Value::from(" "),
                    Value::from("0"),
                    Value::from(tuple::Tuple::default()),
                    Value::from((0,)),
                    Value::from(List::new()),
                    Value::from(List::from([Value::from(List::new())])),
                    Value::from(Dict::new()),
                    Value::from(Dict::from([("a", Value::None)])),
                    Value::None,
                    Value::from(b"".to_vec()),
                    Value::from(b"0".to_vec()),
                    Value::from(number_text::float("nan")?),
                ]
                .into_iter()
                {
                    items.push(Value::from(it.is_true()));
                }
                items
            }),
        ),
    ]);
    if !fields.is_true() {
        answers.insert("empty", Value::Bool(true));
    } else if fields.contains(&Value::from("name"))? && !fields.item("name")?.is_true() {
        answers.insert("empty", Value::from("name"));
    }

    while dict::get(fields.expect_dict("get")?, "again", Value::None).is_true() {
        answers.insert("again", methods::pop_item(&fields, &Value::from("again"))?);
    }
    if !answers.member("count")?.is_true() {
        return Err(Error::new(
            &error::ASSERTION_ERROR,
            "count is never zero".to_owned(),
        ));
    }
    Ok(answers)
}

pub fn is_blank(value: &Value) -> Result<bool> {
    if matches!(value, Value::Str(_)) {
        return Ok(string_fit::strip(value.expect_str("strip")?, None).is_empty());
    }
    Ok(value.is_none())
}

pub fn first_of(values: &Value) -> Result<Value> {
    for value in values.iterate()? {
        if value.is_true() {
            return Ok(value);
        }
    }
    Ok(if values.is_true() {
        values.item(Value::Int(-1))?
    } else {
        Value::None
    })
}

pub fn label(value: &Value) -> String {
    if value.is_true() {
        "yes".to_owned()
    } else {
        "no".to_owned()
    }
}
