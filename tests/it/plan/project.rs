//! A project folder for one test.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gammaray_migrate::plan::{Guard, STATE_FOLDER};
use tempfile::TempDir;

/// For tests that are not about version control.
pub(crate) const UNGUARDED: Guard = Guard {
    allow_dirty: true,
    allow_no_vcs: true,
};

/// Path to contents (`None` for a folder) and Unix mode.
pub(crate) type Snapshot = BTreeMap<String, (Option<Vec<u8>>, u32)>;

pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    pub(crate) fn empty() -> Self {
        // Waiting for a real disk at each of some thousand kills proves nothing more.
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new());
        Self {
            folder: folder.unwrap(),
        }
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::empty();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    #[allow(clippy::disallowed_methods)]
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    #[allow(clippy::disallowed_methods)]
    pub(crate) fn chmod(&self, path: &str, mode: u32) {
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn mode(&self, path: &str) -> u32 {
        fs::metadata(self.path(path)).unwrap().permissions().mode() & 0o7777
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// Everything but the tool's own folder and git's.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::new();
        collect(self.root(), self.root(), &mut snapshot);
        snapshot
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> Output {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.root())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.org"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }

    pub(crate) fn commit_all(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "all", "--allow-empty"]);
    }
}

fn collect(root: &Path, folder: &Path, snapshot: &mut Snapshot) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name == STATE_FOLDER || name == ".git" {
            continue;
        }
        let place = entry.path();
        let shown = place
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let metadata = fs::symlink_metadata(&place).unwrap();
        let mode = metadata.permissions().mode() & 0o7777;
        if metadata.is_dir() {
            snapshot.insert(shown, (None, mode));
            collect(root, &place, snapshot);
        } else {
            snapshot.insert(shown, (Some(fs::read(&place).unwrap()), mode));
        }
    }
}
