//! Requests by API Gateway, function URLs and load balancers as data classes of Powertools for AWS
//! Lambda.

use super::base64;
use super::dict::{self, Dict};
use super::error::{self, Result};
use super::json;
use super::list::List;
use super::powertools_data_class::{
    CaseInsensitiveDict, DictWrapper, Once, case_insensitive, find, find_or, header_count, member,
};
use super::powertools_request_context::ApiGatewayEventRequestContext;
use super::powertools_request_context_v2::{
    RequestContextV2, context_http, context_stage, http_method,
};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
pub trait BaseProxyEvent: DictWrapper {
    /// The body as text and as what its JSON holds.
    fn bodies(&self) -> &[Once; 2];
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent`.
#[derive(Debug, Clone)]
pub struct ApiGatewayProxyEvent(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] [Once; 2],
);

impl DictWrapper for ApiGatewayProxyEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl BaseProxyEvent for ApiGatewayProxyEvent {
    fn bodies(&self) -> &[Once; 2] {
        &self.1
    }
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent(data)`.
pub fn api_gateway_proxy_event(data: &Value) -> ApiGatewayProxyEvent {
    ApiGatewayProxyEvent(data.clone(), Default::default())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2`
/// A `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent`.
#[derive(Debug, Clone)]
pub struct ApiGatewayProxyEventV2(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] [Once; 2],
);

impl DictWrapper for ApiGatewayProxyEventV2 {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl BaseProxyEvent for ApiGatewayProxyEventV2 {
    fn bodies(&self) -> &[Once; 2] {
        &self.1
    }
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2(data)`.
pub fn api_gateway_proxy_event_v2(data: &Value) -> ApiGatewayProxyEventV2 {
    ApiGatewayProxyEventV2(data.clone(), Default::default())
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent`.
#[derive(Debug, Clone)]
pub struct AlbEvent(
    Value,
    #[allow(dead_code, reason = "read only where it is asked for")] [Once; 2],
);

impl DictWrapper for AlbEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

impl BaseProxyEvent for AlbEvent {
    fn bodies(&self) -> &[Once; 2] {
        &self.1
    }
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent(data)`.
pub fn alb_event(data: &Value) -> AlbEvent {
    AlbEvent(data.clone(), Default::default())
}

/// `aws_lambda_powertools.utilities.data_classes.LambdaFunctionUrlEvent`
pub type LambdaFunctionUrlEvent = ApiGatewayProxyEventV2;

/// `aws_lambda_powertools.utilities.data_classes.LambdaFunctionUrlEvent(data)`.
pub fn lambda_function_url_event(data: &Value) -> LambdaFunctionUrlEvent {
    api_gateway_proxy_event_v2(data)
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.headers`
pub fn headers(event: &impl DictWrapper) -> Result<CaseInsensitiveDict> {
    case_insensitive(&find(event, "headers")?)
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.query_string_parameters`
pub fn query_string_parameters(event: &impl DictWrapper) -> Result<Value> {
    find_or(event, "queryStringParameters", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.multi_value_query_string_parameters`
pub fn multi_value_query_string_parameters(event: &impl DictWrapper) -> Result<Value> {
    find_or(event, "multiValueQueryStringParameters", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.is_base64_encoded`
pub fn is_base64_encoded(event: &impl DictWrapper) -> Result<Value> {
    find(event, "isBase64Encoded")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.body`
pub fn body(event: &impl DictWrapper) -> Result<Value> {
    find(event, "body")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.decoded_body`
/// A body that is not UTF-8 is refused.
pub fn decoded_body(event: &impl BaseProxyEvent) -> Result<Value> {
    let [decoded, _] = event.bodies();
    decoded.get_or_make(|| {
        let body = body(event)?;
        if !is_base64_encoded(event)?.is_true() || !body.is_true() {
            return Ok(body);
        }
        let bytes = base64::b64decode(body.expect_str("encode")?, false)?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| error::untranslated("a body that is not UTF-8"))?;
        Ok(text.into())
    })
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.json_body`
pub fn json_body(event: &impl BaseProxyEvent) -> Result<Value> {
    let [_, loaded] = event.bodies();
    loaded.get_or_make(|| match decoded_body(event)? {
        body if body.is_true() => json::loads_value(&body),
        _ => Ok(Value::None),
    })
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.path`
pub fn path(event: &impl DictWrapper) -> Result<Value> {
    member(event, "path")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.http_method`
pub fn method(event: &impl DictWrapper) -> Result<Value> {
    member(event, "httpMethod")
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.get_query_string_value(name, default_value=None)`.
pub fn get_query_string_value(
    event: &impl DictWrapper,
    name: &str,
    default_value: Value,
) -> Result<Value> {
    let parameters = query_string_parameters(event)?;
    Ok(dict::get(
        parameters.expect_dict("get")?,
        name,
        default_value,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.common.BaseProxyEvent.get_multi_value_query_string_values(name, default_values=None)`.
pub fn get_multi_value_query_string_values(
    event: &impl DictWrapper,
    name: &str,
    default_values: Value,
) -> Result<Value> {
    let parameters = multi_value_query_string_parameters(event)?;
    let found = dict::get(parameters.expect_dict("get")?, name, Value::None);
    match (found.is_true(), default_values.is_true()) {
        (true, _) => Ok(found),
        (false, true) => Ok(default_values),
        (false, false) => Ok(List::new().into()),
    }
}

/// The values of each parameter of the query, split at commas.
fn split_parameters(event: &impl DictWrapper) -> Result<Dict> {
    let split = Dict::new();
    for (name, value) in query_string_parameters(event)?
        .expect_dict("items")?
        .pairs()
    {
        let values: List = value.expect_str("split")?.split(',').collect();
        split.insert(name, values);
    }
    Ok(split)
}

/// The values of each parameter of the query. Where both forms of it have other names, which
/// versions of Powertools take for different things, they are refused.
fn resolved_parameters(event: &impl DictWrapper) -> Result<Value> {
    let (many, single) = (
        multi_value_query_string_parameters(event)?,
        split_parameters(event)?,
    );
    if !many.is_true() {
        return Ok(single.into());
    }
    let names = many.expect_dict("keys")?.to_keys();
    if !single.is_empty() && single.to_keys() != names {
        return Err(error::untranslated(
            "parameters of the query under different names",
        ));
    }
    Ok(many)
}

/// The headers with all their values, or else with one.
fn many_or_one(event: &impl DictWrapper) -> Result<CaseInsensitiveDict> {
    let many = case_insensitive(&find(event, "multiValueHeaders")?)?;
    match header_count(&many) {
        0 => headers(event),
        _ => Ok(many),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.version`
pub fn version(event: &ApiGatewayProxyEvent) -> Result<Value> {
    member(event, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.resource`
pub fn resource(event: &ApiGatewayProxyEvent) -> Result<Value> {
    member(event, "resource")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.multi_value_headers`
pub fn multi_value_headers(event: &ApiGatewayProxyEvent) -> Result<CaseInsensitiveDict> {
    case_insensitive(&find(event, "multiValueHeaders")?)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.resolved_query_string_parameters`
pub fn resolved_query_string_parameters(event: &ApiGatewayProxyEvent) -> Result<Value> {
    resolved_parameters(event)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.resolved_headers_field`
pub fn resolved_headers_field(event: &ApiGatewayProxyEvent) -> Result<CaseInsensitiveDict> {
    many_or_one(event)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.request_context`
pub fn request_context(event: &ApiGatewayProxyEvent) -> Result<ApiGatewayEventRequestContext> {
    member(event, "requestContext").map(ApiGatewayEventRequestContext)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.path_parameters`
pub fn path_parameters(event: &ApiGatewayProxyEvent) -> Result<Value> {
    find_or(event, "pathParameters", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEvent.stage_variables`
pub fn stage_variables(event: &ApiGatewayProxyEvent) -> Result<Value> {
    find_or(event, "stageVariables", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.version`
pub fn version_v2(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    member(event, "version")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.route_key`
pub fn route_key(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    member(event, "routeKey")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.raw_path`
pub fn raw_path(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    member(event, "rawPath")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.raw_query_string`
pub fn raw_query_string(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    member(event, "rawQueryString")
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.cookies`
pub fn cookies(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    find_or(event, "cookies", List::new())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.request_context`
pub fn request_context_v2(event: &ApiGatewayProxyEventV2) -> Result<RequestContextV2> {
    member(event, "requestContext").map(RequestContextV2)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.path_parameters`
pub fn path_parameters_v2(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    find_or(event, "pathParameters", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.stage_variables`
pub fn stage_variables_v2(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    find_or(event, "stageVariables", Dict::new())
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.path`
pub fn path_v2(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    let stage = context_stage(&request_context_v2(event)?)?;
    if stage == "$default" {
        return raw_path(event);
    }
    let Value::Str(stage) = stage else {
        let name = stage.type_name();
        let text = format!("can only concatenate str (not \"{name}\") to str");
        return Err(error::type_error(text));
    };
    let start = i64::try_from(stage.chars().count() + 1).ok();
    raw_path(event)?.slice(start, None, None)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.http_method`
pub fn method_v2(event: &ApiGatewayProxyEventV2) -> Result<Value> {
    http_method(&context_http(&request_context_v2(event)?)?)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.resolved_query_string_parameters`
pub fn resolved_query_string_parameters_v2(event: &ApiGatewayProxyEventV2) -> Result<Dict> {
    split_parameters(event)
}

/// `aws_lambda_powertools.utilities.data_classes.APIGatewayProxyEventV2.resolved_headers_field`
pub fn resolved_headers_field_v2(event: &ApiGatewayProxyEventV2) -> Result<CaseInsensitiveDict> {
    let resolved = Dict::new();
    let headers = super::powertools_data_class::header_dict(&headers(event)?);
    for (name, value) in headers.pairs() {
        let text = value.expect_str("split")?;
        let values: Option<List> = text.contains(',').then(|| text.split(',').collect());
        resolved.insert(name, values.map_or(value.clone(), Value::from));
    }
    case_insensitive(&resolved.into())
}

/// `aws_lambda_powertools.utilities.data_classes.alb_event.ALBEventRequestContext`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct AlbEventRequestContext(Value);

impl DictWrapper for AlbEventRequestContext {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.alb_event.ALBEventRequestContext.elb_target_group_arn`
pub fn elb_target_group_arn(context: &AlbEventRequestContext) -> Result<Value> {
    member(context, "elb")?.item("targetGroupArn")
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent.request_context`
pub fn alb_request_context(event: &AlbEvent) -> Result<AlbEventRequestContext> {
    member(event, "requestContext").map(AlbEventRequestContext)
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent.multi_value_headers`
pub fn alb_multi_value_headers(event: &AlbEvent) -> Result<CaseInsensitiveDict> {
    case_insensitive(&find(event, "multiValueHeaders")?)
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent.resolved_query_string_parameters`
pub fn alb_resolved_query_string_parameters(event: &AlbEvent) -> Result<Value> {
    resolved_parameters(event)
}

/// `aws_lambda_powertools.utilities.data_classes.ALBEvent.resolved_headers_field`
pub fn alb_resolved_headers_field(event: &AlbEvent) -> Result<CaseInsensitiveDict> {
    many_or_one(event)
}
