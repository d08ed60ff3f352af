//! Values by their shapes, in one form.

use chrono::DateTime;
use serde_json::{Map, Number, Value};

use crate::aws::{Service, Shape};

/// A value that came as JSON, with numbers and timestamps in one form. What does not fit its shape
/// stays as it is.
pub(super) fn normal(service: &Service, shape: &str, value: Value) -> Value {
    let is_attribute = service.name == "dynamodb" && shape == "AttributeValue";
    let Some(shape) = service.shape(shape) else {
        return value;
    };
    match (shape.kind.as_str(), value) {
        ("structure", Value::Object(entries)) => {
            let entries = entries.into_iter().map(|(name, value)| {
                let member = shape.members.iter().find(|member| {
                    member.location_name.as_ref().unwrap_or(&member.name) == &name
                        || member.name == name
                });
                match member {
                    Some(member) => (member.name.clone(), normal(service, &member.shape, value)),
                    None => (name, value),
                }
            });
            // What is null was not given: boto3 refuses it, and SDKs leave it out.
            let entries = entries.filter(|(_, value)| !value.is_null());
            let entries = entries.map(|(name, value)| match name.as_str() {
                "SS" | "NS" | "BS" if is_attribute => (name, sorted(value)),
                _ => (name, value),
            });
            Value::Object(entries.collect())
        }
        ("list", Value::Array(items)) => match &shape.member {
            Some(member) => items
                .into_iter()
                .map(|item| normal(service, &member.shape, item))
                .collect(),
            None => Value::Array(items),
        },
        ("map", Value::Object(entries)) => match &shape.value {
            Some(of) => Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, normal(service, &of.shape, value)))
                    .collect(),
            ),
            None => Value::Object(entries),
        },
        ("timestamp", Value::String(text)) => timestamp(&text),
        ("timestamp" | "float" | "double", Value::Number(number)) => round(number),
        (_, value) => value,
    }
}

/// A set of DynamoDB's: it has no order, and Python's sets have another one in each run.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            items.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            Value::Array(items)
        }
        other => other,
    }
}

/// A value that came as text, in a form, a header or an element.
pub(super) fn scalar(shape: &Shape, text: String) -> Value {
    match shape.kind.as_str() {
        "integer" | "long" => text.parse::<i64>().map_or(Value::String(text), Value::from),
        "float" | "double" => match text.parse().ok().and_then(Number::from_f64) {
            Some(number) => round(number),
            None => Value::String(text),
        },
        "boolean" => match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(text),
        },
        "timestamp" => timestamp(&text),
        _ => Value::String(text),
    }
}

/// Seconds since 1970, from any of the three formats of the protocols.
fn timestamp(text: &str) -> Value {
    let parsed = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    let seconds = match parsed {
        Ok(time) => Number::from_f64(time.timestamp_micros() as f64 / 1e6),
        Err(_) => text.parse().ok().and_then(Number::from_f64),
    };
    seconds.map_or_else(|| text.into(), round)
}

/// Without a fraction where there is none: `1.0` and `1` are the same number on the wire.
fn round(number: Number) -> Value {
    match number.as_f64() {
        Some(value) if value.fract() == 0.0 && value.abs() < 9e15 => (value as i64).into(),
        _ => number.into(),
    }
}

/// Puts a member where it has a value.
pub(super) fn put(parameters: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        parameters.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::aws::catalogue;

    #[test]
    fn sets_of_dynamodb_have_no_order_and_lists_have_one() {
        let service = catalogue().service("dynamodb").unwrap();
        let input = |items: Value| json!({"TableName": "t", "Item": items});
        let sent = input(json!({"a": {"SS": ["y", "x"]}, "SS": {"L": [{"S": "y"}, {"S": "x"}]}}));
        let kept = input(json!({"a": {"SS": ["x", "y"]}, "SS": {"L": [{"S": "y"}, {"S": "x"}]}}));
        assert_eq!(normal(service, "PutItemInput", sent), kept);
    }
}
