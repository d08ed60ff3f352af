//! AWS calls as they go over the wire, kept and played again.

use std::collections::BTreeMap;

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

/// One request to AWS and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// `X-Amz-Target`, by which some protocols name the operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The request's body: JSON as it is, anything else as text.
    #[serde(skip_serializing_if = "is_empty")]
    pub body: Value,
    /// The status of the answer.
    pub status: u16,
    /// Those of its headers that SDKs look at.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub answer: String,
}

/// What becomes of exchanges, beyond noting the calls.
#[derive(Debug, Clone, Default)]
pub enum Wire {
    /// Nothing.
    #[default]
    Forgotten,
    /// They are part of the recording, where they are text.
    Kept,
    /// They are answered from these, each once, and never by the stand-in.
    Played(Vec<Exchange>),
}

fn is_empty(body: &Value) -> bool {
    body.as_str().is_some_and(str::is_empty)
}

impl Exchange {
    /// Of a request and its answer; nothing where one of them is not text.
    pub(super) fn new(
        head: &Parts,
        sent: &[u8],
        answer: &Response<()>,
        body: &[u8],
    ) -> Option<Self> {
        let headers = answer.headers().iter();
        let headers = headers.filter(|(name, _)| is_kept(name.as_str()));
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        Some(Self {
            method: head.method.to_string(),
            path: head.uri.to_string(),
            target: target(head),
            body: said(sent)?,
            status: answer.status().as_u16(),
            headers: headers.collect::<Option<_>>()?,
            answer: std::str::from_utf8(body).ok()?.to_owned(),
        })
    }

    /// Whether it begins with this request.
    pub(super) fn asks(&self, head: &Parts, sent: &[u8]) -> bool {
        head.method == self.method.as_str()
            && head.uri == self.path.as_str()
            && target(head) == self.target
            && said(sent).as_ref() == Some(&self.body)
    }

    pub(super) fn answer(&self) -> (Response<()>, Bytes) {
        let mut answer = Response::new(());
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                answer.headers_mut().insert(name, value);
            }
        }
        (answer, Bytes::from(self.answer.clone()))
    }
}

/// Whether an SDK may look at a header. What servers say of themselves and of the connection is
/// another's each time.
fn is_kept(name: &str) -> bool {
    const KEPT: &[&str] = &[
        "cache-control",
        "content-encoding",
        "content-range",
        "content-type",
        "etag",
        "expires",
        "last-modified",
        "location",
    ];
    KEPT.contains(&name) || name.starts_with("x-amz")
}

fn target(head: &Parts) -> Option<String> {
    let target = head.headers.get("x-amz-target")?;
    target.to_str().ok().map(str::to_owned)
}

fn said(body: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(body).ok()?;
    let json = serde_json::from_str(text).ok();
    let json = json.filter(|value: &Value| value.is_object() || value.is_array());
    Some(json.unwrap_or_else(|| text.into()))
}
