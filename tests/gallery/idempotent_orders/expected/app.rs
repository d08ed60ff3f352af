//! Takes each order once, however often it comes.

use crate::aws;
use crate::python::{
    botocore_client, builtins, dict::Dict, error, error::Error, error::Result, lambda_context,
    list, list::List, powertools_idempotency, value::Value,
};
use crate::state::State;
use aws_config::SdkConfig;

pub async fn handler(
    state: &State,
    config: &SdkConfig,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.taken);
    let answers = List::new();
    let mut items = event.item("orders")?.iterate()?;
    while let Some(order) = items.step()? {
        powertools_idempotency::register_lambda_context(&state.config_, context);
        list::append(
            &answers,
            take(state, config, &order, builtins::len_list(&answers)).await?,
        );
    }
    Ok(Dict::from([
        ("answers", Value::from(answers)),
        (
            "taken",
            Value::from({
                let items = List::new();
                for item in state.taken.iter() {
                    items.push(item);
                }
                items
            }),
        ),
    ]))
}

/// `take_inner` with `@idempotent_function` around it.
pub async fn take(state: &State, config: &SdkConfig, order: &Value, amount: i64) -> Result<Value> {
    powertools_idempotency::run(
        &powertools_idempotency::Function {
            name: "app.take",
            key_prefix: None,
            layer: &state.store,
            config: &state.config_,
        },
        order,
        async |operation, parameters| {
            let client = aws::dynamodb::client(config, botocore_client::ClientOptions::default())?;
            let answer = match operation {
                "GetItem" => aws::dynamodb::get_item(&client, &parameters).await,
                "PutItem" => aws::dynamodb::put_item(&client, &parameters).await,
                "UpdateItem" => aws::dynamodb::update_item(&client, &parameters).await,
                _ => aws::dynamodb::delete_item(&client, &parameters).await,
            };
            answer.map(Value::from)
        },
        async || Ok(Value::from(take_inner(state, order, amount)?)),
    )
    .await
}

/// Takes an order.
pub fn take_inner(state: &State, order: &Value, amount: i64) -> Result<Dict> {
    if order.item("id")? == "broken" {
        return Err(Error::new(
            &error::VALUE_ERROR,
            "the order is broken".to_owned(),
        ));
    }
    list::append(&state.taken, order.item("id")?);
    Ok(Dict::from([
        ("id", order.item("id")?),
        ("amount", Value::from(amount)),
    ]))
}
