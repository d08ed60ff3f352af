//! The AWS stand-in: real moto, the examples' templates, and functions that use what is in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use gammaray_migrate::lambda::standin::{Environment, Server, Stack, StandinError};
use gammaray_migrate::lambda::{Outcome, Sandbox};
use gammaray_migrate::sam::{Project, Template};
use serde_json::{Value, json};

use super::launch;
use crate::common::{skipped, tool};

async fn server(test: &str) -> Option<Server> {
    let Some(program) = tool("moto_server") else {
        skipped(test, "moto_server is missing; run .ci/setup");
        return None;
    };
    Some(Server::start(&program).await.expect("a server"))
}

fn example(name: &str) -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(name);
    Project::read(&root, None).expect("a project")
}

async fn environment(server: &Server, template: &Template, id: &str) -> Environment {
    let function = template.functions.iter().find(|function| function.id == id);
    Stack::of(template)
        .provision(server, "eu-central-1", function.expect("the function"))
        .await
        .expect("provisioned")
}

#[tokio::test]
async fn makes_the_example_and_forgets_it() {
    let Some(server) = server("makes_the_example_and_forgets_it").await else {
        return;
    };
    let project = example("gammaray");
    let template = &project.templates[0];
    let start = Instant::now();
    let first = environment(&server, template, "CreateDashboardFunction").await;
    println!("provisioned in {:?}", start.elapsed());
    assert_eq!(
        first.variables["DASHBOARDS_TABLE"],
        "gammaray-DashboardsTable"
    );
    assert!(
        first.variables["ANALYTICS_QUEUE_URL"].ends_with("/123456789012/gammaray-AnalyticsQueue")
    );
    assert_eq!(first.variables["LOG_LEVEL"], "INFO");
    assert_eq!(first.dummies, Vec::<String>::new());

    let function = template
        .functions
        .iter()
        .find(|one| one.id == "AuthorizerFunction");
    let twice = Stack::of(template)
        .provision(&server, "eu-central-1", function.expect("it"))
        .await;
    assert!(
        matches!(twice, Err(StandinError::Refused { .. })),
        "a stack of that name exists"
    );

    server.reset().await.expect("reset");
    let again = environment(&server, template, "CreateDashboardFunction").await;
    assert_eq!(first, again);
}

#[tokio::test]
async fn every_function_of_both_examples_has_its_environment() {
    let Some(server) = server("every_function_of_both_examples_has_its_environment").await else {
        return;
    };
    let mut names = BTreeMap::new();
    for project in ["gammaray", "orders"].map(example) {
        for template in &project.templates {
            for function in &template.functions {
                server.reset().await.expect("reset");
                let made = Stack::of(template)
                    .provision(&server, "eu-central-1", function)
                    .await;
                let made = made.unwrap_or_else(|error| panic!("{}: {error}", function.id));
                assert_eq!(
                    made.variables.len(),
                    function.environment.len(),
                    "{}",
                    function.id
                );
                names.extend(made.variables);
                for dummy in &made.dummies {
                    println!("{}: {dummy} is a dummy", function.id);
                }
            }
        }
    }
    assert_eq!(names["BUS_NAME"], "orders-dev");
    assert_eq!(names["KEYS_SECRET"], "gammaray-PartnerKeys");
    assert!(names["FULFILMENT_MACHINE"].ends_with(":stateMachine:gammaray-FulfilmentMachine"));
    for (name, value) in names.iter().filter(|(name, _)| name.ends_with("_TABLE")) {
        assert!(
            value.starts_with("gammaray-") || value.starts_with("dummy-"),
            "{name}: {value}"
        );
    }
}

const REFUSED: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      Tags:
        - {Key: team, Value: '{{resolve:ssm:/team}}'}
        - {Key: stage, Value: dev}
  Dead:
    Type: AWS::SQS::Queue
    Properties: {Tags: [{Key: team, Value: '{{resolve:ssm:/team}}'}]}
  Keyless:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
  Tagged:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: blue, Tags: {team: core}}
  Later:
    Type: AWS::SSM::Parameter
    Properties: {Name: /api/url, Type: String, Value: !Sub 'https://${Api}.example.com'}
  Things:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: 'handler = print'
      Environment:
        Variables:
          QUEUE: !Ref Queue
          TABLE: !Ref Keyless
          THINGS: !Ref Things
          TEAM: '{{resolve:ssm:/team}}'
          PATH_TO_TEAM: !Sub '/${AWS::Region}/{{resolve:ssm:/team}}'
          WRONG: !GetAtt Queue.Nonsense
";

#[tokio::test]
async fn what_moto_refuses_is_left_out_and_the_rest_made() {
    let Some(server) = server("what_moto_refuses_is_left_out_and_the_rest_made").await else {
        return;
    };
    let root = tempfile::tempdir().expect("a folder");
    std::fs::write(root.path().join("template.yaml"), REFUSED).expect("written");
    let project = Project::read(root.path(), None).expect("a project");
    let made = environment(&server, &project.templates[0], "Work").await;
    assert!(made.variables["QUEUE"].ends_with("/gammaray-Queue"));
    assert_eq!(made.variables["THINGS"], "gammaray-Things");
    let mut dummies = made.dummies.clone();
    dummies.sort_unstable();
    assert_eq!(dummies, ["PATH_TO_TEAM", "TABLE", "TEAM", "WRONG"]);
    assert_eq!(made.variables["TEAM"], "dummy-TEAM");
    let resources = made.refused.iter().filter(|(_, it)| !it.kind.is_empty());
    let refused: Vec<_> = resources.map(|(id, _)| id).collect();
    assert_eq!(refused, ["Keyless"], "{:?}", made.refused);
    assert_eq!(made.unknown, ["Later"]);
    let there: Vec<_> = made.physical.keys().collect();
    assert_eq!(there, ["Dead", "Later", "Queue", "Tagged", "Things"]);
    assert!(
        made.notes()
            .iter()
            .any(|note| note.starts_with("`Keyless` (AWS::DynamoDB::Table)")),
        "{:?}",
        made.notes()
    );

    // Known refusals are not tried again, and come to the same.
    server.reset().await.expect("reset");
    let template = &project.templates[0];
    let function = &template.functions[0];
    let again = Stack::of(template)
        .provision_again(&server, "eu-central-1", function, &made.refused)
        .await
        .expect("provisioned");
    assert_eq!(again, made);
}

#[tokio::test]
async fn the_authorizer_asks_the_table_that_was_made() {
    let Some(server) = server("the_authorizer_asks_the_table_that_was_made").await else {
        return;
    };
    let project = example("gammaray");
    let template = &project.templates[0];
    let Some(mut launch) = launch("app.lambda_handler") else {
        return;
    };
    launch.task_root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/gammaray/functions/authorizer");
    launch.environment.extend(
        environment(&server, template, "AuthorizerFunction")
            .await
            .variables,
    );
    launch.environment.insert(
        "AWS_ENDPOINT_URL".into(),
        format!("http://{}", server.address()),
    );
    let event: Value = serde_json::from_str(include_str!(
        "../../../examples/gammaray/events/authorizer-unknown-user.json"
    ))
    .expect("JSON");
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let invocation = sandbox.invoke(event).await;
    let Outcome::Answer(answer) = &invocation.outcome else {
        panic!("{:?}\n{}", invocation.outcome, invocation.log.text())
    };
    assert_eq!(
        answer["policyDocument"]["Statement"][0]["Effect"],
        json!("Deny"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_server_that_does_not_serve_is_an_error() {
    let ended = Server::start(Path::new("/bin/true")).await.err();
    assert!(
        matches!(ended, Some(StandinError::Ended { .. })),
        "{ended:?}"
    );
    let missing = Server::start(Path::new("/no/such/moto_server")).await.err();
    assert!(
        matches!(missing, Some(StandinError::Start { .. })),
        "{missing:?}"
    );
}

const SECRETS: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Login:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{\"user\": \"ada\"}'
        GenerateStringKey: password
  Empty:
    Type: AWS::SecretsManager::Secret
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import boto3

        def handler(event, context):
            secrets = boto3.client('secretsmanager')
            return secrets.get_secret_value(SecretId=event)['SecretString']
";

#[tokio::test]
async fn a_secret_holds_what_the_template_has_generated() {
    let Some(server) = server("a_secret_holds_what_the_template_has_generated").await else {
        return;
    };
    let Some(mut launch) = launch("index.handler") else {
        return;
    };
    let root = tempfile::tempdir().expect("a folder");
    std::fs::write(root.path().join("template.yaml"), SECRETS).expect("written");
    let project = Project::read(root.path(), None).expect("a project");
    let template = &project.templates[0];
    let made = environment(&server, template, "Reader").await;
    let code = SECRETS.split_once("InlineCode: |").expect("code").1;
    let lines = code.lines().map(|line| line.get(8..).unwrap_or_default());
    let code: Vec<&str> = lines.collect();
    std::fs::write(root.path().join("index.py"), code.join("\n")).expect("written");
    launch.task_root = root.path().to_owned();
    launch.region = "eu-central-1".into();
    let url = format!("http://{}", server.address());
    launch.environment.insert("AWS_ENDPOINT_URL".into(), url);
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let read = sandbox.invoke(json!(made.physical["Login"])).await;
    let Outcome::Answer(Value::String(text)) = &read.outcome else {
        panic!("{:?}\n{}", read.outcome, read.log.text())
    };
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(value, json!({"user": "ada", "password": "dummy-Login"}));
    let read = sandbox.invoke(json!(made.physical["Empty"])).await;
    assert!(
        matches!(read.outcome, Outcome::Error(_)),
        "{:?}",
        read.outcome
    );
}
