//! `match` over events: literals, captures, sequences, mappings, classes, guards.

use crate::python::{
    builtins, dict, dict::Dict, error::Result, json, lambda_context, list::List, matching, ops,
    string_split, value::Value,
};
use std::rc::Rc;

pub struct Named {
    pub name: Value,
}

impl Named {
    pub fn new(name: &Value) -> Rc<Named> {
        let name = name.clone();
        Rc::new(Named { name })
    }
}

pub struct Point {
    pub x: i64,
    pub y: i64,
}

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<String> {
    let named = Named::new(&dict::get(event.expect_dict("get")?, "name", Value::None));
    let who: Value;
    if named.name == "root" {
        who = Value::from("root");
    } else if named.name.is_none() {
        who = Value::from("nobody");
    } else {
        let name = named.name.clone();
        who = name;
    }

    json::dumps(&Value::from(Dict::from([
        (
            "kinds",
            Value::from({
                let items = List::new();
                for value in dict::get(
                    event.expect_dict("get")?,
                    "values",
                    Value::from(List::new()),
                )
                .iterate()?
                {
                    items.push(Value::from(kind_of(&value)?));
                }
                items
            }),
        ),
        ("tuple", Value::from(kind_of(&Value::from((1, 2, 1)))?)),
        (
            "route",
            Value::from(route(
                &dict::get(event.expect_dict("get")?, "method", Value::from("GET")),
                &dict::get(event.expect_dict("get")?, "path", Value::from("/items")),
            )?),
        ),
        (
            "command",
            command(&dict::get(
                event.expect_dict("get")?,
                "words",
                Value::from(""),
            ))?,
        ),
        (
            "where",
            Value::from(List::from([
                Value::from(where_(&Rc::new(Point { x: 0, y: 0 }))),
                Value::from(where_(&Rc::new(Point { x: 0, y: 2 }))),
                Value::from(where_(&Rc::new(Point { x: 3, y: 0 }))),
                Value::from(where_(&Rc::new(Point { x: 1, y: 1 }))),
            ])),
        ),
        (
            "status",
            Value::from(List::from([
                Value::from(status(200)?),
                Value::from(status(403)?),
                Value::from(status(500)?),
            ])),
        ),
        ("who", who),
    ])))
}

pub fn kind_of(value: &Value) -> Result<String> {
    if value.is_none() {
        Ok("none".to_owned())
    } else if matches!(value, Value::Bool(true)) || matches!(value, Value::Bool(false)) {
        Ok("bool".to_owned())
    } else if *value == 0 {
        Ok("zero".to_owned())
    } else if matches!(value, Value::Int(_) | Value::Bool(_)) {
        Ok("int".to_owned())
    } else {
        let number: Value;
        if matches!(value, Value::Float(_)) && {
            number = value.clone();
            ops::gt(&number, &Value::Float(1.5))?
        } {
            Ok(format!("big {number}"))
        } else if matches!(value, Value::Float(_)) {
            Ok("float".to_owned())
        } else if value == "" || value == " " {
            Ok("blank".to_owned())
        } else if matches!(value, Value::Str(_)) {
            let text = value.clone();
            Ok(format!("text {text}"))
        } else if matching::is_sequence(value, 0) {
            Ok("empty".to_owned())
        } else if matching::is_sequence(value, 1) {
            let only = value.item(Value::Int(0))?;
            Ok(format!("one {only}"))
        } else {
            let mut first: Value;
            let last: Value;
            if matching::has_items(value, 2) && {
                first = value.item(Value::Int(0))?;
                last = value.item(Value::Int(-1))?;
                first == last
            } {
                Ok(format!("ends alike {first}"))
            } else if matching::is_sequence(value, 2) {
                first = value.item(Value::Int(0))?;
                let second = value.item(Value::Int(1))?;
                Ok(format!("two {first} {second}"))
            } else if matching::has_items(value, 1) {
                first = value.item(Value::Int(0))?;
                let rest = matching::rest(value, 1, 0)?;
                Ok(format!("{first} and {}", Value::from(rest)))
            } else if matches!(value, Value::Dict(_))
                && matching::has_key(value, &Value::from("type"))?
                && value.item(Value::from("type"))? == "circle"
                && matching::has_key(value, &Value::from("radius"))?
                && (matches!(
                    value.item(Value::from("radius"))?,
                    Value::Int(_) | Value::Bool(_)
                ) || matches!(value.item(Value::from("radius"))?, Value::Float(_)))
            {
                let radius = value.item(Value::from("radius"))?;
                Ok(format!("circle {radius}"))
            } else if matches!(value, Value::Dict(_))
                && matching::has_key(value, &Value::from("type"))?
                && (value.item(Value::from("type"))? == "square"
                    || value.item(Value::from("type"))? == "box")
            {
                let name = value.item(Value::from("type"))?;
                let others = matching::without(value, &[Value::from("type")])?;
                Ok(format!("{name} {}", Value::from(others)))
            } else if matches!(value, Value::Dict(_))
                && matching::has_key(value, &Value::from("point"))?
                && matches!(&value.item(Value::from("point"))?, Value::Dict(_))
                && matching::has_key(&value.item(Value::from("point"))?, &Value::from("x"))?
                && matching::has_key(&value.item(Value::from("point"))?, &Value::from("y"))?
                && matching::has_items(
                    &value.item(Value::from("point"))?.item(Value::from("y"))?,
                    1,
                )
            {
                let x = value.item(Value::from("point"))?.item(Value::from("x"))?;
                let y = value
                    .item(Value::from("point"))?
                    .item(Value::from("y"))?
                    .item(Value::Int(0))?;
                Ok(format!("nested {x} {y}"))
            } else if matches!(value, Value::Dict(_)) {
                Ok("mapping".to_owned())
            } else {
                Ok("other".to_owned())
            }
        }
    }
}

/// Two values at once.
pub fn route(method: &Value, path: &Value) -> Result<String> {
    let subject = Value::from(string_split::split(
        path.expect_str("split")?,
        Some("/"),
        -1,
    )?);
    let found: Value;
    if method == "GET"
        && matching::is_sequence(&subject, 2)
        && subject.item(Value::Int(0))? == ""
        && subject.item(Value::Int(1))? == "items"
    {
        return Ok("list".to_owned());
    } else if method == "GET"
        && matching::is_sequence(&subject, 3)
        && subject.item(Value::Int(0))? == ""
        && subject.item(Value::Int(1))? == "items"
    {
        let item = subject.item(Value::Int(2))?;
        return Ok(format!("get {item}"));
    } else if (method == "POST" || method == "PUT")
        && matching::has_items(&subject, 2)
        && subject.item(Value::Int(0))? == ""
        && subject.item(Value::Int(1))? == "items"
    {
        let verb = method.clone();
        let rest = matching::rest(&subject, 2, 0)?;
        return Ok(format!("{verb} {}", Value::from(rest)));
    } else {
        let other = method.clone();
        found = other;
    }

    Ok(format!("no {found}"))
}

pub fn command(words: &Value) -> Result<Value> {
    let subject = Value::from(string_split::split(words.expect_str("split")?, None, -1)?);
    if matching::is_sequence(&subject, 1) && subject.item(Value::Int(0))? == "stop" {
        return Ok(Value::from("stopping"));
    } else if matching::is_sequence(&subject, 2)
        && subject.item(Value::Int(0))? == "go"
        && (subject.item(Value::Int(1))? == "north" || subject.item(Value::Int(1))? == "south")
    {
        let direction = subject.item(Value::Int(1))?;
        return Ok(direction);
    } else {
        let objects: List;
        if matching::has_items(&subject, 1) && subject.item(Value::Int(0))? == "drop" && {
            objects = matching::rest(&subject, 1, 0)?;
            builtins::len_list(&objects) > 1
        } {
            return Ok(Value::from(format!(
                "drop {}",
                builtins::len_list(&objects)
            )));
        } else if matching::is_sequence(&subject, 2) && subject.item(Value::Int(0))? == "drop" {
            let thing = subject.item(Value::Int(1))?;
            return Ok(Value::from(format!("drop {thing}")));
        }
    }

    Ok(Value::from("what?"))
}

pub fn where_(point: &Rc<Point>) -> String {
    if point.x == 0 && point.y == 0 {
        "origin".to_owned()
    } else if point.x == 0 {
        let y = point.y;
        format!("on y at {y}")
    } else if point.y == 0 {
        let x = point.x;
        format!("on x at {x}")
    } else {
        "somewhere".to_owned()
    }
}

pub fn status(code: i64) -> Result<String> {
    let mut total: i64 = 0;
    'searched: {
        for at in 0..3 {
            let subject = ops::int_add(code, at)?;
            if subject == 200 || subject == 201 {
                continue;
            } else if subject == 404 {
                break 'searched;
            } else {
                let other = subject;
                total = ops::int_add(total, other)?;
            }
        }
        return Ok(format!("all {total}"));
    }
    Ok(format!("left {total}"))
}
