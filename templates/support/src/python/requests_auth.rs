//! What signs the requests of Python's `requests`.

use std::fmt;
use std::rc::Rc;

use super::base64;
use super::error::{self, Result};
use super::hashlib::{self, SHA256};
use super::hmac;
use super::object::Object;
use super::requests_response::Headers;
use super::value::Value;
use super::{environ, time};

/// What is signed.
#[derive(Debug)]
pub struct Unsigned<'a> {
    /// As `GET`.
    pub method: &'a str,
    /// The path, escaped.
    pub path: &'a str,
    /// The query, escaped.
    pub query: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The headers, to which the signature is added.
    pub headers: &'a Headers,
}

/// `requests.auth.HTTPBasicAuth`
#[derive(Debug, Clone)]
pub struct BasicAuth {
    username: Value,
    password: Value,
}

/// `requests.auth.HTTPBasicAuth(username, password)`.
pub fn basic_auth(username: &Value, password: &Value) -> BasicAuth {
    BasicAuth {
        username: username.clone(),
        password: password.clone(),
    }
}

impl Object for BasicAuth {
    fn type_name(&self) -> &'static str {
        "HTTPBasicAuth"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "username" => Some(self.username.clone()),
            "password" => Some(self.password.clone()),
            _ => None,
        }
    }
}

impl From<BasicAuth> for Value {
    fn from(auth: BasicAuth) -> Self {
        Self::Object(Rc::new(auth))
    }
}

/// The header of a user and a password. What is not in Latin-1, or no str, is refused.
pub fn basic(username: &Value, password: &Value) -> Result<String> {
    let mut bytes = latin(username)?;
    bytes.push(b':');
    bytes.extend(latin(password)?);
    let encoded = base64::b64encode(&bytes).into_iter().map(char::from);
    Ok(format!("Basic {}", encoded.collect::<String>()))
}

fn latin(part: &Value) -> Result<Vec<u8>> {
    let Value::Str(text) = part else {
        let name = part.type_name();
        return Err(error::untranslated(format!(
            "a user or password that is a {name}"
        )));
    };
    let bytes: Option<Vec<u8>> = text.chars().map(|it| u8::try_from(it).ok()).collect();
    bytes.ok_or_else(|| error::untranslated("a user or password that is not in Latin-1"))
}

/// `botocore.credentials.Credentials`
#[derive(Clone)]
pub struct Credentials {
    access_key: String,
    secret_key: String,
    token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Credentials({})", self.access_key)
    }
}

/// `boto3.get_credentials()`.
/// Those of the environment, as Lambda gives them; others are refused.
pub fn get_credentials() -> Result<Credentials> {
    let variable = |name: &str| environ::find(name).filter(|value| !value.is_empty());
    let (Some(access_key), Some(secret_key)) = (
        variable("AWS_ACCESS_KEY_ID"),
        variable("AWS_SECRET_ACCESS_KEY"),
    ) else {
        return Err(error::untranslated(
            "credentials that are not in the environment",
        ));
    };
    Ok(Credentials {
        access_key,
        secret_key,
        token: variable("AWS_SESSION_TOKEN"),
    })
}

/// `botocore.credentials.Credentials.access_key`
pub fn access_key(credentials: &Credentials) -> String {
    credentials.access_key.clone()
}

/// `botocore.credentials.Credentials.secret_key`
pub fn secret_key(credentials: &Credentials) -> String {
    credentials.secret_key.clone()
}

/// `botocore.credentials.Credentials.token`
pub fn token(credentials: &Credentials) -> Option<String> {
    credentials.token.clone()
}

/// `botocore.credentials.Credentials.get_frozen_credentials()`.
pub fn get_frozen_credentials(credentials: &Credentials) -> Credentials {
    credentials.clone()
}

/// `aws_requests_auth.aws_auth.AWSRequestsAuth`
#[derive(Debug, Clone)]
pub struct AwsAuth {
    credentials: Credentials,
    host: String,
    region: String,
    service: String,
}

/// `aws_requests_auth.aws_auth.AWSRequestsAuth(aws_access_key, aws_secret_access_key, aws_host, aws_region, aws_service, aws_token=None)`.
/// What is no str is refused.
pub fn aws_auth(
    aws_access_key: &Value,
    aws_secret_access_key: &Value,
    aws_host: &Value,
    aws_region: &Value,
    aws_service: &Value,
    aws_token: &Value,
) -> Result<AwsAuth> {
    let token = match aws_token {
        Value::None => None,
        token => Some(text(token)?).filter(|token| !token.is_empty()),
    };
    Ok(AwsAuth {
        credentials: Credentials {
            access_key: text(aws_access_key)?,
            secret_key: text(aws_secret_access_key)?,
            token,
        },
        host: text(aws_host)?,
        region: text(aws_region)?,
        service: text(aws_service)?,
    })
}

/// `aws_requests_auth.boto_utils.BotoAWSRequestsAuth(aws_host, aws_region, aws_service)`.
/// What is no str is refused.
pub fn boto_auth(aws_host: &Value, aws_region: &Value, aws_service: &Value) -> Result<AwsAuth> {
    Ok(AwsAuth {
        credentials: get_credentials()?,
        host: text(aws_host)?,
        region: text(aws_region)?,
        service: text(aws_service)?,
    })
}

fn text(value: &Value) -> Result<String> {
    let unknown = || {
        let name = value.type_name();
        error::untranslated(format!("a signature with a {name}"))
    };
    value.as_str().map(str::to_owned).ok_or_else(unknown)
}

impl Object for AwsAuth {
    fn type_name(&self) -> &'static str {
        "AWSRequestsAuth"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "aws_host" => Some(self.host.clone().into()),
            "aws_region" => Some(self.region.clone().into()),
            "service" => Some(self.service.clone().into()),
            _ => None,
        }
    }
}

impl From<AwsAuth> for Value {
    fn from(auth: AwsAuth) -> Self {
        Self::Object(Rc::new(auth))
    }
}

/// The moment as a signature has it, and its day.
fn stamp() -> (String, String) {
    let seconds = time::time().floor() as i64;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let date = chrono::DateTime::from_timestamp(days * 86_400, 0);
    let date = date.map(|it| it.date_naive()).unwrap_or_default();
    let day = date.to_string().replace('-', "");
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    (format!("{day}T{hour:02}{minute:02}{second:02}Z"), day)
}

/// Adds a signature of version 4 to a request.
pub fn sign(auth: &AwsAuth, request: &Unsigned<'_>) {
    sign_at(auth, request, &stamp());
}

fn sign_at(auth: &AwsAuth, request: &Unsigned<'_>, (moment, day): &(String, String)) {
    let credentials = &auth.credentials;
    let mut headers = format!("host:{}\nx-amz-date:{moment}\n", auth.host);
    let mut names = "host;x-amz-date".to_owned();
    if let Some(token) = &credentials.token {
        headers.push_str(&format!("x-amz-security-token:{token}\n"));
        names.push_str(";x-amz-security-token");
    }
    let digest = hashlib::hex(&hashlib::hash_of(&SHA256, request.body));
    // The path is escaped once more.
    let path = super::urllib_quote::quote(request.path, "/-_.~");
    let query = canonical(request.query);
    let canonical = format!(
        "{}\n{path}\n{query}\n{headers}\n{names}\n{digest}",
        request.method
    );
    let scope = format!("{day}/{}/{}/aws4_request", auth.region, auth.service);
    let hashed = hashlib::hex(&hashlib::hash_of(&SHA256, canonical.as_bytes()));
    let signed = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashed}");
    let mut key = format!("AWS4{}", credentials.secret_key).into_bytes();
    for part in [day.as_str(), &auth.region, &auth.service, "aws4_request"] {
        key = hmac::digest_once(&key, part.as_bytes(), &SHA256);
    }
    let signature = hashlib::hex(&hmac::digest_once(&key, signed.as_bytes(), &SHA256));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        credentials.access_key
    );
    request.headers.set("Authorization", authorization);
    request.headers.set("x-amz-date", moment.as_str());
    request.headers.set("x-amz-content-sha256", digest);
    if let Some(token) = &credentials.token {
        request.headers.set("X-Amz-Security-Token", token.as_str());
    }
}

/// A query in the order of its members.
fn canonical(query: &str) -> String {
    let mut members: Vec<&str> = query.split('&').collect();
    members.sort_unstable();
    let members = members.into_iter().filter_map(|member| {
        let (key, value) = member.split_once('=').unwrap_or((member, ""));
        (!key.is_empty()).then(|| format!("{key}={value}"))
    });
    members.collect::<Vec<_>>().join("&")
}
