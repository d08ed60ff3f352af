//! The wrappers of AWS operations: a generated crate asks moto and gives what boto3 gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gammaray_migrate::compiler::aws::{Use, Wrapper, Wrappers};
use gammaray_migrate::lambda::standin::Server;
use serde_json::Value;

use crate::common::{copy, skipped, tool, tools};

type Calls = Vec<(String, String, Value)>;
type Answers = Vec<Vec<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture() -> PathBuf {
    root().join("tests/fixtures/aws_wrappers")
}

/// The Python that Lambda has, with boto3.
fn python() -> Option<PathBuf> {
    let python = tools().join("runtimes/3.11/bin/python");
    python.is_file().then_some(python)
}

fn calls(python: &Path) -> Calls {
    let output = Command::new(python)
        .arg(fixture().join("calls.py"))
        .arg("--json")
        .output()
        .expect("Python");
    serde_json::from_slice(&output.stdout).expect("the calls")
}

/// What a program gives for calls that it reads, at an endpoint.
fn answers(command: &mut Command, endpoint: &str, calls: &[(String, String, Value)]) -> Answers {
    command
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_DEFAULT_REGION", "eu-central-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_MAX_ATTEMPTS", "2")
        .env("HOME", "/nonexistent")
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    let input = serde_json::to_vec(calls).expect("JSON");
    let mut pipe = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut pipe, &input).expect("written");
    drop(pipe);
    let output = child.wait_with_output().expect("an end");
    serde_json::from_slice(&output.stdout).expect("answers")
}

fn boto3(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg(fixture().join("calls.py")).arg("--given");
    command
}

fn with_credentials(mut command: Command) -> Command {
    command
        .env("AWS_ACCESS_KEY_ID", "testing")
        .env("AWS_SECRET_ACCESS_KEY", "testing");
    command
}

/// Compares and prints; how many differ.
fn differences(calls: &[(String, String, Value)], expected: &Answers, found: &Answers) -> usize {
    assert_eq!(expected.len(), found.len());
    let mut different = 0;
    for (call, (expected, found)) in calls.iter().zip(expected.iter().zip(found)) {
        let settle = |lines: &Vec<String>| lines.iter().map(|it| settled(it)).collect::<Vec<_>>();
        let (expected, found) = (settle(expected), settle(found));
        if expected != found {
            different += 1;
            println!(
                "{} {}\n  boto3 {expected:#?}\n  ours  {found:#?}",
                call.0, call.1
            );
        }
    }
    different
}

/// Builds the program of all calls.
fn program(calls: &Calls) -> PathBuf {
    let kept = std::env::var_os("GAMMARAY_KEEP").map(PathBuf::from);
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = kept.as_deref().unwrap_or(temporary.path());
    write(folder, calls);
    let output = cargo(folder, &["build"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    target().join("debug/gammaray-test-aws-wrappers")
}

fn target() -> PathBuf {
    std::env::var_os("GAMMARAY_TARGET")
        .map_or_else(|| tools().with_file_name("target"), PathBuf::from)
}

/// Writes the crate of all calls' wrappers into a folder.
fn write(folder: &Path, calls: &Calls) {
    let mut wrappers = Wrappers::default();
    let mut arms: BTreeMap<(String, String), (Wrapper, bool)> = BTreeMap::new();
    for (service, method, _) in calls {
        let (kind, name) = method.split_once(':').unwrap_or(("", method));
        let same = calls
            .iter()
            .filter(|it| it.0 == *service && it.1 == *method);
        let inputs = same.filter_map(|it| it.2.as_object());
        let members: BTreeSet<String> = inputs.flat_map(|it| it.keys().cloned()).collect();
        let use_ = Use {
            members: Some(members.into_iter().collect()),
            resource: kind == "resource",
            ..Use::default()
        };
        if kind == "batch" {
            let wrapper = wrappers.batch_writer(name).expect("a writer");
            arms.insert((service.clone(), method.clone()), (wrapper, false));
            continue;
        }
        let wrapper = if kind == "pages" {
            wrappers.pages(service, name, use_)
        } else {
            wrappers.operation(service, name, use_)
        };
        let wrapper = wrapper.expect("a wrapper");
        let arm = (service.clone(), method.clone());
        arms.insert(arm, (wrapper, kind == "pages"));
    }
    lay_out(folder, wrappers);
    let source = folder.join("src");
    std::fs::copy(fixture().join("main.rs"), source.join("main.rs")).expect("a copy");
    std::fs::write(source.join("dispatch.rs"), dispatch(&arms)).expect("written");
}

/// Puts the support modules and what the wrappers emit into a crate's folder.
fn lay_out(folder: &Path, wrappers: Wrappers) {
    let source = folder.join("src");
    std::fs::create_dir_all(source.join("aws")).expect("a folder");
    copy(&root().join("templates/support/src"), &source);
    std::fs::remove_file(source.join("lib.rs")).expect("no library");
    let crates = wrappers.crates();
    for file in wrappers.emit() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, file.source).expect("written");
    }
    std::fs::write(folder.join("Cargo.toml"), manifest(&crates)).expect("written");
}

fn manifest(crates: &[String]) -> String {
    let support = root().join("templates/support/Cargo.toml");
    let support = std::fs::read_to_string(support).expect("a manifest");
    let mut manifest: toml_edit::DocumentMut = support.parse().expect("TOML");
    manifest["package"]["name"] = toml_edit::value("gammaray-test-aws-wrappers");
    let mut sdk = String::new();
    let features = r#"features = ["behavior-version-latest", "default-https-client", "rt-tokio"]"#;
    let names = crates.iter().map(String::as_str).chain(["aws-config"]);
    for name in names {
        let line = format!("{name} = {{ version = \"1\", default-features = false, {features} }}");
        writeln!(sdk, "{line}").expect("a line");
    }
    sdk.push_str(
        "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }\n",
    );
    let sdk: toml_edit::DocumentMut = sdk.parse().expect("TOML");
    for (name, value) in sdk.iter() {
        manifest["dependencies"][name] = value.clone();
    }
    manifest["profile"]["dev"]["debug"] = toml_edit::value(false);
    manifest.to_string()
}

/// A module that finds the wrapper of a call.
fn dispatch(arms: &BTreeMap<(String, String), (Wrapper, bool)>) -> String {
    let modules: BTreeMap<&str, ()> = arms.values().map(|(it, _)| (&*it.module, ())).collect();
    let mut text = String::from(
        "use crate::aws;\nuse crate::python::botocore_client::ClientOptions;\n\
         use crate::python::dict::Dict;\nuse crate::python::error::Result;\n\
         pub struct Clients {\n",
    );
    for module in modules.keys() {
        let name = if *module == "lambda" {
            "lambda"
        } else {
            module
        };
        writeln!(text, "    {name}: ClientOf{},", upper(module)).expect("a line");
    }
    text.push_str("}\n");
    for module in modules.keys() {
        writeln!(
            text,
            "type ClientOf{} = aws::{module}::SdkClient;",
            upper(module)
        )
        .expect("a line");
    }
    text.push_str("impl Clients {\n    pub async fn new() -> Self {\n        let config = aws::config().await;\n        Self {\n");
    for module in modules.keys() {
        writeln!(text, "            {module}: aws::{module}::client(&config, ClientOptions::default()).unwrap(),").expect("a line");
    }
    text.push_str("        }\n    }\n    pub async fn call(&self, service: &str, method: &str, input: &Dict) -> Result<Vec<Dict>> {\n        match (service, method) {\n");
    for ((service, method), (wrapper, pages)) in arms {
        let (module, function) = (&wrapper.module, &wrapper.function);
        let body = if *pages {
            format!(
                "{{ let mut pages = aws::{module}::{function}(&self.{module}, input)?; let mut all = Vec::new(); while let Some(page) = pages.next().await? {{ all.push(page); }} Ok(all) }}"
            )
        } else if function == "batch_writer" {
            "{ let batch = aws::dynamodb::batch_writer(&self.dynamodb, &input.member(\"table\")?.to_string(), &[\"id\".into()]); for item in input.member(\"items\")?.iterate()? { batch.put_item(&item).await?; } batch.close().await?; Ok(Vec::new()) }".to_owned()
        } else {
            format!("Ok(vec![aws::{module}::{function}(&self.{module}, input).await?])")
        };
        writeln!(text, "            (\"{service}\", \"{method}\") => {body},").expect("a line");
    }
    text.push_str("            _ => panic!(),\n        }\n    }\n}\n");
    text.replace("SdkClient", "Client")
}

fn upper(name: &str) -> String {
    name.replace('_', "").to_uppercase()
}

fn cargo(folder: &Path, arguments: &[&str]) -> std::process::Output {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .arg("--offline")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo")
}

/// Keys whose values change from run to run.
const CHANGING: &[&str] = &[
    "RequestId",
    "x-amzn-requestid",
    "x-amz-request-id",
    "date",
    "Date",
    "x-amz-crc32",
    "MessageId",
    "ReceiptHandle",
    "SentTimestamp",
    "ApproximateFirstReceiveTimestamp",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "VersionId",
    "ARN",
    "EventId",
    "Id",
    "Arn",
    "last-modified",
    "HostId",
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "AssumedRoleId",
    "UserId",
    "nextToken",
    "executionArn",
    "content-length",
    "Content-Length",
    "NextContinuationToken",
    "ContinuationToken",
    "x-amz-id-2",
];

/// A text without what changes from run to run.
fn settled(text: &str) -> String {
    let mut text = text.to_owned();
    for key in CHANGING {
        for quote in ["'", "\""] {
            text = masked(&text, &format!("'{key}': {quote}"), quote);
        }
    }
    masked(&text, "datetime.datetime(", "))")
}

/// A text with all that lies between a beginning and the next end left out.
fn masked(text: &str, beginning: &str, end: &str) -> String {
    let mut parts = text.split(beginning);
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        masked.push_str(beginning);
        masked.push_str(part.find(end).map_or(part, |at| &part[at..]));
    }
    masked
}

#[tokio::test]
#[ignore = "builds a dozen AWS SDKs, which takes many minutes"]
async fn wrappers_give_what_boto3_gives() {
    let test = "wrappers_give_what_boto3_gives";
    let (Some(python), Some(moto)) = (python(), tool("moto_server")) else {
        return skipped(test, "Python 3.11 or moto_server is missing; run .ci/setup");
    };
    let calls = calls(&python);
    let program = program(&calls);
    let server = Server::start(&moto).await.expect("a server");
    let endpoint = format!("http://{}", server.address());
    let expected = answers(&mut with_credentials(boto3(&python)), &endpoint, &calls);
    server.reset().await.expect("reset");
    let found = answers(
        &mut with_credentials(Command::new(&program)),
        &endpoint,
        &calls,
    );
    let different = differences(&calls, &expected, &found);
    assert_eq!(different, 0, "of {} calls", calls.len());

    // One call of each protocol, at a server that fails, at none, and without credentials.
    let tried = [
        "get_item",
        "get_object",
        "get_queue_url",
        "invoke",
        "get_caller_identity",
    ];
    let mut some: Calls = Vec::new();
    for name in tried {
        some.extend(calls.iter().find(|call| call.1 == name).cloned());
    }
    let mut different = 0;
    for way in ["close", "500", "502", "503"] {
        let fault = Fault::start(&python, way);
        // What is no XML is said in other words.
        let of_way = |call: &&(String, String, Value)| way != "500" || call.0 != "sts";
        let some: Calls = some.iter().filter(of_way).cloned().collect();
        let expected = answers(
            &mut with_credentials(boto3(&python)),
            &fault.endpoint,
            &some,
        );
        let program = Command::new(&program);
        let found = answers(&mut with_credentials(program), &fault.endpoint, &some);
        different += differences(&some, &expected, &found);
    }
    let nowhere = "http://127.0.0.1:9";
    let expected = answers(&mut with_credentials(boto3(&python)), nowhere, &some);
    let found = answers(
        &mut with_credentials(Command::new(&program)),
        nowhere,
        &some,
    );
    different += differences(&some, &expected, &found);
    let mut unknown = [boto3(&python), Command::new(&program)].map(|mut command| {
        command.env_remove("AWS_ACCESS_KEY_ID");
        answers(&mut command, nowhere, &some)
    });
    let found = std::mem::take(&mut unknown[1]);
    different += differences(&some, &unknown[0], &found);
    assert_eq!(different, 0, "failures");
}

/// A server that fails.
struct Fault {
    endpoint: String,
    child: std::process::Child,
}

impl Fault {
    fn start(python: &Path, way: &str) -> Self {
        let mut child = Command::new(python)
            .arg(fixture().join("faults.py"))
            .arg(way)
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python");
        let mut line = String::new();
        let pipe = child.stdout.take().expect("a pipe");
        BufReader::new(pipe).read_line(&mut line).expect("a port");
        let endpoint = format!("http://127.0.0.1:{}", line.trim());
        Self { endpoint, child }
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Services whose SDKs the other test builds too.
const SERVICES: &[&str] = &[
    "cognito-idp",
    "dynamodb",
    "events",
    "lambda",
    "s3",
    "secretsmanager",
    "ses",
    "sns",
    "sqs",
    "ssm",
    "stepfunctions",
    "sts",
];

#[test]
#[ignore = "builds a dozen AWS SDKs, which takes many minutes"]
fn nearly_every_operation_compiles() {
    let mut wrappers = Wrappers::default();
    let (mut wrapped, mut refused) = (0, 0);
    for name in SERVICES {
        let service = gammaray_migrate::aws::catalogue()
            .service(name)
            .expect("a service");
        for operation in service.operations() {
            match wrappers.operation(name, &operation.method, Use::default()) {
                Ok(_) => wrapped += 1,
                Err(reason) => {
                    refused += 1;
                    println!("{name} {}: {reason}", operation.name);
                }
            }
            if service.paginator(&operation.method).is_some() {
                let _ = wrappers.pages(name, &operation.method, Use::default());
            }
        }
    }
    println!("{wrapped} wrapped, {refused} refused");
    let temporary = tempfile::tempdir().expect("a folder");
    let kept = std::env::var_os("GAMMARAY_KEEP").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(temporary.path());
    lay_out(folder, wrappers);
    let main = "mod aws;\nmod python;\nfn main() {}\n";
    std::fs::write(folder.join("src/main.rs"), main).expect("written");
    let output = cargo(folder, &["check"]);
    // botocore knows what an SDK of these days may not know yet, so names may be missing.
    let said = String::from_utf8_lossy(&output.stderr);
    let missing = [
        "no method named `",
        "cannot find",
        "no variant or",
        "could not compile",
    ];
    let errors = said.lines().filter(|line| line.starts_with("error"));
    let (lags, errors): (Vec<&str>, Vec<&str>) =
        errors.partition(|line| missing.iter().any(|it| line.contains(it)));
    println!("{} names are missing in the SDKs", lags.len());
    assert_eq!(errors, Vec::<&str>::new(), "{said}");
    assert!(lags.len() < wrapped / 10, "{said}");
}
