//! What the tool generated into a crate, so that it knows later what people changed in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use similar::TextDiff;

use super::Refusal;
use crate::diagnostic::{Code, Diagnostic};
use crate::edit::Edit;
use crate::plan::{Digest, Plan};
use crate::source::{SourceFile, Span};

/// The record's file in the crate's folder.
pub(super) const FILE: &str = ".generated.json";

const SCHEMA: u32 = 1;

/// Which function a crate is, and its files as they were generated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    schema: u32,
    /// The function's logical id.
    pub(super) function: String,
    /// Its template, from the project's root.
    pub(super) template: String,
    files: BTreeMap<String, Digest>,
}

impl Record {
    /// The record of a crate's folder; nothing where there is none that can be read.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let text = fs::read(folder.join(FILE)).ok()?;
        let record: Self = serde_json::from_slice(&text).ok()?;
        (record.schema == SCHEMA).then_some(record)
    }

    fn of(function: &str, template: &str, files: &[(String, String)]) -> Self {
        let digest = |(path, text): &(String, String)| (path.clone(), Digest::of(text.as_bytes()));
        Self {
            schema: SCHEMA,
            function: function.to_owned(),
            template: template.to_owned(),
            files: files.iter().map(digest).collect(),
        }
    }
}

/// A crate as it shall be.
pub(super) struct Wanted<'a> {
    /// Its folder, from the project's root.
    pub(super) folder: &'a str,
    /// The function's logical id.
    pub(super) function: &'a str,
    /// Its template, from the project's root.
    pub(super) template: &'a str,
    /// Its files, from its folder.
    pub(super) files: &'a [(String, String)],
}

/// Adds to a plan what makes the crate as wanted. What people changed stays where generating it
/// again gives what it gave before.
///
/// # Errors
/// Each file that people changed and that would be generated otherwise now, with the difference.
pub(super) fn plan(root: &Path, wanted: &Wanted<'_>, plan: &mut Plan) -> Result<(), Refusal> {
    let folder = root.join(wanted.folder);
    let record = Record::read(&folder);
    let known = record.map(|record| record.files).unwrap_or_default();
    let mut refusal = Refusal::default();
    let new = Record::of(wanted.function, wanted.template, wanted.files);
    let mut text = serde_json::to_string_pretty(&new).unwrap_or_default();
    text.push('\n');
    for (name, text) in wanted.files {
        let (name, text) = (name.as_str(), text.as_str());
        let before = known.get(name);
        plan_file(
            &folder,
            wanted.folder,
            (name, text),
            before,
            plan,
            &mut refusal,
        );
    }
    let mut gone: Vec<&String> = known.keys().collect();
    gone.retain(|name| !wanted.files.iter().any(|(wanted, _)| wanted == *name));
    for name in gone {
        if let Ok(found) = fs::read(folder.join(name))
            && known.get(name) == Some(&Digest::of(&found))
        {
            plan.delete(
                format!("{}/{name}", wanted.folder),
                &found,
                "no longer generated",
            );
        }
    }
    let path = format!("{}/{FILE}", wanted.folder);
    match fs::read(folder.join(FILE)) {
        Ok(found) => replace(plan, &path, &found, &text, "what was generated"),
        Err(_) => plan.create(
            path,
            text,
            "what was generated, to tell your changes from it",
        ),
    }
    if refusal.diagnostics.is_empty() {
        Ok(())
    } else {
        Err(refusal)
    }
}

fn plan_file(
    folder: &Path,
    shown: &str,
    (name, text): (&str, &str),
    before: Option<&Digest>,
    plan: &mut Plan,
    refusal: &mut Refusal,
) {
    let path = format!("{shown}/{name}");
    let is_same_as_before = before == Some(&Digest::of(text.as_bytes()));
    match fs::read(folder.join(name)) {
        // A file that people removed, or changed, is generated again only where it is another now.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if !is_same_as_before {
                plan.create(path, text, reason(name));
            }
        }
        Err(error) => refusal.diagnostics.push(unreadable(&path, &error)),
        Ok(found) if before == Some(&Digest::of(&found)) => {
            replace(plan, &path, &found, text, reason(name));
        }
        Ok(found) => {
            if !is_same_as_before && found != text.as_bytes() {
                refusal.changed(&path, &found, text, before.is_some());
            }
        }
    }
}

fn reason(name: &str) -> &'static str {
    match name {
        "Cargo.toml" => "the function's crate",
        "README.md" => "what became of what",
        _ if name.starts_with("tests/") => "the Python's answers",
        _ => "the function in Rust",
    }
}

/// Adds the change of a whole file, if there is one.
pub(super) fn replace(plan: &mut Plan, path: &str, found: &[u8], text: &str, reason: &str) {
    if found == text.as_bytes() {
        return;
    }
    let Ok(before) = std::str::from_utf8(found) else {
        return;
    };
    let file = SourceFile::from_text(path, before);
    let edit = Edit {
        file: path.into(),
        span: Span::new(0, before.len()),
        new_text: text.to_owned(),
        reason: reason.to_owned(),
    };
    plan.edit(&file, vec![edit]);
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        Code::UnreadableFile,
        format!("`{path}` cannot be read: {error}"),
    )
}

impl Refusal {
    fn changed(&mut self, path: &str, found: &[u8], text: &str, was_generated: bool) {
        let found = String::from_utf8_lossy(found);
        let diff = TextDiff::from_lines(found.as_ref(), text);
        let mut diff = diff.unified_diff();
        let diff = diff.header(&format!("a/{path}"), &format!("b/{path}"));
        self.proposal.push_str(&diff.to_string());
        let message = if was_generated {
            format!("`{path}` was changed by hand since it was generated")
        } else {
            format!("`{path}` exists and was not generated by this tool")
        };
        let help = "take over what you want of the difference shown, or move the file away, then \
                    translate again";
        let diagnostic = Diagnostic::error(Code::ChangedByHand, message).with_help(help);
        self.diagnostics.push(diagnostic);
    }
}
