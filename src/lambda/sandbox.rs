//! One execution environment of a function, from its first process to its last.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::time::Duration;

use lambda_simulator::{Invocation as Request, ShutdownReason, Simulator, SimulatorError};
use nix::sys::signal::Signal;
use serde_json::Value;
use thiserror::Error;
use tokio::process::Command;
use tokio::time::{Instant, timeout};

use super::api::Relay;
use super::cpu::CpuGroup;
use super::ending::{Ending, completed, init_error, posted};
use super::log::Reader;
use super::private::PrivateTmp;
use super::process::{Group, Mark, Prepared};
use super::{FunctionError, Invocation, Launch, Log, Outcome};

/// What external extensions have for their end before they are killed ("Shutdown phase", Lambda
/// developer guide).
const SHUTDOWN: Duration = Duration::from_secs(2);

/// Why a sandbox could not be started.
#[derive(Debug, Error)]
pub enum StartError {
    /// The Runtime API could not be served.
    #[error("the Runtime API could not be served: {0}")]
    Api(#[from] SimulatorError),
    /// No port could be had for it.
    #[error("no port for the Runtime API: {0}")]
    Relay(#[source] io::Error),
    /// A program could not be started.
    #[error("{program} could not be started: {source}")]
    Program {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// Its CPU time could not be limited.
    #[error("the CPU time cannot be limited: {0}")]
    Cpu(#[source] io::Error),
    /// The pipe for its output could not be made.
    #[error("no pipe for the function's output: {0}")]
    Pipe(#[source] io::Error),
}

/// A function's processes and the APIs that they talk to. Frozen except during an invocation;
/// dropping it kills all of them at once.
pub struct Sandbox {
    launch: Launch,
    simulator: Option<Simulator>,
    relay: Relay,
    runtime: Group,
    extensions: Vec<Group>,
    log: Reader,
    // Also kills when an invocation or a stop was given up half way.
    mark: Mark,
    // After the processes, which must be gone before it.
    cpu: Option<CpuGroup>,
    _tmp: Option<PrivateTmp>,
    started: Instant,
    initialized: bool,
    unsettled: Option<Unsettled>,
}

/// An invocation that was answered, but after which something may still be at work.
struct Unsettled {
    request_id: String,
    start: Instant,
    asked: u64,
}

impl Sandbox {
    /// Serves the APIs on a free port and starts the extensions, then the runtime. Does not wait
    /// for init.
    ///
    /// # Errors
    /// When a port, a pipe or a process cannot be had. A function that fails in init is no error
    /// here: its first invocation says so.
    pub async fn start(launch: Launch) -> Result<Self, StartError> {
        let simulator = Simulator::builder()
            .function_name(&launch.name)
            .handler(&launch.handler)
            .memory_size_mb(launch.memory)
            .region(&launch.region)
            .account_id(&launch.account)
            .invocation_timeout(launch.timeout)
            .shutdown_timeout(SHUTDOWN)
            .build()
            .await?;
        let relay = Relay::start(simulator.addr())
            .await
            .map_err(StartError::Relay)?;
        let (reader, writer) = io::pipe().map_err(StartError::Pipe)?;
        let log = Reader::new(reader).map_err(StartError::Pipe)?;
        let cpu = launch.cpu.as_ref().map(|cpu| cpu.group(launch.memory));
        let cpu = cpu.transpose().map_err(StartError::Cpu)?;
        let tmp = launch
            .private_tmp
            .then(|| PrivateTmp::of(&launch))
            .flatten();
        // Dropped before the group and the folder, which nothing may use then.
        let mark = Mark::new();
        let prepare = |path: &Path, arguments: &[OsString]| {
            let program = path.display().to_string();
            let mut command = match &tmp {
                // Who is not there is missed here, and not by the shell in the function's log.
                Some(tmp) if path.exists() => tmp.around(path, arguments),
                _ => {
                    let mut command = Command::new(path);
                    command.args(arguments);
                    command
                }
            };
            surround(&mut command, &launch, &simulator, &relay);
            Prepared::new(command, &mark, &writer, cpu.as_ref())
                .map(|prepared| (program.clone(), prepared))
                .map_err(|source| StartError::Program { program, source })
        };
        let extensions = launch.extensions.iter();
        let extensions = extensions.map(|program| prepare(program, &[]));
        let extensions = extensions.collect::<Result<Vec<_>, _>>()?;
        let runtime = prepare(&launch.program, &launch.arguments)?;

        let started = Instant::now();
        let start = |(program, prepared): (String, Prepared)| {
            prepared
                .start()
                .map_err(|source| StartError::Program { program, source })
        };
        let extensions = extensions.into_iter().map(start);
        let extensions = extensions.collect::<Result<Vec<_>, _>>()?;
        registered(&simulator, extensions.len()).await;
        let runtime = start(runtime)?;
        Ok(Self {
            launch,
            simulator: Some(simulator),
            relay,
            runtime,
            extensions,
            log,
            mark,
            cpu,
            _tmp: tmp,
            started,
            initialized: false,
            unsettled: None,
        })
    }

    /// Whether it can be invoked again. Lambda starts a new sandbox after a timeout, an exit or a
    /// failed init, and so must the caller.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.simulator.is_some()
    }

    /// Thaws the function, hands it the event and waits for what comes of it; the first time with
    /// its init. Freezes it again when all have asked for more work, extensions too. A function
    /// that did not survive leaves no process behind.
    pub async fn invoke(&mut self, event: Value) -> Invocation {
        let request = self.request(event);
        self.complete(request).await
    }

    /// As [`invoke`](Self::invoke), under a request id of the caller's, from which the trace id
    /// follows too: what is compared must not differ by what it was called.
    pub async fn invoke_as(&mut self, request_id: &str, event: Value) -> Invocation {
        let mut request = self.request(event);
        request_id.clone_into(&mut request.request_id);
        request_id.clone_into(&mut request.aws_request_id);
        let digits: String = request_id.chars().filter(char::is_ascii_hexdigit).collect();
        request.trace_id = format!("Root=1-65000000-{digits:0>24.24}");
        self.complete(request).await
    }

    async fn complete(&mut self, request: Request) -> Invocation {
        let mut invocation = self.respond(request).await;
        invocation.busy = self.settle().await.unwrap_or(invocation.duration);
        invocation.log = self.log.take();
        invocation
    }

    /// As [`invoke`](Self::invoke), but returns as soon as the answer is there, as Lambda hands it
    /// to its caller. [`settle`](Self::settle) must follow.
    pub async fn answer(&mut self, event: Value) -> Invocation {
        let request = self.request(event);
        let mut invocation = self.respond(request).await;
        invocation.log = self.log.take();
        invocation
    }

    /// Waits until the runtime and the extensions have asked for more work, within what is left of
    /// the timeout, and freezes them. How long it all took since the event was handed over, where
    /// an answered invocation had not been settled yet.
    pub async fn settle(&mut self) -> Option<Duration> {
        let unsettled = self.unsettled.take()?;
        let simulator = self.simulator.as_ref()?;
        let mut traffic = self.relay.traffic();
        let settled = async {
            let _ended = traffic
                .wait_for(|traffic| traffic.asked > unsettled.asked)
                .await
                .map(drop);
            while !simulator.are_extensions_ready(&unsettled.request_id).await {
                // The simulator's notice can be missed, so it is asked again.
                let wait = Duration::from_millis(5);
                let _ = simulator
                    .wait_for_extensions_ready(&unsettled.request_id, wait)
                    .await;
            }
        };
        tokio::select! {
            () = settled => {}
            _ = self.runtime.child.wait() => {}
            () = tokio::time::sleep_until(unsettled.start + self.launch.timeout) => {}
            never = self.log.read_on() => match never {},
        }
        let busy = unsettled.start.elapsed();
        self.signal(Signal::SIGSTOP);
        Some(busy)
    }

    /// The highest resident memory so far of the runtime and the extensions, added up, in bytes.
    /// Nothing for those that have ended.
    #[must_use]
    pub fn peak_memory(&self) -> Option<u64> {
        let all = self.extensions.iter().chain([&self.runtime]);
        all.filter_map(Group::peak_memory)
            .reduce(|sum, one| sum + one)
    }

    /// The folder of the control group that limits its CPU time.
    #[must_use]
    pub fn cpu_group(&self) -> Option<&Path> {
        self.cpu.as_ref().map(CpuGroup::folder)
    }

    fn request(&self, event: Value) -> Request {
        let limit = u64::try_from(self.launch.timeout.as_millis()).unwrap_or(u64::MAX);
        let mut request = Request::new(event, limit);
        request.invoked_function_arn = format!(
            "arn:aws:lambda:{}:{}:function:{}",
            self.launch.region, self.launch.account, self.launch.name
        );
        request
    }

    /// Without what was printed, which others take.
    async fn respond(&mut self, request: Request) -> Invocation {
        self.settle().await;
        let request_id = request.request_id.clone();
        self.signal(Signal::SIGCONT);

        let mut init = None;
        let mut failed = None;
        if self.simulator.is_none() {
            failed = Some(Ending::Exited(None));
        } else if !self.initialized {
            failed = self.initialize().await;
            if failed.is_none() {
                init = Some(self.started.elapsed());
                self.initialized = true;
                failed = self.slow_down();
            }
        }
        let asked = self.relay.traffic().borrow().asked;
        let start = Instant::now();
        let ending = match failed {
            Some(failure) => failure,
            None => self.run(request).await,
        };
        let duration = start.elapsed();
        let peak_memory = self.runtime.peak_memory();
        let outcome = match ending {
            Ending::Completed(outcome) => {
                self.unsettled = Some(Unsettled {
                    request_id: request_id.clone(),
                    start,
                    asked,
                });
                outcome
            }
            lost => {
                self.kill().await;
                Outcome::Error(lost.error(&request_id, self.launch.timeout))
            }
        };
        Invocation {
            request_id,
            outcome,
            log: Log::default(),
            duration,
            busy: duration,
            init,
            peak_memory,
        }
    }

    /// After init: from its CPU time to that of invocations.
    fn slow_down(&self) -> Option<Ending> {
        let error = self.cpu.as_ref()?.settle().err()?;
        Some(Ending::InitFailed(FunctionError {
            kind: "Runtime.Unknown".to_owned(),
            message: format!("the CPU time cannot be limited: {error}"),
        }))
    }

    /// Ends the function as Lambda does: SHUTDOWN to the extensions, two seconds for all where
    /// there are any, then SIGKILL. What was printed meanwhile is returned.
    pub async fn stop(mut self) -> Log {
        self.signal(Signal::SIGCONT);
        if !self.extensions.is_empty() && self.is_alive() {
            self.runtime.signal(Signal::SIGTERM);
            let deadline = Instant::now() + SHUTDOWN;
            if let Some(simulator) = self.simulator.take() {
                let shutdown = simulator.graceful_shutdown(ShutdownReason::Spindown);
                tokio::select! {
                    () = shutdown => {}
                    never = self.log.read_on() => match never {},
                }
            }
            let ended = async {
                for extension in &mut self.extensions {
                    let _ = extension.child.wait().await;
                }
            };
            tokio::select! {
                () = ended => {}
                () = tokio::time::sleep_until(deadline) => {}
                never = self.log.read_on() => match never {},
            }
        }
        self.kill().await;
        self.log.take()
    }

    /// Waits for the runtime's first request for work. Not `None` when it never came.
    async fn initialize(&mut self) -> Option<Ending> {
        let mut traffic = self.relay.traffic();
        let ending = tokio::select! {
            ready = timeout(INIT, traffic.wait_for(|traffic| traffic.asked > 0)) => match ready {
                Ok(Ok(_)) => return None,
                _ => Ending::InitFailed(FunctionError {
                    kind: "Sandbox.Timedout".to_owned(),
                    message: format!("INIT timed out after {:.2} seconds", INIT.as_secs_f64()),
                }),
            },
            status = self.runtime.child.wait() => Ending::Exited(status.ok()),
            never = self.log.read_on() => match never {},
        };
        match self.simulator.as_ref()?.get_init_error().await {
            Some(error) => Some(Ending::InitFailed(init_error(&error))),
            None => Some(ending),
        }
    }

    /// Hands over the event and waits for the answer, the error, the end of the process or of the
    /// time.
    async fn run(&mut self, request: Request) -> Ending {
        let Some(simulator) = self.simulator.as_ref() else {
            return Ending::Exited(None);
        };
        let request_id = request.request_id.clone();
        let traffic = self.relay.traffic();
        simulator.enqueue(request).await;
        let ended = tokio::select! {
            biased;
            outcome = posted(simulator, traffic, &request_id) => return Ending::Completed(outcome),
            status = self.runtime.child.wait() => Ending::Exited(status.ok()),
            () = tokio::time::sleep(self.launch.timeout) => Ending::TimedOut,
            never = self.log.read_on() => match never {},
        };
        match completed(simulator, &request_id).await {
            Some(outcome) => Ending::Completed(outcome),
            None => ended,
        }
    }

    fn signal(&self, signal: Signal) {
        for group in self.extensions.iter().chain([&self.runtime]) {
            group.signal(signal);
        }
    }

    /// Kills all processes, and takes the dead from the process table.
    async fn kill(&mut self) {
        self.signal(Signal::SIGKILL);
        self.mark.kill();
        for group in self.extensions.iter_mut().chain([&mut self.runtime]) {
            let _ = timeout(SHUTDOWN, group.child.wait()).await;
        }
        if let Some(simulator) = self.simulator.take() {
            simulator.shutdown().await;
        }
    }
}

/// What Lambda allows for init ("Init phase", Lambda developer guide).
const INIT: Duration = Duration::from_secs(10);

/// Waits until all extensions have registered: Lambda starts the runtime after them. One that
/// never does is not waited for longer than init may take.
async fn registered(simulator: &Simulator, count: usize) {
    let all = async {
        while simulator.extension_count().await < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let _ = timeout(INIT, all).await;
}

/// The environment that Lambda gives, then the function's own. Credentials are dummies.
fn surround(command: &mut Command, launch: &Launch, simulator: &Simulator, relay: &Relay) {
    command.env_clear().envs(simulator.lambda_env_vars());
    // The paths of Lambda's own image are not on this machine.
    command
        .env_remove("LD_LIBRARY_PATH")
        .env_remove("LAMBDA_RUNTIME_DIR");
    command
        .env("AWS_LAMBDA_RUNTIME_API", relay.address().to_string())
        .env("LAMBDA_TASK_ROOT", &launch.task_root)
        .env("AWS_ACCESS_KEY_ID", "ASIADUMMYDUMMYDUMMY")
        .env("AWS_SECRET_ACCESS_KEY", "dummy")
        .env("AWS_SESSION_TOKEN", "dummy")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        // Without a home of their own, some SDKs would read that of whoever runs this.
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("PYTHONUNBUFFERED", "1")
        .envs(&launch.environment)
        .current_dir(&launch.task_root);
}
