//! Calls: of local functions, classes and bound methods; all else goes to
//! [`external`](super::external) and [`aws`](super::aws).

use super::super::code::{self, How, RETURNED};
use super::{Edge, Event, InstanceId, Site, Solver, Symbol, Value, ValueId};

/// An argument with what it can be.
#[derive(Debug, Clone)]
pub(super) struct Argument {
    pub(super) how: Passing,
    pub(super) values: Vec<ValueId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    Positional,
    Keyword(Symbol),
    Star,
    DoubleStar,
}

impl Argument {
    pub(super) fn positional(values: Vec<ValueId>) -> Self {
        Self {
            how: Passing::Positional,
            values,
        }
    }
}

impl<'a> Solver<'a> {
    pub(super) fn call_operation(&mut self, site: Site, call: &'a code::Call) -> Vec<ValueId> {
        let id = site.instance;
        let module = self.instances[id as usize].module;
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for passed in &call.arguments {
            let how = match passed.how {
                How::Positional => Passing::Positional,
                How::Keyword(name) => Passing::Keyword(self.symbol_of(module, name)),
                How::Star => Passing::Star,
                How::DoubleStar => Passing::DoubleStar,
            };
            let values = self.slot(id, passed.value);
            arguments.push(Argument { how, values });
        }
        let callees = self.slot(id, call.callee);
        let mut results = Vec::new();
        let mut replaced = false;
        for callee in callees {
            if call.decorator
                && let Some(value) = self.decorated(callee, &arguments)
            {
                replaced = true;
                results.extend(value);
                continue;
            }
            results.extend(self.call_value(callee, &arguments, site, false));
        }
        if call.decorator && !replaced {
            // A decorator that is not known to replace its function is taken to keep it.
            results.retain(|&it| it != self.opaque && !self.is_external(it));
            results.extend(arguments.iter().flat_map(|it| it.values.iter().copied()));
        }
        results
    }

    fn is_external(&self, value: ValueId) -> bool {
        matches!(self.pool.value(value), Value::External(_))
    }

    /// The descriptors that Python's own decorators make.
    fn decorated(&mut self, callee: ValueId, arguments: &[Argument]) -> Option<Vec<ValueId>> {
        let Value::External(path) = self.pool.value(callee) else {
            return None;
        };
        let kind: fn(ValueId) -> Value = match self.pool.text(path) {
            "builtins.property" | "functools.cached_property" => Value::Property,
            "builtins.staticmethod" => Value::Static,
            "builtins.classmethod" => Value::ClassMethod,
            text if text.ends_with("cached_property") => Value::Property,
            _ => return None,
        };
        let functions: Vec<ValueId> = arguments.first()?.values.clone();
        Some(
            functions
                .into_iter()
                .map(|it| self.pool.id(kind(it)))
                .collect(),
        )
    }

    /// Calls one value. `concurrent`: together with other calls, as an executor does.
    pub(super) fn call_value(
        &mut self,
        callee: ValueId,
        arguments: &[Argument],
        site: Site,
        concurrent: bool,
    ) -> Vec<ValueId> {
        match self.pool.value(callee) {
            Value::Opaque | Value::Event => vec![callee],
            Value::Function { .. } => self.call_function(callee, None, arguments, site, concurrent),
            Value::Method { function, receiver } => {
                if let Value::Function { .. } = self.pool.value(function) {
                    self.call_function(function, Some(receiver), arguments, site, concurrent)
                } else {
                    Vec::new()
                }
            }
            Value::Static(inner) => self.call_value(inner, arguments, site, concurrent),
            Value::Class { .. } => self.construct(callee, arguments, site),
            Value::Object { class, .. } => {
                let name = self.pool.symbol("__call__");
                let mut results = Vec::new();
                for function in self.class_attribute(class, name, site.instance, 0) {
                    if matches!(self.pool.value(function), Value::Function { .. }) {
                        results.extend(self.call_function(
                            function,
                            Some(callee),
                            arguments,
                            site,
                            concurrent,
                        ));
                    }
                }
                results
            }
            Value::Partial(_) => {
                let held = self.field(callee, self.any);
                let functions = self.read(held, site.instance);
                let mut all = self.partial_arguments(callee, site.instance);
                all.extend_from_slice(arguments);
                functions
                    .into_iter()
                    .flat_map(|it| self.call_value(it, &all, site, concurrent))
                    .collect()
            }
            Value::External(path) => self.call_external(path, arguments, site),
            Value::Bound { base, name } => self.call_bound(base, name, arguments, site, concurrent),
            Value::ResourceObject { .. } | Value::Session | Value::Client(_) => Vec::new(),
            _ => vec![self.opaque],
        }
    }

    pub(super) fn make_partial(&mut self, arguments: &[Argument], site: Site) -> Vec<ValueId> {
        let Some((function, others)) = arguments.split_first() else {
            return Vec::new();
        };
        let partial = self.pool.id(Value::Partial(site));
        let held = self.field(partial, self.any);
        self.add_all(held, &function.values);
        for (index, argument) in others.iter().enumerate() {
            let name = match argument.how {
                Passing::Keyword(name) => name,
                _ => self.pool.symbol(&index.to_string()),
            };
            let cell = self.field(partial, name);
            self.add_all(cell, &argument.values);
        }
        vec![partial]
    }

    fn partial_arguments(&mut self, partial: ValueId, reader: InstanceId) -> Vec<Argument> {
        let names = self.field_names.get(&partial).cloned().unwrap_or_default();
        let mut arguments = Vec::new();
        let function = self.any;
        for name in names.into_iter().filter(|&name| name != function) {
            let cell = self.field(partial, name);
            let values = self.read(cell, reader);
            let positional = self.pool.text(name).bytes().all(|it| it.is_ascii_digit());
            let how = match positional {
                true => Passing::Positional,
                false => Passing::Keyword(name),
            };
            arguments.push(Argument { how, values });
        }
        arguments
    }

    /// What tells two contexts apart: a single callable, AWS object, or constant that could be a
    /// name.
    fn contextual(&self, values: &[ValueId]) -> Option<ValueId> {
        let [value] = values else {
            return None;
        };
        match self.pool.value(*value) {
            Value::Text(text) => {
                let text = self.pool.text(text);
                let named = text.len() <= 64
                    && !text.is_empty()
                    && text
                        .bytes()
                        .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.'));
                named.then_some(*value)
            }
            Value::Opaque
            | Value::Event
            | Value::Number(_)
            | Value::External(_)
            | Value::Container(_) => None,
            _ => Some(*value),
        }
    }

    fn construct(&mut self, class: ValueId, arguments: &[Argument], site: Site) -> Vec<ValueId> {
        let mut context: Vec<ValueId> = Vec::new();
        for argument in arguments {
            context.push(self.contextual(&argument.values).unwrap_or(self.opaque));
        }
        if context.iter().all(|&it| it == self.opaque) {
            context.clear();
        }
        let object = self.object(class, &context);
        let mut initialised = false;
        for method in ["__init__", "__post_init__"] {
            let name = self.pool.symbol(method);
            for function in self.class_attribute(class, name, site.instance, 0) {
                if matches!(self.pool.value(function), Value::Function { .. }) {
                    let given = match method {
                        "__init__" => arguments,
                        _ => &[],
                    };
                    self.call_function(function, Some(object), given, site, false);
                    initialised |= method == "__init__";
                }
            }
        }
        if !initialised {
            self.set_fields(object, class, arguments);
        }
        let mut made = vec![object];
        let name = self.pool.symbol("__new__");
        for function in self.class_attribute(class, name, site.instance, 0) {
            if matches!(self.pool.value(function), Value::Function { .. }) {
                made.extend(self.call_function(function, Some(class), arguments, site, false));
            }
        }
        made
    }

    /// The object of a class in a context of its constructor's arguments.
    pub(super) fn object(&mut self, class: ValueId, context: &[ValueId]) -> ValueId {
        let crowded = self
            .objects
            .get(&class)
            .is_some_and(|it| it.len() >= super::MAX_CONTEXTS);
        let context = if crowded { &[] } else { context };
        let next = self.object_contexts.len() as u32;
        let context = *self.object_contexts.entry(context.into()).or_insert(next);
        let object = self.pool.id(Value::Object { class, context });
        let known = self.objects.entry(class).or_default();
        if !known.contains(&object) {
            known.push(object);
        }
        object
    }

    /// The constructor of a dataclass or named tuple.
    fn set_fields(&mut self, object: ValueId, class: ValueId, arguments: &[Argument]) {
        let Value::Class { module, class, .. } = self.pool.value(class) else {
            return;
        };
        let fields = &self.code(module).classes[class as usize].fields;
        for (index, argument) in arguments.iter().enumerate() {
            let name = match argument.how {
                Passing::Keyword(name) => Some(name),
                Passing::Positional => fields.get(index).map(|&it| self.symbol_of(module, it)),
                Passing::Star | Passing::DoubleStar => None,
            };
            if let Some(name) = name {
                let cell = self.field(object, name);
                self.add_all(cell, &argument.values);
            }
        }
    }

    fn call_function(
        &mut self,
        function: ValueId,
        receiver: Option<ValueId>,
        arguments: &[Argument],
        site: Site,
        concurrent: bool,
    ) -> Vec<ValueId> {
        let Value::Function {
            module,
            function: index,
            outer,
        } = self.pool.value(function)
        else {
            return Vec::new();
        };
        let reader = site.instance;
        let info = self.function(module, index);
        let bound = self.parameters(module, index, receiver, arguments, reader);
        let mut context = Vec::new();
        for values in &bound.by_parameter {
            context.push(self.contextual(values).unwrap_or(self.opaque));
        }
        if context.iter().all(|&it| it == self.opaque) {
            context.clear();
        }
        let instance = self.instance(function, receiver, &context);
        let base = self.instances[instance as usize].base;
        let outer_base = self.instances[outer as usize].base;
        for (parameter, values) in info.parameters.iter().zip(&bound.by_parameter) {
            let cell = base + parameter.slot;
            self.add_all(cell, values);
            let default = parameter.default.filter(|_| values.is_empty());
            for slot in default.into_iter().chain(parameter.annotation) {
                let implied = self.read(outer_base + slot, reader);
                self.add_all(cell, &implied);
            }
        }
        self.pass_rest(instance, base, info, &bound);
        self.edges.insert(Edge {
            from: site,
            to: instance,
            concurrent,
        });
        if info.is_generator {
            return vec![self.pool.id(Value::Generator(instance))];
        }
        if info.is_async {
            let call = site;
            return vec![self.pool.id(Value::Coroutine { instance, call })];
        }
        let mut results = self.read(base + RETURNED, reader);
        if let Some(slot) = info.returns {
            results.extend(self.read(outer_base + slot, reader));
        }
        results
    }

    /// Fills `*args` and `**kwargs`.
    fn pass_rest(&mut self, instance: InstanceId, base: u32, info: &code::Function, bound: &Bound) {
        let place = |operation| Site {
            instance,
            operation,
        };
        if let Some(slot) = info.variadic {
            let container = self.pool.id(Value::Container(place(u32::MAX)));
            self.add(base + slot, container);
            for (index, values) in bound.rest.iter().enumerate() {
                let key = self.pool.symbol(&index.to_string());
                let key = self.pool.id(Value::Text(key));
                self.store(container, &[key], values);
            }
        }
        if let Some(slot) = info.keywords {
            let container = self.pool.id(Value::Container(place(u32::MAX - 1)));
            self.add(base + slot, container);
            for (name, values) in &bound.named {
                let key = self.pool.id(Value::Text(*name));
                self.store(container, &[key], values);
            }
        }
    }

    /// Assigns arguments to parameters as Python does.
    fn parameters(
        &mut self,
        module: u32,
        function: u32,
        receiver: Option<ValueId>,
        arguments: &[Argument],
        reader: InstanceId,
    ) -> Bound {
        let info = self.function(module, function);
        let mut bound = Bound {
            by_parameter: vec![Vec::new(); info.parameters.len()],
            rest: Vec::new(),
            named: Vec::new(),
        };
        let positional = info.parameters.iter().filter(|it| !it.keyword_only).count();
        let mut next = 0;
        if let Some(receiver) = receiver {
            bound.positional(next, positional, vec![receiver]);
            next += 1;
        }
        for argument in arguments {
            match argument.how {
                Passing::Positional => {
                    bound.positional(next, positional, argument.values.clone());
                    next += 1;
                }
                Passing::Keyword(name) => {
                    let mut names = info.parameters.iter();
                    match names.position(|it| self.symbol_of(module, it.name) == name) {
                        Some(index) => bound.by_parameter[index].extend(&argument.values),
                        None => bound.named.push((name, argument.values.clone())),
                    }
                }
                Passing::Star => {
                    let mut index = 0;
                    while let Some(values) = self.unpacked(&argument.values, index, reader) {
                        bound.positional(next, positional, values);
                        next += 1;
                        index += 1;
                    }
                }
                Passing::DoubleStar => {
                    for (name, values) in self.entries(&argument.values, reader) {
                        let mut names = info.parameters.iter();
                        match names.position(|it| self.symbol_of(module, it.name) == name) {
                            Some(index) => bound.by_parameter[index].extend(values),
                            None => bound.named.push((name, values)),
                        }
                    }
                }
            }
        }
        bound
    }

    /// The values of an argument by position or name.
    pub(super) fn argument(
        &mut self,
        arguments: &[Argument],
        position: usize,
        name: &str,
        reader: InstanceId,
    ) -> Option<Vec<ValueId>> {
        let symbol = self.pool.symbol(name);
        for argument in arguments {
            match argument.how {
                Passing::Keyword(given) if given == symbol => return Some(argument.values.clone()),
                Passing::DoubleStar => {
                    let entries = self.entries(&argument.values, reader);
                    if let Some((_, values)) = entries.into_iter().find(|(it, _)| *it == symbol) {
                        return Some(values);
                    }
                }
                _ => {}
            }
        }
        let mut positional = arguments.iter().filter(|it| it.how == Passing::Positional);
        positional.nth(position).map(|it| it.values.clone())
    }

    /// A callable that runs together with others: given to an executor or a thread.
    pub(super) fn call_concurrently(
        &mut self,
        callable: &Argument,
        position: usize,
        arguments: &[Argument],
        site: Site,
    ) -> Vec<ValueId> {
        let mut results = Vec::new();
        for &value in &callable.values {
            if let Value::Bound { base, name } = self.pool.value(value) {
                let at = Some(position as u32);
                results.extend(self.call_aws_method(base, name, arguments, site, at));
            } else {
                results.extend(self.call_value(value, arguments, site, true));
            }
        }
        if results
            .iter()
            .any(|&it| matches!(self.pool.value(it), Value::Coroutine { .. }))
        {
            self.gather(&results, site.instance, 0);
        }
        results
    }

    pub(super) fn unresolved(&mut self, site: Site, reason: &'static str) {
        self.note(site, Event::Unresolved { reason });
    }
}

struct Bound {
    by_parameter: Vec<Vec<ValueId>>,
    rest: Vec<Vec<ValueId>>,
    named: Vec<(Symbol, Vec<ValueId>)>,
}

impl Bound {
    fn positional(&mut self, index: usize, count: usize, values: Vec<ValueId>) {
        match self.by_parameter.get_mut(index) {
            Some(held) if index < count => held.extend(values),
            _ => self.rest.push(values),
        }
    }
}
