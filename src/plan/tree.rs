//! Looks at the project on disk, without changing it: what stands at a path, and whether the way
//! there is plain.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::Access;
use super::{Digest, PlanError};

/// Largest file that is changed or removed, in bytes; its contents are kept for `undo`.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// What is recorded of a file: enough to know it again and to give another file its rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileState {
    pub(super) sha256: Digest,
    pub(super) mode: u32,
    pub(super) owner: Option<(u32, u32)>,
}

impl FileState {
    pub(super) fn access(&self) -> Access {
        Access::Like {
            mode: self.mode,
            owner: self.owner,
        }
    }
}

/// A file as it stands.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) bytes: Vec<u8>,
    pub(super) state: FileState,
}

/// The real path of the root that the user named.
pub(super) fn real_root(root: &Path) -> Result<PathBuf, PlanError> {
    let real = root
        .canonicalize()
        .map_err(|error| failed("open", ".", error))?;
    if real.is_dir() {
        Ok(real)
    } else {
        Err(PlanError::Kind {
            path: ".".to_owned(),
            why: "the project's root is not a folder".to_owned(),
        })
    }
}

/// The file at `root/path`; `None` where there is none and one could be made.
///
/// `path` has passed [`super::paths::check`]. Refuses symbolic links on the way, folders and
/// other things that are no file, and names that differ from the disk's by case or spelling.
pub(super) fn look(root: &Path, path: &str) -> Result<Option<Found>, PlanError> {
    let mut place = root.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let shown = relative(root, &place.join(part));
        if !is_listed(&place, part, &shown)? {
            return Ok(None);
        }
        place.push(part);
        let metadata =
            fs::symlink_metadata(&place).map_err(|error| failed("look at", &shown, error))?;
        let wants_folder = parts.peek().is_some();
        if let Some(why) = wrong_kind(&metadata, wants_folder) {
            return Err(PlanError::Kind {
                path: shown,
                why: why.to_owned(),
            });
        }
    }
    read(&place, path).map(Some)
}

fn wrong_kind(metadata: &Metadata, wants_folder: bool) -> Option<&'static str> {
    if metadata.is_symlink() {
        Some("it is a symbolic link, and what it leads to may not be the project's")
    } else if wants_folder && !metadata.is_dir() {
        Some("it is not a folder")
    } else if !wants_folder && metadata.is_dir() {
        Some("it is a folder")
    } else if !wants_folder && !metadata.is_file() {
        Some("it is not a regular file")
    } else if !wants_folder && metadata.len() > MAX_FILE_BYTES {
        Some("it is larger than 64 MiB")
    } else {
        None
    }
}

/// Whether `folder` lists exactly this name; refused where it knows it by another spelling.
fn is_listed(folder: &Path, name: &str, shown: &str) -> Result<bool, PlanError> {
    let list = |error| failed("list the folder of", shown, error);
    let why = match listed_as(folder, name).map_err(list)? {
        Some(listed) if listed == name => return Ok(true),
        Some(other) => format!("`{other}` is there, which differs only by case"),
        None if fs::symlink_metadata(folder.join(name)).is_err() => return Ok(false),
        // Another process may have made it since the folder was listed.
        None if listed_as(folder, name).map_err(list)?.as_deref() == Some(name) => {
            return Ok(true);
        }
        None => "the disk knows it by another spelling".to_owned(),
    };
    Err(PlanError::Path {
        path: shown.to_owned(),
        why,
    })
}

/// The name itself where a folder lists it, else one that differs only by case.
fn listed_as(folder: &Path, name: &str) -> io::Result<Option<String>> {
    let lower = name.to_lowercase();
    let mut other = None;
    for entry in fs::read_dir(folder)? {
        let listed = entry?.file_name();
        if listed == name {
            return Ok(Some(name.to_owned()));
        }
        let listed = listed.to_string_lossy();
        if listed.to_lowercase() == lower {
            other = Some(listed.into_owned());
        }
    }
    Ok(other)
}

fn read(place: &Path, shown: &str) -> Result<Found, PlanError> {
    let io = |error| failed("read", shown, error);
    let file = File::open(place).map_err(io)?;
    let metadata = file.metadata().map_err(io)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    let state = state_of(&bytes, &metadata);
    Ok(Found { bytes, state })
}

/// A file of our own state folder.
pub(super) fn read_own(place: &Path, shown: &str) -> Result<Found, PlanError> {
    let metadata = fs::symlink_metadata(place).map_err(|error| failed("read", shown, error))?;
    match wrong_kind(&metadata, false) {
        Some(why) => Err(PlanError::State {
            path: shown.to_owned(),
            why: why.to_owned(),
        }),
        None => read(place, shown),
    }
}

#[cfg(unix)]
fn state_of(bytes: &[u8], metadata: &Metadata) -> FileState {
    use std::os::unix::fs::MetadataExt;
    FileState {
        sha256: Digest::of(bytes),
        mode: metadata.mode() & 0o7777,
        owner: Some((metadata.uid(), metadata.gid())),
    }
}

#[cfg(not(unix))]
fn state_of(bytes: &[u8], metadata: &Metadata) -> FileState {
    let readonly = metadata.permissions().readonly();
    FileState {
        sha256: Digest::of(bytes),
        mode: if readonly { 0o444 } else { 0o644 },
        owner: None,
    }
}

/// The folders that these files need and that do not exist, parents first. The files have
/// passed [`look`].
pub(super) fn missing_folders<'a>(
    root: &Path,
    files: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let mut missing = BTreeSet::new();
    for file in files {
        for (end, _) in file.match_indices('/') {
            let folder = file.get(..end).unwrap_or_default();
            if fs::symlink_metadata(root.join(folder)).is_err() {
                missing.insert(folder.to_owned());
            }
        }
    }
    missing.into_iter().collect()
}

/// Whether `root/folder` is a folder, reached without symbolic links.
pub(super) fn is_plain_folder(root: &Path, folder: &str) -> bool {
    let mut place = root.to_owned();
    folder.split('/').all(|part| {
        place.push(part);
        fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_dir())
    })
}

/// A path below the root, as shown.
pub(super) fn relative(root: &Path, place: &Path) -> String {
    crate::source::display_path(place.strip_prefix(root).unwrap_or(place))
}

pub(super) fn failed(action: &'static str, path: &str, source: io::Error) -> PlanError {
    PlanError::Disk {
        action,
        path: path.to_owned(),
        source,
    }
}

/// The same for a path that may be the root itself, written as the empty path.
pub(super) fn is_plain_folder_or_root(root: &Path, folder: &str) -> bool {
    folder.is_empty() || is_plain_folder(root, folder)
}
