//! S3 events as data classes of Powertools for AWS Lambda.

use super::error::Result;
use super::numbers;
use super::powertools_data_class::{DictWrapper, each, find, find_or, member, no_record, some};
use super::urllib_quote::unquote_plus_value as unquoted;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Identity`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3Identity(Value);

impl DictWrapper for S3Identity {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Identity.principal_id`
pub fn identity_principal_id(identity: &S3Identity) -> Result<Value> {
    member(identity, "principalId")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3RequestParameters`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3RequestParameters(Value);

impl DictWrapper for S3RequestParameters {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3RequestParameters.source_ip_address`
pub fn request_parameters_source_ip_address(parameters: &S3RequestParameters) -> Result<Value> {
    member(parameters, "sourceIPAddress")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Bucket`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3Bucket(Value);

impl DictWrapper for S3Bucket {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Bucket.name`
pub fn bucket_name(bucket: &S3Bucket) -> Result<Value> {
    member(bucket, "name")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Bucket.owner_identity`
pub fn bucket_owner_identity(bucket: &S3Bucket) -> Result<S3Identity> {
    member(bucket, "ownerIdentity").map(S3Identity)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Bucket.arn`
pub fn bucket_arn(bucket: &S3Bucket) -> Result<Value> {
    member(bucket, "arn")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3Object(Value);

impl DictWrapper for S3Object {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object.key`
pub fn object_key(object: &S3Object) -> Result<Value> {
    member(object, "key")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object.size`
pub fn object_size(object: &S3Object) -> Result<i64> {
    numbers::int_of(&member(object, "size")?)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object.etag`
pub fn object_etag(object: &S3Object) -> Result<Value> {
    find_or(object, "eTag", "")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object.version_id`
pub fn object_version_id(object: &S3Object) -> Result<Value> {
    find(object, "versionId")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Object.sequencer`
pub fn object_sequencer(object: &S3Object) -> Result<Value> {
    member(object, "sequencer")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Message`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3Message(Value);

impl DictWrapper for S3Message {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Message.s3_schema_version`
pub fn message_s3_schema_version(message: &S3Message) -> Result<Value> {
    member(message, "s3SchemaVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Message.configuration_id`
pub fn message_configuration_id(message: &S3Message) -> Result<Value> {
    member(message, "configurationId")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Message.bucket`
pub fn message_bucket(message: &S3Message) -> Result<S3Bucket> {
    member(message, "bucket").map(S3Bucket)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3Message.get_object`
pub fn message_get_object(message: &S3Message) -> Result<S3Object> {
    member(message, "object").map(S3Object)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecordGlacierRestoreEventData`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventRecordGlacierRestoreEventData(Value);

impl DictWrapper for S3EventRecordGlacierRestoreEventData {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecordGlacierRestoreEventData.lifecycle_restoration_expiry_time`
pub fn event_record_glacier_restore_event_data_lifecycle_restoration_expiry_time(
    data: &S3EventRecordGlacierRestoreEventData,
) -> Result<Value> {
    member(data, "lifecycleRestorationExpiryTime")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecordGlacierRestoreEventData.lifecycle_restore_storage_class`
pub fn event_record_glacier_restore_event_data_lifecycle_restore_storage_class(
    data: &S3EventRecordGlacierRestoreEventData,
) -> Result<Value> {
    member(data, "lifecycleRestoreStorageClass")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecordGlacierEventData`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventRecordGlacierEventData(Value);

impl DictWrapper for S3EventRecordGlacierEventData {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecordGlacierEventData.restore_event_data`
pub fn event_record_glacier_event_data_restore_event_data(
    data: &S3EventRecordGlacierEventData,
) -> Result<S3EventRecordGlacierRestoreEventData> {
    member(data, "restoreEventData").map(S3EventRecordGlacierRestoreEventData)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventRecord(Value);

impl DictWrapper for S3EventRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord(data)`.
pub fn s3_event_record(data: &Value) -> S3EventRecord {
    S3EventRecord(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.event_version`
pub fn event_record_event_version(record: &S3EventRecord) -> Result<Value> {
    member(record, "eventVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.event_source`
pub fn event_record_event_source(record: &S3EventRecord) -> Result<Value> {
    member(record, "eventSource")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.aws_region`
pub fn event_record_aws_region(record: &S3EventRecord) -> Result<Value> {
    member(record, "awsRegion")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.event_time`
pub fn event_record_event_time(record: &S3EventRecord) -> Result<Value> {
    member(record, "eventTime")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.event_name`
pub fn event_record_event_name(record: &S3EventRecord) -> Result<Value> {
    member(record, "eventName")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.user_identity`
pub fn event_record_user_identity(record: &S3EventRecord) -> Result<S3Identity> {
    member(record, "userIdentity").map(S3Identity)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.request_parameters`
pub fn event_record_request_parameters(record: &S3EventRecord) -> Result<S3RequestParameters> {
    member(record, "requestParameters").map(S3RequestParameters)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.response_elements`
pub fn event_record_response_elements(record: &S3EventRecord) -> Result<Value> {
    member(record, "responseElements")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.s3`
pub fn event_record_s3(record: &S3EventRecord) -> Result<S3Message> {
    member(record, "s3").map(S3Message)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventRecord.glacier_event_data`
pub fn event_record_glacier_event_data(
    record: &S3EventRecord,
) -> Result<Option<S3EventRecordGlacierEventData>> {
    Ok(some(
        find(record, "glacierEventData")?,
        S3EventRecordGlacierEventData,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3Event(pub(super) Value);

impl DictWrapper for S3Event {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event(data)`.
pub fn s3_event(data: &Value) -> S3Event {
    S3Event(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event.records`
pub fn event_records(event: &S3Event) -> Result<Vec<S3EventRecord>> {
    each(event, "Records", S3EventRecord)
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event.record`
pub fn event_record(event: &S3Event) -> Result<S3EventRecord> {
    event_records(event)?
        .into_iter()
        .next()
        .ok_or_else(no_record)
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event.bucket_name`
pub fn event_bucket_name(event: &S3Event) -> Result<Value> {
    member(event, "Records")?
        .item(0)?
        .item("s3")?
        .item("bucket")?
        .item("name")
}

/// `aws_lambda_powertools.utilities.data_classes.S3Event.object_key`
pub fn event_object_key(event: &S3Event) -> Result<String> {
    unquoted(
        &member(event, "Records")?
            .item(0)?
            .item("s3")?
            .item("object")?
            .item("key")?,
    )
}
