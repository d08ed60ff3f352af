//! Methods of `str` about upper and lower case, as Unicode 14 has them.

use super::string_kind::{is_lower, is_titlecase, is_upper};
use super::text::is_newer;

/// `str.lower()`
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Whether a sigma is the last of its word depends on what stands around it.
    let mut lowered = String::with_capacity(text.len());
    for part in text.split_inclusive(is_newer) {
        let newer = part.chars().next_back().filter(|c| is_newer(*c));
        let known = newer.map_or(part, |c| &part[..part.len() - c.len_utf8()]);
        lowered.push_str(&known.to_lowercase());
        lowered.extend(newer);
    }
    lowered
}

/// `str.upper()`
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut raised = String::with_capacity(text.len());
    for c in text.chars() {
        push_upper(&mut raised, c);
    }
    raised
}

fn push_upper(raised: &mut String, c: char) {
    if is_newer(c) || c.to_uppercase().any(is_newer) {
        raised.push(c);
    } else {
        raised.extend(c.to_uppercase());
    }
}

/// `str.casefold()`
pub fn casefold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ı' => folded.push(c),
            '\u{13a0}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => folded.extend(c.to_uppercase()),
            c if is_newer(c) => folded.push(c),
            c => {
                let mut raised = String::new();
                c.to_lowercase().for_each(|c| push_upper(&mut raised, c));
                folded.extend(raised.chars().flat_map(char::to_lowercase));
            }
        }
    }
    folded
}

/// `str.capitalize()`
pub fn capitalize(text: &str) -> String {
    let Some(first) = text.chars().next() else {
        return String::new();
    };
    let lowered = lower(text);
    let mut capitalized = String::with_capacity(text.len());
    push_title(&mut capitalized, first);
    capitalized.push_str(lowered.get(lower_length(first)..).unwrap_or_default());
    capitalized
}

/// `str.title()`
pub fn title(text: &str) -> String {
    let lowered = lower(text);
    let mut titled = String::with_capacity(text.len());
    let mut at = 0;
    let mut in_word = false;
    for c in text.chars() {
        let end = at + lower_length(c);
        if in_word {
            titled.push_str(lowered.get(at..end).unwrap_or_default());
        } else {
            push_title(&mut titled, c);
        }
        in_word = is_cased(c);
        at = end;
    }
    titled
}

/// `str.swapcase()`
pub fn swapcase(text: &str) -> String {
    let lowered = lower(text);
    let mut swapped = String::with_capacity(text.len());
    let mut at = 0;
    for c in text.chars() {
        let end = at + lower_length(c);
        match c {
            c if is_upper(c) => swapped.push_str(lowered.get(at..end).unwrap_or_default()),
            c if is_lower(c) => push_upper(&mut swapped, c),
            c => swapped.push(c),
        }
        at = end;
    }
    swapped
}

/// How many bytes a character takes in lower case.
fn lower_length(c: char) -> usize {
    if is_newer(c) {
        return c.len_utf8();
    }
    c.to_lowercase().map(char::len_utf8).sum()
}

fn is_cased(c: char) -> bool {
    is_upper(c) || is_lower(c) || is_titlecase(c)
}

/// A character as the first of a word.
fn push_title(titled: &mut String, c: char) {
    let title = match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        '\u{10d0}'..='\u{10ff}' => c,
        '\u{1f80}'..='\u{1faf}' => char::from_u32(u32::from(c) | 8).unwrap_or(c),
        '\u{1fb3}' | '\u{1fbc}' => '\u{1fbc}',
        '\u{1fc3}' | '\u{1fcc}' => '\u{1fcc}',
        '\u{1ff3}' | '\u{1ffc}' => '\u{1ffc}',
        'ŉ' => return titled.push_str("ʼN"),
        c => {
            let mut raised = String::new();
            push_upper(&mut raised, c);
            let mut rest = raised.chars();
            titled.extend(rest.next());
            for c in rest {
                match c {
                    // An iota that was written below stays there.
                    'Ι' => titled.push('\u{345}'),
                    c => titled.extend(c.to_lowercase()),
                }
            }
            return;
        }
    };
    titled.push(title);
}
