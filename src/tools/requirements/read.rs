//! Reads requirements files as far as it must be known what they depend on.

use std::collections::BTreeSet;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::tools::{ToolsError, Version};

/// What a requirements file and those that it includes come to.
pub(super) struct Contents {
    /// Whether they ask for any package.
    pub(super) asks: bool,
    /// Whether they name a folder, which can change while they stay the same.
    pub(super) folders: bool,
    /// All texts, and the files that they name.
    digest: Sha256,
    seen: BTreeSet<PathBuf>,
}

impl Contents {
    /// Reads a file; one that is not there asks for nothing.
    pub(super) fn read(file: &Path, working_folder: &Path) -> Result<Self, ToolsError> {
        let mut contents = Self {
            asks: false,
            folders: false,
            digest: Sha256::new(),
            seen: BTreeSet::new(),
        };
        match fs::read(file) {
            Ok(bytes) => contents.add(file, &bytes, working_folder),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(ToolsError::disk("read", file)(error)),
        }
        Ok(contents)
    }

    /// What packages installed from it for a Python version are known by.
    pub(super) fn key(self, python: Version) -> String {
        let mut digest = self.digest;
        digest.update(format!("{python} {OS} {ARCH}"));
        let bytes = digest.finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn add(&mut self, file: &Path, bytes: &[u8], working_folder: &Path) {
        if !self.seen.insert(file.to_owned()) {
            return;
        }
        self.hash(bytes);
        for line in lines(&String::from_utf8_lossy(bytes)) {
            match Line::of(&line) {
                Line::Include(path) => self.include(file, path, working_folder),
                Line::Constrain(path) => {
                    let asked = self.asks;
                    self.include(file, path, working_folder);
                    self.asks = asked;
                }
                Line::Editable(path) => {
                    self.asks = true;
                    self.folders |= !path.contains("://") || path.starts_with("file:");
                }
                Line::Find(path) => self.folders |= !path.contains("://"),
                Line::Option => {}
                Line::Requirement(text) => {
                    self.asks = true;
                    self.requirement(text, working_folder);
                }
            }
        }
    }

    fn include(&mut self, file: &Path, path: &str, working_folder: &Path) {
        let path = file.parent().unwrap_or(Path::new("")).join(path);
        // One that is not there is for pip to speak of.
        if let Ok(bytes) = fs::read(&path) {
            self.add(&path, &bytes, working_folder);
        }
    }

    /// Looks for a path in a requirement: `./rust/native`, `dist/x.whl`, `name @ file:///…`.
    fn requirement(&mut self, text: &str, working_folder: &Path) {
        if text.contains("file:") {
            self.folders = true;
            return;
        }
        let is_path = |text: &str| text.starts_with('.') || text.contains('/');
        if text.contains("://") || !is_path(text) && !has_archive_name(text) {
            return;
        }
        // Extras and markers may follow: `./native[fast] ; python_version > "3.9"`.
        let path = text.split([';', '[']).next().unwrap_or(text).trim();
        match fs::read(working_folder.join(path)) {
            Ok(bytes) => self.hash(&bytes),
            Err(_) => self.folders = true,
        }
    }

    /// With its length, so that what follows cannot be taken for a part of it.
    fn hash(&mut self, bytes: &[u8]) {
        self.digest.update(bytes.len().to_le_bytes());
        self.digest.update(bytes);
    }
}

fn has_archive_name(text: &str) -> bool {
    let name = text.split([';', '[', ' ']).next().unwrap_or(text);
    [".whl", ".zip", ".tar.gz", ".tgz"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// What one line says.
enum Line<'a> {
    Include(&'a str),
    Constrain(&'a str),
    Editable(&'a str),
    Find(&'a str),
    Option,
    Requirement(&'a str),
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let value = |names: [&str; 2]| {
            let rest = names.iter().find_map(|name| line.strip_prefix(name))?;
            Some(rest.trim_start_matches(['=', ' ', '\t']).trim_end())
        };
        if let Some(path) = value(["--requirement", "-r"]) {
            Self::Include(path)
        } else if let Some(path) = value(["--constraint", "-c"]) {
            Self::Constrain(path)
        } else if let Some(path) = value(["--editable", "-e"]) {
            Self::Editable(path)
        } else if let Some(path) = value(["--find-links", "-f"]) {
            Self::Find(path)
        } else if line.starts_with('-') {
            Self::Option
        } else {
            Self::Requirement(line)
        }
    }
}

/// The logical lines: without comments, continued lines joined.
fn lines(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}').replace("\\\r\n", "");
    let joined = text.replace("\\\n", "");
    let without_comment = |line: &str| {
        let comment = line.find(" #").or_else(|| line.find("\t#"));
        let kept = comment.map_or(line, |at| line.get(..at).unwrap_or(line));
        kept.trim().to_owned()
    };
    joined
        .lines()
        .map(without_comment)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // of files of its own
mod tests {
    use super::*;

    fn contents(text: &str) -> Contents {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("requirements.txt");
        fs::create_dir(folder.path().join("native")).unwrap();
        fs::write(folder.path().join("more.txt"), "requests\n").unwrap();
        fs::write(folder.path().join("x-1-py3-none-any.whl"), "wheel").unwrap();
        fs::write(&file, text).unwrap();
        Contents::read(&file, folder.path()).unwrap()
    }

    #[test]
    fn what_asks_for_nothing() {
        for text in ["", "# boto3\n\n  # more\n", "--no-index\n", "-c more.txt\n"] {
            assert!(!contents(text).asks, "{text:?}");
        }
        for text in ["boto3", "-r more.txt", "boto3 \\\n  ==1.0 # why\n"] {
            assert!(contents(text).asks, "{text:?}");
            assert!(!contents(text).folders, "{text:?}");
        }
    }

    #[test]
    fn what_can_change_behind_the_file() {
        for text in [
            "./native",
            "native/",
            "./native[fast] ; python_version > '3'",
            "-e ./native",
            "native @ file:///x",
            "x\n--find-links ./wheels",
        ] {
            assert!(contents(text).folders, "{text:?}");
        }
        for text in [
            "boto3==1.0",
            "./x-1-py3-none-any.whl",
            "x-1-py3-none-any.whl",
            "x @ https://example.com/x.whl",
            "-e git+https://example.com/x.git#egg=x",
        ] {
            assert!(!contents(text).folders, "{text:?}");
        }
    }

    #[test]
    fn the_key_follows_all_that_counts() {
        let key = |text: &str, version: &str| contents(text).key(version.parse().unwrap());
        assert_eq!(key("boto3", "3.11"), key("boto3", "3.11"));
        assert_ne!(key("boto3", "3.11"), key("boto3", "3.12"));
        assert_ne!(key("boto3", "3.11"), key("boto3\n", "3.11"));
    }
}
