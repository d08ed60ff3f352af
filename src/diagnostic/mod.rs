//! What the tool says of the user's files: a stable code, a severity, a place, and what to do.
//!
//! Every part of the tool makes [`Diagnostic`]s; only the output layer shows them.

mod code;
mod printable;
mod render;

use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::source::{SourceFile, Span, display_path};
pub use code::Code;
pub use printable::printable;
pub use render::render;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Doubtful, or read differently than one may think; the work goes on.
    Warning,
    /// The thing named could not be read or done.
    Error,
}

/// A range of a file that a diagnostic speaks of.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The range in it.
    pub span: Span,
}

/// One thing to tell the user.
///
/// As JSON: `{"code", "severity", "file", "line", "column", "message", "help"}`, with `null`
/// where there is no place or no help.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// Where; `None` for what has no place in a text, such as a missing file.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without place and help.
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            place: None,
            help: None,
        }
    }

    /// A [`Severity::Error`].
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A [`Severity::Warning`].
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A [`Severity::Note`].
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: Span) -> Self {
        self.place = Some(Place {
            file: Arc::clone(file),
            span,
        });
        self
    }

    /// The same with a line that says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `file:line:column`, where there is a place.
    pub fn location(&self) -> Option<String> {
        let place = self.place.as_ref()?;
        let at = place.file.location(place.span.start);
        Some(format!(
            "{}:{}:{}",
            display_path(place.file.path()),
            at.line,
            at.column
        ))
    }
}

impl std::error::Error for Diagnostic {}

impl Serialize for Diagnostic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = self
            .place
            .as_ref()
            .map(|place| place.file.location(place.span.start));
        let file = self
            .place
            .as_ref()
            .map(|place| display_path(place.file.path()));
        let mut fields = serializer.serialize_struct("Diagnostic", 7)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("file", &file)?;
        fields.serialize_field("line", &at.map(|at| at.line))?;
        fields.serialize_field("column", &at.map(|at| at.column))?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("help", &self.help)?;
        fields.end()
    }
}
