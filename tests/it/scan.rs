//! `scan` on the two examples, and what its command line says.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use gammaray_migrate::analysis::{self, FunctionFindings, Scan, Way};
use gammaray_migrate::report::{self, Canvas, Format};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn example(name: &str) -> Scan {
    analysis::scan(&root().join("examples").join(name), None).unwrap()
}

fn function<'a>(scan: &'a Scan, id: &str) -> &'a FunctionFindings {
    scan.functions
        .iter()
        .find(|function| function.id == id)
        .unwrap()
}

/// One line a call, as in the tables that were written by reading the sources.
fn calls(scan: &Scan) -> BTreeSet<String> {
    let functions = scan.functions.iter();
    functions
        .flat_map(|function| {
            function.aws_calls.iter().map(|call| {
                let mut line = format!(
                    "{} {} {} {}:{}",
                    function.id, call.service, call.operation, call.file, call.line
                );
                let flags = [
                    (call.in_loop, " loop"),
                    (call.concurrent, " concurrent"),
                    (call.at_import, " import"),
                ];
                line.extend(flags.iter().filter(|(set, _)| *set).map(|(_, word)| *word));
                line
            })
        })
        .collect()
}

#[test]
fn every_call_of_the_examples_is_found_and_no_other() {
    for name in ["gammaray", "orders"] {
        let table = root().join(format!("tests/it/scan/{name}.calls"));
        let expected: BTreeSet<String> = fs::read_to_string(table)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        let scan = example(name);
        let found = calls(&scan);
        let missing: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && invented.is_empty(),
            "{name}: {missing:#?} {invented:#?}"
        );
        assert_eq!(scan.resolution.unresolved, 0);
        assert!(scan.diagnostics.is_empty(), "{:?}", scan.diagnostics);
    }
}

#[test]
fn advice_follows_the_article_on_its_application() {
    let scan = example("gammaray");
    let advised = |id: &str| function(&scan, id).advice.as_ref().unwrap().recommended;
    assert_eq!(advised("AuthorizerFunction"), Some(Way::Rewrite));
    assert_eq!(advised("ListBucketsFunction"), Some(Way::Bind));
    assert_eq!(scan.ranking[0].id, "AuthorizerFunction");
    assert_eq!(scan.shared_sends.len(), 1);
    let send = &scan.shared_sends[0];
    assert_eq!(send.target, "AnalyticsQueue");
    assert_eq!(
        send.functions,
        ["ListBucketsFunction", "CreateDashboardFunction"]
    );
    for id in ["RenderBadgeFunction", "ExportReportFunction"] {
        let other = function(&scan, id);
        assert!(other.advice.is_none() && other.iam.is_none() && other.modules.is_empty());
        assert!(other.runtime.is_some());
    }
}

#[test]
fn iam_needs_are_held_against_grants() {
    let scan = example("gammaray");
    let authorizer = function(&scan, "AuthorizerFunction").iam.as_ref().unwrap();
    assert!(authorizer.complete && authorizer.missing.is_empty());
    assert!(authorizer.unneeded.is_empty());
    let buckets = function(&scan, "ListBucketsFunction").iam.as_ref().unwrap();
    let needed: Vec<&str> = buckets.needed.iter().map(|n| n.action.as_str()).collect();
    assert_eq!(
        needed,
        [
            "s3:GetBucketLocation",
            "s3:ListAllMyBuckets",
            "sqs:SendMessage"
        ]
    );
    assert!(buckets.missing.is_empty());
}

#[test]
fn a_missing_grant_and_one_too_broad_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let template = "Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.12
      Policies:
        - Statement:
            - {Effect: Allow, Action: 's3:*', Resource: '*'}
            - {Effect: Deny, Action: 's3:PutObject', Resource: '*'}
";
    let code = "import boto3
s3 = boto3.client('s3')
def handler(event, context):
    s3.get_object(Bucket='b', Key='k')
    s3.put_object(Bucket='b', Key='k')
    boto3.client('sqs').send_message(QueueUrl='q', MessageBody='m')
";
    fs::write(folder.path().join("template.yaml"), template).unwrap();
    fs::write(folder.path().join("app.py"), code).unwrap();
    let scan = analysis::scan(folder.path(), None).unwrap();
    let iam = function(&scan, "Fn").iam.as_ref().unwrap();
    assert_eq!(iam.missing, ["s3:PutObject", "sqs:SendMessage"]);
    assert_eq!(iam.unneeded.len(), 1);
    assert_eq!(iam.unneeded[0].action, "s3:*");
    assert_eq!(iam.unneeded[0].narrow_to, ["s3:GetObject", "s3:PutObject"]);
    assert_eq!(iam.unneeded[0].line, 10);
}

#[test]
fn inline_code_is_placed_in_its_template() {
    let scan = example("orders");
    let ping = function(&scan, "PingFunction");
    assert_eq!(ping.source.as_deref(), Some("template.yaml"));
    let call = &ping.aws_calls[0];
    let text = fs::read_to_string(root().join("examples/orders/template.yaml")).unwrap();
    let line = text.lines().nth(call.line - 1).unwrap();
    assert_eq!(line.find("describe_table"), Some(call.column - 1));
    assert_eq!(ping.lines, 10);
}

#[test]
fn reports_read_as_they_should() {
    let scan = example("gammaray");
    let show = |format, width| {
        let canvas = Canvas {
            width,
            colour: false,
        };
        let mut shown = Vec::new();
        report::scan(&scan, format, canvas, &mut shown).unwrap();
        String::from_utf8(shown).unwrap()
    };
    insta::assert_snapshot!("gammaray_text", show(Format::Text, 100));
    insta::assert_snapshot!("gammaray_markdown", show(Format::Markdown, 100));
    for width in [80, 120] {
        let text = show(Format::Text, width);
        let long = text
            .lines()
            .find(|line| line.chars().count() > width && line.trim_start().contains(' '));
        // Only a single word, such as a path, may be wider than the terminal.
        assert!(
            long.is_none_or(|line| line.split_whitespace().any(|word| word.len() > 30)),
            "{long:?}"
        );
    }
}

#[test]
fn command_line() {
    trycmd::TestCases::new()
        .case("tests/it/scan/*.trycmd")
        .env("NO_COLOR", "1")
        .run();
}

#[test]
fn every_code_is_unique_and_has_a_title() {
    use gammaray_migrate::diagnostic::Code;
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        assert!(seen.insert(code.as_str()), "{code} stands twice");
        assert!(code.as_str().starts_with("GM0") && code.as_str().len() == 6);
        assert!(code.title().ends_with('.'), "{code}: {}", code.title());
    }
}
