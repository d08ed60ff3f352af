//! samconfig.toml, put right for Rust.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::{DocumentMut, Item};

use crate::edit::EditError;
use crate::edit::toml::TomlEditor;
use crate::plan::Plan;
use crate::sam::Project;
use crate::source::{SourceFile, display_path};

/// Settings that must not be on, and why.
const OFF: [(&str, &str); 2] = [
    (
        "use_container",
        "sam's build containers have no Rust; cargo-lambda needs none to build for Lambda",
    ),
    (
        "cached",
        "sam's cache does not see changes of the workspace outside the crate's folder; cargo has \
         its own",
    ),
];

/// Adds to a plan the edits of every samconfig.toml that a build of these templates reads: one
/// beside the template or beside one that nests it. A file in YAML is left to people.
///
/// # Errors
/// The file that cannot be edited.
pub(super) fn plan(
    project: &Project,
    templates: &BTreeSet<PathBuf>,
    plan: &mut Plan,
    notes: &mut Vec<String>,
) -> Result<(), (Arc<SourceFile>, EditError)> {
    let mut seen = BTreeSet::new();
    for template in &project.templates {
        let is_concerned = templates.iter().any(|path| reads(template.folder(), path));
        let Some(config) = &template.samconfig else {
            if is_concerned {
                note_yaml(project, template.folder(), notes);
            }
            continue;
        };
        if !is_concerned || !seen.insert(config.file.path()) {
            continue;
        }
        let file = &config.file;
        let edits = edited(file).map_err(|error| (Arc::clone(file), error))?;
        plan.edit(file, edits.into_edits());
    }
    Ok(())
}

fn note_yaml(project: &Project, folder: &Path, notes: &mut Vec<String>) {
    for name in ["samconfig.yaml", "samconfig.yml"] {
        let path = folder.join(name);
        if project.root.join(&path).is_file() {
            notes.push(format!(
                "`{}` is not edited: switch `use_container` and `cached` off in it, if they are on",
                display_path(&path)
            ));
        }
    }
}

fn reads(folder: &Path, template: &Path) -> bool {
    template.starts_with(folder)
}

fn edited(file: &Arc<SourceFile>) -> Result<TomlEditor, EditError> {
    let mut editor = TomlEditor::new(file)?;
    let document: DocumentMut = editor.text().parse().unwrap_or_default();
    for (environment, commands) in document.iter() {
        for command in ["build", "global", "sync"] {
            for (name, reason) in OFF {
                let value = commands
                    .get(command)
                    .and_then(|it| it.get("parameters"))
                    .and_then(|it| it.get(name));
                if value.and_then(Item::as_bool) == Some(true) {
                    editor.set(&[environment, command, "parameters", name], false, reason)?;
                }
            }
        }
    }
    Ok(editor)
}
