//! How JSON becomes values.

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::json::JSON_DECODE_ERROR;
use super::list::List;
use super::value::Value;

/// A function that makes a value of another one.
type Hook<'a> = &'a mut dyn FnMut(Value) -> Result<Value>;

/// What makes values of parts of a document, where the program says so.
#[derive(Default)]
pub struct Hooks<'a> {
    /// Of the text of a number with a point or exponent.
    pub parse_float: Option<Hook<'a>>,
    /// Of each dict.
    pub object_hook: Option<Hook<'a>>,
}

/// Beyond so many levels Python ends in a `RecursionError`, whose exact level depends on its stack.
const DEEPEST: usize = 900;

/// A document, and how far it is read.
pub struct Decoder<'a, 'h> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    hooks: Hooks<'h>,
    /// What the values have that is not translated. Errors of the document come first.
    refused: Option<&'static str>,
}

impl<'a, 'h> Decoder<'a, 'h> {
    /// A document that is not read yet.
    pub fn new(text: &'a str, hooks: Hooks<'h>) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            depth: 0,
            hooks,
            refused: None,
        }
    }

    /// The value of the whole document.
    pub fn decode(mut self) -> Result<Value> {
        if self.text.starts_with('\u{feff}') {
            let message = "Unexpected UTF-8 BOM (decode using utf-8-sig)";
            return Err(self.error(message, 0));
        }
        self.skip_space();
        let value = self.value()?;
        self.skip_space();
        if self.at < self.bytes.len() {
            return Err(self.error("Extra data", self.at));
        }
        self.check_refused()?;
        Ok(value)
    }

    fn check_refused(&self) -> Result<()> {
        match self.refused {
            Some(what) => Err(error::untranslated(what)),
            None => Ok(()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// What Python raises of a place in the document.
    fn error(&self, message: &str, at: usize) -> Error {
        let before = self.text.get(..at).unwrap_or(self.text);
        let position = before.chars().count();
        let line = before.matches('\n').count() + 1;
        let column = match before.rfind('\n') {
            Some(end) => before[end..].chars().count(),
            None => position + 1,
        };
        let text = format!("{message}: line {line} column {column} (char {position})");
        Error::new(&JSON_DECODE_ERROR, text)
            .with_attribute("msg", message)
            .with_attribute("doc", self.text)
            .with_attribute("pos", position as i64)
            .with_attribute("lineno", line as i64)
            .with_attribute("colno", column as i64)
    }

    fn value(&mut self) -> Result<Value> {
        let rest = &self.bytes[self.at..];
        let words: [(&str, Value); 6] = [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ];
        match rest.first() {
            Some(b'"') => {
                self.at += 1;
                return self.string().map(Value::Str);
            }
            Some(b'{') => return self.nested(Self::object),
            Some(b'[') => return self.nested(Self::array),
            _ => {}
        }
        for (word, value) in words {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.number()
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Value>) -> Result<Value> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(error::untranslated("JSON nested as deep as Python's stack"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value> {
        let dict = Dict::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return self.hooked(dict);
        }
        loop {
            if self.peek() != Some(b'"') {
                let message = "Expecting property name enclosed in double quotes";
                return Err(self.error(message, self.at));
            }
            self.at += 1;
            let key = self.string()?;
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip_space();
            let value = self.value()?;
            dict.insert(key, value);
            if self.ends(b'}')? {
                return self.hooked(dict);
            }
        }
    }

    fn hooked(&mut self, dict: Dict) -> Result<Value> {
        match &mut self.hooks.object_hook {
            Some(hook) if self.refused.is_none() => hook(Value::Dict(dict)),
            Some(_) => self.check_refused().map(|()| Value::None),
            None => Ok(Value::Dict(dict)),
        }
    }

    fn array(&mut self) -> Result<Value> {
        let list = List::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(list));
        }
        loop {
            list.push(self.value()?);
            if self.ends(b']')? {
                return Ok(Value::List(list));
            }
        }
    }

    /// Whether a bracket closes here, or a comma stands before more.
    fn ends(&mut self, bracket: u8) -> Result<bool> {
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(true)
            }
            Some(b',') => {
                self.at += 1;
                self.skip_space();
                Ok(false)
            }
            _ => Err(self.error("Expecting ',' delimiter", self.at)),
        }
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        let mut end = start + usize::from(self.peek() == Some(b'-'));
        match self.bytes.get(end) {
            Some(b'0') => end += 1,
            Some(b'1'..=b'9') => end = self.digits(end),
            _ => return Err(self.error("Expecting value", start)),
        }
        let whole = end;
        if self.bytes.get(end) == Some(&b'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if let Some(b'e' | b'E') = self.bytes.get(end) {
            let signed = matches!(self.bytes.get(end + 1), Some(b'+' | b'-'));
            let first = end + 1 + usize::from(signed);
            if self.digits(first) > first {
                end = self.digits(first);
            }
        }
        self.at = end;
        let text = &self.text[start..end];
        if end == whole {
            if let Ok(number) = text.parse() {
                return Ok(Value::Int(number));
            }
            self.refused = Some("integer beyond 64 bits");
            return Ok(Value::None);
        }
        match &mut self.hooks.parse_float {
            Some(parse) => parse(Value::from(text)),
            None => Ok(Value::Float(text.parse().unwrap_or(f64::NAN))),
        }
    }

    /// Where the digits from a place on end.
    fn digits(&self, from: usize) -> usize {
        let digits = self
            .bytes
            .iter()
            .skip(from)
            .take_while(|byte| byte.is_ascii_digit());
        from + digits.count()
    }

    /// The string whose opening quote is read.
    fn string(&mut self) -> Result<String> {
        let start = self.at - 1;
        let mut text = String::new();
        loop {
            let from = self.at;
            while self
                .peek()
                .is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
            {
                self.at += 1;
            }
            text.push_str(&self.text[from..self.at]);
            match self.peek() {
                None => return Err(self.error("Unterminated string starting at", start)),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape(start)?);
                }
                Some(_) => return Err(self.error("Invalid control character at", self.at)),
            }
        }
    }

    /// The character of the escape whose backslash is read.
    fn escape(&mut self, start: usize) -> Result<char> {
        let Some(byte) = self.peek() else {
            return Err(self.error("Unterminated string starting at", start));
        };
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(self.error("Invalid \\escape", self.at - 2)),
        })
    }

    fn unicode_escape(&mut self) -> Result<char> {
        let high = self.hexadecimal()?;
        let paired = (0xd800..0xdc00).contains(&high)
            && self.bytes[self.at..].starts_with(b"\\u")
            && self.bytes.len() > self.at + 6;
        if !paired {
            return Ok(self.character(high));
        }
        let after_high = self.at;
        self.at += 2;
        let low = self.hexadecimal()?;
        if !(0xdc00..0xe000).contains(&low) {
            self.at = after_high;
            return Ok(self.character(high));
        }
        Ok(self.character(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)))
    }

    /// The character of a code, in whose place another one stands if it is a lone surrogate.
    fn character(&mut self, code: u32) -> char {
        char::from_u32(code).unwrap_or_else(|| {
            self.refused = Some("a lone surrogate");
            char::REPLACEMENT_CHARACTER
        })
    }

    /// The four digits that follow `\u`, after which something must stand.
    fn hexadecimal(&mut self) -> Result<u32> {
        let end = self.at + 4;
        let digits = self.text.get(self.at..end);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code {
            Some(code) if end < self.bytes.len() => {
                self.at = end;
                Ok(code)
            }
            _ => Err(self.error("Invalid \\uXXXX escape", self.at - 1)),
        }
    }
}
