//! Finding templates below a folder.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

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
const MARKS: &[&str] = &["AWS::Serverless", "AWS::Lambda::Function"];

/// Files below `root` that may be templates, relative to it, in the order of their paths.
/// .gitignore is respected, in a repository and outside one.
pub(super) fn candidates(root: &Path) -> Result<Vec<PathBuf>, ignore::Error> {
    let mut found = Vec::new();
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .git_global(false)
        .follow_links(false)
        .filter_entry(|entry| {
            entry
                .file_name()
                .to_str()
                .is_none_or(|name| !NEVER.contains(&name))
        })
        .build();
    for (index, entry) in walk.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            // The root itself must be readable; an unreadable folder below it is passed over.
            Err(error) if index == 0 => return Err(error),
            Err(_) => continue,
        };
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
            found.extend(entry.path().strip_prefix(root).map(Path::to_owned));
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a text mentions what every template with a function mentions.
pub(super) fn is_marked(text: &str) -> bool {
    MARKS
        .iter()
        .any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// Whether a file that cannot be read is a template by SAM's default names.
pub(super) fn is_named_template(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "template")
}
