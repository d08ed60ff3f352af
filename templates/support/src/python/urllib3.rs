//! Python's `urllib3`, version 2: pools of connections, of which each request has one of its own.

use std::rc::Rc;

use super::error::{self, Error, Result};
use super::http_client::{self, HttpAnswer, HttpFailure, HttpRequest, header};
use super::json;
use super::list::List;
use super::object::Object;
use super::requests::{decoded, location, timeouts};
use super::requests_errors::{Asked, MAX_RETRY_ERROR, of_urllib3};
use super::requests_response::Headers;
use super::requests_url::{Prepared, parsed};
use super::urllib_quote::urlencode;
use super::urllib_split::urljoin;
use super::value::Value;

/// How urllib3 names itself.
const USER_AGENT: &str = "python-urllib3/2.7.0";
/// How often a request is sent again.
const RETRIES: usize = 3;

/// `urllib3.PoolManager`
#[derive(Debug, Clone)]
pub struct PoolManager {
    headers: Value,
}

/// `urllib3.PoolManager(num_pools=10, headers=None)`.
pub fn pool_manager(_num_pools: i64, headers: &Value) -> PoolManager {
    PoolManager {
        headers: headers.clone(),
    }
}

/// `urllib3.HTTPResponse`
#[derive(Debug, Clone)]
pub struct HttpResponse {
    status: i64,
    reason: String,
    headers: Headers,
    data: Vec<u8>,
}

/// `urllib3.PoolManager.request(method, url, *, fields=None, headers=None, body=None, json=None, timeout=None)`.
/// Proxies are taken from the environment. Fields are those of a query; those of a form are refused.
#[expect(clippy::too_many_arguments, reason = "as in Python")]
pub async fn request(
    pool: &PoolManager,
    method: &str,
    url: &Value,
    fields: &Value,
    headers: &Value,
    body: &Value,
    json: &Value,
    timeout: &Value,
) -> Result<HttpResponse> {
    let method = method.to_uppercase();
    let mut url = understood(url)?;
    let mut headers = given(headers, &pool.headers)?;
    if !fields.is_none() {
        if !matches!(&*method, "DELETE" | "GET" | "HEAD" | "OPTIONS") {
            return Err(error::untranslated("the fields of a form"));
        }
        let query = urlencode(fields, false, "")?;
        url.query = match &*url.query {
            "" => query,
            own => format!("{own}?{query}"),
        };
    }
    let body = match (body, json) {
        (Value::None, Value::None) => None,
        (Value::None, json) => {
            if header(&headers, "content-type").is_none() {
                headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            }
            Some(compact(json)?.into_bytes())
        }
        (Value::Str(text), Value::None) => Some(text.clone().into_bytes()),
        (Value::Bytes(bytes), Value::None) => Some(bytes.clone()),
        (other, Value::None) => {
            let name = other.type_name();
            return Err(error::untranslated(format!("a body that is a {name}")));
        }
        _ => {
            let text = "request got values for both 'body' and 'json' parameters which are \
                        mutually exclusive";
            return Err(error::type_error(text));
        }
    };
    if header(&headers, "accept-encoding").is_none() {
        headers.push(("Accept-Encoding".to_owned(), "identity".to_owned()));
    }
    if header(&headers, "user-agent").is_none() {
        headers.push(("User-Agent".to_owned(), USER_AGENT.to_owned()));
    }
    let limits = timeouts(timeout)?;
    let request = HttpRequest {
        method,
        headers,
        body,
        connect_timeout: limits.0,
        read_timeout: limits.1,
        ..HttpRequest::default()
    };
    followed(request, url).await
}

fn compact(json: &Value) -> Result<String> {
    let separators: List = [",", ":"].into_iter().collect();
    let (skipkeys, ensure_ascii, allow_nan, sort_keys) = (false, false, true, false);
    let separators = Value::from(&separators);
    json::dumps_with(
        json,
        skipkeys,
        ensure_ascii,
        allow_nan,
        &Value::None,
        &separators,
        sort_keys,
    )
}

/// A URL. What urllib3 takes for none is refused.
fn understood(url: &Value) -> Result<Prepared> {
    let unknown = || error::untranslated(format!("the URL {url}"));
    let text = url.as_str().ok_or_else(unknown)?;
    parsed(text).map_err(|_| unknown())
}

/// The headers of a request, or those of the pool where it has none.
fn given(headers: &Value, usual: &Value) -> Result<Vec<(String, String)>> {
    let headers = if headers.is_none() { usual } else { headers };
    let members = match headers {
        Value::None => return Ok(Vec::new()),
        Value::Dict(members) => members.pairs(),
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("headers that are a {name}")));
        }
    };
    let members = members.into_iter().map(|member| match member {
        (Value::Str(name), Value::Str(value)) => Ok((name, value)),
        _ => Err(error::untranslated("a header that is no str")),
    });
    members.collect()
}

/// Headers of a body that is not sent again.
const OF_CONTENT: [&str; 6] = [
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-type",
    "transfer-encoding",
];

/// Headers that are for one host alone.
const OF_HOST: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

fn leave_out(headers: &mut Vec<(String, String)>, names: &[&str]) {
    headers.retain(|(name, _)| !names.iter().any(|it| it.eq_ignore_ascii_case(name)));
}

/// What is answered at last.
async fn followed(mut request: HttpRequest, mut url: Prepared) -> Result<HttpResponse> {
    let mut left = RETRIES;
    loop {
        request.url = url.asked();
        let answer = sent(&request, &url, &mut left).await?;
        let Some(location) = location(&answer) else {
            let content = decoded(&answer)?;
            return Ok(HttpResponse {
                status: answer.status.into(),
                reason: answer.reason,
                headers: Headers::of_urllib3(&answer.headers),
                data: content,
            });
        };
        let next = understood(&urljoin(&url.whole(), &location, true)?.into())?;
        if answer.status == 303 && request.method != "HEAD" {
            request.method = "GET".to_owned();
            request.body = None;
            leave_out(&mut request.headers, &OF_CONTENT);
        }
        let is_same = (&url.scheme, &url.host, url.known_port())
            == (&next.scheme, &next.host, next.known_port());
        if !is_same {
            leave_out(&mut request.headers, &OF_HOST);
        }
        if left == 0 {
            let whole = url.asked();
            let cause = "ResponseError('too many redirects')";
            return Err(asked(&request, &url, &whole).retried(cause));
        }
        left -= 1;
        url = next;
    }
}

fn asked<'a>(request: &HttpRequest, url: &'a Prepared, target: &'a str) -> Asked<'a> {
    Asked {
        is_https: url.scheme == "https",
        host: &url.host,
        port: url.known_port(),
        path: target,
        timeouts: (request.connect_timeout, request.read_timeout),
    }
}

/// What is answered to a request, which is sent again where nothing is.
async fn sent(request: &HttpRequest, url: &Prepared, left: &mut usize) -> Result<HttpAnswer> {
    let may_repeat = matches!(
        &*request.method,
        "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PUT" | "TRACE"
    );
    loop {
        let failure = match http_client::send(request).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let is_read = matches!(failure, HttpFailure::ReadTimeout | HttpFailure::Closed);
        let again = match &failure {
            HttpFailure::Unsendable(_)
            | HttpFailure::BodyTimeout
            | HttpFailure::Incomplete
            | HttpFailure::Broken(_) => false,
            _ => !is_read || may_repeat,
        };
        let target = url.target();
        let asked = asked(request, url, &target);
        if again && *left > 0 {
            *left -= 1;
            continue;
        }
        let raised = of_urllib3(failure, &asked);
        return Err(match again && !raised.is(&MAX_RETRY_ERROR) {
            true => asked.retried(&raised_again(&raised)),
            false => raised,
        });
    }
}

/// A cause as `MaxRetryError` shows it.
fn raised_again(raised: &Error) -> String {
    match raised.args() {
        [_] => format!(
            "{}({})",
            raised.class().name,
            super::ops::repr(&raised.to_string().into())
        ),
        _ => raised.representation(),
    }
}

/// `urllib3.HTTPResponse.status`
pub fn status(response: &HttpResponse) -> i64 {
    response.status
}

/// `urllib3.HTTPResponse.reason`
pub fn reason(response: &HttpResponse) -> String {
    response.reason.clone()
}

/// `urllib3.HTTPResponse.data`
pub fn data(response: &HttpResponse) -> Vec<u8> {
    response.data.clone()
}

/// `urllib3.HTTPResponse.headers`
pub fn headers(response: &HttpResponse) -> Headers {
    response.headers.clone()
}

/// `urllib3.HTTPResponse.json()`.
pub fn json(response: &HttpResponse) -> Result<Value> {
    json::loads(&super::bytes::decode(&response.data, "utf-8", "strict")?)
}

/// `urllib3.HTTPResponse.release_conn()`.
pub fn release_conn(_response: &HttpResponse) {}

/// `urllib3.disable_warnings()`.
pub fn disable_warnings() {}

impl Object for HttpResponse {
    fn type_name(&self) -> &'static str {
        "HTTPResponse"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "status" => Some(self.status.into()),
            "reason" => Some(reason(self).into()),
            "data" => Some(data(self).into()),
            "headers" => Some(headers(self).into()),
            _ => None,
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        let unknown = || error::untranslated(format!("the attribute {name} of an HTTPResponse"));
        self.attribute(name).ok_or_else(unknown)
    }
}

impl From<HttpResponse> for Value {
    fn from(response: HttpResponse) -> Self {
        Self::Object(Rc::new(response))
    }
}
