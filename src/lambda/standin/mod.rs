//! What stands in for AWS: moto's server on this machine, with the template's resources in it.

mod cloudformation;
mod refusal;
mod seed;
mod server;

use std::collections::BTreeMap;
use std::io;

use thiserror::Error;

pub use cloudformation::Stack;
pub use refusal::{Form, Refusal};
pub use server::Server;

/// Environment of a function, with what was not known before deployment filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// Values by name.
    pub variables: BTreeMap<String, String>,
    /// The names among them whose value refers to what the stand-in does not have; they hold
    /// something made from their name.
    pub dummies: Vec<String>,
    /// Physical ids of the resources by logical id, as CloudFormation gives them.
    pub physical: BTreeMap<String, String>,
    /// What the stand-in refuses, resources by logical id and the values of variables by names of
    /// the tool's own.
    pub refused: BTreeMap<String, Refusal>,
    /// Parameters of the template whose value is known only at deployment, by logical id; they
    /// hold `dummy-` and that.
    pub unknown: Vec<String>,
}

impl Environment {
    /// A variable with its value, or with a dummy.
    fn set(&mut self, name: &str, value: Option<String>) {
        let value = value.unwrap_or_else(|| {
            self.dummies.push(name.to_owned());
            dummy(name)
        });
        self.variables.insert(name.to_owned(), value);
    }

    /// What is not as it would be in AWS, for people.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for name in &self.dummies {
            notes.push(format!(
                "the variable {name} names what is not here, and holds a dummy"
            ));
        }
        if !self.unknown.is_empty() {
            notes.push(format!(
                "known only at deployment, so dummies: the values of the parameters {}",
                self.unknown.join(", ")
            ));
        }
        let resources = self.refused.iter().filter(|(_, it)| !it.kind.is_empty());
        notes.extend(resources.map(|(id, it)| it.note(id)));
        notes
    }
}

/// Something that can be used as what a variable of this name holds. Hosts get no answer that a
/// case does not set.
fn dummy(name: &str) -> String {
    let host = format!(
        "dummy-{}.example.com",
        name.to_lowercase().replace('_', "-")
    );
    match name.to_uppercase().rsplit('_').next() {
        Some("URL" | "URI" | "ENDPOINT") if !name.contains("QUEUE") => format!("https://{host}"),
        Some("HOST" | "HOSTNAME" | "DOMAIN") => host,
        _ => format!("dummy-{name}"),
    }
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_dummy_is_of_use_for_what_its_name_says() {
        for (name, expected) in [
            ("TABLE", "dummy-TABLE"),
            ("ORDERS_API_URL", "https://dummy-orders-api-url.example.com"),
            ("DEAD_QUEUE_URL", "dummy-DEAD_QUEUE_URL"),
            ("DB_HOST", "dummy-db-host.example.com"),
        ] {
            assert_eq!(super::dummy(name), expected);
        }
    }
}
