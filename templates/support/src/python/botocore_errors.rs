//! The errors of AWS services as botocore raises them.

use super::botocore::CLIENT_ERROR;
use super::botocore_call::Response;
use super::botocore_model::Structure;
use super::botocore_parsers::{self as parsers, json_body};
use super::botocore_values::plain;
use super::botocore_xml::{Element, document};
use super::dict::Dict;
use super::error::{Class, Error, Result};
use super::value::Value;

/// One of a client's exceptions.
#[derive(Debug)]
pub struct Exception {
    code: &'static str,
    class: &'static Class,
    members: Option<&'static Structure>,
}

impl Exception {
    /// The class for a code.
    pub const fn new(code: &'static str, class: &'static Class) -> Self {
        Self {
            code,
            class,
            members: None,
        }
    }

    /// With what it says besides.
    pub const fn with_members(mut self, members: &'static Structure) -> Self {
        self.members = Some(members);
        self
    }
}

/// A class of a client's exceptions.
pub const fn modelled(name: &'static str) -> Class {
    Class::new(name, &BASES)
}

static BASES: [&Class; 1] = [&CLIENT_ERROR];

/// The exception for a call's response: the operation, how often it was sent again, and whether
/// that was as often as allowed.
pub fn client_error(
    (operation, retries, exhausted): (&'static str, i64, bool),
    response: &Response,
    read: fn(&Response) -> Result<Dict>,
    exceptions: &[Exception],
) -> Result<Error> {
    let parsed = if is_generic(response) {
        generic_error(response)
    } else {
        read(response)?
    };
    let error = member(&parsed, "Error");
    let text = |name: &str, default: &str| {
        let found = error.as_ref().and_then(|error| error.find(name));
        found.map_or_else(|| default.to_owned(), |it| it.to_string())
    };
    let code = text("Code", "Unknown");
    let known = exceptions.iter().find(|it| it.code == code);
    let metadata = member(&parsed, "ResponseMetadata").unwrap_or_default();
    parsers::complete(&metadata, response);
    parsed.insert("ResponseMetadata", metadata.clone());
    let exhausted = exhausted && is_retried(&code, response.status);
    if exhausted {
        metadata.insert("MaxAttemptsReached", true);
    }
    metadata.insert("RetryAttempts", retries);
    if let Some(members) = known.and_then(|it| it.members) {
        let said = parsers::error_members(response, members)?;
        for (name, value) in said.pairs() {
            parsed.insert(name, value);
        }
    }
    // A service that once spoke the query protocol names its exceptions by the codes of then.
    let query_code = text("QueryErrorCode", "");
    let by_query = exceptions.iter().find(|it| it.code == query_code);
    let class = by_query.or(known).map_or(&CLIENT_ERROR, |it| it.class);
    let again = if exhausted {
        format!(" (reached max retries: {retries})")
    } else {
        String::new()
    };
    let message = text("Message", "Unknown");
    let text = format!(
        "An error occurred ({code}) when calling the {operation} operation{again}: {message}"
    );
    let error = Error::new(class, text);
    let error = error.with_attribute("response", Value::from(parsed));
    Ok(error.with_attribute("operation_name", Value::from(operation)))
}

fn member(dict: &Dict, name: &str) -> Option<Dict> {
    match dict.find(name) {
        Some(Value::Dict(found)) => Some(found),
        _ => None,
    }
}

/// Whether botocore sends a call again for it.
fn is_retried(code: &str, status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504 | 509)
        || matches!(
            code,
            "EC2ThrottledException"
                | "PriorRequestNotComplete"
                | "ProvisionedThroughputExceededException"
                | "RequestLimitExceeded"
                | "RequestThrottled"
                | "RequestThrottledException"
                | "SlowDown"
                | "Throttling"
                | "ThrottledException"
                | "ThrottlingException"
                | "TransactionInProgressException"
        )
}

/// Whether it does not come from the service itself.
fn is_generic(response: &Response) -> bool {
    let body = response.body.trim_ascii();
    response.status >= 500 && (body.is_empty() || body.starts_with(b"<html>"))
}

fn generic_error(response: &Response) -> Dict {
    let error = Dict::new();
    error.insert("Code", response.status.to_string());
    error.insert("Message", reason(response.status));
    let parsed = Dict::new();
    parsed.insert("Error", error);
    parsed.insert("ResponseMetadata", Dict::new());
    parsed
}

/// What Python's `http.client` calls a status.
fn reason(status: u16) -> &'static str {
    match status {
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// An error of the JSON protocol.
pub fn json_error(response: &Response) -> Result<Dict> {
    let body = json_body(response)?;
    let error = Dict::new();
    let message = body.get("message").or_else(|| body.get("Message"));
    let message = message.map_or(Ok(Value::from("")), plain)?;
    error.insert("Message", message);
    let status = response.status.to_string();
    let code = body
        .get("__type")
        .and_then(|it| it.as_str())
        .unwrap_or(&status);
    let code = code.split(':').next().unwrap_or(code);
    let code = code.rsplit('#').next().unwrap_or(code);
    error.insert("Code", code);
    let query = response.header("x-amzn-query-error");
    if let Some((query, kind)) = query.and_then(|it| it.split_once(';'))
        && !query.is_empty()
    {
        error.insert("QueryErrorCode", code);
        error.insert("Type", kind);
        error.insert("Code", query);
    }
    let metadata = Dict::new();
    if let Some(id) = response.header("x-amzn-requestid") {
        metadata.insert("RequestId", id);
    }
    let parsed = Dict::new();
    parsed.insert("Error", error);
    parsed.insert("ResponseMetadata", metadata);
    Ok(parsed)
}

/// An error of the REST protocol with JSON.
pub fn rest_json_error(response: &Response) -> Result<Dict> {
    let parsed = json_error(response)?;
    let body = json_body(response)?;
    let header = response.header("x-amzn-errortype");
    let code = body.get("code").or_else(|| body.get("Code"));
    let code = header.or_else(|| code.and_then(|it| it.as_str()));
    if let (Some(code), Some(error)) = (code, member(&parsed, "Error")) {
        let code = code.split(':').next().unwrap_or(code);
        error.insert("Code", code.rsplit('#').next().unwrap_or(code));
    }
    Ok(parsed)
}

/// An error in CBOR, which is not read yet: `Untranslated`.
pub fn cbor_error(response: &Response) -> Result<Dict> {
    let text = format!("an error in CBOR with the status {}", response.status);
    Err(super::error::untranslated(text))
}

/// An error of the query protocol.
pub fn query_error(response: &Response) -> Result<Dict> {
    xml_error(&document(&response.body)?, "RequestId")
}

/// An error of EC2's protocol.
pub fn ec2_error(response: &Response) -> Result<Dict> {
    xml_error(&document(&response.body)?, "RequestID")
}

fn xml_error(root: &Element, request_id: &str) -> Result<Dict> {
    let parsed = texts(root);
    if let Some(errors) = member(&parsed, "Errors") {
        parsed.remove("Errors");
        for (name, value) in errors.pairs() {
            parsed.insert(name, value);
        }
    }
    if let Some(id) = parsed.find(request_id) {
        parsed.remove(request_id);
        let metadata = Dict::new();
        metadata.insert("RequestId", id);
        parsed.insert("ResponseMetadata", metadata);
    }
    Ok(parsed)
}

/// An error of the REST protocol with XML.
pub fn rest_xml_error(response: &Response) -> Result<Dict> {
    let root = match document(&response.body) {
        Ok(root) if !response.body.is_empty() => root,
        _ => return Ok(status_error(response)),
    };
    if root.name != "Error" {
        let parsed = xml_error(&root, "RequestId")?;
        let error = Dict::new();
        error.insert("Message", "");
        error.insert("Code", "");
        for (name, value) in member(&parsed, "Error").unwrap_or_default().pairs() {
            error.insert(name, value);
        }
        let ordered = Dict::new();
        ordered.insert("Error", error);
        for (name, value) in parsed.pairs() {
            if name != "Error" {
                ordered.insert(name, value);
            }
        }
        return Ok(ordered);
    }
    let error = texts(&root);
    error.remove("RequestId");
    error.remove("HostId");
    let parsed = Dict::new();
    parsed.insert("Error", error);
    parsed.insert("ResponseMetadata", parsers::rest_metadata(response));
    Ok(parsed)
}

fn status_error(response: &Response) -> Dict {
    let parsed = generic_error(response);
    let metadata = Dict::new();
    let header = |name: &str| response.header(name).unwrap_or_default();
    metadata.insert("RequestId", header("x-amz-request-id"));
    metadata.insert("HostId", header("x-amz-id-2"));
    parsed.insert("ResponseMetadata", metadata);
    parsed
}

/// The elements below one by their names: their texts, or what is below them.
fn texts(element: &Element) -> Dict {
    let found = Dict::new();
    for child in &element.children {
        if child.children.is_empty() {
            let text = Some(child.text.clone()).filter(|text| !text.is_empty());
            found.insert(child.name.as_str(), text);
        } else {
            found.insert(child.name.as_str(), texts(child));
        }
    }
    found
}
