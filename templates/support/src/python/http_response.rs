//! Python's `http.client.HTTPResponse` and the headers of one.

use std::cell::RefCell;
use std::rc::Rc;

use super::error::{self, Result};
use super::http_client::HttpAnswer;
use super::iterate::Iter;
use super::list::List;
use super::object::Object;
use super::value::Value;

/// `http.client.HTTPMessage`
#[derive(Debug, Clone)]
pub struct HttpHeaders(Rc<[(String, String)]>);

/// `http.client.HTTPResponse`
#[derive(Debug, Clone)]
pub struct HttpResponse(Rc<Answer>);

#[derive(Debug)]
struct Answer {
    url: String,
    status: i64,
    reason: String,
    headers: HttpHeaders,
    /// What is left to read.
    body: RefCell<Vec<u8>>,
}

/// The response that an answer from a URL is.
pub fn of_answer(url: &str, answer: HttpAnswer) -> HttpResponse {
    HttpResponse(Rc::new(Answer {
        url: url.to_owned(),
        status: i64::from(answer.status),
        reason: answer.reason,
        headers: HttpHeaders(answer.headers.into()),
        body: RefCell::new(answer.body),
    }))
}

/// `http.client.HTTPResponse.status`
pub fn status(response: &HttpResponse) -> i64 {
    response.0.status
}

/// `http.client.HTTPResponse.code`
pub fn code(response: &HttpResponse) -> i64 {
    response.0.status
}

/// `http.client.HTTPResponse.getcode()`.
pub fn getcode(response: &HttpResponse) -> i64 {
    response.0.status
}

/// `http.client.HTTPResponse.reason`
pub fn reason(response: &HttpResponse) -> &str {
    &response.0.reason
}

/// `http.client.HTTPResponse.msg`
pub fn msg(response: &HttpResponse) -> &str {
    &response.0.reason
}

/// `http.client.HTTPResponse.url`
pub fn url(response: &HttpResponse) -> &str {
    &response.0.url
}

/// `http.client.HTTPResponse.geturl()`.
pub fn geturl(response: &HttpResponse) -> &str {
    &response.0.url
}

/// `http.client.HTTPResponse.headers`
pub fn headers(response: &HttpResponse) -> HttpHeaders {
    response.0.headers.clone()
}

/// `http.client.HTTPResponse.info()`.
pub fn info(response: &HttpResponse) -> HttpHeaders {
    response.0.headers.clone()
}

/// `http.client.HTTPResponse.read(amt=None)`.
pub fn read(response: &HttpResponse, amt: Option<i64>) -> Vec<u8> {
    let mut left = response.0.body.borrow_mut();
    let amount = amt.and_then(|amount| usize::try_from(amount).ok());
    let amount = amount.unwrap_or(left.len()).min(left.len());
    let rest = left.split_off(amount);
    std::mem::replace(&mut *left, rest)
}

/// `http.client.HTTPResponse.readline()`.
pub fn readline(response: &HttpResponse) -> Vec<u8> {
    let end = response.0.body.borrow().iter().position(|it| *it == b'\n');
    read(response, end.map(|at| at as i64 + 1))
}

/// `http.client.HTTPResponse.readlines()`.
pub fn readlines(response: &HttpResponse) -> List {
    let lines = std::iter::from_fn(|| Some(readline(response)).filter(|line| !line.is_empty()));
    lines.collect()
}

/// `http.client.HTTPResponse.__next__()`.
pub fn next_line(response: &HttpResponse) -> Result<Vec<u8>> {
    Some(readline(response))
        .filter(|line| !line.is_empty())
        .ok_or_else(error::stop_iteration)
}

/// `http.client.HTTPResponse.close()`.
pub fn close(response: &HttpResponse) {
    response.0.body.borrow_mut().clear();
}

/// `http.client.HTTPResponse.getheader(name, default=None)`.
pub fn getheader(response: &HttpResponse, name: &str, default: Value) -> Value {
    let found: Vec<&str> = values(&response.0.headers, name).collect();
    match found.is_empty() {
        true => default,
        false => found.join(", ").into(),
    }
}

/// `http.client.HTTPMessage.get(name, failobj=None)`.
pub fn get(headers: &HttpHeaders, name: &str, failobj: Value) -> Value {
    values(headers, name).next().map_or(failobj, Value::from)
}

/// `http.client.HTTPMessage.__getitem__(name)`.
pub fn item(headers: &HttpHeaders, name: &str) -> Value {
    get(headers, name, Value::None)
}

/// `http.client.HTTPMessage.__contains__(name)`.
pub fn contains(headers: &HttpHeaders, name: &str) -> bool {
    values(headers, name).next().is_some()
}

/// `http.client.HTTPMessage.get_all(name, failobj=None)`.
pub fn get_all(headers: &HttpHeaders, name: &str, failobj: Value) -> Value {
    let found: List = values(headers, name).collect();
    match found.is_empty() {
        true => failobj,
        false => found.into(),
    }
}

fn values<'h>(headers: &'h HttpHeaders, name: &'h str) -> impl Iterator<Item = &'h str> {
    let all = headers.0.iter();
    let named = all.filter(move |(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str())
}

impl Object for HttpResponse {
    fn type_name(&self) -> &'static str {
        "HTTPResponse"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        Some(match name {
            "status" | "code" => status(self).into(),
            "reason" | "msg" => reason(self).into(),
            "url" => url(self).into(),
            "headers" => headers(self).into(),
            _ => return None,
        })
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        let unknown = || error::untranslated(format!("the attribute {name} of an HTTPResponse"));
        self.attribute(name).ok_or_else(unknown)
    }

    fn iterate(&self) -> Result<Iter> {
        Ok(Iter::of_list(&readlines(self)))
    }
}

impl Object for HttpHeaders {
    fn type_name(&self) -> &'static str {
        "HTTPMessage"
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of an HTTPMessage"
        )))
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn item(&self, key: &Value) -> Result<Value> {
        match key {
            Value::Str(name) => Ok(item(self, name)),
            _ => Err(error::untranslated("a header whose name is no text")),
        }
    }

    fn contains(&self, value: &Value) -> Result<bool> {
        match value {
            Value::Str(name) => Ok(contains(self, name)),
            _ => Err(error::untranslated("a header whose name is no text")),
        }
    }

    fn iterate(&self) -> Result<Iter> {
        // Their names are not kept as they were sent.
        Err(error::untranslated("the names of an HTTPMessage"))
    }

    fn representation(&self) -> String {
        format!("<http.client.HTTPMessage object at {:p}>", &*self.0)
    }
}

impl From<HttpResponse> for Value {
    fn from(response: HttpResponse) -> Self {
        Self::Object(Rc::new(response))
    }
}

impl From<HttpHeaders> for Value {
    fn from(headers: HttpHeaders) -> Self {
        Self::Object(Rc::new(headers))
    }
}
