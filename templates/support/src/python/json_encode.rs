//! How values become JSON.

use std::fmt::Write;

use super::dict::Dict;
use super::error::{self, Result};
use super::sort;
use super::text;
use super::value::Value;

/// Beyond so many levels Python ends in a `RecursionError`, whose exact level depends on its stack.
const DEEPEST: usize = 900;

/// How the text is laid out and what may be in it.
pub struct Options {
    /// Whether keys are left out that JSON does not have.
    pub skipkeys: bool,
    /// Whether what is not ASCII is escaped.
    pub ensure_ascii: bool,
    /// Whether NaN and the infinities are written.
    pub allow_nan: bool,
    /// Whether members stand in the order of their keys.
    pub sort_keys: bool,
    /// What stands before a member, for each level.
    pub indent: Option<String>,
    /// What stands after an item that another one follows.
    pub item_separator: String,
    /// What stands after a key.
    pub key_separator: String,
    /// Whether it is the result of a handler, as the Lambda runtime encodes it.
    pub is_result: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            skipkeys: false,
            ensure_ascii: true,
            allow_nan: true,
            sort_keys: false,
            indent: None,
            item_separator: ", ".to_owned(),
            key_separator: ": ".to_owned(),
            is_result: false,
        }
    }
}

impl Options {
    /// The layout that the arguments `indent` and `separators` ask for.
    pub fn of_layout(indent: &Value, separators: &Value) -> Result<Self> {
        let indent = match indent {
            Value::None => None,
            Value::Str(text) => Some(text.clone()),
            other => match other.as_int() {
                Some(count) => Some(" ".repeat(usize::try_from(count).unwrap_or(0))),
                None => return Err(error::untranslated("an indent of another type")),
            },
        };
        let mut options = Self {
            indent,
            ..Self::default()
        };
        if options.indent.is_some() {
            options.item_separator = ",".to_owned();
        }
        if !separators.is_none() {
            let [item, key] = separators.unpack()?;
            let (Value::Str(item), Value::Str(key)) = (item, key) else {
                return Err(error::untranslated("separators that are not str"));
            };
            (options.item_separator, options.key_separator) = (item, key);
        }
        Ok(options)
    }
}

/// A function that makes a value that JSON has of one that it does not have.
type Fallback<'a> = &'a mut dyn FnMut(Value) -> Result<Value>;

/// The text so far.
pub struct Encoder<'a> {
    options: &'a Options,
    default: Option<Fallback<'a>>,
    json: String,
    /// The containers and other values that are being written.
    parents: Vec<Value>,
}

impl<'a> Encoder<'a> {
    /// An encoder with no text yet.
    pub fn new(options: &'a Options, default: Option<Fallback<'a>>) -> Self {
        Self {
            options,
            default,
            json: String::new(),
            parents: Vec::new(),
        }
    }

    /// The JSON of a value.
    pub fn encode(mut self, value: &Value) -> Result<String> {
        self.value(value, 0)?;
        Ok(self.json)
    }

    fn value(&mut self, value: &Value, level: usize) -> Result<()> {
        match value {
            Value::Str(text) => self.string(text),
            Value::List(list) => {
                let items = list.to_vec();
                return self.within(value, |encoder| encoder.array(&items, level));
            }
            Value::Dict(dict) => return self.within(value, |encoder| encoder.object(dict, level)),
            #[cfg(feature = "tuple")]
            Value::Tuple(items) => {
                return self.within(value, |encoder| encoder.array(items.items(), level));
            }
            #[cfg(feature = "bytes")]
            Value::Bytes(bytes) if self.options.is_result => {
                let text = super::bytes::decode(bytes, "utf-8", "strict")?;
                self.string(&text);
            }
            #[cfg(feature = "decimal")]
            Value::Decimal(number) if self.options.is_result => {
                let is_nan = super::decimal::is_nan(number);
                let text = if is_nan {
                    "NaN".to_owned()
                } else {
                    number.to_string()
                };
                self.json.push_str(&text);
            }
            other => match self.literal(other)? {
                Some(literal) => self.json.push_str(&literal),
                None => return self.other(other, level),
            },
        }
        Ok(())
    }

    /// The text of a constant or number, in a value or a key.
    fn literal(&self, value: &Value) -> Result<Option<String>> {
        Ok(Some(match value {
            Value::None => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => self.float(*number)?,
            _ => return Ok(None),
        }))
    }

    /// Writes a value that others are in.
    fn within(&mut self, value: &Value, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        if self
            .parents
            .iter()
            .any(|parent| is_same_object(parent, value))
        {
            return Err(error::value_error("Circular reference detected"));
        }
        if self.parents.len() >= DEEPEST {
            return Err(error::untranslated(
                "values nested as deep as Python's stack",
            ));
        }
        self.parents.push(value.clone());
        write(self)?;
        self.parents.pop();
        Ok(())
    }

    /// Writes a value that JSON does not have.
    fn other(&mut self, value: &Value, level: usize) -> Result<()> {
        let made = match &mut self.default {
            Some(default) => default(value.clone())?,
            None => not_serializable(value)?,
        };
        self.within(value, |encoder| encoder.value(&made, level))
    }

    fn float(&self, number: f64) -> Result<String> {
        if number.is_finite() {
            return Ok(text::float_repr(number));
        }
        if !self.options.allow_nan {
            let mut text = "Out of range float values are not JSON compliant".to_owned();
            if self.options.indent.is_some() {
                text = format!("{text}: {}", text::float_repr(number));
            }
            return Err(error::value_error(text));
        }
        Ok(match text::not_finite(number) {
            "nan" => "NaN",
            "inf" => "Infinity",
            _ => "-Infinity",
        }
        .to_owned())
    }

    fn array(&mut self, items: &[Value], level: usize) -> Result<()> {
        if items.is_empty() {
            self.json.push_str("[]");
            return Ok(());
        }
        self.json.push('[');
        for (at, item) in items.iter().enumerate() {
            self.separate(at > 0, level + 1);
            self.value(item, level + 1)?;
        }
        self.new_line(level);
        self.json.push(']');
        Ok(())
    }

    fn object(&mut self, dict: &Dict, level: usize) -> Result<()> {
        let mut pairs = dict.pairs();
        if pairs.is_empty() {
            self.json.push_str("{}");
            return Ok(());
        }
        if self.options.sort_keys {
            pairs = sort::sorted_pairs(pairs)?;
        }
        self.json.push('{');
        let mut follows = false;
        for (key, value) in pairs {
            let Some(key) = self.key(&key)? else {
                continue;
            };
            self.separate(follows, level + 1);
            follows = true;
            self.string(&key);
            self.json.push_str(&self.options.key_separator);
            self.value(&value, level + 1)?;
        }
        self.new_line(level);
        self.json.push('}');
        Ok(())
    }

    /// The text of a key, if it is not left out.
    fn key(&self, key: &Value) -> Result<Option<String>> {
        match key {
            Value::Str(text) => return Ok(Some(text.clone())),
            #[cfg(feature = "bytes")]
            Value::Bytes(bytes) if self.options.is_result => {
                return super::bytes::decode(bytes, "utf-8", "strict").map(Some);
            }
            _ => {}
        }
        let literal = self.literal(key)?;
        if literal.is_none() && !self.options.skipkeys {
            let name = key.class_name();
            return Err(error::type_error(format!(
                "keys must be str, int, float, bool or None, not {name}"
            )));
        }
        Ok(literal)
    }

    fn separate(&mut self, follows: bool, level: usize) {
        if follows {
            self.json.push_str(&self.options.item_separator);
        }
        self.new_line(level);
    }

    fn new_line(&mut self, level: usize) {
        if let Some(indent) = &self.options.indent {
            self.json.push('\n');
            self.json.push_str(&indent.repeat(level));
        }
    }

    fn string(&mut self, text: &str) {
        self.json.push('"');
        for c in text.chars() {
            match c {
                '"' => self.json.push_str("\\\""),
                '\\' => self.json.push_str("\\\\"),
                '\n' => self.json.push_str("\\n"),
                '\r' => self.json.push_str("\\r"),
                '\t' => self.json.push_str("\\t"),
                '\u{8}' => self.json.push_str("\\b"),
                '\u{c}' => self.json.push_str("\\f"),
                ' '..='~' => self.json.push(c),
                '\u{7f}'.. if !self.options.ensure_ascii => self.json.push(c),
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        // Writing to a string cannot fail.
                        let _ = write!(self.json, "\\u{unit:04x}");
                    }
                }
            }
        }
        self.json.push('"');
    }
}

/// As `json.JSONEncoder.default`: raises, for a value that JSON does not have.
pub fn not_serializable(value: &Value) -> Result<Value> {
    let name = value.class_name();
    let text = format!("Object of type {name} is not JSON serializable");
    Err(error::type_error(text))
}

/// Whether a value is one that is being written already.
fn is_same_object(a: &Value, b: &Value) -> bool {
    #[cfg(feature = "tuple")]
    if let (Value::Tuple(a), Value::Tuple(b)) = (a, b) {
        return a.is_same(b);
    }
    a.is_same(b)
}
