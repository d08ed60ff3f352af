//! What functions do besides giving a value: raise, await, use the modules' state.

use std::collections::{BTreeMap, BTreeSet};

use super::declare::unbound;
use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{
    Body, Collection, Entry, Expr, Iterable, Kind, LocalId, Need, Steps, Stmt, StmtKind, Target,
};
use crate::compiler::lower::Lowered;
use crate::compiler::types::Ty;

/// What a function does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effect {
    /// It may raise.
    pub raises: bool,
    /// It awaits.
    pub awaits: bool,
    /// It reads or binds variables of modules.
    pub state: bool,
    /// It makes clients of AWS services.
    pub config: bool,
    /// It calls itself, by itself or others.
    pub recurses: bool,
}

/// The effects of all functions, by their index in the program.
#[derive(Debug, Default)]
pub struct Effects {
    functions: BTreeMap<usize, Effect>,
}

impl Effects {
    /// What a function does.
    pub fn of(&self, function: usize) -> Effect {
        self.functions.get(&function).copied().unwrap_or_default()
    }

    /// The effects of a program's functions.
    pub fn new(lowered: &Lowered) -> Self {
        let mut effects = Self::default();
        let mut calls = BTreeMap::new();
        let functions = lowered.functions.iter();
        let unbound: BTreeMap<usize, BTreeSet<LocalId>> =
            functions.map(|it| (it.index, unbound(&it.body))).collect();
        loop {
            let mut changed = false;
            for function in &lowered.functions {
                let walk = Walk::over(&function.body, &unbound[&function.index], &effects);
                let found = walk.found;
                calls.insert(function.index, walk.calls);
                if effects.of(function.index) != found {
                    effects.functions.insert(function.index, found);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        for function in &lowered.functions {
            if reaches(&calls, function.index)
                && let Some(effect) = effects.functions.get_mut(&function.index)
            {
                effect.recurses = true;
            }
        }
        effects
    }

    /// What a body does.
    pub fn of_body(&self, body: &Body) -> Effect {
        Walk::over(body, &unbound(body), self).found
    }
}

fn reaches(calls: &BTreeMap<usize, Vec<usize>>, start: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut next: Vec<usize> = calls.get(&start).cloned().unwrap_or_default();
    while let Some(function) = next.pop() {
        if function == start {
            return true;
        }
        if seen.insert(function) {
            next.extend(calls.get(&function).into_iter().flatten());
        }
    }
    false
}

struct Walk<'e> {
    effects: &'e Effects,
    /// Locals of which a read raises where nothing is bound to them yet.
    unbound: &'e BTreeSet<LocalId>,
    found: Effect,
    calls: Vec<usize>,
}

impl<'e> Walk<'e> {
    fn over(body: &Body, unbound: &'e BTreeSet<LocalId>, effects: &'e Effects) -> Self {
        let mut walk = Self {
            effects,
            unbound,
            found: Effect::default(),
            calls: Vec::new(),
        };
        walk.body(body);
        walk
    }

    /// Parts of what is not a tuple of known length are taken by a call that may raise.
    fn unpacking(&mut self, target: &Target, ty: &Ty) {
        match (target, ty) {
            (Target::Tuple(parts), Ty::Tuple(types)) => {
                for (part, ty) in parts.iter().zip(types) {
                    self.unpacking(part, ty);
                }
            }
            (Target::Tuple(_), _) => self.found.raises = true,
            _ => {}
        }
    }
}

impl Visitor for Walk<'_> {
    fn read(&mut self, local: LocalId) {
        self.found.raises |= self.unbound.contains(&local);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(target, value) => self.unpacking(target, &value.ty),
            StmtKind::For(target, iterable, ..) => self.unpacking(target, &iterable.item),
            StmtKind::SetGlobal(..) => self.found.state = true,
            StmtKind::Raise(_) => self.found.raises = true,
            // What is raised in it is bound.
            StmtKind::Capture(..) => {
                let raises = self.found.raises;
                self.walk_stmt(stmt);
                self.found.raises = raises;
                return;
            }
            _ => {}
        }
        self.walk_stmt(stmt);
    }

    fn iterable(&mut self, iterable: &Iterable) {
        self.found.raises |= iterable.steps != Steps::Plain;
        self.found.awaits |= iterable.steps == Steps::Awaiting;
        self.expr(&iterable.expr);
    }

    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Item(it) => self.expr(it),
            Entry::Pair(key, value) => {
                self.found.raises |= key.ty == Ty::Value;
                self.expr(key);
                self.expr(value);
            }
            Entry::Spread(it) => {
                self.found.raises |= it.ty == Ty::Value;
                self.expr(it);
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Global(_) => self.found.state = true,
            Kind::Op(op) => {
                self.found.raises |= op.raises;
                self.found.awaits |= op.awaits;
                self.found.config |= op.needs.contains(&Need::Config);
            }
            // Not everything has a hash.
            Kind::Collect(Collection::Set, entries) => {
                self.found.raises |= !entries.is_empty();
            }
            Kind::Comprehension(it) => {
                for generator in &it.loops {
                    self.unpacking(&generator.target, &generator.iterable.item);
                }
            }
            Kind::Call(call) => {
                self.calls.push(call.function);
                let effect = self.effects.of(call.function);
                self.found.raises |= effect.raises;
                self.found.awaits |= effect.awaits;
                self.found.state |= effect.state;
                self.found.config |= effect.config;
            }
            Kind::Ahead(it) => {
                self.found.raises = true;
                self.found.awaits = true;
                self.unpacking(&it.generator.target, &it.generator.iterable.item);
            }
            Kind::Gather(generator, _) => {
                self.found.raises = true;
                self.found.awaits = true;
                self.unpacking(&generator.target, &generator.iterable.item);
            }
            // What a closure raises is its own.
            Kind::Closure(..) => {
                let raises = self.found.raises;
                self.walk_expr(expr);
                self.found.raises = raises;
                return;
            }
            _ => {}
        }
        self.walk_expr(expr);
    }
}
