//! The checks that botocore makes of parameters before it sends them.

use super::botocore::PARAM_VALIDATION_ERROR;
use super::botocore_model::{List, Map, Shape, Structure};
use super::dict::Dict;
use super::error::{Error, Result};
use super::value::Value;

/// Raises `ParamValidationError` with all that is wrong with parameters.
pub fn validate(input: &Dict, shape: &Structure) -> Result<()> {
    let mut report = Vec::new();
    members(input, shape, "", &mut report)?;
    if report.is_empty() {
        return Ok(());
    }
    let report = report.join("\n");
    Err(invalid(&report))
}

/// `ParamValidationError(report=report)`.
pub fn invalid(report: &str) -> Error {
    let text = format!("Parameter validation failed:\n{report}");
    Error::new(&PARAM_VALIDATION_ERROR, text)
}

fn check(value: &Value, shape: &Shape, name: &str, report: &mut Vec<String>) -> Result<()> {
    match (shape, value) {
        (Shape::Structure(shape), Value::Dict(dict)) => members(dict, shape, name, report)?,
        (Shape::Map(shape), Value::Dict(dict)) => entries(dict, shape, name, report)?,
        (Shape::List(shape), Value::List(list)) => items(list.iter(), shape, name, report)?,
        #[cfg(feature = "tuple")]
        (Shape::List(shape), Value::Tuple(tuple)) => {
            items(tuple.iter().cloned(), shape, name, report)?;
        }
        (Shape::String(min), Value::Str(text)) => {
            let length = text.chars().count();
            if length < *min {
                report.push(too_short(name, length, *min));
            }
        }
        (Shape::Integer(min), Value::Int(number)) => at_least(name, value, *number, *min, report),
        (Shape::Integer(min), Value::Bool(number)) => {
            at_least(name, value, i64::from(*number), *min, report);
        }
        (Shape::Float(min), _) if real(value).is_some() => {
            let least = min.and_then(|min| min.parse::<f64>().ok());
            if let (Some(least), Some(number), Some(min)) = (least, real(value), min)
                && number < least
            {
                report.push(too_small(name, value, min));
            }
        }
        (Shape::Boolean, Value::Bool(_)) | (Shape::Blob, Value::Str(_)) => (),
        #[cfg(feature = "bytes")]
        (Shape::Blob, Value::Bytes(_)) => (),
        (Shape::Timestamp(timestamp), _) if (timestamp.check)(value)? => (),
        _ => report.push(invalid_type(name, value, shape)?),
    }
    Ok(())
}

fn members(dict: &Dict, shape: &Structure, name: &str, report: &mut Vec<String>) -> Result<()> {
    let shown = shown(name);
    let names = || -> Vec<&str> { shape.members.iter().map(|member| member.name).collect() };
    if shape.union && dict.is_empty() {
        let names = names().join(", ");
        report.push(format!(
            "Must set one of the following keys for tagged unionstructure {shown}: {names}."
        ));
    } else if shape.union && dict.len() > 1 {
        let names = names().join(", ");
        report.push(format!(
            "Invalid number of parameters set for tagged union structure {shown}. Can only set \
             one of the following keys: {names}."
        ));
    }
    for required in shape.required {
        if dict.find(required).is_none() {
            report.push(format!(
                "Missing required parameter in {shown}: \"{required}\""
            ));
        }
    }
    let mut known = Vec::new();
    for (key, value) in pairs(dict) {
        match shape.member(&key.to_string()) {
            Some(member) => known.push((member, value)),
            None => {
                let names = names().join(", ");
                report.push(format!(
                    "Unknown parameter in {shown}: \"{key}\", must be one of: {names}"
                ));
            }
        }
    }
    for (member, value) in known {
        check(
            &value,
            &member.shape,
            &format!("{name}.{}", member.name),
            report,
        )?;
    }
    Ok(())
}

fn entries(dict: &Dict, shape: &Map, name: &str, report: &mut Vec<String>) -> Result<()> {
    for (key, value) in pairs(dict) {
        check(&key, &shape.key, &format!("{name} (key: {key})"), report)?;
        check(&value, &shape.value, &format!("{name}.{key}"), report)?;
    }
    Ok(())
}

fn items(
    items: impl Iterator<Item = Value>,
    shape: &List,
    name: &str,
    report: &mut Vec<String>,
) -> Result<()> {
    let items: Vec<Value> = items.collect();
    if items.len() < shape.min {
        report.push(too_short(name, items.len(), shape.min));
    }
    for (index, item) in items.iter().enumerate() {
        check(item, &shape.item, &format!("{name}[{index}]"), report)?;
    }
    Ok(())
}

/// The keys and values of a dict.
fn pairs(dict: &Dict) -> Vec<(Value, Value)> {
    dict.pairs()
}

fn at_least(name: &str, value: &Value, number: i64, min: Option<i64>, report: &mut Vec<String>) {
    if let Some(min) = min.filter(|min| number < *min) {
        report.push(too_small(name, value, &min.to_string()));
    }
}

fn too_small(name: &str, value: &Value, min: &str) -> String {
    let name = shown(name);
    format!("Invalid value for parameter {name}, value: {value}, valid min value: {min}")
}

fn too_short(name: &str, length: usize, min: usize) -> String {
    let name = shown(name);
    format!("Invalid length for parameter {name}, value: {length}, valid min length: {min}")
}

/// A number as a float, which is close enough to compare with a least value.
fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        Value::Int(number) => Some(*number as f64),
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

fn invalid_type(name: &str, value: &Value, shape: &Shape) -> Result<String> {
    let valid = match shape {
        Shape::Structure(_) | Shape::Map(_) => "<class 'dict'>",
        Shape::List(_) => "<class 'list'>, <class 'tuple'>",
        Shape::String(_) => "<class 'str'>",
        Shape::Integer(_) => "<class 'int'>",
        Shape::Float(_) => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
        Shape::Boolean => "<class 'bool'>",
        Shape::Blob => "<class 'bytes'>, <class 'bytearray'>, file-like object",
        Shape::Timestamp(_) => "<class 'datetime.datetime'>, timestamp-string",
        Shape::Document => {
            "<class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>, <class 'list'>, \
             <class 'dict'>"
        }
    };
    let class = class(value);
    let name = shown(name);
    Ok(format!(
        "Invalid type for parameter {name}, value: {value}, type: {class}, valid types: {valid}"
    ))
}

/// `str(type(value))` of what is not an instance of a class of the program.
pub fn class(value: &Value) -> String {
    let name = value.type_name();
    let module = match name {
        "Decimal" => "decimal.",
        "datetime" | "date" | "time" | "timedelta" => "datetime.",
        "Binary" => "boto3.dynamodb.types.",
        _ => "",
    };
    format!("<class '{module}{name}'>")
}

/// A parameter's name as it is reported.
fn shown(name: &str) -> &str {
    match name.strip_prefix('.') {
        _ if name.is_empty() => "input",
        Some(rest) => rest,
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::botocore_model::Member;

    static VALUE: Structure = Structure::new(
        "AttributeValue",
        &[
            Member::new("S", Shape::String(0)),
            Member::new("B", Shape::Blob),
        ],
    );
    static KEY: Map = Map::of(Shape::String(0), Shape::Structure(&VALUE));
    static NAMES: List = List::of(Shape::String(0)).min(1);
    static INPUT: Structure = Structure::new(
        "GetItemInput",
        &[
            Member::new("TableName", Shape::String(1)),
            Member::new("Key", Shape::Map(&KEY)),
            Member::new("AttributesToGet", Shape::List(&NAMES)),
        ],
    )
    .required(&["TableName", "Key"]);

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let (value, key, input) = (Dict::new(), Dict::new(), Dict::new());
        value.insert("S", 1.5);
        value.insert("B", 2_i64);
        key.insert("id", value);
        input.insert("Key", key);
        input.insert("Limit", true);
        input.insert("AttributesToGet", super::super::list::List::new());
        let error = validate(&input, &INPUT).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Parameter validation failed:\n\
             Missing required parameter in input: \"TableName\"\n\
             Unknown parameter in input: \"Limit\", must be one of: TableName, Key, AttributesToGet\n\
             Invalid type for parameter Key.id.S, value: 1.5, type: <class 'float'>, valid types: \
             <class 'str'>\n\
             Invalid type for parameter Key.id.B, value: 2, type: <class 'int'>, valid types: \
             <class 'bytes'>, <class 'bytearray'>, file-like object\n\
             Invalid length for parameter AttributesToGet, value: 0, valid min length: 1"
        );
    }
}
