//! Parts of an event by their paths, also within JSON, Base64 and other texts: read, replaced,
//! taken out. All around the part stays as it was.

use serde_json::{Map, Value};

use super::codec;
use crate::python::Step;

/// Longest list or text that a length is changed to.
const MAX_LENGTH: usize = 10_000;

/// Where a text that is no JSON is to stand in a JSON text; see [`With::Raw`].
const MARK: &str = "\u{e000}raw\u{e000}";

/// What comes in the place of a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum With {
    /// A value.
    Value(Value),
    /// A text as it stands, where the part lies in a JSON text: `1e400`, `NaN`.
    Raw(String),
    /// Nothing: the part is taken out.
    Nothing,
}

/// The part at a path; `None` where there is none.
pub(super) fn get(event: &Value, path: &[Step]) -> Option<Value> {
    let Some((step, rest)) = path.split_first() else {
        return Some(event.clone());
    };
    match step {
        Step::Key(name) => get(event.get(name)?, rest),
        Step::Index(index) => get(event.get(index)?, rest),
        Step::Element => match event {
            Value::Array(items) => get(items.first()?, rest),
            Value::Object(fields) => get(fields.values().next()?, rest),
            _ => None,
        },
        Step::Length => length(event).map(Value::from),
        Step::Attribute(_) | Step::Gzip => None,
        codec => {
            let (gzip, rest) = compressed(codec, rest);
            get(&codec::decode(event, codec, gzip)?, rest)
        }
    }
}

/// Replaces the part at a path, making what leads to it where it is not there. `false` where
/// that cannot be done or changes nothing; the event is then as it was.
pub(super) fn replace(event: &mut Value, path: &[Step], with: &With) -> bool {
    let mut changed = event.clone();
    let with_mark = match with {
        With::Raw(_) if !path.contains(&Step::Json) => return false,
        With::Raw(_) => With::Value(Value::String(MARK.to_owned())),
        other => other.clone(),
    };
    let raw = match with {
        With::Raw(text) => Some(text.as_str()),
        _ => None,
    };
    let done = put(&mut changed, path, &with_mark, raw).is_some() && changed != *event;
    if done {
        *event = changed;
    }
    done
}

fn put(node: &mut Value, path: &[Step], with: &With, raw: Option<&str>) -> Option<()> {
    let Some((step, rest)) = path.split_first() else {
        if let With::Value(value) = with {
            node.clone_from(value);
            return Some(());
        }
        return None;
    };
    let takes_out = rest.is_empty() && *with == With::Nothing;
    match step {
        Step::Key(name) if takes_out => {
            node.as_object_mut()?.shift_remove(name)?;
            Some(())
        }
        Step::Key(name) => {
            if !node.is_object() {
                if *with == With::Nothing {
                    return None;
                }
                *node = Value::Object(Map::new());
            }
            let fields = node.as_object_mut()?;
            if *with == With::Nothing {
                return put(fields.get_mut(name)?, rest, with, raw);
            }
            let child = fields.entry(name.clone()).or_insert(Value::Null);
            put(child, rest, with, raw)
        }
        Step::Element if takes_out => match node {
            Value::Array(items) if !items.is_empty() => {
                items.clear();
                Some(())
            }
            Value::Object(fields) if !fields.is_empty() => {
                fields.clear();
                Some(())
            }
            _ => None,
        },
        Step::Index(index) if takes_out => {
            let items = node.as_array_mut()?;
            (*index < items.len()).then(|| items.truncate(*index))
        }
        Step::Element if node.is_object() => {
            let child = node.as_object_mut()?.values_mut().next()?;
            put(child, rest, with, raw)
        }
        Step::Element => element(node, 0, rest, with, raw),
        Step::Index(index) => element(node, *index, rest, with, raw),
        Step::Length => {
            let With::Value(wanted) = with else {
                return None;
            };
            resize(node, usize::try_from(wanted.as_u64()?).ok()?)
        }
        Step::Attribute(_) | Step::Gzip => None,
        codec => {
            let (gzip, rest) = compressed(codec, rest);
            if rest.is_empty() && *with == With::Nothing {
                return None;
            }
            let held = codec::decode(node, codec, gzip);
            let mut inner = match (held, with) {
                (Some(inner), _) => inner,
                (None, With::Nothing) => return None,
                (None, _) => Value::Null,
            };
            put(&mut inner, rest, with, raw)?;
            let mut encoded = codec::encode(&inner, codec, gzip)?;
            let is_last_json = *codec == Step::Json && !rest.contains(&Step::Json);
            if let (Some(raw), true, Value::String(text)) = (raw, is_last_json, &mut encoded) {
                *text = text.replace(&format!("\"{MARK}\""), raw);
            }
            *node = encoded;
            Some(())
        }
    }
}

fn element(
    node: &mut Value,
    index: usize,
    rest: &[Step],
    with: &With,
    raw: Option<&str>,
) -> Option<()> {
    if !node.is_array() {
        if *with == With::Nothing {
            return None;
        }
        *node = Value::Array(Vec::new());
    }
    let items = node.as_array_mut()?;
    if index >= items.len() {
        if *with == With::Nothing || index > MAX_LENGTH {
            return None;
        }
        items.resize(index + 1, Value::Null);
    }
    put(items.get_mut(index)?, rest, with, raw)
}

/// Base64 with compressed bytes in it is one step.
fn compressed<'a>(step: &Step, rest: &'a [Step]) -> (bool, &'a [Step]) {
    match (step, rest.split_first()) {
        (Step::Base64, Some((Step::Gzip, rest))) => (true, rest),
        _ => (false, rest),
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::Array(items) => Some(items.len()),
        Value::Object(fields) => Some(fields.len()),
        Value::String(text) => Some(text.chars().count()),
        _ => None,
    }
}

/// Repeats or cuts what is there.
fn resize(node: &mut Value, wanted: usize) -> Option<()> {
    if wanted > MAX_LENGTH {
        return None;
    }
    match node {
        Value::Array(items) => {
            let pattern = items.clone();
            let again = pattern.iter().cycle();
            *items = match pattern.is_empty() {
                true => vec![Value::Null; wanted],
                false => again.take(wanted).cloned().collect(),
            };
        }
        Value::String(text) => {
            let pattern = if text.is_empty() { "x" } else { text.as_str() };
            *text = pattern.chars().cycle().take(wanted).collect();
        }
        _ => return None,
    }
    Some(())
}

/// A path as people write it: `headers.Authorization`, `Records[].body|json.id`.
pub(in crate::verify) fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        let part = match step {
            Step::Key(name) | Step::Attribute(name) if text.is_empty() => name.clone(),
            Step::Key(name) | Step::Attribute(name) => format!(".{name}"),
            Step::Index(index) => format!("[{index}]"),
            Step::Element => "[]".to_owned(),
            Step::Json => "|json".to_owned(),
            Step::Base64 => "|base64".to_owned(),
            Step::Gzip => "|gzip".to_owned(),
            Step::Form => "|form".to_owned(),
            Step::Percent => "|percent".to_owned(),
            Step::DynamoDb => "|dynamodb".to_owned(),
            Step::Split(Some(separator)) | Step::Partition(separator) => {
                format!("|split({separator:?})")
            }
            Step::Split(None) => "|split".to_owned(),
            Step::Length => "|length".to_owned(),
        };
        text.push_str(&part);
    }
    text
}
