//! The cases that follow from what a function reads: each holds what its name says.

use std::collections::BTreeSet;

use gammaray_migrate::python::Step;
use gammaray_migrate::sam::Project;
use gammaray_migrate::verify::generate::{
    Generated, Origin, Subject, Surroundings, cases, from_reads,
};
use gammaray_migrate::verify::trace::{Kind, Read};
use serde_json::{Value, json};

use super::root;

fn read(path: &[Step], compared: &[&str]) -> Read {
    Read {
        path: path.to_vec(),
        kinds: BTreeSet::from([Kind::Text]),
        compared: compared.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// The usual events of a function of an example, and the cases that follow from reads of them.
fn made(example: &str, id: &str, reads: &[Read], limit: usize) -> (Vec<Generated>, Vec<Generated>) {
    let project = Project::read(&root().join("examples").join(example), None).unwrap();
    let (template, function) = project.functions().find(|(_, it)| it.id == id).unwrap();
    let surroundings = Surroundings::default();
    let subject = Subject {
        template,
        function,
        surroundings: &surroundings,
    };
    let mut usual = cases(&subject, 1000);
    usual.retain(|case| case.origin == Origin::Usual);
    let made = from_reads(&subject, &usual, reads, limit);
    assert_eq!(made, from_reads(&subject, &usual, reads, limit));
    let names: BTreeSet<&str> = made.iter().map(|it| it.name.as_str()).collect();
    let events: BTreeSet<String> = made.iter().map(|it| it.event.to_string()).collect();
    assert_eq!((names.len(), events.len()), (made.len(), made.len()));
    assert!(
        made.iter()
            .all(|it| it.origin == Origin::Read && !it.why.is_empty())
    );
    assert!(
        made.iter()
            .all(|it| usual.iter().all(|base| base.event != it.event))
    );
    (usual, made)
}

fn starting<'a>(made: &'a [Generated], name: &str) -> &'a Value {
    let found = made.iter().find(|it| it.name.starts_with(name));
    let names = || made.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
    &found
        .unwrap_or_else(|| panic!("no {name} in {:#?}", names()))
        .event
}

fn body(event: &Value) -> Value {
    serde_json::from_str(event["body"].as_str().unwrap()).unwrap()
}

#[test]
fn changes_the_body_where_it_was_read() {
    let in_body = |steps: &[Step]| [&[key("body"), Step::Json], steps].concat();
    let reads = [
        read(&[key("body")], &[]),
        read(&in_body(&[]), &[]),
        read(&in_body(&[key("name")]), &["admin", "root"]),
        read(&in_body(&[key("widgets")]), &[]),
        read(&in_body(&[key("widgets"), Step::Element]), &[]),
        read(
            &in_body(&[key("widgets"), Step::Element, key("kind")]),
            &["lambda", "s3"],
        ),
        read(&in_body(&[key("widgets"), Step::Length]), &[]),
        read(&in_body(&[key("count")]), &[]),
        read(&[key("requestContext"), key("accountId")], &[]),
    ];
    let (_, made) = made("gammaray", "CreateDashboardFunction", &reads, usize::MAX);
    let all = body(&made[0].event);
    let (name, widgets) = (&all["name"], &all["widgets"]);
    assert_eq!(
        (name, widgets),
        (&json!("admin"), &json!([{"kind": "lambda"}]))
    );
    assert!(made[0].name.ends_with("with all that is read"));
    assert!(starting(&made, "body absent").get("body").is_none());
    assert_eq!(starting(&made, "body null")["body"], Value::Null);
    assert_eq!(body(starting(&made, "body|json null")), Value::Null);
    let name = |name: &str| body(starting(&made, name))["name"].clone();
    assert_eq!(name("body|json.widgets[].kind absent"), "admin");
    assert_eq!(name("body|json.name is \"root\""), "root");
    assert_eq!(name("body|json.name null"), Value::Null);
    assert!(body(starting(&made, "body|json.name a list"))["name"].is_array());
    assert!(
        name("body|json.name is emoji")
            .as_str()
            .unwrap()
            .contains('🚀')
    );
    let kind = body(starting(&made, "body|json.widgets[].kind is \"s3\""));
    assert_eq!(kind["widgets"][0]["kind"], "s3");
    let many = body(starting(&made, "body|json.widgets|length is 101"));
    assert_eq!(many["widgets"].as_array().unwrap().len(), 101);
    // A number that no float holds stands in the text as it is.
    let raw = starting(&made, "body|json.count is more digits than 64 bits hold");
    let digits = "123456789012345678901234567890";
    assert!(raw["body"].as_str().unwrap().contains(digits));
    let account = starting(&made, "requestContext.accountId absent");
    assert!(account["requestContext"].get("accountId").is_none());
    // AWS writes it: it has no emoji.
    let odd = |it: &Generated| it.name.starts_with("requestContext.accountId is emoji");
    assert!(!made.iter().any(odd));
}

#[test]
fn keeps_the_rest_of_the_event_in_agreement() {
    let reads = [
        read(&[key("queryStringParameters"), key("region")], &[]),
        read(&[key("headers"), key("X-Kind")], &["new", "old"]),
    ];
    let (_, made) = made("gammaray", "ListBucketsFunction", &reads, usize::MAX);
    let present = starting(&made, "headers.X-Kind is \"old\"");
    assert_eq!(present["headers"]["X-Kind"], "old");
    assert_eq!(present["multiValueHeaders"]["X-Kind"], json!(["old"]));
    let region = starting(&made, "queryStringParameters.region is emoji");
    let single = &region["queryStringParameters"]["region"];
    assert!(single.as_str().unwrap().contains('🚀'));
    let multi = &region["multiValueQueryStringParameters"]["region"];
    assert_eq!(multi, &json!([single]));
}

#[test]
fn changes_one_record_of_a_batch() {
    let in_record = |steps: &[Step]| [&[key("Records"), Step::Element], steps].concat();
    let image = [
        key("dynamodb"),
        key("NewImage"),
        key("status"),
        Step::DynamoDb,
    ];
    let reads = [
        read(&[key("Records"), Step::Element], &[]),
        read(&in_record(&image), &["new", "old"]),
        read(&in_record(&[key("eventName")]), &["INSERT"]),
    ];
    let (_, made) = made("orders", "StreamFunction", &reads, usize::MAX);
    let empty = starting(&made, "Records[] absent");
    assert_eq!(empty["Records"], json!([]));
    let status = starting(
        &made,
        "Records[].dynamodb.NewImage.status|dynamodb is \"old\"",
    );
    let stored = &status["Records"][0]["dynamodb"]["NewImage"]["status"];
    assert_eq!(stored, &json!({"S": "old"}));
}

#[test]
fn any_beginning_is_varied() {
    let names = ["a", "b", "c", "d"];
    let reads: Vec<Read> = names
        .iter()
        .map(|name| read(&[key("body"), Step::Json, key(name)], &[]))
        .collect();
    let (_, made) = made("gammaray", "CreateDashboardFunction", &reads, 5);
    let begun: BTreeSet<&str> = made[1..]
        .iter()
        .map(|it| it.name.split(' ').next().unwrap())
        .collect();
    let expected: Vec<String> = names.iter().map(|it| format!("body|json.{it}")).collect();
    assert_eq!(begun.into_iter().collect::<Vec<_>>(), expected);
}
