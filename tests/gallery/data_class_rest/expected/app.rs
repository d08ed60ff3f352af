//! Reads a request of a REST API by its data class.

use crate::python::{
    dict, dict::Dict, error::Result, json, lambda_context, powertools_data_class,
    powertools_proxy_event, powertools_request_context, value::Value,
};

/// `handler_inner` with `@event_source` around it.
pub fn handler(event: &Value, context: &lambda_context::LambdaContext) -> Result<Dict> {
    handler_inner(
        &powertools_proxy_event::api_gateway_proxy_event(event),
        context,
    )
}

pub fn handler_inner(
    event: &powertools_proxy_event::ApiGatewayProxyEvent,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let answer = seen(event)?;
    // The body is JSON, if there is one.
    let body = powertools_proxy_event::json_body(event)?;
    if !body.is_none() {
        answer.insert("body", body);
    }
    if powertools_proxy_event::is_base64_encoded(event)?.is_true() {
        answer.insert("text", powertools_proxy_event::decoded_body(event)?);
    }
    let raw =
        powertools_proxy_event::api_gateway_proxy_event(&powertools_data_class::raw_event(event));
    answer.insert(
        "resource",
        powertools_data_class::item(&raw, &Value::from("resource"))?,
    );
    answer.insert(
        "known",
        Value::from(powertools_data_class::contains(
            &raw,
            &Value::from("requestContext"),
        )?),
    );
    answer.insert(
        "nothing",
        powertools_data_class::get(&raw, "nothing", Value::from("default"))?,
    );
    if !powertools_data_class::has_headers(&powertools_proxy_event::headers(event)?) {
        answer.insert("headers", Value::from("none"));
    }
    Ok(Dict::from([
        ("statusCode", Value::Int(200)),
        ("body", Value::from(json::dumps(&Value::from(answer))?)),
    ]))
}

/// What is seen of a request.
pub fn seen(request: &powertools_proxy_event::ApiGatewayProxyEvent) -> Result<Dict> {
    let identity = powertools_request_context::context_identity(
        &powertools_proxy_event::request_context(request)?,
    )?;
    Ok(Dict::from([
        ("method", powertools_proxy_event::method(request)?),
        ("path", powertools_proxy_event::path(request)?),
        (
            "agent",
            powertools_data_class::header(
                &powertools_proxy_event::headers(request)?,
                "User-Agent",
                Value::from("none"),
            ),
        ),
        (
            "has_type",
            Value::from(powertools_data_class::has_header(
                &powertools_proxy_event::headers(request)?,
                &Value::from("content-type"),
            )?),
        ),
        (
            "id",
            dict::get(
                powertools_proxy_event::path_parameters(request)?.expect_dict("get")?,
                "id",
                Value::None,
            ),
        ),
        (
            "limit",
            powertools_proxy_event::get_query_string_value(request, "limit", Value::from("10"))?,
        ),
        (
            "tags",
            powertools_proxy_event::get_multi_value_query_string_values(
                request,
                "tag",
                Value::None,
            )?,
        ),
        (
            "stage",
            powertools_request_context::context_stage(&powertools_proxy_event::request_context(
                request,
            )?)?,
        ),
        (
            "ip",
            powertools_request_context::identity_source_ip(&identity)?,
        ),
        (
            "stages",
            dict::get(
                powertools_proxy_event::stage_variables(request)?.expect_dict("get")?,
                "alias",
                Value::None,
            ),
        ),
    ]))
}
