//! Handlers in a dict, functions as arguments, lambdas in variables, functions in functions.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Error, error::Result, function, json, lambda_context,
    list, list::List, numbers, ops, sequences, string_case, tuple, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<String> {
    let found = dict::get_value(
        &state.handlers,
        &dict::get(event.expect_dict("get")?, "kind", Value::None),
        function::function("app::nothing", "nothing"),
    )?;
    let answer = Dict::from([(
        "found",
        match function::called(&found)? {
            "app::created" => Value::from(created(state, event)?),
            "app::removed" => Value::from(removed(event)?),
            "app::double" => double(event)?,
            "app::increment" => increment(event)?,
            "app::nothing" => Value::from(nothing(event, &Value::from("unknown"))?),
            "app::lambda_6" => lambda_6(event, &function::captured(&found, 0)?)?,
            "app::lambda_7" => Value::from(lambda_7(event)),
            "app::lambda_4" => lambda_4(event)?,
            "app::multiply" => multiply(event, &function::captured(&found, 0)?)?,
            "app::by_price" => by_price(event)?,
            _ => function::misfit(&found)?,
        },
    )]);
    let rate = dict::get(event.expect_dict("get")?, "rate", Value::Int(3));
    let log = List::new();
    answer.insert(
        "prices",
        Value::from(prices(
            &List::from([Value::Int(1), Value::Int(2), Value::Int(3)]),
            &log,
            &rate,
        )?),
    );
    answer.insert(
        "sorted",
        Value::from(sequences::sorted_by(
            List::from([Value::Int(3), Value::Int(1), Value::Int(2)]).iter(),
            |n| ops::mul(&ops::neg(&n)?, &rate),
            false,
        )?),
    );
    answer.insert("log", Value::from(log));
    answer.insert(
        "applied",
        ops::add(
            &Value::from(apply(
                state,
                &function::function("app::double", "double"),
                &Value::from(tuple::tuple(
                    List::from([Value::Int(1), Value::Int(2)]).iter(),
                )),
            )?),
            &Value::from(apply(
                state,
                &function::closure("app::lambda_6", "<lambda>", vec![rate]),
                &Value::from(tuple::tuple(List::from([Value::Int(5)]).iter())),
            )?),
        )?,
    );
    answer.insert("twice", Value::from(twice("a")));
    let mut value = dict::get(event.expect_dict("get")?, "value", Value::Int(4));
    for step in Value::from(state.pipeline.clone()).iterate()? {
        value = match function::called(&step)? {
            "app::created" => Value::from(created(state, &value)?),
            "app::removed" => Value::from(removed(&value)?),
            "app::double" => double(&value)?,
            "app::increment" => increment(&value)?,
            "app::nothing" => Value::from(nothing(&value, &Value::from("unknown"))?),
            "app::lambda_6" => lambda_6(&value, &function::captured(&step, 0)?)?,
            "app::lambda_7" => Value::from(lambda_7(&value)),
            "app::lambda_4" => lambda_4(&value)?,
            "app::multiply" => multiply(&value, &function::captured(&step, 0)?)?,
            "app::by_price" => by_price(&value)?,
            _ => function::misfit(&step)?,
        };
    }
    answer.insert("value", value.clone());
    let chosen = choose(&dict::get(event.expect_dict("get")?, "choice", Value::None));
    answer.insert(
        "chosen",
        if !chosen.is_none() {
            match function::called(&chosen)? {
                "app::created" => Value::from(created(state, &Value::Int(1))?),
                "app::removed" => Value::from(removed(&Value::Int(1))?),
                "app::double" => double(&Value::Int(1))?,
                "app::increment" => increment(&Value::Int(1))?,
                "app::nothing" => Value::from(nothing(&Value::Int(1), &Value::from("unknown"))?),
                "app::lambda_6" => lambda_6(&Value::Int(1), &function::captured(&chosen, 0)?)?,
                "app::lambda_7" => Value::from(lambda_7(&Value::Int(1))),
                "app::lambda_4" => lambda_4(&Value::Int(1))?,
                "app::multiply" => multiply(&Value::Int(1), &function::captured(&chosen, 0)?)?,
                "app::by_price" => by_price(&Value::Int(1))?,
                _ => function::misfit(&chosen)?,
            }
        } else {
            Value::from("none")
        },
    );
    answer.insert("callable", Value::from(function::is_callable(&chosen)?));
    let triple = multiplier(&Value::Int(3));
    answer.insert(
        "closures",
        Value::from(List::from([
            match function::called(&triple)? {
                "app::created" => Value::from(created(state, &Value::Int(2))?),
                "app::removed" => Value::from(removed(&Value::Int(2))?),
                "app::double" => double(&Value::Int(2))?,
                "app::increment" => increment(&Value::Int(2))?,
                "app::nothing" => Value::from(nothing(&Value::Int(2), &Value::from("unknown"))?),
                "app::lambda_6" => lambda_6(&Value::Int(2), &function::captured(&triple, 0)?)?,
                "app::lambda_7" => Value::from(lambda_7(&Value::Int(2))),
                "app::lambda_4" => lambda_4(&Value::Int(2))?,
                "app::multiply" => multiply(&Value::Int(2), &function::captured(&triple, 0)?)?,
                "app::by_price" => by_price(&Value::Int(2))?,
                _ => function::misfit(&triple)?,
            },
            {
                let function = multiplier(&Value::from("ab"));
                match function::called(&function)? {
                    "app::created" => Value::from(created(state, &Value::Int(2))?),
                    "app::removed" => Value::from(removed(&Value::Int(2))?),
                    "app::double" => double(&Value::Int(2))?,
                    "app::increment" => increment(&Value::Int(2))?,
                    "app::nothing" => {
                        Value::from(nothing(&Value::Int(2), &Value::from("unknown"))?)
                    }
                    "app::lambda_6" => {
                        lambda_6(&Value::Int(2), &function::captured(&function, 0)?)?
                    }
                    "app::lambda_7" => Value::from(lambda_7(&Value::Int(2))),
                    "app::lambda_4" => lambda_4(&Value::Int(2))?,
                    "app::multiply" => {
                        multiply(&Value::Int(2), &function::captured(&function, 0)?)?
                    }
                    "app::by_price" => by_price(&Value::Int(2))?,
                    _ => function::misfit(&function)?,
                }
            },
            Value::from(apply(
                state,
                &triple,
                &Value::from(tuple::tuple(List::from([Value::Int(1)]).iter())),
            )?),
        ])),
    );
    let operation = dict::get(event.expect_dict("get")?, "operation", Value::from("add"));
    if !Value::from(state.operations.clone()).contains(&operation)? {
        return Err(Error::new(
            &error::VALUE_ERROR,
            format!("unknown operation: {operation}"),
        ));
    }
    let function_2 = state.operations.get_item(&operation)?;
    let argument = dict::get(event.expect_dict("get")?, "a", Value::Int(2));
    let argument_2 = dict::get(event.expect_dict("get")?, "b", Value::Int(5));
    answer.insert(
        "operation",
        match function::called(&function_2)? {
            "app::lambda" => lambda(&argument, &argument_2)?,
            "app::lambda_2" => lambda_2(&argument, &argument_2)?,
            "app::lambda_3" => lambda_3(&argument, &argument_2),
            "app::nothing" => Value::from(nothing(&argument, &argument_2)?),
            _ => function::misfit(&function_2)?,
        },
    );
    let items = dict::get(event.expect_dict("get")?, "items", Value::from(List::new()));
    answer.insert(
        "total",
        total(
            state,
            &items,
            &function::function("app::by_price", "by_price"),
        )?,
    );
    answer.insert(
        "count",
        total(
            state,
            &items,
            &function::function("app::lambda_7", "<lambda>"),
        )?,
    );
    answer.insert(
        "dearest",
        builtins::max_by_or(items.iterate()?, |value_2| by_price(&value_2), Value::None)?,
    );
    answer.insert(
        "same",
        Value::from(
            state.handlers.member("created")? == function::function("app::created", "created"),
        ),
    );
    if dict::get(event.expect_dict("get")?, "call", Value::None).is_true() {
        let function_3 = event.item("call")?;
        answer.insert(
            "called",
            match function::called(&function_3)? {
                "app::created" => Value::from(created(state, &Value::Int(1))?),
                "app::removed" => Value::from(removed(&Value::Int(1))?),
                "app::double" => double(&Value::Int(1))?,
                "app::increment" => increment(&Value::Int(1))?,
                "app::nothing" => Value::from(nothing(&Value::Int(1), &Value::from("unknown"))?),
                "app::lambda_6" => lambda_6(&Value::Int(1), &function::captured(&function_3, 0)?)?,
                "app::lambda_7" => Value::from(lambda_7(&Value::Int(1))),
                "app::lambda_4" => lambda_4(&Value::Int(1))?,
                "app::multiply" => multiply(&Value::Int(1), &function::captured(&function_3, 0)?)?,
                "app::by_price" => by_price(&Value::Int(1))?,
                _ => function::misfit(&function_3)?,
            },
        );
    }
    json::dumps(&Value::from(answer))
}

/// Notes what was made.
pub fn created(state: &State, event: &Value) -> Result<Dict> {
    list::append(&state.seen, event.item("id")?);
    Ok(Dict::from([
        ("created", event.item("id")?),
        ("seen", Value::from(builtins::len_list(&state.seen))),
    ]))
}

pub fn removed(event: &Value) -> Result<Dict> {
    Ok(Dict::from([("removed", event.item("id")?)]))
}

pub fn lambda(a: &Value, b: &Value) -> Result<Value> {
    ops::add(a, b)
}

pub fn lambda_2(a: &Value, b: &Value) -> Result<Value> {
    ops::mul(a, b)
}

pub fn lambda_3(a: &Value, _b: &Value) -> Value {
    a.clone()
}

pub fn double(x: &Value) -> Result<Value> {
    ops::mul(x, &Value::Int(2))
}

pub fn increment(x: &Value) -> Result<Value> {
    ops::add(x, &Value::Int(1))
}

pub fn nothing(event: &Value, reason: &Value) -> Result<Dict> {
    Ok(Dict::from([
        ("nothing", reason.clone()),
        (
            "kind",
            dict::get(event.expect_dict("get")?, "kind", Value::None),
        ),
    ]))
}

pub fn prices(amounts: &List, log: &List, rate: &Value) -> Result<List> {
    Ok({
        let items = List::new();
        for amount in amounts.iter() {
            items.push(price(&amount, log, rate)?);
        }
        items
    })
}

/// Calls what it is given.
pub fn apply(state: &State, function: &Value, values: &Value) -> Result<List> {
    Ok({
        let items = List::new();
        for value in values.iterate()? {
            items.push(match function::called(function)? {
                "app::created" => Value::from(created(state, &value)?),
                "app::removed" => Value::from(removed(&value)?),
                "app::double" => double(&value)?,
                "app::increment" => increment(&value)?,
                "app::nothing" => Value::from(nothing(&value, &Value::from("unknown"))?),
                "app::lambda_6" => lambda_6(&value, &function::captured(function, 0)?)?,
                "app::lambda_7" => Value::from(lambda_7(&value)),
                "app::lambda_4" => lambda_4(&value)?,
                "app::multiply" => multiply(&value, &function::captured(function, 0)?)?,
                "app::by_price" => by_price(&value)?,
                _ => function::misfit(function)?,
            });
        }
        items
    })
}

pub fn lambda_6(x: &Value, rate: &Value) -> Result<Value> {
    ops::sub(x, rate)
}

pub fn twice(value: &str) -> String {
    shout(&shout(value))
}

pub fn choose(kind: &Value) -> Value {
    if kind == "double" {
        return function::function("app::double", "double");
    }
    if kind == "add" {
        return function::function("app::lambda_4", "<lambda>");
    }
    Value::None
}

pub fn multiplier(factor: &Value) -> Value {
    function::closure("app::multiply", "multiply", vec![factor.clone()])
}

pub fn total(state: &State, items: &Value, weigh: &Value) -> Result<Value> {
    let mut total = Value::Int(0);
    for item in items.iterate()? {
        total = ops::add(
            &total,
            &(match function::called(weigh)? {
                "app::created" => Value::from(created(state, &item)?),
                "app::removed" => Value::from(removed(&item)?),
                "app::double" => double(&item)?,
                "app::increment" => increment(&item)?,
                "app::nothing" => Value::from(nothing(&item, &Value::from("unknown"))?),
                "app::lambda_6" => lambda_6(&item, &function::captured(weigh, 0)?)?,
                "app::lambda_7" => Value::from(lambda_7(&item)),
                "app::lambda_4" => lambda_4(&item)?,
                "app::multiply" => multiply(&item, &function::captured(weigh, 0)?)?,
                "app::by_price" => by_price(&item)?,
                _ => function::misfit(weigh)?,
            }),
        )?;
    }
    Ok(total.clone())
}

pub fn lambda_7(_item: &Value) -> i64 {
    1
}

pub fn by_price(item: &Value) -> Result<Value> {
    item.item("price")
}

pub fn price(amount: &Value, log: &List, rate: &Value) -> Result<Value> {
    list::append(log, amount.clone());
    numbers::round_to(&ops::mul(amount, rate)?, &Value::Int(2))
}

pub fn shout(text: &str) -> String {
    format!("{}!", string_case::upper(text))
}

pub fn lambda_4(x: &Value) -> Result<Value> {
    ops::add(x, &Value::Int(10))
}

pub fn multiply(x: &Value, factor: &Value) -> Result<Value> {
    ops::mul(x, factor)
}
