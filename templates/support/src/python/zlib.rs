//! Python's `zlib`. What it compresses to is not the same in Rust, so that it only decompresses.

use flate2::{Decompress, FlushDecompress, Status};

use super::binascii::bytes_like;
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::gzip;
use super::value::Value;

/// `zlib.error`
pub static ERROR: Class = Class::new("error", &[&EXCEPTION]);
/// `zlib.MAX_WBITS`
pub const MAX_WBITS: i64 = 15;

/// What a stream without header and trailer holds, and what follows it; none where it does not end.
pub fn inflate(data: &[u8]) -> Result<Option<(Vec<u8>, &[u8])>> {
    let mut stream = Decompress::new(false);
    let mut bytes = Vec::with_capacity(data.len().saturating_mul(4));
    loop {
        bytes.reserve(4096);
        let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let rest = data.get(read..).unwrap_or_default();
        let before = (stream.total_in(), stream.total_out());
        let status = stream.decompress_vec(rest, &mut bytes, FlushDecompress::None);
        let status = status.map_err(|_| error::untranslated("compressed data that is wrong"))?;
        let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        if status == Status::StreamEnd {
            return Ok(Some((bytes, data.get(read..).unwrap_or_default())));
        }
        if before == (stream.total_in(), stream.total_out()) {
            return Ok(None);
        }
    }
}

fn failure(number: i64, text: &str) -> Error {
    let text = format!("Error {number} while decompressing data: {text}");
    Error::new(&ERROR, text)
}

fn incomplete() -> Error {
    failure(-5, "incomplete or truncated stream")
}

/// `zlib.decompress(data, /, wbits=15)`.
/// Other sizes of the window than 15 are refused, as are data that are wrong inside.
pub fn decompress(data: &[u8], wbits: i64) -> Result<Vec<u8>> {
    match wbits {
        -15 => Ok(inflate(data)?.ok_or_else(incomplete)?.0),
        15 => with_header(data),
        31 => from_gzip(data),
        47 if data.starts_with(&gzip::MAGIC) => from_gzip(data),
        47 => with_header(data),
        _ => Err(error::untranslated(format!(
            "zlib with a window of {wbits}"
        ))),
    }
}

/// `zlib.decompress(data, /, wbits=15)`.
/// Other sizes of the window than 15 are refused, as are data that are wrong inside.
pub fn decompress_value(data: &Value, wbits: i64) -> Result<Vec<u8>> {
    decompress(bytes_like(data)?, wbits)
}

fn from_gzip(data: &[u8]) -> Result<Vec<u8>> {
    if data.len() >= 2 && !data.starts_with(&gzip::MAGIC) {
        return Err(failure(-3, "incorrect header check"));
    }
    match gzip::member(data) {
        Ok(Some((bytes, _))) => Ok(bytes),
        Ok(None) => Err(incomplete()),
        Err(error) if error.is(&error::EOF_ERROR) => Err(incomplete()),
        Err(_) => Err(error::untranslated("compressed data that is wrong")),
    }
}

fn with_header(data: &[u8]) -> Result<Vec<u8>> {
    let [first, second, rest @ ..] = data else {
        return Err(incomplete());
    };
    let (first, second) = (u32::from(*first), u32::from(*second));
    if (first * 256 + second) % 31 != 0 {
        return Err(failure(-3, "incorrect header check"));
    }
    if first != 0x78 || second & 0x20 != 0 {
        return Err(error::untranslated(
            "zlib with another window or a dictionary",
        ));
    }
    let (bytes, rest) = inflate(rest)?.ok_or_else(incomplete)?;
    let Some(sum) = rest.first_chunk() else {
        return Err(incomplete());
    };
    if i64::from(u32::from_be_bytes(*sum)) != adler32(&bytes) {
        return Err(failure(-3, "incorrect data check"));
    }
    Ok(bytes)
}

/// `zlib.crc32(data, /)`.
pub fn crc32(data: &[u8]) -> i64 {
    super::binascii::crc32(data)
}

/// `zlib.adler32(data, /)`.
pub fn adler32(data: &[u8]) -> i64 {
    let (mut first, mut second) = (1, 0);
    for byte in data {
        first = (first + i64::from(*byte)) % 65_521;
        second = (second + first) % 65_521;
    }
    second << 16 | first
}
