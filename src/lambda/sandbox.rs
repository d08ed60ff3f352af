//! One execution environment of a function, from its first process to its last.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

use lambda_simulator::{
    Invocation as Request, InvocationStatus, ShutdownReason, Simulator, SimulatorError,
    SimulatorPhase,
};
use nix::sys::signal::Signal;
use serde_json::Value;
use thiserror::Error;
use tokio::process::Command;
use tokio::time::{Instant, timeout};

use super::api::Relay;
use super::log::Reader;
use super::process::{Group, Mark};
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
    /// The pipe for its output could not be made.
    #[error("no pipe for the function's output: {0}")]
    Pipe(#[source] io::Error),
}

/// A function's processes and the APIs that they talk to. Frozen except during an invocation;
/// dropping it kills all of them at once.
pub struct Sandbox {
    launch: Launch,
    simulator: Option<Simulator>,
    _relay: Relay,
    runtime: Group,
    extensions: Vec<Group>,
    log: Reader,
    mark: Mark,
    started: Instant,
    initialized: bool,
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
        let mark = Mark::new();
        let started = Instant::now();
        let spawn = |mut command: Command| {
            let program = command.as_std().get_program().display().to_string();
            surround(&mut command, &launch, &simulator, &relay);
            Group::spawn(&mut command, &mark, &writer)
                .map_err(|source| StartError::Program { program, source })
        };
        let extensions = launch
            .extensions
            .iter()
            .map(|program| spawn(Command::new(program)));
        let extensions = extensions.collect::<Result<Vec<_>, _>>()?;
        registered(&simulator, extensions.len()).await;
        let mut runtime = Command::new(&launch.program);
        runtime.args(&launch.arguments);
        let runtime = spawn(runtime)?;
        Ok(Self {
            launch,
            simulator: Some(simulator),
            _relay: relay,
            runtime,
            extensions,
            log,
            mark,
            started,
            initialized: false,
        })
    }

    /// Whether it can be invoked again. Lambda starts a new sandbox after a timeout, an exit or a
    /// failed init, and so must the caller.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.simulator.is_some()
    }

    /// Thaws the function, hands it the event and waits for what comes of it; the first time with
    /// its init. Freezes it again when the extensions are done too. A function that did not
    /// survive leaves no process behind.
    pub async fn invoke(&mut self, event: Value) -> Invocation {
        let request = self.request(event);
        self.run(request).await
    }

    /// As [`invoke`](Self::invoke), under a request id of the caller's, from which the trace id
    /// follows too: what is compared must not differ by what it was called.
    pub async fn invoke_as(&mut self, request_id: &str, event: Value) -> Invocation {
        let mut request = self.request(event);
        request_id.clone_into(&mut request.request_id);
        request_id.clone_into(&mut request.aws_request_id);
        let digits: String = request_id.chars().filter(char::is_ascii_hexdigit).collect();
        request.trace_id = format!("Root=1-65000000-{digits:0>24.24}");
        self.run(request).await
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

    async fn run(&mut self, request: Request) -> Invocation {
        let request_id = request.request_id.clone();
        self.signal(Signal::SIGCONT);

        let (init, start, ending) = match self.simulator.as_ref() {
            None => (None, Instant::now(), Ending::Exited(None)),
            Some(simulator) => {
                let mut init = None;
                let mut failed = None;
                if !self.initialized {
                    match initialize(simulator, &mut self.runtime, &mut self.log).await {
                        None => init = Some(self.started.elapsed()),
                        failure => failed = failure,
                    }
                    self.initialized = failed.is_none();
                }
                let start = Instant::now();
                let ending = match failed {
                    Some(failure) => failure,
                    None => {
                        simulator.enqueue(request).await;
                        let limit = self.launch.timeout;
                        run(
                            simulator,
                            &mut self.runtime,
                            &mut self.log,
                            &request_id,
                            limit,
                        )
                        .await
                    }
                };
                (init, start, ending)
            }
        };
        let duration = start.elapsed();
        let peak_memory = self.runtime.peak_memory();
        let outcome = match ending {
            Ending::Completed(outcome) => {
                self.settle(&request_id, start).await;
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
            log: self.log.take(),
            duration,
            init,
            peak_memory,
        }
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

    /// Waits for the extensions, within what is left of the timeout, and freezes all.
    async fn settle(&mut self, request_id: &str, start: Instant) {
        if let (false, Some(simulator)) = (self.extensions.is_empty(), &self.simulator) {
            let left = self.launch.timeout.saturating_sub(start.elapsed());
            tokio::select! {
                _ = simulator.wait_for_extensions_ready(request_id, left) => {}
                never = self.log.read_on() => match never {},
            }
        }
        self.signal(Signal::SIGSTOP);
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

impl Drop for Sandbox {
    /// Also when an invocation or a stop was given up half way.
    fn drop(&mut self) {
        self.mark.kill();
    }
}

/// How waiting for a function ended.
enum Ending {
    Completed(Outcome),
    InitFailed(FunctionError),
    TimedOut,
    Exited(Option<ExitStatus>),
}

impl Ending {
    /// In Lambda's words. Source: messages of the service, as its documentation and logs show
    /// them.
    fn error(self, request_id: &str, limit: Duration) -> FunctionError {
        let (kind, reason) = match self {
            Self::InitFailed(error) => return error,
            Self::Completed(_) => ("Runtime.Unknown", "Runtime ended".to_owned()),
            Self::TimedOut => (
                "Sandbox.Timedout",
                format!("Task timed out after {:.2} seconds", limit.as_secs_f64()),
            ),
            Self::Exited(Some(status)) if !status.success() => (
                "Runtime.ExitError",
                format!("Runtime exited with error: {}", in_words(status)),
            ),
            Self::Exited(_) => (
                "Runtime.ExitError",
                "Runtime exited without providing a reason".to_owned(),
            ),
        };
        FunctionError {
            kind: kind.to_owned(),
            message: format!("RequestId: {request_id} Error: {reason}"),
        }
    }
}

/// `exit status 1`, `signal: killed`: as Go prints an exit status, in which Lambda is written.
fn in_words(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(6)) => "signal: aborted".to_owned(),
        (None, Some(9)) => "signal: killed".to_owned(),
        (None, Some(11)) => "signal: segmentation fault".to_owned(),
        (None, Some(15)) => "signal: terminated".to_owned(),
        (None, signal) => format!("signal: {}", signal.unwrap_or_default()),
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

/// Waits for the runtime's first request for work. Not `None` when it never came.
async fn initialize(
    simulator: &Simulator,
    runtime: &mut Group,
    log: &mut Reader,
) -> Option<Ending> {
    let ending = tokio::select! {
        ready = simulator.wait_for_phase(SimulatorPhase::Ready, INIT) => match ready {
            Ok(()) => return None,
            Err(_) => Ending::InitFailed(FunctionError {
                kind: "Sandbox.Timedout".to_owned(),
                message: format!("INIT timed out after {:.2} seconds", INIT.as_secs_f64()),
            }),
        },
        status = runtime.child.wait() => Ending::Exited(status.ok()),
        never = log.read_on() => match never {},
    };
    match simulator.get_init_error().await {
        Some(error) => Some(Ending::InitFailed(init_error(&error))),
        None => Some(ending),
    }
}

/// The simulator keeps type and message of an init error in one string.
fn init_error(error: &str) -> FunctionError {
    let (kind, message) = error.split_once(": ").unwrap_or(("Runtime.Unknown", error));
    FunctionError {
        kind: kind.to_owned(),
        message: message.to_owned(),
    }
}

/// Waits for the answer, the error, the end of the process or of the time.
async fn run(
    simulator: &Simulator,
    runtime: &mut Group,
    log: &mut Reader,
    request_id: &str,
    limit: Duration,
) -> Ending {
    let exited = tokio::select! {
        biased;
        done = simulator.wait_for_invocation_complete(request_id, limit) => {
            return if done.is_ok() {
                completed(simulator, request_id).await.unwrap_or(Ending::TimedOut)
            } else {
                Ending::TimedOut
            };
        }
        status = runtime.child.wait() => Ending::Exited(status.ok()),
        never = log.read_on() => match never {},
    };
    completed(simulator, request_id).await.unwrap_or(exited)
}

/// What the runtime posted for the request, if it did.
async fn completed(simulator: &Simulator, request_id: &str) -> Option<Ending> {
    let state = simulator.get_invocation_state(request_id).await?;
    let outcome = match state.status {
        InvocationStatus::Success => Outcome::Answer(state.response?.payload),
        InvocationStatus::Error => {
            let error = state.error?;
            Outcome::Error(FunctionError {
                kind: error.error_type,
                message: error.error_message,
            })
        }
        _ => return None,
    };
    Some(Ending::Completed(outcome))
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
        .env("PYTHONUNBUFFERED", "1")
        .envs(&launch.environment)
        .current_dir(&launch.task_root);
}
