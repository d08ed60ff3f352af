//! Events of EventBridge, of a rule's pattern or on a schedule. After "EventBridge events" and
//! "Amazon EventBridge event patterns".

use serde_json::{Map, Value, json};

use super::edit::{at, remove, set, setting};
use super::{Base, Source, Variation};
use crate::sam::{self, EventKind};

/// Kinds of details of one pattern that get an event each.
const MAX_DETAIL_TYPES: usize = 5;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    if matches!(
        source.event.kind,
        EventKind::Schedule | EventKind::ScheduleV2
    ) {
        let rule = format!(
            "arn:aws:events:{}:{}:rule/{}",
            source.region(),
            source.account(),
            source.event.name
        );
        let mut event = event(source, "aws.events", "Scheduled Event", json!({}));
        set(&mut event, &["resources"], json!([rule]));
        return vec![Base::new(
            "scheduled event",
            "the schedule's own event",
            event,
        )];
    }
    let pattern = source.properties();
    let pattern = ["Pattern", "EventPattern"]
        .into_iter()
        .find_map(|it| pattern.get(it).cloned());
    let pattern = pattern.unwrap_or(sam::Value::Null);
    let field = |name: &str| pattern.get(name).map(matching);
    let origin = field("source").and_then(|it| it.as_str().map(str::to_owned));
    let kinds = pattern
        .get("detail-type")
        .and_then(sam::Value::as_list)
        .unwrap_or_default();
    let mut kinds: Vec<String> = kinds
        .iter()
        .take(MAX_DETAIL_TYPES)
        .filter_map(|it| one(it).as_str().map(str::to_owned))
        .collect();
    if kinds.is_empty() {
        kinds.push("Example".to_owned());
    }
    let mut detail = field("detail").unwrap_or_else(|| json!({}));
    if detail.as_object().is_some_and(Map::is_empty) {
        detail = json!({"id": "1"});
    }
    let base = |kind: String| {
        let origin = origin.as_deref().unwrap_or("example");
        let mut event = event(source, origin, &kind, detail.clone());
        if let Some(resources) = field("resources") {
            set(&mut event, &["resources"], json!([resources]));
        }
        Base::new(
            kind,
            "an event that the function's own rule lets through",
            event,
        )
    };
    kinds.into_iter().map(base).collect()
}

fn event(source: Source<'_>, origin: &str, kind: &str, detail: Value) -> Value {
    json!({
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": kind,
        "source": origin,
        "account": source.account(),
        "time": "2026-03-12T19:03:58Z",
        "region": source.region(),
        "resources": [],
        "detail": detail,
    })
}

/// A value that a pattern lets through: a list names the choices, a mapping the fields.
pub(super) fn matching(pattern: &sam::Value) -> Value {
    match pattern {
        sam::Value::List(choices) => choices.first().map_or(Value::Null, one),
        sam::Value::Map(fields) => {
            let fields = fields.iter().filter(|(name, _)| name != "$or");
            Value::Object(
                fields
                    .map(|(name, it)| (name.clone(), matching(it)))
                    .collect(),
            )
        }
        other => one(other),
    }
}

/// A value that one choice of a pattern lets through.
fn one(choice: &sam::Value) -> Value {
    let sam::Value::Map(entries) = choice else {
        return match choice {
            sam::Value::Null => Value::Null,
            sam::Value::Bool(value) => json!(value),
            sam::Value::Int(value) => json!(value),
            sam::Value::Float(value) => json!(value),
            other => json!(other.to_string()),
        };
    };
    let Some((operator, operand)) = entries.first() else {
        return json!("value");
    };
    match (operator.as_str(), operand) {
        ("prefix" | "equals-ignore-case", sam::Value::Text(text)) => json!(text),
        ("suffix", sam::Value::Text(text)) => json!(format!("a{text}")),
        ("wildcard", sam::Value::Text(text)) => json!(text.replace('*', "x")),
        ("numeric", sam::Value::List(parts)) => {
            let bound = parts
                .get(1)
                .map(one)
                .and_then(|it| it.as_f64())
                .unwrap_or_default();
            match parts.first().and_then(sam::Value::as_text) {
                Some(">") => json!(bound + 1.0),
                Some("<") => json!(bound - 1.0),
                _ => json!(bound),
            }
        }
        ("cidr", sam::Value::Text(text)) => json!(text.split('/').next()),
        _ => json!("value"),
    }
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = vec![
        setting(
            "empty detail",
            "an event without details",
            &["detail"],
            json!({}),
        ),
        setting(
            "unicode detail",
            "details are JSON",
            &["detail", "note"],
            json!("Grüße 👋 שלום"),
        ),
        setting(
            "other kind",
            "a detail type that the code does not know",
            &["detail-type"],
            json!("Unknown"),
        ),
        setting(
            "other source",
            "a source that the code does not know",
            &["source"],
            json!("aws.s3"),
        ),
        setting(
            "resources",
            "events of AWS name them",
            &["resources"],
            json!([
                "arn:aws:ec2:us-east-1:123456789012:instance/i-1234567890abcdef0",
                "arn:aws:s3:::bucket",
            ]),
        ),
        setting(
            "replayed",
            "an archive's events carry its name",
            &["replay-name"],
            json!("replay"),
        ),
        setting(
            "other region",
            "buses pass events on",
            &["region"],
            json!("ap-southeast-2"),
        ),
        setting(
            "other account",
            "buses pass events on",
            &["account"],
            json!("999999999999"),
        ),
        setting(
            "leap second",
            "time at its rim",
            &["time"],
            json!("2016-12-31T23:59:60Z"),
        ),
        setting(
            "time before 1970",
            "time at its rim",
            &["time"],
            json!("1969-12-31T23:59:59Z"),
        ),
        setting(
            "end of February",
            "time at its rim",
            &["time"],
            json!("2028-02-29T00:00:00Z"),
        ),
        setting(
            "detail as text",
            "EventBridge Scheduler sends one",
            &["detail"],
            json!("{}"),
        ),
        setting("null detail", "by hand", &["detail"], Value::Null),
        setting("detail as list", "by hand", &["detail"], json!([])),
    ];
    let object_created = json!({
        "version": "0",
        "bucket": {"name": "bucket"},
        "object": {"key": "a b.csv", "size": 184_662, "etag": "4e68", "sequencer": "0064"},
        "request-id": "57H08PA84AB1JZW0",
        "requester": "123456789012",
        "source-ip-address": "203.0.113.7",
        "reason": "PutObject",
    });
    all.push(Variation::new(
        "object created",
        "what S3 sends to the bus",
        move |event| {
            set(event, &["detail"], object_created.clone())
                && set(event, &["source"], json!("aws.s3"))
                && set(event, &["detail-type"], json!("Object Created"))
        },
    ));
    all.push(Variation::new(
        "many details",
        "a hundred fields",
        |event| {
            let Some(detail) = at(event, &["detail"]).and_then(Value::as_object_mut) else {
                return false;
            };
            detail.extend((0..100).map(|it| (format!("field{it:03}"), json!(it))));
            true
        },
    ));
    for field in ["id", "detail-type", "source", "time", "resources", "detail"] {
        all.push(Variation::new(
            format!("no {field}"),
            "events made by hand",
            move |event| remove(event, &[field]),
        ));
    }
    all.push(Variation::new(
        "empty event",
        "the console's test sends one",
        |event| {
            *event = json!({});
            true
        },
    ));
    all
}
