//! Python's `copy`.

use std::collections::HashMap;

use super::dict::{self, Dict};
#[cfg(feature = "object")]
use super::error;
use super::error::Result;
use super::list::{self, List};
use super::value::Value;

/// `copy.copy(x)`.
/// Objects of the program's own classes are refused.
pub fn copy(x: &Value) -> Result<Value> {
    Ok(match x {
        Value::List(items) => list::copy(items).into(),
        Value::Dict(members) => dict::copy(members).into(),
        #[cfg(feature = "set")]
        Value::Set(items) => Value::Set(super::set::copy(items)),
        #[cfg(feature = "object")]
        Value::Object(object) if !object.is_its_copy() => {
            let name = object.type_name();
            return Err(error::untranslated(format!("a copy of a {name}")));
        }
        other => other.clone(),
    })
}

/// `copy.deepcopy(x)`.
/// Objects of the program's own classes are refused.
pub fn deepcopy(x: &Value) -> Result<Value> {
    deep(x, &mut Copies::default())
}

/// `copy.deepcopy(x)`.
/// Objects of the program's own classes are refused.
pub fn deepcopy_list(x: &List) -> Result<List> {
    deep_list(x, &mut Copies::default())
}

/// `copy.deepcopy(x)`.
/// Objects of the program's own classes are refused.
pub fn deepcopy_dict(x: &Dict) -> Result<Dict> {
    deep_dict(x, &mut Copies::default())
}

/// Copies by what tells the originals from other objects: what is shared stays shared.
type Copies = HashMap<usize, Value>;

fn deep(value: &Value, copies: &mut Copies) -> Result<Value> {
    Ok(match value {
        Value::List(items) => deep_list(items, copies)?.into(),
        Value::Dict(members) => deep_dict(members, copies)?.into(),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => {
            let copied = items.iter().map(|item| deep(item, copies));
            Value::Tuple(copied.collect::<Result<Vec<_>>>()?.into())
        }
        // The items of sets cannot change.
        other => copy(other)?,
    })
}

fn deep_list(list: &List, copies: &mut Copies) -> Result<List> {
    if let Some(Value::List(copied)) = copies.get(&list.identity()) {
        return Ok(copied.clone());
    }
    let copied = List::new();
    copies.insert(list.identity(), (&copied).into());
    for item in list.to_vec() {
        copied.push(deep(&item, copies)?);
    }
    Ok(copied)
}

fn deep_dict(dict: &Dict, copies: &mut Copies) -> Result<Dict> {
    if let Some(Value::Dict(copied)) = copies.get(&dict.identity()) {
        return Ok(copied.clone());
    }
    let copied = Dict::new();
    copies.insert(dict.identity(), (&copied).into());
    for (key, value) in dict.pairs() {
        copied.insert(deep(&key, copies)?, deep(&value, copies)?);
    }
    Ok(copied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::list::list;

    #[test]
    fn copies_share_what_they_should() -> Result<()> {
        let inner = list![1];
        let outer = list![&inner, &inner];
        outer.push(&outer);
        let shallow = copy(&(&outer).into())?;
        let deep = deepcopy_list(&outer)?;
        inner.push(2);
        assert_eq!(shallow.item(0)?, Value::from(list![1, 2]));
        assert_eq!(deep.at(0), Some(list![1].into()));
        let (first, second) = (deep.at(0), deep.at(1));
        assert!(first.zip(second).is_some_and(|(a, b)| a.is_same(&b)));
        assert!(deep.at(2).is_some_and(|last| last.is_same(&(&deep).into())));
        // A list that holds itself is never dropped.
        outer.replace(Vec::new());
        deep.replace(Vec::new());
        Ok(())
    }
}
