//! Masks personal data in texts, by code points.

use crate::python::{
    builtins, dict, dict::Dict, error::Result, lambda_context, list, list::List, ops, sequences,
    string_case, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let text = event.item("text")?;
    let step = dict::get(event.expect_dict("get")?, "step", Value::Int(2));
    let pieces = Dict::from([
        ("masked", mask(&text, 2)?),
        ("reversed", text.slice(None, None, Some(-1))?),
        ("every", text.slice_by(&Value::None, &Value::None, &step)?),
        ("tail", text.slice(Some(-3), None, None)?),
        ("head", text.slice(None, Some(-3), None)?),
        ("inner", text.slice(Some(1), Some(-1), None)?),
        ("beyond", text.slice(Some(5), Some(100), None)?),
        ("crossed", text.slice(Some(4), Some(2), None)?),
        ("back", text.slice(Some(4), Some(1), Some(-1))?),
        ("copy", text.slice(None, None, None)?),
        ("window", Value::from(windows(&text, 3)?)),
        (
            "upper",
            Value::from({
                let items_2 = List::new();
                for letter in text.iterate()? {
                    items_2.push(Value::from(string_case::upper(letter.expect_str("upper")?)));
                }
                items_2
            }),
        ),
        ("length", Value::from(builtins::len_value(&text)?)),
        (
            "last",
            match text.slice(Some(-1), None, None)? {
                value if value.is_true() => value,
                _ => Value::None,
            },
        ),
    ]);
    let items = {
        let items_2 = List::new();
        for item in
            dict::get(event.expect_dict("get")?, "items", Value::from(List::new())).iterate()?
        {
            items_2.push(item);
        }
        items_2
    };
    let numbers = Value::from(items.clone()).slice(None, None, None)?;
    list::insert(numbers.expect_list("insert")?, 1, Value::from("x"));
    numbers.set_item(Value::Int(-1), Value::None)?;
    numbers.delete_item(Value::Int(0))?;
    pieces.insert("numbers", numbers);
    pieces.insert("untouched", Value::from(items.clone()));
    pieces.insert("corners", Value::from(corners(&items)?));
    pieces.insert("third", text.item(Value::Int(2))?);
    Ok(pieces)
}

pub fn mask(text: &Value, keep: i64) -> Result<Value> {
    if builtins::len_value(text)? <= keep {
        return ops::mul(&Value::from("*"), &Value::from(builtins::len_value(text)?));
    }
    ops::add(
        &text.slice(None, Some(keep), None)?,
        &ops::mul(
            &Value::from("*"),
            &Value::from(ops::int_sub(builtins::len_value(text)?, keep)?),
        )?,
    )
}

pub fn windows(items: &Value, size: i64) -> Result<List> {
    Ok({
        let items_2 = List::new();
        for start in sequences::range_by(0, builtins::len_value(items)?, size)?.iter() {
            items_2.push(items.slice_by(
                &start,
                &ops::add(&start, &Value::from(size))?,
                &Value::None,
            )?);
        }
        items_2
    })
}

pub fn corners(items: &List) -> Result<Dict> {
    let (first, last) = (
        Value::from(items.clone()).item(Value::Int(0))?,
        Value::from(items.clone()).item(Value::Int(-1))?,
    );
    Ok(Dict::from([
        ("first", first),
        (
            "middle",
            Value::from(items.clone()).slice(Some(1), Some(-1), None)?,
        ),
        ("last", last),
    ]))
}
