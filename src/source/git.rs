use std::path::Path;
use std::process::Command;

/// Git on the repository around a folder, for reading it.
pub fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("--no-optional-locks")
        // A repository's own settings must not run programs on our behalf.
        .args(["-c", "core.fsmonitor=false"])
        .arg("-C")
        .arg(folder)
        .env("LC_ALL", "C");
    command
}
