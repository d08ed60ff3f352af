//! Subscriptions of log groups. After "Using CloudWatch Logs subscription filters".

use serde_json::{Value, json};

use super::{Base, NOW_MILLIS, Source, Variation};
use crate::python::Step;
use crate::verify::generate::codec;
use crate::verify::generate::lens::{self, With};

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let group = source.properties().get("LogGroupName").map_or_else(
        || "/aws/lambda/example".to_owned(),
        |value| source.surroundings.text(source.template, value),
    );
    let messages = [
        "START RequestId: 6f7f0961 Version: $LATEST",
        "[ERROR] KeyError: 'id'",
        "{\"level\": \"INFO\", \"message\": \"hello\"}",
    ];
    let events: Vec<Value> = messages
        .iter()
        .enumerate()
        .map(|(index, message)| {
            json!({
                "id": format!("3524567890123456789012345678901234567890123456789012345{index}"),
                "timestamp": NOW_MILLIS,
                "message": message,
            })
        })
        .collect();
    let content = json!({
        "messageType": "DATA_MESSAGE",
        "owner": source.account(),
        "logGroup": group,
        "logStream": "2026/03/12/[$LATEST]5d1edb9e525d486696cf01a3503487bc",
        "subscriptionFilters": [source.event.name],
        "logEvents": events,
    });
    let data = codec::gzipped(&content.to_string()).unwrap_or_default();
    vec![Base::new(
        "three log events",
        "compressed, in Base64",
        json!({"awslogs": {"data": data}}),
    )]
}

fn of_content(name: &str, why: &str, field: &[Step], with: With) -> Variation {
    let key = |name: &str| Step::Key(name.to_owned());
    let mut path = vec![
        key("awslogs"),
        key("data"),
        Step::Base64,
        Step::Gzip,
        Step::Json,
    ];
    path.extend_from_slice(field);
    Variation::new(name, why, move |event| lens::replace(event, &path, &with))
}

pub(super) fn variations() -> Vec<Variation> {
    let key = |name: &str| Step::Key(name.to_owned());
    let events = key("logEvents");
    let message = [events.clone(), Step::Element, key("message")];
    let set = |name: &str, field: &[Step], value: Value| {
        of_content(name, "logs hold anything", field, With::Value(value))
    };
    let data: &'static [&'static str] = &["awslogs", "data"];
    let mut all = vec![
        of_content(
            "control message",
            "CloudWatch checks whether the function is there",
            &[key("messageType")],
            With::Value(json!("CONTROL_MESSAGE")),
        ),
        set("no log events", std::slice::from_ref(&events), json!([])),
        set("fifty log events", &[events, Step::Length], json!(50)),
        set("unicode message", &message, json!("Grüße 👋 שלום")),
        set("empty message", &message, json!("")),
        set(
            "JSON message",
            &message,
            json!("{\"level\": \"ERROR\", \"n\": 1.0}"),
        ),
        set(
            "message of several lines",
            &message,
            json!("Traceback:\n  File \"a.py\"\r\n"),
        ),
        set("long message", &message, json!("x".repeat(20_000))),
        set(
            "policy level",
            &[key("policyLevel")],
            json!("ACCOUNT_LEVEL_POLICY"),
        ),
    ];
    all.push(super::edit::setting(
        "not Base64",
        "by hand",
        data,
        json!("%%%"),
    ));
    all.push(super::edit::setting(
        "not compressed",
        "by hand",
        data,
        json!("e30="),
    ));
    all.push(super::edit::setting(
        "empty data",
        "by hand",
        data,
        json!(""),
    ));
    all
}
