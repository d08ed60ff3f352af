//! Functions that APIs ask whether a request may pass: `Auth.Authorizers` of SAM's APIs (Globals
//! included) and the authorizer resources of API Gateway.

use super::event::{Event, EventKind, Payload};
use super::function::Function;
use super::scope::Scope;
use super::template::{Resource, Template};
use super::value::Value;
use crate::source::Span;
use crate::yaml::Node;

pub(super) fn attach(
    template: &Template,
    tree: &Node,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    for resource in &template.resources {
        match resource.kind.as_str() {
            "AWS::Serverless::Api" => of_api(tree, resource, scope, "Api", functions),
            "AWS::Serverless::HttpApi" => of_api(tree, resource, scope, "HttpApi", functions),
            "AWS::ApiGateway::Authorizer" => of_rest_resource(resource, scope, functions),
            "AWS::ApiGatewayV2::Authorizer" => of_http_resource(resource, scope, functions),
            _ => {}
        }
    }
    let implicit = |section: &str| !declares(template, section);
    for section in ["Api", "HttpApi"]
        .into_iter()
        .filter(|section| implicit(section))
    {
        let auth = tree.get_path(&["Globals", section, "Auth", "Authorizers"]);
        if let Some(authorizers) = auth {
            of_authorizers(authorizers, section, section, scope, functions);
        }
    }
}

fn declares(template: &Template, section: &str) -> bool {
    let kind = format!("AWS::Serverless::{section}");
    template
        .resources
        .iter()
        .any(|resource| resource.kind == kind)
}

fn of_api(
    tree: &Node,
    resource: &Resource,
    scope: &Scope<'_>,
    section: &str,
    functions: &mut [Function],
) {
    let own = resource
        .property("Auth")
        .and_then(|auth| auth.get("Authorizers"));
    let global = tree.get_path(&["Globals", section, "Auth", "Authorizers"]);
    for authorizers in own.map(AsRef::as_ref).into_iter().chain(global) {
        of_authorizers(authorizers, section, &resource.id, scope, functions);
    }
}

fn of_authorizers(
    authorizers: &Node,
    section: &str,
    api: &str,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    for entry in authorizers.entries() {
        let value = |name: &str| entry.value.get(name).map(|node| scope.resolve(node));
        let Some(arn) = value("FunctionArn") else {
            continue;
        };
        let payload = match (
            section,
            value("FunctionPayloadType"),
            value("AuthorizerPayloadFormatVersion"),
        ) {
            ("Api", Some(Value::Text(kind)), _) if kind == "REQUEST" => {
                Payload::AuthorizerRequestV1
            }
            ("Api", ..) => Payload::AuthorizerToken,
            (_, _, Some(version)) if version.to_string() == "1.0" || version.to_string() == "1" => {
                Payload::AuthorizerRequestV1
            }
            _ => Payload::AuthorizerRequestV2,
        };
        let name = entry.key.as_text().unwrap_or("authorizer");
        push(
            functions,
            &arn,
            name,
            payload,
            Value::Text(api.to_owned()),
            entry.value.span,
        );
    }
}

fn of_rest_resource(resource: &Resource, scope: &Scope<'_>, functions: &mut [Function]) {
    let value = |name: &str| resource.property(name).map(|node| scope.resolve(node));
    let Some(uri) = value("AuthorizerUri") else {
        return;
    };
    let payload = match value("Type").as_ref().and_then(Value::as_text) {
        Some("REQUEST") => Payload::AuthorizerRequestV1,
        _ => Payload::AuthorizerToken,
    };
    let api = value("RestApiId").unwrap_or(Value::Null);
    push(functions, &uri, &resource.id, payload, api, resource.span);
}

fn of_http_resource(resource: &Resource, scope: &Scope<'_>, functions: &mut [Function]) {
    let value = |name: &str| resource.property(name).map(|node| scope.resolve(node));
    let Some(uri) = value("AuthorizerUri") else {
        return;
    };
    let payload = match value("AuthorizerPayloadFormatVersion")
        .map(|v| v.to_string())
        .as_deref()
    {
        Some("2.0" | "2") => Payload::AuthorizerRequestV2,
        _ => Payload::AuthorizerRequestV1,
    };
    let api = value("ApiId").unwrap_or(Value::Null);
    push(functions, &uri, &resource.id, payload, api, resource.span);
}

fn push(
    functions: &mut [Function],
    arn: &Value,
    name: &str,
    payload: Payload,
    api: Value,
    span: Span,
) {
    for function in named_by(functions, arn) {
        let mut event = Event::new(name, EventKind::Authorizer, payload.clone(), span);
        event.source = Some(api.clone());
        function.events.push(event);
    }
}

/// The functions that a value refers to.
pub(super) fn named_by<'a>(
    functions: &'a mut [Function],
    value: &'a Value,
) -> impl Iterator<Item = &'a mut Function> {
    let ids: Vec<&str> = value
        .references()
        .iter()
        .map(|reference| without_alias(&reference.id))
        .collect();
    functions
        .iter_mut()
        .filter(move |function| ids.contains(&function.id.as_str()))
}

/// SAM names a function's alias and version `Function.Alias` and `Function.Version`.
fn without_alias(id: &str) -> &str {
    id.strip_suffix(".Alias")
        .or_else(|| id.strip_suffix(".Version"))
        .unwrap_or(id)
}
