//! Items written in batches.

use crate::aws;
use crate::python::{
    dict, dict::Dict, error, error::Result, error::or_break, lambda_context, list::List, ops,
    sequences, value::Value,
};
use crate::state::State;

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let answer = Dict::new();
    'done: {
        let error = 'attempt: {
            dict::update(&answer, &or_break!('attempt, write(state, event).await));
            break 'done;
        };
        if error.is(&error::VALUE_ERROR) || error.is(&error::TYPE_ERROR) {
            answer.insert("error", Value::from(error.to_string()));
        } else {
            return Err(error);
        }
    }
    let writer =
        aws::dynamodb::batch_writer(&state.table.client, &state.table.name, &[Value::from("pk")]);
    let batch = writer.clone();
    let left = 'finally: {
        let error_3 = 'attempt_2: {
            or_break!('attempt_2, batch.put_item(&Value::from(Dict::from([("pk", Value::from("twice")), ("n", Value::Int(1))]))).await);
            or_break!('attempt_2, batch.put_item(&Value::from(Dict::from([("pk", Value::from("twice")), ("n", Value::Int(2))]))).await);
            break 'finally None;
        };
        Some(Err(error_3))
    };
    writer.close().await?;
    if let Some(result) = left {
        return result;
    }

    let items = aws::dynamodb::resource_scan(
        &state.table.client,
        &Dict::from([("TableName", Value::from(state.table.name.clone()))]),
    )
    .await?
    .member("Items")?;
    answer.insert(
        "items",
        Value::from(sequences::sorted(
            ({
                let items_2 = List::new();
                for item in items.iterate()? {
                    items_2.push(item.item("pk")?);
                }
                items_2
            })
            .iter(),
            false,
        )?),
    );
    Ok(answer)
}

/// Writes what is asked for; a bad item ends it, what waits is written all the same.
pub async fn write(state: &State, event: &Value) -> Result<Dict> {
    let mut written: i64 = 0;
    let writer = aws::dynamodb::batch_writer(&state.table.client, &state.table.name, &[]);
    let batch = writer.clone();
    let left = 'finally: {
        let error = 'attempt: {
            let mut name: Value;
            for name_ in or_break!('attempt, or_break!('attempt, event.item("names")).iterate()) {
                name = name_;
                or_break!('attempt, batch.put_item(&Value::from(Dict::from([("pk", name.clone())]))).await);
                written = or_break!('attempt, ops::int_add(written, 1));
                if name == "stop" {
                    break 'finally Some(Ok(Dict::from([("stopped", Value::from(written))])));
                }
            }
            for name_ in or_break!('attempt, dict::get(or_break!('attempt, event.expect_dict("get")), "gone", Value::from(List::new())).iterate())
            {
                name = name_;
                or_break!('attempt, batch.delete_item(&Value::from(Dict::from([("pk", name.clone())]))).await);
            }
            or_break!('attempt, fill(&batch, &dict::get(or_break!('attempt, event.expect_dict("get")), "count", Value::Int(0))).await);
            break 'finally None;
        };
        Some(Err(error))
    };
    writer.close().await?;
    if let Some(result) = left {
        return result;
    }

    Ok(Dict::from([("written", Value::from(written))]))
}

pub async fn fill(batch: &aws::dynamodb::BatchWriter, count: &Value) -> Result<()> {
    for at in sequences::range_value(count)?.iter() {
        batch
            .put_item(&Value::from(Dict::from([
                ("pk", Value::from(format!("item-{at}"))),
                ("at", at.clone()),
            ])))
            .await?;
    }
    Ok(())
}
