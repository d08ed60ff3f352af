//! A Rust function, built with cargo for this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{Deployment, DeploymentError};
use crate::tools;

impl Deployment {
    /// Builds a crate's function in release mode. `binary` names one of several.
    ///
    /// # Errors
    /// When cargo is missing or fails, or the crate does not have one binary.
    pub fn rust(folder: &Path, binary: Option<&str>) -> Result<Self, DeploymentError> {
        let Some(cargo) = tools::find("cargo") else {
            return Err(DeploymentError::Missing {
                program: "cargo",
                help: "install Rust, then try again",
            });
        };
        let mut command = Command::new(cargo);
        command
            .args(["build", "--release", "--message-format=json"])
            .current_dir(folder);
        if let Some(binary) = binary {
            command.args(["--bin", binary]);
        }
        let what = format!("cargo build in `{}`", folder.display());
        let output = command.output().map_err(|source| DeploymentError::Io {
            what: what.clone(),
            source,
        })?;
        if !output.status.success() {
            return Err(DeploymentError::Build {
                what,
                output: last_lines(&String::from_utf8_lossy(&output.stderr)),
            });
        }
        let mut programs = executables(&String::from_utf8_lossy(&output.stdout));
        match (programs.pop(), programs.is_empty()) {
            (Some(program), true) => {
                let mut deployment = Self::bootstrap(&program)?;
                deployment.krate = Some(folder.to_owned());
                deployment.label = format!("Rust, {}", folder.display());
                Ok(deployment)
            }
            (None, _) => Err(DeploymentError::Unsupported(format!(
                "`{}` has no binary; name a crate with one",
                folder.display()
            ))),
            (Some(_), false) => Err(DeploymentError::Unsupported(format!(
                "`{}` has several binaries; name the folder of one crate",
                folder.display()
            ))),
        }
    }
}

/// The programs in cargo's messages.
fn executables(messages: &str) -> Vec<PathBuf> {
    let message = |line: &str| -> Option<PathBuf> {
        let message: Value = serde_json::from_str(line).ok()?;
        let kinds = message.get("target")?.get("kind")?.as_array()?;
        let is_binary = kinds.iter().any(|kind| kind == "bin");
        let program = message.get("executable")?.as_str()?;
        is_binary.then(|| program.into())
    };
    messages.lines().filter_map(message).collect()
}

/// The end of what a build printed, where its errors are.
fn last_lines(text: &str) -> String {
    const LINES: usize = 40;
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}
