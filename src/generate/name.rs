//! What a function's crate is called.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use heck::ToKebabCase;
use ignore::WalkBuilder;
use toml_edit::{DocumentMut, Item};

use super::dependencies;
use super::record::Record;
use crate::sam::{Function, Template};
use crate::source::display_path;

/// Names that Rust or cargo keeps for itself.
const RESERVED: &str = "abstract alloc as async await become box break build const continue core \
    crate deps do dyn else enum examples extern false final fn for gen if impl in incremental let \
    loop macro match mod move mut override priv proc-macro pub ref return self static std struct \
    super test trait true try type typeof unsafe unsized use virtual where while yield";

/// The names to try, the shortest first.
pub(super) fn candidates(template: &Template, function: &Function) -> Vec<String> {
    let id = function.id.to_kebab_case();
    let folder = display_path(template.folder()).to_kebab_case();
    let short = function.short_name();
    let mut names = vec![short.clone(), id.clone()];
    if !folder.is_empty() {
        names.push(format!("{folder}-{short}"));
    }
    names.push(format!("{folder}-{id}-function"));
    names.iter().map(|name| allowed(name)).collect()
}

/// The name, made one that cargo takes for a package and its binary.
fn allowed(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let name = name.trim_matches('-');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return format!("function-{name}");
    }
    let is_reserved = RESERVED.split(' ').any(|reserved| reserved == name);
    if is_reserved || dependencies::is_known(name) {
        return format!("{name}-function");
    }
    name.to_owned()
}

/// The packages and binaries of the project and the folders of their packages. Looked for only
/// where there is a manifest that may be a workspace's.
pub(super) fn taken(root: &Path, folder: &str) -> BTreeMap<String, PathBuf> {
    let mut taken = BTreeMap::new();
    let manifests = [
        root.join("Cargo.toml"),
        root.join(folder).join("Cargo.toml"),
    ];
    if !manifests.iter().any(|path| path.is_file()) {
        return taken;
    }
    let walk = WalkBuilder::new(root).require_git(false).build().flatten();
    for entry in walk.filter(|entry| entry.file_name() == "Cargo.toml") {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let manifest: DocumentMut = text.parse().unwrap_or_default();
        let folder = entry.path().parent().unwrap_or(root).to_owned();
        let binaries = manifest.get("bin").and_then(Item::as_array_of_tables);
        let binaries = binaries.into_iter().flatten().map(|it| it.get("name"));
        let package = manifest.get("package").map(|it| it.get("name"));
        for name in binaries.chain(package).flatten().filter_map(Item::as_str) {
            taken.insert(name.to_owned(), folder.clone());
        }
    }
    taken
}

/// Whether a crate's folder may hold the function: it is free, or the function's already.
pub(super) fn fits(root: &Path, folder: &str, template: &str, function: &str) -> bool {
    let place = root.join(folder);
    match Record::read(&place) {
        Some(record) => record.function == function && record.template == template,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cargo_takes() {
        assert_eq!(allowed("list-buckets"), "list-buckets");
        assert_eq!(allowed("2nd-try"), "function-2nd-try");
        assert_eq!(allowed("test"), "test-function");
        assert_eq!(allowed("match"), "match-function");
        assert_eq!(allowed("uuid"), "uuid-function");
        assert_eq!(allowed("aws-sdk-s3"), "aws-sdk-s3-function");
        assert_eq!(allowed("-"), "function-");
    }
}
