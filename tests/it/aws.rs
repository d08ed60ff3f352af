//! The catalogue against botocore, and the SDK's names against the published crates.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gammaray_migrate::aws::{self, Service, names};

use crate::common::skipped;

/// Published crates that the rules are held against.
const CRATES: &[(&str, &str)] = &[
    ("apigateway", "1.125.0"),
    ("athena", "1.128.0"),
    ("cloudformation", "1.136.0"),
    ("cloudwatch", "1.140.0"),
    ("logs", "1.162.0"),
    ("codepipeline", "1.131.0"),
    ("cognito-idp", "1.144.0"),
    ("config", "1.131.0"),
    ("dynamodb", "1.136.0"),
    ("events", "1.127.0"),
    ("firehose", "1.128.0"),
    ("glue", "1.184.0"),
    ("iam", "1.133.0"),
    ("kinesis", "1.130.0"),
    ("kms", "1.129.0"),
    ("lambda", "1.156.0"),
    ("rekognition", "1.123.0"),
    ("s3", "1.157.0"),
    ("secretsmanager", "1.125.0"),
    ("ses", "1.123.0"),
    ("sesv2", "1.145.0"),
    ("stepfunctions", "1.125.0"),
    ("sns", "1.121.0"),
    ("sqs", "1.119.0"),
    ("ssm", "1.133.0"),
    ("sts", "1.124.0"),
];

/// Operations of botocore that these versions of the crates do not have: S3's four were replaced by
/// their `Configuration` forms, the others are newer than the crates.
const NOT_IN_CRATE: &[(&str, &str)] = &[
    ("cloudformation", "RemoveAlias"),
    ("cloudformation", "SetAlias"),
    ("cloudwatch", "DeleteMetricDataQueryDefinition"),
    ("cloudwatch", "GetMetricDataQueryDefinition"),
    ("cloudwatch", "ListMetricDataQueryDefinitions"),
    ("cloudwatch", "PutMetricDataQueryDefinition"),
    ("cognito-idp", "AdminListUserSessions"),
    ("cognito-idp", "AdminRevokeUserSession"),
    ("cognito-idp", "GetDerivedToken"),
    ("cognito-idp", "GetUserPoolClientSessionConfiguration"),
    ("cognito-idp", "GetUserPoolSessionConfiguration"),
    ("cognito-idp", "ListUserSessions"),
    ("cognito-idp", "RevokeUserSession"),
    ("cognito-idp", "SetUserPoolClientSessionConfiguration"),
    ("cognito-idp", "SetUserPoolSessionConfiguration"),
    ("dynamodb", "CancelBulkOperation"),
    ("dynamodb", "DescribeBulkOperation"),
    ("dynamodb", "ListBulkOperations"),
    ("dynamodb", "StartBulkPutItems"),
    ("glue", "CreateDataQualityEvaluationConfig"),
    ("glue", "DeleteDataQualityEvaluationConfig"),
    ("glue", "GetDataQualityEvaluationConfig"),
    ("glue", "ListDataQualityEvaluationConfigs"),
    ("glue", "UpdateDataQualityEvaluationConfig"),
    ("kinesis", "AcknowledgeDeadLetterQueueRecords"),
    ("kinesis", "AcknowledgeQueueRecords"),
    ("kinesis", "CreateQueue"),
    ("kinesis", "DeleteQueue"),
    ("kinesis", "DescribeQueue"),
    ("kinesis", "ListQueues"),
    ("kinesis", "ReceiveDeadLetterQueueRecords"),
    ("kinesis", "ReceiveQueueRecords"),
    ("kinesis", "RestoreDeadLetterQueueRecords"),
    ("kinesis", "UpdateDeadLetterQueueRecordsVisibility"),
    ("kinesis", "UpdateQueue"),
    ("kinesis", "UpdateQueueRecordsVisibility"),
    ("lambda", "DeleteDurableExecution"),
    ("lambda", "PauseDurableExecution"),
    ("lambda", "ResumeDurableExecution"),
    ("s3", "GetBucketLifecycle"),
    ("s3", "GetBucketNotification"),
    ("s3", "PutBucketLifecycle"),
    ("s3", "PutBucketNotification"),
    ("secretsmanager", "AssociateCrossAccountReplica"),
    ("secretsmanager", "DisassociateCrossAccountReplica"),
    ("secretsmanager", "ListResourcePolicies"),
    ("ssm", "DeregisterDefaultHostManagementConfiguration"),
    ("ssm", "RegisterDefaultHostManagementConfiguration"),
];

/// How many names were looked for, and which were not there.
#[derive(Default)]
struct Tally {
    asked: usize,
    missing: Vec<String>,
}

impl Tally {
    fn note(&mut self, found: bool, name: impl FnOnce() -> String) {
        self.asked += 1;
        if !found {
            self.missing.push(name());
        }
    }

    fn share(&self) -> f64 {
        100.0 * (self.asked - self.missing.len()) as f64 / self.asked.max(1) as f64
    }
}

/// A crate's sources in cargo's own store, fetched where they are missing.
fn sources() -> Option<BTreeMap<&'static str, PathBuf>> {
    let scratch = tempfile::tempdir().ok()?;
    let catalogue = aws::catalogue();
    let mut manifest = String::from(
        "[package]\nname = \"names\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n",
    );
    for (service, version) in CRATES {
        let name = names::crate_name(catalogue.service(service)?);
        manifest += &format!("{name} = {{ version = \"={version}\", default-features = false }}\n");
    }
    fs::create_dir(scratch.path().join("src")).ok()?;
    fs::write(scratch.path().join("src/lib.rs"), "").ok()?;
    fs::write(scratch.path().join("Cargo.toml"), manifest).ok()?;
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .current_dir(scratch.path())
        .output()
        .ok()?;
    if !metadata.status.success() {
        return None;
    }
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).ok()?;
    let folder_of = |name: &str| {
        let packages = metadata["packages"].as_array()?.iter();
        let package = packages
            .into_iter()
            .find(|package| package["name"] == name)?;
        Some(
            Path::new(package["manifest_path"].as_str()?)
                .parent()?
                .to_owned(),
        )
    };
    CRATES
        .iter()
        .map(|(service, _)| {
            let name = names::crate_name(catalogue.service(service)?);
            Some((*service, folder_of(&name)?))
        })
        .collect()
}

/// The names behind `pub fn ` in a file.
fn functions(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix("pub fn "))
        .filter_map(|rest| rest.split(['(', '<']).next())
        .map(str::to_owned)
        .collect()
}

/// The distinct lines of a folder's files, trimmed.
fn lines(folder: &Path) -> HashSet<String> {
    let files = fs::read_dir(folder).unwrap();
    let texts = files.filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok());
    texts
        .flat_map(|text| {
            text.lines()
                .map(|line| line.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn members<'a>(service: &'a Service, shape: Option<&String>) -> Vec<&'a str> {
    let shape = shape.and_then(|shape| service.shape(shape));
    shape
        .map(|shape| shape.members.iter().map(|m| m.name.as_str()).collect())
        .unwrap_or_default()
}

#[test]
fn sdk_names_agree_with_the_published_crates() {
    let Some(sources) = sources() else {
        return skipped(
            "sdk_names_agree_with_the_published_crates",
            "the crates cannot be fetched",
        );
    };
    let [
        mut operations,
        mut inputs,
        mut outputs,
        mut enums,
        mut errors,
    ] = std::array::from_fn(|_| Tally::default());
    for (name, folder) in &sources {
        let service = aws::catalogue().service(name).unwrap();
        for operation in service.operations() {
            let method = names::method(&operation.name);
            let module = method.trim_start_matches("r#");
            let folder = folder.join("src/operation").join(module);
            if NOT_IN_CRATE.contains(&(*name, operation.name.as_str())) {
                assert!(
                    !folder.is_dir(),
                    "{name} {} is in the crate by now",
                    operation.name
                );
                continue;
            }
            operations.note(folder.is_dir(), || {
                format!("{name} {} {method}", operation.name)
            });
            if !folder.is_dir() {
                continue;
            }
            let setters = functions(&folder.join("builders.rs"));
            for member in members(service, operation.input.as_ref()) {
                let setter = names::member(member);
                let found = setters.contains(&setter);
                inputs.note(found, || {
                    format!("{name} {} {member} {setter}", operation.name)
                });
            }
            let getters = functions(&folder.join(format!("_{module}_output.rs")));
            let text = fs::read_to_string(folder.join(format!("_{module}_output.rs")));
            let text = text.unwrap_or_default();
            for member in members(service, operation.output.as_ref()) {
                let getter = names::member(member);
                let found = getters.contains(&getter) || text.contains(&format!("pub {getter}:"));
                outputs.note(found, || {
                    format!("{name} {} {member} {getter}", operation.name)
                });
            }
        }
        let mut types = lines(&folder.join("src/types"));
        types.extend(lines(&folder.join("src/types/error")));
        for (shape, described) in service.shapes() {
            let name_in_crate = names::type_name(shape);
            if !described.values.is_empty() {
                let found = types.contains(&format!("pub enum {name_in_crate} {{"));
                enums.note(found, || format!("{name} {shape} {name_in_crate}"));
            } else if described.kind == "structure" && described.exception {
                let error = names::type_name(shape);
                let found = types.contains(&format!("pub struct {error} {{"));
                errors.note(found, || format!("{name} {shape} {error}"));
            }
        }
    }
    println!("operations not in the crates: {}", NOT_IN_CRATE.len());
    for (what, tally, least) in [
        ("operations", &operations, 100.0),
        ("input members", &inputs, 99.7),
        ("output members", &outputs, 99.4),
        ("enums", &enums, 97.2),
        ("errors", &errors, 99.0),
    ] {
        println!(
            "{what}: {} of {} ({:.2} %)",
            tally.asked - tally.missing.len(),
            tally.asked,
            tally.share()
        );
        for missing in tally.missing.iter().take(60) {
            println!("    {missing}");
        }
        assert!(tally.asked > 500, "{what}: only {} asked", tally.asked);
        assert!(tally.share() >= least, "{what}: {:.2} %", tally.share());
    }
}

#[test]
fn every_service_of_the_catalogue_unpacks_and_refers_to_what_it_holds() {
    let catalogue = aws::catalogue();
    let (mut services, mut operations) = (0, 0);
    for name in catalogue.service_names() {
        let service = catalogue
            .service(name)
            .unwrap_or_else(|| panic!("{name} does not unpack"));
        services += 1;
        operations += service.operations().len();
        assert!(!service.operations().is_empty(), "{name} has no operation");
        for operation in service.operations() {
            for shape in operation
                .input
                .iter()
                .chain(&operation.output)
                .chain(&operation.errors)
            {
                assert!(
                    service.shape(shape).is_some(),
                    "{name} {}: {shape}",
                    operation.name
                );
            }
            let found = service.operation_by_method(&operation.method).unwrap();
            assert_eq!(found.name, operation.name, "{name}");
            assert!(service.operation(&operation.name).is_some());
        }
        for waiter in service.waiters() {
            assert!(
                service.operation(&waiter.operation).is_some(),
                "{name} {}",
                waiter.name
            );
        }
        for shape in service.shapes().values() {
            let references = shape.member.iter().chain(&shape.key).chain(&shape.value);
            let named = shape.members.iter().map(|member| &member.shape);
            for other in references.map(|reference| &reference.shape).chain(named) {
                assert!(service.shape(other).is_some(), "{name}: {other}");
            }
        }
    }
    println!("{services} services, {operations} operations");
    assert!(
        services >= 436 && operations >= 19_542,
        "{services} {operations}"
    );
}

#[test]
fn boto3_resources_lead_to_operations() {
    let dynamodb = aws::catalogue().service("dynamodb").unwrap();
    let resources = dynamodb.resources().unwrap();
    assert_eq!(resources.service.has["Table"], "Table");
    let table = &resources.types["Table"];
    assert_eq!(table.actions["get_item"].operation, "GetItem");
    assert_eq!(table.load.as_deref(), Some("DescribeTable"));
    let bucket = &aws::catalogue()
        .service("s3")
        .unwrap()
        .resources()
        .unwrap()
        .types["Bucket"];
    assert_eq!(bucket.collections["objects"].operation, "ListObjects");
    assert_eq!(bucket.waiters["wait_until_exists"], "BucketExists");
    assert_eq!(dynamodb.paginator("scan").unwrap().operation, "Scan");
    assert!(dynamodb.paginator("get_item").is_none());
    assert!(aws::catalogue().service("no-such-service").is_none());
}
