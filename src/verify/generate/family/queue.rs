//! Batches of SQS messages. After "Using Lambda with Amazon SQS".

use serde_json::{Value, json};

use super::batch::{numbered, records};
use super::edit::{at, object, set};
use super::{Base, NOW_MILLIS, Source, Variation, batch, content};
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let arn = source.arn("AWS::SQS::Queue");
    let body = json!({"id": "1", "message": "hello"});
    let mut attributes = json!({
        "ApproximateReceiveCount": "1",
        "SentTimestamp": NOW_MILLIS.to_string(),
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "ApproximateFirstReceiveTimestamp": (NOW_MILLIS + 1).to_string(),
    });
    if arn.ends_with(".fifo") {
        set_fifo(&mut attributes);
    }
    let record = json!({
        "messageId": "059f36b4-87a3-44ab-83d2-661975830000",
        "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
        "body": codec::dumped(&body),
        "attributes": attributes,
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": source.region(),
    });
    let mut bases = vec![Base::new(
        "one message",
        "the smallest batch of the function's own queue",
        json!({"Records": [record]}),
    )];
    let size = source.batch_size();
    if size > 1 && size != 10 {
        let many = (0..size).map(|index| {
            let mut record = record.clone();
            renumber(&mut record, index);
            record
        });
        let event = json!({"Records": many.collect::<Vec<_>>()});
        bases.push(Base::new(
            format!("{size} messages"),
            "the largest batch",
            event,
        ));
    }
    bases
}

fn set_fifo(attributes: &mut Value) {
    set(
        attributes,
        &["SequenceNumber"],
        json!("18849496460467696128"),
    );
    set(attributes, &["MessageGroupId"], json!("1"));
    set(attributes, &["MessageDeduplicationId"], json!("1"));
}

fn renumber(record: &mut Value, index: usize) {
    if let Some(id) = record.get("messageId").map(|id| numbered(id, index)) {
        set(record, &["messageId"], id);
    }
    set(record, &["receiptHandle"], json!(format!("AQEB{index}")));
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = batch::variations(records, renumber, |record| {
        set(record, &["body"], json!("this is not JSON"))
    });
    all.extend(content::variations(
        "message",
        |event| {
            at(event, &["Records", "0", "body"])?
                .as_str()
                .map(str::to_owned)
        },
        |event, text| set(event, &["Records", "0", "body"], Value::String(text)),
    ));
    all.push(Variation::new(
        "message attributes",
        "text, number and bytes",
        |event| {
            let empty: [&str; 0] = [];
            let attribute = |kind: &str, field: &str, value: &str| {
                json!({field: value, "stringListValues": empty, "binaryListValues": empty,
                   "dataType": kind})
            };
            let attributes = json!({
                "kind": attribute("String", "stringValue", "packed"),
                "tries": attribute("Number", "stringValue", "100"),
                "bytes": attribute("Binary", "binaryValue", "AAEC"),
            });
            set(event, &["Records", "0", "messageAttributes"], attributes)
        },
    ));
    all.push(Variation::new(
        "FIFO queue",
        "group, order, deduplication",
        |event| {
            at(event, &["Records", "0", "attributes"]).is_some_and(|attributes| {
                set_fifo(attributes);
                true
            })
        },
    ));
    all.push(Variation::new(
        "received many times",
        "the last try before the dead-letter queue",
        |event| {
            set(
                event,
                &["Records", "0", "attributes", "ApproximateReceiveCount"],
                json!("5"),
            )
        },
    ));
    all.push(Variation::new(
        "traced and back from the dead-letter queue",
        "attributes",
        |event| {
            let arn = json!("arn:aws:sqs:us-east-1:123456789012:dead");
            object(event, &["Records", "0", "attributes"]).is_some_and(|attributes| {
                let trace = json!("Root=1-65f0a5de-0a1b2c3d4e5f60718293a4b5");
                attributes.insert("AWSTraceHeader".to_owned(), trace);
                attributes.insert("DeadLetterQueueSourceArn".to_owned(), arn);
                true
            })
        },
    ));
    all.push(Variation::new("notification of a topic", "SNS delivers to queues in an envelope", |event| {
        envelope(event, |message| json!({
            "Type": "Notification",
            "MessageId": "d88d4479-6ec0-54fe-b63f-1cf9df4bb16e",
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:topic",
            "Message": message,
            "Timestamp": "2026-03-12T19:03:58.000Z",
            "SignatureVersion": "1",
            "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa",
            "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService.pem",
            "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
        }))
    }));
    all.push(Variation::new(
        "event of a bus",
        "EventBridge delivers to queues as it is",
        |event| {
            envelope(event, |message| {
                json!({
                    "version": "0",
                    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
                    "detail-type": "Example",
                    "source": "example",
                    "account": "123456789012",
                    "time": "2026-03-12T19:03:58Z",
                    "region": "us-east-1",
                    "resources": [],
                    "detail": serde_json::from_str::<Value>(message).unwrap_or_default(),
                })
            })
        },
    ));
    all.push(Variation::new(
        "no attributes",
        "events made by hand leave them out",
        |event| {
            let record = at(event, &["Records", "0"]);
            record.is_some_and(|record| {
                super::edit::remove(record, &["attributes"])
                    | super::edit::remove(record, &["messageAttributes"])
            })
        },
    ));
    all
}

fn envelope(event: &mut Value, wrap: impl Fn(&str) -> Value) -> bool {
    let path = ["Records", "0", "body"];
    let wrapped = at(event, &path).and_then(|body| Some(wrap(body.as_str()?)));
    wrapped.is_some_and(|wrapped| set(event, &path, json!(codec::dumped(&wrapped))))
}
