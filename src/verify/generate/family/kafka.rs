//! Batches of Kafka records, from Amazon MSK or a cluster of one's own. After "Using Lambda with
//! Amazon MSK" and "… with self-managed Apache Kafka".

use serde_json::{Value, json};

use super::edit::{at, set};
use super::{Base, NOW_MILLIS, Source, Variation, batch, content};
use crate::python::Step;
use crate::sam::{self, EventKind};
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let topics = source
        .properties()
        .get("Topics")
        .and_then(sam::Value::as_list)
        .map(<[_]>::to_vec);
    let topic = topics.and_then(|topics| topics.first().map(ToString::to_string));
    let topic = topic.unwrap_or_else(|| "mytopic".to_owned());
    let value = codec::dumped(&json!({"id": "1", "message": "hello"}));
    let record = json!({
        "topic": topic,
        "partition": 0,
        "offset": 15,
        "timestamp": NOW_MILLIS,
        "timestampType": "CREATE_TIME",
        "key": codec::base64(b"recordKey"),
        "value": codec::base64(value.as_bytes()),
        "headers": [{"headerKey": b"headerValue"}],
    });
    let servers = format!(
        "b-1.demo.a1bcde.c1.kafka.{}.amazonaws.com:9092",
        source.region()
    );
    let mut event = match source.event.kind {
        EventKind::Msk => json!({
            "eventSource": "aws:kafka",
            "eventSourceArn": source.arn("AWS::MSK::Cluster"),
        }),
        _ => json!({"eventSource": "SelfManagedKafka"}),
    };
    set(&mut event, &["bootstrapServers"], json!(servers));
    set(
        &mut event,
        &["records"],
        json!({format!("{topic}-0"): [record]}),
    );
    vec![Base::new(
        "one record",
        "the smallest batch of the function's own topic",
        event,
    )]
}

/// The records of the first partition.
fn records(event: &mut Value) -> Option<&mut Vec<Value>> {
    let partitions = event.get_mut("records")?.as_object_mut()?;
    partitions.values_mut().next()?.as_array_mut()
}

fn renumber(record: &mut Value, index: usize) {
    set(record, &["offset"], json!(15 + index));
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = batch::variations(records, renumber, |record| {
        set(
            record,
            &["value"],
            json!(codec::base64(b"this is not JSON")),
        )
    });
    all.extend(content::variations(
        "record",
        |event| {
            let value = records(event)?.first()?.get("value")?;
            Some(
                codec::decode(value, &Step::Base64, false)?
                    .as_str()?
                    .to_owned(),
            )
        },
        |event, text| {
            let record = records(event).and_then(|it| it.first_mut());
            let value = json!(codec::base64(text.as_bytes()));
            record.is_some_and(|record| set(record, &["value"], value))
        },
    ));
    let of_record = |name: &str, why: &str, field: &'static str, value: Value| {
        Variation::new(name, why, move |event| {
            let record = records(event).and_then(|it| it.first_mut());
            record.is_some_and(|record| set(record, &[field], value.clone()))
        })
    };
    all.push(of_record("no key", "keys are optional", "key", Value::Null));
    all.push(of_record(
        "no headers",
        "headers are optional",
        "headers",
        json!([]),
    ));
    all.push(of_record(
        "tombstone",
        "a value that is null deletes",
        "value",
        Value::Null,
    ));
    all.push(of_record(
        "several headers",
        "values are bytes",
        "headers",
        json!([{"a": [195, 188]}, {"b": []}, {"a": [49]}]),
    ));
    all.push(Variation::new(
        "two partitions",
        "a list for each",
        |event| {
            let copy = records(event).map(|records| json!(records));
            let partitions = at(event, &["records"]).and_then(Value::as_object_mut);
            let (Some(mut copy), Some(partitions)) = (copy, partitions) else {
                return false;
            };
            for record in copy.as_array_mut().into_iter().flatten() {
                set(record, &["partition"], json!(1));
            }
            partitions.insert("mytopic-1".to_owned(), copy);
            true
        },
    ));
    all
}
