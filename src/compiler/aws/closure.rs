//! The shapes that an operation needs, and what of them cannot be done.

use std::collections::BTreeSet;

use crate::aws::{Member, Operation, Service, Shape};

use super::operation::Used;
use super::protocol::{Protocol, protocol};
use super::{Reason, Use};

/// A structure that has members of its own.
pub(super) fn is_structure(shape: &Shape) -> bool {
    shape.kind == "structure" && !shape.document
}

/// What a shape is: botocore and the SDK take S3's `Expires` for a point in time.
pub(super) fn kind<'a>(service: &Service, name: &str, shape: &'a Shape) -> &'a str {
    if service.name == "s3" && name == "Expires" {
        "timestamp"
    } else {
        &shape.kind
    }
}

/// The members of the input that can be given.
pub(super) fn given<'a>(input: &'a Shape, members: Option<&Vec<String>>) -> Vec<&'a Member> {
    let known = |member: &&Member| members.is_none_or(|names| names.contains(&member.name));
    input.members.iter().filter(known).collect()
}

/// The members of the output that are read.
pub(super) fn read<'a>(output: &'a Shape, read: Option<&BTreeSet<String>>) -> Vec<&'a Member> {
    let wanted = |member: &&Member| read.is_none_or(|names| names.contains(&member.name));
    output.members.iter().filter(wanted).collect()
}

/// The members of the input that are validated below their names.
pub(super) fn whole<'a>(service: &'a Service, used: &Used) -> Vec<&'a Member> {
    if used.is_trimmed() {
        return used.given(service);
    }
    let input = used
        .operation
        .input
        .as_deref()
        .and_then(|name| service.shape(name));
    input.map_or_else(Vec::new, |shape| shape.members.iter().collect())
}

/// Shapes by name that are reached from these, themselves included, scalars left out.
pub(super) fn reached<'a>(
    service: &'a Service,
    from: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let mut waiting: Vec<&str> = from.into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(shape) = service.shape(name).filter(|shape| is_compound(shape)) else {
            continue;
        };
        if found.insert(name) {
            waiting.extend(below(shape));
        }
    }
    found
}

fn is_compound(shape: &Shape) -> bool {
    is_structure(shape) || shape.kind == "list" || shape.kind == "map"
}

fn below(shape: &Shape) -> impl Iterator<Item = &str> {
    let references = shape.member.iter().chain(&shape.key).chain(&shape.value);
    let members = shape.members.iter().map(|member| member.shape.as_str());
    members.chain(references.map(|reference| reference.shape.as_str()))
}

/// Refuses shapes that cannot be converted.
pub(super) fn refuse(service: &Service, operation: &Operation, use_: &Use) -> Result<(), Reason> {
    let input = operation
        .input
        .as_deref()
        .and_then(|name| service.shape(name));
    let given = input.map(|shape| given(shape, use_.members.as_ref()));
    let output = operation
        .output
        .as_deref()
        .and_then(|name| service.shape(name));
    let read = output.map(|shape| read(shape, use_.read.as_ref()));
    for member in given.into_iter().flatten() {
        refuse_below(service, member, true)?;
    }
    for member in read.into_iter().flatten() {
        refuse_below(service, member, false)?;
    }
    Ok(())
}

fn refuse_below(service: &Service, top: &Member, input: bool) -> Result<(), Reason> {
    refuse_member(service, top, input)?;
    let reached = reached(service, [top.shape.as_str()]);
    for name in &reached {
        let members = service.shape(name).map(|shape| &shape.members);
        for member in members.into_iter().flatten() {
            refuse_member(service, member, input)?;
        }
        if input && holds_itself(service, name) {
            return Err(Reason(format!(
                "parameters of the recursive shape `{name}`"
            )));
        }
    }
    Ok(())
}

fn refuse_member(service: &Service, member: &Member, input: bool) -> Result<(), Reason> {
    let Some(shape) = service.shape(&member.shape) else {
        return Err(Reason(format!(
            "the model lacks the shape `{}`",
            member.shape
        )));
    };
    let xml = matches!(
        protocol(service),
        Protocol::RestXml | Protocol::Query | Protocol::Ec2
    );
    let what = if shape.eventstream {
        "a stream of events"
    } else if shape.document {
        "a JSON document"
    } else if member.json_value {
        "a value written as JSON"
    } else if !input && xml && member.xml_attribute && shape.kind != "string" {
        "an attribute that is no string"
    } else if !input && xml && member.flattened && shape.kind != "list" {
        "a map without an element of its own"
    } else {
        return Ok(());
    };
    Err(Reason(format!("`{}` is {what}", member.name)))
}

/// Whether a structure holds itself without a list or map between: the SDK boxes one of them.
fn holds_itself(service: &Service, name: &str) -> bool {
    let mut waiting = vec![name];
    let mut seen = BTreeSet::new();
    while let Some(next) = waiting.pop() {
        let Some(shape) = service.shape(next).filter(|shape| is_structure(shape)) else {
            continue;
        };
        for member in &shape.members {
            if member.shape == name {
                return true;
            }
            if seen.insert(member.shape.as_str()) {
                waiting.push(&member.shape);
            }
        }
    }
    false
}
