//! Families of events: for each kind of payload complete events as AWS sends them, and the ways
//! in which such events differ.
//!
//! In: an event source of a function, its template and [`Surroundings`]. Out: [`Base`] events of
//! the function's own routes, queues and tables, and [`Variation`]s, which work on any event of
//! the payload, also on the user's own. Field names and types follow AWS's developer guides and
//! are tested against Powertools' data classes and models.

mod alexa;
mod authorizer;
mod batch;
mod bus;
mod caller;
mod cloudformation;
mod cognito;
mod content;
mod custom;
mod database;
mod documentdb;
mod edit;
mod http;
mod iot;
mod kafka;
mod logs;
mod mq;
mod object;
mod queue;
mod request;
mod stream;
mod topic;
mod web_socket;

use serde_json::Value;

use super::surroundings::Surroundings;
use crate::python::Step;
use crate::sam::{self, Function, Payload, Template};

/// A point in time that events name: 2026-03-12T19:03:58Z, in milliseconds since the epoch.
const NOW_MILLIS: i64 = 1_773_342_238_000;

/// A complete event.
#[derive(Debug, Clone)]
pub(super) struct Base {
    pub(super) name: String,
    pub(super) why: String,
    pub(super) event: Value,
}

/// A way in which events differ.
pub(super) struct Variation {
    pub(super) name: String,
    pub(super) why: String,
    edit: Box<dyn Fn(&mut Value) -> bool>,
}

/// One event source of a function and what is known around it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) template: &'a Template,
    pub(super) function: &'a Function,
    pub(super) surroundings: &'a Surroundings,
    pub(super) event: &'a sam::Event,
}

impl Base {
    fn new(name: impl Into<String>, why: impl Into<String>, event: Value) -> Self {
        Self {
            name: name.into(),
            why: why.into(),
            event,
        }
    }
}

impl Variation {
    fn new(
        name: impl Into<String>,
        why: impl Into<String>,
        edit: impl Fn(&mut Value) -> bool + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            why: why.into(),
            edit: Box::new(edit),
        }
    }

    /// The event varied; `None` where that does not apply or changes nothing.
    pub(super) fn apply(&self, event: &Value) -> Option<Value> {
        let mut varied = event.clone();
        ((self.edit)(&mut varied) && varied != *event).then_some(varied)
    }
}

impl Source<'_> {
    fn arn(&self, kind: &str) -> String {
        let source = self.event.source.as_ref();
        source.map_or_else(
            || {
                self.surroundings.arn(
                    self.template,
                    &sam::Value::Text(self.event.name.clone()),
                    kind,
                )
            },
            |source| self.surroundings.arn(self.template, source, kind),
        )
    }

    fn region(&self) -> &str {
        &self.surroundings.region
    }

    fn account(&self) -> &str {
        &self.surroundings.account
    }

    /// The event source's own properties, or those of the resource that invokes the function.
    fn properties(&self) -> sam::Value {
        match &self.event.properties {
            sam::Value::Null => self
                .template
                .properties(&self.event.name)
                .unwrap_or(sam::Value::Null),
            own => own.clone(),
        }
    }

    /// The properties of the table, queue or broker that it reads, where the template declares it.
    fn read_properties(&self) -> Option<sam::Value> {
        let (id, _) = self.event.source.as_ref()?.reference()?;
        self.template.properties(id)
    }

    fn batch_size(&self) -> usize {
        let size = self.event.batch_size.unwrap_or(10);
        usize::try_from(size).unwrap_or(10).clamp(1, 100)
    }
}

/// The events of a source that are as usual as can be.
pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    match &source.event.payload {
        Payload::ApiGatewayProxyV1
        | Payload::ApiGatewayProxyV2
        | Payload::FunctionUrl
        | Payload::Alb => http::bases(source),
        Payload::ApiGatewayWebSocket => web_socket::bases(source),
        Payload::AuthorizerToken | Payload::AuthorizerRequestV1 | Payload::AuthorizerRequestV2 => {
            authorizer::bases(source)
        }
        Payload::Sqs => queue::bases(source),
        Payload::Sns => topic::bases(source),
        Payload::S3 => object::bases(source),
        Payload::DynamoDbStream => database::bases(source),
        Payload::KinesisStream => stream::bases(source),
        Payload::Kafka => kafka::bases(source),
        Payload::Mq => mq::bases(source),
        Payload::DocumentDb => documentdb::bases(source),
        Payload::EventBridge => bus::bases(source),
        Payload::CloudWatchLogs => logs::bases(source),
        Payload::Cognito => cognito::bases(source),
        Payload::Iot => iot::bases(source),
        Payload::Alexa => alexa::bases(source),
        Payload::CloudFormation => cloudformation::bases(source),
        Payload::Custom | Payload::Unknown | Payload::Other(_) => custom::bases(source),
    }
}

/// The ways in which events of a payload differ, the most telling first.
pub(super) fn variations(payload: &Payload) -> Vec<Variation> {
    match payload {
        Payload::ApiGatewayProxyV1
        | Payload::ApiGatewayProxyV2
        | Payload::FunctionUrl
        | Payload::Alb => http::variations(payload),
        Payload::ApiGatewayWebSocket => web_socket::variations(),
        Payload::AuthorizerToken | Payload::AuthorizerRequestV1 | Payload::AuthorizerRequestV2 => {
            authorizer::variations(payload)
        }
        Payload::Sqs => queue::variations(),
        Payload::Sns => topic::variations(),
        Payload::S3 => object::variations(),
        Payload::DynamoDbStream => database::variations(),
        Payload::KinesisStream => stream::variations(),
        Payload::Kafka => kafka::variations(),
        Payload::Mq => mq::variations(),
        Payload::DocumentDb => documentdb::variations(),
        Payload::EventBridge => bus::variations(),
        Payload::CloudWatchLogs => logs::variations(),
        Payload::Cognito => cognito::variations(),
        Payload::Iot => iot::variations(),
        Payload::Alexa => alexa::variations(),
        Payload::CloudFormation => cloudformation::variations(),
        Payload::Custom | Payload::Unknown | Payload::Other(_) => custom::variations(),
    }
}

/// Where the sender's own content lies in events of a payload: bodies, messages, details.
pub(super) fn contents(payload: &Payload) -> Vec<Vec<Step>> {
    let key = |name: &str| Step::Key(name.to_owned());
    match payload {
        Payload::ApiGatewayProxyV1
        | Payload::ApiGatewayProxyV2
        | Payload::FunctionUrl
        | Payload::Alb
        | Payload::ApiGatewayWebSocket => vec![vec![key("body"), Step::Json]],
        Payload::Sqs => vec![vec![key("Records"), Step::Element, key("body"), Step::Json]],
        Payload::Sns => {
            let message = [key("Sns"), key("Message"), Step::Json];
            vec![[vec![key("Records"), Step::Element], message.to_vec()].concat()]
        }
        Payload::KinesisStream => {
            let data = [key("kinesis"), key("data"), Step::Base64, Step::Json];
            vec![[vec![key("Records"), Step::Element], data.to_vec()].concat()]
        }
        Payload::EventBridge => vec![vec![key("detail")]],
        Payload::Custom | Payload::Iot => vec![Vec::new()],
        _ => Vec::new(),
    }
}

/// Makes what follows from other parts of an event agree with them again, after `before` became
/// `event`: the multi-value forms of headers and queries, the raw query, the path.
pub(super) fn settle(payload: &Payload, before: &Value, event: &mut Value) {
    match payload {
        Payload::ApiGatewayProxyV1 | Payload::AuthorizerRequestV1 => {
            request::settle_multi_value(before, event);
            request::settle_path(before, event);
        }
        Payload::ApiGatewayProxyV2 | Payload::FunctionUrl | Payload::AuthorizerRequestV2 => {
            request::settle_query(before, event);
            request::settle_path(before, event);
        }
        Payload::ApiGatewayWebSocket => request::settle_multi_value(before, event),
        _ => {}
    }
}
