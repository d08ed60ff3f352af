//! Where a function's Python lies: its code folder, then its layers, as Lambda's `sys.path` has
//! them.

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::python::{self, ModuleGraph, Origin, SearchPath, Sources};
use crate::sam::{Code, Function, Layer, LayerRef, Project, Template};

/// Loads the module graph of a Python function; `None`, with the reason already among the
/// function's diagnostics, where its code is not at hand.
pub(super) fn load(
    project: &Project,
    template: &Template,
    function: &Function,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ModuleGraph> {
    let mut path = Vec::new();
    let mut inline = None;
    match &function.code {
        Code::Local { path: folder, .. } => {
            path.push(SearchPath {
                dir: folder.clone(),
                origin: Origin::Code,
            });
        }
        Code::Inline { text, span } => inline = Some((text, *span)),
        Code::Remote(_) | Code::Symbolic(_) | Code::Missing => return None,
    }
    path.extend(layers(project, template, function));
    let handler = function
        .handler
        .as_ref()
        .and_then(|handler| handler.value.as_text())?;
    let graph = match inline {
        Some((text, span)) => {
            python::load_inline(sources, &template.file, span, text, handler, &path)
        }
        None => python::load(sources, handler, &path),
    };
    let _ = diagnostics;
    Some(graph)
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
