//! Values that a JSON schema allows, as Powertools for AWS Lambda asks fastjsonschema. Of schemas
//! types, lengths, enumerations of scalars, items and properties are known; texts of errors are those
//! of its version 2.22.

use std::collections::BTreeSet;

use super::dict::Dict;
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::list::List;
use super::value::Value;

/// `aws_lambda_powertools.utilities.validation.exceptions.SchemaValidationError`
pub static SCHEMA_VALIDATION_ERROR: Class = Class::new("SchemaValidationError", &[&EXCEPTION]);

/// What says nothing of values.
const DESCRIPTIONS: [&str; 6] = [
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "examples",
];

/// `aws_lambda_powertools.utilities.validation.validate(event, schema)`.
/// A schema with other keywords than these is refused: `type`, `enum`, `required`, `properties`,
/// `items`, `minLength`, `maxLength`, `minItems`, `maxItems`.
pub fn validate(event: &Value, schema: &Value) -> Result<Value> {
    let schema = known(schema)?;
    let draft = schema.find("$schema").unwrap_or_default();
    if draft.to_string().contains("draft-04") {
        return Err(error::untranslated("a JSON schema of draft 04"));
    }
    check(&schema, event, "data")?;
    Ok(event.clone())
}

fn refused(what: &str) -> Error {
    error::untranslated(format!("a JSON schema with {what}"))
}

/// A schema all of whose keywords are known.
fn known(schema: &Value) -> Result<Dict> {
    let Value::Dict(members) = schema else {
        return Err(refused("a definition that is not a dict"));
    };
    for (key, value) in members.pairs() {
        let Value::Str(key) = &key else {
            return Err(refused("a key that is not a str"));
        };
        match (key.as_str(), &value) {
            (key, _) if DESCRIPTIONS.contains(&key) => {}
            ("type", _) => {
                types(&value)?;
            }
            ("enum", Value::List(values)) if values.iter().all(|it| is_scalar(&it)) => {}
            ("required", Value::List(names)) => {
                texts(names)?;
            }
            ("properties", Value::Dict(properties)) => {
                for (name, schema) in properties.pairs() {
                    if !matches!(name, Value::Str(_)) {
                        return Err(refused("a property that is not a str"));
                    }
                    known(&schema)?;
                }
            }
            ("items", Value::Dict(_)) => {
                known(&value)?;
            }
            ("minLength" | "maxLength" | "minItems" | "maxItems", Value::Int(_)) => {}
            (key, _) => return Err(refused(&format!("this {key}"))),
        }
    }
    Ok(members.clone())
}

fn is_scalar(value: &Value) -> bool {
    matches!(
        value,
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)
    )
}

/// The names of types.
fn types(value: &Value) -> Result<Vec<String>> {
    let names = match value {
        Value::Str(name) => vec![name.clone()],
        Value::List(names) => texts(names)?,
        _ => return Err(refused("this type")),
    };
    let all = [
        "null", "boolean", "number", "integer", "string", "array", "object",
    ];
    match names.iter().all(|name| all.contains(&name.as_str())) {
        true => Ok(names),
        false => Err(refused("an unknown type")),
    }
}

/// Texts of a list that has none twice.
fn texts(list: &List) -> Result<Vec<String>> {
    let text = |item: Value| match item {
        Value::Str(text) => Ok(text),
        _ => Err(refused("a name that is not a str")),
    };
    let texts: Vec<String> = list.iter().map(text).collect::<Result<_>>()?;
    let different: BTreeSet<&String> = texts.iter().collect();
    match different.len() == texts.len() {
        true => Ok(texts),
        false => Err(refused("a name that is there twice")),
    }
}

/// The items of what Python has as a list or tuple.
fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.to_vec()),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => Some(items.items().to_vec()),
        _ => None,
    }
}

/// Whether a value is of a type.
fn is_of(value: &Value, name: &str) -> bool {
    match (name, value) {
        ("null", Value::None) | ("boolean", Value::Bool(_)) => true,
        ("string", Value::Str(_)) | ("object", Value::Dict(_)) => true,
        ("integer" | "number", Value::Int(_)) | ("number", Value::Float(_)) => true,
        ("integer", Value::Float(number)) => number.is_finite() && number.fract() == 0.0,
        #[cfg(feature = "decimal")]
        ("number", Value::Decimal(_)) => true,
        ("array", value) => items(value).is_some(),
        _ => false,
    }
}

/// Whether a value is a scalar of an enumeration.
fn is_same(value: &Value, scalar: &Value) -> bool {
    use Value::{Bool, Float, Int, Str};
    match (value, scalar) {
        (Value::None, Value::None) | (Bool(_), Bool(_)) | (Str(_), Str(_)) => value == scalar,
        (Int(_) | Float(_), Int(_) | Float(_)) => value == scalar,
        _ => false,
    }
}

/// Checks a value of a name by a schema, whose rules are looked at in a fixed order.
fn check(schema: &Dict, value: &Value, name: &str) -> Result<()> {
    let rule = |rule: &str| schema.find(rule);
    let fail = |broken: &str, text: &str| Err(failure(schema, value, name, broken, text));
    if let Some(names) = rule("type") {
        let names = types(&names)?;
        if !names.iter().any(|name| is_of(value, name)) {
            return fail("type", &format!("must be {}", names.join(" or ")));
        }
    }
    if let Some(Value::List(scalars)) = rule("enum")
        && !scalars.iter().any(|scalar| is_same(value, &scalar))
    {
        return fail("enum", &format!("must be one of {}", Value::from(scalars)));
    }
    let limit = |name: &str| match rule(name) {
        Some(Value::Int(limit)) => Some(limit),
        _ => None,
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if let Value::Str(text) = value {
        let length = count(text.chars().count());
        if let Some(least) = limit("minLength").filter(|least| length < *least) {
            let text = format!("must be longer than or equal to {least} characters");
            return fail("minLength", &text);
        }
        if let Some(most) = limit("maxLength").filter(|most| length > *most) {
            let text = format!("must be shorter than or equal to {most} characters");
            return fail("maxLength", &text);
        }
    }
    if let Some(items) = items(value) {
        let length = count(items.len());
        if let Some(least) = limit("minItems").filter(|least| length < *least) {
            return fail("minItems", &format!("must contain at least {least} items"));
        }
        if let Some(most) = limit("maxItems").filter(|most| length > *most) {
            let text = format!("must contain less than or equal to {most} items");
            return fail("maxItems", &text);
        }
        if let Some(Value::Dict(schema)) = rule("items") {
            for (at, item) in items.iter().enumerate() {
                check(&schema, item, &format!("{name}[{at}]"))?;
            }
        }
    }
    let Value::Dict(members) = value else {
        return Ok(());
    };
    if let Some(Value::List(required)) = rule("required") {
        let mut missing = texts(&required)?;
        missing.retain(|name| !members.has(name));
        missing.sort();
        if !missing.is_empty() {
            let missing: List = missing.into_iter().collect();
            let text = format!("must contain {} properties", Value::from(missing));
            return fail("required", &text);
        }
    }
    if let Some(Value::Dict(properties)) = rule("properties") {
        for (key, schema) in properties.pairs() {
            let key = key.to_string();
            if let (Some(member), Value::Dict(schema)) = (members.find(&key), schema) {
                check(&schema, &member, &format!("{name}.{key}"))?;
            }
        }
    }
    Ok(())
}

/// The exception that a value breaks a rule.
fn failure(schema: &Dict, value: &Value, name: &str, rule: &str, text: &str) -> Error {
    let parts = name.split(['.', '[', ']']).filter(|part| !part.is_empty());
    let path = Value::from(parts.collect::<List>());
    let text = format!("{name} {text}");
    let message = format!("Failed schema validation. Error: {text}, Path: {path}, Data: {value}");
    Error::with_args(&SCHEMA_VALIDATION_ERROR, vec![message.into()])
        .with_attribute("validation_message", text)
        .with_attribute("name", name)
        .with_attribute("path", path)
        .with_attribute("value", value.clone())
        .with_attribute("definition", schema.clone())
        .with_attribute("rule", rule)
        .with_attribute("rule_definition", schema.find(rule).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::json;

    const SCHEMA: &str = r##"{"$schema": "http://json-schema.org/draft-07/schema", "type": "object",
        "required": ["b", "a"], "properties": {"a": {"type": ["integer", "null"]},
        "b": {"type": "string", "minLength": 2, "maxLength": 3, "$id": "#/b"},
        "c": {"type": "array", "maxItems": 2, "items": {"enum": ["x", 1, null]}},
        "d": {"type": "object", "properties": {"e": {"type": "number"}}}}}"##;

    fn validated(data: &str, schema: &str) -> String {
        let validated = json::loads(schema)
            .and_then(|schema| json::loads(data).and_then(|data| validate(&data, &schema)));
        validated.map_or_else(|error| error.to_string(), |_| "True".to_owned())
    }

    #[test]
    fn values_break_rules_as_in_python() {
        for (data, expected) in [
            (r#"{"a": 1, "b": "xy"}"#, "True"),
            (r#"{"a": 1.0, "b": "xy"}"#, "True"),
            (
                r#"{"a": 1.5, "b": "xy"}"#,
                "Failed schema validation. Error: data.a must be integer or null, Path: ['data', 'a'], Data: 1.5",
            ),
            (
                r#"{"a": true, "b": "xy"}"#,
                "Failed schema validation. Error: data.a must be integer or null, Path: ['data', 'a'], Data: True",
            ),
            (
                r#"{}"#,
                "Failed schema validation. Error: data must contain ['a', 'b'] properties, Path: ['data'], Data: {}",
            ),
            (
                r#"[1]"#,
                "Failed schema validation. Error: data must be object, Path: ['data'], Data: [1]",
            ),
            (
                r#"{"a": null, "b": "x"}"#,
                "Failed schema validation. Error: data.b must be longer than or equal to 2 characters, Path: ['data', 'b'], Data: x",
            ),
            (
                r#"{"a": null, "b": "äöüß"}"#,
                "Failed schema validation. Error: data.b must be shorter than or equal to 3 characters, Path: ['data', 'b'], Data: äöüß",
            ),
            (
                r#"{"a": 1, "b": "xy", "c": ["x", 2]}"#,
                "Failed schema validation. Error: data.c[1] must be one of ['x', 1, None], Path: ['data', 'c', '1'], Data: 2",
            ),
            (
                r#"{"a": 1, "b": "xy", "c": ["x", true]}"#,
                "Failed schema validation. Error: data.c[1] must be one of ['x', 1, None], Path: ['data', 'c', '1'], Data: True",
            ),
            (
                r#"{"a": 1, "b": "xy", "c": [1.0, 1, null]}"#,
                "Failed schema validation. Error: data.c must contain less than or equal to 2 items, Path: ['data', 'c'], Data: [1.0, 1, None]",
            ),
            (r#"{"a": 1, "b": "xy", "c": ["x"]}"#, "True"),
            (
                r#"{"a": 1, "b": "xy", "d": {"e": "1"}}"#,
                "Failed schema validation. Error: data.d.e must be number, Path: ['data', 'd', 'e'], Data: 1",
            ),
        ] {
            assert_eq!(validated(data, SCHEMA), expected, "{data}");
        }
    }

    #[test]
    fn other_schemas_are_refused() {
        for (schema, expected) in [
            (r#"{"pattern": "a"}"#, "a JSON schema with this pattern"),
            (r#"{"type": "file"}"#, "a JSON schema with an unknown type"),
            (
                r#"{"properties": {"a": true}}"#,
                "a JSON schema with a definition that is not a dict",
            ),
            (
                r#"{"$schema": "http://json-schema.org/draft-04/schema"}"#,
                "a JSON schema of draft 04",
            ),
        ] {
            assert_eq!(validated("{}", schema), expected);
        }
    }
}
