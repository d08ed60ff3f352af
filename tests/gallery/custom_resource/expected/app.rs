use crate::answers;
use crate::python::{
    builtins, bytes, dict, dict::Dict, error, error::Error, error::Result, error::or_break, json,
    lambda_context, list::List, requests_response, urllib3, value::Value,
};
use crate::state::State;

pub async fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<()> {
    let properties = dict::get(
        event.expect_dict("get")?,
        "ResourceProperties",
        Value::from(Dict::new()),
    );
    'done: {
        let error = 'attempt: {
            if or_break!('attempt, event.item("RequestType")) == "Delete" {
                or_break!('attempt, answers::send(state, event, context, "SUCCESS", &Dict::new(), &dict::get(or_break!('attempt, event.expect_dict("get")), "PhysicalResourceId", Value::None), false, None).await);
                return Ok(());
            }
            let found = or_break!('attempt, fetch(state, &or_break!('attempt, properties.item("Name"))).await);
            let told = or_break!('attempt, urllib3::request(&state.http, "POST", &Value::from("https://config.example.com/settings"), &Value::None, &Value::None, &Value::None, &Value::from(Dict::from([("name", or_break!('attempt, properties.item("Name"))), ("ä", Value::from(List::from([Value::Int(1), Value::None])))])), &Value::None).await);
            let data = Dict::from([
                ("Value", or_break!('attempt, found.item("value"))),
                ("Told", or_break!('attempt, urllib3::json(&told))),
                (
                    "Length",
                    Value::from(builtins::len_bytes(&urllib3::data(&told))),
                ),
            ]);
            or_break!('attempt, answers::send(state, event, context, "SUCCESS", &data, &Value::None, false, None).await);
            break 'done;
        };
        if error.is(&error::KEY_ERROR) {
            answers::send(
                state,
                event,
                context,
                "FAILED",
                &Dict::new(),
                &Value::None,
                false,
                Some(&format!("missing {error}")),
            )
            .await?;
        } else if error.is(&error::EXCEPTION) {
            answers::send(
                state,
                event,
                context,
                "FAILED",
                &Dict::new(),
                &Value::None,
                true,
                Some(&error.to_string()),
            )
            .await?;
        } else {
            return Err(error);
        }
    }
    Ok(())
}

pub async fn fetch(state: &State, name: &Value) -> Result<Value> {
    let response = urllib3::request(
        &state.http,
        "GET",
        &Value::from("https://config.example.com/settings"),
        &Value::from(Dict::from([
            ("name", name.clone()),
            ("all", Value::from("a b")),
        ])),
        &Value::None,
        &Value::None,
        &Value::None,
        &Value::Float(4.0),
    )
    .await?;
    if urllib3::status(&response) != 200 {
        let kind = requests_response::get(
            &urllib3::headers(&response),
            "Content-Type",
            &Value::from("none"),
        );
        return Err(Error::new(
            &error::RUNTIME_ERROR,
            format!(
                "{} {} {kind}",
                urllib3::status(&response),
                urllib3::reason(&response)
            ),
        ));
    }
    json::loads(&bytes::decode(
        &urllib3::data(&response),
        "utf-8",
        "strict",
    )?)
}
