//! samconfig.toml: how the project calls `sam`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::{Document, Item};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};

/// What samconfig.toml says of the commands that matter here, for the environment `default`.
#[derive(Debug, Clone)]
pub struct SamConfig {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The template that it names, as written.
    pub template: Option<String>,
    /// Whether `sam build` takes unchanged functions from its cache.
    pub cached: bool,
    /// Whether `sam build` builds functions in parallel.
    pub parallel: bool,
    /// Whether `sam build` builds in containers.
    pub use_container: bool,
}

impl SamConfig {
    /// The samconfig.toml of a folder; what is wrong with it goes to `diagnostics`.
    pub(super) fn beside(
        root: &Path,
        folder: &Path,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let path: PathBuf = folder.join("samconfig.toml");
        if !root.join(&path).is_file() {
            return None;
        }
        let file = match SourceFile::read(root, &path) {
            Ok(file) => file,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return None;
            }
        };
        let text = file.text().get(file.bom_len()..).unwrap_or_default();
        let parsed = match Document::parse(text.to_owned()) {
            Ok(parsed) => parsed,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start) + file.bom_len();
                let message = format!("not valid TOML: {}", error.message());
                diagnostics.push(
                    Diagnostic::warning(Code::InvalidToml, message)
                        .at(&file, Span::at(at))
                        .with_help("`sam` cannot read it either; mend the line shown"),
                );
                return None;
            }
        };
        let value = |command: &str, name: &str| -> Option<&Item> {
            let read = |command: &str| {
                parsed
                    .get("default")?
                    .get(command)?
                    .get("parameters")?
                    .get(name)
            };
            read(command).or_else(|| read("global"))
        };
        let flag = |name| {
            value("build", name)
                .and_then(Item::as_bool)
                .unwrap_or(false)
        };
        let named = ["template_file", "template"]
            .iter()
            .find_map(|name| value("build", name));
        Some(Self {
            template: named.and_then(Item::as_str).map(str::to_owned),
            cached: flag("cached"),
            parallel: flag("parallel"),
            use_container: flag("use_container"),
            file,
        })
    }
}
