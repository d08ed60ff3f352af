//! Lines of a text by byte offsets; `\n`, `\r\n` and a lone `\r` break lines.

/// The line break that the text uses first; `\n` where it has none.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Offset of the first byte of the line that holds `at`, behind a byte order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    if start == 0 && text.starts_with('\u{feff}') {
        return '\u{feff}'.len_utf8().min(at);
    }
    start
}

/// Offset of the line break, or of the text's end, that closes the line which holds `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// Offset behind the line break at `line_end`.
pub(super) fn next_line(text: &str, line_end: usize) -> usize {
    let rest = text.get(line_end..).unwrap_or_default();
    let length = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    line_end + length
}

/// The offset of the line break before the line that holds `at`; the text's start on the first.
pub(super) fn before_line(text: &str, at: usize) -> usize {
    let start = line_start(text, at);
    let before = text.get(..start).unwrap_or_default();
    let kept = before
        .strip_suffix("\r\n")
        .or_else(|| before.strip_suffix(['\n', '\r']))
        .unwrap_or(before);
    kept.len()
}

/// Column of a byte, from 0, in characters.
pub(super) fn column(text: &str, at: usize) -> usize {
    let line = text.get(line_start(text, at)..at).unwrap_or_default();
    line.chars().count()
}

/// Whether only spaces stand before `at` on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let line = text.get(line_start(text, at)..at).unwrap_or_default();
    line.bytes().all(|byte| byte == b' ')
}
