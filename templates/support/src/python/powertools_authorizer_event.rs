//! Events of API Gateway authorizers as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::powertools_authorizer_arn::{ApiGatewayRouteArn, parse_value};
use super::powertools_data_class::{
    CaseInsensitiveDict, DictWrapper, case_insensitive, find_or, member,
};
use super::powertools_request_context::BaseRequestContext;
use super::powertools_request_context_v2::BaseRequestContextV2;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ApiGatewayAuthorizerTokenEvent(Value);

impl DictWrapper for ApiGatewayAuthorizerTokenEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent(data)`.
pub fn api_gateway_authorizer_token_event(data: &Value) -> ApiGatewayAuthorizerTokenEvent {
    ApiGatewayAuthorizerTokenEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent.get_type`
pub fn token_event_get_type(event: &ApiGatewayAuthorizerTokenEvent) -> Result<Value> {
    member(event, "type")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent.authorization_token`
pub fn token_event_authorization_token(event: &ApiGatewayAuthorizerTokenEvent) -> Result<Value> {
    member(event, "authorizationToken")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent.method_arn`
pub fn token_event_method_arn(event: &ApiGatewayAuthorizerTokenEvent) -> Result<Value> {
    member(event, "methodArn")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ApiGatewayAuthorizerRequestEvent(Value);

impl DictWrapper for ApiGatewayAuthorizerRequestEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent(data)`.
pub fn api_gateway_authorizer_request_event(data: &Value) -> ApiGatewayAuthorizerRequestEvent {
    ApiGatewayAuthorizerRequestEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.version`
pub fn request_event_version(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.get_type`
pub fn request_event_get_type(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "type")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.method_arn`
pub fn request_event_method_arn(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "methodArn")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.identity_source`
pub fn request_event_identity_source(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "identitySource")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.authorization_token`
pub fn request_event_authorization_token(
    event: &ApiGatewayAuthorizerRequestEvent,
) -> Result<Value> {
    member(event, "authorizationToken")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.resource`
pub fn request_event_resource(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "resource")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.path`
pub fn request_event_path(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "path")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.http_method`
pub fn request_event_http_method(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "httpMethod")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.headers`
pub fn request_event_headers(
    event: &ApiGatewayAuthorizerRequestEvent,
) -> Result<CaseInsensitiveDict> {
    case_insensitive(&member(event, "headers")?)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.query_string_parameters`
pub fn request_event_query_string_parameters(
    event: &ApiGatewayAuthorizerRequestEvent,
) -> Result<Value> {
    member(event, "queryStringParameters")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.path_parameters`
pub fn request_event_path_parameters(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "pathParameters")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.stage_variables`
pub fn request_event_stage_variables(event: &ApiGatewayAuthorizerRequestEvent) -> Result<Value> {
    member(event, "stageVariables")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ApiGatewayAuthorizerEventV2(Value);

impl DictWrapper for ApiGatewayAuthorizerEventV2 {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2(data)`.
pub fn api_gateway_authorizer_event_v2(data: &Value) -> ApiGatewayAuthorizerEventV2 {
    ApiGatewayAuthorizerEventV2(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.version`
pub fn event_v2_version(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.get_type`
pub fn event_v2_get_type(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "type")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.route_arn`
pub fn event_v2_route_arn(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "routeArn")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.identity_source`
pub fn event_v2_identity_source(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    find_or(event, "identitySource", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.route_key`
pub fn event_v2_route_key(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "routeKey")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.raw_path`
pub fn event_v2_raw_path(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "rawPath")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.raw_query_string`
pub fn event_v2_raw_query_string(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "rawQueryString")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.cookies`
pub fn event_v2_cookies(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "cookies")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.headers`
pub fn event_v2_headers(event: &ApiGatewayAuthorizerEventV2) -> Result<CaseInsensitiveDict> {
    case_insensitive(&member(event, "headers")?)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.query_string_parameters`
pub fn event_v2_query_string_parameters(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    member(event, "queryStringParameters")
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.path_parameters`
pub fn event_v2_path_parameters(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    find_or(event, "pathParameters", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.stage_variables`
pub fn event_v2_stage_variables(event: &ApiGatewayAuthorizerEventV2) -> Result<Value> {
    find_or(event, "stageVariables", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerTokenEvent.parsed_arn`
pub fn token_event_parsed_arn(
    event: &ApiGatewayAuthorizerTokenEvent,
) -> Result<ApiGatewayRouteArn> {
    parse_value(&token_event_method_arn(event)?)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.parsed_arn`
pub fn request_event_parsed_arn(
    event: &ApiGatewayAuthorizerRequestEvent,
) -> Result<ApiGatewayRouteArn> {
    parse_value(&request_event_method_arn(event)?)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.parsed_arn`
pub fn event_v2_parsed_arn(event: &ApiGatewayAuthorizerEventV2) -> Result<ApiGatewayRouteArn> {
    parse_value(&event_v2_route_arn(event)?)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerRequestEvent.request_context`
pub fn request_event_request_context(
    event: &ApiGatewayAuthorizerRequestEvent,
) -> Result<BaseRequestContext> {
    member(event, "requestContext").map(BaseRequestContext)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerEventV2.request_context`
pub fn event_v2_request_context(
    event: &ApiGatewayAuthorizerEventV2,
) -> Result<BaseRequestContextV2> {
    member(event, "requestContext").map(BaseRequestContextV2)
}
