//! Lines of a terminal: headings, fields with hanging indentation, columns.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::Canvas;
use crate::diagnostic::{Diagnostic, Severity, printable, render};

/// Columns that a field's label takes.
const LABEL: usize = 11;

const HEADING: Style = Style::new().bold().underline();
const NAME: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();

/// What a piece of text says, by colour.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) enum Tone {
    Name,
    Dim,
    Good,
    Doubt,
    Bad,
}

pub(in crate::report) struct Page {
    canvas: Canvas,
    text: String,
}

impl Page {
    pub(in crate::report) fn new(canvas: Canvas) -> Self {
        Self {
            canvas,
            text: String::new(),
        }
    }

    pub(in crate::report) fn finish(self) -> String {
        self.text
    }

    pub(in crate::report) fn paint(&self, text: &str, tone: Tone) -> String {
        let style = match tone {
            Tone::Name => NAME,
            Tone::Dim => DIM,
            Tone::Good => GOOD,
            Tone::Doubt => DOUBT,
            Tone::Bad => BAD,
        };
        self.styled(text, style)
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.canvas.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    pub(in crate::report) fn line(&mut self, text: &str) {
        self.wrapped(text, "", "");
    }

    /// A line that is not wrapped, whatever its width.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = printable(text, self.canvas.colour);
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    pub(in crate::report) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(in crate::report) fn heading(&mut self, text: &str) {
        self.blank();
        let heading = self.styled(text, HEADING);
        self.line(&heading);
    }

    /// A labelled line; what does not fit goes on under its beginning.
    pub(in crate::report) fn field(&mut self, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let padded = format!("{label:<LABEL$}");
        let first = format!("  {}", self.styled(&padded, DIM));
        let indent = " ".repeat(LABEL + 2);
        self.wrapped(text, &first, &indent);
    }

    /// A field of several lines.
    pub(in crate::report) fn fields(&mut self, label: &str, lines: &[String]) {
        let mut label = label;
        for line in lines {
            self.field(label, line);
            label = "";
        }
    }

    /// Rows in columns as wide as their widest cell; the last column wraps.
    pub(in crate::report) fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width_of = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .max()
        };
        let widths: Vec<usize> = (0..columns)
            .map(|column| width_of(column).unwrap_or(0))
            .collect();
        for row in rows {
            let mut first = String::from("  ");
            let last = row.len().saturating_sub(1);
            for (cell, width) in row.iter().zip(&widths).take(last) {
                first.push_str(cell);
                first.push_str(&" ".repeat(width - cell.width() + 2));
            }
            let indent = " ".repeat(first.width().min(self.canvas.width / 2));
            self.wrapped(row.last().map_or("", String::as_str), &first, &indent);
        }
    }

    pub(in crate::report) fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        self.text
            .push_str(&render(diagnostic, self.canvas.width, self.canvas.colour));
    }

    fn wrapped(&mut self, text: &str, first: &str, indent: &str) {
        let first = printable(first, self.canvas.colour);
        let options = textwrap::Options::new(self.canvas.width.max(40))
            .initial_indent(&first)
            .subsequent_indent(indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let text = printable(text, self.canvas.colour);
        for line in textwrap::wrap(&text, options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }
}

/// The colour of a severity.
pub(in crate::report) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Note => Tone::Dim,
        Severity::Warning => Tone::Doubt,
        Severity::Error => Tone::Bad,
    }
}
