//! What stands in for AWS: moto's server on this machine, with the template's resources in it.

mod cloudformation;
mod seed;
mod server;

use std::collections::BTreeMap;
use std::io;

use thiserror::Error;

pub use cloudformation::Stack;
pub use server::Server;

/// Environment of a function, with what was not known before deployment filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// Values by name.
    pub variables: BTreeMap<String, String>,
    /// The names among them whose value refers to what the stand-in does not have; they hold
    /// `dummy-` and their name.
    pub dummies: Vec<String>,
    /// Physical ids of the resources by logical id, as CloudFormation gives them.
    pub physical: BTreeMap<String, String>,
}

/// Why the stand-in could not be used.
#[derive(Debug, Error)]
pub enum StandinError {
    /// The server could not be started.
    #[error("{program} could not be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It ended before it served, and printed this.
    #[error("{program} ended before it served: {output}")]
    Ended {
        /// The program.
        program: String,
        /// What it printed.
        output: String,
    },
    /// A request did not get through.
    #[error("the stand-in does not answer: {0}")]
    Request(String),
    /// It refused a request.
    #[error("the stand-in refused {action}: {message}")]
    Refused {
        /// The request.
        action: String,
        /// Its words.
        message: String,
    },
}
