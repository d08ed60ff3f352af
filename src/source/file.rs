use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{Escape, Location, Span, display_path, resolve_within};
use crate::diagnostic::{Code, Diagnostic};

/// Largest file that is read as source. CloudFormation takes templates up to 1 MB; Lambda's
/// console shows code up to 3 MB.
pub const MAX_SOURCE_BYTES: u64 = 16 * 1024 * 1024;

const BOM: &str = "\u{feff}";

/// A text file of the project. Offsets count bytes of the file, a byte order mark included.
pub struct SourceFile {
    path: PathBuf,
    text: String,
    line_starts: OnceLock<Vec<usize>>,
}

impl std::fmt::Debug for SourceFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("SourceFile")
            .field(&self.path)
            .finish()
    }
}

impl SourceFile {
    /// A file from text in memory; `path` is the name shown in messages.
    pub fn from_text(path: impl Into<PathBuf>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
        })
    }

    /// Reads `root/relative`.
    ///
    /// # Errors
    /// A diagnostic without a place when the file is missing, unreadable, not a regular file,
    /// larger than [`MAX_SOURCE_BYTES`], or reached through a link that leaves `root`; one at
    /// the offending byte when it is not UTF-8.
    pub fn read(root: &Path, relative: &Path) -> Result<Arc<Self>, Diagnostic> {
        let shown = display_path(relative);
        let real = resolve_within(root, relative).map_err(|escape| match escape {
            Escape::Outside => Diagnostic::error(
                Code::PathLeavesProject,
                format!("`{shown}` lies outside the project"),
            )
            .with_help("move the file into the project, or run on the folder that holds both"),
            Escape::Io(error) => unreadable(&shown, &error),
        })?;
        let metadata = fs::metadata(&real).map_err(|error| unreadable(&shown, &error))?;
        if !metadata.is_file() {
            return Err(Diagnostic::error(
                Code::UnreadableFile,
                format!("`{shown}` is not a regular file"),
            )
            .with_help("name a file, not a folder, pipe or device"));
        }
        let bytes = read_limited(&real, &shown)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::from_text(relative, text)),
            Err(error) => Err(not_utf8(relative, &error)),
        }
    }

    /// The path relative to the project's root.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length in bytes of the byte order mark: 0 or 3.
    pub fn bom_len(&self) -> usize {
        if self.text.starts_with(BOM) {
            BOM.len()
        } else {
            0
        }
    }

    /// The text that `span` covers; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// How many lines the file has; a last line without a newline counts.
    pub fn line_count(&self) -> usize {
        let starts = self.line_starts();
        let last_is_empty = starts.last().is_some_and(|&start| start == self.text.len());
        starts.len() - usize::from(last_is_empty)
    }

    /// Line and column of a byte offset; an offset behind the end gives the end's place.
    pub fn location(&self, offset: usize) -> Location {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|&start| start <= offset);
        let start = starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let start = if line == 1 {
            self.bom_len().min(offset)
        } else {
            start
        };
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        Location {
            line,
            column: column + 1,
        }
    }

    /// The text of a line (from 1) without its line break.
    pub fn line_text(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let Some(&start) = line.checked_sub(1).and_then(|index| starts.get(index)) else {
            return "";
        };
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// Offset of the first byte of the line that holds `offset`.
    pub fn line_start(&self, offset: usize) -> usize {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        starts.get(line.wrapping_sub(1)).copied().unwrap_or(0)
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (index, &byte) in bytes.iter().enumerate() {
                let lone_return = byte == b'\r' && bytes.get(index + 1) != Some(&b'\n');
                if byte == b'\n' || lone_return {
                    starts.push(index + 1);
                }
            }
            starts
        })
    }
}

/// Longest line, in bytes, that is shown whole around a place in it.
const LONGEST_LINE: usize = 200;

impl SourceFile {
    /// The span, extended to the line that it begins on.
    fn whole_line(&self, span: &miette::SourceSpan) -> miette::SourceSpan {
        let line = self.location(span.offset()).line;
        let start = self.line_start(span.offset()).max(self.bom_len());
        let length = self.line_text(line).len();
        let end = (self.line_start(span.offset()) + length).max(span.offset() + span.len());
        if start > span.offset() || end - start > LONGEST_LINE {
            return *span;
        }
        (start, end - start).into()
    }
}

impl miette::SourceCode for SourceFile {
    /// With context, which is one line for [`crate::diagnostic::render`], the whole line.
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let span = match (before, after) {
            (0, 0) => *span,
            _ => self.whole_line(span),
        };
        let inner = self.text.read_span(&span, 0, 0)?;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            display_path(&self.path),
            inner.data(),
            *inner.span(),
            inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}

fn read_limited(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_SOURCE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(shown, &error))?;
    if bytes.len() as u64 > MAX_SOURCE_BYTES {
        return Err(Diagnostic::error(
            Code::FileTooLarge,
            format!(
                "`{shown}` is larger than {} MiB",
                MAX_SOURCE_BYTES / (1024 * 1024)
            ),
        )
        .with_help("no source is that large; is this a generated file, or data?"));
    }
    Ok(bytes)
}

fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Diagnostic::error(Code::MissingFile, format!("there is no file `{shown}`"))
                .with_help("check the path, or add the file")
        }
        _ => Diagnostic::error(
            Code::UnreadableFile,
            format!("`{shown}` cannot be read: {error}"),
        )
        .with_help("check the file's permissions and that it is a file"),
    }
}

/// The place counts in the text with its bad bytes replaced, which is the same up to the first.
fn not_utf8(relative: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let shown = display_path(relative);
    let bytes = error.as_bytes();
    let valid = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(bytes);
    let file = SourceFile::from_text(relative, text);
    let message = if is_utf16(bytes) {
        format!("`{shown}` is UTF-16, not UTF-8")
    } else {
        let byte = bytes.get(valid).copied().unwrap_or_default();
        format!("`{shown}` is not UTF-8: byte 0x{byte:02x} at offset {valid}")
    };
    Diagnostic::error(Code::NotUtf8, message)
        .at(&file, Span::at(valid))
        .with_help("save the file as UTF-8")
}

/// Whether a file begins with the byte order mark of UTF-16.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}
