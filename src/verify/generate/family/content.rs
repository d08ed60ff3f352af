//! What senders write into bodies and messages.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::codec;
use super::Variation;

/// How large the large content is, in characters: below what SQS and SNS carry with ten records.
const LARGE: usize = 20_000;

/// How deep the deeply nested content is: below the 128 levels that serde_json reads.
const DEEP: usize = 60;

type Rewrite = fn(&str) -> Option<String>;

/// Rewrites of a text content by name and reason.
const REWRITES: &[(&str, &str, Rewrite)] = &[
    ("not JSON", "senders make mistakes", |_| {
        Some("this is not JSON".to_owned())
    }),
    ("cut-off JSON", "a text that ends in the middle", cut_off),
    (
        "empty text",
        "there is a content, and nothing in it",
        |_| Some(String::new()),
    ),
    ("JSON null", "JSON that is no object", |_| {
        Some("null".to_owned())
    }),
    ("JSON list", "a list around what was an object", |text| {
        Some(format!("[{text}]"))
    }),
    (
        "JSON text",
        "what was JSON is written as JSON once more",
        |text| Some(Value::String(text.to_owned()).to_string()),
    ),
    ("JSON number", "JSON that is no object", |_| {
        Some("42".to_owned())
    }),
    ("JSON true", "JSON that is no object", |_| {
        Some("true".to_owned())
    }),
    ("empty object", "no field is there", |_| {
        Some("{}".to_owned())
    }),
    (
        "unknown field",
        "a field more than the code knows",
        |text| {
            with_field(
                text,
                "unexpected",
                json!({"nested": [1, 2.5, null, true, "ü"]}),
            )
        },
    ),
    (
        "unicode",
        "a field with characters of several bytes",
        |text| with_field(text, "note", json!("Grüße 👋🏽 e\u{301} שלום 日本")),
    ),
    (
        "escaped unicode",
        "the same JSON, all of it in ASCII",
        escaped,
    ),
    ("compact JSON", "the same JSON without spaces", |text| {
        Some(serde_json::from_str::<Value>(text).ok()?.to_string())
    }),
    (
        "indented JSON",
        "the same JSON over several lines",
        |text| serde_json::to_string_pretty(&serde_json::from_str::<Value>(text).ok()?).ok(),
    ),
    ("white space around", "JSON between white space", |text| {
        Some(format!(" \r\n\t{text}\n "))
    }),
    (
        "byte order mark",
        "Python's json refuses a text that begins with one",
        |text| Some(format!("\u{feff}{text}")),
    ),
    ("key twice", "the last one counts", key_twice),
    (
        "fields reversed",
        "the order of fields says nothing, until it is written again",
        reversed,
    ),
    ("lone surrogate", "an escape for half a character", |text| {
        with_raw_field(text, r#""note": "\ud83d""#)
    }),
    ("NaN", "Python reads it, though it is no JSON", |text| {
        with_raw_field(text, r#""ratio": NaN"#)
    }),
    ("big number", "more digits than 64 bits hold", |text| {
        with_raw_field(text, r#""serial": 123456789012345678901234567890"#)
    }),
    ("float that is whole", "1.0 is not 1", |text| {
        with_raw_field(text, r#""ratio": 1.0"#)
    }),
    ("form", "what browsers send", form),
    ("XML", "another format", |_| {
        Some("<?xml version=\"1.0\"?><a b=\"c\">d</a>".to_owned())
    }),
    ("deep", "objects in objects", |text| {
        let open = r#"{"a": "#.repeat(DEEP);
        with_raw_field(text, &format!("\"tree\": {open}1{}", "}".repeat(DEEP)))
    }),
    ("large", "as long as messages get", |text| {
        let filler = "0123456789 Füller ".repeat(LARGE / 18);
        with_field(text, "filler", json!(filler))
    }),
    ("many fields", "a hundred fields more", |text| {
        let mut varied = serde_json::from_str::<Value>(text).ok()?;
        for index in 0..100 {
            varied
                .as_object_mut()?
                .insert(format!("field{index:03}"), json!(index));
        }
        Some(codec::dumped(&varied))
    }),
];

/// Variations of the text that `get` finds and `put` puts back.
pub(super) fn variations(
    what: &str,
    get: fn(&mut Value) -> Option<String>,
    put: fn(&mut Value, String) -> bool,
) -> Vec<Variation> {
    let each = REWRITES.iter().map(|&(name, why, rewrite)| {
        Variation::new(format!("{what}: {name}"), why, move |event| {
            let Some(varied) = get(event).and_then(|text| rewrite(&text)) else {
                return false;
            };
            put(event, varied)
        })
    });
    each.collect()
}

fn cut_off(text: &str) -> Option<String> {
    let half = text.chars().count() / 2;
    (half > 0).then(|| text.chars().take(half).collect())
}

fn with_field(text: &str, name: &str, value: Value) -> Option<String> {
    let mut varied = serde_json::from_str::<Value>(text).ok()?;
    varied.as_object_mut()?.insert(name.to_owned(), value);
    Some(codec::dumped(&varied))
}

fn with_raw_field(text: &str, field: &str) -> Option<String> {
    let fields = serde_json::from_str::<Value>(text).ok()?;
    let comma = if fields.as_object()?.is_empty() {
        ""
    } else {
        ", "
    };
    let open = text.trim_end().strip_suffix('}')?;
    Some(format!("{open}{comma}{field}}}"))
}

fn key_twice(text: &str) -> Option<String> {
    let fields = serde_json::from_str::<Value>(text).ok()?;
    let name = fields.as_object()?.keys().next()?.clone();
    let name = Value::String(name);
    with_raw_field(text, &format!("{name}: \"again\""))
}

fn reversed(text: &str) -> Option<String> {
    let fields = serde_json::from_str::<Value>(text).ok()?;
    let reversed = fields.as_object()?.clone().into_iter().rev().collect();
    Some(codec::dumped(&Value::Object(reversed)))
}

fn escaped(text: &str) -> Option<String> {
    let with_note = with_field(text, "note", json!("Grüße 👋"))?;
    let mut escaped = String::new();
    for unit in with_note.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => escaped.push(char::from(byte)),
            _ => write!(escaped, "\\u{unit:04x}").ok()?,
        }
    }
    Some(escaped)
}

fn form(text: &str) -> Option<String> {
    let fields = serde_json::from_str::<Value>(text).ok()?;
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.as_object()? {
        serializer.append_pair(name, &codec::shown(value));
    }
    serializer.append_pair("note", "a b&ü");
    Some(serializer.finish())
}
