//! What an AWS call is about: the table, queue, topic, bucket, as far as the code and the
//! template name it.

use crate::python::Argument;
use crate::sam::Function;

/// Members that name the thing an operation works on.
const NAMING: &[&str] = &[
    "TableName",
    "QueueUrl",
    "TopicArn",
    "TargetArn",
    "Bucket",
    "StreamName",
    "StreamARN",
    "DeliveryStreamName",
    "EventBusName",
    "FunctionName",
    "stateMachineArn",
    "SecretId",
    "UserPoolId",
];

/// The logical id where the template resolves the argument to a resource, else the text, else
/// `$NAME` of the environment variable; `None` where the code computes it.
pub(super) fn of(function: &Function, arguments: &[(String, Argument)]) -> Option<String> {
    let naming = arguments
        .iter()
        .find(|(member, _)| NAMING.contains(&member.as_str()))?;
    match &naming.1 {
        Argument::Text(text) => Some(text.clone()),
        Argument::Environment(name) => Some(variable(function, name)),
        Argument::Event | Argument::Unknown => None,
    }
}

fn variable(function: &Function, name: &str) -> String {
    let defined = function
        .environment
        .iter()
        .find(|variable| variable.name == name);
    match defined.map(|variable| (variable.value.reference(), &variable.value)) {
        Some((Some((id, _)), _)) => id.to_owned(),
        Some((None, value)) => value.to_string(),
        None => format!("${name}"),
    }
}
