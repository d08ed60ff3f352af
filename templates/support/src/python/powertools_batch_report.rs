//! What Powertools for AWS Lambda says where all records of a batch failed.

use super::error::Error;

/// Why a record failed.
#[derive(Debug)]
pub enum Failure {
    /// Its handling raised.
    Raised(Error),
    /// One before it failed, of its message group or of any.
    Stopped {
        /// Whether only those of its message group count.
        only_group: bool,
    },
}

/// The message of the error about all records, and its text with their failures.
pub fn of_all(failures: &[Failure]) -> (String, String) {
    let count = failures.len();
    let message = format!(
        "All records failed processing. {count} individual errors logged separately below."
    );
    let shown: Vec<String> = failures.iter().map(shown).collect();
    let text = format!("{message}\n\n{}", shown.join("\n"));
    (message, text)
}

/// A failure as Python shows it, without places in the source.
fn shown(failure: &Failure) -> String {
    let exceptions = "aws_lambda_powertools.utilities.batch.exceptions";
    match failure {
        Failure::Raised(error) => traced(error) + "\n",
        Failure::Stopped { only_group: true } => format!(
            "{exceptions}.SQSFifoMessageGroupCircuitBreakerError: A previous record from this \
             message group failed processing\n"
        ),
        Failure::Stopped { only_group: false } => format!(
            "{exceptions}.SQSFifoCircuitBreakerError: A previous record failed processing\n"
        ),
    }
}

/// An exception and what it was raised from.
fn traced(error: &Error) -> String {
    let before = error.cause().map_or_else(String::new, |cause| {
        let joined = "The above exception was the direct cause of the following exception:";
        format!("{}\n\n{joined}\n\n", traced(&cause))
    });
    let (name, text) = (qualified(error.class().name), error.to_string());
    let colon = if text.is_empty() { "" } else { ": " };
    format!("{before}Traceback (most recent call last):\n{name}{colon}{text}")
}

/// The name of a class with its module before it, where Python shows that.
fn qualified(name: &str) -> String {
    let module = match name {
        "JSONDecodeError" => "json.decoder",
        "DecimalException" | "InvalidOperation" | "DivisionByZero" => "decimal",
        "ClientError" | "BotoCoreError" | "ParamValidationError" | "WaiterError" => {
            "botocore.exceptions"
        }
        "GetParameterError" | "TransformParameterError" => {
            "aws_lambda_powertools.utilities.parameters.exceptions"
        }
        _ => return name.to_owned(),
    };
    format!("{module}.{name}")
}
