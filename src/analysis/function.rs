//! One function: its template's facts, its code's facts, and what follows from both.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::findings::{
    AwsCallFinding, DefinitionFinding, EnvironmentFinding, EventFinding, FunctionFindings,
    HttpCallFinding, ImportWorkFinding, ModuleFinding, RewriteFinding, VariableUse,
};
use super::{environment, packages, policies, target};
use crate::aws;
use crate::compiler::code::{self, Inline, Loaded};
use crate::python::{self, Facts, ImportWorkKind, ModuleGraph, Origin, Sources};
use crate::rewrite::{self, Status};
use crate::sam::{Function, FunctionKind, LayerRef, Package, Project, Template};
use crate::source::{Location, SourceFile, Span, display_path};

/// What was found of a function, and where calls on boto3 objects were not understood.
pub(super) struct Analysed {
    pub(super) findings: FunctionFindings,
    pub(super) unresolved: Vec<(String, Location)>,
}

pub(super) fn analyse(
    project: &Project,
    template: &Template,
    function: &Function,
    sources: &Sources,
) -> Analysed {
    let mut findings = declared(template, function);
    if !function.is_python() {
        return Analysed {
            findings,
            unresolved: Vec::new(),
        };
    }
    findings.rewrite = Some(rewritten(project, template, function));
    let loaded = code::load(
        project,
        template,
        function,
        sources,
        &mut findings.diagnostics,
    );
    let Some(Loaded { graph, inline }) = loaded else {
        return Analysed {
            findings,
            unresolved: Vec::new(),
        };
    };
    let facts = python::facts(&graph, aws::catalogue());
    let places = Places {
        graph: &graph,
        inline,
    };
    describe_code(&mut findings, &places);
    findings.definitions = definitions(&facts, &places);
    findings.aws_calls = aws_calls(function, &facts, &places);
    findings.http_calls = http_calls(&facts, &places);
    findings.packages = packages::used(&graph);
    findings.environment = variables(function, &facts, &places, &findings);
    findings.import_work = import_work(&facts, &places);
    findings.iam = Some(policies::compare(template, function, &findings.aws_calls));
    findings
        .diagnostics
        .extend(graph.diagnostics.iter().cloned());
    findings
        .diagnostics
        .extend(facts.diagnostics.iter().cloned());
    let unresolved = facts
        .unresolved
        .iter()
        .map(|call| places.of(call.module, call.span))
        .collect();
    Analysed {
        findings,
        unresolved,
    }
}

fn rewritten(project: &Project, template: &Template, function: &Function) -> RewriteFinding {
    let verdict = rewrite::check_function(project, template, function);
    let (status, diagnostics) = match verdict {
        Ok(()) => (Status::Complete, Vec::new()),
        Err(reasons) => (Status::Refused, reasons),
    };
    RewriteFinding {
        status,
        diagnostics,
    }
}

/// What the template says; the same for every runtime.
fn declared(template: &Template, function: &Function) -> FunctionFindings {
    let text = |value: &Option<crate::sam::Spanned<crate::sam::Value>>| {
        value.as_ref().map(|spanned| spanned.value.to_string())
    };
    FunctionFindings {
        id: function.id.clone(),
        kind: match function.kind {
            FunctionKind::Serverless => "AWS::Serverless::Function",
            FunctionKind::Lambda => "AWS::Lambda::Function",
        },
        template: display_path(template.file.path()),
        line: template.file.location(function.span.start).line,
        runtime: text(&function.runtime),
        package_type: match function.package {
            Package::Zip => "Zip",
            Package::Image => "Image",
        },
        handler: text(&function.handler),
        source: None,
        architectures: function
            .architectures
            .iter()
            .map(ToString::to_string)
            .collect(),
        memory_mb: function.memory.as_int(),
        timeout_s: function.timeout.as_int(),
        events: function
            .events
            .iter()
            .map(|event| event_finding(&template.file, event))
            .collect(),
        layers: function.layers.iter().map(layer_name).collect(),
        modules: Vec::new(),
        lines: 0,
        definitions: Vec::new(),
        aws_calls: Vec::new(),
        http_calls: Vec::new(),
        packages: Vec::new(),
        environment: EnvironmentFinding::default(),
        import_work: Vec::new(),
        iam: None,
        advice: None,
        rewrite: None,
        diagnostics: function.diagnostics.clone(),
    }
}

fn layer_name(layer: &LayerRef) -> String {
    match layer {
        LayerRef::Local(id) => id.clone(),
        LayerRef::External(arn) => arn.to_string(),
    }
}

fn event_finding(file: &Arc<SourceFile>, event: &crate::sam::Event) -> EventFinding {
    EventFinding {
        name: event.name.clone(),
        kind: event.kind.to_string(),
        payload: event.payload.to_string(),
        detail: event.detail(),
        line: file.location(event.span.start).line,
    }
}

/// Places of a graph's modules as the report names them.
struct Places<'a> {
    graph: &'a ModuleGraph,
    inline: Option<Inline>,
}

impl Places<'_> {
    fn of(&self, module: usize, span: Span) -> (String, Location) {
        let Some(found) = self.graph.modules.get(module) else {
            return (String::new(), Location { line: 0, column: 0 });
        };
        let file = &found.source.file;
        let mut at = file.location(span.start);
        at.column += self.inline_of(module).map_or(0, |inline| inline.indent);
        (display_path(file.path()), at)
    }

    /// Inline code is the first module of its graph.
    fn inline_of(&self, module: usize) -> Option<Inline> {
        self.inline.filter(|_| module == 0)
    }

    fn module_name(&self, module: usize) -> &str {
        self.graph
            .modules
            .get(module)
            .map_or("", |module| module.name.as_str())
    }
}

fn describe_code(findings: &mut FunctionFindings, places: &Places<'_>) {
    let handler = places.graph.handler.as_ref();
    findings.source = handler.map(|handler| places.of(handler.module, handler.span).0);
    let modules = places.graph.modules.iter().enumerate();
    findings.modules = modules
        .map(|(index, module)| ModuleFinding {
            name: module.name.clone(),
            file: display_path(module.source.file.path()),
            lines: module.source.file.line_count()
                - places
                    .inline_of(index)
                    .map_or(0, |inline| inline.lines_before),
            layer: match &module.origin {
                Origin::Code => None,
                Origin::Layer(id) => Some(id.clone()),
            },
        })
        .collect();
    findings.lines = findings.modules.iter().map(|module| module.lines).sum();
}

fn definitions(facts: &Facts, places: &Places<'_>) -> Vec<DefinitionFinding> {
    let describe = |definition: &python::Definition| {
        let (file, at) = places.of(definition.module, definition.span);
        let own = facts.aws_calls.iter().filter(|call| {
            call.module == definition.module
                && call.function.as_deref() == Some(definition.qualified.as_str())
        });
        DefinitionFinding {
            name: format!(
                "{}.{}",
                places.module_name(definition.module),
                definition.qualified
            ),
            file,
            line: at.line,
            lines: definition.lines,
            is_async: definition.is_async,
            aws_calls: own.clone().count(),
            calls_in_loop: own.clone().any(|call| call.in_loop),
        }
    };
    facts.definitions.iter().map(describe).collect()
}

fn aws_calls(function: &Function, facts: &Facts, places: &Places<'_>) -> Vec<AwsCallFinding> {
    let mut calls: Vec<AwsCallFinding> = facts
        .aws_calls
        .iter()
        .map(|call| {
            let (file, at) = places.of(call.module, call.span);
            AwsCallFinding {
                service: call.service.clone(),
                operation: call.operation.clone(),
                file,
                line: at.line,
                column: at.column,
                function: call.function.clone(),
                via: call.via,
                target: target::of(function, &call.arguments),
                in_loop: call.in_loop,
                concurrent: call.concurrent,
                at_import: call.at_import,
            }
        })
        .collect();
    calls.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    calls
}

fn http_calls(facts: &Facts, places: &Places<'_>) -> Vec<HttpCallFinding> {
    facts
        .http_calls
        .iter()
        .map(|call| {
            let (file, at) = places.of(call.module, call.span);
            HttpCallFinding {
                library: call.library.clone(),
                method: call.method.clone(),
                url: call.url.clone(),
                file,
                line: at.line,
                column: at.column,
            }
        })
        .collect()
}

fn variables(
    function: &Function,
    facts: &Facts,
    places: &Places<'_>,
    findings: &FunctionFindings,
) -> EnvironmentFinding {
    let mut used: BTreeMap<&str, VariableUse> = BTreeMap::new();
    for read in &facts.environment {
        let Some(name) = read.name.as_deref() else {
            continue;
        };
        let (file, at) = places.of(read.module, read.span);
        let first = used.entry(name).or_insert_with(|| VariableUse {
            name: name.to_owned(),
            file,
            line: at.line,
            default: read.default.clone(),
            required: false,
        });
        first.required |= read.required;
    }
    let dynamic = facts.environment.iter().any(|read| read.name.is_none());
    let defined = function
        .environment
        .iter()
        .map(|variable| variable.name.clone())
        .collect();
    environment::compare(
        used.into_values().collect(),
        defined,
        dynamic,
        &findings.packages,
    )
}

fn import_work(facts: &Facts, places: &Places<'_>) -> Vec<ImportWorkFinding> {
    facts
        .import_work
        .iter()
        .map(|work| {
            let (file, at) = places.of(work.module, work.span);
            ImportWorkFinding {
                what: import_work_kind(work.kind).to_owned(),
                file,
                line: at.line,
            }
        })
        .collect()
}

fn import_work_kind(kind: ImportWorkKind) -> &'static str {
    match kind {
        ImportWorkKind::Client => "makes a client",
        ImportWorkKind::AwsCall => "calls AWS",
        ImportWorkKind::Http => "sends an HTTP request",
        ImportWorkKind::File => "opens a file",
        ImportWorkKind::Loop => "runs a loop",
    }
}
