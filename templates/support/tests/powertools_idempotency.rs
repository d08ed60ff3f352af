//! Idempotent functions, compared with what Powertools for AWS Lambda asks of DynamoDB.

use std::cell::RefCell;

use gammaray_support::dict;
use gammaray_support::python::dict::Dict;
use gammaray_support::python::environ;
use gammaray_support::python::error::{self, Class, EXCEPTION, Error, Result};
use gammaray_support::python::powertools_idempotency::{Function, idempotency_config, run};
use gammaray_support::python::powertools_idempotency_store::dynamodb_persistence_layer;
use gammaray_support::python::set::Set;
use gammaray_support::python::value::Value;

static CLIENT_ERROR: Class = Class::new("ClientError", &[&EXCEPTION]);

/// What DynamoDB answers, and what a function does.
#[derive(Default)]
struct Case {
    path: &'static str,
    data: Dict,
    raise: bool,
    result: Option<Result<Value>>,
    put: Option<Error>,
    item: Option<Dict>,
    update: Option<Error>,
}

/// The result, and the calls that were made.
fn ran(case: Case) -> (String, Vec<(&'static str, Dict)>) {
    environ::put("AWS_LAMBDA_FUNCTION_NAME", Some("fn"));
    let layer = dynamodb_persistence_layer("t", "id");
    let config = idempotency_config(case.path, case.raise, 3600, None);
    let function = Function {
        name: "__main__.go.<locals>.create",
        key_prefix: None,
        layer: &layer,
        config: &config,
    };
    let calls = RefCell::new(Vec::new());
    let client = async |operation: &'static str, parameters: Dict| {
        calls.borrow_mut().push((operation, parameters));
        match operation {
            "PutItem" => case.put.clone().map_or(Ok(Value::None), Err),
            "UpdateItem" => case.update.clone().map_or(Ok(Value::None), Err),
            _ => {
                let item = case.item.clone();
                Ok(item.map_or(Dict::new(), |item| dict! {"Item": item}).into())
            }
        }
    };
    let data = Value::from(match case.data.is_empty() {
        true => dict! {"a": 1},
        false => case.data.clone(),
    });
    let result = case.result.clone().unwrap_or(Ok(dict! {"r": 1}.into()));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let done = run(&function, &data, client, async || result);
    let done = runtime.expect("a runtime").block_on(done);
    let done = match done {
        Ok(value) => value.to_string(),
        Err(error) => format!("{}: {error}", error.class().name),
    };
    (done, calls.into_inner())
}

fn client_error(code: &str, item: Option<Dict>, operation: &str) -> Option<Error> {
    let response = dict! {"Error": dict! {"Code": code, "Message": "m"}};
    if let Some(item) = item {
        response.insert("Item", item);
    }
    let text = format!("An error occurred ({code}) when calling the {operation} operation: m");
    Some(Error::new(&CLIENT_ERROR, text).with_attribute("response", response))
}

fn stopped(status: &str, expiry: &str, more: Dict) -> Option<Error> {
    let item = dict! {"id": dict! {"S": "k"}, "status": dict! {"S": status}, "expiration": dict! {"N": expiry}};
    for (name, value) in more.pairs() {
        item.insert(name, value);
    }
    client_error("ConditionalCheckFailedException", Some(item), "PutItem")
}

fn names(calls: &[(&'static str, Dict)]) -> String {
    let names: Vec<_> = calls.iter().map(|(name, _)| *name).collect();
    names.join(" ")
}

const LATER: &str = "99999999999";

#[test]
fn a_run_is_noted_and_its_result_kept() -> Result<()> {
    let (done, calls) = ran(Case::default());
    assert_eq!(
        (done.as_str(), names(&calls).as_str()),
        ("{'r': 1}", "PutItem UpdateItem")
    );
    for (_, parameters) in &calls {
        for name in ["Item", "ExpressionAttributeValues"] {
            if let Some(Value::Dict(members)) = parameters.find(name) {
                for varying in ["expiration", ":now", ":now_in_millis", ":expiry"] {
                    members.remove(varying);
                }
            }
        }
    }
    let put = "{'TableName': 't', 'Item': {'id': {'S': 'fn.__main__.go.<locals>.create#42b7b4f2921788ea14dac5566e6f06d0'}, 'status': {'S': 'INPROGRESS'}}, 'ConditionExpression': 'attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)', 'ExpressionAttributeNames': {'#id': 'id', '#expiry': 'expiration', '#in_progress_expiry': 'in_progress_expiration', '#status': 'status'}, 'ExpressionAttributeValues': {':inprogress': {'S': 'INPROGRESS'}}, 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}";
    assert_eq!(Value::from(calls[0].1.clone()).to_string(), put);
    let update = "{'TableName': 't', 'Key': {'id': {'S': 'fn.__main__.go.<locals>.create#42b7b4f2921788ea14dac5566e6f06d0'}}, 'UpdateExpression': 'SET #response_data = :response_data, #expiry = :expiry, #status = :status', 'ExpressionAttributeNames': {'#expiry': 'expiration', '#response_data': 'data', '#status': 'status'}, 'ExpressionAttributeValues': {':response_data': {'S': '{\"r\": 1}'}, ':status': {'S': 'COMPLETED'}}}";
    assert_eq!(Value::from(calls[1].1.clone()).to_string(), update);
    Ok(())
}

#[test]
fn keys_are_hashes_of_what_counts() -> Result<()> {
    for (path, data, expected) in [
        (
            "a",
            dict! {"a": "tök", "b": 2},
            "9293313e927b00fe014a05cf0bf5260b",
        ),
        (
            "[a,b]",
            dict! {"a": 1, "b": Value::None},
            "31266492d206391752972cd3aa193483",
        ),
        ("a", dict! {"a": 1}, "c4ca4238a0b923820dcc509a6f75849b"),
    ] {
        let (_, calls) = ran(Case {
            path,
            data,
            ..Case::default()
        });
        let id = calls[0]
            .1
            .member("Item")?
            .item("id")?
            .item("S")?
            .to_string();
        assert_eq!(id, format!("fn.__main__.go.<locals>.create#{expected}"));
    }
    let (done, calls) = ran(Case {
        path: "x",
        ..Case::default()
    });
    assert_eq!((done.as_str(), calls.len()), ("{'r': 1}", 0));
    let (done, calls) = ran(Case {
        path: "x",
        raise: true,
        ..Case::default()
    });
    let text = "IdempotencyKeyError: No data found to create a hashed idempotency_key";
    assert_eq!((done.as_str(), calls.len()), (text, 0));
    Ok(())
}

#[test]
fn what_is_known_is_not_run() {
    let data = |data: &str| dict! {"data": dict! {"S": data}};
    let until = |until: &str| dict! {"in_progress_expiration": dict! {"N": until}};
    let inconsistent = "IdempotencyInconsistentStateError: ";
    let gone = format!("{inconsistent}save_inprogress and get_record return inconsistent results.");
    let timed_out = format!(
        "{inconsistent}item should have been expired in-progress because it already time-outed."
    );
    let progress = "IdempotencyAlreadyInProgressError: Execution already in progress with idempotency key: a=k";
    let saving = "IdempotencyPersistenceLayerError: Failed to save in progress record to idempotency store - ";
    let three = "PutItem PutItem PutItem";
    for (put, expected, calls) in [
        (
            stopped("COMPLETED", LATER, data(r#"{"r": 5}"#)),
            "{'r': 5}".to_owned(),
            "PutItem",
        ),
        (
            stopped("INPROGRESS", LATER, until("99999999999999")),
            progress.to_owned(),
            "PutItem",
        ),
        (stopped("INPROGRESS", LATER, until("9")), timed_out, three),
        (stopped("COMPLETED", "9", Dict::new()), gone, three),
        (
            stopped("X", LATER, Dict::new()),
            format!("{saving}(X)"),
            "PutItem",
        ),
        (
            client_error("Throttled", None, "PutItem"),
            format!(
                "{saving}(An error occurred (Throttled) when calling the PutItem operation: m)"
            ),
            "PutItem",
        ),
    ] {
        let (done, made) = ran(Case {
            path: "a",
            put,
            ..Case::default()
        });
        assert_eq!((done, names(&made).as_str()), (expected, calls));
    }
    let failed = || client_error("ConditionalCheckFailedException", None, "PutItem");
    let item = dict! {"id": dict! {"S": "k"}, "status": dict! {"S": "COMPLETED"}, "expiration": dict! {"N": LATER}, "data": dict! {"S": r#"{"r": 5}"#}};
    let (done, calls) = ran(Case {
        put: failed(),
        item: Some(item),
        ..Case::default()
    });
    assert_eq!(
        (done.as_str(), names(&calls).as_str()),
        ("{'r': 5}", "PutItem GetItem")
    );
    let (done, calls) = ran(Case {
        put: failed(),
        ..Case::default()
    });
    let gone = "IdempotencyInconsistentStateError: save_inprogress and get_record return inconsistent results.";
    let calls = names(&calls);
    assert_eq!(
        (done.as_str(), calls.as_str()),
        (gone, "PutItem GetItem PutItem GetItem PutItem GetItem")
    );
}

#[test]
fn failures_are_forgotten() -> Result<()> {
    let result = Some(Err(error::key_error(&"q".into())));
    let (done, calls) = ran(Case {
        result,
        ..Case::default()
    });
    assert_eq!(
        (done.as_str(), names(&calls).as_str()),
        ("KeyError: 'q'", "PutItem DeleteItem")
    );
    let (done, calls) = ran(Case {
        result: Some(Ok(Value::None)),
        ..Case::default()
    });
    let values = calls[1].1.member("ExpressionAttributeValues")?;
    assert_eq!(
        (
            done.as_str(),
            values.item(":response_data")?.to_string().as_str()
        ),
        ("None", "{'S': 'null'}")
    );
    let updating = "IdempotencyPersistenceLayerError: Failed to update record state to success in idempotency store - ";
    let update = client_error("Throttled", None, "UpdateItem");
    let (done, _) = ran(Case {
        update,
        ..Case::default()
    });
    assert_eq!(
        done,
        format!(
            "{updating}(An error occurred (Throttled) when calling the UpdateItem operation: m)"
        )
    );
    let result = Some(Ok(Set::of([Value::from(1)])?.into()));
    let (done, _) = ran(Case {
        result,
        ..Case::default()
    });
    assert_eq!(
        done,
        format!("{updating}(Object of type set is not JSON serializable)")
    );
    let (path, data) = ("powertools_json(a)", dict! {"a": "{"});
    let (done, _) = ran(Case {
        path,
        data,
        ..Case::default()
    });
    let saving = "IdempotencyPersistenceLayerError: Failed to save in progress record to idempotency store - ";
    assert_eq!(
        done,
        format!(
            "{saving}(Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"
        )
    );
    Ok(())
}
