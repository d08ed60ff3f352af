//! Python's `gzip`. What it compresses to is not the same in Rust, so that it only decompresses.

use super::binascii::bytes_like;
use super::error::{Class, EOF_ERROR, Error, OS_ERROR, Result};
use super::value::Value;
use super::{binascii, zlib};

/// `gzip.BadGzipFile`
pub static BAD_GZIP_FILE: Class = Class::new("BadGzipFile", &[&OS_ERROR]);

/// What gzip data begin with.
pub const MAGIC: [u8; 2] = [0x1f, 0x8b];

fn bad<T>(text: impl Into<String>) -> Result<T> {
    Err(Error::new(&BAD_GZIP_FILE, text))
}

fn ended() -> Error {
    let text = "Compressed file ended before the end-of-stream marker was reached";
    Error::new(&EOF_ERROR, text)
}

/// Data behind so many bytes.
fn skip(data: &[u8], count: usize) -> Result<&[u8]> {
    data.get(count..).ok_or_else(ended)
}

/// Data behind a text that ends with a zero.
fn skip_text(data: &[u8]) -> &[u8] {
    let end = data.iter().position(|byte| *byte == 0);
    end.map_or(&[], |end| &data[end + 1..])
}

/// What is behind a header.
fn behind_header(data: &[u8]) -> Result<&[u8]> {
    let (method, flags) = match data.get(2..10) {
        Some([method, flags, ..]) => (*method, *flags),
        _ => return Err(ended()),
    };
    if method != 8 {
        return bad("Unknown compression method");
    }
    let mut rest = skip(data, 10)?;
    if flags & 4 != 0 {
        let size = rest.first_chunk().ok_or_else(ended)?;
        rest = skip(rest, 2 + usize::from(u16::from_le_bytes(*size)))?;
    }
    if flags & 8 != 0 {
        rest = skip_text(rest);
    }
    if flags & 16 != 0 {
        rest = skip_text(rest);
    }
    if flags & 2 != 0 {
        rest = skip(rest, 2)?;
    }
    Ok(rest)
}

/// What the first part of gzip data holds, and what follows it; none where there is no data.
pub fn member(data: &[u8]) -> Result<Option<(Vec<u8>, &[u8])>> {
    if data.is_empty() {
        return Ok(None);
    }
    if !data.starts_with(&MAGIC) {
        let magic = &data[..data.len().min(2)];
        #[cfg(feature = "bytes")]
        let shown = super::text::bytes_repr(magic);
        #[cfg(not(feature = "bytes"))]
        let shown = format!("{magic:?}");
        return bad(format!("Not a gzipped file ({shown})"));
    }
    let (bytes, rest) = zlib::inflate(behind_header(data)?)?.ok_or_else(ended)?;
    let Some((trailer, rest)) = rest.split_first_chunk::<8>() else {
        return Err(ended());
    };
    let number = |at: usize| trailer[at..at + 4].iter().rev();
    let number = |at: usize| number(at).fold(0, |number, byte| number << 8 | i64::from(*byte));
    if number(0) != binascii::crc32(&bytes) {
        return bad("CRC check failed");
    }
    if number(4) != bytes.len() as i64 & 0xffff_ffff {
        return bad("Incorrect length of data produced");
    }
    Ok(Some((bytes, rest)))
}

/// `gzip.decompress(data)`.
/// Data that are wrong inside are refused.
pub fn decompress(data: &[u8]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut rest = data;
    while let Some((bytes, after)) = member(rest)? {
        all.extend(bytes);
        let zeros = after.iter().take_while(|byte| **byte == 0).count();
        rest = &after[zeros..];
    }
    Ok(all)
}

/// `gzip.decompress(data)`.
/// Data that are wrong inside are refused.
pub fn decompress_value(data: &Value) -> Result<Vec<u8>> {
    match data {
        Value::None => Ok(Vec::new()),
        data => decompress(bytes_like(data)?),
    }
}

#[cfg(all(test, feature = "bytes"))]
mod tests {
    use super::*;

    /// The word `hello`, as Python compresses it.
    const HELLO: &[u8] = b"\x1f\x8b\x08\x00\x99\xdb\x06k\x02\xff\xcbH\xcd\xc9\xc9\x07\x00\x86\xa6\x106\x05\x00\x00\x00";
    const ZLIB: &[u8] = b"x\x9c\xcbH\xcd\xc9\xc9\x07\x00\x06,\x02\x15";

    fn text(result: Result<Vec<u8>>) -> String {
        match result {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn gzip_is_read_as_python_reads_it() {
        let size = HELLO.len();
        let ended = "EOFError: Compressed file ended before the end-of-stream marker was reached";
        let with = |more: &[u8]| [HELLO, more].concat();
        let without = |count: usize, more: &[u8]| [&HELLO[..size - count], more].concat();
        for (data, expected) in [
            (Vec::new(), ""),
            (b"abc".to_vec(), "BadGzipFile: Not a gzipped file (b'ab')"),
            (
                b"\x1f".to_vec(),
                "BadGzipFile: Not a gzipped file (b'\\x1f')",
            ),
            (HELLO.to_vec(), "hello"),
            (HELLO[..5].to_vec(), ended),
            (without(3, b""), ended),
            (without(9, b""), ended),
            (with(HELLO), "hellohello"),
            (with(b"\0\0"), "hello"),
            (with(b"x"), "BadGzipFile: Not a gzipped file (b'x')"),
            (without(8, &[0; 8]), "BadGzipFile: CRC check failed"),
            (
                without(4, &[0; 4]),
                "BadGzipFile: Incorrect length of data produced",
            ),
        ] {
            assert_eq!(text(decompress(&data)), expected, "{data:?}");
        }
        assert_eq!(text(decompress_value(&Value::None)), "");
        let required = "TypeError: a bytes-like object is required, not 'str'";
        assert_eq!(text(decompress_value(&"a".into())), required);
    }

    #[test]
    fn zlib_is_read_as_python_reads_it() {
        let error = |text: &str| format!("error: Error {text}");
        let truncated = error("-5 while decompressing data: incomplete or truncated stream");
        let header = error("-3 while decompressing data: incorrect header check");
        let check = error("-3 while decompressing data: incorrect data check");
        let end = ZLIB.len();
        let wrong = [&ZLIB[..end - 1], b"x"].concat();
        let long = [ZLIB, b"x"].concat();
        for (data, window, expected) in [
            (ZLIB, 15, "hello"),
            (ZLIB, 47, "hello"),
            (&long, 15, "hello"),
            (&ZLIB[2..end - 4], -15, "hello"),
            (HELLO, 31, "hello"),
            (HELLO, 47, "hello"),
            (HELLO, 15, &header),
            (b"abc", 15, &header),
            (b"", 15, &truncated),
            (&ZLIB[..end - 2], 15, &truncated),
            (&wrong, 15, &check),
        ] {
            assert_eq!(text(zlib::decompress(data, window)), expected, "{data:?}");
        }
        assert_eq!(zlib::crc32(b"a"), 3_904_355_907);
        assert_eq!(zlib::adler32(b"a"), 6_422_626);
    }

    #[test]
    fn large_data_are_read() {
        use std::io::Write;
        let data: Vec<u8> = (0..300_000_u32)
            .map(|number| (number % 251) as u8)
            .collect();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        assert!(encoder.write_all(&data).is_ok());
        let compressed = encoder.finish().unwrap_or_default();
        assert!(decompress(&compressed).is_ok_and(|bytes| bytes == data));
    }
}
