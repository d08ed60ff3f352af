//! Which version of a crate generated code takes, and with which features.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use crate::diagnostic::{Code, Diagnostic};

/// Every function has these.
const ALWAYS: [&str; 2] = ["lambda_runtime", "tokio"];

/// Each client of an AWS service wants it.
const AWS_CONFIG: &str = "aws-config";

/// What the data file says of one crate.
#[derive(Debug, Clone)]
struct Entry {
    version: String,
    default_features: bool,
    features: BTreeSet<String>,
}

fn table() -> &'static BTreeMap<String, Entry> {
    static TABLE: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("dependencies.toml");
        let document: DocumentMut = text.parse().unwrap_or_default();
        document.iter().filter_map(read).collect()
    })
}

fn read((name, item): (&str, &Item)) -> Option<(String, Entry)> {
    let features = item.get("features").and_then(Item::as_array);
    let features = features.into_iter().flatten();
    let entry = Entry {
        version: item.get("version")?.as_str()?.to_owned(),
        default_features: item.get("default-features").and_then(Item::as_bool) != Some(false),
        features: features
            .filter_map(|feature| Some(feature.as_str()?.to_owned()))
            .collect(),
    };
    Some((name.to_owned(), entry))
}

/// Whether a package of this name would be taken for one of the crates that code may use.
pub(super) fn is_known(name: &str) -> bool {
    entry(name).is_some()
}

fn entry(name: &str) -> Option<&'static Entry> {
    let table = table();
    table.get(name).or_else(|| {
        table.iter().find_map(|(key, entry)| {
            let prefix = key.strip_suffix('*')?;
            name.starts_with(prefix).then_some(entry)
        })
    })
}

fn call_aws(crates: &BTreeSet<String>) -> bool {
    crates.iter().any(|name| name.starts_with("aws-sdk-"))
}

/// Whether these crates bring a cryptographic library.
pub(super) fn encrypt(crates: &BTreeSet<String>) -> bool {
    call_aws(crates) || crates.contains("rustls")
}

/// The section `[dependencies]` for crates given by name, or by name and feature as in
/// `aws_lambda_events/sqs`.
///
/// # Errors
/// Where the data file does not have a crate: a mistake of ours.
pub(super) fn dependencies(crates: &BTreeSet<String>) -> Result<Table, Diagnostic> {
    let mut chosen: BTreeMap<&str, Entry> = BTreeMap::new();
    let implied = call_aws(crates).then_some(AWS_CONFIG);
    let all = ALWAYS.into_iter().chain(implied);
    for asked in all.chain(crates.iter().map(String::as_str)) {
        let (name, feature) = match asked.split_once('/') {
            Some((name, feature)) => (name, Some(feature)),
            None => (asked, None),
        };
        let known = entry(name).ok_or_else(|| unknown(name))?;
        let chosen = chosen.entry(name).or_insert_with(|| known.clone());
        chosen.features.extend(feature.map(str::to_owned));
    }
    let mut table = Table::new();
    for (name, entry) in chosen {
        table.insert(name, Item::Value(requirement(&entry)));
    }
    Ok(table)
}

fn unknown(name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::DoesNotCompile,
        format!("generated code uses the crate `{name}`, of which no version is known"),
    )
    .with_help("this is a mistake of the tool; please report it")
}

fn requirement(entry: &Entry) -> Value {
    if entry.default_features && entry.features.is_empty() {
        return Value::from(entry.version.as_str());
    }
    let mut table = InlineTable::new();
    table.insert("version", Value::from(entry.version.as_str()));
    if !entry.default_features {
        table.insert("default-features", Value::from(false));
    }
    if !entry.features.is_empty() {
        let features: Array = entry.features.iter().map(String::as_str).collect();
        table.insert("features", Value::Array(features));
    }
    Value::InlineTable(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(crates: &[&str]) -> String {
        let crates = crates.iter().map(|name| (*name).to_owned()).collect();
        let mut document = DocumentMut::new();
        document["dependencies"] = Item::Table(dependencies(&crates).unwrap());
        document.to_string()
    }

    #[test]
    fn the_smallest_features() {
        assert_eq!(
            shown(&["aws_lambda_events/sqs", "indexmap", "serde_json"]),
            r#"[dependencies]
aws_lambda_events = { version = "1", default-features = false, features = ["sqs"] }
indexmap = "2"
lambda_runtime = { version = "1", default-features = false }
serde_json = { version = "1", features = ["float_roundtrip", "preserve_order"] }
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }
"#
        );
    }

    #[test]
    fn a_client_brings_its_configuration() {
        let text = shown(&["aws-sdk-dynamodb"]);
        assert!(text.contains("aws-config = {") && text.contains("aws-sdk-dynamodb = {"));
    }

    #[test]
    fn an_unknown_crate_is_our_mistake() {
        let error = dependencies(&BTreeSet::from(["left-pad".to_owned()])).unwrap_err();
        assert_eq!(error.code, Code::DoesNotCompile);
    }

    #[test]
    fn the_support_modules_use_the_same_versions() {
        let support = include_str!("../../templates/support/Cargo.toml");
        let support: DocumentMut = support.parse().unwrap();
        for (name, item) in support["dependencies"].as_table().unwrap() {
            let version = item.as_str().or_else(|| item["version"].as_str()).unwrap();
            let entry = entry(name).unwrap_or_else(|| panic!("{name} is not in the data file"));
            assert_eq!(entry.version, version, "{name}");
        }
    }
}
