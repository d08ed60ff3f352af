//! Tells CloudFormation what became of a custom resource.

use crate::python::{
    builtins, dict::Dict, error, error::Result, error::or_break, json, lambda_context, urllib3,
    value::Value,
};
use crate::state::State;

#[expect(clippy::too_many_arguments, reason = "as in Python")]
pub async fn send(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
    status: &str,
    data: &Dict,
    physical_id: &Value,
    no_echo: bool,
    reason: Option<&str>,
) -> Result<()> {
    let body = json::dumps(&Value::from(Dict::from([
        ("Status", Value::from(status)),
        (
            "Reason",
            Value::from(match reason.map(str::to_owned) {
                Some(value) if !value.is_empty() => value,
                _ => "See the log".to_owned(),
            }),
        ),
        (
            "PhysicalResourceId",
            match physical_id.clone() {
                value if value.is_true() => value,
                _ => event.item("LogicalResourceId")?,
            },
        ),
        ("StackId", event.item("StackId")?),
        ("RequestId", event.item("RequestId")?),
        ("LogicalResourceId", event.item("LogicalResourceId")?),
        ("NoEcho", Value::from(no_echo)),
        ("Data", Value::from(data.clone())),
    ])))?;
    let headers = Dict::from([
        ("content-type", Value::from("")),
        (
            "content-length",
            Value::from(builtins::len(&body).to_string()),
        ),
    ]);
    'done: {
        let error = 'attempt: {
            let response = or_break!('attempt, urllib3::request(&state.http_2, "PUT", &or_break!('attempt, event.item("ResponseURL")), &Value::None, &Value::from(headers), &Value::from(body), &Value::None, &Value::None).await);
            builtins::print(
                &[
                    Value::from("Status code:"),
                    Value::from(urllib3::status(&response)),
                ],
                " ",
                "\n",
                false,
            );
            break 'done;
        };
        if error.is(&error::EXCEPTION) {
            builtins::print(
                &[
                    Value::from("not sent:"),
                    Value::from(Value::from(error).class_name()),
                ],
                " ",
                "\n",
                false,
            );
        } else {
            return Err(error);
        }
    }
    Ok(())
}
