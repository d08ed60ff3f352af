//! Ways to declare a function that are not rewritten, each with its reason.

use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::sam::{Code, Function, FunctionKind, Package, Template};
use crate::source::Span;
use crate::yaml::Node;

/// Why the template's declaration of a function cannot be rewritten; empty where it can.
#[must_use]
pub fn obstacles(template: &Template, function: &Function) -> Vec<Diagnostic> {
    let refuse = |span: Span, message: String, help: &str| {
        Diagnostic::error(DiagnosticCode::TemplateShape, message)
            .at(&template.file, span)
            .with_help(help)
    };
    let id = &function.id;
    if function.package == Package::Image {
        return vec![refuse(
            function.id_span,
            format!("`{id}` is a container image; its Dockerfile says what is in it"),
            "make it a zip function with `CodeUri`, `Handler` and `Runtime` first",
        )];
    }
    if !function.is_python() {
        return vec![not_python(template, function)];
    }
    let root = template.document.root.target();
    let body = root
        .get("Resources")
        .and_then(|it| it.get(id))
        .map(|it| it.target());
    let Some(body) = body else {
        return vec![refuse(
            function.id_span,
            format!("`{id}` is made by `Fn::ForEach`, and its siblings are not to change with it"),
            "write the function out as a resource of its own",
        )];
    };
    let mut found = Vec::new();
    found.extend(far_code(template, function));
    let properties = body.get("Properties").map(|it| it.target());
    let globals = match function.kind {
        FunctionKind::Serverless => root.get_path(&["Globals", "Function"]),
        FunctionKind::Lambda => None,
    };
    for name in ["Runtime", "Handler", "CodeUri", "Code", "InlineCode"] {
        let own = properties.and_then(|it| it.get(name));
        let node = own.or_else(|| globals.and_then(|it| it.get(name)));
        if let Some(node) = node.map(|it| it.target()).filter(|node| is_if(node)) {
            found.push(refuse(
                node.outer,
                format!("`{name}` of `{id}` hangs on a condition, so it is two functions in one"),
                "write a value without `!If`, or two functions, each with its `Condition`",
            ));
        }
    }
    if let Some(properties) = properties.filter(|node| is_if(node)) {
        found.push(refuse(
            properties.outer,
            format!("the properties of `{id}` hang on a condition"),
            "write two functions, each with its `Condition`",
        ));
    }
    found
}

fn not_python(template: &Template, function: &Function) -> Diagnostic {
    let (span, message) = match &function.runtime {
        Some(runtime) => (
            runtime.span,
            format!("`{}` runs on {}, not on Python", function.id, runtime.value),
        ),
        None => (
            function.id_span,
            format!(
                "`{}` has no Runtime, so it is not known as Python",
                function.id
            ),
        ),
    };
    Diagnostic::error(DiagnosticCode::NotPython, message)
        .at(&template.file, span)
        .with_help("only Python functions are translated; `scan` lists them")
}

fn far_code(template: &Template, function: &Function) -> Option<Diagnostic> {
    let what = match &function.code {
        Code::Local { .. } | Code::Inline { .. } => return None,
        Code::Remote(value) => format!("lies elsewhere, at `{value}`"),
        Code::Symbolic(value) => format!("is only known at deployment: `{value}`"),
        Code::Missing => "was not found".to_owned(),
    };
    let message = format!("the code of `{}` {what}", function.id);
    Some(
        Diagnostic::error(DiagnosticCode::TemplateShape, message)
            .at(&template.file, function.id_span)
            .with_help("name the folder of its sources"),
    )
}

/// Whether a value is `!If` or `Fn::If`.
pub(super) fn is_if(node: &Node) -> bool {
    node.tag_name() == Some("!If")
        || (node.is_mapping() && node.entries().len() == 1 && node.get("Fn::If").is_some())
}
