//! Requests that an API asks a function about. After "Input to an API Gateway Lambda authorizer"
//! and "Control access to HTTP APIs with AWS Lambda authorizers".

use serde_json::{Map, Value, json};

use super::edit::{at, object, remove, replacing, set, without};
use super::request::{self, Request, stage};
use super::{Base, Source, Variation, caller};
use crate::sam::{Event, EventKind, Payload};
use crate::verify::generate::{plausible, text};

/// Routes that an authorizer is tried with, at most.
const MAX_ROUTES: usize = 4;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let mut bases = Vec::new();
    for (method, route) in guarded(source) {
        let mut request = Request::new(source, &method, &route, None).version_1(source);
        let arn = |event: &Value| {
            let path = event.get("path").and_then(Value::as_str).unwrap_or("/");
            let (region, account) = (source.region(), source.account());
            let stage = stage(source);
            format!("arn:aws:execute-api:{region}:{account}:abcdef1234/{stage}/{method}{path}")
        };
        let event = match source.event.payload {
            Payload::AuthorizerToken => json!({
                "type": "TOKEN",
                "authorizationToken": plausible::text("authorization"),
                "methodArn": arn(&request),
            }),
            Payload::AuthorizerRequestV1 => {
                with_identity(source, &mut request);
                let arn = arn(&request);
                request_v1(request, &arn)
            }
            _ => request_v2(source, &method, &route),
        };
        let name = format!("asked about {method} {route}");
        bases.push(Base::new(
            name,
            "a request to a route that the authorizer guards",
            event,
        ));
    }
    bases
}

/// Methods and paths of the routes of the authorizer's API.
fn guarded(source: Source<'_>) -> Vec<(String, String)> {
    let kind = match source.event.payload {
        Payload::AuthorizerRequestV2 => EventKind::HttpApi,
        _ => EventKind::Api,
    };
    let events = source.template.functions.iter().flat_map(|it| &it.events);
    let of_kind: Vec<&Event> = events
        .filter(|it| it.kind == kind && it.path.is_some())
        .collect();
    let named: Vec<&Event> = of_kind
        .iter()
        .copied()
        .filter(|it| it.authorizer.as_deref() == Some(&source.event.name))
        .collect();
    let open = |it: &&Event| it.authorizer.is_none();
    let events = match named.is_empty() {
        true => of_kind.into_iter().filter(open).collect(),
        false => named,
    };
    let mut routes: Vec<(String, String)> = events
        .iter()
        .map(|event| {
            let method = event
                .method
                .as_deref()
                .filter(|it| *it != "ANY")
                .unwrap_or("GET");
            let path = event
                .path
                .as_deref()
                .filter(|it| it.starts_with('/'))
                .unwrap_or("/");
            (method.to_owned(), path.to_owned())
        })
        .collect();
    routes.sort();
    routes.dedup();
    routes.truncate(MAX_ROUTES);
    if routes.is_empty() {
        routes.push(("GET".to_owned(), "/".to_owned()));
    }
    routes
}

/// The headers that identify a caller, `Authorization` where the template names none.
fn identity_headers(source: Source<'_>) -> Vec<String> {
    let section = match source.event.payload {
        Payload::AuthorizerRequestV2 => "HttpApi",
        _ => "Api",
    };
    let headers = caller::auths(source, section).into_iter().find_map(|auth| {
        let authorizer = auth.get("Authorizers")?.get(&source.event.name)?;
        let headers = authorizer.get("Identity")?.get("Headers")?.as_list()?;
        Some(headers.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    headers
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| vec!["Authorization".to_owned()])
}

fn with_identity(source: Source<'_>, event: &mut Value) {
    for name in identity_headers(source) {
        let value = plausible::text(&name);
        if let Some(lists) = object(event, &["multiValueHeaders"]) {
            lists.insert(name.clone(), json!([value]));
        }
        if let Some(headers) = object(event, &["headers"]) {
            headers.insert(name, json!(value));
        }
    }
}

/// A REST API sends empty objects where its proxy integration sends null.
fn request_v1(event: Value, arn: &str) -> Value {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), json!("REQUEST"));
    fields.insert("methodArn".to_owned(), json!(arn));
    let Value::Object(request) = event else {
        return Value::Object(fields);
    };
    for (name, value) in request {
        match (name.as_str(), &value) {
            ("body" | "isBase64Encoded", _) => {}
            (_, Value::Null) => drop(fields.insert(name, json!({}))),
            _ => drop(fields.insert(name, value)),
        }
    }
    Value::Object(fields)
}

fn request_v2(source: Source<'_>, method: &str, route: &str) -> Value {
    let mut event = Request::new(source, method, route, None).version_2(source);
    let key = format!("{method} {route}");
    set(&mut event, &["routeKey"], json!(key));
    set(&mut event, &["requestContext", "routeKey"], json!(key));
    remove(&mut event, &["isBase64Encoded"]);
    let path = event
        .get("rawPath")
        .and_then(Value::as_str)
        .unwrap_or("/")
        .to_owned();
    let mut identities = Vec::new();
    for name in identity_headers(source) {
        let value = plausible::text(&name);
        identities.push(json!(value));
        if let Some(headers) = object(&mut event, &["headers"]) {
            headers.insert(name.to_lowercase(), json!(value));
        }
    }
    let (region, account) = (source.region(), source.account());
    let mut fields = Map::new();
    fields.insert("version".to_owned(), json!("2.0"));
    fields.insert("type".to_owned(), json!("REQUEST"));
    fields.insert(
        "routeArn".to_owned(),
        json!(format!(
            "arn:aws:execute-api:{region}:{account}:abcdef1234/$default/{method}{path}"
        )),
    );
    fields.insert("identitySource".to_owned(), Value::Array(identities));
    if let Value::Object(request) = event {
        fields.extend(request.into_iter().filter(|(name, _)| name != "version"));
    }
    Value::Object(fields)
}

/// What callers send to say who they are.
const CREDENTIALS: &[(&str, &str)] = &[
    ("Basic credentials", "Basic YWRhOmxvdmVsYWNl"),
    ("scheme in lower case", "basic YWRhOmxvdmVsYWNl"),
    ("scheme in capitals", "BASIC YWRhOmxvdmVsYWNl"),
    ("colon in the password", "Basic YWRhOmE6Yjpj"),
    ("no colon", "Basic YWRh"),
    ("empty user", "Basic OmxvdmVsYWNl"),
    ("empty password", "Basic YWRhOg=="),
    ("unicode user", "Basic Wm/Dqzrwn5GLOg=="),
    ("bytes that are no UTF-8", "Basic //79/Do6"),
    ("Base64 without padding", "Basic YWRhOg"),
    ("Base64 with white space", "Basic YWRh OmxvdmVsYWNl"),
    ("Base64 for URLs", "Basic Pz8_Pj4-Og=="),
    ("no Base64", "Basic ada:lovelace"),
    ("scheme alone", "Basic"),
    ("scheme and a space", "Basic "),
    ("two spaces", "Basic  YWRhOmxvdmVsYWNl"),
    ("tab for a space", "Basic\tYWRhOmxvdmVsYWNl"),
    ("bearer token", "Bearer abc.def.ghi"),
    ("JSON web token", JSON_WEB_TOKEN),
    ("bearer without token", "Bearer "),
    ("the word allow", "allow"),
    ("the word deny", "deny"),
    ("key alone", "k-1"),
    ("unknown key", "no-such-key"),
];

/// A token of three parts, none of them signed: {"alg":"none"}.{"sub":"ada","exp":4102444800}.
const JSON_WEB_TOKEN: &str =
    "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.c2ln";

pub(super) fn variations(payload: &Payload) -> Vec<Variation> {
    let hard = text::TEXTS.iter().map(|&(name, text)| (name, text));
    let mut all: Vec<Variation> = CREDENTIALS
        .iter()
        .copied()
        .chain(hard)
        .map(|(name, value)| {
            Variation::new(
                format!("credentials: {name}"),
                "what callers send",
                move |event| set_credentials(event, value),
            )
        })
        .collect();
    all.push(Variation::new(
        "no credentials",
        "the header is missing",
        without_credentials,
    ));
    match payload {
        Payload::AuthorizerToken => {
            all.push(without(
                "no token",
                "events made by hand",
                &["authorizationToken"],
            ));
            all.push(replacing(
                "null token",
                "by hand",
                &["authorizationToken"],
                Value::Null,
            ));
        }
        _ => {
            all.extend(request::headers(payload));
            all.push(Variation::new(
                "query",
                "identity may stand in the query",
                |event| {
                    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
                    request::set_query(event, &[pair("token", "k-1"), pair("page", "2")])
                },
            ));
        }
    }
    all.extend(arns());
    all
}

/// The header that carries the credentials: the first beyond those that every request has.
fn credentials_header(event: &Value) -> Option<String> {
    let headers = event.get("headers")?.as_object()?;
    let usual = ["accept", "host", "user-agent", "content-type"];
    let is_usual = |name: &str| {
        let name = name.to_lowercase();
        usual.contains(&name.as_str())
            || name.starts_with("x-amzn-")
            || name.starts_with("x-forwarded-")
    };
    headers.keys().find(|name| !is_usual(name)).cloned()
}

fn set_credentials(event: &mut Value, value: &str) -> bool {
    if event.get("authorizationToken").is_some() && event.get("headers").is_none() {
        return set(event, &["authorizationToken"], json!(value));
    }
    let Some(name) = credentials_header(event) else {
        return false;
    };
    let before = event.clone();
    if event.get("identitySource").is_some_and(Value::is_array) {
        set(event, &["identitySource"], json!([value]));
    }
    if let Some(headers) = object(event, &["headers"]) {
        headers.insert(name, json!(value));
    }
    request::settle_multi_value(&before, event);
    true
}

/// HTTP APIs send null for an identity source that is not there.
fn without_credentials(event: &mut Value) -> bool {
    let Some(name) = credentials_header(event) else {
        return false;
    };
    let before = event.clone();
    if event.get("identitySource").is_some() {
        set(event, &["identitySource"], Value::Null);
    }
    remove(event, &["headers", &name]);
    request::settle_multi_value(&before, event);
    true
}

fn arns() -> Vec<Variation> {
    let arns: [(&str, &str); 8] = [
        (
            "another stage",
            "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders",
        ),
        (
            "default stage",
            "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/$default/GET/a",
        ),
        (
            "deep path",
            "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/v1/DELETE/a/b/c/d",
        ),
        (
            "no path",
            "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/v1/GET",
        ),
        (
            "root path",
            "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/v1/GET/",
        ),
        (
            "colon in the path",
            "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/v1/GET/a:b",
        ),
        (
            "another partition",
            "arn:aws-cn:execute-api:cn-north-1:123456789012:abc/v1/POST/orders",
        ),
        (
            "connect route",
            "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/v1/$connect",
        ),
    ];
    let mut all: Vec<Variation> = arns
        .into_iter()
        .map(|(name, arn)| {
            Variation::new(
                format!("asked about: {name}"),
                "another method or route",
                move |event| {
                    let field = ["methodArn", "routeArn"];
                    let Some(field) = field.into_iter().find(|it| event.get(it).is_some()) else {
                        return false;
                    };
                    set(event, &[field], json!(arn))
                },
            )
        })
        .collect();
    all.push(Variation::new(
        "no ARN",
        "events made by hand leave it out",
        |event| remove(event, &["methodArn"]) || remove(event, &["routeArn"]),
    ));
    all.push(Variation::new(
        "path parameters",
        "a route with parameters",
        |event| {
            at(event, &["requestContext"]).is_some()
                && set(
                    event,
                    &["pathParameters"],
                    json!({"id": "1", "name": "Zoë 👋"}),
                )
        },
    ));
    all
}
