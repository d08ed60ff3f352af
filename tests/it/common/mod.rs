//! What several test modules share: where tools and shared data are, and how to say that a test
//! was skipped.

use std::env;
use std::path::{Path, PathBuf};

/// A program of the tool environment that `.ci/setup` makes, else one of `PATH`.
pub fn tool(name: &str) -> Option<PathBuf> {
    let own = tools().join("bin").join(name);
    if own.exists() {
        return Some(own);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// The folder of the tool environment, there or not.
pub fn tools() -> PathBuf {
    if let Some(folder) = env::var_os("GAMMARAY_TOOLS") {
        return folder.into();
    }
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    let cache = env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
    cache.join("gammaray-migrate/tools")
}

/// The data that lies beside the project for its developers; a newcomer has none.
pub fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = env::var_os("GAMMARAY_SHARED").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Says loudly that a test did not run.
pub fn skipped(test: &str, why: &str) {
    eprintln!("SKIPPED: {test}: {why}");
}
