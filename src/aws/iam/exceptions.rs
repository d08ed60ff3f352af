use std::collections::BTreeMap;
use std::sync::LazyLock;

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
    if let Some(actions) = EXCEPTIONS.get(&(service, operation)) {
        let known = |action: &&str| IamAction {
            action: (*action).to_owned(),
            by_rule: false,
        };
        return actions.iter().map(known).collect();
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

static EXCEPTIONS: LazyLock<BTreeMap<(&str, &str), Vec<&str>>> = LazyLock::new(|| {
    let rows = include_str!("exceptions.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut words = row.split_whitespace();
        let key = (words.next()?, words.next()?);
        Some((key, words.filter(|word| *word != "-").collect()))
    })
    .collect()
});

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
        for (service, operation) in EXCEPTIONS.keys() {
            let described = catalogue().service(service).unwrap();
            assert!(
                described.operation(operation).is_some(),
                "{service} {operation}"
            );
        }
    }
}
