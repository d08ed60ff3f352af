//! The event handler, compared with what Powertools for AWS Lambda answers.

use gammaray_support::python::error::{self, Error, Result};
use gammaray_support::python::invocation::Invocation;
use gammaray_support::python::lambda_context::LambdaContext;
use gammaray_support::python::powertools_cookies::cookie;
use gammaray_support::python::powertools_cors::{CorsConfig, cors_config};
use gammaray_support::python::powertools_event_handler::{
    Call, Options, Resolver, add_route, alb_resolver, find_route, http_resolver, not_found,
    respond, rest_resolver, url_resolver,
};
use gammaray_support::python::powertools_response::{
    Response, response, response_with_cookies, simple,
};
use gammaray_support::python::powertools_routed::Routed;
use gammaray_support::python::set::Set;
use gammaray_support::python::value::Value;
use gammaray_support::python::{decimal, json, powertools_http_errors as http_errors};
use gammaray_support::{dict, list};

const NONE: &Value = &Value::None;

fn cors() -> Result<CorsConfig> {
    cors_config(
        "https://a.example",
        &list!["https://b.example"].into(),
        &list!["X-Mine"].into(),
        &list!["X-Yours", "X-Theirs"].into(),
        &300.into(),
        true,
    )
}

fn add_routes<E>(app: &Resolver<E>) -> Result<()> {
    let kept = Options {
        cache_control: Some("max-age=3"),
        ..Options::default()
    };
    for name in [
        "/dict",
        "/none",
        "/items/<item_id>",
        "/items/special",
        "/html",
        "/json",
        "/bytes",
        "/bare",
        "/cookies",
        "/bad",
        "/missing",
        "/unauthorized",
        "/service",
        "/other",
        "/set",
    ] {
        add_route(app, "GET", name, name, Options::default())?;
    }
    add_route(app, "GET", "/text", "/text", kept.clone())?;
    add_route(app, "GET", "/internal", "/internal", kept.clone())?;
    add_route(app, "POST", "/pair", "/pair", kept)?;
    let part = "/items/<item_id>/parts/<part_id>";
    let options = Options {
        cors: Some(true),
        ..Options::default()
    };
    add_route(app, "PUT", part, part, options)
}

fn handled<E>(app: &Resolver<E>, call: &Call<E>) -> Result<Response> {
    let status = Value::from(200);
    match call.handler {
        Some("/dict") => {
            let decimal = decimal::decimal(&"1.50".into())?;
            Ok(simple(dict! {"a": 1, "d": decimal, "é": Value::None}))
        }
        Some("/text") => Ok(simple("text")),
        Some("/none") => Ok(simple(())),
        Some("/pair") => Ok(simple(Value::Tuple(
            vec![dict! {"made": true}.into(), 201.into()].into(),
        ))),
        Some("/items/<item_id>") => Ok(simple(dict! {"id": call.argument("item_id")})),
        Some("/items/special") => Ok(simple(dict! {"special": true})),
        Some("/items/<item_id>/parts/<part_id>") => Ok(simple(list![
            call.argument("item_id"),
            call.argument("part_id")
        ])),
        Some("/html") => {
            let headers = dict! {"X-One": "1", "X-Two": list!["1", "2"], "X-None": Value::None};
            response(
                &status,
                Some("text/html"),
                &"<p>é</p>".into(),
                &headers.into(),
                None,
            )
        }
        Some("/json") => {
            let (body, kind) = (dict! {"a": list![1, 2]}, "application/json; charset=utf-8");
            response(&202.into(), Some(kind), &body.into(), NONE, None)
        }
        Some("/bytes") => response(&status, Some("image/png"), &vec![0, 255].into(), NONE, None),
        Some("/bare") => response(&204.into(), None, NONE, NONE, None),
        Some("/cookies") => {
            let one = cookie(&"a".into(), &"1".into(), "", "", true, false);
            let two = cookie(&"b".into(), &"2".into(), "", "", false, false);
            response_with_cookies(
                &status,
                Some("text/plain"),
                &"c".into(),
                NONE,
                vec![one, two],
            )
        }
        Some("/bad") => Err(http_errors::bad_request_error(&"bad".into())),
        Some("/missing") => Err(http_errors::default_not_found_error()),
        Some("/unauthorized") => Err(http_errors::unauthorized_error(&dict! {"why": "é"}.into())),
        Some("/service") => Err(http_errors::service_error(&418.into(), &"tea".into())),
        Some("/internal") => Err(http_errors::internal_server_error(&"oh".into())),
        Some("/other") => Err(error::key_error(&"other".into())),
        Some("/set") => Ok(simple(dict! {"a": Set::of([Value::from(1)])?})),
        _ => Ok(not_found(app, call)),
    }
}

fn answered<E: Routed>(app: Result<Resolver<E>>, event: &Value) -> Result<String> {
    let app = app?;
    add_routes(&app)?;
    let context = LambdaContext::new(Invocation::default());
    let call = find_route(&app, event, &context)?;
    let result = handled(&app, &call);
    json::dumps(&respond(&app, &call, result)?)
}

fn shown(error: Error) -> String {
    format!("{}: {error}", error.class().name)
}

#[test]
fn answers_are_those_of_powertools() -> Result<()> {
    let cases = json::loads(include_str!("powertools/routes.json"))?;
    let mut wrong = Vec::new();
    for case in cases.iterate()? {
        let event = case.item("event")?;
        let config = case.item("cors")?.is_true().then(cors).transpose()?;
        let (config, prefixes) = (config.as_ref(), Value::from(list!["/pre"]));
        let answer = match case.item("kind")?.to_string().as_str() {
            "rest" => answered(rest_resolver(config, &prefixes), &event),
            "http" => answered(http_resolver(config, &prefixes), &event),
            "url" => answered(url_resolver(config, &prefixes), &event),
            _ => answered(alb_resolver(config, &prefixes), &event),
        };
        let expected = case.item("answer").or_else(|_| case.item("error"))?;
        let answer = answer.unwrap_or_else(shown);
        let expected = expected.to_string();
        if expected != answer {
            wrong.push(format!(
                "{event}\n  expected {expected}\n  but got  {answer}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    Ok(())
}
