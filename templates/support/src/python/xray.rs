//! The subsegments that the X-Ray SDK sends, of a program that traces itself. Those that Python
//! also sends for each AWS call and request are not sent, and exceptions have no stack.

use std::cell::RefCell;
use std::net::UdpSocket;

use super::dict::Dict;
use super::environ;
use super::error::{Class, EXCEPTION, Error, Result};
use super::json;
use super::list::List;
use super::value::Value;
use super::{logging, logging_methods, os, time};

/// `aws_xray_sdk.core.exceptions.exceptions.FacadeSegmentMutationException`
pub static FACADE_SEGMENT_MUTATION_EXCEPTION: Class =
    Class::new("FacadeSegmentMutationException", &[&EXCEPTION]);

/// A part of the work on an invocation.
#[derive(Debug)]
struct Subsegment {
    id: String,
    name: String,
    start_time: f64,
    annotations: Dict,
    /// By namespace.
    metadata: Dict,
    cause: Option<Dict>,
}

thread_local! {
    /// The subsegments that have begun, the innermost last.
    static OPEN: RefCell<Vec<Subsegment>> = const { RefCell::new(Vec::new()) };
}

/// What the header of an invocation that is traced says: its trace and its parent.
fn traced() -> Option<(String, String)> {
    let header = environ::find("_X_AMZN_TRACE_ID")?;
    let parts: Vec<_> = header
        .split(';')
        .filter_map(|part| part.split_once('='))
        .collect();
    let part = |wanted: &str| {
        let found = parts
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| (*value).to_owned())
    };
    let is_sampled = part("Sampled").as_deref() == Some("1");
    Some((part("Root")?, part("Parent")?)).filter(|_| is_sampled)
}

/// A random id of eight bytes.
fn random_id() -> Result<String> {
    let mut bytes = [0; 8];
    os::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `aws_xray_sdk.core.patch_all()`.
/// AWS calls and requests are not traced.
pub fn patch_all() {}

/// `aws_xray_sdk.core.patch(modules_to_patch)`.
/// AWS calls and requests are not traced.
pub fn patch(_modules_to_patch: &Value) {}

/// `aws_xray_sdk.core.xray_recorder.begin_subsegment(name)`.
/// It begins where the invocation is traced, and returns nothing.
pub fn begin(name: &str) -> Result<()> {
    if traced().is_none() {
        return Ok(());
    }
    let name = name
        .chars()
        .filter(|it| !"?;*()!$~^<>".contains(*it))
        .collect();
    let subsegment = Subsegment {
        id: random_id()?,
        name,
        start_time: time::time(),
        annotations: Dict::new(),
        metadata: Dict::new(),
        cause: None,
    };
    OPEN.with_borrow_mut(|open| open.push(subsegment));
    Ok(())
}

/// Changes the innermost subsegment, where the invocation is traced.
fn change(change: impl FnOnce(&mut Subsegment) -> Result<()>) -> Result<()> {
    if traced().is_none() {
        return Ok(());
    }
    OPEN.with_borrow_mut(|open| match open.last_mut() {
        Some(subsegment) => change(subsegment),
        None => {
            let text = "FacadeSegments cannot be mutated.";
            Err(Error::new(&FACADE_SEGMENT_MUTATION_EXCEPTION, text))
        }
    })
}

fn warn(text: &str, arg: String) -> Result<()> {
    let logger = logging::get_logger(Some("aws_xray_sdk.core.models.entity"));
    logging_methods::warning(&logger, &text.into(), &[arg.into()])
}

/// `aws_xray_sdk.core.xray_recorder.put_annotation(key, value)`.
pub fn put_annotation(key: &str, value: &Value) -> Result<()> {
    change(|subsegment| {
        if !matches!(
            value,
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)
        ) {
            let class = format!("<class '{}'>", value.type_name());
            return warn("ignoring unsupported annotation value type %s.", class);
        }
        let is_known = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if !key.chars().all(is_known) {
            let text = "ignoring annnotation with unsupported characters in key: '%s'.";
            return warn(text, key.to_owned());
        }
        subsegment.annotations.insert(key, value);
        Ok(())
    })
}

/// `aws_xray_sdk.core.xray_recorder.put_metadata(key, value, namespace='default')`.
pub fn put_metadata(key: &str, value: &Value, namespace: &str) -> Result<()> {
    change(|subsegment| {
        if namespace.starts_with("AWS.") {
            let text = "Prefix 'AWS.' is reserved, drop metadata with namespace %s";
            return warn(text, namespace.to_owned());
        }
        match subsegment.metadata.find(namespace) {
            Some(Value::Dict(members)) => members.insert(key, value),
            _ => {
                let members = Dict::new();
                members.insert(key, value);
                subsegment.metadata.insert(namespace, members);
            }
        }
        Ok(())
    })
}

/// Says that the innermost subsegment ends in an exception.
pub fn put_exception(error: &Error) -> Result<()> {
    change(|subsegment| {
        let exception = Dict::new();
        exception.insert("id", random_id()?);
        exception.insert("message", error.to_string());
        exception.insert("type", error.class().name);
        exception.insert("remote", false);
        let cause = Dict::new();
        let directory = std::env::current_dir().unwrap_or_default();
        cause.insert(
            "working_directory",
            directory.to_string_lossy().into_owned(),
        );
        cause.insert("exceptions", [exception].into_iter().collect::<List>());
        subsegment.cause = Some(cause);
        Ok(())
    })
}

/// `aws_xray_sdk.core.xray_recorder.end_subsegment()`.
/// The innermost subsegment is sent.
pub fn end() -> Result<()> {
    let Some((trace, parent)) = traced() else {
        return Ok(());
    };
    let ended = OPEN.with_borrow_mut(|open| {
        let ended = open.pop();
        let parent = open.last().map_or(parent, |outer| outer.id.clone());
        ended.map(|subsegment| (subsegment, parent))
    });
    match ended {
        Some((subsegment, parent)) => send(&document(&subsegment, &trace, &parent)?),
        None => {
            let logger = logging::get_logger(Some("aws_xray_sdk.core.context"));
            logging_methods::warning(&logger, &"No subsegment to end.".into(), &[])
        }
    }
}

/// The JSON of a subsegment.
fn document(subsegment: &Subsegment, trace: &str, parent: &str) -> Result<String> {
    let document = Dict::new();
    document.insert("id", subsegment.id.as_str());
    document.insert("name", subsegment.name.as_str());
    document.insert("start_time", subsegment.start_time);
    document.insert("parent_id", parent);
    document.insert("in_progress", false);
    for (name, members) in [
        ("annotations", &subsegment.annotations),
        ("metadata", &subsegment.metadata),
    ] {
        if !members.is_empty() {
            document.insert(name, members.clone());
        }
    }
    if let Some(cause) = &subsegment.cause {
        document.insert("cause", cause.clone());
    }
    document.insert("trace_id", trace);
    document.insert("type", "subsegment");
    document.insert("namespace", "local");
    if subsegment.cause.is_some() {
        document.insert("fault", true);
    }
    document.insert("end_time", time::time());
    json::dumps_default(&document.into(), |value| Ok(Value::Str(value.to_string())))
}

/// Sends a document to the daemon. What cannot be sent is lost.
fn send(document: &str) -> Result<()> {
    let address = environ::find("AWS_XRAY_DAEMON_ADDRESS");
    let address = address.as_deref().unwrap_or("127.0.0.1:2000");
    let address = address
        .split(' ')
        .find_map(|part| part.strip_prefix("udp:"))
        .unwrap_or(address);
    let message = format!("{{\"format\":\"json\",\"version\":1}}\n{document}");
    let _ =
        UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.send_to(message.as_bytes(), address));
    Ok(())
}
