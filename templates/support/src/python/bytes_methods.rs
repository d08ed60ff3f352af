//! Methods of `bytes`.

use super::bytes;
use super::error::{self, Result};
use super::list::List;
use super::value::Value;

/// The bytes that a method is given, which raises where there are none.
fn expect<'a>(value: &'a Value, before: &str, after: &str) -> Result<&'a [u8]> {
    match value {
        Value::Bytes(bytes) => Ok(bytes),
        other => {
            let name = other.type_name();
            Err(error::type_error(format!("{before}{name}{after}")))
        }
    }
}

fn expect_like(value: &Value) -> Result<&[u8]> {
    expect(value, "a bytes-like object is required, not '", "'")
}

/// `bytes(source, encoding, errors='strict')`
pub fn bytes_of_text(source: &str, encoding: &str, errors: &str) -> Result<Vec<u8>> {
    super::string_encode::encode(source, encoding, errors)
}

/// `bytes()`
pub fn empty_bytes() -> Vec<u8> {
    Vec::new()
}

/// `bytes(source, /)`
pub fn bytes_of(source: &[u8]) -> Vec<u8> {
    source.to_vec()
}

/// `bytes(source, /)`
pub fn bytes_of_value(source: &Value) -> Result<Vec<u8>> {
    match source {
        Value::Bytes(bytes) => Ok(bytes.clone()),
        Value::Str(_) => Err(error::type_error("string argument without an encoding")),
        Value::None | Value::Float(_) => {
            let name = source.type_name();
            let text = format!("cannot convert '{name}' object to bytes");
            Err(error::type_error(text))
        }
        other => match other.as_int() {
            Some(count) => {
                let negative = |_| error::value_error("negative count");
                usize::try_from(count)
                    .map_err(negative)
                    .map(|count| vec![0; count])
            }
            None => other.iterate()?.map(|item| byte(&item)).collect(),
        },
    }
}

fn byte(value: &Value) -> Result<u8> {
    let number = super::numbers::index(value)?;
    let text = "bytes must be in range(0, 256)";
    u8::try_from(number).map_err(|_| error::value_error(text))
}

/// `bytes.fromhex(string, /)`
pub fn fromhex(string: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(string.len() / 2);
    let mut rest = string.chars().enumerate();
    let invalid = |at: usize| {
        let text = "non-hexadecimal number found in fromhex() arg at position";
        error::value_error(format!("{text} {at}"))
    };
    while let Some((at, c)) = rest.next() {
        if matches!(c, ' ' | '\t'..='\r') {
            continue;
        }
        let high = c.to_digit(16).ok_or_else(|| invalid(at))?;
        let low = rest.next().and_then(|(_, c)| c.to_digit(16));
        let low = low.ok_or_else(|| invalid(at + 1))?;
        bytes.extend(u8::try_from(high * 16 + low));
    }
    Ok(bytes)
}

/// `bytes.startswith(prefix, /)`
pub fn startswith_value(bytes: &[u8], prefix: &Value) -> Result<bool> {
    any_of(prefix, "startswith", |prefix| bytes.starts_with(prefix))
}

/// `bytes.endswith(suffix, /)`
pub fn endswith_value(bytes: &[u8], suffix: &Value) -> Result<bool> {
    any_of(suffix, "endswith", |suffix| bytes.ends_with(suffix))
}

fn any_of(wanted: &Value, method: &str, fits: impl Fn(&[u8]) -> bool) -> Result<bool> {
    #[cfg(feature = "tuple")]
    if let Value::Tuple(items) = wanted {
        for item in items.iter() {
            if fits(expect_like(item)?) {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let before = format!("{method} first arg must be bytes or a tuple of bytes, not ");
    Ok(fits(expect(wanted, &before, "")?))
}

/// `bytes.find(sub, /)`
pub fn find(bytes: &[u8], sub: &[u8]) -> i64 {
    bytes::find(bytes, sub).map_or(-1, |at| at as i64)
}

/// `bytes.index(sub, /)`
pub fn index(bytes: &[u8], sub: &[u8]) -> Result<i64> {
    let found = bytes::find(bytes, sub).map(|at| at as i64);
    found.ok_or_else(|| error::value_error("subsection not found"))
}

/// `bytes.count(sub, /)`
pub fn count(bytes: &[u8], sub: &[u8]) -> i64 {
    if sub.is_empty() {
        return bytes.len() as i64 + 1;
    }
    pieces(bytes, sub, usize::MAX).len() as i64 - 1
}

/// What stands between a separator that is not empty; the last piece is the rest after so
/// many splits.
fn pieces<'a>(bytes: &'a [u8], separator: &[u8], most: usize) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while pieces.len() < most
        && let Some(at) = bytes::find(rest, separator)
    {
        pieces.push(&rest[..at]);
        rest = &rest[at + separator.len()..];
    }
    pieces.push(rest);
    pieces
}

/// `bytes.split(sep=None, maxsplit=-1)`
pub fn split(bytes: &[u8], sep: Option<&[u8]>, maxsplit: i64) -> Result<List> {
    let most = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    match sep {
        None => Ok(words(bytes, most).into_iter().collect()),
        Some([]) => Err(error::value_error("empty separator")),
        Some(sep) => Ok(pieces(bytes, sep, most).into_iter().collect()),
    }
}

/// `bytes.split(sep=None, maxsplit=-1)`
pub fn split_value(bytes: &[u8], sep: &Value, maxsplit: i64) -> Result<List> {
    let sep = if sep.is_none() {
        None
    } else {
        Some(expect_like(sep)?)
    };
    split(bytes, sep, maxsplit)
}

fn words(bytes: &[u8], most: usize) -> Vec<&[u8]> {
    let mut words = Vec::new();
    let mut rest = trim_start(bytes, is_space);
    while !rest.is_empty() {
        if words.len() == most {
            words.push(rest);
            break;
        }
        let end = rest.iter().position(|byte| is_space(*byte));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        words.push(word);
        rest = trim_start(after, is_space);
    }
    words
}

/// `bytes.splitlines(keepends=False)`
pub fn splitlines(bytes: &[u8], keepends: bool) -> List {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = end.unwrap_or(rest.len());
        let next = match &rest[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        lines.push(&rest[..if keepends { next } else { end }]);
        rest = &rest[next..];
    }
    lines.into_iter().collect()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn trim_start(bytes: &[u8], is_off: impl Fn(u8) -> bool) -> &[u8] {
    let kept = bytes.iter().position(|byte| !is_off(*byte));
    &bytes[kept.unwrap_or(bytes.len())..]
}

fn trim_end(bytes: &[u8], is_off: impl Fn(u8) -> bool) -> &[u8] {
    let kept = bytes.iter().rposition(|byte| !is_off(*byte));
    &bytes[..kept.map_or(0, |at| at + 1)]
}

/// Whether a byte is to be taken off.
fn is_off(chars: Option<&[u8]>, byte: u8) -> bool {
    chars.map_or_else(|| is_space(byte), |chars| chars.contains(&byte))
}

/// `bytes.strip(chars=None, /)`
pub fn strip(bytes: &[u8], chars: Option<&[u8]>) -> Vec<u8> {
    let off = |byte| is_off(chars, byte);
    trim_end(trim_start(bytes, off), off).to_vec()
}

/// `bytes.lstrip(chars=None, /)`
pub fn lstrip(bytes: &[u8], chars: Option<&[u8]>) -> Vec<u8> {
    trim_start(bytes, |byte| is_off(chars, byte)).to_vec()
}

/// `bytes.rstrip(chars=None, /)`
pub fn rstrip(bytes: &[u8], chars: Option<&[u8]>) -> Vec<u8> {
    trim_end(bytes, |byte| is_off(chars, byte)).to_vec()
}

/// `bytes.replace(old, new, /)`
/// An empty `old` is refused.
pub fn replace(bytes: &[u8], old: &[u8], new: &[u8]) -> Result<Vec<u8>> {
    if old.is_empty() {
        return Err(error::untranslated("replace of empty bytes"));
    }
    Ok(pieces(bytes, old, usize::MAX).join(new))
}

/// `bytes.join(iterable, /)`
pub fn join(bytes: &[u8], iterable: &Value) -> Result<Vec<u8>> {
    let mut joined = Vec::new();
    let items = iterable.iterate();
    let items = items.map_err(|_| error::type_error("can only join an iterable"))?;
    for (at, item) in items.enumerate() {
        let before = format!("sequence item {at}: expected a bytes-like object, ");
        let part = expect(&item, &before, " found")?;
        if at > 0 {
            joined.extend_from_slice(bytes);
        }
        joined.extend_from_slice(part);
    }
    Ok(joined)
}

/// `bytes.removeprefix(prefix, /)`
pub fn removeprefix(bytes: &[u8], prefix: &[u8]) -> Vec<u8> {
    bytes.strip_prefix(prefix).unwrap_or(bytes).to_vec()
}

/// `bytes.removesuffix(suffix, /)`
pub fn removesuffix(bytes: &[u8], suffix: &[u8]) -> Vec<u8> {
    bytes.strip_suffix(suffix).unwrap_or(bytes).to_vec()
}

/// `bytes.partition(sep, /)`
pub fn partition(bytes: &[u8], sep: &[u8]) -> Result<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    if sep.is_empty() {
        return Err(error::value_error("empty separator"));
    }
    Ok(match bytes::find(bytes, sep) {
        Some(at) => {
            let after = &bytes[at + sep.len()..];
            (bytes[..at].to_vec(), sep.to_vec(), after.to_vec())
        }
        None => (bytes.to_vec(), Vec::new(), Vec::new()),
    })
}

/// `bytes.lower()`
pub fn lower(bytes: &[u8]) -> Vec<u8> {
    bytes.to_ascii_lowercase()
}

/// `bytes.upper()`
pub fn upper(bytes: &[u8]) -> Vec<u8> {
    bytes.to_ascii_uppercase()
}

/// `bytes.isdigit()`
pub fn isdigit(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}
