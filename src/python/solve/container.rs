//! Lists, tuples, sets and dicts: what is stored under constant keys, and what under others.
//!
//! Each container has a cell for each constant key, one for all unknown keys, and one for
//! everything in it.

use super::super::code::YIELDED;
use super::call::{Argument, Passing};
use super::{InstanceId, Site, Solver, Symbol, Value, ValueId};

impl Solver<'_> {
    pub(super) fn container_method(
        &mut self,
        container: ValueId,
        name: Symbol,
        arguments: &[Argument],
        site: Site,
    ) -> Vec<ValueId> {
        let reader = site.instance;
        let positional: Vec<Vec<ValueId>> = arguments
            .iter()
            .filter(|it| it.how == Passing::Positional)
            .map(|it| it.values.clone())
            .collect();
        let first = positional.first().cloned().unwrap_or_default();
        let second = positional.get(1).cloned().unwrap_or_default();
        match self.pool.text(name) {
            "append" | "add" | "appendleft" => self.store(container, &[], &first),
            "insert" => self.store(container, &[], &second),
            "extend" | "update" => {
                for (name, values) in self.entries(&first, reader) {
                    let key = self.pool.id(Value::Text(name));
                    self.store(container, &[key], &values);
                }
                let values = self.elements(&first, site);
                self.store(container, &[], &values);
            }
            "get" | "pop" => {
                let mut found = self.load(container, &first, reader);
                found.extend(second);
                return found;
            }
            "setdefault" => {
                self.store(container, &first, &second);
                return self.load(container, &first, reader);
            }
            "copy" | "values" => return vec![container],
            "items" => return vec![self.pairs(&[container], site)],
            _ => return vec![self.opaque],
        }
        Vec::new()
    }

    /// A sequence whose elements unpack to a key and an element of these containers.
    pub(super) fn pairs(&mut self, containers: &[ValueId], site: Site) -> ValueId {
        let pairs = self.pool.id(Value::Container(site));
        let values = self.elements(containers, site);
        let any = self.field(pairs, self.any);
        self.add(any, pairs);
        let unknown = self.field(pairs, self.unknown_key);
        self.add(unknown, self.opaque);
        self.add_all(unknown, &values);
        pairs
    }

    pub(super) fn is_key(&self, value: ValueId) -> Option<Symbol> {
        match self.pool.value(value) {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Stores values under keys in a container.
    pub(super) fn store(&mut self, object: ValueId, keys: &[ValueId], values: &[ValueId]) {
        if !matches!(self.pool.value(object), Value::Container(_)) {
            return;
        }
        let any = self.field(object, self.any);
        self.add_all(any, values);
        if keys.is_empty() {
            let cell = self.field(object, self.unknown_key);
            self.add_all(cell, values);
        }
        for &key in keys {
            let name = self.is_key(key).unwrap_or(self.unknown_key);
            let cell = self.field(object, name);
            self.add_all(cell, values);
        }
    }

    /// What a container holds under keys.
    pub(super) fn load(
        &mut self,
        object: ValueId,
        keys: &[ValueId],
        reader: InstanceId,
    ) -> Vec<ValueId> {
        match self.pool.value(object) {
            Value::Container(_) => {}
            Value::Opaque | Value::Event | Value::ResourceObject { .. } => return vec![object],
            _ => return vec![self.opaque],
        }
        let mut found = Vec::new();
        let all_known = !keys.is_empty() && keys.iter().all(|&it| self.is_key(it).is_some());
        if !all_known {
            let cell = self.field(object, self.any);
            found.extend(self.read(cell, reader));
            return found;
        }
        for &key in keys {
            if let Some(name) = self.is_key(key) {
                let cell = self.field(object, name);
                found.extend(self.read(cell, reader));
            }
        }
        let cell = self.field(object, self.unknown_key);
        found.extend(self.read(cell, reader));
        found
    }

    /// Any element of these containers.
    pub(super) fn elements(&mut self, containers: &[ValueId], site: Site) -> Vec<ValueId> {
        let mut found = Vec::new();
        for &container in containers {
            match self.pool.value(container) {
                Value::Container(_) => {
                    let cell = self.field(container, self.any);
                    found.extend(self.read(cell, site.instance));
                }
                Value::Generator(instance) => {
                    let cell = self.instances[instance as usize].base + YIELDED;
                    found.extend(self.read(cell, site.instance));
                }
                Value::Collection { .. } => self.collection_items(container, site, &mut found),
                // An action such as `receive_messages` gives a list of objects.
                Value::Event | Value::ResourceObject { .. } => found.push(container),
                _ => found.push(self.opaque),
            }
        }
        found
    }

    /// The element at a position of unpacked containers; `None` behind the last known.
    pub(super) fn unpacked(
        &mut self,
        containers: &[ValueId],
        index: usize,
        reader: InstanceId,
    ) -> Option<Vec<ValueId>> {
        if index > 32 {
            return None;
        }
        let key = self.pool.symbol(&index.to_string());
        let mut found = Vec::new();
        for &container in containers {
            if self.fields.contains_key(&(container, key)) {
                let cell = self.field(container, key);
                found.extend(self.read(cell, reader));
            } else if matches!(self.pool.value(container), Value::Container(_)) {
                // Read so that a later element wakes the caller.
                let cell = self.field(container, self.any);
                self.read(cell, reader);
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The constant keys of dicts with what they hold.
    pub(super) fn entries(
        &mut self,
        containers: &[ValueId],
        reader: InstanceId,
    ) -> Vec<(Symbol, Vec<ValueId>)> {
        let mut entries = Vec::new();
        for &container in containers {
            if !matches!(self.pool.value(container), Value::Container(_)) {
                continue;
            }
            let cell = self.field(container, self.any);
            self.read(cell, reader);
            let names = self
                .field_names
                .get(&container)
                .cloned()
                .unwrap_or_default();
            for name in names {
                if name != self.any && name != self.unknown_key {
                    let cell = self.field(container, name);
                    let values = self.read(cell, reader);
                    entries.push((name, values));
                }
            }
        }
        entries
    }
}
