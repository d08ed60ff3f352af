//! Differences between PyYAML and the YAML 1.2 scanner, settled by replacing bytes of a copy of
//! the text with spaces, so that every offset stays true.

/// A copy of JSON text whose tabs outside strings are spaces and whose strings hold letters only:
/// SAM reads JSON with Python's json module, which takes tabs as white space and has escapes of
/// its own.
pub(super) fn of_json(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    let mut masked = String::with_capacity(json.len());
    for c in json.chars() {
        let closes = c == '"' && !escaped;
        match c {
            '\t' if !in_string => masked.push(' '),
            _ if in_string && !closes => mask(&mut masked, c),
            _ => masked.push(c),
        }
        escaped = in_string && c == '\\' && !escaped;
        if closes {
            in_string = !in_string;
        }
    }
    masked
}

/// What the scanner says of a comment without a space before it, which PyYAML takes behind quotes
/// and brackets.
pub(super) const TIGHT_COMMENT: &str = "comments must be separated";

/// A copy without what the scanner stumbled over at byte `at`; `None` where that is not one of
/// the known differences.
pub(super) fn mend(text: &str, at: usize, info: &str) -> Option<String> {
    if info.contains(TIGHT_COMMENT) {
        return blank_comment(text, at);
    }
    mask_quoted(text, at).or_else(|| join_line(text, at))
}

/// A copy with spaces for the comment at byte `at`.
fn blank_comment(text: &str, at: usize) -> Option<String> {
    let rest = text.get(at..)?.strip_prefix('#')?;
    let length = 1 + rest.find(['\n', '\r']).unwrap_or(rest.len());
    let mut blanked = String::with_capacity(text.len());
    blanked.push_str(text.get(..at)?);
    blanked.extend(std::iter::repeat_n(' ', length));
    blanked.push_str(text.get(at + length..)?);
    Some(blanked)
}

fn mask(out: &mut String, c: char) {
    out.extend(std::iter::repeat_n('x', c.len_utf8()));
}

/// A copy of the text in which the quoted scalar at byte `at` holds letters only, for one whose
/// continuation lines stand at or left of the indentation around it, which PyYAML accepts. `None`
/// where that changes nothing.
fn mask_quoted(text: &str, at: usize) -> Option<String> {
    let quote = text.get(at..)?.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let end = closing_quote(text, at, quote)?;
    let body = text.get(at + 1..end - 1)?;
    if !body.contains(['\n', '\r']) || has_document_mark(body) {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    masked.push_str(text.get(..at + 1)?);
    body.chars().for_each(|c| mask(&mut masked, c));
    masked.push_str(text.get(end - 1..)?);
    Some(masked)
}

/// Whether `---` or `...` stands at the beginning of a later line, which ends a document.
fn has_document_mark(body: &str) -> bool {
    body.split(['\n', '\r']).skip(1).any(|line| {
        let rest = line
            .strip_prefix("---")
            .or_else(|| line.strip_prefix("..."));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

/// Offset behind the quote that closes the one at `start`.
pub(super) fn closing_quote(text: &str, start: usize, quote: char) -> Option<usize> {
    let body = text.get(start + 1..)?;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_quote = chars.peek().is_some_and(|&(_, next)| next == quote);
        if (c == '\\' && quote == '"') || (c == quote && quote == '\'' && next_is_quote) {
            chars.next();
        } else if c == quote {
            return Some(start + 1 + at + 1);
        }
    }
    None
}

/// For a flow collection's text that stands at or left of its key's indentation, which PyYAML
/// accepts: joins the line that holds byte `at` to the one before it. `None` where there is
/// nothing to join.
fn join_line(text: &str, at: usize) -> Option<String> {
    let line_start = text.get(..at)?.rfind('\n')? + 1;
    let before = text.get(..line_start)?;
    let previous_start = before
        .trim_end_matches(['\n', '\r'])
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let previous = text.get(previous_start..line_start)?;
    let blank_from = previous_start + comment_start(previous).unwrap_or(previous.trim_end().len());
    if text.get(blank_from..line_start)?.chars().all(|c| c == ' ') {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    joined.push_str(text.get(..blank_from)?);
    joined.extend(std::iter::repeat_n(' ', line_start - blank_from));
    joined.push_str(text.get(line_start..)?);
    Some(joined)
}

/// Where a line's comment begins, quotes respected.
fn comment_start(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = ' ';
    for (index, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == '#' && previous.is_whitespace() => return Some(index),
            None => {}
        }
        previous = c;
    }
    None
}
