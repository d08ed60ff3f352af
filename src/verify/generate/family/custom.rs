//! Free JSON: what a state machine, a schedule's input or a caller gives.

use serde_json::{Value, json};

use super::{Base, Source, Variation};
use crate::sam;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let properties = source.properties();
    let target = properties.get("Target");
    let input = properties
        .get("Input")
        .or_else(|| target.and_then(|it| it.get("Input")));
    let given = input
        .and_then(sam::Value::as_text)
        .and_then(|it| serde_json::from_str(it).ok());
    match given {
        Some(input) => vec![Base::new(
            "given input",
            "the input that the template gives",
            input,
        )],
        None => vec![Base::new(
            "free input",
            "what the code reads, and nothing else",
            json!({}),
        )],
    }
}

pub(super) fn variations() -> Vec<Variation> {
    let whole = |name: &str, why: &str, value: Value| {
        Variation::new(name, why, move |event| {
            *event = value.clone();
            true
        })
    };
    let mut all = vec![
        whole("empty object", "no field is there", json!({})),
        Variation::new(
            "unknown fields",
            "states pass on more than is asked for",
            |event| {
                let Some(fields) = event.as_object_mut() else {
                    return false;
                };
                let more =
                    json!({"Execution": {"Id": "1"}, "note": "Grüße 👋", "deep": [{"a": [1.0]}]});
                fields.extend(more.as_object().cloned().unwrap_or_default());
                true
            },
        ),
        Variation::new("fields reversed", "order says nothing", |event| {
            let Some(fields) = event.as_object_mut() else {
                return false;
            };
            *fields = std::mem::take(fields).into_iter().rev().collect();
            fields.len() > 1
        }),
        Variation::new("in a list", "a Map state, or a mistake", |event| {
            *event = json!([event]);
            true
        }),
        Variation::new("many fields", "a hundred more", |event| {
            let Some(fields) = event.as_object_mut() else {
                return false;
            };
            fields.extend((0..100).map(|it| (format!("field{it:03}"), json!(it))));
            true
        }),
    ];
    all.push(whole("null", "a state without input", Value::Null));
    all.push(whole(
        "list",
        "any JSON may be passed",
        json!([1, "a", null]),
    ));
    all.push(whole("text", "any JSON may be passed", json!("hello")));
    all.push(whole("number", "any JSON may be passed", json!(42)));
    all.push(whole("true", "any JSON may be passed", json!(true)));
    all.push(whole("empty list", "any JSON may be passed", json!([])));
    all.push(whole(
        "error of a state",
        "a Catch passes it on",
        json!({"Error": "States.TaskFailed", "Cause": "{\"errorMessage\": \"no\"}"}),
    ));
    all
}
