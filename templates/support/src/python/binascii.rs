//! Python's `binascii`.

use super::error::{self, Class, Error, Result, VALUE_ERROR};
use super::value::Value;

/// `binascii.Error`
pub static ERROR: Class = Class::new("Error", &[&VALUE_ERROR]);

/// As `binascii.Error(text)`.
pub fn raise<T>(text: impl Into<String>) -> Result<T> {
    Err(Error::new(&ERROR, text))
}

/// `binascii.hexlify(data)`.
pub fn hexlify(data: &[u8]) -> Vec<u8> {
    let digits = |byte: &u8| [byte >> 4, byte & 15];
    let digits = data.iter().flat_map(digits);
    digits
        .map(|digit| {
            if digit < 10 {
                b'0' + digit
            } else {
                b'a' - 10 + digit
            }
        })
        .collect()
}

/// `binascii.hexlify(data)`.
pub fn hexlify_value(data: &Value) -> Result<Vec<u8>> {
    bytes_like(data).map(hexlify)
}

/// `binascii.b2a_hex(data)`.
pub fn b2a_hex(data: &[u8]) -> Vec<u8> {
    hexlify(data)
}

/// `binascii.unhexlify(hexstr, /)`.
pub fn unhexlify(hexstr: &str) -> Result<Vec<u8>> {
    unhexlify_bytes(ascii(hexstr)?)
}

/// `binascii.unhexlify(hexstr, /)`.
pub fn unhexlify_bytes(hexstr: &[u8]) -> Result<Vec<u8>> {
    if hexstr.len() % 2 == 1 {
        return raise("Odd-length string");
    }
    let digit = |byte: u8| match char::from(byte).to_digit(16) {
        Some(digit) => Ok(digit as u8),
        None => raise("Non-hexadecimal digit found"),
    };
    let pairs = hexstr.chunks_exact(2);
    pairs
        .map(|pair| Ok(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

/// `binascii.unhexlify(hexstr, /)`.
pub fn unhexlify_value(hexstr: &Value) -> Result<Vec<u8>> {
    unhexlify_bytes(text_or_bytes(hexstr, "bytes, buffer or ASCII string")?)
}

/// `binascii.a2b_hex(hexstr, /)`.
pub fn a2b_hex(hexstr: &str) -> Result<Vec<u8>> {
    unhexlify(hexstr)
}

/// `binascii.a2b_base64(data, /, *, strict_mode=False)`.
pub fn a2b_base64(data: &str, strict_mode: bool) -> Result<Vec<u8>> {
    super::base64::decoded(ascii(data)?, strict_mode)
}

/// `binascii.a2b_base64(data, /, *, strict_mode=False)`.
pub fn a2b_base64_bytes(data: &[u8], strict_mode: bool) -> Result<Vec<u8>> {
    super::base64::decoded(data, strict_mode)
}

/// `binascii.b2a_base64(data, /, *, newline=True)`.
pub fn b2a_base64(data: &[u8], newline: bool) -> Vec<u8> {
    let mut text = super::base64::encoded(data, super::base64::STANDARD);
    if newline {
        text.push('\n');
    }
    text.into_bytes()
}

/// `binascii.crc32(data, /)`.
pub fn crc32(data: &[u8]) -> i64 {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    i64::from(crc.sum())
}

/// The bytes of a text of ASCII.
pub fn ascii(text: &str) -> Result<&[u8]> {
    if text.is_ascii() {
        return Ok(text.as_bytes());
    }
    let text = "string argument should contain only ASCII characters";
    Err(error::value_error(text))
}

/// The bytes of a value that is bytes, or a text of ASCII.
pub fn text_or_bytes<'a>(value: &'a Value, expected: &str) -> Result<&'a [u8]> {
    match value {
        Value::Str(text) => ascii(text),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(bytes),
        other => {
            let name = other.type_name();
            let text = format!("argument should be {expected}, not '{name}'");
            Err(error::type_error(text))
        }
    }
}

/// The bytes of a value that is nothing else.
pub fn bytes_like(value: &Value) -> Result<&[u8]> {
    match value {
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(bytes),
        other => {
            let name = other.type_name();
            let text = format!("a bytes-like object is required, not '{name}'");
            Err(error::type_error(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(result: Result<Vec<u8>>) -> String {
        match result {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn bytes_are_hexadecimal_digits() {
        assert_eq!(hexlify(b"\x00\xaf9"), b"00af39");
        assert_eq!(text(unhexlify("614A")), "aJ");
        assert_eq!(text(unhexlify("0")), "Error: Odd-length string");
        assert_eq!(text(unhexlify("zz")), "Error: Non-hexadecimal digit found");
        assert_eq!(
            text(unhexlify("é0")),
            "ValueError: string argument should contain only ASCII characters"
        );
        assert_eq!(
            text(unhexlify_value(&5.into())),
            "TypeError: argument should be bytes, buffer or ASCII string, not 'int'"
        );
        assert_eq!(
            text(hexlify_value(&"a".into())),
            "TypeError: a bytes-like object is required, not 'str'"
        );
    }

    #[test]
    fn base64_and_sums() {
        assert_eq!(b2a_base64(b"a", true), b"YQ==\n");
        assert_eq!(b2a_base64(b"a", false), b"YQ==");
        assert_eq!(text(a2b_base64("YQ", false)), "Error: Incorrect padding");
        assert_eq!(crc32(b"abc"), 891_568_578);
    }
}
