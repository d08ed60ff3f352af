//! YAML and JSON documents with the span of every value, read as SAM reads them.
//!
//! In: a [`SourceFile`](crate::source::SourceFile). Out: a [`Document`] of [`Node`]s that keep
//! tags, anchors, styles and spans, and from them plain [`serde_yaml::Value`]s.
//! SAM reads templates with Python's json module and then PyYAML (YAML 1.1), so what PyYAML
//! accepts is accepted, and scalars mean what they mean there. Never writes; edits are made in
//! [`crate::edit`].

mod expansion;
mod fold;
mod node;
mod parse;
mod scalar;
mod shadow;
mod value;

pub use node::{Collection, Document, Entry, Node, NodeKind, Scalar, ScalarStyle, Tag};
pub use parse::{MAX_DEPTH, parse};
pub use scalar::Resolved;
pub use value::{MAX_EXPANDED_NODES, TooManyNodes};
