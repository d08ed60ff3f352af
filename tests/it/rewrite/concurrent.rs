//! `rewrite --concurrent`: which loops' reads run at once, and that all else stays as it was.

use std::path::Path;
use std::process::Command;

use gammaray_migrate::verify::outcome::Verdict;
use gammaray_migrate::verify::{Leniency, Options, Prepared, Request, verify};

use super::command::{run, stderr, stdout};
use crate::common::{Quiet, copy, skipped, tool, tools};
use crate::plan::project::Project;

/// Loops over `names` and `buckets` whose first read is begun ahead.
const AT_ONCE: &[&str] = &[
    "
    for name in names:
        found.append(s3.get_bucket_location(Bucket=name))
    ",
    "
    for bucket in buckets:
        answer = s3.get_bucket_location(Bucket=bucket['Name'])
        print(bucket, answer)
        if not answer.get('LocationConstraint'):
            continue
        found.append(s3.head_bucket(Bucket=bucket['Name']))
    ",
    "
    for name in names:
        try:
            answer = s3.head_bucket(Bucket=name)
        except Exception as error:
            print(error)
            continue
        found.append(answer)
    ",
    "
    found = [s3.head_bucket(Bucket=name)['BucketRegion'] for name in names]
    ",
    "
    found = [located(name) for name in names]
    ",
];

/// Loops that stay as they are, each for a reason of its own.
const IN_TURN: &[&str] = &[
    // It is left early.
    "
    for name in names:
        answer = s3.get_bucket_location(Bucket=name)
        if answer.get('LocationConstraint'):
            break
    ",
    "
    for name in names:
        answer = s3.get_bucket_location(Bucket=name)
        if answer.get('LocationConstraint'):
            return name
    ",
    "
    for name in names:
        answer = s3.get_bucket_location(Bucket=name)
        if answer.get('LocationConstraint'):
            raise ValueError(name)
    ",
    // A read needs what another said.
    "
    last = ''
    for name in names:
        answer = s3.list_objects_v2(Bucket=name, Prefix=last)
        last = str(answer['KeyCount'])
    ",
    // Not in every turn.
    "
    for name in names:
        if name.startswith('a'):
            found.append(s3.get_bucket_location(Bucket=name))
    ",
    "
    found = [s3.get_bucket_location(Bucket=name) for name in names if name]
    ",
    // Another call changes what is read.
    "
    for name in names:
        answer = s3.get_bucket_location(Bucket=name)
        s3.put_object(Bucket=name, Key='a', Body=b'')
    ",
    "
    for name in names:
        answer = s3.put_object(Bucket=name, Key='a', Body=b'')
    ",
    "
    for name in names:
        answer = sqs.receive_message(QueueUrl=name)
    ",
    // What is read by is changed.
    "
    for bucket in buckets:
        answer = s3.get_bucket_location(Bucket=bucket['Name'])
        buckets[0]['Name'] = answer.get('LocationConstraint')
    ",
    "
    for name in names:
        answer = s3.get_bucket_location(Bucket=name)
        names.append('last')
    ",
    // It says something meanwhile.
    "
    found = [told(name) for name in names]
    ",
    // It counts.
    "
    found = [counted(name) for name in names]
    ",
    // Something else comes first.
    "
    for name in names:
        print(name)
        answer = s3.get_bucket_location(Bucket=name)
    ",
];

const AROUND: &str = "\
import boto3

s3 = boto3.client('s3')
sqs = boto3.client('sqs')
count = 0


def located(name):
    try:
        return s3.get_bucket_location(Bucket=name).get('LocationConstraint')
    except Exception:
        return 'nowhere'


def told(name):
    print(name)
    return s3.get_bucket_location(Bucket=name)


def counted(name):
    global count
    count += 1
    return s3.get_bucket_location(Bucket=name), count


def handler(event, context):
    names = event['names']
    buckets = event['buckets']
    found = []
";

const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  LoopsFunction:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.11}
";

/// The Rust of a loop, and the crate's README.
fn rewritten(body: &str) -> (String, String) {
    let end = "\n    return str(found)\n";
    let python = format!(
        "{AROUND}{}{end}",
        body.trim_matches([' ', '\n']).replacen("", "    ", 1)
    );
    let project = Project::with(&[("template.yaml", TEMPLATE), ("src/app.py", &python)]);
    let arguments = "rewrite loops --concurrent 4 --yes --no-check --allow-no-vcs";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let done = run(&project, &arguments);
    assert_eq!(done.status.code(), Some(0), "{python}{}", stderr(&done));
    let krate = "rust/loops";
    (
        project.read(&format!("{krate}/src/app.rs")),
        project.read(&format!("{krate}/README.md")),
    )
}

#[test]
fn reads_that_need_nothing_of_other_turns_run_at_once() {
    for body in AT_ONCE {
        let (rust, readme) = rewritten(body);
        let is_ahead = rust.contains("asyncio::ahead(") || rust.contains("asyncio::at_once(");
        assert!(is_ahead, "{body}{rust}");
        assert!(
            readme.contains("at most 4 AWS reads run at once"),
            "{readme}"
        );
    }
}

#[test]
fn all_others_stay_in_turn() {
    for body in IN_TURN {
        let (rust, readme) = rewritten(body);
        assert!(!rust.contains("asyncio::"), "{body}{rust}");
        assert!(readme.contains("no AWS reads run at once"), "{readme}");
    }
}

#[test]
fn loops_whose_reads_run_at_once_do_what_they_did() {
    let test = "loops_whose_reads_run_at_once_do_what_they_did";
    let is_ready = gammaray_migrate::tools::runtime(None).is_ok();
    if !is_ready || tool("moto_server").is_none() {
        return skipped(test, "the tools are missing; run .ci/setup");
    }
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/concurrent");
    let [python, project] = [(); 2].map(|()| Project::empty());
    copy(&fixture, python.root());
    copy(&fixture, project.root());
    let arguments = "rewrite concurrent --concurrent 4 --yes --allow-no-vcs";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let done = run(&project, &arguments);
    if stderr(&done).contains("GM0810") {
        return skipped(test, "the packages are not here");
    }
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}{}",
        stdout(&done),
        stderr(&done)
    );
    let target = tools().with_file_name("check");
    let built = Command::new(tool("cargo").unwrap())
        .args(["build", "--offline", "--quiet"])
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", stderr(&built));
    let request = Request {
        project: python.root().to_owned(),
        template: None,
        function: "ConcurrentFunction".to_owned(),
        original: None,
        replacement: Some(target.join("debug/concurrent")),
        endpoint: None,
    };
    let verdict = |leniency| {
        let options = Options {
            generated: 20,
            save: false,
            leniency,
            ..Options::default()
        };
        let prepared = Prepared::new(&request).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let pair = prepared.pair().unwrap();
        runtime.block_on(verify(pair, &options, &Quiet)).unwrap()
    };
    let lenient = verdict(Leniency { concurrency: true });
    let different = lenient.cases.iter().find(|it| !it.is_equal());
    assert_eq!(lenient.verdict, Verdict::Equal, "{different:#?}");
    // They do run at once.
    assert_eq!(verdict(Leniency::default()).verdict, Verdict::Different);
}
