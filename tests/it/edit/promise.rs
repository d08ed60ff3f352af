//! The promise of the YAML editor, as a check of one random document and some edits of it: the
//! exact intended result with all other bytes untouched, or a typed refusal. The property test
//! and the fuzz target (`tests/fuzz`) share it.

use std::collections::BTreeMap;

use gammaray_migrate::edit::yaml::{Step, YamlEditor};
use gammaray_migrate::edit::{EditError, apply};
use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::parse;
use serde_yaml::Value;

use super::generate::{Choices, Operation, document, edit};

/// Edits of one document.
const EDITS: usize = 3;

/// How edits ended.
pub(crate) type Tally = BTreeMap<String, u64>;

/// Runs the case that `bytes` stand for.
pub(crate) fn case(bytes: &[u8], tally: &mut Tally) -> Result<(), String> {
    let mut choices = Choices::new(bytes);
    let text = document(&mut choices);
    let Ok(read) = parse(&SourceFile::from_text("t.yaml", text.as_str())) else {
        *tally.entry("not YAML".to_owned()).or_default() += 1;
        return Ok(());
    };
    let Ok(mut editor) = YamlEditor::new(&read) else {
        return Ok(());
    };
    for _ in 0..EDITS {
        let (path, operation) = edit(&mut choices, editor.document());
        let outcome = step(&mut editor, path, &operation)?;
        *tally.entry(outcome).or_default() += 1;
    }
    let after = editor.text().to_owned();
    let applied = apply(&text, &editor.into_edits()).map_err(|error| error.to_string())?;
    if applied == after {
        Ok(())
    } else {
        Err(format!("the edits of {text:?} do not give {after:?}"))
    }
}

fn step(editor: &mut YamlEditor, path: Vec<Step>, operation: &Operation) -> Result<String, String> {
    let (before_text, before) = (editor.text().to_owned(), value_of(editor));
    let result = match operation {
        Operation::Set(value) => editor.set(path.clone(), value.clone(), "r"),
        Operation::Append(value) => editor.append(path.clone(), value.clone(), "r"),
        Operation::AppendOrWrap(value) => editor.append_or_wrap(path.clone(), value.clone(), "r"),
        Operation::Rename(name) => editor.rename(path.clone(), name, "r"),
        Operation::Remove => editor.remove(path.clone(), "r"),
    };
    let explain = |what: &str| {
        format!(
            "{what}\n{operation:?} at {path:?}\nbefore: {before_text:?}\nafter:  {:?}",
            editor.text()
        )
    };
    match result {
        Ok(()) => {
            let after = value_of(editor);
            if editor.document().is_json {
                return Ok("edited".to_owned());
            }
            oracle(&before, &after, &path, operation).map_err(|why| explain(&why))?;
            comments(&before_text, editor.text(), operation).map_err(|why| explain(&why))?;
            frame(&before_text, editor.text()).map_err(|why| explain(&why))?;
            Ok("edited".to_owned())
        }
        Err(error @ (EditError::NotVerified { .. } | EditError::Conflict(_))) => {
            Err(explain(&error.to_string()))
        }
        Err(_) if editor.text() != before_text => Err(explain("a refused edit changed the text")),
        Err(error) => Ok(format!("refused: {}", error.code())),
    }
}

fn value_of(editor: &YamlEditor) -> Value {
    editor.document().root.to_value().unwrap()
}

fn step_into<'v>(value: &'v Value, step: &Step) -> Option<&'v Value> {
    match (value, step) {
        (Value::Tagged(tagged), _) => step_into(&tagged.value, step),
        (Value::Mapping(mapping), Step::Key(key)) => mapping.get(key),
        (Value::Sequence(items), Step::Index(index)) => items.get(*index),
        _ => None,
    }
}

fn at<'v>(value: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(value, step_into)
}

/// All that is in a value, by place, without what lies under `except`.
fn leaves(value: &Value, place: &[Step], except: &[Step], found: &mut BTreeMap<String, String>) {
    if place.len() == except.len() && place == except {
        return;
    }
    match value {
        Value::Tagged(tagged) => {
            found.insert(format!("{place:?} tag"), tagged.tag.to_string());
            leaves(&tagged.value, place, except, found);
        }
        Value::Mapping(mapping) => {
            for (key, inner) in mapping {
                let step = key
                    .as_str()
                    .map_or_else(|| Step::from(format!("\0{key:?}")), Step::from);
                leaves(inner, &[place, &[step]].concat(), except, found);
            }
        }
        Value::Sequence(items) => {
            for (index, inner) in items.iter().enumerate() {
                leaves(
                    inner,
                    &[place, &[Step::from(index)]].concat(),
                    except,
                    found,
                );
            }
        }
        other => {
            found.insert(format!("{place:?}"), format!("{other:?}"));
        }
    }
}

/// What the values before and after must have in common, and where they must differ.
fn oracle(
    before: &Value,
    after: &Value,
    path: &[Step],
    operation: &Operation,
) -> Result<(), String> {
    let changed = match operation {
        Operation::Set(value) => {
            let is = at(after, path);
            if is.is_none_or(|is| format!("{is:?}") != format!("{value:?}")) {
                return Err(format!("it reads as {is:?}"));
            }
            // Everything from the first step that was missing is new.
            let there = (0..path.len()).take_while(|depth| {
                at(before, &path[..*depth + 1]).is_some_and(|value| !value.is_null())
            });
            &path[..(there.count() + 1).min(path.len())]
        }
        Operation::Append(_) | Operation::AppendOrWrap(_) => path,
        Operation::Rename(_) | Operation::Remove => &path[..path.len().saturating_sub(1)],
    };
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    leaves(before, &[], changed, &mut left);
    leaves(after, &[], changed, &mut right);
    // A null on the way that became a mapping was a leaf before.
    left.retain(|place, leaf| right.get(place) == Some(leaf) || leaf != "Null");
    right.retain(|place, _| left.contains_key(place));
    if left != right {
        return Err(format!("other places changed: {left:?} to {right:?}"));
    }
    Ok(())
}

/// Adding and renaming keep every comment.
fn comments(before: &str, after: &str, operation: &Operation) -> Result<(), String> {
    if matches!(operation, Operation::Set(_) | Operation::Remove) {
        return Ok(());
    }
    match (1..100)
        .map(|number| format!("# c{number}."))
        .find(|comment| before.contains(comment) && !after.contains(comment))
    {
        Some(lost) => Err(format!("the comment {lost:?} is gone")),
        None => Ok(()),
    }
}

/// The byte order mark, the kind of line break and the open or closed last line stay.
fn frame(before: &str, after: &str) -> Result<(), String> {
    let crlf = |text: &str| text.contains("\r\n");
    let lone = |text: &str| text.replace("\r\n", "").contains('\n');
    if before.starts_with('\u{feff}') != after.starts_with('\u{feff}') {
        return Err("the byte order mark changed".to_owned());
    }
    if (crlf(before) && lone(after)) || (lone(before) && crlf(after)) {
        return Err("the line breaks changed".to_owned());
    }
    if before.ends_with('\n') != after.ends_with('\n') {
        return Err("the end of the last line changed".to_owned());
    }
    Ok(())
}
