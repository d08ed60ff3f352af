//! boto3's types of DynamoDB.

use std::rc::Rc;

use super::botocore_validate::class;
use super::dict::Dict;
use super::dynamodb_number as number;
use super::error::{self, Error, Result, type_error};
use super::list::List;
use super::object::{Object, downcast};
use super::ops::repr;
use super::set::Set;
use super::value::Value;

/// `boto3.dynamodb.types.Binary`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    bytes: Vec<u8>,
}

impl Binary {
    /// `boto3.dynamodb.types.Binary(value)`
    pub fn new(value: &Value) -> Result<Self> {
        match value {
            Value::Bytes(bytes) => Ok(Self {
                bytes: bytes.clone(),
            }),
            _ => Err(type_error(
                "Value must be of the following types: <class 'bytearray'>, <class 'bytes'>",
            )),
        }
    }

    /// `boto3.dynamodb.types.Binary.value`
    pub fn value(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}

impl Object for Binary {
    fn type_name(&self) -> &'static str {
        "Binary"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "value").then(|| Value::Bytes(self.bytes.clone()))
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(binary(other).is_some_and(|bytes| bytes == self.bytes))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(Value::Bytes(self.bytes.clone()))
    }

    fn representation(&self) -> String {
        format!("Binary({})", repr(&Value::Bytes(self.bytes.clone())))
    }
}

impl From<Binary> for Value {
    fn from(binary: Binary) -> Self {
        Self::Object(Rc::new(binary))
    }
}

/// The bytes of `bytes` or of a `Binary`.
fn binary(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes.clone()),
        Value::Object(object) => downcast::<Binary>(object).map(Binary::value),
        _ => None,
    }
}

/// `boto3.dynamodb.types.TypeSerializer`
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeSerializer;

impl TypeSerializer {
    /// `boto3.dynamodb.types.TypeSerializer()`
    pub fn new() -> Self {
        Self
    }

    /// `boto3.dynamodb.types.TypeSerializer.serialize(value)`
    pub fn serialize(&self, value: &Value) -> Result<Dict> {
        serialized(value)
    }
}

/// A value as DynamoDB's JSON has it.
pub fn serialized(value: &Value) -> Result<Dict> {
    let (kind, inner) = match value {
        Value::None => ("NULL", Value::from(true)),
        Value::Bool(_) => ("BOOL", value.clone()),
        Value::Int(_) | Value::Decimal(_) => ("N", Value::from(number::text(value)?)),
        Value::Float(_) => return Err(float_refused()),
        Value::Str(_) => ("S", value.clone()),
        Value::Set(set) => serialized_set(value, set)?,
        Value::Dict(dict) => ("M", Value::from(serialized_members(dict)?)),
        Value::List(items) => ("L", serialized_items(items.iter())?),
        Value::Tuple(items) => ("L", serialized_items(items.iter().cloned())?),
        _ => match binary(value) {
            Some(bytes) => ("B", Value::Bytes(bytes)),
            None => return Err(unsupported(value)),
        },
    };
    let typed = Dict::new();
    typed.insert(kind, inner);
    Ok(typed)
}

fn serialized_members(dict: &Dict) -> Result<Dict> {
    let members = Dict::new();
    for (key, value) in dict.pairs() {
        members.insert(key, serialized(&value)?);
    }
    Ok(members)
}

fn serialized_items(values: impl Iterator<Item = Value>) -> Result<Value> {
    let items = List::new();
    for value in values {
        items.push(Value::from(serialized(&value)?));
    }
    Ok(Value::from(items))
}

fn serialized_set(value: &Value, set: &Set) -> Result<(&'static str, Value)> {
    let items: Vec<Value> = set.iter().collect();
    let is_number =
        |item: &Value| matches!(item, Value::Bool(_) | Value::Int(_) | Value::Decimal(_));
    if items.iter().any(|item| matches!(item, Value::Float(_))) {
        return Err(float_refused());
    }
    let list = List::new();
    if items.iter().all(is_number) {
        for item in &items {
            list.push(Value::from(number::text(item)?));
        }
        return Ok(("NS", Value::from(list)));
    }
    if items.iter().all(|item| matches!(item, Value::Str(_))) {
        items.into_iter().for_each(|item| list.push(item));
        return Ok(("SS", Value::from(list)));
    }
    for item in &items {
        let bytes = binary(item).ok_or_else(|| unsupported(value))?;
        list.push(Value::Bytes(bytes));
    }
    Ok(("BS", Value::from(list)))
}

fn float_refused() -> Error {
    type_error("Float types are not supported. Use Decimal types instead.")
}

fn unsupported(value: &Value) -> Error {
    let class = class(value);
    type_error(format!(
        "Unsupported type \"{class}\" for value \"{value}\""
    ))
}

/// `boto3.dynamodb.types.TypeDeserializer`
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeDeserializer;

impl TypeDeserializer {
    /// `boto3.dynamodb.types.TypeDeserializer()`
    pub fn new() -> Self {
        Self
    }

    /// `boto3.dynamodb.types.TypeDeserializer.deserialize(value)`
    pub fn deserialize(&self, value: &Value) -> Result<Value> {
        deserialized(value)
    }
}

/// A value of DynamoDB's JSON as Python has it.
pub fn deserialized(value: &Value) -> Result<Value> {
    let typed = match value {
        Value::Dict(typed) => typed.pairs().into_iter().next(),
        _ if !value.is_true() => None,
        _ => return Err(error::attribute_error(value.type_name(), "keys")),
    };
    let Some((kind, value)) = typed else {
        return Err(type_error(
            "Value must be a nonempty dictionary whose key is a valid dynamodb type.",
        ));
    };
    let kind = kind.to_string();
    match (kind.to_ascii_lowercase().as_str(), &value) {
        ("null", _) => Ok(Value::None),
        ("bool" | "s", _) => Ok(value),
        ("n", _) => number::decimal(&value),
        ("b", _) => Ok(Value::from(Binary::new(&value)?)),
        ("ns", _) => deserialized_set(&value, number::decimal),
        ("ss", _) => deserialized_set(&value, |item| Ok(item.clone())),
        ("bs", _) => deserialized_set(&value, |item| Ok(Value::from(Binary::new(item)?))),
        ("l", _) => {
            let items = List::new();
            for item in value.iterate()? {
                items.push(deserialized(&item)?);
            }
            Ok(Value::from(items))
        }
        ("m", Value::Dict(dict)) => {
            let members = Dict::new();
            for (key, value) in dict.pairs() {
                members.insert(key, deserialized(&value)?);
            }
            Ok(Value::from(members))
        }
        ("m", _) => Err(error::attribute_error(value.type_name(), "items")),
        _ => Err(type_error(format!("Dynamodb type {kind} is not supported"))),
    }
}

fn deserialized_set(value: &Value, item: impl Fn(&Value) -> Result<Value>) -> Result<Value> {
    let set = Set::new();
    for found in value.iterate()? {
        set.add(item(&found)?)?;
    }
    Ok(Value::from(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dynamodb_has_no_type_for_is_refused() {
        let text = |value: &Value| serialized(value).unwrap_err().to_string();
        let float = "Float types are not supported. Use Decimal types instead.";
        assert_eq!(text(&Value::from(1.5)), float);
        let mixed = Set::of([Value::from(1_i64), Value::from("a")]).unwrap();
        assert_eq!(
            text(&Value::from(mixed)),
            "Unsupported type \"<class 'set'>\" for value \"{1, 'a'}\""
        );
        let text = |value: Dict| deserialized(&Value::from(value)).unwrap_err().to_string();
        assert_eq!(
            text(Dict::new()),
            "Value must be a nonempty dictionary whose key is a valid dynamodb type."
        );
        let unknown = Dict::new();
        unknown.insert("Q", 1_i64);
        assert_eq!(text(unknown), "Dynamodb type Q is not supported");
        assert_eq!(
            Binary::new(&Value::from("x")).unwrap_err().to_string(),
            "Value must be of the following types: <class 'bytearray'>, <class 'bytes'>"
        );
    }

    #[test]
    fn values_go_there_and_back() {
        let members = Dict::new();
        members.insert("n", ());
        members.insert("l", [true, false].into_iter().collect::<List>());
        let value = Value::from(members);
        let typed = serialized(&value).unwrap();
        assert_eq!(
            repr(&Value::from(typed.clone())),
            "{'M': {'n': {'NULL': True}, 'l': {'L': [{'BOOL': True}, {'BOOL': False}]}}}"
        );
        assert_eq!(deserialized(&Value::from(typed)).unwrap(), value);
    }
}
