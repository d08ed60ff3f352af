//! For tests of what a kill leaves behind; in debug builds only.
//!
//! `GAMMARAY_CRASH_AT=N` ends this process with SIGKILL at the Nth operation on the disk, from 1:
//! at every odd one before the operation, at every even one in the midst of it where it has a
//! midst, else behind it.

use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::disk::{Access, Disk, OsDisk};

const VARIABLE: &str = "GAMMARAY_CRASH_AT";

pub(super) fn disk_that_may_crash() -> Box<dyn Disk> {
    match std::env::var(VARIABLE).map(|text| text.parse()) {
        Ok(Ok(at)) => Box::new(CrashingDisk {
            at,
            step: AtomicU32::new(0),
        }),
        _ => Box::new(OsDisk),
    }
}

struct CrashingDisk {
    at: u32,
    step: AtomicU32,
}

impl CrashingDisk {
    fn step(&self) -> bool {
        self.step.fetch_add(1, Ordering::Relaxed) + 1 == self.at
    }

    fn around(&self, operation: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if self.step() {
            kill();
        }
        let done = operation();
        if self.step() {
            kill();
        }
        done
    }
}

fn kill() {
    let own = std::process::id().to_string();
    let _never_returns = Command::new("kill").args(["-9", &own]).status();
    // Where there is no `kill`, end without clean-up all the same.
    std::process::abort();
}

impl Disk for CrashingDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.create_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        if self.step() {
            kill();
        }
        if self.step() {
            let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
            OsDisk.write_new(path, half, access)?;
            kill();
        }
        OsDisk.write_new(path, bytes, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.around(|| OsDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.remove_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.around(|| OsDisk.sync_folder(path))
    }
}
