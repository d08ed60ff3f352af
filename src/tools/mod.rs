//! The programs and packages that the tool runs: where they are, which are missing, and how they
//! are installed.
//!
//! They live in a folder of this tool's own, so that nothing of the user's machine is changed;
//! a program that is not there is looked for on `PATH`. The folder holds:
//!
//! - `bin`, `lib`: a virtual environment with moto, coverage.py, cargo-lambda, maturin and zig;
//! - `sam`: SAM CLI in one of its own, linked into `bin`;
//! - `runtimes/3.11`: for a Python version, only what Lambda gives a function, so that a
//!   requirement that a function forgot is missing here as it would be there;
//! - `requirements`: the packages of functions, by what asked for them;
//! - `done`: what has been installed completely, by part.

mod check;
mod disk;
mod error;
mod install;
mod pins;
mod pip;
mod python;
mod requirements;
mod runtime;
mod table;

use std::env;
use std::path::{Path, PathBuf, absolute};

pub use check::{Check, PythonHere, State, Tool};
pub use error::ToolsError;
pub use install::Step;
pub use python::Version;
pub use requirements::Packages;
pub use runtime::Runtime;
pub use table::Need;

/// A tool folder, there or not.
#[derive(Debug, Clone)]
pub struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// The tools in a folder.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        // Programs are run with other working folders.
        let folder = absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder }
    }

    /// Those of the user: in `$GAMMARAY_TOOLS`, else in `gammaray-migrate/tools` in the user's
    /// cache folder.
    #[must_use]
    pub fn of_user() -> Self {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        if let Some(folder) = set("GAMMARAY_TOOLS") {
            return Self::at(Path::new(&folder));
        }
        let home = || env::home_dir().unwrap_or_default().join(".cache");
        let cache = set("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
        Self::at(&cache.join("gammaray-migrate").join("tools"))
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A program by its name: of the folder, else of `PATH`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        let own = self.folder.join("bin").join(name);
        if own.is_file() {
            return Some(own);
        }
        on_path(name).next()
    }
}

/// The user's tool folder; see [`Tools::of_user`].
#[must_use]
pub fn folder() -> PathBuf {
    Tools::of_user().folder
}

/// A program by its name: of the user's tool folder, else of `PATH`.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    Tools::of_user().find(name)
}

/// [`Tools::runtime`] of the user's tool folder.
///
/// # Errors
/// When no Python version has been installed for functions.
pub fn runtime(version: Option<&str>) -> Result<Runtime, ToolsError> {
    Tools::of_user().runtime(version)
}

/// [`Tools::requirements`] of the user's tool folder.
///
/// # Errors
/// Those of pip, in its words, and of the disk.
pub fn requirements(
    runtime: &Runtime,
    file: &Path,
    working_folder: &Path,
) -> Result<Option<Packages>, ToolsError> {
    Tools::of_user().requirements(runtime, file, working_folder)
}

/// The files of this name on `PATH`, in its order.
fn on_path(name: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path)
        .filter(|folder| !folder.as_os_str().is_empty())
        .collect();
    let name = name.to_owned();
    folders
        .into_iter()
        .map(move |folder| folder.join(&name))
        .filter(|program| program.is_file())
}
