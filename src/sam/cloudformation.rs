//! Functions invoked by plain CloudFormation resources: event source mappings, rules,
//! subscriptions, notifications, target groups, user pools, custom resources and permissions.

use super::authorizer::named_by;
use super::event::{Event, EventKind, Payload, payload, reports_failures};
use super::function::Function;
use super::scope::Scope;
use super::template::{Resource, Template};
use super::value::Value;
use crate::yaml::Node;

pub(super) fn attach(template: &Template, scope: &Scope<'_>, functions: &mut [Function]) {
    for resource in &template.resources {
        let scope = resource.scope(scope);
        match resource.kind.as_str() {
            "AWS::Lambda::EventSourceMapping" => mapping(template, resource, &scope, functions),
            "AWS::Events::Rule" => rule(resource, &scope, functions),
            "AWS::Scheduler::Schedule" => {
                target(resource, "Target", &scope, EventKind::ScheduleV2, functions);
            }
            "AWS::SNS::Subscription" => {
                target(resource, "Endpoint", &scope, EventKind::Sns, functions)
            }
            "AWS::SNS::Topic" => {
                target(resource, "Subscription", &scope, EventKind::Sns, functions)
            }
            "AWS::S3::Bucket" => {
                target(
                    resource,
                    "NotificationConfiguration",
                    &scope,
                    EventKind::S3,
                    functions,
                );
            }
            "AWS::Cognito::UserPool" => {
                target(
                    resource,
                    "LambdaConfig",
                    &scope,
                    EventKind::Cognito,
                    functions,
                );
            }
            "AWS::Logs::SubscriptionFilter" => {
                target(
                    resource,
                    "DestinationArn",
                    &scope,
                    EventKind::CloudWatchLogs,
                    functions,
                );
            }
            "AWS::IoT::TopicRule" => {
                target(
                    resource,
                    "TopicRulePayload",
                    &scope,
                    EventKind::IotRule,
                    functions,
                );
            }
            "AWS::ElasticLoadBalancingV2::TargetGroup" => {
                target(resource, "Targets", &scope, EventKind::Alb, functions);
            }
            "AWS::Lambda::Url" => {
                target(
                    resource,
                    "TargetFunctionArn",
                    &scope,
                    EventKind::FunctionUrl,
                    functions,
                );
            }
            "AWS::ApiGateway::Method" => method(resource, &scope, functions),
            "AWS::ApiGatewayV2::Integration" => {
                integration(template, resource, &scope, functions);
            }
            kind if kind.starts_with("Custom::")
                || kind == "AWS::CloudFormation::CustomResource" =>
            {
                target(
                    resource,
                    "ServiceToken",
                    &scope,
                    EventKind::CustomResource,
                    functions,
                );
            }
            _ => {}
        }
    }
    for resource in template
        .resources
        .iter()
        .filter(|r| r.kind == "AWS::Lambda::Permission")
    {
        permission(resource, &resource.scope(scope), functions);
    }
}

fn push(
    functions: &mut [Function],
    named: &Value,
    resource: &Resource,
    kind: &EventKind,
    shape: &Payload,
    details: impl Fn(&mut Event),
) {
    for function in named_by(functions, named) {
        let mut event = Event::new(&resource.id, kind.clone(), shape.clone(), resource.span);
        details(&mut event);
        let known = function.events.iter().any(|other| {
            (&other.name, &other.kind) == (&event.name, &event.kind) && other.path == event.path
        });
        if !known {
            function.events.push(event);
        }
    }
}

/// A resource one of whose properties names the function.
fn target(
    resource: &Resource,
    property: &str,
    scope: &Scope<'_>,
    kind: EventKind,
    functions: &mut [Function],
) {
    let Some(named) = resource.property(property).map(|node| scope.resolve(node)) else {
        return;
    };
    push(
        functions,
        &named,
        resource,
        &kind,
        &payload(&kind),
        |event| {
            event.source = Some(Value::Text(resource.id.clone()));
        },
    );
}

fn mapping(
    template: &Template,
    resource: &Resource,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    let value = |name: &str| resource.property(name).map(|node| scope.resolve(node));
    let Some(named) = value("FunctionName") else {
        return;
    };
    let source = value("EventSourceArn");
    let kind = source
        .as_ref()
        .map_or(EventKind::SelfManagedKafka, |source| {
            let of_resource = source
                .reference()
                .and_then(|(id, _)| template.resource(id))
                .map(|resource| resource.kind.as_str());
            match (of_resource, source.to_string()) {
                (Some("AWS::SQS::Queue"), _) => EventKind::Sqs,
                (Some("AWS::DynamoDB::Table" | "AWS::Serverless::SimpleTable"), _) => {
                    EventKind::DynamoDb
                }
                (Some("AWS::Kinesis::Stream"), _) => EventKind::Kinesis,
                (Some("AWS::MSK::Cluster"), _) => EventKind::Msk,
                (Some("AWS::AmazonMQ::Broker"), _) => EventKind::Mq,
                (_, arn) if arn.contains(":sqs:") => EventKind::Sqs,
                (_, arn) if arn.contains(":dynamodb:") => EventKind::DynamoDb,
                (_, arn) if arn.contains(":kinesis:") => EventKind::Kinesis,
                (_, arn) if arn.contains(":kafka:") => EventKind::Msk,
                (_, _) => EventKind::Other("EventSourceMapping".to_owned()),
            }
        });
    let types = value("FunctionResponseTypes");
    let batch_size = value("BatchSize").as_ref().and_then(Value::as_int);
    push(
        functions,
        &named,
        resource,
        &kind,
        &payload(&kind),
        |event| {
            event.source.clone_from(&source);
            event.batch_size = batch_size;
            event.reports_batch_item_failures = reports_failures(types.as_ref());
        },
    );
}

fn rule(resource: &Resource, scope: &Scope<'_>, functions: &mut [Function]) {
    let scheduled = resource
        .property("ScheduleExpression")
        .map(|node| scope.resolve(node));
    let kind = if scheduled.is_some() {
        EventKind::Schedule
    } else {
        EventKind::EventBridgeRule
    };
    let pattern = resource
        .property("EventPattern")
        .map(|node| scope.resolve(node));
    let source = scheduled.or(pattern);
    let targets = resource
        .property("Targets")
        .and_then(Node::as_sequence)
        .unwrap_or_default();
    for target in targets {
        let Some(arn) = target.get("Arn").map(|node| scope.resolve(node)) else {
            continue;
        };
        let shaped = target
            .get("Input")
            .or_else(|| target.get("InputTransformer"))
            .is_some();
        let shape = if shaped {
            Payload::Custom
        } else {
            Payload::EventBridge
        };
        push(functions, &arn, resource, &kind, &shape, |event| {
            event.source.clone_from(&source)
        });
    }
}

fn method(resource: &Resource, scope: &Scope<'_>, functions: &mut [Function]) {
    let Some(integration) = resource.property("Integration") else {
        return;
    };
    let Some(uri) = integration.get("Uri").map(|node| scope.resolve(node)) else {
        return;
    };
    let kind = integration.get("Type").and_then(|node| node.as_text());
    let shape = if kind == Some("AWS_PROXY") {
        Payload::ApiGatewayProxyV1
    } else {
        Payload::Custom
    };
    let method = resource
        .property("HttpMethod")
        .and_then(Node::as_text)
        .map(str::to_uppercase);
    push(
        functions,
        &uri,
        resource,
        &EventKind::Api,
        &shape,
        |event| {
            event.method.clone_from(&method);
            event.path = Some(resource.id.clone());
        },
    );
}

fn integration(
    template: &Template,
    resource: &Resource,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    let value = |name: &str| resource.property(name).map(|node| scope.resolve(node));
    let Some(uri) = value("IntegrationUri") else {
        return;
    };
    if is_web_socket(template, value("ApiId").as_ref(), scope) {
        let kind = EventKind::WebSocketApi;
        for route in routes(template, &resource.id, scope) {
            push(functions, &uri, resource, &kind, &payload(&kind), |event| {
                event.path = Some(route.clone());
                event.source = value("ApiId");
            });
        }
        return;
    }
    let shape = match value("PayloadFormatVersion")
        .map(|version| version.to_string())
        .as_deref()
    {
        Some("2.0" | "2") => Payload::ApiGatewayProxyV2,
        _ => Payload::ApiGatewayProxyV1,
    };
    push(
        functions,
        &uri,
        resource,
        &EventKind::HttpApi,
        &shape,
        |event| {
            event.source = value("ApiId");
        },
    );
}

fn is_web_socket(template: &Template, api: Option<&Value>, scope: &Scope<'_>) -> bool {
    let api = api
        .and_then(Value::reference)
        .and_then(|(id, _)| template.resource(id));
    let protocol = api.and_then(|api| api.property("ProtocolType"));
    protocol
        .map(|node| scope.resolve(node))
        .is_some_and(|it| it.as_text() == Some("WEBSOCKET"))
}

/// The keys of the routes that lead to an integration; `$default` where none does.
fn routes(template: &Template, integration: &str, scope: &Scope<'_>) -> Vec<String> {
    let routes = template
        .resources
        .iter()
        .filter(|it| it.kind == "AWS::ApiGatewayV2::Route");
    let mut keys: Vec<String> = routes
        .filter_map(|route| {
            let target = scope.resolve(route.property("Target")?);
            let leads = target.references().iter().any(|it| it.id == integration);
            let key = scope.resolve(route.property("RouteKey")?).to_string();
            leads.then_some(key)
        })
        .collect();
    if keys.is_empty() {
        keys.push("$default".to_owned());
    }
    keys
}

/// Only where nothing else in the template says who invokes the function.
fn permission(resource: &Resource, scope: &Scope<'_>, functions: &mut [Function]) {
    let value = |name: &str| resource.property(name).map(|node| scope.resolve(node));
    let (Some(named), Some(principal)) = (value("FunctionName"), value("Principal")) else {
        return;
    };
    for function in named_by(functions, &named).filter(|function| function.events.is_empty()) {
        let mut event = Event::new(
            &resource.id,
            EventKind::Permission,
            Payload::Unknown,
            resource.span,
        );
        event.source = Some(principal.clone());
        function.events.push(event);
    }
}
