//! The processes of a sandbox: one group each, found again by a mark in their environment.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};

use super::cpu::CpuGroup;

/// What every process of one owner carries in its environment. Dropping it kills them: also those
/// whose owner never came to be.
#[derive(Debug)]
pub(super) struct Mark(String);

impl Mark {
    /// One that no other owner has.
    pub(super) fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(format!("{}-{count}", std::process::id()))
    }

    /// Kills every process that carries it, until none is left: one may start another between
    /// being seen and being killed.
    pub(super) fn kill(&self) {
        // A process that was killed is there until the kernel has taken it down.
        let deadline = Instant::now() + Duration::from_secs(2);
        while Instant::now() < deadline {
            let found = marked(&self.0);
            if found.is_empty() {
                return;
            }
            for id in found {
                let _gone: Result<(), Errno> = kill(id, Signal::SIGKILL);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The variable that marks every process of a sandbox, children that left the group included.
const MARK: &str = "GAMMARAY_SANDBOX";

/// A process that leads a group of its own, so that signals reach its children too.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) child: Child,
    id: Pid,
}

/// A process that is about to start. Where its CPU time is limited, a shell that has been put
/// under the limit waits to become it: so nothing runs without the limit, and what the limit costs
/// to set is not part of the start.
pub(super) enum Prepared {
    Command(Box<Command>),
    Waiting(Group, io::PipeWriter),
}

/// Becomes the program that its arguments name when it is told to, and ends when nobody is left to
/// tell.
const GATE: &str = "read -r go && exec \"$@\" </dev/null";

impl Prepared {
    /// `command` is to lead a new group. With a limit, the environment gets the shell's `PWD`.
    pub(super) fn new(
        mut command: Command,
        mark: &Mark,
        output: &io::PipeWriter,
        cpu: Option<&CpuGroup>,
    ) -> io::Result<Self> {
        command
            .env(MARK, &mark.0)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?)
            .process_group(0)
            .kill_on_drop(true);
        let Some(cpu) = cpu else {
            return Ok(Self::Command(Box::new(command)));
        };
        let program = Path::new(command.as_std().get_program());
        if program.is_absolute() {
            // The shell would say it in the function's log.
            fs::metadata(program)?;
        }
        let (reader, writer) = io::pipe()?;
        let mut gate = Command::new("/bin/sh");
        let inner = command.as_std();
        gate.args(["-c", GATE, "sh"])
            .arg(inner.get_program())
            .args(inner.get_args());
        gate.env_clear();
        for (name, value) in inner.get_envs() {
            if let Some(value) = value {
                gate.env(name, value);
            }
        }
        if let Some(folder) = inner.get_current_dir() {
            gate.current_dir(folder);
        }
        gate.stdin(reader)
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?)
            .process_group(0)
            .kill_on_drop(true);
        let group = Group::spawn(&mut gate)?;
        cpu.add(group.id.as_raw().unsigned_abs())?;
        Ok(Self::Waiting(group, writer))
    }

    /// Starts it.
    pub(super) fn start(self) -> io::Result<Group> {
        match self {
            Self::Command(mut command) => Group::spawn(&mut command),
            Self::Waiting(group, mut writer) => {
                writer.write_all(b"\n")?;
                Ok(group)
            }
        }
    }
}

impl Group {
    fn spawn(command: &mut Command) -> io::Result<Self> {
        let child = command.spawn()?;
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        let id = Pid::from_raw(id.ok_or_else(|| io::Error::other("the process has no id"))?);
        Ok(Self { child, id })
    }

    /// Sends a signal to the whole group. A group that is gone needs none.
    pub(super) fn signal(&self, signal: Signal) {
        let _gone: Result<(), Errno> = killpg(self.id, signal);
    }

    /// The leader's highest resident memory in bytes (`VmHWM` of proc(5)).
    pub(super) fn peak_memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id)).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    }
}

/// The living processes that carry the mark.
fn marked(mark: &str) -> Vec<Pid> {
    let entry = format!("{MARK}={mark}");
    let Ok(folders) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    folders
        .filter_map(|folder| {
            let folder = folder.ok()?;
            let id: i32 = folder.file_name().to_str()?.parse().ok()?;
            carries(&folder.path(), entry.as_bytes()).then(|| Pid::from_raw(id))
        })
        .collect()
}

/// Whether a process has the entry in its environment. That of a zombie reads as empty.
fn carries(folder: &Path, entry: &[u8]) -> bool {
    fs::read(folder.join("environ")).is_ok_and(|environment| {
        environment
            .split(|&byte| byte == 0)
            .any(|item| item == entry)
    })
}
