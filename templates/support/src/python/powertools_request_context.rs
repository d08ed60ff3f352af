//! The request contexts of REST APIs as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::powertools_data_class::{DictWrapper, find, find_or, member, some};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct RequestContextClientCert(pub(super) Value);

impl DictWrapper for RequestContextClientCert {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.client_cert_pem`
pub fn certificate_client_cert_pem(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "clientCertPem")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.issuer_dn`
pub fn certificate_issuer_dn(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "issuerDN")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.serial_number`
pub fn certificate_serial_number(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "serialNumber")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.subject_dn`
pub fn certificate_subject_dn(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "subjectDN")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.validity_not_after`
pub fn certificate_validity_not_after(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "validity")?.item("notAfter")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextClientCert.validity_not_before`
pub fn certificate_validity_not_before(certificate: &RequestContextClientCert) -> Result<Value> {
    member(certificate, "validity")?.item("notBefore")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ApiGatewayEventIdentity(Value);

impl DictWrapper for ApiGatewayEventIdentity {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.access_key`
pub fn identity_access_key(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "accessKey")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.account_id`
pub fn identity_account_id(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "accountId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.api_key`
pub fn identity_api_key(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "apiKey")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.api_key_id`
pub fn identity_api_key_id(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "apiKeyId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.caller`
pub fn identity_caller(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "caller")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.cognito_authentication_provider`
pub fn identity_cognito_authentication_provider(
    identity: &ApiGatewayEventIdentity,
) -> Result<Value> {
    find(identity, "cognitoAuthenticationProvider")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.cognito_authentication_type`
pub fn identity_cognito_authentication_type(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "cognitoAuthenticationType")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.cognito_identity_id`
pub fn identity_cognito_identity_id(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "cognitoIdentityId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.cognito_identity_pool_id`
pub fn identity_cognito_identity_pool_id(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "cognitoIdentityPoolId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.principal_org_id`
pub fn identity_principal_org_id(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "principalOrgId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.source_ip`
pub fn identity_source_ip(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    member(identity, "sourceIp")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.user`
pub fn identity_user(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "user")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.user_agent`
pub fn identity_user_agent(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "userAgent")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.user_arn`
pub fn identity_user_arn(identity: &ApiGatewayEventIdentity) -> Result<Value> {
    find(identity, "userArn")
}

/// `aws_lambda_powertools.utilities.data_classes.common.APIGatewayEventIdentity.client_cert`
pub fn identity_client_cert(
    identity: &ApiGatewayEventIdentity,
) -> Result<Option<RequestContextClientCert>> {
    Ok(some(
        find(identity, "clientCert")?,
        RequestContextClientCert,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct BaseRequestContext(pub(super) Value);

impl DictWrapper for BaseRequestContext {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.account_id`
pub fn context_account_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "accountId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.api_id`
pub fn context_api_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "apiId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.domain_name`
pub fn context_domain_name(context: &impl DictWrapper) -> Result<Value> {
    find(context, "domainName")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.domain_prefix`
pub fn context_domain_prefix(context: &impl DictWrapper) -> Result<Value> {
    find(context, "domainPrefix")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.extended_request_id`
pub fn context_extended_request_id(context: &impl DictWrapper) -> Result<Value> {
    find(context, "extendedRequestId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.protocol`
pub fn context_protocol(context: &impl DictWrapper) -> Result<Value> {
    member(context, "protocol")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.http_method`
pub fn context_http_method(context: &impl DictWrapper) -> Result<Value> {
    member(context, "httpMethod")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.identity`
pub fn context_identity(context: &impl DictWrapper) -> Result<ApiGatewayEventIdentity> {
    member(context, "identity").map(ApiGatewayEventIdentity)
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.path`
pub fn context_path(context: &impl DictWrapper) -> Result<Value> {
    member(context, "path")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.stage`
pub fn context_stage(context: &impl DictWrapper) -> Result<Value> {
    member(context, "stage")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.request_id`
pub fn context_request_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "requestId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.request_time`
pub fn context_request_time(context: &impl DictWrapper) -> Result<Value> {
    find(context, "requestTime")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.request_time_epoch`
pub fn context_request_time_epoch(context: &impl DictWrapper) -> Result<Value> {
    member(context, "requestTimeEpoch")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.resource_id`
pub fn context_resource_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "resourceId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext.resource_path`
pub fn context_resource_path(context: &impl DictWrapper) -> Result<Value> {
    member(context, "resourcePath")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ApiGatewayEventAuthorizer(Value);

impl DictWrapper for ApiGatewayEventAuthorizer {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer.claims`
pub fn authorizer_claims(authorizer: &ApiGatewayEventAuthorizer) -> Result<Value> {
    find_or(authorizer, "claims", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer.scopes`
pub fn authorizer_scopes(authorizer: &ApiGatewayEventAuthorizer) -> Result<Value> {
    find_or(authorizer, "scopes", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer.principal_id`
pub fn authorizer_principal_id(authorizer: &ApiGatewayEventAuthorizer) -> Result<Value> {
    find_or(authorizer, "principalId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer.integration_latency`
pub fn authorizer_integration_latency(authorizer: &ApiGatewayEventAuthorizer) -> Result<Value> {
    find(authorizer, "integrationLatency")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext`
/// A `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContext`.
#[derive(Debug, Clone)]
pub struct ApiGatewayEventRequestContext(pub(super) Value);

impl DictWrapper for ApiGatewayEventRequestContext {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.connected_at`
pub fn context_connected_at(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "connectedAt")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.connection_id`
pub fn context_connection_id(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "connectionId")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.event_type`
pub fn context_event_type(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "eventType")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.message_direction`
pub fn context_message_direction(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "messageDirection")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.message_id`
pub fn context_message_id(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "messageId")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.operation_name`
pub fn context_operation_name(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "operationName")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.route_key`
pub fn context_route_key(context: &ApiGatewayEventRequestContext) -> Result<Value> {
    find(context, "routeKey")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventRequestContext.authorizer`
pub fn context_authorizer(
    context: &ApiGatewayEventRequestContext,
) -> Result<ApiGatewayEventAuthorizer> {
    find_or(context, "authorizer", Dict::new()).map(ApiGatewayEventAuthorizer)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.APIGatewayEventAuthorizer.get_context()`.
pub fn authorizer_get_context(authorizer: &ApiGatewayEventAuthorizer) -> Value {
    authorizer.0.clone()
}
