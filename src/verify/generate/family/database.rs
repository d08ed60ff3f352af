//! DynamoDB streams. After "Using AWS Lambda with Amazon DynamoDB".

use serde_json::{Map, Value, json};

use super::batch::records;
use super::edit::{at, remove, set};
use super::{Base, NOW_MILLIS, Source, Variation, batch};
use crate::sam;
use crate::verify::generate::plausible;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let arn = source.arn("AWS::DynamoDB::Table");
    let arn = match arn.contains("/stream/") {
        true => arn,
        false => format!("{arn}/stream/2026-03-12T00:00:00.000"),
    };
    let (keys, view) = table(source);
    let mut image = keys.clone();
    image.insert("message".to_owned(), json!({"S": "hello"}));
    image.insert("version".to_owned(), json!({"N": "1"}));
    let mut newer = image.clone();
    newer.insert("message".to_owned(), json!({"S": "hello again"}));
    newer.insert("version".to_owned(), json!({"N": "2"}));
    let record =
        |name: &str, old: Option<&Map<String, Value>>, new: Option<&Map<String, Value>>| {
            let mut change = json!({
                "ApproximateCreationDateTime": NOW_MILLIS / 1000,
                "Keys": keys,
            });
            if let (Some(new), "NEW_IMAGE" | "NEW_AND_OLD_IMAGES") = (new, view.as_str()) {
                set(&mut change, &["NewImage"], json!(new));
            }
            if let (Some(old), "OLD_IMAGE" | "NEW_AND_OLD_IMAGES") = (old, view.as_str()) {
                set(&mut change, &["OldImage"], json!(old));
            }
            set(
                &mut change,
                &["SequenceNumber"],
                json!("4421584500000000017450439091"),
            );
            set(&mut change, &["SizeBytes"], json!(59));
            set(&mut change, &["StreamViewType"], json!(view));
            json!({"Records": [{
                "eventID": "c4ca4238a0b923820dcc509a6f75849b",
                "eventName": name,
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": source.region(),
                "dynamodb": change,
                "eventSourceARN": arn,
            }]})
        };
    let why = "a change of the function's own table";
    vec![
        Base::new("INSERT", why, record("INSERT", None, Some(&image))),
        Base::new("MODIFY", why, record("MODIFY", Some(&image), Some(&newer))),
        Base::new("REMOVE", why, record("REMOVE", Some(&image), None)),
    ]
}

/// The keys of the source's table, and which images its stream shows.
fn table(source: Source<'_>) -> (Map<String, Value>, String) {
    let properties = source.read_properties();
    let list = |name: &str| {
        let items = properties
            .as_ref()
            .and_then(|it| it.get(name))
            .and_then(sam::Value::as_list);
        items.unwrap_or_default().to_vec()
    };
    let text = |value: &sam::Value, name: &str| value.get(name).map(ToString::to_string);
    let definitions = list("AttributeDefinitions");
    let mut keys = Map::new();
    for key in list("KeySchema") {
        let Some(name) = text(&key, "AttributeName") else {
            continue;
        };
        let kind = definitions
            .iter()
            .find(|it| text(it, "AttributeName").as_ref() == Some(&name))
            .and_then(|it| text(it, "AttributeType"))
            .unwrap_or_else(|| "S".to_owned());
        let value = if kind == "N" {
            "101".to_owned()
        } else {
            plausible::text(&name)
        };
        keys.insert(name, json!({kind: value}));
    }
    if keys.is_empty() {
        keys.insert("id".to_owned(), json!({"S": "1"}));
    }
    let specification = properties
        .as_ref()
        .and_then(|it| it.get("StreamSpecification"));
    let view = specification.and_then(|it| text(it, "StreamViewType"));
    (
        keys,
        view.unwrap_or_else(|| "NEW_AND_OLD_IMAGES".to_owned()),
    )
}

fn renumber(record: &mut Value, index: usize) {
    set(
        record,
        &["eventID"],
        json!(format!("c4ca4238a0b923820dcc509a6f75{index:04}")),
    );
    let number = format!("44215845000000000174504{index:05}");
    set(record, &["dynamodb", "SequenceNumber"], json!(number));
}

/// Attribute values of each type of DynamoDB, and such as are hard.
fn typed_values() -> Vec<(&'static str, Value)> {
    vec![
        (
            "number beyond 64 bits",
            json!({"N": "12345678901234567890123456789012345678"}),
        ),
        ("fraction", json!({"N": "0.1"})),
        ("whole number with a fraction", json!({"N": "10.00"})),
        ("number with an exponent", json!({"N": "1E+3"})),
        ("empty text", json!({"S": ""})),
        ("unicode text", json!({"S": "Zoë 👋 שלום"})),
        ("boolean", json!({"BOOL": true})),
        ("null", json!({"NULL": true})),
        ("bytes", json!({"B": "AAEC/w=="})),
        ("set of texts", json!({"SS": ["a", "b"]})),
        ("set of numbers", json!({"NS": ["1", "2.5"]})),
        ("set of bytes", json!({"BS": ["AAEC"]})),
        (
            "list",
            json!({"L": [{"S": "a"}, {"N": "1"}, {"NULL": true}]}),
        ),
        ("map", json!({"M": {"a": {"M": {"b": {"N": "1"}}}}})),
    ]
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all: Vec<Variation> = typed_values()
        .into_iter()
        .map(|(name, value)| {
            Variation::new(
                format!("attribute: {name}"),
                "types of DynamoDB",
                move |event| {
                    let mut changed = false;
                    for image in ["NewImage", "OldImage"] {
                        let path = ["Records", "0", "dynamodb", image];
                        changed |= at(event, &path).is_some_and(|it| it.is_object())
                            && set(
                                at(event, &path).unwrap_or(&mut Value::Null),
                                &["extra"],
                                value.clone(),
                            );
                    }
                    changed
                },
            )
        })
        .collect();
    all.extend(batch::variations(records, renumber, |record| {
        remove(record, &["dynamodb", "NewImage"]) | remove(record, &["dynamodb", "Keys"])
    }));
    all.push(Variation::new(
        "expired",
        "time to live removes items as a service",
        |event| {
            let identity = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
            let is_removal = event.pointer("/Records/0/eventName") == Some(&json!("REMOVE"));
            is_removal && set(event, &["Records", "0", "userIdentity"], identity)
        },
    ));
    all.push(Variation::new(
        "keys only",
        "a stream that shows no images",
        |event| {
            let change = ["Records", "0", "dynamodb"];
            let Some(change) = at(event, &change) else {
                return false;
            };
            set(change, &["StreamViewType"], json!("KEYS_ONLY"))
                && (remove(change, &["NewImage"]) | remove(change, &["OldImage"]))
        },
    ));
    all.push(Variation::new(
        "images alike",
        "a write that changed nothing",
        |event| {
            let new = event.pointer("/Records/0/dynamodb/NewImage").cloned();
            let had = event.pointer("/Records/0/dynamodb/OldImage").is_some();
            had && new.is_some_and(|new| set(event, &["Records", "0", "dynamodb", "OldImage"], new))
        },
    ));
    all.push(Variation::new(
        "time with a fraction",
        "a float of seconds",
        |event| {
            let path = ["Records", "0", "dynamodb", "ApproximateCreationDateTime"];
            set(event, &path, json!(1_773_342_238.5))
        },
    ));
    all
}
