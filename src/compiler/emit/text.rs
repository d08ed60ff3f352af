//! Rust as text.

use crate::compiler::ir::Mode;
use crate::compiler::types::Ty;

/// A place that others own, taken in some way.
pub(super) fn as_place(place: String, ty: &Ty, mode: Mode) -> String {
    if ty.is_copy() {
        return place;
    }
    match (mode, ty) {
        (Mode::Receiver, _) => place,
        (Mode::Owned, _) => format!("{place}.clone()"),
        (Mode::Str, _) => format!("{place}.as_str()"),
        (Mode::OptionRef, Ty::Option(inner)) => option_ref(&place, inner),
        (Mode::Ref | Mode::OptionRef, _) => format!("&{place}"),
    }
}

pub(super) fn option_ref(place: &str, inner: &Ty) -> String {
    match inner {
        Ty::Str | Ty::Bytes => format!("{place}.as_deref()"),
        inner if inner.is_copy() => place.to_owned(),
        _ => format!("{place}.as_ref()"),
    }
}

/// A value that nobody else owns, taken in some way.
pub(super) fn referenced(text: String, mode: Mode, ty: &Ty) -> String {
    if ty.is_copy() {
        return text;
    }
    match (mode, ty) {
        (Mode::Owned | Mode::Receiver, _) => text,
        (Mode::Str, _) => format!("{}.as_str()", atomic(&text)),
        (Mode::OptionRef, Ty::Option(inner)) => option_ref(&atomic(&text), inner),
        (Mode::Ref | Mode::OptionRef, _) => format!("&{}", atomic(&text)),
    }
}

/// What a reference refers to, owned.
pub(super) fn owned(name: &str, ty: &Ty) -> String {
    match ty {
        Ty::Str => format!("{name}.to_owned()"),
        Ty::Bytes => format!("{name}.to_vec()"),
        Ty::Option(inner) => match &**inner {
            Ty::Str => format!("{name}.map(str::to_owned)"),
            Ty::Bytes => format!("{name}.map(<[u8]>::to_vec)"),
            _ => format!("{name}.cloned()"),
        },
        _ => format!("{name}.clone()"),
    }
}

/// The test whether a value of a type is true, where not every one is.
pub(super) fn truth(ty: &Ty, value: &str) -> Option<String> {
    Some(match ty {
        Ty::Bool => value.to_owned(),
        Ty::Int => format!("{value} != 0"),
        Ty::Float => format!("{value} != 0.0"),
        Ty::Str | Ty::Bytes | Ty::List | Ty::Dict | Ty::Set => format!("!{value}.is_empty()"),
        Ty::Value => format!("{value}.is_true()"),
        _ => return None,
    })
}

pub(super) fn float(value: f64) -> String {
    if value.is_nan() {
        return "f64::NAN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            "f64::INFINITY"
        } else {
            "f64::NEG_INFINITY"
        }
        .to_owned();
    }
    format!("{value:?}")
}

pub(super) fn bytes_literal(bytes: &[u8], mode: Mode) -> String {
    let escaped: String = bytes
        .iter()
        .map(|it| std::ascii::escape_default(*it).to_string())
        .collect();
    match mode {
        Mode::Owned => format!("b\"{escaped}\".to_vec()"),
        _ => format!("b\"{escaped}\""),
    }
}

pub(super) fn escape_braces(text: &str) -> String {
    let mut found = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '\\']) {
        found.push_str(&rest[..at]);
        if rest[at..].starts_with("\\u{") {
            let end = rest[at..].find('}').map_or(rest.len(), |it| at + it + 1);
            found.push_str(&rest[at..end]);
            rest = &rest[end..];
            continue;
        }
        let sign = &rest[at..=at];
        found.push_str(sign);
        if sign != "\\" {
            found.push_str(sign);
            rest = &rest[at + 1..];
        } else {
            let next = rest[at + 1..].chars().next().map_or(0, char::len_utf8);
            found.push_str(&rest[at + 1..at + 1 + next]);
            rest = &rest[at + 1 + next..];
        }
    }
    found.push_str(rest);
    found
}

/// Whether a text is a place whose clone is taken.
pub(super) fn is_path(text: &str) -> bool {
    let place = text.trim_end_matches(".clone()");
    place.split('.').all(|it| is_identifier(it) || it == "self")
}

pub(super) fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text != "self"
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !text.starts_with(|it: char| it.is_ascii_digit())
}

/// Fills the holes of a template.
pub(super) fn fill(template: &str, operands: &[String]) -> String {
    let mut found = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let digits = rest[open + 1..]
            .chars()
            .take_while(char::is_ascii_digit)
            .count();
        let close = open + 1 + digits;
        let number = rest[open + 1..close].parse::<usize>();
        match (number, rest[close..].starts_with('}')) {
            (Ok(number), true) => {
                found.push_str(&rest[..open]);
                rest = &rest[close + 1..];
                let operand = operands.get(number).map_or("", String::as_str);
                let before = found.chars().next_back();
                let after = rest.chars().next();
                let is_alone = matches!(before, None | Some('(' | '[' | ' ' | '|'))
                    && matches!(after, None | Some(')' | ',' | ']' | ' ' | ';' | '}'));
                let is_argument = matches!(before, None | Some('(' | '['))
                    || found.ends_with(", ")
                    || found.ends_with(": ")
                    || found.ends_with("= ")
                    || found.ends_with("{ ")
                    || found.ends_with("async ");
                let ends_argument =
                    matches!(after, None | Some(')' | ',' | ']' | ';')) || rest.starts_with(" }");
                // A field that is given a variable of its name is written once.
                let field = format!(" {operand}: ");
                if found.ends_with(&field) && ends_argument && is_identifier(operand) {
                    found.truncate(found.len() - 2);
                    continue;
                }
                match is_alone && is_argument && ends_argument {
                    true => found.push_str(operand),
                    false => found.push_str(&atomic(operand)),
                }
            }
            _ => {
                found.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    found.push_str(rest);
    found
}

/// Whether a text needs no parentheses wherever it stands.
pub(super) fn is_atomic(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut in_text = false;
    let mut escaped = false;
    let first = text.chars().next();
    if matches!(first, Some('&' | '*' | '-' | '!' | '{' | '|')) {
        return false;
    }
    for it in text.chars() {
        if in_text {
            match it {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match it {
            '"' => in_text = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ' ' if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// A text that can stand anywhere.
pub(super) fn atomic(text: &str) -> String {
    match is_atomic(text) {
        true => text.to_owned(),
        false => format!("({text})"),
    }
}
