use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::function::{self, Function};
use super::samconfig::SamConfig;
use super::scope::Scope;
use super::value::{Spanned, Value};
use super::{authorizer, cloudformation, foreach, openapi, statemachine};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span, normalize};
use crate::yaml::{Document, Node};

/// One template.
#[derive(Debug)]
pub struct Template {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its parsed text.
    pub document: Document,
    /// Every resource, in the order of the file, loops expanded.
    pub resources: Vec<Resource>,
    /// The functions among them.
    pub functions: Vec<Function>,
    /// The layers among them.
    pub layers: Vec<Layer>,
    /// Stacks that it nests.
    pub nested: Vec<Nested>,
    /// The samconfig file beside it.
    pub samconfig: Option<SamConfig>,
    /// Parameters that the parent stack passes.
    given: Vec<(String, Value)>,
    /// What was wrong or doubtful in it, apart from its functions.
    pub diagnostics: Vec<Diagnostic>,
}

/// A resource.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The logical id.
    pub id: String,
    /// The type, such as `AWS::SQS::Queue`.
    pub kind: String,
    /// The place of the logical id.
    pub id_span: Span,
    /// The place of the whole resource, its logical id included.
    pub span: Span,
    /// The condition that it hangs on.
    pub condition: Option<String>,
    /// Its body in the document.
    pub(super) body: Arc<Node>,
    /// The variable of the loop that made it, if one did.
    pub(super) variables: Vec<(String, String)>,
}

/// A layer.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The logical id.
    pub id: String,
    /// The place of the resource.
    pub span: Span,
    /// The content's folder, relative to the project's root, where it is local.
    pub content: Option<PathBuf>,
    /// `BuildMethod` of the metadata, such as `python3.12`.
    pub build_method: Option<String>,
    /// Runtimes that it says it works with.
    pub compatible_runtimes: Vec<String>,
}

/// A nested stack.
#[derive(Debug, Clone)]
pub struct Nested {
    /// The logical id.
    pub id: String,
    /// The place of the location.
    pub span: Span,
    /// The template, relative to the project's root, where it is local.
    pub path: Option<PathBuf>,
    /// Parameters passed to it.
    pub parameters: Vec<(String, Value)>,
}

impl Template {
    /// The folder that holds the template, relative to the project's root.
    pub fn folder(&self) -> &Path {
        self.file.path().parent().unwrap_or(Path::new(""))
    }

    /// A resource by its logical id.
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.id == id)
    }

    /// The properties of a resource, intrinsics resolved as far as they can be; `None` where there
    /// is no such resource.
    pub fn properties(&self, id: &str) -> Option<Value> {
        let resource = self.resource(id)?;
        let scope = Scope::new(&self.document.root, &self.given);
        let properties = resource.properties()?;
        Some(resource.scope(&scope).resolve(properties))
    }

    /// A section of `Globals`, such as `HttpApi`.
    pub fn globals(&self, section: &str) -> Option<Value> {
        let node = self.document.root.get_path(&["Globals", section])?;
        Some(self.resolve(node))
    }

    /// The value of a node, intrinsics resolved as far as they can be.
    pub fn resolve(&self, node: &Node) -> Value {
        Scope::new(&self.document.root, &self.given).resolve(node)
    }

    /// Reads a parsed document; `given` are parameters passed by a parent stack.
    pub(super) fn read(root: &Path, document: Document, given: &[(String, Value)]) -> Self {
        let file = Arc::clone(&document.file);
        let mut template = Self {
            file,
            resources: Vec::new(),
            functions: Vec::new(),
            layers: Vec::new(),
            nested: Vec::new(),
            samconfig: None,
            given: given.to_vec(),
            diagnostics: document.warnings.clone(),
            document,
        };
        let tree = Arc::clone(&template.document.root);
        let scope = Scope::new(&tree, given);
        template.resources = foreach::resources(&tree, &scope);
        template.check_number();
        let folder = template.folder().to_owned();
        template.samconfig = SamConfig::beside(root, &folder, &mut template.diagnostics);
        template.layers = template.collect(&scope, layer);
        template.nested = template.collect(&scope, nested);
        let outside = template.collect(&scope, nested_outside);
        template.diagnostics.extend(outside);
        template.check_shapes(&tree);
        let mut functions: Vec<Function> = template
            .resources
            .iter()
            .filter_map(|resource| {
                function::read(root, &template, &tree, resource, &resource.scope(&scope))
            })
            .collect();
        authorizer::attach(&template, &tree, &scope, &mut functions);
        openapi::attach(root, &template, &scope, &mut functions);
        statemachine::attach(root, &template, &scope, &mut functions);
        cloudformation::attach(&template, &scope, &mut functions);
        template.functions = functions;
        template
    }

    fn check_number(&mut self) {
        if self.resources.len() < foreach::MAX_RESOURCES {
            return;
        }
        let message = format!(
            "the template has {} resources or more; the rest was left out",
            foreach::MAX_RESOURCES
        );
        let span = self.resources.last().map_or(Span::at(0), |it| it.id_span);
        self.diagnostics.push(
            Diagnostic::warning(Code::TooManyResources, message)
                .at(&self.file, span)
                .with_help("CloudFormation takes 500 resources a stack: split the template"),
        );
    }

    fn collect<T>(
        &self,
        scope: &Scope<'_>,
        read: impl Fn(&Self, &Resource, &Scope<'_>) -> Option<T>,
    ) -> Vec<T> {
        let resources = self.resources.iter();
        resources
            .filter_map(|resource| read(self, resource, &resource.scope(scope)))
            .collect()
    }

    fn check_shapes(&mut self, tree: &Node) {
        for section in ["Parameters", "Mappings", "Conditions", "Globals", "Outputs"] {
            let Some(node) = tree.get(section) else {
                continue;
            };
            if !node.is_mapping() && !node.is_null() {
                let message = format!("`{section}` must be a mapping");
                let diagnostic = Diagnostic::error(Code::WrongShape, message)
                    .at(&self.file, node.span)
                    .with_help("the section is passed over; write it as `Name: value` pairs");
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// A path that the template names, relative to the project's root; `None` where it leaves it.
    pub(super) fn local_path(&self, text: &str) -> Option<PathBuf> {
        normalize(&self.folder().join(text))
    }
}

impl Resource {
    pub(super) fn properties(&self) -> Option<&Node> {
        self.body.get("Properties").map(|node| node.target())
    }

    pub(super) fn property(&self, name: &str) -> Option<&Node> {
        self.properties()?.get(name).map(|node| node.target())
    }

    /// The scope with the variables of the loop that made the resource.
    pub(super) fn scope<'a>(&self, scope: &Scope<'a>) -> Scope<'a> {
        let mut own = scope.with_variable("", "");
        for (name, value) in &self.variables {
            own = own.with_variable(name, value);
        }
        own
    }
}

/// A path on this machine, as opposed to a bucket, a registry or a URL.
pub(super) fn is_local(text: &str) -> bool {
    !text.contains("://") && !text.starts_with("s3:") && !text.starts_with("arn:")
}

fn layer(template: &Template, resource: &Resource, scope: &Scope<'_>) -> Option<Layer> {
    let property = match resource.kind.as_str() {
        "AWS::Serverless::LayerVersion" => "ContentUri",
        "AWS::Lambda::LayerVersion" => "Content",
        _ => return None,
    };
    let content = resource.property(property).map(|node| scope.resolve(node));
    let content = content
        .as_ref()
        .and_then(Value::as_text)
        .filter(|text| is_local(text));
    let metadata = resource.body.get("Metadata");
    let build_method = metadata
        .and_then(|node| node.get("BuildMethod"))
        .and_then(|n| n.as_text());
    let runtimes = resource
        .property("CompatibleRuntimes")
        .map(|node| scope.resolve(node));
    Some(Layer {
        id: resource.id.clone(),
        span: resource.span,
        content: content.and_then(|text| template.local_path(text)),
        build_method: build_method.map(str::to_owned),
        compatible_runtimes: runtimes
            .as_ref()
            .and_then(Value::as_list)
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect(),
    })
}

/// Where a resource says that the template of a nested stack is.
fn location(resource: &Resource) -> Option<&Node> {
    match resource.kind.as_str() {
        "AWS::Serverless::Application" => resource.property("Location"),
        "AWS::CloudFormation::Stack" => resource.property("TemplateURL"),
        _ => None,
    }
}

fn nested_outside(
    template: &Template,
    resource: &Resource,
    scope: &Scope<'_>,
) -> Option<Diagnostic> {
    let location = location(resource)?;
    let value = scope.resolve(location);
    let text = value.as_text().filter(|text| is_local(text))?;
    if template.local_path(text).is_some() {
        return None;
    }
    let id = &resource.id;
    let message = format!("the nested template of `{id}` lies outside the project: `{text}`");
    Some(
        Diagnostic::warning(Code::PathLeavesProject, message)
            .at(&template.file, location.span)
            .with_help("scan the folder that holds both templates"),
    )
}

fn nested(template: &Template, resource: &Resource, scope: &Scope<'_>) -> Option<Nested> {
    let location = location(resource)?;
    let value = scope.resolve(location);
    let path = value.as_text().filter(|text| is_local(text));
    let parameters = match resource
        .property("Parameters")
        .map(|node| scope.resolve(node))
    {
        Some(Value::Map(entries)) => entries,
        _ => Vec::new(),
    };
    Some(Nested {
        id: resource.id.clone(),
        span: location.span,
        path: path.and_then(|text| template.local_path(text)),
        parameters,
    })
}

/// A node's resolved value with its place.
pub(super) fn spanned(scope: &Scope<'_>, node: &Node) -> Spanned<Value> {
    Spanned::new(scope.resolve(node), node.span)
}
