//! A Lambda on this machine: a function's processes, started, invoked, frozen and stopped as AWS
//! Lambda does it.
//!
//! In: a [`Launch`], what to start and with which limits. Out of [`Sandbox::invoke`]: an
//! [`Invocation`], what Lambda's caller and its log would have seen. The Runtime, Extensions and
//! Telemetry APIs are those of the crate `lambda_simulator`; starting, timeouts, freezing and the
//! end of processes are done here. Linux only, since it reads `/proc`.

mod api;
pub mod cpu;
pub mod deployment;
mod ending;
mod log;
mod private;
mod process;
pub mod record;
mod sandbox;
pub mod standin;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

pub use log::Log;
pub use private::is_permitted as has_private_tmp;
pub use sandbox::{Sandbox, StartError};

/// What to start, and with which limits.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The function's name, as in `AWS_LAMBDA_FUNCTION_NAME`.
    pub name: String,
    /// The program that asks the Runtime API for work: a `bootstrap`, or a Python interpreter.
    pub program: PathBuf,
    /// Its arguments; for Python `-m awslambdaric app.lambda_handler`.
    pub arguments: Vec<OsString>,
    /// The handler, as in `_HANDLER`.
    pub handler: String,
    /// The folder of the function's code, also the working folder: what `/var/task` is on Lambda.
    pub task_root: PathBuf,
    /// Programs of external extensions, started before the runtime.
    pub extensions: Vec<PathBuf>,
    /// Environment of the function and its extensions, over the one that Lambda gives. Nothing is
    /// inherited from this process.
    pub environment: BTreeMap<String, String>,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// Memory in MB, as in `AWS_LAMBDA_FUNCTION_MEMORY_SIZE`. Told to the function, not enforced.
    pub memory: u32,
    /// Where given, CPU time is limited in proportion to memory; init has at least one CPU.
    pub cpu: Option<cpu::Control>,
    /// Whether it has a `/tmp` of its own, where the machine permits that.
    pub private_tmp: bool,
    /// The region.
    pub region: String,
    /// The account.
    pub account: String,
}

/// What an invocation came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The function answered.
    Answer(Value),
    /// It did not, and Lambda reports this to the caller.
    Error(FunctionError),
}

/// What Lambda reports of an invocation that failed.
///
/// Source: "Lambda function invocation errors" and "Understanding the Lambda execution environment
/// lifecycle" in the Lambda developer guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// `errorType`: the name of the exception, or one of Lambda's own such as `Runtime.ExitError`
    /// and `Sandbox.Timedout`.
    pub kind: String,
    /// `errorMessage`.
    pub message: String,
}

/// One invocation, as seen from outside.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The request id that the function was given.
    pub request_id: String,
    /// The answer or the error.
    pub outcome: Outcome,
    /// What the function and its extensions printed since the invocation before, init included.
    pub log: Log,
    /// From handing over the event to the answer.
    pub duration: Duration,
    /// From handing over the event until runtime and extensions had asked for more work: what
    /// Lambda bills. The same as `duration` where [`Sandbox::answer`] did not wait for it.
    pub busy: Duration,
    /// From the start of the process to its first request for work, where this invocation was the
    /// first of its sandbox and got that far.
    pub init: Option<Duration>,
    /// The runtime process's highest resident memory so far, in bytes; absent when it had ended.
    pub peak_memory: Option<u64>,
}
