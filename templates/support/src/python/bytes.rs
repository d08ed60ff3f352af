//! Python's bytes, which are a `Vec<u8>` where they are known to be bytes.

use super::codec::{Codec, codec, no_handler};
use super::error::{self, Error, Result};
use super::value::Value;

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

/// As `item in bytes`.
pub fn contains(bytes: &[u8], item: &Value) -> Result<bool> {
    match item {
        Value::Bytes(part) => Ok(find(bytes, part).is_some()),
        other => match other.as_int() {
            Some(number) => match u8::try_from(number) {
                Ok(byte) => Ok(bytes.contains(&byte)),
                Err(_) => Err(error::value_error("byte must be in range(0, 256)")),
            },
            None => {
                let name = other.type_name();
                let text = format!("a bytes-like object is required, not '{name}'");
                Err(error::type_error(text))
            }
        },
    }
}

/// The place of the first occurrence of a part.
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    bytes.windows(part.len()).position(|window| window == part)
}

/// `bytes.decode(encoding='utf-8', errors='strict')`
/// Encodings are UTF-8, with a mark or without, ASCII and Latin-1; errors are `strict`,
/// `ignore`, `replace` and `backslashreplace`. Others are refused.
pub fn decode(bytes: &[u8], encoding: &str, errors: &str) -> Result<String> {
    match codec(encoding)? {
        Codec::Utf8 => decode_by(bytes, errors, utf8_problem),
        Codec::MarkedUtf8 => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            decode_by(bytes, errors, utf8_problem)
        }
        Codec::Ascii => decode_by(bytes, errors, ascii_problem),
        Codec::Latin1 => Ok(bytes.iter().copied().map(char::from).collect()),
    }
}

/// `str(object, encoding, errors='strict')`
pub fn str_of(object: &[u8], encoding: &str, errors: &str) -> Result<String> {
    decode(object, encoding, errors)
}

/// What of bytes cannot be decoded: where it stands, its length, and the reason.
struct Problem {
    at: usize,
    length: usize,
    codec: &'static str,
    reason: &'static str,
}

fn utf8_problem(bytes: &[u8]) -> Option<Problem> {
    let error = std::str::from_utf8(bytes).err()?;
    let at = error.valid_up_to();
    let (length, reason) = match error.error_len() {
        None => (bytes.len() - at, "unexpected end of data"),
        Some(length) => {
            let starts = bytes
                .get(at)
                .is_some_and(|byte| (0xc2..0xf5).contains(byte));
            let reason = if starts {
                "invalid continuation byte"
            } else {
                "invalid start byte"
            };
            (length, reason)
        }
    };
    Some(Problem {
        at,
        length,
        codec: "utf-8",
        reason,
    })
}

fn ascii_problem(bytes: &[u8]) -> Option<Problem> {
    let at = bytes.iter().position(|byte| !byte.is_ascii())?;
    let reason = "ordinal not in range(128)";
    Some(Problem {
        at,
        length: 1,
        codec: "ascii",
        reason,
    })
}

fn decode_by(
    bytes: &[u8],
    errors: &str,
    problem: impl Fn(&[u8]) -> Option<Problem>,
) -> Result<String> {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(found) = problem(rest) {
        let (valid, invalid) = rest.split_at(found.at);
        text.push_str(&String::from_utf8_lossy(valid));
        match errors {
            "ignore" => {}
            "replace" => text.push('\u{fffd}'),
            "strict" => return Err(decode_error(bytes, bytes.len() - invalid.len(), &found)),
            "backslashreplace" => {
                let bad = invalid.iter().take(found.length);
                text.extend(bad.map(|byte| format!("\\x{byte:02x}")));
            }
            _ => return Err(no_handler(errors)),
        }
        rest = invalid.get(found.length..).unwrap_or_default();
    }
    text.push_str(&String::from_utf8_lossy(rest));
    Ok(text)
}

fn decode_error(bytes: &[u8], start: usize, problem: &Problem) -> Error {
    let Problem {
        length,
        codec,
        reason,
        ..
    } = problem;
    let end = start + length;
    let what = match bytes.get(start) {
        Some(byte) if *length == 1 => format!("byte {byte:#04x} in position {start}"),
        _ => format!("bytes in position {start}-{}", end - 1),
    };
    let text = format!("'{codec}' codec can't decode {what}: {reason}");
    let args = vec![
        Value::from(*codec),
        Value::from(bytes),
        Value::from(start as i64),
        Value::from(end as i64),
        Value::from(*reason),
    ];
    Error::with_text(&error::UNICODE_DECODE_ERROR, args, text)
        .with_attribute("encoding", *codec)
        .with_attribute("object", bytes)
        .with_attribute("start", start as i64)
        .with_attribute("end", end as i64)
        .with_attribute("reason", *reason)
}

/// `bytes.hex()`
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `bytes.startswith(prefix, /)`
pub fn startswith(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.starts_with(prefix)
}

/// `bytes.endswith(suffix, /)`
pub fn endswith(bytes: &[u8], suffix: &[u8]) -> bool {
    bytes.ends_with(suffix)
}
