//! Requests through REST APIs, HTTP APIs, function URLs and load balancers.
//! After "Lambda proxy integrations in API Gateway", "Create AWS Lambda proxy integrations for
//! HTTP APIs", "Invoking Lambda function URLs" and "Lambda functions as targets for Application
//! Load Balancers".

use serde_json::{Map, Value, json};

use super::caller::{self, Caller};
use super::edit::{at, object, remove, set};
use super::request::{Request, is_version_2};
use super::{Base, Source, Variation, content};
use crate::sam::{EventKind, Payload};
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let methods = match source.event.method.as_deref() {
        Some("ANY") | None => vec!["GET", "POST"],
        Some(method) => vec![method],
    };
    let route = source.event.path.as_deref().unwrap_or("/");
    let caller = caller::of(source);
    let mut bases = Vec::new();
    for method in methods {
        let body = matches!(method, "POST" | "PUT" | "PATCH").then(|| json!({"message": "hello"}));
        let request = Request::new(source, method, route, body.as_ref().map(codec::dumped));
        let event = match source.event.payload {
            Payload::ApiGatewayProxyV1 => {
                let mut event = request.version_1(source);
                if let Some(context) = caller::context_v1(caller) {
                    set(&mut event, &["requestContext", "authorizer"], context);
                }
                if source.event.kind == EventKind::HttpApi {
                    first(&mut event, "version", json!("1.0"));
                }
                event
            }
            Payload::Alb => request.load_balancer(source),
            Payload::FunctionUrl => request.function_url(source),
            _ => {
                let mut event = request.version_2(source);
                if let Some(context) = caller::context_v2(caller) {
                    set(&mut event, &["requestContext", "authorizer"], context);
                }
                event
            }
        };
        let name = format!("{method} {}", request.path);
        bases.push(Base::new(
            name,
            "a request to the function's own route",
            event,
        ));
    }
    bases
}

fn first(event: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = event {
        let rest = std::mem::take(fields);
        fields.insert(name.to_owned(), value);
        fields.extend(rest);
    }
}

pub(super) fn variations(payload: &Payload) -> Vec<Variation> {
    let mut all = bodies();
    all.extend(super::request::headers(payload));
    all.extend(queries(payload));
    all.extend(paths());
    all.extend(callers(payload));
    all.extend(encodings());
    all
}

fn bodies() -> Vec<Variation> {
    let mut all = vec![Variation::new(
        "no body",
        "version 1.0 sends null, 2.0 sends nothing, a load balancer an empty text",
        |event| {
            if is_version_2(event) {
                return remove(event, &["body"]);
            }
            let none = match event.pointer("/requestContext/elb") {
                Some(_) => json!(""),
                None => Value::Null,
            };
            event.get("body").is_some() && set(event, &["body"], none)
        },
    )];
    let get = |event: &mut Value| at(event, &["body"])?.as_str().map(str::to_owned);
    let put = |event: &mut Value, text: String| set(event, &["body"], Value::String(text));
    all.extend(content::variations("body", get, put));
    all
}

fn encodings() -> Vec<Variation> {
    let encoded = |event: &mut Value, bytes: &[u8]| {
        let body = json!(codec::base64(bytes));
        set(event, &["body"], body) && set(event, &["isBase64Encoded"], json!(true))
    };
    vec![
        Variation::new(
            "body in Base64",
            "APIs encode what they take for binary",
            move |event| {
                let body = event.get("body").and_then(Value::as_str).map(str::to_owned);
                body.is_some_and(|body| encoded(event, body.as_bytes()))
            },
        ),
        Variation::new("binary body", "bytes that are no text", move |event| {
            encoded(event, b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
        }),
        Variation::new(
            "body called Base64 that is none",
            "a flag that lies",
            |event| {
                event.get("body").is_some_and(Value::is_string)
                    && set(event, &["isBase64Encoded"], json!(true))
            },
        ),
        Variation::new(
            "no Base64 flag",
            "events made by hand leave it out",
            |event| remove(event, &["isBase64Encoded"]),
        ),
    ]
}

/// Name, reason, and the pairs of a query in the order of the URL.
type Query = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const QUERIES: &[Query] = &[
    (
        "one parameter",
        "a query with one parameter",
        &[("page", "2")],
    ),
    (
        "parameter twice",
        "versions differ in what they make of it",
        &[("tag", "a"), ("tag", "b")],
    ),
    ("parameter without value", "`?page=`", &[("page", "")]),
    (
        "unicode parameter",
        "encoded in the URL",
        &[("q", "Grüße 👋"), ("ключ", "значение")],
    ),
    (
        "parameter with marks",
        "plus, percent, ampersand",
        &[("q", "a+b c%20&d=e"), ("x", "1,2")],
    ),
    (
        "many parameters",
        "more than one",
        &[("a", "1"), ("b", "2"), ("c", "3"), ("A", "4")],
    ),
];

fn queries(payload: &Payload) -> Vec<Variation> {
    let mut all: Vec<Variation> = QUERIES
        .iter()
        .map(|&(name, why, pairs)| {
            Variation::new(format!("query: {name}"), why, move |event| {
                let mut all = super::request::query(event);
                all.retain(|(name, _)| pairs.iter().all(|(other, _)| name != other));
                let more = pairs
                    .iter()
                    .map(|(name, value)| ((*name).into(), (*value).into()));
                all.extend(more);
                super::request::set_query(event, &all)
            })
        })
        .collect();
    all.push(Variation::new("no query", "a URL without `?`", |event| {
        super::request::set_query(event, &[])
    }));
    if *payload != Payload::Alb {
        all.push(Variation::new(
            "empty objects for what is absent",
            "test tools and authorizers send {} where APIs send null",
            |event| {
                let names = ["queryStringParameters", "pathParameters", "stageVariables"];
                let mut changed = false;
                for name in names {
                    let absent = event.get(name).is_none_or(Value::is_null);
                    changed |= absent && set(event, &[name], json!({}));
                }
                changed
            },
        ));
        all.push(Variation::new(
            "null for what is absent",
            "test tools send null",
            |event| {
                let mut changed = false;
                for name in [
                    "queryStringParameters",
                    "pathParameters",
                    "stageVariables",
                    "body",
                ] {
                    changed |= event.get(name).is_none() && set(event, &[name], Value::Null);
                }
                changed
            },
        ));
        all.push(Variation::new(
            "stage variables",
            "a stage that has some",
            |event| {
                set(
                    event,
                    &["stageVariables"],
                    json!({"environment": "test", "flag": "true"}),
                )
            },
        ));
    }
    all
}

fn paths() -> Vec<Variation> {
    let parameter = |name: &'static str, why: &'static str, value: &'static str| {
        Variation::new(format!("path parameter: {name}"), why, move |event| {
            let before = event.clone();
            let Some(parameters) = object(event, &["pathParameters"]) else {
                return false;
            };
            for held in parameters.values_mut() {
                *held = json!(value);
            }
            super::request::settle_path(&before, event);
            before != *event
        })
    };
    vec![
        parameter("unknown", "nothing has this id", "no-such-thing"),
        parameter("unicode", "decoded", "Zoë 👋"),
        parameter("encoded", "still encoded", "a%2Fb%20c"),
        parameter("number", "digits", "0042"),
        parameter("long", "200 characters", LONG_SEGMENT),
        Variation::new(
            "no path parameters",
            "events made by hand leave them out",
            |event| {
                let had = event.get("pathParameters").is_some_and(Value::is_object);
                had && set(event, &["pathParameters"], Value::Null)
            },
        ),
        Variation::new("slash at the end", "`/orders/` is not `/orders`", |event| {
            rewrite_path(event, |path| format!("{path}/"))
        }),
        Variation::new("path in capitals", "paths heed case", |event| {
            rewrite_path(event, str::to_uppercase)
        }),
        Variation::new(
            "unknown path",
            "a route that the function does not know",
            |event| rewrite_path(event, |_| "/no/such/path".to_owned()),
        ),
        Variation::new(
            "unexpected method",
            "a method that the route does not name",
            |event| {
                let mut changed = false;
                for path in [&["httpMethod"][..], &["requestContext", "httpMethod"]] {
                    changed |= at(event, path).is_some() && set(event, path, json!("PATCH"));
                }
                let path = ["requestContext", "http", "method"];
                changed | (at(event, &path).is_some() && set(event, &path, json!("PATCH")))
            },
        ),
    ]
}

const LONG_SEGMENT: &str = concat!(
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
);

fn rewrite_path(event: &mut Value, rewrite: impl Fn(&str) -> String) -> bool {
    let mut changed = false;
    let places: [&[&str]; 4] = [
        &["path"],
        &["rawPath"],
        &["requestContext", "path"],
        &["requestContext", "http", "path"],
    ];
    for place in places {
        let stage = event
            .pointer("/requestContext/stage")
            .and_then(Value::as_str);
        let prefix = stage.map(|stage| format!("/{stage}")).unwrap_or_default();
        let Some(Value::String(path)) = at(event, place) else {
            continue;
        };
        *path = match path.strip_prefix(&prefix) {
            Some(rest) if place == ["requestContext", "path"] => {
                format!("{prefix}{}", rewrite(rest))
            }
            _ => rewrite(path),
        };
        changed = true;
    }
    changed
}

fn callers(payload: &Payload) -> Vec<Variation> {
    if matches!(payload, Payload::Alb) {
        return vec![multi_value()];
    }
    let context = match payload {
        Payload::ApiGatewayProxyV1 => caller::context_v1,
        _ => caller::context_v2,
    };
    let mut all: Vec<Variation> = [
        ("a Lambda authorizer", Caller::Lambda),
        ("a token's claims", Caller::Jwt),
        ("IAM", Caller::Iam),
    ]
    .into_iter()
    .filter_map(|(name, caller)| Some((name, context(caller)?)))
    .map(|(name, context)| {
        Variation::new(
            format!("caller known by {name}"),
            "another way to check callers",
            move |event| set(event, &["requestContext", "authorizer"], context.clone()),
        )
    })
    .collect();
    let authorizer: &'static [&'static str] = &["requestContext", "authorizer"];
    all.push(super::edit::without(
        "no authorizer",
        "a route that nobody guards",
        authorizer,
    ));
    all.push(super::edit::replacing(
        "null authorizer",
        "test tools send null",
        authorizer,
        Value::Null,
    ));
    all.push(super::edit::replacing(
        "empty authorizer",
        "an authorizer without a context",
        authorizer,
        json!({}),
    ));
    all.push(Variation::new(
        "caller over IPv6",
        "addresses are not all of one form",
        |event| {
            let mut changed = false;
            for place in ["identity", "http"] {
                let path = ["requestContext", place, "sourceIp"];
                changed |= at(event, &path).is_some() && set(event, &path, json!("2001:db8::1"));
            }
            changed
        },
    ));
    all
}

/// Target groups with `lambda.multi_value_headers.enabled` send lists instead of single values.
fn multi_value() -> Variation {
    Variation::new(
        "multi-value target group",
        "lists instead of single values",
        |event| {
            let Value::Object(fields) = event else {
                return false;
            };
            let names = [
                ("headers", "multiValueHeaders"),
                ("queryStringParameters", "multiValueQueryStringParameters"),
            ];
            let mut changed = false;
            for (single, multi) in names {
                if let Some(Value::Object(values)) = fields.shift_remove(single) {
                    let lists = values
                        .into_iter()
                        .map(|(name, value)| (name, json!([value])));
                    fields.insert(
                        multi.to_owned(),
                        Value::Object(lists.collect::<Map<_, _>>()),
                    );
                    changed = true;
                }
            }
            changed
        },
    )
}
