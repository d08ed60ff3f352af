//! What CloudFormation is told of a custom resource, as by Python's `cfnresponse`.

use super::builtins::print;
use super::dict::Dict;
use super::error::{EXCEPTION, Result};
use super::json;
use super::lambda_context::{LambdaContext, log_stream_name};
use super::urllib3::{pool_manager, request, status};
use super::value::Value;

/// `cfnresponse.SUCCESS`
pub const SUCCESS: &str = "SUCCESS";
/// `cfnresponse.FAILED`
pub const FAILED: &str = "FAILED";

/// `cfnresponse.send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None)`.
pub async fn send(
    event: &Value,
    context: &LambdaContext,
    response_status: &Value,
    response_data: &Value,
    physical_resource_id: &Value,
    no_echo: &Value,
    reason: &Value,
) -> Result<()> {
    let url = event.item("ResponseURL")?;
    say(std::slice::from_ref(&url));
    let stream = log_stream_name(context)?;
    let told = Dict::new();
    told.insert("Status", response_status);
    let usual = format!("See the details in CloudWatch Log Stream: {stream}");
    told.insert("Reason", either(reason, usual));
    told.insert("PhysicalResourceId", either(physical_resource_id, stream));
    for name in ["StackId", "RequestId", "LogicalResourceId"] {
        told.insert(name, event.item(name)?);
    }
    told.insert("NoEcho", no_echo);
    told.insert("Data", response_data);
    let body = json::dumps(&told.into())?;
    say(&["Response body:".into()]);
    say(&[body.as_str().into()]);
    let headers = Dict::new();
    headers.insert("content-type", "");
    headers.insert("content-length", body.len().to_string());
    let (headers, body, none) = (headers.into(), body.into(), Value::None);
    let pool = pool_manager(10, &none);
    let answer = request(&pool, "PUT", &url, &none, &headers, &body, &none, &none).await;
    match answer {
        Ok(answer) => say(&["Status code:".into(), status(&answer).into()]),
        Err(raised) if raised.is(&EXCEPTION) => {
            let what = "send(..) failed executing http.request(..):";
            say(&[what.into(), raised.into()]);
        }
        Err(raised) => return Err(raised),
    }
    Ok(())
}

fn either(given: &Value, usual: String) -> Value {
    match given.is_true() {
        true => given.clone(),
        false => usual.into(),
    }
}

fn say(texts: &[Value]) {
    print(texts, " ", "\n", false);
}
