//! Threads that fill a list and write to a table; calls that are submitted to a pool.

use crate::aws;
use crate::python::{
    botocore_client, builtins, dict, dict::Dict, error, error::Error, error::Result,
    error::or_break, function, futures, in_place, json, lambda_context, list, list::List, ops,
    sequences, thread, value::Value,
};
use crate::state::State;
use aws_config::SdkConfig;

pub async fn handler(
    state: &State,
    config: &SdkConfig,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<String> {
    let items = dict::get(event.expect_dict("get")?, "items", Value::from(List::new()));
    let client = aws::dynamodb::client(config, botocore_client::ClientOptions::default())?;
    let threads = List::new();
    let mut item: Value;
    let mut thread: Value;
    let mut items_2 = items.iterate()?;
    while let Some(item_) = items_2.step()? {
        item = item_;
        thread = thread::thread(
            "app::write",
            "write",
            vec![Value::from("ann"), item.clone(), Value::from("?")],
        );
        list::append(&threads, thread.clone());
        thread::start(&thread)?;
        'done: {
            let error = 'attempt: {
                let _ = match or_break!('attempt, thread::key(&thread)) {
                    "app::write" => {
                        or_break!('attempt, write(state, &or_break!('attempt, thread::given(&thread, 0)), &or_break!('attempt, thread::given(&thread, 1)), &or_break!('attempt, thread::given(&thread, 2))).await);
                        Value::None
                    }
                    "app::read" => {
                        or_break!('attempt, read(&or_break!('attempt, thread::given(&thread, 0)), &or_break!('attempt, thread::given(&thread, 1)), &or_break!('attempt, function::held(&thread::given(&thread, 2)?))).await);
                        Value::None
                    }
                    "app::note" => {
                        or_break!('attempt, note(state, &or_break!('attempt, thread::given(&thread, 0))));
                        Value::None
                    }
                    _ => or_break!('attempt, function::misfit(&thread)),
                };
                break 'done;
            };
            if !error.is(&error::UNTRANSLATED) {
                thread::failed(&thread, &error);
            } else {
                return Err(error);
            }
        }
    }
    for thread_ in threads.iter() {
        thread = thread_;
        thread::join(&thread)?;
    }
    let found = List::new();
    let readers = List::new();
    let mut items_2 = items.iterate()?;
    while let Some(item_) = items_2.step()? {
        item = item_;
        list::append(
            &readers,
            thread::thread(
                "app::read",
                "read",
                vec![
                    item.clone(),
                    Value::from(found.clone()),
                    function::hold(client.clone()),
                ],
            ),
        );
    }
    let mut reader: Value;
    for reader_ in readers.iter() {
        reader = reader_;
        thread::start(&reader)?;
        'done_2: {
            let error = 'attempt_2: {
                let _ = match or_break!('attempt_2, thread::key(&reader)) {
                    "app::write" => {
                        or_break!('attempt_2, write(state, &or_break!('attempt_2, thread::given(&reader, 0)), &or_break!('attempt_2, thread::given(&reader, 1)), &or_break!('attempt_2, thread::given(&reader, 2))).await);
                        Value::None
                    }
                    "app::read" => {
                        or_break!('attempt_2, read(&or_break!('attempt_2, thread::given(&reader, 0)), &or_break!('attempt_2, thread::given(&reader, 1)), &or_break!('attempt_2, function::held(&thread::given(&reader, 2)?))).await);
                        Value::None
                    }
                    "app::note" => {
                        or_break!('attempt_2, note(state, &or_break!('attempt_2, thread::given(&reader, 0))));
                        Value::None
                    }
                    _ => or_break!('attempt_2, function::misfit(&reader)),
                };
                break 'done_2;
            };
            if !error.is(&error::UNTRANSLATED) {
                thread::failed(&reader, &error);
            } else {
                return Err(error);
            }
        }
    }
    for reader_ in readers.iter() {
        reader = reader_;
        thread::join(&reader)?;
    }
    dict::clear(&state.results);
    let one = thread::thread("app::note", "note", vec![Value::from("one")]);
    if dict::get(event.expect_dict("get")?, "early", Value::None).is_true() {
        thread::join(&one)?;
    }
    thread::start(&one)?;
    'done_3: {
        let error = 'attempt_3: {
            let _ = match or_break!('attempt_3, thread::key(&one)) {
                "app::write" => {
                    or_break!('attempt_3, write(state, &or_break!('attempt_3, thread::given(&one, 0)), &or_break!('attempt_3, thread::given(&one, 1)), &or_break!('attempt_3, thread::given(&one, 2))).await);
                    Value::None
                }
                "app::read" => {
                    or_break!('attempt_3, read(&or_break!('attempt_3, thread::given(&one, 0)), &or_break!('attempt_3, thread::given(&one, 1)), &or_break!('attempt_3, function::held(&thread::given(&one, 2)?))).await);
                    Value::None
                }
                "app::note" => {
                    or_break!('attempt_3, note(state, &or_break!('attempt_3, thread::given(&one, 0))));
                    Value::None
                }
                _ => or_break!('attempt_3, function::misfit(&one)),
            };
            break 'done_3;
        };
        if !error.is(&error::UNTRANSLATED) {
            thread::failed(&one, &error);
        } else {
            return Err(error);
        }
    }
    if dict::get(event.expect_dict("get")?, "twice", Value::None).is_true() {
        thread::start(&one)?;
        'done_4: {
            let error = 'attempt_4: {
                let _ = match or_break!('attempt_4, thread::key(&one)) {
                    "app::write" => {
                        or_break!('attempt_4, write(state, &or_break!('attempt_4, thread::given(&one, 0)), &or_break!('attempt_4, thread::given(&one, 1)), &or_break!('attempt_4, thread::given(&one, 2))).await);
                        Value::None
                    }
                    "app::read" => {
                        or_break!('attempt_4, read(&or_break!('attempt_4, thread::given(&one, 0)), &or_break!('attempt_4, thread::given(&one, 1)), &or_break!('attempt_4, function::held(&thread::given(&one, 2)?))).await);
                        Value::None
                    }
                    "app::note" => {
                        or_break!('attempt_4, note(state, &or_break!('attempt_4, thread::given(&one, 0))));
                        Value::None
                    }
                    _ => or_break!('attempt_4, function::misfit(&one)),
                };
                break 'done_4;
            };
            if !error.is(&error::UNTRANSLATED) {
                thread::failed(&one, &error);
            } else {
                return Err(error);
            }
        }
    }
    thread::join(&one)?;
    let numbers = dict::get(
        event.expect_dict("get")?,
        "numbers",
        Value::from(List::from([Value::Int(1), Value::Int(2), Value::Int(3)])),
    );
    let futures = {
        let items_2 = List::new();
        for n in numbers.iterate()? {
            items_2.push({
                let result = square(&n, 1);
                futures::future(result)
            });
        }
        items_2
    };
    let named = {
        let members = Dict::new();
        for n in numbers.iterate()? {
            members.set_item(
                {
                    let result_2 = square(&n, 0);
                    futures::future(result_2)
                },
                n,
            )?;
        }
        members
    };
    let mut total = Value::Int(0);
    let mut future: Value;
    for future_ in futures::as_completed(&Value::from(named.clone()))?.iter() {
        future = future_;
        total = in_place::in_place_add(
            &total,
            &ops::mul(&named.get_item(&future)?, &futures::result(&future)?)?,
        )?;
    }
    let squares = List::new();
    'done_5: {
        let error = 'attempt_5: {
            for future_ in futures.iter() {
                future = future_;
                list::append(&squares, or_break!('attempt_5, futures::result(&future)));
            }
            break 'done_5;
        };
        if error.is(&error::VALUE_ERROR) {
            list::append(&squares, Value::from(error.to_string()));
        } else {
            return Err(error);
        }
    }
    json::dumps(&Value::from(Dict::from([
        (
            "found",
            Value::from(sequences::sorted(found.iter(), false)?),
        ),
        ("results", Value::from(state.results.clone())),
        ("squares", Value::from(squares)),
        ("total", total.clone()),
        ("messages", Value::from(validate(&numbers)?)),
    ])))
}

pub async fn write(state: &State, user: &Value, item: &Value, suffix: &Value) -> Result<()> {
    if item == "bad" {
        return Err(Error::new(&error::VALUE_ERROR, "bad item".to_owned()));
    }
    aws::dynamodb::resource_put_item(
        &state.table.client,
        &Dict::from([
            ("TableName", Value::from(state.table.name.clone())),
            (
                "Item",
                Value::from(Dict::from([
                    ("id", item.clone()),
                    ("value", ops::add(user, suffix)?),
                ])),
            ),
        ]),
    )
    .await?;
    Ok(())
}

/// Reads an item into a list.
pub async fn read(key: &Value, found: &Value, client: &aws_sdk_dynamodb::Client) -> Result<()> {
    let answer = aws::dynamodb::get_item(
        client,
        &Dict::from([
            ("TableName", Value::from("items")),
            (
                "Key",
                Value::from(Dict::from([(
                    "id",
                    Value::from(Dict::from([("S", key.clone())])),
                )])),
            ),
        ]),
    )
    .await?;
    if answer.has("Item") {
        list::append(
            found.expect_list("append")?,
            answer.member("Item")?.item("value")?.item("S")?,
        );
    }
    Ok(())
}

pub fn note(state: &State, name: &Value) -> Result<()> {
    state
        .results
        .set_item(name.clone(), Value::from(builtins::len_value(name)?))?;
    Ok(())
}

pub fn square(n: &Value, offset: i64) -> Result<Value> {
    if ops::lt(n, &Value::Int(0))? {
        return Err(Error::new(&error::VALUE_ERROR, format!("negative: {n}")));
    }
    ops::add(&ops::mul(n, n)?, &Value::from(offset))
}

pub fn validate(order: &Value) -> Result<List> {
    let messages = List::new();
    let futures = List::from([
        {
            let result = 'captured: {
                Ok(Value::from(match check(order) {
                    Ok(value) => value,
                    Err(error) => break 'captured Err(error),
                }))
            };
            futures::future(result)
        },
        {
            let result_2 = 'captured_2: {
                Ok(Value::from(match check_total(order) {
                    Ok(value) => value,
                    Err(error) => break 'captured_2 Err(error),
                }))
            };
            futures::future(result_2)
        },
    ]);
    for future in futures::as_completed(&Value::from(futures))?.iter() {
        let item = futures::result(&future)?;
        let [valid, message] = item.unpack()?;
        if !valid.is_true() {
            list::append(&messages, message);
        }
    }
    sequences::sorted(messages.iter(), false)
}

pub fn check(order: &Value) -> Result<(bool, String)> {
    Ok((
        builtins::len_value(order)? > 1,
        format!("{} products", builtins::len_value(order)?),
    ))
}

pub fn check_total(order: &Value) -> Result<(bool, String)> {
    Ok((
        ops::lt(&builtins::sum(order.iterate()?)?, &Value::Int(10))?,
        "too much".to_owned(),
    ))
}
