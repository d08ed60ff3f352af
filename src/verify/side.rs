//! One side of a comparison: a deployment in the local Lambda, before an AWS of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::case::Case;
use super::error::VerifyError;
use super::observe::Observation;
use super::world::{Ground, World};
use crate::lambda::deployment::{Deployment, Language, REGION};
use crate::lambda::record::{Authority, Recorder, Wire};
use crate::lambda::{Launch, Sandbox, has_private_tmp};

/// The longest that a call which never comes back is waited for, where the function's own limit
/// is longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// The longest that any call is waited for, whatever the function's limit: many cases are run.
pub(super) const LONGEST: Duration = Duration::from_secs(15);

/// How a sandbox is set up for the cases that it is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// As the template says.
    Usual,
    /// Calls fail: SDKs try twice, not up to ten times with longer and longer pauses.
    Faulty,
    /// Calls hang: likewise, and within [`PATIENCE`].
    Hanging,
}

/// What a side is for; the number is the first of its seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    First = 0,
    Second = 1_000_000,
    Replacement = 2_000_000,
    Explorer = 3_000_000,
}

/// A side.
pub(super) struct Side<'a> {
    launch: Launch,
    world: World<'a>,
    recorder: Recorder,
    sandbox: Option<(Profile, Sandbox)>,
    /// What Python's hashes begin with: another number for each sandbox, and the same numbers in
    /// each run of the tool, so that the order of sets is seen to vary and never surprises.
    seed: u32,
    /// What `TMPDIR` names where `/tmp` is shared, and compiled Python.
    _temporary: TempDir,
}

impl<'a> Side<'a> {
    /// Starts what stands around the function. `change` may add to its launch.
    pub(super) async fn start(
        ground: Ground<'a>,
        deployment: &Deployment,
        authority: Arc<Authority>,
        role: Role,
        change: impl FnOnce(&mut Launch),
    ) -> Result<Self, VerifyError> {
        let function = ground.function;
        let world = World::start(ground).await?;
        let recorder = Recorder::start(world.base(), REGION, authority)
            .await
            .map_err(VerifyError::io("no port for the recorder"))?;
        let temporary = temporary().map_err(VerifyError::io("no temporary folder"))?;
        let mut launch = deployment.launch(function, &world.environment.variables);
        recorder.surround(&mut launch.environment);
        let folder = |path: &Path| path.display().to_string();
        launch.private_tmp = true;
        if !has_private_tmp() {
            launch
                .environment
                .insert("TMPDIR".to_owned(), folder(temporary.path()));
        }
        if deployment.language == Language::Python {
            // The second sandbox need not compile all packages again.
            let cache = temporary.path().join("pycache");
            launch.environment.remove("PYTHONDONTWRITEBYTECODE");
            launch
                .environment
                .insert("PYTHONPYCACHEPREFIX".to_owned(), folder(&cache));
        }
        if role != Role::Explorer {
            quiet_libraries(&mut launch);
        }
        change(&mut launch);
        launch.timeout = launch.timeout.min(LONGEST);
        Ok(Self {
            launch,
            world,
            recorder,
            sandbox: None,
            seed: role as u32,
            _temporary: temporary,
        })
    }

    /// What is not as it would be in AWS.
    pub(super) fn notes(&self) -> Vec<String> {
        self.world.environment.notes()
    }

    /// Physical names of the template's resources by logical id.
    pub(super) fn physical(&self) -> &BTreeMap<String, String> {
        &self.world.environment.physical
    }

    /// Lets AWS answer later by so much from now on.
    pub(super) fn delay(&self, delay: Duration) {
        self.recorder.delay(delay);
    }

    /// What becomes of the requests and answers of AWS calls themselves, from now on.
    pub(super) fn set_wire(&self, wire: Wire) {
        self.recorder.set_wire(wire);
    }

    /// The environment that the template and Lambda give the function.
    pub(super) fn variables(&self) -> BTreeMap<String, String> {
        let launch = &self.launch;
        let mut variables = self.world.environment.variables.clone();
        let own = [
            ("AWS_DEFAULT_REGION", launch.region.clone()),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", launch.memory.to_string()),
            ("AWS_LAMBDA_FUNCTION_NAME", launch.name.clone()),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
            ("AWS_REGION", launch.region.clone()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        variables.extend(own);
        variables
    }

    /// The next case comes to a fresh sandbox.
    pub(super) async fn renew(&mut self) {
        if let Some((_, sandbox)) = self.sandbox.take() {
            sandbox.stop().await;
        }
    }

    /// Invokes the function with a case. `id` is the request id.
    pub(super) async fn observe(
        &mut self,
        case: &Case,
        profile: Profile,
        id: &str,
    ) -> Result<Observation, VerifyError> {
        self.world.prepare(&case.state).await?;
        self.recorder.begin(case.rules());
        let fits = |it: &(Profile, Sandbox)| it.0 == profile && it.1.is_alive();
        if !self.sandbox.as_ref().is_some_and(fits) {
            self.renew().await;
            let sandbox = Sandbox::start(self.launched(profile)).await?;
            self.sandbox = Some((profile, sandbox));
        }
        let Some((_, sandbox)) = &mut self.sandbox else {
            return Err(VerifyError::Function("the sandbox is gone".to_owned()));
        };
        let invocation = sandbox.invoke_as(id, case.event.clone()).await;
        let recording = self.recorder.take();
        if recording.calls.iter().any(|call| !call.reads()) {
            self.world.touch();
        }
        Ok(Observation::new(&invocation, recording))
    }

    fn launched(&mut self, profile: Profile) -> Launch {
        let mut launch = self.launch.clone();
        self.seed += 1;
        launch
            .environment
            .entry("PYTHONHASHSEED".to_owned())
            .or_insert_with(|| self.seed.to_string());
        if profile != Profile::Usual {
            launch
                .environment
                .entry("AWS_MAX_ATTEMPTS".to_owned())
                .or_insert_with(|| "2".to_owned());
        }
        if profile == Profile::Hanging {
            launch.timeout = launch.timeout.min(PATIENCE);
        }
        launch
    }
}

/// What libraries say of their own work is theirs, not the function's, and no replacement says it:
/// a function whose root logger is set to DEBUG prints all of botocore's requests. Warnings stay,
/// and so does what a function asks for by setting the level of such a logger itself.
const QUIET: &str = "\
import logging, runpy
libraries = {'aiobotocore', 'aiohttp', 'asyncio', 'aws_xray_sdk', 'boto3', 'botocore', 'httpcore', \
'httpx', 's3transfer', 'urllib3'}
call_handlers = logging.Logger.callHandlers
def is_set(logger):
    while logger.parent is not None:
        if logger.level:
            return True
        logger = logger.parent
    return False
def quiet(self, record):
    library = record.name.partition('.')[0] in libraries
    if not library or record.levelno > logging.INFO or is_set(self):
        call_handlers(self, record)
logging.Logger.callHandlers = quiet
runpy.run_module('awslambdaric', run_name='__main__', alter_sys=True)
";

fn quiet_libraries(launch: &mut Launch) {
    if let [module, client, handler] = launch.arguments.as_slice()
        && module == "-m"
        && client == "awslambdaric"
    {
        launch.arguments = vec!["-c".into(), QUIET.into(), handler.clone()];
    }
}

fn temporary() -> std::io::Result<TempDir> {
    tempfile::Builder::new().prefix("gammaray-tmp-").tempdir()
}
