//! A pipeline that notes each step; the notes show the order.

use crate::python::{
    dict, dict::Dict, error, error::Result, error::or_break, format, in_place, lambda_context,
    list, list::List, ops, string_split, tuple, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.steps);
    let flag = dict::get(event.expect_dict("get")?, "flag", Value::None);
    let values = Dict::new();
    let value = note(state, "value", &Value::Int(1));
    values.set_item(note(state, "key", &Value::from("k")), value)?;
    let argument = note(state, "a", &Value::Int(1));
    let argument_2 = note(state, "c", &Value::Int(3));
    let argument_3 = note(state, "b", &Value::Int(2));
    let combined = combine(
        &argument,
        &argument_3,
        &argument_2,
        &Value::from(tuple::tuple(List::new().iter())),
        &Dict::new(),
    )?;
    let spread = combine(
        &note(state, "x", &Value::Int(1)),
        &note(state, "y", &Value::Int(2)),
        &note(state, "z", &Value::Int(3)),
        &Value::from(tuple::tuple(
            List::from([Value::Int(4), Value::Int(5)]).iter(),
        )),
        &Dict::from([
            ("last", note(state, "l", &Value::Int(6))),
            ("m", note(state, "m", &Value::Int(7))),
        ]),
    )?;
    let chosen = if note(state, "condition", &flag).is_true() {
        note(state, "yes", &Value::Int(1))
    } else {
        note(state, "no", &Value::Int(2))
    };
    let chain = {
        let left_2 = note(state, "low", &Value::Int(1));
        let right = note(
            state,
            "middle",
            &dict::get(event.expect_dict("get")?, "middle", Value::Int(2)),
        );
        ops::lt(&left_2, &right)? && {
            let right_2 = note(state, "high", &Value::Int(3));
            ops::lt(&right, &right_2)?
        }
    };
    let both = match note(state, "and", &flag) {
        value_3 if value_3.is_true() => note(state, "then", &Value::from("then")),
        value_3 => value_3,
    };
    either(state, &flag);
    let table = {
        let dict = Dict::new();
        dict.set_item(
            note(state, "k1", &Value::from("one")),
            note(state, "v1", &Value::Int(1)),
        )?;
        dict.set_item(
            note(state, "k2", &Value::from("two")),
            note(state, "v2", &Value::Int(2)),
        )?;
        dict
    };
    let pair = (
        note(state, "p1", &Value::Int(1)),
        note(state, "p2", &Value::Int(2)),
    );
    let item_3 = note(
        state,
        "rhs",
        &Value::from(List::from([Value::Int(10), Value::Int(20)])),
    );
    let [left, part] = item_3.unpack()?;
    values.insert("right", part);
    let value_2 = dict::get(&values, "count", Value::Int(0));
    values.set_item(note(state, "k", &Value::from("count")), value_2)?;
    let key = note(state, "k", &Value::from("count"));
    values.set_item(
        key.clone(),
        in_place::in_place_add(
            &values.get_item(&key)?,
            &note(state, "increment", &Value::Int(5)),
        )?,
    )?;
    let text = format!(
        "{}-{}-{}",
        note(state, "f1", &Value::from("a")),
        format::format(&note(state, "f2", &Value::from("b")), ">3")?,
        ops::repr(&note(state, "f3", &Value::Int(3)))
    );
    let joined = string_split::join(
        note(state, "self", &Value::from(", ")).expect_str("join")?,
        &List::from([
            note(state, "e1", &Value::from("p")),
            note(state, "e2", &Value::from("q")),
        ]),
    )?;
    let picked = Value::from(List::from([
        note(state, "list", &Value::from("abc")),
        note(state, "other", &Value::from("def")),
    ]))
    .item(note(state, "index", &Value::Int(1)))?;
    let membership = {
        let item_2 = note(state, "needle", &Value::from("k"));
        note(state, "hay", &Value::from(values.clone())).contains(&item_2)?
    };
    let negated = !note(state, "not", &flag).is_true();
    let left_3 = 'finally: {
        let error = 'attempt: {
            'done: {
                let error = 'attempt_2: {
                    or_break!('attempt_2, ops::add(&or_break!('attempt_2, ops::div(&note(state, "before", &Value::Int(1)), &note(state, "zero", &dict::get(or_break!('attempt_2, event.expect_dict("get")), "divisor", Value::Int(0))))), &note(state, "after", &Value::Int(1))));
                    break 'done;
                };
                if error.is(&error::ZERO_DIVISION_ERROR) {
                    note(state, "caught", &Value::None);
                } else {
                    break 'attempt error;
                }
            }
            break 'finally None;
        };
        Some(Err(error))
    };
    note(state, "finally", &Value::None);
    if let Some(result) = left_3 {
        return result;
    }

    let compared = {
        let items = List::new();
        for number in 0..3 {
            if note(state, "if", &Value::from(number)) != 1 {
                items.push(note(state, "i", &Value::from(number)));
            }
        }
        items
    };
    Ok(Dict::from([
        (
            "steps",
            Value::from({
                let items = List::new();
                for item in state.steps.iter() {
                    items.push(item);
                }
                items
            }),
        ),
        ("values", Value::from(values)),
        ("combined", Value::from(combined)),
        ("spread", Value::from(spread)),
        (
            "results",
            Value::from(List::from([
                chosen,
                Value::from(chain),
                both,
                left,
                Value::from(text),
                Value::from(joined),
                picked,
                Value::from(membership),
                Value::from(negated),
            ])),
        ),
        ("table", Value::from(table)),
        ("pair", Value::from(pair)),
        ("compared", Value::from(compared)),
    ]))
}

pub fn note(state: &State, name: &str, value: &Value) -> Value {
    list::append(&state.steps, Value::from(name));
    value.clone()
}

pub fn combine(
    first: &Value,
    second: &Value,
    third: &Value,
    rest: &Value,
    options: &Dict,
) -> Result<List> {
    Ok(List::from([
        first.clone(),
        second.clone(),
        third.clone(),
        Value::from({
            let items = List::new();
            for item in rest.iterate()? {
                items.push(item);
            }
            items
        }),
        Value::from(options.clone()),
    ]))
}

pub fn either(state: &State, flag: &Value) -> Value {
    match note(state, "left", flag) {
        value if value.is_true() => value,
        _ => note(state, "right", &Value::from("right")),
    }
}
