//! Which service a request is for.
//!
//! Source: "Signature Version 4" (the credential's scope names region and service) and the
//! protocols of Smithy (`X-Amz-Target`, the path of RPC v2, `Action` and `Version` of the query
//! protocol) for requests that carry no signature.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::request::Parts;

use super::decode::{self, Decoded};
use crate::aws::{Service, catalogue};

/// What a request to AWS was.
#[derive(Debug)]
pub(super) struct Identified {
    /// The service, where the catalogue has it and the request could be read as one of its own.
    pub(super) service: Option<&'static Service>,
    /// boto3's name of the service, else the signature's.
    pub(super) name: String,
    /// The region of the signature.
    pub(super) region: Option<String>,
    /// The operation and its parameters, where it was recognised.
    pub(super) decoded: Option<Decoded>,
}

/// Services by the name in their signatures.
static SIGNING: LazyLock<BTreeMap<&str, Vec<&Service>>> = LazyLock::new(|| {
    let mut names: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for service in catalogue()
        .service_names()
        .filter_map(|name| catalogue().service(name))
    {
        let name = service
            .signing_name
            .as_ref()
            .unwrap_or(&service.endpoint_prefix);
        names.entry(name).or_default().push(service);
    }
    names
});

/// Reads a request to AWS.
pub(super) fn identify(head: &Parts, body: &[u8]) -> Identified {
    let scope = scope(head);
    let name = scope.as_ref().map(|(_, service)| service.as_str());
    let host = name.is_none().then(|| host_service(head)).flatten();
    let decode = |service: &'static Service| Some((service, decode::decode(service, head, body)?));
    // Most names in signatures are boto3's, and unpacking all services takes a while.
    let direct = name
        .or(host.as_deref())
        .and_then(|name| catalogue().service(name));
    let found = direct.and_then(decode).or_else(|| match name {
        Some(name) => SIGNING.get(name)?.iter().copied().find_map(decode),
        None => SIGNING.values().flatten().copied().find_map(decode),
    });
    let (service, decoded) = found.unzip();
    let name = service
        .map(|service| service.name.as_str())
        .or(name)
        .or(host.as_deref());
    Identified {
        service,
        name: name.unwrap_or("unknown").to_owned(),
        region: scope.as_ref().map(|(region, _)| region.clone()),
        decoded,
    }
}

/// Region and service of the signature, in the header or, presigned, in the query.
fn scope(head: &Parts) -> Option<(String, String)> {
    let header = head
        .headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let query = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "X-Amz-Credential")
        .map(|(_, value)| value.into_owned());
    let credential = match header.and_then(|header| header.split_once("Credential=")) {
        Some((_, credential)) => credential.split(',').next()?.to_owned(),
        None => query?,
    };
    let mut parts = credential.rsplit('/').skip(1);
    let service = parts.next()?.to_owned();
    Some((parts.next()?.to_owned(), service))
}

/// What an AWS host name says of the service: its first label, such as `cognito-idp`, unless that
/// is a bucket.
fn host_service(head: &Parts) -> Option<String> {
    let host = head.headers.get("host")?.to_str().ok()?;
    if !host.contains("amazonaws.") {
        return None;
    }
    let mut labels = host.split('.');
    let first = labels.next()?;
    let is_bucket = labels.any(|label| label == "s3" || label.starts_with("s3-"));
    Some(if is_bucket { "s3" } else { first }.to_owned())
}
