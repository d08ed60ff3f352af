//! The text of quoted and of multi-line plain scalars, folded and unescaped as PyYAML does it.
//! PyYAML takes continuation lines at any indentation; the scanner does not, so it is shown a
//! masked copy, and the text is read here from the original.

use std::str::Chars;

/// The text of a quoted scalar, quotes included in `source`. `None` where PyYAML refuses an
/// escape.
pub(super) fn quoted(source: &str) -> Option<String> {
    let quote = source.chars().next()?;
    let body = source.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut out = String::with_capacity(body.len());
    let mut rest = body.chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' if quote == '\'' => {
                rest.next();
                out.push('\'');
            }
            '\\' if quote == '"' => escape(&mut rest, &mut out)?,
            ' ' | '\t' | '\r' | '\n' => white(c, &mut rest, &mut out),
            other => out.push(other),
        }
    }
    Some(out)
}

/// The text of a plain scalar on several lines. `None` where a comment parts it, which ends a
/// plain scalar.
pub(super) fn plain(source: &str) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source.chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => {
                white(c, &mut rest, &mut out);
                if rest.as_str().starts_with('#') {
                    return None;
                }
            }
            other => out.push(other),
        }
    }
    Some(out)
}

/// White space that begins with `first`: kept within a line; around line breaks, one break is a
/// space and each further one a line break.
fn white(first: char, rest: &mut Chars<'_>, out: &mut String) {
    let mut kept = String::new();
    let mut breaks = 0_usize;
    let mut next = Some(first);
    while let Some(c) = next {
        match c {
            '\n' => breaks += 1,
            '\r' => breaks += usize::from(!rest.as_str().starts_with('\n')),
            blank if breaks == 0 => kept.push(blank),
            _ => {}
        }
        next = match rest.as_str().chars().next() {
            Some(' ' | '\t' | '\r' | '\n') => rest.next(),
            _ => None,
        };
    }
    match breaks {
        0 => out.push_str(&kept),
        1 => out.push(' '),
        _ => out.extend(std::iter::repeat_n('\n', breaks - 1)),
    }
}

fn escape(rest: &mut Chars<'_>, out: &mut String) -> Option<()> {
    let c = rest.next()?;
    let digits = match c {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '\r' | '\n' => {
            escaped_break(c, rest, out);
            return Some(());
        }
        other => {
            out.push(simple_escape(other)?);
            return Some(());
        }
    };
    let code = rest.as_str().get(..digits)?;
    let all_hexadecimal = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    out.push(char::from_u32(
        u32::from_str_radix(code, 16)
            .ok()
            .filter(|_| all_hexadecimal)?,
    )?);
    rest.nth(digits - 1)?;
    Some(())
}

fn simple_escape(c: char) -> Option<char> {
    Some(match c {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '\\' | '/' => c,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}

/// A line break behind a backslash is nothing; further ones count.
fn escaped_break(first: char, rest: &mut Chars<'_>, out: &mut String) {
    if first == '\r' && rest.as_str().starts_with('\n') {
        rest.next();
    }
    while let Some(c @ (' ' | '\t' | '\r' | '\n')) = rest.as_str().chars().next() {
        rest.next();
        let half = c == '\r' && rest.as_str().starts_with('\n');
        if matches!(c, '\r' | '\n') && !half {
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_as_pyyaml_does() {
        for (source, text) in [
            ("'a\nb'", "a b"),
            ("'a  \n\n \t b '", "a\nb "),
            ("\"a\\\n   b\"", "ab"),
            ("\"a \\\n\n b\"", "a \nb"),
            ("\"a\r\n\r\n\r\nb\"", "a\n\nb"),
            ("\"\\u00e9\\/\\x41\\N\"", "é/A\u{85}"),
            ("'it''s'", "it's"),
            ("'\na\n'", " a "),
        ] {
            assert_eq!(quoted(source).as_deref(), Some(text), "{source:?}");
        }
        assert_eq!(quoted("\"\\q\""), None);
        assert_eq!(quoted("\"\\u12g4\""), None);
        assert_eq!(plain("a\n  b\n\nc").as_deref(), Some("a b\nc"));
        assert_eq!(plain("a # c\nb"), None);
    }
}
