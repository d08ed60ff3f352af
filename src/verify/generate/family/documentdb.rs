//! Change streams of DocumentDB. After "Using Lambda with Amazon DocumentDB".

use serde_json::{Value, json};

use super::edit::{at, remove, set};
use super::{Base, Source, Variation, batch};
use crate::sam;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let properties = source.properties();
    let text = |name: &str, default: &str| {
        let value = properties.get(name).and_then(sam::Value::as_text);
        value.unwrap_or(default).to_owned()
    };
    let (database, collection) = (
        text("DatabaseName", "test"),
        text("CollectionName", "items"),
    );
    let key = json!({"_id": {"$oid": "63eeb6e7d418cd98afb1c1d7"}});
    let change = |kind: &str, document: Option<Value>| {
        let mut change = json!({
            "_id": {"_data": "0163eeb6e7000000090100000009000041e1"},
            "clusterTime": {"$timestamp": {"t": 1_773_342_238, "i": 9}},
            "documentKey": key,
            "fullDocument": document,
            "ns": {"db": database, "coll": collection},
            "operationType": kind,
        });
        if document.is_none() {
            remove(&mut change, &["fullDocument"]);
        }
        json!({
            "eventSourceArn": source.arn("AWS::DocDB::DBCluster"),
            "events": [{"event": change}],
            "eventSource": "aws:docdb",
        })
    };
    let document = json!({"_id": {"$oid": "63eeb6e7d418cd98afb1c1d7"}, "message": "hello"});
    let why = "a change of the function's own collection";
    vec![
        Base::new("insert", why, change("insert", Some(document.clone()))),
        Base::new("update", why, change("update", Some(document))),
        Base::new("delete", why, change("delete", None)),
    ]
}

fn events(event: &mut Value) -> Option<&mut Vec<Value>> {
    event.get_mut("events")?.as_array_mut()
}

fn renumber(record: &mut Value, index: usize) {
    let data = format!("0163eeb6e70000000901000000090000{index:04x}");
    set(record, &["event", "_id", "_data"], json!(data));
    let id = format!("63eeb6e7d418cd98afb1{index:04x}");
    set(record, &["event", "documentKey", "_id", "$oid"], json!(id));
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = batch::variations(events, renumber, |record| {
        remove(record, &["event", "documentKey"])
    });
    all.push(Variation::new("typed values", "extended JSON", |event| {
        let document = json!({
            "big": {"$numberLong": "9007199254740993"},
            "price": {"$numberDecimal": "10.50"},
            "at": {"$date": "2026-03-12T19:03:58Z"},
            "whole": {"$numberInt": "7"},
            "text": "Zoë 👋",
        });
        at(event, &["events", "0", "event", "fullDocument"]).is_some()
            && set(event, &["events", "0", "event", "fullDocument"], document)
    }));
    all.push(Variation::new(
        "description of an update",
        "what changed, not the whole",
        |event| {
            let description =
                json!({"updatedFields": {"message": "again"}, "removedFields": ["old"]});
            remove(event, &["events", "0", "event", "fullDocument"])
                && set(
                    event,
                    &["events", "0", "event", "updateDescription"],
                    description,
                )
        },
    ));
    all
}
