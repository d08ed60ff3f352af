//! boto3's conditions as DynamoDB's expressions.

use super::dict::Dict;
use super::dynamodb_conditions::{ConditionBase, Form, Operand};
use super::error::{Class, EXCEPTION, Error, Result};
use super::value::Value;

/// `boto3.exceptions.DynamoDBNeedsKeyConditionError`
pub static NEEDS_KEY_CONDITION: Class = Class::new("DynamoDBNeedsKeyConditionError", &[&EXCEPTION]);

/// Writes conditions as expressions with placeholders: `#n0`, `:v0` and so on.
#[derive(Debug, Default)]
pub struct ConditionExpressionBuilder {
    names: usize,
    values: usize,
    /// The names by their placeholders.
    pub placeholder_names: Dict,
    /// The values by their placeholders.
    pub placeholder_values: Dict,
}

impl ConditionExpressionBuilder {
    /// The expression of a condition, of keys only where it is one on keys.
    pub fn expression(&mut self, condition: &ConditionBase, keys: bool) -> Result<String> {
        let node = &condition.0;
        let mut parts = Vec::new();
        for operand in &node.operands {
            parts.push(match (node.form, operand) {
                (Form::Within, Operand::Value(values)) => self.values(values)?,
                _ => self.operand(operand, keys)?,
            });
        }
        let operator = node.operator;
        Ok(match (node.form, &*parts) {
            (Form::Infix | Form::Within, [left, right]) => format!("{left} {operator} {right}"),
            (Form::Between, [of, low, high]) => format!("{of} {operator} {low} AND {high}"),
            (Form::Joined, [left, right]) => format!("({left} {operator} {right})"),
            (Form::Negated, [of]) => format!("({operator} {of})"),
            _ => format!("{operator}({})", parts.join(", ")),
        })
    }

    fn operand(&mut self, operand: &Operand, keys: bool) -> Result<String> {
        match operand {
            Operand::Condition(condition) => self.expression(condition, keys),
            Operand::Size(of) => Ok(format!("size({})", self.operand(of, keys)?)),
            Operand::Attr(name) if keys => Err(Error::new(
                &NEEDS_KEY_CONDITION,
                format!(
                    "Attribute object {name} is of type <class 'boto3.dynamodb.conditions.Attr'>. \
                     KeyConditionExpression only supports Attribute objects of type Key"
                ),
            )),
            Operand::Key(name) | Operand::Attr(name) => Ok(self.name(name)),
            Operand::Value(value) => Ok(self.value(value)),
        }
    }

    fn value(&mut self, value: &Value) -> String {
        let placeholder = format!(":v{}", self.values);
        self.values += 1;
        self.placeholder_values.insert(placeholder.as_str(), value);
        placeholder
    }

    fn values(&mut self, values: &Value) -> Result<String> {
        let mut placeholders = Vec::new();
        for value in values.iterate()? {
            placeholders.push(self.value(&value));
        }
        Ok(format!("({})", placeholders.join(", ")))
    }

    /// Each part of a path gets a placeholder; dots and what is in brackets stay.
    fn name(&mut self, name: &str) -> String {
        let mut written = String::new();
        let mut part = String::new();
        let mut rest = name.chars();
        while let Some(next) = rest.next() {
            match next {
                '.' => {
                    self.part(&mut part, &mut written);
                    written.push('.');
                }
                '[' => {
                    self.part(&mut part, &mut written);
                    written.push('[');
                    for next in rest.by_ref() {
                        written.push(next);
                        if next == ']' {
                            break;
                        }
                    }
                }
                _ => part.push(next),
            }
        }
        self.part(&mut part, &mut written);
        written
    }

    fn part(&mut self, part: &mut String, written: &mut String) {
        if part.is_empty() {
            return;
        }
        let placeholder = format!("#n{}", self.names);
        self.names += 1;
        self.placeholder_names
            .insert(placeholder.as_str(), part.as_str());
        written.push_str(&placeholder);
        part.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::dynamodb_conditions::*;
    use super::*;
    use crate::python::ops::repr;

    #[test]
    fn conditions_become_expressions_with_placeholders() {
        let mut builder = ConditionExpressionBuilder::default();
        let attr = Attr::new;
        let size = attr_size(&attr("s"));
        let left = and(
            &attr_eq(&attr("a.b[0].c"), &Value::from(1_i64)),
            &size_between(&size, &Value::from(1_i64), &Value::from(2_i64)),
        );
        let values: super::super::list::List = ["p", "q"].into_iter().collect();
        let within = attr_is_in(&attr("x"), &Value::from(values));
        let begins = attr_begins_with(&attr("y"), &Value::from("z"));
        let all = or(&left, &and(&invert(&within), &begins));
        assert_eq!(
            builder.expression(&all, false).unwrap(),
            "((#n0.#n1[0].#n2 = :v0 AND size(#n3) BETWEEN :v1 AND :v2) OR ((NOT #n4 IN (:v3, :v4)) \
             AND begins_with(#n5, :v5)))"
        );
        assert_eq!(
            repr(&Value::from(builder.placeholder_names.clone())),
            "{'#n0': 'a', '#n1': 'b', '#n2': 'c', '#n3': 's', '#n4': 'x', '#n5': 'y'}"
        );
        assert_eq!(
            repr(&Value::from(builder.placeholder_values.clone())),
            "{':v0': 1, ':v1': 1, ':v2': 2, ':v3': 'p', ':v4': 'q', ':v5': 'z'}"
        );
        let keys = and(
            &key_eq(&Key::new("k"), &Value::from("v")),
            &key_between(&Key::new("r"), &Value::from(1_i64), &Value::from(2_i64)),
        );
        assert_eq!(
            builder.expression(&keys, true).unwrap(),
            "(#n6 = :v6 AND #n7 BETWEEN :v7 AND :v8)"
        );
    }

    #[test]
    fn what_is_no_condition_on_keys_is_refused() {
        let mut builder = ConditionExpressionBuilder::default();
        let condition = attr_eq(&Attr::new("k"), &Value::from("v"));
        let error = builder.expression(&condition, true).unwrap_err();
        assert_eq!(error.class().name, "DynamoDBNeedsKeyConditionError");
        assert_eq!(
            error.to_string(),
            "Attribute object k is of type <class 'boto3.dynamodb.conditions.Attr'>. \
             KeyConditionExpression only supports Attribute objects of type Key"
        );
        let error = and_value(&condition, &Value::from(5_i64)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "AND operation cannot be applied to value 5 of type <class 'int'> directly. Must use \
             AttributeBase object methods (i.e. Attr().eq()). to generate ConditionBase instances \
             first."
        );
    }
}
