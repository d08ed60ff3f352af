//! A second function next to the Python one, so that both can be called.

use serde_yaml::{Mapping, Value};

use super::{Target, keys};
use crate::edit::EditError;
use crate::edit::yaml::{Path, Place, YamlEditor};
use crate::sam::Template;

/// What stands before the paths of its API events.
const PREFIX: &str = "/rust";

/// The logical id of the function beside another; `None` where that is taken by something else.
/// A resource that builds `binary` is the function from an earlier time.
pub(in crate::generate) fn id_beside(
    template: &Template,
    id: &str,
    binary: &str,
) -> Option<(String, bool)> {
    let beside = match id.strip_suffix("Function") {
        Some(name) if !name.is_empty() => format!("{name}RustFunction"),
        _ => format!("{id}Rust"),
    };
    if template.resource(&beside).is_none() {
        return Some((beside, false));
    }
    let function = template.functions.iter().find(|it| it.id == beside)?;
    let is_same = function.build_binary.as_deref() == Some(binary);
    is_same.then_some((beside, true))
}

/// Adds a copy of the function's resource under the target's id, with the events that both can
/// have: API events under paths of their own. Others would take work from the Python function or
/// do it twice.
pub(in crate::generate) fn copy(
    editor: &mut YamlEditor,
    target: &Target<'_>,
    notes: &mut Vec<String>,
) -> Result<(), EditError> {
    const REASON: &str = "the function in Rust beside the one in Python";
    let resources = Path::from(["Resources"]);
    let of_python = resources.join(target.function.id.as_str());
    let Some(node) = super::node(editor, &of_python) else {
        return Ok(());
    };
    let mut body = node.to_value().map_err(|error| EditError::Unreadable {
        why: error.to_string(),
        span: node.outer,
    })?;
    let properties = body.get_mut("Properties").and_then(Value::as_mapping_mut);
    if let Some(properties) = properties {
        if properties.shift_remove("FunctionName").is_some() {
            notes.push(format!(
                "`{}` has no `FunctionName`, since names are unique; CloudFormation makes one",
                target.id
            ));
        }
        events(properties, target.id, notes);
    }
    let keys = keys(editor, &resources);
    let own = keys.iter().position(|key| *key == target.function.id);
    let next = own.and_then(|own| keys.get(own + 1));
    let place = next.map_or(Place::End, |next| Place::Before(next));
    editor.insert(resources.join(target.id), body, place, REASON)
}

fn events(properties: &mut Mapping, id: &str, notes: &mut Vec<String>) {
    let call = format!("call it with `sam remote invoke {id} --event-file FILE`");
    let Some(events) = properties.get_mut("Events").and_then(Value::as_mapping_mut) else {
        notes.push(format!("nothing in the template calls `{id}`: {call}"));
        return;
    };
    let (mut kept, mut dropped) = (Mapping::new(), Vec::new());
    for (name, mut event) in std::mem::take(events) {
        let shown = name.as_str().unwrap_or_default().to_owned();
        match own_path(&mut event) {
            Some(path) => {
                notes.push(format!("`{id}` answers at `{path}` (event `{shown}`)"));
                kept.insert(name, event);
            }
            None => dropped.push(shown),
        }
    }
    if !dropped.is_empty() {
        notes.push(format!(
            "`{id}` does not get the events {}: both functions would do the same work; {call}",
            dropped.join(", ")
        ));
    }
    if kept.is_empty() {
        properties.shift_remove("Events");
    } else {
        *events = kept;
    }
}

/// Gives an API event a path of its own; nothing where it has no plain path.
fn own_path(event: &mut Value) -> Option<String> {
    let kind = event.get("Type")?.as_str()?;
    if !matches!(kind, "Api" | "HttpApi") {
        return None;
    }
    let path = event.get_mut("Properties")?.get_mut("Path")?;
    let own = format!(
        "{PREFIX}{}",
        path.as_str().filter(|it| it.starts_with('/'))?
    );
    *path = Value::String(own.clone());
    Some(own)
}
