use crate::python::{
    builtins, bytes, dict, dict::Dict, error, error::Result, error::or_break, json, lambda_context,
    list::List, ops, requests, requests_auth, requests_errors, requests_response, value::Value,
};
use crate::state::State;

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let prices: List;
    'done: {
        let error = 'attempt: {
            prices = {
                let items = List::new();
                for line in or_break!('attempt, or_break!('attempt, event.item("lines")).iterate())
                {
                    items.push(or_break!('attempt, price_of(state, &or_break!('attempt, line.item("sku")), &or_break!('attempt, event.item("currency"))).await));
                }
                items
            };
            break 'done;
        };
        if error.is(&requests_errors::HTTP_ERROR) {
            let status = Value::from(error.clone())
                .attribute("response")?
                .attribute("status_code")?;
            return Ok(Dict::from([
                ("statusCode", Value::Int(502)),
                ("error", Value::from(error.to_string())),
                ("status", status),
            ]));
        } else if error.is(&requests_errors::REQUEST_EXCEPTION) {
            return Ok(Dict::from([
                ("statusCode", Value::Int(503)),
                ("error", Value::from(error.to_string())),
                ("kind", Value::from(Value::from(error.clone()).class_name())),
            ]));
        } else if error.is(&error::VALUE_ERROR) {
            return Ok(Dict::from([
                ("statusCode", Value::Int(500)),
                ("error", Value::from(error.to_string())),
            ]));
        } else {
            return Err(error);
        }
    }
    let total = builtins::sum(
        ({
            let items = List::new();
            for price in prices.iter() {
                if !price.is_none() {
                    items.push(price.clone());
                }
            }
            items
        })
        .iter(),
    )?;
    let receipt = tell(event, &total).await?;
    let put = form(event).await?;
    let body = json::dumps(&Value::from(Dict::from([("id", event.item("id")?)])))?;
    let signed = requests::request(
        "PATCH",
        &Value::from("https://abc.execute-api.eu-west-1.amazonaws.com/prod/orders?b=2&a=1"),
        &Dict::from([
            ("data", Value::from(body)),
            (
                "auth",
                Value::from(sign("abc.execute-api.eu-west-1.amazonaws.com")?),
            ),
            (
                "headers",
                Value::from(Dict::from([(
                    "content-type",
                    Value::from("application/json"),
                )])),
            ),
        ]),
    )
    .await?;
    let gone = requests::delete(
        &ops::add(
            &Value::from("https://hooks.example.com/orders/"),
            &event.item("id")?,
        )?,
        &Dict::new(),
    )
    .await?;
    Ok(Dict::from([
        ("total", total),
        ("receipt", receipt),
        (
            "put",
            Value::from(bytes::decode(
                &requests_response::content(&put),
                "utf-8",
                "strict",
            )?),
        ),
        ("url", Value::from(requests_response::url(&put))),
        ("signed", requests_response::json(&signed)?),
        ("gone", Value::from(requests_response::status_code(&gone))),
        (
            "kind",
            Value::from(requests_response::headers(&gone)).item("content-type")?,
        ),
    ]))
}

pub async fn price_of(state: &State, sku: &Value, currency: &Value) -> Result<Value> {
    // The service answers 404 for what it does not know.
    let response = requests::get(
        &Value::from(format!("{}/prices/{sku}", state.prices)),
        &Value::from(Dict::from([
            ("currency", currency.clone()),
            (
                "tags",
                Value::from(List::from([Value::from("a"), Value::from("b c")])),
            ),
            ("none", Value::None),
        ])),
        &Dict::from([
            (
                "headers",
                Value::from(Dict::from([
                    ("Accept", Value::from("application/json")),
                    ("X-Caller", Value::from("orders")),
                ])),
            ),
            ("timeout", Value::Int(5)),
        ]),
    )
    .await?;
    if requests_response::status_code(&response) == 404 {
        return Ok(Value::None);
    }
    requests_response::raise_for_status(&response)?;
    requests_response::json(&response)?.item("price")
}

pub async fn tell(order: &Value, total: &Value) -> Result<Value> {
    let answer = requests::post(
        &Value::from("https://hooks.example.com/orders"),
        &Value::None,
        &Value::from(Dict::from([
            ("id", order.item("id")?),
            ("total", total.clone()),
        ])),
        &Dict::from([(
            "auth",
            Value::from(("hook".to_owned(), "s3cret".to_owned())),
        )]),
    )
    .await?;
    if !requests_response::ok(&answer) {
        builtins::print(
            &[Value::from(format!(
                "hook said {} {}: {}",
                requests_response::status_code(&answer),
                requests_response::reason(&answer),
                requests_response::text(&answer)?
            ))],
            " ",
            "\n",
            false,
        );
    }
    Ok(requests_response::get(
        &requests_response::headers(&answer),
        "X-Receipt",
        &Value::from("none"),
    ))
}

pub async fn form(order: &Value) -> Result<requests_response::Response> {
    let data = Dict::from([
        ("id", order.item("id")?),
        (
            "note",
            dict::get(order.expect_dict("get")?, "note", Value::from("ä b")),
        ),
    ]);
    requests::put(
        &Value::from("https://forms.example.com/put"),
        &Value::from(data),
        &Dict::from([(
            "headers",
            Value::from(Dict::from([("Authorization", Value::from("k"))])),
        )]),
    )
    .await
}

pub fn sign(host: &str) -> Result<requests_auth::AwsAuth> {
    let credentials = requests_auth::get_credentials()?;
    requests_auth::aws_auth(
        &Value::from(requests_auth::access_key(&credentials)),
        &Value::from(requests_auth::secret_key(&credentials)),
        &Value::from(host),
        &Value::from("eu-west-1"),
        &Value::from("execute-api"),
        &Value::from(requests_auth::token(&credentials)),
    )
}
