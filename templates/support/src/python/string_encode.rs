//! `str.encode`.

use super::codec::{Codec, codec, no_handler};
use super::error::{self, Error, Result};
use super::value::Value;

/// `str.encode(encoding='utf-8', errors='strict')`
/// Encodings are UTF-8, with a mark or without, ASCII and Latin-1; errors are `strict`,
/// `ignore`, `replace`, `backslashreplace` and `xmlcharrefreplace`. Others are refused.
pub fn encode(text: &str, encoding: &str, errors: &str) -> Result<Vec<u8>> {
    match codec(encoding)? {
        Codec::Utf8 => Ok(text.as_bytes().to_vec()),
        Codec::MarkedUtf8 => Ok(["\u{feff}", text].concat().into_bytes()),
        Codec::Ascii => encode_by(text, errors, "ascii", 128),
        Codec::Latin1 => encode_by(text, errors, "latin-1", 256),
    }
}

/// The characters as one byte each, where they are below a limit.
fn encode_by(text: &str, errors: &str, name: &'static str, limit: u32) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let code = u32::from(c);
        match (u8::try_from(code), errors) {
            (Ok(byte), _) if code < limit => bytes.push(byte),
            (_, "ignore") => {}
            (_, "replace") => bytes.push(b'?'),
            (_, "xmlcharrefreplace") => bytes.extend(format!("&#{code};").into_bytes()),
            (_, "backslashreplace") => bytes.extend(escape(code).into_bytes()),
            (_, "strict") => return Err(encode_error(text, at, name, limit)),
            _ => return Err(no_handler(errors)),
        }
    }
    Ok(bytes)
}

fn escape(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

fn encode_error(text: &str, start: usize, name: &'static str, limit: u32) -> Error {
    let rest = text.chars().skip(start).map(u32::from);
    let bad: Vec<u32> = rest.take_while(|code| *code >= limit).collect();
    let end = start + bad.len();
    let reason = format!("ordinal not in range({limit})");
    let what = match bad.as_slice() {
        [code] => format!("character '{}' in position {start}", escape(*code)),
        _ => format!("characters in position {start}-{}", end - 1),
    };
    let message = format!("'{name}' codec can't encode {what}: {reason}");
    let (start, end) = (start as i64, end as i64);
    let args = vec![
        name.into(),
        text.into(),
        start.into(),
        end.into(),
        Value::from(&reason),
    ];
    Error::with_text(&error::UNICODE_ENCODE_ERROR, args, message)
        .with_attribute("encoding", name)
        .with_attribute("object", text)
        .with_attribute("start", start)
        .with_attribute("end", end)
        .with_attribute("reason", reason)
}
