//! Packages from outside: which a function imports, what they weigh, and which have a counterpart
//! in Rust.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::findings::PackageFinding;
use crate::python::{ImportKind, ModuleGraph};

/// Whether a package, by its top-level import name, has a counterpart in Rust that a rewritten
/// function can use: an AWS SDK, a crate that does the same, or code that needs none.
pub(super) fn has_counterpart(import: &str) -> bool {
    const KNOWN: &[&str] = &[
        "aioboto3",
        "aiobotocore",
        "aiohttp",
        "aws_embedded_metrics",
        "aws_lambda_powertools",
        "aws_requests_auth",
        "aws_xray_sdk",
        "boto3",
        "botocore",
        "cfnresponse",
        "crhelper",
        "dateutil",
        "httpx",
        "jose",
        "jsonschema",
        "jwt",
        "mypy_boto3_dynamodb",
        "orjson",
        "pydantic",
        "pytz",
        "requests",
        "requests_aws4auth",
        "s3transfer",
        "simplejson",
        "typing_extensions",
        "ujson",
        "urllib3",
        "yaml",
    ];
    KNOWN.contains(&import) || import.starts_with("mypy_boto3") || import.starts_with("types_boto3")
}

/// Packages from outside that a function's modules import, by their top-level import name.
pub(super) fn used(graph: &ModuleGraph) -> Vec<PackageFinding> {
    let mut found: BTreeMap<&str, bool> = BTreeMap::new();
    for import in &graph.imports {
        if matches!(import.kind, ImportKind::Runtime | ImportKind::ThirdParty) {
            *found.entry(&import.package).or_default() |= import.at_import;
        }
    }
    found
        .into_iter()
        .map(|(import, at_import)| described(import, at_import))
        .collect()
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    serde_json::from_str(include_str!("packages/weights.json")).unwrap_or_default()
});

/// What `packages/measure.py` measured.
#[derive(Default, Deserialize)]
struct Weights {
    packages: Vec<Weight>,
}

#[derive(Deserialize)]
struct Weight {
    package: String,
    imports: Vec<String>,
    version: String,
    bytes: u64,
    import_ms: f64,
}

fn described(import: &str, at_import: bool) -> PackageFinding {
    let weight = WEIGHTS
        .packages
        .iter()
        .find(|weight| weight.imports.iter().any(|name| name == import));
    PackageFinding {
        import: import.to_owned(),
        package: weight.map(|weight| weight.package.clone()),
        at_import,
        bytes: weight.map(|weight| weight.bytes),
        import_ms: weight.map(|weight| weight.import_ms),
        version: weight.map(|weight| weight.version.clone()),
    }
}
