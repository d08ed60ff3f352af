//! The gallery's crates, compiled once, with clippy and rustfmt.
//!
//! The workspace stays in the checkout's target folder, so that what did not change is not compiled
//! again; packages are compiled once for all checkouts.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::super::command::stderr;
use super::project::{Gallery, Rewritten, Texts, sync, texts};
use crate::common::{tool, tools};

/// What every checkout shares.
pub(super) fn shared() -> PathBuf {
    tools().with_file_name("check")
}

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(tool("cargo").unwrap())
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", shared())
        // Nothing here is debugged, and the disk is finite.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(output: &Output, what: &str) {
    assert!(output.status.success(), "{what}: {}", stderr(output));
}

/// The workspace of what was rewritten.
fn workspace(rewritten: &Rewritten) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    let kept = ["Cargo.toml", ".cargo/config.toml"];
    let mut files: Texts = texts(&rewritten.project.path("rust"))
        .into_iter()
        .map(|(path, text)| (Path::new("rust").join(path), text))
        .collect();
    for path in kept.iter().filter(|path| rewritten.project.exists(path)) {
        files.insert(path.into(), rewritten.project.read(path));
    }
    let lock = folder.join("Cargo.lock");
    if let Ok(text) = fs::read_to_string(lock) {
        files.insert("Cargo.lock".into(), text);
    }
    sync(&files, &folder);
    folder
}

/// Compiles all; the program of each handler that was not refused. Nothing where packages are
/// missing.
pub(super) fn programs(
    gallery: &Gallery,
    rewritten: &Rewritten,
) -> Option<BTreeMap<String, PathBuf>> {
    let folder = workspace(rewritten);
    let metadata = ["metadata", "--offline", "--format-version", "1"];
    if !cargo(&folder, &metadata).status.success() {
        let fetched = cargo(&folder, &["fetch"]);
        if !fetched.status.success() {
            return None;
        }
    }
    fs::create_dir_all(shared()).unwrap();
    let lock = File::create(shared().join("gallery.lock")).unwrap();
    lock.lock().unwrap();
    succeeds(&cargo(&folder, &["fmt", "--all", "--check"]), "cargo fmt");
    let clippy = "clippy --offline --quiet --workspace --all-targets --keep-going -- -D warnings";
    let clippy: Vec<&str> = clippy.split(' ').collect();
    let clippy = cargo(&folder, &clippy);
    let build = "build --offline --quiet --workspace --keep-going";
    let build: Vec<&str> = build.split(' ').collect();
    let build = cargo(&folder, &build);
    succeeds(&clippy, "clippy");
    succeeds(&build, "cargo build");
    let mut programs = BTreeMap::new();
    for name in &gallery.names {
        if let Some(own) = rewritten.krate(name) {
            let program = shared().join("debug").join(own.file_name().unwrap());
            // Another checkout's takes its place there.
            let kept = folder.with_file_name("gallery-programs").join(name);
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::copy(program, &kept).unwrap();
            programs.insert(name.clone(), kept);
        }
    }
    drop(lock);
    Some(programs)
}

/// Runs the tests of a handler's crate; what cargo says where they fail.
pub(super) fn tested(rewritten: &Rewritten, name: &str) -> Result<(), String> {
    let folder = workspace(rewritten);
    let name = name.replace('_', "-");
    let format = ["fmt", "--package", &name, "--check"];
    succeeds(&cargo(&folder, &format), "cargo fmt");
    let output = cargo(
        &folder,
        &["test", "--offline", "--quiet", "--package", &name],
    );
    let said = [output.stdout, output.stderr].concat();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&said).into_owned()),
    }
}
