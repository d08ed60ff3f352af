//! Python's `urllib.request`: requests by HTTP and HTTPS, redirects as Python follows them.
//!
//! URLs that are not ASCII or have a user's name, and other schemes, are refused when the program
//! runs. An answer is received as a whole before `urlopen` gives it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use super::error::{self, Result};
use super::http_client::{self, HttpRequest};
use super::http_exceptions::INVALID_URL;
use super::http_response::{self, HttpResponse};
use super::urllib_error::{self, http_error, url_error};
use super::value::Value;
use super::{ops, string_encode, urllib_split};

/// `urllib.request.Request`
#[derive(Debug, Clone)]
pub struct UrlRequest(Rc<RefCell<Parts>>);

#[derive(Debug, Clone, Default)]
struct Parts {
    url: Address,
    data: Value,
    method: Option<Value>,
    /// In their order, with the first letter alone in capitals.
    headers: Vec<(String, Value)>,
}

#[derive(Debug, Clone, Default)]
struct Address {
    whole: String,
    scheme: String,
    host: String,
    selector: String,
}

/// How often the same URL may be asked for in a row of redirects.
const MOST_OF_ONE: usize = 4;
/// How many URLs may be asked for in a row of redirects.
const MOST_OF_ALL: usize = 10;

/// `urllib.request.Request(url, data=None, *, method=None)`.
pub fn request(url: &Value, data: &Value, method: &Value) -> Result<UrlRequest> {
    let parts = Parts {
        url: address(&url.to_string())?,
        data: data.clone(),
        method: Some(method.clone()).filter(|method| !method.is_none()),
        headers: Vec::new(),
    };
    Ok(UrlRequest(Rc::new(RefCell::new(parts))))
}

/// `urllib.request.Request(url, data=None, *, headers, method=None)`.
pub fn request_headers(
    url: &Value,
    data: &Value,
    headers: &Value,
    method: &Value,
) -> Result<UrlRequest> {
    let made = request(url, data, method)?;
    for (name, value) in headers.expect_dict("items")?.pairs() {
        add_header(&made, &name, &value)?;
    }
    Ok(made)
}

/// `urllib.request.Request(url, data, headers, *, method=None)`.
pub fn request_positional(
    url: &Value,
    data: &Value,
    headers: &Value,
    method: &Value,
) -> Result<UrlRequest> {
    request_headers(url, data, headers, method)
}

/// `urllib.request.Request.add_header(key, val)`.
pub fn add_header(request: &UrlRequest, key: &Value, val: &Value) -> Result<()> {
    let name = super::string_case::capitalize(key.expect_str("capitalize")?);
    let headers = &mut request.0.borrow_mut().headers;
    match headers.iter_mut().find(|(known, _)| *known == name) {
        Some((_, old)) => *old = val.clone(),
        None => headers.push((name, val.clone())),
    }
    Ok(())
}

/// `urllib.request.Request.has_header(header_name)`.
pub fn has_header(request: &UrlRequest, header_name: &str) -> bool {
    let parts = request.0.borrow();
    parts.headers.iter().any(|(known, _)| known == header_name)
}

/// `urllib.request.Request.get_header(header_name, default=None)`.
pub fn get_header(request: &UrlRequest, header_name: &str, default: Value) -> Value {
    let parts = request.0.borrow();
    let mut headers = parts.headers.iter();
    let found = headers.find(|(known, _)| known == header_name);
    found.map_or(default, |(_, value)| value.clone())
}

/// `urllib.request.Request.get_method()`.
pub fn get_method(request: &UrlRequest) -> Value {
    request.0.borrow().method()
}

/// `urllib.request.Request.full_url`
pub fn full_url(request: &UrlRequest) -> String {
    request.0.borrow().url.whole.clone()
}

/// `urllib.request.Request.get_full_url()`.
pub fn get_full_url(request: &UrlRequest) -> String {
    full_url(request)
}

/// `urllib.request.Request.host`
pub fn host(request: &UrlRequest) -> String {
    request.0.borrow().url.host.clone()
}

/// `urllib.request.Request.data`
pub fn data(request: &UrlRequest) -> Value {
    request.0.borrow().data.clone()
}

/// `urllib.request.urlopen(url, data=None, timeout=None)`.
pub async fn urlopen_request(
    url: &UrlRequest,
    data: &Value,
    timeout: Option<f64>,
) -> Result<HttpResponse> {
    if !data.is_none() {
        url.0.borrow_mut().data = data.clone();
    }
    let parts = url.0.borrow().clone();
    open(parts, timeout).await
}

/// `urllib.request.urlopen(url, data=None, timeout=None)`.
pub async fn urlopen(url: &str, data: &Value, timeout: Option<f64>) -> Result<HttpResponse> {
    let parts = Parts {
        url: address(url)?,
        data: data.clone(),
        ..Parts::default()
    };
    open(parts, timeout).await
}

/// `urllib.request.urlopen(url, data=None, timeout=None)`.
pub async fn urlopen_value(
    url: &Value,
    data: &Value,
    timeout: Option<f64>,
) -> Result<HttpResponse> {
    match url {
        Value::Str(url) => urlopen(url, data, timeout).await,
        _ if !data.is_none() => Err(url.lacks("data")),
        _ => Err(url.lacks("timeout")),
    }
}

impl Parts {
    fn method(&self) -> Value {
        match (&self.method, &self.data) {
            (Some(method), _) => method.clone(),
            (None, Value::None) => "GET".into(),
            (None, _) => "POST".into(),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// As it is sent.
    fn message(&self, timeout: Option<Duration>) -> Result<HttpRequest> {
        check_host(&self.url)?;
        let body = match &self.data {
            Value::None => None,
            Value::Bytes(bytes) => Some(bytes.clone()),
            Value::Str(_) => {
                let text = "POST data should be bytes, an iterable of bytes, or a file object. It \
                            cannot be of type str.";
                return Err(error::type_error(text));
            }
            _ => return Err(error::untranslated("a request's data that is not bytes")),
        };
        let Value::Str(method) = self.method() else {
            return Err(error::untranslated("a method that is no text"));
        };
        check_url(&self.url)?;
        let mut headers = Vec::new();
        if body.is_some() && !self.has("Content-type") {
            let form = "application/x-www-form-urlencoded";
            headers.push(("Content-Type".to_owned(), form.to_owned()));
        }
        if !self.has("User-agent") {
            headers.push(("User-Agent".to_owned(), "Python-urllib/3.11".to_owned()));
        }
        if !self.has("Accept-encoding") {
            headers.push(("Accept-Encoding".to_owned(), "identity".to_owned()));
        }
        for (name, value) in &self.headers {
            let name = super::string_case::title(name);
            if name != "Connection" {
                let value = header_value(&name, value)?;
                headers.push((name, value));
            }
        }
        headers.push(("Connection".to_owned(), "close".to_owned()));
        Ok(HttpRequest {
            method,
            url: self.url.sent(),
            headers,
            body,
            connect_timeout: timeout,
            read_timeout: timeout,
        })
    }
}

impl Address {
    fn sent(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.selector)
    }
}

/// A URL taken apart as `Request` does.
fn address(url: &str) -> Result<Address> {
    let mut url = url.trim();
    if let Some(inner) = url.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        url = inner.trim();
    }
    if let Some(rest) = url.strip_prefix("URL:") {
        url = rest.trim();
    }
    let unknown = || {
        let text = format!("unknown url type: {}", ops::repr(&url.into()));
        error::value_error(text)
    };
    let (scheme, rest) = url.split_once(':').ok_or_else(unknown)?;
    if scheme.is_empty() || scheme.contains('/') {
        return Err(unknown());
    }
    let (rest, _) = rest.rsplit_once('#').unwrap_or((rest, ""));
    let (host, selector) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            rest.split_at(end)
        }
        None => ("", rest),
    };
    let slash = match selector.starts_with('/') || selector.is_empty() {
        true => "",
        false => "/",
    };
    Ok(Address {
        whole: url.to_owned(),
        scheme: scheme.to_lowercase(),
        host: host.to_owned(),
        selector: format!("{slash}{selector}"),
    })
}

/// Refuses a URL without a host that can be asked.
fn check_host(url: &Address) -> Result<()> {
    match url.scheme.as_str() {
        "http" | "https" => {}
        "ftp" | "file" | "data" => {
            let text = format!("a URL of the type {}", url.scheme);
            return Err(error::untranslated(text));
        }
        other => return Err(url_error(format!("unknown url type: {other}"))),
    }
    if url.host.is_empty() {
        return Err(url_error("no host given"));
    }
    Ok(())
}

/// Refuses a URL that cannot be sent.
fn check_url(url: &Address) -> Result<()> {
    let is_odd = |c: char| !c.is_ascii() || matches!(c, '@' | '%' | '[');
    if url.host.contains(is_odd) || !url.selector.is_ascii() {
        return Err(error::untranslated("a URL that is not plain ASCII"));
    }
    let is_control = |c: char| c <= ' ' || c == '\u{7f}';
    if url.host.contains(is_control) {
        return Err(error::untranslated("a host with a blank"));
    }
    if let Some(control) = url.selector.chars().find(|it| is_control(*it)) {
        // Through a proxy Python shows the whole URL.
        let shown = match std::env::var_os("HTTP_PROXY").or(std::env::var_os("http_proxy")) {
            Some(_) if url.scheme == "http" => return Err(error::untranslated("a blank in a URL")),
            _ => ops::repr(&(&url.selector).into()),
        };
        let control = ops::repr(&String::from(control).into());
        let text =
            format!("URL can't contain control characters. {shown} (found at least {control})");
        return Err(error::Error::new(&INVALID_URL, text));
    }
    Ok(())
}

/// A header's value as it is sent.
fn header_value(name: &str, value: &Value) -> Result<String> {
    string_encode::encode(name, "ascii", "strict")?;
    let is_name = |c: char| !matches!(c, ':' | '\r' | '\n') && !c.is_whitespace();
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(error::untranslated("a header with an odd name"));
    }
    let bytes = match value {
        Value::Str(text) => string_encode::encode(text, "latin-1", "strict")?,
        Value::Bytes(bytes) => bytes.clone(),
        Value::Int(number) => number.to_string().into_bytes(),
        Value::Bool(_) => value.to_string().into_bytes(),
        other => {
            let name = other.type_name();
            let text = format!("expected string or bytes-like object, got '{name}'");
            return Err(error::type_error(text));
        }
    };
    if bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        let text = format!("Invalid header value {}", ops::repr(&Value::Bytes(bytes)));
        return Err(error::value_error(text));
    }
    Ok(bytes.iter().copied().map(char::from).collect())
}

fn duration(timeout: Option<f64>) -> Result<Option<Duration>> {
    match timeout {
        None => Ok(None),
        Some(seconds) if seconds > 0.0 => Duration::try_from_secs_f64(seconds)
            .map(Some)
            .map_err(|_| error::untranslated("a timeout of centuries")),
        Some(_) => Err(error::untranslated("a timeout of nothing")),
    }
}

/// Asks, and follows redirects.
async fn open(mut parts: Parts, timeout: Option<f64>) -> Result<HttpResponse> {
    let timeout = duration(timeout)?;
    let mut visited: Option<BTreeMap<String, usize>> = None;
    loop {
        let message = parts.message(timeout)?;
        let answer = http_client::send(&message).await;
        let answer = answer.map_err(urllib_error::failure)?;
        let response = http_response::of_answer(&parts.url.whole, answer);
        let status = http_response::status(&response);
        if (200..300).contains(&status) {
            return Ok(response);
        }
        let reason = http_response::reason(&response);
        let failed = |url: &str, message: &str| http_error(url, message, &response);
        let Some(url) = redirect(&parts, &response)? else {
            return Err(failed(&parts.url.whole, reason));
        };
        let seen = visited.as_ref().map_or(0, |it| {
            let repeats = it.get(&url).is_some_and(|times| *times >= MOST_OF_ONE);
            if repeats { MOST_OF_ALL } else { it.len() }
        });
        if seen >= MOST_OF_ALL {
            let text = format!(
                "The HTTP server returned a redirect error that would lead to an infinite \
                 loop.\nThe last 30x error message was:\n{reason}"
            );
            return Err(failed(&parts.url.whole, &text));
        }
        *visited
            .get_or_insert_default()
            .entry(url.clone())
            .or_insert(0) += 1;
        let is_content = |name: &str| matches!(name, "Content-length" | "Content-type");
        parts.headers.retain(|(name, _)| !is_content(name));
        parts = Parts {
            url: address(&url.replace(' ', "%20"))?,
            headers: parts.headers,
            ..Parts::default()
        };
    }
}

/// Where a response sends the request to, if to anywhere.
fn redirect(parts: &Parts, response: &HttpResponse) -> Result<Option<String>> {
    let status = http_response::status(response);
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let headers = http_response::headers(response);
    let mut places = ["location", "uri"].into_iter();
    let place = places.find_map(|name| match http_response::item(&headers, name) {
        Value::Str(place) => Some(place),
        _ => None,
    });
    let Some(place) = place else {
        return Ok(None);
    };
    let split = urllib_split::urlparse(&place, "", true)?;
    let scheme = urllib_split::parse_scheme(&split);
    if !matches!(scheme.as_str(), "http" | "https" | "ftp" | "") {
        let reason = http_response::reason(response);
        let text = format!("{reason} - Redirection to url '{place}' is not allowed");
        return Err(http_error(&place, &text, response));
    }
    let place = quoted(&urllib_split::parse_geturl(&urllib_split::rooted(&split)));
    let url = urllib_split::urljoin(&parts.url.whole, &place, true)?;
    let method = parts.method();
    let is_read = method == "GET" || method == "HEAD";
    match is_read || method == "POST" && matches!(status, 301..=303) {
        true => Ok(Some(url)),
        false => Ok(None),
    }
}

/// What is neither ASCII nor can stand in a URL, quoted.
fn quoted(url: &str) -> String {
    let each = url.chars().map(|c| match u8::try_from(c) {
        Ok(byte) if !byte.is_ascii_graphic() => format!("%{byte:02X}"),
        _ => c.to_string(),
    });
    each.collect()
}
