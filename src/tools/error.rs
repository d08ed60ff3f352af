use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::python::{OLDEST_FOR_TOOLS, Version};
use super::table::INSTALL;
use crate::diagnostic::{Code, Diagnostic};

/// Why a tool cannot be used or installed.
#[derive(Debug, Error)]
pub enum ToolsError {
    /// The text is no Python version.
    #[error("`{text}` is no Python version")]
    NoVersion {
        /// The text.
        text: String,
    },
    /// No Python of the machine can run the tools.
    #[error("no Python {OLDEST_FOR_TOOLS} or later was found on this machine")]
    NoPython,
    /// A Python version that was asked for is not on the machine.
    #[error("Python {version} was not found on this machine")]
    PythonMissing {
        /// The version.
        version: Version,
    },
    /// Functions cannot be run, since no runtime environment has been made.
    #[error("nothing to run Python functions with has been installed")]
    NoRuntime,
    /// An installation failed.
    #[error("{what} could not be installed:\n{words}")]
    Install {
        /// What.
        what: String,
        /// The last lines that the installing program printed.
        words: String,
    },
    /// The packages that a function asks for could not be installed.
    #[error("the packages of `{}` could not be installed:\n{words}", file.display())]
    Requirements {
        /// The function's file.
        file: PathBuf,
        /// The last lines that pip printed.
        words: String,
    },
    /// The disk refused.
    #[error("could not {action} `{}`: {source}", path.display())]
    Disk {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ToolsError {
    pub(super) fn disk(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk {
            action,
            path,
            source,
        }
    }

    const fn code(&self) -> Code {
        match self {
            Self::NoVersion { .. } | Self::NoPython | Self::PythonMissing { .. } => {
                Code::PythonMissing
            }
            Self::NoRuntime => Code::ToolsMissing,
            Self::Install { .. } | Self::Disk { .. } => Code::InstallFailed,
            Self::Requirements { .. } => Code::RequirementsFailed,
        }
    }

    fn help(&self) -> String {
        match self {
            Self::NoVersion { .. } => "write it as in `3.12`".into(),
            Self::NoPython => "install Python with its `venv` module, then try again".into(),
            Self::PythonMissing { version } => format!(
                "install python{version} with its `venv` module so that it is on PATH, with pyenv \
                 or with uv, then try again"
            ),
            Self::NoRuntime => format!("run `{INSTALL}`"),
            Self::Install { .. } => {
                format!("mend the cause, then run `{INSTALL}`: it goes on where it stopped")
            }
            Self::Requirements { .. } => {
                "`sam build` runs pip on this file too: mend the file or pip's access to its index"
                    .into()
            }
            Self::Disk { .. } => {
                "mend the cause, or name another folder in the environment variable GAMMARAY_TOOLS"
                    .into()
            }
        }
    }
}

impl From<ToolsError> for Diagnostic {
    fn from(error: ToolsError) -> Self {
        Self::error(error.code(), error.to_string()).with_help(error.help())
    }
}
