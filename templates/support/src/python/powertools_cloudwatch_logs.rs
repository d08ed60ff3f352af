//! CloudWatch Logs events as data classes of Powertools for AWS Lambda.

use super::base64;
use super::dict::Dict;
use super::error::{self, Result};
use super::json;
use super::powertools_data_class::{DictWrapper, Once, each, find, find_or, member};
use super::value::Value;
use super::zlib;

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsLogEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CloudWatchLogsLogEvent(Value);

impl DictWrapper for CloudWatchLogsLogEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsLogEvent.get_id`
pub fn log_event_get_id(event: &CloudWatchLogsLogEvent) -> Result<Value> {
    member(event, "id")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsLogEvent.timestamp`
pub fn log_event_timestamp(event: &CloudWatchLogsLogEvent) -> Result<Value> {
    member(event, "timestamp")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsLogEvent.message`
pub fn log_event_message(event: &CloudWatchLogsLogEvent) -> Result<Value> {
    member(event, "message")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsLogEvent.extracted_fields`
pub fn log_event_extracted_fields(event: &CloudWatchLogsLogEvent) -> Result<Value> {
    find_or(event, "extractedFields", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CloudWatchLogsDecodedData(Value);

impl DictWrapper for CloudWatchLogsDecodedData {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.owner`
pub fn decoded_data_owner(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    member(data, "owner")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.log_group`
pub fn decoded_data_log_group(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    member(data, "logGroup")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.log_stream`
pub fn decoded_data_log_stream(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    member(data, "logStream")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.subscription_filters`
pub fn decoded_data_subscription_filters(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    member(data, "subscriptionFilters")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.message_type`
pub fn decoded_data_message_type(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    member(data, "messageType")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.policy_level`
pub fn decoded_data_policy_level(data: &CloudWatchLogsDecodedData) -> Result<Value> {
    find(data, "policyLevel")
}

/// `aws_lambda_powertools.utilities.data_classes.cloud_watch_logs_event.CloudWatchLogsDecodedData.log_events`
pub fn decoded_data_log_events(
    data: &CloudWatchLogsDecodedData,
) -> Result<Vec<CloudWatchLogsLogEvent>> {
    each(data, "logEvents", CloudWatchLogsLogEvent)
}

/// `aws_lambda_powertools.utilities.data_classes.CloudWatchLogsEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CloudWatchLogsEvent(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] Once,
);

impl DictWrapper for CloudWatchLogsEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for CloudWatchLogsEvent {
    fn from(data: Value) -> Self {
        Self(data, Once::default())
    }
}

/// `aws_lambda_powertools.utilities.data_classes.CloudWatchLogsEvent(data)`.
pub fn cloud_watch_logs_event(data: &Value) -> CloudWatchLogsEvent {
    CloudWatchLogsEvent::from(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.CloudWatchLogsEvent.raw_logs_data`
pub fn event_raw_logs_data(event: &CloudWatchLogsEvent) -> Result<Value> {
    member(event, "awslogs")?.item("data")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudWatchLogsEvent.decompress_logs_data`
pub fn event_decompress_logs_data(event: &CloudWatchLogsEvent) -> Result<Vec<u8>> {
    let payload = base64::b64decode_value(&event_raw_logs_data(event)?, &Value::None, false)?;
    zlib::decompress(&payload, zlib::MAX_WBITS | 32)
}

/// `aws_lambda_powertools.utilities.data_classes.CloudWatchLogsEvent.parse_logs_data()`.
/// Data that is not UTF-8 is refused.
pub fn event_parse_logs_data(event: &CloudWatchLogsEvent) -> Result<CloudWatchLogsDecodedData> {
    let data = event.1.get_or_make(|| {
        let data = event_decompress_logs_data(event)?;
        let text = std::str::from_utf8(&data);
        json::loads(text.map_err(|_| error::untranslated("logs that are not UTF-8"))?)
    })?;
    Ok(CloudWatchLogsDecodedData(data))
}
