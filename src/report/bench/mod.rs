//! What `bench` found: a table for a terminal, JSON, and one page of HTML with charts.

mod chart;
mod compare;
mod figures;
mod numbers;
mod page;
mod text;

use std::io::{self, Write};

use super::Canvas;
use crate::bench::Results;

/// The forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs; versioned by its field `schema`.
    Json,
    /// For a browser; one file that needs no other.
    Html,
}

/// Writes results in the form asked for. `out` should be buffered.
///
/// # Errors
/// Those of `out`.
pub fn write(
    results: &Results,
    format: Format,
    canvas: Canvas,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => out.write_all(text::of(results, canvas).as_bytes()),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, results)?;
            out.write_all(b"\n")
        }
        Format::Html => out.write_all(page::of(results).as_bytes()),
    }
}
