//! A disk that refuses: the tree is as before, and the cause is named.

use std::cell::Cell;
use std::io;
use std::path::Path;

use gammaray_migrate::plan::{self, Access, Disk, OsDisk, PlanError};

use super::project::UNGUARDED;
use super::random::cases;

/// Refuses one operation, or that and every later one.
pub(super) struct FailingDisk {
    kind: io::ErrorKind,
    at: u32,
    step: Cell<u32>,
    stays_broken: bool,
}

impl FailingDisk {
    fn refusing(at: u32, kind: io::ErrorKind) -> Self {
        Self {
            kind,
            at,
            step: Cell::new(0),
            stays_broken: false,
        }
    }

    /// Does nothing any more from a step on.
    pub(super) fn dying(at: u32) -> Self {
        Self {
            stays_broken: true,
            ..Self::refusing(at, io::ErrorKind::Other)
        }
    }

    fn check(&self) -> io::Result<()> {
        self.step.set(self.step.get() + 1);
        let fails = self.step.get() == self.at || self.stays_broken && self.step.get() > self.at;
        if fails {
            return Err(self.kind.into());
        }
        Ok(())
    }
}

impl Disk for FailingDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.check().and_then(|()| OsDisk.create_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        self.check().or_else(|full| {
            // A full disk takes a part first.
            OsDisk.write_new(path, &bytes[..bytes.len() / 2], access)?;
            Err(full)
        })?;
        OsDisk.write_new(path, bytes, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check().and_then(|()| OsDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.check().and_then(|()| OsDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.check().and_then(|()| OsDisk.remove_folder(path))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.check().and_then(|()| OsDisk.sync_folder(path))
    }
}

#[test]
fn any_operation_refused_leaves_the_tree_as_it_was() {
    for (kind, help) in [
        (io::ErrorKind::StorageFull, "free some space"),
        (io::ErrorKind::PermissionDenied, "the right to write"),
        (io::ErrorKind::CrossesDevices, "several disks"),
    ] {
        let mut refusals = 0;
        for case in cases(10) {
            for at in 1.. {
                let project = case.project();
                let before = project.snapshot();
                let disk = FailingDisk::refusing(at, kind);
                let applied = plan::apply_on(&disk, project.root(), &case.plan, &UNGUARDED);
                if disk.step.get() < at {
                    applied.unwrap();
                    break;
                }
                let Err(error) = applied else {
                    // Only waiting for the medium behind the commit point may fail unheard.
                    assert!(!project.exists(".gammaray-migrate/work"), "{at}");
                    continue;
                };
                refusals += 1;
                assert_eq!(project.snapshot(), before, "{at}");
                assert!(matches!(error, PlanError::Disk { .. }), "{at}: {error:?}");
                assert!(error.help().contains(help), "{error}: {}", error.help());
                assert_eq!(plan::recover(project.root()).unwrap(), None, "{at}");
                plan::apply(project.root(), &case.plan, &UNGUARDED).unwrap();
            }
        }
        assert!(refusals > 100, "{refusals}");
    }
}
