//! The texts that `repr` gives of numbers, strings and bytes.

use std::fmt::Write;

/// As `repr` of a float.
pub fn float_repr(value: f64) -> String {
    if !value.is_finite() {
        return not_finite(value).to_owned();
    }
    let (digits, exponent) = shortest(value.abs());
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let Ok(before) = usize::try_from(exponent + 1) else {
        if exponent >= -4 {
            let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
            return format!("{sign}0.{zeros}{digits}");
        }
        return format!("{sign}{}", scientific(&digits, exponent));
    };
    if before > 16 {
        return format!("{sign}{}", scientific(&digits, exponent));
    }
    let digits = format!("{digits:0<before$}");
    let (whole, decimals) = digits.split_at(before);
    match (whole, decimals) {
        ("", decimals) => format!("{sign}0.{decimals}"),
        (whole, "") => format!("{sign}{whole}.0"),
        (whole, decimals) => format!("{sign}{whole}.{decimals}"),
    }
}

/// The fewest digits that mean a number, and its exponent of ten. Of two that are as near, the
/// even one, where Rust takes the upper one.
fn shortest(value: f64) -> (String, i32) {
    let text = format!("{value:e}");
    let count = text
        .bytes()
        .take_while(|byte| *byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    let nearest = format!("{value:.*e}", count.saturating_sub(1));
    let text = if nearest.parse() == Ok(value) {
        nearest
    } else {
        text
    };
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (
        digits.replace('.', ""),
        exponent.parse().unwrap_or_default(),
    )
}

fn scientific(digits: &str, exponent: i32) -> String {
    let (first, others) = digits.split_at(1);
    let point = if others.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{others}e{sign}{:02}", exponent.abs())
}

/// As `inf`, `-inf` or `nan`.
pub fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "nan"
    } else if value > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

/// As `repr` of a `str`.
pub fn str_repr(text: &str) -> String {
    quoted(text, is_printable)
}

/// As `ascii` of a `str`.
pub fn str_ascii(text: &str) -> String {
    quoted(text, |c| matches!(c, ' '..='~'))
}

/// As `ascii` of what `repr` gave.
pub fn escape_non_ascii(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            push_escape(&mut escaped, c);
        }
    }
    escaped
}

fn quoted(text: &str, shown: impl Fn(char) -> bool) -> String {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\\' => quoted.push_str("\\\\"),
            c if c == quote => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if shown(c) => quoted.push(c),
            c => push_escape(&mut quoted, c),
        }
    }
    quoted.push(quote);
    quoted
}

fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

fn push_escape(text: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xff => write!(text, "\\x{code:02x}"),
        0x100..=0xffff => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\U{code:08x}"),
    };
}

/// As `repr` of `bytes`.
#[cfg(feature = "bytes")]
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut quoted = String::with_capacity(bytes.len() + 3);
    quoted.push('b');
    quoted.push(quote);
    for byte in bytes {
        match char::from(*byte) {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\\' => quoted.push_str("\\\\"),
            c if c == quote => {
                quoted.push('\\');
                quoted.push(c);
            }
            c @ ' '..='~' => quoted.push(c),
            c => push_escape(&mut quoted, c),
        }
    }
    quoted.push(quote);
    quoted
}

/// Whether `repr` shows a character as itself.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    if is_newer(c) {
        return false;
    }
    // The first character of a text is escaped by another rule.
    let mut buffer = [b' '; 5];
    c.encode_utf8(&mut buffer[1..]);
    let pair = std::str::from_utf8(&buffer[..=c.len_utf8()]).unwrap_or_default();
    pair.escape_debug().nth(1) == Some(c)
}

/// Whether a character is in Unicode only since a version that Python 3.11 does not have.
pub fn is_newer(c: char) -> bool {
    let code = u32::from(c);
    let after = NEWER.partition_point(|(first, _)| *first <= code);
    let before = NEWER[..after].last();
    before.is_some_and(|(_, last)| code <= *last)
}

/// Characters that Unicode has since version 15. Python 3.11 has version 14.
const NEWER: &[(u32, u32)] = &[
    (0x558, 0x558),
    (0x58b, 0x58c),
    (0x5c8, 0x5c9),
    (0x88f, 0x88f),
    (0x892, 0x897),
    (0xb53, 0xb54),
    (0xc5c, 0xc5c),
    (0xcdc, 0xcdc),
    (0xcf3, 0xcf3),
    (0xece, 0xece),
    (0x1acf, 0x1af0),
    (0x1b4e, 0x1b4f),
    (0x1b7f, 0x1b7f),
    (0x1c89, 0x1c8a),
    (0x208f, 0x208f),
    (0x209d, 0x209f),
    (0x20c1, 0x20c4),
    (0x2427, 0x2429),
    (0x2b96, 0x2b96),
    (0x2e60, 0x2e63),
    (0x2ffc, 0x2fff),
    (0x31e4, 0x31ef),
    (0xa7cb, 0xa7cf),
    (0xa7d2, 0xa7d2),
    (0xa7d4, 0xa7d4),
    (0xa7da, 0xa7f1),
    (0xab6c, 0xab6d),
    (0xfbc3, 0xfbd2),
    (0xfd90, 0xfd91),
    (0xfdc8, 0xfdce),
    (0x105c0, 0x105f3),
    (0x107bb, 0x107bf),
    (0x10940, 0x10959),
    (0x10d40, 0x10d8f),
    (0x10ec2, 0x10eff),
    (0x1123f, 0x11241),
    (0x11380, 0x113e2),
    (0x116d0, 0x116e3),
    (0x11b00, 0x11bf9),
    (0x11db0, 0x11df1),
    (0x11f00, 0x11f5a),
    (0x1246f, 0x1246f),
    (0x12475, 0x1247f),
    (0x12550, 0x12686),
    (0x1342f, 0x1342f),
    (0x13439, 0x143fa),
    (0x16100, 0x16139),
    (0x16d40, 0x16d79),
    (0x16ea0, 0x16ed3),
    (0x16ff2, 0x16ff6),
    (0x187f8, 0x187ff),
    (0x18cd6, 0x18cff),
    (0x18d09, 0x191d2),
    (0x1b123, 0x1b132),
    (0x1b155, 0x1b155),
    (0x1b168, 0x1b168),
    (0x1cc00, 0x1cefd),
    (0x1d127, 0x1d128),
    (0x1d1eb, 0x1d1ff),
    (0x1d250, 0x1d2d3),
    (0x1d6a6, 0x1d6a6),
    (0x1db00, 0x1db1c),
    (0x1df1f, 0x1dfff),
    (0x1e030, 0x1e08f),
    (0x1e4d0, 0x1e6ff),
    (0x1f1ae, 0x1f1ae),
    (0x1f6d8, 0x1f6dc),
    (0x1f774, 0x1f77f),
    (0x1f7d9, 0x1f7db),
    (0x1f7f1, 0x1f7ff),
    (0x1f8b2, 0x1f8d8),
    (0x1fa54, 0x1fa57),
    (0x1fa75, 0x1fa77),
    (0x1fa87, 0x1fa8f),
    (0x1faad, 0x1faaf),
    (0x1fabb, 0x1fabf),
    (0x1fac6, 0x1facf),
    (0x1fada, 0x1fadf),
    (0x1fae8, 0x1faef),
    (0x1faf7, 0x1fafa),
    (0x1fbcb, 0x1fbef),
    (0x1fbfa, 0x1fbfa),
    (0x2b739, 0x2b73f),
    (0x2b81e, 0x2b81e),
    (0x2cea2, 0x2cead),
    (0x2ebf0, 0x2ee5d),
    (0x31350, 0x3fc3f),
];
