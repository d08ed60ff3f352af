//! What an API knows of the caller, by the authorizer of a route.

use serde_json::{Value, json};

use super::Source;
use crate::sam::{self, EventKind};

/// How a route's callers are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// Nobody asks.
    Anyone,
    /// A Lambda authorizer answers with a context.
    Lambda,
    /// A JWT authorizer of an HTTP API.
    Jwt,
    /// A Cognito user pool of a REST API.
    Cognito,
    /// IAM signs the request.
    Iam,
}

/// Who calls the route of an event source, as the API's `Auth` says.
pub(super) fn of(source: Source<'_>) -> Caller {
    let section = match source.event.kind {
        EventKind::Api => "Api",
        EventKind::HttpApi => "HttpApi",
        _ => return Caller::Anyone,
    };
    let auths = auths(source, section);
    let named = source.event.authorizer.clone().or_else(|| {
        let default = auths.iter().find_map(|auth| auth.get("DefaultAuthorizer"));
        default.map(ToString::to_string)
    });
    let Some(name) = named else {
        return Caller::Anyone;
    };
    match name.as_str() {
        "NONE" => return Caller::Anyone,
        "AWS_IAM" => return Caller::Iam,
        _ => {}
    }
    let authorizers = auths.iter().filter_map(|auth| auth.get("Authorizers"));
    let found = authorizers.filter_map(|it| it.get(&name)).next();
    let has = |property: &str| found.is_some_and(|it| it.get(property).is_some());
    match (
        has("FunctionArn"),
        has("JwtConfiguration"),
        has("UserPoolArn"),
    ) {
        (true, ..) => Caller::Lambda,
        (_, true, _) => Caller::Jwt,
        (_, _, true) => Caller::Cognito,
        _ => Caller::Anyone,
    }
}

/// `Auth` of the API that an event source names, then that of Globals.
pub(super) fn auths(source: Source<'_>, section: &str) -> Vec<sam::Value> {
    let properties = &source.event.properties;
    let api = properties
        .get("RestApiId")
        .or_else(|| properties.get("ApiId"));
    let api = api.or(source.event.source.as_ref());
    let id = api.and_then(|api| api.reference().map(|(id, _)| id).or_else(|| api.as_text()));
    let own = id.and_then(|id| source.template.properties(id));
    [own, source.template.globals(section)]
        .into_iter()
        .flatten()
        .filter_map(|properties| properties.get("Auth").cloned())
        .collect()
}

/// `requestContext.authorizer` of version 1.0.
pub(super) fn context_v1(caller: Caller) -> Option<Value> {
    match caller {
        Caller::Anyone | Caller::Iam => None,
        Caller::Lambda => Some(json!({"principalId": "ada", "integrationLatency": 51})),
        Caller::Cognito | Caller::Jwt => Some(json!({"claims": claims()})),
    }
}

/// `requestContext.authorizer` of version 2.0.
pub(super) fn context_v2(caller: Caller) -> Option<Value> {
    match caller {
        Caller::Anyone => None,
        Caller::Lambda => Some(json!({"lambda": {}})),
        Caller::Jwt | Caller::Cognito => Some(json!({"jwt": {"claims": claims(), "scopes": null}})),
        Caller::Iam => Some(json!({"iam": {
            "accessKey": "ASIAEXAMPLE",
            "accountId": "123456789012",
            "callerId": "AROAEXAMPLE:session",
            "cognitoIdentity": null,
            "principalOrgId": "o-exampleorgid",
            "userArn": "arn:aws:sts::123456789012:assumed-role/caller/session",
            "userId": "AROAEXAMPLE:session",
        }})),
    }
}

/// API Gateway hands every claim on as text.
fn claims() -> Value {
    json!({
        "sub": "ada",
        "email": "ada@example.com",
        "email_verified": "true",
        "cognito:username": "ada",
        "cognito:groups": "[admin users]",
        "iss": "https://auth.example.com/",
        "aud": "orders",
        "token_use": "id",
        "auth_time": "1773342238",
        "iat": "1773342238",
        "exp": "1773345838",
        "scope": "orders/read orders/write",
    })
}
