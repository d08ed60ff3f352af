//! A template's resources, made in the stand-in through its CloudFormation.
//!
//! Only resources that hold state which functions use are made. Each gets a name that is the same
//! in every run, so that two sides of a comparison see the same names.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value as Json, json};

use super::{Environment, Server, StandinError};
use crate::sam::{Function, Symbol, Template, Value};

const NAME: &str = "gammaray";

/// The types that are made, and the property that names them.
const KINDS: &[(&str, &str)] = &[
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::Serverless::SimpleTable", "TableName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::SecretsManager::Secret", "Name"),
    ("AWS::SSM::Parameter", "Name"),
    ("AWS::Kinesis::Stream", "Name"),
    ("AWS::Events::EventBus", "Name"),
    ("AWS::StepFunctions::StateMachine", "StateMachineName"),
    ("AWS::Serverless::StateMachine", "Name"),
];

/// What a template has that the stand-in can make.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    resources: Map<String, Json>,
}

impl Stack {
    /// Takes from a template what can be made. A resource whose properties refer to what cannot be
    /// made goes without those properties.
    #[must_use]
    pub fn of(template: &Template) -> Self {
        let made = |kind: &str| KINDS.iter().find(|(name, _)| *name == kind);
        let ids: BTreeSet<&str> = template
            .resources
            .iter()
            .filter(|resource| made(&resource.kind).is_some())
            .map(|resource| resource.id.as_str())
            .collect();
        let resources = template.resources.iter().filter_map(|resource| {
            let (kind, name) = made(&resource.kind)?;
            let properties = template.properties(&resource.id);
            let mut properties = match properties.and_then(|value| render(&value, &ids)) {
                Some(Json::Object(properties)) => properties,
                _ => Map::new(),
            };
            let fifo = properties.get("FifoQueue").or(properties.get("FifoTopic"));
            let suffix = if fifo.is_some_and(truthy) {
                ".fifo"
            } else {
                ""
            };
            let mut own = format!("{NAME}-{}{suffix}", resource.id);
            if *kind == "AWS::S3::Bucket" {
                own = own.to_lowercase();
            }
            properties.entry(*name).or_insert_with(|| own.into());
            let mut kind = *kind;
            if kind == "AWS::Serverless::SimpleTable" {
                kind = "AWS::DynamoDB::Table";
                key(&mut properties);
            }
            if kind.ends_with("::StateMachine") {
                kind = "AWS::StepFunctions::StateMachine";
                properties = machine(&properties, name);
            }
            Some((
                resource.id.clone(),
                json!({"Type": kind, "Properties": properties}),
            ))
        });
        Self {
            resources: resources.collect(),
        }
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

    /// A substitution with those names in it.
    fn named(&self, text: &str) -> String {
        self.unnamed().fold(text.to_owned(), |text, (id, name)| {
            text.replace(&format!("${{{id}}}"), name)
        })
    }

    /// Makes the resources in a region and gives the function's environment with their names in it.
    ///
    /// # Errors
    /// When the stand-in refuses the template.
    pub async fn provision(
        &self,
        server: &Server,
        region: &str,
        function: &Function,
    ) -> Result<Environment, StandinError> {
        let ids: BTreeSet<&str> = self.ids().collect();
        let mut environment = Environment::default();
        let mut outputs = Map::new();
        let mut names = BTreeMap::new();
        for variable in &function.environment {
            let name = variable.name.clone();
            // `AWS::NoValue`: the variable is not there.
            if variable.value == Value::Null {
                continue;
            }
            match render(&variable.value, &ids) {
                Some(Json::String(text)) => drop(environment.variables.insert(name, text)),
                Some(Json::Object(mut value)) => {
                    if let Some(Json::String(text)) = value.get_mut("Fn::Sub") {
                        *text = self.named(text);
                    }
                    let output = format!("V{}", outputs.len());
                    names.insert(output.clone(), name);
                    outputs.insert(output, json!({"Value": value}));
                }
                // Lambda's variables are strings; SAM writes numbers and booleans as JSON does.
                Some(value @ (Json::Number(_) | Json::Bool(_))) => {
                    environment.variables.insert(name, value.to_string());
                }
                _ => {
                    environment
                        .variables
                        .insert(name.clone(), format!("dummy-{name}"));
                    environment.dummies.push(name);
                }
            }
        }
        if self.resources.is_empty() && outputs.is_empty() {
            return Ok(environment);
        }
        let template = json!({"Resources": self.resources, "Outputs": outputs}).to_string();
        let parameters = [("StackName", NAME), ("TemplateBody", &template)];
        server
            .query(("cloudformation", region), "CreateStack", &parameters)
            .await?;
        let described = server
            .query(
                ("cloudformation", region),
                "DescribeStacks",
                &parameters[..1],
            )
            .await?;
        let mut values = pairs(&described, ("OutputKey", "OutputValue"));
        for (output, name) in names {
            let value = values
                .remove(&output)
                .ok_or_else(|| StandinError::Refused {
                    action: "DescribeStacks".to_owned(),
                    message: format!("the stack has no value for {name}"),
                })?;
            environment.variables.insert(name, value);
        }
        let resources = server
            .query(
                ("cloudformation", region),
                "DescribeStackResources",
                &parameters[..1],
            )
            .await?;
        environment.physical = pairs(&resources, ("LogicalResourceId", "PhysicalResourceId"));
        let unnamed = self.unnamed();
        let unnamed = unnamed.map(|(id, name)| (id.to_owned(), name.to_owned()));
        environment.physical.extend(unnamed);
        Ok(environment)
    }
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

/// Whether a symbol's text says all of it, in terms that the stand-in knows.
fn is_substitution(symbol: &Symbol, ids: &BTreeSet<&str>) -> bool {
    let known = |id: &str| ids.contains(id) || id.starts_with("AWS::");
    !symbol.references.is_empty()
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
