//! Sends to queues, topics, buses and streams that several functions of a template repeat.

use std::collections::BTreeMap;

use super::findings::{AwsCallFinding, FunctionFindings, SharedSend};

/// Operations that hand an event on and whose answer the caller seldom needs.
const SENDS: &[(&str, &[&str])] = &[
    ("sqs", &["SendMessage", "SendMessageBatch"]),
    ("sns", &["Publish", "PublishBatch"]),
    ("events", &["PutEvents"]),
    ("firehose", &["PutRecord", "PutRecordBatch"]),
    ("kinesis", &["PutRecord", "PutRecords"]),
];

/// Groups the sends of all functions by template and target; keeps what two or more functions
/// send to. Calls whose target is not known are left out, since nothing says that they agree.
pub(super) fn shared(functions: &[FunctionFindings]) -> Vec<SharedSend> {
    let mut groups: BTreeMap<_, Vec<(&str, &AwsCallFinding)>> = BTreeMap::new();
    for function in functions {
        for call in function.aws_calls.iter().filter(|call| is_send(call)) {
            let Some(target) = &call.target else { continue };
            let key = (
                function.template.as_str(),
                call.service.as_str(),
                target.as_str(),
            );
            groups.entry(key).or_default().push((&function.id, call));
        }
    }
    groups
        .into_iter()
        .map(|((template, service, target), calls)| SharedSend {
            service: service.to_owned(),
            operations: distinct(calls.iter().map(|(_, call)| call.operation.as_str())),
            target: target.to_owned(),
            template: Some(template.to_owned()),
            functions: distinct(calls.iter().map(|(function, _)| *function)),
            calls: calls.iter().map(|(_, call)| (*call).clone()).collect(),
        })
        .filter(|send| send.functions.len() > 1)
        .collect()
}

fn is_send(call: &AwsCallFinding) -> bool {
    SENDS.iter().any(|(service, operations)| {
        *service == call.service && operations.contains(&call.operation.as_str())
    })
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if !seen.iter().any(|other| other == name) {
            seen.push(name.to_owned());
        }
    }
    seen
}
