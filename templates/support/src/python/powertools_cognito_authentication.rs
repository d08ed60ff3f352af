//! The triggers at sign-in of Cognito user pools as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::Result;
use super::powertools_data_class::{DictWrapper, find, find_or, member, put};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CustomMessageTriggerEventRequest(Value);

impl DictWrapper for CustomMessageTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest.code_parameter`
pub fn custom_message_trigger_event_request_code_parameter(
    request: &CustomMessageTriggerEventRequest,
) -> Result<Value> {
    member(request, "codeParameter")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest.link_parameter`
pub fn custom_message_trigger_event_request_link_parameter(
    request: &CustomMessageTriggerEventRequest,
) -> Result<Value> {
    member(request, "linkParameter")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest.username_parameter`
pub fn custom_message_trigger_event_request_username_parameter(
    request: &CustomMessageTriggerEventRequest,
) -> Result<Value> {
    member(request, "usernameParameter")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest.user_attributes`
pub fn custom_message_trigger_event_request_user_attributes(
    request: &CustomMessageTriggerEventRequest,
) -> Result<Value> {
    member(request, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventRequest.client_metadata`
pub fn custom_message_trigger_event_request_client_metadata(
    request: &CustomMessageTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "clientMetadata", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CustomMessageTriggerEventResponse(Value);

impl DictWrapper for CustomMessageTriggerEventResponse {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.sms_message`
pub fn custom_message_trigger_event_response_sms_message(
    response: &CustomMessageTriggerEventResponse,
) -> Result<Value> {
    member(response, "smsMessage")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.sms_message = value`
pub fn set_custom_message_trigger_event_response_sms_message(
    response: &CustomMessageTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "smsMessage", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.email_message`
pub fn custom_message_trigger_event_response_email_message(
    response: &CustomMessageTriggerEventResponse,
) -> Result<Value> {
    member(response, "emailMessage")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.email_message = value`
pub fn set_custom_message_trigger_event_response_email_message(
    response: &CustomMessageTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "emailMessage", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.email_subject`
pub fn custom_message_trigger_event_response_email_subject(
    response: &CustomMessageTriggerEventResponse,
) -> Result<Value> {
    member(response, "emailSubject")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEventResponse.email_subject = value`
pub fn set_custom_message_trigger_event_response_email_subject(
    response: &CustomMessageTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "emailSubject", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct CustomMessageTriggerEvent(Value);

impl DictWrapper for CustomMessageTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEvent(data)`.
pub fn custom_message_trigger_event(data: &Value) -> CustomMessageTriggerEvent {
    CustomMessageTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEvent.request`
pub fn custom_message_trigger_event_request(
    event: &CustomMessageTriggerEvent,
) -> Result<CustomMessageTriggerEventRequest> {
    member(event, "request").map(CustomMessageTriggerEventRequest)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CustomMessageTriggerEvent.response`
pub fn custom_message_trigger_event_response(
    event: &CustomMessageTriggerEvent,
) -> Result<CustomMessageTriggerEventResponse> {
    member(event, "response").map(CustomMessageTriggerEventResponse)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct PreAuthenticationTriggerEventRequest(Value);

impl DictWrapper for PreAuthenticationTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEventRequest.user_not_found`
pub fn pre_authentication_trigger_event_request_user_not_found(
    request: &PreAuthenticationTriggerEventRequest,
) -> Result<Value> {
    find(request, "userNotFound")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEventRequest.user_attributes`
pub fn pre_authentication_trigger_event_request_user_attributes(
    request: &PreAuthenticationTriggerEventRequest,
) -> Result<Value> {
    member(request, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEventRequest.validation_data`
pub fn pre_authentication_trigger_event_request_validation_data(
    request: &PreAuthenticationTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "validationData", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct PreAuthenticationTriggerEvent(Value);

impl DictWrapper for PreAuthenticationTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEvent(data)`.
pub fn pre_authentication_trigger_event(data: &Value) -> PreAuthenticationTriggerEvent {
    PreAuthenticationTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreAuthenticationTriggerEvent.request`
pub fn pre_authentication_trigger_event_request(
    event: &PreAuthenticationTriggerEvent,
) -> Result<PreAuthenticationTriggerEventRequest> {
    member(event, "request").map(PreAuthenticationTriggerEventRequest)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct PostAuthenticationTriggerEventRequest(Value);

impl DictWrapper for PostAuthenticationTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEventRequest.new_device_used`
pub fn post_authentication_trigger_event_request_new_device_used(
    request: &PostAuthenticationTriggerEventRequest,
) -> Result<Value> {
    member(request, "newDeviceUsed")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEventRequest.user_attributes`
pub fn post_authentication_trigger_event_request_user_attributes(
    request: &PostAuthenticationTriggerEventRequest,
) -> Result<Value> {
    member(request, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEventRequest.client_metadata`
pub fn post_authentication_trigger_event_request_client_metadata(
    request: &PostAuthenticationTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "clientMetadata", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct PostAuthenticationTriggerEvent(Value);

impl DictWrapper for PostAuthenticationTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEvent(data)`.
pub fn post_authentication_trigger_event(data: &Value) -> PostAuthenticationTriggerEvent {
    PostAuthenticationTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostAuthenticationTriggerEvent.request`
pub fn post_authentication_trigger_event_request(
    event: &PostAuthenticationTriggerEvent,
) -> Result<PostAuthenticationTriggerEventRequest> {
    member(event, "request").map(PostAuthenticationTriggerEventRequest)
}
