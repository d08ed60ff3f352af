//! The order in which things are evaluated, and what is bound when.

use crate::python::{
    dict::Dict, environ, error, error::Result, lambda_context, list, list::List, ops, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.notes);
    let argument = note(state, "a", &Value::Int(1));
    let argument_2 = note(state, "c", &Value::Int(3));
    let argument_3 = note(state, "b", &Value::Int(2));
    let got = combine(&argument, &argument_3, &argument_2);
    let ok = {
        let left = note(state, "low", &Value::Int(1));
        let right = note(state, "middle", &event.item("n")?);
        ops::lt(&left, &right)? && {
            let right_2 = note(state, "high", &Value::Int(3));
            ops::lt(&right, &right_2)?
        }
    };
    let found = {
        let item_2 = note(state, "needle", &Value::Int(1));
        note(state, "hay", &event.item("list")?).contains(&item_2)?
    };
    let region = if environ::get("EMPTY")
        .as_ref()
        .is_some_and(|it| !it.is_empty())
    {
        "x".to_owned()
    } else {
        "y".to_owned()
    };
    let result = Dict::from([
        (
            "notes",
            Value::from({
                let items = List::new();
                for item in state.notes.iter() {
                    items.push(item);
                }
                items
            }),
        ),
        ("got", Value::from(got)),
        ("ok", Value::from(ok)),
        ("found", Value::from(found)),
        ("region", Value::from(region)),
    ]);
    result.insert("carried", Value::from(carried(&event.item("list")?)?));
    result.insert("search", Value::from(search(&event.item("list")?)?));
    result.insert("unbound", Value::from(unbound(&event.item("flag")?)?));
    Ok(result)
}

pub fn note(state: &State, name: &str, value: &Value) -> Value {
    list::append(&state.notes, Value::from(name));
    value.clone()
}

pub fn combine(first: &Value, second: &Value, third: &Value) -> List {
    List::from([first.clone(), second.clone(), third.clone()])
}

pub fn carried(items: &Value) -> Result<List> {
    let out = List::new();
    let mut last: Option<Value> = None;
    for item in items.iterate()? {
        if ops::gt(&item, &Value::Int(1))? {
            last = Some(item.clone());
        }
        if ops::gt(&item, &Value::Int(2))? {
            list::append(
                &out,
                last.clone().ok_or_else(|| error::unbound_local("last"))?,
            );
        }
    }
    Ok(out)
}

pub fn search(answers: &Value) -> Result<String> {
    let mut position: i64;
    'searched: {
        for (position_, answer) in (0_i64..).zip(answers.iterate()?) {
            position = position_;
            if answer == 3 {
                break 'searched;
            }
        }
        return Ok("none".to_owned());
    }
    Ok(position.to_string())
}

pub fn unbound(flag: &Value) -> Result<i64> {
    let mut value: Option<i64> = None;
    if flag.is_true() {
        value = Some(1);
    }
    value.ok_or_else(|| error::unbound_local("value"))
}
