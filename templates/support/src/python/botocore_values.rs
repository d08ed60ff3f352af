//! The values in messages of AWS services.

use serde_json::{Map as JsonMap, Value as Json};

use super::botocore_model::{Place, Shape, Structure};
use super::botocore_xml::Element;
use super::dict::Dict;
use super::error::{Result, untranslated};
use super::list::List;
use super::value::Value;

/// A value in a header or in XML.
pub fn from_text(text: &str, shape: &Shape) -> Result<Value> {
    Ok(match shape {
        Shape::Blob => Value::from(base64(text)?),
        Shape::Boolean => Value::from(text.eq_ignore_ascii_case("true")),
        Shape::Float(_) => {
            let number = text.trim().parse::<f64>();
            Value::from(number.map_err(|error| untranslated(error.to_string()))?)
        }
        Shape::Integer(_) => {
            let number = text.trim().parse::<i64>();
            Value::from(number.map_err(|error| untranslated(error.to_string()))?)
        }
        Shape::Timestamp(timestamp) => (timestamp.read)(text)?,
        Shape::List(list) => {
            let items = List::new();
            for item in text.split(',') {
                items.push(from_text(item.trim(), &list.item)?);
            }
            Value::from(items)
        }
        _ => Value::from(text),
    })
}

fn base64(text: &str) -> Result<Vec<u8>> {
    use base64::Engine as _;
    let decoded = base64::engine::general_purpose::STANDARD.decode(text);
    decoded.map_err(|error| untranslated(error.to_string()))
}

/// The members of a structure in JSON; those of the REST protocols may be in strings.
pub fn json_members(body: &JsonMap<String, Json>, shape: &Structure, rest: bool) -> Result<Dict> {
    let answer = Dict::new();
    for member in shape.members {
        if member.place != Place::Body {
            continue;
        }
        match body.get(member.wire) {
            None | Some(Json::Null) => (),
            Some(value) => {
                answer.insert(member.name, json_value(value, &member.shape, rest)?);
            }
        }
    }
    Ok(answer)
}

/// A value in JSON.
pub fn json_value(value: &Json, shape: &Shape, rest: bool) -> Result<Value> {
    Ok(match (shape, value) {
        (Shape::Structure(shape), Json::Object(body)) => {
            match unknown_variant(shape, body.iter().filter(|(_, value)| !value.is_null())) {
                Some(unknown) => Value::from(unknown),
                None => Value::from(json_members(body, shape, rest)?),
            }
        }
        (Shape::Map(map), Json::Object(body)) => {
            let found = Dict::new();
            for (key, value) in body {
                found.insert(key.as_str(), json_value(value, &map.value, rest)?);
            }
            Value::from(found)
        }
        (Shape::List(list), Json::Array(body)) => {
            let items = List::new();
            for item in body {
                items.push(json_value(item, &list.item, rest)?);
            }
            Value::from(items)
        }
        (Shape::Blob, Json::String(text)) => Value::from(base64(text)?),
        (Shape::Timestamp(timestamp), Json::String(text)) => (timestamp.read)(text)?,
        (Shape::Timestamp(timestamp), Json::Number(number)) => {
            (timestamp.read)(&number.to_string())?
        }
        (Shape::Float(_), Json::Number(number)) if rest => Value::from(number.as_f64()),
        (Shape::Float(_) | Shape::Integer(_) | Shape::Boolean, Json::String(text)) if rest => {
            from_text(text, shape)?
        }
        _ => plain(value)?,
    })
}

/// What is shown of a union's member that the model does not know.
fn unknown_variant<'a, T>(
    shape: &Structure,
    mut members: impl Iterator<Item = (&'a String, T)>,
) -> Option<Dict> {
    let (name, _) = members.next().filter(|_| shape.union)?;
    if shape.members.iter().any(|member| member.wire == name) {
        return None;
    }
    let (inner, unknown) = (Dict::new(), Dict::new());
    inner.insert("name", name.as_str());
    unknown.insert("SDK_UNKNOWN_MEMBER", inner);
    Some(unknown)
}

/// JSON as Python has it.
pub fn plain(value: &Json) -> Result<Value> {
    Ok(match value {
        Json::Null => Value::None,
        Json::Bool(value) => Value::from(*value),
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => Value::from(number),
            (_, Some(real)) if number.is_f64() => Value::from(real),
            _ => return Err(untranslated("integer beyond 64 bits")),
        },
        Json::Array(body) => {
            let items = List::new();
            for item in body {
                items.push(plain(item)?);
            }
            Value::from(items)
        }
        Json::Object(body) => {
            let found = Dict::new();
            for (key, value) in body {
                found.insert(key.as_str(), plain(value)?);
            }
            Value::from(found)
        }
    })
}

/// The members of a structure in XML.
pub fn xml_members(element: &Element, shape: &Structure) -> Result<Dict> {
    let answer = Dict::new();
    for member in shape.members {
        if !matches!(member.place, Place::Body | Place::Attribute) {
            continue;
        }
        let found = element.named(member.wire);
        if !found.is_empty() {
            let value = match member.shape {
                Shape::List(list) if member.flattened => xml_list(&found, &list.item)?,
                _ => xml_value(&found, &member.shape)?,
            };
            answer.insert(member.name, value);
        } else if member.place == Place::Attribute {
            let mut attributes = element.attributes.iter();
            if let Some((_, value)) = attributes.find(|(name, _)| name == member.wire) {
                answer.insert(member.name, value.as_str());
            }
        }
    }
    Ok(answer)
}

/// A value of elements of the same name.
pub fn xml_value(elements: &[&Element], shape: &Shape) -> Result<Value> {
    let Some(first) = elements.first() else {
        return Ok(Value::None);
    };
    Ok(match shape {
        Shape::Structure(shape) => {
            let children = first.children.iter().map(|child| (&child.name, ()));
            match unknown_variant(shape, children) {
                Some(unknown) => Value::from(unknown),
                None => Value::from(xml_members(first, shape)?),
            }
        }
        Shape::List(list) => xml_list(&items_of(elements, list.flattened), &list.item)?,
        Shape::Map(map) => {
            let found = Dict::new();
            for entry in items_of(elements, map.flattened) {
                let key = xml_value(&entry.named(map.key_name), &map.key)?;
                found.insert(key, xml_value(&entry.named(map.value_name), &map.value)?);
            }
            Value::from(found)
        }
        Shape::Boolean => Value::from(first.text == "true"),
        _ => from_text(&first.text, shape)?,
    })
}

fn xml_list(elements: &[&Element], shape: &Shape) -> Result<Value> {
    let items = List::new();
    for element in elements {
        items.push(xml_value(&[element], shape)?);
    }
    Ok(Value::from(items))
}

/// The elements of a list's items or a map's entries.
fn items_of<'a>(elements: &[&'a Element], flattened: bool) -> Vec<&'a Element> {
    match elements {
        [one] if !flattened => one.children.iter().collect(),
        _ => elements.to_vec(),
    }
}
