//! Notifications of S3 by EventBridge as data classes of Powertools for AWS Lambda.

use super::error::Result;
use super::powertools_data_class::{DictWrapper, find, find_or, member};
use super::urllib_quote::unquote_plus_value as unquoted;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventNotificationEventBridgeBucket`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventNotificationEventBridgeBucket(Value);

impl DictWrapper for S3EventNotificationEventBridgeBucket {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventNotificationEventBridgeBucket.name`
pub fn bucket_name(bucket: &S3EventNotificationEventBridgeBucket) -> Result<Value> {
    member(bucket, "name")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventBridgeNotificationObject(Value);

impl DictWrapper for S3EventBridgeNotificationObject {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject.key`
pub fn object_key(object: &S3EventBridgeNotificationObject) -> Result<String> {
    unquoted(&member(object, "key")?)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject.size`
pub fn object_size(object: &S3EventBridgeNotificationObject) -> Result<Value> {
    find(object, "size")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject.etag`
pub fn object_etag(object: &S3EventBridgeNotificationObject) -> Result<Value> {
    find_or(object, "etag", "")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject.version_id`
pub fn object_version_id(object: &S3EventBridgeNotificationObject) -> Result<Value> {
    member(object, "version-id")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationObject.sequencer`
pub fn object_sequencer(object: &S3EventBridgeNotificationObject) -> Result<Value> {
    member(object, "sequencer")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct S3EventBridgeNotificationDetail(Value);

impl DictWrapper for S3EventBridgeNotificationDetail {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.version`
pub fn detail_version(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    member(detail, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.bucket`
pub fn detail_bucket(
    detail: &S3EventBridgeNotificationDetail,
) -> Result<S3EventNotificationEventBridgeBucket> {
    member(detail, "bucket").map(S3EventNotificationEventBridgeBucket)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.object`
pub fn detail_object(
    detail: &S3EventBridgeNotificationDetail,
) -> Result<S3EventBridgeNotificationObject> {
    member(detail, "object").map(S3EventBridgeNotificationObject)
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.request_id`
pub fn detail_request_id(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    member(detail, "request-id")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.requester`
pub fn detail_requester(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    member(detail, "requester")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.source_ip_address`
pub fn detail_source_ip_address(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "source-ip-address")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.reason`
pub fn detail_reason(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "reason")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.deletion_type`
pub fn detail_deletion_type(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "deletion-type")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.restore_expiry_time`
pub fn detail_restore_expiry_time(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "restore-expiry-time")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.source_storage_class`
pub fn detail_source_storage_class(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "source-storage-class")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.destination_storage_class`
pub fn detail_destination_storage_class(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "destination-storage-class")
}

/// `aws_lambda_powertools.utilities.data_classes.s3_event.S3EventBridgeNotificationDetail.destination_access_tier`
pub fn detail_destination_access_tier(detail: &S3EventBridgeNotificationDetail) -> Result<Value> {
    find(detail, "destination-access-tier")
}

/// `aws_lambda_powertools.utilities.data_classes.S3EventBridgeNotificationEvent`
/// A `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent`.
#[derive(Debug, Clone)]
pub struct S3EventBridgeNotificationEvent(Value);

impl DictWrapper for S3EventBridgeNotificationEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.S3EventBridgeNotificationEvent(data)`.
pub fn s3_event_bridge_notification_event(data: &Value) -> S3EventBridgeNotificationEvent {
    S3EventBridgeNotificationEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.S3EventBridgeNotificationEvent.detail`
pub fn event_detail(
    event: &S3EventBridgeNotificationEvent,
) -> Result<S3EventBridgeNotificationDetail> {
    member(event, "detail").map(S3EventBridgeNotificationDetail)
}
