//! Python's format specifications, as `>10,.2f`.

use super::error::{self, Error, Result};

/// What a specification says.
#[derive(Debug, Clone, Default)]
pub struct Spec {
    /// What fills the width.
    pub fill: Option<char>,
    /// `<`, `>`, `^` or `=`.
    pub align: Option<char>,
    /// `+`, `-` or a space.
    pub sign: Option<char>,
    /// `z`.
    pub no_negative_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// The least count of characters.
    pub width: usize,
    /// `,` or `_`.
    pub thousands: Option<char>,
    /// The number after the point.
    pub precision: Option<usize>,
    /// The letter at the end.
    pub kind: Option<char>,
}

impl Spec {
    /// Reads the specification for a value of a type.
    pub fn parse(text: &str, type_name: &str) -> Result<Self> {
        let characters: Vec<char> = text.chars().collect();
        let mut spec = Self::default();
        let mut rest = spec.read_alignment(&characters);
        if let Some((sign @ (' ' | '+' | '-'), after)) = rest.split_first() {
            spec.sign = Some(*sign);
            rest = after;
        }
        spec.no_negative_zero = skip(&mut rest, 'z');
        spec.alternate = skip(&mut rest, '#');
        if spec.fill.is_none() && skip(&mut rest, '0') {
            spec.fill = Some('0');
            if spec.align.is_none() && type_name != "str" {
                spec.align = Some('=');
            }
        }
        spec.width = number(&mut rest)?.unwrap_or(0);
        if skip(&mut rest, ',') {
            spec.thousands = Some(',');
        }
        if skip(&mut rest, '_') {
            if spec.thousands.is_some() {
                return Err(both());
            }
            spec.thousands = Some('_');
        }
        if spec.thousands == Some('_') && rest.first() == Some(&',') {
            return Err(both());
        }
        if skip(&mut rest, '.') {
            spec.precision = number(&mut rest)?;
            if spec.precision.is_none() {
                return Err(error::value_error("Format specifier missing precision"));
            }
        }
        match rest {
            [] => {}
            [kind] => spec.kind = Some(*kind),
            _ => {
                return Err(error::value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
        }
        spec.check_thousands(type_name)?;
        Ok(spec)
    }

    fn read_alignment<'a>(&mut self, characters: &'a [char]) -> &'a [char] {
        let is_align = |c: &char| matches!(c, '<' | '>' | '=' | '^');
        match characters {
            [fill, align, rest @ ..] if is_align(align) => {
                (self.fill, self.align) = (Some(*fill), Some(*align));
                rest
            }
            [align, rest @ ..] if is_align(align) => {
                self.align = Some(*align);
                rest
            }
            rest => rest,
        }
    }

    fn check_thousands(&self, type_name: &str) -> Result<()> {
        let Some(separator) = self.thousands else {
            return Ok(());
        };
        let default = if type_name == "str" { 's' } else { 'd' };
        match self.kind.unwrap_or(default) {
            'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' => Ok(()),
            'b' | 'o' | 'x' | 'X' if separator == '_' => Ok(()),
            kind => {
                let kind = shown(kind);
                let text = format!("Cannot specify '{separator}' with '{kind}'.");
                Err(error::value_error(text))
            }
        }
    }

    /// What a type raises that it does not have.
    pub fn unknown_kind(&self, kind: char, type_name: &str) -> Error {
        let kind = shown(kind);
        error::value_error(format!(
            "Unknown format code '{kind}' for object of type '{type_name}'"
        ))
    }

    /// A text, brought to the width.
    pub fn pad(&self, text: &str, default_align: char) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let before = match self.align.unwrap_or(default_align) {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        let fill = self.fill.unwrap_or(' ');
        let mut padded: String = std::iter::repeat_n(fill, before).collect();
        padded.push_str(text);
        padded.extend(std::iter::repeat_n(fill, missing - before));
        padded
    }
}

fn shown(kind: char) -> String {
    match kind {
        '!'..='\u{7f}' => kind.to_string(),
        kind => format!("\\x{:x}", u32::from(kind)),
    }
}

fn both() -> Error {
    error::value_error("Cannot specify both ',' and '_'.")
}

/// Whether a character comes next, which is then read.
fn skip(rest: &mut &[char], expected: char) -> bool {
    match rest.split_first() {
        Some((first, after)) if *first == expected => {
            *rest = after;
            true
        }
        _ => false,
    }
}

/// The number that comes next, if one does.
fn number(rest: &mut &[char]) -> Result<Option<usize>> {
    let end = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.is_empty() {
        return Ok(None);
    }
    let text: String = digits.iter().collect();
    match text.parse::<i64>() {
        Err(_) => Err(error::value_error(
            "Too many decimal digits in format string",
        )),
        Ok(number) if number > 100_000 => {
            Err(error::untranslated("a width or precision beyond 100000"))
        }
        Ok(number) => Ok(usize::try_from(number).ok()),
    }
}
