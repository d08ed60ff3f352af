//! What invokes a function, and the shape of the event that it receives.

use std::fmt;

use super::function::Function;
use super::globals::Properties;
use super::scope::Scope;
use super::template::{Resource, Template};
use super::value::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::Node;

/// One source of events.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its name in `Events`, or the logical id of the resource that invokes the function.
    pub name: String,
    /// The kind of source.
    pub kind: EventKind,
    /// The shape of what is delivered.
    pub payload: Payload,
    /// HTTP method in upper case, `ANY` for all.
    pub method: Option<String>,
    /// HTTP path.
    pub path: Option<String>,
    /// The queue, table, stream, bucket, topic, bus, API or schedule.
    pub source: Option<Value>,
    /// Entries in a batch at most.
    pub batch_size: Option<i64>,
    /// Whether `ReportBatchItemFailures` is set: the function answers with partial failures.
    pub reports_batch_item_failures: bool,
    /// The authorizer that is asked first.
    pub authorizer: Option<String>,
    /// All that the template says of it; null where it is not one of a function's `Events`.
    pub properties: Value,
    /// Its place in the template.
    pub span: Span,
}

macro_rules! named {
    ($(#[doc = $about:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)+
            /// Any other, by the name that the template gives it.
            Other(String),
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(match self {
                    $(Self::$variant => $text,)+
                    Self::Other(name) => name,
                })
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

named! {
    /// Sources of events, by SAM's names where SAM has one.
    EventKind {
        /// A REST API.
        Api = "Api",
        /// An HTTP API.
        HttpApi = "HttpApi",
        /// A WebSocket API.
        WebSocketApi = "WebSocketApi",
        /// An API asks the function whether a request may pass.
        Authorizer = "Authorizer",
        /// The function's own URL.
        FunctionUrl = "FunctionUrl",
        /// An application load balancer.
        Alb = "Alb",
        /// An SQS queue.
        Sqs = "SQS",
        /// An SNS topic.
        Sns = "SNS",
        /// An S3 bucket.
        S3 = "S3",
        /// A DynamoDB stream.
        DynamoDb = "DynamoDB",
        /// A Kinesis stream.
        Kinesis = "Kinesis",
        /// A Kafka cluster of Amazon MSK.
        Msk = "MSK",
        /// A Kafka cluster of one's own.
        SelfManagedKafka = "SelfManagedKafka",
        /// A broker of Amazon MQ.
        Mq = "MQ",
        /// A DocumentDB cluster.
        DocumentDb = "DocumentDB",
        /// An EventBridge rule on a schedule.
        Schedule = "Schedule",
        /// An EventBridge Scheduler schedule.
        ScheduleV2 = "ScheduleV2",
        /// An EventBridge rule on a pattern.
        EventBridgeRule = "EventBridgeRule",
        /// The older name of an EventBridge rule.
        CloudWatchEvent = "CloudWatchEvent",
        /// A log group.
        CloudWatchLogs = "CloudWatchLogs",
        /// A Cognito user pool.
        Cognito = "Cognito",
        /// An IoT rule.
        IotRule = "IoTRule",
        /// An Alexa skill.
        AlexaSkill = "AlexaSkill",
        /// A task of a state machine.
        StateMachineTask = "StateMachineTask",
        /// A custom resource of CloudFormation.
        CustomResource = "CustomResource",
        /// A service that may invoke it, by `AWS::Lambda::Permission`.
        Permission = "Permission",
    }
}

named! {
    /// Shapes of events; the names of `aws_lambda_events` and Powertools where they agree.
    Payload {
        /// REST API proxy, version 1.0; also an HTTP API with payload format 1.0.
        ApiGatewayProxyV1 = "ApiGatewayProxyV1",
        /// HTTP API proxy, version 2.0.
        ApiGatewayProxyV2 = "ApiGatewayProxyV2",
        /// WebSocket route.
        ApiGatewayWebSocket = "ApiGatewayWebSocket",
        /// REST API authorizer of type TOKEN.
        AuthorizerToken = "AuthorizerToken",
        /// REST API authorizer of type REQUEST, or HTTP API authorizer with format 1.0.
        AuthorizerRequestV1 = "AuthorizerRequestV1",
        /// HTTP API authorizer with format 2.0.
        AuthorizerRequestV2 = "AuthorizerRequestV2",
        /// Function URL; version 2.0 of the proxy format.
        FunctionUrl = "FunctionUrl",
        /// Load balancer.
        Alb = "Alb",
        /// SQS batch.
        Sqs = "Sqs",
        /// SNS notification.
        Sns = "Sns",
        /// S3 notification.
        S3 = "S3",
        /// DynamoDB stream batch.
        DynamoDbStream = "DynamoDbStream",
        /// Kinesis batch.
        KinesisStream = "KinesisStream",
        /// Kafka batch.
        Kafka = "Kafka",
        /// Amazon MQ batch.
        Mq = "Mq",
        /// DocumentDB change.
        DocumentDb = "DocumentDb",
        /// EventBridge event.
        EventBridge = "EventBridge",
        /// What the schedule, state machine or caller gives as input.
        Custom = "Custom",
        /// Log subscription.
        CloudWatchLogs = "CloudWatchLogs",
        /// Cognito trigger.
        Cognito = "Cognito",
        /// IoT rule's message.
        Iot = "Iot",
        /// Alexa request.
        Alexa = "Alexa",
        /// CloudFormation custom resource request.
        CloudFormation = "CloudFormation",
        /// Not known.
        Unknown = "Unknown",
    }
}

impl Event {
    /// A source without details.
    pub(super) fn new(name: &str, kind: EventKind, payload: Payload, span: Span) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            payload,
            method: None,
            path: None,
            source: None,
            batch_size: None,
            reports_batch_item_failures: false,
            authorizer: None,
            properties: Value::Null,
            span,
        }
    }

    /// A call of a function that no event source invokes: someone gives the event.
    pub fn direct(function: &Function) -> Self {
        let kind = EventKind::Other("Invoke".to_owned());
        Self::new("Invoke", kind, Payload::Unknown, function.id_span)
    }

    /// What it is about, for people: `GET /orders`, or the queue.
    pub fn detail(&self) -> Option<String> {
        match (&self.method, &self.path, &self.source) {
            (Some(method), Some(path), _) => Some(format!("{method} {path}")),
            (None, Some(path), _) => Some(path.clone()),
            (_, _, Some(source)) => Some(source.to_string()),
            _ => None,
        }
    }
}

/// Reads `Events` and `FunctionUrlConfig` of a function.
pub(super) fn read(
    template: &Template,
    resource: &Resource,
    properties: &Properties<'_>,
    scope: &Scope<'_>,
    function: &mut Function,
) {
    if let Some(url) = properties.get("FunctionUrlConfig") {
        let event = Event::new(
            "FunctionUrl",
            EventKind::FunctionUrl,
            Payload::FunctionUrl,
            url.span,
        );
        function.events.push(event);
    }
    let Some(events) = resource.property("Events") else {
        return;
    };
    for entry in events.entries() {
        let Some(name) = entry.key.as_text() else {
            continue;
        };
        let kind = entry.value.get("Type").and_then(|node| node.as_text());
        let Some(kind) = kind else {
            let message = format!("the event `{name}` of `{}` has no Type", function.id);
            function.diagnostics.push(
                Diagnostic::warning(Code::WrongShape, message)
                    .at(&template.file, entry.key.span)
                    .with_help("SAM refuses the template; add `Type`"),
            );
            continue;
        };
        let span = Span::new(entry.key.span.start, entry.value.span.end);
        let properties = entry.value.get("Properties").map(|node| node.target());
        function
            .events
            .push(event(template, name, kind, properties, scope, span));
    }
}

fn event(
    template: &Template,
    name: &str,
    kind: &str,
    properties: Option<&Node>,
    scope: &Scope<'_>,
    span: Span,
) -> Event {
    let kind = EventKind::from(kind);
    let value = |name: &str| {
        properties
            .and_then(|node| node.get(name))
            .map(|n| scope.resolve(n))
    };
    let text = |name: &str| {
        value(name)
            .as_ref()
            .and_then(Value::as_text)
            .map(str::to_owned)
    };
    let mut event = Event::new(name, kind, Payload::Unknown, span);
    event.source = SOURCES.iter().find_map(|name| value(name));
    event.batch_size = value("BatchSize").as_ref().and_then(Value::as_int);
    event.reports_batch_item_failures = reports_failures(value("FunctionResponseTypes").as_ref());
    event.payload = match &event.kind {
        EventKind::Api | EventKind::HttpApi => {
            event.method = text("Method").map(|method| match method.as_str() {
                "*" => "ANY".to_owned(),
                method => method.to_uppercase(),
            });
            event.path = text("Path");
            let auth = value("Auth");
            let authorizer = auth.as_ref().and_then(|auth| auth.get("Authorizer"));
            event.authorizer = authorizer.map(ToString::to_string);
            proxy_payload(template, &event, text("PayloadFormatVersion").as_deref())
        }
        kind if delivers_input(kind, &value) => Payload::Custom,
        kind => payload(kind),
    };
    event.properties = properties.map_or(Value::Null, |node| scope.resolve(node));
    if event.kind == EventKind::HttpApi && event.path.is_none() {
        event.path = Some("$default".to_owned());
    }
    event
}

/// Whether a rule passes on what the template says instead of its own event.
fn delivers_input(kind: &EventKind, value: &impl Fn(&str) -> Option<Value>) -> bool {
    let rule = matches!(
        kind,
        EventKind::Schedule | EventKind::EventBridgeRule | EventKind::CloudWatchEvent
    );
    let given = ["Input", "InputPath", "InputTransformer"].map(value);
    rule && given.iter().any(Option::is_some)
}

/// Properties that name the source, in the order in which they are looked for.
const SOURCES: &[&str] = &[
    "Queue",
    "Topic",
    "Stream",
    "Bucket",
    "Schedule",
    "ScheduleExpression",
    "Pattern",
    "EventBusName",
    "LogGroupName",
    "UserPool",
    "Broker",
    "Cluster",
    "Topics",
    "Sql",
    "SkillId",
    "RestApiId",
    "ApiId",
];

/// Whether `FunctionResponseTypes` asks for partial batch failures.
pub(super) fn reports_failures(types: Option<&Value>) -> bool {
    let types = types.and_then(Value::as_list).unwrap_or_default();
    types
        .iter()
        .any(|value| value.as_text() == Some("ReportBatchItemFailures"))
}

/// REST APIs deliver version 1.0. HTTP APIs deliver 2.0 unless the event says otherwise.
fn proxy_payload(_template: &Template, event: &Event, version: Option<&str>) -> Payload {
    match (&event.kind, version) {
        (EventKind::Api, _) | (_, Some("1.0")) => Payload::ApiGatewayProxyV1,
        _ => Payload::ApiGatewayProxyV2,
    }
}

/// The shape that a kind of source delivers.
pub(super) fn payload(kind: &EventKind) -> Payload {
    match kind {
        EventKind::WebSocketApi => Payload::ApiGatewayWebSocket,
        EventKind::FunctionUrl => Payload::FunctionUrl,
        EventKind::Alb => Payload::Alb,
        EventKind::Sqs => Payload::Sqs,
        EventKind::Sns => Payload::Sns,
        EventKind::S3 => Payload::S3,
        EventKind::DynamoDb => Payload::DynamoDbStream,
        EventKind::Kinesis => Payload::KinesisStream,
        EventKind::Msk | EventKind::SelfManagedKafka => Payload::Kafka,
        EventKind::Mq => Payload::Mq,
        EventKind::DocumentDb => Payload::DocumentDb,
        EventKind::Schedule | EventKind::EventBridgeRule | EventKind::CloudWatchEvent => {
            Payload::EventBridge
        }
        EventKind::ScheduleV2 | EventKind::StateMachineTask => Payload::Custom,
        EventKind::CloudWatchLogs => Payload::CloudWatchLogs,
        EventKind::Cognito => Payload::Cognito,
        EventKind::IotRule => Payload::Iot,
        EventKind::AlexaSkill => Payload::Alexa,
        EventKind::CustomResource => Payload::CloudFormation,
        EventKind::Api
        | EventKind::HttpApi
        | EventKind::Authorizer
        | EventKind::Permission
        | EventKind::Other(_) => Payload::Unknown,
    }
}
