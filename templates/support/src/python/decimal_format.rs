//! Python's `format` of decimals.

use num_bigint::BigUint;

use super::decimal::{self, Decimal, Magnitude, with_point};
use super::decimal_context::{Rounding, count_digits, rescaled};
use super::error::{self, Error, Result};
use super::format_number::Parts;
use super::format_spec::Spec;

fn invalid() -> Error {
    error::value_error("invalid format string")
}

fn parse(format_spec: &str) -> Result<Spec> {
    let spec = match Spec::parse(format_spec, "decimal.Decimal") {
        Ok(spec) => spec,
        Err(error) if error.is(&error::UNTRANSLATED) => return Err(error),
        Err(_) => return Err(invalid()),
    };
    let kind = spec.kind.unwrap_or('g');
    if !matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') {
        return Err(invalid());
    }
    if kind == 'n' {
        return Err(error::untranslated("the format n of a Decimal"));
    }
    let is_aligned_twice = zero_before_width(format_spec);
    if spec.alternate || spec.thousands == Some('_') || is_aligned_twice {
        return Err(invalid());
    }
    Ok(spec)
}

/// Whether an alignment and a zero before the width ask for two alignments.
fn zero_before_width(format_spec: &str) -> bool {
    let is_align = |c: &char| matches!(c, '<' | '>' | '=' | '^');
    let characters: Vec<char> = format_spec.chars().collect();
    let after = match characters.as_slice() {
        [_, align, rest @ ..] | [align, rest @ ..] if is_align(align) => rest,
        _ => return false,
    };
    let options = after
        .iter()
        .skip_while(|c| matches!(c, '+' | '-' | ' ' | 'z'));
    options.take(1).any(|c| *c == '0')
}

/// As `format(value, format_spec)`.
pub fn format(value: &Decimal, format_spec: &str) -> Result<String> {
    if format_spec.is_empty() {
        return Ok(value.to_string());
    }
    let spec = parse(format_spec)?;
    let kind = spec.kind.unwrap_or('G');
    let Magnitude::Finite(coefficient, exponent) = &value.magnitude else {
        return Ok(format_special(value, &spec, format_spec.starts_with("0=")));
    };
    let (coefficient, exponent) = rounded(value, coefficient, *exponent, kind, &spec);
    let is_zero = coefficient == BigUint::ZERO;
    let digits = coefficient.to_string();
    let left = exponent + digits.len() as i64;
    let point = match kind {
        'e' | 'E' if is_zero => 1 - spec.precision.unwrap_or(0) as i64,
        'e' | 'E' => 1,
        'f' | 'F' | '%' => left,
        _ if exponent <= 0 && left > -6 => left,
        _ => 1,
    };
    if point.unsigned_abs() > 1_000_000 {
        return Err(error::untranslated(
            "a Decimal of more than a million digits",
        ));
    }
    let mut text = with_point(&digits, point);
    if left != point || matches!(kind, 'e' | 'E') {
        let letter = if kind.is_ascii_uppercase() { 'E' } else { 'e' };
        text = format!("{text}{letter}{:+}", left - point);
    }
    if kind == '%' {
        text.push('%');
    }
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.split_off(end);
    let parts = Parts {
        is_negative: value.is_negative && !(is_zero && spec.no_negative_zero),
        prefix: "",
        digits: text,
        rest,
    };
    Ok(parts.lay_out(&spec, 3))
}

/// The digits that are shown, and their exponent.
fn rounded(
    value: &Decimal,
    coefficient: &BigUint,
    exponent: i64,
    kind: char,
    spec: &Spec,
) -> (BigUint, i64) {
    let exponent = if kind == '%' { exponent + 2 } else { exponent };
    let is_zero = *coefficient == BigUint::ZERO;
    let to = |wanted: i64| {
        let digits = rescaled(
            coefficient,
            exponent,
            wanted,
            Rounding::HalfEven,
            value.is_negative,
        );
        (digits, wanted)
    };
    let significant = |wanted: i64| {
        let mut result = to(exponent + count_digits(coefficient) - wanted);
        if count_digits(&result.0) > wanted {
            result = (result.0 / 10u32, result.1 + 1);
        }
        result
    };
    match (kind, spec.precision) {
        ('f' | 'F' | '%', Some(precision)) => to(-(precision as i64)),
        ('f' | 'F' | '%', None) if is_zero && exponent > 0 => to(0),
        ('e' | 'E', Some(precision)) if !is_zero => significant(precision as i64 + 1),
        ('g' | 'G', Some(precision)) if count_digits(coefficient) > precision.max(1) as i64 => {
            significant(precision.max(1) as i64)
        }
        _ => (coefficient.clone(), exponent),
    }
}

/// Of infinity and NaN, before which only zeros are put that are said to fill.
fn format_special(value: &Decimal, spec: &Spec, is_filled: bool) -> String {
    let percent = if spec.kind == Some('%') { "%" } else { "" };
    let bare = format!("{}{percent}", decimal::copy_abs(value));
    let parts = Parts {
        is_negative: value.is_negative,
        prefix: "",
        digits: String::new(),
        rest: bare,
    };
    let mut spec = spec.clone();
    if !is_filled && spec.fill == Some('0') && spec.align == Some('=') {
        (spec.fill, spec.align) = (None, Some('>'));
    }
    parts.lay_out(&spec, 3)
}
