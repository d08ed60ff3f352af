use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::findings::{FunctionFindings, Resolution, SCHEMA, Scan, TemplateFindings};
use super::function::{self, Analysed};
use super::{advice, ranking, sends};
use crate::aws;
use crate::diagnostic::Diagnostic;
use crate::python::Sources;
use crate::sam::{Function, Project, Template};
use crate::source::display_path;

/// Scans every template below `root`, or only `template`.
///
/// # Errors
/// Where `root` cannot be searched at all. A template or module that cannot be read is part of
/// the [`Scan`] and does not stop the others.
pub fn scan(root: &Path, template: Option<&Path>) -> Result<Scan, Diagnostic> {
    let project = Project::read(root, template)?;
    let sources = Sources::new(&project.root);
    let declared: Vec<(&Template, &Function)> = project.functions().collect();
    let analysed: Vec<Analysed> = declared
        .into_par_iter()
        .map(|(template, function)| function::analyse(&project, template, function, &sources))
        .collect();
    let resolution = resolution(&analysed);
    let mut functions: Vec<FunctionFindings> = analysed
        .into_iter()
        .map(|analysed| analysed.findings)
        .collect();
    let shared_sends = sends::shared(&functions);
    for function in functions
        .iter_mut()
        .filter(|function| function.iam.is_some())
    {
        function.advice = Some(advice::advise(function, &shared_sends));
    }
    let scan = Scan {
        schema: SCHEMA,
        botocore: aws::catalogue().botocore_version().to_owned(),
        templates: templates(&project, &functions),
        ranking: ranking::rank(&functions),
        functions,
        shared_sends,
        resolution,
        diagnostics: diagnostics(&project),
    };
    // Millions of small values: another core frees them while the report is written.
    rayon::spawn(move || drop((project, sources)));
    Ok(scan)
}

fn templates(project: &Project, functions: &[FunctionFindings]) -> Vec<TemplateFindings> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for function in functions {
        let (all, python) = counts.entry(&function.template).or_default();
        *all += 1;
        *python += usize::from(function.is_python());
    }
    let read = project.templates.iter().map(|template| {
        let path = display_path(template.file.path());
        let (functions, python_functions) = counts.get(path.as_str()).copied().unwrap_or_default();
        TemplateFindings {
            read: true,
            functions,
            python_functions,
            layers: template.layers.len(),
            path,
        }
    });
    let failed = project.failures.iter().map(|failure| TemplateFindings {
        path: display_path(&failure.path),
        read: false,
        functions: 0,
        python_functions: 0,
        layers: 0,
    });
    let mut all: Vec<TemplateFindings> = read.chain(failed).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn diagnostics(project: &Project) -> Vec<Diagnostic> {
    let failures = project.failures.iter().map(|failure| &failure.diagnostic);
    let templates = project
        .templates
        .iter()
        .flat_map(|template| &template.diagnostics);
    failures
        .chain(&project.diagnostics)
        .chain(templates)
        .cloned()
        .collect()
}

/// Shared modules count once, however many functions import them.
fn resolution(analysed: &[Analysed]) -> Resolution {
    let resolved: BTreeSet<_> = analysed
        .iter()
        .flat_map(|analysed| &analysed.findings.aws_calls)
        .map(|call| (call.file.as_str(), call.line, call.column))
        .collect();
    let unresolved: BTreeSet<_> = analysed
        .iter()
        .flat_map(|analysed| &analysed.unresolved)
        .map(|(file, at)| (file.as_str(), at.line, at.column))
        .filter(|place| !resolved.contains(place))
        .collect();
    Resolution {
        resolved: resolved.len(),
        unresolved: unresolved.len(),
    }
}
