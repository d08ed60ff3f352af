//! One call of an AWS operation: what it sent, what came back, what failed.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;

use super::botocore;
use super::botocore_errors::{Exception, client_error};
use super::botocore_order::Order;
use super::dict::Dict;
use super::error::{self, Class, Error, Result};
use super::value::Value;

/// A call. Clones are the same call.
#[derive(Debug, Clone)]
pub struct Call {
    operation: &'static str,
    /// The parameters' order, where it shall be the message's.
    order: Option<Arc<Order>>,
    /// The names of an object's metadata in their order, and whether its type is given.
    object: Option<Arc<(Vec<String>, bool)>>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    url: String,
    attempts: u32,
    response: Option<Response>,
}

/// An HTTP response.
#[derive(Debug, Clone, Default)]
pub struct Response {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// A header's value by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        found.next().map(|(_, value)| value.as_str())
    }
}

impl Call {
    /// A call of an operation that is not yet sent.
    pub fn new(operation: &'static str) -> Self {
        Self {
            operation,
            order: None,
            object: None,
            seen: Arc::default(),
        }
    }

    /// A call whose message in JSON has the order of the parameters, which the SDK's maps lose.
    pub fn ordered(operation: &'static str, input: &Dict) -> Self {
        let order = Order::of(&Value::from(input.clone()));
        Self {
            order: Some(Arc::new(order)),
            ..Self::new(operation)
        }
    }

    /// A call that writes an object of S3: its metadata keep their order, and it has no type where
    /// none is given.
    pub fn of_object(operation: &'static str, input: &Dict) -> Self {
        let names = match input.find("Metadata") {
            Some(Value::Dict(metadata)) => metadata.pairs(),
            _ => Vec::new(),
        };
        let name = |(key, _): (Value, Value)| format!("x-amz-meta-{key}").to_ascii_lowercase();
        let names = names.into_iter().map(name).collect();
        let typed = input.find("ContentType").is_some();
        Self {
            object: Some(Arc::new((names, typed))),
            ..Self::new(operation)
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last response.
    pub fn response(&self) -> Response {
        self.seen().response.clone().unwrap_or_default()
    }

    /// How often it was sent again.
    pub fn retries(&self) -> i64 {
        i64::from(self.seen().attempts.saturating_sub(1))
    }

    /// What botocore raises for a failure.
    pub fn failure<E: StdError + 'static, R: std::fmt::Debug + 'static>(
        &self,
        error: SdkError<E, R>,
        retries: Option<&RetryConfig>,
        read: fn(&Response) -> Result<Dict>,
        exceptions: &[Exception],
    ) -> Error {
        match &error {
            SdkError::ServiceError(_) | SdkError::ResponseError(_) => {
                let response = self.seen().response.clone();
                if let Some(response) = response {
                    let attempts = self.seen().attempts;
                    let exhausted = retries.is_some_and(|it| attempts >= it.max_attempts());
                    let call = (self.operation, self.retries(), exhausted);
                    return client_error(call, &response, read, exceptions).unwrap_or_else(|it| it);
                }
                self.at_endpoint(&botocore::CONNECTION_CLOSED_ERROR)
            }
            SdkError::TimeoutError(_) => self.at_endpoint(&botocore::READ_TIMEOUT_ERROR),
            SdkError::DispatchFailure(failure) if failure.is_timeout() => {
                if chain(&error).contains("connect timeout") {
                    self.at_endpoint(&botocore::CONNECT_TIMEOUT_ERROR)
                } else {
                    self.at_endpoint(&botocore::READ_TIMEOUT_ERROR)
                }
            }
            SdkError::DispatchFailure(failure) if failure.is_io() => {
                if chain(&error).contains("connect") {
                    self.at_endpoint(&botocore::ENDPOINT_CONNECTION_ERROR)
                } else {
                    self.at_endpoint(&botocore::CONNECTION_CLOSED_ERROR)
                }
            }
            SdkError::DispatchFailure(_) if chain(&error).contains("(SendRequest)") => {
                self.at_endpoint(&botocore::CONNECTION_CLOSED_ERROR)
            }
            _ if lacks_credentials(&error) => Error::new(
                &botocore::NO_CREDENTIALS_ERROR,
                "Unable to locate credentials",
            ),
            _ => error::untranslated(chain(&error)),
        }
    }

    fn at_endpoint(&self, class: &'static Class) -> Error {
        let url = self.seen().url.clone();
        let text = match class.name {
            "EndpointConnectionError" => {
                format!("Could not connect to the endpoint URL: \"{url}\"")
            }
            "ConnectTimeoutError" => format!("Connect timeout on endpoint URL: \"{url}\""),
            "ReadTimeoutError" => format!("Read timeout on endpoint URL: \"{url}\""),
            _ => format!(
                "Connection was closed before we received a valid response from endpoint URL: \
                 \"{url}\"."
            ),
        };
        let error = Error::new(class, text);
        if class.inherits(&botocore::HTTP_CLIENT_ERROR) {
            return error.with_attribute("response", Value::None);
        }
        error
    }
}

/// A URL without the operation's name, which only the SDK writes into it.
fn without_operation(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let parts = query.split('&').filter(|part| !part.starts_with("x-id="));
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", parts.join("&"))
}

/// An error's text with those of its causes.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn lacks_credentials(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(CredentialsError::CredentialsNotLoaded(_)) = error.downcast_ref() {
            return true;
        }
        cause = error.source();
    }
    false
}

impl Intercept for Call {
    fn name(&self) -> &'static str {
        "Call"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some((names, typed)) = self.object.as_deref() {
            let headers = request.headers_mut();
            if !typed {
                headers.remove("content-type");
            }
            let values: Vec<_> = names
                .iter()
                .map(|name| headers.remove(name.as_str()))
                .collect();
            for (name, value) in names.iter().zip(values) {
                if let Some(value) = value {
                    headers.insert(name.clone(), value);
                }
            }
        }
        let Some(order) = &self.order else {
            return Ok(());
        };
        let Some(body) = request.body().bytes() else {
            return Ok(());
        };
        let body = serde_json::to_vec(&order.applied(serde_json::from_slice(body)?))?;
        if request.headers().contains_key("content-length") {
            let length = body.len().to_string();
            request.headers_mut().insert("content-length", length);
        }
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut seen = self.seen();
        seen.attempts += 1;
        seen.response = None;
        seen.url = without_operation(context.request().uri());
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in response.headers() {
            match headers.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known = format!("{known}, {value}"),
                None => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            }
        }
        let body = response.body().bytes().unwrap_or_default().to_vec();
        let status = response.status().as_u16();
        self.seen().response = Some(Response {
            status,
            headers,
            body,
        });
        Ok(())
    }
}
