//! Items one by one.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, generator, lambda_context,
    list, list::List, numbers, ops, sequences, string_fit, string_split, value::Value,
};
use crate::state::State;
use std::rc::Rc;

pub struct Pages {
    pub items: Value,
}

impl Pages {
    pub fn new(items: &Value) -> Rc<Pages> {
        let items = items.clone();
        Rc::new(Pages { items })
    }

    pub fn each<'a>(&'a self, state: &'a State, size: i64) -> generator::Generator<'a, Value> {
        generator::Generator::new(move |items| async move {
            for start in sequences::range_by(0, builtins::len_value(&self.items)?, size)?.iter() {
                list::append(
                    &state.log,
                    Value::from(List::from([Value::from("page"), start.clone()])),
                );
                items
                    .give(self.items.slice_by(
                        &start,
                        &ops::add(&start, &Value::from(size))?,
                        &Value::None,
                    )?)
                    .await;
            }
            Ok(())
        })
    }
}

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.log);
    let items = dict::get(event.expect_dict("get")?, "items", Value::from(List::new()));
    let out = List::new();
    let mut pages_2 = rows(state, &items);
    while let Some((name, number)) = pages_2.next().await? {
        list::append(
            &state.log,
            Value::from(List::from([
                Value::from("got"),
                Value::from(name.clone()),
                Value::from(number),
            ])),
        );
        if number == 3 {
            break;
        }
        list::append(&out, Value::from(name));
    }
    let pages = Pages::new(&items);
    let mut pages_2 = pages.each(state, 2);
    while let Some(page) = pages_2.next().await? {
        list::append(&state.log, Value::from(builtins::len_value(&page)?));
    }
    let names = {
        let items_2 = List::new();
        let mut pages_2 = flat(state, &items, "-");
        while let Some(item) = pages_2.next().await? {
            items_2.push(item);
        }
        items_2
    };
    let text = string_split::join(
        ",",
        &({
            let items_2 = List::new();
            let mut pages_2 = flat(state, &items, "+");
            while let Some(item) = pages_2.next().await? {
                items_2.push(item);
            }
            items_2
        }),
    )?;
    let total = {
        let items_2 = List::new();
        let mut pages_2 = squares(&dict::get(event.expect_dict("get")?, "n", Value::Int(3)));
        while let Some(x) = pages_2.next().await? {
            if x != 4 {
                items_2.push(Value::from(x));
            }
        }
        items_2
    };
    Ok(Dict::from([
        ("out", Value::from(out)),
        ("names", Value::from(names)),
        ("text", Value::from(text)),
        ("total", Value::from(total)),
        (
            "log",
            Value::from({
                let items_2 = List::new();
                for item in state.log.iter() {
                    items_2.push(item);
                }
                items_2
            }),
        ),
    ]))
}

/// Names and numbers; what is none is passed over.
pub fn rows<'a>(state: &'a State, items: &Value) -> generator::Generator<'a, (String, i64)> {
    let items = items.clone();
    generator::Generator::new(move |items_2| async move {
        let mut items_3 = items.iterate()?;
        'outer: while let Some(item) = items_3.step()? {
            list::append(
                &state.log,
                Value::from(List::from([Value::from("row"), item.clone()])),
            );
            'done: {
                let error = 'attempt: {
                    items_2.give((string_fit::strip(or_break!('attempt, or_break!('attempt, item.item("name")).expect_str("strip")), None), or_break!('attempt, numbers::int_of(&or_break!('attempt, item.item("number")))))).await;
                    break 'done;
                };
                if error.is(&error::KEY_ERROR) || error.is(&error::VALUE_ERROR) {
                    continue 'outer;
                } else {
                    return Err(error);
                }
            }
        }
        Ok(())
    })
}

pub fn flat<'a>(state: &'a State, items: &Value, prefix: &str) -> generator::Generator<'a, Value> {
    let items = items.clone();
    let prefix = prefix.to_owned();
    generator::Generator::new(move |items_2| async move {
        let mut pages = rows(state, &items);
        while let Some((name, number)) = pages.next().await? {
            if number > 4 {
                return Ok(());
            }
            items_2.give(Value::from(format!("{prefix}{name}"))).await;
        }
        for item in List::from([Value::from("end"), Value::from(prefix)]).iter() {
            items_2.give(item).await;
        }
        Ok(())
    })
}

pub fn squares(n: &Value) -> generator::Generator<'static, i64> {
    let n = n.clone();
    generator::Generator::new(move |items| async move {
        let mut count: i64 = 0;
        while ops::lt(&Value::from(count), &n)? {
            count = ops::int_add(count, 1)?;
            items.give(ops::int_mul(count, count)?).await;
        }
        Ok(())
    })
}
