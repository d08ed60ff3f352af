//! What several test modules share: where tools and shared data are, and how to say that a test
//! was skipped.

use std::env;
use std::path::{Path, PathBuf};

/// A program of the tool environment that `.ci/setup` makes, else one of `PATH`.
pub fn tool(name: &str) -> Option<PathBuf> {
    gammaray_migrate::tools::find(name)
}

/// The folder of the tool environment, there or not.
pub fn tools() -> PathBuf {
    gammaray_migrate::tools::folder()
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

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let place = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&place).expect("a folder");
        } else {
            std::fs::copy(entry.path(), &place).expect("a copy");
        }
    }
}
