//! Answers of AWS services as botocore reads them.

use aws_smithy_types::byte_stream::ByteStream;
use serde_json::{Map as JsonMap, Value as Json};

use super::botocore_call::{Call, Response};
use super::botocore_model::{Place, Shape, Structure};
use super::botocore_values::{from_text, json_members, json_value, xml_members, xml_value};
use super::botocore_xml::document;
use super::dict::Dict;
use super::error::{Result, untranslated};
use super::streaming_body::StreamingBody;
use super::value::Value;

/// An answer of the JSON protocol.
pub fn json(call: &Call, shape: &Structure) -> Result<Dict> {
    let body = json_body(&call.response())?;
    json_members(&body, shape, false)
}

/// An answer of the JSON protocol with `ResponseMetadata`.
pub fn json_in_full(call: &Call, shape: &Structure) -> Result<Dict> {
    let answer = json(call, shape)?;
    let response = call.response();
    let metadata = Dict::new();
    if let Some(id) = response.header("x-amzn-requestid") {
        metadata.insert("RequestId", id);
    }
    answer.insert("ResponseMetadata", completed(metadata, call));
    Ok(answer)
}

/// An answer of the REST protocol with JSON.
pub fn rest_json(call: &Call, shape: &Structure) -> Result<Dict> {
    let response = call.response();
    let answer = Dict::new();
    outside(&answer, &response, shape)?;
    let Some(payload) = shape.payload else {
        let body = json_body(&response)?;
        return extended(answer, &json_members(&body, shape, true)?);
    };
    if let Some(member) = shape.member(payload) {
        let value = match member.shape {
            Shape::Blob | Shape::String(_) => whole(response, &member.shape)?,
            _ => json_value(&Json::Object(json_body(&response)?), &member.shape, true)?,
        };
        answer.insert(payload, value);
    }
    Ok(answer)
}

/// An answer of the REST protocol with JSON and `ResponseMetadata`.
pub fn rest_json_in_full(call: &Call, shape: &Structure) -> Result<Dict> {
    in_full(call, rest_json(call, shape)?)
}

/// An answer of the REST protocol with JSON whose body is streamed.
pub fn rest_json_streamed(call: &Call, shape: &Structure, body: ByteStream) -> Result<Dict> {
    streamed(call, shape, body)
}

/// An answer of the REST protocol with JSON and `ResponseMetadata` whose body is streamed.
pub fn rest_json_streamed_in_full(
    call: &Call,
    shape: &Structure,
    body: ByteStream,
) -> Result<Dict> {
    in_full(call, streamed(call, shape, body)?)
}

/// An answer of the REST protocol with XML.
pub fn rest_xml(call: &Call, shape: &Structure) -> Result<Dict> {
    let response = call.response();
    let answer = Dict::new();
    outside(&answer, &response, shape)?;
    let Some(payload) = shape.payload else {
        let root = document(&response.body)?;
        return extended(answer, &xml_members(&root, shape)?);
    };
    if let Some(member) = shape.member(payload) {
        let value = match member.shape {
            Shape::Blob | Shape::String(_) => whole(response, &member.shape)?,
            _ => xml_value(&[&document(&response.body)?], &member.shape)?,
        };
        answer.insert(payload, value);
    }
    Ok(answer)
}

/// An answer of the REST protocol with XML and `ResponseMetadata`.
pub fn rest_xml_in_full(call: &Call, shape: &Structure) -> Result<Dict> {
    in_full(call, rest_xml(call, shape)?)
}

/// An answer of the REST protocol with XML whose body is streamed.
pub fn rest_xml_streamed(call: &Call, shape: &Structure, body: ByteStream) -> Result<Dict> {
    streamed(call, shape, body)
}

/// An answer of the REST protocol with XML and `ResponseMetadata` whose body is streamed.
pub fn rest_xml_streamed_in_full(call: &Call, shape: &Structure, body: ByteStream) -> Result<Dict> {
    let metadata = rest_metadata(&call.response());
    let response = call.response();
    complete(&metadata, &response);
    let algorithms = ["crc32", "sha256", "sha1"].into_iter();
    let mut checked = algorithms.filter(|name| {
        let header = response.header(&format!("x-amz-checksum-{name}"));
        header.is_some_and(|value| !value.contains('-'))
    });
    if let Some(algorithm) = checked.next() {
        metadata.insert("ChecksumAlgorithm", algorithm);
    }
    let full = Dict::new();
    full.insert("ResponseMetadata", completed(metadata, call));
    extended(full, &streamed(call, shape, body)?)
}

/// An answer of the query protocol, whose members are in an element of a name.
pub fn query(call: &Call, shape: &Structure, wrapper: &str) -> Result<Dict> {
    let root = document(&call.response().body)?;
    let inner = root.named(wrapper);
    xml_members(inner.first().copied().unwrap_or(&root), shape)
}

/// An answer of the query protocol with `ResponseMetadata`.
pub fn query_in_full(call: &Call, shape: &Structure, wrapper: &str) -> Result<Dict> {
    let answer = query(call, shape, wrapper)?;
    let root = document(&call.response().body)?;
    let metadata = Dict::new();
    if let Some(found) = root.named("ResponseMetadata").first() {
        for child in &found.children {
            metadata.insert(child.name.as_str(), child.text.as_str());
        }
    }
    answer.insert("ResponseMetadata", completed(metadata, call));
    Ok(answer)
}

/// An answer of EC2's protocol.
pub fn ec2(call: &Call, shape: &Structure) -> Result<Dict> {
    xml_members(&document(&call.response().body)?, shape)
}

/// An answer of EC2's protocol with `ResponseMetadata`.
pub fn ec2_in_full(call: &Call, shape: &Structure) -> Result<Dict> {
    let answer = ec2(call, shape)?;
    let root = document(&call.response().body)?;
    let metadata = Dict::new();
    if let Some(found) = root.named("requestId").first() {
        metadata.insert("RequestId", found.text.as_str());
    }
    answer.insert("ResponseMetadata", completed(metadata, call));
    Ok(answer)
}

/// The members of an error besides its code and message.
pub fn error_members(response: &Response, shape: &Structure) -> Result<Dict> {
    if response.body.trim_ascii().starts_with(b"<") {
        let root = document(&response.body)?;
        let inner = root.named("Error");
        return xml_members(inner.first().copied().unwrap_or(&root), shape);
    }
    let body = json_body(response)?;
    let answer = Dict::new();
    outside(&answer, response, shape)?;
    extended(answer, &json_members(&body, shape, false)?)
}

/// What every `ResponseMetadata` has.
pub fn complete(metadata: &Dict, response: &Response) {
    metadata.insert("HTTPStatusCode", i64::from(response.status));
    let headers = Dict::new();
    for (name, value) in &response.headers {
        headers.insert(name.as_str(), value.as_str());
    }
    metadata.insert("HTTPHeaders", headers);
}

fn completed(metadata: Dict, call: &Call) -> Dict {
    complete(&metadata, &call.response());
    metadata.insert("RetryAttempts", call.retries());
    metadata
}

/// The ids that the REST protocols have in headers.
pub fn rest_metadata(response: &Response) -> Dict {
    let metadata = Dict::new();
    if let Some(id) = response.header("x-amzn-requestid") {
        metadata.insert("RequestId", id);
    } else if let Some(id) = response.header("x-amz-request-id") {
        metadata.insert("RequestId", id);
        metadata.insert("HostId", response.header("x-amz-id-2").unwrap_or_default());
    }
    metadata
}

/// An answer of the REST protocols with `ResponseMetadata`.
pub fn in_full(call: &Call, answer: Dict) -> Result<Dict> {
    let metadata = completed(rest_metadata(&call.response()), call);
    let full = Dict::new();
    full.insert("ResponseMetadata", metadata);
    extended(full, &answer)
}

fn streamed(call: &Call, shape: &Structure, body: ByteStream) -> Result<Dict> {
    let answer = Dict::new();
    outside(&answer, &call.response(), shape)?;
    if let Some(payload) = shape.payload {
        answer.insert(payload, Value::from(StreamingBody::new(body)));
    }
    Ok(answer)
}

fn extended(answer: Dict, more: &Dict) -> Result<Dict> {
    for (name, value) in more.pairs() {
        answer.insert(name, value);
    }
    Ok(answer)
}

/// A body that is one member: boto3 gives blobs as streams.
fn whole(response: Response, shape: &Shape) -> Result<Value> {
    match shape {
        Shape::Blob => Ok(Value::from(StreamingBody::new(ByteStream::from(
            response.body,
        )))),
        _ => {
            let text = String::from_utf8(response.body);
            let text = text.map_err(|error| untranslated(error.to_string()))?;
            Ok(Value::from(text))
        }
    }
}

/// Reads the members that are not in the body.
fn outside(answer: &Dict, response: &Response, shape: &Structure) -> Result<()> {
    for member in shape.members {
        match member.place {
            Place::Status => {
                answer.insert(member.name, i64::from(response.status));
            }
            Place::Headers => {
                let prefix = member.wire.to_ascii_lowercase();
                let found = Dict::new();
                for (name, value) in &response.headers {
                    if let Some(name) = name.strip_prefix(&prefix) {
                        found.insert(name, value.as_str());
                    }
                }
                answer.insert(member.name, found);
            }
            Place::Header => {
                let value = response.header(&member.wire.to_ascii_lowercase());
                if let Some(value) = value {
                    answer.insert(member.name, from_text(value, &member.shape)?);
                }
            }
            Place::Body | Place::Attribute => (),
        }
    }
    Ok(())
}

/// A response's body as JSON; what is no JSON is taken for a message.
pub fn json_body(response: &Response) -> Result<JsonMap<String, Json>> {
    if response.body.is_empty() {
        return Ok(JsonMap::new());
    }
    match serde_json::from_slice(&response.body) {
        Ok(Json::Object(members)) => Ok(members),
        Ok(_) => Err(untranslated("an answer that is no JSON object")),
        Err(_) => {
            let text = String::from_utf8_lossy(&response.body).into_owned();
            Ok(std::iter::once(("message".to_owned(), Json::String(text))).collect())
        }
    }
}
