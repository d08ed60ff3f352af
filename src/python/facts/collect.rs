//! From a [`Solution`] to [`Facts`]: one entry for each place, however many contexts reached it.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::code::{Call, Function, How, Kind, MODULE_BODY};
use super::super::solve::{Event, Site, Solution, Solver, Value, ValueId};
use super::flags::Flags;
use super::http;
use super::{
    Argument, AwsCall, Definition, EnvironmentUse, Facts, HttpCall, ImportWork, ImportWorkKind,
    UnresolvedAwsCall, Via,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Sorts calls by module and place, then tells those at one place apart.
type Key = (usize, Span, String, String, Via);

pub(super) fn collect(solution: Solution<'_>) -> Facts {
    let solver = &solution.solver;
    let mut collector = Collector {
        solver,
        flags: Flags::of(solver),
        facts: Facts::default(),
        calls: BTreeMap::new(),
        loaded: FxHashMap::default(),
        resolved: FxHashSet::default(),
    };
    let mut events: Vec<&(Site, Event)> = solver.events.iter().collect();
    events.sort_unstable_by_key(|(site, _)| *site);
    for (site, event) in &events {
        collector.event(*site, event);
    }
    for (site, event) in &events {
        collector.doubtful(*site, event);
    }
    collector.facts.aws_calls = std::mem::take(&mut collector.calls).into_values().collect();
    collector.definitions();
    collector.module_loops();
    let mut facts = collector.facts;
    tidy(&mut facts);
    if solution.cut_short
        && let Some(module) = solver.graph.modules.first()
    {
        facts.diagnostics.push(
            Diagnostic::warning(
                Code::AnalysisBound,
                "the names of this function were followed up to the bound only; calls may be \
                 missing",
            )
            .at(&module.source.file, Span::at(0)),
        );
    }
    facts
}

fn tidy(facts: &mut Facts) {
    facts.http_calls.sort_by_key(|it| (it.module, it.span));
    facts.http_calls.dedup_by_key(|it| (it.module, it.span));
    let environment = |it: &EnvironmentUse| (it.module, it.span, it.name.clone());
    facts.environment.sort_by_key(environment);
    facts.environment.dedup_by_key(|it| environment(it));
    facts
        .import_work
        .sort_by_key(|it| (it.module, it.span, it.kind));
    facts
        .import_work
        .dedup_by_key(|it| (it.module, it.span, it.kind));
    facts.unresolved.sort_by_key(|it| (it.module, it.span));
    facts.unresolved.dedup_by_key(|it| (it.module, it.span));
}

struct Collector<'s, 'a> {
    solver: &'s Solver<'a>,
    flags: Flags,
    facts: Facts,
    calls: BTreeMap<Key, AwsCall>,
    /// Where each function first reads an attribute of each resource object.
    loaded: FxHashMap<((u32, u32), ValueId), Span>,
    /// Places at which some call was understood.
    resolved: FxHashSet<(usize, Span)>,
}

impl<'a> Collector<'_, 'a> {
    fn at(&self, site: Site) -> ((u32, u32), &'a Function, Span, bool) {
        let instance = self.solver.instances[site.instance as usize];
        let function = self.solver.function(instance.module, instance.function);
        let operation = &function.operations[site.operation as usize];
        let id = (instance.module, instance.function);
        let in_loop = operation.in_loop || self.flags.in_loop.contains(&id);
        (id, function, operation.span, in_loop)
    }

    fn runs_at_import(&self, site: Site) -> bool {
        let (id, function, _, _) = self.at(site);
        let main_only = function.operations[site.operation as usize].main_only;
        self.flags.at_import.contains(&id) && !main_only
    }

    fn call_at(&self, site: Site) -> Option<&'a Call> {
        let (_, function, _, _) = self.at(site);
        match &function.operations[site.operation as usize].kind {
            Kind::Call(call) => Some(call),
            _ => None,
        }
    }

    fn name_of((_, index): (u32, u32), function: &Function) -> Option<String> {
        (index != MODULE_BODY).then(|| function.qualified.clone())
    }

    fn event(&mut self, site: Site, event: &Event) {
        let (id, function, span, in_loop) = self.at(site);
        let module = id.0 as usize;
        let at_import = self.runs_at_import(site);
        match event {
            Event::Aws { .. } => self.aws(site, event),
            Event::MakesClient if at_import => self.work(ImportWorkKind::Client, module, span),
            Event::Environment {
                name,
                default,
                required,
            } => {
                let text = |it: &Option<u32>| it.map(|it| self.solver.pool.text(it).to_owned());
                let read = EnvironmentUse {
                    name: text(name),
                    default: text(default),
                    required: *required,
                    module,
                    span,
                };
                self.facts.environment.push(read);
            }
            Event::External(path) => {
                let path = self.solver.pool.text(*path);
                if let Some(request) = http::request(path) {
                    let call = HttpCall {
                        library: request.library.to_owned(),
                        method: match (request.method, request.method_argument) {
                            (Some(method), _) => Some(method.to_owned()),
                            (None, Some(position)) => self
                                .constant(site, position, "method")
                                .map(|it| it.to_uppercase()),
                            (None, None) => None,
                        },
                        url: request
                            .url_argument
                            .and_then(|position| self.constant(site, position, "url")),
                        module,
                        span,
                        function: Self::name_of(id, function),
                        in_loop,
                        at_import,
                    };
                    self.facts.http_calls.push(call);
                    if at_import && request.library != "crhelper" {
                        self.work(ImportWorkKind::Http, module, span);
                    }
                } else if at_import && matches!(path, "builtins.open" | "io.open" | "codecs.open") {
                    self.work(ImportWorkKind::File, module, span);
                }
            }
            _ => {}
        }
    }

    fn work(&mut self, kind: ImportWorkKind, module: usize, span: Span) {
        self.facts
            .import_work
            .push(ImportWork { kind, module, span });
    }

    /// Warnings, and calls that no context resolved.
    fn doubtful(&mut self, site: Site, event: &Event) {
        let (id, function, span, _) = self.at(site);
        let module = id.0 as usize;
        if self.resolved.contains(&(module, span)) {
            return;
        }
        match event {
            Event::Unresolved { reason } => self.facts.unresolved.push(UnresolvedAwsCall {
                reason: (*reason).to_owned(),
                module,
                span,
                function: Self::name_of(id, function),
            }),
            Event::NoSuchMethod { service, method } => {
                let pool = &self.solver.pool;
                let (service, method) = (pool.text(*service), pool.text(*method));
                let file = &self.solver.graph.modules[module].source.file;
                self.resolved.insert((module, span));
                self.facts.diagnostics.push(
                    Diagnostic::warning(
                        Code::UnknownAwsMethod,
                        format!("boto3's objects of `{service}` have no method `{method}`"),
                    )
                    .at(file, span)
                    .with_help(
                        "a misspelt name, or an operation newer than the catalogue: the call \
                         would fail, or is missing from the report",
                    ),
                );
            }
            _ => {}
        }
    }

    fn aws(&mut self, site: Site, event: &Event) {
        let Event::Aws {
            service,
            operation,
            via,
            on,
            argument,
        } = *event
        else {
            return;
        };
        let (id, function, span, in_loop) = self.at(site);
        let module = id.0 as usize;
        let call = self.call_at(site);
        if let (Via::Attribute, None, Some(on)) = (via, call, on)
            && *self.loaded.entry((id, on)).or_insert(span) != span
        {
            // Only the first read of an attribute loads the object.
            return;
        }
        let passed = argument.and_then(|index| call?.arguments.get(index as usize));
        let span = passed.map_or(span, |it| it.span);
        self.resolved.insert((module, span));
        let pool = &self.solver.pool;
        let service = pool.text(service).to_owned();
        let operation = pool.text(operation).to_owned();
        let arguments = self.arguments(site, on, argument.is_some(), &service);
        let concurrent = argument.is_some()
            || self.flags.concurrent.contains(&id)
            || self.solver.gathered.contains(&site);
        let at_import = via != Via::Persistence && self.runs_at_import(site);
        if at_import {
            self.work(ImportWorkKind::AwsCall, module, span);
        }
        let key = (module, span, service.clone(), operation.clone(), via);
        match self.calls.get_mut(&key) {
            Some(known) => {
                known.concurrent |= concurrent;
                join(&mut known.arguments, arguments);
            }
            None => {
                let call = AwsCall {
                    service,
                    operation,
                    via,
                    module,
                    span,
                    function: Self::name_of(id, function),
                    in_loop,
                    concurrent,
                    at_import,
                    awaited: call.is_some_and(|it| it.awaited),
                    arguments,
                };
                self.calls.insert(key, call);
            }
        }
    }

    /// The arguments by API member name.
    fn arguments(
        &self,
        site: Site,
        on: Option<ValueId>,
        passed: bool,
        service: &str,
    ) -> Vec<(String, Argument)> {
        let mut arguments = Vec::new();
        for (name, values) in on.iter().flat_map(|&it| self.solver.identifiers(it)) {
            let name = self.solver.pool.text(name).to_owned();
            arguments.push((name, self.argument(values)));
        }
        let Some(call) = self.call_at(site).filter(|_| !passed) else {
            return arguments;
        };
        let module = self.solver.instances[site.instance as usize].module;
        let code = self.solver.code(module);
        let (_, function, _, _) = self.at(site);
        let positions = match function.operations[site.operation as usize].kind {
            Kind::Call(_) if service == "s3" => self.transfer_positions(site),
            _ => &[],
        };
        let mut position = 0;
        for passed in &call.arguments {
            let values = self.solver.held(site.instance, passed.value);
            match passed.how {
                How::Keyword(name) => {
                    let name = code.name(name).to_owned();
                    arguments.push((name, self.argument(values)));
                }
                How::Positional => {
                    if let Some(name) = positions.get(position) {
                        arguments.push(((*name).to_owned(), self.argument(values)));
                    }
                    position += 1;
                }
                How::DoubleStar => {
                    for (name, values) in values.iter().flat_map(|&it| self.solver.identifiers(it))
                    {
                        let name = self.solver.pool.text(name);
                        if !name.starts_with('[') {
                            arguments.push((name.to_owned(), self.argument(values)));
                        }
                    }
                }
                How::Star => {}
            }
        }
        arguments
    }

    /// S3's transfer methods take their arguments by position too.
    fn transfer_positions(&self, site: Site) -> &'static [&'static str] {
        let (id, _, span, _) = self.at(site);
        let file = &self.solver.graph.modules[id.0 as usize].source.file;
        let name = file.slice(span).split('(').next().unwrap_or_default();
        match name.trim() {
            "upload_file" => &["Filename", "Bucket", "Key"],
            "upload_fileobj" => &["Fileobj", "Bucket", "Key"],
            "download_file" | "download_fileobj" => &["Bucket", "Key"],
            "copy" => &["CopySource", "Bucket", "Key"],
            _ => &[],
        }
    }

    fn argument(&self, values: &[ValueId]) -> Argument {
        let pool = &self.solver.pool;
        match values {
            [one] => match pool.value(*one) {
                Value::Text(text) => Argument::Text(pool.text(text).to_owned()),
                Value::Environment(name) => Argument::Environment(pool.text(name).to_owned()),
                Value::Event => Argument::Event,
                _ => Argument::Unknown,
            },
            _ => Argument::Unknown,
        }
    }

    fn constant(&self, site: Site, position: usize, name: &str) -> Option<String> {
        let call = self.call_at(site)?;
        let module = self.solver.instances[site.instance as usize].module;
        let code = self.solver.code(module);
        let named = call
            .arguments
            .iter()
            .find(|it| matches!(it.how, How::Keyword(given) if code.name(given) == name));
        let mut positional = call.arguments.iter().filter(|it| it.how == How::Positional);
        let passed = named.or_else(|| positional.nth(position))?;
        match self.argument(self.solver.held(site.instance, passed.value)) {
            Argument::Text(text) => Some(text),
            _ => None,
        }
    }

    fn definitions(&mut self) {
        for (index, module) in self.solver.graph.modules.iter().enumerate() {
            let file = &module.source.file;
            for (position, function) in module.source.code().functions.iter().enumerate() {
                if position as u32 == MODULE_BODY || function.name == "<lambda>" {
                    continue;
                }
                let id = (index as u32, position as u32);
                let called = self.flags.callees.get(&id).map_or(&[][..], |it| it);
                let calls = called
                    .iter()
                    .map(|&(module, function)| {
                        let callee = self.solver.function(module, function);
                        (module as usize, callee.qualified.clone())
                    })
                    .collect();
                let first = file.location(function.span.start).line;
                let last = file.location(function.span.end).line;
                self.facts.definitions.push(Definition {
                    qualified: function.qualified.clone(),
                    module: index,
                    span: function.span,
                    lines: last + 1 - first,
                    is_async: function.is_async,
                    calls,
                    calls_aws: self.flags.calls_aws.contains(&id),
                    loops: function.loops.len(),
                });
            }
        }
    }

    fn module_loops(&mut self) {
        for (index, module) in self.solver.graph.modules.iter().enumerate() {
            if !module.at_import {
                continue;
            }
            let body = module.source.code().functions.first();
            for &span in body.map_or(&[][..], |it| &it.loops) {
                self.work(ImportWorkKind::Loop, index, span);
            }
        }
    }
}

/// Where two contexts pass different values, the argument is not known.
fn join(known: &mut Vec<(String, Argument)>, others: Vec<(String, Argument)>) {
    for (name, value) in others {
        match known.iter_mut().find(|(it, _)| *it == name) {
            Some((_, held)) if *held != value => *held = Argument::Unknown,
            Some(_) => {}
            None => known.push((name, value)),
        }
    }
}
