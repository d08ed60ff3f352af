//! A template's resources, made in the stand-in through its CloudFormation.
//!
//! Only resources that hold state which functions use are made. Each gets a name that is the same
//! in every run, so that two sides of a comparison see the same names.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value as Json, json};

use super::refusal::{Draft, Output};
use super::{Environment, Refusal, Server, StandinError};
use crate::sam::{Function, Symbol, Template, Value};

pub(super) const NAME: &str = "gammaray";

/// A type that is made.
struct Kind {
    name: &'static str,
    /// The property that names a resource of it.
    own_name: &'static str,
    /// What it cannot be without, or calls would go otherwise; the name apart.
    core: &'static [&'static str],
}

const fn kind(name: &'static str, own_name: &'static str, core: &'static [&'static str]) -> Kind {
    Kind {
        name,
        own_name,
        core,
    }
}

const TABLE: &[&str] = &[
    "AttributeDefinitions",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "ProvisionedThroughput",
];

const MACHINE: &[&str] = &["DefinitionString", "RoleArn", "StateMachineType"];

/// The types that are made.
const KINDS: &[Kind] = &[
    kind("AWS::DynamoDB::Table", "TableName", TABLE),
    kind("AWS::Serverless::SimpleTable", "TableName", TABLE),
    kind("AWS::SQS::Queue", "QueueName", &["FifoQueue"]),
    kind("AWS::SNS::Topic", "TopicName", &["FifoTopic"]),
    kind("AWS::S3::Bucket", "BucketName", &[]),
    kind("AWS::SecretsManager::Secret", "Name", &[]),
    kind(PARAMETER, "Name", &["Type", "Value"]),
    kind("AWS::Kinesis::Stream", "Name", &["ShardCount"]),
    kind("AWS::Events::EventBus", "Name", &[]),
    kind(
        "AWS::StepFunctions::StateMachine",
        "StateMachineName",
        MACHINE,
    ),
    kind("AWS::Serverless::StateMachine", "Name", MACHINE),
];

const PARAMETER: &str = "AWS::SSM::Parameter";

/// What a template has that the stand-in can make.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    resources: Map<String, Json>,
    /// Parameters whose value is known only at deployment; they hold `dummy-` and their id.
    dummies: Vec<String>,
}

impl Stack {
    /// Takes from a template what can be made. A resource whose properties refer to what cannot be
    /// made goes without those properties.
    #[must_use]
    pub fn of(template: &Template) -> Self {
        let made = |kind: &str| KINDS.iter().find(|it| it.name == kind);
        let ids: BTreeSet<&str> = template
            .resources
            .iter()
            .filter(|resource| made(&resource.kind).is_some())
            .map(|resource| resource.id.as_str())
            .collect();
        let mut stack = Self {
            resources: Map::new(),
            dummies: Vec::new(),
        };
        for resource in &template.resources {
            let Some(kind) = made(&resource.kind) else {
                continue;
            };
            let properties = template.properties(&resource.id);
            let properties = match properties.and_then(|value| render(&value, &ids)) {
                Some(Json::Object(properties)) => properties,
                _ => Map::new(),
            };
            if kind.name == PARAMETER && !properties.contains_key("Value") {
                stack.dummies.push(resource.id.clone());
            }
            stack.resources.insert(
                resource.id.clone(),
                declaration(kind, &resource.id, properties),
            );
        }
        stack
    }

    /// The logical ids of what will be made.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.resources.keys().map(String::as_str)
    }

    /// Resources that moto's CloudFormation gives no name, and the names that they have all the
    /// same: it makes no secrets, and takes a reference to an event bus for an object's address.
    fn unnamed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources.iter().filter_map(|(id, resource)| {
            let kind = resource["Type"].as_str()?;
            let unnamed = ["AWS::Events::EventBus", "AWS::SecretsManager::Secret"].contains(&kind);
            let name = unnamed.then(|| resource["Properties"]["Name"].as_str());
            Some((id.as_str(), name??))
        })
    }

    /// What a secret holds from its beginning, where the template gives it something.
    fn secret(&self, id: &str) -> Option<String> {
        let resource = self.resources.get(id)?;
        if resource["Type"] != "AWS::SecretsManager::Secret" {
            return None;
        }
        let properties = &resource["Properties"];
        if let Some(text) = properties["SecretString"].as_str() {
            return Some(text.to_owned());
        }
        let generated = properties.get("GenerateSecretString")?;
        let dummy = format!("dummy-{id}");
        let Some(key) = generated["GenerateStringKey"].as_str() else {
            return Some(dummy);
        };
        let template = generated["SecretStringTemplate"].as_str().unwrap_or("{}");
        let mut value: Map<String, Json> = serde_json::from_str(template).unwrap_or_default();
        value.insert(key.to_owned(), dummy.into());
        Some(Json::Object(value).to_string())
    }

    /// A substitution with those names in it.
    fn named(&self, text: &str) -> String {
        self.unnamed().fold(text.to_owned(), |text, (id, name)| {
            text.replace(&format!("${{{id}}}"), name)
        })
    }

    /// Makes the resources in a region and gives the function's environment with their names in it.
    ///
    /// The server holds nothing yet. What it refuses is left out, and told in the environment.
    ///
    /// # Errors
    /// When the stand-in does not answer, or holds such a stack already.
    pub async fn provision(
        &self,
        server: &Server,
        region: &str,
        function: &Function,
    ) -> Result<Environment, StandinError> {
        self.provision_again(server, region, function, &BTreeMap::new())
            .await
    }

    /// The same, where some of it is known to be refused.
    ///
    /// # Errors
    /// As for [`provision`](Self::provision).
    pub async fn provision_again(
        &self,
        server: &Server,
        region: &str,
        function: &Function,
        refused: &BTreeMap<String, Refusal>,
    ) -> Result<Environment, StandinError> {
        let (mut environment, outputs) = self.variables(function);
        environment.unknown.clone_from(&self.dummies);
        if self.resources.is_empty() && outputs.is_empty() {
            return Ok(environment);
        }
        let draft = Draft {
            resources: &self.resources,
            outputs: &outputs,
        };
        let (described, refused) = draft.make(server, region, refused).await?;
        environment.refused = refused;
        let mut values = pairs(&described, ("OutputKey", "OutputValue"));
        for (output, Output { variable, .. }) in &outputs {
            environment.set(variable, values.remove(output));
        }
        let service = ("cloudformation", region);
        let stack = [("StackName", NAME)];
        let resources = server
            .query(service, "DescribeStackResources", &stack)
            .await?;
        environment.physical = pairs(&resources, ("LogicalResourceId", "PhysicalResourceId"));
        let is_there = |id: &str| {
            environment
                .refused
                .get(id)
                .is_none_or(|it| it.form.is_some())
        };
        let unnamed: Vec<_> = self.unnamed().filter(|(id, _)| is_there(id)).collect();
        let unnamed = unnamed
            .into_iter()
            .map(|(id, name)| (id.to_owned(), name.to_owned()));
        for (id, name) in unnamed {
            if let Some(value) = self.secret(&id) {
                server.put_secret(region, &name, &value).await?;
            }
            environment.physical.insert(id, name);
        }
        Ok(environment)
    }

    /// The variables whose values are known, and those that the stand-in must fill in.
    fn variables(&self, function: &Function) -> (Environment, BTreeMap<String, Output>) {
        let ids: BTreeSet<&str> = self.ids().collect();
        let mut environment = Environment::default();
        let mut outputs = BTreeMap::new();
        for variable in &function.environment {
            let name = variable.name.clone();
            // `AWS::NoValue`: the variable is not there.
            if variable.value == Value::Null {
                continue;
            }
            match render(&variable.value, &ids) {
                Some(Json::String(text)) => environment.set(&name, Some(text)),
                Some(Json::Object(mut value)) => {
                    if let Some(Json::String(text)) = value.get_mut("Fn::Sub") {
                        *text = self.named(text);
                    }
                    let output = Output {
                        variable: name,
                        value: value.into(),
                    };
                    outputs.insert(format!("GammarayVariable{}", outputs.len()), output);
                }
                // Lambda's variables are strings; SAM writes numbers and booleans as JSON does.
                Some(value @ (Json::Number(_) | Json::Bool(_))) => {
                    environment.set(&name, Some(value.to_string()));
                }
                _ => environment.set(&name, None),
            }
        }
        (environment, outputs)
    }
}

/// A resource as CloudFormation takes it.
fn declaration(kind: &Kind, id: &str, mut properties: Map<String, Json>) -> Json {
    let fifo = properties.get("FifoQueue").or(properties.get("FifoTopic"));
    let suffix = if fifo.is_some_and(truthy) {
        ".fifo"
    } else {
        ""
    };
    let mut own = format!("{NAME}-{id}{suffix}");
    if kind.name == "AWS::S3::Bucket" {
        own = own.to_lowercase();
    }
    properties
        .entry(kind.own_name)
        .or_insert_with(|| own.into());
    match properties.get_mut("Tags") {
        Some(Json::Array(tags)) => tags.retain(|tag| tag.get("Value").is_some()),
        // moto reads tags only as a list.
        Some(_) => drop(properties.remove("Tags")),
        None => {}
    }
    let mut name = kind.name;
    if name == PARAMETER && !properties.contains_key("Value") {
        properties.insert("Value".into(), format!("dummy-{id}").into());
    }
    if name == "AWS::Serverless::SimpleTable" {
        name = "AWS::DynamoDB::Table";
        key(&mut properties);
    }
    if name.ends_with("::StateMachine") {
        name = "AWS::StepFunctions::StateMachine";
        properties = machine(&properties, kind.own_name);
    }
    json!({"Type": name, "Properties": properties})
}

/// A resource with no more than its name and what it cannot be without.
pub(super) fn core(resource: &Json) -> Json {
    let mut resource = resource.clone();
    let kind = KINDS.iter().find(|it| resource["Type"] == it.name);
    let properties = resource.get_mut("Properties").and_then(Json::as_object_mut);
    if let (Some(kind), Some(properties)) = (kind, properties) {
        properties.retain(|name, _| name == kind.own_name || kind.core.contains(&name.as_str()));
    }
    resource
}

/// A state machine that takes any input: its own tasks are functions, which the stand-in lacks.
fn machine(properties: &Map<String, Json>, name: &str) -> Map<String, Json> {
    let definition = json!({"StartAt": "End", "States": {"End": {"Type": "Succeed"}}});
    let own = [
        ("StateMachineName", properties.get(name).cloned()),
        ("StateMachineType", properties.get("Type").cloned()),
        ("DefinitionString", Some(definition.to_string().into())),
        (
            "RoleArn",
            Some("arn:aws:iam::123456789012:role/dummy".into()),
        ),
    ];
    own.into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

fn truthy(value: &Json) -> bool {
    value == &json!(true) || value == &json!("true")
}

/// What a `SimpleTable` means. Source: `AWS::Serverless::SimpleTable` in the SAM specification.
fn key(properties: &mut Map<String, Json>) {
    let key = properties.remove("PrimaryKey").unwrap_or(json!({}));
    let name = key.get("Name").and_then(Json::as_str).unwrap_or("id");
    let kind = match key.get("Type").and_then(Json::as_str) {
        Some("Number") => "N",
        Some("Binary") => "B",
        _ => "S",
    };
    properties.insert(
        "AttributeDefinitions".into(),
        json!([{"AttributeName": name, "AttributeType": kind}]),
    );
    properties.insert(
        "KeySchema".into(),
        json!([{"AttributeName": name, "KeyType": "HASH"}]),
    );
    if !properties.contains_key("ProvisionedThroughput") {
        properties.insert("BillingMode".into(), "PAY_PER_REQUEST".into());
    }
}

/// As CloudFormation's JSON, what is open as `Fn::Sub`; nothing for what refers to other things
/// than `ids` and pseudo parameters, and containers without such members.
fn render(value: &Value, ids: &BTreeSet<&str>) -> Option<Json> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::Text(value) if is_resolved_later(value) => return None,
        Value::Text(value) => json!(value),
        Value::List(items) => items.iter().filter_map(|item| render(item, ids)).collect(),
        Value::Map(entries) => Json::Object(
            entries
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), render(value, ids)?)))
                .collect(),
        ),
        Value::Symbolic(symbol) if is_substitution(symbol, ids) => json!({"Fn::Sub": symbol.text}),
        Value::Symbolic(_) => return None,
    })
}

/// Whether a text names a parameter or a secret of the account, whose value CloudFormation takes
/// when it deploys.
fn is_resolved_later(text: &str) -> bool {
    text.contains("{{resolve:")
}

/// Whether a symbol's text says all of it, in terms that the stand-in knows.
fn is_substitution(symbol: &Symbol, ids: &BTreeSet<&str>) -> bool {
    let known = |id: &str| ids.contains(id) || id.starts_with("AWS::");
    !symbol.references.is_empty()
        && !is_resolved_later(&symbol.text)
        && symbol.references.iter().all(|reference| {
            let written = match &reference.attribute {
                Some(attribute) => format!("${{{}.{attribute}}}", reference.id),
                None => format!("${{{}}}", reference.id),
            };
            known(&reference.id) && symbol.text.contains(&written)
        })
        && symbol.text.matches("${").count() == symbol.references.len()
}

/// What an answer lists, by name; the element of the name stands before that of the value.
fn pairs(xml: &str, (key, value): (&str, &str)) -> BTreeMap<String, String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut name, mut text) = (BTreeMap::new(), String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => text.clear(),
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(reference)) => {
                let entity = format!("&{};", &*reference);
                text.push_str(&quick_xml::escape::unescape(&entity).unwrap_or_default());
            }
            Ok(Event::End(end)) => {
                let element = end.local_name();
                if element.as_ref() == key {
                    text.trim().clone_into(&mut name);
                } else if element.as_ref() == value {
                    found.insert(name.clone(), text.trim().to_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
