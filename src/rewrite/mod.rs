//! The way from a function's name to the plan that makes it a Rust Lambda.
//!
//! In: a [`Request`]. Out: a [`Rewritten`]: a verdict for each function and, where at least one
//! can be translated, the plan. Reads only; [`check`] compiles on a copy.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::compiler::{self, Options, Translation};
use crate::diagnostic::{Code, Diagnostic};
use crate::generate::{self, Placement, Refusal, Rewrite, Rewriter};
use crate::plan::{self, Change, Plan};
use crate::sam::{Function, Project, Template};
use crate::source::display_path;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The project's folder.
    pub project: PathBuf,
    /// The only template to read.
    pub template: Option<PathBuf>,
    /// The function's name; `None` for all that can be translated.
    pub function: Option<String>,
    /// How the template runs it.
    pub placement: Placement,
    /// For the compiler.
    pub options: Options,
    /// Whether only the verdict is asked for; sources are not formatted then.
    pub is_check: bool,
}

impl Request {
    /// The command line, as people know it.
    fn command(&self) -> String {
        let function = self.function.as_deref().unwrap_or("--all");
        let mut command = format!("rewrite {function}");
        if self.placement.beside {
            command.push_str(" --beside");
        }
        if self.placement.canary {
            command.push_str(" --canary");
        }
        if let Some(number) = self.options.concurrent {
            command.push_str(&format!(" --concurrent {number}"));
        }
        command
    }
}

/// Whether a function can be translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Wholly.
    Complete,
    /// Not at all.
    Refused,
}

/// The verdict on a function.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// The logical id.
    pub function: String,
    /// The template, from the project's root.
    pub template: String,
    /// The verdict.
    pub status: Status,
    /// Every reason for a refusal.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of a request.
#[derive(Debug)]
pub struct Rewritten {
    /// The command line, as people know it.
    pub command: String,
    /// The project's root.
    pub root: PathBuf,
    /// A verdict for each function, in the order of the templates.
    pub verdicts: Vec<Verdict>,
    /// Why templates could not be read, where all functions were asked for.
    pub unread: Vec<Diagnostic>,
    /// What is to be changed, or why that cannot be done; `None` where every function is refused.
    pub planned: Option<Result<Rewrite, Refusal>>,
}

impl Rewritten {
    /// Whether every function asked for can be translated, and every template was read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let mut verdicts = self.verdicts.iter();
        self.unread.is_empty() && verdicts.all(|verdict| verdict.status == Status::Complete)
    }

    /// Every reason for refusals.
    pub fn refusals(&self) -> impl Iterator<Item = &Diagnostic> {
        self.verdicts
            .iter()
            .flat_map(|verdict| &verdict.diagnostics)
    }
}

/// The verdict on one function: its translation, or every reason of the template and the compiler.
///
/// # Errors
/// The reasons.
pub fn translate(
    project: &Project,
    template: &Template,
    function: &Function,
    options: &Options,
) -> Result<Translation, Vec<Diagnostic>> {
    judged(template, function, || {
        compiler::translate(project, function, options)
    })
}

/// Whether a function can be translated.
///
/// # Errors
/// The reasons why it cannot.
pub fn check_function(
    project: &Project,
    template: &Template,
    function: &Function,
) -> Result<(), Vec<Diagnostic>> {
    judged(template, function, || compiler::check(project, function))
}

fn judged<T>(
    template: &Template,
    function: &Function,
    translate: impl FnOnce() -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Vec<Diagnostic>> {
    let mut found = generate::obstacles(template, function);
    // What is no Python, or is not at hand, the compiler could only say again.
    if !function.is_python() || found.iter().any(|it| it.code == Code::NotPython) {
        return Err(found);
    }
    match translate() {
        Ok(translation) if found.is_empty() => Ok(translation),
        Ok(_) => Err(found),
        Err(reasons) => {
            if found.is_empty() {
                found = reasons;
            } else {
                found.extend(reasons.into_iter().filter(|it| it.place.is_some()));
            }
            Err(found)
        }
    }
}

/// Translates what is asked for and plans what it changes. `choose` picks one of several
/// functions of one name, if a person is there to ask.
///
/// # Errors
/// Where the project cannot be read, or there is no such function, or several.
pub fn rewrite(
    request: &Request,
    choose: impl FnOnce(&[String]) -> Option<usize>,
) -> Result<Rewritten, Diagnostic> {
    let project = Project::read(&request.project, request.template.as_deref())?;
    let functions = functions(&project, request.function.as_deref(), choose)?;
    let mut rewriter = Rewriter::new(&project, request.placement);
    let mut verdicts = Vec::new();
    for (template, function) in functions {
        let translated = translate(&project, template, function, &request.options);
        let added = translated
            .map_err(Refusal::from)
            .and_then(|translation| rewriter.add(template, function, &translation, &[]));
        let refusal = added.err();
        verdicts.push(Verdict {
            function: function.id.clone(),
            template: display_path(template.file.path()),
            status: match refusal {
                None => Status::Complete,
                Some(_) => Status::Refused,
            },
            diagnostics: refusal.map(|it| it.diagnostics).unwrap_or_default(),
        });
    }
    let command = request.command();
    let is_any = verdicts.iter().any(|it| it.status == Status::Complete);
    let unread = match request.function {
        Some(_) => Vec::new(),
        None => unread(&project),
    };
    Ok(Rewritten {
        unread,
        planned: is_any.then(|| match request.is_check {
            true => rewriter.finish(&command),
            false => rewriter.formatted().finish(&command),
        }),
        command,
        root: project.root.clone(),
        verdicts,
    })
}

fn functions<'p>(
    project: &'p Project,
    name: Option<&str>,
    choose: impl FnOnce(&[String]) -> Option<usize>,
) -> Result<Vec<(&'p Template, &'p Function)>, Diagnostic> {
    let Some(name) = name else {
        return all(project);
    };
    let mut named = project.functions_named(name);
    // The function beside another has its name as that of its folder, but is no Python.
    if named.iter().any(|(_, it)| it.is_python()) {
        named.retain(|(_, it)| it.is_python());
    }
    if let [one] = named.as_slice() {
        return Ok(vec![*one]);
    }
    if named.len() > 1 {
        let shown: Vec<String> = named
            .iter()
            .map(|(template, it)| format!("{} of {}", it.id, display_path(template.file.path())))
            .collect();
        if let Some(one) = choose(&shown).and_then(|at| named.get(at)) {
            return Ok(vec![*one]);
        }
    }
    Ok(vec![project.function(name)?])
}

fn unread(project: &Project) -> Vec<Diagnostic> {
    let failures = project.failures.iter();
    failures.map(|it| it.diagnostic.clone()).collect()
}

/// A template that cannot be read takes nothing from the others.
fn all(project: &Project) -> Result<Vec<(&Template, &Function)>, Diagnostic> {
    let functions: Vec<_> = project
        .functions()
        .filter(|(_, it)| it.is_python())
        .collect();
    if functions.is_empty() {
        if let Some(failure) = project.failures.first() {
            return Err(failure.diagnostic.clone());
        }
        let message = "no template here has a Python function";
        return Err(Diagnostic::error(Code::UnknownFunction, message)
            .with_help("name the folder with `--project`"));
    }
    Ok(functions)
}

/// The files of a plan that exist and are edited or deleted.
#[must_use]
pub fn touched(root: &Path, plan: &Plan) -> Vec<String> {
    let existing = plan.changes.iter().filter(|change| {
        !matches!(change, Change::Create { .. }) && root.join(change.path()).exists()
    });
    existing.map(|change| change.path().to_owned()).collect()
}

/// Compiles what is to be generated, on a copy, and adds Cargo.lock to the plan. Where it does not
/// compile, a report for the makers of this tool is kept in the tool's own folder.
///
/// # Errors
/// What to say.
pub fn check(
    root: &Path,
    planned: &mut Rewrite,
    progress: &dyn Fn(&str),
) -> Result<(), Vec<Diagnostic>> {
    let Err(failure) = generate::check::check(root, planned, progress) else {
        return Ok(());
    };
    let mut said = vec![failure.diagnostic];
    if !failure.output.is_empty() {
        said.extend(kept(root, planned, &failure.output));
    }
    Err(said)
}

fn kept(root: &Path, planned: &Rewrite, output: &str) -> Option<Diagnostic> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.insert("compiler.txt".to_owned(), output.as_bytes().to_vec());
    for change in &planned.plan.changes {
        if let Change::Create { path, contents, .. } = change {
            let name = format!("{}.txt", path.replace(['/', '.'], "-"));
            files.insert(name, contents.clone().into_bytes());
        }
    }
    let folder = format!("rewrite/{}", planned.packages.join("-"));
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    let place = plan::keep(root, &folder, &files).ok()?;
    let message = format!("the report is in `{}`", display_path(&place));
    Some(Diagnostic::note(Code::DoesNotCompile, message))
}
