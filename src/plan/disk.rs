//! The only code of the tool that writes to the user's disk.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// The operations that change a disk. Passed in, so that a test can stop them at any step.
pub trait Disk {
    /// Makes one folder; its parent exists.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a new file and waits until it is on the medium. Fails where one exists.
    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()>;
    /// Moves a file or folder, replacing a file that stands at `to`.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the medium.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// Who may do what with a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// What the user's umask leaves of `rw-rw-rw-`.
    Plain,
    /// What the user's umask leaves of `rwxrwxrwx`.
    Executable,
    /// As another file has it.
    Like {
        /// Unix permission bits, or 0o444 and 0o644 elsewhere.
        mode: u32,
        /// Unix user and group; kept where the system lets us.
        owner: Option<(u32, u32)>,
    },
}

/// The disk of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsDisk;

impl Disk for OsDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        creation_mode(&mut options, access);
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        if let Access::Like { mode, owner } = access {
            make_like(&file, mode, owner)?;
        }
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            // Some network and overlay file systems cannot sync folders; there is no other way.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
fn creation_mode(options: &mut OpenOptions, access: Access) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(match access {
        Access::Plain => 0o666,
        Access::Executable => 0o777,
        // Nobody else reads it before its true mode is set.
        Access::Like { .. } => 0o600,
    });
}

#[cfg(not(unix))]
fn creation_mode(_options: &mut OpenOptions, _access: Access) {}

#[cfg(unix)]
fn make_like(file: &File, mode: u32, owner: Option<(u32, u32)>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let metadata = file.metadata()?;
    if let Some((user, group)) = owner.filter(|&it| it != (metadata.uid(), metadata.gid())) {
        // Only root may give files away; the contents matter more than the owner.
        let _not_allowed = fchown(file, Some(user), Some(group));
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn make_like(file: &File, mode: u32, _owner: Option<(u32, u32)>) -> io::Result<()> {
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(mode & 0o200 == 0);
    file.set_permissions(permissions)
}

/// A lock that the system releases when its process ends, however it ends; so a lock file left
/// by a dead process holds nobody up.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock; `None` where another process holds it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        file.set_len(0)?;
        write!(file, "{}", std::process::id())?;
        Ok(Some(Self { file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that another thread is just starting may still hold
        // a copy of the file until it has begun.
        let _closing_follows = self.file.unlock();
    }
}
