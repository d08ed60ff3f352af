//! Functions of Powertools for AWS Lambda that run once for each key, whose results DynamoDB keeps.
//! The local cache and the validation of payloads are refused.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{EXCEPTION, Error, Result};
use super::lambda_context::{self, LambdaContext};
use super::powertools_idempotency_errors as errors;
use super::powertools_idempotency_key::{hashed_key, json_of};
use super::powertools_idempotency_store::{self as store, Layer, Record, Status};
use super::value::Value;
use super::{environ, error, json, powertools_settings as settings, time};

/// `aws_lambda_powertools.utilities.idempotency.IdempotencyConfig`
#[derive(Debug, Clone)]
pub struct IdempotencyConfig {
    /// Where the key is in the data.
    pub event_key_jmespath: String,
    /// Whether it is an error that there is no key.
    pub raise_on_no_idempotency_key: bool,
    /// For how many seconds a result is kept.
    pub expires_after_seconds: i64,
    /// The context of the invocation, which clones share.
    context: Rc<RefCell<Option<LambdaContext>>>,
}

/// `aws_lambda_powertools.utilities.idempotency.IdempotencyConfig(event_key_jmespath='', *, raise_on_no_idempotency_key=False, expires_after_seconds=3600, lambda_context=None)`.
pub fn idempotency_config(
    event_key_jmespath: &str,
    raise_on_no_idempotency_key: bool,
    expires_after_seconds: i64,
    lambda_context: Option<&LambdaContext>,
) -> IdempotencyConfig {
    IdempotencyConfig {
        event_key_jmespath: event_key_jmespath.to_owned(),
        raise_on_no_idempotency_key,
        expires_after_seconds,
        context: Rc::new(RefCell::new(lambda_context.cloned())),
    }
}

/// `aws_lambda_powertools.utilities.idempotency.IdempotencyConfig.register_lambda_context(lambda_context)`.
pub fn register_lambda_context(config: &IdempotencyConfig, lambda_context: &LambdaContext) {
    *config.context.borrow_mut() = Some(lambda_context.clone());
}

/// A function whose result is kept.
pub struct Function<'a> {
    /// Its module's name, a dot and its qualified name.
    pub name: &'a str,
    /// What it is known by instead.
    pub key_prefix: Option<&'a str>,
    /// Where results are kept.
    pub layer: &'a Layer,
    /// How they are kept.
    pub config: &'a IdempotencyConfig,
}

/// So often a run is tried that finds its record changed.
const TRIES: usize = 3;

/// Runs a function unless its result is known: what the decorators `idempotent`, with the event as
/// data and the context registered, and `idempotent_function`, with the argument that its
/// `data_keyword_argument` names, make of it.
///
/// `client` makes the DynamoDB calls, by the names of their operations.
pub async fn run(
    function: &Function<'_>,
    data: &Value,
    client: impl AsyncFn(&'static str, Dict) -> Result<Value>,
    call: impl AsyncFnOnce() -> Result<Value>,
) -> Result<Value> {
    if settings::switch(None, "POWERTOOLS_IDEMPOTENCY_DISABLED", false)? {
        return call().await;
    }
    let config = function.layer.configured(function.config);
    let lambda = environ::find("AWS_LAMBDA_FUNCTION_NAME");
    let name = match function.key_prefix.filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => prefix.to_owned(),
        None => format!(
            "{}.{}",
            lambda.as_deref().unwrap_or("test-func"),
            function.name
        ),
    };
    let saving = "Failed to save in progress record to idempotency store";
    let key = match hashed_key(&config, &name, data) {
        Err(error) if error.is(&errors::IDEMPOTENCY_KEY_ERROR) => return Err(error),
        key => key.map_err(|error| errors::persistence(saving, error))?,
    };
    let Some(key) = key else {
        return call().await;
    };
    for _ in 1..TRIES {
        match known(function, &config, &key, &client).await {
            Ok(Some(result)) => return Ok(result),
            Ok(None) => return called(function, &config, &key, &client, call).await,
            Err(error) if error.is(&errors::IDEMPOTENCY_INCONSISTENT_STATE_ERROR) => {}
            Err(error) => return Err(error),
        }
    }
    match known(function, &config, &key, &client).await? {
        Some(result) => Ok(result),
        None => called(function, &config, &key, &client, call).await,
    }
}

/// The result that is kept under a key; none where the function is to run, which is then noted.
async fn known(
    function: &Function<'_>,
    config: &IdempotencyConfig,
    key: &str,
    client: &impl AsyncFn(&'static str, Dict) -> Result<Value>,
) -> Result<Option<Value>> {
    let layer = function.layer;
    let saving = "Failed to save in progress record to idempotency store";
    let expiry = expiry(config);
    let until = in_progress_until(function.config);
    let put = client("PutItem", store::put(layer, key, expiry, until)).await;
    let record = match put {
        Ok(_) => return Ok(None),
        Err(error) => match store::old_record(layer, &error) {
            Some(Ok(Some(record))) => record,
            Some(Ok(None)) => fetched(layer, key, client).await?,
            Some(Err(error)) => return Err(errors::persistence(saving, error)),
            None => return Err(errors::persistence(saving, error)),
        },
    };
    of_record(config, &record).map(Some)
}

/// The record that is kept under a key.
async fn fetched(
    layer: &Layer,
    key: &str,
    client: &impl AsyncFn(&'static str, Dict) -> Result<Value>,
) -> Result<Record> {
    let getting = "Failed to get record from idempotency store";
    let answer = client("GetItem", store::get(layer, key)).await;
    let item = match answer.and_then(|answer| answer.item("Item")) {
        Ok(item) => item,
        Err(error) if error.is(&error::KEY_ERROR) => return Err(errors::inconsistent(GONE)),
        Err(error) => return Err(errors::persistence(getting, error)),
    };
    store::record(layer, &item).map_err(|error| errors::persistence(getting, error))
}

const GONE: &str = "save_inprogress and get_record return inconsistent results.";

/// What a record says of the function's result.
fn of_record(config: &IdempotencyConfig, record: &Record) -> Result<Value> {
    match record.status {
        Status::Expired => Err(errors::inconsistent(GONE)),
        Status::InProgress => {
            let now = time::time_ns() / 1_000_000;
            if record.in_progress_until.is_some_and(|until| until < now) {
                let text =
                    "item should have been expired in-progress because it already time-outed.";
                return Err(errors::inconsistent(text));
            }
            let path = &config.event_key_jmespath;
            let text = format!(
                "Execution already in progress with idempotency key: {path}={}",
                record.key
            );
            Err(Error::new(
                &errors::IDEMPOTENCY_ALREADY_IN_PROGRESS_ERROR,
                text,
            ))
        }
        Status::Completed => match record.data.as_deref() {
            None | Some("") => Ok(Value::None),
            Some(data) => {
                let result = json::loads(data)?;
                Ok(if result.is_true() {
                    result
                } else {
                    Value::None
                })
            }
        },
    }
}

/// Runs the function, and keeps its result or forgets that it ran.
/// A result that is empty but not `None`, which versions of Powertools keep in different ways, is
/// refused.
async fn called(
    function: &Function<'_>,
    config: &IdempotencyConfig,
    key: &str,
    client: &impl AsyncFn(&'static str, Dict) -> Result<Value>,
    call: impl AsyncFnOnce() -> Result<Value>,
) -> Result<Value> {
    let layer = function.layer;
    let result = match call().await {
        Ok(result) => result,
        Err(error) => {
            if error.is(&EXCEPTION) {
                let deleted = client("DeleteItem", store::delete(layer, key)).await;
                let deleting = "Failed to delete record from idempotency store";
                deleted.map_err(|error| errors::persistence(deleting, error))?;
            }
            return Err(error);
        }
    };
    if !result.is_true() && !result.is_none() {
        return Err(error::untranslated(
            "an empty result of an idempotent function",
        ));
    }
    let updating = "Failed to update record state to success in idempotency store";
    let data = json_of(&result).map_err(|error| errors::persistence(updating, error))?;
    let update = store::update(layer, key, expiry(config), &data);
    let updated = client("UpdateItem", update).await;
    updated.map_err(|error| errors::persistence(updating, error))?;
    Ok(result)
}

/// Until when a result is kept, in seconds since 1970.
fn expiry(config: &IdempotencyConfig) -> i64 {
    time::time_ns() / 1_000_000_000 + config.expires_after_seconds
}

/// Until when the function may run, in milliseconds since 1970.
fn in_progress_until(config: &IdempotencyConfig) -> Option<i64> {
    let context = config.context.borrow();
    let remaining = lambda_context::get_remaining_time_in_millis(context.as_ref()?);
    Some(time::time_ns() / 1_000_000 + remaining)
}
