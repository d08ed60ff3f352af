//! The protocol that the SDK speaks with a service, by which answers are read.

use crate::aws::{Operation, Service};

use super::{Reason, Use};

/// How answers and errors are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Json,
    RestJson,
    Query,
    Ec2,
    RestXml,
    /// Its answers cannot be read yet.
    Cbor,
}

/// What the SDK prefers of what botocore lists: JSON, and CBOR only where the other way would be
/// the query protocol.
pub(super) fn protocol(service: &Service) -> Protocol {
    let speaks = |name: &str| service.protocols.iter().any(|it| it == name);
    let cbor = speaks("smithy-rpc-v2-cbor");
    if cbor && (speaks("query") || service.protocols.len() == 1) {
        return Protocol::Cbor;
    }
    match service
        .protocols
        .iter()
        .find(|it| *it != "smithy-rpc-v2-cbor")
    {
        Some(it) if it == "rest-json" => Protocol::RestJson,
        Some(it) if it == "query" => Protocol::Query,
        Some(it) if it == "ec2" => Protocol::Ec2,
        Some(it) if it == "rest-xml" => Protocol::RestXml,
        _ => Protocol::Json,
    }
}

/// Refuses to read answers in CBOR.
pub(super) fn refuse(service: &Service, operation: &Operation, use_: &Use) -> Result<(), Reason> {
    let reads = use_.read.as_ref().is_none_or(|read| !read.is_empty());
    if protocol(service) == Protocol::Cbor && operation.output.is_some() && reads {
        let name = &service.name;
        return Err(Reason(format!(
            "the SDK speaks CBOR with {name}, whose answers are not read yet"
        )));
    }
    Ok(())
}

impl Protocol {
    /// The function of `botocore_errors` that reads an error.
    pub(super) fn error_reader(self) -> &'static str {
        match self {
            Self::Json => "json_error",
            Self::RestJson => "rest_json_error",
            Self::Query => "query_error",
            Self::Ec2 => "ec2_error",
            Self::RestXml => "rest_xml_error",
            Self::Cbor => "cbor_error",
        }
    }

    /// The function of `botocore_parsers` that reads an answer.
    pub(super) fn reader(self) -> &'static str {
        match self {
            Self::Json | Self::Cbor => "json",
            Self::RestJson => "rest_json",
            Self::Query => "query",
            Self::Ec2 => "ec2",
            Self::RestXml => "rest_xml",
        }
    }
}
