//! The files of a function's crate.

use std::collections::BTreeSet;

use tera::Context;
use toml_edit::{DocumentMut, Item};

use super::{dependencies, skeleton};
use crate::compiler::Translation;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::display_path;

/// What the crate is of.
pub(super) struct Subject<'a> {
    /// The package and its binary.
    pub(super) name: &'a str,
    /// The logical id that the crate runs under.
    pub(super) function: &'a str,
    /// The name to verify it by.
    pub(super) verify: &'a str,
    /// The template, from the project's root.
    pub(super) template: &'a str,
    /// Where the Python is.
    pub(super) source: &'a str,
    /// Whether the Python function stays.
    pub(super) beside: bool,
}

/// The crate's files, by their paths from its folder, not formatted.
///
/// # Errors
/// Where a skeleton or the data of dependencies is wrong.
pub(super) fn files(
    subject: &Subject<'_>,
    translation: &Translation,
) -> Result<Vec<(String, String)>, Diagnostic> {
    let context = context(subject, translation);
    let mut files = vec![
        (
            "Cargo.toml".to_owned(),
            manifest(&context, &translation.crates)?,
        ),
        (
            "README.md".to_owned(),
            skeleton::render(skeleton::README, &context)?,
        ),
    ];
    let sources = translation.files.iter();
    files.extend(sources.map(|(path, text)| (display_path(path), text.clone())));
    Ok(files)
}

fn context(subject: &Subject<'_>, translation: &Translation) -> Context {
    let variables = translation.environment.iter().flatten();
    let variables: Vec<String> = variables.map(|name| format!("`{name}`")).collect();
    let mut context = Context::new();
    context.insert("name", subject.name);
    context.insert("function", subject.function);
    context.insert("verify", subject.verify);
    context.insert("template", subject.template);
    context.insert("source", subject.source);
    context.insert("beside", &subject.beside);
    context.insert("notes", &translation.notes);
    context.insert("environment", &variables.join(", "));
    context
}

/// The manifest, with the crates that the sources use in the place of the skeleton's.
fn manifest(context: &Context, crates: &BTreeSet<String>) -> Result<String, Diagnostic> {
    let text = skeleton::render(skeleton::MANIFEST, context)?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        Diagnostic::error(Code::DoesNotCompile, error.message().to_owned())
    })?;
    let position = document.get("dependencies").and_then(Item::as_table);
    let position = position.and_then(toml_edit::Table::position);
    let mut table = dependencies::dependencies(crates)?;
    table.set_position(position);
    *table.decor_mut() = toml_edit::Decor::new("\n", "");
    document.insert("dependencies", Item::Table(table));
    Ok(document.to_string())
}
