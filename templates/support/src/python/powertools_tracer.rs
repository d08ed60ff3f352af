//! The `Tracer` of Powertools for AWS Lambda. What it traces of the program's own functions is sent
//! to X-Ray; AWS calls and requests are not traced.

use std::cell::{Cell, RefCell};

use super::dict::Dict;
use super::environ;
use super::error::{Error, Result};
use super::powertools_settings as settings;
use super::value::Value;
use super::xray;

/// `aws_lambda_powertools.Tracer`
#[derive(Debug, Clone)]
pub struct Tracer {
    service: String,
    is_disabled: bool,
}

thread_local! {
    static COLD: Cell<bool> = const { Cell::new(true) };
}

thread_local! {
    /// The service and the switch of the tracers before, which later ones take over.
    static BEFORE: RefCell<(String, bool)> = RefCell::default();
}

/// `aws_lambda_powertools.Tracer(service=None, disabled=None, auto_patch=None)`.
/// Nothing is patched.
pub fn tracer(
    service: Option<&str>,
    disabled: Option<bool>,
    _auto_patch: Option<bool>,
) -> Result<Tracer> {
    let service = settings::choice(service, "POWERTOOLS_SERVICE_NAME");
    let is_set = |name: &str| environ::find(name).is_some_and(|value| !value.is_empty());
    let is_elsewhere = || {
        let is_local = is_set("AWS_SAM_LOCAL") || is_set("AWS_CHALICE_CLI_MODE");
        is_local || !is_set("LAMBDA_TASK_ROOT")
    };
    let is_disabled = match disabled {
        Some(disabled) => disabled,
        None => settings::switch(None, "POWERTOOLS_TRACE_DISABLED", false)? || is_elsewhere(),
    };
    BEFORE.with_borrow_mut(|(known, was_disabled)| {
        if let Some(service) = service.filter(|service| !service.is_empty()) {
            *known = service;
        }
        *was_disabled |= is_disabled;
        Ok(Tracer {
            service: known.clone(),
            is_disabled: *was_disabled,
        })
    })
}

/// `aws_lambda_powertools.Tracer.service`
pub fn service(tracer: &Tracer) -> String {
    tracer.service.clone()
}

/// `aws_lambda_powertools.Tracer.disabled`
pub fn disabled(tracer: &Tracer) -> bool {
    tracer.is_disabled
}

/// `aws_lambda_powertools.Tracer.put_annotation(key, value)`.
pub fn put_annotation(tracer: &Tracer, key: &str, value: &Value) -> Result<()> {
    match tracer.is_disabled {
        true => Ok(()),
        false => xray::put_annotation(key, value),
    }
}

/// `aws_lambda_powertools.Tracer.put_metadata(key, value, namespace=None)`.
pub fn put_metadata(
    tracer: &Tracer,
    key: &str,
    value: &Value,
    namespace: Option<&str>,
) -> Result<()> {
    if tracer.is_disabled {
        return Ok(());
    }
    let namespace = namespace.filter(|namespace| !namespace.is_empty());
    xray::put_metadata(key, value, namespace.unwrap_or(&tracer.service))
}

/// `aws_lambda_powertools.Tracer.ignore_endpoint(hostname=None)`.
/// Requests are not traced.
pub fn ignore_endpoint(_tracer: &Tracer, _hostname: Option<&str>) {}

/// `aws_lambda_powertools.Tracer.patch()`.
/// Nothing is patched.
pub fn patch(_tracer: &Tracer) {}

/// The start of a function that the tracer captures: `capture_lambda_handler` under the function's
/// name, `capture_method` under the module's name, a dot and the qualified name of the function.
pub fn begin(tracer: &Tracer, name: &str) -> Result<()> {
    match tracer.is_disabled {
        true => Ok(()),
        false => xray::begin(&format!("## {}", without_marks(name))),
    }
}

/// A name without the marks that X-Ray does not take.
fn without_marks(name: &str) -> String {
    let is_mark = |letter: &char| "[?;*()!$~^<>]".contains(*letter);
    name.chars().filter(|letter| !is_mark(letter)).collect()
}

/// The end of a handler: `aws_lambda_powertools.Tracer.capture_lambda_handler(capture_response=None, capture_error=None)`.
/// `response` is what it returned; a value that JSON does not have is given as `None`.
pub fn end_handler<T>(
    tracer: &Tracer,
    name: &str,
    result: Result<T>,
    response: impl FnOnce(&T) -> Value,
    capture_response: Option<bool>,
    capture_error: Option<bool>,
) -> Result<T> {
    if tracer.is_disabled {
        return result;
    }
    record(
        tracer,
        name,
        &result,
        response,
        (capture_response, capture_error),
    )?;
    let is_cold = COLD.replace(false) && !settings::is_provisioned();
    xray::put_annotation("ColdStart", &is_cold.into())?;
    if !tracer.service.is_empty() {
        xray::put_annotation("Service", &tracer.service.as_str().into())?;
    }
    ended(result)
}

/// The end of a function: `aws_lambda_powertools.Tracer.capture_method(capture_response=None, capture_error=None)`.
/// `response` is what it returned; a value that JSON does not have is given as `None`.
pub fn end_method<T>(
    tracer: &Tracer,
    name: &str,
    result: Result<T>,
    response: impl FnOnce(&T) -> Value,
    capture_response: Option<bool>,
    capture_error: Option<bool>,
) -> Result<T> {
    if tracer.is_disabled {
        return result;
    }
    let name = without_marks(name);
    record(
        tracer,
        &name,
        &result,
        response,
        (capture_response, capture_error),
    )?;
    ended(result)
}

/// Keeps what a function returned or raised.
fn record<T>(
    tracer: &Tracer,
    name: &str,
    result: &Result<T>,
    response: impl FnOnce(&T) -> Value,
    (capture_response, capture_error): (Option<bool>, Option<bool>),
) -> Result<()> {
    let of_responses = "POWERTOOLS_TRACER_CAPTURE_RESPONSE";
    let of_errors = "POWERTOOLS_TRACER_CAPTURE_ERROR";
    match result {
        Ok(returned) if settings::switch(capture_response, of_responses, true)? => {
            let response = response(returned);
            if response.is_none() {
                return Ok(());
            }
            xray::put_metadata(&format!("{name} response"), &response, &tracer.service)
        }
        Err(_) if settings::switch(capture_error, of_errors, true)? => {
            let nothing = Dict::new().into();
            xray::put_metadata(&format!("{name} error"), &nothing, &tracer.service)
        }
        _ => Ok(()),
    }
}

/// Ends the subsegment of a function.
fn ended<T>(result: Result<T>) -> Result<T> {
    let told = result.as_ref().map_or_else(told, |_| Ok(()));
    xray::end()?;
    told?;
    result
}

fn told(error: &Error) -> Result<()> {
    xray::put_exception(error)
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;
    use crate::python::dict::dict;
    use crate::python::{error, json, list};

    fn traced(header: &str) -> Result<Tracer> {
        environ::put("LAMBDA_TASK_ROOT", Some("/var/task"));
        environ::put("_X_AMZN_TRACE_ID", Some(header));
        tracer(Some("svc"), None, None)
    }

    #[test]
    fn subsegments_are_those_of_powertools() -> Result<()> {
        let daemon = UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let address = daemon.local_addr().expect("an address").to_string();
        environ::put("AWS_XRAY_DAEMON_ADDRESS", Some(&address));
        let tracer =
            traced("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")?;
        begin(&tracer, "handler")?;
        begin(&tracer, "app.m")?;
        put_annotation(&tracer, "k", &"v".into())?;
        put_annotation(&tracer, "bad key", &1.into())?;
        put_annotation(&tracer, "n", &Value::None)?;
        put_metadata(&tracer, "md", &dict! {"a": list::List::new()}.into(), None)?;
        let response = |it: &i64| Value::Int(*it);
        end_method(&tracer, "app.m", Ok(1), response, None, None)?;
        put_metadata(&tracer, "z", &1.into(), Some("other"))?;
        let failed: Result<i64> = Err(error::key_error(&"x".into()));
        let failed = end_handler(&tracer, "handler", failed, response, None, None);
        assert_eq!(
            failed.map_err(|error| error.to_string()),
            Err("'x'".to_owned())
        );
        let mut received = Vec::new();
        for _ in 0..2 {
            let mut buffer = [0; 4096];
            let length = daemon.recv(&mut buffer).expect("a document");
            let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
            let (head, document) = text.split_once('\n').expect("two lines");
            assert_eq!(head, r#"{"format":"json","version":1}"#);
            let document = json::loads(document)?;
            for name in ["id", "start_time", "end_time"] {
                document.delete_item(name)?;
            }
            received.push(document);
        }
        received[0].delete_item("parent_id")?;
        let method = "{'name': '## app.m', 'in_progress': False, 'annotations': {'k': 'v'}, \
            'metadata': {'svc': {'md': {'a': []}, 'app.m response': 1}}, 'trace_id': \
            '1-5759e988-bd862e3fe1be46a994272793', 'type': 'subsegment', 'namespace': 'local'}";
        assert_eq!(received[0].to_string(), method);
        let cause = received[1].item("cause")?.item("exceptions")?.item(0)?;
        cause.delete_item("id")?;
        let expected = r#"{"message": "'x'", "type": "KeyError", "remote": false}"#;
        assert_eq!(json::dumps(&cause)?, expected);
        received[1].delete_item("cause")?;
        let handler = "{'name': '## handler', 'parent_id': '53995c3f42cd8ad8', 'in_progress': \
            False, 'annotations': {'ColdStart': True, 'Service': 'svc'}, 'metadata': {'other': \
            {'z': 1}, 'svc': {'handler error': {}}}, 'trace_id': \
            '1-5759e988-bd862e3fe1be46a994272793', 'type': 'subsegment', 'namespace': 'local', \
            'fault': True}";
        assert_eq!(received[1].to_string(), handler);
        let outside = put_annotation(&tracer, "a", &1.into()).map_err(|error| error.to_string());
        assert_eq!(outside, Err("FacadeSegments cannot be mutated.".to_owned()));
        Ok(())
    }

    #[test]
    fn nothing_is_said_where_nothing_is_traced() -> Result<()> {
        let tracer = traced("Root=1-2-3")?;
        put_annotation(&tracer, "a", &Value::None)?;
        begin(&tracer, "m")?;
        end_method(&tracer, "m", Ok(1), |it| Value::Int(*it), None, None)?;
        environ::put("POWERTOOLS_TRACE_DISABLED", Some("true"));
        let header = "Root=1-2-3;Parent=4;Sampled=1";
        assert!(disabled(&traced(header)?));
        Ok(())
    }
}
