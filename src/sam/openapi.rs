//! Functions behind APIs that are described in OpenAPI: `x-amazon-apigateway-integration` and
//! `x-amazon-apigateway-authorizer` whose URIs refer to a function.

use std::path::Path;

use super::authorizer::named_by;
use super::event::{Event, EventKind, Payload};
use super::function::Function;
use super::scope::Scope;
use super::template::{Resource, Template, is_local};
use super::value::Value;
use crate::source::{SourceFile, Span};
use crate::yaml::{self, Node};

const INTEGRATION: &str = "x-amazon-apigateway-integration";
const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";

pub(super) fn attach(
    root: &Path,
    template: &Template,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    for resource in &template.resources {
        let kind = match resource.kind.as_str() {
            "AWS::Serverless::Api" | "AWS::ApiGateway::RestApi" => EventKind::Api,
            "AWS::Serverless::HttpApi" | "AWS::ApiGatewayV2::Api" => EventKind::HttpApi,
            _ => continue,
        };
        let body = resource
            .property("DefinitionBody")
            .or_else(|| resource.property("Body"));
        if let Some(body) = body.and_then(included) {
            of_body(resource, &kind, body, body.span, scope, functions);
        }
        let place = resource.property("DefinitionUri").or_else(|| {
            let include = resource.property("DefinitionBody")?;
            include.get_path(&["Fn::Transform", "Parameters", "Location"])
        });
        let Some(place) = place else { continue };
        let location = scope.resolve(place);
        let Some(path) = location.as_text().filter(|text| is_local(text)) else {
            continue;
        };
        let Some(path) = template.local_path(path) else {
            continue;
        };
        let Ok(file) = SourceFile::read(root, &path) else {
            continue;
        };
        let Ok(document) = yaml::parse(&file) else {
            continue;
        };
        of_body(
            resource,
            &kind,
            &document.root,
            place.span,
            scope,
            functions,
        );
    }
}

/// A body that is written in the template, not included from elsewhere.
fn included(body: &Node) -> Option<&Node> {
    body.get("paths")
        .or_else(|| body.get("components"))
        .map(|_| body)
}

fn of_body(
    resource: &Resource,
    kind: &EventKind,
    body: &Node,
    span: Span,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    for path in body
        .get("paths")
        .map(|node| node.entries())
        .unwrap_or_default()
    {
        for method in path.value.entries() {
            let Some(integration) = method.value.get(INTEGRATION) else {
                continue;
            };
            let Some(uri) = integration.get("uri").map(|node| scope.resolve(node)) else {
                continue;
            };
            let version = integration
                .get("payloadFormatVersion")
                .and_then(|node| node.as_text());
            let proxy = integration
                .get("type")
                .and_then(|node| node.as_text())
                .is_none_or(|kind| kind.eq_ignore_ascii_case("aws_proxy"));
            let payload = match (kind, version, proxy) {
                (_, _, false) => Payload::Custom,
                (EventKind::HttpApi, Some("2.0"), _) => Payload::ApiGatewayProxyV2,
                _ => Payload::ApiGatewayProxyV1,
            };
            for function in named_by(functions, &uri) {
                let mut event = Event::new(&resource.id, kind.clone(), payload.clone(), span);
                event.method = method.key.as_text().map(|text| match text {
                    "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                    text => text.to_uppercase(),
                });
                event.path = path.key.as_text().map(str::to_owned);
                if !already_known(function, &event) {
                    function.events.push(event);
                }
            }
        }
    }
    let schemes = body
        .get_path(&["components", "securitySchemes"])
        .or_else(|| body.get("securityDefinitions").map(|node| node.target()));
    for scheme in schemes.map(Node::entries).unwrap_or_default() {
        let Some(authorizer) = scheme.value.get(AUTHORIZER) else {
            continue;
        };
        let text = |name: &str| authorizer.get(name).and_then(|node| node.as_text());
        let Some(uri) = authorizer
            .get("authorizerUri")
            .map(|node| scope.resolve(node))
        else {
            continue;
        };
        let payload = match (kind, text("type"), text("authorizerPayloadFormatVersion")) {
            (EventKind::HttpApi, _, Some("2.0")) => Payload::AuthorizerRequestV2,
            (EventKind::HttpApi, ..) | (_, Some("request"), _) => Payload::AuthorizerRequestV1,
            _ => Payload::AuthorizerToken,
        };
        let name = scheme.key.as_text().unwrap_or("authorizer");
        for function in named_by(functions, &uri) {
            let mut event = Event::new(name, EventKind::Authorizer, payload.clone(), span);
            event.source = Some(Value::Text(resource.id.clone()));
            function.events.push(event);
        }
    }
}

/// A route stands both in the function's `Events` and in the API's definition in many templates.
fn already_known(function: &Function, event: &Event) -> bool {
    function.events.iter().any(|other| {
        other.kind == event.kind && other.method == event.method && other.path == event.path
    })
}
