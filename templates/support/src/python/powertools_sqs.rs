//! SQS events as data classes of Powertools for AWS Lambda.

use super::dict;
use super::error::{self, Result};
use super::json;
use super::list::List;
use super::powertools_data_class::{DictWrapper, Once, each, find, member, some};
use super::powertools_s3::S3Event;
use super::powertools_sns::SnsMessage;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SqsRecordAttributes(Value);

impl DictWrapper for SqsRecordAttributes {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.aws_trace_header`
pub fn record_attributes_aws_trace_header(attributes: &SqsRecordAttributes) -> Result<Value> {
    find(attributes, "AWSTraceHeader")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.approximate_receive_count`
pub fn record_attributes_approximate_receive_count(
    attributes: &SqsRecordAttributes,
) -> Result<Value> {
    member(attributes, "ApproximateReceiveCount")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.sent_timestamp`
pub fn record_attributes_sent_timestamp(attributes: &SqsRecordAttributes) -> Result<Value> {
    member(attributes, "SentTimestamp")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.sender_id`
pub fn record_attributes_sender_id(attributes: &SqsRecordAttributes) -> Result<Value> {
    member(attributes, "SenderId")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.approximate_first_receive_timestamp`
pub fn record_attributes_approximate_first_receive_timestamp(
    attributes: &SqsRecordAttributes,
) -> Result<Value> {
    member(attributes, "ApproximateFirstReceiveTimestamp")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.sequence_number`
pub fn record_attributes_sequence_number(attributes: &SqsRecordAttributes) -> Result<Value> {
    find(attributes, "SequenceNumber")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.message_group_id`
pub fn record_attributes_message_group_id(attributes: &SqsRecordAttributes) -> Result<Value> {
    find(attributes, "MessageGroupId")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.message_deduplication_id`
pub fn record_attributes_message_deduplication_id(
    attributes: &SqsRecordAttributes,
) -> Result<Value> {
    find(attributes, "MessageDeduplicationId")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSRecordAttributes.dead_letter_queue_source_arn`
pub fn record_attributes_dead_letter_queue_source_arn(
    attributes: &SqsRecordAttributes,
) -> Result<Value> {
    find(attributes, "DeadLetterQueueSourceArn")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttribute`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SqsMessageAttribute(Value);

impl DictWrapper for SqsMessageAttribute {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttribute.string_value`
pub fn message_attribute_string_value(attribute: &SqsMessageAttribute) -> Result<Value> {
    member(attribute, "stringValue")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttribute.binary_value`
pub fn message_attribute_binary_value(attribute: &SqsMessageAttribute) -> Result<Value> {
    member(attribute, "binaryValue")
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttribute.data_type`
pub fn message_attribute_data_type(attribute: &SqsMessageAttribute) -> Result<Value> {
    member(attribute, "dataType")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SqsRecord(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] Once,
);

impl DictWrapper for SqsRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for SqsRecord {
    fn from(data: Value) -> Self {
        Self(data, Once::default())
    }
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord(data)`.
pub fn sqs_record(data: &Value) -> SqsRecord {
    SqsRecord::from(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.message_id`
pub fn record_message_id(record: &SqsRecord) -> Result<Value> {
    member(record, "messageId")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.receipt_handle`
pub fn record_receipt_handle(record: &SqsRecord) -> Result<Value> {
    member(record, "receiptHandle")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.body`
pub fn record_body(record: &SqsRecord) -> Result<Value> {
    member(record, "body")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.attributes`
pub fn record_attributes(record: &SqsRecord) -> Result<SqsRecordAttributes> {
    member(record, "attributes").map(SqsRecordAttributes)
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.md5_of_body`
pub fn record_md5_of_body(record: &SqsRecord) -> Result<Value> {
    member(record, "md5OfBody")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.event_source`
pub fn record_event_source(record: &SqsRecord) -> Result<Value> {
    member(record, "eventSource")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.event_source_arn`
pub fn record_event_source_arn(record: &SqsRecord) -> Result<Value> {
    member(record, "eventSourceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.aws_region`
pub fn record_aws_region(record: &SqsRecord) -> Result<Value> {
    member(record, "awsRegion")
}

/// `aws_lambda_powertools.utilities.data_classes.SQSEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SqsEvent(Value);

impl DictWrapper for SqsEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.SQSEvent(data)`.
pub fn sqs_event(data: &Value) -> SqsEvent {
    SqsEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.SQSEvent.records`
pub fn event_records(event: &SqsEvent) -> Result<Vec<SqsRecord>> {
    each(event, "Records", SqsRecord::from)
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.json_body`
pub fn record_json_body(record: &SqsRecord) -> Result<Value> {
    record
        .1
        .get_or_make(|| json::loads_value(&record_body(record)?))
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.queue_url`
pub fn record_queue_url(record: &SqsRecord) -> Result<String> {
    let arn = record_event_source_arn(record)?;
    let parts: Vec<&str> = arn.expect_str("split")?.split(':').collect();
    let part = |index: usize| {
        let part = parts.get(index).copied();
        part.ok_or_else(|| error::index_error("list index out of range"))
    };
    let (region, account, name) = (part(3)?, part(4)?, part(5)?);
    Ok(format!(
        "https://sqs.{region}.amazonaws.com/{account}/{name}"
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.decoded_nested_s3_event`
pub fn record_decoded_nested_s3_event(record: &SqsRecord) -> Result<S3Event> {
    record_json_body(record).map(S3Event)
}

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.decoded_nested_sns_event`
pub fn record_decoded_nested_sns_event(record: &SqsRecord) -> Result<SnsMessage> {
    record_json_body(record).map(SnsMessage)
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttributes`
#[derive(Debug, Clone)]
pub struct SqsMessageAttributes(Value);

/// `aws_lambda_powertools.utilities.data_classes.SQSRecord.message_attributes`
pub fn record_message_attributes(record: &SqsRecord) -> Result<SqsMessageAttributes> {
    let attributes = member(record, "messageAttributes")?;
    match attributes {
        Value::Dict(members) => Ok(SqsMessageAttributes(dict::copy(&members).into())),
        _ => Err(error::untranslated("message attributes that are no dict")),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttributes.__getitem__(key)`.
pub fn message_attribute(
    attributes: &SqsMessageAttributes,
    key: &Value,
) -> Result<Option<SqsMessageAttribute>> {
    let attribute = attributes.0.expect_dict("get")?.look_up(key)?;
    Ok(attribute.and_then(|value| some(value, SqsMessageAttribute)))
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttributes.get(key, default=None)`.
/// A dict, as Python's does not wrap it.
pub fn raw_message_attribute(
    attributes: &SqsMessageAttributes,
    key: &Value,
    default: Value,
) -> Result<Value> {
    let attribute = attributes.0.expect_dict("get")?.look_up(key)?;
    Ok(attribute.unwrap_or(default))
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttributes.__contains__(key)`.
pub fn has_message_attribute(attributes: &SqsMessageAttributes, key: &Value) -> Result<bool> {
    attributes.0.contains(key)
}

/// `aws_lambda_powertools.utilities.data_classes.sqs_event.SQSMessageAttributes.keys()`.
pub fn message_attribute_names(attributes: &SqsMessageAttributes) -> Result<List> {
    Ok(dict::keys(attributes.0.expect_dict("keys")?))
}
