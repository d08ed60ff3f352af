//! The triggers at sign-up of Cognito user pools as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::powertools_data_class::{DictWrapper, find, find_or, member, put};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CallerContext`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CallerContext(Value);

impl DictWrapper for CallerContext {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CallerContext.aws_sdk_version`
pub fn caller_context_aws_sdk_version(context: &CallerContext) -> Result<Value> {
    member(context, "awsSdkVersion")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.CallerContext.client_id`
pub fn caller_context_client_id(context: &CallerContext) -> Result<Value> {
    member(context, "clientId")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct BaseTriggerEvent(Value);

impl DictWrapper for BaseTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.version`
pub fn trigger_version(trigger: &impl DictWrapper) -> Result<Value> {
    member(trigger, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.region`
pub fn trigger_region(trigger: &impl DictWrapper) -> Result<Value> {
    member(trigger, "region")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.user_pool_id`
pub fn trigger_user_pool_id(trigger: &impl DictWrapper) -> Result<Value> {
    member(trigger, "userPoolId")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.trigger_source`
pub fn trigger_trigger_source(trigger: &impl DictWrapper) -> Result<Value> {
    member(trigger, "triggerSource")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.user_name`
pub fn trigger_user_name(trigger: &impl DictWrapper) -> Result<Value> {
    member(trigger, "userName")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent.caller_context`
pub fn trigger_caller_context(trigger: &impl DictWrapper) -> Result<CallerContext> {
    member(trigger, "callerContext").map(CallerContext)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct PreSignUpTriggerEventRequest(Value);

impl DictWrapper for PreSignUpTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventRequest.user_attributes`
pub fn pre_sign_up_trigger_event_request_user_attributes(
    request: &PreSignUpTriggerEventRequest,
) -> Result<Value> {
    member(request, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventRequest.validation_data`
pub fn pre_sign_up_trigger_event_request_validation_data(
    request: &PreSignUpTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "validationData", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventRequest.client_metadata`
pub fn pre_sign_up_trigger_event_request_client_metadata(
    request: &PreSignUpTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "clientMetadata", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct PreSignUpTriggerEventResponse(Value);

impl DictWrapper for PreSignUpTriggerEventResponse {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_confirm_user`
pub fn pre_sign_up_trigger_event_response_auto_confirm_user(
    response: &PreSignUpTriggerEventResponse,
) -> Result<bool> {
    Ok(member(response, "autoConfirmUser")?.is_true())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_confirm_user = value`
pub fn set_pre_sign_up_trigger_event_response_auto_confirm_user(
    response: &PreSignUpTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "autoConfirmUser", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_verify_email`
pub fn pre_sign_up_trigger_event_response_auto_verify_email(
    response: &PreSignUpTriggerEventResponse,
) -> Result<bool> {
    Ok(member(response, "autoVerifyEmail")?.is_true())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_verify_email = value`
pub fn set_pre_sign_up_trigger_event_response_auto_verify_email(
    response: &PreSignUpTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "autoVerifyEmail", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_verify_phone`
pub fn pre_sign_up_trigger_event_response_auto_verify_phone(
    response: &PreSignUpTriggerEventResponse,
) -> Result<bool> {
    Ok(member(response, "autoVerifyPhone")?.is_true())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEventResponse.auto_verify_phone = value`
pub fn set_pre_sign_up_trigger_event_response_auto_verify_phone(
    response: &PreSignUpTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "autoVerifyPhone", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct PreSignUpTriggerEvent(Value);

impl DictWrapper for PreSignUpTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEvent(data)`.
pub fn pre_sign_up_trigger_event(data: &Value) -> PreSignUpTriggerEvent {
    PreSignUpTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEvent.request`
pub fn pre_sign_up_trigger_event_request(
    event: &PreSignUpTriggerEvent,
) -> Result<PreSignUpTriggerEventRequest> {
    member(event, "request").map(PreSignUpTriggerEventRequest)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PreSignUpTriggerEvent.response`
pub fn pre_sign_up_trigger_event_response(
    event: &PreSignUpTriggerEvent,
) -> Result<PreSignUpTriggerEventResponse> {
    member(event, "response").map(PreSignUpTriggerEventResponse)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct PostConfirmationTriggerEventRequest(Value);

impl DictWrapper for PostConfirmationTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEventRequest.user_attributes`
pub fn post_confirmation_trigger_event_request_user_attributes(
    request: &PostConfirmationTriggerEventRequest,
) -> Result<Value> {
    member(request, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEventRequest.client_metadata`
pub fn post_confirmation_trigger_event_request_client_metadata(
    request: &PostConfirmationTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "clientMetadata", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct PostConfirmationTriggerEvent(Value);

impl DictWrapper for PostConfirmationTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEvent(data)`.
pub fn post_confirmation_trigger_event(data: &Value) -> PostConfirmationTriggerEvent {
    PostConfirmationTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.PostConfirmationTriggerEvent.request`
pub fn post_confirmation_trigger_event_request(
    event: &PostConfirmationTriggerEvent,
) -> Result<PostConfirmationTriggerEventRequest> {
    member(event, "request").map(PostConfirmationTriggerEventRequest)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventRequest`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct UserMigrationTriggerEventRequest(Value);

impl DictWrapper for UserMigrationTriggerEventRequest {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventRequest.password`
pub fn user_migration_trigger_event_request_password(
    request: &UserMigrationTriggerEventRequest,
) -> Result<Value> {
    member(request, "password")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventRequest.validation_data`
pub fn user_migration_trigger_event_request_validation_data(
    request: &UserMigrationTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "validationData", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventRequest.client_metadata`
pub fn user_migration_trigger_event_request_client_metadata(
    request: &UserMigrationTriggerEventRequest,
) -> Result<Value> {
    find_or(request, "clientMetadata", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct UserMigrationTriggerEventResponse(Value);

impl DictWrapper for UserMigrationTriggerEventResponse {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.user_attributes`
pub fn user_migration_trigger_event_response_user_attributes(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    member(response, "userAttributes")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.user_attributes = value`
pub fn set_user_migration_trigger_event_response_user_attributes(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "userAttributes", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.final_user_status`
pub fn user_migration_trigger_event_response_final_user_status(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    find(response, "finalUserStatus")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.final_user_status = value`
pub fn set_user_migration_trigger_event_response_final_user_status(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "finalUserStatus", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.message_action`
pub fn user_migration_trigger_event_response_message_action(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    find(response, "messageAction")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.message_action = value`
pub fn set_user_migration_trigger_event_response_message_action(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "messageAction", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.desired_delivery_mediums`
pub fn user_migration_trigger_event_response_desired_delivery_mediums(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    find_or(response, "desiredDeliveryMediums", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.desired_delivery_mediums = value`
pub fn set_user_migration_trigger_event_response_desired_delivery_mediums(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "desiredDeliveryMediums", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.force_alias_creation`
pub fn user_migration_trigger_event_response_force_alias_creation(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    find(response, "forceAliasCreation")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.force_alias_creation = value`
pub fn set_user_migration_trigger_event_response_force_alias_creation(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "forceAliasCreation", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.enable_sms_mfa`
pub fn user_migration_trigger_event_response_enable_sms_mfa(
    response: &UserMigrationTriggerEventResponse,
) -> Result<Value> {
    find(response, "enableSMSMFA")
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEventResponse.enable_sms_mfa = value`
pub fn set_user_migration_trigger_event_response_enable_sms_mfa(
    response: &UserMigrationTriggerEventResponse,
    value: &Value,
) -> Result<()> {
    put(response, "enableSMSMFA", value)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEvent`
/// A `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.BaseTriggerEvent`.
#[derive(Debug, Clone)]
pub struct UserMigrationTriggerEvent(Value);

impl DictWrapper for UserMigrationTriggerEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEvent(data)`.
pub fn user_migration_trigger_event(data: &Value) -> UserMigrationTriggerEvent {
    UserMigrationTriggerEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEvent.request`
pub fn user_migration_trigger_event_request(
    event: &UserMigrationTriggerEvent,
) -> Result<UserMigrationTriggerEventRequest> {
    member(event, "request").map(UserMigrationTriggerEventRequest)
}

/// `aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event.UserMigrationTriggerEvent.response`
pub fn user_migration_trigger_event_response(
    event: &UserMigrationTriggerEvent,
) -> Result<UserMigrationTriggerEventResponse> {
    member(event, "response").map(UserMigrationTriggerEventResponse)
}
