//! The Cargo workspace that the crates join: the project's own, or one founded at its root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::{DocumentMut, Item};

use super::skeleton;
use crate::diagnostic::{Code, Diagnostic};
use crate::edit::toml::TomlEditor;
use crate::plan::Plan;
use crate::source::{SourceFile, Span, display_path};

/// What libcrypto's build reads so that the program starts without collecting jitter.
const NO_JITTER: [&str; 2] = ["env", "AWS_LC_SYS_NO_JITTER_ENTROPY"];

/// Why.
const NO_JITTER_REASON: &str = "without jitter entropy, which costs some 50 ms of each cold start";

/// The release profile of [`skeleton::WORKSPACE`], for a workspace that has none.
const PROFILE_REASON: &str = "a small program and a short cold start; a panic ends the process, \
                              and Lambda starts the function anew";

/// The workspace and where it stands.
#[derive(Debug)]
pub(super) struct Workspace {
    /// Its folder, from the project's root.
    pub(super) folder: PathBuf,
    manifest: Option<TomlEditor>,
    document: DocumentMut,
    file: Option<Arc<SourceFile>>,
    joined: Vec<String>,
}

impl Workspace {
    /// The workspace that holds, or shall hold, a crate at `folder`.
    ///
    /// # Errors
    /// Where a manifest on the way cannot be read.
    pub(super) fn around(root: &Path, folder: &Path) -> Result<Self, Vec<Diagnostic>> {
        for above in folder.ancestors().skip(1) {
            let workspace = Self::read(root, above)?;
            let is_top = above.as_os_str().is_empty();
            if workspace.document.contains_key("workspace") || is_top {
                return Ok(workspace);
            }
        }
        Self::read(root, Path::new(""))
    }

    fn read(root: &Path, folder: &Path) -> Result<Self, Vec<Diagnostic>> {
        let path = folder.join("Cargo.toml");
        let mut workspace = Self {
            folder: folder.to_owned(),
            manifest: None,
            document: DocumentMut::new(),
            file: None,
            joined: Vec::new(),
        };
        if !root.join(&path).exists() {
            return Ok(workspace);
        }
        let file = SourceFile::read(root, &path).map_err(|diagnostic| vec![diagnostic])?;
        let editor = TomlEditor::new(&file).map_err(|error| vec![error.diagnostic(&file)])?;
        workspace.document = editor.text().parse().unwrap_or_default();
        workspace.manifest = Some(editor);
        workspace.file = Some(file);
        Ok(workspace)
    }

    /// Makes a crate a member. `folder` is its folder from the project's root.
    ///
    /// # Errors
    /// Where the workspace leaves the crate out.
    pub(super) fn join(&mut self, folder: &Path) -> Result<(), Vec<Diagnostic>> {
        let member = folder.strip_prefix(&self.folder).unwrap_or(folder);
        let member = display_path(member);
        let listed = |key: &str| self.listed(key);
        if let Some(pattern) = listed("exclude").iter().find(|it| is_within(it, &member)) {
            return Err(vec![self.excluded(pattern, &member)]);
        }
        let is_member = listed("members").iter().any(|it| is_match(it, &member));
        if !is_member && !self.joined.contains(&member) {
            self.joined.push(member);
        }
        Ok(())
    }

    fn listed(&self, key: &str) -> Vec<String> {
        let workspace = self.document.get("workspace");
        let listed = workspace
            .and_then(|it| it.get(key))
            .and_then(Item::as_array);
        let listed = listed.into_iter().flatten();
        listed
            .filter_map(|it| Some(it.as_str()?.to_owned()))
            .collect()
    }

    fn excluded(&self, pattern: &str, member: &str) -> Diagnostic {
        let message = format!("the Cargo workspace excludes `{member}` by `{pattern}`");
        let diagnostic = Diagnostic::error(Code::WorkspaceShape, message)
            .with_help("take it out of `workspace.exclude`");
        match &self.file {
            Some(file) => diagnostic.at(file, Span::at(file.bom_len())),
            None => diagnostic,
        }
    }

    /// Adds to a plan what the workspace needs. `encrypts` says whether a member needs libcrypto.
    ///
    /// # Errors
    /// Where a file of the project cannot be edited.
    pub(super) fn plan(
        self,
        root: &Path,
        encrypts: bool,
        plan: &mut Plan,
    ) -> Result<Vec<String>, Vec<Diagnostic>> {
        let mut notes = Vec::new();
        let folder = self.folder.clone();
        ignore_target(root, &folder, plan);
        if encrypts {
            configure(root, &folder, plan)?;
        }
        match (self.manifest, self.file) {
            (Some(mut editor), Some(file)) => {
                let edit = join_existing(&mut editor, &self.document, &self.joined, &mut notes);
                edit.map_err(|error| vec![error.diagnostic(&file)])?;
                plan.edit(&file, editor.into_edits());
            }
            _ => plan.create(
                shown(&folder, "Cargo.toml"),
                founded(&self.joined),
                "the workspace of the project's Rust functions",
            ),
        }
        Ok(notes)
    }
}

fn shown(folder: &Path, name: &str) -> String {
    display_path(&folder.join(name))
}

fn founded(members: &[String]) -> String {
    let mut document: DocumentMut = skeleton::WORKSPACE.parse().unwrap_or_default();
    if let Some(list) = document
        .get_mut("workspace")
        .and_then(|it| it.get_mut("members"))
    {
        let members: toml_edit::Array = members.iter().map(String::as_str).collect();
        *list = toml_edit::value(members);
    }
    document.to_string()
}

fn join_existing(
    editor: &mut TomlEditor,
    document: &DocumentMut,
    members: &[String],
    notes: &mut Vec<String>,
) -> Result<(), crate::edit::EditError> {
    let is_package = document.contains_key("package") && !document.contains_key("workspace");
    for member in members {
        editor.add_workspace_member(member, "the function's crate joins the workspace")?;
    }
    if is_package && !members.is_empty() {
        notes.push("the package at the project's root became a workspace's root".to_owned());
    }
    let profile = document.get("profile").and_then(|it| it.get("release"));
    if profile.is_some() {
        notes.push(
            "the workspace's own release profile stays; `opt-level = \"z\"`, `lto = true`, \
             `codegen-units = 1`, `panic = \"abort\"` and `strip = true` make the shortest cold \
             start"
                .to_owned(),
        );
        return Ok(());
    }
    let ours: DocumentMut = skeleton::WORKSPACE.parse().unwrap_or_default();
    let settings = ours.get("profile").and_then(|it| it.get("release"));
    let settings = settings.and_then(Item::as_table).into_iter().flatten();
    for (key, value) in settings {
        if let Some(value) = value.as_value() {
            let mut value = value.clone();
            value.decor_mut().clear();
            editor.set(&["profile", "release", key], value, PROFILE_REASON)?;
        }
    }
    Ok(())
}

/// Keeps what cargo builds out of git's sight.
fn ignore_target(root: &Path, folder: &Path, plan: &mut Plan) {
    const LINE: &str = "/target/";
    const REASON: &str = "what cargo builds is not versioned";
    let path = folder.join(".gitignore");
    let Ok(file) = SourceFile::read(root, &path) else {
        if !root.join(&path).exists() {
            plan.create(display_path(&path), format!("{LINE}\n"), REASON);
        }
        return;
    };
    let is_ignored = file.text().lines().any(|line| {
        let line = line.trim();
        line.trim_matches('/') == "target" || line == "**/target"
    });
    if is_ignored {
        return;
    }
    let newline = if file.text().contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let needs_break = !file.text().is_empty() && !file.text().ends_with('\n');
    let first = if needs_break { newline } else { "" };
    plan.edit(
        &file,
        vec![crate::edit::Edit {
            file: path,
            span: Span::at(file.text().len()),
            new_text: format!("{first}{LINE}{newline}"),
            reason: REASON.to_owned(),
        }],
    );
}

fn configure(root: &Path, folder: &Path, plan: &mut Plan) -> Result<(), Vec<Diagnostic>> {
    let path = folder.join(".cargo/config.toml");
    if !root.join(&path).exists() {
        plan.create(display_path(&path), skeleton::CONFIG, NO_JITTER_REASON);
        return Ok(());
    }
    let file = SourceFile::read(root, &path).map_err(|diagnostic| vec![diagnostic])?;
    let edit = || {
        let mut editor = TomlEditor::new(&file)?;
        let document: DocumentMut = editor.text().parse().unwrap_or_default();
        let [table, key] = NO_JITTER;
        if document.get(table).and_then(|it| it.get(key)).is_none() {
            editor.set(&NO_JITTER, "1", NO_JITTER_REASON)?;
        }
        Ok(editor.into_edits())
    };
    let edits = edit().map_err(|error: crate::edit::EditError| vec![error.diagnostic(&file)])?;
    plan.edit(&file, edits);
    Ok(())
}

/// Whether `member` is the folder `above` or lies in it.
fn is_within(above: &str, member: &str) -> bool {
    let above = above.trim_start_matches("./").trim_end_matches('/');
    Path::new(member).starts_with(above)
}

/// Whether a member's pattern, whose `*` stands for a part of one name, fits a folder.
fn is_match(pattern: &str, member: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let (patterns, parts) = (pattern.split('/'), member.split('/'));
    let same_depth = patterns.clone().count() == parts.clone().count();
    same_depth
        && patterns
            .zip(parts)
            .all(|(pattern, part)| fits(pattern, part))
}

fn fits(pattern: &str, part: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('*') else {
        return pattern == part;
    };
    let Some(part) = part.strip_prefix(before) else {
        return false;
    };
    (0..=part.len()).any(|at| part.get(at..).is_some_and(|part| fits(rest, part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_members() {
        assert!(is_match("rust/*", "rust/authorizer"));
        assert!(is_match("./rust/authorizer/", "rust/authorizer"));
        assert!(is_match("*/auth*r", "rust/authorizer"));
        assert!(!is_match("rust/*", "rust/a/b"));
        assert!(!is_match("rust", "rust/authorizer"));
        assert!(is_within("rust", "rust/authorizer"));
        assert!(!is_within("rus", "rust/authorizer"));
    }

    #[test]
    fn a_founded_workspace_says_why_it_is_so() {
        let text = founded(&["rust/a".to_owned(), "rust/b".to_owned()]);
        assert!(
            text.starts_with("[workspace]\nmembers = [\"rust/a\", \"rust/b\"]\n"),
            "{text}"
        );
        assert!(text.contains("# A small program starts soon."), "{text}");
    }
}
