//! Which AWS operations the utilities of Powertools call, by the dotted name of what is called.
//!
//! Parameters, idempotency and feature flags call AWS; the batch processors, logger, tracer and
//! metrics do not.

use crate::python::Via;

/// How a utility calls: a persistence layer only when the function that it guards is called.
pub(super) fn via(path: &str) -> Via {
    if path.starts_with("idempotency.") {
        Via::Persistence
    } else {
        Via::Powertools
    }
}

/// The operations, each as service and name, that calling `path` leads to. `path` starts below
/// `aws_lambda_powertools.utilities.`.
pub(super) fn operations(path: &str) -> &'static [(&'static str, &'static str)] {
    let Some((utility, rest)) = path.split_once('.') else {
        return &[];
    };
    // A class may be imported from the utility or from one of its modules.
    let called = match rest.split_once("()") {
        Some((class, method)) => {
            let class = class.rsplit('.').next().unwrap_or(class);
            (class, method.trim_start_matches('.'))
        }
        None => (rest.rsplit('.').next().unwrap_or(rest), ""),
    };
    match utility {
        "parameters" => parameters(called),
        "idempotency" => match called {
            ("DynamoDBPersistenceLayer", "") => &[
                ("dynamodb", "PutItem"),
                ("dynamodb", "GetItem"),
                ("dynamodb", "UpdateItem"),
                ("dynamodb", "DeleteItem"),
            ],
            _ => &[],
        },
        "feature_flags" => match called {
            ("FeatureFlags", "evaluate" | "get_enabled_features" | "get_configuration") => {
                APP_CONFIG
            }
            _ => &[],
        },
        _ => &[],
    }
}

const APP_CONFIG: &[(&str, &str)] = &[
    ("appconfigdata", "StartConfigurationSession"),
    ("appconfigdata", "GetLatestConfiguration"),
];

fn parameters(called: (&str, &str)) -> &'static [(&'static str, &'static str)] {
    match called {
        ("get_parameter", "") | ("SSMProvider", "get") => &[("ssm", "GetParameter")],
        ("get_parameters", "") | ("SSMProvider", "get_multiple") => {
            &[("ssm", "GetParametersByPath")]
        }
        ("get_parameters_by_name", "") | ("SSMProvider", "get_parameters_by_name") => {
            &[("ssm", "GetParameters")]
        }
        ("set_parameter", "") | ("SSMProvider", "set") => &[("ssm", "PutParameter")],
        ("get_secret", "") | ("SecretsProvider", "get") => &[("secretsmanager", "GetSecretValue")],
        ("set_secret", "") | ("SecretsProvider", "set") => &[
            ("secretsmanager", "PutSecretValue"),
            ("secretsmanager", "CreateSecret"),
        ],
        ("get_app_config", "") | ("AppConfigProvider", "get") => APP_CONFIG,
        ("DynamoDBProvider", "get") => &[("dynamodb", "GetItem")],
        ("DynamoDBProvider", "get_multiple") => &[("dynamodb", "Query")],
        _ => &[],
    }
}
