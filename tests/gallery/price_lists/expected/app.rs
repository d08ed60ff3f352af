//! Reads lists from a bucket; what is asked for twice is kept.

use crate::aws;
use crate::python::{
    botocore_client, builtins, bytes, csv, decimal, dict, dict::Dict, environ, error,
    error::Result, error::or_break, functools, generator, io, iterate, lambda_context, list,
    list::List, object, ops, s3_resource, s3_resource::S3Object, sequences, streaming_body, string,
    string_fit, value::Value,
};
use crate::state::State;
use aws_config::SdkConfig;

pub async fn handler(
    state: &State,
    config: &SdkConfig,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.asked);
    if dict::get(event.expect_dict("get")?, "forget", Value::None).is_true() {
        functools::cache_clear("app.text_of");
    }
    let found = {
        let items = List::new();
        for key in event.item("keys")?.iterate()? {
            items.push(Value::from(prices(state, &key).await?));
        }
        items
    };
    list::append(
        names()?.expect_list("append")?,
        Value::from(builtins::len_value(&names()?)?),
    );
    let result = Dict::from([
        ("prices", Value::from(found)),
        (
            "rows",
            Value::from({
                let items = List::new();
                for key in event.item("keys")?.iterate()? {
                    items.push(Value::from({
                        let items_2 = List::new();
                        let mut pages = rows(state, &key);
                        while let Some(item) = pages.next().await? {
                            items_2.push(Value::from(item));
                        }
                        items_2
                    }));
                }
                items
            }),
        ),
        (
            "factors",
            Value::from(List::from([
                factor(state, &Value::from("g"), &Value::Int(1))?,
                factor(state, &Value::from("g"), &Value::Float(1.0))?,
                factor(state, &Value::from("kg"), &Value::Bool(true))?,
            ])),
        ),
        (
            "asked",
            Value::from({
                let items = List::new();
                for it in state.asked.iter() {
                    items.push(Value::from(it.to_string()));
                }
                items
            }),
        ),
        ("names", names()?),
    ]);
    if event.contains(&Value::from("archive"))? {
        let lines = object::receiver::<streaming_body::StreamingBody>(
            &aws::s3::get_object(
                &state.client,
                &Dict::from([
                    ("Bucket", Value::from(state.lists.name.clone())),
                    ("Key", event.item("archive")?),
                ]),
            )
            .await?
            .member("Body")?,
            "iter_lines",
        )?
        .iter_lines(1024, false)
        .await?;
        result.insert(
            "lines",
            Value::from({
                let items = List::new();
                for line in lines.iter() {
                    items.push(Value::from(bytes::decode(
                        line.expect_bytes("decode")?,
                        "utf-8",
                        "strict",
                    )?));
                }
                items
            }),
        );
        result.insert(
            "moved",
            Value::from(archive(state, config, &event.item("archive")?).await?),
        );
    }
    if event.contains(&Value::from("unhashable"))? {
        result.insert(
            "factor",
            factor(state, &Value::from("g"), &event.item("unhashable")?)?,
        );
    }
    Ok(result)
}

/// Prices by article, in grams.
pub async fn prices(state: &State, key: &Value) -> Result<Dict> {
    let found = Dict::new();
    let mut items = iterate::stepped(
        csv::dict_reader(
            &io::string_io_value(&text_of(state, key).await?)?,
            &Value::None,
            &Value::None,
            &Value::None,
            ";",
            "\"",
            false,
        )?,
        csv::next_dict,
    );
    'outer: while let Some(row) = items.step()? {
        'done: {
            let error = 'attempt: {
                let value = or_break!('attempt, ops::div(&Value::from(or_break!('attempt, decimal::decimal(&Value::from(string::replace(or_break!('attempt, or_break!('attempt, row.member("price")).expect_str("replace")), ",", ".", -1))))), &or_break!('attempt, factor(state, &or_break!('attempt, row.member("unit")), &Value::Int(1)))));
                found.insert(string_fit::strip(or_break!('attempt, or_break!('attempt, row.member("article")).expect_str("strip")), None).as_str(), value);
                break 'done;
            };
            if error.is(&error::KEY_ERROR) || error.is(&error::ATTRIBUTE_ERROR) {
                continue 'outer;
            } else {
                return Err(error);
            }
        }
    }
    Ok({
        let members = Dict::new();
        for (name, price) in found.pairs().into_iter() {
            members.set_item(name, Value::from(price.to_string()))?;
        }
        members
    })
}

/// `names_inner` with `@lru_cache` around it.
pub fn names() -> Result<Value> {
    let key = functools::key([])?;
    let known_2 = functools::kept("app.names", &key);
    let result: Value;
    if let Some(known) = &known_2 {
        result = known.clone();
    } else {
        result = Value::from(names_inner());
        functools::keep("app.names", &key, &result, Some(128));
    }
    Ok(result.clone())
}

/// The rows below the head.
pub fn rows<'a>(state: &'a State, key: &Value) -> generator::Generator<'a, Dict> {
    let key = key.clone();
    generator::Generator::new(move |items| async move {
        let reader = csv::reader(
            &io::string_io_value(&text_of(state, &key).await?)?,
            ";",
            "\"",
            false,
        )?;
        let head = csv::next(&reader)?;
        let mut items_2 = iterate::stepped(reader, csv::next);
        while let Some(row) = items_2.step()? {
            if builtins::len_list(&row) == builtins::len_list(&head) {
                items
                    .give(sequences::dict_of(&Value::from(sequences::zip(
                        head.iter(),
                        row.iter(),
                    )))?)
                    .await;
            }
        }
        Ok(())
    })
}

/// `factor_inner` with `@cache` around it.
pub fn factor(state: &State, unit: &Value, times: &Value) -> Result<Value> {
    let key = functools::key([unit.clone(), times.clone()])?;
    let known_2 = functools::kept("app.factor", &key);
    let result: Value;
    if let Some(known) = &known_2 {
        result = known.clone();
    } else {
        result = factor_inner(state, unit, times)?;
        functools::keep("app.factor", &key, &result, None);
    }
    Ok(result.clone())
}

/// Moves a list away.
pub async fn archive(state: &State, config: &SdkConfig, key: &Value) -> Result<String> {
    let source = S3Object {
        client: aws::s3::client(config, botocore_client::ClientOptions::default())?,
        bucket_name: state.lists.name.clone(),
        key: s3_resource::text(key)?,
    };
    let target = S3Object {
        client: state.lists.client.clone(),
        bucket_name: state.lists.name.clone(),
        key: format!("done/{key}"),
    };
    aws::s3::copy_object(
        &target.client,
        &Dict::from([
            ("Bucket", Value::from(target.bucket_name.clone())),
            ("Key", Value::from(target.key.clone())),
            (
                "CopySource",
                Value::from(Dict::from([
                    ("Bucket", Value::from(state.lists.name.clone())),
                    ("Key", key.clone()),
                ])),
            ),
        ]),
    )
    .await?;
    aws::s3::delete_object(
        &source.client,
        &Dict::from([
            ("Bucket", Value::from(source.bucket_name.clone())),
            ("Key", Value::from(source.key.clone())),
        ]),
    )
    .await?;
    Ok(target.key.clone())
}

/// `text_of_inner` with `@lru_cache` around it.
pub async fn text_of(state: &State, key: &Value) -> Result<Value> {
    let key_2 = functools::key([key.clone()])?;
    let known_2 = functools::kept("app.text_of", &key_2);
    let result: Value;
    if let Some(known) = &known_2 {
        result = known.clone();
    } else {
        result = Value::from(text_of_inner(state, key).await?);
        functools::keep("app.text_of", &key_2, &result, Some(2));
    }
    Ok(result.clone())
}

/// How much a unit is.
pub fn factor_inner(state: &State, unit: &Value, times: &Value) -> Result<Value> {
    list::append(&state.asked, Value::from((unit.clone(), times.clone())));
    ops::mul(
        &Dict::from([("kg", Value::Int(1000)), ("g", Value::Int(1))]).get_item(unit)?,
        times,
    )
}

/// The text of a list; two are kept.
pub async fn text_of_inner(state: &State, key: &Value) -> Result<String> {
    list::append(&state.asked, key.clone());
    bytes::decode(
        &object::receiver::<streaming_body::StreamingBody>(
            &aws::s3::get_object(
                &state.client,
                &Dict::from([
                    ("Bucket", Value::from(environ::item("LISTS")?)),
                    ("Key", key.clone()),
                ]),
            )
            .await?
            .member("Body")?,
            "read",
        )?
        .read(None)
        .await?,
        "utf-8",
        "strict",
    )
}

pub fn names_inner() -> List {
    List::from([Value::from("ada"), Value::from("bob")])
}
