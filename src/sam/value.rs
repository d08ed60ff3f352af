//! Values of a template: known, or kept symbolic with what they refer to.

use std::fmt;

use serde::Serialize;

use crate::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the template.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A property's value after intrinsics were resolved as far as parameters' defaults, mappings and
/// conditions allow.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `null`, or `AWS::NoValue`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A mapping in the order of the file.
    Map(Vec<(String, Self)>),
    /// Something that is known only at deployment.
    Symbolic(Symbol),
}

/// What stays open until deployment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Symbol {
    /// How people read it, such as `${UsersTable.Arn}` or `arn:aws:s3:::${Bucket}/*`.
    pub text: String,
    /// The resources and parameters that it refers to, in order.
    pub references: Vec<Reference>,
}

/// A reference to a resource, a parameter or a pseudo parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The logical id.
    pub id: String,
    /// The attribute of `Fn::GetAtt`.
    pub attribute: Option<String>,
}

impl Value {
    /// A reference to a resource or a parameter whose value is not known.
    pub(super) fn symbol(id: &str, attribute: Option<&str>) -> Self {
        let text = match attribute {
            Some(attribute) => format!("${{{id}.{attribute}}}"),
            None => format!("${{{id}}}"),
        };
        let reference = Reference {
            id: id.to_owned(),
            attribute: attribute.map(str::to_owned),
        };
        Self::Symbolic(Symbol {
            text,
            references: vec![reference],
        })
    }

    /// Something that cannot be told, shown as `text`, made of `parts`.
    pub(super) fn open(text: impl Into<String>, parts: &[&Self]) -> Self {
        let references = parts
            .iter()
            .flat_map(|part| part.references())
            .cloned()
            .collect();
        Self::Symbolic(Symbol {
            text: text.into(),
            references,
        })
    }

    /// The text, for known text only.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, also where it is written as text, as CloudFormation accepts it.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The boolean, also where it is written as text.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// A mapping's value.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .rev()
                .find(|(name, _)| name == key)
                .map(|(_, v)| v),
            _ => None,
        }
    }

    /// Whether it is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether all of it is known.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Symbolic(_) => false,
            Self::List(items) => items.iter().all(Self::is_known),
            Self::Map(entries) => entries.iter().all(|(_, value)| value.is_known()),
            _ => true,
        }
    }

    /// What it refers to, at any depth.
    pub fn references(&self) -> Vec<&Reference> {
        match self {
            Self::Symbolic(symbol) => symbol.references.iter().collect(),
            Self::List(items) => items.iter().flat_map(Self::references).collect(),
            Self::Map(entries) => entries
                .iter()
                .flat_map(|(_, value)| value.references())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The one thing that it refers to: logical id and attribute.
    pub fn reference(&self) -> Option<(&str, Option<&str>)> {
        match self {
            Self::Symbolic(symbol) => match symbol.references.as_slice() {
                [one] => Some((&one.id, one.attribute.as_deref())),
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Int(value) => write!(formatter, "{value}"),
            Self::Float(value) => write!(formatter, "{value}"),
            Self::Text(text) => formatter.write_str(text),
            Self::Symbolic(symbol) => formatter.write_str(&symbol.text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(formatter, "[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {value}"))
                    .collect();
                write!(formatter, "{{{}}}", entries.join(", "))
            }
        }
    }
}
