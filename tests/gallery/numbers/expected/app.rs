//! Splits amounts into shares; money never gets lost.

use crate::python::{
    builtins, dict::Dict, error::Result, lambda_context, list, list::List, math, math_integers,
    number_text, numbers, ops, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let a = event.item("a")?;
    let b = event.item("b")?;
    let results = Dict::new();
    results.insert("floor", ops::floor_div(&a, &b)?);
    results.insert("modulo", ops::modulo(&a, &b)?);
    results.insert("true", ops::div(&a, &b)?);
    results.insert("pair", Value::from(numbers::divmod(&a, &b)?));
    results.insert("negative", ops::floor_div(&ops::neg(&a)?, &b)?);
    results.insert("negated", ops::neg(&ops::floor_div(&a, &b)?)?);
    results.insert("power", ops::pow(&a, &Value::Int(2))?);
    results.insert("inverse", ops::pow(&Value::Int(2), &Value::Int(-1))?);
    results.insert("mixed", ops::add(&ops::mul(&a, &Value::Float(1.0))?, &b)?);
    results.insert("int", Value::from(numbers::int_of(&ops::div(&a, &b)?)?));
    results.insert(
        "round",
        Value::from(List::from([
            Value::from(numbers::round_float(0.5)?),
            Value::from(numbers::round_float(1.5)?),
            Value::from(numbers::round_float(2.5)?),
            Value::from(numbers::round_float(-0.5)?),
            Value::from(numbers::round_float_to(2.675, 2)?),
            numbers::round_to(&ops::div(&a, &b)?, &Value::Int(1))?,
            Value::from(numbers::round_int_to(1234, -2)?),
        ])),
    );
    results.insert(
        "kinds",
        Value::from({
            let items = List::new();
            for it in [
                a.clone(),
                b.clone(),
                ops::div(&a, &b)?,
                ops::floor_div(&a, &b)?,
                Value::from(a == b),
                ops::mul(&a, &Value::Bool(true))?,
                ops::pos(&Value::Bool(true))?,
                Value::None,
            ]
            .into_iter()
            {
                items.push(Value::from(describe(&it)));
            }
            items
        }),
    );
    results.insert(
        "chained",
        Value::from(List::from([
            Value::from(ops::lt(&Value::Int(1), &a)? && ops::le(&a, &Value::Int(10))?),
            Value::from(a == b && b == 3),
            Value::from(a != b && b != 3),
        ])),
    );
    results.insert(
        "bits",
        if matches!(a, Value::Int(_) | Value::Bool(_)) {
            Value::from(List::from([
                Value::from(5 & 3),
                Value::from(5 | 3),
                Value::from(5 ^ 3),
                ops::invert(&Value::Int(5))?,
                ops::shift_left(&Value::Int(1), &Value::Int(10))?,
                ops::shift_right(&Value::Int(-8), &Value::Int(1))?,
            ]))
        } else {
            Value::from(List::new())
        },
    );
    results.insert(
        "bools",
        Value::from((
            ops::add(&Value::Bool(true), &Value::Bool(true))?,
            builtins::sum(
                List::from([Value::Bool(true), Value::Bool(false), Value::Bool(true)]).iter(),
            )?,
            Value::from(List::from([Value::Int(1), Value::Int(0)])).item(Value::Bool(false))?,
        )),
    );
    results.insert(
        "same",
        Value::from(List::from([
            Value::from(Value::Int(1) == Value::Float(1.0)),
            Value::from(0.1 + 0.2),
            Value::Float(1e16),
            Value::Float(1000000000000000.0),
            Value::Float(1e-5),
            Value::Float(0.0001),
            Value::Float(100.0),
            Value::Float(-0.0),
            Value::from(ops::int_div(1, 3)?),
        ])),
    );
    results.insert(
        "math",
        Value::from(List::from([
            Value::from(math_integers::floor(-1.5)?),
            Value::from(math_integers::ceil(-1.5)?),
            Value::from(math_integers::trunc(-1.5)?),
            Value::from(math::sqrt(16.0)?),
            Value::from(math::isclose(0.1 + 0.2, 0.3, 1e-9, 0.0)?),
        ])),
    );
    results.insert(
        "extremes",
        Value::from(List::from([
            builtins::min_of(&[a.clone(), b.clone()])?,
            builtins::max_of(&[a.clone(), b.clone()])?,
            builtins::min_or(List::new().iter(), Value::from("none"))?,
            numbers::abs(&ops::neg(&a)?)?,
        ])),
    );
    results.insert(
        "parsed",
        Value::from(List::from([
            Value::from(number_text::int("  12 ", 10)?),
            Value::from(number_text::int("-0x1f", 16)?),
            Value::from(number_text::int("101", 2)?),
            Value::from(number_text::float("1e3")?),
            Value::from(number_text::float(" 2.50 ")?),
            Value::from(numbers::truncated(3.99)?),
            Value::from(numbers::truncated(-3.99)?),
        ])),
    );
    if matches!(a, Value::Int(_) | Value::Bool(_)) && matches!(b, Value::Int(_) | Value::Bool(_)) {
        results.insert(
            "shares",
            if ops::gt(&b, &Value::Int(0))? {
                shares(&a, &b)?
            } else {
                Value::None
            },
        );
        results.insert("digits", Value::from((digits(&a, 10)?, digits(&a, 2)?)));
    }
    Ok(results)
}

pub fn describe(value: &Value) -> String {
    let kind = if matches!(value, Value::Int(_) | Value::Bool(_)) {
        "int".to_owned()
    } else {
        "other".to_owned()
    };
    format!("{kind}:{}", ops::repr(value))
}

pub fn shares(amount: &Value, parts: &Value) -> Result<Value> {
    let (each, rest) = numbers::divmod(amount, parts)?;
    ops::add(
        &ops::mul(
            &Value::from(List::from([ops::add(&each, &Value::Int(1))?])),
            &rest,
        )?,
        &ops::mul(
            &Value::from(List::from([each.clone()])),
            &ops::sub(parts, &rest)?,
        )?,
    )
}

pub fn digits(number: &Value, base: i64) -> Result<Value> {
    let mut number = number.clone();
    let result = List::new();
    number = numbers::abs(&number)?;
    loop {
        let (number_, digit_) = numbers::divmod(&number, &Value::from(base))?;
        let digit: Value;
        number = number_;
        digit = digit_;

        list::append(&result, digit);
        if !number.is_true() {
            break;
        }
    }
    Value::from(result).slice(None, None, Some(-1))
}
