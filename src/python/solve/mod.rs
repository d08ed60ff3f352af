//! Which values each name can hold, over all modules of a graph together.
//!
//! A points-to analysis that does not heed the order of statements (what order tells is already
//! in the slots of [`code`](super::code)), with calling contexts: a function is solved once for
//! each combination of receiver, callables, AWS objects and identifier-like constants it is
//! called with, so that `get_client("s3")` and `get_client("sqs")` stay apart.
//!
//! Not followed: values that go through serialisation, `setattr` with a computed name,
//! metaclasses, `__getattr__`, and containers of libraries. What is lost that way is no call; a
//! call on a boto3 object whose service or operation is lost is an [`Event::Unresolved`].
//!
//! In: a [`ModuleGraph`]. Out: [`Solution`]: the calls that were seen, by their places. Every
//! function is solved, also one that nobody calls. Bounded: see [`MAX_RUNS`].

mod attribute;
mod aws;
mod call;
mod collection;
mod container;
mod external;
mod operation;
mod powertools;
mod resource;
mod value;

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::code::{Code, FIRST_FREE, Function, MODULE_BODY, OPAQUE, Slot};
use super::facts::Via;
use super::graph::{Link, ModuleGraph};
use crate::aws::Catalogue;
pub(super) use value::{InstanceId, Pool, Site, Symbol, Value, ValueId};

/// How often instances may be solved, on average, before the analysis is cut short.
const MAX_RUNS: usize = 60;
/// Contexts in which one function is solved; further ones share one.
const MAX_CONTEXTS: usize = 32;
/// Instances in all; beyond, new contexts are no longer made.
const MAX_INSTANCES: usize = 20_000;
/// Values that one cell can hold.
const MAX_VALUES: usize = 64;

type Cell = u32;

/// A function in one calling context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instance {
    pub(super) module: u32,
    pub(super) function: u32,
    outer: InstanceId,
    receiver: Option<ValueId>,
    /// The cell of slot 0.
    base: Cell,
}

/// Something that an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Event {
    /// Calls an operation of AWS, on a resource object if there is one.
    Aws {
        service: Symbol,
        operation: Symbol,
        via: Via,
        on: Option<ValueId>,
        /// The place of a method that is passed to an executor, as the index of the argument.
        argument: Option<u32>,
    },
    /// Calls something of boto3 whose service or operation is not known.
    Unresolved { reason: &'static str },
    /// Calls a method that the service's client does not have.
    NoSuchMethod { service: Symbol, method: Symbol },
    /// Makes a client, resource or session.
    MakesClient,
    /// Calls something outside of the graph.
    External(Symbol),
    /// Reads an environment variable.
    Environment {
        name: Option<Symbol>,
        default: Option<Symbol>,
        required: bool,
    },
}

/// A call of one local function by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub(super) from: Site,
    pub(super) to: InstanceId,
    pub(super) concurrent: bool,
}

/// What came out.
pub(super) struct Solution<'a> {
    pub(super) solver: Solver<'a>,
    /// Whether a bound was hit, so that calls may be missing.
    pub(super) cut_short: bool,
}

type Key = (ValueId, Option<ValueId>, Box<[ValueId]>);

pub(super) struct Solver<'a> {
    pub(super) graph: &'a ModuleGraph,
    pub(super) catalogue: &'a Catalogue,
    pub(super) pool: Pool,
    /// Symbols of each module's names.
    names: Vec<Vec<Symbol>>,
    by_module_name: FxHashMap<&'a str, u32>,
    globals: Vec<FxHashMap<Symbol, Slot>>,
    cells: Vec<Vec<ValueId>>,
    readers: Vec<Vec<InstanceId>>,
    pub(super) instances: Vec<Instance>,
    by_key: FxHashMap<Key, InstanceId>,
    contexts: FxHashMap<(ValueId, Option<ValueId>), usize>,
    /// Functions of which there is an instance.
    solved: FxHashSet<(u32, u32)>,
    fields: FxHashMap<(ValueId, Symbol), Cell>,
    field_names: FxHashMap<ValueId, Vec<Symbol>>,
    bases: FxHashMap<ValueId, Vec<Cell>>,
    objects: FxHashMap<ValueId, Vec<ValueId>>,
    object_contexts: FxHashMap<Box<[ValueId]>, u32>,
    waiting: VecDeque<InstanceId>,
    dirty: Vec<bool>,
    pub(super) events: FxHashSet<(Site, Event)>,
    pub(super) edges: FxHashSet<Edge>,
    /// Calls whose coroutine or pending result is run together with others.
    pub(super) gathered: FxHashSet<Site>,
    opaque: ValueId,
    event: ValueId,
    any: Symbol,
    unknown_key: Symbol,
    full: bool,
}

/// Solves a graph.
pub(super) fn solve<'a>(graph: &'a ModuleGraph, catalogue: &'a Catalogue) -> Solution<'a> {
    let mut solver = Solver::new(graph, catalogue);
    for module in 0..graph.modules.len() as u32 {
        let body = Value::Function {
            module,
            function: MODULE_BODY,
            outer: 0,
        };
        let body = solver.pool.id(body);
        solver.instance(body, None, &[]);
    }
    let mut finished = solver.run();
    if let Some(handler) = &graph.handler {
        solver.start_handler(handler.module as u32, &handler.name);
        finished &= solver.run();
    }
    while finished && solver.start_uncalled() {
        finished = solver.run();
    }
    let cut_short = !finished || solver.full;
    Solution { solver, cut_short }
}

impl<'a> Solver<'a> {
    fn new(graph: &'a ModuleGraph, catalogue: &'a Catalogue) -> Self {
        let mut pool = Pool::default();
        let mut names = Vec::new();
        let mut globals = Vec::new();
        let mut by_module_name = FxHashMap::default();
        for (index, module) in graph.modules.iter().enumerate() {
            let code = module.source.code();
            let symbols: Vec<Symbol> = code.names.iter().map(|name| pool.symbol(name)).collect();
            let slots = code
                .globals
                .iter()
                .filter_map(|&(name, slot)| Some((*symbols.get(name as usize)?, slot)));
            globals.push(slots.collect());
            names.push(symbols);
            by_module_name.insert(module.name.as_str(), index as u32);
        }
        let opaque = pool.id(Value::Opaque);
        let event = pool.id(Value::Event);
        let any = pool.symbol("[]");
        let unknown_key = pool.symbol("[?]");
        Self {
            graph,
            catalogue,
            pool,
            names,
            by_module_name,
            globals,
            cells: Vec::new(),
            readers: Vec::new(),
            instances: Vec::new(),
            by_key: FxHashMap::default(),
            contexts: FxHashMap::default(),
            solved: FxHashSet::default(),
            fields: FxHashMap::default(),
            field_names: FxHashMap::default(),
            bases: FxHashMap::default(),
            objects: FxHashMap::default(),
            object_contexts: FxHashMap::default(),
            waiting: VecDeque::new(),
            dirty: Vec::new(),
            events: FxHashSet::default(),
            edges: FxHashSet::default(),
            gathered: FxHashSet::default(),
            opaque,
            event,
            any,
            unknown_key,
            full: false,
        }
    }

    pub(super) fn code(&self, module: u32) -> &'a Code {
        let graph: &'a ModuleGraph = self.graph;
        graph.modules[module as usize].source.code()
    }

    pub(super) fn function(&self, module: u32, function: u32) -> &'a Function {
        &self.code(module).functions[function as usize]
    }

    fn link(&self, module: u32, import: u32) -> &'a Link {
        let graph: &'a ModuleGraph = self.graph;
        graph.modules[module as usize]
            .links
            .get(import as usize)
            .unwrap_or(&Link::Broken)
    }

    /// The instance of a function in a context, made and queued if it is new.
    fn instance(
        &mut self,
        function: ValueId,
        receiver: Option<ValueId>,
        context: &[ValueId],
    ) -> InstanceId {
        let mut key: Key = (function, receiver, context.into());
        if let Some(&instance) = self.by_key.get(&key) {
            return instance;
        }
        let count = self.contexts.entry((function, receiver)).or_default();
        *count += 1;
        if *count > MAX_CONTEXTS || self.instances.len() > MAX_INSTANCES {
            key.2 = Box::default();
            if self.instances.len() > MAX_INSTANCES {
                key.1 = None;
            }
            if let Some(&instance) = self.by_key.get(&key) {
                return instance;
            }
        }
        let Value::Function {
            module,
            function: index,
            outer,
        } = self.pool.value(function)
        else {
            return 0;
        };
        let slots = self.function(module, index).slots.max(FIRST_FREE);
        let id = self.instances.len() as InstanceId;
        let base = self.cells.len() as Cell;
        self.cells
            .resize_with(self.cells.len() + slots as usize, Vec::new);
        self.readers.resize_with(self.cells.len(), Vec::new);
        self.cells[(base + OPAQUE) as usize].push(self.opaque);
        self.instances.push(Instance {
            module,
            function: index,
            outer,
            receiver: key.1,
            base,
        });
        self.dirty.push(true);
        self.waiting.push_back(id);
        self.solved.insert((module, index));
        self.by_key.insert(key, id);
        id
    }

    fn run(&mut self) -> bool {
        let mut runs = 0;
        while let Some(instance) = self.waiting.pop_front() {
            self.dirty[instance as usize] = false;
            self.run_instance(instance);
            runs += 1;
            if runs > MAX_RUNS * self.instances.len() + 1000 {
                return false;
            }
        }
        true
    }

    /// Calls what the handler's name holds, which may be imported or wrapped, as Lambda does.
    fn start_handler(&mut self, module: u32, name: &str) {
        let name = self.pool.symbol(name);
        let held = self
            .module_name(module, name, module, 0)
            .unwrap_or_default();
        for value in held {
            let (function, receiver) = match self.pool.value(value) {
                Value::Function { .. } => (value, None),
                Value::Method { function, receiver } => (function, Some(receiver)),
                _ => continue,
            };
            let instance = self.instance(function, receiver, &[]);
            self.fill_unknown(instance, true);
        }
    }

    /// Starts the functions that nobody was seen to call. `false` when there are none.
    fn start_uncalled(&mut self) -> bool {
        let mut any = false;
        for module in 0..self.graph.modules.len() as u32 {
            for function in 0..self.code(module).functions.len() as u32 {
                if self.solved.contains(&(module, function)) {
                    continue;
                }
                any |= self.start_unknown(module, function);
            }
        }
        any
    }

    /// Starts a function with unknown arguments, if the function that defines it was started.
    fn start_unknown(&mut self, module: u32, function: u32) -> bool {
        let info = self.function(module, function);
        let Some(parent) = info.parent else {
            return false;
        };
        let outers: Vec<InstanceId> = self
            .instances
            .iter()
            .enumerate()
            .filter(|(_, it)| it.module == module && it.function == parent)
            .map(|(index, _)| index as InstanceId)
            .take(8)
            .collect();
        for &outer in &outers {
            let value = self.pool.id(Value::Function {
                module,
                function,
                outer,
            });
            let receivers = match info.class {
                Some(class) => self.receivers(module, class, outer),
                None => vec![None],
            };
            for receiver in receivers {
                let instance = self.instance(value, receiver, &[]);
                self.fill_unknown(instance, false);
                if let (Some(receiver), Some(first)) = (receiver, info.parameters.first()) {
                    let cell = self.instances[instance as usize].base + first.slot;
                    self.add(cell, receiver);
                }
            }
        }
        !outers.is_empty()
    }

    fn receivers(&mut self, module: u32, class: u32, outer: InstanceId) -> Vec<Option<ValueId>> {
        let class = self.pool.id(Value::Class {
            module,
            class,
            outer,
        });
        match self.objects.get(&class) {
            Some(objects) => objects.iter().take(8).map(|&it| Some(it)).collect(),
            None => vec![Some(self.object(class, &[]))],
        }
    }

    /// Gives an instance parameters of which nothing but the annotation is known.
    fn fill_unknown(&mut self, instance: InstanceId, is_handler: bool) {
        let Instance {
            module,
            function,
            outer,
            base,
            receiver,
            ..
        } = self.instances[instance as usize];
        let outer_base = self.instances[outer as usize].base;
        let info = self.function(module, function);
        for (index, parameter) in info.parameters.iter().enumerate() {
            if receiver.is_some() && index == 0 {
                continue;
            }
            let typed = match parameter.annotation {
                Some(slot) => self.read(outer_base + slot, instance),
                None => Vec::new(),
            };
            let known = !typed.is_empty();
            self.add_all(base + parameter.slot, &typed);
            let default = match parameter.default {
                Some(slot) => self.read(outer_base + slot, instance),
                None => Vec::new(),
            };
            self.add_all(base + parameter.slot, &default);
            let first = index == usize::from(receiver.is_some());
            let value = match is_handler && first {
                true => self.event,
                false => self.opaque,
            };
            if !known {
                self.add(base + parameter.slot, value);
            }
        }
        for slot in info.variadic.iter().chain(&info.keywords) {
            self.add(base + slot, self.opaque);
        }
    }

    /// What a cell holds; the reader is solved again when that grows.
    fn read(&mut self, cell: Cell, reader: InstanceId) -> Vec<ValueId> {
        let readers = &mut self.readers[cell as usize];
        if readers.last() != Some(&reader) && !readers.contains(&reader) {
            readers.push(reader);
        }
        self.cells[cell as usize].clone()
    }

    fn add(&mut self, cell: Cell, value: ValueId) {
        let held = &mut self.cells[cell as usize];
        if held.contains(&value) {
            return;
        }
        if held.len() >= MAX_VALUES {
            if !matches!(
                self.pool.value(value),
                Value::Text(_)
                    | Value::Number(_)
                    | Value::External(_)
                    | Value::Container(_)
                    | Value::Opaque
            ) {
                self.full = true;
            }
            return;
        }
        held.push(value);
        for index in 0..self.readers[cell as usize].len() {
            let reader = self.readers[cell as usize][index];
            if !std::mem::replace(&mut self.dirty[reader as usize], true) {
                self.waiting.push_back(reader);
            }
        }
    }

    fn add_all(&mut self, cell: Cell, values: &[ValueId]) {
        for &value in values {
            self.add(cell, value);
        }
    }

    /// The cell of a value's attribute or item.
    fn field(&mut self, of: ValueId, name: Symbol) -> Cell {
        if let Some(&cell) = self.fields.get(&(of, name)) {
            return cell;
        }
        let cell = self.new_cell();
        self.fields.insert((of, name), cell);
        self.field_names.entry(of).or_default().push(name);
        cell
    }

    fn new_cell(&mut self) -> Cell {
        let cell = self.cells.len() as Cell;
        self.cells.push(Vec::new());
        self.readers.push(Vec::new());
        cell
    }

    fn note(&mut self, site: Site, event: Event) {
        self.events.insert((site, event));
    }

    /// Which values a slot of a call held in the end.
    pub(super) fn held(&self, instance: InstanceId, slot: Slot) -> &[ValueId] {
        let cell = self.instances[instance as usize].base + slot;
        self.cells.get(cell as usize).map_or(&[], |held| held)
    }

    /// The identifiers of a resource object, by API member.
    pub(super) fn identifiers(&self, object: ValueId) -> Vec<(Symbol, &[ValueId])> {
        let names = self.field_names.get(&object).map_or(&[][..], |it| it);
        names
            .iter()
            .filter_map(|&name| {
                let cell = self.fields.get(&(object, name))?;
                Some((name, self.cells[*cell as usize].as_slice()))
            })
            .collect()
    }
}
