//! Requests to what is not AWS, and their answers by rule.

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;

use super::{HttpRule, Request, Rules, Span};

/// Whether a host is one of AWS's own services. What customers run behind AWS's names is not.
pub(super) fn is_aws(authority: &str) -> bool {
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    let own = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];
    let hosted = [
        ".execute-api.",
        ".lambda-url.",
        ".appsync-api.",
        ".es.",
        ".aoss.",
        ".elb.",
    ];
    own.iter().any(|end| host.ends_with(end)) && !hosted.iter().any(|part| host.contains(part))
}

/// Headers that clients set by themselves, and that say nothing of what the code asked for.
const UNSAID: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "transfer-encoding",
];

/// How the user agents of clients begin, where the code set none.
const AGENTS: &[&str] = &[
    "python-requests/",
    "Python-urllib/",
    "python-urllib3/",
    "python-httpx/",
    "Python/",
    "Boto3/",
];

/// A request as it is kept.
pub(super) fn recorded(
    scheme: &str,
    authority: &str,
    head: &Parts,
    body: &Bytes,
    span: Span,
) -> Request {
    let port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(port).unwrap_or(authority);
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let said = |name: &str, value: &str| match name {
        "accept" => value != "*/*",
        "user-agent" => !AGENTS.iter().any(|agent| value.starts_with(agent)),
        _ => !UNSAID.contains(&name),
    };
    let mut headers: Vec<_> = head
        .headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str().to_owned(), value.into_owned())
        })
        .filter(|(name, value)| said(name, value))
        .collect();
    headers.sort();
    Request {
        method: head.method.to_string(),
        url: format!("{scheme}://{authority}{path}"),
        headers,
        body: text(body),
        span,
    }
}

/// The answer to a request: that of the first rule that fits, else 200 and an empty object.
pub(super) fn ruled(rules: &Rules, request: &Request) -> Response<Bytes> {
    let Some(rule) = rules.http.iter().find(|rule| fits(rule, request)) else {
        let mut answer = Response::new(Bytes::from_static(b"{}"));
        let json = HeaderValue::from_static("application/json");
        answer.headers_mut().insert("content-type", json);
        return answer;
    };
    let (kind, body) = match &rule.body {
        Value::Null => (None, String::new()),
        Value::String(text) => (Some("text/plain"), text.clone()),
        other => (Some("application/json"), other.to_string()),
    };
    let mut answer = Response::new(Bytes::from(body));
    *answer.status_mut() = StatusCode::from_u16(rule.status).unwrap_or_default();
    let headers = answer.headers_mut();
    if let Some(kind) = kind {
        headers.insert("content-type", HeaderValue::from_static(kind));
    }
    for (name, value) in &rule.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    answer
}

fn fits(rule: &HttpRule, request: &Request) -> bool {
    let method = rule.method.as_ref();
    method.is_none_or(|method| method.eq_ignore_ascii_case(&request.method))
        && matches(&rule.url, &request.url)
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<_> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else {
            return false;
        };
        text = &text[at + part.len()..];
    }
    text.ends_with(last)
}

/// A body as text, or as base64 after `base64:` where it is not UTF-8.
pub(super) fn text(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => format!("base64:{}", STANDARD.encode(body)),
    }
}
