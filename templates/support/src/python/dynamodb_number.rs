//! DynamoDB's numbers.

use super::decimal::Decimal;
use super::error::{self, Error, Result, untranslated};
use super::value::Value;

/// A number as DynamoDB takes it.
pub fn text(value: &Value) -> Result<String> {
    match value {
        Value::Bool(value) => Ok(u8::from(*value).to_string()),
        Value::Int(number) => Ok(number.to_string()),
        Value::Decimal(number) => {
            let text = number.to_string();
            if matches!(text.as_str(), "Infinity" | "NaN") {
                let text = "Infinity and NaN not supported";
                return Err(Error::new(&error::TYPE_ERROR, text));
            }
            checked(&text)?;
            Ok(text)
        }
        _ => Err(untranslated("a number of another type")),
    }
}

/// A number of DynamoDB as a `Decimal`.
pub fn decimal(value: &Value) -> Result<Value> {
    let Value::Str(text) = value else {
        return Err(untranslated("a number of DynamoDB that is no string"));
    };
    checked(text)?;
    Ok(Value::Decimal(Decimal::parse(text)?))
}

/// Refuses what is beyond 38 digits, where Python raises or rounds.
fn checked(text: &str) -> Result<()> {
    let digits = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = digits
        .chars()
        .filter(char::is_ascii_digit)
        .skip_while(|it| *it == '0');
    if digits.count() > 38 {
        return Err(untranslated("a number of more than 38 digits"));
    }
    Ok(())
}
