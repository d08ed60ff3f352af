//! Attributes of DynamoDB as Powertools for AWS Lambda makes Python's types of them.

use super::decimal::Decimal;
use super::dict::Dict;
use super::error::{self, Result};
use super::list::List;
use super::set::Set;
use super::value::Value;

/// The attributes of an item.
pub fn members(item: &Value) -> Result<Value> {
    let members = Dict::new();
    for (key, value) in item.expect_dict("items")?.pairs() {
        members.insert(key, deserialized(&value)?);
    }
    Ok(members.into())
}

/// An attribute. Numbers of more than 38 digits are refused.
fn deserialized(attribute: &Value) -> Result<Value> {
    let pair = attribute.expect_dict("keys")?.pair_at(0);
    let (kind, value) = pair.ok_or_else(|| error::index_error("list index out of range"))?;
    let each = || value.iterate();
    match kind.to_string().to_lowercase().as_str() {
        "null" => Ok(Value::None),
        "bool" | "s" | "b" => Ok(value),
        "n" => number(&value),
        "ns" => Ok(Set::of(each()?.map(|it| number(&it)).collect::<Result<Vec<_>>>()?)?.into()),
        "ss" | "bs" => Ok(Set::of(each()?)?.into()),
        "l" => {
            let items = each()?.map(|it| deserialized(&it));
            Ok(List::from_iter(items.collect::<Result<Vec<_>>>()?).into())
        }
        "m" => members(&value),
        _ => Err(error::type_error(format!(
            "Dynamodb type {kind} is not supported"
        ))),
    }
}

fn number(value: &Value) -> Result<Value> {
    let text = value.expect_str("lstrip")?.trim_start_matches('0');
    if matches!(text, "" | ".") {
        return Decimal::parse("0").map(Value::Decimal);
    }
    if text.bytes().filter(u8::is_ascii_digit).count() > 38 || text.len() > 38 {
        return Err(error::untranslated("a number of more than 38 digits"));
    }
    Decimal::parse(text).map(Value::Decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::json;

    #[test]
    fn attributes_become_python_s_types() -> Result<()> {
        let item = json::loads(
            r#"{"n": {"N": "007.50"}, "z": {"N": "0"}, "half": {"N": "0.5"}, "neg": {"N": "-0.5"}, "e": {"N": "1E+3"},
            "s": {"S": "x"}, "t": {"BOOL": true}, "none": {"NULL": true}, "b": {"B": "AQI="},
            "l": {"L": [{"S": "a"}, {"N": "1"}]}, "m": {"M": {"k": {"NS": ["1"]}}}, "ss": {"SS": ["a"]}}"#,
        )?;
        let expected = "{'n': Decimal('7.50'), 'z': Decimal('0'), 'half': Decimal('0.5'), \
            'neg': Decimal('-0.5'), 'e': Decimal('1E+3'), 's': 'x', 't': True, 'none': None, \
            'b': 'AQI=', 'l': ['a', Decimal('1')], 'm': {'k': {Decimal('1')}}, 'ss': {'a'}}";
        assert_eq!(members(&item)?.to_string(), expected);
        let unknown = members(&json::loads(r#"{"a": {"Q": 1}}"#)?);
        let unknown = unknown.map_err(|error| error.to_string());
        assert_eq!(unknown, Err("Dynamodb type Q is not supported".to_owned()));
        Ok(())
    }
}
