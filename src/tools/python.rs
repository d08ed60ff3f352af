//! The Python that functions run with.

use std::path::{Path, PathBuf};

use super::find;
use crate::lambda::deployment::DeploymentError;

/// An interpreter that holds what Lambda's image does.
pub struct Runtime {
    pub interpreter: PathBuf,
    pub version: String,
}

pub fn runtime(_wanted: Option<&str>) -> Result<Runtime, DeploymentError> {
    let interpreter = find("python3").ok_or_else(|| DeploymentError::Missing {
        program: "python3".to_owned(),
        help: "run `gammaray-migrate doctor --install`".to_owned(),
    })?;
    Ok(Runtime {
        interpreter,
        version: "3.11".to_owned(),
    })
}

pub fn requirements(
    _runtime: &Runtime,
    _manifest: &Path,
    _folder: &Path,
) -> Result<Option<PathBuf>, DeploymentError> {
    Ok(None)
}
