//! Messages of Amazon MQ: ActiveMQ and RabbitMQ. After "Using Lambda with Amazon MQ".

use serde_json::{Value, json};

use super::batch::numbered;
use super::edit::{at, set};
use super::{Base, NOW_MILLIS, Source, Variation, batch, content};
use crate::python::Step;
use crate::sam;
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let arn = source.arn("AWS::AmazonMQ::Broker");
    let properties = source.properties();
    let queues = properties.get("Queues").and_then(sam::Value::as_list);
    let queue = queues
        .and_then(|queues| queues.first())
        .map(ToString::to_string);
    let queue = queue.unwrap_or_else(|| "queue".to_owned());
    let data = codec::base64(codec::dumped(&json!({"id": "1", "message": "hello"})).as_bytes());
    let active = json!({
        "eventSource": "aws:mq",
        "eventSourceArn": arn,
        "messages": [{
            "messageID": "ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.amazonaws.com-37557-1:4:1:1:001",
            "messageType": "jms/text-message",
            "deliveryMode": 1,
            "replyTo": null,
            "type": null,
            "expiration": "60000",
            "priority": 1,
            "correlationId": "myJMSCoID",
            "redelivered": false,
            "destination": {"physicalName": queue},
            "data": data,
            "timestamp": NOW_MILLIS,
            "brokerInTime": NOW_MILLIS,
            "brokerOutTime": NOW_MILLIS + 1,
            "properties": {"index": "1"},
        }],
    });
    let rabbit = json!({
        "eventSource": "aws:rmq",
        "eventSourceArn": arn,
        "rmqMessagesByQueue": {
            format!("{queue}::/"): [{
                "basicProperties": {
                    "contentType": "text/plain",
                    "contentEncoding": null,
                    "headers": {"header1": {"bytes": [118, 97, 108, 117, 101]}, "number": 10},
                    "deliveryMode": 1,
                    "priority": 34,
                    "correlationId": null,
                    "replyTo": null,
                    "expiration": "60000",
                    "messageId": null,
                    "timestamp": "Jan 1, 1970, 12:33:41 AM",
                    "type": null,
                    "userId": "AIDACKCEVSQ6C2EXAMPLE",
                    "appId": null,
                    "clusterId": null,
                    "bodySize": 80,
                },
                "redelivered": false,
                "data": data,
            }],
        },
    });
    // The template's broker says which of the two it is, where it is one of the template's.
    let broker = source.read_properties();
    let engine = broker
        .as_ref()
        .and_then(|it| it.get("EngineType"))
        .map(ToString::to_string);
    let why = "a message of the function's own broker";
    let active = Base::new("ActiveMQ message", why, active);
    let rabbit = Base::new("RabbitMQ message", why, rabbit);
    match engine.map(|it| it.to_uppercase()).as_deref() {
        Some("ACTIVEMQ") => vec![active],
        Some("RABBITMQ") => vec![rabbit],
        _ => vec![active, rabbit],
    }
}

fn messages(event: &mut Value) -> Option<&mut Vec<Value>> {
    if event.get("messages").is_some() {
        return event.get_mut("messages")?.as_array_mut();
    }
    let queues = event.get_mut("rmqMessagesByQueue")?.as_object_mut()?;
    queues.values_mut().next()?.as_array_mut()
}

fn renumber(message: &mut Value, index: usize) {
    if let Some(id) = at(message, &["messageID"]).map(|id| numbered(id, index)) {
        set(message, &["messageID"], id);
    }
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = batch::variations(messages, renumber, |message| {
        set(
            message,
            &["data"],
            json!(codec::base64(b"this is not JSON")),
        )
    });
    all.extend(content::variations(
        "message",
        |event| {
            let data = messages(event)?.first()?.get("data")?;
            Some(
                codec::decode(data, &Step::Base64, false)?
                    .as_str()?
                    .to_owned(),
            )
        },
        |event, text| {
            let message = messages(event).and_then(|it| it.first_mut());
            let data = json!(codec::base64(text.as_bytes()));
            message.is_some_and(|message| set(message, &["data"], data))
        },
    ));
    let of_message = |name: &str, why: &str, path: &'static [&'static str], value: Value| {
        Variation::new(name, why, move |event| {
            let message = messages(event).and_then(|it| it.first_mut());
            message.is_some_and(|message| {
                at(message, path).is_some() && set(message, path, value.clone())
            })
        })
    };
    all.push(of_message(
        "redelivered",
        "delivery is at least once",
        &["redelivered"],
        json!(true),
    ));
    all.push(of_message(
        "bytes message",
        "bytes that are no text",
        &["messageType"],
        json!("jms/bytes-message"),
    ));
    all.push(of_message(
        "bytes",
        "bytes that are no text",
        &["data"],
        json!("//79AAEC"),
    ));
    all.push(of_message(
        "no properties",
        "an empty object",
        &["properties"],
        json!({}),
    ));
    all
}
