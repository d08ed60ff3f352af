//! Python's `%` with a `str` on its left.

use super::error::{self, Error, Result};
use super::format_number::{character, format_float, format_int};
use super::format_spec::Spec;
use super::ops;
use super::value::Value;

/// As `template % values`.
pub fn percent(template: &str, values: &Value) -> Result<String> {
    let args = match values {
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => items.items().to_vec(),
        one => vec![one.clone()],
    };
    fill(template, values, args)
}

/// As `template % args`, of a tuple of arguments.
pub fn percent_all(template: &str, args: &[Value]) -> Result<String> {
    fill(template, &Value::None, args.to_vec())
}

fn fill(template: &str, values: &Value, args: Vec<Value>) -> Result<String> {
    let characters: Vec<char> = template.chars().collect();
    let mut formatter = Formatter {
        template: &characters,
        at: 0,
        values,
        args: args.into_iter(),
    };
    formatter.format()
}

/// A template, how far it is read, and the values that are left.
struct Formatter<'a> {
    template: &'a [char],
    at: usize,
    values: &'a Value,
    args: std::vec::IntoIter<Value>,
}

impl Formatter<'_> {
    fn format(&mut self) -> Result<String> {
        let mut text = String::new();
        while let Some(c) = self.template.get(self.at) {
            self.at += 1;
            match c {
                '%' => text.push_str(&self.conversion()?),
                c => text.push(*c),
            }
        }
        let may_be_left = matches!(self.values.type_name(), "dict" | "list" | "bytes");
        if self.args.len() > 0 && !may_be_left {
            let text = "not all arguments converted during string formatting";
            return Err(error::type_error(text));
        }
        Ok(text)
    }

    /// The character that comes next.
    fn next(&mut self) -> Result<char> {
        let next = self.template.get(self.at).copied();
        self.at += 1;
        next.ok_or_else(|| error::value_error("incomplete format"))
    }

    fn argument(&mut self) -> Result<Value> {
        let next = self.args.next();
        next.ok_or_else(|| error::type_error("not enough arguments for format string"))
    }

    /// The text of the conversion whose `%` is read.
    fn conversion(&mut self) -> Result<String> {
        let mut c = self.next()?;
        if c == '%' {
            return Ok("%".to_owned());
        }
        if c == '(' {
            let member = self.member()?;
            self.args = vec![member].into_iter();
            c = self.next()?;
        }
        let mut spec = Spec::default();
        loop {
            match c {
                '-' => spec.align = Some('<'),
                '+' => spec.sign = Some('+'),
                ' ' if spec.sign.is_none() => spec.sign = Some(' '),
                ' ' => {}
                '#' => spec.alternate = true,
                '0' => spec.fill = Some('0'),
                _ => break,
            }
            c = self.next()?;
        }
        if c == '*' {
            let width = self.star()?;
            if width < 0 {
                spec.align = Some('<');
            }
            spec.width = size(width.unsigned_abs())?;
            c = self.next()?;
        } else {
            (spec.width, c) = self.digits(c)?;
        }
        if c == '.' {
            c = self.next()?;
            let precision;
            if c == '*' {
                precision = size(self.star()?.max(0).unsigned_abs())?;
                c = self.next()?;
            } else {
                (precision, c) = self.digits(c)?;
            }
            spec.precision = Some(precision);
        }
        if matches!(c, 'h' | 'l' | 'L') {
            c = self.next()?;
        }
        let value = self.argument()?;
        self.convert(c, &value, spec)
    }

    /// The member that a key in parentheses means.
    fn member(&mut self) -> Result<Value> {
        if !matches!(self.values.type_name(), "dict" | "list" | "bytes") {
            return Err(error::type_error("format requires a mapping"));
        }
        let start = self.at;
        let mut open = 1;
        while open > 0 {
            match self.template.get(self.at) {
                Some('(') => open += 1,
                Some(')') => open -= 1,
                Some(_) => {}
                None => return Err(error::value_error("incomplete format key")),
            }
            self.at += 1;
        }
        let key: String = self.template[start..self.at - 1].iter().collect();
        self.values.item(key)
    }

    fn star(&mut self) -> Result<i64> {
        let value = self.argument()?;
        value
            .as_int()
            .ok_or_else(|| error::type_error("* wants int"))
    }

    /// The number that begins with a character, if one does, and the character after it.
    fn digits(&mut self, first: char) -> Result<(usize, char)> {
        let (mut number, mut c) = (0, first);
        while let Some(digit) = c.to_digit(10) {
            number = size(number as u64 * 10 + u64::from(digit))?;
            c = self.next()?;
        }
        Ok((number, c))
    }

    fn convert(&self, kind: char, value: &Value, mut spec: Spec) -> Result<String> {
        let text = match kind {
            's' => value.to_string(),
            'r' => ops::repr(value),
            'a' => ops::ascii(value),
            'c' => match value {
                Value::Str(text) if text.chars().count() == 1 => text.clone(),
                other => match other.as_int() {
                    Some(number) => character(number)?,
                    None => return Err(error::type_error("%c requires int or char")),
                },
            },
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => return integer(kind, value, spec),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                spec.kind = Some(kind);
                let number = match value {
                    Value::Float(number) => *number,
                    #[cfg(feature = "decimal")]
                    Value::Decimal(number) => super::decimal_convert::to_float(number),
                    other => whole(other).ok_or_else(|| not_real(other))? as f64,
                };
                return format_float(number, &aligned(spec));
            }
            other => {
                let (code, at) = (u32::from(other), self.at - 1);
                let shown = if (' '..='~').contains(&other) {
                    other
                } else {
                    '?'
                };
                return Err(error::value_error(format!(
                    "unsupported format character '{shown}' ({code:#x}) at index {at}"
                )));
            }
        };
        let length = match kind {
            'c' => usize::MAX,
            _ => spec.precision.unwrap_or(usize::MAX),
        };
        let shown: String = text.chars().take(length).collect();
        spec.fill = None;
        Ok(spec.pad(&shown, '>'))
    }
}

/// The specification of a number: zeros stand after its sign.
fn aligned(mut spec: Spec) -> Spec {
    match (spec.align, spec.fill) {
        (Some(_), _) => spec.fill = None,
        (None, Some('0')) => spec.align = Some('='),
        _ => {}
    }
    spec
}

fn integer(kind: char, value: &Value, mut spec: Spec) -> Result<String> {
    let is_decimal = matches!(kind, 'd' | 'i' | 'u');
    let number = match value {
        Value::Float(number) if is_decimal => super::numbers::truncated(*number)?,
        #[cfg(feature = "decimal")]
        Value::Decimal(number) if is_decimal => super::decimal_convert::to_int(number)?,
        other => whole(other).ok_or_else(|| not_integer(kind, other))?,
    };
    spec.kind = Some(if is_decimal { 'd' } else { kind });
    let Some(digits) = spec.precision.take() else {
        return format_int(number, &aligned(spec), "int");
    };
    // The precision is the least count of digits, which zeros fill up.
    let mut inner = Spec {
        width: digits,
        ..spec.clone()
    };
    let prefix = if spec.alternate && !is_decimal { 2 } else { 0 };
    let has_sign = number < 0 || spec.sign.is_some();
    inner.width += prefix + usize::from(has_sign);
    (inner.fill, inner.align) = (Some('0'), Some('='));
    let mut text = format_int(number, &inner, "int")?;
    if spec.fill == Some('0') && spec.align.is_none() && text.len() < spec.width {
        inner.width = spec.width;
        text = format_int(number, &inner, "int")?;
    }
    spec.fill = None;
    Ok(spec.pad(&text, '>'))
}

fn whole(value: &Value) -> Option<i64> {
    value.as_int()
}

fn not_real(value: &Value) -> Error {
    error::type_error(format!("must be real number, not {}", value.type_name()))
}

fn not_integer(kind: char, value: &Value) -> Error {
    let name = value.type_name();
    let needed = match kind {
        'd' | 'i' | 'u' => "a real number is required",
        _ => "an integer is required",
    };
    error::type_error(format!("%{kind} format: {needed}, not {name}"))
}

/// A width or precision.
fn size(number: u64) -> Result<usize> {
    match usize::try_from(number) {
        Ok(size) if size <= 100_000 => Ok(size),
        _ => Err(error::untranslated("a width or precision beyond 100000")),
    }
}
