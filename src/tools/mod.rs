//! The programs that the tool runs: where they are.
//!
//! They live in a folder of this tool's own, so that nothing of the user's machine is changed;
//! what is not there is looked for on `PATH`.

use std::env;
use std::path::PathBuf;

/// The folder of the tool environment, there or not: `$GAMMARAY_TOOLS`, else
/// `gammaray-migrate/tools` in the user's cache folder.
#[must_use]
pub fn folder() -> PathBuf {
    if let Some(folder) = env::var_os("GAMMARAY_TOOLS") {
        return folder.into();
    }
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    let cache = env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
    cache.join("gammaray-migrate").join("tools")
}

/// A program by its name: of the tool environment, else of `PATH`.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let own = folder().join("bin").join(name);
    if own.is_file() {
        return Some(own);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
mod python;
pub use python::*;
