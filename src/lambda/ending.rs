//! How an invocation can end, in Lambda's words.

use std::process::ExitStatus;
use std::time::Duration;

use lambda_simulator::{InvocationStatus, Simulator};
use tokio::sync::watch;

use super::api::Traffic;
use super::{FunctionError, Outcome};

/// How waiting for a function ended.
pub(super) enum Ending {
    Completed(Outcome),
    InitFailed(FunctionError),
    TimedOut,
    Exited(Option<ExitStatus>),
}

impl Ending {
    /// In Lambda's words. Source: messages of the service, as its documentation and logs show
    /// them.
    pub(super) fn error(self, request_id: &str, limit: Duration) -> FunctionError {
        let (kind, reason) = match self {
            Self::InitFailed(error) => return error,
            Self::Completed(_) => ("Runtime.Unknown", "Runtime ended".to_owned()),
            Self::TimedOut => (
                "Sandbox.Timedout",
                format!("Task timed out after {:.2} seconds", limit.as_secs_f64()),
            ),
            Self::Exited(Some(status)) if !status.success() => (
                "Runtime.ExitError",
                format!("Runtime exited with error: {}", in_words(status)),
            ),
            Self::Exited(_) => (
                "Runtime.ExitError",
                "Runtime exited without providing a reason".to_owned(),
            ),
        };
        FunctionError {
            kind: kind.to_owned(),
            message: format!("RequestId: {request_id} Error: {reason}"),
        }
    }
}

/// `exit status 1`, `signal: killed`: as Go prints an exit status, in which Lambda is written.
fn in_words(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(6)) => "signal: aborted".to_owned(),
        (None, Some(9)) => "signal: killed".to_owned(),
        (None, Some(11)) => "signal: segmentation fault".to_owned(),
        (None, Some(15)) => "signal: terminated".to_owned(),
        (None, signal) => format!("signal: {}", signal.unwrap_or_default()),
    }
}

/// The simulator keeps type and message of an init error in one string.
pub(super) fn init_error(error: &str) -> FunctionError {
    let (kind, message) = error.split_once(": ").unwrap_or(("Runtime.Unknown", error));
    FunctionError {
        kind: kind.to_owned(),
        message: message.to_owned(),
    }
}

/// Waits for what the runtime posts for the request.
pub(super) async fn posted(
    simulator: &Simulator,
    mut traffic: watch::Receiver<Traffic>,
    request_id: &str,
) -> Outcome {
    loop {
        if let Some(outcome) = completed(simulator, request_id).await {
            return outcome;
        }
        if traffic.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// What the runtime posted for the request, if it did.
pub(super) async fn completed(simulator: &Simulator, request_id: &str) -> Option<Outcome> {
    let state = simulator.get_invocation_state(request_id).await?;
    match state.status {
        InvocationStatus::Success => Some(Outcome::Answer(state.response?.payload)),
        InvocationStatus::Error => state.error.map(|error| {
            Outcome::Error(FunctionError {
                kind: error.error_type,
                message: error.error_message,
            })
        }),
        _ => None,
    }
}
