//! A function's code, ready to be started: what its build and its deployment make of it.
//!
//! In: a function of a project, or a program. Out: a [`Deployment`], which a
//! [`Launch`](super::Launch) is made from. Builds and downloads only outside the project, except
//! that cargo builds a crate where it always does.

mod layers;
mod python;
mod rust;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use thiserror::Error;

use super::Launch;
use crate::sam::{Function, Value};
use crate::tools::{Packages, ToolsError};

/// The account that functions run in: moto's own.
pub const ACCOUNT: &str = "123456789012";

/// The region that functions run in.
pub const REGION: &str = "us-east-1";

/// Code that can be started as a function.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// What it is, for people: `Python 3.11, functions/authorizer`.
    pub label: String,
    /// The language that it is in.
    pub language: Language,
    /// The program that asks for work.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The handler.
    pub handler: String,
    /// The folder of the code.
    pub task_root: PathBuf,
    /// The folder of its crate, where it was built from one.
    pub krate: Option<PathBuf>,
    /// Folders of code that coverage is measured in: the function's own and its layers'.
    pub sources: Vec<PathBuf>,
    /// Files and folders that its zip file would hold.
    pub package: Vec<PathBuf>,
    /// Those of its layers.
    pub layers: Vec<PathBuf>,
    /// What the deployment adds to the environment.
    pub environment: BTreeMap<String, String>,
    /// Programs of external extensions.
    pub extensions: Vec<PathBuf>,
    /// Where Python finds coverage.py; absent for other languages.
    pub coverage: Option<PathBuf>,
    /// What differs from Lambda, for people.
    pub notes: Vec<String>,
    /// Files that were made for it, gone with its last copy.
    _scratch: Option<Arc<TempDir>>,
    /// Likewise.
    _packages: Vec<Arc<Packages>>,
}

/// The language of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Run by `awslambdaric`.
    Python,
    /// A `bootstrap` of its own.
    Native,
}

/// Why code cannot be made ready.
#[derive(Debug, Error)]
pub enum DeploymentError {
    /// The function is of a kind that cannot be run here.
    #[error("{0}")]
    Unsupported(String),
    /// A tool is not there, or packages cannot be installed.
    #[error(transparent)]
    Tools(#[from] ToolsError),
    /// A program is not there.
    #[error("{program} is missing: {help}")]
    Missing {
        /// The program.
        program: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// A build failed, with its last words.
    #[error("{what} failed:\n{output}")]
    Build {
        /// What was built.
        what: String,
        /// What it printed.
        output: String,
    },
    /// The file system said no.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        source: std::io::Error,
    },
}

impl Deployment {
    /// Whether another one runs the very same files: labels are for people, and an earlier revision
    /// has the same.
    #[must_use]
    pub fn is_same_code(&self, other: &Self) -> bool {
        (&self.program, &self.task_root) == (&other.program, &other.task_root)
    }

    /// A launch with the limits and under the name that the template gives the function.
    #[must_use]
    pub fn launch(&self, function: &Function, environment: &BTreeMap<String, String>) -> Launch {
        let mut all = environment.clone();
        all.extend(self.environment.clone());
        Launch {
            name: function.id.clone(),
            program: self.program.clone(),
            arguments: self.arguments.clone(),
            handler: self.handler.clone(),
            task_root: self.task_root.clone(),
            extensions: self.extensions.clone(),
            environment: all,
            timeout: timeout(function),
            memory: memory(function),
            cpu: None,
            private_tmp: false,
            region: REGION.to_owned(),
            account: ACCOUNT.to_owned(),
        }
    }

    /// A program that speaks the Runtime API, such as what `cargo lambda build` makes.
    ///
    /// # Errors
    /// When it is not there.
    pub fn bootstrap(program: &Path) -> Result<Self, DeploymentError> {
        let io = |source| DeploymentError::Io {
            what: format!("`{}` cannot be started", program.display()),
            source,
        };
        let program = program.canonicalize().map_err(io)?;
        let folder = program.parent().unwrap_or(Path::new("/")).to_owned();
        Ok(Self {
            label: format!("native, {}", program.display()),
            language: Language::Native,
            program: program.clone(),
            arguments: Vec::new(),
            handler: "bootstrap".to_owned(),
            task_root: folder,
            krate: None,
            sources: Vec::new(),
            package: vec![program],
            layers: Vec::new(),
            environment: BTreeMap::new(),
            extensions: Vec::new(),
            coverage: None,
            notes: Vec::new(),
            _scratch: None,
            _packages: Vec::new(),
        })
    }
}

/// The time limit of a function. One that is only known at deployment counts as Lambda's default.
pub(crate) fn timeout(function: &Function) -> Duration {
    let seconds = number(&function.timeout).unwrap_or(3).clamp(1, 900);
    Duration::from_secs(seconds)
}

/// The memory of a function in MB; likewise.
fn memory(function: &Function) -> u32 {
    let memory = number(&function.memory).unwrap_or(128).clamp(128, 10_240);
    u32::try_from(memory).unwrap_or(128)
}

/// A number, also one written as text, which CloudFormation takes too.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Text(text) => text.parse().ok(),
        other => u64::try_from(other.as_int()?).ok(),
    }
}
