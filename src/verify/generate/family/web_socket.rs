//! Routes of WebSocket APIs. After "Set up a WebSocket API integration request".

use serde_json::{Value, json};

use super::edit::{at, set};
use super::{Base, NOW_MILLIS, Source, Variation, content};
use crate::verify::generate::codec;

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let own = source.event.path.as_deref();
    let routes = match own {
        Some(route) => vec![route],
        None => vec!["$connect", "$default", "$disconnect"],
    };
    let base = |route: &str| {
        let why = "a connection is opened, used, or closed";
        Base::new(route.to_owned(), why, event(source, route))
    };
    routes.into_iter().map(base).collect()
}

fn event(source: Source<'_>, route: &str) -> Value {
    let host = format!("abcdef1234.execute-api.{}.amazonaws.com", source.region());
    let kind = match route {
        "$connect" => "CONNECT",
        "$disconnect" => "DISCONNECT",
        _ => "MESSAGE",
    };
    let headers = [
        ("Host", host.as_str()),
        (
            "Sec-WebSocket-Extensions",
            "permessage-deflate; client_max_window_bits",
        ),
        ("Sec-WebSocket-Key", "X/MA+DSRXZ8WnITjBpxm3g=="),
        ("Sec-WebSocket-Version", "13"),
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ];
    let headers = headers
        .iter()
        .filter(|(name, _)| kind == "CONNECT" || !name.starts_with("Sec"));
    let single: serde_json::Map<_, _> = headers
        .clone()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let lists: serde_json::Map<_, _> = headers
        .map(|(name, value)| ((*name).to_owned(), json!([value])))
        .collect();
    let mut context = json!({
        "routeKey": route,
        "eventType": kind,
        "extendedRequestId": "XfGLwFTktjMFsLg=",
        "requestTime": "12/Mar/2026:19:03:58 +0000",
        "messageDirection": "IN",
        "stage": "prod",
        "connectedAt": NOW_MILLIS - 60_000,
        "requestTimeEpoch": NOW_MILLIS,
        "identity": {"userAgent": "websocat/1.13", "sourceIp": "203.0.113.7"},
        "requestId": "XfGLwFTktjMFsLg=",
        "domainName": host,
        "connectionId": "XfGLwdUOtjMCJXQ=",
        "apiId": "abcdef1234",
    });
    match kind {
        "CONNECT" => {
            json!({"headers": single, "multiValueHeaders": lists, "requestContext": context,
                   "isBase64Encoded": false})
        }
        "DISCONNECT" => {
            set(&mut context, &["disconnectStatusCode"], json!(1001));
            set(&mut context, &["disconnectReason"], json!("Going away"));
            json!({"headers": single, "multiValueHeaders": lists, "requestContext": context,
                   "isBase64Encoded": false})
        }
        _ => {
            set(&mut context, &["messageId"], json!("XfGLxfSHNjMCJXQ="));
            let action = if route.starts_with('$') {
                "message"
            } else {
                route
            };
            let body = json!({"action": action, "message": "hello"});
            json!({"requestContext": context, "body": codec::dumped(&body),
                   "isBase64Encoded": false})
        }
    }
}

pub(super) fn variations() -> Vec<Variation> {
    let get = |event: &mut Value| at(event, &["body"])?.as_str().map(str::to_owned);
    let put = |event: &mut Value, text: String| set(event, &["body"], Value::String(text));
    let mut all = content::variations("body", get, put);
    all.push(Variation::new(
        "binary frame",
        "bytes arrive in Base64",
        |event| {
            let encoded = at(event, &["body"])
                .and_then(|body| Some(codec::base64(body.as_str()?.as_bytes())));
            let Some(encoded) = encoded else {
                return false;
            };
            set(event, &["body"], json!(encoded)) && set(event, &["isBase64Encoded"], json!(true))
        },
    ));
    all.push(Variation::new(
        "query on connecting",
        "tokens stand in the URL",
        |event| {
            event.pointer("/requestContext/eventType") == Some(&json!("CONNECT"))
                && set(
                    event,
                    &["queryStringParameters"],
                    json!({"token": "k-1", "room": "a b"}),
                )
                && set(
                    event,
                    &["multiValueQueryStringParameters"],
                    json!({"token": ["k-1"], "room": ["a b"]}),
                )
        },
    ));
    all.push(Variation::new(
        "caller known by an authorizer",
        "its context comes along",
        |event| {
            let context = json!({"principalId": "ada", "integrationLatency": 51});
            set(event, &["requestContext", "authorizer"], context)
        },
    ));
    all.push(Variation::new(
        "abnormal close",
        "the peer vanished",
        |event| {
            at(event, &["requestContext", "disconnectStatusCode"]).is_some()
                && set(
                    event,
                    &["requestContext", "disconnectStatusCode"],
                    json!(1006),
                )
                && set(event, &["requestContext", "disconnectReason"], json!(""))
        },
    ));
    all
}
