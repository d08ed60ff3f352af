//! Errors as a service would send them.
//!
//! Source: "Common Errors" of the services' API references, and the error formats of the protocols
//! that Smithy specifies.

use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, Uri};
use bytes::Bytes;
use serde_json::{Value, json};

use super::Fault;
use super::decode::{Decoded, Protocol};
use crate::aws::Service;

/// A code, its message and its status.
struct Failure {
    code: &'static str,
    message: &'static str,
    status: StatusCode,
}

/// The answer that a service gives for a fault; nothing for those that are no error of its own.
pub(super) fn answer(
    fault: Fault,
    service: &Service,
    protocol: Protocol,
) -> Option<(Response<()>, Bytes)> {
    let failure = failure(fault, service, protocol)?;
    let (kind, body) = written(&failure, service, protocol);
    let mut response = Response::new(());
    *response.status_mut() = failure.status;
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(kind));
    headers.insert("x-amzn-requestid", HeaderValue::from_static(REQUEST));
    match protocol {
        Protocol::Json | Protocol::RestJson => {
            headers.insert("x-amzn-errortype", HeaderValue::from_static(failure.code));
        }
        Protocol::Cbor => {
            headers.insert("smithy-protocol", HeaderValue::from_static("rpc-v2-cbor"));
        }
        _ => {}
    }
    Some((response, body))
}

const REQUEST: &str = "00000000-0000-4000-8000-000000000000";

fn failure(fault: Fault, service: &Service, protocol: Protocol) -> Option<Failure> {
    let s3 = service.name == "s3";
    let xml = matches!(
        protocol,
        Protocol::Query | Protocol::Ec2 | Protocol::RestXml
    );
    let (code, message, status) = match fault {
        Fault::Throttle if s3 => ("SlowDown", "Please reduce your request rate.", 503),
        Fault::Throttle if service.name == "dynamodb" => (
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.",
            400,
        ),
        Fault::Throttle if protocol == Protocol::Ec2 => {
            ("RequestLimitExceeded", "Request limit exceeded.", 503)
        }
        Fault::Throttle if xml => ("Throttling", "Rate exceeded", 400),
        Fault::Throttle => ("ThrottlingException", "Rate exceeded", 400),
        Fault::Denied if xml => ("AccessDenied", "Access Denied", 403),
        Fault::Denied => (
            "AccessDeniedException",
            "User is not authorized to perform this operation",
            400,
        ),
        Fault::Error if s3 => (
            "InternalError",
            "We encountered an internal error. Please try again.",
            500,
        ),
        Fault::Error if xml => ("InternalFailure", "The request processing has failed.", 500),
        Fault::Error => ("InternalServerError", "Internal server error", 500),
        Fault::Timeout | Fault::Truncated | Fault::Slow => return None,
    };
    let status = StatusCode::from_u16(status).ok()?;
    Some(Failure {
        code,
        message,
        status,
    })
}

fn written(failure: &Failure, service: &Service, protocol: Protocol) -> (&'static str, Bytes) {
    let Failure { code, message, .. } = failure;
    match protocol {
        Protocol::Json | Protocol::RestJson => {
            let body = json!({"__type": code, "message": message}).to_string();
            ("application/x-amz-json-1.0", body.into())
        }
        Protocol::Cbor => {
            let mut body = Vec::new();
            let value = json!({"__type": code, "message": message});
            // Writing to memory does not fail.
            let _ = ciborium::into_writer(&value, &mut body);
            ("application/cbor", body.into())
        }
        Protocol::Ec2 => {
            let body = format!(
                "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error>\
                 </Errors><RequestID>{REQUEST}</RequestID></Response>"
            );
            ("text/xml", body.into())
        }
        Protocol::RestXml if service.name == "s3" => {
            let body = format!(
                "<Error><Code>{code}</Code><Message>{message}</Message>\
                 <RequestId>{REQUEST}</RequestId></Error>"
            );
            ("application/xml", body.into())
        }
        Protocol::Query | Protocol::RestXml => {
            let body = format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>\
                 <Message>{message}</Message></Error><RequestId>{REQUEST}</RequestId>\
                 </ErrorResponse>"
            );
            ("text/xml", body.into())
        }
    }
}

/// Makes a request ask for one item, where its operation has pages and the code set no size.
pub(super) fn truncate(service: &Service, decoded: &Decoded, head: &mut Parts, body: &mut Bytes) {
    let operation = decoded.operation;
    let paginator = service.paginator(&operation.method);
    let Some(limit) = paginator.and_then(|paginator| paginator.limit_key.as_ref()) else {
        return;
    };
    if decoded.parameters.get(limit).is_some() {
        return;
    }
    match decoded.protocol {
        Protocol::Json => {
            if let Ok(Value::Object(mut members)) = serde_json::from_slice(body) {
                members.insert(limit.clone(), json!(1));
                *body = Value::Object(members).to_string().into();
            }
        }
        Protocol::Query | Protocol::Ec2 => {
            let mut form = body.to_vec();
            form.extend_from_slice(format!("&{limit}=1").as_bytes());
            *body = form.into();
        }
        Protocol::RestJson | Protocol::RestXml => {
            let shape = operation
                .input
                .as_ref()
                .and_then(|name| service.shape(name));
            let member = shape.and_then(|shape| shape.members.iter().find(|it| &it.name == limit));
            let name = member
                .and_then(|member| member.location_name.as_ref())
                .unwrap_or(limit);
            let separator = if head.uri.query().is_some() { '&' } else { '?' };
            if let Ok(uri) = Uri::try_from(format!("{}{separator}{name}=1", head.uri)) {
                head.uri = uri;
            }
        }
        Protocol::Cbor => {}
    }
}
