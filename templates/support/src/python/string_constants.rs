//! Python's `string`: sets of characters.

/// `string.ascii_lowercase`
pub const ASCII_LOWERCASE: &str = "abcdefghijklmnopqrstuvwxyz";
/// `string.ascii_uppercase`
pub const ASCII_UPPERCASE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// `string.ascii_letters`
pub const ASCII_LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// `string.digits`
pub const DIGITS: &str = "0123456789";
/// `string.hexdigits`
pub const HEXDIGITS: &str = "0123456789abcdefABCDEF";
/// `string.octdigits`
pub const OCTDIGITS: &str = "01234567";
/// `string.punctuation`
pub const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// `string.whitespace`
pub const WHITESPACE: &str = " \t\n\r\x0b\x0c";
/// `string.printable`
pub const PRINTABLE: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c";

/// `string.capwords(s)`
pub fn capwords(s: &str) -> String {
    let words = s.split(super::string_kind::is_space);
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(super::string_case::capitalize).collect();
    words.join(" ")
}
