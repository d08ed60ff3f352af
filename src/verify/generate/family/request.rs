//! A request, written as each kind of API hands it on; and what in such an event follows from
//! what.

use serde_json::{Map, Value, json};

use super::edit::{at, object, set};
use super::{NOW_MILLIS, Source, Variation};
use crate::sam::Payload;
use crate::verify::generate::plausible;

/// A request to a route.
pub(super) struct Request {
    method: String,
    route: String,
    pub(super) path: String,
    parameters: Map<String, Value>,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

const TRACE: &str = "Root=1-65f0a5de-0a1b2c3d4e5f60718293a4b5";
const AGENT: &str = "curl/8.5.0";
const ADDRESS: &str = "203.0.113.7";
const TIME: &str = "12/Mar/2026:19:03:58 +0000";
const API_ID: &str = "abcdef1234";

impl Request {
    pub(super) fn new(source: Source<'_>, method: &str, route: &str, body: Option<String>) -> Self {
        let mut parameters = Map::new();
        let route = if route == "$default" { "/" } else { route };
        let segments: Vec<String> = route
            .split('/')
            .map(|segment| {
                let Some(name) = parameter(segment) else {
                    return segment.to_owned();
                };
                let greedy = segment.contains('+');
                let value = if greedy {
                    "a/b".to_owned()
                } else {
                    plausible::text(name)
                };
                parameters.insert(name.to_owned(), json!(value));
                value
            })
            .collect();
        let mut headers = vec![
            ("Accept".to_owned(), "application/json".to_owned()),
            (
                "Host".to_owned(),
                format!("{API_ID}.execute-api.{}.amazonaws.com", source.region()),
            ),
            ("User-Agent".to_owned(), AGENT.to_owned()),
            ("X-Amzn-Trace-Id".to_owned(), TRACE.to_owned()),
            ("X-Forwarded-For".to_owned(), ADDRESS.to_owned()),
            ("X-Forwarded-Port".to_owned(), "443".to_owned()),
            ("X-Forwarded-Proto".to_owned(), "https".to_owned()),
        ];
        if body.is_some() {
            headers.insert(
                1,
                ("Content-Type".to_owned(), "application/json".to_owned()),
            );
        }
        Self {
            method: method.to_owned(),
            route: route.to_owned(),
            path: segments.join("/"),
            parameters,
            headers,
            body,
        }
    }

    /// REST APIs, and HTTP APIs with version 1.0.
    pub(super) fn version_1(&self, source: Source<'_>) -> Value {
        let stage = stage(source);
        let region = source.region();
        let parameters = match self.parameters.is_empty() {
            true => Value::Null,
            false => Value::Object(self.parameters.clone()),
        };
        json!({
            "resource": self.route,
            "path": self.path,
            "httpMethod": self.method,
            "headers": self.single_headers(false),
            "multiValueHeaders": self.multi_headers(),
            "queryStringParameters": null,
            "multiValueQueryStringParameters": null,
            "pathParameters": parameters,
            "stageVariables": null,
            "requestContext": {
                "resourceId": "2gxmpl",
                "resourcePath": self.route,
                "httpMethod": self.method,
                "extendedRequestId": "JJbxmplHYosFVYQ=",
                "requestTime": TIME,
                "path": format!("/{stage}{}", self.path),
                "accountId": source.account(),
                "protocol": "HTTP/1.1",
                "stage": stage,
                "domainPrefix": API_ID,
                "requestTimeEpoch": NOW_MILLIS,
                "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
                "identity": {
                    "cognitoIdentityPoolId": null,
                    "accountId": null,
                    "cognitoIdentityId": null,
                    "caller": null,
                    "sourceIp": ADDRESS,
                    "principalOrgId": null,
                    "accessKey": null,
                    "cognitoAuthenticationType": null,
                    "cognitoAuthenticationProvider": null,
                    "userArn": null,
                    "userAgent": AGENT,
                    "user": null,
                },
                "domainName": format!("{API_ID}.execute-api.{region}.amazonaws.com"),
                "deploymentId": "pi4mhd",
                "apiId": API_ID,
            },
            "body": self.body,
            "isBase64Encoded": false,
        })
    }

    /// HTTP APIs with version 2.0.
    pub(super) fn version_2(&self, source: Source<'_>) -> Value {
        let route = match source.event.path.as_deref() {
            Some("$default") | None => "$default".to_owned(),
            Some(path) => {
                let method = source.event.method.as_deref().unwrap_or("ANY");
                format!("{method} {path}")
            }
        };
        let host = format!("{API_ID}.execute-api.{}.amazonaws.com", source.region());
        let mut event = self.of_version_2(&route, &host, source.account());
        if let (Value::Object(fields), false) = (&mut event, self.parameters.is_empty()) {
            let parameters = Value::Object(self.parameters.clone());
            fields.insert("pathParameters".to_owned(), parameters);
        }
        event
    }

    /// Function URLs: version 2.0 with a host and an account of their own.
    pub(super) fn function_url(&self, source: Source<'_>) -> Value {
        let host = format!("{API_ID}.lambda-url.{}.on.aws", source.region());
        let account = match source
            .properties()
            .get("AuthType")
            .and_then(|it| it.as_text())
        {
            Some("AWS_IAM") => source.account(),
            _ => "anonymous",
        };
        self.of_version_2("$default", &host, account)
    }

    fn of_version_2(&self, route: &str, host: &str, account: &str) -> Value {
        let mut headers = self.single_headers(true);
        headers.insert("host".to_owned(), json!(host));
        let mut event = json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": self.path,
            "rawQueryString": "",
            "headers": headers,
            "requestContext": {
                "accountId": account,
                "apiId": API_ID,
                "domainName": host,
                "domainPrefix": API_ID,
                "http": {
                    "method": self.method,
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": ADDRESS,
                    "userAgent": AGENT,
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": route,
                "stage": "$default",
                "time": TIME,
                "timeEpoch": NOW_MILLIS,
            },
            "isBase64Encoded": false,
        });
        if let (Value::Object(fields), Some(body)) = (&mut event, &self.body) {
            fields.insert("body".to_owned(), json!(body));
        }
        event
    }

    pub(super) fn load_balancer(&self, source: Source<'_>) -> Value {
        let mut headers = self.single_headers(true);
        let host = format!("lambda-alb-123578498.{}.elb.amazonaws.com", source.region());
        headers.insert("host".to_owned(), json!(host));
        json!({
            "requestContext": {
                "elb": {
                    "targetGroupArn": source.arn("AWS::ElasticLoadBalancingV2::TargetGroup"),
                },
            },
            "httpMethod": self.method,
            "path": self.path,
            "queryStringParameters": {},
            "headers": headers,
            "body": self.body.clone().unwrap_or_default(),
            "isBase64Encoded": false,
        })
    }

    fn single_headers(&self, lower: bool) -> Map<String, Value> {
        let name = |name: &str| {
            if lower {
                name.to_lowercase()
            } else {
                name.to_owned()
            }
        };
        let headers = self.headers.iter();
        headers
            .map(|(key, value)| (name(key), json!(value)))
            .collect()
    }

    fn multi_headers(&self) -> Value {
        let headers = self.headers.iter();
        Value::Object(
            headers
                .map(|(key, value)| (key.clone(), json!([value])))
                .collect(),
        )
    }
}

/// The name in `{name}` or `{name+}`.
fn parameter(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    Some(name.trim_end_matches('+'))
}

/// The stage of an event source's REST API; SAM calls that of the API which it makes itself Prod.
pub(super) fn stage(source: Source<'_>) -> String {
    if source.event.payload == Payload::ApiGatewayProxyV1
        && source.event.kind == crate::sam::EventKind::HttpApi
    {
        return "$default".to_owned();
    }
    let api = source
        .event
        .properties
        .get("RestApiId")
        .or(source.event.source.as_ref());
    let id = api.and_then(|api| api.reference().map(|(id, _)| id).or_else(|| api.as_text()));
    let properties = id.and_then(|id| source.template.properties(id));
    let named = properties.as_ref().and_then(|it| it.get("StageName"));
    named.map_or_else(
        || "Prod".to_owned(),
        |stage| source.surroundings.text(source.template, stage),
    )
}

pub(super) fn is_version_2(event: &Value) -> bool {
    event.get("rawPath").is_some()
}

/// Rewrites of header names and values.
pub(super) fn headers(payload: &Payload) -> Vec<Variation> {
    let renamed = |name: &'static str, why: &'static str, rename: fn(&str) -> String| {
        Variation::new(name, why, move |event| {
            let mut changed = false;
            for field in ["headers", "multiValueHeaders"] {
                if let Some(headers) = object(event, &[field]) {
                    let old = std::mem::take(headers);
                    headers.extend(old.into_iter().map(|(key, value)| (rename(&key), value)));
                    changed = true;
                }
            }
            changed
        })
    };
    let all_values = |name: &'static str, why: &'static str, value: fn(&str) -> String| {
        Variation::new(name, why, move |event| {
            let before = event.clone();
            let Some(headers) = object(event, &["headers"]) else {
                return false;
            };
            for held in headers.values_mut() {
                if let Value::String(text) = held {
                    *text = value(text);
                }
            }
            settle_multi_value(&before, event);
            true
        })
    };
    let mut all = vec![
        renamed(
            "header names in lower case",
            "HTTP/2 sends them so",
            str::to_lowercase,
        ),
        renamed(
            "header names in capitals",
            "HTTP/1.1 keeps what clients send",
            str::to_uppercase,
        ),
        renamed(
            "header names in title case",
            "HTTP/1.1 keeps what clients send",
            title_case,
        ),
        Variation::new("no headers", "the console's test sends null", |event| {
            let mut changed = false;
            for field in ["headers", "multiValueHeaders"] {
                let there = event.get(field).is_some_and(|it| !it.is_null());
                changed |= there && set(event, &[field], Value::Null);
            }
            changed
        }),
        Variation::new(
            "empty headers",
            "test tools send an empty object",
            |event| {
                let mut changed = false;
                for field in ["headers", "multiValueHeaders"] {
                    changed |= at(event, &[field]).is_some() && set(event, &[field], json!({}));
                }
                changed
            },
        ),
        Variation::new(
            "content type with a character set",
            "parameters follow",
            |event| set_header(event, "Content-Type", "application/json; charset=UTF-8"),
        ),
        Variation::new("content type of a form", "what browsers send", |event| {
            set_header(event, "Content-Type", "application/x-www-form-urlencoded")
        }),
        all_values(
            "header values in white space",
            "spaces around values",
            |it| format!("  {it} "),
        ),
        all_values("empty header values", "a header without a value", |_| {
            String::new()
        }),
        all_values(
            "unicode header values",
            "clients send what they like",
            |it| format!("{it} é👋"),
        ),
        Variation::new("headers twice", "joined, or in lists", |event| {
            let lists = at(event, &["multiValueHeaders"]).is_some_and(|it| it.is_object());
            let Some(headers) = object(event, &["headers"]) else {
                return false;
            };
            let mut doubled = Map::new();
            for (name, value) in headers.iter_mut() {
                let Value::String(text) = value else { continue };
                let other = format!("{text}-2");
                doubled.insert(name.clone(), json!([text, other]));
                *text = if lists {
                    other
                } else {
                    format!("{text},{other}")
                };
            }
            !lists || set(event, &["multiValueHeaders"], Value::Object(doubled))
        }),
    ];
    match payload {
        Payload::ApiGatewayProxyV2 | Payload::FunctionUrl | Payload::AuthorizerRequestV2 => {
            all.push(Variation::new(
                "cookies",
                "version 2.0 lists them",
                |event| {
                    set(
                        event,
                        &["cookies"],
                        json!(["session=abc", "theme=dark; Path=/"]),
                    )
                },
            ));
        }
        _ => all.push(Variation::new("cookies", "a header", |event| {
            set_header(event, "Cookie", "session=abc; theme=dark")
        })),
    }
    all
}

/// Sets a header under the name that it has, else under one in the event's case.
fn set_header(event: &mut Value, name: &str, value: &str) -> bool {
    let lower = is_version_2(event) || event.pointer("/requestContext/elb").is_some();
    let before = event.clone();
    let Some(headers) = object(event, &["headers"]) else {
        return false;
    };
    let known = headers
        .keys()
        .find(|it| it.eq_ignore_ascii_case(name))
        .cloned();
    let name = known.unwrap_or_else(|| {
        if lower {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    });
    headers.insert(name, json!(value));
    settle_multi_value(&before, event);
    true
}

fn title_case(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|it| it.to_uppercase().to_string());
        format!(
            "{}{}",
            first.unwrap_or_default(),
            letters.as_str().to_lowercase()
        )
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// The query's pairs.
pub(super) fn query(event: &Value) -> Vec<(String, String)> {
    if let Some(raw) = event.get("rawQueryString").and_then(Value::as_str) {
        let pairs = form_urlencoded::parse(raw.as_bytes());
        return pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
    }
    let parameters = event
        .get("queryStringParameters")
        .and_then(Value::as_object);
    let pairs = parameters.into_iter().flatten();
    pairs
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// Writes a query as the event's kind of API does: REST APIs null for none, the last value and
/// lists; version 2.0 nothing for none, values joined by commas; load balancers encoded as sent.
pub(super) fn set_query(event: &mut Value, pairs: &[(String, String)]) -> bool {
    let mut single = Map::new();
    let mut lists = Map::new();
    let version_2 = is_version_2(event);
    let encoded = event.pointer("/requestContext/elb").is_some();
    let encode = |text: &str| match encoded {
        true => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        false => text.to_owned(),
    };
    for (name, value) in pairs {
        let (name, value) = (encode(name), encode(value));
        let list = lists.entry(name.clone()).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(json!(value));
        }
        let joined = match single.get(&name).and_then(Value::as_str) {
            Some(before) if version_2 => format!("{before},{value}"),
            _ => value,
        };
        single.insert(name, json!(joined));
    }
    let Value::Object(fields) = event else {
        return false;
    };
    if version_2 {
        let mut raw = form_urlencoded::Serializer::new(String::new());
        raw.extend_pairs(pairs);
        fields.insert("rawQueryString".to_owned(), json!(raw.finish()));
        match single.is_empty() {
            true => drop(fields.shift_remove("queryStringParameters")),
            false => drop(fields.insert("queryStringParameters".to_owned(), json!(single))),
        }
        return true;
    }
    let none = |map: Map<String, Value>| match map.is_empty() && !encoded {
        true => Value::Null,
        false => Value::Object(map),
    };
    fields.insert("queryStringParameters".to_owned(), none(single));
    if fields.contains_key("multiValueQueryStringParameters") {
        fields.insert("multiValueQueryStringParameters".to_owned(), none(lists));
    }
    true
}

/// Lists follow their single values.
pub(super) fn settle_multi_value(before: &Value, event: &mut Value) {
    for (single, multi) in [
        ("headers", "multiValueHeaders"),
        ("queryStringParameters", "multiValueQueryStringParameters"),
    ] {
        let held = event.get(single).cloned().unwrap_or(Value::Null);
        if before.get(single) == Some(&held) || event.get(multi).is_none() {
            continue;
        }
        let lists = match &held {
            Value::Object(fields) => {
                let old = event.get(multi).and_then(Value::as_object);
                let list = |name: &String, value: &Value| {
                    let known = old.and_then(|old| old.get(name));
                    match known {
                        Some(Value::Array(items)) if items.last() == Some(value) => json!(items),
                        _ => json!([value]),
                    }
                };
                let lists = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), list(name, value)));
                Value::Object(lists.collect())
            }
            other => other.clone(),
        };
        set(event, &[multi], lists);
    }
}

/// The raw query of version 2.0 follows its parameters.
pub(super) fn settle_query(before: &Value, event: &mut Value) {
    if before.get("queryStringParameters") == event.get("queryStringParameters") {
        return;
    }
    let mut raw = form_urlencoded::Serializer::new(String::new());
    let parameters = event
        .get("queryStringParameters")
        .and_then(Value::as_object);
    for (name, value) in parameters.into_iter().flatten() {
        raw.append_pair(name, value.as_str().unwrap_or_default());
    }
    let raw = raw.finish();
    if event.get("rawQueryString").is_some() {
        set(event, &["rawQueryString"], json!(raw));
    }
}

/// The path follows its parameters.
pub(super) fn settle_path(before: &Value, event: &mut Value) {
    let parameters = event.get("pathParameters");
    if before.get("pathParameters") == parameters || !parameters.is_some_and(Value::is_object) {
        return;
    }
    let route = event.get("resource").or_else(|| event.get("routeKey"));
    let Some(route) = route.and_then(Value::as_str) else {
        return;
    };
    let route = route
        .split_once(' ')
        .map_or(route, |(_, path)| path)
        .to_owned();
    if !route.starts_with('/') {
        return;
    }
    let value = |segment: &str| {
        let held = event.get("pathParameters")?.get(parameter(segment)?)?;
        held.as_str().map(str::to_owned)
    };
    let segments = route
        .split('/')
        .map(|it| value(it).unwrap_or_else(|| it.to_owned()));
    let path = segments.collect::<Vec<_>>().join("/");
    let stage = event
        .pointer("/requestContext/stage")
        .and_then(Value::as_str);
    let staged = format!("/{}{path}", stage.unwrap_or_default());
    let places: [(&[&str], &str); 4] = [
        (&["path"], &path),
        (&["rawPath"], &path),
        (&["requestContext", "path"], &staged),
        (&["requestContext", "http", "path"], &path),
    ];
    for (place, path) in places {
        if at(event, place).is_some() {
            set(event, place, json!(path));
        }
    }
}
