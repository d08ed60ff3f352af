//! What the compiler says of each function of the example applications.

use std::path::Path;

use serde_json::Value;

use super::command::{run, stderr, stdout};
use crate::common::copy;
use crate::plan::project::Project;

/// The functions of an example and whether they can be translated.
fn verdicts(example: &str) -> Vec<String> {
    let project = Project::with(&[]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    copy(&examples.join(example), project.root());
    project.commit_all();
    let output = run(
        &project,
        &["rewrite", "--all", "--check", "--format", "json"],
    );
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let functions = report["functions"].as_array().unwrap();
    assert!(!functions.is_empty(), "{}", stderr(&output));
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let each = functions.iter();
    let each = each.map(|it| format!("{} {}", text(it, "status"), text(it, "function")));
    each.collect()
}

#[test]
fn all_of_gammaray_is_complete() {
    let expected = [
        "complete AuthorizerFunction",
        "complete ListBucketsFunction",
        "complete CreateDashboardFunction",
        "complete ConsumeAnalyticsFunction",
    ];
    assert_eq!(verdicts("gammaray"), expected);
}

#[test]
fn all_of_orders_is_complete() {
    let expected = [
        "complete SendEmailFunction",
        "complete ApiFunction",
        "complete PartnerAuthorizerFunction",
        "complete FulfilFunction",
        "complete StreamFunction",
        "complete ImportPricesFunction",
        "complete NotifyFunction",
        "complete CleanupFunction",
        "complete ReserveStockFunction",
        "complete TakePaymentFunction",
        "complete PingFunction",
    ];
    assert_eq!(verdicts("orders"), expected);
}
