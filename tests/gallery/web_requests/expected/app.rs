//! Asks services of others over HTTP.

use crate::python::{
    builtins, bytes, dict::Dict, environ, error, error::Class, error::Error, error::Result,
    error::or_break, http_response, json, lambda_context, list::List, logging_methods, ops,
    string_encode, string_fit, urllib_error, urllib_quote, urllib_request, value::Value,
};
use crate::state::State;

/// The service did not take it.
pub static REJECTED: Class = Class {
    name: "Rejected",
    bases: &[&error::EXCEPTION],
};

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let what = event.item("what")?;
    if what == "rate" {
        return Ok(Dict::from([(
            "rate",
            rate(state, &event.item("currency")?).await?,
        )]));
    }
    if what == "send" {
        return send(state, &event.item("order")?).await;
    }
    if what == "lines" {
        return lines(&ops::add(
            &Value::from(environ::get_or("TEXTS", "https://texts.example.com")),
            &event.item("path")?,
        )?)
        .await;
    }
    Ok(Dict::from([(
        "alive",
        Value::from({
            let items = List::new();
            for url in event.item("urls")?.iterate()? {
                items.push(check(&url).await?);
            }
            items
        }),
    )]))
}

/// What a currency is worth; the service answers in JSON.
pub async fn rate(state: &State, currency: &Value) -> Result<Value> {
    let query = urllib_quote::urlencode(
        &Value::from(Dict::from([
            ("base", Value::from("EUR")),
            ("symbols", currency.clone()),
        ])),
        false,
        "",
    )?;
    let response = urllib_request::urlopen(
        &format!("https://rates.example.com/latest?{query}"),
        &Value::None,
        Some(4.0),
    )
    .await?;
    logging_methods::info(
        &state.logger,
        &Value::from("%s %s from %s"),
        &[
            Value::from(http_response::status(&response)),
            Value::from(http_response::reason(&response)),
            Value::from(http_response::geturl(&response)),
        ],
    )?;
    json::loads(&bytes::decode(
        &http_response::read(&response, None),
        "utf-8",
        "strict",
    )?)?
    .item("rates")?
    .item(currency.clone())
}

/// Posts an order; what the service says of an error is kept.
pub async fn send(state: &State, order: &Value) -> Result<Dict> {
    let body = string_encode::encode(&json::dumps(order)?, "utf-8", "strict")?;
    let request = urllib_request::request_headers(
        &Value::from("https://shop.example.com/orders"),
        &Value::from(body),
        &Value::from(Dict::from([(
            "Content-Type",
            Value::from("application/json"),
        )])),
        &Value::None,
    )?;
    urllib_request::add_header(&request, &Value::from("X-Order"), &order.item("id")?)?;
    let kind: Value;
    let answer: Value;
    'done: {
        let error = 'attempt: {
            let response = or_break!('attempt, urllib_request::urlopen_request(&request, &Value::None, Some(2.5)).await);
            kind = http_response::get(
                &http_response::headers(&response),
                "content-type",
                Value::from("none"),
            );
            answer = or_break!('attempt, json::loads_bytes(&http_response::read(&response, None)));
            break 'done;
        };
        if error.is(&urllib_error::HTTP_ERROR) {
            let detail = bytes::decode(
                &http_response::read(&urllib_error::answer(&error, "read")?, None),
                "utf-8",
                "strict",
            )?;
            logging_methods::warning(
                &state.logger,
                &Value::from("%s: %s"),
                &[Value::from(error.clone()), Value::from(detail.clone())],
            )?;
            if Value::from(error.clone()).attribute("code")? == 422 {
                return Err(Error::new(
                    &REJECTED,
                    format!(
                        "{}: {detail}",
                        Value::from(error.clone()).attribute("reason")?
                    ),
                ));
            }
            return Ok(Dict::from([
                ("code", Value::from(error.clone()).attribute("code")?),
                ("detail", Value::from(detail)),
                ("shown", Value::from(ops::repr(&Value::from(error.clone())))),
            ]));
        } else if error.is(&urllib_error::URL_ERROR) {
            return Ok(Dict::from([
                ("unreachable", Value::from(error.to_string())),
                (
                    "why",
                    Value::from(Value::from(error.clone()).attribute("reason")?.to_string()),
                ),
            ]));
        } else {
            return Err(error);
        }
    }
    Ok(Dict::from([("answer", answer), ("kind", kind)]))
}

/// The lines of a text; the last is read once more when all is over.
pub async fn lines(url: &Value) -> Result<Dict> {
    let response_2 = urllib_request::urlopen_value(url, &Value::None, None).await?;
    let response = response_2.clone();
    let mut found: Option<List> = None;
    let left = 'finally: {
        let error = 'attempt: {
            found = Some({
                let items = List::new();
                for line in or_break!('attempt, Value::from(response.clone()).iterate()) {
                    items.push(Value::from(string_fit::strip(&or_break!('attempt, bytes::decode(or_break!('attempt, line.expect_bytes("decode")), "utf-8", "strict")), None)));
                }
                items
            });
            break 'finally None;
        };
        Some(Err(error))
    };
    http_response::close(&response_2);
    if let Some(result) = left {
        return result;
    }

    Ok(Dict::from([
        (
            "lines",
            Value::from(found.clone().ok_or_else(|| error::unbound_local("found"))?),
        ),
        (
            "rest",
            Value::from(builtins::len_bytes(&http_response::read(&response, None))),
        ),
    ]))
}

/// Whether something answers.
pub async fn check(url: &Value) -> Result<Value> {
    let request = urllib_request::request(url, &Value::None, &Value::from("HEAD"))?;
    let error = 'attempt: {
        let value = Value::from(http_response::getcode(
            &or_break!('attempt, urllib_request::urlopen_request(&request, &Value::None, Some(1.0)).await),
        ));
        return Ok(value);
    };
    if error.is(&urllib_error::HTTP_ERROR) {
        ops::neg(&Value::from(error).attribute("code")?)
    } else if error.is(&urllib_error::URL_ERROR) || error.is(&error::VALUE_ERROR) {
        Ok(Value::from(error.to_string()))
    } else {
        Err(error)
    }
}
