//! Cross-origin requests, as the event handler of Powertools for AWS Lambda answers them.

use std::collections::BTreeSet;

use super::dict::Dict;
use super::error::{self, Result};
use super::value::Value;

/// `aws_lambda_powertools.event_handler.CORSConfig`
#[derive(Debug, Clone)]
pub struct CorsConfig {
    origins: Vec<String>,
    allow_headers: BTreeSet<String>,
    expose_headers: Vec<String>,
    max_age: Value,
    allow_credentials: bool,
}

/// `aws_lambda_powertools.event_handler.CORSConfig(allow_origin='*', extra_origins=None, allow_headers=None, expose_headers=None, max_age=None, allow_credentials=False)`.
pub fn cors_config(
    allow_origin: &str,
    extra_origins: &Value,
    allow_headers: &Value,
    expose_headers: &Value,
    max_age: &Value,
    allow_credentials: bool,
) -> Result<CorsConfig> {
    let default = CorsConfig::default();
    let mut origins = vec![allow_origin.to_owned()];
    origins.extend(texts(extra_origins)?);
    let mut headers = default.allow_headers;
    headers.extend(texts(allow_headers)?);
    Ok(CorsConfig {
        origins,
        allow_headers: headers,
        expose_headers: texts(expose_headers)?,
        max_age: max_age.clone(),
        allow_credentials,
    })
}

/// The items of a list of texts, or none.
fn texts(list: &Value) -> Result<Vec<String>> {
    if !list.is_true() {
        return Ok(Vec::new());
    }
    let text = |item: Value| match item {
        Value::Str(text) => Ok(text),
        _ => Err(error::untranslated("a header or origin that is not a str")),
    };
    list.iterate()?.map(text).collect()
}

impl Default for CorsConfig {
    fn default() -> Self {
        let always = [
            "Authorization",
            "Content-Type",
            "X-Amz-Date",
            "X-Api-Key",
            "X-Amz-Security-Token",
        ];
        Self {
            origins: vec!["*".to_owned()],
            allow_headers: always.map(str::to_owned).into(),
            expose_headers: Vec::new(),
            max_age: Value::None,
            allow_credentials: false,
        }
    }
}

impl CorsConfig {
    /// Adds what a browser must know to a response, if the origin of the request is allowed.
    pub fn add_headers(&self, headers: &Dict, origin: &Value) {
        let allows = |origin: &str| self.origins.iter().any(|allowed| allowed == origin);
        let origin = match origin {
            Value::None => return,
            Value::Str(origin) if allows(origin) => origin,
            _ if allows("*") => "*",
            _ => return,
        };
        if origin.is_empty() {
            return;
        }
        headers.insert("Access-Control-Allow-Origin", origin);
        headers.insert("Access-Control-Allow-Headers", joined(&self.allow_headers));
        if !self.expose_headers.is_empty() {
            let exposed = self.expose_headers.join(",");
            headers.insert("Access-Control-Expose-Headers", exposed);
        }
        if !self.max_age.is_none() {
            headers.insert("Access-Control-Max-Age", self.max_age.to_string());
        }
        if origin != "*" && self.allow_credentials {
            headers.insert("Access-Control-Allow-Credentials", "true");
        }
    }
}

/// Texts in their order, with commas between them.
pub fn joined(texts: &BTreeSet<String>) -> String {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    texts.join(",")
}
