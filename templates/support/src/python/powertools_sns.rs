//! SNS events as data classes of Powertools for AWS Lambda.

use super::error::Result;
use super::powertools_data_class::{DictWrapper, each, member, no_record};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessageAttribute`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SnsMessageAttribute(Value);

impl DictWrapper for SnsMessageAttribute {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessageAttribute.get_type`
pub fn message_attribute_get_type(attribute: &SnsMessageAttribute) -> Result<Value> {
    member(attribute, "Type")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessageAttribute.value`
pub fn message_attribute_value(attribute: &SnsMessageAttribute) -> Result<Value> {
    member(attribute, "Value")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SnsMessage(pub(super) Value);

impl DictWrapper for SnsMessage {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage(data)`.
pub fn sns_message(data: &Value) -> SnsMessage {
    SnsMessage(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.signature_version`
pub fn message_signature_version(message: &SnsMessage) -> Result<Value> {
    member(message, "SignatureVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.timestamp`
pub fn message_timestamp(message: &SnsMessage) -> Result<Value> {
    member(message, "Timestamp")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.signature`
pub fn message_signature(message: &SnsMessage) -> Result<Value> {
    member(message, "Signature")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.signing_cert_url`
pub fn message_signing_cert_url(message: &SnsMessage) -> Result<Value> {
    member(message, "SigningCertUrl")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_id`
pub fn message_message_id(message: &SnsMessage) -> Result<Value> {
    member(message, "MessageId")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message`
pub fn message_message(message: &SnsMessage) -> Result<Value> {
    member(message, "Message")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.get_type`
pub fn message_get_type(message: &SnsMessage) -> Result<Value> {
    member(message, "Type")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.unsubscribe_url`
pub fn message_unsubscribe_url(message: &SnsMessage) -> Result<Value> {
    member(message, "UnsubscribeUrl")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.topic_arn`
pub fn message_topic_arn(message: &SnsMessage) -> Result<Value> {
    member(message, "TopicArn")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.subject`
pub fn message_subject(message: &SnsMessage) -> Result<Value> {
    member(message, "Subject")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SnsEventRecord(Value);

impl DictWrapper for SnsEventRecord {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord(data)`.
pub fn sns_event_record(data: &Value) -> SnsEventRecord {
    SnsEventRecord(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord.event_version`
pub fn event_record_event_version(record: &SnsEventRecord) -> Result<Value> {
    member(record, "EventVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord.event_subscription_arn`
pub fn event_record_event_subscription_arn(record: &SnsEventRecord) -> Result<Value> {
    member(record, "EventSubscriptionArn")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord.event_source`
pub fn event_record_event_source(record: &SnsEventRecord) -> Result<Value> {
    member(record, "EventSource")
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSEventRecord.sns`
pub fn event_record_sns(record: &SnsEventRecord) -> Result<SnsMessage> {
    member(record, "Sns").map(SnsMessage)
}

/// `aws_lambda_powertools.utilities.data_classes.SNSEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct SnsEvent(Value);

impl DictWrapper for SnsEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.SNSEvent(data)`.
pub fn sns_event(data: &Value) -> SnsEvent {
    SnsEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.SNSEvent.records`
pub fn event_records(event: &SnsEvent) -> Result<Vec<SnsEventRecord>> {
    each(event, "Records", SnsEventRecord)
}

/// `aws_lambda_powertools.utilities.data_classes.SNSEvent.record`
pub fn event_record(event: &SnsEvent) -> Result<SnsEventRecord> {
    event_records(event)?
        .into_iter()
        .next()
        .ok_or_else(no_record)
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_attributes`
#[derive(Debug, Clone)]
pub struct SnsMessageAttributes(Value);

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_attributes`
pub fn message_message_attributes(message: &SnsMessage) -> Result<SnsMessageAttributes> {
    let attributes = member(message, "MessageAttributes")?;
    attributes.expect_dict("items")?;
    Ok(SnsMessageAttributes(attributes))
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_attributes.__getitem__(key)`.
pub fn message_attribute(
    attributes: &SnsMessageAttributes,
    key: &Value,
) -> Result<SnsMessageAttribute> {
    attributes.0.item(key).map(SnsMessageAttribute)
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_attributes.get(key)`.
pub fn message_attribute_or_none(
    attributes: &SnsMessageAttributes,
    key: &Value,
) -> Result<Option<SnsMessageAttribute>> {
    let attribute = attributes.0.expect_dict("get")?.look_up(key)?;
    Ok(attribute.map(SnsMessageAttribute))
}

/// `aws_lambda_powertools.utilities.data_classes.sns_event.SNSMessage.message_attributes.__contains__(key)`.
pub fn has_message_attribute(attributes: &SnsMessageAttributes, key: &Value) -> Result<bool> {
    attributes.0.contains(key)
}

/// `aws_lambda_powertools.utilities.data_classes.SNSEvent.sns_message`
pub fn event_sns_message(event: &SnsEvent) -> Result<Value> {
    message_message(&event_record_sns(&event_record(event)?)?)
}
