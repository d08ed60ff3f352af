//! Texts that hold other values: each decoded to JSON and encoded again.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};

use crate::python::Step;

/// Most bytes that a compressed text may unfold to.
const MAX_UNFOLDED: u64 = 16 * 1024 * 1024;

/// Base64 as AWS writes it: standard alphabet with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A text as the log subscription sends it: compressed, then in Base64.
pub(super) fn gzipped(text: &str) -> Option<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).ok()?;
    Some(base64(&encoder.finish().ok()?))
}

/// What a value holds, as a step sees it; `None` where it does not hold such a thing.
/// Compressed bytes are no JSON: `gzip` says that Base64 is followed by them.
pub(super) fn decode(value: &Value, step: &Step, gzip: bool) -> Option<Value> {
    if *step == Step::DynamoDb {
        return plain(value);
    }
    let text = value.as_str()?;
    match step {
        Step::Json => serde_json::from_str(text).ok(),
        Step::Base64 => {
            let bytes = STANDARD.decode(text).ok()?;
            let bytes = if gzip { unfolded(&bytes)? } else { bytes };
            String::from_utf8(bytes).ok().map(Value::String)
        }
        Step::Percent => {
            let pairs = form_urlencoded::parse(text.as_bytes());
            let whole: String = pairs
                .map(|(name, value)| match value.is_empty() {
                    true => name.into_owned(),
                    false => format!("{name}={value}"),
                })
                .collect();
            Some(Value::String(whole))
        }
        Step::Form => Some(form(text)),
        Step::Split(Some(separator)) => Some(texts(text.split(separator.as_str()))),
        Step::Split(None) => Some(texts(text.split_whitespace())),
        Step::Partition(separator) => Some(match text.split_once(separator.as_str()) {
            Some((before, behind)) => json!([before, separator, behind]),
            None => json!([text, "", ""]),
        }),
        _ => None,
    }
}

/// The text that holds `value`; `None` where there is none.
pub(super) fn encode(value: &Value, step: &Step, gzip: bool) -> Option<Value> {
    let text = match step {
        Step::DynamoDb => return typed(value),
        Step::Json => dumped(value),
        Step::Base64 if gzip => gzipped(&shown(value))?,
        Step::Base64 => base64(shown(value).as_bytes()),
        Step::Percent => form_urlencoded::byte_serialize(shown(value).as_bytes()).collect(),
        Step::Form => form_text(value.as_object()?),
        Step::Split(separator) => {
            let parts: Vec<String> = value.as_array()?.iter().map(shown).collect();
            parts.join(separator.as_deref().unwrap_or(" "))
        }
        Step::Partition(separator) => {
            let parts: Vec<String> = value.as_array()?.iter().map(shown).collect();
            let middle = parts.get(1).map_or(separator.as_str(), |it| it);
            format!("{}{middle}{}", parts.first()?, parts.get(2)?)
        }
        _ => return None,
    };
    Some(Value::String(text))
}

/// A value within a text: texts without their quotes.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// JSON as `json.dumps` writes it, but for characters beyond ASCII, which stay: with a space
/// behind commas and colons.
pub(super) fn dumped(value: &Value) -> String {
    fn comma<W: ?Sized + Write>(writer: &mut W, first: bool) -> std::io::Result<()> {
        if first {
            Ok(())
        } else {
            writer.write_all(b", ")
        }
    }
    struct Spaced;
    impl serde_json::ser::Formatter for Spaced {
        fn begin_array_value<W: ?Sized + Write>(
            &mut self,
            writer: &mut W,
            first: bool,
        ) -> std::io::Result<()> {
            comma(writer, first)
        }
        fn begin_object_key<W: ?Sized + Write>(
            &mut self,
            writer: &mut W,
            first: bool,
        ) -> std::io::Result<()> {
            comma(writer, first)
        }
        fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
            writer.write_all(b": ")
        }
    }
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    match serde::Serialize::serialize(value, &mut serializer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => value.to_string(),
    }
}

fn texts<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    parts.map(|part| Value::String(part.to_owned())).collect()
}

fn unfolded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unfolded = Vec::new();
    let mut decoder = GzDecoder::new(bytes).take(MAX_UNFOLDED);
    decoder.read_to_end(&mut unfolded).ok()?;
    Some(unfolded)
}

fn form(text: &str) -> Value {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let values = fields.entry(name.into_owned()).or_insert_with(|| json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(Value::String(value.into_owned()));
        }
    }
    Value::Object(fields)
}

fn form_text(fields: &Map<String, Value>) -> String {
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    for (name, values) in fields {
        match values {
            Value::Array(values) => {
                serializer.extend_pairs(values.iter().map(|value| (name, shown(value))));
            }
            value => {
                serializer.append_pair(name, &shown(value));
            }
        }
    }
    serializer.finish()
}

/// A plain value as DynamoDB types it.
pub(super) fn typed(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Null => json!({"NULL": true}),
        Value::Bool(value) => json!({"BOOL": value}),
        Value::Number(number) => json!({"N": number.to_string()}),
        Value::String(text) => json!({"S": text}),
        Value::Array(items) => {
            let items: Option<Vec<Value>> = items.iter().map(typed).collect();
            json!({"L": items?})
        }
        Value::Object(fields) => json!({"M": image(fields)?}),
    })
}

/// The fields of an item, each typed.
pub(crate) fn image(fields: &Map<String, Value>) -> Option<Map<String, Value>> {
    fields
        .iter()
        .map(|(name, value)| Some((name.clone(), typed(value)?)))
        .collect()
}

fn plain(value: &Value) -> Option<Value> {
    let (kind, held) = value.as_object()?.iter().next()?;
    Some(match (kind.as_str(), held) {
        ("S" | "B" | "BOOL", held) => held.clone(),
        ("NULL", _) => Value::Null,
        ("N", Value::String(digits)) => serde_json::from_str(digits).ok()?,
        ("SS" | "BS" | "NS", held) => held.clone(),
        ("L", Value::Array(items)) => items.iter().map(plain).collect::<Option<Value>>()?,
        ("M", Value::Object(fields)) => {
            let fields: Option<Map<String, Value>> = fields
                .iter()
                .map(|(name, value)| Some((name.clone(), plain(value)?)))
                .collect();
            Value::Object(fields?)
        }
        _ => return None,
    })
}
