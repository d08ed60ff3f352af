//! Clients made in all the ways that are known.

use crate::aws;
use crate::python::{
    botocore, botocore_client, builtins, dict, dict::Dict, dynamodb_table::Table, environ, error,
    error::Result, error::or_break, lambda_context, list::List, ops, value::Value,
};
use crate::state::State;
use aws_config::SdkConfig;
use std::rc::Rc;

/// A table in an attribute.
pub struct Store {
    pub table: Table<aws_sdk_dynamodb::Client>,
    pub client: aws_sdk_dynamodb::Client,
}

impl Store {
    pub fn new(config: &SdkConfig, name: &str) -> Result<Rc<Store>> {
        let table = Table {
            client: aws::dynamodb::client(config, botocore_client::ClientOptions::default())?,
            name: name.to_owned(),
        };
        let client = aws::dynamodb::client(config, botocore_client::ClientOptions::default())?;
        Ok(Rc::new(Store { table, client }))
    }

    pub async fn put(&self, item: &Dict) -> Result<()> {
        aws::dynamodb::resource_put_item(
            &self.table.client,
            &Dict::from([
                ("TableName", Value::from(self.table.name.clone())),
                ("Item", Value::from(item.clone())),
            ]),
        )
        .await?;
        Ok(())
    }

    pub async fn get(&self, key: &Value) -> Result<Value> {
        Ok(dict::get(
            &aws::dynamodb::resource_get_item(
                &self.table.client,
                &Dict::from([
                    ("TableName", Value::from(self.table.name.clone())),
                    ("Key", Value::from(Dict::from([("pk", key.clone())]))),
                ]),
            )
            .await?,
            "Item",
            Value::None,
        ))
    }
}

pub async fn handler(
    state: &State,
    config: &SdkConfig,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let key = event.item("key")?;
    let item: Value;
    let seen: Value;
    let got: Value;
    let native: Dict;
    'done: {
        let error = 'attempt: {
            let mine = or_break!('attempt, own_table(config, event, None));
            let found = or_break!('attempt, aws::dynamodb::resource_get_item(&mine.client, &Dict::from([("TableName", Value::from(mine.name.clone())), ("Key", Value::from(Dict::from([("pk", key.clone())])))])).await);
            item = dict::get(&found, "Item", Value::None);
            if dict::get(
                or_break!('attempt, event.expect_dict("get")),
                "put",
                Value::None,
            )
            .is_true()
            {
                or_break!('attempt, state.store.put(&Dict::from([("pk", key.clone()), ("n", Value::Int(1))])).await);
                or_break!('attempt, aws::dynamodb::delete_item(&state.store.client, &Dict::from([("TableName", Value::from(or_break!('attempt, environ::item("TABLE")))), ("Key", Value::from(Dict::from([("pk", Value::from(Dict::from([("S", key.clone())])))])))])).await);
                or_break!('attempt, state.store.put(&Dict::from([("pk", key.clone()), ("n", Value::Int(2))])).await);
            }
            seen = or_break!('attempt, state.store.get(&key).await);
            got = dict::get(
                &({
                    let table = or_break!('attempt, or_break!('attempt, global_table(state, config)).as_ref().ok_or_else(|| error::attribute_error("NoneType", "get_item"))).clone();
                    or_break!('attempt, aws::dynamodb::resource_get_item(&table.client, &Dict::from([("TableName", Value::from(table.name.clone())), ("Key", Value::from(Dict::from([("pk", key.clone())])))])).await)
                }),
                "Item",
                Value::None,
            );
            let other = Table {
                client: or_break!('attempt, aws::dynamodb::client(config, botocore_client::ClientOptions::default())),
                name: or_break!('attempt, environ::item("TABLE")),
            };
            native = or_break!('attempt, aws::dynamodb::resource_get_item(&other.client, &Dict::from([("TableName", Value::from(other.name.clone())), ("Key", Value::from(Dict::from([("pk", key.clone())])))])).await);
            break 'done;
        };
        if error.is(&botocore::CLIENT_ERROR) {
            return Ok(Dict::from([(
                "error",
                Value::from(error)
                    .attribute("response")?
                    .item("Error")?
                    .item("Code")?,
            )]));
        } else if error.is(&botocore::BOTO_CORE_ERROR) {
            return Ok(Dict::from([("unusual", Value::from(error.to_string()))]));
        } else {
            return Err(error);
        }
    }
    let names = dict::get(
        &aws::sqs::list_queues(
            &client(config, "sqs")?,
            &Dict::from([("QueueNamePrefix", key)]),
        )
        .await?,
        "QueueUrls",
        Value::from(List::new()),
    );
    Ok(Dict::from([
        (
            "item",
            match item.clone() {
                value if value.is_true() => {
                    Value::from(dict::get(item.expect_dict("get")?, "n", Value::None).to_string())
                }
                value => value,
            },
        ),
        (
            "seen",
            match seen.clone() {
                value if value.is_true() => Value::from(seen.item("n")?.to_string()),
                value => value,
            },
        ),
        (
            "got",
            match got.clone() {
                value if value.is_true() => Value::from(got.item("n")?.to_string()),
                value => value,
            },
        ),
        (
            "native",
            Value::from(dict::get(&native, "Item", Value::None).to_string()),
        ),
        (
            "count",
            ops::add(
                &count(global_table(state, config)?.as_ref()).await?,
                &count(Some(&cached(config)?)).await?,
            )?,
        ),
        ("region", Value::from(botocore_client::default_region())),
        (
            "abroad",
            Value::from(botocore_client::region_name(&state.abroad)),
        ),
        (
            "queues",
            Value::from(ops::int_add(
                builtins::len_value(&dict::get(
                    &aws::sqs::list_queues(&state.queues, &Dict::new()).await?,
                    "QueueUrls",
                    Value::from(List::new()),
                ))?,
                builtins::len_value(&names)?,
            )?),
        ),
    ]))
}

/// A table with the credentials of the event, where it has some.
pub fn own_table(
    config: &SdkConfig,
    event: &Value,
    resource: Option<&aws_sdk_dynamodb::Client>,
) -> Result<Table<aws_sdk_dynamodb::Client>> {
    let mut resource = resource.cloned();
    let keys = dict::get(event.expect_dict("get")?, "keys", Value::None);
    if keys.is_true() {
        resource = Some(aws::dynamodb::client(
            config,
            botocore_client::ClientOptions {
                aws_access_key_id: botocore_client::text(&keys.item("access")?)?,
                aws_secret_access_key: botocore_client::text(&keys.item("secret")?)?,
                aws_session_token: botocore_client::text(&dict::get(
                    keys.expect_dict("get")?,
                    "token",
                    Value::None,
                ))?,
                ..botocore_client::ClientOptions::default()
            },
        )?);
    } else if resource.is_none() {
        resource = Some(aws::dynamodb::client(
            config,
            botocore_client::ClientOptions::default(),
        )?);
    }

    Ok(Table {
        client: resource
            .as_ref()
            .ok_or_else(|| error::attribute_error("NoneType", "Table"))?
            .clone(),
        name: environ::item("TABLE")?,
    })
}

pub fn global_table(
    state: &State,
    config: &SdkConfig,
) -> Result<Option<Table<aws_sdk_dynamodb::Client>>> {
    if state.table.borrow().clone().is_none() {
        state.table.replace(Some(Table {
            client: aws::dynamodb::client(
                config,
                botocore_client::ClientOptions {
                    region_name: Some("us-east-1".to_owned()),
                    ..botocore_client::ClientOptions::default()
                },
            )?,
            name: environ::item("TABLE")?,
        }));
    }
    Ok(state.table.borrow().clone())
}

/// The client of a service.
pub fn client(config: &SdkConfig, _service: &str) -> Result<aws_sdk_sqs::Client> {
    aws::sqs::client(config, botocore_client::ClientOptions::default())
}

/// A table as a parameter.
pub async fn count(of: Option<&Table<aws_sdk_dynamodb::Client>>) -> Result<Value> {
    ({
        let table = of
            .ok_or_else(|| error::attribute_error("NoneType", "scan"))?
            .clone();
        aws::dynamodb::resource_scan(
            &table.client,
            &Dict::from([
                ("TableName", Value::from(table.name.clone())),
                ("Select", Value::from("COUNT")),
            ]),
        )
        .await?
    })
    .member("Count")
}

pub fn cached(config: &SdkConfig) -> Result<Table<aws_sdk_dynamodb::Client>> {
    Ok(Table {
        client: aws::dynamodb::client(config, botocore_client::ClientOptions::default())?,
        name: environ::item("TABLE")?,
    })
}
