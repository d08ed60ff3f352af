//! Edits of YAML and JSON documents that keep everything else as it is.
//!
//! In: a [`Document`] and operations on [`Path`]s. Out: [`Edit`]s. Every operation is done twice:
//! on the text, by the spans of the nodes, and on the plain value. The text is then read again
//! and must give that value exactly, or the operation is refused and changes nothing. Comments,
//! order, quotes, anchors, line breaks, a byte order mark and the final newline stay.

mod block;
mod emit;
mod flow;
mod intent;
mod json;
mod locate;
mod operate;
mod path;
mod style;

use serde_yaml::Value;

use super::text::Change;
use super::{Edit, EditError, Pending};
use crate::source::SourceFile;
use crate::yaml::{Document, parse};
use intent::{Operation, Senseless};
pub use path::{Path, Step};

/// A document under edit. Each operation sees the result of those before it; one that is refused
/// leaves everything as it was.
#[derive(Debug, Clone)]
pub struct YamlEditor {
    document: Document,
    value: Value,
    pending: Pending,
}

/// Where a new entry goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// Behind the last entry.
    End,
    /// Before the entry with this key; behind the last one where there is none.
    Before(&'a str),
}

impl YamlEditor {
    /// An editor of a document as it was read.
    ///
    /// # Errors
    /// [`EditError::Unreadable`] where aliases make the document's value too large.
    pub fn new(document: &Document) -> Result<Self, EditError> {
        let value = document
            .root
            .to_value()
            .map_err(|error| EditError::Unreadable {
                why: error.to_string(),
                span: document.root.outer,
            })?;
        Ok(Self {
            document: document.clone(),
            value,
            pending: Pending::new(document.file.path(), document.file.text()),
        })
    }

    /// The document as it stands now. Its spans count in its own text.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The text as it stands now.
    pub fn text(&self) -> &str {
        self.pending.current()
    }

    /// The edits that lead from the original text to [`YamlEditor::text`].
    pub fn into_edits(self) -> Vec<Edit> {
        self.pending.into_edits()
    }

    /// Gives a place a value, replacing what stands there; a missing last key and missing or
    /// null mappings above it are made. A value that was an alias becomes a value of its own; one
    /// that came in by a merge key is overridden.
    ///
    /// # Errors
    /// See [`EditError`]; nothing is changed then.
    pub fn set(
        &mut self,
        path: impl Into<Path>,
        value: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        self.perform(
            &path.into(),
            Operation::Set(value.into()),
            Place::End,
            reason,
        )
    }

    /// As [`YamlEditor::set`] for a key that must not be there yet, at a chosen place.
    ///
    /// # Errors
    /// [`EditError::Exists`], and as [`YamlEditor::set`].
    pub fn insert(
        &mut self,
        path: impl Into<Path>,
        value: impl Into<Value>,
        place: Place<'_>,
        reason: &str,
    ) -> Result<(), EditError> {
        let path = path.into();
        let located = locate::locate(&self.document, &path)?;
        if located.missing.is_empty() {
            return Err(EditError::Exists {
                path: path.to_string(),
                span: located.node.outer,
            });
        }
        self.perform(&path, Operation::Set(value.into()), place, reason)
    }

    /// Adds an item behind the last one of a list; where the place holds `!If` or `Fn::If`, of
    /// the list in each of its branches, `AWS::NoValue` counting as an empty one. A missing or
    /// null place becomes a list.
    ///
    /// # Errors
    /// [`EditError::Kind`] where the place is no list (another intrinsic function, a scalar), and
    /// as [`YamlEditor::set`].
    pub fn append(
        &mut self,
        path: impl Into<Path>,
        item: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        let (path, item) = (path.into(), item.into());
        let located = locate::locate(&self.document, &path)?;
        if !located.missing.is_empty() {
            locate::refuse_merged_list(&located, &path)?;
            return self.set(path, Value::Sequence(vec![item]), reason);
        }
        self.perform(&path, Operation::Append(item), Place::End, reason)
    }

    /// Adds an item to a place that takes one value or a list of them, such as `Policies`: a
    /// single value (also a mapping, unless it is an `Fn::If`) becomes the list's first item.
    ///
    /// # Errors
    /// As [`YamlEditor::append`].
    pub fn append_or_wrap(
        &mut self,
        path: impl Into<Path>,
        item: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        let (path, item) = (path.into(), item.into());
        let located = locate::locate(&self.document, &path)?;
        if !located.missing.is_empty() || !operate::is_single(&located) {
            return self.append(path, item, reason);
        }
        let before = self.clone();
        self.perform(&path, Operation::Wrap, Place::End, reason)?;
        self.append(path, item, reason)
            .inspect_err(|_| *self = before)
    }

    /// Gives a key another name.
    ///
    /// # Errors
    /// [`EditError::Missing`], [`EditError::Exists`], and as [`YamlEditor::set`].
    pub fn rename(
        &mut self,
        path: impl Into<Path>,
        name: &str,
        reason: &str,
    ) -> Result<(), EditError> {
        self.perform(
            &path.into(),
            Operation::Rename(name.to_owned()),
            Place::End,
            reason,
        )
    }

    /// Takes away a key or an item, with the comment lines directly above it and the one behind
    /// it. A collection that loses its last child becomes `{}` or `[]`.
    ///
    /// # Errors
    /// [`EditError::Missing`], and as [`YamlEditor::set`].
    pub fn remove(&mut self, path: impl Into<Path>, reason: &str) -> Result<(), EditError> {
        self.perform(&path.into(), Operation::Remove, Place::End, reason)
    }

    fn perform(
        &mut self,
        path: &Path,
        operation: Operation,
        place: Place<'_>,
        reason: &str,
    ) -> Result<(), EditError> {
        let operation = json::for_document(&self.document, operation);
        let changes = operate::changes(&self.document, path, &operation, place)?;
        let mut intended = self.value.clone();
        intent::perform(&mut intended, path, &operation)
            .map_err(|senseless| self.refuse(path, senseless))?;
        let (pending, document, value) = self.verified(path, &changes, &intended, reason)?;
        (self.pending, self.document, self.value) = (pending, document, value);
        Ok(())
    }

    fn refuse(&self, path: &Path, senseless: Senseless) -> EditError {
        let span = locate::locate(&self.document, path)
            .map_or(self.document.root.outer, |located| located.node.outer);
        let path = path.to_string();
        let kind = |wanted: &str| EditError::Kind {
            path: path.clone(),
            found: "something else".to_owned(),
            wanted: wanted.to_owned(),
            span,
        };
        match senseless {
            Senseless::Missing => EditError::Missing { path, span },
            Senseless::Exists => EditError::Exists { path, span },
            Senseless::NotAMapping => kind("a mapping"),
            Senseless::NotAList => kind("a list"),
        }
    }

    /// The state after `changes`, if it reads as `intended`.
    fn verified(
        &self,
        path: &Path,
        changes: &[Change],
        intended: &Value,
        reason: &str,
    ) -> Result<(Pending, Document, Value), EditError> {
        let refused = |why: String| EditError::NotVerified {
            path: path.to_string(),
            why,
        };
        let mut pending = self.pending.clone();
        pending.change(changes, reason)?;
        let file = SourceFile::from_text(self.document.file.path(), pending.current());
        let document = parse(&file).map_err(|error| refused(error.to_string()))?;
        let value = document
            .root
            .to_value()
            .map_err(|error| refused(error.to_string()))?;
        if !intent::same(&value, intended) {
            return Err(refused(
                "it reads as another value than intended".to_owned(),
            ));
        }
        if document.is_json != self.document.is_json {
            return Err(refused("it is no longer JSON".to_owned()));
        }
        Ok((pending, document, value))
    }
}
