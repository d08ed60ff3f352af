//! The answers of API Gateway authorizers, as Powertools for AWS Lambda builds them.

use std::cell::RefCell;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{self, Result};
use super::list::List;
use super::powertools_authorizer_arn as route_arn;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse`
#[derive(Debug, Clone)]
pub struct ApiGatewayAuthorizerResponse(Rc<Policy>);

/// What is allowed and denied to whom.
#[derive(Debug)]
struct Policy {
    principal_id: Value,
    /// The start of the ARNs of its routes.
    arn: String,
    context: Value,
    usage_identifier_key: Value,
    allowed: RefCell<Vec<Route>>,
    denied: RefCell<Vec<Route>>,
}

/// A route, and the conditions under which it counts.
#[derive(Debug)]
struct Route {
    arn: String,
    conditions: Value,
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse(principal_id, region, aws_account_id, api_id, stage, context=None, usage_identifier_key=None)`.
pub fn response(
    principal_id: &Value,
    region: &Value,
    aws_account_id: &Value,
    api_id: &Value,
    stage: &Value,
    context: &Value,
    usage_identifier_key: &Value,
) -> ApiGatewayAuthorizerResponse {
    ApiGatewayAuthorizerResponse(Rc::new(Policy {
        principal_id: principal_id.clone(),
        arn: format!("arn:aws:execute-api:{region}:{aws_account_id}:{api_id}/{stage}"),
        context: context.clone(),
        usage_identifier_key: usage_identifier_key.clone(),
        allowed: RefCell::default(),
        denied: RefCell::default(),
    }))
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.from_route_arn(arn, principal_id, context=None, usage_identifier_key=None)`.
pub fn from_route_arn(
    arn: &Value,
    principal_id: &Value,
    context: &Value,
    usage_identifier_key: &Value,
) -> Result<ApiGatewayAuthorizerResponse> {
    let arn = route_arn::parse_value(arn)?;
    Ok(response(
        principal_id,
        &route_arn::region(&arn).into(),
        &route_arn::aws_account_id(&arn).into(),
        &route_arn::api_id(&arn).into(),
        &route_arn::stage(&arn).into(),
        context,
        usage_identifier_key,
    ))
}

/// The methods that a route may name.
const VERBS: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "HEAD", "DELETE", "OPTIONS", "*",
];

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpVerb(&'static str);

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.GET`
pub const GET: HttpVerb = HttpVerb("GET");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.POST`
pub const POST: HttpVerb = HttpVerb("POST");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.PUT`
pub const PUT: HttpVerb = HttpVerb("PUT");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.PATCH`
pub const PATCH: HttpVerb = HttpVerb("PATCH");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.HEAD`
pub const HEAD: HttpVerb = HttpVerb("HEAD");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.DELETE`
pub const DELETE: HttpVerb = HttpVerb("DELETE");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.OPTIONS`
pub const OPTIONS: HttpVerb = HttpVerb("OPTIONS");
/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.ALL`
pub const ALL: HttpVerb = HttpVerb("*");

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.HttpVerb.value`
pub fn verb_value(verb: HttpVerb) -> String {
    verb.0.to_owned()
}

/// The ARN of a route. What versions of Powertools take for different things is refused.
fn arn_of(policy: &Policy, http_method: &str, resource: &str) -> Result<String> {
    if http_method == "ALL" {
        return Err(error::untranslated("a route of the method ALL"));
    }
    if !VERBS.contains(&http_method) {
        let verbs: List = VERBS.into_iter().map(Value::from).collect();
        let verbs = Value::from(verbs);
        let text = format!("Invalid HTTP verb: '{http_method}'. Use either '{verbs}'");
        return Err(error::value_error(text));
    }
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || "/.-_*".contains(letter);
    if resource.is_empty() || !resource.chars().all(is_known) {
        return Err(error::untranslated(format!("a route to {resource}")));
    }
    let resource = resource.trim_start_matches('/');
    Ok(format!("{}/{http_method}/{resource}", policy.arn))
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.allow_all_routes(http_method='*')`.
pub fn allow_all_routes(response: &ApiGatewayAuthorizerResponse, http_method: &str) -> Result<()> {
    allow_route(response, http_method, "*", &Value::None)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.deny_all_routes(http_method='*')`.
pub fn deny_all_routes(response: &ApiGatewayAuthorizerResponse, http_method: &str) -> Result<()> {
    deny_route(response, http_method, "*", &Value::None)
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.allow_route(http_method, resource, conditions=None)`.
pub fn allow_route(
    response: &ApiGatewayAuthorizerResponse,
    http_method: &str,
    resource: &str,
    conditions: &Value,
) -> Result<()> {
    let (arn, conditions) = (
        arn_of(&response.0, http_method, resource)?,
        conditions.clone(),
    );
    response
        .0
        .allowed
        .borrow_mut()
        .push(Route { arn, conditions });
    Ok(())
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.deny_route(http_method, resource, conditions=None)`.
pub fn deny_route(
    response: &ApiGatewayAuthorizerResponse,
    http_method: &str,
    resource: &str,
    conditions: &Value,
) -> Result<()> {
    let (arn, conditions) = (
        arn_of(&response.0, http_method, resource)?,
        conditions.clone(),
    );
    response
        .0
        .denied
        .borrow_mut()
        .push(Route { arn, conditions });
    Ok(())
}

fn statement(effect: &str, resources: List) -> Dict {
    let statement = Dict::new();
    statement.insert("Action", "execute-api:Invoke");
    statement.insert("Effect", effect);
    statement.insert("Resource", resources);
    statement
}

/// Adds the statements of routes: those with conditions come first, each on its own.
fn add_statements(statements: &List, effect: &str, routes: &[Route]) {
    let plain = List::new();
    for Route { arn, conditions } in routes {
        if conditions.is_true() {
            let conditional = statement(effect, [Value::from(arn)].into_iter().collect());
            conditional.insert("Condition", conditions);
            statements.push(conditional);
        } else {
            plain.push(arn);
        }
    }
    if !plain.is_empty() {
        statements.push(statement(effect, plain));
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponse.asdict()`.
pub fn asdict(response: &ApiGatewayAuthorizerResponse) -> Result<Dict> {
    let policy = &response.0;
    let statements = List::new();
    add_statements(&statements, "Allow", &policy.allowed.borrow());
    add_statements(&statements, "Deny", &policy.denied.borrow());
    if statements.is_empty() {
        return Err(error::value_error("No statements defined for the policy"));
    }
    let answer = Dict::new();
    answer.insert("principalId", &policy.principal_id);
    answer.insert("policyDocument", document(statements));
    if policy.usage_identifier_key.is_true() {
        answer.insert("usageIdentifierKey", &policy.usage_identifier_key);
    }
    if policy.context.is_true() {
        answer.insert("context", &policy.context);
    }
    Ok(answer)
}

fn document(statements: List) -> Dict {
    let document = Dict::new();
    document.insert("Version", "2012-10-17");
    document.insert("Statement", statements);
    document
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.DENY_ALL_RESPONSE`
pub fn deny_all_response() -> Dict {
    let (answer, statements, all) = (Dict::new(), List::new(), List::new());
    all.push("*");
    statements.push(statement("Deny", all));
    answer.insert("principalId", "deny-all-user");
    answer.insert("policyDocument", document(statements));
    answer
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponseV2`
#[derive(Debug, Clone)]
pub struct ApiGatewayAuthorizerResponseV2 {
    authorize: Value,
    context: Value,
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponseV2(authorize=False, context=None)`.
pub fn response_v2(authorize: &Value, context: &Value) -> ApiGatewayAuthorizerResponseV2 {
    ApiGatewayAuthorizerResponseV2 {
        authorize: authorize.clone(),
        context: context.clone(),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event.APIGatewayAuthorizerResponseV2.asdict()`.
pub fn asdict_v2(response: &ApiGatewayAuthorizerResponseV2) -> Dict {
    let answer = Dict::new();
    answer.insert("isAuthorized", &response.authorize);
    if response.context.is_true() {
        answer.insert("context", &response.context);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::json;

    fn raised<T>(result: Result<T>) -> String {
        match result {
            Ok(_) => String::new(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    fn of_user(context: impl Into<Value>, key: impl Into<Value>) -> ApiGatewayAuthorizerResponse {
        let [region, account, api, stage] = ["r", "1", "api", "prod"].map(Value::from);
        response(
            &"u".into(),
            &region,
            &account,
            &api,
            &stage,
            &context.into(),
            &key.into(),
        )
    }

    #[test]
    fn policies_are_those_of_powertools() -> Result<()> {
        let policy = of_user(dict! {"a": 1}, "key");
        assert_eq!(
            raised(asdict(&policy)),
            "ValueError: No statements defined for the policy"
        );
        allow_route(&policy, "GET", "/a/*", &Value::None)?;
        let conditions = dict! {"StringEquals": 1}.into();
        allow_route(&policy, "POST", "b", &conditions)?;
        allow_route(&policy, "PUT", "c", &Dict::new().into())?;
        deny_all_routes(&policy, "*")?;
        let expected = r#"{"principalId": "u", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": ["arn:aws:execute-api:r:1:api/prod/POST/b"], "Condition": {"StringEquals": 1}}, {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": ["arn:aws:execute-api:r:1:api/prod/GET/a/*", "arn:aws:execute-api:r:1:api/prod/PUT/c"]}, {"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": ["arn:aws:execute-api:r:1:api/prod/*/*"]}]}, "usageIdentifierKey": "key", "context": {"a": 1}}"#;
        assert_eq!(json::dumps(&asdict(&policy)?.into())?, expected);
        let arn = "arn:aws:execute-api:r:1:api/prod/GET/x".into();
        let policy = from_route_arn(&arn, &"u".into(), &Value::None, &Value::None)?;
        allow_all_routes(&policy, "GET")?;
        let expected = r#"{"principalId": "u", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": ["arn:aws:execute-api:r:1:api/prod/GET/*"]}]}}"#;
        assert_eq!(json::dumps(&asdict(&policy)?.into())?, expected);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let policy = of_user((), ());
        let verb = "ValueError: Invalid HTTP verb: 'get'. Use either '['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', '*']'";
        assert_eq!(raised(allow_all_routes(&policy, "get")), verb);
        let route = raised(deny_route(&policy, "GET", "a{b}", &Value::None));
        assert_eq!(route, "Untranslated: a route to a{b}");
    }

    #[test]
    fn simple_answers() {
        let simple = |authorize: bool, context: Value| {
            Value::from(asdict_v2(&response_v2(&authorize.into(), &context))).to_string()
        };
        assert_eq!(simple(false, Value::None), "{'isAuthorized': False}");
        let expected = "{'isAuthorized': True, 'context': {'a': 1}}";
        assert_eq!(simple(true, dict! {"a": 1}.into()), expected);
    }
}
