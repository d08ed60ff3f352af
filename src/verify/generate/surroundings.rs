//! Where the events come from: account, region, and the names and ARNs of a template's resources.

use std::collections::BTreeMap;

use crate::sam::{Function, Template, Value};

/// The account and region that events name, and the names that resources have there.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The account's twelve digits.
    pub account: String,
    /// The region.
    pub region: String,
    /// Physical names by logical id, as CloudFormation's `PhysicalResourceId`. A resource without
    /// an entry is called by its name property, or by its logical id.
    pub physical: BTreeMap<String, String>,
}

impl Default for Surroundings {
    /// The account and region of moto's defaults, no resource made.
    fn default() -> Self {
        Self {
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            physical: BTreeMap::new(),
        }
    }
}

/// How a type of resource is named: the property that names it, and its ARN with `{r}`, `{a}` and
/// `{n}` for region, account and name.
const KINDS: &[(&str, &str, &str)] = &[
    ("AWS::SQS::Queue", "QueueName", "arn:aws:sqs:{r}:{a}:{n}"),
    ("AWS::SNS::Topic", "TopicName", "arn:aws:sns:{r}:{a}:{n}"),
    ("AWS::S3::Bucket", "BucketName", "arn:aws:s3:::{n}"),
    (
        "AWS::DynamoDB::Table",
        "TableName",
        "arn:aws:dynamodb:{r}:{a}:table/{n}",
    ),
    (
        "AWS::Serverless::SimpleTable",
        "TableName",
        "arn:aws:dynamodb:{r}:{a}:table/{n}",
    ),
    (
        "AWS::Kinesis::Stream",
        "Name",
        "arn:aws:kinesis:{r}:{a}:stream/{n}",
    ),
    (
        "AWS::Events::EventBus",
        "Name",
        "arn:aws:events:{r}:{a}:event-bus/{n}",
    ),
    (
        "AWS::Events::Rule",
        "Name",
        "arn:aws:events:{r}:{a}:rule/{n}",
    ),
    (
        "AWS::Logs::LogGroup",
        "LogGroupName",
        "arn:aws:logs:{r}:{a}:log-group:{n}:*",
    ),
    (
        "AWS::Cognito::UserPool",
        "UserPoolId",
        "arn:aws:cognito-idp:{r}:{a}:userpool/{n}",
    ),
    (
        "AWS::Lambda::Function",
        "FunctionName",
        "arn:aws:lambda:{r}:{a}:function:{n}",
    ),
    (
        "AWS::Serverless::Function",
        "FunctionName",
        "arn:aws:lambda:{r}:{a}:function:{n}",
    ),
    (
        "AWS::MSK::Cluster",
        "ClusterName",
        "arn:aws:kafka:{r}:{a}:cluster/{n}/751d2973-a626-431c-9d4e-d7975eb44dd7-2",
    ),
    (
        "AWS::AmazonMQ::Broker",
        "BrokerName",
        "arn:aws:mq:{r}:{a}:broker:{n}:b-9bcfa592-423a-4942-879d-eb284b418fc8",
    ),
    (
        "AWS::DocDB::DBCluster",
        "DBClusterIdentifier",
        "arn:aws:rds:{r}:{a}:cluster:{n}",
    ),
    (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "Name",
        "arn:aws:elasticloadbalancing:{r}:{a}:targetgroup/{n}/49e9d65c45c6791a",
    ),
];

impl Surroundings {
    /// The environment variables that a template gives a function.
    pub(crate) fn environment(
        &self,
        template: &Template,
        function: &Function,
    ) -> BTreeMap<String, String> {
        let variables = function.environment.iter();
        variables
            .filter(|variable| !variable.value.is_null())
            .map(|it| (it.name.clone(), self.text(template, &it.value)))
            .collect()
    }

    /// The text of a template's value with its references filled in.
    pub(super) fn text(&self, template: &Template, value: &Value) -> String {
        let text = value.to_string();
        let mut filled = String::new();
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once("${") {
            let Some((name, behind)) = behind.split_once('}') else {
                break;
            };
            filled.push_str(before);
            filled.push_str(&self.reference(template, name));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// The ARN that a value is or names: of a queue, a topic, a stream.
    pub(super) fn arn(&self, template: &Template, value: &Value, kind: &str) -> String {
        let text = match value.reference() {
            Some((id, None)) if template.resource(id).is_some() => {
                return self.reference(template, &format!("{id}.Arn"));
            }
            _ => self.text(template, value),
        };
        if text.starts_with("arn:") || text.is_empty() {
            return text;
        }
        let id = text.rsplit(['/', ':']).next().unwrap_or(&text);
        match template.resource(id) {
            Some(_) => self.reference(template, &format!("{id}.Arn")),
            None => self.arn_of(kind, id),
        }
    }

    /// The physical name of a resource, by its logical id.
    pub(super) fn name(&self, template: &Template, id: &str) -> String {
        if let Some(name) = self.physical.get(id) {
            // CloudFormation calls queues by their URLs, topics and some others by their ARNs.
            return name.rsplit(['/', ':']).next().unwrap_or(name).to_owned();
        }
        let kind = template.resource(id).map_or("", |it| it.kind.as_str());
        let property = KINDS.iter().find(|(it, ..)| *it == kind).map(|it| it.1);
        let properties = template.properties(id);
        let named = property.and_then(|property| properties.as_ref()?.get(property));
        match (named, kind) {
            (Some(value), _) => self.text(template, value),
            (None, "AWS::S3::Bucket") => id.to_lowercase(),
            (None, "AWS::Cognito::UserPool") => format!("{}_{id}", self.region),
            (None, _) => id.to_owned(),
        }
    }

    fn reference(&self, template: &Template, name: &str) -> String {
        let pseudo = match name {
            "AWS::AccountId" => self.account.as_str(),
            "AWS::Region" => self.region.as_str(),
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => "stack",
            "AWS::StackId" => return self.arn_of("stack", "stack"),
            _ => "",
        };
        if !pseudo.is_empty() {
            return pseudo.to_owned();
        }
        let (id, attribute) = match name.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (name, None),
        };
        let Some(resource) = template.resource(id) else {
            return id.to_owned();
        };
        let physical = self.name(template, id);
        let arn = || self.arn_of(&resource.kind, &physical);
        match (resource.kind.as_str(), attribute) {
            (_, Some("Arn" | "TopicArn")) | ("AWS::SNS::Topic", None) => arn(),
            (_, Some("StreamArn")) => format!("{}/stream/2026-03-12T00:00:00.000", arn()),
            ("AWS::SQS::Queue", None | Some("QueueUrl")) => {
                let (region, account) = (&self.region, &self.account);
                format!("https://sqs.{region}.amazonaws.com/{account}/{physical}")
            }
            _ => physical,
        }
    }

    fn arn_of(&self, kind: &str, name: &str) -> String {
        let pattern = KINDS.iter().find(|(it, ..)| *it == kind).map(|it| it.2);
        pattern
            .unwrap_or("arn:aws:cloudformation:{r}:{a}:{n}/51af3dc0-da77-11e4-872e-1234567db123")
            .replace("{r}", &self.region)
            .replace("{a}", &self.account)
            .replace("{n}", name)
    }
}
