//! What is true of a function because of who calls it, and because of whom it calls.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::code::MODULE_BODY;
use super::super::solve::{Event, Solver};

/// A function by module and index.
pub(super) type Id = (u32, u32);

/// Functions with a property.
#[derive(Default)]
pub(super) struct Flags {
    /// Called in a loop, by whatever way.
    pub(super) in_loop: FxHashSet<Id>,
    /// Called together with other calls.
    pub(super) concurrent: FxHashSet<Id>,
    /// Called when the handler's module is loaded.
    pub(super) at_import: FxHashSet<Id>,
    /// Calls AWS, itself or through others.
    pub(super) calls_aws: FxHashSet<Id>,
    /// Whom each calls.
    pub(super) callees: FxHashMap<Id, Vec<Id>>,
}

impl Flags {
    pub(super) fn of(solver: &Solver<'_>) -> Self {
        let mut flags = Self::default();
        let mut callers: FxHashMap<Id, Vec<Id>> = FxHashMap::default();
        let mut importing: FxHashMap<Id, Vec<Id>> = FxHashMap::default();
        for edge in &solver.edges {
            let from = solver.instances[edge.from.instance as usize];
            let to = solver.instances[edge.to as usize];
            let (caller, callee) = ((from.module, from.function), (to.module, to.function));
            flags.callees.entry(caller).or_default().push(callee);
            let code = solver.function(from.module, from.function);
            let operation = &code.operations[edge.from.operation as usize];
            if !operation.main_only {
                importing.entry(caller).or_default().push(callee);
            }
            callers.entry(callee).or_default().push(caller);
            if operation.in_loop {
                flags.in_loop.insert(callee);
            }
            if edge.concurrent || solver.gathered.contains(&edge.from) {
                flags.concurrent.insert(callee);
            }
        }
        for called in flags.callees.values_mut() {
            called.sort_unstable();
            called.dedup();
        }
        for (index, module) in solver.graph.modules.iter().enumerate() {
            if module.at_import {
                flags.at_import.insert((index as u32, MODULE_BODY));
            }
        }
        for (site, event) in &solver.events {
            if let Event::Aws { .. } = event {
                let instance = solver.instances[site.instance as usize];
                flags.calls_aws.insert((instance.module, instance.function));
            }
        }
        spread(&mut flags.in_loop, &flags.callees);
        spread(&mut flags.concurrent, &flags.callees);
        spread(&mut flags.at_import, &importing);
        spread(&mut flags.calls_aws, &callers);
        flags
    }
}

/// Adds everything that is reached from the set.
fn spread(set: &mut FxHashSet<Id>, along: &FxHashMap<Id, Vec<Id>>) {
    let mut waiting: Vec<Id> = set.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        for &next in along.get(&id).map_or(&[][..], |it| it) {
            if set.insert(next) {
                waiting.push(next);
            }
        }
    }
}
