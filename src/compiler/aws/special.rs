//! What botocore does besides for single operations: done here, or refused.

use crate::aws::{Operation, Paginator, Service};

use super::closure;
use super::{Reason, Use};

/// What an operation's parameters go through before they are validated, as a function of the
/// support module `s3`.
pub(super) fn before(service: &Service, operation: &Operation) -> Vec<&'static str> {
    let mut steps = Vec::new();
    if service.name != "s3" {
        return steps;
    }
    match operation.name.as_str() {
        "ListObjects" | "ListObjectsV2" | "ListObjectVersions" => steps.push("url_encoded"),
        "CopyObject" | "UploadPartCopy" => steps.push("with_copy_source"),
        _ => (),
    }
    steps
}

/// What an answer goes through, as a function of the support module `s3`.
pub(super) fn after(service: &Service, operation: &Operation) -> Option<&'static str> {
    match operation.name.as_str() {
        _ if service.name != "s3" => None,
        "ListObjects" | "ListObjectsV2" | "ListObjectVersions" => Some("url_decoded"),
        _ => None,
    }
}

/// The first names of a path in a paginator, such as `Contents` of `Contents[-1].Key`.
pub(super) fn heads(path: &str) -> Vec<String> {
    let alternatives = path.split("||").map(str::trim);
    let head = |it: &str| it.split(['.', '[']).next().unwrap_or(it).trim().to_owned();
    alternatives.map(head).collect()
}

/// Refuses paths that the paginator of the support modules does not know.
pub(super) fn refuse_pages(paginator: &Paginator) -> Result<(), Reason> {
    let paths = paginator
        .output_tokens
        .iter()
        .chain(&paginator.more_results);
    let mut paths = paths.chain(&paginator.result_keys);
    let plain = |path: &String| {
        let path = path.replace("||", "").replace("[-1]", "");
        path.chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | ' ' | '_'))
    };
    if paths.all(plain) {
        Ok(())
    } else {
        Err(Reason(format!(
            "the pages of `{}` follow from an expression",
            paginator.operation
        )))
    }
}

/// Operations whose parameters or answers botocore changes in a way of their own.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "autoscaling",
        "CreateLaunchConfiguration",
        "encodes its user data",
    ),
    ("cloudsearchdomain", "Search", "changes its method"),
    ("ec2", "CopySnapshot", "signs a URL within it"),
    ("ec2", "GetConsoleOutput", "decodes its output"),
    ("ec2", "RunInstances", "encodes its user data"),
    ("machinelearning", "Predict", "sends it to another host"),
    ("rds", "CopyDBClusterSnapshot", "signs a URL within it"),
    ("rds", "CopyDBSnapshot", "signs a URL within it"),
    ("rds", "CreateDBCluster", "signs a URL within it"),
    (
        "rds",
        "CreateDBInstanceReadReplica",
        "signs a URL within it",
    ),
    (
        "rds",
        "StartDBInstanceAutomatedBackupsReplication",
        "signs a URL within it",
    ),
    ("s3", "SelectObjectContent", "gives a stream of events"),
];

/// Refuses what botocore does besides and the wrappers do not.
pub(super) fn refuse(service: &Service, operation: &Operation, use_: &Use) -> Result<(), Reason> {
    let name = operation.name.as_str();
    let found = REFUSED
        .iter()
        .find(|(of, it, _)| *of == service.name && *it == name);
    if let Some((_, _, why)) = found {
        return Err(Reason(format!("`{name}`: botocore {why}")));
    }
    const OLD: [&str; 4] = [
        "GetBucketLifecycle",
        "GetBucketNotification",
        "PutBucketLifecycle",
        "PutBucketNotification",
    ];
    if service.name == "s3" && OLD.contains(&name) {
        return Err(Reason(format!(
            "the SDK has no `{name}`, which is long deprecated"
        )));
    }
    if service.name == "glacier" {
        return Err(Reason("botocore computes checksums for Glacier".to_owned()));
    }
    if use_.resource && service.name != "dynamodb" {
        return Err(Reason(format!(
            "the resource of {} has no wrapper",
            service.name
        )));
    }
    let gives = |member: &str| {
        use_.members
            .as_ref()
            .is_some_and(|it| it.iter().any(|it| it == member))
    };
    if service.name == "s3" && (gives("SSECustomerKey") || gives("CopySourceSSECustomerKey")) {
        return Err(Reason(
            "botocore adds the digest of a customer's key".to_owned(),
        ));
    }
    let reads = |member: &str| use_.read.as_ref().is_none_or(|read| read.contains(member));
    if service.name == "cloudformation" && name == "GetTemplate" && reads("TemplateBody") {
        return Err(Reason(
            "botocore reads a template where it is JSON".to_owned(),
        ));
    }
    if service.name == "iam" && reads_policies(service, operation, use_) {
        return Err(Reason(
            "botocore decodes the policies in IAM's answers".to_owned(),
        ));
    }
    Ok(())
}

fn reads_policies(service: &Service, operation: &Operation, use_: &Use) -> bool {
    let output = operation
        .output
        .as_deref()
        .and_then(|name| service.shape(name));
    let read = output.map(|shape| closure::read(shape, use_.read.as_ref()));
    let top: Vec<&str> = read
        .into_iter()
        .flatten()
        .map(|member| member.shape.as_str())
        .collect();
    let policy = |name: &str| name == "policyDocumentType";
    top.iter().any(|name| policy(name))
        || closure::reached(service, top).iter().any(|name| {
            let shape = service.shape(name);
            let members = shape.into_iter().flat_map(|shape| &shape.members);
            members.into_iter().any(|member| policy(&member.shape))
        })
}
