use std::io;
use std::path::{Component, Path, PathBuf};

/// Why a path cannot be used.
#[derive(Debug)]
pub enum Escape {
    /// It leads out of the project, by `..`, by being absolute, or through a link.
    Outside,
    /// The file system said no.
    Io(io::Error),
}

/// The real path of `root/relative`, with links followed.
///
/// # Errors
/// [`Escape::Outside`] where the real path does not lie under the real `root`.
pub fn resolve_within(root: &Path, relative: &Path) -> Result<PathBuf, Escape> {
    if normalize(relative).is_none() {
        return Err(Escape::Outside);
    }
    let real_root = root.canonicalize().map_err(Escape::Io)?;
    let real = root.join(relative).canonicalize().map_err(Escape::Io)?;
    if real.starts_with(&real_root) {
        Ok(real)
    } else {
        Err(Escape::Outside)
    }
}

/// `path` without `.` and `..`, by its text alone; `None` where it is absolute or climbs above
/// its start.
pub fn normalize(path: &Path) -> Option<PathBuf> {
    let mut parts = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !parts.pop() {
                    return None;
                }
            }
            Component::Normal(part) => parts.push(part),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts)
}

/// A path as shown to people and written in JSON: forward slashes, `.` for the empty path.
pub fn display_path(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    if shown.is_empty() {
        ".".to_owned()
    } else {
        shown
    }
}
