//! Layers that hold nothing but Python.

use super::{Target, node, shape};
use crate::edit::EditError;
use crate::edit::yaml::{Path, YamlEditor};
use crate::sam::{FunctionKind, Project, Template, Value};
use crate::yaml::Node;

const REASON: &str = "holds only Python, which nothing reads any more";

/// Parts of the names of published layers that hold Python packages alone.
const PUBLISHED: &[&str] = &[
    "awslambdapowertoolspython",
    "awssdkpandas-python",
    "awsdatawrangler-python",
    "klayers",
    "service/powertools/python",
    "datadog-python",
];

/// Takes the function's own Python layers away. Whether it keeps one that may hold an extension, its
/// own or of Globals.
pub(super) fn remove(
    editor: &mut YamlEditor,
    target: &Target<'_>,
    notes: &mut Vec<String>,
) -> Result<bool, EditError> {
    let (project, template) = (target.project, target.template);
    let keeps_global = target.function.kind == FunctionKind::Serverless
        && global_layers(template)
            .iter()
            .any(|layer| !layer.value.is_null() && !layer.is_python_only(project, template));
    let path = target.properties().join("Layers");
    let Some(list) = node(editor, &path) else {
        return Ok(keeps_global);
    };
    let Some(layers) = layers(template, list) else {
        notes.push(format!(
            "`Layers` of `{}` is not a plain list and stays; its Python is not read any more",
            target.id
        ));
        return Ok(true);
    };
    let named: Vec<&Layer> = layers.iter().filter(|it| !it.value.is_null()).collect();
    let (gone, kept): (Vec<&Layer>, Vec<&Layer>) = named
        .into_iter()
        .partition(|layer| layer.is_python_only(project, template));
    if kept.is_empty() && !gone.is_empty() {
        let names: Vec<String> = gone.iter().map(|it| name(&it.value)).collect();
        editor.remove(path, &format!("{}: {REASON}", names.join(", ")))?;
    } else {
        for layer in gone.iter().rev() {
            let reason = format!("{}: {REASON}", name(&layer.value));
            editor.remove(path.join(layer.at), &reason)?;
        }
    }
    if !kept.is_empty() {
        notes.push(format!(
            "layers of `{}` that may hold more than Python stay ({})",
            target.id,
            kept.len()
        ));
    }
    Ok(!kept.is_empty() || keeps_global)
}

/// An item of a list of layers.
struct Layer {
    at: usize,
    value: Value,
    is_conditional: bool,
}

impl Layer {
    fn is_python_only(&self, project: &Project, template: &Template) -> bool {
        !self.is_conditional && is_python_only(project, template, &self.value)
    }
}

/// The items of a plain list of layers.
fn layers(template: &Template, list: &Node) -> Option<Vec<Layer>> {
    let items = list.as_sequence().filter(|_| list.tag.is_none())?;
    let layer = |(at, item): (usize, &std::sync::Arc<Node>)| Layer {
        at,
        value: template.resolve(item),
        is_conditional: shape::is_if(item),
    };
    Some(items.iter().enumerate().map(layer).collect())
}

/// The layers that Globals give every function of SAM's, as far as they are a plain list.
fn global_layers(template: &Template) -> Vec<Layer> {
    let root = &template.document.root;
    let list = root.get_path(&["Globals", "Function", "Layers"]);
    let list = list.map(|list| list.target());
    list.and_then(|list| layers(template, list))
        .unwrap_or_default()
}

/// Takes the Python layers out of Globals where no Python function is left that gets them. `moved`
/// are the functions of the template that are Rust now.
pub(in crate::generate) fn settle_globals(
    editor: &mut YamlEditor,
    project: &Project,
    template: &Template,
    moved: &[&str],
    notes: &mut Vec<String>,
) -> Result<(), EditError> {
    let layers = global_layers(template);
    let python = layers
        .iter()
        .filter(|it| it.is_python_only(project, template));
    let python: Vec<&Layer> = python.collect();
    if python.is_empty() || moved.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = python.iter().map(|it| name(&it.value)).collect();
    let mut others = template.functions.iter().filter(|it| {
        it.kind == FunctionKind::Serverless && it.is_python() && !moved.contains(&it.id.as_str())
    });
    if others.next().is_some() {
        notes.push(format!(
            "{} still gets {} from Globals, whose layers no function can decline: name them in the \
             functions that need them for a shorter cold start",
            moved.join(", "),
            names.join(", ")
        ));
        return Ok(());
    }
    let path = Path::from(["Globals", "Function", "Layers"]);
    let reason = format!("{}: {REASON}", names.join(", "));
    if python.len() == layers.len() {
        return editor.remove(path, &reason);
    }
    for layer in python.iter().rev() {
        editor.remove(path.join(layer.at), &reason)?;
    }
    Ok(())
}

fn name(value: &Value) -> String {
    match value.reference() {
        Some((id, _)) if value.as_text().is_none() && !value.to_string().contains(':') => {
            id.to_owned()
        }
        _ => value.to_string(),
    }
}

fn is_python_only(project: &Project, template: &Template, value: &Value) -> bool {
    let id = value.reference().map(|(id, _)| id);
    let local = id.and_then(|id| template.layers.iter().find(|layer| layer.id == id));
    let Some(layer) = local else {
        let name = value.to_string().to_lowercase();
        return PUBLISHED.iter().any(|part| name.contains(part));
    };
    let is_built = layer.build_method.as_deref();
    let is_built = is_built.is_some_and(|method| method.starts_with("python"));
    let runtimes = &layer.compatible_runtimes;
    let is_declared = !runtimes.is_empty() && runtimes.iter().all(|it| it.starts_with("python"));
    let has_more = layer.content.as_ref().is_some_and(|content| {
        let content = project.root.join(content);
        let folders = ["extensions", "bin", "lib"];
        folders.iter().any(|name| content.join(name).exists())
    });
    (is_built || is_declared) && !has_more
}
