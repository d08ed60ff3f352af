//! What the original reads of its events, and which of its lines and branches run.
//!
//! In: how to start a Python function. [`Tracing::prepare`] puts a small Python package around its
//! handler, which hands out an event that remembers what is read of it, and runs coverage.py. Out:
//! a [`Trace`]. The function does what it does otherwise, more slowly; so a traced run is one of
//! its own, and never one of those that are compared. Code that asks for exact types, as in
//! `type(event) is dict`, sees the difference.

mod coverage;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, Read as _, Seek as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;
use thiserror::Error;

pub use coverage::{Branch, Coverage, FileCoverage, Unreached};

use crate::lambda::Launch;
use crate::python::Step;
use crate::verify::generate;

/// The Python package's name.
const PACKAGE: &str = "gammaray_trace";

/// Its files.
const SHIM: &[(&str, &str)] = &[
    ("__init__.py", include_str!("shim/__init__.py")),
    ("covering.py", include_str!("shim/covering.py")),
    ("decoders.py", include_str!("shim/decoders.py")),
    ("place.py", include_str!("shim/place.py")),
    ("texts.py", include_str!("shim/texts.py")),
    ("values.py", include_str!("shim/values.py")),
];

/// A function that is started with tracing: its folder of this tool's own, there as long as this.
#[derive(Debug)]
pub struct Tracing {
    folder: TempDir,
    taken: u64,
}

/// What was seen of a function.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// What it read of its events, by path.
    pub reads: Vec<Read>,
    /// Which of its lines and branches ran.
    pub coverage: Coverage,
    /// What could not be seen, and why, in words.
    pub troubles: BTreeSet<String>,
}

/// A part of the event that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The way to it.
    pub path: Vec<Step>,
    /// What was found there.
    pub kinds: BTreeSet<Kind>,
    /// Texts that it was compared with, or that were looked for in it.
    pub compared: BTreeSet<String>,
}

/// What was found at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Kind {
    /// Nothing; or, of what a text holds, that it holds no such thing.
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// Something that JSON does not have.
    #[serde(other)]
    Other,
}

/// Why a function could not be traced.
#[derive(Debug, Error)]
pub enum TraceError {
    /// The files that tracing needs could not be written or read.
    #[error("no folder for tracing the function: {0}")]
    Folder(#[from] io::Error),
    /// Not a Python function, or not started through the runtime client.
    #[error("{program} cannot be traced: it is not started with `-m awslambdaric {handler}`")]
    NotPython {
        /// The program.
        program: String,
        /// The handler.
        handler: String,
    },
    /// A folder that cannot stand in a search path.
    #[error("{0} cannot be traced: the folder's name has a colon, or is no Unicode")]
    Name(PathBuf),
}

impl Tracing {
    /// Changes how a function is started so that it is traced. `code` are the folders whose files
    /// are the function's own: its code, and the layers that the project has. `coverage` is a
    /// folder that holds the package coverage for the function's Python; without it no coverage is
    /// measured.
    ///
    /// # Errors
    /// When this is no Python function, or this tool's own files cannot be written.
    pub fn prepare(
        launch: &mut Launch,
        code: &[PathBuf],
        coverage: Option<&Path>,
    ) -> Result<Self, TraceError> {
        let before: Vec<&OsString> = launch.arguments.iter().rev().take(3).collect();
        let started = before.first().is_some_and(|it| ***it == *launch.handler);
        if !started || before.get(1).is_none_or(|it| **it != "awslambdaric") {
            return Err(TraceError::NotPython {
                program: launch.program.display().to_string(),
                handler: launch.handler.clone(),
            });
        }
        let folders: Result<Vec<&str>, TraceError> = code.iter().map(|it| name(it)).collect();
        let folders = folders?.join(":");
        let tracing = Self {
            folder: write(coverage)?,
            taken: 0,
        };
        let here = name(tracing.folder.path())?.to_owned();
        launch.arguments.pop();
        launch.arguments.push(format!("{PACKAGE}.handler").into());
        let environment = &mut launch.environment;
        let path = match environment.remove("PYTHONPATH") {
            Some(own) => {
                let path = format!("{here}:{own}");
                environment.insert("GAMMARAY_TRACE_PYTHONPATH".to_owned(), own);
                path
            }
            None => here,
        };
        let report = tracing.report();
        let variables = [
            ("PYTHONPATH", path),
            ("GAMMARAY_TRACE_HANDLER", launch.handler.clone()),
            ("GAMMARAY_TRACE_REPORT", name(&report)?.to_owned()),
            ("GAMMARAY_TRACE_CODE", folders),
        ];
        environment.extend(variables.map(|(name, value)| (name.to_owned(), value)));
        Ok(tracing)
    }

    /// What was reported since this was last asked, by all sandboxes that were started with the
    /// changed launch.
    ///
    /// # Errors
    /// When the report cannot be read. One that does not exist yet is empty.
    pub fn take(&mut self) -> Result<Trace, TraceError> {
        let mut file = match fs::File::open(self.report()) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Trace::default()),
            Err(error) => return Err(error.into()),
        };
        file.seek(io::SeekFrom::Start(self.taken))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // A process may be killed, or still be writing, in the middle of a line.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |end| end + 1);
        self.taken += whole as u64;
        Ok(report::read(&bytes[..whole]))
    }

    fn report(&self) -> PathBuf {
        self.folder.path().join("report")
    }
}

impl Trace {
    /// Adds what was seen in other invocations.
    pub fn merge(&mut self, other: Self) {
        let mut reads: BTreeMap<Vec<Step>, Read> = BTreeMap::new();
        for read in self.reads.drain(..).chain(other.reads) {
            match reads.get_mut(&read.path) {
                Some(known) => {
                    known.kinds.extend(read.kinds);
                    known.compared.extend(read.compared);
                }
                None => drop(reads.insert(read.path.clone(), read)),
            }
        }
        self.reads = reads.into_values().collect();
        self.coverage.merge(other.coverage);
        self.troubles.extend(other.troubles);
    }

    /// What was read at a path.
    #[must_use]
    pub fn read(&self, path: &[Step]) -> Option<&Read> {
        self.reads.iter().find(|read| read.path == path)
    }
}

impl fmt::Display for Read {
    /// The path as people write it: `Records[].body|json.id`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&generate::shown(&self.path))
    }
}

/// Writes the Python package into a folder of its own, and coverage.py beside it. What else the
/// folder of that holds stays out of the function's reach.
#[expect(
    clippy::disallowed_methods,
    reason = "a temporary folder, outside the user's project"
)]
fn write(coverage: Option<&Path>) -> Result<TempDir, TraceError> {
    let folder = tempfile::Builder::new()
        .prefix("gammaray-trace-")
        .tempdir()?;
    let package = folder.path().join(PACKAGE);
    fs::create_dir(&package)?;
    for (name, text) in SHIM {
        fs::write(package.join(name), text)?;
    }
    let coverage = coverage.map(|folder| folder.join("coverage"));
    if let Some(coverage) = coverage.filter(|package| package.is_dir()) {
        symlink(coverage, folder.path().join("coverage"))?;
    }
    Ok(folder)
}

fn name(path: &Path) -> Result<&str, TraceError> {
    let name = path.to_str().filter(|name| !name.contains(':'));
    name.ok_or_else(|| TraceError::Name(path.to_owned()))
}
