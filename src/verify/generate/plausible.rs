//! Values that a part of an event may well have, by its name.

use serde_json::{Value, json};

/// Words in names, the first that fits first, and what such things look like.
const BY_WORD: &[(&[&str], &str)] = &[
    (&["email", "mail"], "\"ada@example.com\""),
    (&["authorization"], "\"Basic YWRhOmxvdmVsYWNl\""),
    (
        &["content-type", "contenttype", "mime"],
        "\"application/json\"",
    ),
    (&["host", "domain"], "\"api.example.com\""),
    (
        &["url", "uri", "href", "link", "webhook"],
        "\"https://example.com/a?b=c\"",
    ),
    (&["token", "secret", "apikey", "api-key", "key"], "\"k-1\""),
    (
        &["customer", "owner", "user", "username", "sub", "principal"],
        "\"ada\"",
    ),
    (&["timestamp", "epoch", "expires", "at"], "1700000000"),
    (
        &["created", "updated", "date", "time"],
        "\"2026-03-12T19:03:58Z\"",
    ),
    (&["day"], "\"2026-03-12\""),
    (
        &["price", "total", "amount", "cost", "rate", "balance"],
        "10.5",
    ),
    (
        &[
            "count", "quantity", "size", "number", "limit", "page", "offset", "age", "length",
        ],
        "2",
    ),
    (
        &["enabled", "disabled", "active", "is", "has", "flag"],
        "true",
    ),
    (
        &[
            "tags", "items", "lines", "records", "list", "widgets", "ids",
        ],
        "[]",
    ),
    (&["region"], "\"eu-west-1\""),
    (&["language", "locale"], "\"en-GB\""),
    (&["country"], "\"GB\""),
    (&["currency"], "\"EUR\""),
    (&["phone"], "\"+12065550100\""),
    (&["status", "state"], "\"new\""),
    (&["kind", "type", "action", "command"], "\"create\""),
    (&["name", "title", "subject"], "\"Zebra\""),
    (&["id", "uuid"], "\"1\""),
];

/// A value for a part of this name.
pub(super) fn value(name: &str) -> Value {
    let words = words(name);
    let lower = name.to_lowercase();
    let found = BY_WORD.iter().find(|(wanted, _)| {
        let mut wanted = wanted.iter();
        wanted.any(|it| *it == lower || words.iter().any(|word| word == it))
    });
    let text = found.map_or("\"value\"", |(_, text)| text);
    serde_json::from_str(text).unwrap_or_else(|_| json!("value"))
}

/// The same as text, where nothing but text can stand: in a header, a path, a query.
pub(super) fn text(name: &str) -> String {
    match value(name) {
        Value::String(text) => text,
        Value::Array(_) | Value::Object(_) => "value".to_owned(),
        other => other.to_string(),
    }
}

/// The words of a name in lower case, however it joins them.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut before_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            fresh = true;
            before_lower = false;
            continue;
        }
        if fresh || (letter.is_uppercase() && before_lower) {
            words.push(String::new());
        }
        fresh = false;
        before_lower = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}
