//! Events of Kinesis streams as data classes of Powertools for AWS Lambda.

use super::base64;
use super::dict::Dict;
use super::error::{self, Result};
use super::numbers;
use super::powertools_data_class::{DictWrapper, each, find, find_or, member};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct KinesisStreamRecordPayload(Value);

impl DictWrapper for KinesisStreamRecordPayload {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.approximate_arrival_timestamp`
pub fn payload_approximate_arrival_timestamp(payload: &KinesisStreamRecordPayload) -> Result<f64> {
    numbers::float_of(&member(payload, "approximateArrivalTimestamp")?)
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.data`
pub fn payload_data(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    member(payload, "data")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.kinesis_schema_version`
pub fn payload_kinesis_schema_version(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    member(payload, "kinesisSchemaVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.partition_key`
pub fn payload_partition_key(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    member(payload, "partitionKey")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.sequence_number`
pub fn payload_sequence_number(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    member(payload, "sequenceNumber")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct KinesisStreamRecord(Value);

impl DictWrapper for KinesisStreamRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord(data)`.
pub fn kinesis_stream_record(data: &Value) -> KinesisStreamRecord {
    KinesisStreamRecord(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.aws_region`
pub fn record_aws_region(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "awsRegion")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.event_id`
pub fn record_event_id(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "eventID")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.event_name`
pub fn record_event_name(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "eventName")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.event_source`
pub fn record_event_source(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "eventSource")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.event_source_arn`
pub fn record_event_source_arn(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "eventSourceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.event_version`
pub fn record_event_version(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "eventVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.invoke_identity_arn`
pub fn record_invoke_identity_arn(record: &KinesisStreamRecord) -> Result<Value> {
    member(record, "invokeIdentityArn")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecord.kinesis`
pub fn record_kinesis(record: &KinesisStreamRecord) -> Result<KinesisStreamRecordPayload> {
    member(record, "kinesis").map(KinesisStreamRecordPayload)
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamWindow`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct KinesisStreamWindow(Value);

impl DictWrapper for KinesisStreamWindow {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamWindow.start`
pub fn window_start(window: &KinesisStreamWindow) -> Result<Value> {
    member(window, "start")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamWindow.end`
pub fn window_end(window: &KinesisStreamWindow) -> Result<Value> {
    member(window, "end")
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct KinesisStreamEvent(Value);

impl DictWrapper for KinesisStreamEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent(data)`.
pub fn kinesis_stream_event(data: &Value) -> KinesisStreamEvent {
    KinesisStreamEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.records`
pub fn event_records(event: &KinesisStreamEvent) -> Result<Vec<KinesisStreamRecord>> {
    each(event, "Records", KinesisStreamRecord)
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.state`
pub fn event_state(event: &KinesisStreamEvent) -> Result<Value> {
    find_or(event, "state", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.shard_id`
pub fn event_shard_id(event: &KinesisStreamEvent) -> Result<Value> {
    find(event, "shardId")
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.event_source_arn`
pub fn event_event_source_arn(event: &KinesisStreamEvent) -> Result<Value> {
    find(event, "eventSourceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.is_final_invoke_for_window`
pub fn event_is_final_invoke_for_window(event: &KinesisStreamEvent) -> Result<Value> {
    find(event, "isFinalInvokeForWindow")
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.is_window_terminated_early`
pub fn event_is_window_terminated_early(event: &KinesisStreamEvent) -> Result<Value> {
    find(event, "isWindowTerminatedEarly")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.data_as_bytes()`.
pub fn payload_data_as_bytes(payload: &KinesisStreamRecordPayload) -> Result<Vec<u8>> {
    base64::b64decode_value(&payload_data(payload)?, &Value::None, false)
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.data_as_text()`.
#[cfg(feature = "bytes")]
pub fn payload_data_as_text(payload: &KinesisStreamRecordPayload) -> Result<String> {
    super::bytes::decode(&payload_data_as_bytes(payload)?, "utf-8", "strict")
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.data_as_json()`.
#[cfg(feature = "bytes")]
pub fn payload_data_as_json(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    super::json::loads(&payload_data_as_text(payload)?)
}

/// `aws_lambda_powertools.utilities.data_classes.kinesis_stream_event.KinesisStreamRecordPayload.data_zlib_compressed_as_json()`.
#[cfg(feature = "bytes")]
pub fn payload_data_zlib_compressed_as_json(payload: &KinesisStreamRecordPayload) -> Result<Value> {
    let decompressed = super::zlib::decompress(
        &payload_data_as_bytes(payload)?,
        super::zlib::MAX_WBITS | 32,
    )?;
    super::json::loads_bytes(&decompressed)
}

/// `aws_lambda_powertools.utilities.data_classes.KinesisStreamEvent.window`
/// A window that is empty is refused.
pub fn event_window(event: &KinesisStreamEvent) -> Result<Option<KinesisStreamWindow>> {
    match find(event, "window")? {
        Value::None => Ok(None),
        window if window.is_true() => Ok(Some(KinesisStreamWindow(window))),
        _ => Err(error::untranslated("a window that is empty")),
    }
}
