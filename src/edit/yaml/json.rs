//! JSON has no tags: short forms of CloudFormation's functions become their long forms.

use serde_yaml::{Mapping, Value};

use super::intent::Operation;
use crate::yaml::Document;

/// The operation with values that the document's format can hold.
pub(super) fn for_document(document: &Document, operation: Operation) -> Operation {
    if !document.is_json {
        return operation;
    }
    match operation {
        Operation::Set(value) => Operation::Set(long_form(value)),
        Operation::Append(value) => Operation::Append(long_form(value)),
        other => other,
    }
}

fn long_form(value: Value) -> Value {
    match value {
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(long_form).collect()),
        Value::Mapping(mapping) => Value::Mapping(
            mapping
                .into_iter()
                .map(|(key, value)| (key, long_form(value)))
                .collect(),
        ),
        Value::Tagged(tagged) => {
            let name = tagged.tag.to_string();
            let argument = long_form(tagged.value);
            match name.trim_start_matches('!') {
                name @ ("Ref" | "Condition") => call(name, argument),
                "GetAtt" => call("Fn::GetAtt", attribute(argument)),
                name => call(&format!("Fn::{name}"), argument),
            }
        }
        other => other,
    }
}

fn call(function: &str, argument: Value) -> Value {
    let mut mapping = Mapping::new();
    mapping.insert(Value::from(function), argument);
    Value::Mapping(mapping)
}

/// `!GetAtt Fn.Arn` is `["Fn", "Arn"]`.
fn attribute(argument: Value) -> Value {
    match argument.as_str().and_then(|text| text.split_once('.')) {
        Some((resource, name)) => Value::Sequence(vec![resource.into(), name.into()]),
        None => argument,
    }
}
