//! How Python lays out numbers by a format specification.

use super::error::{self, Error, Result};
use super::format_spec::Spec;
use super::text::{float_repr, not_finite};

/// A number in its parts, each of which is laid out by its own rule.
pub struct Parts {
    /// Whether a minus stands before it.
    pub is_negative: bool,
    /// What stands before the digits, as `0x`.
    pub prefix: &'static str,
    /// The digits before the point.
    pub digits: String,
    /// The point and what follows it.
    pub rest: String,
}

/// As `format` of an `int`, or of a `bool`, by whose name errors call it.
pub fn format_int(number: i64, spec: &Spec, type_name: &str) -> Result<String> {
    let kind = spec.kind.unwrap_or('d');
    let magnitude = number.unsigned_abs();
    let (prefix, digits) = match kind {
        'd' | 'n' => ("", magnitude.to_string()),
        'b' => ("0b", format!("{magnitude:b}")),
        'o' => ("0o", format!("{magnitude:o}")),
        'x' => ("0x", format!("{magnitude:x}")),
        'X' => ("0X", format!("{magnitude:X}")),
        'c' => ("", String::new()),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return format_float(number as f64, spec),
        kind => return Err(spec.unknown_kind(kind, type_name)),
    };
    if spec.precision.is_some() {
        let text = "Precision not allowed in integer format specifier";
        return Err(error::value_error(text));
    }
    if spec.no_negative_zero {
        let text = "Negative zero coercion (z) not allowed in integer format specifier";
        return Err(error::value_error(text));
    }
    if kind == 'c' {
        return format_character(number, spec);
    }
    let parts = Parts {
        is_negative: number < 0,
        prefix: if spec.alternate { prefix } else { "" },
        digits,
        rest: String::new(),
    };
    let group = if matches!(kind, 'd' | 'n') { 3 } else { 4 };
    Ok(parts.lay_out(spec, group))
}

fn format_character(number: i64, spec: &Spec) -> Result<String> {
    if spec.sign.is_some() {
        let text = "Sign not allowed with integer format specifier 'c'";
        return Err(error::value_error(text));
    }
    if spec.alternate {
        let text = "Alternate form (#) not allowed with integer format specifier 'c'";
        return Err(error::value_error(text));
    }
    Ok(spec.pad(&character(number)?, '>'))
}

/// The character of `%c`.
pub fn character(number: i64) -> Result<String> {
    match u32::try_from(number) {
        Ok(code) if code <= 0x10_ffff => match char::from_u32(code) {
            Some(c) => Ok(c.to_string()),
            None => Err(error::untranslated("a lone surrogate")),
        },
        _ => Err(Error::new(
            &error::OVERFLOW_ERROR,
            "%c arg not in range(0x110000)",
        )),
    }
}

/// As `format` of a `float`.
pub fn format_float(number: f64, spec: &Spec) -> Result<String> {
    let kind = spec.kind.unwrap_or('r');
    if !matches!(kind, 'r' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')
        || spec.kind == Some('r')
    {
        return Err(spec.unknown_kind(kind, "float"));
    }
    let scaled = if kind == '%' { number * 100.0 } else { number };
    let mut text = float_text(scaled.abs(), kind, spec);
    if matches!(kind, 'E' | 'F' | 'G') {
        text = text.to_ascii_uppercase();
    }
    if kind == '%' {
        text.push('%');
    }
    let is_zero = !text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) && number.is_finite();
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.split_off(end);
    let parts = Parts {
        is_negative: number.is_sign_negative()
            && !number.is_nan()
            && !(spec.no_negative_zero && is_zero),
        prefix: "",
        digits: text,
        rest,
    };
    Ok(parts.lay_out(spec, 3))
}

/// The digits, point and exponent of a number that is not negative.
fn float_text(number: f64, kind: char, spec: &Spec) -> String {
    if !number.is_finite() {
        return not_finite(number).to_owned();
    }
    let precision = spec.precision.unwrap_or(6);
    let point = if spec.alternate && precision == 0 {
        "."
    } else {
        ""
    };
    match kind {
        'f' | 'F' | '%' => format!("{number:.precision$}{point}"),
        'e' | 'E' => {
            let (digits, exponent) = scientific(number, precision);
            format!("{digits}{point}{}", exponent_text(exponent))
        }
        'r' if spec.precision.is_none() => alternate_repr(number, spec.alternate),
        _ => general(number, precision.max(1), kind == 'r', spec.alternate),
    }
}

/// The text of `repr`, with a point in every case where the specification has a `#`.
fn alternate_repr(number: f64, alternate: bool) -> String {
    let text = float_repr(number);
    match text.split_once('e') {
        Some((digits, exponent)) if alternate && !digits.contains('.') => {
            format!("{digits}.e{exponent}")
        }
        _ => text,
    }
}

/// The significant digits with so many decimals, and the exponent of ten.
fn scientific(number: f64, decimals: usize) -> (String, i32) {
    let text = format!("{number:.decimals$e}");
    match text.split_once('e') {
        Some((digits, exponent)) => (digits.to_owned(), exponent.parse().unwrap_or_default()),
        None => (text, 0),
    }
}

fn exponent_text(exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("e{sign}{:02}", exponent.abs())
}

/// As the format `g`. A number without any type has at least one decimal.
fn general(number: f64, precision: usize, is_untyped: bool, alternate: bool) -> String {
    let (digits, exponent) = scientific(number, precision - 1);
    let limit = precision as i32 - i32::from(is_untyped);
    if exponent < -4 || exponent >= limit {
        let digits = trimmed(digits, alternate);
        return digits + &exponent_text(exponent);
    }
    let decimals = (precision as i32 - 1 - exponent).max(0) as usize;
    let text = trimmed(format!("{number:.decimals$}"), alternate);
    if is_untyped && !text.contains('.') {
        return text + ".0";
    }
    text
}

/// Without the zeros at the end of decimals, unless they are wanted.
fn trimmed(text: String, alternate: bool) -> String {
    match (text.contains('.'), alternate) {
        (true, false) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (false, true) => text + ".",
        _ => text,
    }
}

impl Parts {
    /// The text, brought to the width.
    pub fn lay_out(&self, spec: &Spec, group: usize) -> String {
        let sign = match (self.is_negative, spec.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        };
        let around = sign.len() + self.prefix.len() + self.rest.len();
        let is_filled = spec.fill == Some('0') && spec.align == Some('=');
        let least = if is_filled {
            spec.width.saturating_sub(around)
        } else {
            0
        };
        let digits = match spec.thousands {
            _ if self.digits.is_empty() => String::new(),
            Some(separator) => grouped(&self.digits, separator, group, least),
            None => format!("{:0>least$}", self.digits),
        };
        let head = format!("{sign}{}", self.prefix);
        let tail = format!("{digits}{}", self.rest);
        if spec.align == Some('=') {
            let missing = spec.width.saturating_sub(head.len() + tail.chars().count());
            let fill = std::iter::repeat_n(spec.fill.unwrap_or(' '), missing);
            return head.chars().chain(fill).chain(tail.chars()).collect();
        }
        spec.pad(&(head + &tail), '>')
    }
}

/// Digits in groups, after zeros up to a width.
fn grouped(digits: &str, separator: char, group: usize, least: usize) -> String {
    let mut reversed = String::new();
    let mut digits = digits.chars().rev().peekable();
    let mut count = 0;
    while digits.peek().is_some() || reversed.len() < least {
        if count > 0 && count % group == 0 {
            reversed.push(separator);
        }
        reversed.push(digits.next().unwrap_or('0'));
        count += 1;
    }
    reversed.chars().rev().collect()
}
