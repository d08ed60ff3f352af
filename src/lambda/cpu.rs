//! CPU time in proportion to memory, as Lambda gives it, by a control group for each sandbox.
//!
//! In: a function's memory. Out: a group that its processes are put into before they run, or why
//! this machine permits none. Knows version 1 (also beside version 2) and version 2 of control
//! groups; needs the right to make one. Sets no limit on memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use thiserror::Error;

/// The memory in MB that comes with the time of one CPU ("Configure Lambda function memory",
/// Lambda developer guide).
pub const MEMORY_OF_ONE_CPU: u32 = 1769;

/// In microseconds. Lambda's own is not documented; 20 ms is what measurements of its pauses show.
const PERIOD: u64 = 20_000;

/// The CPUs that Lambda gives with so much memory.
#[must_use]
pub fn cpus(memory: u32) -> f64 {
    f64::from(memory) / f64::from(MEMORY_OF_ONE_CPU)
}

/// Why CPU time is not limited.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unavailable {
    /// The kernel has no controller for it.
    #[error("no control groups for CPU time are mounted")]
    NotMounted,
    /// There is one, but not for this process.
    #[error("a control group cannot be made below {folder}: {reason}")]
    NotPermitted {
        /// Where.
        folder: String,
        /// The system's words.
        reason: String,
    },
}

/// The right to limit CPU time, with the place where it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    parent: PathBuf,
    version: Version,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

impl Control {
    /// Looks for a place where this process may make groups and put processes into them, and
    /// tries it.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find() -> Result<Self, Unavailable> {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let (own, version) = own_group(&read("/proc/self/mountinfo"), &read("/proc/self/cgroup"))
            .ok_or(Unavailable::NotMounted)?;
        let mut refused = None;
        // A group with processes of its own cannot have limited children in version 2, so its
        // ancestors are tried too.
        for parent in own.folder.ancestors() {
            if !parent.starts_with(&own.mount) {
                break;
            }
            let control = Self {
                parent: parent.to_owned(),
                version,
            };
            match control.attempt() {
                Ok(()) => return Ok(control),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(Unavailable::NotPermitted {
            folder: own.folder.display().to_string(),
            reason: refused.map_or_else(String::new, |error| error.to_string()),
        })
    }

    /// How the limit is set, for a report.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self.version {
            Version::One => "control groups, version 1",
            Version::Two => "control groups, version 2",
        }
    }

    /// A new group for a function of so much memory.
    pub(super) fn group(&self, memory: u32) -> io::Result<CpuGroup> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        if self.version == Version::Two {
            self.delegate()?;
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{NAME}{}-{count}", std::process::id());
        let group = CpuGroup {
            folder: self.parent.join(name),
            version: self.version,
            memory,
        };
        make(&group.folder)?;
        // Set before anything runs; dropped, and so removed, where that fails.
        group.boost()?;
        Ok(group)
    }

    /// Lets children of a version 2 group be limited.
    fn delegate(&self) -> io::Result<()> {
        let file = self.parent.join("cgroup.subtree_control");
        let enabled = fs::read_to_string(&file)?;
        if enabled.split_ascii_whitespace().any(|name| name == "cpu") {
            return Ok(());
        }
        set(&file, "+cpu")
    }

    fn attempt(&self) -> io::Result<()> {
        self.sweep();
        let group = self.group(MEMORY_OF_ONE_CPU)?;
        let mut child = Command::new("/bin/sh")
            .args(["-c", "read -r never"])
            .stdin(Stdio::piped())
            .spawn()?;
        let added = group.add(child.id());
        let ended = child.kill().and_then(|()| child.wait());
        added.and(ended.map(drop))
    }

    /// Removes what runs that were killed left behind. A group that has processes stays, since the
    /// system does not remove it.
    fn sweep(&self) {
        let Ok(folders) = fs::read_dir(&self.parent) else {
            return;
        };
        for folder in folders.flatten() {
            let name = folder.file_name();
            let owner = name.to_str().and_then(|name| name.strip_prefix(NAME));
            let owner = owner.and_then(|rest| rest.split('-').next());
            if owner.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
                let _in_use = remove(&folder.path());
            }
        }
    }
}

/// How the folders of groups begin; the id of the process that made it follows.
const NAME: &str = "gammaray-migrate-";

/// A group of processes that share the CPU time of one function. Removed when dropped; its
/// processes must have ended.
#[derive(Debug)]
pub(super) struct CpuGroup {
    folder: PathBuf,
    version: Version,
    memory: u32,
}

impl CpuGroup {
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a process into it. Its children follow it.
    pub(super) fn add(&self, process: u32) -> io::Result<()> {
        set(&self.folder.join("cgroup.procs"), &process.to_string())
    }

    /// What init has: at least one CPU, however little the memory. AWS documents no figure; init
    /// durations that it reports hardly depend on memory, while those of handlers do.
    pub(super) fn boost(&self) -> io::Result<()> {
        self.limit(self.memory.max(MEMORY_OF_ONE_CPU))
    }

    /// What invocations have: CPU in proportion to memory.
    pub(super) fn settle(&self) -> io::Result<()> {
        self.limit(self.memory)
    }

    fn limit(&self, memory: u32) -> io::Result<()> {
        // The kernel takes no quota below a millisecond.
        let quota = (PERIOD * u64::from(memory) / u64::from(MEMORY_OF_ONE_CPU)).max(1000);
        match self.version {
            Version::One => {
                set(&self.folder.join("cpu.cfs_period_us"), &PERIOD.to_string())?;
                set(&self.folder.join("cpu.cfs_quota_us"), &quota.to_string())
            }
            Version::Two => set(&self.folder.join("cpu.max"), &format!("{quota} {PERIOD}")),
        }
    }
}

impl Drop for CpuGroup {
    fn drop(&mut self) {
        // Processes that were killed stay in it until the kernel has taken them down.
        let deadline = Instant::now() + Duration::from_secs(1);
        while remove(&self.folder).is_err_and(|error| error.kind() == io::ErrorKind::ResourceBusy)
            && Instant::now() < deadline
        {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Where this process's group is.
#[derive(Debug, PartialEq, Eq)]
struct Own {
    mount: PathBuf,
    folder: PathBuf,
}

/// From `/proc/self/mountinfo` and `/proc/self/cgroup`, see proc(5) and cgroups(7).
fn own_group(mounts: &str, groups: &str) -> Option<(Own, Version)> {
    let has_cpu = |list: &str| list.split(',').any(|name| name == "cpu");
    let mounts = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let mut before = before.split(' ').skip(3);
        let (root, point) = (before.next()?, before.next()?);
        let mut after = after.split(' ');
        let (kind, _, options) = (after.next()?, after.next()?, after.next()?);
        match kind {
            "cgroup" if has_cpu(options) => Some((Version::One, root, point)),
            "cgroup2" => Some((Version::Two, root, point)),
            _ => None,
        }
    });
    // Where both are there, CPU is with version 1.
    let (version, root, point) = mounts.min_by_key(|(version, ..)| *version == Version::Two)?;
    let path = groups.lines().find_map(|line| {
        let mut parts = line.splitn(3, ':');
        let (id, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
        let ours = match version {
            Version::One => has_cpu(controllers),
            Version::Two => id == "0" && controllers.is_empty(),
        };
        ours.then_some(path)
    })?;
    // A container can see a part of the tree as if it were the whole.
    let below = Path::new(path).strip_prefix(root).unwrap_or(Path::new(""));
    let mount = PathBuf::from(point);
    let folder = mount.join(below);
    Some((Own { mount, folder }, version))
}

#[expect(clippy::disallowed_methods, reason = "a file of the kernel's")]
fn set(file: &Path, value: &str) -> io::Result<()> {
    fs::write(file, value)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a control group is a folder of the kernel's"
)]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a control group is a folder of the kernel's"
)]
fn remove(folder: &Path) -> io::Result<()> {
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(mount: &str, folder: &str) -> Own {
        Own {
            mount: mount.into(),
            folder: folder.into(),
        }
    }

    #[test]
    fn version_1_is_taken_where_both_are() {
        let mounts = "\
            30 29 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n\
            31 29 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n\
            32 29 0:28 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset\n";
        let groups = "5:cpuset:/other\n4:cpu,cpuacct:/user.slice\n0::/init\n";
        let folder = own(
            "/sys/fs/cgroup/cpu,cpuacct",
            "/sys/fs/cgroup/cpu,cpuacct/user.slice",
        );
        assert_eq!(own_group(mounts, groups), Some((folder, Version::One)));
    }

    #[test]
    fn version_2_and_a_container_s_part_of_the_tree() {
        let mounts = "24 23 0:22 / /sys/fs/cgroup ro - cgroup2 cgroup rw,nsdelegate\n";
        let found = own_group(mounts, "0::/user.slice/session-1.scope\n");
        let folder = own(
            "/sys/fs/cgroup",
            "/sys/fs/cgroup/user.slice/session-1.scope",
        );
        assert_eq!(found, Some((folder, Version::Two)));

        let mounts = "24 23 0:22 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n";
        let found = own_group(mounts, "4:cpu:/docker/abc/job\n");
        let folder = own("/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu/job");
        assert_eq!(found, Some((folder, Version::One)));
        assert_eq!(own_group("", "0::/\n"), None);
    }
}
