//! The responses of Python's `requests`.

use std::cell::RefCell;
use std::rc::Rc;

use super::codec::{Codec, codec};
use super::dict::Dict;
use super::error::{self, Error, Result};
use super::iterate::Iter;
use super::json;
use super::list::List;
use super::object::Object;
use super::ops::repr;
use super::requests_errors::{HTTP_ERROR, REQUESTS_JSON_DECODE_ERROR};
use super::tuple::Tuple;
use super::value::Value;

/// `requests.structures.CaseInsensitiveDict`
#[derive(Debug, Clone, Default)]
pub struct Headers {
    members: Rc<RefCell<Vec<(String, Value)>>>,
    /// Whether they are shown as those of urllib3.
    is_of_urllib3: bool,
}

impl Headers {
    /// Headers that were received.
    pub fn received(members: &[(String, String)]) -> Self {
        let mut joined: Vec<(String, String)> = Vec::new();
        for (name, value) in members {
            match joined.iter_mut().find(|(known, _)| is_same(known, name)) {
                Some((_, values)) => *values = format!("{values}, {value}"),
                None => joined.push((name.clone(), value.clone())),
            }
        }
        let members = joined.into_iter().map(|(name, value)| (name, value.into()));
        Self {
            members: Rc::new(RefCell::new(members.collect())),
            is_of_urllib3: false,
        }
    }

    /// Headers that urllib3 received.
    pub fn of_urllib3(members: &[(String, String)]) -> Self {
        Self {
            is_of_urllib3: true,
            ..Self::received(members)
        }
    }

    /// The value of a name in any case.
    pub fn find(&self, name: &str) -> Option<Value> {
        let members = self.members.borrow();
        let found = members.iter().find(|(known, _)| is_same(known, name));
        found.map(|(_, value)| value.clone())
    }

    /// Sets the value of a name, which takes the place of one in another case.
    pub fn set(&self, name: &str, value: impl Into<Value>) {
        let mut members = self.members.borrow_mut();
        match members.iter_mut().find(|(known, _)| is_same(known, name)) {
            Some(member) => *member = (name.to_owned(), value.into()),
            None => members.push((name.to_owned(), value.into())),
        }
    }

    /// Leaves out a name.
    pub fn leave_out(&self, name: &str) {
        let mut members = self.members.borrow_mut();
        members.retain(|(known, _)| !is_same(known, name));
    }

    /// All names and values.
    pub fn members(&self) -> Vec<(String, Value)> {
        self.members.borrow().clone()
    }
}

fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// `requests.structures.CaseInsensitiveDict.get(key, default=None, /)`.
pub fn get(headers: &Headers, key: &str, default: &Value) -> Value {
    headers.find(key).unwrap_or_else(|| default.clone())
}

/// `requests.structures.CaseInsensitiveDict.items()`.
/// A copy: what is set afterwards is not seen.
pub fn items(headers: &Headers) -> List {
    let members = headers.members().into_iter();
    members
        .map(|(name, value)| Tuple::from(vec![name.into(), value]))
        .collect()
}

/// `dict(mapping, /)`.
pub fn dict(mapping: &Headers) -> Dict {
    let dict = Dict::new();
    for (name, value) in mapping.members() {
        dict.insert(name, value);
    }
    dict
}

/// `requests.structures.CaseInsensitiveDict.update(other, /)`.
/// Other mappings than a dict with names that are a str are refused.
pub fn update(headers: &Headers, other: &Value) -> Result<()> {
    let Value::Dict(members) = other else {
        let name = other.type_name();
        return Err(error::untranslated(format!("headers from a {name}")));
    };
    for (name, value) in members.pairs() {
        set_item(headers, &name, value)?;
    }
    Ok(())
}

fn set_item(headers: &Headers, name: &Value, value: Value) -> Result<()> {
    let Value::Str(name) = name else {
        let text = format!("a header's name that is a {}", name.type_name());
        return Err(error::untranslated(text));
    };
    headers.set(name, value);
    Ok(())
}

impl Object for Headers {
    fn type_name(&self) -> &'static str {
        match self.is_of_urllib3 {
            true => "HTTPHeaderDict",
            false => "CaseInsensitiveDict",
        }
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of headers"
        )))
    }

    fn length(&self) -> Option<usize> {
        Some(self.members.borrow().len())
    }

    fn item(&self, key: &Value) -> Result<Value> {
        let name = key.expect_str("lower")?;
        // The key that is missing is told in small letters.
        let missing = || error::key_error(&name.to_lowercase().into());
        self.find(name).ok_or_else(missing)
    }

    fn set_item(&self, key: &Value, value: Value) -> Result<()> {
        set_item(self, key, value)
    }

    fn contains(&self, value: &Value) -> Result<bool> {
        Ok(self.find(value.expect_str("lower")?).is_some())
    }

    fn iterate(&self) -> Result<Iter> {
        Value::from(dict(self)).iterate()
    }

    fn representation(&self) -> String {
        let members = repr(&dict(self).into());
        match self.is_of_urllib3 {
            true => format!("HTTPHeaderDict({members})"),
            false => members,
        }
    }
}

impl From<Headers> for Value {
    fn from(headers: Headers) -> Self {
        Self::Object(Rc::new(headers))
    }
}

/// `requests.Response`
#[derive(Debug, Clone)]
pub struct Response(Rc<Received>);

/// What was received.
#[derive(Debug, Default)]
pub struct Received {
    /// As `404`.
    pub status: i64,
    /// As `Not Found`.
    pub reason: String,
    /// The URL that was asked for at last.
    pub url: String,
    /// The headers.
    pub headers: Headers,
    /// The body, decoded.
    pub content: Vec<u8>,
}

impl Response {
    /// A response of what was received.
    pub fn new(received: Received) -> Self {
        Self(Rc::new(received))
    }
}

/// `requests.Response.status_code`
pub fn status_code(response: &Response) -> i64 {
    response.0.status
}

/// `requests.Response.reason`
pub fn reason(response: &Response) -> String {
    response.0.reason.clone()
}

/// `requests.Response.url`
pub fn url(response: &Response) -> String {
    response.0.url.clone()
}

/// `requests.Response.headers`
pub fn headers(response: &Response) -> Headers {
    response.0.headers.clone()
}

/// `requests.Response.content`
pub fn content(response: &Response) -> Vec<u8> {
    response.0.content.clone()
}

/// `requests.Response.ok`
pub fn ok(response: &Response) -> bool {
    !(400..600).contains(&response.0.status)
}

/// `requests.Response.close()`.
pub fn close(_response: &Response) {}

/// `requests.Response.raise_for_status()`.
pub fn raise_for_status(response: &Response) -> Result<()> {
    let received = &response.0;
    let side = match received.status {
        400..500 => "Client",
        500..600 => "Server",
        _ => return Ok(()),
    };
    let text = format!(
        "{} {side} Error: {} for url: {}",
        received.status, received.reason, received.url
    );
    let raised = Error::new(&HTTP_ERROR, text);
    Err(raised.with_attribute("response", response.clone()))
}

/// `requests.Response.encoding`
/// Where the type of the content gives none, an empty answer is refused by no reader of it.
pub fn encoding(response: &Response) -> Option<String> {
    let Some(Value::Str(kind)) = response.0.headers.find("content-type") else {
        return None;
    };
    let mut parts = kind.split(';');
    let media = parts.next().unwrap_or_default().trim();
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let trimmed = |it: &str| it.trim_matches(['"', '\'', ' ']).to_owned();
        if trimmed(name).eq_ignore_ascii_case("charset") {
            return Some(trimmed(value));
        }
    }
    if media.contains("text") {
        return Some("ISO-8859-1".to_owned());
    }
    media
        .contains("application/json")
        .then(|| "utf-8".to_owned())
}

/// `requests.Response.text`
/// A body that is not in ASCII, of no known encoding, which Python would guess, is refused.
pub fn text(response: &Response) -> Result<String> {
    let content = &response.0.content;
    if content.is_empty() {
        return Ok(String::new());
    }
    match encoding(response) {
        None if content.is_ascii() => Ok(String::from_utf8_lossy(content).into_owned()),
        None => Err(error::untranslated(
            "a response in an encoding that is guessed",
        )),
        Some(name) => match codec(&name)? {
            Codec::Utf8 => Ok(String::from_utf8_lossy(content).into_owned()),
            Codec::Latin1 => Ok(content.iter().copied().map(char::from).collect()),
            Codec::Ascii if content.is_ascii() => Ok(String::from_utf8_lossy(content).into_owned()),
            _ => Err(error::untranslated(format!("a response in {name}"))),
        },
    }
}

/// `requests.Response.json()`.
/// A body in UTF-16 or UTF-32 of no known encoding is refused.
pub fn json(response: &Response) -> Result<Value> {
    let content = &response.0.content;
    let raised = |raised: Error| match raised.is(&json::JSON_DECODE_ERROR) {
        true => raised.of_class(&REQUESTS_JSON_DECODE_ERROR),
        false => raised,
    };
    if encoding(response).is_none_or(|it| it.is_empty()) && content.len() > 3 {
        if content.iter().take(4).any(|byte| *byte == 0) {
            return Err(error::untranslated("JSON that is not in UTF-8"));
        }
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        if let Ok(text) = std::str::from_utf8(content) {
            return json::loads(text).map_err(raised);
        }
    }
    json::loads(&text(response)?).map_err(raised)
}

impl Object for Response {
    fn type_name(&self) -> &'static str {
        "Response"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "status_code" => Some(self.0.status.into()),
            "reason" => Some(reason(self).into()),
            "url" => Some(url(self).into()),
            "headers" => Some(headers(self).into()),
            "content" => Some(content(self).into()),
            "ok" => Some(ok(self).into()),
            "encoding" => Some(encoding(self).into()),
            _ => None,
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        if name == "text" {
            return text(self).map(Value::from);
        }
        let unknown = || error::untranslated(format!("the attribute {name} of a Response"));
        Object::attribute(self, name).ok_or_else(unknown)
    }

    fn is_true(&self) -> bool {
        ok(self)
    }

    fn representation(&self) -> String {
        format!("<Response [{}]>", self.0.status)
    }
}

impl From<Response> for Value {
    fn from(response: Response) -> Self {
        Self::Object(Rc::new(response))
    }
}
