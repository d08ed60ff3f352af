//! The JMESPath expressions by which Powertools for AWS Lambda finds a member of an event: names,
//! quoted names and indexes, and `powertools_json` around them. Others are refused.

use super::error::{self, Result};
use super::json;
use super::value::Value;

/// `aws_lambda_powertools.logging.correlation_paths.API_GATEWAY_REST`
pub const API_GATEWAY_REST: &str = "requestContext.requestId";
/// `aws_lambda_powertools.logging.correlation_paths.API_GATEWAY_HTTP`
pub const API_GATEWAY_HTTP: &str = "requestContext.requestId";
/// `aws_lambda_powertools.logging.correlation_paths.APPSYNC_AUTHORIZER`
pub const APPSYNC_AUTHORIZER: &str = "requestContext.requestId";
/// `aws_lambda_powertools.logging.correlation_paths.APPSYNC_RESOLVER`
pub const APPSYNC_RESOLVER: &str = r#"request.headers."x-amzn-trace-id""#;
/// `aws_lambda_powertools.logging.correlation_paths.APPLICATION_LOAD_BALANCER`
pub const APPLICATION_LOAD_BALANCER: &str = r#"headers."x-amzn-trace-id""#;
/// `aws_lambda_powertools.logging.correlation_paths.EVENT_BRIDGE`
pub const EVENT_BRIDGE: &str = "id";
/// `aws_lambda_powertools.logging.correlation_paths.LAMBDA_FUNCTION_URL`
pub const LAMBDA_FUNCTION_URL: &str = "requestContext.requestId";
/// `aws_lambda_powertools.logging.correlation_paths.S3_OBJECT_LAMBDA`
pub const S3_OBJECT_LAMBDA: &str = "xAmzRequestId";
/// `aws_lambda_powertools.logging.correlation_paths.VPC_LATTICE`
pub const VPC_LATTICE: &str = r#"headers."x-amzn-trace-id""#;

/// What an expression finds in a value; `None` where there is nothing.
pub fn query(data: &Value, expression: &str) -> Result<Value> {
    let refused = || error::untranslated(format!("the JMESPath expression {expression}"));
    let mut rest = expression.trim();
    let mut found = data.clone();
    if let Some(inner) = rest.strip_prefix("powertools_json(") {
        let (inner, after) = inner.split_once(')').ok_or_else(refused)?;
        found = json::loads_value(&query(data, inner)?)?;
        rest = match after.strip_prefix('.') {
            Some(after) => after,
            None if after.is_empty() => return Ok(found),
            None => return Err(refused()),
        };
    }
    loop {
        let (step, after) = step(rest).ok_or_else(refused)?;
        found = match (&step, &found) {
            (Step::Name(name), Value::Dict(members)) => members.find(name).unwrap_or_default(),
            (Step::Index(index), Value::List(items)) => {
                let place = super::list::place(*index, items.len());
                place.and_then(|place| items.at(place)).unwrap_or_default()
            }
            _ => Value::None,
        };
        rest = match after.strip_prefix('.') {
            _ if after.is_empty() => return Ok(found),
            Some(after) if !after.starts_with('[') => after,
            None if after.starts_with('[') => after,
            _ => return Err(refused()),
        };
    }
}

/// One step from a value to a part of it.
enum Step {
    Name(String),
    Index(i64),
}

/// The first step of an expression, and what follows it.
fn step(expression: &str) -> Option<(Step, &str)> {
    if let Some(inner) = expression.strip_prefix('[') {
        let (index, after) = inner.split_once(']')?;
        return Some((Step::Index(index.parse().ok()?), after));
    }
    if let Some(inner) = expression.strip_prefix('"') {
        let (name, after) = inner.split_once('"')?;
        return (!name.contains('\\')).then(|| (Step::Name(name.to_owned()), after));
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let end = expression.find(|letter| !is_part(letter));
    let (name, after) = expression.split_at(end.unwrap_or(expression.len()));
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    is_name.then(|| (Step::Name(name.to_owned()), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(expression: &str) -> String {
        let event =
            r#"{"a": {"b-c": [1, {"d": 2}]}, "body": "{\"id\": \"x\", \"n\": [5]}", "id": 7}"#;
        let found = json::loads(event).and_then(|event| query(&event, expression));
        found.map_or_else(|error| error.to_string(), |value| value.to_string())
    }

    #[test]
    fn finds_what_jmespath_finds() {
        for (expression, expected) in [
            ("id", "7"),
            (r#"a."b-c"[1].d"#, "2"),
            (r#"a."b-c"[-2]"#, "1"),
            (r#"a."b-c"[2]"#, "None"),
            ("a.x.y", "None"),
            ("id.x", "None"),
            ("powertools_json(body).id", "x"),
            ("powertools_json(body).n[0]", "5"),
            ("powertools_json(body)", "{'id': 'x', 'n': [5]}"),
        ] {
            assert_eq!(found(expression), expected, "{expression}");
        }
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for expression in ["a || b", "a[*]", "", "a.", "a.[0]", "length(a)", "-a"] {
            let expected = format!("the JMESPath expression {expression}");
            assert_eq!(found(expression), expected);
        }
    }
}
