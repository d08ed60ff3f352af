//! A disk that refuses: the tree is as before, and the cause is named.

use std::cell::Cell;
use std::io;
use std::path::Path;

use gammaray_migrate::edit::Edit;
use gammaray_migrate::plan::{self, Access, Disk, OsDisk, Plan, PlanError};
use gammaray_migrate::source::{SourceFile, Span};

use super::project::{Project, UNGUARDED};
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

/// Refuses to replace `b`, and at that moment the user saves `a`, which was replaced before.
struct BusyUser<'a>(&'a Project);

impl Disk for BusyUser<'_> {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        OsDisk.create_folder(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        OsDisk.write_new(path, bytes, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if to.ends_with("b") {
            self.0.write("a", "mine\n");
            return Err(io::ErrorKind::StorageFull.into());
        }
        OsDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        OsDisk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        OsDisk.remove_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        OsDisk.sync_folder(path)
    }
}

#[test]
fn what_the_user_saved_while_a_change_failed_is_kept_and_named() {
    let project = Project::with(&[("a", "a\n"), ("b", "b\n")]);
    let mut plan = Plan::new("test");
    for path in ["a", "b"] {
        let file = SourceFile::from_text(path, project.read(path));
        let edit = Edit {
            file: path.into(),
            span: Span::new(0, 1),
            new_text: "new".to_owned(),
            reason: "meant".to_owned(),
        };
        plan.edit(&file, vec![edit]);
    }
    let disk = BusyUser(&project);
    match plan::apply_on(&disk, project.root(), &plan, &UNGUARDED).unwrap_err() {
        PlanError::EditedMeanwhile {
            why,
            files,
            kept_in,
        } => {
            assert!(why.contains("`b`"), "{why}");
            assert_eq!(files, ["a"]);
            assert_eq!(project.read(&format!("{kept_in}/0000.old")), "a\n");
        }
        other => panic!("{other}"),
    }
    assert_eq!(project.read("a"), "mine\n");
    assert_eq!(project.read("b"), "b\n");
    assert_eq!(plan::recover(project.root()).unwrap(), None);
}
