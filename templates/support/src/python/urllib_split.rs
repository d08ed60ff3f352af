//! Taking URLs apart and putting them together, as Python's `urllib.parse`.

#[cfg(feature = "object")]
use std::rc::Rc;

use super::error::{self, Result};
use super::value::Value;

/// `urllib.parse.SplitResult`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitResult {
    scheme: String,
    netloc: String,
    path: String,
    query: String,
    fragment: String,
}

/// `urllib.parse.ParseResult`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParseResult {
    split: SplitResult,
    params: String,
}

/// Schemes of URLs that may be relative.
const RELATIVE: &[&str] = &[
    "", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms",
    "prospero", "rtsp", "rtsps", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss",
];
/// Schemes of URLs with a host.
const WITH_HOST: &[&str] = &[
    "", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp",
    "snews", "prospero", "rtsp", "rtsps", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git",
    "git+ssh", "ws", "wss",
];
/// Schemes of URLs whose paths end with parameters.
const WITH_PARAMETERS: &[&str] = &[
    "", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu",
    "sip", "sips", "mms", "sftp", "tel",
];

/// `urllib.parse.urlsplit(url, scheme='', allow_fragments=True)`.
/// Hosts that are addresses in brackets or not ASCII are refused.
pub fn urlsplit(url: &str, scheme: &str, allow_fragments: bool) -> Result<SplitResult> {
    let is_unsafe = |c: char| matches!(c, '\t' | '\r' | '\n');
    let is_control = |c: char| c <= ' ';
    let url = url.trim_start_matches(is_control).replace(is_unsafe, "");
    let mut scheme = scheme.trim_matches(is_control).replace(is_unsafe, "");
    let mut rest = url.as_str();
    if let Some((before, after)) = rest.split_once(':')
        && before.starts_with(|c: char| c.is_ascii_alphabetic())
        && before
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    {
        (scheme, rest) = (before.to_ascii_lowercase(), after);
    }
    let mut netloc = "";
    if let Some(after) = rest.strip_prefix("//") {
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        (netloc, rest) = after.split_at(end);
        check_host(netloc)?;
    }
    let mut fragment = "";
    if allow_fragments && let Some(parts) = rest.split_once('#') {
        (rest, fragment) = parts;
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if !netloc.is_ascii() {
        return Err(error::untranslated("a URL whose host is not ASCII"));
    }
    Ok(SplitResult {
        scheme,
        netloc: netloc.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        fragment: fragment.to_owned(),
    })
}

fn check_host(netloc: &str) -> Result<()> {
    match (netloc.contains('['), netloc.contains(']')) {
        (false, false) => Ok(()),
        (true, true) => Err(error::untranslated("a URL with an address in brackets")),
        _ => Err(error::value_error("Invalid IPv6 URL")),
    }
}

/// `urllib.parse.urlsplit(url, scheme='', allow_fragments=True)`.
/// Other values than texts are refused.
pub fn urlsplit_value(url: &Value, scheme: &str, allow_fragments: bool) -> Result<SplitResult> {
    urlsplit(url_text(url)?, scheme, allow_fragments)
}

fn url_text(url: &Value) -> Result<&str> {
    url.as_str().ok_or_else(|| {
        let name = url.type_name();
        error::untranslated(format!("a URL that is a {name}"))
    })
}

/// `urllib.parse.urlparse(url, scheme='', allow_fragments=True)`.
/// Hosts that are addresses in brackets or not ASCII are refused.
pub fn urlparse(url: &str, scheme: &str, allow_fragments: bool) -> Result<ParseResult> {
    let mut split = urlsplit(url, scheme, allow_fragments)?;
    let mut params = String::new();
    if WITH_PARAMETERS.contains(&split.scheme.as_str()) {
        let last = split.path.rfind('/').unwrap_or_default();
        if let Some(at) = split.path[last..].find(';') {
            params = split.path.split_off(last + at).split_off(1);
        }
    }
    Ok(ParseResult { split, params })
}

/// `urllib.parse.urlparse(url, scheme='', allow_fragments=True)`.
/// Other values than texts are refused.
pub fn urlparse_value(url: &Value, scheme: &str, allow_fragments: bool) -> Result<ParseResult> {
    urlparse(url_text(url)?, scheme, allow_fragments)
}

/// As `urlunsplit`.
fn put_together(split: &SplitResult) -> String {
    let SplitResult {
        scheme,
        netloc,
        path,
        query,
        fragment,
    } = split;
    let mut url = path.clone();
    let has_host = !scheme.is_empty() && WITH_HOST.contains(&scheme.as_str());
    if !netloc.is_empty() || (has_host && !url.starts_with("//")) {
        let slash = if url.is_empty() || url.starts_with('/') {
            ""
        } else {
            "/"
        };
        url = format!("//{netloc}{slash}{url}");
    }
    for (before, mark, part) in [
        (true, ':', scheme),
        (false, '?', query),
        (false, '#', fragment),
    ] {
        if part.is_empty() {
            continue;
        }
        url = if before {
            format!("{part}{mark}{url}")
        } else {
            format!("{url}{mark}{part}")
        };
    }
    url
}

fn put_together_all(parsed: &ParseResult) -> String {
    if parsed.params.is_empty() {
        return put_together(&parsed.split);
    }
    let path = format!("{};{}", parsed.split.path, parsed.params);
    put_together(&SplitResult {
        path,
        ..parsed.split.clone()
    })
}

/// `urllib.parse.urljoin(base, url, allow_fragments=True)`.
/// Hosts that are addresses in brackets or not ASCII are refused.
pub fn urljoin(base: &str, url: &str, allow_fragments: bool) -> Result<String> {
    if base.is_empty() || url.is_empty() {
        return Ok(format!("{base}{url}"));
    }
    let base = urlparse(base, "", allow_fragments)?;
    let mut joined = urlparse(url, &base.split.scheme, allow_fragments)?;
    let scheme = joined.split.scheme.as_str();
    if scheme != base.split.scheme || !RELATIVE.contains(&scheme) {
        return Ok(url.to_owned());
    }
    if WITH_HOST.contains(&scheme) {
        if !joined.split.netloc.is_empty() {
            return Ok(put_together_all(&joined));
        }
        joined.split.netloc.clone_from(&base.split.netloc);
    }
    if joined.split.path.is_empty() && joined.params.is_empty() {
        joined.split.path = base.split.path;
        joined.params = base.params;
        if joined.split.query.is_empty() {
            joined.split.query = base.split.query;
        }
    } else {
        joined.split.path = resolved(&base.split.path, &joined.split.path);
    }
    Ok(put_together_all(&joined))
}

/// A path as seen from another one.
fn resolved(base: &str, path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    if !path.starts_with('/') {
        let mut all: Vec<&str> = base.split('/').collect();
        all.pop_if(|last| !last.is_empty());
        all.append(&mut segments);
        let last = all.len().saturating_sub(1);
        let kept = all.into_iter().enumerate();
        segments = kept
            .filter(|(at, segment)| *at == 0 || *at == last || !segment.is_empty())
            .map(|(_, segment)| segment)
            .collect();
    }
    let mut resolved = Vec::new();
    for segment in &segments {
        match *segment {
            ".." => {
                resolved.pop();
            }
            "." => {}
            other => resolved.push(other),
        }
    }
    if matches!(segments.last(), Some(&("." | ".."))) {
        resolved.push("");
    }
    match resolved.join("/") {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    }
}

/// A user and a password, where a host has them.
fn user(split: &SplitResult) -> (Option<String>, Option<String>) {
    let Some((user, _)) = split.netloc.rsplit_once('@') else {
        return (None, None);
    };
    match user.split_once(':') {
        Some((user, password)) => (Some(user.to_owned()), Some(password.to_owned())),
        None => (Some(user.to_owned()), None),
    }
}

/// A host and a port.
fn host(split: &SplitResult) -> (&str, &str) {
    let host = split
        .netloc
        .rsplit_once('@')
        .map_or(&*split.netloc, |(_, host)| host);
    host.split_once(':').unwrap_or((host, ""))
}

fn host_name(split: &SplitResult) -> Option<String> {
    let (host, _) = host(split);
    if host.is_empty() {
        return None;
    }
    let (name, zone) = host.split_at(host.find('%').unwrap_or(host.len()));
    Some(name.to_lowercase() + zone)
}

fn port_number(split: &SplitResult) -> Result<Option<i64>> {
    let (_, port) = host(split);
    if port.is_empty() {
        return Ok(None);
    }
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        let shown = super::text::str_repr(port);
        let text = format!("Port could not be cast to integer value as {shown}");
        return Err(error::value_error(text));
    }
    match port.parse() {
        Ok(number @ 0..=65535) => Ok(Some(number)),
        _ => Err(error::value_error("Port out of range 0-65535")),
    }
}
/// `urllib.parse.SplitResult.scheme`
pub fn split_scheme(result: &SplitResult) -> String {
    result.scheme.clone()
}

/// `urllib.parse.SplitResult.netloc`
pub fn split_netloc(result: &SplitResult) -> String {
    result.netloc.clone()
}

/// `urllib.parse.SplitResult.path`
pub fn split_path(result: &SplitResult) -> String {
    result.path.clone()
}

/// `urllib.parse.SplitResult.query`
pub fn split_query(result: &SplitResult) -> String {
    result.query.clone()
}

/// `urllib.parse.SplitResult.fragment`
pub fn split_fragment(result: &SplitResult) -> String {
    result.fragment.clone()
}

/// `urllib.parse.SplitResult.hostname`
pub fn split_hostname(result: &SplitResult) -> Option<String> {
    host_name(result)
}

/// `urllib.parse.SplitResult.port`
pub fn split_port(result: &SplitResult) -> Result<Option<i64>> {
    port_number(result)
}

/// `urllib.parse.SplitResult.username`
pub fn split_username(result: &SplitResult) -> Option<String> {
    user(result).0
}

/// `urllib.parse.SplitResult.password`
pub fn split_password(result: &SplitResult) -> Option<String> {
    user(result).1
}

/// `urllib.parse.SplitResult.geturl()`.
pub fn split_geturl(result: &SplitResult) -> String {
    put_together(result)
}

/// `urllib.parse.ParseResult.scheme`
pub fn parse_scheme(result: &ParseResult) -> String {
    result.split.scheme.clone()
}

/// `urllib.parse.ParseResult.netloc`
pub fn parse_netloc(result: &ParseResult) -> String {
    result.split.netloc.clone()
}

/// `urllib.parse.ParseResult.path`
pub fn parse_path(result: &ParseResult) -> String {
    result.split.path.clone()
}

/// `urllib.parse.ParseResult.query`
pub fn parse_query(result: &ParseResult) -> String {
    result.split.query.clone()
}

/// `urllib.parse.ParseResult.fragment`
pub fn parse_fragment(result: &ParseResult) -> String {
    result.split.fragment.clone()
}

/// `urllib.parse.ParseResult.params`
pub fn parse_params(result: &ParseResult) -> String {
    result.params.clone()
}

/// `urllib.parse.ParseResult.hostname`
pub fn parse_hostname(result: &ParseResult) -> Option<String> {
    host_name(&result.split)
}

/// `urllib.parse.ParseResult.port`
pub fn parse_port(result: &ParseResult) -> Result<Option<i64>> {
    port_number(&result.split)
}

/// `urllib.parse.ParseResult.username`
pub fn parse_username(result: &ParseResult) -> Option<String> {
    user(&result.split).0
}

/// `urllib.parse.ParseResult.password`
pub fn parse_password(result: &ParseResult) -> Option<String> {
    user(&result.split).1
}

/// `urllib.parse.ParseResult.geturl()`.
pub fn parse_geturl(result: &ParseResult) -> String {
    put_together_all(result)
}

/// The same with the path `/` where there is a host and no path.
pub fn rooted(result: &ParseResult) -> ParseResult {
    let mut rooted = result.clone();
    if rooted.split.path.is_empty() && !rooted.split.netloc.is_empty() {
        rooted.split.path.push('/');
    }
    rooted
}

/// The attributes of both kinds of results.
#[cfg(feature = "object")]
fn attribute(split: &SplitResult, name: &str) -> Option<Result<Value>> {
    let text = |text: &String| Some(Ok(text.into()));
    match name {
        "scheme" => text(&split.scheme),
        "netloc" => text(&split.netloc),
        "path" => text(&split.path),
        "query" => text(&split.query),
        "fragment" => text(&split.fragment),
        "hostname" => Some(Ok(host_name(split).into())),
        "port" => Some(port_number(split).map(Value::from)),
        "username" => Some(Ok(user(split).0.into())),
        "password" => Some(Ok(user(split).1.into())),
        _ => None,
    }
}

/// A result as a value: what is passed on to code that asks for its attributes by name.
#[cfg(feature = "object")]
impl super::object::Object for ParseResult {
    fn type_name(&self) -> &'static str {
        "ParseResult"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        self.read_attribute(name).ok()
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        if name == "params" {
            return Ok(self.params.as_str().into());
        }
        let unknown = || error::untranslated(format!("the attribute {name} of a ParseResult"));
        attribute(&self.split, name).unwrap_or_else(|| Err(unknown()))
    }

    fn is_true(&self) -> bool {
        true
    }

    fn representation(&self) -> String {
        let split = &self.split;
        let parts = [
            ("scheme", &split.scheme),
            ("netloc", &split.netloc),
            ("path", &split.path),
            ("params", &self.params),
            ("query", &split.query),
            ("fragment", &split.fragment),
        ];
        let shown = parts.map(|(name, text)| format!("{name}={}", super::text::str_repr(text)));
        format!("ParseResult({})", shown.join(", "))
    }
}

#[cfg(feature = "object")]
impl From<ParseResult> for Value {
    fn from(result: ParseResult) -> Self {
        Self::Object(Rc::new(result))
    }
}
