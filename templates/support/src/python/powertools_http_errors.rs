//! The exceptions that the event handler of Powertools for AWS Lambda answers with.

use super::error::{Class, EXCEPTION, Error};
use super::value::Value;

/// `aws_lambda_powertools.event_handler.exceptions.ServiceError`
pub static SERVICE_ERROR: Class = Class::new("ServiceError", &[&EXCEPTION]);
/// `aws_lambda_powertools.event_handler.exceptions.BadRequestError`
pub static BAD_REQUEST_ERROR: Class = Class::new("BadRequestError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.UnauthorizedError`
pub static UNAUTHORIZED_ERROR: Class = Class::new("UnauthorizedError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.ForbiddenError`
pub static FORBIDDEN_ERROR: Class = Class::new("ForbiddenError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.NotFoundError`
pub static NOT_FOUND_ERROR: Class = Class::new("NotFoundError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.RequestTimeoutError`
pub static REQUEST_TIMEOUT_ERROR: Class = Class::new("RequestTimeoutError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.RequestEntityTooLargeError`
pub static REQUEST_ENTITY_TOO_LARGE_ERROR: Class =
    Class::new("RequestEntityTooLargeError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.InternalServerError`
pub static INTERNAL_SERVER_ERROR: Class = Class::new("InternalServerError", &[&SERVICE_ERROR]);
/// `aws_lambda_powertools.event_handler.exceptions.ServiceUnavailableError`
pub static SERVICE_UNAVAILABLE_ERROR: Class =
    Class::new("ServiceUnavailableError", &[&SERVICE_ERROR]);

/// An exception of a class, with what it answers.
fn answering(class: &'static Class, args: Vec<Value>, status_code: Value, msg: Value) -> Error {
    Error::with_args(class, args)
        .with_attribute("status_code", status_code)
        .with_attribute("msg", msg)
}

/// `aws_lambda_powertools.event_handler.exceptions.ServiceError(status_code, msg, /)`.
pub fn service_error(status_code: &Value, msg: &Value) -> Error {
    let args = vec![status_code.clone(), msg.clone()];
    answering(&SERVICE_ERROR, args, status_code.clone(), msg.clone())
}

/// `aws_lambda_powertools.event_handler.exceptions.BadRequestError(msg, /)`.
pub fn bad_request_error(msg: &Value) -> Error {
    answering(
        &BAD_REQUEST_ERROR,
        vec![msg.clone()],
        400.into(),
        msg.clone(),
    )
}

/// `aws_lambda_powertools.event_handler.exceptions.UnauthorizedError(msg, /)`.
pub fn unauthorized_error(msg: &Value) -> Error {
    answering(
        &UNAUTHORIZED_ERROR,
        vec![msg.clone()],
        401.into(),
        msg.clone(),
    )
}

/// `aws_lambda_powertools.event_handler.exceptions.ForbiddenError(msg, /)`.
pub fn forbidden_error(msg: &Value) -> Error {
    answering(&FORBIDDEN_ERROR, vec![msg.clone()], 403.into(), msg.clone())
}

/// `aws_lambda_powertools.event_handler.exceptions.NotFoundError(msg, /)`.
pub fn not_found_error(msg: &Value) -> Error {
    answering(&NOT_FOUND_ERROR, vec![msg.clone()], 404.into(), msg.clone())
}

/// `aws_lambda_powertools.event_handler.exceptions.NotFoundError()`.
pub fn default_not_found_error() -> Error {
    answering(&NOT_FOUND_ERROR, Vec::new(), 404.into(), "Not found".into())
}

/// `aws_lambda_powertools.event_handler.exceptions.RequestTimeoutError(msg, /)`.
pub fn request_timeout_error(msg: &Value) -> Error {
    answering(
        &REQUEST_TIMEOUT_ERROR,
        vec![msg.clone()],
        408.into(),
        msg.clone(),
    )
}

/// `aws_lambda_powertools.event_handler.exceptions.RequestEntityTooLargeError(msg, /)`.
pub fn request_entity_too_large_error(msg: &Value) -> Error {
    answering(
        &REQUEST_ENTITY_TOO_LARGE_ERROR,
        vec![msg.clone()],
        413.into(),
        msg.clone(),
    )
}

/// `aws_lambda_powertools.event_handler.exceptions.InternalServerError(msg, /)`.
pub fn internal_server_error(msg: &Value) -> Error {
    answering(
        &INTERNAL_SERVER_ERROR,
        vec![msg.clone()],
        500.into(),
        msg.clone(),
    )
}

/// `aws_lambda_powertools.event_handler.exceptions.ServiceUnavailableError(msg, /)`.
pub fn service_unavailable_error(msg: &Value) -> Error {
    answering(
        &SERVICE_UNAVAILABLE_ERROR,
        vec![msg.clone()],
        503.into(),
        msg.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_python_s_say() {
        let error = service_error(&418.into(), &"tea".into());
        assert_eq!(error.to_string(), "(418, 'tea')");
        assert_eq!(bad_request_error(&"no".into()).to_string(), "no");
        let error = default_not_found_error();
        assert_eq!(error.to_string(), "");
        assert_eq!(error.attribute("msg"), Some("Not found".into()));
        assert!(error.is(&SERVICE_ERROR));
    }
}
