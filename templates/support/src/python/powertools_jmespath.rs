//! The JMESPath expressions by which Powertools for AWS Lambda finds a member of an event: names,
//! quoted names, indexes and lists of such, and `powertools_json` around them. Others are refused.

use super::error::{self, Result};
use super::json;
use super::list::List;
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
        found = match query(data, inner)? {
            Value::Str(text) => json::loads(&text)?,
            _ => return Err(error::untranslated("powertools_json of what is not a str")),
        };
        if after.is_empty() {
            return Ok(found);
        }
        rest = next(after).ok_or_else(refused)?;
    }
    loop {
        let (step, after) = step(rest).ok_or_else(refused)?;
        found = taken(&found, &step)?;
        if after.is_empty() {
            return Ok(found);
        }
        rest = next(after).ok_or_else(refused)?;
    }
}

/// One step from a value to a part of it.
enum Step<'a> {
    Name(&'a str),
    Index(i64),
    /// What several expressions find.
    All(Vec<&'a str>),
}

/// What follows a step. Indexes follow without a dot, all else with one.
fn next(after: &str) -> Option<&str> {
    match after.strip_prefix('.') {
        Some(rest) if !matches!(step(rest), Some((Step::Index(_), _))) => Some(rest),
        None if matches!(step(after), Some((Step::Index(_), _))) => Some(after),
        _ => None,
    }
}

/// The part of a value to which a step leads.
fn taken(value: &Value, step: &Step<'_>) -> Result<Value> {
    match (step, value) {
        (Step::Name(name), Value::Dict(members)) => Ok(members.find(name).unwrap_or_default()),
        (Step::Index(index), Value::List(items)) => {
            let place = super::list::place(*index, items.len());
            Ok(place.and_then(|place| items.at(place)).unwrap_or_default())
        }
        (Step::All(expressions), value) if !value.is_none() => {
            let found = expressions
                .iter()
                .map(|expression| query(value, expression));
            Ok(found.collect::<Result<List>>()?.into())
        }
        _ => Ok(Value::None),
    }
}

/// The first step of an expression, and what follows it.
fn step(expression: &str) -> Option<(Step<'_>, &str)> {
    if let Some(inner) = expression.strip_prefix('[') {
        let (inner, after) = inner.split_once(']')?;
        if let Ok(index) = inner.parse() {
            return Some((Step::Index(index), after));
        }
        // Expressions inside that have brackets of their own are not taken apart.
        let is_plain = !inner.contains(['[', '(', '{', '*', '?', ':']);
        return is_plain.then(|| (Step::All(inner.split(',').map(str::trim).collect()), after));
    }
    if let Some(inner) = expression.strip_prefix('"') {
        let (name, after) = inner.split_once('"')?;
        return (!name.contains('\\')).then_some((Step::Name(name), after));
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let end = expression.find(|letter| !is_part(letter));
    let (name, after) = expression.split_at(end.unwrap_or(expression.len()));
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    is_name.then_some((Step::Name(name), after))
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
            (r#"[id, a."b-c", x]"#, "[7, [1, {'d': 2}], None]"),
            ("powertools_json(body).[id, n]", "['x', [5]]"),
            ("x.[id]", "None"),
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
