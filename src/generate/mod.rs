//! Crates and files from a translation, as a plan.
//!
//! In: a project, its functions and what the compiler made of them. Out: a [`Rewrite`]: the
//! [`Plan`] of the function crates, their workspace, the templates' edits and samconfig.toml, with
//! notes for people; or a [`Refusal`] with every reason. Nothing is written here; [`check`] tries
//! the plan on a copy.

pub mod check;
mod dependencies;
mod format;
mod function_crate;
mod name;
mod record;
mod samconfig;
mod skeleton;
mod template;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::compiler::Translation;
use crate::diagnostic::{Code, Diagnostic};
use crate::edit::EditError;
use crate::edit::yaml::YamlEditor;
use crate::plan::Plan;
use crate::sam::{Code as FunctionCode, Function, FunctionKind, Project, Template};
use crate::source::display_path;

pub use function_crate::Answer;
use template::Target;
pub use template::obstacles;
use workspace::Workspace;

/// The folder of the crates, at the project's root.
const FOLDER: &str = "rust";

/// How the functions are put into the template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placement {
    /// As a second function next to the Python one.
    pub beside: bool,
    /// With an alias, a gradual deployment and an alarm that rolls back.
    pub canary: bool,
}

/// Why nothing is generated.
#[derive(Debug, Clone, Default)]
pub struct Refusal {
    /// The reasons.
    pub diagnostics: Vec<Diagnostic>,
    /// What would have been generated over the user's own changes, as a diff.
    pub proposal: String,
}

impl From<Vec<Diagnostic>> for Refusal {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            proposal: String::new(),
        }
    }
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

/// What moving functions to Rust comes to.
#[derive(Debug, Clone)]
pub struct Rewrite {
    /// The changes.
    pub plan: Plan,
    /// What a person should know.
    pub notes: Vec<String>,
    /// The packages, for cargo.
    pub packages: Vec<String>,
    /// The workspace's folder, from the project's root.
    pub workspace: PathBuf,
}

/// Collects functions that move to Rust; each is added whole or not at all.
pub struct Rewriter<'p> {
    project: &'p Project,
    placement: Placement,
    templates: BTreeMap<PathBuf, YamlEditor>,
    crates: Vec<Crate>,
    notes: Vec<String>,
    /// Names of packages and binaries, and the folders of their packages.
    taken: BTreeMap<String, PathBuf>,
}

/// A crate to be written.
struct Crate {
    name: String,
    folder: String,
    function: String,
    template: String,
    files: Vec<(String, String)>,
    encrypts: bool,
}

/// Everything that adding one function changes.
struct Added {
    editor: YamlEditor,
    krate: Crate,
    notes: Vec<String>,
}

impl<'p> Rewriter<'p> {
    /// A collection without functions.
    #[must_use]
    pub fn new(project: &'p Project, placement: Placement) -> Self {
        Self {
            project,
            placement,
            templates: BTreeMap::new(),
            crates: Vec::new(),
            notes: Vec::new(),
            taken: name::taken(&project.root, FOLDER),
        }
    }

    /// Adds a function that was translated. `answers` are what the Python said to its events, as
    /// far as known.
    ///
    /// # Errors
    /// Every reason why its template cannot be edited; nothing is added then.
    pub fn add(
        &mut self,
        template: &Template,
        function: &Function,
        translation: &Translation,
        answers: &[Answer],
    ) -> Result<(), Refusal> {
        let mut found = obstacles(template, function);
        if self.placement.canary && function.kind == FunctionKind::Lambda {
            found.push(no_alias(template, function));
        }
        if !found.is_empty() {
            return Err(found.into());
        }
        let added = self.added(template, function, translation, answers)?;
        self.templates
            .insert(template.file.path().to_owned(), added.editor);
        self.crates.push(added.krate);
        self.notes.extend(added.notes);
        Ok(())
    }

    fn added(
        &self,
        template: &Template,
        function: &Function,
        translation: &Translation,
        answers: &[Answer],
    ) -> Result<Added, Refusal> {
        let mut editor = match self.templates.get(template.file.path()) {
            Some(editor) => editor.clone(),
            None => YamlEditor::new(&template.document)
                .map_err(|error| Refusal::from(error.diagnostic(&template.file)))?,
        };
        let (name, folder) = self.name(template, function)?;
        let (id, is_there) = self.id(template, function, &name)?;
        let target = Target {
            project: self.project,
            template,
            function,
            id: &id,
            code: &code_path(template, function, &folder),
            binary: &name,
            environment: translation.environment.as_ref(),
        };
        let mut notes = Vec::new();
        if !is_there {
            self.edit(&mut editor, &target, &mut notes)
                .map_err(|error| Refusal::from(error.diagnostic(&editor.document().file)))?;
        }
        self.note_leftovers(&target, &mut notes);
        let verify = if self.placement.beside {
            format!("{} --replacement {folder}", function.id)
        } else {
            function.short_name()
        };
        let path = display_path(template.file.path());
        let subject = function_crate::Subject {
            name: &name,
            function: &id,
            verify: &verify,
            template: &path,
            source: &source(template, function),
            beside: self.placement.beside,
        };
        let krate = Crate {
            files: function_crate::files(&subject, translation, answers)?,
            encrypts: dependencies::encrypt(&translation.crates),
            function: function.id.clone(),
            template: path,
            name,
            folder,
        };
        Ok(Added {
            editor,
            krate,
            notes,
        })
    }

    fn edit(
        &self,
        editor: &mut YamlEditor,
        target: &Target<'_>,
        notes: &mut Vec<String>,
    ) -> Result<(), EditError> {
        if self.placement.beside {
            template::copy(editor, target, notes)?;
        }
        template::rewrite(editor, target, notes)?;
        if self.placement.canary {
            template::shift_gradually(editor, target, notes)?;
        }
        Ok(())
    }

    /// What is of no use any more and stays, since people may want it.
    fn note_leftovers(&self, target: &Target<'_>, notes: &mut Vec<String>) {
        if self.placement.beside {
            return;
        }
        let (template, function, id) = (target.template, target.function, target.id);
        if let Some((other, true)) = template::id_beside(template, id, target.binary) {
            notes.push(format!("`{other}` from before is not needed any more"));
        }
        notes.push(match function.code {
            FunctionCode::Inline { .. } => {
                format!("the Python of `{id}` stood in the template; git still has it")
            }
            _ => format!(
                "the Python in `{}` stays, for `verify`; `{id}` does not use it any more",
                source(template, function)
            ),
        });
    }

    /// The crate's name and folder: the shortest that no other function has.
    fn name(&self, template: &Template, function: &Function) -> Result<(String, String), Refusal> {
        let shown = display_path(template.file.path());
        let free = name::candidates(template, function)
            .into_iter()
            .map(|name| (format!("{FOLDER}/{name}"), name))
            .find(|(folder, name)| {
                let root = &self.project.root;
                let is_free = self
                    .taken
                    .get(name)
                    .is_none_or(|it| *it == root.join(folder));
                is_free
                    && self.crates.iter().all(|other| other.name != *name)
                    && name::fits(&self.project.root, folder, &shown, &function.id)
            });
        free.map(|(folder, name)| (name, folder)).ok_or_else(|| {
            let message = format!("every name for the crate of `{}` is taken", function.id);
            Diagnostic::error(Code::WorkspaceShape, message)
                .with_help(format!("move a folder of `{FOLDER}` away"))
                .into()
        })
    }

    /// The logical id of the resource to edit, and whether it is as it shall be already.
    fn id(
        &self,
        template: &Template,
        function: &Function,
        binary: &str,
    ) -> Result<(String, bool), Refusal> {
        if !self.placement.beside {
            return Ok((function.id.clone(), false));
        }
        template::id_beside(template, &function.id, binary).ok_or_else(|| {
            let message = format!(
                "the name of the function beside `{}` is taken by another resource",
                function.id
            );
            Diagnostic::error(Code::TemplateShape, message)
                .at(&template.file, function.id_span)
                .with_help("rename that resource")
                .into()
        })
    }

    fn settle_globals(
        &self,
        editor: &mut YamlEditor,
        template: &Template,
        notes: &mut Vec<String>,
    ) -> Result<(), EditError> {
        if self.placement.beside {
            return Ok(());
        }
        let path = display_path(template.file.path());
        let moved = self.crates.iter().filter(|krate| krate.template == path);
        let moved: Vec<&str> = moved.map(|krate| krate.function.as_str()).collect();
        template::settle_globals(editor, self.project, template, &moved, notes)
    }

    /// Formats the sources of all functions added, as they are to be written.
    #[must_use]
    pub fn formatted(mut self) -> Self {
        let mut sources: Vec<_> = self.crates.iter_mut().map(|it| &mut it.files).collect();
        format::format(&self.project.root, &mut sources);
        self
    }

    /// The plan of all functions added.
    ///
    /// # Errors
    /// Where files were changed by hand, or the workspace or samconfig.toml cannot be edited.
    pub fn finish(self, command: &str) -> Result<Rewrite, Refusal> {
        let root = &self.project.root;
        let mut plan = Plan::new(command);
        let mut refusal = Refusal::default();
        let concerned: BTreeSet<PathBuf> = self.templates.keys().cloned().collect();
        let mut notes = self.notes.clone();
        for template in &self.project.templates {
            if let Some(editor) = self.templates.get(template.file.path()) {
                let mut editor = editor.clone();
                self.settle_globals(&mut editor, template, &mut notes)
                    .map_err(|error| Refusal::from(error.diagnostic(&template.file)))?;
                plan.edit(&template.file, editor.into_edits());
            }
        }
        let mut workspace = Workspace::around(root, Path::new(&format!("{FOLDER}/crate")))?;
        for krate in &self.crates {
            workspace.join(Path::new(&krate.folder))?;
            let wanted = record::Wanted {
                folder: &krate.folder,
                function: &krate.function,
                template: &krate.template,
                files: &krate.files,
            };
            if let Err(changed) = record::plan(root, &wanted, &mut plan) {
                refusal.diagnostics.extend(changed.diagnostics);
                refusal.proposal.push_str(&changed.proposal);
            }
        }
        if !refusal.diagnostics.is_empty() {
            return Err(refusal);
        }
        let folder = workspace.folder.clone();
        let encrypts = self.crates.iter().any(|krate| krate.encrypts);
        notes.extend(workspace.plan(root, encrypts, &mut plan)?);
        samconfig::plan(self.project, &concerned, &mut plan, &mut notes)
            .map_err(|(file, error)| Refusal::from(error.diagnostic(&file)))?;
        notes.dedup();
        Ok(Rewrite {
            plan,
            notes,
            packages: self.crates.into_iter().map(|krate| krate.name).collect(),
            workspace: folder,
        })
    }
}

fn no_alias(template: &Template, function: &Function) -> Diagnostic {
    let message = format!(
        "`{}` is an AWS::Lambda::Function, for which SAM makes no alias and no deployment",
        function.id
    );
    Diagnostic::error(Code::TemplateShape, message)
        .at(&template.file, function.id_span)
        .with_help("leave `--canary` out, or make it an AWS::Serverless::Function first")
}

/// Where the function's Python is, for people.
fn source(template: &Template, function: &Function) -> String {
    match &function.code {
        FunctionCode::Local { path, .. } => display_path(path),
        _ => display_path(template.file.path()),
    }
}

/// The crate's folder from the template's, closed by a slash where the old one was.
fn code_path(template: &Template, function: &Function, folder: &str) -> String {
    let up = template.folder().components().count();
    let closed = match &function.code {
        FunctionCode::Local { span, .. } if *span != function.id_span => {
            let written = template.file.slice(*span);
            written.trim_end_matches(['"', '\'']).ends_with('/')
        }
        _ => true,
    };
    format!(
        "{}{folder}{}",
        "../".repeat(up),
        if closed { "/" } else { "" }
    )
}
