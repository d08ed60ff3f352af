//! What boto3's DynamoDB resource makes of parameters and answers.

use super::botocore_model::{Condition, Shape, Structure};
use super::dict::Dict;
use super::dynamodb;
use super::dynamodb_conditions::ConditionBase;
use super::dynamodb_expression::ConditionExpressionBuilder;
use super::error::Result;
use super::list::List;
use super::value::Value;

/// Parameters with their conditions as expressions and their values as DynamoDB has them.
pub fn serialized(input: &Dict, shape: &Structure) -> Result<Dict> {
    let mut builder = ConditionExpressionBuilder::default();
    let input = written(input, shape, Condition::Any, &mut builder)?;
    let input = written(&input, shape, Condition::Key, &mut builder)?;
    add(
        &input,
        "ExpressionAttributeNames",
        &builder.placeholder_names,
    );
    add(
        &input,
        "ExpressionAttributeValues",
        &builder.placeholder_values,
    );
    let attribute = |value: &Value| Ok(Value::from(dynamodb::serialized(value)?));
    members(&input, shape, &attribute)
}

/// An answer with the values as Python has them.
pub fn deserialized(answer: Dict, shape: &Structure) -> Result<Dict> {
    members(&answer, shape, &dynamodb::deserialized)
}

/// Placeholders beside those that are given.
fn add(input: &Dict, name: &str, generated: &Dict) {
    if generated.is_empty() {
        return;
    }
    let all = Dict::new();
    if let Some(Value::Dict(given)) = input.find(name) {
        for (placeholder, value) in given.pairs() {
            all.insert(placeholder, value);
        }
    }
    for (placeholder, value) in generated.pairs() {
        all.insert(placeholder, value);
    }
    input.insert(name, all);
}

/// Parameters with the conditions of one kind as expressions.
fn written(
    input: &Dict,
    shape: &Structure,
    kind: Condition,
    builder: &mut ConditionExpressionBuilder,
) -> Result<Dict> {
    let output = Dict::new();
    for (name, value) in input.pairs() {
        let member = shape.member(&name.to_string());
        let wanted = member.filter(|member| member.condition == Some(kind));
        let condition = wanted.and_then(|_| ConditionBase::of(&value));
        let value = match condition {
            Some(condition) => {
                let expression = builder.expression(&condition, kind == Condition::Key)?;
                Value::from(expression)
            }
            None => value,
        };
        output.insert(name, value);
    }
    Ok(output)
}

type Change<'a> = &'a dyn Fn(&Value) -> Result<Value>;

fn members(dict: &Dict, shape: &Structure, change: Change<'_>) -> Result<Dict> {
    let output = Dict::new();
    for (name, value) in dict.pairs() {
        let value = match shape.member(&name.to_string()) {
            Some(member) => changed(&value, &member.shape, change)?,
            None => value,
        };
        output.insert(name, value);
    }
    Ok(output)
}

/// A value with all attribute values below it changed.
fn changed(value: &Value, shape: &Shape, change: Change<'_>) -> Result<Value> {
    Ok(match (shape, value) {
        (Shape::Structure(shape), _) if shape.name == "AttributeValue" => change(value)?,
        (Shape::Structure(shape), Value::Dict(dict)) => Value::from(members(dict, shape, change)?),
        (Shape::Map(map), Value::Dict(dict)) => {
            let output = Dict::new();
            for (key, value) in dict.pairs() {
                output.insert(key, changed(&value, &map.value, change)?);
            }
            Value::from(output)
        }
        (Shape::List(list), Value::List(items)) => {
            let output = List::new();
            for item in items.iter() {
                output.push(changed(&item, &list.item, change)?);
            }
            Value::from(output)
        }
        _ => value.clone(),
    })
}
