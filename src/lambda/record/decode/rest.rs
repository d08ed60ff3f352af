//! The REST protocols: operations by method and path, parameters in path, query, headers and body.

use axum::http::request::Parts;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::value::{normal, put, scalar};
use super::{chunked, xml};
use crate::aws::{Member, Operation, Service};
use crate::lambda::record::http::text;

type Pairs = Vec<(String, String)>;

/// The operation of a request and its parameters.
pub(super) fn read(
    service: &'static Service,
    head: &Parts,
    body: &[u8],
    xml: bool,
) -> Option<(&'static Operation, Value)> {
    let path = path(head);
    let query: Pairs = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let candidates = service.operations().iter().filter_map(|operation| {
        if operation.http_method != head.method.as_str() {
            return None;
        }
        let (labels, literal) = labels(operation, &path, &query)?;
        let named = required(service, operation, head, &query)?;
        Some(((literal, named), operation, labels))
    });
    // Of equals the first: S3 Express has operations of S3's own form under other hosts.
    let (_, operation, labels) = candidates.rev().max_by_key(|(rank, ..)| *rank)?;
    let Some(shape) = operation
        .input
        .as_ref()
        .and_then(|name| service.shape(name))
    else {
        return Some((operation, Value::Object(Map::new())));
    };
    let mut parameters = Map::new();
    for member in &shape.members {
        let name = member.location_name.as_ref().unwrap_or(&member.name);
        let of = service.shape(&member.shape)?;
        let value = match member.location.as_deref() {
            Some("uri") => {
                let label = labels.iter().find(|(label, _)| label == name);
                label.map(|(_, text)| scalar(of, text.clone()))
            }
            Some("querystring") => in_query(service, member, name, &query),
            // Clients count it, whether the code said it or not.
            Some("header") if name == "Content-Length" => None,
            Some("header") => {
                let value = head.headers.get(name).and_then(|value| value.to_str().ok());
                value.map(|text| scalar(of, text.to_owned()))
            }
            Some("headers") => prefixed(head, name),
            _ => None,
        };
        put(&mut parameters, &member.name, value);
    }
    let decoded = chunked::contents(&head.headers, body);
    if decoded.is_some() {
        unchunk(&mut parameters);
    }
    let body = decoded.as_deref().unwrap_or(body);
    if body.is_empty() {
        return Some((operation, Value::Object(parameters)));
    }
    match &shape.payload {
        Some(payload) => {
            let member = shape
                .members
                .iter()
                .find(|member| &member.name == payload)?;
            let of = service.shape(&member.shape)?;
            let value = match of.kind.as_str() {
                "blob" | "string" => Some(text(body).into()),
                _ => content(service, &member.shape, body, xml),
            };
            put(&mut parameters, payload, value);
        }
        None => {
            let input = operation.input.as_deref()?;
            if let Some(Value::Object(members)) = content(service, input, body, xml) {
                parameters.extend(members);
            }
        }
    }
    Some((operation, Value::Object(parameters)))
}

fn content(service: &Service, shape: &str, body: &[u8], xml: bool) -> Option<Value> {
    if xml {
        return xml::Element::read(body)?.value(service, shape);
    }
    Some(normal(service, shape, serde_json::from_slice(body).ok()?))
}

/// The path; of a bucket's own host with the bucket before it, as in the models.
fn path(head: &Parts) -> String {
    let path = head.uri.path();
    let host = head.headers.get("host").and_then(|host| host.to_str().ok());
    let bucket = host.and_then(|host| {
        let (bucket, rest) = host.split_once(".s3")?;
        (rest.starts_with(['.', '-']) && rest.contains("amazonaws.")).then_some(bucket)
    });
    match bucket {
        Some(bucket) => format!("/{bucket}{path}"),
        None => path.to_owned(),
    }
}

/// The labels of an operation's URI and the number of its literal parts, where a path and a query
/// fit it. Labels of the query's literals are not given.
fn labels(operation: &Operation, path: &str, query: &Pairs) -> Option<(Pairs, usize)> {
    let (pattern, literals) = operation
        .uri
        .split_once('?')
        .unwrap_or((&operation.uri, ""));
    let mut literal = 0;
    for (name, value) in form_urlencoded::parse(literals.as_bytes()) {
        query
            .iter()
            .find(|(key, sent)| *key == name && (value.is_empty() || *sent == value))?;
        literal += 1;
    }
    let trim = |path: &str| {
        path.trim_start_matches('/')
            .trim_end_matches('/')
            .to_owned()
    };
    let (pattern, path) = (trim(pattern), path.trim_start_matches('/'));
    let mut rest = Some(path).filter(|path| !path.is_empty());
    let mut labels = Vec::new();
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let sent = rest?;
        let label = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        let Some(label) = label else {
            let (first, after) = cut(sent);
            if first != part {
                return None;
            }
            (rest, literal) = (after, literal + 1);
            continue;
        };
        let (text, after) = match label.strip_suffix('+') {
            Some(_) => (sent, None),
            None => cut(sent),
        };
        if text.is_empty() {
            return None;
        }
        labels.push((
            label.trim_end_matches('+').to_owned(),
            percent_decode_str(text).decode_utf8_lossy().into_owned(),
        ));
        rest = after;
    }
    rest.is_none_or(str::is_empty).then_some((labels, literal))
}

fn cut(path: &str) -> (&str, Option<&str>) {
    match path.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

/// How many members of query and headers an operation requires; nothing when one is not there.
fn required(
    service: &Service,
    operation: &Operation,
    head: &Parts,
    query: &Pairs,
) -> Option<usize> {
    let Some(shape) = operation
        .input
        .as_ref()
        .and_then(|name| service.shape(name))
    else {
        return Some(0);
    };
    let mut count = 0;
    for member in shape
        .members
        .iter()
        .filter(|it| shape.required.contains(&it.name))
    {
        let name = member.location_name.as_ref().unwrap_or(&member.name);
        let there = match member.location.as_deref() {
            Some("querystring") => query.iter().any(|(key, _)| key == name),
            Some("header") => head.headers.contains_key(name),
            _ => continue,
        };
        if !there {
            return None;
        }
        count += 1;
    }
    Some(count)
}

fn in_query(service: &Service, member: &Member, name: &str, query: &Pairs) -> Option<Value> {
    let shape = service.shape(&member.shape)?;
    let mut values = query
        .iter()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value.clone());
    match (shape.kind.as_str(), &shape.member) {
        ("list", Some(of)) => {
            let of = service.shape(&of.shape)?;
            let items: Vec<_> = values.map(|text| scalar(of, text)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        _ => values.next().map(|text| scalar(shape, text)),
    }
}

/// Headers with a prefix, such as `x-amz-meta-`, as a map.
fn prefixed(head: &Parts, prefix: &str) -> Option<Value> {
    let prefix = prefix.to_ascii_lowercase();
    let entries: Map<_, _> = head
        .headers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix(&prefix)?;
            Some((name.to_owned(), value.to_str().ok()?.into()))
        })
        .collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

/// Takes out of the parameters what only the encoding in chunks put there.
fn unchunk(parameters: &mut Map<String, Value>) {
    let encoding = parameters
        .get("ContentEncoding")
        .and_then(Value::as_str)
        .map(|encoding| {
            let parts = encoding.split(',').map(str::trim);
            parts
                .filter(|part| *part != "aws-chunked")
                .collect::<Vec<_>>()
                .join(",")
        });
    match encoding {
        Some(encoding) if !encoding.is_empty() => {
            parameters.insert("ContentEncoding".to_owned(), encoding.into());
        }
        _ => drop(parameters.remove("ContentEncoding")),
    }
}
