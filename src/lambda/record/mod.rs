//! What a function sends: its AWS calls by service, operation and parameters, and all other HTTP.
//!
//! A [`Recorder`] stands between one function and the stand-in for AWS. AWS calls reach it through
//! `AWS_ENDPOINT_URL` and go on to the stand-in, unless a [`Fault`] answers them; everything else
//! reaches it through the proxy variables and is answered by the [`Rules`]. Python's clients that
//! know no proxy are led there too; native code that opens connections by itself is not.

mod authority;
mod decode;
mod exchange;
mod fault;
mod http;
mod identify;
mod server;
mod tape;
mod upstream;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::aws::catalogue;

pub use authority::Authority;
pub use exchange::{Exchange, Wire};
pub use server::Recorder;

/// One AWS call as the function made it; its retries are one call with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// boto3's name of the service, or the name in the signature where the catalogue does not
    /// have it.
    pub service: String,
    /// The operation, such as `GetItem`; the request's method and path where it was not
    /// recognised.
    pub operation: String,
    /// The parameters by the API's names, in one form for all protocols: blobs as base64,
    /// timestamps as seconds since 1970.
    pub parameters: Value,
    /// Whether the parameters are all that was sent. `false` where the operation was not
    /// recognised, and the raw body stands for them.
    pub recognised: bool,
    /// The status of the last answer; absent when there was none.
    pub status: Option<u16>,
    /// How often it was sent.
    pub attempts: u32,
    /// When it was sent and when it was answered, since the recording began.
    #[serde(skip)]
    pub span: Span,
}

impl Call {
    /// Whether it leaves AWS as it was. By the operation's name: services call what only reads by
    /// these verbs.
    #[must_use]
    pub fn reads(&self) -> bool {
        const READS: &[&str] = &[
            "Get", "List", "Describe", "Head", "Query", "Scan", "BatchGet", "Search", "Lookup",
        ];
        let is_known = self.recognised && catalogue().service(&self.service).is_some();
        is_known && READS.iter().any(|verb| self.operation.starts_with(verb))
    }
}

/// One HTTP request to something that is not AWS.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The headers, names in lower case, sorted, without those that every client sets by itself.
    pub headers: Vec<(String, String)>,
    /// The body as text, or base64 after `base64:` where it is not UTF-8.
    pub body: String,
    /// When it was sent and when it was answered, since the recording began.
    #[serde(skip)]
    pub span: Span,
}

/// A time from start to end, since a recording began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The start.
    pub start: Duration,
    /// The end.
    pub end: Duration,
}

impl Span {
    /// Whether the two shared any time.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// All that was sent, in the order in which it was begun.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Recording {
    /// AWS calls.
    pub calls: Vec<Call>,
    /// Other requests.
    pub requests: Vec<Request>,
    /// AWS calls as they went over the wire, where they are kept.
    #[serde(skip)]
    pub exchanges: Vec<Exchange>,
}

/// How to answer, other than by the stand-in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Faults of AWS calls; the first that fits is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultRule>,
    /// Answers to other requests; the first that fits is taken, else 200 and `{}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub http: Vec<HttpRule>,
}

/// Which AWS calls fail, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// boto3's name of the service.
    pub service: String,
    /// The operation, such as `GetItem`.
    pub operation: String,
    /// The how-manieth call of that operation, from 1; absent for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<u32>,
    /// Parameters that it has; those that are not named may be anything.
    #[serde(default, rename = "with", skip_serializing_if = "Map::is_empty")]
    pub parameters: Map<String, Value>,
    /// What happens to it, with all its retries.
    pub fault: Fault,
}

/// What can go wrong with an AWS call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Too many requests.
    Throttle,
    /// The role may not.
    Denied,
    /// No answer ever comes.
    Timeout,
    /// The service fails with a 500.
    Error,
    /// The page holds one item and names the next page.
    Truncated,
    /// The answer takes half a second longer.
    Slow,
}

/// How to answer requests to something that is not AWS.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpRule {
    /// The method; absent for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The URL, with `*` for any text.
    pub url: String,
    /// The status of the answer.
    #[serde(default = "ok")]
    pub status: u16,
    /// Its headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Its body: a string as it is, anything else as JSON.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub body: Value,
}

fn ok() -> u16 {
    200
}
