//! What is worth a try at a place that the code reads.

use serde_json::{Value, json};

use super::super::lens::{self, With};
use super::super::plausible;
use super::super::text::{NUMERIC_TEXTS, RAW_NUMBERS, TEXTS};
use crate::python::Step;
use crate::verify::trace::{Kind, Read};

/// Lengths that lists and texts are brought to: around the limits that people and AWS like.
const LENGTHS: &[u64] = &[0, 1, 2, 101, 11, 26, 3, 51, 1001];

/// Objects that hold only texts.
const TEXTS_ONLY: &[&str] = &[
    "attributes",
    "headers",
    "pathParameters",
    "queryStringParameters",
    "stageVariables",
];

/// What to put at a place: a name, and the value.
pub(super) type Way = (String, With);

/// All that is worth a try at a place, the most telling first.
pub(super) fn ways(event: &Value, read: &Read, sent: bool) -> Vec<Way> {
    let path = &read.path;
    if path.last() == Some(&Step::Length) {
        let lengths = LENGTHS.iter();
        return lengths
            .map(|length| (format!("is {length}"), With::Value(json!(length))))
            .collect();
    }
    let current = lens::get(event, path);
    let usual = usual(read);
    let mut ways: Vec<Way> = Vec::new();
    let mut value = |name: String, value: Value| ways.push((name, With::Value(value)));
    if current.is_none() {
        value("present".to_owned(), usual.clone());
    }
    // Where a text was compared with others, it decides which way the code goes.
    let compared = read.compared.iter().filter(|text| !text.is_empty());
    let mut compared = compared.map(|text| (format!("is {text:?}"), json!(text)));
    let first = compared.next();
    first.into_iter().for_each(|(name, text)| value(name, text));
    value("null".to_owned(), Value::Null);
    if current.is_some() {
        ways.insert(0, ("absent".to_owned(), With::Nothing));
    }
    let shape = current.as_ref().unwrap_or(&usual);
    ways.extend(values(others(shape)));
    ways.extend(values(compared));
    let is_number = shape.is_number() || usual.is_number() || looks_like_a_number(shape);
    if is_number {
        ways.extend(values(numbers()));
    }
    if is_number && path.contains(&Step::Json) {
        let raw = RAW_NUMBERS.iter();
        ways.extend(raw.map(|(name, text)| (format!("is {name}"), With::Raw((*text).to_owned()))));
    }
    if shape.is_string() && (sent || is_number) {
        let numeric = NUMERIC_TEXTS.iter().filter(|_| is_number);
        let texts = numeric.chain(TEXTS.iter().filter(|_| sent));
        ways.extend(values(
            texts.map(|(name, text)| (format!("is {name}"), json!(text))),
        ));
    }
    ways
}

fn values(values: impl IntoIterator<Item = (String, Value)>) -> impl Iterator<Item = Way> {
    let values = values.into_iter();
    values.map(|(name, value)| (name, With::Value(value)))
}

/// What usually is at a place: of the kind that was seen there, else by its name.
pub(super) fn usual(read: &Read) -> Value {
    let mut names = read.path.iter().rev().filter_map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        _ => None,
    });
    let (name, parent) = (names.next().unwrap_or_default(), names.next());
    let value = match read.path.last() {
        Some(Step::Json | Step::Form) => return json!({}),
        _ if parent.is_some_and(|parent| TEXTS_ONLY.contains(&parent)) => {
            json!(plausible::text(name))
        }
        _ => plausible::value(name),
    };
    let mut kinds = read
        .kinds
        .iter()
        .filter(|it| !matches!(it, Kind::Absent | Kind::Null));
    match (kinds.next(), kinds.next()) {
        (Some(Kind::Text), None) if !value.is_string() => json!(plausible::text(name)),
        (Some(Kind::Number), None) if !value.is_number() => json!(2),
        (Some(Kind::Bool), None) => json!(true),
        (Some(Kind::List), None) => json!([]),
        (Some(Kind::Object), None) => json!({}),
        _ => value,
    }
}

/// Values of other types, the empty one, and the nearest that is different.
fn others(value: &Value) -> Vec<(String, Value)> {
    let named = |name: &str, value: Value| (name.to_owned(), value);
    let text = named("a text", json!("text"));
    let number = named("a number", json!(42));
    let list = named("a list", json!([value]));
    let object = named("an object", json!({"value": value}));
    let flag = named("true", json!(true));
    match value {
        Value::Null => vec![text, number, list, object, flag],
        Value::Bool(it) => vec![
            named(if *it { "false" } else { "true" }, json!(!it)),
            named("a text", json!(it.to_string())),
            named("a number", json!(i32::from(*it))),
            list,
            object,
        ],
        Value::Number(it) => {
            let digits = named("a text", json!(it.to_string()));
            vec![digits, named("zero", json!(0)), flag, list, object]
        }
        Value::String(it) => {
            let number = it.trim().parse::<i64>().map_or(number.1, |it| json!(it));
            let number = named("a number", number);
            vec![named("empty", json!("")), number, list, object, flag]
        }
        Value::Array(_) => {
            let object = named("an object", json!({}));
            vec![named("empty", json!([])), object, text, number, flag]
        }
        Value::Object(_) => {
            let list = named("a list", json!([value]));
            vec![named("empty", json!({})), list, text, number, flag]
        }
    }
}

fn looks_like_a_number(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.trim().parse::<f64>().is_ok())
}

/// Numbers at which types end and signs change.
fn numbers() -> Vec<(String, Value)> {
    let values = [
        ("minus one", json!(-1)),
        ("a fraction", json!(2.5)),
        ("beyond 32 bits", json!(4_294_967_296_u64)),
        ("beyond what floats hold", json!(9_007_199_254_740_993_u64)),
        ("a huge float", json!(1e21)),
    ];
    let values = values.into_iter();
    values
        .map(|(name, value)| (format!("is {name}"), value))
        .collect()
}
