//! Results as people and programs read them. In: plain data such as a
//! [`Scan`](crate::analysis::Scan). Out: text. Decides nothing and prints nothing.

pub mod bench;
mod json;
mod junit;
mod markdown;
pub mod rewrite;
mod text;
mod words;

use std::io::{self, Write};

use crate::analysis::Scan;
use crate::tools::Check;
use crate::verify::Answers;
use crate::verify::outcome::Verification;

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
        Format::Json => json::write(scan, out),
        Format::Markdown => out.write_all(markdown::scan(scan).as_bytes()),
    }
}

/// The forms of the report of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerificationFormat {
    /// For a terminal.
    Text,
    /// For programs; versioned by its field `schema`.
    Json,
    /// For CI systems.
    Junit,
}

/// Writes what a comparison came to in the form asked for.
///
/// # Errors
/// Those of `out`.
pub fn verification(
    verification: &Verification,
    format: VerificationFormat,
    canvas: Canvas,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        VerificationFormat::Text => {
            out.write_all(text::verification(verification, canvas).as_bytes())
        }
        VerificationFormat::Json => json::write(verification, out),
        VerificationFormat::Junit => junit::verification(verification, out),
    }
}

/// The tools that are here and those that are missing, for a terminal.
#[must_use]
pub fn tools(check: &Check, canvas: Canvas) -> String {
    text::tools(check, canvas)
}

/// Says which tests were written into a crate, and which cases are none.
#[must_use]
pub fn answers(answers: &Answers) -> String {
    let tests = words::count(answers.cases.len(), "test");
    let folder = answers.folder.as_deref().map(crate::source::display_path);
    let mut text = format!("{tests} in {}/tests\n", folder.unwrap_or_default());
    for case in &answers.left_out {
        text.push_str(&format!("no test: {case}\n"));
    }
    text
}
