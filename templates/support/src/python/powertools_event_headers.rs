//! How the event handler of Powertools for AWS Lambda writes headers and cookies.

use super::dict::Dict;
use super::error::Result;
use super::list::{self, List};
use super::powertools_response::Response;
use super::string_split;
use super::value::Value;

/// How an answer has its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As one text each, and cookies apart from them.
    Http,
    /// As a list each.
    Many,
    /// As one text each, the last one.
    One,
}

/// Adds the headers and cookies of a response to an answer.
pub fn serialized(answer: &Dict, response: &Response, layout: Layout) -> Result<()> {
    match layout {
        Layout::Http => http(answer, response),
        Layout::Many => many(answer, response),
        Layout::One => one(answer, response),
    }
}

/// The headers that have values.
fn headers(response: &Response) -> impl Iterator<Item = (Value, Value)> {
    let headers = response.headers.pairs().into_iter();
    headers.filter(|(_, values)| !values.is_none())
}

fn http(answer: &Dict, response: &Response) -> Result<()> {
    let combined = Dict::new();
    for (key, values) in headers(response) {
        let value = match values {
            Value::Str(value) => value,
            values => string_split::join_value(", ", &values)?,
        };
        combined.insert(key, value);
    }
    answer.insert("headers", combined);
    let cookies: List = response
        .cookies
        .iter()
        .map(|cookie| cookie.text())
        .collect();
    answer.insert("cookies", cookies);
    Ok(())
}

fn many(answer: &Dict, response: &Response) -> Result<()> {
    let payload = Dict::new();
    for (key, values) in headers(response) {
        let list = List::new();
        match values {
            Value::Str(value) => list.push(value),
            values => list::extend_value(&list, &values)?,
        }
        payload.insert(key, list);
    }
    if !response.cookies.is_empty() {
        let cookies = match payload.find("Set-Cookie") {
            Some(Value::List(cookies)) => cookies,
            _ => List::new(),
        };
        for cookie in &response.cookies {
            cookies.push(cookie.text());
        }
        payload.insert("Set-Cookie", cookies);
    }
    answer.insert("multiValueHeaders", payload);
    Ok(())
}

fn one(answer: &Dict, response: &Response) -> Result<()> {
    let payload = Dict::new();
    if let Some(cookie) = response.cookies.last() {
        payload.insert("Set-Cookie", cookie.text());
    }
    for (key, values) in headers(response) {
        let value = match values {
            Value::Str(value) => value.into(),
            values => values.item(-1)?,
        };
        payload.insert(key, value);
    }
    answer.insert("headers", payload);
    Ok(())
}
