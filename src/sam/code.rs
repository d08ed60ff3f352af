//! Where a function's code is.

use std::path::{Path, PathBuf};

use super::function::FunctionKind;
use super::globals::Properties;
use super::scope::{Scope, intrinsic};
use super::template::{Resource, Template, is_local};
use super::value::Value;
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::source::{Escape, Span, display_path, resolve_within};
use crate::yaml::Node;

/// Where a function's code is.
#[derive(Debug, Clone)]
pub enum Code {
    /// A folder or archive of the project.
    Local {
        /// The path, relative to the project's root.
        path: PathBuf,
        /// Where the template names it; the logical id where it leaves it to the default.
        span: Span,
    },
    /// In the template itself.
    Inline {
        /// The source.
        text: String,
        /// The scalar that holds it.
        span: Span,
    },
    /// In a bucket or a registry.
    Remote(Value),
    /// Only known at deployment.
    Symbolic(Value),
    /// Not to be found: a diagnostic of the function says why.
    Missing,
}

pub(super) fn read(
    root: &Path,
    template: &Template,
    resource: &Resource,
    kind: FunctionKind,
    properties: &Properties<'_>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Code {
    if let Some(found) = inline(kind, properties) {
        return match scope.resolve(found) {
            Value::Text(text) => Code::Inline {
                text,
                span: found.span,
            },
            other => Code::Symbolic(other),
        };
    }
    let property = match kind {
        FunctionKind::Serverless => "CodeUri",
        FunctionKind::Lambda => "Code",
    };
    let Some(found) = properties.get(property) else {
        // SAM takes the template's folder where CodeUri is left out.
        return match kind {
            FunctionKind::Serverless => Code::Local {
                path: template.folder().to_owned(),
                span: resource.id_span,
            },
            FunctionKind::Lambda => Code::Missing,
        };
    };
    if found.is_mapping() && intrinsic(found).is_none() {
        return Code::Remote(scope.resolve(found));
    }
    match scope.resolve(found) {
        Value::Text(text) if is_local(&text) => {
            local(root, template, resource, &text, found.span, diagnostics)
        }
        known @ Value::Text(_) => Code::Remote(known),
        other => Code::Symbolic(other),
    }
}

fn inline<'a>(kind: FunctionKind, properties: &Properties<'a>) -> Option<&'a Node> {
    match kind {
        FunctionKind::Serverless => properties.get("InlineCode"),
        FunctionKind::Lambda => properties
            .get("Code")?
            .get("ZipFile")
            .map(|node| node.target()),
    }
}

fn local(
    root: &Path,
    template: &Template,
    resource: &Resource,
    text: &str,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Code {
    let outside = || {
        Diagnostic::error(
            DiagnosticCode::CodeOutsideProject,
            format!(
                "the code of `{}` lies outside the project: `{text}`",
                resource.id
            ),
        )
        .at(&template.file, span)
        .with_help("scan the folder that holds both the template and the code")
    };
    let Some(path) = template.local_path(text) else {
        diagnostics.push(outside());
        return Code::Missing;
    };
    match resolve_within(root, &path) {
        Ok(_) => Code::Local { path, span },
        Err(Escape::Outside) => {
            diagnostics.push(outside());
            Code::Missing
        }
        Err(Escape::Io(error)) => {
            let shown = display_path(&path);
            diagnostics.push(
                Diagnostic::warning(
                    DiagnosticCode::MissingCode,
                    format!(
                        "the code of `{}` cannot be read: `{shown}`: {error}",
                        resource.id
                    ),
                )
                .at(&template.file, span)
                .with_help("paths in a template are relative to the template's folder"),
            );
            Code::Missing
        }
    }
}
