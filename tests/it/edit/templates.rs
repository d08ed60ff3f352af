//! The edits of a migration on every Python function of the shared templates: only the lines
//! meant change, and cfn-lint finds nothing new.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use gammaray_migrate::edit::EditError;
use gammaray_migrate::edit::yaml::{Path as Place, YamlEditor};
use gammaray_migrate::source::{SourceFile, Span};
use gammaray_migrate::yaml::{Collection, Document, Node, NodeKind, parse};
use serde_yaml::Value;
use similar::{ChangeTag, TextDiff};

use crate::common::{shared, skipped, tool};

/// The real templates that tests read, in order; empty where the folder is missing.
fn templates() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = shared()
        .into_iter()
        .flat_map(|shared| fs::read_dir(shared.join("templates")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            matches!(extension, Some("yaml" | "yml" | "json"))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        skipped(
            "edits of the shared templates",
            "there is no ../shared/templates",
        );
    }
    files
}

/// The ids of the SAM functions with a Python runtime of their own or from Globals.
fn python_functions(document: &Document) -> Vec<String> {
    let global = document.root.get_path(&["Globals", "Function", "Runtime"]);
    let resources = document.root.get("Resources").map(|node| node.entries());
    resources
        .unwrap_or_default()
        .into_iter()
        .filter(|entry| {
            let is_function = entry
                .value
                .get("Type")
                .and_then(|kind| kind.as_text().map(str::to_owned))
                == Some("AWS::Serverless::Function".to_owned());
            let own = entry.value.get_path(&["Properties", "Runtime"]);
            let runtime = own.or(global).and_then(Node::as_text);
            is_function && runtime.is_some_and(|runtime| runtime.starts_with("python"))
        })
        .filter_map(|entry| entry.key.as_text().map(str::to_owned))
        .collect()
}

fn yaml(text: &str) -> Value {
    let file = SourceFile::from_text("value.yaml", text);
    parse(&file).unwrap().root.to_value().unwrap()
}

/// Turns one function into a Rust one with a layer, a variable and a policy.
fn migrate(editor: &mut YamlEditor, function: &str) -> Result<(), EditError> {
    let resource = Place::from(["Resources", function]);
    let properties = resource.join("Properties");
    let why = "becomes Rust";
    editor.set(properties.join("Runtime"), "provided.al2023", why)?;
    editor.set(properties.join("Handler"), "bootstrap", why)?;
    editor.set(properties.join("CodeUri"), "rust/function/", why)?;
    let metadata = resource.join("Metadata");
    editor.set(metadata.join("BuildMethod"), "rust-cargolambda", why)?;
    editor.set(
        metadata.join("BuildProperties").join("Binary"),
        "function",
        why,
    )?;
    editor.append(properties.join("Layers"), yaml("!Ref SomeLayer"), why)?;
    let variables = properties.join("Environment").join("Variables");
    editor.set(variables.join("ADDED_VARIABLE"), "added", why)?;
    let policy = yaml("SQSSendMessagePolicy: {QueueName: added-queue}");
    editor.append_or_wrap(properties.join("Policies"), policy, why)?;
    match editor.remove(properties.join("InlineCode"), why) {
        Err(EditError::Missing { .. }) => Ok(()),
        result => result,
    }
}

/// The value that [`migrate`] means, worked out on the plain value alone.
fn migrated(mut value: Value, function: &str) -> Value {
    let resource = &mut value["Resources"][function];
    resource["Metadata"]["BuildMethod"] = "rust-cargolambda".into();
    resource["Metadata"]["BuildProperties"]["Binary"] = "function".into();
    let properties = &mut resource["Properties"];
    properties["Runtime"] = "provided.al2023".into();
    properties["Handler"] = "bootstrap".into();
    properties["CodeUri"] = "rust/function/".into();
    properties["Environment"]["Variables"]["ADDED_VARIABLE"] = "added".into();
    properties
        .as_mapping_mut()
        .unwrap()
        .shift_remove("InlineCode");
    add(&mut properties["Layers"], yaml("!Ref SomeLayer"));
    add(
        &mut properties["Policies"],
        yaml("SQSSendMessagePolicy: {QueueName: added-queue}"),
    );
    value
}

fn add(list: &mut Value, item: Value) {
    match list {
        Value::Sequence(items) => items.push(item),
        Value::Null => *list = Value::Sequence(vec![item]),
        single => *single = Value::Sequence(vec![single.clone(), item]),
    }
}

/// The lines that an edit of the function may take away.
fn replaceable_lines(document: &Document, function: &str) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let Some(properties) = document
        .root
        .get_path(&["Resources", function, "Properties"])
    else {
        return lines;
    };
    let mut allow = |span: Span| {
        let first = document.file.location(span.start).line;
        lines.extend(first..=document.file.location(span.end).line);
    };
    for entry in properties.entries() {
        let whole = entry.key.outer.cover(entry.value.outer);
        match entry.key.as_text() {
            Some("Runtime" | "Handler" | "CodeUri" | "InlineCode") => allow(whole),
            Some("Layers" | "Policies" | "Environment") if is_rewritten(&entry.value) => {
                allow(whole)
            }
            _ => {}
        }
    }
    lines
}

/// Whether an addition changes lines that are there: in brackets, and where a single value
/// becomes a list.
fn is_rewritten(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Sequence { style, .. } => *style == Collection::Flow,
        NodeKind::Mapping { style, .. } => {
            *style == Collection::Flow
                || node
                    .get("Variables")
                    .is_none_or(|inner| is_rewritten(inner))
        }
        _ => true,
    }
}

const NEW: &[&str] = &[
    "provided.al2023",
    "bootstrap",
    "rust/function/",
    "Metadata:",
    "BuildMethod: rust-cargolambda",
    "BuildProperties:",
    "Binary: function",
    "Layers:",
    "SomeLayer",
    "Environment:",
    "Variables:",
    "ADDED_VARIABLE",
    "Policies:",
    "SQSSendMessagePolicy",
    "QueueName: added-queue",
    "Properties:",
];

/// Checks that only the lines meant differ.
fn check_lines(document: &Document, after: &str, function: &str) {
    let before = document.file.text();
    let allowed = replaceable_lines(document, function);
    let place = format!("{}: {function}", document.file.path().display());
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let diff = TextDiff::from_slices(&before, &after);
    let mut gone = BTreeSet::new();
    for change in diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Delete)
    {
        let line = change.old_index().unwrap() + 1;
        assert!(
            allowed.contains(&line),
            "{place}: line {line} is gone: {}",
            change.value()
        );
        gone.insert(change.value().trim().to_owned());
    }
    for change in diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Insert)
    {
        let line = change.value().trim();
        let body = line.trim_start_matches("- ");
        let known = NEW.iter().any(|new| line.contains(new))
            || gone.iter().any(|old| old == body || old.ends_with(body));
        assert!(known, "{place}: an unexpected line: {line}");
    }
}

fn read(path: &Path) -> Option<Document> {
    let file = SourceFile::from_text(path.file_name()?, fs::read_to_string(path).unwrap());
    parse(&Arc::clone(&file)).ok()
}

#[test]
fn a_migration_changes_only_the_lines_meant() {
    let (mut functions, mut refused) = (0, Vec::new());
    let templates = templates();
    for template in &templates {
        let Some(document) = read(template) else {
            panic!("{} is not read", template.display())
        };
        let before = document.root.to_value().unwrap();
        for function in python_functions(&document) {
            functions += 1;
            let mut editor = YamlEditor::new(&document).unwrap();
            if let Err(error) = migrate(&mut editor, &function) {
                refused.push(format!("{}: {error}", template.display()));
                continue;
            }
            check_lines(&document, editor.text(), &function);
            let after = editor.document().root.to_value().unwrap();
            assert_eq!(
                after,
                migrated(before.clone(), &function),
                "{}",
                template.display()
            );
        }
    }
    eprintln!(
        "{functions} Python functions in {} templates edited",
        templates.len()
    );
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// What cfn-lint holds against each file: file name and rule of every error.
fn lint(cfn_lint: &Path, files: &[PathBuf]) -> Vec<(String, String)> {
    let output = Command::new(cfn_lint)
        .args([
            "--format",
            "json",
            "--non-zero-exit-code",
            "none",
            "--ignore-checks",
            "W",
            "I",
            "-t",
        ])
        .args(files)
        .output()
        .unwrap();
    let found: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    found
        .iter()
        .filter(|found| found["Level"] == "Error")
        .map(|found| {
            let name = Path::new(found["Filename"].as_str().unwrap())
                .file_name()
                .unwrap();
            let message = format!(
                "{}: {}",
                found["Rule"]["Id"].as_str().unwrap(),
                found["Message"].as_str().unwrap()
            );
            // Some messages count lines, which an edit moves.
            let message = message.split(" (line ").next().unwrap_or_default();
            (name.to_str().unwrap().to_owned(), message.to_owned())
        })
        .collect()
}

#[test]
fn cfn_lint_finds_no_new_error() {
    let templates = templates();
    let Some(cfn_lint) = tool("cfn-lint").filter(|_| !templates.is_empty()) else {
        return skipped(
            "cfn_lint_finds_no_new_error",
            "cfn-lint or ../shared is missing",
        );
    };
    let folder = tempfile::tempdir().unwrap();
    let (mut originals, mut edited) = (Vec::new(), Vec::new());
    for template in &templates {
        let document = read(template).unwrap();
        let functions = python_functions(&document);
        if functions.is_empty() {
            continue;
        }
        let mut editor = YamlEditor::new(&document).unwrap();
        for function in &functions {
            migrate(&mut editor, function).unwrap();
        }
        let layer =
            yaml("{Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: layer/}}");
        editor
            .set(["Resources", "SomeLayer"], layer, "a layer for all")
            .unwrap();
        let path = folder.path().join(template.file_name().unwrap());
        fs::write(&path, editor.text()).unwrap();
        originals.push(template.clone());
        edited.push(path);
    }
    let (before, after) = std::thread::scope(|scope| {
        let before = scope.spawn(|| lint(&cfn_lint, &originals));
        let after = lint(&cfn_lint, &edited);
        (before.join().unwrap(), after)
    });
    let faulty: BTreeSet<&String> = before.iter().map(|(file, _)| file).collect();
    let clean = edited.len() - faulty.len();
    eprintln!(
        "{} templates linted, {clean} without error before",
        edited.len()
    );
    let new: Vec<_> = after
        .iter()
        .filter(|found| !before.contains(found))
        .collect();
    assert!(new.is_empty(), "{new:#?}");
}
