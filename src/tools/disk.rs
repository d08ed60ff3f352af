//! What is written below the tool folder.
#![expect(
    clippy::disallowed_methods,
    reason = "writes only below the tool folder, never to a user's project"
)]

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

use super::ToolsError;

/// Makes a folder and those above it.
pub(super) fn create_folder(path: &Path) -> Result<(), ToolsError> {
    fs::create_dir_all(path).map_err(ToolsError::disk("create the folder", path))
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove_folder(path: &Path) -> Result<(), ToolsError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(ToolsError::disk("remove", path)(error))
        }
        _gone => Ok(()),
    }
}

/// Removes a file or link, if it is there.
pub(super) fn remove_file(path: &Path) -> Result<(), ToolsError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(ToolsError::disk("remove", path)(error))
        }
        _gone => Ok(()),
    }
}

/// Writes a file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), ToolsError> {
    fs::write(path, text).map_err(ToolsError::disk("write", path))
}

/// Gives a folder its name.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), ToolsError> {
    fs::rename(from, to).map_err(ToolsError::disk("rename", from))
}

/// A link to a program, in place of what was there.
pub(super) fn link(program: &Path, link: &Path) -> Result<(), ToolsError> {
    remove_file(link)?;
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(program, link);
    #[cfg(not(unix))]
    let linked = fs::copy(program, link).map(drop);
    linked.map_err(ToolsError::disk("link", link))
}

/// Waits for a lock and holds it until it is dropped or the process ends, however it ends.
pub(super) fn lock(path: &Path) -> Result<File, ToolsError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(ToolsError::disk("open", path))?;
    file.lock().map_err(ToolsError::disk("lock", path))?;
    Ok(file)
}
