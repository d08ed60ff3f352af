//! EventBridge events as data classes of Powertools for AWS Lambda.

use super::error::Result;
use super::powertools_data_class::{DictWrapper, member};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct EventBridgeEvent(Value);

impl DictWrapper for EventBridgeEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent(data)`.
pub fn event_bridge_event(data: &Value) -> EventBridgeEvent {
    EventBridgeEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.get_id`
pub fn event_get_id(event: &impl DictWrapper) -> Result<Value> {
    member(event, "id")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.version`
pub fn event_version(event: &impl DictWrapper) -> Result<Value> {
    member(event, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.account`
pub fn event_account(event: &impl DictWrapper) -> Result<Value> {
    member(event, "account")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.time`
pub fn event_time(event: &impl DictWrapper) -> Result<Value> {
    member(event, "time")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.region`
pub fn event_region(event: &impl DictWrapper) -> Result<Value> {
    member(event, "region")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.resources`
pub fn event_resources(event: &impl DictWrapper) -> Result<Value> {
    member(event, "resources")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.source`
pub fn event_source(event: &impl DictWrapper) -> Result<Value> {
    member(event, "source")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.detail_type`
pub fn event_detail_type(event: &impl DictWrapper) -> Result<Value> {
    member(event, "detail-type")
}

/// `aws_lambda_powertools.utilities.data_classes.EventBridgeEvent.detail`
pub fn event_detail(event: &impl DictWrapper) -> Result<Value> {
    member(event, "detail")
}
