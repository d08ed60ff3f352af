//! A Python function, run from its source with its requirements beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::layers::Layers;
use super::{Deployment, DeploymentError, Language};
use crate::sam::{Code, Function, Package, Project, Template};
use crate::source::{Escape, display_path, resolve_within};
use crate::tools::{self, Packages, Runtime, ToolsError};

const PATH: &str = "PYTHONPATH";

/// Where code in a template is laid out, and what Lambda gives it.
const INLINE: &str = "code";
const BESIDE: &str = "beside";
const CFNRESPONSE: &str = include_str!("cfnresponse.py");

impl Deployment {
    /// A Python function of a project: its code and local layers as they are, and their
    /// requirements installed into a folder of the tool's own.
    ///
    /// # Errors
    /// When the function is not Python in a folder or in the template, or its requirements cannot
    /// be installed.
    pub fn python(
        project: &Project,
        template: &Template,
        function: &Function,
    ) -> Result<Self, DeploymentError> {
        check(function)?;
        let (folder, scratch) = code(project, function)?;
        let shown = match &function.code {
            Code::Local { path, .. } => display_path(path),
            _ => display_path(template.file.path()),
        };
        let mut deployment = Self::of_folder(project, template, function, &folder)?;
        if let Some(scratch) = &scratch {
            deployment.look_in(&scratch.path().join(BESIDE));
        }
        deployment._scratch = scratch;
        deployment.label = format!("{}, {shown}", deployment.label);
        Ok(deployment)
    }

    /// The same function with its code in another folder.
    ///
    /// # Errors
    /// As for [`python`](Self::python).
    pub fn python_in(
        project: &Project,
        template: &Template,
        function: &Function,
        folder: &Path,
    ) -> Result<Self, DeploymentError> {
        check(function)?;
        let real = folder
            .canonicalize()
            .map_err(|source| DeploymentError::Io {
                what: format!("`{}`", display_path(folder)),
                source,
            })?;
        let mut deployment = Self::of_folder(project, template, function, &real)?;
        deployment.label = format!("{}, {}", deployment.label, display_path(folder));
        Ok(deployment)
    }

    /// One more folder for `sys.path`, after the others.
    fn look_in(&mut self, folder: &Path) {
        let path = self.environment.entry(PATH.to_owned()).or_default();
        if !path.is_empty() {
            path.push(':');
        }
        path.push_str(&folder.display().to_string());
    }

    fn of_folder(
        project: &Project,
        template: &Template,
        function: &Function,
        task_root: &Path,
    ) -> Result<Self, DeploymentError> {
        let id = &function.id;
        let handler = function.handler.as_ref().and_then(|it| it.value.as_text());
        let Some(handler) = handler else {
            return Err(DeploymentError::Unsupported(format!(
                "the handler of `{id}` is not known"
            )));
        };
        let wanted = runtime_version(function);
        let runtime = tools::runtime(wanted.as_deref())?;
        let mut notes = Vec::new();
        notes.extend(runtime.warning().map(|warning| warning.message));
        let task_root = task_root.to_owned();
        let layers = Layers::of(project, template, function, &mut notes);
        let mut packages = Vec::new();
        let mut install = |manifest: &Path| -> Result<Option<PathBuf>, DeploymentError> {
            if !manifest.is_file() {
                return Ok(None);
            }
            let found = requirements(&runtime, manifest, project, template)?;
            let folder = found.as_ref().map(|it| it.folder().to_owned());
            packages.extend(found.map(Arc::new));
            Ok(folder)
        };
        let own = install(&task_root.join("requirements.txt"))?;
        let mut of_layers = Vec::new();
        for manifest in &layers.manifests {
            of_layers.extend(install(manifest)?);
        }
        for (layer, requirement) in &layers.published {
            match published(&runtime, requirement) {
                Ok(found) => {
                    notes.push(format!(
                        "the layer `{layer}` is not here; `{requirement}` from PyPI stands in"
                    ));
                    of_layers.extend(found.iter().map(|it| it.folder().to_owned()));
                    packages.extend(found.map(Arc::new));
                }
                Err(error) => notes.push(format!(
                    "the layer `{layer}` is not here, and is left out: {error}"
                )),
            }
        }
        of_layers.extend(layers.path);
        let path: Vec<PathBuf> = own.iter().chain(&of_layers).cloned().collect();
        let mut package = vec![task_root.clone()];
        package.extend(own);
        let mut sources = vec![task_root.clone()];
        sources.extend(layers.sources);
        Ok(Self {
            label: format!("Python {}", runtime.version),
            language: Language::Python,
            program: runtime.python,
            arguments: ["-m", "awslambdaric", handler].map(Into::into).to_vec(),
            handler: handler.to_owned(),
            task_root,
            krate: None,
            sources,
            package,
            layers: of_layers,
            environment: environment(&path),
            extensions: Vec::new(),
            coverage: Some(runtime.coverage),
            notes,
            _scratch: None,
            _packages: packages,
        })
    }
}

fn check(function: &Function) -> Result<(), DeploymentError> {
    if function.is_python() && function.package == Package::Zip {
        return Ok(());
    }
    Err(DeploymentError::Unsupported(format!(
        "`{}` is not a Python function in a zip package",
        function.id
    )))
}

/// Lambda's code folder cannot be written to, so Python leaves no compiled files there.
fn environment(path: &[PathBuf]) -> BTreeMap<String, String> {
    let mut environment = BTreeMap::from([("PYTHONDONTWRITEBYTECODE".to_owned(), "1".to_owned())]);
    let joined: Vec<_> = path
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    if !joined.is_empty() {
        environment.insert(PATH.to_owned(), joined.join(":"));
    }
    environment
}

/// `3.12` of `python3.12`.
fn runtime_version(function: &Function) -> Option<String> {
    let runtime = function.runtime.as_ref()?.value.as_text()?;
    Some(runtime.strip_prefix("python")?.to_owned())
}

/// The folder of the function's own code.
fn code(
    project: &Project,
    function: &Function,
) -> Result<(PathBuf, Option<Arc<TempDir>>), DeploymentError> {
    let id = &function.id;
    match &function.code {
        Code::Local { path, .. } => {
            let folder =
                resolve_within(&project.root, path).map_err(|escape| DeploymentError::Io {
                    what: format!("the code of `{id}`, `{}`", display_path(path)),
                    source: match escape {
                        Escape::Outside => std::io::Error::other("it lies outside the project"),
                        Escape::Io(error) => error,
                    },
                })?;
            if !folder.is_dir() {
                return Err(DeploymentError::Unsupported(format!(
                    "the code of `{id}` is the file `{}`; unpack it into a folder first",
                    display_path(path)
                )));
            }
            Ok((folder, None))
        }
        Code::Inline { text, .. } => {
            let io = |source| DeploymentError::Io {
                what: format!("the code of `{id}` cannot be laid out"),
                source,
            };
            let folder = tempfile::Builder::new()
                .prefix("gammaray-code-")
                .tempdir()
                .map_err(io)?;
            let code = folder.path().join(INLINE);
            write(&code.join("index.py"), text).map_err(io)?;
            let beside = folder.path().join(BESIDE);
            write(&beside.join("cfnresponse.py"), CFNRESPONSE).map_err(io)?;
            Ok((code, Some(Arc::new(folder))))
        }
        Code::Remote(place) | Code::Symbolic(place) => Err(DeploymentError::Unsupported(format!(
            "the code of `{id}` is not in the project: `{place}`"
        ))),
        Code::Missing => Err(DeploymentError::Unsupported(format!(
            "the code of `{id}` is not to be found"
        ))),
    }
}

/// Lambda calls the file of code in a template `index`.
#[expect(
    clippy::disallowed_methods,
    reason = "writes into a temporary folder of its own"
)]
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// What a manifest asks for. Its paths count from where `sam build` runs: the project's folder or,
/// where several services are in one, the template's.
fn requirements(
    runtime: &Runtime,
    manifest: &Path,
    project: &Project,
    template: &Template,
) -> Result<Option<Packages>, ToolsError> {
    let of_template = template
        .file
        .path()
        .parent()
        .map(|folder| project.root.join(folder))
        .filter(|folder| *folder != project.root);
    let found = tools::requirements(runtime, manifest, &project.root);
    match (found, of_template) {
        (Err(error), Some(folder)) => {
            tools::requirements(runtime, manifest, &folder).map_err(|_| error)
        }
        (found, _) => found,
    }
}

/// A package of PyPI.
fn published(runtime: &Runtime, requirement: &str) -> Result<Option<Packages>, ToolsError> {
    let disk = |source| ToolsError::Disk {
        action: "write",
        path: "requirements.txt".into(),
        source,
    };
    let folder = tempfile::tempdir().map_err(disk)?;
    let file = folder.path().join("requirements.txt");
    write(&file, requirement).map_err(disk)?;
    tools::requirements(runtime, &file, folder.path())
}
