//! S3 notifications. After "Event message structure" in the S3 user guide.

use serde_json::{Value, json};

use super::batch::records;
use super::edit::{at, remove, set};
use super::{Base, Source, Variation, batch};
use crate::sam;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let properties = source.properties();
    let kinds = match properties.get("Events") {
        Some(sam::Value::List(items)) => items.iter().map(ToString::to_string).collect(),
        Some(value) => vec![value.to_string()],
        None => vec!["s3:ObjectCreated:*".to_owned()],
    };
    let arn = source.arn("AWS::S3::Bucket");
    let bucket = arn.rsplit(':').next().unwrap_or(&arn).to_owned();
    let key = key(&properties);
    let base = |kind: &String| {
        let name = kind.trim_start_matches("s3:").replace(":*", ":Put");
        let name = name.replace("ObjectRemoved:Put", "ObjectRemoved:Delete");
        let mut record = record(source, &bucket, &key);
        set(&mut record, &["eventName"], json!(name));
        if name.starts_with("ObjectRemoved") {
            remove(&mut record, &["s3", "object", "size"]);
            remove(&mut record, &["s3", "object", "eTag"]);
        }
        let why = "a change in the function's own bucket";
        Base::new(name, why, json!({"Records": [record]}))
    };
    kinds.iter().map(base).collect()
}

/// A key that the filter lets through.
fn key(properties: &sam::Value) -> String {
    let rules = properties
        .get("Filter")
        .and_then(|it| it.get("S3Key"))
        .and_then(|it| it.get("Rules"))
        .and_then(sam::Value::as_list)
        .unwrap_or_default();
    let rule = |wanted: &str| {
        let found = rules.iter().find(|rule| {
            let name = rule.get("Name").and_then(sam::Value::as_text);
            name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
        });
        found
            .and_then(|rule| rule.get("Value"))
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    format!("{}report{}", rule("prefix"), rule("suffix"))
}

fn record(source: Source<'_>, bucket: &str, key: &str) -> Value {
    json!({
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": source.region(),
        "eventTime": "2026-03-12T19:03:58.000Z",
        "eventName": "ObjectCreated:Put",
        "userIdentity": {"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"},
        "requestParameters": {"sourceIPAddress": "203.0.113.7"},
        "responseElements": {
            "x-amz-request-id": "D82B88E5F771F645",
            "x-amz-id-2": "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=",
        },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "828aa6fc-f7b5-4305-8584-487c791949c1",
            "bucket": {
                "name": bucket,
                "ownerIdentity": {"principalId": "A3I5XTEXAMAI3E"},
                "arn": format!("arn:aws:s3:::{bucket}"),
            },
            "object": {
                "key": key,
                "size": 1024,
                "eTag": "b21b84d653bb07b05b1e6b33684dc11b",
                "sequencer": "0C0F6F405D6ED209E1",
            },
        },
    })
}

/// Keys as S3 writes them into events: encoded, spaces as plus.
const KEYS: &[(&str, &str)] = &[
    ("spaces", "new+report"),
    ("folders", "a/b/c/"),
    ("unicode", "Gr%C3%BC%C3%9Fe%2F%F0%9F%91%8B"),
    ("plus and percent", "a%2Bb%25c%26d%3De"),
    ("no such object", "missing"),
    ("dots", "../a/./b..c"),
    ("quotes", "a%22b%27c"),
    (
        "long",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
];

pub(super) fn variations() -> Vec<Variation> {
    let mut all: Vec<Variation> = KEYS
        .iter()
        .map(|&(name, key)| {
            Variation::new(
                format!("key: {name}"),
                "keys are texts, encoded",
                move |event| {
                    let path = ["Records", "0", "s3", "object", "key"];
                    let old = at(event, &path)
                        .and_then(|it| it.as_str())
                        .unwrap_or_default();
                    // The filter's suffix stays.
                    let suffix = old.rsplit_once('.').map(|(_, suffix)| format!(".{suffix}"));
                    set(
                        event,
                        &path,
                        json!(format!("{key}{}", suffix.unwrap_or_default())),
                    )
                },
            )
        })
        .collect();
    all.extend(batch::variations(
        records,
        |record, index| {
            set(
                record,
                &["s3", "object", "sequencer"],
                json!(format!("{index:018X}")),
            );
        },
        |record| set(record, &["s3", "object", "key"], json!("no-such-object")),
    ));
    let named = |name: &'static str| {
        Variation::new(
            format!("event {name}"),
            "notifications differ in kind",
            move |event| set(event, &["Records", "0", "eventName"], json!(name)),
        )
    };
    all.extend(
        [
            "ObjectCreated:Copy",
            "ObjectCreated:CompleteMultipartUpload",
        ]
        .map(named),
    );
    all.push(Variation::new(
        "event ObjectRemoved:Delete",
        "without size and tag",
        |event| {
            set(
                event,
                &["Records", "0", "eventName"],
                json!("ObjectRemoved:Delete"),
            ) && remove(event, &["Records", "0", "s3", "object", "size"])
                && remove(event, &["Records", "0", "s3", "object", "eTag"])
        },
    ));
    all.push(Variation::new(
        "version of the object",
        "a bucket that keeps versions",
        |event| {
            let version = json!("096fKKXTRTtl3on89fVO.nfljtsv6qko");
            set(
                event,
                &["Records", "0", "s3", "object", "versionId"],
                version,
            )
        },
    ));
    all.push(Variation::new("empty object", "no bytes", |event| {
        set(event, &["Records", "0", "s3", "object", "size"], json!(0))
    }));
    all.push(Variation::new(
        "object of 5 TiB",
        "beyond 32 bits",
        |event| {
            set(
                event,
                &["Records", "0", "s3", "object", "size"],
                json!(5_497_558_138_880_u64),
            )
        },
    ));
    all.push(Variation::new(
        "restored from Glacier",
        "a field more",
        |event| {
            let data = json!({"restoreEventData": {
                "lifecycleRestorationExpiryTime": "1970-01-01T00:01:00.000Z",
                "lifecycleRestoreStorageClass": "GLACIER",
            }});
            set(
                event,
                &["Records", "0", "eventName"],
                json!("ObjectRestore:Completed"),
            ) && set(event, &["Records", "0", "glacierEventData"], data)
        },
    ));
    all.push(Variation::new(
        "test event",
        "S3 sends it when notifications are set up",
        |event| {
            let test = json!({
                "Service": "Amazon S3",
                "Event": "s3:TestEvent",
                "Time": "2026-03-12T19:03:58.000Z",
                "Bucket": "bucket",
                "RequestId": "5582815E1AEA5ADF",
                "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR",
            });
            *event = test;
            true
        },
    ));
    all
}
