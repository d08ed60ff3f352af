//! Events of DynamoDB streams as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::{self, Result};
use super::numbers;
use super::powertools_data_class::{DictWrapper, Once, each, find, find_or, member, some};
use super::value::Value;
use std::fmt;

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct StreamRecord(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] [Once; 3],
);

impl DictWrapper for StreamRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for StreamRecord {
    fn from(data: Value) -> Self {
        Self(data, <[Once; 3]>::default())
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.sequence_number`
pub fn change_sequence_number(change: &StreamRecord) -> Result<Value> {
    find(change, "SequenceNumber")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct DynamoDbRecord(Value);

impl DictWrapper for DynamoDbRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord(data)`.
pub fn dynamo_db_record(data: &Value) -> DynamoDbRecord {
    DynamoDbRecord(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.aws_region`
pub fn record_aws_region(record: &DynamoDbRecord) -> Result<Value> {
    find(record, "awsRegion")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.dynamodb`
pub fn record_dynamodb(record: &DynamoDbRecord) -> Result<Option<StreamRecord>> {
    Ok(some(find(record, "dynamodb")?, StreamRecord::from))
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.event_id`
pub fn record_event_id(record: &DynamoDbRecord) -> Result<Value> {
    find(record, "eventID")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.event_source`
pub fn record_event_source(record: &DynamoDbRecord) -> Result<Value> {
    find(record, "eventSource")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.event_source_arn`
pub fn record_event_source_arn(record: &DynamoDbRecord) -> Result<Value> {
    find(record, "eventSourceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.event_version`
pub fn record_event_version(record: &DynamoDbRecord) -> Result<Value> {
    find(record, "eventVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.user_identity`
pub fn record_user_identity(record: &DynamoDbRecord) -> Result<Value> {
    find_or(record, "userIdentity", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBStreamWindow`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct DynamoDbStreamWindow(Value);

impl DictWrapper for DynamoDbStreamWindow {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBStreamWindow.start`
pub fn window_start(window: &DynamoDbStreamWindow) -> Result<Value> {
    member(window, "start")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBStreamWindow.end`
pub fn window_end(window: &DynamoDbStreamWindow) -> Result<Value> {
    member(window, "end")
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct DynamoDbStreamEvent(Value);

impl DictWrapper for DynamoDbStreamEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent(data)`.
pub fn dynamo_db_stream_event(data: &Value) -> DynamoDbStreamEvent {
    DynamoDbStreamEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.records`
pub fn event_records(event: &DynamoDbStreamEvent) -> Result<Vec<DynamoDbRecord>> {
    each(event, "Records", DynamoDbRecord)
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.state`
pub fn event_state(event: &DynamoDbStreamEvent) -> Result<Value> {
    find_or(event, "state", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.shard_id`
pub fn event_shard_id(event: &DynamoDbStreamEvent) -> Result<Value> {
    find(event, "shardId")
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.event_source_arn`
pub fn event_event_source_arn(event: &DynamoDbStreamEvent) -> Result<Value> {
    find(event, "eventSourceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.is_final_invoke_for_window`
pub fn event_is_final_invoke_for_window(event: &DynamoDbStreamEvent) -> Result<Value> {
    find(event, "isFinalInvokeForWindow")
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.is_window_terminated_early`
pub fn event_is_window_terminated_early(event: &DynamoDbStreamEvent) -> Result<Value> {
    find(event, "isWindowTerminatedEarly")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecord.event_name`
pub fn record_event_name(record: &DynamoDbRecord) -> Result<Option<RecordEventName>> {
    match find(record, "eventName")? {
        Value::None => Ok(None),
        name => match name.as_str() {
            Some("INSERT") => Ok(Some(INSERT)),
            Some("MODIFY") => Ok(Some(MODIFY)),
            Some("REMOVE") => Ok(Some(REMOVE)),
            _ => Err(error::key_error(&name)),
        },
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.stream_view_type`
pub fn change_stream_view_type(change: &StreamRecord) -> Result<Option<StreamViewType>> {
    match find(change, "StreamViewType")? {
        Value::None => Ok(None),
        name => match name.to_string().as_str() {
            "KEYS_ONLY" => Ok(Some(KEYS_ONLY)),
            "NEW_IMAGE" => Ok(Some(NEW_IMAGE)),
            "OLD_IMAGE" => Ok(Some(OLD_IMAGE)),
            "NEW_AND_OLD_IMAGES" => Ok(Some(NEW_AND_OLD_IMAGES)),
            other => Err(error::key_error(&other.into())),
        },
    }
}

/// As `int(self.get(name))`, where it is there.
fn whole(change: &StreamRecord, name: &str) -> Result<Option<i64>> {
    match find(change, name)? {
        Value::None => Ok(None),
        number => numbers::int_of(&number).map(Some),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.approximate_creation_date_time`
pub fn change_approximate_creation_date_time(change: &StreamRecord) -> Result<Option<i64>> {
    whole(change, "ApproximateCreationDateTime")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.size_bytes`
pub fn change_size_bytes(change: &StreamRecord) -> Result<Option<i64>> {
    whole(change, "SizeBytes")
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.keys`
#[cfg(all(feature = "decimal", feature = "set"))]
pub fn change_keys(change: &StreamRecord) -> Result<Value> {
    let [keys, _, _] = &change.1;
    keys.get_or_make(|| deserialized_member(change, "Keys"))
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.new_image`
#[cfg(all(feature = "decimal", feature = "set"))]
pub fn change_new_image(change: &StreamRecord) -> Result<Value> {
    let [_, image, _] = &change.1;
    image.get_or_make(|| deserialized_member(change, "NewImage"))
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamRecord.old_image`
#[cfg(all(feature = "decimal", feature = "set"))]
pub fn change_old_image(change: &StreamRecord) -> Result<Value> {
    let [_, _, image] = &change.1;
    image.get_or_make(|| deserialized_member(change, "OldImage"))
}

/// The attributes of a member of a change, as Python's types.
#[cfg(all(feature = "decimal", feature = "set"))]
fn deserialized_member(change: &StreamRecord, name: &str) -> Result<Value> {
    super::powertools_deserializer::members(&find_or(change, name, Dict::new())?)
}

/// `aws_lambda_powertools.utilities.data_classes.DynamoDBStreamEvent.window`
/// A window that is empty is refused.
pub fn event_window(event: &DynamoDbStreamEvent) -> Result<Option<DynamoDbStreamWindow>> {
    match find(event, "window")? {
        Value::None => Ok(None),
        window if window.is_true() => Ok(Some(DynamoDbStreamWindow(window))),
        _ => Err(error::untranslated("a window that is empty")),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordEventName {
    /// `INSERT`
    Insert,
    /// `MODIFY`
    Modify,
    /// `REMOVE`
    Remove,
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName.INSERT`
pub const INSERT: RecordEventName = RecordEventName::Insert;
/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName.MODIFY`
pub const MODIFY: RecordEventName = RecordEventName::Modify;
/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName.REMOVE`
pub const REMOVE: RecordEventName = RecordEventName::Remove;

impl RecordEventName {
    /// Its name.
    fn text(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Modify => "MODIFY",
            Self::Remove => "REMOVE",
        }
    }
}

impl fmt::Display for RecordEventName {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DynamoDBRecordEventName.{}", self.text())
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName.name`
pub fn event_name_name(value: RecordEventName) -> String {
    value.text().to_owned()
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.DynamoDBRecordEventName.value`
pub fn event_name_value(value: RecordEventName) -> i64 {
    value as i64
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamViewType {
    /// `KEYS_ONLY`
    KeysOnly,
    /// `NEW_IMAGE`
    NewImage,
    /// `OLD_IMAGE`
    OldImage,
    /// `NEW_AND_OLD_IMAGES`
    NewAndOldImages,
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.KEYS_ONLY`
pub const KEYS_ONLY: StreamViewType = StreamViewType::KeysOnly;
/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.NEW_IMAGE`
pub const NEW_IMAGE: StreamViewType = StreamViewType::NewImage;
/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.OLD_IMAGE`
pub const OLD_IMAGE: StreamViewType = StreamViewType::OldImage;
/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.NEW_AND_OLD_IMAGES`
pub const NEW_AND_OLD_IMAGES: StreamViewType = StreamViewType::NewAndOldImages;

impl StreamViewType {
    /// Its name.
    fn text(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

impl fmt::Display for StreamViewType {
    /// As `str(value)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StreamViewType.{}", self.text())
    }
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.name`
pub fn view_type_name(value: StreamViewType) -> String {
    value.text().to_owned()
}

/// `aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event.StreamViewType.value`
pub fn view_type_value(value: StreamViewType) -> i64 {
    value as i64
}
