//! Cases from what the code reads: for each part of an event that a traced run looked at, events
//! in which that part is missing, null, of another type, empty, or holds what Python and Rust tend
//! to see differently.

use serde_json::{Value, json};

use super::family;
use super::lens::{self, With};
use super::order;
use super::plausible;
use super::text::{NUMERIC_TEXTS, RAW_NUMBERS, TEXTS};
use super::{Generated, Origin, Subject};
use crate::python::Step;
use crate::sam::Payload;
use crate::verify::trace::Read;

/// On how many events each part is changed.
const MOST_EVENTS: usize = 6;

/// Lengths that lists and texts are brought to: around the limits that people and AWS like.
const LENGTHS: &[u64] = &[0, 1, 2, 101, 11, 26, 3, 51, 1001];

/// Where texts are the sender's, beside the contents of the family.
const SENT: &[&str] = &[
    "authorizationToken",
    "body",
    "cookies",
    "data",
    "detail",
    "headers",
    "key",
    "Keys",
    "Message",
    "MessageAttributes",
    "messageAttributes",
    "multiValueHeaders",
    "multiValueQueryStringParameters",
    "NewImage",
    "OldImage",
    "path",
    "pathParameters",
    "queryStringParameters",
    "rawPath",
    "rawQueryString",
    "Subject",
    "userAttributes",
];

/// Objects that hold only texts.
const TEXTS_ONLY: &[&str] = &[
    "attributes",
    "headers",
    "pathParameters",
    "queryStringParameters",
    "stageVariables",
];

/// What to put at a place: a name, and the value.
type Way = (String, With);

/// An event to change, and what kind of event it is.
struct Base<'a> {
    case: &'a Generated,
    payload: Payload,
}

/// Cases for what was read, at most `limit`, no two with the same event: `bases`, usual events of
/// the function, each changed at one place. The most telling come first, and any beginning of the
/// list is varied.
#[must_use]
pub fn from_reads(
    subject: &Subject<'_>,
    bases: &[Generated],
    reads: &[Read],
    limit: usize,
) -> Vec<Generated> {
    let bases = subject.with_payloads(bases);
    let mut reads: Vec<(&Read, bool)> = reads
        .iter()
        .filter(|read| !read.path.is_empty())
        .map(|read| (read, is_sent(&read.path, &bases)))
        .collect();
    // What the sender writes differs most from event to event.
    reads.sort_by_key(|(_, sent)| !sent);
    let groups = reads.into_iter().map(|(read, sent)| {
        let (parent, whole) = (&read.path[..read.path.len() - 1], bases.iter());
        let fitting = whole.filter(|base| lens::get(&base.case.event, parent).is_some());
        let mut chosen: Vec<&Base<'_>> = fitting.take(MOST_EVENTS).collect();
        if chosen.is_empty() {
            chosen.extend(bases.first());
        }
        let of_base = chosen.into_iter().map(|base| {
            let among = (bases.len() > 1).then_some(base.case.name.as_str());
            base.changed(read, sent, among)
        });
        order::round_robin(of_base.collect())
    });
    let groups: Vec<Vec<Generated>> = groups.collect();
    let mut cases = order::distinct(order::round_robin(groups), usize::MAX);
    cases.retain(|case| bases.iter().all(|base| base.case.event != case.event));
    cases.truncate(limit);
    cases
}

impl<'a> Subject<'a> {
    /// Events with their payloads: that of the function's sources whose events look most alike.
    fn with_payloads(self, cases: &'a [Generated]) -> Vec<Base<'a>> {
        let mut known = Vec::new();
        for event in self.events().as_ref() {
            let events = family::bases(self.source(event)).into_iter();
            known.extend(events.map(|base| (event.payload.clone(), base.event)));
        }
        let with_payload = |case: &'a Generated| {
            let mut best = (0.0, Payload::Unknown);
            for (payload, event) in &known {
                let alike = alike(event, &case.event);
                if alike > best.0 {
                    best = (alike, payload.clone());
                }
            }
            Base {
                case,
                payload: best.1,
            }
        };
        cases.iter().map(with_payload).collect()
    }
}

impl Base<'_> {
    /// The event, changed where it was read, in each way that changes it.
    fn changed(&self, read: &Read, sent: bool, among: Option<&str>) -> Vec<Generated> {
        let path = lens::shown(&read.path);
        let ways = ways(&self.case.event, read, sent).into_iter();
        let changed = ways.filter_map(|(name, with)| {
            let mut event = self.case.event.clone();
            if !lens::replace(&mut event, &read.path, &with) {
                return None;
            }
            family::settle(&self.payload, &self.case.event, &mut event);
            let name = format!("{path} {name}");
            Some(Generated {
                name: among.map_or_else(|| name.clone(), |base| format!("{name}, in {base}")),
                why: format!("the code reads {path}"),
                origin: Origin::Read,
                event,
            })
        });
        changed.collect()
    }
}

/// How many of two events' fields are in both.
fn alike(one: &Value, other: &Value) -> f64 {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return if one == other { 1.0 } else { 0.0 };
    };
    let both = one.keys().filter(|name| other.contains_key(*name)).count();
    let all = (one.len() + other.len() - both).max(1);
    both as f64 / all as f64
}

/// Whether the sender decides what is there.
fn is_sent(path: &[Step], bases: &[Base<'_>]) -> bool {
    let in_content = |base: &Base<'_>| {
        let mut contents = family::contents(&base.payload).into_iter();
        contents.any(|content| path.starts_with(&content))
    };
    let names = |step: &Step| matches!(step, Step::Key(name) if SENT.contains(&name.as_str()));
    path.iter().any(names) || bases.iter().any(in_content)
}

/// All that is worth a try at a place, the most telling first.
fn ways(event: &Value, read: &Read, sent: bool) -> Vec<Way> {
    let path = &read.path;
    if path.last() == Some(&Step::Length) {
        let lengths = LENGTHS.iter();
        return lengths
            .map(|length| (format!("is {length}"), With::Value(json!(length))))
            .collect();
    }
    let current = lens::get(event, path);
    let usual = usual(path);
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
    ways.extend(values(compared.map(|(name, text)| (name, text))));
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

/// What usually is at a place, by its name.
fn usual(path: &[Step]) -> Value {
    let mut names = path.iter().rev().filter_map(|step| match step {
        Step::Key(name) => Some(name.as_str()),
        _ => None,
    });
    let (name, parent) = (names.next().unwrap_or_default(), names.next());
    match path.last() {
        Some(Step::Json | Step::Form) => json!({}),
        _ if parent.is_some_and(|parent| TEXTS_ONLY.contains(&parent)) => {
            json!(plausible::text(name))
        }
        _ => plausible::value(name),
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
