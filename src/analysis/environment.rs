//! Environment variables: read by the code against defined by the template.

use std::collections::BTreeSet;

use super::findings::{EnvironmentFinding, PackageFinding, VariableUse};

/// Variables that Lambda sets itself, from its documentation ("Defined runtime environment
/// variables").
const SET_BY_LAMBDA: &[&str] = &[
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "LANG",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPATH",
    "TZ",
];

/// Variables read by the runtime or by a package rather than by the function's own code: a prefix
/// and, for packages, the import name that must be there.
const READ_BY_OTHERS: &[(&str, Option<&str>)] = &[
    ("AWS_", None),
    ("BOTO_", None),
    ("PYTHON", None),
    ("_", None),
    ("LD_", None),
    ("TZ", None),
    ("SSL_CERT_", None),
    ("REQUESTS_CA_BUNDLE", Some("requests")),
    ("POWERTOOLS_", Some("aws_lambda_powertools")),
    ("LOG_LEVEL", Some("aws_lambda_powertools")),
    ("DD_", Some("datadog_lambda")),
];

/// Compares what is read with what is defined. `used` holds each name once, in the order of the
/// code; `dynamic` says that some names are computed.
pub(super) fn compare(
    used: Vec<VariableUse>,
    defined: Vec<String>,
    dynamic: bool,
    packages: &[PackageFinding],
) -> EnvironmentFinding {
    let known: BTreeSet<&str> = defined.iter().map(String::as_str).collect();
    let read: BTreeSet<&str> = used.iter().map(|variable| variable.name.as_str()).collect();
    let missing = used
        .iter()
        .filter(|variable| variable.required)
        .map(|variable| variable.name.as_str())
        .filter(|name| !known.contains(name) && !SET_BY_LAMBDA.contains(name))
        .map(str::to_owned)
        .collect();
    let unused = defined
        .iter()
        .filter(|name| !dynamic && !read.contains(name.as_str()))
        .filter(|name| !read_by_others(name, packages))
        .cloned()
        .collect();
    EnvironmentFinding {
        used,
        defined,
        missing,
        unused,
        dynamic,
    }
}

fn read_by_others(name: &str, packages: &[PackageFinding]) -> bool {
    READ_BY_OTHERS.iter().any(|(prefix, package)| {
        name.starts_with(prefix)
            && package.is_none_or(|package| packages.iter().any(|found| found.import == package))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, required: bool) -> VariableUse {
        VariableUse {
            name: name.into(),
            file: "app.py".into(),
            line: 1,
            default: None,
            required,
        }
    }

    #[test]
    fn tells_missing_from_unused() {
        let used = vec![
            variable("TABLE", true),
            variable("STAGE", false),
            variable("AWS_REGION", true),
            variable("QUEUE", true),
        ];
        let defined = [
            "QUEUE",
            "OLD",
            "POWERTOOLS_SERVICE_NAME",
            "AWS_XRAY_SDK_ENABLED",
        ];
        let found = compare(used, defined.map(str::to_owned).to_vec(), false, &[]);
        assert_eq!(found.missing, ["TABLE"]);
        assert_eq!(found.unused, ["OLD", "POWERTOOLS_SERVICE_NAME"]);
    }

    #[test]
    fn calls_nothing_unused_where_names_are_computed() {
        let found = compare(Vec::new(), vec!["OLD".into()], true, &[]);
        assert!(found.unused.is_empty());
    }
}
