//! From what a template grants, in SAM's forms, to IAM actions.

use super::findings::{AwsCallFinding, IamFinding, NeededAction};
use super::iam::{self, Granted};
use crate::aws::iam as rules;
use crate::sam::{Event, EventKind, Function, Grant, GrantSource, Template};

/// Compares the actions that the calls need with the function's grants.
pub(super) fn compare(
    template: &Template,
    function: &Function,
    calls: &[AwsCallFinding],
) -> IamFinding {
    let mut granted = Vec::new();
    let mut unknown = Vec::new();
    for grant in &function.grants {
        match read(template, grant) {
            Ok(Some(found)) => granted.push(found),
            Ok(None) => {}
            Err(what) => unknown.push(what),
        }
    }
    iam::compare(needed(calls), &granted, &implied(function), unknown)
}

fn needed(calls: &[AwsCallFinding]) -> Vec<NeededAction> {
    calls
        .iter()
        .flat_map(|call| {
            let operation = format!("{} {}", call.service, call.operation);
            rules::actions(&call.service, &call.operation)
                .into_iter()
                .map(move |action| NeededAction {
                    action: action.action,
                    operation: operation.clone(),
                    by_rule: action.by_rule,
                })
        })
        .collect()
}

/// The actions of a grant; `Err` names one that cannot be told.
fn read(template: &Template, grant: &Grant) -> Result<Option<Granted>, String> {
    let line = template.file.location(grant.span.start).line;
    let found = |actions: Vec<String>, label: String, chosen: bool| {
        Ok(Some(Granted {
            actions,
            denied: false,
            label,
            line,
            chosen,
        }))
    };
    match &grant.source {
        GrantSource::PolicyTemplate { name, .. } => match rules::policy_template(name) {
            Some(actions) => found(actions.to_vec(), name.clone(), false),
            None => Err(name.clone()),
        },
        GrantSource::Managed(value) => {
            let shown = value.to_string();
            let name = shown.rsplit('/').next().unwrap_or(&shown);
            match rules::managed_policy(name) {
                Some(actions) => found(actions, name.to_owned(), false),
                None => Err(shown),
            }
        }
        GrantSource::Statement {
            not_action: true, ..
        } => Err("NotAction".to_owned()),
        GrantSource::Statement {
            denied, actions, ..
        } => {
            let actions: Option<Vec<String>> = actions
                .iter()
                .map(|action| action.as_text().map(str::to_owned))
                .collect();
            let actions = actions.ok_or_else(|| "an action that is computed".to_owned())?;
            let label = "statement".to_owned();
            Ok(Some(Granted {
                actions,
                denied: *denied,
                label,
                line,
                chosen: true,
            }))
        }
        GrantSource::Connector {
            permissions,
            destination,
        } => {
            let kind = destination.as_deref().unwrap_or("unknown destination");
            match rules::connector(kind, permissions) {
                Some(actions) => found(actions, format!("connector to {kind}"), false),
                None => Err(format!("connector to {kind}")),
            }
        }
        GrantSource::Role(value) => Err(format!("role {value}")),
    }
}

/// Actions that Lambda itself needs for the function's settings and event sources, from the
/// documentation of execution roles.
fn implied(function: &Function) -> Vec<&'static str> {
    let mut actions = vec![
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ];
    // Traces are sent by Lambda and by libraries whether or not the template asks for them.
    actions.extend(["xray:PutTraceSegments", "xray:PutTelemetryRecords"]);
    if function.in_vpc {
        actions.extend([
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeSubnets",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses",
        ]);
    }
    if function.dead_letter_queue {
        actions.extend(["sqs:SendMessage", "sns:Publish"]);
    }
    actions.extend(function.events.iter().flat_map(event_actions));
    // Reading what is encrypted with a key of one's own needs the key.
    actions.extend(["kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt"]);
    actions
}

fn event_actions(event: &Event) -> &'static [&'static str] {
    match event.kind {
        EventKind::Sqs => &[
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
        ],
        EventKind::DynamoDb => &[
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        ],
        EventKind::Kinesis => &[
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "kinesis:ListStreams",
            "kinesis:SubscribeToShard",
        ],
        EventKind::Msk => &[
            "kafka:DescribeCluster",
            "kafka:DescribeClusterV2",
            "kafka:GetBootstrapBrokers",
        ],
        _ => &[],
    }
}
