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

    fn write(&self, folder: &Path, shown: &str, plan: &mut Plan) {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        let path = format!("{shown}/{FILE}");
        match fs::read(folder.join(FILE)) {
            Ok(found) => replace(plan, &path, &found, &text, "what was generated"),
            Err(_) => plan.create(
                path,
                text,
                "what was generated, to tell your changes from it",
            ),
        }
    }
}

fn digests(files: &[(String, String)]) -> BTreeMap<String, Digest> {
    let digest = |(path, text): &(String, String)| (path.clone(), Digest::of(text.as_bytes()));
    files.iter().map(digest).collect()
}

/// Whether a file is one of the tests', which are written by themselves.
fn is_test(name: &str) -> bool {
    name.starts_with("tests/")
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
    let known = Record::read(&folder);
    let known = known.map(|record| record.files).unwrap_or_default();
    let (tests, known): (BTreeMap<_, _>, _) =
        known.into_iter().partition(|(name, _)| is_test(name));
    plan_files(&folder, wanted.folder, wanted.files, &known, plan)?;
    let mut files = digests(wanted.files);
    files.extend(tests);
    let record = Record {
        schema: SCHEMA,
        function: wanted.function.to_owned(),
        template: wanted.template.to_owned(),
        files,
    };
    record.write(&folder, wanted.folder, plan);
    Ok(())
}

/// Adds to a plan what makes the tests of a crate as wanted, in the place of those before.
///
/// # Errors
/// Where there is no record, or people changed what would be written otherwise now.
pub(super) fn plan_tests(
    root: &Path,
    shown: &str,
    tests: &[(String, String)],
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let folder = root.join(shown);
    let Some(mut record) = Record::read(&folder) else {
        return Err(not_generated(shown).into());
    };
    let (known, others) = record
        .files
        .into_iter()
        .partition(|(name, _)| is_test(name));
    plan_files(&folder, shown, tests, &known, plan)?;
    record.files = others;
    record.files.extend(digests(tests));
    record.write(&folder, shown, plan);
    Ok(())
}

/// Adds to a plan what makes files of a folder as wanted, and takes away what was generated before
/// and is not wanted any more.
fn plan_files(
    folder: &Path,
    shown: &str,
    files: &[(String, String)],
    known: &BTreeMap<String, Digest>,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let mut refusal = Refusal::default();
    for (name, text) in files {
        let (name, text) = (name.as_str(), text.as_str());
        let before = known.get(name);
        plan_file(folder, shown, (name, text), before, plan, &mut refusal);
    }
    let is_gone = |name: &&String| !files.iter().any(|(wanted, _)| wanted == *name);
    for name in known.keys().filter(is_gone) {
        if let Ok(found) = fs::read(folder.join(name))
            && known.get(name) == Some(&Digest::of(&found))
        {
            plan.delete(format!("{shown}/{name}"), &found, "no longer generated");
        }
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
        _ if is_test(name) => "what the function answers",
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

/// That a crate has not got the record of what was generated.
fn not_generated(folder: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WorkspaceShape,
        format!("`{folder}` is no crate that this tool generated"),
    )
    .with_help("tests are written for a function that `rewrite` made; name its crate's folder")
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
