//! How DynamoDB keeps the results of idempotent functions of Powertools for AWS Lambda.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::numbers;
use super::powertools_idempotency::IdempotencyConfig;
use super::powertools_idempotency_errors::IDEMPOTENCY_INVALID_STATUS_ERROR;
use super::time;
use super::value::Value;

/// `aws_lambda_powertools.utilities.idempotency.DynamoDBPersistenceLayer`
#[derive(Debug, Clone)]
pub struct Layer {
    table_name: String,
    key_attr: String,
    /// The configuration of the first function that it is used for.
    config: Rc<RefCell<Option<IdempotencyConfig>>>,
}

/// `aws_lambda_powertools.utilities.idempotency.DynamoDBPersistenceLayer(table_name, key_attr='id')`.
pub fn dynamodb_persistence_layer(table_name: &str, key_attr: &str) -> Layer {
    Layer {
        table_name: table_name.to_owned(),
        key_attr: key_attr.to_owned(),
        config: Rc::default(),
    }
}

/// What is kept of a run of a function.
#[derive(Debug)]
pub struct Record {
    /// Its key.
    pub key: String,
    /// How far the run came.
    pub status: Status,
    /// Until when it may go on, in milliseconds since 1970.
    pub in_progress_until: Option<i64>,
    /// The JSON of its result.
    pub data: Option<String>,
}

/// How far a run came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has begun.
    InProgress,
    /// It has ended.
    Completed,
    /// It does not count any longer.
    Expired,
}

impl Layer {
    /// The configuration of the first function, which stays that of the layer.
    pub fn configured(&self, config: &IdempotencyConfig) -> IdempotencyConfig {
        let mut first = self.config.borrow_mut();
        first.get_or_insert_with(|| config.clone()).clone()
    }

    fn key(&self, key: &str) -> Dict {
        let attributes = Dict::new();
        attributes.insert(self.key_attr.as_str(), text(key));
        attributes
    }

    fn call(&self) -> Dict {
        let parameters = Dict::new();
        parameters.insert("TableName", self.table_name.as_str());
        parameters
    }
}

/// An attribute that is a text.
fn text(value: &str) -> Dict {
    let attribute = Dict::new();
    attribute.insert("S", value);
    attribute
}

/// An attribute that is a number.
fn number(value: i64) -> Dict {
    let attribute = Dict::new();
    attribute.insert("N", value.to_string());
    attribute
}

/// The names of attributes in an expression.
fn names(pairs: &[(&str, &str)]) -> Dict {
    let names = Dict::new();
    for (name, attribute) in pairs {
        names.insert(*name, *attribute);
    }
    names
}

/// The call that notes that a run begins.
pub fn put(layer: &Layer, key: &str, expiry: i64, until: Option<i64>) -> Dict {
    let item = layer.key(key);
    item.insert("expiration", number(expiry));
    item.insert("status", text("INPROGRESS"));
    if let Some(until) = until {
        item.insert("in_progress_expiration", number(until));
    }
    let now = time::time_ns();
    let values = Dict::new();
    values.insert(":now", number(now / 1_000_000_000));
    values.insert(":now_in_millis", number(now / 1_000_000));
    values.insert(":inprogress", text("INPROGRESS"));
    let condition = "attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND \
        attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)";
    let attributes = [
        ("#id", layer.key_attr.as_str()),
        ("#expiry", "expiration"),
        ("#in_progress_expiry", "in_progress_expiration"),
        ("#status", "status"),
    ];
    let call = layer.call();
    call.insert("Item", item);
    call.insert("ConditionExpression", condition);
    call.insert("ExpressionAttributeNames", names(&attributes));
    call.insert("ExpressionAttributeValues", values);
    call.insert("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    call
}

/// The call that keeps a result.
pub fn update(layer: &Layer, key: &str, expiry: i64, data: &str) -> Dict {
    let values = Dict::new();
    values.insert(":expiry", number(expiry));
    values.insert(":response_data", text(data));
    values.insert(":status", text("COMPLETED"));
    let attributes = [
        ("#expiry", "expiration"),
        ("#response_data", "data"),
        ("#status", "status"),
    ];
    let expression = "SET #response_data = :response_data, #expiry = :expiry, #status = :status";
    let call = layer.call();
    call.insert("Key", layer.key(key));
    call.insert("UpdateExpression", expression);
    call.insert("ExpressionAttributeNames", names(&attributes));
    call.insert("ExpressionAttributeValues", values);
    call
}

/// The call that forgets a run.
pub fn delete(layer: &Layer, key: &str) -> Dict {
    let call = layer.call();
    call.insert("Key", layer.key(key));
    call
}

/// The call that asks for a record.
pub fn get(layer: &Layer, key: &str) -> Dict {
    let call = delete(layer, key);
    call.insert("ConsistentRead", true);
    call
}

/// The record that stood in the way of another one, where that is what an error says; none where
/// the error does not hold it.
pub fn old_record(layer: &Layer, error: &Error) -> Option<Result<Option<Record>>> {
    let response = error.attribute("response")?;
    let code = response.item("Error").and_then(|it| it.item("Code")).ok()?;
    if code.as_str() != Some("ConditionalCheckFailedException") {
        return None;
    }
    Some(match response.item("Item") {
        Ok(item) => record(layer, &item).map(Some),
        Err(error) if error.is(&error::KEY_ERROR) => Ok(None),
        Err(error) => Err(error),
    })
}

/// The record that an item holds.
pub fn record(layer: &Layer, item: &Value) -> Result<Record> {
    let members = item.expect_dict("items")?;
    let text = |name: &str| -> Result<Option<String>> {
        match members.find(name).map(|attribute| attribute.item("S")) {
            None => Ok(None),
            Some(text) => Ok(Some(text?.to_string())),
        }
    };
    let number = |name: &str| match members.find(name).map(|attribute| attribute.item("N")) {
        None => Ok(None),
        Some(number) => numbers::int_of(&number?).map(Some),
    };
    let needed = |name: &str| error::key_error(&name.into());
    let key_attr = layer.key_attr.as_str();
    let key = text(key_attr)?.ok_or_else(|| needed(key_attr))?;
    let status = text("status")?.ok_or_else(|| needed("status"))?;
    let expiry = number("expiration")?.ok_or_else(|| needed("expiration"))?;
    let is_expired = expiry != 0 && time::time_ns() / 1_000_000_000 > expiry;
    let status = match status.as_str() {
        _ if is_expired => Status::Expired,
        "INPROGRESS" => Status::InProgress,
        "COMPLETED" => Status::Completed,
        "EXPIRED" => Status::Expired,
        other => return Err(Error::new(&IDEMPOTENCY_INVALID_STATUS_ERROR, other)),
    };
    Ok(Record {
        key,
        status,
        in_progress_until: number("in_progress_expiration")?,
        data: text("data")?,
    })
}
