//! What several test modules share: where tools and shared data are, and how to say that a test
//! was skipped.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Builds a crate of a test's own in release mode, in a target folder that all checkouts share
/// (`$GAMMARAY_TARGET`, else `target` beside the tool environment), since an AWS SDK takes minutes.
/// Its program; nothing, said loudly, where its packages cannot be fetched.
pub fn rust_function(folder: &Path) -> Option<PathBuf> {
    let target = env::var_os("GAMMARAY_TARGET")
        .map_or_else(|| tools().with_file_name("target"), PathBuf::from);
    let cargo = |arguments: &[&str]| {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .arg("--locked")
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .expect("cargo")
    };
    let build = ["build", "--release", "--offline"];
    let mut output = cargo(&build);
    if !output.status.success() {
        if !cargo(&["fetch"]).status.success() {
            let name = folder.display().to_string();
            skipped(&name, "its packages are not here and cannot be fetched");
            return None;
        }
        output = cargo(&build);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", folder.display());
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let manifest: toml_edit::DocumentMut = manifest.parse().expect("TOML");
    let name = manifest["package"]["name"].as_str().expect("a name");
    Some(target.join("release").join(name))
}

/// Progress that says nothing.
pub struct Quiet;

impl gammaray_migrate::verify::Progress for Quiet {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}
