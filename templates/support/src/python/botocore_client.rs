//! What a client is made with.

use std::env;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::SharedCredentialsProvider;

use super::botocore::{NO_REGION_ERROR, PARTIAL_CREDENTIALS_ERROR};
use super::error::{self, Error, Result};
use super::value::Value;

/// `botocore.config.Config`, and the other arguments of `boto3.client(...)`.
#[derive(Debug, Default, Clone)]
pub struct ClientOptions {
    pub region_name: Option<String>,
    pub endpoint_url: Option<String>,
    pub aws_access_key_id: Option<String>,
    pub aws_secret_access_key: Option<String>,
    pub aws_session_token: Option<String>,
    /// In seconds.
    pub connect_timeout: Option<f64>,
    /// In seconds.
    pub read_timeout: Option<f64>,
    /// `retries={"max_attempts": ...}`: how often it is sent again.
    pub max_retries: Option<i64>,
    /// `retries={"total_max_attempts": ...}`: how often it is sent.
    pub total_max_attempts: Option<i64>,
    /// `retries={"mode": ...}`.
    pub retry_mode: Option<String>,
}

/// `boto3.Session`, made with options.
#[derive(Debug, Default, Clone)]
pub struct Session {
    pub options: ClientOptions,
}

/// A session of these options. Credentials of which a part is missing are refused.
pub fn session(options: ClientOptions) -> Result<Session> {
    let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.is_empty());
    let (key, secret) = (
        given(&options.aws_access_key_id),
        given(&options.aws_secret_access_key),
    );
    if key != secret || !key && given(&options.aws_session_token) {
        return Err(error::untranslated("credentials that are not whole"));
    }
    Ok(Session { options })
}

/// The region of a session.
pub fn region_name(session: &Session) -> Option<String> {
    let own = session.options.region_name.clone();
    own.or_else(default_region)
}

/// The region of the environment.
pub fn default_region() -> Option<String> {
    env::var("AWS_DEFAULT_REGION").ok()
}

/// An argument that is a string or None.
pub fn text(value: &Value) -> Result<Option<String>> {
    match value {
        Value::None => Ok(None),
        Value::Str(text) => Ok(Some(text.clone())),
        _ => Err(error::untranslated("a client made with what is no string")),
    }
}

/// Options, and where they say nothing others. Credentials are taken together.
pub fn merged(options: ClientOptions, behind: &ClientOptions) -> ClientOptions {
    let own = options.aws_access_key_id.is_some() || options.aws_secret_access_key.is_some();
    let keys = if own { &options } else { behind };
    let (key, secret, token) = (
        keys.aws_access_key_id.clone(),
        keys.aws_secret_access_key.clone(),
        keys.aws_session_token.clone(),
    );
    ClientOptions {
        region_name: options.region_name.or_else(|| behind.region_name.clone()),
        endpoint_url: options.endpoint_url.or_else(|| behind.endpoint_url.clone()),
        aws_access_key_id: key,
        aws_secret_access_key: secret,
        aws_session_token: token,
        connect_timeout: options.connect_timeout.or(behind.connect_timeout),
        read_timeout: options.read_timeout.or(behind.read_timeout),
        max_retries: options.max_retries.or(behind.max_retries),
        total_max_attempts: options.total_max_attempts.or(behind.total_max_attempts),
        retry_mode: options.retry_mode.or_else(|| behind.retry_mode.clone()),
    }
}

/// The credentials of the options, where there are any.
fn credentials(options: &ClientOptions) -> Result<Option<Credentials>> {
    let missing = match (&options.aws_access_key_id, &options.aws_secret_access_key) {
        (Some(key), Some(secret)) => {
            let token = options.aws_session_token.clone();
            let found = Credentials::new(key, secret, token, None, "explicit");
            return Ok(Some(found));
        }
        (None, None) => return Ok(None),
        (Some(_), None) => "aws_secret_access_key",
        (None, Some(_)) => "aws_access_key_id",
    };
    let text = format!("Partial credentials found in explicit, missing: {missing}");
    Err(Error::new(&PARTIAL_CREDENTIALS_ERROR, text))
}

/// botocore's timeouts.
const PATIENCE: f64 = 60.0;

/// A configuration as botocore would have it, with the attempts of its `legacy` mode, which is the
/// SDK's `standard` mode here. A region is wanted for every service, also for those of which
/// botocore knows a global endpoint.
pub fn configured(
    config: &SdkConfig,
    options: ClientOptions,
    legacy_attempts: u32,
) -> Result<SdkConfig> {
    let credentials = credentials(&options)?;
    let region = options.region_name.map(Region::new);
    let Some(region) = region.or_else(|| config.region().cloned()) else {
        return Err(Error::new(&NO_REGION_ERROR, "You must specify a region."));
    };
    let mode = options
        .retry_mode
        .or_else(|| env::var("AWS_RETRY_MODE").ok());
    let total = options.max_retries.map(|again| again.saturating_add(1));
    let total = options.total_max_attempts.or(total);
    let attempts = match total {
        Some(total) => u32::try_from(total).ok(),
        None => env::var("AWS_MAX_ATTEMPTS")
            .ok()
            .and_then(|it| it.parse().ok()),
    };
    let retries = match mode.as_deref() {
        None | Some("legacy") => {
            RetryConfig::standard().with_max_attempts(attempts.unwrap_or(legacy_attempts))
        }
        Some("standard") => RetryConfig::standard().with_max_attempts(attempts.unwrap_or(3)),
        Some("adaptive") => RetryConfig::adaptive().with_max_attempts(attempts.unwrap_or(3)),
        Some(mode) => {
            let text = format!("the retry mode `{mode}`");
            return Err(error::untranslated(text));
        }
    };
    let seconds = |given: Option<f64>| Duration::try_from_secs_f64(given.unwrap_or(PATIENCE));
    let beyond = |_| Error::new(&error::VALUE_ERROR, "a timeout that is no duration");
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(seconds(options.connect_timeout).map_err(beyond)?)
        .read_timeout(seconds(options.read_timeout).map_err(beyond)?);
    let mut made = config.to_builder();
    made.set_region(region);
    if let Some(credentials) = credentials {
        made.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)));
    }
    made.set_retry_config(Some(retries));
    made.set_timeout_config(Some(timeouts.build()));
    if options.endpoint_url.is_some() {
        made.set_endpoint_url(options.endpoint_url);
    }
    Ok(made.build())
}
