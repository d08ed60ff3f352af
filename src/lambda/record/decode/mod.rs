//! A request's operation and parameters, in one form for all protocols.
//!
//! Source: the protocols as Smithy specifies them (`aws.protocols`), and botocore's serializers.

mod cbor;
mod chunked;
mod form;
mod json;
mod rest;
mod value;
mod xml;

use axum::http::request::Parts;
use serde_json::{Map, Value};

use crate::aws::{Operation, Service};

/// What a request asks for.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) operation: &'static Operation,
    pub(super) parameters: Value,
    pub(super) protocol: Protocol,
}

/// How it was said, which is how an error must be said too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Json,
    RestJson,
    RestXml,
    Query,
    Ec2,
    Cbor,
}

/// Reads a request as one of `service`'s; nothing when it is none.
pub(super) fn decode(service: &'static Service, head: &Parts, body: &[u8]) -> Option<Decoded> {
    let target = head
        .headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let (protocol, operation, parameters) = if let Some(target) = target {
        let (prefix, name) = target.rsplit_once('.')?;
        if service.target_prefix.as_deref() != Some(prefix) {
            return None;
        }
        let operation = service.operation(name)?;
        (
            Protocol::Json,
            operation,
            json::parameters(service, operation, body)?,
        )
    } else if let Some(name) = cbor::operation(head) {
        let operation = service.operation(name)?;
        (
            Protocol::Cbor,
            operation,
            cbor::parameters(service, operation, body)?,
        )
    } else if speaks(service, &["query", "ec2"]) {
        let form = form::Form::read(head, body)?;
        if form.version() != Some(&service.api_version) {
            return None;
        }
        let operation = service.operation(form.action()?)?;
        let ec2 = speaks(service, &["ec2"]);
        let protocol = if ec2 { Protocol::Ec2 } else { Protocol::Query };
        (
            protocol,
            operation,
            form.parameters(service, operation, ec2),
        )
    } else if speaks(service, &["rest-xml", "rest-json"]) {
        let xml = speaks(service, &["rest-xml"]);
        let protocol = if xml {
            Protocol::RestXml
        } else {
            Protocol::RestJson
        };
        let (operation, parameters) = rest::read(service, head, body, xml)?;
        (protocol, operation, parameters)
    } else {
        return None;
    };
    Some(Decoded {
        operation,
        parameters: without_additions(parameters),
        protocol,
    })
}

fn speaks(service: &Service, protocols: &[&str]) -> bool {
    service
        .protocols
        .iter()
        .any(|protocol| protocols.contains(&protocol.as_str()))
}

/// Without what SDKs add by themselves, which depends on the SDK and its version: checksums, and the
/// encoding of names in S3's lists, which botocore undoes.
fn without_additions(parameters: Value) -> Value {
    let Value::Object(parameters) = parameters else {
        return parameters;
    };
    let kept = parameters
        .into_iter()
        .filter(|(name, value)| match name.as_str() {
            "ChecksumAlgorithm" => !matches!(value.as_str(), Some("CRC32" | "CRC64NVME")),
            "ChecksumCRC32" | "ChecksumCRC64NVME" | "ContentMD5" => false,
            "ChecksumMode" => value != "ENABLED",
            "EncodingType" => value != "url",
            _ => true,
        });
    Value::Object(kept.collect::<Map<_, _>>())
}
