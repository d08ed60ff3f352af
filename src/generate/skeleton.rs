//! The skeletons in `templates`, embedded and rendered.
//!
//! Only what Tera and Liquid share is used in them, so that `cargo generate` takes them as well.

use tera::{Context, Tera};

use crate::diagnostic::{Code, Diagnostic};

/// The manifest of a function's crate.
pub(super) const MANIFEST: &str = include_str!("../../templates/function/Cargo.toml");

/// Its page for readers.
pub(super) const README: &str = include_str!("../../templates/function/README.md");

/// The test of its answers.
pub(super) const ANSWERS: &str = include_str!("../../templates/function/tests/answers.rs");

/// The manifest of a workspace that is founded.
pub(super) const WORKSPACE: &str = include_str!("../../templates/workspace/Cargo.toml");

/// Its settings for cargo.
pub(super) const CONFIG: &str = include_str!("../../templates/workspace/.cargo/config.toml");

/// Renders a skeleton.
///
/// # Errors
/// Where a skeleton is broken: a mistake of ours.
pub(super) fn render(skeleton: &str, context: &Context) -> Result<String, Diagnostic> {
    Tera::one_off(skeleton, context, false).map_err(|error| {
        Diagnostic::error(
            Code::DoesNotCompile,
            format!("a skeleton of this tool cannot be rendered: {error}"),
        )
        .with_help("please report it")
    })
}
