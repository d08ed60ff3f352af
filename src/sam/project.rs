use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::discover;
use super::function::Function;
use super::template::Template;
use super::value::Value;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{SourceFile, Span, display_path, normalize};
use crate::yaml::{self, Document};

/// How deep stacks may nest; CloudFormation has no limit, people stay below five.
const MAX_NESTING: usize = 20;

/// The templates of a folder.
#[derive(Debug)]
pub struct Project {
    /// The folder.
    pub root: PathBuf,
    /// Templates that were read, in the order of their paths.
    pub templates: Vec<Template>,
    /// Templates that could not be.
    pub failures: Vec<Failure>,
    /// What belongs to no single template.
    pub diagnostics: Vec<Diagnostic>,
}

/// A template that could not be read.
#[derive(Debug)]
pub struct Failure {
    /// Its path, relative to the root.
    pub path: PathBuf,
    /// Why.
    pub diagnostic: Diagnostic,
}

impl Project {
    /// Reads every template below `root`, or only `template` with the stacks that it nests.
    ///
    /// # Errors
    /// Where `root` is no folder that can be searched.
    pub fn read(root: &Path, template: Option<&Path>) -> Result<Self, Diagnostic> {
        if !root.is_dir() {
            let shown = display_path(root);
            let diagnostic = if root.exists() {
                Diagnostic::error(Code::UnreadableFile, format!("`{shown}` is not a folder"))
                    .with_help("name the folder that holds the project; `--template` takes a file")
            } else {
                Diagnostic::error(Code::MissingFile, format!("there is no folder `{shown}`"))
            };
            return Err(diagnostic);
        }
        let mut project = Self {
            root: root.to_owned(),
            templates: Vec::new(),
            failures: Vec::new(),
            diagnostics: Vec::new(),
        };
        let (paths, named) = match template {
            Some(path) => (vec![project.named(path)], true),
            None => (project.search()?, false),
        };
        project.read_all(paths, named);
        if project.templates.is_empty() && project.failures.is_empty() {
            let message = format!(
                "no SAM or CloudFormation template with a function below `{}`",
                display_path(root)
            );
            project.diagnostics.push(
                Diagnostic::warning(Code::NoTemplate, message)
                    .with_help("name the folder of the project, or a file with `--template`"),
            );
        }
        Ok(project)
    }

    /// All functions with their templates, in the order of templates and files.
    pub fn functions(&self) -> impl Iterator<Item = (&Template, &Function)> {
        self.templates.iter().flat_map(|template| {
            template
                .functions
                .iter()
                .map(move |function| (template, function))
        })
    }

    /// A path given by the user: from the root where there is such a file, else from here.
    fn named(&self, path: &Path) -> PathBuf {
        if self.root.join(path).is_file() && !path.is_absolute() {
            return normalize(path).unwrap_or_else(|| path.to_owned());
        }
        let (root, real) = (self.root.canonicalize(), path.canonicalize());
        match (root, real) {
            (Ok(root), Ok(real)) => real.strip_prefix(&root).unwrap_or(path).to_owned(),
            _ => path.to_owned(),
        }
    }

    /// What has no place in a text, such as a file too large, is shown at the file's beginning.
    fn fail(&mut self, path: PathBuf, diagnostic: Diagnostic) {
        let diagnostic = match diagnostic.place {
            Some(_) => diagnostic,
            None => diagnostic.at(&SourceFile::from_text(&path, ""), Span::at(0)),
        };
        self.failures.push(Failure { path, diagnostic });
    }

    fn search(&mut self) -> Result<Vec<PathBuf>, Diagnostic> {
        let found = discover::search(&self.root).map_err(|error| {
            Diagnostic::error(
                Code::UnreadableFile,
                format!("`{}` cannot be searched: {error}", display_path(&self.root)),
            )
        })?;
        self.diagnostics.extend(found.passed_over);
        let root = &self.root;
        Ok(found
            .candidates
            .into_par_iter()
            .filter(|path| discover::is_marked(&root.join(path)))
            .collect())
    }

    /// Parses all, then follows nested stacks from templates that no other nests.
    fn read_all(&mut self, paths: Vec<PathBuf>, named: bool) {
        let parsed: Vec<(PathBuf, Result<Document, Diagnostic>)> = paths
            .into_par_iter()
            .map(|path| {
                let document = parse(&self.root, &path);
                (path, document)
            })
            .collect();
        let mut documents = BTreeMap::new();
        for (path, parsed) in parsed {
            match parsed {
                Ok(document) if named || is_template(&document) => {
                    documents.insert(path, document);
                }
                Ok(document) => self.diagnostics.extend(misnamed(&document)),
                Err(diagnostic) => self.fail(path, diagnostic),
            }
        }
        let root = self.root.clone();
        let given: Vec<(String, Value)> = Vec::new();
        let mut read: BTreeMap<PathBuf, Template> = documents
            .par_iter()
            .map(|(path, document)| {
                (
                    path.clone(),
                    Template::read(&root, document.clone(), &given),
                )
            })
            .collect();
        self.nest(&mut documents, &mut read);
        self.templates = read.into_values().collect();
    }

    /// Reads nested templates again with the parameters that their parents pass, and those that
    /// the search did not find.
    fn nest(
        &mut self,
        documents: &mut BTreeMap<PathBuf, Document>,
        read: &mut BTreeMap<PathBuf, Template>,
    ) {
        let nested: BTreeSet<PathBuf> = read
            .values()
            .flat_map(|template| {
                template
                    .nested
                    .iter()
                    .filter_map(|nested| nested.path.clone())
            })
            .collect();
        let tops: Vec<PathBuf> = read
            .keys()
            .filter(|path| !nested.contains(*path))
            .cloned()
            .collect();
        // A circle has no top: begin anywhere in it, after all that can be reached from a top.
        let circles: Vec<PathBuf> = read.keys().cloned().collect();
        let mut seen = BTreeSet::new();
        for (top, is_circle) in tops
            .iter()
            .map(|top| (top, false))
            .chain(circles.iter().map(|path| (path, true)))
        {
            if !is_circle || (nested.contains(top) && seen.insert(top.clone())) {
                self.descend(top, &mut vec![top.clone()], documents, read, &mut seen);
            }
        }
    }

    fn descend(
        &mut self,
        path: &Path,
        chain: &mut Vec<PathBuf>,
        documents: &mut BTreeMap<PathBuf, Document>,
        read: &mut BTreeMap<PathBuf, Template>,
        seen: &mut BTreeSet<PathBuf>,
    ) {
        let Some(template) = read.get(path) else {
            return;
        };
        let file = template.file.clone();
        for nested in template.nested.clone() {
            let Some(child) = nested.path.clone() else {
                continue;
            };
            if chain.contains(&child) {
                let message = format!(
                    "`{}` nests `{}`, which nests it in turn",
                    nested.id,
                    display_path(&child)
                );
                self.diagnostics.push(
                    Diagnostic::error(Code::CyclicNesting, message)
                        .at(&file, nested.span)
                        .with_help("CloudFormation cannot create a stack that contains itself"),
                );
                continue;
            }
            if chain.len() >= MAX_NESTING {
                let message = format!("stacks nest more than {MAX_NESTING} levels deep here");
                self.diagnostics.push(
                    Diagnostic::warning(Code::NestedTooDeep, message)
                        .at(&file, nested.span)
                        .with_help("the stacks below are read without their parents' parameters"),
                );
                continue;
            }
            if !documents.contains_key(&child) && !self.add(&child, &file, &nested, documents) {
                continue;
            }
            let Some(document) = documents.get(&child) else {
                continue;
            };
            // What lies below a stack is followed once, however many parents it has.
            if !seen.insert(child.clone()) {
                continue;
            }
            let root = self.root.clone();
            let template = Template::read(&root, document.clone(), &nested.parameters);
            read.insert(child.clone(), template);
            chain.push(child.clone());
            self.descend(&child, chain, documents, read, seen);
            chain.pop();
        }
    }

    /// Parses a nested template that the search did not find.
    fn add(
        &mut self,
        path: &Path,
        file: &std::sync::Arc<SourceFile>,
        nested: &super::template::Nested,
        documents: &mut BTreeMap<PathBuf, Document>,
    ) -> bool {
        if self.failures.iter().any(|failure| failure.path == path) {
            return false;
        }
        match parse(&self.root, path) {
            Ok(document) => {
                documents.insert(path.to_owned(), document);
                true
            }
            Err(diagnostic) if diagnostic.place.is_some() => {
                self.fail(path.to_owned(), diagnostic);
                false
            }
            Err(diagnostic) => {
                let severity = match diagnostic.code {
                    Code::MissingFile => Severity::Warning,
                    _ => Severity::Error,
                };
                let diagnostic = Diagnostic {
                    severity,
                    ..diagnostic
                };
                self.diagnostics.push(diagnostic.at(file, nested.span));
                false
            }
        }
    }
}

fn parse(root: &Path, path: &Path) -> Result<Document, Diagnostic> {
    let file = SourceFile::read(root, path)?;
    yaml::parse(&file).map_err(|diagnostic| *diagnostic)
}

/// What to say of a file that is called a template and mentions functions, but is none.
fn misnamed(document: &Document) -> Option<Diagnostic> {
    let path = document.file.path();
    let is_called_template = path.file_stem().is_some_and(|stem| stem == "template");
    let place = document
        .root
        .entry("Resources")
        .map_or(document.root.span, |entry| entry.key.span);
    is_called_template.then(|| {
        let message = format!(
            "`{}` is no template: it has no mapping `Resources` with a resource in it",
            display_path(path)
        );
        Diagnostic::warning(Code::WrongShape, message)
            .at(&document.file, place)
            .with_help("the file was passed over; give every resource a name and a `Type`")
    })
}

/// A template is a mapping with `Resources` one of which has a type.
fn is_template(document: &Document) -> bool {
    let resources = document
        .root
        .get("Resources")
        .map(|node| node.entries())
        .unwrap_or_default();
    resources.iter().any(|entry| {
        entry.value.get("Type").is_some()
            || entry
                .key
                .as_text()
                .is_some_and(|key| key.starts_with("Fn::ForEach"))
    })
}
