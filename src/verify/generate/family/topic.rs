//! SNS notifications. After "Invoking Lambda functions with Amazon SNS notifications".

use serde_json::{Value, json};

use super::batch::{numbered, records};
use super::edit::{at, set};
use super::{Base, Source, Variation, batch, content};
use crate::sam;
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let arn = source.arn("AWS::SNS::Topic");
    let mut attributes = serde_json::Map::new();
    let policy = source.properties().get("FilterPolicy").cloned();
    if let Some(sam::Value::Map(entries)) = policy {
        for (name, allowed) in entries {
            let value = super::bus::matching(&allowed);
            let kind = if value.is_number() {
                "Number"
            } else {
                "String"
            };
            attributes.insert(name, json!({"Type": kind, "Value": codec::shown(&value)}));
        }
    }
    let url = format!("https://sns.{}.amazonaws.com/", source.region());
    let record = json!({
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": format!("{arn}:21be56ed-a058-49f5-8c98-aedd2564c486"),
        "Sns": {
            "Type": "Notification",
            "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41e000",
            "TopicArn": arn,
            "Subject": "Hello",
            "Message": codec::dumped(&json!({"id": "1", "message": "hello"})),
            "Timestamp": "2026-03-12T19:03:58.000Z",
            "SignatureVersion": "1",
            "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi",
            "SigningCertUrl": format!("{url}SimpleNotificationService-ac565b8b1a6c5d002d285f95.pem"),
            "UnsubscribeUrl": format!("{url}?Action=Unsubscribe&SubscriptionArn={arn}"),
            "MessageAttributes": attributes,
        },
    });
    vec![Base::new(
        "one notification",
        "SNS delivers one at a time",
        json!({"Records": [record]}),
    )]
}

fn renumber(record: &mut Value, index: usize) {
    let id = at(record, &["Sns", "MessageId"]).map(|id| numbered(id, index));
    if let Some(id) = id {
        set(record, &["Sns", "MessageId"], id);
    }
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = content::variations(
        "message",
        |event| {
            at(event, &["Records", "0", "Sns", "Message"])?
                .as_str()
                .map(str::to_owned)
        },
        |event, text| {
            set(
                event,
                &["Records", "0", "Sns", "Message"],
                Value::String(text),
            )
        },
    );
    all.push(Variation::new("no subject", "SNS sends null", |event| {
        set(event, &["Records", "0", "Sns", "Subject"], Value::Null)
    }));
    all.push(Variation::new(
        "unicode subject",
        "subjects are texts",
        |event| {
            set(
                event,
                &["Records", "0", "Sns", "Subject"],
                json!("Grüße 👋"),
            )
        },
    ));
    all.push(Variation::new(
        "message attributes",
        "text, number, list, bytes",
        |event| {
            let attributes = json!({
                "kind": {"Type": "String", "Value": "packed"},
                "tries": {"Type": "Number", "Value": "100"},
                "tags": {"Type": "String.Array", "Value": "[\"a\",\"b\"]"},
                "bytes": {"Type": "Binary", "Value": "AAEC"},
            });
            set(
                event,
                &["Records", "0", "Sns", "MessageAttributes"],
                attributes,
            )
        },
    ));
    all.push(Variation::new(
        "no message attributes",
        "an empty object",
        |event| {
            set(
                event,
                &["Records", "0", "Sns", "MessageAttributes"],
                json!({}),
            )
        },
    ));
    all.push(Variation::new(
        "alarm of CloudWatch",
        "alarms go through topics",
        |event| {
            let alarm = json!({
                "AlarmName": "Errors",
                "AlarmDescription": null,
                "AWSAccountId": "123456789012",
                "NewStateValue": "ALARM",
                "NewStateReason": "Threshold Crossed: 1 datapoint [3.0] was greater than 1.0.",
                "StateChangeTime": "2026-03-12T19:03:58.000+0000",
                "Region": "US East (N. Virginia)",
                "OldStateValue": "OK",
                "Trigger": {"MetricName": "Errors", "Namespace": "AWS/Lambda", "Threshold": 1.0},
            });
            set(
                event,
                &["Records", "0", "Sns", "Message"],
                json!(codec::dumped(&alarm)),
            )
        },
    ));
    all.extend(batch::variations(records, renumber, |record| {
        set(record, &["Sns", "Message"], json!("this is not JSON"))
    }));
    all
}
