//! Python's `format` and `str.format`.

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::format_number::{format_float, format_int};
use super::format_spec::Spec;
use super::ops;
use super::value::Value;

/// `format(value, format_spec='', /)`.
pub fn format(value: &Value, format_spec: &str) -> Result<String> {
    match value {
        #[cfg(feature = "object")]
        Value::Object(object) => object.format(format_spec),
        other if format_spec.is_empty() => Ok(other.to_string()),
        Value::Str(text) => format_str(text, format_spec),
        Value::Int(number) => format_int(*number, &Spec::parse(format_spec, "int")?, "int"),
        Value::Bool(value) => format_int(
            i64::from(*value),
            &Spec::parse(format_spec, "bool")?,
            "bool",
        ),
        Value::Float(number) => format_float(*number, &Spec::parse(format_spec, "float")?),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_format::format(number, format_spec),
        #[cfg(feature = "datetime")]
        Value::DateTime(value) => super::datetime::strftime(value, format_spec),
        #[cfg(feature = "datetime")]
        Value::Date(value) => super::date::strftime(value, format_spec),
        #[cfg(feature = "datetime")]
        Value::Time(value) => super::time_of_day::strftime(value, format_spec),
        other => {
            let name = other.type_name();
            Err(error::type_error(format!(
                "unsupported format string passed to {name}.__format__"
            )))
        }
    }
}

/// As `format` of a `str`.
pub fn format_str(text: &str, format_spec: &str) -> Result<String> {
    let spec = Spec::parse(format_spec, "str")?;
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return Err(spec.unknown_kind(kind, "str")),
    }
    let refused = match (spec.sign, spec.no_negative_zero, spec.alternate, spec.align) {
        (Some(' '), ..) => "Space not allowed in string format specifier",
        (Some(_), ..) => "Sign not allowed in string format specifier",
        (_, true, ..) => "Negative zero coercion (z) not allowed in string format specifier",
        (_, _, true, _) => "Alternate form (#) not allowed in string format specifier",
        (_, _, _, Some('=')) => "'=' alignment not allowed in string format specifier",
        _ => {
            let length = spec.precision.unwrap_or(usize::MAX);
            let shown: String = text.chars().take(length).collect();
            return Ok(spec.pad(&shown, '<'));
        }
    };
    Err(error::value_error(refused))
}

/// `str.format(*args, **kwargs)`.
pub fn format_fields(template: &str, args: &[Value], kwargs: &Dict) -> Result<String> {
    let mut fields = Fields {
        args: Some(args),
        named: kwargs,
        numbering: Numbering::Unknown,
    };
    fields.fill(template, 2)
}

/// `str.format_map(mapping, /)`.
pub fn format_map(template: &str, mapping: &Dict) -> Result<String> {
    let mut fields = Fields {
        args: None,
        named: mapping,
        numbering: Numbering::Unknown,
    };
    fields.fill(template, 2)
}

/// Whether fields say which argument they mean.
enum Numbering {
    Unknown,
    Manual,
    Automatic(usize),
}

/// What the fields of a template are filled with.
struct Fields<'a> {
    args: Option<&'a [Value]>,
    named: &'a Dict,
    numbering: Numbering,
}

/// A field between braces.
struct Field<'a> {
    name: &'a str,
    conversion: Option<char>,
    spec: &'a str,
}

impl Fields<'_> {
    /// A template with its fields filled in; so many templates may stand in each other.
    fn fill(&mut self, template: &str, levels: usize) -> Result<String> {
        if levels == 0 {
            return Err(error::value_error("Max string recursion exceeded"));
        }
        let mut filled = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            filled.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                filled.push_str(brace);
                rest = after;
            } else if brace == "}" || rest.is_empty() {
                let text = format!("Single '{brace}' encountered in format string");
                return Err(error::value_error(text));
            } else {
                let (field, after) = parse_field(rest)?;
                filled.push_str(&self.field(&field, levels)?);
                rest = after;
            }
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn field(&mut self, field: &Field<'_>, levels: usize) -> Result<String> {
        let value = self.look_up(field.name)?;
        let value = match field.conversion {
            None => value,
            Some('r') => Value::Str(ops::repr(&value)),
            Some('s') => Value::Str(value.to_string()),
            Some('a') => Value::Str(ops::ascii(&value)),
            Some(c) => {
                let shown = match c {
                    '!'..='~' => c.to_string(),
                    c => format!("\\x{:x}", u32::from(c)),
                };
                let text = format!("Unknown conversion specifier {shown}");
                return Err(error::value_error(text));
            }
        };
        if field.spec.contains('{') {
            let spec = self.fill(field.spec, levels - 1)?;
            return format(&value, &spec);
        }
        format(&value, field.spec)
    }

    /// The value that a name such as `0`, `a.b` or `a[0]` means.
    fn look_up(&mut self, name: &str) -> Result<Value> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = self.argument(first)?;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (attribute, after) = after.split_at(end);
                value = value.attribute(not_empty(attribute)?)?;
                rest = after;
            } else if let Some(after) = rest.strip_prefix('[') {
                let Some((key, after)) = after.split_once(']') else {
                    return Err(error::value_error("Missing ']' in format string"));
                };
                value = match index(not_empty(key)?)? {
                    Some(index) => value.item(index)?,
                    None => value.item(key)?,
                };
                rest = after;
            } else {
                let text = "Only '.' or '[' may follow ']' in format field specifier";
                return Err(error::value_error(text));
            }
        }
        Ok(value)
    }

    fn argument(&mut self, name: &str) -> Result<Value> {
        let index = match index(name)? {
            Some(index) => self.number(Some(index))?,
            None if name.is_empty() => self.number(None)?,
            None => return self.named.member(name),
        };
        let Some(args) = self.args else {
            let text = "Format string contains positional fields";
            return Err(error::value_error(text));
        };
        let found = usize::try_from(index).ok().and_then(|at| args.get(at));
        found.cloned().ok_or_else(|| {
            error::index_error(format!(
                "Replacement index {index} out of range for positional args tuple"
            ))
        })
    }

    /// The number of the argument that a field means.
    fn number(&mut self, index: Option<i64>) -> Result<i64> {
        let text = match (&mut self.numbering, index) {
            (Numbering::Automatic(_), Some(_)) => {
                "cannot switch from automatic field numbering to manual field specification"
            }
            (Numbering::Manual, None) => {
                "cannot switch from manual field specification to automatic field numbering"
            }
            (Numbering::Automatic(next), None) => {
                *next += 1;
                return Ok(*next as i64 - 1);
            }
            (Numbering::Unknown, None) => {
                self.numbering = Numbering::Automatic(1);
                return Ok(0);
            }
            (_, Some(index)) => {
                self.numbering = Numbering::Manual;
                return Ok(index);
            }
        };
        Err(error::value_error(text))
    }
}

/// A field name that is a number.
fn index(name: &str) -> Result<Option<i64>> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let number = name.parse().map(Some);
    number.map_err(|_| error::value_error("Too many decimal digits in format string"))
}

fn not_empty(name: &str) -> Result<&str> {
    if name.is_empty() {
        return Err(error::value_error("Empty attribute in format string"));
    }
    Ok(name)
}

/// The field whose opening brace is read, and what follows it.
fn parse_field(text: &str) -> Result<(Field<'_>, &str)> {
    let (end, mark) = name_end(text)?;
    let mut field = Field {
        name: &text[..end],
        conversion: None,
        spec: "",
    };
    let mut rest = &text[end + 1..];
    if mark == '}' {
        return Ok((field, rest));
    }
    if mark == '!' {
        let Some(conversion) = rest.chars().next() else {
            let text = "end of string while looking for conversion specifier";
            return Err(error::value_error(text));
        };
        field.conversion = Some(conversion);
        rest = &rest[conversion.len_utf8()..];
        if let Some(after) = rest.strip_prefix('}') {
            return Ok((field, after));
        }
        match rest.strip_prefix(':') {
            Some(after) => rest = after,
            None if rest.is_empty() => {}
            None => {
                return Err(error::value_error(
                    "expected ':' after conversion specifier",
                ));
            }
        }
    }
    let end = spec_end(rest).ok_or_else(unmatched)?;
    field.spec = &rest[..end];
    Ok((field, &rest[end + 1..]))
}

fn unmatched() -> Error {
    error::value_error("unmatched '{' in format spec")
}

/// Where the name of a field ends, and the character that ends it.
fn name_end(text: &str) -> Result<(usize, char)> {
    let mut in_brackets = false;
    for (at, c) in text.char_indices() {
        match c {
            '{' if !in_brackets => return Err(error::value_error("unexpected '{' in field name")),
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '}' | ':' | '!' if !in_brackets => return Ok((at, c)),
            _ => {}
        }
    }
    Err(error::value_error("expected '}' before end of string"))
}

/// Where the brace stands that closes a field.
fn spec_end(text: &str) -> Option<usize> {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}
