//! `Content-Encoding: aws-chunked`, which SDKs use for bodies with a checksum behind them.
//!
//! Source: "Transferring payload in multiple chunks" in the Amazon S3 API reference.

use axum::http::HeaderMap;

/// The body that was meant; nothing where it is not in chunks or torn.
pub(super) fn contents(headers: &HeaderMap, body: &[u8]) -> Option<Vec<u8>> {
    let encoding = headers.get("content-encoding")?.to_str().ok()?;
    if !encoding.split(',').any(|part| part.trim() == "aws-chunked") {
        return None;
    }
    let (mut contents, mut rest) = (Vec::new(), body);
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = line.split(';').next().unwrap_or(line);
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(contents);
        }
        rest = rest.get(end + 2..)?;
        contents.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
