//! The Pythons of this machine: on `PATH`, and those that pyenv and uv keep elsewhere.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{ToolsError, on_path};

/// The oldest Python that moto and SAM CLI run on.
pub(super) const OLDEST_FOR_TOOLS: Version = Version {
    major: 3,
    minor: 10,
};

/// The oldest Python that functions are run with: Lambda's oldest that is not blocked.
const OLDEST: Version = Version { major: 3, minor: 9 };

/// A minor number beyond which none is looked for.
const NEWEST_MINOR: u8 = 20;

/// Prints the version, and the interpreter itself also where a shim or a virtual environment
/// stands before it.
const ASK: &str = "import sys; print(sys.version.split()[0]); \
                   print(getattr(sys, '_base_executable', None) or sys.executable)";

/// A Python version as Lambda's runtimes name it, such as 3.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    major: u8,
    minor: u8,
}

impl Version {
    /// How far two versions are from each other.
    pub(super) fn distance(self, other: Self) -> (u8, u8) {
        let major = self.major.abs_diff(other.major);
        (major, self.minor.abs_diff(other.minor))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Version {
    type Err = ToolsError;

    /// Reads `3.11`, `3.11.7`, and Lambda's `python3.11`.
    fn from_str(text: &str) -> Result<Self, ToolsError> {
        let mut parts = text.strip_prefix("python").unwrap_or(text).split('.');
        let mut part = || parts.next()?.parse().ok();
        match (part(), part()) {
            (Some(major), Some(minor)) => Ok(Self { major, minor }),
            _ => Err(ToolsError::NoVersion { text: text.into() }),
        }
    }
}

/// A Python that runs.
#[derive(Debug, Clone)]
pub(super) struct Interpreter {
    pub(super) program: PathBuf,
    pub(super) version: Version,
    /// The whole version, such as 3.11.7.
    pub(super) release: String,
}

/// The Pythons of the machine.
#[derive(Debug, Clone)]
pub(super) struct Pythons {
    /// One a version that functions can have, oldest first.
    pub(super) all: Vec<Interpreter>,
    /// That of the `python3` of `PATH`.
    usual: Option<Version>,
}

impl Pythons {
    /// Looks for them. Where a version is there several times, the `python3` of `PATH` comes
    /// first, then others of `PATH`, then pyenv's and uv's.
    pub(super) fn find() -> Self {
        let mut found = BTreeMap::new();
        let usual = on_path("python3").find_map(|program| ask(&program));
        let usual = usual.filter(|it| it.version >= OLDEST);
        let version = usual.as_ref().map(|it| it.version);
        found.extend(usual.map(|it| (it.version, it)));
        for minor in OLDEST.minor..=NEWEST_MINOR {
            let version = Version { major: 3, minor };
            if found.contains_key(&version) {
                continue;
            }
            let interpreter = candidates(version)
                .filter_map(|program| ask(&program))
                .find(|interpreter| interpreter.version == version);
            found.extend(interpreter.map(|it| (version, it)));
        }
        Self {
            all: found.into_values().collect(),
            usual: version,
        }
    }

    /// What the tools run on: the `python3` of `PATH`, else the newest that is fit.
    pub(super) fn base(&self) -> Option<&Interpreter> {
        let mut fit = self.all.iter().filter(|it| it.version >= OLDEST_FOR_TOOLS);
        let usual = fit.clone().find(|it| Some(it.version) == self.usual);
        usual.or_else(|| fit.next_back())
    }

    /// That of a version.
    pub(super) fn of(&self, version: Version) -> Option<&Interpreter> {
        self.all.iter().find(|it| it.version == version)
    }
}

/// Where a version may be. A shim of pyenv is there for versions that it would not start.
fn candidates(version: Version) -> impl Iterator<Item = PathBuf> {
    let name = format!("python{version}");
    let home = env::home_dir().unwrap_or_default();
    let pyenv = env::var_os("PYENV_ROOT").map_or_else(|| home.join(".pyenv"), PathBuf::from);
    let shims = pyenv.join("shims");
    let program = Path::new("bin").join(&name);
    let kept = [
        (pyenv.join("versions"), format!("{version}.")),
        (
            home.join(".local/share/uv/python"),
            format!("cpython-{version}."),
        ),
    ];
    on_path(&name)
        .filter(move |program| !program.starts_with(&shims))
        .chain(kept.into_iter().flat_map(move |(folder, prefix)| {
            let mut found = folders(&folder, &prefix);
            found.iter_mut().for_each(|it| it.push(&program));
            found
        }))
        .filter(|program| program.is_file())
}

/// The folders below another whose names begin with a prefix, in a fixed order.
fn folders(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = parent.read_dir() else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let fits = entry.file_name().to_str()?.starts_with(prefix);
            fits.then(|| entry.path())
        })
        .collect();
    found.sort();
    found
}

fn ask(program: &Path) -> Option<Interpreter> {
    let mut command = Command::new(program);
    command.args(["-I", "-c", ASK]).stdin(Stdio::null());
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (release, program) = text.trim_end().split_once('\n')?;
    let interpreter = Interpreter {
        program: PathBuf::from(program),
        version: release.parse().ok()?,
        release: release.to_owned(),
    };
    interpreter.program.is_file().then_some(interpreter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        let read = |text: &str| text.parse::<Version>().map(|it| it.to_string()).ok();
        assert_eq!(read("3.11").as_deref(), Some("3.11"));
        assert_eq!(read("python3.9").as_deref(), Some("3.9"));
        assert_eq!(read("3.14.0a1").as_deref(), Some("3.14"));
        for text in ["", "3", "python", "nodejs20.x", "3.x", "-1.2", "3.999"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!("3.9".parse::<Version>().unwrap() < "3.10".parse().unwrap());
    }
}
