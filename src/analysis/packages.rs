//! What is known of packages: which have a counterpart in Rust.

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
