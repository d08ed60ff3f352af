//! Methods of `str` that ask of what kind its characters are, as Unicode 14 has them.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

use super::text::{is_newer, is_printable};

/// Whether it is white space.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// Whether it is written as the first letter of a word, and is two letters in one.
pub fn is_titlecase(c: char) -> bool {
    matches!(
        c,
        'ǅ' | 'ǈ'
            | 'ǋ'
            | 'ǲ'
            | '\u{1f88}'..='\u{1f8f}'
            | '\u{1f98}'..='\u{1f9f}'
            | '\u{1fa8}'..='\u{1faf}'
            | '\u{1fbc}'
            | '\u{1fcc}'
            | '\u{1ffc}'
    )
}

/// The value of a decimal digit of any script.
pub fn decimal_value(c: char) -> Option<u32> {
    let code = u32::from(c);
    let after = ZEROS.partition_point(|zero| *zero <= code);
    let zero = ZEROS[..after].last()?;
    Some(code - zero).filter(|value| *value < 10)
}

/// The zeros of all scripts, each followed by its nine other digits.
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Digits that are raised, circled and the like.
const OTHER_DIGITS: &[(u32, u32)] = &[
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// Ideographs that stand for a number.
const IDEOGRAPHIC_NUMBERS: &[u32] = &[
    0x3405, 0x3483, 0x382a, 0x3b4d, 0x4e00, 0x4e03, 0x4e07, 0x4e09, 0x4e5d, 0x4e8c, 0x4e94, 0x4e96,
    0x4ebf, 0x4ec0, 0x4edf, 0x4ee8, 0x4f0d, 0x4f70, 0x5104, 0x5146, 0x5169, 0x516b, 0x516d, 0x5341,
    0x5343, 0x5344, 0x5345, 0x534c, 0x53c1, 0x53c2, 0x53c3, 0x53c4, 0x56db, 0x58f1, 0x58f9, 0x5e7a,
    0x5efe, 0x5eff, 0x5f0c, 0x5f0d, 0x5f0e, 0x5f10, 0x62fe, 0x634c, 0x67d2, 0x6f06, 0x7396, 0x767e,
    0x8086, 0x842c, 0x8cae, 0x8cb3, 0x8d30, 0x9621, 0x9646, 0x964c, 0x9678, 0x96f6, 0xf96b, 0xf973,
    0xf978, 0xf9b2, 0xf9d1, 0xf9d3, 0xf9fd, 0x20001, 0x20064, 0x200e2, 0x20121, 0x2092a, 0x20983,
    0x2098c, 0x2099c, 0x20aea, 0x20afd, 0x20b19, 0x22390, 0x22998, 0x23b1b, 0x2626d, 0x2f890,
];

fn is_digit(c: char) -> bool {
    let code = u32::from(c);
    let among = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
    decimal_value(c).is_some() || OTHER_DIGITS.iter().any(among)
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    !is_newer(c) && c.general_category_group() == GeneralCategoryGroup::Letter
}

fn is_letter_or_number(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let group = c.general_category_group();
    let is_one = matches!(
        group,
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    );
    is_one && !is_newer(c)
}

/// Whether a text has characters, all of a kind.
fn all(text: &str, kind: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(kind)
}

/// `str.isalpha()`
pub fn isalpha(text: &str) -> bool {
    all(text, is_letter)
}

/// `str.isalnum()`
pub fn isalnum(text: &str) -> bool {
    all(text, is_letter_or_number)
}

/// `str.isdecimal()`
pub fn isdecimal(text: &str) -> bool {
    all(text, |c| decimal_value(c).is_some())
}

/// `str.isdigit()`
pub fn isdigit(text: &str) -> bool {
    all(text, is_digit)
}

/// `str.isnumeric()`
pub fn isnumeric(text: &str) -> bool {
    all(text, |c| {
        let is_number = c.general_category_group() == GeneralCategoryGroup::Number;
        (is_number && !is_newer(c)) || IDEOGRAPHIC_NUMBERS.binary_search(&u32::from(c)).is_ok()
    })
}

/// `str.isspace()`
pub fn isspace(text: &str) -> bool {
    all(text, is_space)
}

/// `str.isascii()`
pub fn isascii(text: &str) -> bool {
    text.is_ascii()
}

/// `str.isprintable()`
pub fn isprintable(text: &str) -> bool {
    text.chars().all(is_printable)
}

/// Whether it is an upper case letter.
pub fn is_upper(c: char) -> bool {
    c.is_uppercase() && !is_newer(c)
}

/// Whether it is a lower case letter.
pub fn is_lower(c: char) -> bool {
    match c {
        // Unicode has another mind on these since version 15.
        'ʕ' => true,
        '\u{10fc}' | '\u{a7f2}'..='\u{a7f4}' | '\u{ab69}' => false,
        c => c.is_lowercase() && !is_newer(c),
    }
}

/// `str.isupper()`
pub fn isupper(text: &str) -> bool {
    let other = |c| is_lower(c) || is_titlecase(c);
    text.chars().any(is_upper) && !text.chars().any(other)
}

/// `str.islower()`
pub fn islower(text: &str) -> bool {
    let other = |c| is_upper(c) || is_titlecase(c);
    text.chars().any(is_lower) && !text.chars().any(other)
}

/// `str.istitle()`
pub fn istitle(text: &str) -> bool {
    let mut found = false;
    let mut in_word = false;
    for c in text.chars() {
        let begins = is_upper(c) || is_titlecase(c);
        if begins == in_word && (begins || is_lower(c)) {
            return false;
        }
        in_word = begins || is_lower(c);
        found |= in_word;
    }
    found
}
