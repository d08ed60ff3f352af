//! The exceptions of idempotent functions of Powertools for AWS Lambda.

use super::error::{Class, EXCEPTION, Error};
use super::value::Value;

/// `aws_lambda_powertools.utilities.idempotency.exceptions.IdempotencyAlreadyInProgressError`
pub static IDEMPOTENCY_ALREADY_IN_PROGRESS_ERROR: Class =
    Class::new("IdempotencyAlreadyInProgressError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.idempotency.exceptions.IdempotencyInconsistentStateError`
pub static IDEMPOTENCY_INCONSISTENT_STATE_ERROR: Class =
    Class::new("IdempotencyInconsistentStateError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.idempotency.exceptions.IdempotencyInvalidStatusError`
pub static IDEMPOTENCY_INVALID_STATUS_ERROR: Class =
    Class::new("IdempotencyInvalidStatusError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.idempotency.exceptions.IdempotencyPersistenceLayerError`
pub static IDEMPOTENCY_PERSISTENCE_LAYER_ERROR: Class =
    Class::new("IdempotencyPersistenceLayerError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.idempotency.exceptions.IdempotencyKeyError`
pub static IDEMPOTENCY_KEY_ERROR: Class = Class::new("IdempotencyKeyError", &[&EXCEPTION]);

/// The error that a record is not as it should be.
pub fn inconsistent(text: &str) -> Error {
    Error::new(&IDEMPOTENCY_INCONSISTENT_STATE_ERROR, text)
}

/// The error that the store failed, of what an `except Exception` catches.
pub fn persistence(message: &str, error: Error) -> Error {
    if !error.is(&EXCEPTION) {
        return error;
    }
    let details = error.to_string();
    let text = match details.is_empty() {
        true => message.to_owned(),
        false => format!("{message} - ({details})"),
    };
    let args = vec![Value::from(message), Value::Str(details)];
    Error::with_text(&IDEMPOTENCY_PERSISTENCE_LAYER_ERROR, args, text).with_cause(error)
}
