//! Differences between PyYAML and the YAML 1.2 scanner, settled by replacing bytes of a copy of
//! the text with spaces, so that every offset stays true.

/// A copy of JSON text whose tabs outside strings are spaces: SAM reads JSON with Python's json
/// module, which takes tabs as white space.
pub(super) fn spaces_for_tabs(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    json.chars()
        .map(|c| {
            let replaced = if c == '\t' && !in_string { ' ' } else { c };
            match c {
                _ if escaped => escaped = false,
                '\\' if in_string => escaped = true,
                '"' => in_string = !in_string,
                _ => {}
            }
            replaced
        })
        .collect()
}

/// For a flow collection's text that stands at or left of its key's indentation, which PyYAML
/// accepts: joins the line that holds byte `at` to the one before it. `None` where there is
/// nothing to join.
pub(super) fn join_line(text: &str, at: usize) -> Option<String> {
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
