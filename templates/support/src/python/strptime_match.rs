//! How Python's `strptime` matches a text with a format.

use super::error::{self, Result};
use super::strftime::{DAYS, MONTHS};

/// A part of a format.
pub enum Part {
    /// A character, in either case.
    Literal(char),
    /// Any space, of at least one character.
    Space,
    /// What follows a `%`.
    Directive(char),
}

/// The text that each directive stands for.
pub type Found = Vec<(char, String)>;

fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The parts of a format.
pub fn parts(format: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut directives = String::new();
    let mut characters = format.chars().peekable();
    while let Some(c) = characters.next() {
        if is_space(c) {
            while characters.next_if(|c| is_space(*c)).is_some() {}
            parts.push(Part::Space);
            continue;
        }
        if c != '%' {
            parts.push(Part::Literal(c));
            continue;
        }
        let Some(directive) = characters.next() else {
            return Err(error::value_error(format!("stray % in format '{format}'")));
        };
        for part in expanded(directive, format)? {
            if let Part::Directive(directive) = part {
                if directives.contains(directive) {
                    return Err(error::untranslated("a directive that strptime has twice"));
                }
                directives.push(directive);
            }
            parts.push(part);
        }
    }
    Ok(parts)
}

/// What a directive stands for.
fn expanded(directive: char, format: &str) -> Result<Vec<Part>> {
    match directive {
        '%' => Ok(vec![Part::Literal('%')]),
        'c' => parts("%a %b %d %H:%M:%S %Y"),
        'x' => parts("%m/%d/%y"),
        'X' => parts("%H:%M:%S"),
        known if "aAbBdfGHIjmMpSuUVwWyYzZ".contains(known) => Ok(vec![Part::Directive(known)]),
        unknown => {
            // Python has put a backslash before these.
            let is_escaped = is_space(unknown) || "\\.^$*+?(){}[]|".contains(unknown);
            let shown = if is_escaped { '%' } else { unknown };
            let text = format!("'{shown}' is a bad directive in format '{format}'");
            Err(error::value_error(text))
        }
    }
}

/// Where a match of the parts ends, with what the directives stand for.
pub fn matched(parts: &[Part], text: &[char], at: usize, found: &mut Found) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let ahead = &text[at..];
    let sizes: Vec<usize> = match part {
        Part::Literal(expected) => match ahead.first() {
            Some(c) if is_alike(*c, *expected) => vec![1],
            _ => return None,
        },
        Part::Space => {
            let most = ahead.iter().take_while(|c| is_space(**c)).count();
            (1..=most).rev().collect()
        }
        Part::Directive(directive) => sizes(*directive, ahead),
    };
    for size in sizes {
        let before = found.len();
        if let Part::Directive(directive) = part {
            found.push((*directive, ahead[..size].iter().collect()));
        }
        if let Some(end) = matched(rest, text, at + size, found) {
            return Some(end);
        }
        found.truncate(before);
    }
    None
}

/// Whether characters differ by their case only.
fn is_alike(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// The sizes of the texts that a directive may stand for, as Python tries them.
fn sizes(directive: char, text: &[char]) -> Vec<usize> {
    let three = |name: &'static str| &name[..3];
    match directive {
        'A' => named(&DAYS, text),
        'a' => named(&DAYS.map(three), text),
        'B' => named(&MONTHS, text),
        'b' => named(&MONTHS.map(three), text),
        'p' => named(&["AM", "PM"], text),
        'Z' => named(&["UTC", "GMT"], text),
        'f' => {
            let digits = text.iter().take_while(|c| c.is_ascii_digit());
            (1..=digits.take(6).count()).rev().collect()
        }
        'z' => offset_sizes(text),
        other => {
            let found = numbers(other)
                .iter()
                .filter(|ranges| is_in_ranges(ranges, text));
            found.map(|ranges| ranges.len() / 2).collect()
        }
    }
}

fn named(names: &[&str], text: &[char]) -> Vec<usize> {
    let is_there = |name: &&&str| {
        name.len() <= text.len() && name.chars().zip(text).all(|(a, b)| is_alike(a, *b))
    };
    let mut sizes: Vec<usize> = names
        .iter()
        .filter(is_there)
        .map(|name| name.len())
        .collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// The numbers of a directive: each character lies between two of a pair.
fn numbers(directive: char) -> &'static [&'static str] {
    match directive {
        'd' => &["3301", "1209", "0019", "19", "  19"],
        'H' => &["2203", "0109", "09"],
        'I' | 'm' => &["1102", "0019", "19"],
        'j' => &[
            "336606", "330509", "120909", "001909", "000019", "1909", "0019", "19",
        ],
        'M' => &["0509", "09"],
        'S' => &["6601", "0509", "09"],
        'U' | 'W' => &["5503", "0409", "09"],
        'w' => &["06"],
        'u' => &["17"],
        'V' => &["5503", "0019", "1409", "09"],
        'y' => &["0909"],
        _ => &["09090909"],
    }
}

fn is_in_ranges(ranges: &str, text: &[char]) -> bool {
    let ends: Vec<char> = ranges.chars().collect();
    let pairs = ends.chunks_exact(2);
    pairs.len() <= text.len()
        && pairs
            .zip(text)
            .all(|(pair, c)| (pair[0]..=pair[1]).contains(c))
}

/// The sizes of an offset, the longest first.
fn offset_sizes(text: &[char]) -> Vec<usize> {
    if text.first() == Some(&'Z') {
        return vec![1];
    }
    let mut sizes = Vec::new();
    let Some(mut at) = pair_end("++09", text, 0).or_else(|| pair_end("--09", text, 0)) else {
        return sizes;
    };
    if !text.get(at).is_some_and(char::is_ascii_digit) {
        return sizes;
    }
    at += 1;
    let part = |at: usize| {
        let colon = usize::from(text.get(at) == Some(&':'));
        pair_end("0509", text, at + colon)
    };
    let Some(minutes) = part(at) else {
        return sizes;
    };
    sizes.push(minutes);
    if let Some(seconds) = part(minutes) {
        sizes.push(seconds);
        if text.get(seconds) == Some(&'.') {
            let digits = text[seconds + 1..]
                .iter()
                .take_while(|c| c.is_ascii_digit());
            sizes.extend((1..=digits.take(6).count()).map(|count| seconds + 1 + count));
        }
    }
    sizes.reverse();
    sizes
}

/// Where two characters end that are in ranges.
fn pair_end(ranges: &str, text: &[char], at: usize) -> Option<usize> {
    let ahead = text.get(at..)?;
    is_in_ranges(ranges, ahead).then_some(at + 2)
}
