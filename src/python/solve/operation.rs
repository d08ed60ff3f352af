//! What each kind of operation does to the cells.

use super::super::code::{Kind, NOTHING};
use super::super::graph::Link;
use super::{Event, InstanceId, Site, Solver, Symbol, Value, ValueId};

impl<'a> Solver<'a> {
    pub(super) fn run_instance(&mut self, id: InstanceId) {
        let instance = self.instances[id as usize];
        let function = self.function(instance.module, instance.function);
        for (index, operation) in function.operations.iter().enumerate() {
            let site = Site {
                instance: id,
                operation: index as u32,
            };
            let values = self.evaluate(site, &operation.kind);
            if operation.into != NOTHING {
                self.add_all(instance.base + operation.into, &values);
            }
        }
    }

    pub(super) fn symbol_of(&self, module: u32, name: u32) -> Symbol {
        self.names[module as usize][name as usize]
    }

    pub(super) fn slot(&mut self, instance: InstanceId, slot: u32) -> Vec<ValueId> {
        let cell = self.instances[instance as usize].base + slot;
        self.read(cell, instance)
    }

    fn evaluate(&mut self, site: Site, kind: &'a Kind) -> Vec<ValueId> {
        let id = site.instance;
        let instance = self.instances[id as usize];
        match kind {
            Kind::Copy(slot) => self.slot(id, *slot),
            Kind::Text(name) => {
                let text = self.symbol_of(instance.module, *name);
                vec![self.pool.id(Value::Text(text))]
            }
            Kind::Number(name) => {
                let digits = self.symbol_of(instance.module, *name);
                vec![self.pool.id(Value::Number(digits))]
            }
            Kind::Global(name) => {
                let name = self.symbol_of(instance.module, *name);
                self.global(instance.module, name, id)
            }
            Kind::Outer { hops, slot } => {
                let cell = self.outer(id, *hops) + slot;
                self.read(cell, id)
            }
            Kind::Import(index) => self.imported(instance.module, *index, id),
            Kind::Attribute { object, name } => {
                let name = self.symbol_of(instance.module, *name);
                let objects = self.slot(id, *object);
                let mut found = Vec::new();
                for object in objects {
                    self.attribute(object, name, site, &mut found);
                }
                found
            }
            Kind::Item { object, key } => self.item(site, *object, *key),
            Kind::Elements(slot) => {
                let containers = self.slot(id, *slot);
                self.elements(&containers, site)
            }
            Kind::Contains { item, container } => {
                self.contains(site, *item, *container);
                Vec::new()
            }
            Kind::Container => vec![self.pool.id(Value::Container(site))],
            Kind::Combine(left, right) => {
                let mut both = self.slot(id, *left);
                both.extend(self.slot(id, *right));
                both.retain(|&it| matches!(self.pool.value(it), Value::Container(_)));
                both.push(self.opaque);
                both
            }
            Kind::Call(call) => self.call_operation(site, call),
            Kind::Function(function) => vec![self.pool.id(Value::Function {
                module: instance.module,
                function: *function,
                outer: id,
            })],
            Kind::Class(class, bases) => {
                let value = self.pool.id(Value::Class {
                    module: instance.module,
                    class: *class,
                    outer: id,
                });
                let cells = bases.iter().map(|slot| instance.base + slot).collect();
                self.bases.insert(value, cells);
                vec![value]
            }
            Kind::Annotated(slot) => {
                let types = self.slot(id, *slot);
                types
                    .iter()
                    .filter_map(|&it| self.of_type(it, site))
                    .collect()
            }
            Kind::Await(slot) => {
                let values = self.slot(id, *slot);
                self.awaited(&values, id)
            }
            Kind::Enter(slot) => {
                let values = self.slot(id, *slot);
                self.entered(&values, site)
            }
            Kind::SetAttribute {
                object,
                name,
                value,
            } => {
                let name = self.symbol_of(instance.module, *name);
                self.set_attribute(id, *object, name, *value);
                Vec::new()
            }
            Kind::SetItem { object, key, value } => {
                let values = self.slot(id, *value);
                let keys = self.slot(id, *key);
                for object in self.slot(id, *object) {
                    self.store(object, &keys, &values);
                }
                Vec::new()
            }
            Kind::SetGlobal(name, value) => {
                let name = self.symbol_of(instance.module, *name);
                let values = self.slot(id, *value);
                let cell = self.global_cell(instance.module, name);
                self.add_all(cell, &values);
                Vec::new()
            }
            Kind::SetOuter { hops, slot, value } => {
                let values = self.slot(id, *value);
                let cell = self.outer(id, *hops) + slot;
                self.add_all(cell, &values);
                Vec::new()
            }
        }
    }

    /// The first cell of the instance that is `hops` functions further out.
    fn outer(&self, mut instance: InstanceId, hops: u32) -> u32 {
        for _ in 0..hops {
            instance = self.instances[instance as usize].outer;
        }
        self.instances[instance as usize].base
    }

    fn global_cell(&mut self, module: u32, name: Symbol) -> u32 {
        match self.globals[module as usize].get(&name) {
            // The body of module n is instance n.
            Some(&slot) => self.instances[module as usize].base + slot,
            None => {
                let module = self.pool.id(Value::Module(module));
                self.field(module, name)
            }
        }
    }

    fn global(&mut self, module: u32, name: Symbol, reader: InstanceId) -> Vec<ValueId> {
        if let Some(found) = self.module_name(module, name, reader, 0) {
            return found;
        }
        let builtin = format!("builtins.{}", self.pool.text(name));
        let builtin = self.pool.symbol(&builtin);
        vec![self.pool.id(Value::External(builtin))]
    }

    /// What a module's name holds; `None` where the module has no such name.
    pub(super) fn module_name(
        &mut self,
        module: u32,
        name: Symbol,
        reader: InstanceId,
        depth: usize,
    ) -> Option<Vec<ValueId>> {
        let value = self.pool.id(Value::Module(module));
        let known = self.globals[module as usize].contains_key(&name)
            || self.fields.contains_key(&(value, name));
        if known {
            let cell = self.global_cell(module, name);
            return Some(self.read(cell, reader));
        }
        if depth > 16 {
            return None;
        }
        let graph = self.graph;
        let mut external = None;
        for (link, import) in graph.modules[module as usize]
            .links
            .iter()
            .zip(&self.code(module).imports)
        {
            match link {
                Link::Star(target) => {
                    let found = self.module_name(*target as u32, name, reader, depth + 1);
                    if found.is_some() {
                        return found;
                    }
                }
                Link::External(package) if import.member == super::super::code::Member::Star => {
                    external = Some(package);
                }
                _ => {}
            }
        }
        // A name from an external star import, unless it is one of Python's own.
        let package = external?;
        let text = self.pool.text(name);
        if super::external::is_builtin(text) {
            return None;
        }
        let qualified = format!("{package}.{text}");
        let qualified = self.pool.symbol(&qualified);
        Some(vec![self.pool.id(Value::External(qualified))])
    }

    fn imported(&mut self, module: u32, import: u32, reader: InstanceId) -> Vec<ValueId> {
        match self.link(module, import) {
            Link::Module(index) => vec![self.pool.id(Value::Module(*index as u32))],
            Link::Name(index, name) => {
                let name = self.pool.symbol(name);
                self.module_name(*index as u32, name, reader, 0)
                    .unwrap_or_default()
            }
            Link::External(path) => {
                let path = self.pool.symbol(path);
                vec![self.pool.id(Value::External(path))]
            }
            Link::Star(_) | Link::Broken => Vec::new(),
        }
    }

    fn item(&mut self, site: Site, object: u32, key: u32) -> Vec<ValueId> {
        let id = site.instance;
        let keys = self.slot(id, key);
        let mut found = Vec::new();
        for object in self.slot(id, object) {
            match self.pool.value(object) {
                Value::Event => found.push(self.event),
                Value::External(path) if self.pool.text(path) == "os.environ" => {
                    found.extend(self.environment(site, &keys, None, true));
                }
                Value::Collection { .. } => found.extend(self.elements(&[object], site)),
                _ => found.extend(self.load(object, &keys, id)),
            }
        }
        found
    }

    fn contains(&mut self, site: Site, item: u32, container: u32) {
        for value in self.slot(site.instance, container) {
            if let Value::External(path) = self.pool.value(value)
                && self.pool.text(path) == "os.environ"
            {
                let keys = self.slot(site.instance, item);
                self.environment(site, &keys, None, false);
            }
        }
    }

    /// Notes reads of environment variables and gives their values.
    pub(super) fn environment(
        &mut self,
        site: Site,
        keys: &[ValueId],
        default: Option<Symbol>,
        required: bool,
    ) -> Vec<ValueId> {
        let mut values = Vec::new();
        for &key in keys {
            let name = match self.pool.value(key) {
                Value::Text(name) => Some(name),
                _ => None,
            };
            let event = Event::Environment {
                name,
                default,
                required,
            };
            self.note(site, event);
            values.push(match name {
                Some(name) => self.pool.id(Value::Environment(name)),
                None => self.opaque,
            });
        }
        values
    }

    fn set_attribute(&mut self, id: InstanceId, object: u32, name: Symbol, value: u32) {
        let values = self.slot(id, value);
        for object in self.slot(id, object) {
            let cell = match self.pool.value(object) {
                Value::Module(module) => self.global_cell(module, name),
                Value::Object { .. } | Value::Class { .. } | Value::Function { .. } => {
                    self.field(object, name)
                }
                _ => continue,
            };
            self.add_all(cell, &values);
        }
    }
}
