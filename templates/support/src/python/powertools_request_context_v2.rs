//! The request contexts of HTTP APIs as data classes of Powertools for AWS Lambda.

use super::dict;
use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::powertools_data_class::{DictWrapper, find_or, member, some};
use super::powertools_request_context::RequestContextClientCert;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct RequestContextV2Http(Value);

impl DictWrapper for RequestContextV2Http {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http.method`
pub fn http_method(http: &RequestContextV2Http) -> Result<Value> {
    member(http, "method")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http.path`
pub fn http_path(http: &RequestContextV2Http) -> Result<Value> {
    member(http, "path")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http.protocol`
pub fn http_protocol(http: &RequestContextV2Http) -> Result<Value> {
    member(http, "protocol")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http.source_ip`
pub fn http_source_ip(http: &RequestContextV2Http) -> Result<Value> {
    member(http, "sourceIp")
}

/// `aws_lambda_powertools.utilities.data_classes.common.RequestContextV2Http.user_agent`
pub fn http_user_agent(http: &RequestContextV2Http) -> Result<Value> {
    member(http, "userAgent")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct BaseRequestContextV2(pub(super) Value);

impl DictWrapper for BaseRequestContextV2 {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.account_id`
pub fn context_account_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "accountId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.api_id`
pub fn context_api_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "apiId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.domain_name`
pub fn context_domain_name(context: &impl DictWrapper) -> Result<Value> {
    member(context, "domainName")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.domain_prefix`
pub fn context_domain_prefix(context: &impl DictWrapper) -> Result<Value> {
    member(context, "domainPrefix")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.http`
pub fn context_http(context: &impl DictWrapper) -> Result<RequestContextV2Http> {
    member(context, "http").map(RequestContextV2Http)
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.request_id`
pub fn context_request_id(context: &impl DictWrapper) -> Result<Value> {
    member(context, "requestId")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.route_key`
pub fn context_route_key(context: &impl DictWrapper) -> Result<Value> {
    member(context, "routeKey")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.stage`
pub fn context_stage(context: &impl DictWrapper) -> Result<Value> {
    member(context, "stage")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.time`
pub fn context_time(context: &impl DictWrapper) -> Result<Value> {
    member(context, "time")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.time_epoch`
pub fn context_time_epoch(context: &impl DictWrapper) -> Result<Value> {
    member(context, "timeEpoch")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct RequestContextV2AuthorizerIam(Value);

impl DictWrapper for RequestContextV2AuthorizerIam {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.access_key`
pub fn iam_access_key(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "accessKey", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.account_id`
pub fn iam_account_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "accountId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.caller_id`
pub fn iam_caller_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "callerId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.principal_org_id`
pub fn iam_principal_org_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "principalOrgId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.user_arn`
pub fn iam_user_arn(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "userArn", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.user_id`
pub fn iam_user_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    find_or(iam, "userId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct RequestContextV2Authorizer(Value);

impl DictWrapper for RequestContextV2Authorizer {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer.get_lambda`
pub fn authorizer_get_lambda(authorizer: &RequestContextV2Authorizer) -> Result<Value> {
    find_or(authorizer, "lambda", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer.iam`
pub fn authorizer_iam(
    authorizer: &RequestContextV2Authorizer,
) -> Result<RequestContextV2AuthorizerIam> {
    find_or(authorizer, "iam", Dict::new()).map(RequestContextV2AuthorizerIam)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2`
/// A `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2`.
#[derive(Debug, Clone)]
pub struct RequestContextV2(pub(super) Value);

impl DictWrapper for RequestContextV2 {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2.authorizer`
pub fn context_authorizer(context: &RequestContextV2) -> Result<RequestContextV2Authorizer> {
    find_or(context, "authorizer", Dict::new()).map(RequestContextV2Authorizer)
}

/// As `(self.get(name) or {}).get(inner, default)`.
fn inner(
    wrapper: &impl DictWrapper,
    name: &str,
    inner: &str,
    default: impl Into<Value>,
) -> Result<Value> {
    let outer = find_or(wrapper, name, Dict::new())?;
    Ok(dict::get(outer.expect_dict("get")?, inner, default.into()))
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseRequestContextV2.authentication`
pub fn context_authentication(
    context: &impl DictWrapper,
) -> Result<Option<RequestContextClientCert>> {
    let certificate = inner(context, "authentication", "clientCert", Value::None)?;
    Ok(some(certificate, RequestContextClientCert))
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.cognito_amr`
pub fn iam_cognito_amr(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    inner(iam, "cognitoIdentity", "amr", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.cognito_identity_id`
pub fn iam_cognito_identity_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    inner(iam, "cognitoIdentity", "identityId", "")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2AuthorizerIam.cognito_identity_pool_id`
pub fn iam_cognito_identity_pool_id(iam: &RequestContextV2AuthorizerIam) -> Result<Value> {
    let id = inner(iam, "cognitoIdentity", "identityPoolId", Value::None)?;
    Ok(if id.is_true() { id } else { "".into() })
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer.jwt_claim`
pub fn authorizer_jwt_claim(authorizer: &RequestContextV2Authorizer) -> Result<Value> {
    let claims = inner(authorizer, "jwt", "claims", Value::None)?;
    Ok(if claims.is_true() {
        claims
    } else {
        Dict::new().into()
    })
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer.jwt_scopes`
pub fn authorizer_jwt_scopes(authorizer: &RequestContextV2Authorizer) -> Result<Value> {
    inner(authorizer, "jwt", "scopes", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event.RequestContextV2Authorizer.get_context()`.
pub fn authorizer_get_context(authorizer: &RequestContextV2Authorizer) -> Result<Value> {
    authorizer_get_lambda(authorizer)
}
