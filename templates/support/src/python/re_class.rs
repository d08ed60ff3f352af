//! Characters and sets of characters of Python's regular expressions, in those of Rust.

use super::error::{self, Result};
use super::re_syntax::{ASCII, IGNORECASE};

/// A character that stands for itself.
pub fn literal(c: char) -> String {
    if c.is_ascii_alphanumeric() || !c.is_ascii() {
        return c.to_string();
    }
    format!("\\x{{{:x}}}", u32::from(c))
}

/// A character as the flags have it.
pub fn character(c: char, flags: i64) -> Result<String> {
    let variants = variants(c, flags)?;
    let written: String = variants.iter().map(|c| literal(*c)).collect();
    Ok(match variants.len() {
        1 => written,
        _ => format!("[{written}]"),
    })
}

/// The characters that are equal to one, under the flags. Those are refused whose rules of case
/// differ.
pub fn variants(c: char, flags: i64) -> Result<Vec<char>> {
    if flags & IGNORECASE == 0 {
        return Ok(vec![c]);
    }
    let (lower, upper) = (c.to_ascii_lowercase(), c.to_ascii_uppercase());
    let more: &[char] = match lower {
        _ if flags & ASCII != 0 => &[],
        'i' => &['\u{130}', '\u{131}'],
        's' => &['\u{17f}'],
        'k' => &['\u{212a}'],
        _ => &[],
    };
    if c.is_ascii() || flags & ASCII != 0 {
        let both: &[char] = if lower == upper {
            &[c]
        } else {
            &[lower, upper]
        };
        return Ok([both, more].concat());
    }
    match c {
        'å' | 'Å' | 'ÿ' | 'ß' | 'µ' => {}
        '×' | '÷' => return Ok(vec![c]),
        'À'..='Þ' | 'à'..='þ' => {
            let single = c.to_lowercase().chain(c.to_uppercase());
            return Ok(single.collect());
        }
        c if c.to_lowercase().eq([c]) && c.to_uppercase().eq([c]) => return Ok(vec![c]),
        _ => {}
    }
    Err(error::untranslated(format!(
        "a pattern that ignores the case of {c}"
    )))
}

/// The inside of a set of what `\d`, `\s`, `\w` and their opposites match.
pub fn category(letter: char, flags: i64) -> Option<String> {
    let is_ascii = flags & ASCII != 0;
    let inside = match letter.to_ascii_lowercase() {
        'd' if is_ascii => "0-9",
        'd' => r"\p{Nd}",
        's' if is_ascii => r"\t-\r\x20",
        's' => {
            r"\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
        }
        'w' if is_ascii => "0-9A-Z_a-z",
        'w' => r"\p{L}\p{N}_",
        _ => return None,
    };
    Some(if letter.is_ascii_uppercase() {
        format!("[^{inside}]")
    } else {
        inside.to_owned()
    })
}

/// What `\b` or `\B` matches.
pub fn boundary(letter: char, flags: i64) -> String {
    let word = category('w', flags).unwrap_or_default();
    if letter == 'b' {
        format!("(?:(?<=[{word}])(?![{word}])|(?<![{word}])(?=[{word}]))")
    } else {
        // An empty text has no place that is within or outside of a word.
        format!("(?:(?!\\A\\z)(?:(?<=[{word}])(?=[{word}])|(?<![{word}])(?![{word}])))")
    }
}

/// The inside of a set of what lies between two characters.
pub fn range(first: char, last: char, flags: i64) -> Result<String> {
    let mut inside = format!("{}-{}", literal(first), literal(last));
    if flags & IGNORECASE == 0 {
        return Ok(inside);
    }
    for c in first..=last {
        for variant in variants(c, flags)? {
            if !(first..=last).contains(&variant) {
                inside.push_str(&literal(variant));
            }
        }
    }
    Ok(inside)
}
