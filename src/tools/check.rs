//! What the tool uses, what for, and which of it is here. Runs the programs of `PATH` for their
//! versions; changes nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Serialize;

use super::python::{Interpreter, OLDEST_FOR_TOOLS, Pythons, Version};
use super::table::{
    Entry, INSTALL, INSTALL_CARGO, INSTALL_PYTHON, Need, Program, RUN, Source, TABLE,
};
use super::{Runtime, Tools, pins};

/// Version of the form of [`Check`] as JSON.
const SCHEMA: u32 = 1;

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// Version of this form.
    pub schema: u32,
    /// The tool folder, there or not.
    pub folder: PathBuf,
    /// Whether all is here that `verify` and `bench` need.
    pub ready: bool,
    /// Every tool.
    pub tools: Vec<Tool>,
    /// The Python versions that functions can have, of this machine and of the tool folder.
    pub pythons: Vec<PythonHere>,
}

/// A program or package that the tool uses. `scan` uses none.
#[derive(Debug, Clone, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it does here.
    pub purpose: &'static str,
    /// What does not work without it.
    pub needed_for: &'static [Need],
    /// Whether it is here.
    pub state: State,
    /// The version that is here, where it is known.
    pub version: Option<String>,
    /// The version that this tool installs; of Python the oldest that will do. None: any.
    pub pinned: Option<String>,
    /// Where it is.
    pub path: Option<PathBuf>,
    /// The command that installs it.
    pub install: &'static str,
}

/// Whether a tool is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Here, and as pinned where it is pinned.
    Found,
    /// Here in another version, or one that cannot be told.
    Differs,
    /// Not here.
    Missing,
}

/// A Python version.
#[derive(Debug, Clone, Serialize)]
pub struct PythonHere {
    /// The version.
    pub version: Version,
    /// Its interpreter on the machine.
    pub path: Option<PathBuf>,
    /// The interpreter of its environment for functions, where that is installed.
    pub runtime: Option<PathBuf>,
}

impl Tools {
    /// Looks for everything.
    #[must_use]
    pub fn check(&self) -> Check {
        let pythons = Pythons::find();
        let runtimes = self.runtimes();
        let look = Look {
            tools: self,
            base: pythons.base(),
            runtime: runtimes.last(),
        };
        let tools: Vec<Tool> = TABLE.iter().map(|entry| look.at(entry)).collect();
        let ready = tools.iter().all(|tool| {
            let needed = tool.needed_for.iter().any(|need| RUN.contains(need));
            !needed || tool.state != State::Missing
        });
        Check {
            schema: SCHEMA,
            folder: self.folder.clone(),
            ready,
            tools,
            pythons: versions(&pythons, &runtimes),
        }
    }
}

fn versions(pythons: &Pythons, runtimes: &[Runtime]) -> Vec<PythonHere> {
    let here = pythons.all.iter().map(|it| it.version);
    let mut versions: Vec<Version> = here.chain(runtimes.iter().map(|it| it.version)).collect();
    versions.sort_unstable();
    versions.dedup();
    let runtime = |version| runtimes.iter().find(|it| it.version == version);
    versions
        .into_iter()
        .map(|version| PythonHere {
            version,
            path: pythons.of(version).map(|it| it.program.clone()),
            runtime: runtime(version).map(|it| it.python.clone()),
        })
        .collect()
}

/// What tools are looked for with.
struct Look<'a> {
    tools: &'a Tools,
    base: Option<&'a Interpreter>,
    /// The newest.
    runtime: Option<&'a Runtime>,
}

/// A version, where it can be told, and a place.
type Found = (Option<String>, PathBuf);

impl Look<'_> {
    fn at(&self, entry: &Entry) -> Tool {
        let (found, install) = match &entry.source {
            Source::Python => (self.python(), INSTALL_PYTHON),
            Source::Machine(program) => (self.program(program), INSTALL_CARGO),
            Source::Tools(environment, program) => {
                let package = self.package(&self.tools.folder.join(environment), entry, program);
                (package.or_else(|| self.program(program)), INSTALL)
            }
            Source::Runtime => (self.beside_functions(entry.package), INSTALL),
            Source::Coverage => (self.coverage(entry.package), INSTALL),
        };
        let python = match entry.source {
            Source::Runtime | Source::Coverage => self.runtime.map(|it| it.version),
            _ => self.base.map(|it| it.version),
        };
        let pinned = pins::version(entry.package, python.unwrap_or(OLDEST_FOR_TOOLS));
        let state = match &found {
            None => State::Missing,
            Some((version, _)) if pinned.is_none() || version.as_deref() == pinned => State::Found,
            Some(_) => State::Differs,
        };
        let (version, path) = found.unzip();
        let oldest = matches!(entry.source, Source::Python).then(|| OLDEST_FOR_TOOLS.to_string());
        Tool {
            name: entry.name,
            purpose: entry.purpose,
            needed_for: entry.needed_for,
            state,
            version: version.flatten(),
            pinned: pinned.map(str::to_owned).or(oldest),
            path,
            install,
        }
    }

    fn python(&self) -> Option<Found> {
        self.base
            .map(|it| (Some(it.release.clone()), it.program.clone()))
    }

    /// A package of an environment that works, with its program.
    fn package(&self, environment: &Path, entry: &Entry, program: &Program) -> Option<Found> {
        if !environment.join("bin/python3").is_file() {
            return None;
        }
        let bin = self.tools.folder.join("bin");
        let mut programs = program.names.iter().map(|name| bin.join(name));
        let path = programs.find(|program| program.is_file())?;
        let version = site_packages(environment)
            .iter()
            .find_map(|folder| installed(folder, entry.package))?;
        Some((Some(version), path))
    }

    /// A program of `PATH` that runs; some are there for a version manager that would not start
    /// them.
    fn program(&self, program: &Program) -> Option<Found> {
        let own = self.tools.folder.join("bin");
        let names = program.names.iter();
        let paths = names.flat_map(|name| super::on_path(name));
        paths
            .filter(|path| !path.starts_with(&own))
            .find_map(|path| Some((version(&path, program.asked)?, path)))
    }

    fn beside_functions(&self, package: &str) -> Option<Found> {
        let runtime = self.runtime?;
        let folders = site_packages(&self.tools.runtime_folder(runtime.version));
        let found = folders.into_iter().find_map(|folder| {
            let version = installed(&folder, package)?;
            Some((Some(version), folder.join(package)))
        });
        found.filter(|(_, path)| path.is_dir())
    }

    fn coverage(&self, package: &str) -> Option<Found> {
        let folder = &self.runtime?.coverage;
        Some((Some(installed(folder, package)?), folder.join(package)))
    }
}

/// Where the packages of a virtual environment lie.
fn site_packages(environment: &Path) -> Vec<PathBuf> {
    let Ok(entries) = environment.join("lib").read_dir() else {
        return Vec::new();
    };
    let folders = entries.flatten().map(|it| it.path().join("site-packages"));
    let mut folders: Vec<PathBuf> = folders.filter(|folder| folder.is_dir()).collect();
    folders.sort();
    folders
}

/// The version of a package, by the folder that pip leaves: `aws_sam_cli-1.170.0.dist-info`.
fn installed(folder: &Path, package: &str) -> Option<String> {
    let normal = |name: &str| name.to_ascii_lowercase().replace(['-', '.'], "_");
    folder.read_dir().ok()?.flatten().find_map(|entry| {
        let file = entry.file_name();
        let (name, version) = file.to_str()?.strip_suffix(".dist-info")?.split_once('-')?;
        (normal(name) == normal(package)).then(|| version.to_owned())
    })
}

/// What a program that runs prints as its version: the first word that begins with a digit. None
/// in `Some` where it runs and its version cannot be asked for.
fn version(program: &Path, asked: &[&str]) -> Option<Option<String>> {
    let mut command = Command::new(program);
    let output = command.args(asked).stdin(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    let version = words.find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    let tells = asked.iter().any(|argument| argument.ends_with("version"));
    Some(version.filter(|_| tells).map(str::to_owned))
}
