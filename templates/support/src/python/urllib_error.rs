//! The exceptions of Python's `urllib.error`.

use std::io;

use super::error::{self, Class, Error, OS_ERROR, Result};
use super::http_client::HttpFailure;
use super::http_exceptions::REMOTE_DISCONNECTED;
use super::http_response::{self, HttpResponse};
use super::object;
use super::value::Value;

/// `urllib.error.URLError`
pub static URL_ERROR: Class = Class::new("URLError", &[&OS_ERROR]);
/// `urllib.error.HTTPError`
pub static HTTP_ERROR: Class = Class::new("HTTPError", &[&URL_ERROR]);
/// `socket.gaierror`
pub static ADDRESS_ERROR: Class = Class::new("gaierror", &[&OS_ERROR]);

/// As `URLError(reason)`.
pub fn url_error(reason: impl Into<Value>) -> Error {
    let reason = reason.into();
    let text = format!("<urlopen error {reason}>");
    Error::with_text(&URL_ERROR, vec![reason.clone()], text).with_attribute("reason", reason)
}

/// As `HTTPError(url, code, msg, hdrs, fp)`.
pub fn http_error(url: &str, message: &str, response: &HttpResponse) -> Error {
    let code = http_response::status(response);
    let headers = http_response::headers(response);
    let args = vec![
        url.into(),
        code.into(),
        message.into(),
        headers.clone().into(),
        response.clone().into(),
    ];
    let shown = format!("<HTTPError {code}: {}>", super::ops::repr(&message.into()));
    let mut error = Error::with_text(&HTTP_ERROR, args, format!("HTTP Error {code}: {message}"));
    for name in ["code", "status"] {
        error = error.with_attribute(name, code);
    }
    for name in ["msg", "reason"] {
        error = error.with_attribute(name, message);
    }
    for name in ["headers", "hdrs"] {
        error = error.with_attribute(name, headers.clone());
    }
    for name in ["url", "filename"] {
        error = error.with_attribute(name, url);
    }
    error
        .with_attribute("fp", response.clone())
        .with_attribute("__repr__", shown)
}

/// The answer that an `HTTPError` is. Another exception has no such method.
pub fn answer(error: &Error, method: &str) -> Result<HttpResponse> {
    let answer = error.args().last().filter(|_| error.is(&HTTP_ERROR));
    let answer = answer.and_then(|it| object::instance::<HttpResponse>(it));
    answer
        .cloned()
        .ok_or_else(|| error::attribute_error(error.class().name, method))
}

/// What `urlopen` raises where there is no answer.
pub fn failure(failure: HttpFailure) -> Error {
    match failure {
        HttpFailure::ConnectTimeout => url_error(timed_out()),
        HttpFailure::ReadTimeout => timed_out(),
        HttpFailure::Connect(error) => match os_error(&error) {
            Some(error) => url_error(error),
            None => error::untranslated(error.to_string()),
        },
        HttpFailure::Unknown(text) => match address_error(&text) {
            Some(error) => url_error(error),
            None => error::untranslated(text),
        },
        HttpFailure::Proxy(status) => {
            let text = format!("Tunnel connection failed: {}", status.trim());
            url_error(Error::new(&OS_ERROR, text))
        }
        HttpFailure::Closed => {
            let text = "Remote end closed connection without response";
            Error::new(&REMOTE_DISCONNECTED, text)
        }
        // Python gives the answer, and raises where it is read.
        HttpFailure::Incomplete => error::untranslated("an answer that ends too early"),
        HttpFailure::BodyTimeout => error::untranslated("an answer that takes too long"),
        HttpFailure::Unsendable(text) | HttpFailure::Tls(text) | HttpFailure::Broken(text) => {
            error::untranslated(text)
        }
    }
}

fn timed_out() -> Error {
    Error::new(&error::TIMEOUT_ERROR, "timed out")
}

/// As the `OSError` of a number, with the operating system's words.
fn os_error(error: &io::Error) -> Option<Error> {
    let number = error.raw_os_error()?;
    let class = match error.kind() {
        io::ErrorKind::ConnectionRefused => &error::CONNECTION_REFUSED_ERROR,
        io::ErrorKind::ConnectionReset => &error::CONNECTION_RESET_ERROR,
        io::ErrorKind::ConnectionAborted => &error::CONNECTION_ABORTED_ERROR,
        io::ErrorKind::BrokenPipe => &error::BROKEN_PIPE_ERROR,
        io::ErrorKind::TimedOut => &error::TIMEOUT_ERROR,
        io::ErrorKind::PermissionDenied => &error::PERMISSION_ERROR,
        _ => &OS_ERROR,
    };
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let args = vec![i64::from(number).into(), words.into()];
    Some(Error::with_args(class, args))
}

/// As the `gaierror` of what the resolver says.
fn address_error(text: &str) -> Option<Error> {
    const KNOWN: [(i64, &str); 3] = [
        (-2, "Name or service not known"),
        (-3, "Temporary failure in name resolution"),
        (-5, "No address associated with hostname"),
    ];
    let (number, words) = KNOWN.iter().find(|(_, words)| text.ends_with(words))?;
    let args = vec![(*number).into(), (*words).into()];
    Some(Error::with_args(&ADDRESS_ERROR, args))
}
