//! What Lambda's Python runtime does around the handler.

use std::io::{Read, Write};
use std::net::TcpStream;

use lambda_runtime::{Context, Diagnostic};
use serde::Serialize;
use serde_json::value::RawValue;

use super::error::Error;
use super::invocation::Invocation;
use super::json;
use super::value::Value;

/// An invocation that failed: an exception's class and text.
#[derive(Debug)]
pub struct Failure {
    error_type: String,
    error_message: String,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error_type: error.class().name.to_owned(),
            error_message: error.to_string(),
        }
    }
}

impl From<Failure> for Diagnostic {
    fn from(failure: Failure) -> Self {
        Self {
            error_type: failure.error_type,
            error_message: failure.error_message,
        }
    }
}

/// What the program knows of an invocation.
pub fn invocation(context: &Context) -> Invocation {
    Invocation {
        request_id: context.request_id.clone(),
        deadline: i64::try_from(context.deadline).unwrap_or(i64::MAX),
        function_arn: context.invoked_function_arn.clone(),
        trace_id: context.xray_trace_id.clone(),
        client_context: as_value(context.client_context.as_ref()),
        identity: as_value(context.identity.as_ref()),
        ..Invocation::default()
    }
}

fn as_value(sent: Option<&impl Serialize>) -> Value {
    let text = sent.and_then(|sent| serde_json::to_vec(sent).ok());
    let value = text.and_then(|text| json::loads_event(&text).ok());
    value.unwrap_or_default()
}

/// The event of an invocation.
pub fn event(payload: &RawValue) -> Result<Value, Failure> {
    Ok(json::loads_event(payload.get().as_bytes())?)
}

/// The answer to an invocation. Runtimes up to Python 3.11 escape what is not ASCII.
pub fn answer(value: &Value, ensure_ascii: bool) -> Result<Box<RawValue>, Failure> {
    let text = json::dumps_result(value, ensure_ascii)?;
    RawValue::from_string(text).map_err(|error| Failure {
        error_type: "Runtime.MarshalError".to_owned(),
        error_message: error.to_string(),
    })
}

/// Tells Lambda why the function could not be started; the program then ends.
pub fn init_failed(error: &Error) -> lambda_runtime::Error {
    // Where Lambda cannot be told, the end of the program tells it.
    let _ = post_init_error(error);
    format!("{}: {error}", error.class().name).into()
}

fn post_init_error(error: &Error) -> std::io::Result<()> {
    let host = std::env::var("AWS_LAMBDA_RUNTIME_API").map_err(std::io::Error::other)?;
    let body = serde_json::json!({
        "errorType": error.class().name,
        "errorMessage": error.to_string(),
        "stackTrace": [],
    })
    .to_string();
    let mut stream = TcpStream::connect(&host)?;
    write!(
        stream,
        "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: {host}\r\n\
         Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: Unhandled\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}
