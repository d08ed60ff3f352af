/// Text from files and from outside, so that it cannot steer a terminal: control characters, and
/// those that reorder text, are written as escapes; line breaks stay. With `colour`, the SGR
/// sequences (`ESC [ … m`) that this program paints with stay too.
pub fn printable(text: &str, colour: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let kept = if colour { sgr(rest) } else { None };
        if let Some(sequence) = kept {
            shown.push_str(sequence);
            rest = rest.get(sequence.len()..).unwrap_or_default();
            continue;
        }
        if c != '\n' && (c.is_control() || reorders(c)) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    shown
}

/// The SGR sequence that a text begins with.
fn sgr(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    parameters
        .get(end..)?
        .starts_with('m')
        .then(|| text.get(..end + 3))
        .flatten()
}

/// Bidirectional embeddings, overrides and isolates.
const fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_colours_pass() {
        assert_eq!(printable("a\u{1b}[31mb", false), "a\\u{1b}[31mb");
        assert_eq!(
            printable("a\u{1b}[1;31mb\u{1b}[2J", true),
            "a\u{1b}[1;31mb\\u{1b}[2J"
        );
        assert_eq!(
            printable("x\u{7}\ty\nz\u{202e}", true),
            "x\\u{7}\\ty\nz\\u{202e}"
        );
        assert_eq!(printable("ü→", false), "ü→");
        assert_eq!(printable("\u{1b}[", true), "\\u{1b}[");
    }
}
