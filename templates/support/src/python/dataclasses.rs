//! Python's `dataclasses`: what is made of an instance's fields.

use super::copy;
use super::dict::Dict;
use super::error::{self, Result};
use super::list::List;
use super::value::Value;

/// `dataclasses.asdict(obj)`.
pub fn asdict(obj: &Value) -> Result<Dict> {
    let members = fields_of(obj, Shape::Dict)?;
    let members = members.ok_or_else(|| no_instance("asdict"))?;
    Ok(members.into_iter().collect())
}

/// `dataclasses.astuple(obj)`.
#[cfg(feature = "tuple")]
pub fn astuple(obj: &Value) -> Result<Value> {
    let members = fields_of(obj, Shape::Tuple)?;
    let members = members.ok_or_else(|| no_instance("astuple"))?;
    let items = members.into_iter().map(|(_, value)| value);
    Ok(Value::Tuple(items.collect()))
}

/// `dataclasses.is_dataclass(obj)`.
pub fn is_dataclass(obj: &Value) -> bool {
    matches!(obj, Value::Object(object) if object.data_fields().is_some())
}

/// What an instance becomes.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Dict,
    #[cfg(feature = "tuple")]
    Tuple,
}

fn no_instance(function: &str) -> error::Error {
    let text = format!("{function}() should be called on dataclass instances");
    error::type_error(text)
}

/// The fields of an instance of a dataclass, with values that share nothing with it.
fn fields_of(value: &Value, shape: Shape) -> Result<Option<Vec<(Value, Value)>>> {
    let Value::Object(object) = value else {
        return Ok(None);
    };
    let Some(fields) = object.data_fields() else {
        return Ok(None);
    };
    let each = fields.iter().map(|name| {
        let member = inner(&value.attribute(name)?, shape)?;
        Ok((Value::from(*name), member))
    });
    each.collect::<Result<_>>().map(Some)
}

fn inner(value: &Value, shape: Shape) -> Result<Value> {
    if let Some(members) = fields_of(value, shape)? {
        return Ok(match shape {
            Shape::Dict => members.into_iter().collect::<Dict>().into(),
            #[cfg(feature = "tuple")]
            Shape::Tuple => Value::Tuple(members.into_iter().map(|(_, value)| value).collect()),
        });
    }
    Ok(match value {
        Value::List(items) => {
            let items = items.to_vec();
            let items = items.iter().map(|item| inner(item, shape));
            items.collect::<Result<List>>()?.into()
        }
        Value::Dict(members) => {
            let made = Dict::new();
            for (key, value) in members.pairs() {
                made.set_item(inner(&key, shape)?, inner(&value, shape)?)?;
            }
            made.into()
        }
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => {
            let items = items.iter().map(|item| inner(item, shape));
            Value::Tuple(items.collect::<Result<_>>()?)
        }
        other => copy::deepcopy(other)?,
    })
}
