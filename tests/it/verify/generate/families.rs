//! Events of every family are such as AWS sends: Powertools' models take them, and its data
//! classes find in them what the template says.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use gammaray_migrate::sam::Payload;
use gammaray_migrate::verify::generate::Origin;
use serde_json::json;

use super::{World, here};
use crate::common::{skipped, tool};

/// Functions whose events are free JSON, so that there is nothing to hold them against.
const FREE: &[&str] = &[
    "InputFunction",
    "TaskFunction",
    "LonelyFunction",
    "ThingFunction",
];

#[test]
fn powertools_reads_every_family() {
    let Some(python) = tool("python") else {
        return skipped("powertools_reads_every_family", "no tool environment");
    };
    let world = World::every();
    let mut lines = String::new();
    for (_, function) in world.project.functions() {
        let cases = world.cases(&function.id, usize::MAX);
        let Some(source) = function.events.first() else {
            continue;
        };
        for case in &cases {
            let line = json!({
                "function": function.id,
                "payload": source.payload.to_string(),
                "usual": case.origin == Origin::Usual,
                "name": case.name,
                "event": case.event,
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
    }
    let mut checker = Command::new(python)
        .arg(here().join("families.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = checker.stdin.take().unwrap();
    let written = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = checker.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    written.join().unwrap().unwrap();
    let checked = String::from_utf8_lossy(&output.stdout);
    let checked: BTreeSet<&str> = checked.lines().collect();
    let expected = world.project.functions().map(|(_, it)| it.id.as_str());
    let expected: BTreeSet<&str> = expected.filter(|id| !FREE.contains(id)).collect();
    assert_eq!(
        checked, expected,
        "every family was held against Powertools"
    );
}

#[test]
fn every_payload_is_in_the_template() {
    let world = World::every();
    let events = world.project.functions().flat_map(|(_, it)| &it.events);
    let seen: BTreeSet<String> = events.map(|it| it.payload.to_string()).collect();
    let all = [
        Payload::ApiGatewayProxyV1,
        Payload::ApiGatewayProxyV2,
        Payload::ApiGatewayWebSocket,
        Payload::AuthorizerToken,
        Payload::AuthorizerRequestV1,
        Payload::AuthorizerRequestV2,
        Payload::FunctionUrl,
        Payload::Alb,
        Payload::Sqs,
        Payload::Sns,
        Payload::S3,
        Payload::DynamoDbStream,
        Payload::KinesisStream,
        Payload::Kafka,
        Payload::Mq,
        Payload::DocumentDb,
        Payload::EventBridge,
        Payload::Custom,
        Payload::CloudWatchLogs,
        Payload::Cognito,
        Payload::Iot,
        Payload::Alexa,
        Payload::CloudFormation,
    ];
    let all: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(seen, all);
}

#[test]
fn a_function_that_nothing_invokes_gets_free_events() {
    let cases = World::every().cases("LonelyFunction", 100);
    assert!(cases.iter().any(|it| it.event == json!({})));
    assert!(cases.len() >= 10);
}

#[test]
fn a_schedule_delivers_the_input_that_the_template_gives() {
    let cases = World::every().cases("InputFunction", 100);
    assert_eq!(cases[0].event, json!({"days": 30}));
}

#[test]
fn events_name_the_functions_own_sources() {
    let world = World::every();
    let first = |id: &str| world.cases(id, 1).remove(0).event;
    let arn = |event: &serde_json::Value| event["Records"][0]["eventSourceARN"].clone();
    assert_eq!(
        arn(&first("QueueFunction")),
        "arn:aws:sqs:us-east-1:123456789012:jobs.fifo"
    );
    assert_eq!(
        arn(&first("TableFunction")),
        "arn:aws:dynamodb:us-east-1:123456789012:table/things/stream/2026-03-12T00:00:00.000"
    );
    let bucket = first("BucketFunction");
    assert_eq!(
        bucket["Records"][0]["s3"]["bucket"]["name"],
        "files-123456789012"
    );
    assert_eq!(bucket["Records"][0]["s3"]["object"]["key"], "in/report.csv");
    let topic = first("TopicFunction");
    let sns = &topic["Records"][0]["Sns"];
    assert_eq!(
        sns["TopicArn"],
        "arn:aws:sns:us-east-1:123456789012:news-us-east-1"
    );
    assert_eq!(sns["MessageAttributes"]["kind"]["Value"], "urgent");
    assert_eq!(sns["MessageAttributes"]["level"]["Value"], "4.0");
    let rule = first("RuleFunction");
    assert_eq!(rule["source"], "shop");
    assert_eq!(
        rule["detail"],
        json!({"state": "new", "total": 11.0, "tags": {"a": "b"}})
    );
    let request = first("RequestFunction");
    assert!(request["headers"]["X-Api-Token"].is_string());
}

#[test]
fn physical_names_win_over_the_templates() {
    let mut world = World::every();
    let url = "https://sqs.us-east-1.amazonaws.com/123456789012/stack-Queue-1A2B.fifo";
    world
        .surroundings
        .physical
        .insert("Queue".to_owned(), url.to_owned());
    let case = world.cases("QueueFunction", 1).remove(0);
    assert_eq!(
        case.event["Records"][0]["eventSourceARN"],
        "arn:aws:sqs:us-east-1:123456789012:stack-Queue-1A2B.fifo"
    );
}

#[test]
fn no_two_cases_are_alike() {
    let world = World::every();
    for (_, function) in world.project.functions() {
        let cases = world.cases(&function.id, usize::MAX);
        let names: BTreeSet<&str> = cases.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), cases.len(), "{}", function.id);
        let events: BTreeSet<String> = cases.iter().map(|it| it.event.to_string()).collect();
        assert_eq!(events.len(), cases.len(), "{}", function.id);
        assert!(cases.iter().all(|it| !it.why.is_empty()));
    }
}
