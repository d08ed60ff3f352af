//! Finding templates below a folder.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{MAX_SOURCE_BYTES, display_path, is_utf16};

/// Folders that hold what tools made or installed, never a project's own templates.
const NEVER: &[&str] = &[
    ".aws-sam",
    "cdk.out",
    "node_modules",
    ".git",
    ".venv",
    "venv",
    "site-packages",
    ".gammaray-migrate",
];

/// Endings of templates.
const ENDINGS: &[&str] = &["yaml", "yml", "json", "template"];

/// One of these stands in every template that declares a function.
const MARKS: &[&[u8]] = &[b"AWS::Serverless", b"AWS::Lambda::Function"];

/// What a search came upon.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files that may be templates, relative to the root, in the order of their paths.
    pub(super) candidates: Vec<PathBuf>,
    /// Folders and files that were passed over though they may hold templates.
    pub(super) passed_over: Vec<Diagnostic>,
}

/// Searches below `root`. .gitignore is respected, in a repository and outside one.
///
/// # Errors
/// Where `root` itself cannot be searched.
pub(super) fn search(root: &Path) -> Result<Found, ignore::Error> {
    let mut found = Found::default();
    let blocked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&blocked);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        .require_git(false)
        .git_global(false)
        .follow_links(false)
        .filter_entry(move |entry| may_enter(entry, &seen))
        .build();
    for (index, entry) in walk.enumerate() {
        match entry {
            Ok(entry) => found.visit(root, &entry),
            Err(error) if index == 0 => return Err(error),
            Err(error) => found.passed_over.push(unsearchable(root, &error)),
        }
    }
    let mut blocked = blocked.lock().unwrap_or_else(PoisonError::into_inner);
    for folder in blocked.drain(..) {
        let shown = display_path(folder.strip_prefix(root).unwrap_or(&folder));
        let message = format!("`{shown}` was passed over: its .gitignore is not a regular file");
        found.passed_over.push(
            Diagnostic::warning(Code::UnreadableFile, message)
                .with_help("remove the .gitignore, or make it a file"),
        );
    }
    found.candidates.sort();
    Ok(found)
}

impl Found {
    fn visit(&mut self, root: &Path, entry: &DirEntry) {
        let Ok(relative) = entry.path().strip_prefix(root) else {
            return;
        };
        let Some(kind) = entry.file_type() else {
            return;
        };
        let ending = relative.extension().and_then(|ending| ending.to_str());
        if kind.is_dir() || kind.is_symlink() || !ending.is_some_and(|it| ENDINGS.contains(&it)) {
            return;
        }
        if kind.is_file() {
            self.candidates.push(relative.to_owned());
        } else {
            let shown = display_path(relative);
            let message = format!("`{shown}` is not a regular file and was passed over");
            self.passed_over
                .push(Diagnostic::warning(Code::UnreadableFile, message));
        }
    }
}

/// Whether the search goes on in a folder. One whose .gitignore is a pipe would block it for
/// ever, and is named in `blocked`.
fn may_enter(entry: &DirEntry, blocked: &Mutex<Vec<PathBuf>>) -> bool {
    let name = entry.file_name().to_str();
    if name.is_some_and(|name| NEVER.contains(&name)) {
        return false;
    }
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let is_blocked = is_folder && has_odd_ignore_file(entry.path());
    if is_blocked {
        let mut blocked = blocked.lock().unwrap_or_else(PoisonError::into_inner);
        blocked.push(entry.path().to_owned());
    }
    !is_blocked
}

fn has_odd_ignore_file(folder: &Path) -> bool {
    fs::metadata(folder.join(".gitignore")).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn unsearchable(root: &Path, error: &ignore::Error) -> Diagnostic {
    let (path, reason) = innermost(error);
    let shown = path.map(|path| display_path(path.strip_prefix(root).unwrap_or(path)));
    let shown = shown.as_deref().unwrap_or("a folder");
    let message = format!("`{shown}` cannot be searched and was passed over: {reason}");
    Diagnostic::warning(Code::UnreadableFile, message)
        .with_help("templates in it, if there are any, are missing from the report")
}

/// The path that an error is about and the error itself.
fn innermost(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (inner, reason) = innermost(err);
            (inner.or(Some(path)), reason)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            innermost(err)
        }
        other => (None, other.to_string()),
    }
}

/// Whether a file's bytes mention what every template with a function mentions. A file that
/// cannot be read may be a template: reading it says why it cannot.
pub(super) fn is_marked(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read =
        fs::File::open(path).and_then(|file| file.take(MAX_SOURCE_BYTES).read_to_end(&mut bytes));
    if read.is_err() {
        return true;
    }
    if is_utf16(&bytes) {
        bytes.retain(|&byte| byte != 0);
    }
    MARKS.iter().any(|mark| contains(&bytes, mark))
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}
