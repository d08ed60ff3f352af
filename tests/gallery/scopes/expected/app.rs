//! Grades answers; names live where Python has them live.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, lambda_context, list::List,
    numbers, ops, sequences, set, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let answers = dict::get(
        event.expect_dict("get")?,
        "answers",
        Value::from(List::new()),
    );
    let result = Dict::from([
        ("grade", Value::from(grade(&answers)?)),
        (
            "limit",
            Value::from(raise_limit(state, builtins::len_value(&answers)?)?),
        ),
        (
            "parsed",
            Value::from({
                let items = List::new();
                for answer in answers.iterate()? {
                    items.push(parse(&answer)?);
                }
                items
            }),
        ),
        (
            "shadow",
            Value::from(shadow(&List::from([
                Value::Int(1),
                Value::Int(5),
                Value::Int(7),
            ]))),
        ),
        (
            "comprehension",
            Value::from(comprehension("outer", &List::from([Value::from("in")]))?),
        ),
    ]);
    let mut answer: Option<Value> = None;
    let mut items = answers.iterate()?;
    while let Some(answer_) = items.step()? {
        answer = Some(answer_);
        if Value::from(state.seen.clone()).contains(
            &answer
                .clone()
                .ok_or_else(|| error::unbound_local("answer"))?,
        )? {
            continue;
        }
        set::add(
            &state.seen,
            answer
                .clone()
                .ok_or_else(|| error::unbound_local("answer"))?,
        )?;
    }
    result.insert(
        "seen",
        Value::from(sequences::sorted(
            Value::from(state.seen.clone()).iterate()?,
            false,
        )?),
    );
    result.insert("last", last_of(&answers)?);
    result.insert(
        "unbound",
        Value::from(unbound(builtins::len_value(&answers)? > 1)?),
    );
    result.insert(
        "loop",
        answer
            .clone()
            .ok_or_else(|| error::unbound_local("answer"))?,
    );
    Ok(result)
}

pub fn grade(answers: &Value) -> Result<String> {
    let mut position: i64;
    'searched: {
        for (position_, answer) in (0_i64..).zip(answers.iterate()?) {
            position = position_;
            if answer == "wrong" {
                break 'searched;
            }
        }
        return Ok("all right".to_owned());
    }
    Ok(format!(
        "wrong at {position} of {}",
        builtins::len_value(answers)?
    ))
}

pub fn raise_limit(state: &State, by: i64) -> Result<i64> {
    state.limit.set(ops::int_add(state.limit.get(), by)?);
    Ok(state.limit.get())
}

pub fn parse(text: &Value) -> Result<Value> {
    let message: String;
    let error = 'attempt: {
        let value = Value::from(or_break!('attempt, numbers::int_of(text)));
        return Ok(value);
    };
    if error.is(&error::VALUE_ERROR) {
        message = error.to_string();
    } else {
        return Err(error);
    }
    Ok(Value::from(List::from([Value::from(message)])))
}

pub fn shadow(list: &List) -> List {
    let len: i64 = 5;
    {
        let items = List::new();
        for item in list.iter() {
            if item != len {
                items.push(item.clone());
            }
        }
        items
    }
}

pub fn comprehension(item: &str, items: &List) -> Result<(String, List)> {
    let doubled = {
        let items_2 = List::new();
        for item in items.iter() {
            items_2.push(ops::mul(&item, &Value::Int(2))?);
        }
        items_2
    };
    Ok((item.to_owned(), doubled))
}

pub fn last_of(values: &Value) -> Result<Value> {
    let mut value: Option<Value> = None;
    for value_ in values.iterate()? {
        value = Some(value_);
    }
    value.clone().ok_or_else(|| error::unbound_local("value"))
}

pub fn unbound(flag: bool) -> Result<i64> {
    let mut value: Option<i64> = None;
    if flag {
        value = Some(1);
    }
    value.ok_or_else(|| error::unbound_local("value"))
}
