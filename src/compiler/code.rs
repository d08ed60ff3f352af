//! Where a function's Python lies: its code folder, then its layers, as Lambda's `sys.path` has
//! them.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::edit::requirements::{Requirement, requirements as requirements_of};
use crate::python::{self, ModuleGraph, Origin, SearchPath, Sources};
use crate::sam::{Code, Function, Layer, LayerRef, Project, Template};
use crate::source::{SourceFile, Span};

/// A function's modules, and where its code stands if it is in the template.
pub(crate) struct Loaded {
    pub(crate) graph: ModuleGraph,
    pub(crate) inline: Option<Inline>,
}

/// Code in a template.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inline {
    /// Lines of the template before the code's first line.
    pub(crate) lines_before: usize,
    /// Columns that the template indents the code by.
    pub(crate) indent: usize,
}

/// Loads the module graph of a Python function; `None` where its code is not at hand, which the
/// function's diagnostics or its template say.
pub(crate) fn load(
    project: &Project,
    template: &Template,
    function: &Function,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Loaded> {
    let layers = layers(project, template, function);
    let handler = handler(template, function, diagnostics)?;
    match &function.code {
        Code::Local { path, .. } => {
            let own = SearchPath {
                dir: path.clone(),
                origin: Origin::Code,
            };
            let path: Vec<SearchPath> = std::iter::once(own).chain(layers).collect();
            let mut graph = python::load(sources, handler, &path);
            place_missing(template, function, &mut graph);
            Some(Loaded {
                graph,
                inline: None,
            })
        }
        Code::Inline { text, span } => {
            let inline = inline(&template.file, *span);
            // Blank lines in front make the code's lines those of the template.
            let padded = "\n".repeat(inline.lines_before) + text;
            match sources.inline(template.file.path(), &padded) {
                Ok(source) => {
                    let graph = python::load_inline(sources, source, handler, &layers);
                    Some(Loaded {
                        graph,
                        inline: Some(inline),
                    })
                }
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    None
                }
            }
        }
        Code::Remote(_) | Code::Symbolic(_) | Code::Missing => None,
    }
}

/// The handler's name; what keeps it from being known goes to `diagnostics`.
fn handler<'a>(
    template: &Template,
    function: &'a Function,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let id = &function.id;
    let refusal = match &function.handler {
        None if function.diagnostics.is_empty() => Diagnostic::error(
            DiagnosticCode::InvalidHandler,
            format!("`{id}` has no Handler, so its Python was not analysed"),
        )
        .at(&template.file, function.id_span)
        .with_help("give it a Handler such as `app.handler`"),
        None => return None,
        Some(handler) => match handler.value.as_text() {
            Some(text) => return Some(text),
            None if handler.value.is_known() => Diagnostic::error(
                DiagnosticCode::InvalidHandler,
                format!("the handler of `{id}` is no text: `{}`", handler.value),
            )
            .at(&template.file, handler.span)
            .with_help("a Python handler is written `module.function`, such as `app.handler`"),
            None => Diagnostic::warning(
                DiagnosticCode::InvalidHandler,
                format!(
                    "the handler of `{id}` is not known before deployment, so its Python was not \
                     analysed: `{}`",
                    handler.value
                ),
            )
            .at(&template.file, handler.span)
            .with_help("write it as text such as `app.handler`, or give the parameter a default"),
        },
    };
    diagnostics.push(refusal);
    None
}

/// Where the code of a block scalar begins; a scalar of another style begins on its own line.
fn inline(file: &SourceFile, span: Span) -> Inline {
    let line = file.location(span.start).line;
    if !file.slice(span).starts_with(['|', '>']) {
        return Inline {
            lines_before: line - 1,
            indent: 0,
        };
    }
    let mut body = file.slice(span).lines().skip(1);
    let first = body
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    Inline {
        lines_before: line,
        indent: first.len() - first.trim_start().len(),
    }
}

/// A handler that was not found is the template's to name: shows it there.
fn place_missing(template: &Template, function: &Function, graph: &mut ModuleGraph) {
    let Some(handler) = &function.handler else {
        return;
    };
    for diagnostic in graph
        .diagnostics
        .iter_mut()
        .filter(|found| found.place.is_none())
    {
        *diagnostic = diagnostic.clone().at(&template.file, handler.span);
    }
}

/// What a function and its layers require, in the order of Lambda's search path.
pub(crate) fn requirements(
    project: &Project,
    template: &Template,
    function: &Function,
) -> Vec<Requirement> {
    let own = match &function.code {
        Code::Local { path, .. } => Some(path.clone()),
        _ => None,
    };
    let layers = function.layers.iter().filter_map(|layer| match layer {
        LayerRef::Local(id) => template.layers.iter().find(|layer| layer.id == *id),
        LayerRef::External(_) => None,
    });
    let folders = own
        .into_iter()
        .chain(layers.filter_map(|it| it.content.clone()));
    folders
        .filter_map(|folder| manifest(project, &folder))
        .flat_map(|text| requirements_of(&text))
        .collect()
}

/// The requirements.txt of a folder of the project, if it has one that can be read.
pub(crate) fn manifest(project: &Project, folder: &Path) -> Option<String> {
    let read = SourceFile::read(&project.root, &folder.join("requirements.txt"));
    read.ok().map(|it| it.text().to_owned())
}

fn layers(project: &Project, template: &Template, function: &Function) -> Vec<SearchPath> {
    function
        .layers
        .iter()
        .filter_map(|layer| match layer {
            LayerRef::Local(id) => template.layers.iter().find(|layer| layer.id == *id),
            LayerRef::External(_) => None,
        })
        .flat_map(|layer| folders(&project.root, layer))
        .collect()
}

/// Lambda puts `python/` and `python/lib/pythonX.Y/site-packages/` of a layer on `sys.path`; SAM
/// puts the content of a layer that it builds with a Python build method into `python/`.
fn folders(root: &Path, layer: &Layer) -> Vec<SearchPath> {
    let Some(content) = &layer.content else {
        return Vec::new();
    };
    let built = layer
        .build_method
        .as_deref()
        .is_some_and(|method| method.starts_with("python"));
    let folders: Vec<PathBuf> = if built {
        vec![content.clone(), content.join("python")]
    } else {
        vec![content.join("python")]
    };
    folders
        .into_iter()
        .filter(|folder| root.join(folder).is_dir())
        .map(|dir| SearchPath {
            dir,
            origin: Origin::Layer(layer.id.clone()),
        })
        .collect()
}
