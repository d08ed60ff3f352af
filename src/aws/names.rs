//! The Rust SDK's names of what the catalogue describes.
//!
//! The SDK is generated from the same models by smithy-rs, whose word splitting is followed here
//! (`CaseUtils`, `splitOnWordBoundaries`); what it renames besides is in small tables. The tests
//! hold the rules against the published crates.

use super::Service;

/// Words that are cased oddly but stay whole.
const WHOLE_WORDS: &[&str] = &["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// Words that Rust reserves; the SDK writes them as raw identifiers.
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be raw identifiers, and members whose setter the SDK's builders need for
/// themselves; the SDK appends `_value`.
const RENAMED_MEMBERS: &[&str] = &[
    "build", "builder", "default", "send", "self", "super", "crate",
];

/// The crate of a service, such as `aws-sdk-dynamodb`: the service id in small letters without
/// spaces and without a closing `Service`.
pub fn crate_name(service: &Service) -> String {
    let id = service.service_id.to_lowercase();
    let id = id.strip_suffix(" service").unwrap_or(&id);
    format!("aws-sdk-{}", id.replace([' ', '-'], ""))
}

/// The client's method for an operation, such as `get_item`.
pub fn method(operation: &str) -> String {
    raw(snake_case(operation))
}

/// A member's setter and getter, such as `table_name` or `r#type`.
pub fn member(name: &str) -> String {
    let name = snake_case(name);
    if RENAMED_MEMBERS.contains(&name.as_str()) {
        format!("{name}_value")
    } else {
        raw(name)
    }
}

/// The type of a structure, union, enum or error, such as `AttributeValue` or `SseType`.
///
/// The variants of enums do not follow from botocore, since the SDK names them by the Smithy
/// model: make them with the enum's `From<&str>`.
pub fn type_name(shape: &str) -> String {
    words(shape).iter().map(|word| capitalized(word)).collect()
}

/// A shape's name in small letters, for a function of our own.
pub fn function(shape: &str) -> String {
    raw(snake_case(shape))
}

/// A shape's name in capitals, for a static of our own.
pub fn constant(shape: &str) -> String {
    snake_case(shape).to_uppercase()
}

/// A member's setter on the SDK's builders that takes an `Option`, such as `set_table_name`.
pub fn setter(name: &str) -> String {
    let name = member(name);
    format!("set_{}", name.strip_prefix("r#").unwrap_or(&name))
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn raw(name: String) -> String {
    if RESERVED.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

fn snake_case(name: &str) -> String {
    words(name).join("_")
}

/// A name's words in small letters.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let all_small = name.to_lowercase() == name;
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let next = chars.get(index + 1).copied();
        let after_next = chars.get(index + 2).copied();
        let last = word.chars().last();
        let whole = within_whole_word(&word, &chars, index);
        let boundary = !c.is_alphanumeric()
            || (!whole && last.is_some_and(|last| small_or_digit(last) && c.is_uppercase()))
            || (!whole
                && all_small
                && last.is_some_and(|last| last.is_ascii_digit() && c.is_lowercase()))
            || (!whole && ends_acronym(&word, c, next, after_next));
        if boundary && !word.is_empty() {
            words.push(std::mem::take(&mut word).to_lowercase());
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word.to_lowercase());
    }
    words
}

const fn small_or_digit(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// Whether the word so far with what follows is one of [`WHOLE_WORDS`].
fn within_whole_word(word: &str, chars: &[char], index: usize) -> bool {
    WHOLE_WORDS.iter().any(|whole| {
        let so_far = word.to_lowercase();
        let Some(rest) = whole
            .strip_prefix(so_far.as_str())
            .filter(|_| !so_far.is_empty())
        else {
            return false;
        };
        let following: String = chars.iter().skip(index).take(rest.len()).collect();
        !rest.is_empty() && following.to_lowercase() == rest
    })
}

/// `DB|Proxy` and `IAM|User`, but not `AC|Ls`.
fn ends_acronym(word: &str, c: char, next: Option<char>, after_next: Option<char>) -> bool {
    let acronym = word.chars().last().is_some_and(char::is_uppercase);
    let starts_word = c.is_uppercase() && next.is_some_and(char::is_lowercase);
    let plural = next == Some('s') && after_next.is_none_or(|c| !c.is_lowercase());
    acronym && starts_word && !plural
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::catalogue;

    #[test]
    fn splits_words_as_the_sdk_does() {
        assert_eq!(method("ListObjectsV2"), "list_objects_v2");
        assert_eq!(method("GetItem"), "get_item");
        assert_eq!(member("KMSMasterKeyID"), "kms_master_key_id");
        assert_eq!(member("ETag"), "e_tag");
        assert_eq!(member("type"), "r#type");
        assert_eq!(member("VolumeSizeInGiB"), "volume_size_in_gib");
        assert_eq!(member("ACLs"), "acls");
        assert_eq!(member("s3key"), "s3_key");
        assert_eq!(type_name("SSEType"), "SseType");
        assert_eq!(type_name("AttributeValue"), "AttributeValue");
    }

    #[test]
    fn names_crates() {
        let name = |service: &str| crate_name(catalogue().service(service).unwrap());
        assert_eq!(name("dynamodb"), "aws-sdk-dynamodb");
        assert_eq!(name("stepfunctions"), "aws-sdk-sfn");
        assert_eq!(name("cognito-idp"), "aws-sdk-cognitoidentityprovider");
        assert_eq!(name("config"), "aws-sdk-config");
        assert_eq!(name("logs"), "aws-sdk-cloudwatchlogs");
    }
}
