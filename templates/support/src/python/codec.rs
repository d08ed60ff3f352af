//! Encodings of texts, by the names that Python knows them under.

use super::error::{self, Error, Result};

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte order mark.
    MarkedUtf8,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
}

/// The encoding of a name. Others than UTF-8, ASCII and Latin-1 are refused.
pub fn codec(name: &str) -> Result<Codec> {
    let lowered = name.to_ascii_lowercase();
    let parts = lowered.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    match parts.join("_").as_str() {
        "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Ok(Codec::Utf8),
        "utf_8_sig" => Ok(Codec::MarkedUtf8),
        "ascii" | "us_ascii" | "us" | "646" => Ok(Codec::Ascii),
        "latin_1" | "latin1" | "latin" | "l1" | "iso_8859_1" | "iso8859_1" | "iso8859" | "8859"
        | "cp819" => Ok(Codec::Latin1),
        _ => Err(error::untranslated(format!("the encoding {name}"))),
    }
}

/// What an error handler raises that has no translation or does not exist.
pub fn no_handler(errors: &str) -> Error {
    match errors {
        "strict" | "ignore" | "replace" | "backslashreplace" | "xmlcharrefreplace"
        | "namereplace" | "surrogateescape" | "surrogatepass" => {
            error::untranslated(format!("the error handler {errors}"))
        }
        _ => {
            let text = format!("unknown error handler name '{errors}'");
            Error::new(&error::LOOKUP_ERROR, text)
        }
    }
}
