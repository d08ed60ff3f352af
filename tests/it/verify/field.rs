//! What real projects do that made `verify` say too much or nothing: small projects modelled on
//! them, each compared with itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{skipped, tool};

/// A project of these files, or nothing where a tool is missing.
fn project(test: &str, files: &[(&str, &str)]) -> Option<TempDir> {
    if tool("moto_server").is_none() || gammaray_migrate::tools::runtime(None).is_err() {
        skipped(test, "moto or a runtime is missing; run .ci/setup");
        return None;
    }
    let project = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Some(project)
}

fn verify(project: &Path, arguments: &str) -> Value {
    let temporary = tempfile::tempdir().unwrap();
    let output = Command::new(cargo_bin("gammaray-migrate"))
        .arg("verify")
        .args(arguments.split(' '))
        .args(["--format", "json"])
        .current_dir(project)
        .env("TMPDIR", temporary.path())
        .output()
        .unwrap();
    let left = fs::read_dir(temporary.path()).unwrap();
    let left: Vec<PathBuf> = left.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, Vec::<PathBuf>::new(), "left behind");
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"))
}

/// An inline function, its lines indented by eight.
fn inline(id: &str, code: &str) -> String {
    format!(
        "\
Transform: AWS::Serverless-2016-10-31
Resources:
  {id}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |{code}"
    )
}

const SETUP: &str = "
        import cfnresponse

        def handler(event, context):
            wanted = event['ResourceProperties'].get('Size', 1)
            cfnresponse.send(event, context, cfnresponse.SUCCESS, {'Size': wanted})
  Made:
    Type: Custom::Setup
    Properties: {ServiceToken: !GetAtt Setup.Arn, Size: 3}
";

#[test]
fn inline_code_has_the_module_that_answers_cloudformation() {
    let test = "inline_code_has_the_module_that_answers_cloudformation";
    let Some(project) = project(test, &[("template.yaml", &inline("Setup", SETUP))]) else {
        return;
    };
    let json = verify(project.path(), "Setup --generate 12");
    assert_eq!(json["verdict"], "equal", "{json:#}");
    assert!(json["counts"]["answered"].as_u64() > Some(3), "{json:#}");
    // It is seen to answer, though urllib3 looks at no proxy variable.
    assert_eq!(json["operations"], serde_json::json!(["s3 PutObject"]));
    let unreached = json["coverage"]["unreached"].to_string();
    assert!(!unreached.contains("cfnresponse"), "{unreached}");
}

const DIRECT: &str = "
        import http.client

        def handler(event, context):
            secure = http.client.HTTPSConnection('secure.example.com', timeout=2)
            secure.request('POST', '/a', body='1')
            status = secure.getresponse().status
            plain = http.client.HTTPConnection('plain.example.com', timeout=2)
            plain.request('GET', '/b')
            return [status, plain.getresponse().status]
";

#[test]
fn connections_that_know_no_proxy_stay_on_the_machine() {
    let test = "connections_that_know_no_proxy_stay_on_the_machine";
    let Some(project) = project(test, &[("template.yaml", &inline("Direct", DIRECT))]) else {
        return;
    };
    // The same code as a file of its own.
    let lines = DIRECT.lines().map(|line| line.get(8..).unwrap_or_default());
    let code: Vec<&str> = lines.collect();
    fs::create_dir(project.path().join("other")).unwrap();
    let changed = code.join("\n").replace("'/b'", "'/c'");
    fs::write(project.path().join("other/index.py"), changed).unwrap();
    let same = verify(project.path(), "Direct --generate 4");
    assert_eq!(same["verdict"], "equal", "{same:#}");
    let answered = same["counts"]["answered"].as_u64();
    assert!(answered > Some(0), "{same:#}");
    let other = verify(project.path(), "Direct --generate 4 --replacement other");
    assert_eq!(other["verdict"], "different", "{other:#}");
    let part = &other["cases"][0]["differences"][0];
    assert_eq!(part["part"], "requests", "{part:#}");
    assert!(
        part.to_string().contains("http://plain.example.com"),
        "{part:#}"
    );
}

const CHANCE: &str = "\
import random

def handler(event, context):
    seldom = 1 if random.random() < 0.15 else 0
    side = random.choice(['left', 'right'])
    return {'side': side, 'seldom': seldom, 'text': f'{seldom} of 3'}
";

const CHOSEN: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Chosen:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: index.handler, CodeUri: code/}
";

#[test]
fn what_is_the_same_in_some_runs_by_chance_is_no_difference() {
    let test = "what_is_the_same_in_some_runs_by_chance_is_no_difference";
    let changed = CHANCE.replace("of 3", "of 4");
    let files = [
        ("template.yaml", CHOSEN),
        ("code/index.py", CHANCE),
        ("changed/index.py", &changed),
    ];
    let Some(project) = project(test, &files) else {
        return;
    };
    let same = verify(project.path(), "Chosen --generate 40");
    assert_eq!(same["verdict"], "equal", "{same:#}");
    let other = verify(project.path(), "Chosen --generate 10 --replacement changed");
    assert_eq!(other["counts"]["equal"], 0, "{other:#}");
}

const SLEEPER: &str = "
        import time

        def handler(event, context):
            for _ in range(event.get('times', 9)):
                time.sleep(4)
            return event.get('name')
      Timeout: 600
";

#[test]
fn a_function_that_sleeps_is_not_tried_for_hours() {
    let test = "a_function_that_sleeps_is_not_tried_for_hours";
    let Some(project) = project(test, &[("template.yaml", &inline("Sleeper", SLEEPER))]) else {
        return;
    };
    let json = verify(project.path(), "Sleeper --generate 40");
    assert_eq!(json["verdict"], "equal", "{json:#}");
    assert!(json["seconds"].as_f64() < Some(240.0), "{json:#}");
    let notes = json["notes"].to_string();
    assert!(
        notes.contains("cut off after 15 s, not after the function's 600 s"),
        "{notes}"
    );
    assert!(notes.contains("3 s or more in many cases"), "{notes}");
}

const SHARED: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: index.handler, CodeUri: code/}
";

#[test]
fn a_package_of_another_folder_is_built_without_a_trace() {
    let test = "a_package_of_another_folder_is_built_without_a_trace";
    let code = "import common\n\ndef handler(event, context):\n    return common.GREETING\n";
    let setup = "from setuptools import setup\n\nsetup(name='common', py_modules=['common'])\n";
    let files = [
        ("greet/template.yaml", SHARED),
        ("greet/code/index.py", code),
        // Where `sam build` runs is the template's folder.
        ("greet/code/requirements.txt", "../shared/common/\n"),
        ("shared/common/setup.py", setup),
        ("shared/common/common.py", "GREETING = 'hello'\n"),
    ];
    let Some(project) = project(test, &files) else {
        return;
    };
    let json = verify(project.path(), "Greeter --generate 4");
    assert_eq!(json["verdict"], "equal", "{json:#}");
    let left = fs::read_dir(project.path().join("shared/common")).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["common.py", "setup.py"]);
}
