//! The responses of the event handler of Powertools for AWS Lambda.

use super::dict::{self, Dict};
use super::error::{self, Result};
use super::json;
use super::list::List;
use super::powertools_cookies::Cookie;
use super::powertools_encoder::plain;
use super::value::Value;

/// `aws_lambda_powertools.event_handler.content_types.APPLICATION_JSON`
pub const APPLICATION_JSON: &str = "application/json";
/// `aws_lambda_powertools.event_handler.content_types.TEXT_PLAIN`
pub const TEXT_PLAIN: &str = "text/plain";
/// `aws_lambda_powertools.event_handler.content_types.TEXT_HTML`
pub const TEXT_HTML: &str = "text/html";

/// `aws_lambda_powertools.event_handler.Response`
#[derive(Debug, Clone)]
pub struct Response {
    /// The status, as the program gives it.
    pub status_code: Value,
    /// The body, before it becomes text.
    pub body: Value,
    /// The headers, which clones share.
    pub headers: Dict,
    /// The cookies.
    pub cookies: Vec<Cookie>,
    /// Whether it is compressed, where the response says it itself.
    pub compress: Option<bool>,
}

impl Response {
    /// A response with an empty body and no headers.
    pub fn empty(status_code: i64) -> Self {
        Self {
            status_code: status_code.into(),
            body: "".into(),
            headers: Dict::new(),
            cookies: Vec::new(),
            compress: None,
        }
    }
}

/// `aws_lambda_powertools.event_handler.Response(status_code, content_type=None, body=None, headers=None, *, compress=None)`.
/// Headers that are not a dict are refused.
pub fn response(
    status_code: &Value,
    content_type: Option<&str>,
    body: &Value,
    headers: &Value,
    compress: Option<bool>,
) -> Result<Response> {
    let headers = match headers {
        Value::Dict(members) => dict::copy(members),
        other if other.is_true() => {
            let name = other.type_name();
            return Err(error::untranslated(format!("headers that are a {name}")));
        }
        _ => Dict::new(),
    };
    if let Some(content_type) = content_type.filter(|it| !it.is_empty())
        && !headers.has("Content-Type")
    {
        headers.insert("Content-Type", content_type);
    }
    Ok(Response {
        status_code: status_code.clone(),
        body: body.clone(),
        headers,
        cookies: Vec::new(),
        compress,
    })
}

/// `aws_lambda_powertools.event_handler.Response(status_code, content_type=None, body=None, headers=None, *, cookies)`.
pub fn response_with_cookies(
    status_code: &Value,
    content_type: Option<&str>,
    body: &Value,
    headers: &Value,
    cookies: Vec<Cookie>,
) -> Result<Response> {
    let response = response(status_code, content_type, body, headers, None)?;
    Ok(Response {
        cookies,
        ..response
    })
}

/// What a handler returns that is no `Response`: a body, or a body and a status.
pub fn simple(result: impl Into<Value>) -> Response {
    let (body, status_code) = match result.into() {
        #[cfg(feature = "tuple")]
        Value::Tuple(pair) if pair.len() == 2 => (pair.items()[0].clone(), pair.items()[1].clone()),
        body => (body, 200.into()),
    };
    of_json(status_code, body)
}

/// A response of JSON.
pub fn of_json(status_code: Value, body: Value) -> Response {
    let headers = Dict::new();
    headers.insert("Content-Type", APPLICATION_JSON);
    Response {
        status_code,
        body,
        headers,
        cookies: Vec::new(),
        compress: None,
    }
}

/// `aws_lambda_powertools.event_handler.Response.status_code`
pub fn status_code(response: &Response) -> Value {
    response.status_code.clone()
}

/// `aws_lambda_powertools.event_handler.Response.body`
pub fn body(response: &Response) -> Value {
    response.body.clone()
}

/// `aws_lambda_powertools.event_handler.Response.headers`
pub fn headers(response: &Response) -> Dict {
    response.headers.clone()
}

/// `aws_lambda_powertools.event_handler.Response.is_json()`.
pub fn is_json(response: &Response) -> Result<bool> {
    let content_type = match response.headers.find("Content-Type") {
        None => return Ok(false),
        Some(Value::List(types)) => Value::from(types).item(0)?,
        Some(content_type) => content_type,
    };
    let content_type = content_type.expect_str("startswith")?;
    Ok(content_type.starts_with(APPLICATION_JSON))
}

/// The body as JSON without blanks, where the response is JSON and the body no text yet.
pub fn encoded_body(response: &Response) -> Result<Value> {
    if !is_json(response)? || matches!(response.body, Value::Str(_)) {
        return Ok(response.body.clone());
    }
    let separators: List = [",", ":"].into_iter().collect();
    let none = Value::None;
    let encoded = json::dumps_with_default(
        &response.body,
        true,
        true,
        &none,
        &separators.into(),
        plain,
        false,
    );
    encoded.map(Value::Str)
}
