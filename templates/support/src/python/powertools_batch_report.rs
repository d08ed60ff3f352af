//! What Powertools for AWS Lambda says where all records of a batch failed.

use super::error::{self, Class, Error, Result};

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
///
/// # Errors
/// `Untranslated` for exceptions of the application.
pub fn of_all(failures: &[Failure]) -> Result<(String, String)> {
    let count = failures.len();
    let message = format!(
        "All records failed processing. {count} individual errors logged separately below."
    );
    let shown: Vec<String> = failures.iter().map(shown).collect::<Result<_>>()?;
    let text = format!("{message}\n\n{}", shown.join("\n"));
    Ok((message, text))
}

/// A failure as Python shows it, without places in the source.
fn shown(failure: &Failure) -> Result<String> {
    let exceptions = "aws_lambda_powertools.utilities.batch.exceptions";
    Ok(match failure {
        Failure::Raised(error) => traced(error)? + "\n",
        Failure::Stopped { only_group: true } => format!(
            "{exceptions}.SQSFifoMessageGroupCircuitBreakerError: A previous record from this \
             message group failed processing\n"
        ),
        Failure::Stopped { only_group: false } => format!(
            "{exceptions}.SQSFifoCircuitBreakerError: A previous record failed processing\n"
        ),
    })
}

/// An exception and what it was raised from.
fn traced(error: &Error) -> Result<String> {
    let joined = "The above exception was the direct cause of the following exception:";
    let before = match error.cause() {
        Some(cause) => format!("{}\n\n{joined}\n\n", traced(&cause)?),
        None => String::new(),
    };
    let (name, text) = (qualified(error.class())?, error.to_string());
    let colon = if text.is_empty() { "" } else { ": " };
    Ok(format!(
        "{before}Traceback (most recent call last):\n{name}{colon}{text}"
    ))
}

/// Exceptions that Python shows without a module.
const BUILTINS: [&str; 53] = [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "EOFError",
    "Exception",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "GeneratorExit",
    "ImportError",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "RuntimeError",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "ValueError",
    "ZeroDivisionError",
];

/// The name of a class with its module before it, where Python shows that. The module of a class of
/// the application is not known here.
fn qualified(class: &'static Class) -> Result<String> {
    let name = class.name;
    if BUILTINS.contains(&name) {
        return Ok(name.to_owned());
    }
    let is_a = |base: &str| class.line().iter().any(|it| it.name == base);
    let module = match name {
        "JSONDecodeError" => "json.decoder",
        "DecimalException" | "InvalidOperation" | "DivisionByZero" => "decimal",
        "ClientError" | "WaiterError" => "botocore.exceptions",
        "GetParameterError" | "TransformParameterError" => {
            "aws_lambda_powertools.utilities.parameters.exceptions"
        }
        _ if is_a("ClientError") => "botocore.errorfactory",
        _ if is_a("BotoCoreError") => "botocore.exceptions",
        _ => {
            let text = format!("the module of the exception {name}");
            return Err(Error::new(&error::UNTRANSLATED, text));
        }
    };
    Ok(format!("{module}.{name}"))
}
