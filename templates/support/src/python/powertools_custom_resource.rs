//! Events of custom resources as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::Result;
use super::powertools_data_class::{DictWrapper, find_or, member};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CloudFormationCustomResourceEvent(Value);

impl DictWrapper for CloudFormationCustomResourceEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent(data)`.
pub fn cloud_formation_custom_resource_event(data: &Value) -> CloudFormationCustomResourceEvent {
    CloudFormationCustomResourceEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.request_type`
pub fn event_request_type(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "RequestType")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.service_token`
pub fn event_service_token(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "ServiceToken")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.response_url`
pub fn event_response_url(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "ResponseURL")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.stack_id`
pub fn event_stack_id(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "StackId")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.request_id`
pub fn event_request_id(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "RequestId")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.logical_resource_id`
pub fn event_logical_resource_id(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "LogicalResourceId")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.physical_resource_id`
pub fn event_physical_resource_id(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    find_or(event, "PhysicalResourceId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.resource_type`
pub fn event_resource_type(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    member(event, "ResourceType")
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.resource_properties`
pub fn event_resource_properties(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    find_or(event, "ResourceProperties", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.CloudFormationCustomResourceEvent.old_resource_properties`
pub fn event_old_resource_properties(event: &CloudFormationCustomResourceEvent) -> Result<Value> {
    find_or(event, "OldResourceProperties", Dict::new())
}
