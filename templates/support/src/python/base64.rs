//! Python's `base64`.

use super::binascii::{ascii, bytes_like, raise, text_or_bytes};
use super::error::{self, Result};
use super::value::Value;

/// The digits of base 64.
pub const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The digits of base 64 in URLs.
pub const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The digits of base 32.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a decoder may be given.
const DECODED: &str = "a bytes-like object or ASCII string";

/// Bytes in base 64.
pub fn encoded(bytes: &[u8], digits: &[u8; 64]) -> String {
    in_base(bytes, digits, 6, 4)
}

/// Bytes in digits of so many bits, filled up to groups of so many digits.
fn in_base(bytes: &[u8], digits: &[u8], bits: u32, group: usize) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    let (mut pending, mut count) = (0_u32, 0);
    let mut push = |number: u32| {
        let digit = digits.get(number as usize & (digits.len() - 1));
        text.extend(digit.copied().map(char::from));
    };
    for byte in bytes {
        pending = (pending << 8 | u32::from(*byte)) & 0xffff;
        count += 8;
        while count >= bits {
            count -= bits;
            push(pending >> count);
        }
    }
    if count > 0 {
        push(pending << (bits - count));
    }
    while !text.len().is_multiple_of(group) {
        text.push('=');
    }
    text
}

/// Bytes of base 64, as `binascii.a2b_base64` reads it.
pub fn decoded(text: &[u8], strict: bool) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut pending, mut place, mut pads, mut padded) = (0_u8, 0, 0, false);
    if strict && text.first() == Some(&b'=') {
        return raise("Leading padding not allowed");
    }
    for (at, character) in text.iter().enumerate() {
        if *character == b'=' {
            padded = true;
            pads += i32::from(place >= 2);
            if place >= 2 && place + pads >= 4 {
                if strict && at + 1 < text.len() {
                    return raise("Excess data after padding");
                }
                return Ok(bytes);
            }
            continue;
        }
        let Some(digit) = digit(*character) else {
            if strict {
                return raise("Only base64 data is allowed");
            }
            continue;
        };
        if strict && padded {
            return raise("Discontinuous padding not allowed");
        }
        pads = 0;
        match place {
            0 => {}
            1 => bytes.push(pending << 2 | digit >> 4),
            2 => bytes.push(pending << 4 | digit >> 2),
            _ => bytes.push(pending << 6 | digit),
        }
        pending = digit;
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(bytes),
        1 => raise(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more \
             than a multiple of 4",
            bytes.len() / 3 * 4 + 1
        )),
        _ => raise("Incorrect padding"),
    }
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// `base64.b64encode(s)`.
pub fn b64encode(s: &[u8]) -> Vec<u8> {
    encoded(s, STANDARD).into_bytes()
}

/// `base64.b64encode(s, altchars=None)`.
/// Other characters than `-_` for the last two digits are refused.
pub fn b64encode_value(s: &Value, altchars: &Value) -> Result<Vec<u8>> {
    let digits = match altchars {
        Value::None => STANDARD,
        #[cfg(feature = "bytes")]
        Value::Bytes(last) if last == b"-_" => URL_SAFE,
        _ => return Err(error::untranslated("base 64 with digits of one's own")),
    };
    Ok(encoded(bytes_like(s)?, digits).into_bytes())
}

/// `base64.standard_b64encode(s)`.
pub fn standard_b64encode(s: &[u8]) -> Vec<u8> {
    b64encode(s)
}

/// `base64.urlsafe_b64encode(s)`.
pub fn urlsafe_b64encode(s: &[u8]) -> Vec<u8> {
    encoded(s, URL_SAFE).into_bytes()
}

/// `base64.urlsafe_b64encode(s)`.
pub fn urlsafe_b64encode_value(s: &Value) -> Result<Vec<u8>> {
    bytes_like(s).map(urlsafe_b64encode)
}

/// `base64.b64decode(s, *, validate=False)`.
pub fn b64decode(s: &str, validate: bool) -> Result<Vec<u8>> {
    decoded(ascii(s)?, validate)
}

/// `base64.b64decode(s, *, validate=False)`.
pub fn b64decode_bytes(s: &[u8], validate: bool) -> Result<Vec<u8>> {
    decoded(s, validate)
}

/// `base64.b64decode(s, altchars=None, validate=False)`.
pub fn b64decode_value(s: &Value, altchars: &Value, validate: bool) -> Result<Vec<u8>> {
    let text = text_or_bytes(s, DECODED)?;
    if altchars.is_none() {
        return decoded(text, validate);
    }
    match text_or_bytes(altchars, DECODED)? {
        [plus, slash] => decoded(&with_digits(text, *plus, *slash), validate),
        #[cfg(feature = "bytes")]
        other => {
            let shown = super::text::bytes_repr(other);
            Err(error::Error::new(&error::ASSERTION_ERROR, shown))
        }
        #[cfg(not(feature = "bytes"))]
        _ => Err(error::untranslated("other than two digits of one's own")),
    }
}

/// A text in which other characters stand for the last two digits.
fn with_digits(text: &[u8], plus: u8, slash: u8) -> Vec<u8> {
    let digit = |byte: &u8| match *byte {
        // As Python's table, where the second of two equal ones counts.
        byte if byte == slash => b'/',
        byte if byte == plus => b'+',
        byte => byte,
    };
    text.iter().map(digit).collect()
}

/// `base64.standard_b64decode(s)`.
pub fn standard_b64decode(s: &str) -> Result<Vec<u8>> {
    b64decode(s, false)
}

/// `base64.standard_b64decode(s)`.
pub fn standard_b64decode_value(s: &Value) -> Result<Vec<u8>> {
    decoded(text_or_bytes(s, DECODED)?, false)
}

/// `base64.urlsafe_b64decode(s)`.
pub fn urlsafe_b64decode(s: &str) -> Result<Vec<u8>> {
    decoded(&with_digits(ascii(s)?, b'-', b'_'), false)
}

/// `base64.urlsafe_b64decode(s)`.
pub fn urlsafe_b64decode_bytes(s: &[u8]) -> Result<Vec<u8>> {
    decoded(&with_digits(s, b'-', b'_'), false)
}

/// `base64.urlsafe_b64decode(s)`.
pub fn urlsafe_b64decode_value(s: &Value) -> Result<Vec<u8>> {
    urlsafe_b64decode_bytes(text_or_bytes(s, DECODED)?)
}

/// `base64.b32encode(s)`.
pub fn b32encode(s: &[u8]) -> Vec<u8> {
    in_base(s, BASE32, 5, 8).into_bytes()
}

/// `base64.b32decode(s, casefold=False)`.
pub fn b32decode(s: &str, casefold: bool) -> Result<Vec<u8>> {
    b32decode_bytes(ascii(s)?, casefold)
}

/// `base64.b32decode(s, casefold=False)`.
pub fn b32decode_bytes(s: &[u8], casefold: bool) -> Result<Vec<u8>> {
    if !s.len().is_multiple_of(8) {
        return raise("Incorrect padding");
    }
    let end = s.iter().rposition(|byte| *byte != b'=');
    let text = &s[..end.map_or(0, |at| at + 1)];
    let mut bytes = Vec::with_capacity(text.len() / 8 * 5);
    let (mut pending, mut count) = (0_u32, 0);
    for character in text {
        let character = if casefold {
            character.to_ascii_uppercase()
        } else {
            *character
        };
        let digit = match character {
            b'A'..=b'Z' => character - b'A',
            b'2'..=b'7' => character - b'2' + 26,
            _ => return raise("Non-base32 digit found"),
        };
        pending = (pending << 5 | u32::from(digit)) & 0xffff;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((pending >> count & 0xff) as u8);
        }
    }
    match s.len() - text.len() {
        0 | 1 | 3 | 4 | 6 => Ok(bytes),
        _ => raise("Incorrect padding"),
    }
}

/// `base64.b32decode(s, casefold=False)`.
pub fn b32decode_value(s: &Value, casefold: bool) -> Result<Vec<u8>> {
    b32decode_bytes(text_or_bytes(s, DECODED)?, casefold)
}

/// `base64.b16encode(s)`.
pub fn b16encode(s: &[u8]) -> Vec<u8> {
    super::binascii::hexlify(s).to_ascii_uppercase()
}

/// `base64.b16decode(s, casefold=False)`.
pub fn b16decode(s: &str, casefold: bool) -> Result<Vec<u8>> {
    b16decode_bytes(ascii(s)?, casefold)
}

/// `base64.b16decode(s, casefold=False)`.
pub fn b16decode_bytes(s: &[u8], casefold: bool) -> Result<Vec<u8>> {
    let is_digit = |byte: &u8| match byte {
        b'0'..=b'9' | b'A'..=b'F' => true,
        b'a'..=b'f' => casefold,
        _ => false,
    };
    if !s.iter().all(is_digit) {
        return raise("Non-base16 digit found");
    }
    super::binascii::unhexlify_bytes(s)
}

/// `base64.b16decode(s, casefold=False)`.
pub fn b16decode_value(s: &Value, casefold: bool) -> Result<Vec<u8>> {
    b16decode_bytes(text_or_bytes(s, DECODED)?, casefold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(result: Result<Vec<u8>>) -> String {
        match result {
            Ok(bytes) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    const PADDING: &str = "Error: Incorrect padding";
    const DISCONTINUOUS: &str = "Error: Discontinuous padding not allowed";
    const EXCESS: &str = "Error: Excess data after padding";
    const ONLY: &str = "Error: Only base64 data is allowed";

    fn one_more(count: usize) -> String {
        format!(
            "Error: Invalid base64-encoded string: number of data characters ({count}) cannot be \
             1 more than a multiple of 4"
        )
    }

    #[test]
    fn base64_is_read_as_python_reads_it() {
        for (written, expected) in [
            ("ab", PADDING),
            ("abcdef", PADDING),
            ("ab=", PADDING),
            ("ab==", "i"),
            ("ab==cd==", "i"),
            ("ab=c", PADDING),
            ("ab=c=", "i\u{b7}"),
            ("ab=cd", "i\u{b7}\u{1d}"),
            ("=", ""),
            ("====", ""),
            ("ab!c d\n", "i\u{b7}\u{1d}"),
            ("ab!=\n=", "i"),
            ("abc=defg", "i\u{b7}"),
            ("abc==", "i\u{b7}"),
            ("abcd==", "i\u{b7}\u{1d}"),
            ("a=", &one_more(1)),
            ("a===", &one_more(1)),
            ("abcde===", &one_more(5)),
            ("", ""),
            (
                "é",
                "ValueError: string argument should contain only ASCII characters",
            ),
        ] {
            assert_eq!(text(b64decode(written, false)), expected, "{written}");
        }
    }

    #[test]
    fn validated_base64_is_strict() {
        for (written, expected) in [
            ("ab==", "i"),
            ("ab!=", ONLY),
            ("=ab", "Error: Leading padding not allowed"),
            ("ab=c", DISCONTINUOUS),
            ("ab===", EXCESS),
            ("abc==", EXCESS),
            ("abcd=", "i\u{b7}\u{1d}"),
            ("ab==cd", EXCESS),
            ("a", &one_more(1)),
            ("ab", PADDING),
            ("a b=", ONLY),
            ("====", "Error: Leading padding not allowed"),
            ("a===", &one_more(1)),
            ("ab=", PADDING),
            ("ab=\n", ONLY),
            ("ab==\n", EXCESS),
        ] {
            assert_eq!(text(b64decode(written, true)), expected, "{written}");
        }
    }

    #[test]
    fn bytes_are_written() {
        assert_eq!(b64encode(b""), b"");
        assert_eq!(b64encode(b"\xfb\xff"), b"+/8=");
        assert_eq!(urlsafe_b64encode(b"\xfb\xff"), b"-_8=");
        assert_eq!(b64encode(b"abcd"), b"YWJjZA==");
        assert_eq!(b32encode(b"hello"), b"NBSWY3DP");
        assert_eq!(b32encode(b"a"), b"ME======");
        assert_eq!(b16encode(b"\xab"), b"AB");
        assert_eq!(text(urlsafe_b64decode("_-==")), "\u{ff}");
        assert_eq!(text(urlsafe_b64decode("+/==")), "\u{fb}");
    }

    #[test]
    fn other_types_raise() {
        let argument = "argument should be a bytes-like object or ASCII string, not 'NoneType'";
        assert_eq!(
            text(b64decode_value(&Value::None, &Value::None, false)),
            format!("TypeError: {argument}")
        );
        assert_eq!(
            text(b64encode_value(&"a".into(), &Value::None)),
            "TypeError: a bytes-like object is required, not 'str'"
        );
        let one = b64decode_value(&"_-==".into(), &"a".into(), false);
        assert_eq!(text(one), "AssertionError: b'a'");
        let two = b64decode_value(&"_-==".into(), &"-_".into(), false);
        assert_eq!(text(two), "\u{ff}");
    }

    #[test]
    fn base32_and_base16_are_read() {
        let digit = "Error: Non-base32 digit found";
        for (written, casefold, expected) in [
            ("NBSWY3DP", false, "hello"),
            ("nbswy3dp", false, digit),
            ("nbswy3dp", true, "hello"),
            ("NBSWY3D", false, PADDING),
            ("NBSWY3D1", false, digit),
            ("========", false, PADDING),
            ("A=======", false, PADDING),
            ("AA======", false, "\0"),
            ("AAA=====", false, PADDING),
            ("AB======", false, "\0"),
            ("=AAAAAAA", false, digit),
            ("", false, ""),
        ] {
            assert_eq!(text(b32decode(written, casefold)), expected, "{written}");
        }
        for (written, casefold, expected) in [
            ("AB", false, "\u{ab}"),
            ("ab", false, "Error: Non-base16 digit found"),
            ("ab", true, "\u{ab}"),
            ("A", false, "Error: Odd-length string"),
            ("AG", false, "Error: Non-base16 digit found"),
        ] {
            assert_eq!(text(b16decode(written, casefold)), expected, "{written}");
        }
    }
}
