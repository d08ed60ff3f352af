//! Messages that an IoT rule hands on: what its SQL selects. After "IoT SQL reference".

use serde_json::{Value, json};

use super::edit::setting;
use super::{Base, Source, Variation, custom};

pub(super) fn bases(_source: Source<'_>) -> Vec<Base> {
    let event =
        json!({"device": "sensor-1", "temperature": 21.5, "timestamp": 1_773_342_238_000_i64});
    vec![Base::new(
        "one message",
        "what the rule selects of a device's message",
        event,
    )]
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = vec![
        setting(
            "whole number",
            "21.0 may come as 21",
            &["temperature"],
            json!(21),
        ),
        setting(
            "below zero",
            "numbers have signs",
            &["temperature"],
            json!(-40.0),
        ),
        setting(
            "text for a number",
            "devices differ",
            &["temperature"],
            json!("21.5"),
        ),
        setting(
            "null for a number",
            "a sensor that fails",
            &["temperature"],
            Value::Null,
        ),
        setting(
            "unicode device",
            "names are texts",
            &["device"],
            json!("Küche 👋"),
        ),
        setting(
            "topic",
            "rules may add it",
            &["topic"],
            json!("devices/sensor-1/data"),
        ),
    ];
    all.extend(custom::variations());
    all
}
