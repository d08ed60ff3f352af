//! Generated sources as rustfmt has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tools;

/// Formats the sources of crates by the project's settings, all in one run of rustfmt. Where that
/// is missing, or does not take a source, that stays as it is.
pub(super) fn format(root: &Path, crates: &mut [&mut Vec<(String, String)>]) {
    // What cannot be formatted is only less pretty.
    let _ = formatted(root, crates);
}

#[allow(
    clippy::disallowed_methods,
    reason = "writes a temporary folder, not the user's project"
)]
fn formatted(root: &Path, crates: &mut [&mut Vec<(String, String)>]) -> Option<()> {
    let rustfmt = tools::find("rustfmt")?;
    let folder = tempfile::tempdir().ok()?;
    let home = |at: usize| folder.path().join(at.to_string());
    let is_source = |path: &str| Path::new(path).extension().is_some_and(|it| it == "rs");
    // The others are modules of these.
    let is_root = |path: &str| path == "src/main.rs" || path.starts_with("tests/");
    let mut command = Command::new(rustfmt);
    command
        .args(["--edition", "2024", "--quiet"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(settings) = settings(root) {
        command.arg("--config-path").arg(settings);
    }
    for (at, files) in crates.iter().enumerate() {
        for (path, text) in files.iter().filter(|(path, _)| is_source(path)) {
            let place = home(at).join(path);
            fs::create_dir_all(place.parent()?).ok()?;
            fs::write(&place, text).ok()?;
            if is_root(path) {
                command.arg(place);
            }
        }
    }
    command.status().ok()?;
    for (at, files) in crates.iter_mut().enumerate() {
        for (path, text) in files.iter_mut().filter(|(path, _)| is_source(path)) {
            *text = fs::read_to_string(home(at).join(&*path)).ok()?;
        }
    }
    Some(())
}

/// The settings for rustfmt that count in a folder.
fn settings(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let names = ["rustfmt.toml", ".rustfmt.toml"];
    let mut places = root
        .ancestors()
        .flat_map(|folder| names.map(|name| folder.join(name)));
    places.find(|it| it.is_file())
}
