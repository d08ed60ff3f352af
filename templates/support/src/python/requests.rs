//! Python's `requests`: a connection for each request, redirects, no cookies that are sent back.

use std::io::Read;
use std::time::Duration;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::http_client::{self, HttpAnswer, HttpRequest, header};
use super::json;
use super::object::{Object, instance};
use super::requests_auth::{self, AwsAuth, BasicAuth, Unsigned};
use super::requests_errors::{
    Asked, INVALID_HEADER, INVALID_JSON_ERROR, TOO_MANY_REDIRECTS, of_requests, without_answer,
};
use super::requests_response::{Headers, Received, Response};
use super::requests_url::{Prepared, encoded_params, prepared};
use super::text::str_repr;
use super::urllib_quote::unquote;
use super::urllib_split::urljoin;
use super::value::Value;

/// How requests names itself.
const USER_AGENT: &str = "python-requests/2.34.2";
/// How often a request is sent elsewhere.
const MOST_REDIRECTS: usize = 30;

/// `requests.get(url, params=None, **kwargs)`.
/// Cookies are not sent back. The same holds for all requests; of `verify` only `True` is known.
pub async fn get(url: &Value, params: &Value, kwargs: &Dict) -> Result<Response> {
    request_with("GET", url, params, kwargs).await
}

/// `requests.options(url, **kwargs)`.
pub async fn options(url: &Value, kwargs: &Dict) -> Result<Response> {
    request("OPTIONS", url, kwargs).await
}

/// `requests.head(url, **kwargs)`.
pub async fn head(url: &Value, kwargs: &Dict) -> Result<Response> {
    if kwargs.find("allow_redirects").is_none() {
        kwargs.insert("allow_redirects", false);
    }
    request("HEAD", url, kwargs).await
}

/// `requests.post(url, data=None, json=None, **kwargs)`.
pub async fn post(url: &Value, data: &Value, json: &Value, kwargs: &Dict) -> Result<Response> {
    kwargs.insert("data", data);
    kwargs.insert("json", json);
    request("POST", url, kwargs).await
}

/// `requests.put(url, data=None, **kwargs)`.
pub async fn put(url: &Value, data: &Value, kwargs: &Dict) -> Result<Response> {
    kwargs.insert("data", data);
    request("PUT", url, kwargs).await
}

/// `requests.patch(url, data=None, **kwargs)`.
pub async fn patch(url: &Value, data: &Value, kwargs: &Dict) -> Result<Response> {
    kwargs.insert("data", data);
    request("PATCH", url, kwargs).await
}

/// `requests.delete(url, **kwargs)`.
pub async fn delete(url: &Value, kwargs: &Dict) -> Result<Response> {
    request("DELETE", url, kwargs).await
}

/// `requests.request(method, url, **kwargs)`.
pub async fn request(method: &str, url: &Value, kwargs: &Dict) -> Result<Response> {
    let params = kwargs.find("params").unwrap_or_default();
    request_with(method, url, &params, kwargs).await
}

/// A request as it is sent, once or more.
struct Ready {
    method: String,
    url: Prepared,
    headers: Headers,
    body: Option<Vec<u8>>,
    timeouts: (Option<Duration>, Option<Duration>),
}

async fn request_with(
    method: &str,
    url: &Value,
    params: &Value,
    kwargs: &Dict,
) -> Result<Response> {
    let option = |name: &str| kwargs.find(name).unwrap_or_default();
    if !matches!(kwargs.find("verify"), None | Some(Value::Bool(true))) {
        return Err(error::untranslated("`verify` other than True"));
    }
    if url.type_name() == "bytes" {
        return Err(error::untranslated("a URL that is bytes"));
    }
    let method = method.to_uppercase();
    let url = prepared(&url.to_string(), params)?;
    let headers = usual_headers();
    add_headers(&headers, &option("headers"))?;
    let body = body(&headers, &option("data"), &option("json"))?;
    let mut ready = Ready {
        timeouts: timeouts(&option("timeout"))?,
        method,
        url,
        headers,
        body,
    };
    authorize(&ready, &option("auth"))?;
    let redirects = kwargs.find("allow_redirects");
    let follows = redirects.is_none_or(|it| it.is_true());
    for _ in 0..=MOST_REDIRECTS {
        let answer = sent(&ready).await?;
        match location(&answer).filter(|_| follows) {
            None => return received(&ready, answer),
            Some(location) => redirect(&mut ready, &answer, &location)?,
        }
    }
    let text = format!("Exceeded {MOST_REDIRECTS} redirects.");
    Err(without_answer(&TOO_MANY_REDIRECTS, text))
}

fn usual_headers() -> Headers {
    let headers = Headers::default();
    headers.set("User-Agent", USER_AGENT);
    headers.set("Accept-Encoding", "gzip, deflate");
    headers.set("Accept", "*/*");
    headers.set("Connection", "keep-alive");
    headers
}

/// Adds headers that the program gives. Those that are `None` are left out.
fn add_headers(headers: &Headers, given: &Value) -> Result<()> {
    let given = match given {
        Value::None => return Ok(()),
        Value::Dict(given) => given,
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("headers that are a {name}")));
        }
    };
    for (name, value) in given.pairs() {
        let Value::Str(text) = &name else {
            let name = name.type_name();
            return Err(error::untranslated(format!(
                "a header's name that is a {name}"
            )));
        };
        match &value {
            Value::None => headers.leave_out(text),
            Value::Str(value) => {
                check(text, value)?;
                headers.set(text, value.as_str());
            }
            Value::Bytes(_) => return Err(error::untranslated("a header that is bytes")),
            other => {
                let class = match other {
                    Value::Object(_) => return Err(error::untranslated("a header of a class")),
                    other => other.type_name(),
                };
                let shown = super::ops::repr(other);
                let text = format!(
                    "Header part ({shown}) from ({}, {shown}) must be of type str or bytes, not \
                     <class '{class}'>",
                    str_repr(text)
                );
                return Err(without_answer(&INVALID_HEADER, text));
            }
        }
    }
    Ok(())
}

fn check(name: &str, value: &str) -> Result<()> {
    let breaks = |text: &str| text.contains(['\r', '\n']);
    let is_blank = |text: &str| text.starts_with(char::is_whitespace);
    let (part, text) = if name.is_empty() || is_blank(name) || name.contains(':') || breaks(name) {
        ("name", name)
    } else if is_blank(value) || breaks(value) {
        ("value", value)
    } else {
        return Ok(());
    };
    let text = format!(
        "Invalid leading whitespace, reserved character(s), or return character(s) in header \
         {part}: {}",
        str_repr(text)
    );
    Err(without_answer(&INVALID_HEADER, text))
}

/// The body of a request; its type is added to the headers.
fn body(headers: &Headers, data: &Value, json: &Value) -> Result<Option<Vec<u8>>> {
    let (body, kind) = match data {
        data if !data.is_true() && !json.is_none() => {
            let body = dumped(json)?;
            (body.into_bytes(), Some("application/json"))
        }
        data if !data.is_true() => return Ok(None),
        Value::Str(text) => (text.clone().into_bytes(), None),
        Value::Bytes(bytes) => (bytes.clone(), None),
        Value::Dict(_) | Value::List(_) | Value::Tuple(_) => {
            let form = encoded_params(data)?;
            (form.into_bytes(), Some("application/x-www-form-urlencoded"))
        }
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("a body that is a {name}")));
        }
    };
    if let Some(kind) = kind.filter(|_| headers.find("content-type").is_none()) {
        headers.set("Content-Type", kind);
    }
    Ok(Some(body))
}

fn dumped(json: &Value) -> Result<String> {
    let plain = (false, true, false);
    let (skipkeys, ensure_ascii, allow_nan) = plain;
    let none = Value::None;
    let dumped = json::dumps_with(json, skipkeys, ensure_ascii, allow_nan, &none, &none, false);
    dumped.map_err(|raised| match raised.is(&error::VALUE_ERROR) {
        true => Error::with_args(&INVALID_JSON_ERROR, vec![raised.into()])
            .with_attribute("response", Value::None),
        false => raised,
    })
}

/// How long to wait for a connection and for an answer.
pub fn timeouts(given: &Value) -> Result<(Option<Duration>, Option<Duration>)> {
    match given {
        Value::Tuple(pair) if pair.len() == 2 => Ok((
            timeout("connect", &pair.items()[0])?,
            timeout("read", &pair.items()[1])?,
        )),
        both => Ok((timeout("connect", both)?, timeout("read", both)?)),
    }
}

fn timeout(name: &str, given: &Value) -> Result<Option<Duration>> {
    let seconds = match given {
        Value::None => return Ok(None),
        Value::Bool(_) => {
            let text = "Timeout cannot be a boolean value. It must be an int, float or None.";
            return Err(error::value_error(text));
        }
        Value::Int(seconds) => *seconds as f64,
        Value::Float(seconds) => *seconds,
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("a timeout that is a {name}")));
        }
    };
    if seconds <= 0.0 {
        return Err(error::value_error(format!(
            "Attempted to set {name} timeout to {given}, but the timeout cannot be set to a value \
             less than or equal to 0."
        )));
    }
    let limit = Duration::try_from_secs_f64(seconds);
    limit
        .map(Some)
        .map_err(|_| error::untranslated(format!("a timeout of {given}")))
}

/// Adds what says who asks.
fn authorize(ready: &Ready, auth: &Value) -> Result<()> {
    let authorization = match auth {
        Value::Tuple(pair) if pair.len() == 2 => {
            requests_auth::basic(&pair.items()[0], &pair.items()[1])?
        }
        auth if !auth.is_true() => {
            let Some(user) = &ready.url.user else {
                return Ok(());
            };
            let (user, password) = user.split_once(':').unwrap_or((user, ""));
            let part = |it: &str| Value::from(unquote(it));
            requests_auth::basic(&part(user), &part(password))?
        }
        auth => {
            if let Some(auth) = instance::<AwsAuth>(auth) {
                let unsigned = Unsigned {
                    method: &ready.method,
                    path: &ready.url.path,
                    query: &ready.url.query,
                    body: ready.body.as_deref().unwrap_or_default(),
                    headers: &ready.headers,
                };
                requests_auth::sign(auth, &unsigned);
                return Ok(());
            }
            let Some(auth) = instance::<BasicAuth>(auth) else {
                let name = auth.type_name();
                return Err(error::untranslated(format!("an `auth` that is a {name}")));
            };
            let part = |name: &str| auth.attribute(name).unwrap_or_default();
            requests_auth::basic(&part("username"), &part("password"))?
        }
    };
    ready.headers.set("Authorization", authorization);
    Ok(())
}

/// What is answered to a request.
async fn sent(ready: &Ready) -> Result<HttpAnswer> {
    let headers = ready.headers.members().into_iter();
    let is_empty = matches!(&*ready.method, "GET" | "HEAD");
    let body = ready.body.clone();
    let request = HttpRequest {
        method: ready.method.clone(),
        url: ready.url.asked(),
        headers: headers
            .map(|(name, value)| (name, value.to_string()))
            .collect(),
        body: body.or_else(|| (!is_empty).then(Vec::new)),
        connect_timeout: ready.timeouts.0,
        read_timeout: ready.timeouts.1,
    };
    let target = ready.url.target();
    let asked = Asked {
        is_https: ready.url.scheme == "https",
        host: &ready.url.host,
        port: ready.url.known_port(),
        path: &target,
        timeouts: ready.timeouts,
    };
    let answer = http_client::send(&request).await;
    answer.map_err(|failure| of_requests(failure, &asked))
}

/// Where an answer leads to.
pub fn location(answer: &HttpAnswer) -> Option<String> {
    let is_redirect = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
    let location = header(&answer.headers, "location").filter(|_| is_redirect)?;
    // Bytes of the header are those of a text in UTF-8.
    let bytes: Option<Vec<u8>> = location.chars().map(|it| u8::try_from(it).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// Makes the request that an answer asks for. Answers with cookies are refused.
fn redirect(ready: &mut Ready, answer: &HttpAnswer, location: &str) -> Result<()> {
    if header(&answer.headers, "set-cookie").is_some() {
        return Err(error::untranslated("a redirect with cookies"));
    }
    let scheme = &ready.url.scheme;
    let location = match location.strip_prefix("//") {
        Some(rest) => format!("{scheme}://{rest}"),
        None => location.to_owned(),
    };
    let whole = urljoin(&ready.url.whole(), &location, true)?;
    let mut url = prepared(&whole, &Value::None)?;
    if url.fragment.is_empty() {
        url.fragment.clone_from(&ready.url.fragment);
    }
    if !matches!(answer.status, 307 | 308) {
        for name in ["Content-Length", "Content-Type", "Transfer-Encoding"] {
            ready.headers.leave_out(name);
        }
        ready.body = None;
    }
    let becomes_get = match answer.status {
        303 | 302 => ready.method != "HEAD",
        301 => ready.method == "POST",
        _ => false,
    };
    if becomes_get {
        ready.method = "GET".to_owned();
    }
    let old = &ready.url;
    let is_upgrade = (&*old.scheme, &*url.scheme) == ("http", "https")
        && (old.known_port(), url.known_port()) == (80, 443);
    let is_same = old.scheme == url.scheme && old.known_port() == url.known_port();
    if old.host != url.host || !(is_upgrade || is_same) {
        ready.headers.leave_out("Authorization");
    }
    ready.url = url;
    Ok(())
}

/// The response that an answer is.
fn received(ready: &Ready, answer: HttpAnswer) -> Result<Response> {
    let content = decoded(&answer)?;
    Ok(Response::new(Received {
        status: answer.status.into(),
        reason: answer.reason,
        url: ready.url.whole(),
        headers: Headers::received(&answer.headers),
        content,
    }))
}

/// The body of an answer without its encoding. A body that is broken is refused.
pub fn decoded(answer: &HttpAnswer) -> Result<Vec<u8>> {
    let encoding = header(&answer.headers, "content-encoding").unwrap_or_default();
    if answer.body.is_empty() {
        return Ok(Vec::new());
    }
    let mut plain = Vec::new();
    let read = match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(answer.body.clone()),
        "gzip" | "x-gzip" => {
            flate2::read::MultiGzDecoder::new(&*answer.body).read_to_end(&mut plain)
        }
        "deflate" => flate2::read::ZlibDecoder::new(&*answer.body).read_to_end(&mut plain),
        other => return Err(error::untranslated(format!("an answer encoded by {other}"))),
    };
    match read {
        Ok(_) => Ok(plain),
        Err(_) => Err(error::untranslated("an answer whose encoding is broken")),
    }
}
