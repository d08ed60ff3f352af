//! The pinned versions: requirement files, embedded; `.ci/setup` installs from the same ones.

use std::path::Path;

use super::python::Version;
use super::{ToolsError, disk};

/// Every file, by its name; those that one includes with `-r` lie beside it.
const FILES: [(&str, &str); 5] = [
    (
        "awslambdaric.txt",
        include_str!("requirements/awslambdaric.txt"),
    ),
    ("coverage.txt", include_str!("requirements/coverage.txt")),
    ("runtime.txt", include_str!("requirements/runtime.txt")),
    ("sam.txt", include_str!("requirements/sam.txt")),
    ("tools.txt", include_str!("requirements/tools.txt")),
];

/// Writes all files into a folder, for pip to read.
pub(super) fn write(folder: &Path) -> Result<(), ToolsError> {
    FILES
        .iter()
        .try_for_each(|(name, text)| disk::write(&folder.join(name), text))
}

/// The texts of some files, one after the other: what a part that was made from them is marked
/// with.
pub(super) fn texts(names: &[&str]) -> String {
    let texts = names.iter().filter_map(|name| {
        let (_, text) = FILES.iter().find(|(file, _)| file == name)?;
        Some(*text)
    });
    texts.collect()
}

/// The pinned version of a package under a Python version.
pub(super) fn version(package: &str, python: Version) -> Option<&'static str> {
    let mut lines = FILES.iter().flat_map(|(_, text)| text.lines());
    lines.find_map(|line| {
        let (requirement, marker) = line.split_once(';').unwrap_or((line, ""));
        let (name, version) = requirement.split_once("==")?;
        let name = name.split('[').next()?;
        (name == package && holds(marker, python)).then(|| version.trim())
    })
}

/// Whether a marker of our files, `python_version >= "3.11"` or with `<`, holds.
fn holds(marker: &str, python: Version) -> bool {
    let bound = || marker.split('"').nth(1)?.parse::<Version>().ok();
    match bound() {
        Some(bound) if marker.contains('<') => python < bound,
        Some(bound) => python >= bound,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_follow_the_python_version() {
        let (old, new) = ("3.9".parse().unwrap(), "3.12".parse().unwrap());
        assert!(version("moto", new).is_some());
        assert_ne!(version("awslambdaric", old), version("awslambdaric", new));
        assert_eq!(version("boto3", old), version("boto3", new));
        assert_eq!(version("unknown", new), None);
    }

    #[test]
    fn every_line_pins() {
        for (name, text) in FILES {
            for line in text.lines().filter(|line| !line.starts_with(['#', '-'])) {
                assert!(line.contains("=="), "{name}: {line}");
            }
        }
    }
}
