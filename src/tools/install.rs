//! Makes the tool folder. Each part is marked as done only when it is, with what it was made
//! from; so a second run does what an interrupted one left, or what other versions ask for.

use std::path::PathBuf;

use super::python::{Interpreter, Pythons, Version};
use super::runtime::runtime_part;
use super::{Tools, ToolsError, disk, pins, pip};

/// One step of an installation that begins.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its number, from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What it installs.
    pub what: String,
}

enum Part {
    Tools,
    SamCli,
    Runtime(Interpreter),
}

impl Part {
    fn name(&self) -> String {
        match self {
            Self::Tools => "tools".into(),
            Self::SamCli => "sam-cli".into(),
            Self::Runtime(interpreter) => runtime_part(interpreter.version),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Tools => "moto, coverage.py, cargo-lambda, maturin and zig".into(),
            Self::SamCli => "SAM CLI".into(),
            Self::Runtime(interpreter) => format!(
                "awslambdaric, boto3 and coverage.py for Python {}",
                interpreter.version
            ),
        }
    }

    /// The files that it is made from.
    fn files(&self) -> &'static [&'static str] {
        match self {
            Self::Tools => &["coverage.txt", "tools.txt"],
            Self::SamCli => &["sam.txt"],
            Self::Runtime(_) => &["awslambdaric.txt", "coverage.txt", "runtime.txt"],
        }
    }
}

impl Tools {
    /// Installs what is missing: the tools, and what functions of the given Python versions run
    /// with. Without versions, that of the Python that the tools run on. Waits for another
    /// installation into the same folder.
    ///
    /// # Errors
    /// When a Python is not on the machine, or in pip's words. What was completed stays.
    pub fn install(
        &self,
        versions: &[Version],
        progress: &mut dyn FnMut(&Step),
    ) -> Result<(), ToolsError> {
        let pythons = Pythons::find();
        let base = pythons.base().ok_or(ToolsError::NoPython)?;
        let mut parts = vec![Part::Tools, Part::SamCli];
        let usual = [base.version];
        let mut versions = if versions.is_empty() {
            &usual
        } else {
            versions
        }
        .to_vec();
        versions.extend(self.runtimes().iter().map(|runtime| runtime.version));
        versions.sort_unstable();
        versions.dedup();
        for version in versions {
            match pythons.of(version) {
                Some(interpreter) => parts.push(Part::Runtime(interpreter.clone())),
                // What was made earlier and works needs no second look.
                None if self.runtimes().iter().any(|it| it.version == version) => {}
                None => return Err(ToolsError::PythonMissing { version }),
            }
        }
        disk::create_folder(&self.folder.join("done"))?;
        let _lock = disk::lock(&self.folder.join("install.lock"))?;
        parts.retain(|part| !self.complete(part));
        let of = parts.len();
        for (index, part) in parts.iter().enumerate() {
            progress(&Step {
                number: index + 1,
                of,
                what: part.what(),
            });
            let stamp = self.stamp(&part.name());
            disk::remove_file(&stamp)?;
            self.make(part, base)?;
            disk::write(&stamp, &pins::texts(part.files()))?;
        }
        Ok(())
    }

    /// Where a part is marked as complete.
    pub(super) fn stamp(&self, part: &str) -> PathBuf {
        self.folder.join("done").join(part)
    }

    fn environment(&self, part: &Part) -> PathBuf {
        match part {
            Part::Tools => self.folder.clone(),
            Part::SamCli => self.folder.join("sam"),
            Part::Runtime(interpreter) => self.runtime_folder(interpreter.version),
        }
    }

    fn complete(&self, part: &Part) -> bool {
        let made_from = std::fs::read_to_string(self.stamp(&part.name()));
        // The interpreter is a link, which a Python that was removed from the machine breaks.
        let runs = self.environment(part).join("bin/python3").is_file();
        // The shell trims the last line break.
        runs && made_from.is_ok_and(|text| text.trim_end() == pins::texts(part.files()).trim_end())
    }

    fn make(&self, part: &Part, base: &Interpreter) -> Result<(), ToolsError> {
        let files = tempfile::tempdir().map_err(ToolsError::disk("create", &self.folder))?;
        pins::write(files.path())?;
        let file = |name: &str| files.path().join(name).into_os_string();
        let failed = |words| ToolsError::Install {
            what: part.what(),
            words,
        };
        let folder = self.environment(part);
        let python = folder.join("bin/python3");
        let install = |file| pip::install(&python, &self.folder, ["-r".into(), file], None);
        match part {
            Part::Tools => {
                self.remove_broken_links()?;
                // Other parts lie in this folder too.
                pip::venv(&base.program, &folder, false).map_err(failed)?;
                install(file("tools.txt")).map_err(failed)
            }
            Part::SamCli => {
                pip::venv(&base.program, &folder, true).map_err(failed)?;
                install(file("sam.txt")).map_err(failed)?;
                disk::create_folder(&self.folder.join("bin"))?;
                disk::link(&folder.join("bin/sam"), &self.folder.join("bin/sam"))
            }
            Part::Runtime(interpreter) => {
                disk::create_folder(&self.folder.join("runtimes"))?;
                pip::venv(&interpreter.program, &folder, true).map_err(failed)?;
                install(file("runtime.txt")).map_err(failed)?;
                let target = folder.join("coverage").into_os_string();
                let arguments = ["--target".into(), target, "-r".into(), file("coverage.txt")];
                pip::install(&python, &self.folder, arguments, None).map_err(failed)
            }
        }
    }

    /// `venv` leaves links to an interpreter that is gone as they are.
    fn remove_broken_links(&self) -> Result<(), ToolsError> {
        let Ok(entries) = self.folder.join("bin").read_dir() else {
            return Ok(());
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b"python") && !path.exists() {
                disk::remove_file(&path)?;
            }
        }
        Ok(())
    }
}
