//! URLs as Python's `requests` prepares them.

use super::error::{self, Result};
use super::list::List;
use super::requests_errors::{INVALID_SCHEMA, INVALID_URL, MISSING_SCHEMA, without_answer};
use super::text::str_repr;
use super::tuple::Tuple;
use super::urllib_quote;
use super::value::Value;

const UNRESERVED: &str = "-._~";
const USER: &str = "-._~!$&'()*+,;=:";
const PATH: &str = "-._~!$&'()*+,;=:@/";
const QUERY: &str = "-._~!$&'()*+,;=:@/?";
/// What stays as it is at last.
const SAFE: &str = "!#$%&'()*+,/:;=?@[]~";

/// A URL in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// `http` or `https`.
    pub scheme: String,
    /// What stands before `@`, escaped.
    pub user: Option<String>,
    /// The host in small letters.
    pub host: String,
    /// The port, where it is told.
    pub port: Option<u16>,
    /// The path, which begins with `/`.
    pub path: String,
    /// What follows `?`.
    pub query: String,
    /// What follows `#`.
    pub fragment: String,
}

impl Prepared {
    /// The port that is connected to.
    pub fn known_port(&self) -> u16 {
        let usual = if self.scheme == "https" { 443 } else { 80 };
        self.port.unwrap_or(usual)
    }

    /// The host, with its port where it is told.
    pub fn place(&self) -> String {
        let port = self.port.map(|port| format!(":{port}"));
        format!("{}{}", self.host, port.unwrap_or_default())
    }

    /// The path and the query.
    pub fn target(&self) -> String {
        match &*self.query {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The URL that is asked for: without user and fragment.
    pub fn asked(&self) -> String {
        format!("{}://{}{}", self.scheme, self.place(), self.target())
    }

    /// The whole URL.
    pub fn whole(&self) -> String {
        let user = self.user.as_ref().map(|user| format!("{user}@"));
        let fragment = match &*self.fragment {
            "" => String::new(),
            fragment => format!("#{fragment}"),
        };
        format!(
            "{}://{}{}{}{fragment}",
            self.scheme,
            user.unwrap_or_default(),
            self.place(),
            self.target()
        )
    }
}

/// A URL, made ready with the parameters of its query. Hosts that are not in ASCII are refused.
pub fn prepared(url: &str, params: &Value) -> Result<Prepared> {
    let parsed = parsed(url)?;
    let added = encoded_params(params)?;
    let query = match (parsed.query.is_empty(), added.is_empty()) {
        (_, true) => parsed.query,
        (true, false) => added,
        (false, false) => format!("{}&{added}", parsed.query),
    };
    Ok(Prepared {
        user: parsed.user.map(|user| requoted(&user)),
        host: requoted(&parsed.host),
        path: requoted(&parsed.path),
        query: requoted(&query),
        fragment: requoted(&parsed.fragment),
        ..parsed
    })
}

/// A URL in its parts, escaped where it must be.
pub fn parsed(url: &str) -> Result<Prepared> {
    let url = url.trim_start();
    let is_http = url.to_lowercase().starts_with("http");
    if url.contains(':') && !is_http {
        let text = format!("No connection adapters were found for {}", str_repr(url));
        return Err(without_answer(&INVALID_SCHEMA, text));
    }
    let missing = || {
        let text = format!(
            "Invalid URL {}: No scheme supplied. Perhaps you meant https://{url}?",
            str_repr(url)
        );
        without_answer(&MISSING_SCHEMA, text)
    };
    let Some((scheme, rest)) = url.split_once(':').filter(|(scheme, _)| {
        let known = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
        scheme.chars().all(known)
    }) else {
        return Err(missing());
    };
    let scheme = scheme.to_ascii_lowercase();
    let Some(rest) = rest.strip_prefix("//") else {
        return Err(error::untranslated(format!("the URL {url}")));
    };
    let end = rest.find(['\\', '/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user).filter(|user| !user.is_empty()), place),
        None => (None, authority),
    };
    let (host, port) = host_and_port(place, url)?;
    if scheme != "http" && scheme != "https" {
        let text = format!("No connection adapters were found for {}", str_repr(url));
        return Err(without_answer(&INVALID_SCHEMA, text));
    }
    let path = escaped(&without_dots(path), PATH);
    let root = if path.starts_with('/') { "" } else { "/" };
    Ok(Prepared {
        scheme,
        user: user.map(|user| escaped(user, USER)),
        host,
        port,
        path: format!("{root}{path}"),
        query: escaped(query.unwrap_or_default(), QUERY),
        fragment: escaped(fragment, QUERY),
    })
}

fn host_and_port(place: &str, url: &str) -> Result<(String, Option<u16>)> {
    if place.contains('[') || !place.is_ascii() {
        return Err(error::untranslated(format!("the host {place}")));
    }
    let failed = || without_answer(&INVALID_URL, format!("Failed to parse: {url}"));
    let (host, port) = match place.split_once(':') {
        Some((host, "")) => (host, None),
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => {
            (host, Some(port.parse().map_err(|_| failed())?))
        }
        Some(_) => return Err(failed()),
        None => (place, None),
    };
    if host.is_empty() {
        let text = format!("Invalid URL {}: No host supplied", str_repr(url));
        return Err(without_answer(&INVALID_URL, text));
    }
    if host.starts_with(['*', '.']) {
        let text = "URL has an invalid label.";
        return Err(without_answer(&INVALID_URL, text));
    }
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    match host.bytes().all(plain) {
        true => Ok((host.to_ascii_lowercase(), port)),
        false => Err(error::untranslated(format!("the host {host}"))),
    }
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => (),
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    if path.starts_with('/') && kept.first().is_none_or(|first| !first.is_empty()) {
        kept.insert(0, "");
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        kept.push("");
    }
    kept.join("/")
}

fn is_escape(rest: &[u8]) -> bool {
    matches!(rest, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// A part of a URL with what may not stand in it escaped. Escapes stay where all `%` begin one.
fn escaped(part: &str, allowed: &str) -> String {
    let bytes = part.as_bytes();
    let signs = bytes.iter().filter(|it| **it == b'%').count();
    let escapes = (0..bytes.len()).filter(|at| is_escape(&bytes[*at..]));
    let are_escapes = escapes.count() == signs;
    let mut text = String::with_capacity(part.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let c = char::from(*byte);
        if is_escape(&bytes[at..]) {
            let escape = part.get(at + 1..at + 3).unwrap_or_default();
            let sign = if are_escapes { "%" } else { "%25" };
            text.push_str(&format!("{sign}{}", escape.to_ascii_uppercase()));
            at += 3;
            continue;
        }
        match c.is_ascii_alphanumeric() || (c.is_ascii() && allowed.contains(c)) {
            true => text.push(c),
            false => text.push_str(&format!("%{byte:02X}")),
        }
        at += 1;
    }
    text
}

/// A part of a URL in which what needs no escape has none.
fn requoted(part: &str) -> String {
    let mut pieces = part.split('%');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece
            .get(..2)
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        let letter = code
            .map(char::from)
            .filter(|it| it.is_ascii_alphanumeric() || UNRESERVED.contains(*it));
        match letter {
            Some(letter) => plain.push_str(&format!("{letter}{}", &piece[2..])),
            None => plain.push_str(&format!("%{piece}")),
        }
    }
    urllib_quote::quote(&plain, SAFE)
}

/// Parameters as a query, or members of a form as a body.
pub fn encoded_params(params: &Value) -> Result<String> {
    let pairs = match params {
        Value::None => return Ok(String::new()),
        Value::Str(text) => return Ok(text.clone()),
        Value::Dict(members) => members.pairs(),
        Value::List(_) | Value::Tuple(_) => {
            let pairs = params.iterate()?.map(|pair| {
                let [key, value] = pair.unpack()?;
                Ok((key, value))
            });
            pairs.collect::<Result<Vec<_>>>()?
        }
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("parameters that are a {name}")));
        }
    };
    let encoded = List::new();
    for (key, values) in pairs {
        let values = match &values {
            Value::Str(_) | Value::Bytes(_) => vec![values],
            other => match other.iterate() {
                Ok(values) => values.collect(),
                Err(_) => vec![values],
            },
        };
        for value in values.into_iter().filter(|value| !value.is_none()) {
            encoded.push(Tuple::from(vec![key.clone(), value]));
        }
    }
    urllib_quote::urlencode(&Value::from(&encoded), true, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict;
    use crate::list;
    use crate::python::dict::Dict;

    fn whole(url: &str, params: impl Into<Value>) -> Result<String, String> {
        let prepared = prepared(url, &params.into());
        let raised = |it: error::Error| format!("{}: {it}", it.class().name);
        prepared.map(|it| it.whole()).map_err(raised)
    }

    #[test]
    fn urls_are_prepared_as_by_requests() {
        let none = || Value::None;
        for (url, expected) in [
            ("http://Example.COM", "http://example.com/"),
            (
                "HTTPS://u:p@x.y:8443/a/../b/./c d?q=ä b#f g",
                "https://u:p@x.y:8443/b/c%20d?q=%C3%A4%20b#f%20g",
            ),
            ("http://x/%7ea%2fb%zz", "http://x/%257Ea%252Fb%25zz"),
            ("http://x/%7ea%2fb", "http://x/~a%2Fb"),
            ("  http://x:80/[a]{b}|", "http://x:80/%5Ba%5D%7Bb%7D%7C"),
            ("http://x?a=1", "http://x/?a=1"),
            ("http://x/a/..", "http://x/"),
            ("http://x/..//a", "http://x/a"),
            ("http://x\\y", "http://x/%5Cy"),
            ("http://x/a?b=\"'<>`", "http://x/a?b=%22'%3C%3E%60"),
        ] {
            assert_eq!(whole(url, none()).as_deref(), Ok(expected), "{url}");
        }
    }

    #[test]
    fn parameters_follow_the_query() {
        let params: Dict =
            dict! {"a": "x y", "b": list![1, 2], "c": Value::None, "d": true, "é": 1.5};
        assert_eq!(
            whole("http://x/p?q=1", &params).as_deref(),
            Ok("http://x/p?q=1&a=x+y&b=1&b=2&d=True&%C3%A9=1.5")
        );
        assert_eq!(
            whole("http://x", "a=b c").as_deref(),
            Ok("http://x/?a=b%20c")
        );
        assert_eq!(whole("http://x", Dict::new()).as_deref(), Ok("http://x/"));
    }

    #[test]
    fn other_urls_are_refused_as_by_requests() {
        for (url, expected) in [
            (
                "a/b",
                "MissingSchema: Invalid URL 'a/b': No scheme supplied. Perhaps you meant https://a/b?",
            ),
            (
                "",
                "MissingSchema: Invalid URL '': No scheme supplied. Perhaps you meant https://?",
            ),
            (
                "http://",
                "InvalidURL: Invalid URL 'http://': No host supplied",
            ),
            ("http://*.x/", "InvalidURL: URL has an invalid label."),
            (
                "http://x:99999/",
                "InvalidURL: Failed to parse: http://x:99999/",
            ),
            (
                "ftp://x/",
                "InvalidSchema: No connection adapters were found for 'ftp://x/'",
            ),
            ("http://bücher/", "Untranslated: the host bücher"),
        ] {
            assert_eq!(whole(url, Value::None), Err(expected.to_owned()), "{url}");
        }
    }
}
