//! What an operation means for the plain value of a document, without regard to its text. The
//! edited text is read again and must give this value.

use serde_yaml::{Mapping, Value};

use super::path::{Path, Step};

/// Why an operation means nothing for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Senseless {
    Missing,
    Exists,
    NotAMapping,
    NotAList,
}

/// What an operation does.
#[derive(Debug, Clone)]
pub(super) enum Operation {
    /// Gives a place a value; a missing last key and the mappings above it are made.
    Set(Value),
    /// Adds an item to a list, or to each list among the branches of an `Fn::If`.
    Append(Value),
    /// Makes a value the only item of a list.
    Wrap,
    /// Gives a key another name.
    Rename(String),
    /// Takes a key or an item away.
    Remove,
}

pub(super) fn perform(
    root: &mut Value,
    path: &Path,
    operation: &Operation,
) -> Result<(), Senseless> {
    match operation {
        Operation::Set(value) => set(root, path.steps(), value),
        Operation::Append(value) => append(find(root, path.steps())?, value),
        Operation::Wrap => {
            let found = find(root, path.steps())?;
            let inner = std::mem::take(found);
            *found = Value::Sequence(vec![inner]);
            Ok(())
        }
        Operation::Rename(name) => rename(root, path, name),
        Operation::Remove => remove(root, path),
    }
}

fn untagged(value: &mut Value) -> &mut Value {
    match value {
        Value::Tagged(tagged) => untagged(&mut tagged.value),
        other => other,
    }
}

fn find<'v>(root: &'v mut Value, steps: &[Step]) -> Result<&'v mut Value, Senseless> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => mapping(value)?.get_mut(key).ok_or(Senseless::Missing),
        Step::Index(index) => list(value)?.get_mut(*index).ok_or(Senseless::Missing),
    })
}

fn mapping(value: &mut Value) -> Result<&mut Mapping, Senseless> {
    match untagged(value) {
        Value::Mapping(mapping) => Ok(mapping),
        _ => Err(Senseless::NotAMapping),
    }
}

fn list(value: &mut Value) -> Result<&mut Vec<Value>, Senseless> {
    match untagged(value) {
        Value::Sequence(items) => Ok(items),
        _ => Err(Senseless::NotAList),
    }
}

fn set(root: &mut Value, steps: &[Step], new: &Value) -> Result<(), Senseless> {
    let Some((step, rest)) = steps.split_first() else {
        *root = new.clone();
        return Ok(());
    };
    match step {
        Step::Key(key) => {
            if root.is_null() {
                *root = Value::Mapping(Mapping::new());
            }
            let entries = mapping(root)?;
            if !entries.contains_key(key) {
                entries.insert(Value::String(key.clone()), Value::Null);
            }
            set(entries.get_mut(key).ok_or(Senseless::Missing)?, rest, new)
        }
        Step::Index(index) => {
            let item = list(root)?.get_mut(*index).ok_or(Senseless::Missing)?;
            set(item, rest, new)
        }
    }
}

fn append(value: &mut Value, new: &Value) -> Result<(), Senseless> {
    if value.is_null() || is_no_value(value) {
        *value = Value::Sequence(vec![new.clone()]);
        return Ok(());
    }
    if let Some(arguments) = if_arguments(value) {
        for branch in arguments.iter_mut().skip(1) {
            append(branch, new)?;
        }
        return Ok(());
    }
    match value {
        Value::Sequence(items) => {
            items.push(new.clone());
            Ok(())
        }
        _ => Err(Senseless::NotAList),
    }
}

/// The three arguments of `!If` or `Fn::If`.
fn if_arguments(value: &mut Value) -> Option<&mut Vec<Value>> {
    let arguments = match value {
        Value::Tagged(tagged) if tagged.tag == "!If" => &mut tagged.value,
        Value::Mapping(mapping) if mapping.len() == 1 => mapping.get_mut("Fn::If")?,
        _ => return None,
    };
    match arguments {
        Value::Sequence(items) if items.len() == 3 => Some(items),
        _ => None,
    }
}

fn is_no_value(value: &Value) -> bool {
    let name = match value {
        Value::Tagged(tagged) if tagged.tag == "!Ref" => tagged.value.as_str(),
        Value::Mapping(mapping) if mapping.len() == 1 => mapping.get("Ref").and_then(Value::as_str),
        _ => None,
    };
    name == Some("AWS::NoValue")
}

fn rename(root: &mut Value, path: &Path, name: &str) -> Result<(), Senseless> {
    let Some((parent, Step::Key(old))) = path.split_last() else {
        return Err(Senseless::NotAMapping);
    };
    let entries = mapping(find(root, parent.steps())?)?;
    if !entries.contains_key(old) {
        return Err(Senseless::Missing);
    }
    if entries.contains_key(name) {
        return Err(Senseless::Exists);
    }
    *entries = std::mem::take(entries)
        .into_iter()
        .map(|(key, value)| {
            let renamed = key.as_str() == Some(old);
            (if renamed { Value::from(name) } else { key }, value)
        })
        .collect();
    Ok(())
}

fn remove(root: &mut Value, path: &Path) -> Result<(), Senseless> {
    let (parent, last) = path.split_last().ok_or(Senseless::Missing)?;
    let parent = find(root, parent.steps())?;
    match last {
        Step::Key(key) => {
            let removed = mapping(parent)?.shift_remove(key);
            removed.map(|_| ()).ok_or(Senseless::Missing)
        }
        Step::Index(index) => {
            let items = list(parent)?;
            if *index >= items.len() {
                return Err(Senseless::Missing);
            }
            items.remove(*index);
            Ok(())
        }
    }
}

/// Whether two values are the same: numbers by their kind and bits, so that `.nan` is itself.
/// The order of keys does not count: a key that overrides a merged one has no place of its own.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right
                || matches!((left.as_f64(), right.as_f64()), (Some(l), Some(r)) if l.is_nan() && r.is_nan())
        }
        (Value::Sequence(left), Value::Sequence(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
        }
        (Value::Mapping(left), Value::Mapping(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Tagged(left), Value::Tagged(right)) => {
            left.tag == right.tag && same(&left.value, &right.value)
        }
        _ => left == right,
    }
}
