//! Results as people and programs read them. In: plain data such as a
//! [`Scan`](crate::analysis::Scan). Out: text. Decides nothing and prints nothing.

mod json;
mod markdown;
mod text;
mod words;

use crate::analysis::Scan;

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs; versioned by its field `schema`.
    Json,
    /// For a pull request.
    Markdown,
}

/// What a text may use: `width` in terminal columns, and whether colour is seen.
#[derive(Debug, Clone, Copy)]
pub struct Canvas {
    /// Columns.
    pub width: usize,
    /// Whether ANSI colours are understood.
    pub colour: bool,
}

/// A scan in the form asked for.
///
/// # Errors
/// Only where a value cannot be put into JSON, which no [`Scan`] can hold.
pub fn scan(scan: &Scan, format: Format, canvas: Canvas) -> Result<String, serde_json::Error> {
    match format {
        Format::Text => Ok(text::scan(scan, canvas)),
        Format::Json => json::scan(scan),
        Format::Markdown => Ok(markdown::scan(scan)),
    }
}
