//! What Python functions run with: for each version an environment that holds what Lambda gives
//! a function, and nothing else.

use std::path::PathBuf;

use super::python::Version;
use super::table::INSTALL;
use super::{Tools, ToolsError};
use crate::diagnostic::{Code, Diagnostic};

/// An environment of one Python version, installed completely.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// Its interpreter, to be started with `-m awslambdaric app.handler`.
    pub python: PathBuf,
    /// Its version.
    pub version: Version,
    /// A folder that holds coverage.py for this version and nothing else. It is not on the
    /// interpreter's path; what wants it sets `PYTHONPATH`.
    pub coverage: PathBuf,
    /// The version that was asked for, where this is another one because that is not here.
    pub instead_of: Option<Version>,
}

impl Runtime {
    /// What to tell the user where another version is used than was asked for.
    #[must_use]
    pub fn warning(&self) -> Option<Diagnostic> {
        let asked = self.instead_of?;
        let message = format!("python{asked} is not here; run with {}", self.version);
        let help = format!("with Python {asked} on this machine, `{INSTALL} --python {asked}`");
        Some(Diagnostic::warning(Code::OtherPython, message).with_help(help))
    }
}

impl Tools {
    /// What to run a function of a Python version with, such as `3.12` or `python3.12`; without
    /// one, the newest there is. Where that version is not here, the nearest, and of two the
    /// newer.
    ///
    /// # Errors
    /// When the text is no version, or nothing has been installed for functions.
    pub fn runtime(&self, version: Option<&str>) -> Result<Runtime, ToolsError> {
        let asked = version.map(str::parse::<Version>).transpose()?;
        let here = self.runtimes();
        let nearest = match asked {
            Some(asked) => {
                let newest_first = here.into_iter().rev();
                newest_first.min_by_key(|runtime| runtime.version.distance(asked))
            }
            None => here.into_iter().next_back(),
        };
        let mut runtime = nearest.ok_or(ToolsError::NoRuntime)?;
        runtime.instead_of = asked.filter(|&asked| asked != runtime.version);
        Ok(runtime)
    }

    /// The environments that are installed completely, oldest version first.
    #[must_use]
    pub fn runtimes(&self) -> Vec<Runtime> {
        let Ok(folders) = self.folder.join("runtimes").read_dir() else {
            return Vec::new();
        };
        let names = folders.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut versions: Vec<Version> = names.filter_map(|name| name.parse().ok()).collect();
        versions.sort_unstable();
        versions
            .into_iter()
            .filter_map(|version| {
                let folder = self.runtime_folder(version);
                let python = folder.join("bin").join("python3");
                let complete = python.is_file() && self.stamp(&runtime_part(version)).is_file();
                complete.then(|| Runtime {
                    python,
                    version,
                    coverage: folder.join("coverage"),
                    instead_of: None,
                })
            })
            .collect()
    }

    pub(super) fn runtime_folder(&self, version: Version) -> PathBuf {
        self.folder.join("runtimes").join(version.to_string())
    }
}

/// The name under which an environment is marked as complete.
pub(super) fn runtime_part(version: Version) -> String {
    format!("runtime-{version}")
}
