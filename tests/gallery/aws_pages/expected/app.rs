//! Pages of answers.

use crate::aws;
use crate::python::{
    builtins, dict, dict::Dict, environ, error::Result, error::or_break, in_place, lambda_context,
    list, list::List, ops, sequences, value::Value,
};
use crate::state::State;

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    for name in event.item("names")?.iterate()? {
        aws::dynamodb::put_item(
            &state.dynamodb,
            &Dict::from([
                ("TableName", Value::from(environ::item("TABLE")?)),
                (
                    "Item",
                    Value::from(Dict::from([("pk", Value::from(Dict::from([("S", name)])))])),
                ),
            ]),
        )
        .await?;
    }
    let names: List;
    let again: Value;
    'done: {
        let error = 'attempt: {
            let (names_, again_) =
                or_break!('attempt, drafts(state, &or_break!('attempt, event.item("size"))).await);
            names = names_;
            again = again_;

            break 'done;
        };
        if error.is(&aws::dynamodb::exceptions::RESOURCE_NOT_FOUND_EXCEPTION) {
            return Ok(Dict::from([("error", Value::from("no table"))]));
        } else {
            return Err(error);
        }
    }
    let mut found: i64 = 0;
    let mut pages = aws::sqs::list_queues_pages(
        &state.queues,
        &Dict::from([("QueueNamePrefix", Value::from("x"))]),
    )?;
    while let Some(page) = pages.next().await? {
        found = ops::int_add(
            found,
            builtins::len_value(&dict::get(&page, "QueueUrls", Value::from(List::new())))?,
        )?;
    }
    Ok(Dict::from([
        ("names", Value::from(names)),
        ("again", again),
        (
            "tables",
            Value::from(builtins::len_list(&tables(&state.dynamodb).await?)),
        ),
        ("queues", Value::from(found)),
    ]))
}

/// A paginator and its pages in variables; the pages are run through twice.
pub async fn drafts(state: &State, size: &Value) -> Result<(List, Value)> {
    let paginator = state.dynamodb.clone();
    let pages = aws::dynamodb::scan_pages(
        &paginator,
        &Dict::from([
            ("TableName", Value::from(environ::item("TABLE")?)),
            (
                "PaginationConfig",
                Value::from(Dict::from([("PageSize", size.clone())])),
            ),
        ]),
    )?;
    let names = List::new();
    let mut page: Dict;
    let mut pages_2 = pages.clone();
    while let Some(page_) = pages_2.next().await? {
        page = page_;
        for item in page.member("Items")?.iterate()? {
            list::append(&names, item.item("pk")?.item("S")?);
        }
    }
    let mut again = Value::Int(0);
    let mut pages_2 = pages.clone();
    while let Some(page_) = pages_2.next().await? {
        page = page_;
        again = in_place::in_place_add(&again, &page.member("Count")?)?;
    }
    Ok((sequences::sorted(names.iter(), false)?, again.clone()))
}

pub async fn tables(client: &aws_sdk_dynamodb::Client) -> Result<List> {
    Ok({
        let items = List::new();
        let mut pages = aws::dynamodb::list_tables_pages(client, &Dict::new())?;
        while let Some(page) = pages.next().await? {
            for name in page.member("TableNames")?.iterate()? {
                items.push(name);
            }
        }
        items
    })
}
