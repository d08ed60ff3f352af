//! Files as they were read: their text, places in it, and where they lie in the project.
//!
//! In: a project root and a path relative to it. Out: a [`SourceFile`], or a
//! [`Diagnostic`](crate::diagnostic::Diagnostic) that says why it cannot be had.
//! Never writes, never follows a link out of the root.

mod file;
mod git;
mod path;
mod span;

pub(crate) use file::is_utf16;
pub use file::{MAX_SOURCE_BYTES, SourceFile};
pub use git::git;
pub use path::{Escape, display_path, normalize, resolve_within};
pub use span::{Location, Span};
