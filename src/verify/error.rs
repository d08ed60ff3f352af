//! Why a comparison could not be made.

use std::io;

use thiserror::Error;

use super::trace::TraceError;
use crate::diagnostic::{Code, Diagnostic};
use crate::lambda::StartError;
use crate::lambda::deployment::DeploymentError;
use crate::lambda::standin::StandinError;
use crate::plan::PlanError;

/// Why a function could not be verified. None of these says anything about the function.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// There is no such function, or several.
    #[error("{0}")]
    Function(String),
    /// A side cannot be made ready.
    #[error("{side} cannot be run: {source}")]
    Deployment {
        /// `the original` or `the replacement`.
        side: String,
        /// Why.
        source: DeploymentError,
    },
    /// The stand-in for AWS does not do its part.
    #[error("the stand-in for AWS: {0}")]
    Standin(#[from] StandinError),
    /// A function could not be started.
    #[error("{0}")]
    Start(#[from] StartError),
    /// A program is not there.
    #[error("{program} is missing")]
    Missing {
        /// The program.
        program: &'static str,
    },
    /// A case, a state or an event cannot be read.
    #[error("`{file}` cannot be read: {reason}")]
    Case {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// The original cannot even be loaded, so that nothing can be compared.
    #[error("the original cannot be started: {kind}: {message}")]
    Original {
        /// `errorType`.
        kind: String,
        /// `errorMessage`.
        message: String,
    },
    /// The original raises for every event that there is, so that nothing can be measured.
    #[error("the original answers no event that was tried; the last raised {kind}: {message}")]
    Unanswered {
        /// `errorType`.
        kind: String,
        /// `errorMessage`.
        message: String,
    },
    /// The original could not be traced.
    #[error(transparent)]
    Trace(#[from] TraceError),
    /// Cases that differ could not be kept.
    #[error("the cases that differ could not be kept: {0}")]
    Keep(#[from] PlanError),
    /// The machine said no.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        source: io::Error,
    },
}

impl VerifyError {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    /// Whether an `errorType` says that the code could not be loaded.
    pub(crate) fn is_loading(kind: &str) -> bool {
        const LOADING: &[&str] = &[
            "Runtime.ImportModuleError",
            "Runtime.HandlerNotFound",
            "Runtime.UserCodeSyntaxError",
            "Runtime.MalformedHandlerName",
        ];
        LOADING.contains(&kind)
    }

    fn help(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. }
            | Self::Deployment {
                source: DeploymentError::Missing { .. },
                ..
            } => Some("`gammaray-migrate doctor --install` installs what is missing"),
            Self::Original { message, .. } if message.contains("No module named") => Some(
                "packages come from requirements.txt in the code's folder, and from layers in the \
                 project or of Powertools",
            ),
            Self::Unanswered { .. } => Some(
                "name an event that it answers with `--event`, or put the state that it needs into \
                 `verify/state.json`",
            ),
            Self::Original { .. } => {
                Some("run `sam build` to see whether it builds, and try its tests")
            }
            _ => None,
        }
    }
}

impl From<VerifyError> for Diagnostic {
    fn from(error: VerifyError) -> Self {
        if let VerifyError::Deployment {
            source: DeploymentError::Tools(error),
            ..
        } = error
        {
            return error.into();
        }
        let diagnostic = Self::error(Code::NotComparable, error.to_string());
        match error.help() {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}
