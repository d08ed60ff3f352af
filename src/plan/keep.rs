//! What a command wants to keep beside the project, in the tool's own folder, out of git's sight.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{Access, Disk, OsDisk};
use super::state::{STATE_FOLDER, State, make_folder};
use super::tree::{self, failed};
use super::{PlanError, paths};

/// Puts files into a folder below the tool's own, in the place of those that it kept there
/// before. `folder` is such as `verify/authorizer`; names are plain ones with an ending. Gives the
/// folder's path from `root`.
///
/// # Errors
/// When another process is changing the project, the folder is not the tool's, or the disk
/// refuses.
pub fn keep(root: &Path, folder: &str, files: &[(String, Vec<u8>)]) -> Result<PathBuf, PlanError> {
    let disk = OsDisk;
    let shown = format!("{STATE_FOLDER}/{folder}");
    paths::check(folder)?;
    let place = Path::new(STATE_FOLDER).join(folder);
    let real = tree::real_root(root)?;
    let state = State::of(&real);
    if files.is_empty() && fs::symlink_metadata(real.join(&place)).is_err() {
        return Ok(place);
    }
    let _lock = state.lock(&disk)?;
    let mut own = PathBuf::from(STATE_FOLDER);
    for part in Path::new(folder) {
        own.push(part);
        make_folder(&disk, &real.join(&own)).map_err(|error| failed("make", &shown, error))?;
        if !tree::is_plain_folder(&real, &own.display().to_string()) {
            return Err(PlanError::State {
                path: own.display().to_string(),
                why: "it is not a folder".to_owned(),
            });
        }
    }
    let folder = real.join(&place);
    clear(&disk, &folder).map_err(|error| failed("clear", &shown, error))?;
    for (name, bytes) in files {
        paths::check(name)?;
        disk.write_new(&folder.join(name), bytes, Access::Plain)
            .map_err(|error| failed("write", &format!("{shown}/{name}"), error))?;
    }
    Ok(place)
}

fn clear(disk: &dyn Disk, folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            disk.remove_file(&entry.path())?;
        }
    }
    Ok(())
}
