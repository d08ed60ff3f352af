//! What botocore does besides for S3.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::botocore_call::Call;
use super::botocore_validate::invalid;
use super::botocore_xml::document;
use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

/// What stays as it is in the source of a copy.
const QUOTED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'/')
    .remove(b'_')
    .remove(b'~');

/// Raises `ParamValidationError` for what can be no bucket's name, and `TypeError` for what is no
/// string, as the pattern does that names are searched for.
pub fn check_bucket_name(input: &Dict) -> Result<()> {
    let name = match input.find("Bucket") {
        None => return Ok(()),
        Some(Value::Str(name)) => name,
        #[cfg(feature = "bytes")]
        Some(Value::Bytes(_)) => {
            let text = "cannot use a string pattern on a bytes-like object";
            return Err(error::type_error(text.to_owned()));
        }
        Some(other) => {
            let kind = other.type_name();
            let text = format!("expected string or bytes-like object, got '{kind}'");
            return Err(error::type_error(text));
        }
    };
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    let plain = !name.is_empty() && name.len() <= 255 && name.chars().all(known);
    if plain || name.starts_with("arn:aws") {
        return Ok(());
    }
    Err(invalid(&format!(
        "Invalid bucket name \"{name}\": Bucket name must match the regex \
         \"^[a-zA-Z0-9.\\-_]{{1,255}}$\" or be an ARN matching the regex \
         \"^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{{12}}:accesspoint[/:][a-zA-Z0-9\\-.]{{1,63}}$\
         |^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{{12}}:outpost[/:][a-zA-Z0-9\\-]{{1,63}}[/:]accesspoint[/:][a-zA-Z0-9\\-]{{1,63}}$\""
    )))
}

/// Raises `ParamValidationError` for metadata that is not in ASCII.
pub fn check_metadata(input: &Dict) -> Result<()> {
    let Some(Value::Dict(metadata)) = input.find("Metadata") else {
        return Ok(());
    };
    for (key, value) in metadata.pairs() {
        let ascii = |it: &Value| !matches!(it, Value::Str(text) if !text.is_ascii());
        if !ascii(&key) || !ascii(&value) {
            return Err(invalid_metadata(&key, &value));
        }
    }
    Ok(())
}

fn invalid_metadata(key: &Value, value: &Value) -> Error {
    invalid(&format!(
        "Non ascii characters found in S3 metadata for key \"{key}\", value: \"{value}\".  \nS3 \
         metadata can only contain ASCII characters. "
    ))
}

/// Refuses a customer's key, to which botocore adds a digest.
pub fn check_no_customer_key(input: &Dict) -> Result<()> {
    match input.find("SSECustomerKey") {
        None => Ok(()),
        Some(_) => Err(error::untranslated("`SSECustomerKey`")),
    }
}

fn copied(input: &Dict) -> Dict {
    let output = Dict::new();
    for (name, value) in input.pairs() {
        output.insert(name, value);
    }
    output
}

/// Asks for keys in URL encoding.
pub fn url_encoded(input: &Dict) -> Result<Dict> {
    let output = copied(input);
    if output.find("EncodingType").is_none() {
        output.insert("EncodingType", "url");
    }
    Ok(output)
}

/// Decodes the keys of a list, where the program did not ask for an encoding.
pub fn url_decoded(original: &Dict, answer: Dict) -> Result<Dict> {
    let encoded = answer.find("EncodingType").is_some_and(|it| it == "url");
    if !encoded || original.find("EncodingType").is_some() {
        return Ok(answer);
    }
    let top = [
        "Delimiter",
        "KeyMarker",
        "Marker",
        "NextKeyMarker",
        "NextMarker",
        "Prefix",
        "StartAfter",
    ];
    for name in top {
        decode(&answer, name);
    }
    let nested = [
        ("CommonPrefixes", "Prefix"),
        ("Contents", "Key"),
        ("DeleteMarkers", "Key"),
        ("Versions", "Key"),
    ];
    for (list, name) in nested {
        if let Some(Value::List(items)) = answer.find(list) {
            decode_items(&items, name);
        }
    }
    Ok(answer)
}

fn decode_items(items: &List, name: &str) {
    for item in items.iter() {
        if let Value::Dict(item) = item {
            decode(&item, name);
        }
    }
}

fn decode(dict: &Dict, name: &str) {
    if let Some(Value::Str(text)) = dict.find(name) {
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        dict.insert(name, decoded);
    }
}

/// The source of a copy as one string.
pub fn with_copy_source(input: &Dict) -> Result<Dict> {
    let output = copied(input);
    match input.find("CopySource") {
        Some(Value::Str(source)) => {
            let (path, version) = match source.split_once("?versionId=") {
                Some((path, version)) => (path, format!("?versionId={version}")),
                None => (source.as_str(), String::new()),
            };
            let path = utf8_percent_encode(path, QUOTED);
            output.insert("CopySource", format!("{path}{version}"));
        }
        Some(Value::Dict(source)) => {
            let part = |name: &str| source.find(name).map(|it| it.to_string());
            let (Some(bucket), Some(key)) = (part("Bucket"), part("Key")) else {
                return Err(error::untranslated("a `CopySource` without a key"));
            };
            let path = format!("{bucket}/{key}");
            let path = utf8_percent_encode(&path, QUOTED);
            let version = part("VersionId");
            let version = version.map_or_else(String::new, |it| format!("?versionId={it}"));
            output.insert("CopySource", format!("{path}{version}"));
        }
        _ => (),
    }
    Ok(output)
}

/// The answer of `GetBucketLocation`.
pub fn bucket_location(call: &Call) -> Result<Dict> {
    let root = document(&call.response().body)?;
    let answer = Dict::new();
    let region = Some(root.text).filter(|text| !text.is_empty());
    answer.insert("LocationConstraint", region);
    Ok(answer)
}
