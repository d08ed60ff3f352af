//! What a client is made with.

use std::env;
use std::time::Duration;

use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::botocore::NO_REGION_ERROR;
use super::error::{self, Error, Result};

/// The arguments of `boto3.client(...)` and of its `botocore.config.Config`.
#[derive(Debug, Default, Clone)]
pub struct ClientOptions {
    pub region_name: Option<String>,
    pub endpoint_url: Option<String>,
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
    made.set_retry_config(Some(retries));
    made.set_timeout_config(Some(timeouts.build()));
    if options.endpoint_url.is_some() {
        made.set_endpoint_url(options.endpoint_url);
    }
    Ok(made.build())
}
