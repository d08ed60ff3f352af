//! Kinesis data streams. After "Using AWS Lambda with Amazon Kinesis".

use serde_json::{Value, json};

use super::batch::records;
use super::edit::{at, set};
use super::{Base, Source, Variation, batch, content};
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let arn = source.arn("AWS::Kinesis::Stream");
    let data = codec::dumped(&json!({"id": "1", "message": "hello"}));
    let record = json!({
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "1",
            "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
            "data": codec::base64(data.as_bytes()),
            "approximateArrivalTimestamp": 1_773_342_238.987,
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": format!("arn:aws:iam::{}:role/lambda-role", source.account()),
        "awsRegion": source.region(),
        "eventSourceARN": arn,
    });
    vec![Base::new(
        "one record",
        "the smallest batch of the function's own stream",
        json!({"Records": [record]}),
    )]
}

fn renumber(record: &mut Value, index: usize) {
    let number = format!("495903382714902566085596925383615710959215759891365{index:05}");
    set(record, &["kinesis", "sequenceNumber"], json!(number));
    set(
        record,
        &["eventID"],
        json!(format!("shardId-000000000006:{number}")),
    );
}

pub(super) fn variations() -> Vec<Variation> {
    let data: &'static [&'static str] = &["Records", "0", "kinesis", "data"];
    let mut all = batch::variations(records, renumber, |record| {
        set(
            record,
            &["kinesis", "data"],
            json!(codec::base64(b"this is not JSON")),
        )
    });
    all.extend(content::variations(
        "record",
        |event| {
            let data = at(event, &["Records", "0", "kinesis", "data"])?;
            let text = codec::decode(data, &crate::python::Step::Base64, false)?;
            text.as_str().map(str::to_owned)
        },
        |event, text| {
            let data = json!(codec::base64(text.as_bytes()));
            set(event, &["Records", "0", "kinesis", "data"], data)
        },
    ));
    all.push(super::edit::setting(
        "bytes that are no text",
        "data is bytes",
        data,
        json!("//79AAEC"),
    ));
    all.push(super::edit::setting(
        "data that is no Base64",
        "by hand",
        data,
        json!("%%%"),
    ));
    all.push(super::edit::setting(
        "unicode partition key",
        "keys are texts",
        &["Records", "0", "kinesis", "partitionKey"],
        json!("Zoë 👋"),
    ));
    all.push(Variation::new(
        "compressed data",
        "producers compress",
        |event| {
            let zipped = at(event, &["Records", "0", "kinesis", "data"])
                .and_then(|data| codec::decode(data, &crate::python::Step::Base64, false))
                .and_then(|text| codec::gzipped(text.as_str()?));
            zipped.is_some_and(|data| set(event, &["Records", "0", "kinesis", "data"], json!(data)))
        },
    ));
    all
}
