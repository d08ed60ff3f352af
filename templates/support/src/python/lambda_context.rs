//! The `context` that the Lambda runtime gives a handler.

use std::rc::Rc;

use super::environ;
use super::error::{self, Result};
use super::invocation::{self, Invocation};
use super::time;
#[cfg(feature = "object")]
use super::value::Value;

/// `awslambdaric.lambda_context.LambdaContext`.
#[derive(Debug, Clone)]
pub struct LambdaContext(Rc<Invocation>);

impl LambdaContext {
    /// The context of an invocation that begins.
    pub fn new(invocation: Invocation) -> Self {
        Self(invocation::begin(invocation))
    }
}

/// What Lambda tells a function in a variable.
fn variable(name: &str) -> Result<String> {
    let unknown = || error::untranslated(format!("the context where {name} is not set"));
    environ::find(name).ok_or_else(unknown)
}

/// `awslambdaric.lambda_context.LambdaContext.aws_request_id`
pub fn aws_request_id(context: &LambdaContext) -> String {
    context.0.request_id.clone()
}

/// `awslambdaric.lambda_context.LambdaContext.function_name`
pub fn function_name(_context: &LambdaContext) -> Result<String> {
    variable("AWS_LAMBDA_FUNCTION_NAME")
}

/// `awslambdaric.lambda_context.LambdaContext.function_version`
pub fn function_version(_context: &LambdaContext) -> Result<String> {
    variable("AWS_LAMBDA_FUNCTION_VERSION")
}

/// `awslambdaric.lambda_context.LambdaContext.invoked_function_arn`
pub fn invoked_function_arn(context: &LambdaContext) -> String {
    context.0.function_arn.clone()
}

/// `awslambdaric.lambda_context.LambdaContext.memory_limit_in_mb`
/// A `str`, as the runtime client gives it.
pub fn memory_limit_in_mb(_context: &LambdaContext) -> Result<String> {
    variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
}

/// `awslambdaric.lambda_context.LambdaContext.log_group_name`
pub fn log_group_name(_context: &LambdaContext) -> Result<String> {
    variable("AWS_LAMBDA_LOG_GROUP_NAME")
}

/// `awslambdaric.lambda_context.LambdaContext.log_stream_name`
pub fn log_stream_name(_context: &LambdaContext) -> Result<String> {
    variable("AWS_LAMBDA_LOG_STREAM_NAME")
}

/// `awslambdaric.lambda_context.LambdaContext.tenant_id`
pub fn tenant_id(context: &LambdaContext) -> Option<String> {
    context.0.tenant_id.clone()
}

/// `awslambdaric.lambda_context.LambdaContext.get_remaining_time_in_millis()`.
pub fn get_remaining_time_in_millis(context: &LambdaContext) -> i64 {
    let now = time::time_ns() / 1_000_000;
    (context.0.deadline - now).max(0)
}

/// An object that the runtime makes of a dict.
#[cfg(feature = "object")]
#[derive(Debug)]
struct Facts {
    class: &'static str,
    attributes: Vec<(&'static str, Value)>,
}

#[cfg(feature = "object")]
impl super::object::Object for Facts {
    fn type_name(&self) -> &'static str {
        self.class
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    }

    fn representation(&self) -> String {
        let shown = self.attributes.iter();
        let shown: Vec<_> = shown
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("{}([{}])", self.class, shown.join(","))
    }
}

#[cfg(feature = "object")]
impl Facts {
    /// Members of a dict under names of Python's, of which those are `None` that it does not have.
    fn object(
        class: &'static str,
        names: &[(&'static str, &str)],
        members: &Value,
    ) -> Result<Rc<dyn super::object::Object>> {
        let mut attributes = Vec::new();
        for (name, key) in names {
            let value = match members {
                Value::None => Value::None,
                members => members.expect_dict("get")?.find(key).unwrap_or_default(),
            };
            attributes.push((*name, value));
        }
        Ok(Rc::new(Self { class, attributes }))
    }
}

/// `awslambdaric.lambda_context.LambdaContext.identity`
#[cfg(feature = "object")]
pub fn identity(context: &LambdaContext) -> Result<Value> {
    let names = [
        ("cognito_identity_id", "cognitoIdentityId"),
        ("cognito_identity_pool_id", "cognitoIdentityPoolId"),
    ];
    Facts::object("CognitoIdentity", &names, &context.0.identity).map(Value::Object)
}

/// `awslambdaric.lambda_context.LambdaContext.client_context`
#[cfg(feature = "object")]
pub fn client_context(context: &LambdaContext) -> Result<Value> {
    let members = match &context.0.client_context {
        Value::None => return Ok(Value::None),
        members => members.expect_dict("get")?,
    };
    let of_client = [
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    ];
    let client = match members.find("client").unwrap_or_default() {
        Value::None => Value::None,
        client => Value::Object(Facts::object(
            "Client",
            &of_client.map(|name| (name, name)),
            &client,
        )?),
    };
    let custom = members.find("custom").unwrap_or_default();
    let env = members.find("env").unwrap_or_default();
    let attributes = vec![("custom", custom), ("env", env), ("client", client)];
    let class = "ClientContext";
    Ok(Value::Object(Rc::new(Facts { class, attributes })))
}

/// A context as a value: what is passed on to code that asks for its attributes by name.
#[cfg(feature = "object")]
impl super::object::Object for LambdaContext {
    fn type_name(&self) -> &'static str {
        "LambdaContext"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        self.read_attribute(name).ok()
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "aws_request_id" => Ok(aws_request_id(self).into()),
            "function_name" => function_name(self).map(Value::from),
            "function_version" => function_version(self).map(Value::from),
            "invoked_function_arn" => Ok(invoked_function_arn(self).into()),
            "memory_limit_in_mb" => memory_limit_in_mb(self).map(Value::from),
            "log_group_name" => log_group_name(self).map(Value::from),
            "log_stream_name" => log_stream_name(self).map(Value::from),
            "tenant_id" => Ok(tenant_id(self).into()),
            "identity" => identity(self),
            "client_context" => client_context(self),
            "get_remaining_time_in_millis" | "log" | "w3c" => Err(error::untranslated(format!(
                "the method {name} of a context whose type is not known"
            ))),
            _ => Err(error::attribute_error("LambdaContext", name)),
        }
    }
}

#[cfg(feature = "object")]
impl From<LambdaContext> for Value {
    fn from(context: LambdaContext) -> Self {
        Self::Object(Rc::new(context))
    }
}

#[cfg(all(test, feature = "object"))]
mod tests {
    use super::*;
    use crate::python::dict::dict;

    #[test]
    fn tells_of_the_invocation() -> Result<()> {
        let context = LambdaContext::new(Invocation {
            request_id: "r".to_owned(),
            function_arn: "arn:aws:lambda:eu-west-1:1:function:f".to_owned(),
            deadline: time::time_ns() / 1_000_000 + 5000,
            client_context: dict! {"custom": dict! {"a": 1}, "client": dict! {"app_title": "t"}}
                .into(),
            ..Invocation::default()
        });
        assert_eq!(aws_request_id(&context), "r");
        assert!((4000..=5000).contains(&get_remaining_time_in_millis(&context)));
        let client = client_context(&context)?;
        assert_eq!(client.attribute("custom")?.item("a")?, Value::Int(1));
        assert!(client.attribute("env")?.is_none());
        let shown = "ClientContext([custom={'a': 1},env=None,client=Client([installation_id=None,\
            app_title=t,app_version_name=None,app_version_code=None,app_package_name=None])])";
        assert_eq!(client.to_string(), shown);
        let identity = identity(&context)?;
        assert!(identity.attribute("cognito_identity_id")?.is_none());
        let value = Value::from(context);
        assert_eq!(value.attribute("aws_request_id")?, Value::from("r"));
        let missing = value
            .attribute("nothing")
            .map_err(|error| error.to_string());
        let text = "'LambdaContext' object has no attribute 'nothing'";
        assert_eq!(missing, Err(text.to_owned()));
        Ok(())
    }

    #[test]
    fn time_that_is_up_is_zero() {
        let context = LambdaContext::new(Invocation::default());
        assert_eq!(get_remaining_time_in_millis(&context), 0);
    }
}
