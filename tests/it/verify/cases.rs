//! The examples' own cases: well formed, and about what the template has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::sam::Project;
use gammaray_migrate::verify::case::{Case, State};
use walkdir::WalkDir;

/// The examples' functions in Python: project, folder of cases, logical id, and how the names of
/// its events begin.
pub(super) const FUNCTIONS: &[(&str, &str, &str, &str)] = &[
    ("gammaray", "authorizer", "AuthorizerFunction", "authorizer"),
    (
        "gammaray",
        "list-buckets",
        "ListBucketsFunction",
        "list-buckets",
    ),
    (
        "gammaray",
        "create-dashboard",
        "CreateDashboardFunction",
        "create-dashboard",
    ),
    (
        "gammaray",
        "consume-analytics",
        "ConsumeAnalyticsFunction",
        "consume-analytics",
    ),
    ("orders", "api", "ApiFunction", "api"),
    (
        "orders",
        "partner-authorizer",
        "PartnerAuthorizerFunction",
        "partner-authorizer",
    ),
    ("orders", "fulfil", "FulfilFunction", "fulfil"),
    ("orders", "stream", "StreamFunction", "stream"),
    (
        "orders",
        "import-prices",
        "ImportPricesFunction",
        "import-prices",
    ),
    ("orders", "notify", "NotifyFunction", "notify"),
    ("orders", "cleanup", "CleanupFunction", "cleanup"),
    ("orders", "reserve-stock", "ReserveStockFunction", "reserve"),
    ("orders", "take-payment", "TakePaymentFunction", "payment"),
    ("orders", "send-email", "SendEmailFunction", "send-email"),
    ("orders", "ping", "PingFunction", "cleanup"),
];

pub(super) fn root(project: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(project)
}

/// The folder `verify` beside the template, the nested one's included, that has a function's cases.
pub(super) fn verify(project: &str, folder: &str) -> PathBuf {
    let beside = [root(project), root(project).join("notifications")].map(|it| it.join("verify"));
    let found = beside.into_iter().find(|it| it.join(folder).is_dir());
    found.unwrap_or_else(|| panic!("{folder} has no cases"))
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(super) fn state(folder: &Path) -> State {
    let file = folder.join("state.json");
    if file.exists() {
        read(&file)
    } else {
        State::default()
    }
}

/// The cases of a function by the names of their files, on top of the project's state.
pub(super) fn cases(project: &str, folder: &str) -> BTreeMap<String, Case> {
    let verify = verify(project, folder);
    let folder = verify.join(folder);
    let base = state(&folder).over(&state(&verify));
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("a folder of cases") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name != "state" {
            let mut case: Case = read(&path);
            case.state = case.state.over(&base);
            cases.insert(name, case);
        }
    }
    cases
}

/// The events beside the template whose names begin so, as cases.
pub(super) fn events(project: &str, prefix: &str, base: &State) -> BTreeMap<String, Case> {
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(root(project).join("events")).expect("events") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name.starts_with(prefix) {
            let case = Case {
                event: read(&path),
                state: base.clone(),
                ..Case::default()
            };
            cases.insert(format!("events/{name}"), case);
        }
    }
    cases
}

#[test]
fn every_file_is_a_case_or_a_state_of_what_the_template_has() {
    for name in ["gammaray", "orders"] {
        let project = Project::read(&root(name), None).expect("a project");
        let kinds: BTreeMap<&str, &str> = project
            .templates
            .iter()
            .flat_map(|template| &template.resources)
            .map(|resource| (resource.id.as_str(), resource.kind.as_str()))
            .collect();
        let check = |path: &Path, state: &State| {
            let is = |id: &String, kind: &str| {
                assert_eq!(
                    kinds.get(id.as_str()),
                    Some(&kind),
                    "{}: {id}",
                    path.display()
                );
            };
            state
                .tables
                .keys()
                .for_each(|id| is(id, "AWS::DynamoDB::Table"));
            state
                .parameters
                .keys()
                .for_each(|id| is(id, "AWS::SSM::Parameter"));
            state
                .secrets
                .keys()
                .for_each(|id| is(id, "AWS::SecretsManager::Secret"));
            // A bucket's name has no capitals, a logical id begins with one.
            let ids = state
                .buckets
                .keys()
                .filter(|id| id.starts_with(char::is_uppercase));
            ids.for_each(|id| is(id, "AWS::S3::Bucket"));
        };
        let folders: Vec<_> = FUNCTIONS.iter().filter(|it| it.0 == name).collect();
        let mut reasons = BTreeSet::new();
        let beside = ["verify", "notifications/verify"].map(|it| root(name).join(it));
        let entries = beside
            .iter()
            .filter(|it| it.is_dir())
            .flat_map(WalkDir::new);
        for entry in entries {
            let entry = entry.expect("an entry");
            let path = entry.path();
            let parent = path.parent().and_then(Path::file_name).expect("a folder");
            if entry.depth() == 0 || entry.file_type().is_dir() {
                continue;
            }
            if entry.depth() == 2 {
                let known = folders.iter().any(|it| parent == it.1);
                assert!(known, "{} is of no function", path.display());
            }
            if entry.file_name() == "state.json" {
                check(path, &read(path));
                continue;
            }
            assert_eq!(entry.depth(), 2, "{}", path.display());
            let case: Case = read(path);
            assert!(
                case.name.is_empty(),
                "{}: the file names it",
                path.display()
            );
            assert!(case.why.ends_with('.'), "{}: {}", path.display(), case.why);
            assert!(
                reasons.insert((parent.to_owned(), case.why.clone())),
                "{}",
                case.why
            );
            check(path, &case.state);
        }
    }
}

#[test]
fn every_python_function_has_cases() {
    for name in ["gammaray", "orders"] {
        let project = Project::read(&root(name), None).expect("a project");
        for (_, function) in project.functions() {
            let runtime = function.runtime.as_ref().and_then(|it| it.value.as_text());
            if !runtime.is_some_and(|runtime| runtime.starts_with("python")) {
                continue;
            }
            let row = FUNCTIONS
                .iter()
                .find(|it| it.0 == name && it.2 == function.id);
            let (_, folder, ..) = row.unwrap_or_else(|| panic!("{} has no cases", function.id));
            let least = if *folder == "ping" { 2 } else { 6 };
            let count = cases(name, folder).len();
            assert!((least..=15).contains(&count), "{folder}: {count}");
        }
    }
}
