//! A `/tmp` of its own for a sandbox, as each has on Lambda: a mount namespace in which a fresh
//! folder lies over it. What a function needs and lies below the machine's own `/tmp` stays where
//! it is.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use tempfile::TempDir;
use tokio::process::Command;

use super::Launch;

const TMP: &str = "/tmp";

/// `sh -c` with the fresh folder, what is to stay, `--`, and the program with its arguments.
const SCRIPT: &str = r#"set -e
fresh=$1; shift
while [ "$1" != -- ]; do
    place=$fresh/${1#/tmp/}
    if [ -d "$1" ]; then mkdir -p "$place"; else mkdir -p "${place%/*}"; : >>"$place"; fi
    mount --bind "$1" "$place"
    shift
done
shift
mount --rbind "$fresh" /tmp
exec "$@""#;

/// The folder, as long as this.
#[derive(Debug)]
pub(super) struct PrivateTmp {
    folder: TempDir,
    stay: BTreeSet<PathBuf>,
}

impl PrivateTmp {
    /// For a launch; nothing where the machine does not permit it, or `unshare` is missing.
    pub(super) fn of(launch: &Launch) -> Option<Self> {
        if !is_permitted() {
            return None;
        }
        Some(Self {
            folder: folder().ok()?,
            stay: named(launch),
        })
    }

    /// The command with the folder as its `/tmp`; its environment is the command's to set.
    pub(super) fn around(&self, program: &Path, arguments: &[std::ffi::OsString]) -> Command {
        let mut command = unshare();
        command
            .args(["/bin/sh", "-c", SCRIPT, "sh"])
            .arg(self.folder.path())
            .args(&self.stay)
            .arg("--")
            .arg(program)
            .args(arguments);
        command
    }
}

/// In a namespace of its own; who is not root becomes it there, which mounting needs.
fn unshare() -> Command {
    let mut command = Command::new("/usr/bin/unshare");
    command.args(["--mount", "--propagation", "private"]);
    if !nix::unistd::Uid::effective().is_root() {
        command.arg("--map-root-user");
    }
    command
}

fn folder() -> io::Result<TempDir> {
    tempfile::Builder::new()
        .prefix("gammaray-lambda-")
        .tempdir()
}

/// Whether sandboxes can have a `/tmp` of their own here.
#[must_use]
pub fn is_permitted() -> bool {
    static PERMITTED: OnceLock<bool> = OnceLock::new();
    *PERMITTED.get_or_init(|| attempt().unwrap_or(false))
}

fn attempt() -> io::Result<bool> {
    let fresh = folder()?;
    let tried = PrivateTmp {
        folder: fresh,
        stay: BTreeSet::new(),
    };
    let mut command = tried.around(Path::new("/bin/true"), &[]).into_std();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(status.success())
}

/// What a launch names below `/tmp`. Of what lies in another of these only the outer.
fn named(launch: &Launch) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::from([launch.task_root.clone()]);
    // A virtual environment is more than its program.
    let environment = launch.program.parent().and_then(Path::parent);
    all.extend(environment.map(Path::to_owned));
    all.insert(launch.program.clone());
    all.extend(launch.extensions.iter().cloned());
    let values = launch.environment.values();
    all.extend(values.flat_map(|value| value.split(':').map(PathBuf::from)));
    let below = |path: &PathBuf| path.starts_with(TMP) && path != Path::new(TMP) && path.exists();
    all.retain(below);
    let outer: BTreeSet<PathBuf> = all
        .iter()
        .filter(|path| !path.ancestors().skip(1).any(|outer| all.contains(outer)))
        .cloned()
        .collect();
    outer
}
