//! Which code is the original and which the replacement, made ready to be run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Endpoint, Pair, Party, VerifyError};
use crate::diagnostic::Diagnostic;
use crate::lambda::deployment::{Deployment, DeploymentError};
use crate::sam::{Code, Function, Project, Template};
use crate::source::{git, resolve_within};
use crate::tools;

/// Revisions that are looked at for one in which the function was Python.
const REVISIONS: &str = "50";

/// What the user asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project's folder.
    pub project: PathBuf,
    /// Only this template.
    pub template: Option<PathBuf>,
    /// The function, by any of its names.
    pub function: String,
    /// Where the original is: a folder with the project as it was, or a git revision.
    pub original: Option<String>,
    /// The replacement: a program, a crate's folder, or a folder of Python code.
    pub replacement: Option<PathBuf>,
    /// An AWS endpoint that somebody else runs.
    pub endpoint: Option<String>,
}

/// Both sides, ready to be run.
pub struct Prepared {
    original: Candidate,
    replacement: Candidate,
    endpoint: Endpoint,
}

struct Candidate {
    project: Project,
    function: String,
    deployment: Deployment,
    /// A checkout that is gone with it.
    _checkout: Option<TempDir>,
}

impl Prepared {
    /// Finds, builds and installs what a request needs.
    ///
    /// # Errors
    /// When there is no such function, or a side cannot be built.
    pub fn new(request: &Request) -> Result<Self, Diagnostic> {
        let read = |root: &Path| Project::read(root, request.template.as_deref());
        let project = read(&request.project)?;
        let (template, function) = project.function(&request.function)?;
        let name = function.id.clone();
        let endpoint = match &request.endpoint {
            Some(url) => Endpoint::Given(url.clone()),
            None => Endpoint::Standin(tools::find("moto_server").ok_or(VerifyError::Missing {
                program: "moto_server",
            })?),
        };
        let is_python = function.is_python();
        let earlier = match &request.original {
            Some(place) if Path::new(place).is_dir() => Some((PathBuf::from(place), None)),
            Some(revision) => {
                let checkout = checkout(&request.project, revision)?;
                Some((checkout.path().to_owned(), Some(checkout)))
            }
            None if is_python => None,
            None => {
                let checkout = last_python(request, template, &name)?;
                Some((checkout.path().to_owned(), Some(checkout)))
            }
        };
        let deployment = match &request.replacement {
            Some(path) => named(&project, template, function, path),
            None => declared(&project, template, function),
        };
        let replacement = Candidate {
            deployment: deployment.map_err(failed("the replacement"))?,
            function: name.clone(),
            _checkout: None,
            project,
        };
        let (root, checkout) = earlier.unwrap_or((request.project.clone(), None));
        let original = read(&root)?;
        let (template, function) = original.function(&name)?;
        let deployment = Deployment::python(&original, template, function);
        let original = Candidate {
            deployment: deployment.map_err(failed("the original"))?,
            function: name,
            _checkout: checkout,
            project: original,
        };
        Ok(Self {
            original,
            replacement,
            endpoint,
        })
    }

    /// Both sides.
    ///
    /// # Errors
    /// None in practice: the functions were found before.
    pub fn pair(&self) -> Result<Pair<'_>, Diagnostic> {
        Ok(Pair {
            original: self.original.party()?,
            replacement: self.replacement.party()?,
            endpoint: &self.endpoint,
        })
    }
}

impl Candidate {
    fn party(&self) -> Result<Party<'_>, Diagnostic> {
        let (template, function) = self.project.function(&self.function)?;
        Ok(Party {
            root: &self.project.root,
            template,
            function,
            deployment: &self.deployment,
        })
    }
}

fn failed(side: &str) -> impl FnOnce(DeploymentError) -> VerifyError {
    let side = side.to_owned();
    move |source| VerifyError::Deployment { side, source }
}

/// The replacement that the user names.
fn named(
    project: &Project,
    template: &Template,
    function: &Function,
    path: &Path,
) -> Result<Deployment, DeploymentError> {
    if path.is_file() {
        Deployment::bootstrap(path)
    } else if path.join("Cargo.toml").is_file() {
        Deployment::rust(path, None)
    } else {
        Deployment::python_in(project, template, function, path)
    }
}

/// What the template makes of the function today.
fn declared(
    project: &Project,
    template: &Template,
    function: &Function,
) -> Result<Deployment, DeploymentError> {
    if function.is_python() {
        return Deployment::python(project, template, function);
    }
    let Code::Local { path, .. } = &function.code else {
        return Err(DeploymentError::Unsupported(format!(
            "the code of `{}` is not in the project",
            function.id
        )));
    };
    let folder = resolve_within(&project.root, path).map_err(|_| {
        DeploymentError::Unsupported(format!("the code of `{}` is not to be found", function.id))
    })?;
    if !folder.join("Cargo.toml").is_file() {
        return Err(DeploymentError::Unsupported(format!(
            "`{}` is neither Python nor a crate; name its program with `--replacement`",
            function.id
        )));
    }
    Deployment::rust(&folder, function.build_binary.as_deref())
}

/// The project at the latest revision in which the function was Python.
fn last_python(
    request: &Request,
    template: &Template,
    function: &str,
) -> Result<TempDir, Diagnostic> {
    let path = template.file.path().display().to_string();
    let arguments = [
        "log",
        "--format=%H",
        "--max-count",
        REVISIONS,
        "--",
        path.as_str(),
    ];
    let listed = git(&request.project)
        .args(arguments)
        .output()
        .map_err(VerifyError::io("git"))?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for revision in listed.lines() {
        let checkout = checkout(&request.project, revision)?;
        let project = Project::read(checkout.path(), request.template.as_deref())?;
        if project
            .function(function)
            .is_ok_and(|(_, function)| function.is_python())
        {
            return Ok(checkout);
        }
    }
    let message = format!(
        "`{function}` is not Python here, and no revision of its template has it as Python; name \
         the original's folder or revision with `--original`"
    );
    Err(VerifyError::Function(message).into())
}

/// The project's folder at a revision.
fn checkout(project: &Path, revision: &str) -> Result<TempDir, VerifyError> {
    let io = || VerifyError::io(format!("the revision `{revision}` cannot be laid out"));
    if revision.starts_with('-') {
        return Err(io()(std::io::Error::other("this is no revision")));
    }
    let folder = tempfile::Builder::new()
        .prefix("gammaray-original-")
        .tempdir()
        .map_err(io())?;
    let mut archive = git(project)
        .args(["archive", "--format=tar", revision])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io())?;
    let tar = archive.stdout.take().map(Stdio::from);
    let unpacked = Command::new("tar")
        .args(["-x", "-f", "-", "-C"])
        .arg(folder.path())
        .stdin(tar.unwrap_or_else(Stdio::null))
        .output()
        .map_err(io())?;
    let archived = archive.wait_with_output().map_err(io())?;
    for output in [archived, unpacked] {
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(io()(std::io::Error::other(said)));
        }
    }
    Ok(folder)
}
