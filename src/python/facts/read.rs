//! Reads of the handler's event: which parts of it the code looks at, and for what.

use serde::Deserialize;

/// One step from the event, or a part of it, to a part of that part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// The element at a position.
    Index(usize),
    /// Any element of a list, or any value of an object.
    Element,
    /// A property of a data class, by its Python name.
    Attribute(String),
    /// What a JSON text holds.
    Json,
    /// What a Base64 text holds.
    Base64,
    /// What compressed bytes hold.
    Gzip,
    /// The fields of a form or query string, each with a list of values.
    Form,
    /// A text without its percent encoding.
    Percent,
    /// A typed DynamoDB value as a plain one.
    DynamoDb,
    /// The parts of a text between separators; white space where there is no separator.
    Split(Option<String>),
    /// The text before a separator, the separator, and the text behind it.
    Partition(String),
    /// How many elements or characters there are.
    Length,
}
