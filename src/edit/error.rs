use std::sync::Arc;

use thiserror::Error;

use super::Conflict;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};

/// Why an edit is refused. Nothing has been changed then.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EditError {
    /// The place is not in the file.
    #[error("there is no `{path}` in the file")]
    Missing {
        /// The place, such as `Resources.Fn.Properties.Layers[1]`.
        path: String,
        /// Where the search ended.
        span: Span,
    },
    /// The place exists already.
    #[error("`{path}` exists already")]
    Exists {
        /// The place.
        path: String,
        /// Where it stands.
        span: Span,
    },
    /// The value there is of another kind than the edit needs.
    #[error("`{path}` is {found}, not {wanted}")]
    Kind {
        /// The place.
        path: String,
        /// What it is, with its article.
        found: String,
        /// What it must be, with its article.
        wanted: String,
        /// Where it stands.
        span: Span,
    },
    /// The value stands elsewhere, behind an alias or a merge key, and others share it.
    #[error("`{path}` is shared: {how}")]
    Shared {
        /// The place.
        path: String,
        /// How it is shared.
        how: String,
        /// Where it stands.
        span: Span,
    },
    /// The key stands more than once.
    #[error("the key `{path}` stands more than once")]
    Duplicate {
        /// The place.
        path: String,
        /// Where the last one stands.
        span: Span,
    },
    /// The new value cannot be written in the file's format or at this place.
    #[error("the value for `{path}` cannot be written here: {why}")]
    Unwritable {
        /// The place.
        path: String,
        /// Why not.
        why: String,
    },
    /// The edited text, read again, does not hold the intended value.
    #[error("the edit of `{path}` was refused by its check: {why}")]
    NotVerified {
        /// The place.
        path: String,
        /// What the check found.
        why: String,
    },
    /// The file itself cannot be read as what it should be.
    #[error("the file cannot be edited: {why}")]
    Unreadable {
        /// Why not.
        why: String,
        /// Where, if known.
        span: Span,
    },
    /// Edits overlap.
    #[error(transparent)]
    Conflict(#[from] Conflict),
}

impl EditError {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::Missing { .. } => Code::EditTargetMissing,
            Self::Exists { .. } => Code::EditTargetExists,
            Self::Kind { .. } => Code::EditTargetKind,
            Self::Shared { .. } => Code::EditTargetShared,
            Self::Duplicate { .. } => Code::EditTargetDuplicate,
            Self::Unwritable { .. } => Code::EditUnwritable,
            Self::NotVerified { .. } => Code::EditNotVerified,
            Self::Unreadable { .. } => Code::EditUnreadable,
            Self::Conflict(_) => Code::EditsOverlap,
        }
    }

    /// The same as a diagnostic of `file`, with what to do.
    pub fn diagnostic(&self, file: &Arc<SourceFile>) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.code(), self.to_string());
        let (span, help) = match self {
            Self::Missing { span, .. } => (Some(span), "add it to the file, then run again"),
            Self::Exists { span, .. } => (Some(span), "rename or remove it, then run again"),
            Self::Kind { span, .. } => (Some(span), "edit this place by hand"),
            Self::Shared { span, .. } => (
                Some(span),
                "give this place a value of its own instead of the shared one, then run again",
            ),
            Self::Duplicate { span, .. } => (Some(span), "keep one of them, then run again"),
            Self::Unwritable { .. } => (None, "edit this place by hand"),
            Self::NotVerified { .. } => (
                None,
                "nothing was written; edit this place by hand, and please report the file's shape",
            ),
            Self::Unreadable { span, .. } => (Some(span), "mend the file, then run again"),
            Self::Conflict(_) => (None, "make one change at a time"),
        };
        let diagnostic = diagnostic.with_help(help);
        match span {
            Some(span) => diagnostic.at(file, *span),
            None => diagnostic,
        }
    }
}
