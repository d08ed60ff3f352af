//! Results as people and programs read them. In: plain data such as a
//! [`Scan`](crate::analysis::Scan). Out: text. Decides nothing and prints nothing.

pub mod bench;
mod json;
mod markdown;
mod text;
mod words;

use std::io::{self, Write};

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

/// Writes a scan in the form asked for. `out` should be buffered.
///
/// # Errors
/// Those of `out`.
pub fn scan(scan: &Scan, format: Format, canvas: Canvas, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => out.write_all(text::scan(scan, canvas).as_bytes()),
        Format::Json => json::scan(scan, out),
        Format::Markdown => out.write_all(markdown::scan(scan).as_bytes()),
    }
}
