//! The exceptions of Python's `requests`, and what failures of the wire become.

use std::time::Duration;

use super::error;
use super::error::{
    Class, DEPRECATION_WARNING, EXCEPTION, Error, OS_ERROR, TYPE_ERROR, VALUE_ERROR,
};
use super::http_client::HttpFailure;
use super::http_exceptions::REMOTE_DISCONNECTED;
use super::json::JSON_DECODE_ERROR;
use super::value::Value;

/// `requests.exceptions.RequestException`. `requests.RequestException` is the same.
pub static REQUEST_EXCEPTION: Class = Class::new("RequestException", &[&OS_ERROR]);
/// `requests.exceptions.HTTPError`. `requests.HTTPError` is the same.
pub static HTTP_ERROR: Class = Class::new("HTTPError", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.ConnectionError`. `requests.ConnectionError` is the same.
pub static CONNECTION_ERROR: Class = Class::new("ConnectionError", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.ProxyError`
pub static PROXY_ERROR: Class = Class::new("ProxyError", &[&CONNECTION_ERROR]);
/// `requests.exceptions.SSLError`
pub static SSL_ERROR: Class = Class::new("SSLError", &[&CONNECTION_ERROR]);
/// `requests.exceptions.Timeout`. `requests.Timeout` is the same.
pub static TIMEOUT: Class = Class::new("Timeout", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.ConnectTimeout`. `requests.ConnectTimeout` is the same.
pub static CONNECT_TIMEOUT: Class = Class::new("ConnectTimeout", &[&CONNECTION_ERROR, &TIMEOUT]);
/// `requests.exceptions.ReadTimeout`. `requests.ReadTimeout` is the same.
pub static READ_TIMEOUT: Class = Class::new("ReadTimeout", &[&TIMEOUT]);
/// `requests.exceptions.URLRequired`. `requests.URLRequired` is the same.
pub static URL_REQUIRED: Class = Class::new("URLRequired", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.TooManyRedirects`. `requests.TooManyRedirects` is the same.
pub static TOO_MANY_REDIRECTS: Class = Class::new("TooManyRedirects", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.MissingSchema`
pub static MISSING_SCHEMA: Class = Class::new("MissingSchema", &[&REQUEST_EXCEPTION, &VALUE_ERROR]);
/// `requests.exceptions.InvalidSchema`
pub static INVALID_SCHEMA: Class = Class::new("InvalidSchema", &[&REQUEST_EXCEPTION, &VALUE_ERROR]);
/// `requests.exceptions.InvalidURL`
pub static INVALID_URL: Class = Class::new("InvalidURL", &[&REQUEST_EXCEPTION, &VALUE_ERROR]);
/// `requests.exceptions.InvalidHeader`
pub static INVALID_HEADER: Class = Class::new("InvalidHeader", &[&REQUEST_EXCEPTION, &VALUE_ERROR]);
/// `requests.exceptions.InvalidJSONError`
pub static INVALID_JSON_ERROR: Class = Class::new("InvalidJSONError", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.JSONDecodeError`. `requests.JSONDecodeError` is the same.
pub static REQUESTS_JSON_DECODE_ERROR: Class = Class::new(
    "JSONDecodeError",
    &[&INVALID_JSON_ERROR, &JSON_DECODE_ERROR],
);
/// `requests.exceptions.ChunkedEncodingError`
pub static CHUNKED_ENCODING_ERROR: Class =
    Class::new("ChunkedEncodingError", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.ContentDecodingError`
pub static CONTENT_DECODING_ERROR: Class =
    Class::new("ContentDecodingError", &[&REQUEST_EXCEPTION]);
/// `requests.exceptions.StreamConsumedError`
pub static STREAM_CONSUMED_ERROR: Class =
    Class::new("StreamConsumedError", &[&REQUEST_EXCEPTION, &TYPE_ERROR]);
/// `requests.exceptions.RetryError`
pub static RETRY_ERROR: Class = Class::new("RetryError", &[&REQUEST_EXCEPTION]);

/// `urllib3.exceptions.HTTPError`
pub static URLLIB3_HTTP_ERROR: Class = Class::new("HTTPError", &[&EXCEPTION]);
/// `urllib3.exceptions.MaxRetryError`
pub static MAX_RETRY_ERROR: Class = Class::new("MaxRetryError", &[&URLLIB3_HTTP_ERROR]);
/// `urllib3.exceptions.ProtocolError`
pub static PROTOCOL_ERROR: Class = Class::new("ProtocolError", &[&URLLIB3_HTTP_ERROR]);
/// `urllib3.exceptions.TimeoutError`
pub static URLLIB3_TIMEOUT_ERROR: Class = Class::new("TimeoutError", &[&URLLIB3_HTTP_ERROR]);
/// `urllib3.exceptions.ReadTimeoutError`
pub static READ_TIMEOUT_ERROR: Class = Class::new("ReadTimeoutError", &[&URLLIB3_TIMEOUT_ERROR]);
/// `urllib3.exceptions.InsecureRequestWarning`
pub static INSECURE_REQUEST_WARNING: Class =
    Class::new("InsecureRequestWarning", &[&DEPRECATION_WARNING]);

/// What was asked when a request failed.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Whether by TLS.
    pub is_https: bool,
    /// The host.
    pub host: &'a str,
    /// The port.
    pub port: u16,
    /// The path and the query.
    pub path: &'a str,
    /// The timeouts, as they were given.
    pub timeouts: (Option<Duration>, Option<Duration>),
}

impl Asked<'_> {
    fn place(&self) -> String {
        format!("(host='{}', port={})", self.host, self.port)
    }

    fn scheme(&self) -> &'static str {
        if self.is_https { "HTTPS" } else { "HTTP" }
    }

    /// `MaxRetryError` with a cause.
    pub fn retried(&self, cause: &str) -> Error {
        Error::new(
            &MAX_RETRY_ERROR,
            format!(
                "{}ConnectionPool{}: Max retries exceeded with url: {} (Caused by {cause})",
                self.scheme(),
                self.place(),
                self.path
            ),
        )
    }
}

/// What urllib3 raises for a failure. The texts are those of its version 2; that of TLS is another.
pub fn of_urllib3(failure: HttpFailure, asked: &Asked<'_>) -> Error {
    let (scheme, place) = (asked.scheme(), asked.place());
    let connection = format!("{scheme}Connection{place}");
    let seconds = |limit: Option<Duration>| {
        limit.map_or_else(
            || "None".to_owned(),
            |limit| Value::Float(limit.as_secs_f64()).to_string(),
        )
    };
    match failure {
        HttpFailure::Unsendable(what) => error::untranslated(format!("a request with {what}")),
        HttpFailure::Unknown(_) => asked.retried(&format!(
            "NameResolutionError(\"{connection}: Failed to resolve '{}' ([Errno -2] Name or \
             service not known)\")",
            asked.host
        )),
        HttpFailure::Connect(failure) => {
            let reason = match failure.raw_os_error() {
                Some(number) => {
                    let text = failure.to_string();
                    let text = text.split(" (os error").next().unwrap_or_default();
                    format!("[Errno {number}] {text}")
                }
                None => failure.to_string(),
            };
            asked.retried(&format!(
                "NewConnectionError(\"{connection}: Failed to establish a new connection: {reason}\")"
            ))
        }
        HttpFailure::ConnectTimeout => asked.retried(&format!(
            "ConnectTimeoutError(<{connection} at {:p}>, 'Connection to {} timed out. (connect \
             timeout={})')",
            asked,
            asked.host,
            seconds(asked.timeouts.0)
        )),
        HttpFailure::ReadTimeout => Error::new(
            &READ_TIMEOUT_ERROR,
            format!(
                "{scheme}ConnectionPool{place}: Read timed out. (read timeout={})",
                seconds(asked.timeouts.1)
            ),
        ),
        HttpFailure::Proxy(status) => asked.retried(&format!(
            "ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: {status}'))"
        )),
        HttpFailure::Tls(text) => asked.retried(&format!("SSLError({text})")),
        HttpFailure::Closed => {
            let text = "Remote end closed connection without response";
            let cause = Error::new(&REMOTE_DISCONNECTED, text);
            Error::with_args(
                &PROTOCOL_ERROR,
                vec!["Connection aborted.".into(), cause.into()],
            )
        }
        HttpFailure::BodyTimeout => Error::new(
            &READ_TIMEOUT_ERROR,
            format!("{scheme}ConnectionPool{place}: Read timed out."),
        ),
        HttpFailure::Incomplete => error::untranslated("an answer that ends too early"),
        HttpFailure::Broken(text) => error::untranslated(format!("an answer that is broken: {text}")),
    }
}

/// What requests raises for a failure.
pub fn of_requests(failure: HttpFailure, asked: &Asked<'_>) -> Error {
    let class = match failure {
        HttpFailure::ConnectTimeout => &CONNECT_TIMEOUT,
        HttpFailure::ReadTimeout => &READ_TIMEOUT,
        HttpFailure::Proxy(_) => &PROXY_ERROR,
        HttpFailure::Tls(_) => &SSL_ERROR,
        _ => &CONNECTION_ERROR,
    };
    let inner = of_urllib3(failure, asked);
    if inner.is(&error::UNTRANSLATED) {
        return inner;
    }
    Error::with_args(class, vec![inner.into()]).with_attribute("response", Value::None)
}

/// An exception of requests without an answer.
pub fn without_answer(class: &'static Class, text: impl Into<String>) -> Error {
    Error::new(class, text).with_attribute("response", Value::None)
}
