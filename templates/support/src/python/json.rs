//! Python's `json`.

use super::error::{self, Class, Error, Result, VALUE_ERROR};
use super::json_decode::{Decoder, Hooks};
use super::json_encode::{Encoder, Options};
use super::value::Value;

/// `json.JSONDecodeError`. `json.decoder.JSONDecodeError` is the same.
pub static JSON_DECODE_ERROR: Class = Class::new("JSONDecodeError", &[&VALUE_ERROR]);

/// What the Lambda runtime reports of a result that it cannot encode.
pub static MARSHAL_ERROR: Class = Class::new("Runtime.MarshalError", &[]);

/// What the Lambda runtime reports of an event that it cannot decode.
pub static UNMARSHAL_ERROR: Class = Class::new("Runtime.UnmarshalError", &[]);

/// `json.dumps(obj)`.
pub fn dumps(obj: &Value) -> Result<String> {
    Encoder::new(&Options::default(), None).encode(obj)
}

/// `json.dumps(obj, *, default)`.
pub fn dumps_default(
    obj: &Value,
    mut default: impl FnMut(Value) -> Result<Value>,
) -> Result<String> {
    Encoder::new(&Options::default(), Some(&mut default)).encode(obj)
}

/// `json.dumps(obj, *, skipkeys=False, ensure_ascii=True, allow_nan=True, indent=None, separators=None, sort_keys=False)`.
pub fn dumps_with(
    obj: &Value,
    skipkeys: bool,
    ensure_ascii: bool,
    allow_nan: bool,
    indent: &Value,
    separators: &Value,
    sort_keys: bool,
) -> Result<String> {
    let options = Options {
        skipkeys,
        ensure_ascii,
        allow_nan,
        sort_keys,
        ..Options::of_layout(indent, separators)?
    };
    Encoder::new(&options, None).encode(obj)
}

/// `json.dumps(obj, *, ensure_ascii=True, allow_nan=True, indent=None, separators=None, default, sort_keys=False)`.
pub fn dumps_with_default(
    obj: &Value,
    ensure_ascii: bool,
    allow_nan: bool,
    indent: &Value,
    separators: &Value,
    mut default: impl FnMut(Value) -> Result<Value>,
    sort_keys: bool,
) -> Result<String> {
    let options = Options {
        ensure_ascii,
        allow_nan,
        sort_keys,
        ..Options::of_layout(indent, separators)?
    };
    Encoder::new(&options, Some(&mut default)).encode(obj)
}

/// The JSON that the Lambda runtime makes of a handler's result. The runtimes of Python 3.12 and
/// later keep what is not ASCII.
pub fn dumps_result(result: &Value, ensure_ascii: bool) -> Result<String> {
    #[cfg(feature = "bytes")]
    if matches!(result, Value::Bytes(_)) {
        return Err(error::untranslated("a result that is bytes"));
    }
    let options = Options {
        ensure_ascii,
        is_result: true,
        ..Options::default()
    };
    let encoded = Encoder::new(&options, None).encode(result);
    encoded.map_err(|error| at_the_edge(&MARSHAL_ERROR, "Unable to marshal response", error))
}

/// The event that the Lambda runtime makes of the bytes of an invocation.
pub fn loads_event(body: &[u8]) -> Result<Value> {
    let Ok(text) = std::str::from_utf8(body) else {
        return Err(error::untranslated("an event that is not UTF-8"));
    };
    loads(text).map_err(|error| at_the_edge(&UNMARSHAL_ERROR, "Unable to unmarshal input", error))
}

fn at_the_edge(class: &'static Class, what: &str, error: Error) -> Error {
    if error.is(&error::UNTRANSLATED) {
        return error;
    }
    Error::new(class, format!("{what}: {error}"))
}

/// `json.loads(s)`.
/// Integers beyond 64 bits and lone surrogates are refused.
pub fn loads(s: &str) -> Result<Value> {
    Decoder::new(s, Hooks::default()).decode()
}

/// `json.loads(s)`.
/// Bytes that are not UTF-8 but UTF-16 or UTF-32 are refused.
#[cfg(feature = "bytes")]
pub fn loads_bytes(s: &[u8]) -> Result<Value> {
    loads(&decoded(s)?)
}

/// `json.loads(s)`.
pub fn loads_value(s: &Value) -> Result<Value> {
    load(s, Hooks::default())
}

/// `json.loads(s, *, parse_float)`.
pub fn loads_parse_float(
    s: &Value,
    mut parse_float: impl FnMut(Value) -> Result<Value>,
) -> Result<Value> {
    let hooks = Hooks {
        parse_float: Some(&mut parse_float),
        ..Hooks::default()
    };
    load(s, hooks)
}

/// `json.loads(s, *, object_hook, parse_float)`.
pub fn loads_hooks(
    s: &Value,
    mut object_hook: impl FnMut(Value) -> Result<Value>,
    mut parse_float: impl FnMut(Value) -> Result<Value>,
) -> Result<Value> {
    let hooks = Hooks {
        parse_float: Some(&mut parse_float),
        object_hook: Some(&mut object_hook),
    };
    load(s, hooks)
}

/// `json.loads(s, *, object_hook)`.
pub fn loads_object_hook(
    s: &Value,
    mut object_hook: impl FnMut(Value) -> Result<Value>,
) -> Result<Value> {
    let hooks = Hooks {
        object_hook: Some(&mut object_hook),
        ..Hooks::default()
    };
    load(s, hooks)
}

fn load(s: &Value, hooks: Hooks<'_>) -> Result<Value> {
    match s {
        Value::Str(text) => Decoder::new(text, hooks).decode(),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Decoder::new(&decoded(bytes)?, hooks).decode(),
        other => {
            let name = other.type_name();
            Err(error::type_error(format!(
                "the JSON object must be str, bytes or bytearray, not {name}"
            )))
        }
    }
}

/// The text of JSON in bytes.
#[cfg(feature = "bytes")]
fn decoded(bytes: &[u8]) -> Result<String> {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let zeros = bytes.len() != 1 && bytes.len() != 3 && bytes.iter().take(2).any(|byte| *byte == 0);
    if wide || zeros {
        return Err(error::untranslated("JSON in UTF-16 or UTF-32"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes
        .windows(2)
        .any(|pair| pair[0] == 0xed && pair[1] >= 0xa0)
    {
        return Err(error::untranslated("a lone surrogate"));
    }
    super::bytes::decode(bytes, "utf-8", "strict")
}
