//! What may be None, and names of exceptions.

use crate::python::{
    builtins, dict, dict::Dict, error::Result, lambda_context, list, list::List, ops, string,
    string_case, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let name = dict::get(event.expect_dict("get")?, "name", Value::None);
    let answer = Dict::from([
        (
            "log",
            Value::from(remember("a", remember("b", None)?.as_ref())?),
        ),
        (
            "size",
            Value::from(List::from([
                Value::from(size(None)),
                Value::from(size(Some(&List::from([Value::from("a")])))),
            ])),
        ),
    ]);
    answer.insert(
        "pick",
        Value::from(List::from([
            Value::from(pick(None, None)),
            Value::from(pick(Some("a"), None)),
            Value::from(pick(Some("a"), Some("a"))),
            Value::from(pick(Some("a"), Some("b"))),
        ])),
    );
    answer.insert(
        "looped",
        Value::from(List::from([
            Value::from(looped(Some("abc"))?),
            Value::from(looped(None)?),
            Value::from(looped(Some("abcdefgh"))?),
        ])),
    );
    answer.insert(
        "last",
        last(
            &(match dict::get(event.expect_dict("get")?, "items", Value::None) {
                value if value.is_true() => value,
                _ => Value::from(List::new()),
            }),
        )?,
    );
    answer.insert(
        "name",
        if !name.is_true() {
            Value::from("missing")
        } else {
            name.clone()
        },
    );
    answer.insert(
        "upper",
        if name.is_none() {
            Value::None
        } else {
            Value::from(string_case::upper(&name.to_string()))
        },
    );
    Ok(answer)
}

pub fn remember(entry: &str, log: Option<&Dict>) -> Result<Option<Dict>> {
    let mut log = log.cloned();
    log = Some(if let Some(log) = &log {
        log.clone()
    } else {
        Dict::new()
    });
    Value::from(log.clone()).set_item(
        entry,
        ops::add(
            &dict::get(
                Value::from(log.clone()).expect_dict("get")?,
                entry,
                Value::Int(0),
            ),
            &Value::Int(1),
        )?,
    )?;
    Ok(log)
}

pub fn size(items: Option<&List>) -> String {
    let found: String;
    if let Some(items) = items {
        found = format!("{} items", builtins::len_list(items));
    } else {
        found = "none".to_owned();
    }
    found
}

pub fn pick(first: Option<&str>, second: Option<&str>) -> String {
    let kind: String;
    if let Some(first) = first
        && let Some(second) = second
    {
        if first == second {
            kind = "same".to_owned();
        } else {
            kind = format!("{first}{second}");
        }
    } else {
        kind = "half".to_owned();
    }
    kind
}

pub fn looped(start: Option<&str>) -> Result<List> {
    let found = List::new();
    let mut value = start.map(str::to_owned);
    while let Some(value_2) = &value
        && builtins::len_list(&found) < 5
    {
        list::append(&found, Value::from(value_2));
        value = match Some(string::slice(value_2, Some(1), None, None)?) {
            Some(value_3) if !value_3.is_empty() => Some(value_3),
            _ => None,
        };
    }
    Ok(found)
}

pub fn last(items: &Value) -> Result<Value> {
    let mut best = Value::None;
    for item in items.iterate()? {
        if best.is_none() {
            best = item.clone();
        } else if ops::gt(&item, &best)? {
            best = item;
        }
    }
    Ok(if !best.is_none() {
        best.clone()
    } else {
        Value::from("nothing")
    })
}
