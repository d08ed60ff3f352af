use std::path::Path;

use super::code::{self, Code};
use super::event::{self, Event};
use super::globals::Properties;
use super::policy::{self, Grant};
use super::scope::Scope;
use super::template::{Resource, Template, spanned};
use super::value::{Spanned, Value};
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::source::Span;
use crate::yaml::Node;

/// Lambda's default memory in MB.
const DEFAULT_MEMORY: i64 = 128;

/// Lambda's default time limit in seconds.
const DEFAULT_TIMEOUT: i64 = 3;

/// A Lambda function as its template declares it, Globals merged in.
#[derive(Debug, Clone)]
pub struct Function {
    /// The logical id.
    pub id: String,
    /// SAM's resource or CloudFormation's.
    pub kind: FunctionKind,
    /// The whole resource.
    pub span: Span,
    /// The logical id alone.
    pub id_span: Span,
    /// The condition that it hangs on.
    pub condition: Option<String>,
    /// Archive or image.
    pub package: Package,
    /// The runtime.
    pub runtime: Option<Spanned<Value>>,
    /// The handler.
    pub handler: Option<Spanned<Value>>,
    /// Where its code is.
    pub code: Code,
    /// The architectures, `x86_64` where none is named.
    pub architectures: Vec<Value>,
    /// Memory in MB.
    pub memory: Value,
    /// Time limit in seconds.
    pub timeout: Value,
    /// Environment variables.
    pub environment: Vec<Variable>,
    /// What invokes it.
    pub events: Vec<Event>,
    /// What it may do.
    pub grants: Vec<Grant>,
    /// Its role where the template names one.
    pub role: Option<Spanned<Value>>,
    /// Its layers, in order.
    pub layers: Vec<LayerRef>,
    /// Whether X-Ray traces it (`Active`).
    pub tracing: bool,
    /// `ApplyOn` of SnapStart.
    pub snap_start: Option<Value>,
    /// The alias that SAM publishes.
    pub auto_publish_alias: Option<Value>,
    /// Whether a gradual deployment is set.
    pub deployment_preference: bool,
    /// Whether it runs in a VPC.
    pub in_vpc: bool,
    /// Whether a dead-letter queue or topic is set.
    pub dead_letter_queue: bool,
    /// `BuildMethod` of the metadata.
    pub build_method: Option<String>,
    /// `BuildProperties.Binary` of the metadata: which of a crate's binaries it is.
    pub build_binary: Option<String>,
    /// What was wrong or doubtful in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which resource declares the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// `AWS::Serverless::Function`.
    Serverless,
    /// `AWS::Lambda::Function`.
    Lambda,
}

/// How the function is packaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Package {
    /// A zip archive.
    Zip,
    /// A container image.
    Image,
}

/// An environment variable.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The place of the value.
    pub span: Span,
    /// Whether Globals set it.
    pub from_globals: bool,
}

/// A layer of a function.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerRef {
    /// A resource of the same template.
    Local(String),
    /// An ARN, or what gives one.
    External(Value),
}

impl Function {
    /// Whether its runtime is a Python one.
    pub fn is_python(&self) -> bool {
        let runtime = self
            .runtime
            .as_ref()
            .and_then(|runtime| runtime.value.as_text());
        runtime.is_some_and(|runtime| runtime.starts_with("python"))
    }
}

pub(super) fn read(
    root: &Path,
    template: &Template,
    tree: &Node,
    resource: &Resource,
    scope: &Scope<'_>,
) -> Option<Function> {
    let (kind, properties) = match resource.kind.as_str() {
        "AWS::Serverless::Function" => (
            FunctionKind::Serverless,
            Properties::of_function(tree, resource.properties()),
        ),
        "AWS::Lambda::Function" => (FunctionKind::Lambda, Properties::own(resource.properties())),
        _ => return None,
    };
    let value = |name: &str| properties.get(name).map(|found| scope.resolve(found));
    let with_span = |name: &str| properties.get(name).map(|found| spanned(scope, found));
    let package = match value("PackageType").as_ref().and_then(Value::as_text) {
        Some("Image") => Package::Image,
        _ => Package::Zip,
    };
    let mut diagnostics = shape_diagnostics(template, resource);
    let handler = with_span("Handler");
    let runtime = with_span("Runtime");
    let code = code::read(
        root,
        template,
        resource,
        kind,
        &properties,
        scope,
        &mut diagnostics,
    );
    let metadata = resource.body.get("Metadata");
    let mut function = Function {
        id: resource.id.clone(),
        kind,
        span: resource.span,
        id_span: resource.id_span,
        condition: resource.condition.clone(),
        package,
        runtime,
        handler,
        code,
        architectures: match value("Architectures") {
            Some(Value::List(items)) if !items.is_empty() => items,
            Some(open @ Value::Symbolic(_)) => vec![open],
            _ => vec![Value::Text("x86_64".to_owned())],
        },
        memory: value("MemorySize").unwrap_or(Value::Int(DEFAULT_MEMORY)),
        timeout: value("Timeout").unwrap_or(Value::Int(DEFAULT_TIMEOUT)),
        environment: environment(&properties, scope),
        events: Vec::new(),
        grants: policy::read(template, &properties, resource, scope),
        role: with_span("Role"),
        layers: layers(template, &properties, scope),
        tracing: tracing(&properties, scope),
        snap_start: value("SnapStart").and_then(|value| value.get("ApplyOn").cloned()),
        auto_publish_alias: value("AutoPublishAlias"),
        deployment_preference: properties.get("DeploymentPreference").is_some(),
        in_vpc: properties.get("VpcConfig").is_some(),
        dead_letter_queue: properties.get("DeadLetterQueue").is_some()
            || properties.get("DeadLetterConfig").is_some(),
        build_method: metadata
            .and_then(|node| node.get("BuildMethod"))
            .and_then(|node| node.as_text())
            .map(str::to_owned),
        build_binary: metadata
            .and_then(|node| node.get_path(&["BuildProperties", "Binary"]))
            .and_then(|node| node.as_text())
            .map(str::to_owned),
        diagnostics,
    };
    event::read(template, resource, &properties, scope, &mut function);
    Some(function)
}

fn shape_diagnostics(template: &Template, resource: &Resource) -> Vec<Diagnostic> {
    let wrong = |name: &str, node: &Node, wanted: &str| {
        Diagnostic::error(
            DiagnosticCode::WrongShape,
            format!("`{name}` of `{}` must be {wanted}", resource.id),
        )
        .at(&template.file, node.span)
        .with_help("it is read as if it were not there; `sam validate --lint` says more")
    };
    let mut found = Vec::new();
    let Some(properties) = resource.body.get("Properties") else {
        return found;
    };
    if !properties.is_mapping() {
        found.push(wrong("Properties", properties, "a mapping"));
        return found;
    }
    for name in ["Events", "Environment"] {
        if let Some(node) = resource.property(name).filter(|node| !node.is_mapping()) {
            found.push(wrong(name, node, "a mapping"));
        }
    }
    for name in ["Runtime", "Handler"] {
        let plain = |node: &&Node| super::scope::intrinsic(node).is_none();
        let node = resource.property(name).filter(plain);
        if let Some(node) = node.filter(|node| node.as_scalar().is_none()) {
            found.push(wrong(name, node, "text"));
        }
    }
    found
}

fn environment(properties: &Properties<'_>, scope: &Scope<'_>) -> Vec<Variable> {
    let variables = properties.below("Environment").child("Variables");
    let read = |(entry, from_globals): (&crate::yaml::Entry, bool)| {
        Some(Variable {
            name: scope.expand_key(entry.key.as_text()?),
            value: scope.resolve(&entry.value),
            span: entry.value.span,
            from_globals,
        })
    };
    variables.entries().into_iter().filter_map(read).collect()
}

fn layers(template: &Template, properties: &Properties<'_>, scope: &Scope<'_>) -> Vec<LayerRef> {
    let values: Vec<Value> = match properties.items("Layers") {
        Some(items) => items.into_iter().map(|item| scope.resolve(item)).collect(),
        None => match properties.get("Layers").map(|found| scope.resolve(found)) {
            Some(Value::List(items)) => items,
            Some(Value::Null) | None => Vec::new(),
            Some(other) => vec![other],
        },
    };
    let local = |value: &Value| {
        let (id, _) = value.reference()?;
        let kind = &template.resource(id)?.kind;
        kind.ends_with("::LayerVersion")
            .then(|| LayerRef::Local(id.to_owned()))
    };
    values
        .into_iter()
        .filter(|value| !value.is_null())
        .map(|value| local(&value).unwrap_or(LayerRef::External(value)))
        .collect()
}

fn tracing(properties: &Properties<'_>, scope: &Scope<'_>) -> bool {
    let serverless = properties.get("Tracing").map(|found| scope.resolve(found));
    let lambda = properties
        .get("TracingConfig")
        .map(|found| scope.resolve(found));
    let mode = serverless.or_else(|| lambda.and_then(|value| value.get("Mode").cloned()));
    mode.as_ref().and_then(Value::as_text) == Some("Active")
}
