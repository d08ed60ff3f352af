//! Attributes, inheritance, elements, `with` and `await`.

use super::super::code::{RETURNED, YIELDED};
use super::{Event, InstanceId, Site, Solver, Symbol, Value, ValueId};

/// How far inheritance is followed.
const MAX_BASES: usize = 16;

impl Solver<'_> {
    /// What `object.name` can be.
    pub(super) fn attribute(
        &mut self,
        object: ValueId,
        name: Symbol,
        site: Site,
        found: &mut Vec<ValueId>,
    ) {
        let reader = site.instance;
        match self.pool.value(object) {
            Value::Opaque | Value::Event => found.push(object),
            Value::Module(module) => {
                if let Some(values) = self.module_name(module, name, reader, 0) {
                    found.extend(values);
                }
                let parent = &self.graph.modules[module as usize].name;
                let inner = format!("{parent}.{}", self.pool.text(name));
                if let Some(&inner) = self.by_module_name.get(inner.as_str()) {
                    found.push(self.pool.id(Value::Module(inner)));
                }
            }
            Value::External(path) => {
                if let Some(value) = self.external_attribute(path, name) {
                    found.push(value);
                }
            }
            Value::Object { class, .. } => self.object_attribute(object, class, name, site, found),
            Value::Class { .. } => {
                for value in self.class_attribute(object, name, reader, 0) {
                    found.push(match self.pool.value(value) {
                        Value::Static(inner) => inner,
                        Value::ClassMethod(function) => self.pool.id(Value::Method {
                            function,
                            receiver: object,
                        }),
                        _ => value,
                    });
                }
            }
            Value::Super { class, receiver } => {
                let before = found.len();
                for base in self.base_classes(class, reader) {
                    for value in self.class_attribute(base, name, reader, 0) {
                        self.bind(value, receiver, site, found);
                    }
                }
                if found.len() == before && self.pool.text(name) == "__new__" {
                    let new = self.pool.symbol("builtins.object.__new__");
                    found.push(self.pool.id(Value::External(new)));
                }
            }
            Value::Function { .. } => {
                let cell = self.field(object, name);
                let values = self.read(cell, reader);
                found.extend(values);
            }
            Value::Text(_) | Value::Number(_) | Value::Environment(_) => found.push(self.opaque),
            _ => self.aws_attribute(object, name, site, found),
        }
    }

    fn object_attribute(
        &mut self,
        object: ValueId,
        class: ValueId,
        name: Symbol,
        site: Site,
        found: &mut Vec<ValueId>,
    ) {
        if self.pool.text(name) == "__class__" {
            found.push(class);
            return;
        }
        let cell = self.field(object, name);
        found.extend(self.read(cell, site.instance));
        let inherited = self.class_attribute(class, name, site.instance, 0);
        for value in inherited {
            self.bind(value, object, site, found);
        }
    }

    /// A class's attribute seen through an object.
    fn bind(&mut self, value: ValueId, receiver: ValueId, site: Site, found: &mut Vec<ValueId>) {
        match self.pool.value(value) {
            Value::Function { .. } => {
                let function = value;
                found.push(self.pool.id(Value::Method { function, receiver }));
            }
            Value::Property(function) => {
                let getter = self.pool.id(Value::Method { function, receiver });
                found.extend(self.call_value(getter, &[], site, false));
            }
            Value::Static(inner) => found.push(inner),
            Value::ClassMethod(function) => {
                let receiver = match self.pool.value(receiver) {
                    Value::Object { class, .. } => class,
                    _ => receiver,
                };
                found.push(self.pool.id(Value::Method { function, receiver }));
            }
            _ => found.push(value),
        }
    }

    pub(super) fn base_classes(&mut self, class: ValueId, reader: InstanceId) -> Vec<ValueId> {
        let cells = self.bases.get(&class).cloned().unwrap_or_default();
        cells
            .into_iter()
            .flat_map(|cell| self.read(cell, reader))
            .collect()
    }

    /// A class's own attribute, or that of the first base that has it.
    pub(super) fn class_attribute(
        &mut self,
        class: ValueId,
        name: Symbol,
        reader: InstanceId,
        depth: usize,
    ) -> Vec<ValueId> {
        if depth > MAX_BASES || !matches!(self.pool.value(class), Value::Class { .. }) {
            return Vec::new();
        }
        let cell = self.field(class, name);
        let own = self.read(cell, reader);
        if !own.is_empty() {
            return own;
        }
        for base in self.base_classes(class, reader) {
            let inherited = self.class_attribute(base, name, reader, depth + 1);
            if !inherited.is_empty() {
                return inherited;
            }
        }
        Vec::new()
    }

    fn external_attribute(&mut self, path: Symbol, name: Symbol) -> Option<ValueId> {
        let text = self.pool.text(path);
        if text.len() > 120 {
            return Some(self.opaque);
        }
        let qualified = format!("{text}.{}", self.pool.text(name));
        // A module in a folder without `__init__.py`.
        if let Some(&module) = self.by_module_name.get(qualified.as_str()) {
            return Some(self.pool.id(Value::Module(module)));
        }
        let session = matches!(
            qualified.as_str(),
            "boto3.DEFAULT_SESSION" | "aioboto3.DEFAULT_SESSION"
        );
        let value = match session {
            true => Value::Session,
            false => Value::External(self.pool.symbol(&qualified)),
        };
        Some(self.pool.id(value))
    }

    /// What `await` gives.
    pub(super) fn awaited(&mut self, values: &[ValueId], reader: InstanceId) -> Vec<ValueId> {
        let mut found = Vec::new();
        for &value in values {
            match self.pool.value(value) {
                Value::Coroutine { instance, .. } => {
                    let cell = self.instances[instance as usize].base + RETURNED;
                    found.extend(self.read(cell, reader));
                }
                Value::Pending(_) => found.push(self.opaque),
                _ => found.push(value),
            }
        }
        found
    }

    /// What `with` binds: most of what this analysis follows gives itself.
    pub(super) fn entered(&mut self, values: &[ValueId], site: Site) -> Vec<ValueId> {
        let mut found = Vec::new();
        for &value in values {
            match self.pool.value(value) {
                Value::Generator(_) => found.extend(self.elements(&[value], site)),
                Value::Object { class, .. } => {
                    let mut entered = false;
                    for method in ["__enter__", "__aenter__"] {
                        let name = self.pool.symbol(method);
                        for function in self.class_attribute(class, name, site.instance, 0) {
                            let receiver = value;
                            let bound = self.pool.id(Value::Method { function, receiver });
                            let results = self.call_value(bound, &[], site, false);
                            found.extend(self.awaited(&results, site.instance));
                            entered = true;
                        }
                    }
                    if !entered {
                        found.push(value);
                    }
                }
                _ => found.push(value),
            }
        }
        found
    }

    /// Notes that these coroutines and pending calls run together with others.
    pub(super) fn gather(&mut self, values: &[ValueId], reader: InstanceId, depth: usize) {
        for &value in values {
            match self.pool.value(value) {
                Value::Coroutine { call, .. } | Value::Pending(call) => {
                    self.gathered.insert(call);
                }
                Value::Container(_) if depth < 4 => {
                    let cell = self.field(value, self.any);
                    let inner = self.read(cell, reader);
                    self.gather(&inner, reader, depth + 1);
                }
                Value::Generator(instance) if depth < 4 => {
                    let cell = self.instances[instance as usize].base + YIELDED;
                    let inner = self.read(cell, reader);
                    self.gather(&inner, reader, depth + 1);
                }
                _ => {}
            }
        }
    }

    /// A value of an annotated type.
    pub(super) fn of_type(&mut self, annotation: ValueId, site: Site) -> Option<ValueId> {
        match self.pool.value(annotation) {
            Value::External(path) => {
                let value = self.aws_type(path, site)?;
                Some(self.pool.id(value))
            }
            Value::Class { .. } => match self.objects.get(&annotation).map(Vec::as_slice) {
                Some([one]) => Some(*one),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn makes_client(&mut self, site: Site) {
        self.note(site, Event::MakesClient);
    }
}
