use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

static SAM: LazyLock<Sam> =
    LazyLock::new(|| serde_json::from_str(include_str!("sam.json")).unwrap_or_default());

/// What `generate.py` takes from aws-sam-translator.
#[derive(Default, Deserialize)]
struct Sam {
    policy_templates: BTreeMap<String, Vec<String>>,
    connectors: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// The actions of a SAM policy template.
pub fn policy_template(name: &str) -> Option<&'static [String]> {
    SAM.policy_templates.get(name).map(Vec::as_slice)
}

/// The actions that a connector from a function gives it on a destination of a type, such as
/// `AWS::DynamoDB::Table`, for permissions among `Read` and `Write`.
pub fn connector(destination: &str, permissions: &[String]) -> Option<Vec<String>> {
    let categories = SAM.connectors.get(destination)?;
    let actions: Option<Vec<&Vec<String>>> = permissions
        .iter()
        .map(|permission| categories.get(permission))
        .collect();
    Some(actions?.into_iter().flatten().cloned().collect())
}

/// The actions of AWS managed policies that functions commonly take, by name; `None` for those
/// whose actions are not kept here. Only policies that grant one service whole or that have
/// stayed the same are.
pub fn managed_policy(name: &str) -> Option<Vec<String>> {
    let logs = "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents";
    let actions = match name {
        "AdministratorAccess" => "*",
        "AWSLambdaBasicExecutionRole" => logs,
        "AWSXRayDaemonWriteAccess" | "AWSXrayWriteOnlyAccess" => {
            "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules \
             xray:GetSamplingTargets xray:GetSamplingStatisticSummaries"
        }
        "AWSLambdaSQSQueueExecutionRole" => {
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes \
             logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"
        }
        "AWSLambdaDynamoDBExecutionRole" => {
            "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator \
             dynamodb:ListStreams logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"
        }
        "AWSLambdaKinesisExecutionRole" => {
            "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords \
             kinesis:GetShardIterator kinesis:ListShards kinesis:ListStreams \
             kinesis:SubscribeToShard logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"
        }
        "AWSLambdaVPCAccessExecutionRole" => {
            "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents \
             ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets \
             ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses \
             ec2:UnassignPrivateIpAddresses"
        }
        "AmazonDynamoDBFullAccess" => "dynamodb:* dax:*",
        "AmazonSQSFullAccess" => "sqs:*",
        "AmazonSNSFullAccess" => "sns:*",
        "AmazonS3FullAccess" => "s3:* s3-object-lambda:*",
        "AmazonS3ReadOnlyAccess" => {
            "s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"
        }
        "AmazonSQSReadOnlyAccess" => {
            "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListMessageMoveTasks sqs:ListQueueTags"
        }
        "AmazonSESFullAccess" => "ses:*",
        "AmazonEventBridgeFullAccess" => "events:* schemas:* scheduler:* pipes:*",
        "AmazonKinesisFullAccess" => "kinesis:*",
        "AWSStepFunctionsFullAccess" => "states:*",
        _ => return None,
    };
    Some(actions.split_whitespace().map(str::to_owned).collect())
}

/// Whether a policy's pattern covers an action: `*` stands for any characters, `?` for one, and
/// case does not matter (IAM's JSON policy reference, "Action").
pub fn grants(pattern: &str, action: &str) -> bool {
    let pattern: Vec<u8> = pattern
        .bytes()
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let action: Vec<u8> = action
        .bytes()
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < action.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(&byte) if byte == b'?' || action.get(from) == Some(&byte) => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((star_at, star_from)) = star else {
                    return false;
                };
                star = Some((star_at, star_from + 1));
                at = star_at + 1;
                from = star_from + 1;
            }
        }
    }
    pattern.iter().skip(at).all(|&byte| byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_iam() {
        assert!(grants("*", "s3:GetObject"));
        assert!(grants("s3:*", "s3:GetObject"));
        assert!(grants("S3:get*", "s3:GetObject"));
        assert!(grants("dynamodb:*Item", "dynamodb:BatchGetItem"));
        assert!(grants("s3:Get?bject", "s3:GetObject"));
        assert!(!grants("s3:Get", "s3:GetObject"));
        assert!(!grants("s3:*", "sqs:SendMessage"));
        assert!(!grants("dynamodb:*Items", "dynamodb:GetItem"));
    }

    #[test]
    fn reads_sam_policies() {
        let read = policy_template("DynamoDBReadPolicy").unwrap();
        assert!(read.iter().any(|action| action == "dynamodb:GetItem"));
        assert!(policy_template("NoSuchPolicy").is_none());
        let write = connector("AWS::SQS::Queue", &["Write".to_owned()]).unwrap();
        assert!(write.iter().any(|action| action == "sqs:SendMessage"));
    }
}
