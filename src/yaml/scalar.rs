//! What a scalar stands for: PyYAML's resolver, which follows YAML 1.1, restricted to what JSON
//! can hold. Timestamps stay text, as CloudFormation reads them.

use super::{Node, Scalar, ScalarStyle};

/// A scalar's meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved {
    /// Null: empty, `~`, `null`.
    Null,
    /// `true`, `yes`, `on` and their opposites.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// An integer beyond `i64` that fits `u64`.
    UInt(u64),
    /// A number with a fraction or exponent, or an integer that fits no 64 bits.
    Float(f64),
    /// Anything else.
    Str(String),
}

impl Node {
    /// What a scalar stands for; `None` for collections. An explicit `!!str` or any short tag of
    /// CloudFormation makes it text.
    pub fn resolved(&self) -> Option<Resolved> {
        let scalar = self.as_scalar()?;
        if self.tag_name().is_some() {
            return Some(Resolved::Str(scalar.text.clone()));
        }
        Some(scalar.resolved())
    }

    /// The text of a string scalar; `None` for numbers, booleans, null and collections.
    pub fn as_str(&self) -> Option<&str> {
        match self.resolved()? {
            Resolved::Str(_) => self.as_text(),
            _ => None,
        }
    }

    /// The number of an integer scalar that fits 64 bits.
    pub fn as_int(&self) -> Option<i64> {
        match self.resolved()? {
            Resolved::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a boolean scalar.
    pub fn as_bool(&self) -> Option<bool> {
        match self.resolved()? {
            Resolved::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null or left empty.
    pub fn is_null(&self) -> bool {
        self.resolved() == Some(Resolved::Null)
    }
}

impl Scalar {
    /// What the text stands for under PyYAML's `SafeLoader`.
    pub fn resolved(&self) -> Resolved {
        if self.style != ScalarStyle::Plain {
            return Resolved::Str(self.text.clone());
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
            "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
                Resolved::Bool(true)
            }
            "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
                Resolved::Bool(false)
            }
            text => integer(text)
                .or_else(|| float(text).map(Resolved::Float))
                .unwrap_or_else(|| Resolved::Str(text.to_owned())),
        }
    }
}

fn integer(text: &str) -> Option<Resolved> {
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let digits = |text: &str| text.replace('_', "");
    let magnitude = if let Some(binary) = body.strip_prefix("0b") {
        all(binary, |b| matches!(b, b'0' | b'1' | b'_'))?;
        u128::from_str_radix(&digits(binary), 2).ok()?
    } else if let Some(hexadecimal) = body.strip_prefix("0x") {
        all(hexadecimal, |b| b.is_ascii_hexdigit() || b == b'_')?;
        u128::from_str_radix(&digits(hexadecimal), 16).ok()?
    } else if body == "0" {
        0
    } else if let Some(octal) = body.strip_prefix('0') {
        all(octal, |b| matches!(b, b'0'..=b'7' | b'_'))?;
        u128::from_str_radix(&format!("0{}", digits(octal)), 8).ok()?
    } else if body.contains(':') {
        sexagesimal(body)?
    } else {
        all(body, |b| b.is_ascii_digit() || b == b'_')?;
        if !body.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match digits(body).parse() {
            Ok(magnitude) => magnitude,
            Err(_) => return digits(text).parse().ok().map(Resolved::Float),
        }
    };
    Some(signed(negative, magnitude))
}

fn signed(negative: bool, magnitude: u128) -> Resolved {
    let value = i128::try_from(magnitude).map(|value| if negative { -value } else { value });
    if let Some(value) = value.ok().and_then(|value| i64::try_from(value).ok()) {
        return Resolved::Int(value);
    }
    match u64::try_from(magnitude) {
        Ok(value) if !negative => Resolved::UInt(value),
        _ => Resolved::Float(if negative {
            -(magnitude as f64)
        } else {
            magnitude as f64
        }),
    }
}

/// `1:30` is 90 in YAML 1.1: `[1-9][0-9_]*(:[0-5]?[0-9])+`.
fn sexagesimal(body: &str) -> Option<u128> {
    let mut parts = body.split(':');
    let first = parts.next()?;
    if !first.starts_with(|c: char| matches!(c, '1'..='9')) {
        return None;
    }
    all(first, |b| b.is_ascii_digit() || b == b'_')?;
    let mut total: u128 = first.replace('_', "").parse().ok()?;
    for part in parts {
        let fits = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        total = total
            .checked_mul(60)?
            .checked_add(part.parse().ok().filter(|_| fits)?)?;
    }
    Some(total)
}

/// PyYAML wants a dot in a float: `1e3` is text, `1.0e+3` a number whose exponent has a sign.
fn float(text: &str) -> Option<f64> {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    match body {
        ".inf" | ".Inf" | ".INF" => {
            return Some(if text.starts_with('-') {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        ".nan" | ".NaN" | ".NAN" if body == text => return Some(f64::NAN),
        _ => {}
    }
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (body.get(..at)?, Some(body.get(at + 1..)?)),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.')?;
    if whole.contains(':') {
        return sexagesimal_float(text, whole, fraction).filter(|_| exponent.is_none());
    }
    all(fraction, |b| b.is_ascii_digit() || b == b'_').or(fraction.is_empty().then_some(()))?;
    if whole.is_empty() {
        (body == text).then_some(())?;
        fraction
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(())?;
    } else {
        all(whole, |b| b.is_ascii_digit() || b == b'_')?;
        whole
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(())?;
    }
    if let Some(exponent) = exponent {
        all(exponent.strip_prefix(['-', '+'])?, |b| b.is_ascii_digit())?;
    }
    text.replace('_', "").parse().ok()
}

/// `1:30.5` is 90.5: `[0-9][0-9_]*(:[0-5]?[0-9])+[.][0-9_]*`.
fn sexagesimal_float(text: &str, whole: &str, fraction: &str) -> Option<f64> {
    if !fraction.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return None;
    }
    let mut parts = whole.split(':');
    let first = parts.next()?;
    all(first, |b| b.is_ascii_digit() || b == b'_')?;
    let mut total: f64 = first.replace('_', "").parse().ok()?;
    for part in parts {
        let fits = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        total = total.mul_add(60.0, part.parse::<f64>().ok().filter(|_| fits)?);
    }
    total += format!("0.{}0", fraction.replace('_', ""))
        .parse::<f64>()
        .ok()?;
    Some(if text.starts_with('-') { -total } else { total })
}

/// `Some` where the text is not empty and every byte passes.
fn all(text: &str, passes: impl Fn(u8) -> bool) -> Option<()> {
    (!text.is_empty() && text.bytes().all(passes)).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Resolved {
        Scalar {
            text: text.to_owned(),
            style: ScalarStyle::Plain,
        }
        .resolved()
    }

    #[test]
    fn follows_pyyaml() {
        assert_eq!(plain("yes"), Resolved::Bool(true));
        assert_eq!(plain("y"), Resolved::Str("y".into()));
        assert_eq!(plain("010"), Resolved::Int(8));
        assert_eq!(plain("012345678901"), Resolved::Str("012345678901".into()));
        assert_eq!(plain("1_000"), Resolved::Int(1000));
        assert_eq!(plain("0x1F"), Resolved::Int(31));
        assert_eq!(plain("1:30"), Resolved::Int(90));
        assert_eq!(plain("1:60"), Resolved::Str("1:60".into()));
        assert_eq!(plain("1e3"), Resolved::Str("1e3".into()));
        assert_eq!(plain("1.5e+3"), Resolved::Float(1500.0));
        assert_eq!(plain(".5"), Resolved::Float(0.5));
        assert_eq!(plain("-.5"), Resolved::Str("-.5".into()));
        assert_eq!(plain("1:30.5"), Resolved::Float(90.5));
        assert_eq!(plain("0_"), Resolved::Int(0));
        assert_eq!(plain("2012-10-17"), Resolved::Str("2012-10-17".into()));
        assert_eq!(plain("~"), Resolved::Null);
        assert_eq!(plain("18446744073709551615"), Resolved::UInt(u64::MAX));
        assert_eq!(plain("_1"), Resolved::Str("_1".into()));
        assert_eq!(plain("-"), Resolved::Str("-".into()));
    }
}
