//! The packages that a function asks for in requirements.txt: installed as `sam build` does it,
//! once for each text.
//!
//! What a file names in a folder of the project, such as a crate that maturin builds, can change
//! without the file; such packages are installed anew each time, and removed after use. A
//! requirement without a version is served as it was found first.

mod read;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Runtime, Tools, ToolsError, disk, pip};
use read::Contents;

/// Installed packages, for `PYTHONPATH` or to be copied beside a function's code.
#[derive(Debug)]
pub struct Packages {
    folder: PathBuf,
    _removed_after_use: Option<TempDir>,
}

impl Packages {
    /// Where they are, as long as this value lives.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Tools {
    /// Installs what a requirements file asks for, for the Python of `runtime`; `None` where it
    /// asks for nothing or is not there. Paths in it are relative to `working_folder`, where
    /// `sam build` would run. Several processes may ask for the same at once.
    ///
    /// Nothing is compiled to bytecode, as in what SAM deploys: set `PYTHONDONTWRITEBYTECODE`
    /// where the files are to stay as they are.
    ///
    /// # Errors
    /// Those of pip, in its words, and of the disk.
    pub fn requirements(
        &self,
        runtime: &Runtime,
        file: &Path,
        working_folder: &Path,
    ) -> Result<Option<Packages>, ToolsError> {
        let contents = Contents::read(file, working_folder)?;
        if !contents.asks {
            return Ok(None);
        }
        let install = |target: &Path, setuptools: Option<&Path>| {
            let arguments = [
                "--no-compile".as_ref(),
                "--target".as_ref(),
                target.as_os_str(),
                "-r".as_ref(),
                file.as_os_str(),
            ];
            pip::install(&runtime.python, working_folder, arguments, setuptools).map_err(|words| {
                ToolsError::Requirements {
                    file: file.to_owned(),
                    words,
                }
            })
        };
        if contents.folders {
            let temporary = tempfile::tempdir().map_err(ToolsError::disk("create", file))?;
            let scratch = tempfile::tempdir().map_err(ToolsError::disk("create", file))?;
            install(temporary.path(), Some(&elsewhere(scratch.path())?))?;
            return Ok(Some(Packages {
                folder: temporary.path().to_owned(),
                _removed_after_use: Some(temporary),
            }));
        }
        let parent = self.folder.join("requirements");
        let folder = parent.join(contents.key(runtime.version));
        if !folder.is_dir() {
            disk::create_folder(&parent)?;
            let _lock = disk::lock(&folder.with_extension("lock"))?;
            // Another process may have made it while this one waited.
            if !folder.is_dir() {
                let part = folder.with_extension("part");
                disk::remove_folder(&part)?;
                if let Err(error) = install(&part, None) {
                    disk::remove_folder(&part)?;
                    return Err(error);
                }
                // Markers may have left nothing to install.
                disk::create_folder(&part)?;
                disk::rename(&part, &folder)?;
            }
        }
        Ok(Some(Packages {
            folder,
            _removed_after_use: None,
        }))
    }
}

/// Settings by which setuptools builds in a folder of the tool's own: by itself it leaves `build`
/// and `*.egg-info` in the project.
fn elsewhere(scratch: &Path) -> Result<PathBuf, ToolsError> {
    let (build, egg) = (scratch.join("build"), scratch.join("egg"));
    disk::create_folder(&build)?;
    disk::create_folder(&egg)?;
    let settings = format!(
        "[build]\nbuild_base = {}\n[egg_info]\negg_base = {}\n",
        build.display(),
        egg.display()
    );
    let file = scratch.join("setuptools.cfg");
    disk::write(&file, &settings)?;
    Ok(file)
}
