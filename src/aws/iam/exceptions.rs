use super::super::catalogue;

/// An action that an operation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IamAction {
    /// The action, such as `s3:ListAllMyBuckets`.
    pub action: String,
    /// Whether only the general rule says so, not a known exception.
    pub by_rule: bool,
}

/// The actions that a call of an operation needs. Empty for operations that need none, such as
/// STS GetCallerIdentity.
///
/// Source: the Service Authorization Reference and each service's API reference.
pub fn actions(service: &str, operation: &str) -> Vec<IamAction> {
    let known = EXCEPTIONS
        .iter()
        .find(|(name, op, _)| *name == service && *op == operation);
    if let Some((_, _, actions)) = known {
        let actions = actions.split_whitespace();
        return actions
            .map(|a| IamAction {
                action: a.to_owned(),
                by_rule: false,
            })
            .collect();
    }
    if service == "apigateway" {
        let verb = catalogue()
            .service(service)
            .and_then(|service| service.operation(operation));
        let verb = verb.map_or("GET", |operation| operation.http_method.as_str());
        return vec![IamAction {
            action: format!("apigateway:{verb}"),
            by_rule: false,
        }];
    }
    vec![IamAction {
        action: format!("{}:{operation}", prefix(service)),
        by_rule: true,
    }]
}

/// The prefix of a service's actions: by the exceptions below, else the name under which its
/// requests are signed, else its endpoint's prefix.
fn prefix(service: &str) -> String {
    if let Some((_, prefix)) = PREFIXES.iter().find(|(name, _)| *name == service) {
        return (*prefix).to_owned();
    }
    let Some(described) = catalogue().service(service) else {
        return service.to_owned();
    };
    described
        .signing_name
        .as_ref()
        .unwrap_or(&described.endpoint_prefix)
        .clone()
}

const PREFIXES: &[(&str, &str)] = &[
    ("apigatewaymanagementapi", "execute-api"),
    ("apigatewayv2", "apigateway"),
    ("appconfigdata", "appconfig"),
    ("application-autoscaling", "application-autoscaling"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("cloudwatch", "cloudwatch"),
    ("cognito-identity", "cognito-identity"),
    ("cognito-idp", "cognito-idp"),
    ("dynamodbstreams", "dynamodb"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("iot-data", "iot"),
    ("location", "geo"),
    ("mwaa", "airflow"),
    ("opensearch", "es"),
    ("resourcegroupstaggingapi", "tag"),
    ("s3control", "s3"),
    ("scheduler", "scheduler"),
    ("ses", "ses"),
    ("sesv2", "ses"),
    ("stepfunctions", "states"),
    ("timestream-query", "timestream"),
    ("timestream-write", "timestream"),
];

/// Service, operation and its actions, separated by spaces.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "apigatewaymanagementapi",
        "DeleteConnection",
        "execute-api:ManageConnections",
    ),
    (
        "apigatewaymanagementapi",
        "GetConnection",
        "execute-api:ManageConnections",
    ),
    (
        "apigatewaymanagementapi",
        "PostToConnection",
        "execute-api:ManageConnections",
    ),
    ("bedrock-runtime", "Converse", "bedrock:InvokeModel"),
    (
        "bedrock-runtime",
        "ConverseStream",
        "bedrock:InvokeModelWithResponseStream",
    ),
    ("bedrock-runtime", "InvokeModel", "bedrock:InvokeModel"),
    ("cognito-identity", "GetCredentialsForIdentity", ""),
    ("cognito-identity", "GetId", ""),
    ("cognito-idp", "ConfirmForgotPassword", ""),
    ("cognito-idp", "ConfirmSignUp", ""),
    ("cognito-idp", "ForgotPassword", ""),
    ("cognito-idp", "InitiateAuth", ""),
    ("cognito-idp", "ResendConfirmationCode", ""),
    ("cognito-idp", "RespondToAuthChallenge", ""),
    ("cognito-idp", "SignUp", ""),
    (
        "dynamodb",
        "BatchExecuteStatement",
        "dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
    ),
    (
        "dynamodb",
        "ExecuteStatement",
        "dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
    ),
    (
        "dynamodb",
        "ExecuteTransaction",
        "dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
    ),
    ("dynamodb", "TransactGetItems", "dynamodb:GetItem"),
    (
        "dynamodb",
        "TransactWriteItems",
        "dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:ConditionCheckItem",
    ),
    ("ec2", "DescribeInstances", "ec2:DescribeInstances"),
    ("kinesis", "SubscribeToShard", "kinesis:SubscribeToShard"),
    ("lambda", "Invoke", "lambda:InvokeFunction"),
    ("lambda", "InvokeAsync", "lambda:InvokeFunction"),
    (
        "lambda",
        "InvokeWithResponseStream",
        "lambda:InvokeFunction",
    ),
    ("opensearch", "DescribeDomain", "es:DescribeDomain"),
    ("s3", "AbortMultipartUpload", "s3:AbortMultipartUpload"),
    ("s3", "CompleteMultipartUpload", "s3:PutObject"),
    ("s3", "CopyObject", "s3:GetObject s3:PutObject"),
    ("s3", "CreateMultipartUpload", "s3:PutObject"),
    ("s3", "DeleteBucketCors", "s3:PutBucketCORS"),
    (
        "s3",
        "DeleteBucketEncryption",
        "s3:PutEncryptionConfiguration",
    ),
    (
        "s3",
        "DeleteBucketLifecycle",
        "s3:PutLifecycleConfiguration",
    ),
    (
        "s3",
        "DeleteBucketReplication",
        "s3:PutReplicationConfiguration",
    ),
    ("s3", "DeleteBucketTagging", "s3:PutBucketTagging"),
    ("s3", "DeleteObjects", "s3:DeleteObject"),
    (
        "s3",
        "DeletePublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
    ),
    (
        "s3",
        "GetBucketAccelerateConfiguration",
        "s3:GetAccelerateConfiguration",
    ),
    ("s3", "GetBucketCors", "s3:GetBucketCORS"),
    ("s3", "GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    ("s3", "GetBucketLifecycle", "s3:GetLifecycleConfiguration"),
    (
        "s3",
        "GetBucketLifecycleConfiguration",
        "s3:GetLifecycleConfiguration",
    ),
    (
        "s3",
        "GetBucketNotificationConfiguration",
        "s3:GetBucketNotification",
    ),
    (
        "s3",
        "GetBucketReplication",
        "s3:GetReplicationConfiguration",
    ),
    (
        "s3",
        "GetObjectAttributes",
        "s3:GetObject s3:GetObjectAttributes",
    ),
    (
        "s3",
        "GetObjectLockConfiguration",
        "s3:GetBucketObjectLockConfiguration",
    ),
    (
        "s3",
        "GetPublicAccessBlock",
        "s3:GetBucketPublicAccessBlock",
    ),
    ("s3", "HeadBucket", "s3:ListBucket"),
    ("s3", "HeadObject", "s3:GetObject"),
    ("s3", "ListBuckets", "s3:ListAllMyBuckets"),
    (
        "s3",
        "ListMultipartUploads",
        "s3:ListBucketMultipartUploads",
    ),
    ("s3", "ListObjectVersions", "s3:ListBucketVersions"),
    ("s3", "ListObjects", "s3:ListBucket"),
    ("s3", "ListObjectsV2", "s3:ListBucket"),
    ("s3", "ListParts", "s3:ListMultipartUploadParts"),
    (
        "s3",
        "PutBucketAccelerateConfiguration",
        "s3:PutAccelerateConfiguration",
    ),
    ("s3", "PutBucketCors", "s3:PutBucketCORS"),
    ("s3", "PutBucketEncryption", "s3:PutEncryptionConfiguration"),
    ("s3", "PutBucketLifecycle", "s3:PutLifecycleConfiguration"),
    (
        "s3",
        "PutBucketLifecycleConfiguration",
        "s3:PutLifecycleConfiguration",
    ),
    (
        "s3",
        "PutBucketNotificationConfiguration",
        "s3:PutBucketNotification",
    ),
    (
        "s3",
        "PutBucketReplication",
        "s3:PutReplicationConfiguration",
    ),
    (
        "s3",
        "PutObjectLockConfiguration",
        "s3:PutBucketObjectLockConfiguration",
    ),
    (
        "s3",
        "PutPublicAccessBlock",
        "s3:PutBucketPublicAccessBlock",
    ),
    ("s3", "SelectObjectContent", "s3:GetObject"),
    ("s3", "UploadPart", "s3:PutObject"),
    ("s3", "UploadPartCopy", "s3:GetObject s3:PutObject"),
    (
        "ses",
        "SendBulkTemplatedEmail",
        "ses:SendBulkTemplatedEmail",
    ),
    ("sesv2", "SendBulkEmail", "ses:SendBulkTemplatedEmail"),
    ("sns", "PublishBatch", "sns:Publish"),
    (
        "sqs",
        "ChangeMessageVisibilityBatch",
        "sqs:ChangeMessageVisibility",
    ),
    ("sqs", "DeleteMessageBatch", "sqs:DeleteMessage"),
    ("sqs", "SendMessageBatch", "sqs:SendMessage"),
    ("sts", "GetCallerIdentity", ""),
    ("sts", "GetSessionToken", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(service: &str, operation: &str) -> Vec<String> {
        actions(service, operation)
            .into_iter()
            .map(|action| action.action)
            .collect()
    }

    #[test]
    fn exceptions_and_rules() {
        assert_eq!(of("s3", "ListBuckets"), ["s3:ListAllMyBuckets"]);
        assert_eq!(of("s3", "GetObject"), ["s3:GetObject"]);
        assert_eq!(of("lambda", "Invoke"), ["lambda:InvokeFunction"]);
        assert_eq!(
            of("stepfunctions", "StartExecution"),
            ["states:StartExecution"]
        );
        assert_eq!(of("sesv2", "SendEmail"), ["ses:SendEmail"]);
        assert_eq!(of("apigateway", "GetRestApis"), ["apigateway:GET"]);
        assert_eq!(of("apigateway", "CreateApiKey"), ["apigateway:POST"]);
        assert_eq!(
            of("secretsmanager", "GetSecretValue"),
            ["secretsmanager:GetSecretValue"]
        );
        assert_eq!(
            of("cloudwatch", "PutMetricData"),
            ["cloudwatch:PutMetricData"]
        );
        assert!(of("sts", "GetCallerIdentity").is_empty());
        assert!(
            actions("dynamodb", "GetItem")
                .iter()
                .all(|action| action.by_rule)
        );
    }

    #[test]
    fn every_exception_names_an_operation_of_the_catalogue() {
        for (service, operation, _) in EXCEPTIONS {
            let described = catalogue().service(service).unwrap();
            assert!(
                described.operation(operation).is_some(),
                "{service} {operation}"
            );
        }
    }
}
