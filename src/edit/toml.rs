//! Edits of TOML files: Cargo.toml, pyproject.toml, samconfig.toml.
//!
//! In: a file that parses. Out: [`Edit`]s of the lines that change; comments and order stay. The
//! operation is done on the text by toml_edit and once more on the plain value; the text is read
//! again and must give that value.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use similar::{DiffOp, TextDiff};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{Edit, EditError};
use crate::source::{SourceFile, Span};

/// A TOML file under edit.
#[derive(Debug, Clone)]
pub struct TomlEditor {
    file: Arc<SourceFile>,
    document: DocumentMut,
    value: Json,
    reasons: Vec<String>,
}

impl TomlEditor {
    /// An editor of a file as it was read.
    ///
    /// # Errors
    /// [`EditError::Unreadable`] where the file is not valid TOML, or mixes line breaks so that
    /// its lines could not be kept as they are.
    pub fn new(file: &Arc<SourceFile>) -> Result<Self, EditError> {
        let unreadable = |why: String| EditError::Unreadable {
            why,
            span: Span::at(file.bom_len()),
        };
        let text = file.text().get(file.bom_len()..).unwrap_or_default();
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            unreadable(format!("it is not valid TOML: {}", error.message()))
        })?;
        let value = table_value(document.as_table());
        let editor = Self {
            file: Arc::clone(file),
            document,
            value,
            reasons: Vec::new(),
        };
        if editor.text() == file.text() {
            Ok(editor)
        } else {
            Err(unreadable("it mixes line breaks".to_owned()))
        }
    }

    /// The text as it stands now.
    pub fn text(&self) -> String {
        let bom = self
            .file
            .text()
            .get(..self.file.bom_len())
            .unwrap_or_default();
        let text = self.document.to_string();
        let text = match super::lines::newline(self.file.text()) {
            "\r\n" => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            _ => text,
        };
        let ends_open = !self.file.text().is_empty() && !self.file.text().ends_with('\n');
        let text = if ends_open {
            text.trim_end_matches(['\r', '\n'])
        } else {
            &text
        };
        format!("{bom}{text}")
    }

    /// The edits, by whole lines, that lead from the original text to [`TomlEditor::text`].
    pub fn into_edits(self) -> Vec<Edit> {
        let (old, new) = (self.file.text(), self.text());
        let diff = TextDiff::from_lines(old, new.as_str());
        let starts = |lines: Vec<usize>| -> Vec<usize> {
            let mut at = 0;
            let mut starts = vec![0];
            for length in lines {
                at += length;
                starts.push(at);
            }
            starts
        };
        let old_starts = starts(old.split_inclusive('\n').map(str::len).collect());
        let new_starts = starts(new.split_inclusive('\n').map(str::len).collect());
        let at = |starts: &[usize], line: usize| {
            starts
                .get(line)
                .or(starts.last())
                .copied()
                .unwrap_or_default()
        };
        diff.ops()
            .iter()
            .filter(|op| !matches!(op, DiffOp::Equal { .. }))
            .map(|op| {
                let (from, to) = (op.old_range(), op.new_range());
                let text = new.get(at(&new_starts, to.start)..at(&new_starts, to.end));
                Edit {
                    file: self.file.path().to_owned(),
                    span: Span::new(at(&old_starts, from.start), at(&old_starts, from.end)),
                    new_text: text.unwrap_or_default().to_owned(),
                    reason: self.reasons.join("; "),
                }
            })
            .collect()
    }

    /// Gives a key a value, making the tables above it; a comment behind the old value stays.
    ///
    /// # Errors
    /// [`EditError::Kind`] where something above the key is no table.
    pub fn set(
        &mut self,
        path: &[&str],
        value: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        let value = value.into();
        let Some((key, tables)) = path.split_last() else {
            return Err(kind(path, "the whole file", "a key"));
        };
        let mut intended = self.value.clone();
        let mut document = self.document.clone();
        *intended_slot(&mut intended, path)? = value_of(&value);
        let table = table_at(&mut document, tables)?;
        match table.get_mut(key) {
            Some(Item::Value(old)) => {
                let decor = old.decor().clone();
                *old = value;
                *old.decor_mut() = decor;
            }
            Some(_) => return Err(kind(path, "a table", "a value")),
            None => insert(table, key, value),
        }
        self.accept(document, intended, path, reason)
    }

    /// Adds an item to an array, making it where it is missing; nothing where it is there.
    ///
    /// # Errors
    /// [`EditError::Kind`] where the place is no array.
    pub fn append(
        &mut self,
        path: &[&str],
        item: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        let item = item.into();
        let Some((key, tables)) = path.split_last() else {
            return Err(kind(path, "the whole file", "an array"));
        };
        let mut intended = self.value.clone();
        let mut document = self.document.clone();
        let slot = intended_slot(&mut intended, path)?;
        match slot {
            Json::Null => *slot = Json::Array(vec![value_of(&item)]),
            Json::Array(items) if items.contains(&value_of(&item)) => return Ok(()),
            Json::Array(items) => items.push(value_of(&item)),
            _ => return Err(kind(path, "something else", "an array")),
        }
        let table = table_at(&mut document, tables)?;
        match table.get_mut(key) {
            Some(Item::Value(Value::Array(array))) => push(array, item),
            Some(_) => return Err(kind(path, "something else", "an array")),
            None => insert(table, key, Value::Array(Array::from_iter([item]))),
        }
        self.accept(document, intended, path, reason)
    }

    /// Adds a dependency of a Cargo manifest, such as `serde = "1"`, in order if the others are
    /// in order.
    ///
    /// # Errors
    /// [`EditError::Exists`] where it is there, and as [`TomlEditor::set`].
    pub fn add_dependency(
        &mut self,
        section: &str,
        name: &str,
        requirement: impl Into<Value>,
        reason: &str,
    ) -> Result<(), EditError> {
        let exists = self
            .document
            .get(section)
            .and_then(Item::as_table_like)
            .is_some_and(|table| table.contains_key(name));
        if exists {
            return Err(EditError::Exists {
                path: format!("{section}.{name}"),
                span: Span::at(self.file.bom_len()),
            });
        }
        self.set(&[section, name], requirement, reason)
    }

    /// Adds a member of a Cargo workspace; nothing where it is there.
    ///
    /// # Errors
    /// As [`TomlEditor::append`].
    pub fn add_workspace_member(&mut self, member: &str, reason: &str) -> Result<(), EditError> {
        self.append(&["workspace", "members"], member, reason)
    }

    fn accept(
        &mut self,
        document: DocumentMut,
        intended: Json,
        path: &[&str],
        reason: &str,
    ) -> Result<(), EditError> {
        let edited = Self {
            document,
            value: intended,
            ..self.clone()
        };
        let text = edited.text();
        let after = text
            .get(self.file.bom_len()..)
            .unwrap_or_default()
            .parse::<DocumentMut>();
        let same = after.is_ok_and(|after| table_value(after.as_table()) == edited.value);
        if !same {
            return Err(EditError::NotVerified {
                path: path.join("."),
                why: "it reads as another value than intended".to_owned(),
            });
        }
        *self = edited;
        if !self.reasons.iter().any(|known| known == reason) {
            self.reasons.push(reason.to_owned());
        }
        Ok(())
    }
}

fn kind(path: &[&str], found: &str, wanted: &str) -> EditError {
    EditError::Kind {
        path: path.join("."),
        found: found.to_owned(),
        wanted: wanted.to_owned(),
        span: Span::at(0),
    }
}

/// The table at a path, made where it is missing.
fn table_at<'d>(
    document: &'d mut DocumentMut,
    path: &[&str],
) -> Result<&'d mut dyn TableLike, EditError> {
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for (depth, key) in path.iter().enumerate() {
        let item = table.entry(key).or_insert_with(|| {
            let mut made = Table::new();
            made.set_implicit(depth + 1 < path.len());
            Item::Table(made)
        });
        table = item
            .as_table_like_mut()
            .ok_or_else(|| kind(path, "something else", "a table"))?;
    }
    Ok(table)
}

fn insert(table: &mut dyn TableLike, key: &str, value: Value) {
    let keys: Vec<&str> = table.iter().map(|(key, _)| key).collect();
    let in_order = keys.len() > 1 && keys.is_sorted();
    table.insert(key, Item::Value(value));
    if in_order {
        table.sort_values();
    }
}

/// Adds an item that stands as the last one does.
fn push(array: &mut Array, mut item: Value) {
    let prefix = array
        .iter()
        .last()
        .and_then(|last| last.decor().prefix())
        .and_then(|prefix| prefix.as_str())
        .unwrap_or_default()
        .to_owned();
    let Some(at) = prefix.rfind('\n') else {
        array.push(item);
        return;
    };
    let own_line = prefix.get(at..).unwrap_or_default();
    // A comment behind the last item's comma belongs to that item.
    let behind = array.trailing().as_str().unwrap_or_default().to_owned();
    let comment = behind.trim_end();
    if array.trailing_comma() && comment.contains('#') {
        let rest = behind.get(comment.len()..).unwrap_or_default().to_owned();
        item.decor_mut().set_prefix(format!("{comment}{own_line}"));
        array.set_trailing(rest);
    } else {
        item.decor_mut().set_prefix(own_line);
    }
    array.push_formatted(item);
}

/// The place of a path in a plain value, made where it is missing.
fn intended_slot<'v>(value: &'v mut Json, path: &[&str]) -> Result<&'v mut Json, EditError> {
    path.iter().try_fold(value, |value, key| {
        if value.is_null() {
            *value = Json::Object(Map::new());
        }
        match value {
            Json::Object(map) => Ok(map.entry(*key).or_insert(Json::Null)),
            _ => Err(kind(path, "something else", "a table")),
        }
    })
}

fn table_value(table: &dyn TableLike) -> Json {
    table
        .iter()
        .map(|(key, item)| (key.to_owned(), item_value(item)))
        .collect::<Map<_, _>>()
        .into()
}

fn item_value(item: &Item) -> Json {
    match item {
        Item::None => Json::Null,
        Item::Value(value) => value_of(value),
        Item::Table(table) => table_value(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table_value(table)).collect(),
    }
}

/// A value as JSON; dates by their text, floats by their bits.
fn value_of(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::from(text.value().as_str()),
        Value::Integer(integer) => Json::from(*integer.value()),
        Value::Float(float) => Json::from(vec!["float".to_owned(), float.value().to_string()]),
        Value::Boolean(boolean) => Json::from(*boolean.value()),
        Value::Datetime(date) => Json::from(vec!["date".to_owned(), date.value().to_string()]),
        Value::Array(items) => items.iter().map(value_of).collect(),
        Value::InlineTable(table) => inline_value(table),
    }
}

fn inline_value(table: &InlineTable) -> Json {
    table_value(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn edited(text: &str, edit: impl FnOnce(&mut TomlEditor) -> Result<(), EditError>) -> String {
        let mut editor = TomlEditor::new(&SourceFile::from_text("Cargo.toml", text)).unwrap();
        edit(&mut editor).unwrap();
        let after = editor.text();
        assert_eq!(apply(text, &editor.into_edits()).unwrap(), after);
        after
    }

    #[test]
    fn a_value_keeps_its_comment() {
        assert_eq!(
            edited("# top\n[a]\nb = 1  # one\nc = 2\n", |toml| toml.set(
                &["a", "b"],
                3,
                "r"
            )),
            "# top\n[a]\nb = 3  # one\nc = 2\n"
        );
    }

    #[test]
    fn samconfig_tables_are_made() {
        assert_eq!(
            edited("version = 0.1\r\n", |toml| toml.set(
                &["default", "build", "parameters", "beta_features"],
                true,
                "r"
            )),
            "version = 0.1\r\n\r\n[default.build.parameters]\r\nbeta_features = true\r\n"
        );
    }

    #[test]
    fn members_stand_as_the_others_do() {
        assert_eq!(
            edited(
                "[workspace]\nmembers = [\n    \"a\", # one\n    \"b\",\n]\n",
                |toml| toml.add_workspace_member("c", "r")
            ),
            "[workspace]\nmembers = [\n    \"a\", # one\n    \"b\",\n    \"c\",\n]\n"
        );
        assert_eq!(
            edited(
                "[workspace]\nmembers = [\n  \"a\", # one\n  # none yet\n]\n",
                |toml| toml.add_workspace_member("c", "r")
            ),
            "[workspace]\nmembers = [\n  \"a\", # one\n  # none yet\n  \"c\",\n]\n"
        );
        assert_eq!(
            edited("\u{feff}[workspace]\nmembers = [\"a\"]\n", |toml| toml
                .add_workspace_member("b", "r")),
            "\u{feff}[workspace]\nmembers = [\"a\", \"b\"]\n"
        );
        assert_eq!(
            edited("", |toml| toml.add_workspace_member("b", "r")),
            "[workspace]\nmembers = [\"b\"]\n"
        );
    }

    #[test]
    fn dependencies_stay_in_order() {
        assert_eq!(
            edited(
                "[dependencies]\n# a\na = \"1\"\nc = { version = \"1\" }\n\n[x]\ny = 1",
                |toml| { toml.add_dependency("dependencies", "b", "2", "r") }
            ),
            "[dependencies]\n# a\na = \"1\"\nb = \"2\"\nc = { version = \"1\" }\n\n[x]\ny = 1"
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let mut editor = TomlEditor::new(&SourceFile::from_text("x.toml", "a = 1\n")).unwrap();
        assert!(matches!(
            editor.set(&["a", "b"], 1, "r"),
            Err(EditError::Kind { .. })
        ));
        let error =
            TomlEditor::new(&SourceFile::from_text("x.toml", "a = 1\r\nb = 2\n")).unwrap_err();
        assert!(matches!(error, EditError::Unreadable { .. }));
    }
}
