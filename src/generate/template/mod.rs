//! The template's edits: the function's resource runs the crate's program.
//!
//! In place by default; `beside` gives the program a resource of its own, `canary` shifts traffic
//! to it little by little. What cannot be done is said before ([`obstacles`]) or refused by the
//! editor; what stays though it was Python's is said in the notes.

mod beside;
mod canary;
mod environment;
mod layers;
mod shape;

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::edit::EditError;
use crate::edit::yaml::{Path, Place, YamlEditor};
use crate::sam::{Function, FunctionKind, Project, Template};

pub(super) use beside::{copy, id_beside};
pub(super) use canary::shift_gradually;
pub(super) use layers::settle_globals;
pub use shape::obstacles;

/// The runtime of a program of one's own.
const RUNTIME: &str = "provided.al2023";

/// How SAM builds a crate.
const BUILD_METHOD: &str = "rust-cargolambda";

/// What the function becomes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) project: &'a Project,
    pub(super) template: &'a Template,
    pub(super) function: &'a Function,
    /// The logical id of the resource to edit: the function's, or its copy's.
    pub(super) id: &'a str,
    /// The crate's folder, from the template's.
    pub(super) code: &'a str,
    /// The crate's binary.
    pub(super) binary: &'a str,
    /// The variables that the program reads; `None` where that is not known.
    pub(super) environment: Option<&'a BTreeSet<String>>,
}

impl Target<'_> {
    fn resource(&self) -> Path {
        Path::from(["Resources", self.id])
    }

    fn properties(&self) -> Path {
        self.resource().join("Properties")
    }
}

/// Makes the resource one of a Rust program. What a person should know goes to `notes`.
pub(super) fn rewrite(
    editor: &mut YamlEditor,
    target: &Target<'_>,
    notes: &mut Vec<String>,
) -> Result<(), EditError> {
    code(editor, target)?;
    let properties = target.properties();
    let code_property = code_property(target.function.kind);
    put(
        editor,
        &properties,
        "Handler",
        "bootstrap",
        Some(code_property),
        "the program that Lambda starts",
    )?;
    put(
        editor,
        &properties,
        "Runtime",
        RUNTIME,
        Some("Handler"),
        "the runtime of a program of one's own",
    )?;
    metadata(editor, target)?;
    snap_start(editor, target)?;
    note_differences(target, notes);
    let keeps_layers = layers::remove(editor, target, notes)?;
    environment::remove(editor, target, keeps_layers, notes)
}

const fn code_property(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Serverless => "CodeUri",
        FunctionKind::Lambda => "Code",
    }
}

fn code(editor: &mut YamlEditor, target: &Target<'_>) -> Result<(), EditError> {
    const REASON: &str = "the crate's folder";
    let properties = target.properties();
    let property = code_property(target.function.kind);
    if has(editor, &properties, "InlineCode") {
        editor.rename(properties.join("InlineCode"), property, REASON)?;
    }
    put(editor, &properties, property, target.code, None, REASON)
}

fn metadata(editor: &mut YamlEditor, target: &Target<'_>) -> Result<(), EditError> {
    const REASON: &str = "sam builds the crate's binary with cargo-lambda";
    let resource = target.resource();
    let mut binary = Mapping::new();
    binary.insert("Binary".into(), target.binary.into());
    let binary = Value::Mapping(binary);
    let at = resource.join("Metadata");
    if has(editor, &resource, "Metadata") {
        if has(editor, &at, "SkipBuild") {
            editor.remove(at.join("SkipBuild"), "a crate has to be built")?;
        }
        editor.set(at.join("BuildMethod"), BUILD_METHOD, REASON)?;
        return editor.set(at.join("BuildProperties"), binary, REASON);
    }
    let mut metadata = Mapping::new();
    metadata.insert("BuildMethod".into(), BUILD_METHOD.into());
    metadata.insert("BuildProperties".into(), binary);
    editor.insert(
        at,
        Value::Mapping(metadata),
        Place::Before("Properties"),
        REASON,
    )
}

/// Lambda takes snapshots of managed runtimes only.
fn snap_start(editor: &mut YamlEditor, target: &Target<'_>) -> Result<(), EditError> {
    const REASON: &str = "Lambda takes no snapshots of programs of one's own";
    let is_on = |it: &crate::sam::Value| it.as_text() != Some("None");
    if !target.function.snap_start.as_ref().is_some_and(is_on) {
        return Ok(());
    }
    let properties = target.properties();
    let is_global = target.template.globals("Function");
    let is_global = is_global.is_some_and(|globals| globals.get("SnapStart").is_some());
    if is_global && target.function.kind == FunctionKind::Serverless {
        return editor.set(properties.join("SnapStart").join("ApplyOn"), "None", REASON);
    }
    editor.remove(properties.join("SnapStart"), REASON)
}

/// What the template sets and means otherwise for a program of one's own.
fn note_differences(target: &Target<'_>, notes: &mut Vec<String>) {
    let own = target.template.properties(&target.function.id);
    let globals = match target.function.kind {
        FunctionKind::Serverless => target.template.globals("Function"),
        FunctionKind::Lambda => None,
    };
    let format = |properties: Option<&crate::sam::Value>| {
        let logging = properties?.get("LoggingConfig")?;
        logging.get("LogFormat")?.as_text().map(str::to_owned)
    };
    let format = format(own.as_ref()).or_else(|| format(globals.as_ref()));
    if format.as_deref() == Some("JSON") {
        notes.push(format!(
            "`{}` asks for JSON logs: Lambda's Python wraps plain lines in JSON, which no one does \
             for a program of one's own; lines that are JSON already are the same",
            target.id
        ));
    }
    if target.function.kind == FunctionKind::Lambda {
        notes.push(format!(
            "`{}` is to be built by `sam build`: `aws cloudformation package` would upload the \
             crate's sources",
            target.id
        ));
    }
}

/// Whether a mapping has a key of its own.
fn has(editor: &YamlEditor, mapping: &Path, key: &str) -> bool {
    keys(editor, mapping).iter().any(|own| own == key)
}

/// The string keys of the mapping at a path, in order.
fn keys(editor: &YamlEditor, mapping: &Path) -> Vec<String> {
    let Some(node) = node(editor, mapping) else {
        return Vec::new();
    };
    let entries = node.entries();
    let keys = entries.iter().filter_map(|entry| entry.key.as_text());
    keys.map(str::to_owned).collect()
}

fn node<'e>(editor: &'e YamlEditor, path: &Path) -> Option<&'e crate::yaml::Node> {
    use crate::edit::yaml::Step;
    let root: &crate::yaml::Node = &editor.document().root;
    path.steps().iter().try_fold(root, |node, step| match step {
        Step::Key(key) => node.target().get(key).map(|node| node.target()),
        Step::Index(index) => node
            .target()
            .as_sequence()?
            .get(*index)
            .map(|node| node.target()),
    })
}

/// Gives a key its value; a missing one comes behind the key `after`, else in front.
fn put(
    editor: &mut YamlEditor,
    mapping: &Path,
    key: &str,
    value: &str,
    after: Option<&str>,
    reason: &str,
) -> Result<(), EditError> {
    let keys = keys(editor, mapping);
    if keys.iter().any(|own| own == key) {
        return editor.set(mapping.join(key), value, reason);
    }
    let at = after.and_then(|after| keys.iter().position(|own| own == after));
    let next = keys.get(at.map_or(0, |at| at + 1));
    let place = next.map_or(Place::End, |next| Place::Before(next));
    if keys.is_empty() {
        return editor.set(mapping.join(key), value, reason);
    }
    editor.insert(mapping.join(key), value, place, reason)
}
