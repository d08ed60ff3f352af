//! From a syntax tree to [`Code`]: scopes, bindings and flat operations.
//!
//! In: one file's tree. Out: its [`Code`]. Never looks at another file, and never recurses
//! deeper than [`MAX_DEPTH`], whatever the input.

mod bindings;
mod expression;
mod function;
mod import;
mod pattern;
mod statement;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::{FxHashMap, FxHashSet};

use super::code::{Code, FIRST_FREE, Function, Kind, MODULE_BODY, NOTHING, Name, Operation, Slot};
use crate::source::Span;

/// How deep statements and expressions may nest; CPython itself stops at 100 levels of
/// indentation and 200 parentheses.
pub(super) const MAX_DEPTH: usize = 256;

/// How many variables of a scope are told apart by their last assignment; each branch copies
/// that list, so it is kept short. Further ones are joined.
const MAX_TRACKED: usize = 256;

/// Longest string constant that is kept.
const MAX_TEXT: usize = 512;

/// Lowers a module's body.
pub(super) fn lower(body: &[Stmt], length: usize) -> Code {
    let mut lowering = Lowering::default();
    lowering.code.functions.push(Function {
        name: "<module>".to_owned(),
        qualified: "<module>".to_owned(),
        span: Span::new(0, length),
        name_span: Span::at(0),
        is_async: false,
        is_generator: false,
        parent: None,
        class: None,
        parameters: Vec::new(),
        variadic: None,
        keywords: None,
        returns: None,
        slots: FIRST_FREE,
        operations: Vec::new(),
        loops: Vec::new(),
    });
    lowering.shared = bindings::declared_global(body);
    let bound = bindings::bound(body);
    lowering.enter_scope(ScopeKind::Function, MODULE_BODY, bound.iter().copied());
    lowering.block(body);
    let scope = lowering.scopes.pop();
    for (name, slot) in scope.map(|scope| scope.variables).unwrap_or_default() {
        let name = lowering.name(name);
        lowering.code.globals.push((name, slot));
    }
    lowering.code.globals.sort_unstable();
    lowering.code
}

pub(super) fn span(range: TextRange) -> Span {
    Span::new(range.start().to_usize(), range.end().to_usize())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScopeKind {
    Function,
    Class,
    Comprehension,
}

/// A scope of names: a function's or module's, a class body's, a comprehension's.
struct Scope<'a> {
    kind: ScopeKind,
    function: u32,
    /// Each variable's slot that joins all its assignments.
    variables: FxHashMap<&'a str, Slot>,
    /// The slot that holds a variable's value right now, where straight-line code says so.
    current: FxHashMap<&'a str, Slot>,
    globals: FxHashSet<&'a str>,
    nonlocals: FxHashSet<&'a str>,
    /// The class object's slot, for a class body.
    class: Option<Slot>,
}

#[derive(Default)]
struct Lowering<'a> {
    code: Code,
    ids: FxHashMap<Box<str>, Name>,
    scopes: Vec<Scope<'a>>,
    /// The function whose operations are being made.
    function: u32,
    loops: u32,
    depth: usize,
    guarded: u32,
    /// Within `if __name__ == "__main__"` of the module's body.
    main_only: bool,
    /// Names that some function declares `global` or `nonlocal`: their assignments are always
    /// joined.
    shared: FxHashSet<&'a str>,
    qualified: Vec<String>,
    classes: Vec<u32>,
}

type Current<'a> = Vec<(usize, FxHashMap<&'a str, Slot>)>;

impl<'a> Lowering<'a> {
    fn name(&mut self, text: &str) -> Name {
        if let Some(&name) = self.ids.get(text) {
            return name;
        }
        let name = self.code.names.len() as Name;
        self.code.names.push(text.into());
        self.ids.insert(text.into(), name);
        name
    }

    fn fresh(&mut self) -> Slot {
        let function = &mut self.code.functions[self.function as usize];
        function.slots += 1;
        function.slots - 1
    }

    fn push(&mut self, into: Slot, span: Span, kind: Kind) {
        let in_loop = self.loops > 0;
        let main_only = self.main_only && self.function == MODULE_BODY;
        self.code.functions[self.function as usize]
            .operations
            .push(Operation {
                into,
                span,
                in_loop,
                main_only,
                kind,
            });
    }

    /// A new operation whose result has a new slot.
    fn value(&mut self, range: TextRange, kind: Kind) -> Slot {
        let into = self.fresh();
        self.push(into, span(range), kind);
        into
    }

    /// Several values in one slot.
    fn join(&mut self, range: TextRange, slots: &[Slot]) -> Slot {
        match slots {
            [] => NOTHING,
            [one] => *one,
            _ => {
                let into = self.fresh();
                for &slot in slots.iter().filter(|&&slot| slot != NOTHING) {
                    self.push(into, span(range), Kind::Copy(slot));
                }
                into
            }
        }
    }

    /// Runs `inner` one level deeper, or notes that the code nests too deep.
    fn deeper<T>(&mut self, range: TextRange, inner: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            self.code.too_deep.get_or_insert(span(range));
            return None;
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        Some(result)
    }

    fn enter_scope(
        &mut self,
        kind: ScopeKind,
        function: u32,
        names: impl Iterator<Item = &'a str>,
    ) {
        let mut variables = FxHashMap::default();
        for name in names {
            if !variables.contains_key(name) {
                let slot = self.fresh();
                variables.insert(name, slot);
            }
        }
        self.scopes.push(Scope {
            kind,
            function,
            variables,
            current: FxHashMap::default(),
            globals: FxHashSet::default(),
            nonlocals: FxHashSet::default(),
            class: None,
        });
    }

    /// The slot of a variable's value where it is read.
    fn read(&mut self, name: &'a str, range: TextRange) -> Slot {
        let mut found = None;
        let mut hops = 0;
        let mut function = self.function;
        for (index, scope) in self.scopes.iter().enumerate().rev() {
            if scope.function != function {
                hops += 1;
                function = scope.function;
            }
            let hidden =
                scope.kind == ScopeKind::Class && (hops > 0 || self.class_is_hidden(index));
            if hidden || scope.nonlocals.contains(name) {
                continue;
            }
            if scope.globals.contains(name) {
                break;
            }
            if let Some(&slot) = scope.variables.get(name) {
                if hops == 0 {
                    return scope.current.get(name).copied().unwrap_or(slot);
                }
                found = (index > 0).then_some((hops, slot));
                break;
            }
        }
        let kind = match found {
            Some((hops, slot)) => Kind::Outer { hops, slot },
            None => Kind::Global(self.name(name)),
        };
        self.value(range, kind)
    }

    /// A class body's names are seen from its own statements and comprehensions alone.
    fn class_is_hidden(&self, index: usize) -> bool {
        self.scopes[index + 1..]
            .iter()
            .any(|scope| scope.kind != ScopeKind::Comprehension)
    }

    /// Binds a variable to a value. `target` is the scope for it: comprehension variables have
    /// their own, all else goes to the innermost function or class.
    fn bind(&mut self, name: &'a str, value: Slot, range: TextRange) {
        let own = |scope: &Scope<'_>| {
            scope.kind != ScopeKind::Comprehension || scope.variables.contains_key(name)
        };
        let Some(index) = self.scopes.iter().rposition(own) else {
            return;
        };
        if self.scopes[index].globals.contains(name) && index > 0 {
            let name = self.name(name);
            self.push(NOTHING, span(range), Kind::SetGlobal(name, value));
            return;
        }
        if self.scopes[index].nonlocals.contains(name) {
            self.bind_outer(name, index, value, range);
            return;
        }
        let joined = match self.scopes[index].variables.get(name) {
            Some(&slot) => slot,
            None => {
                let slot = self.fresh();
                self.scopes[index].variables.insert(name, slot);
                slot
            }
        };
        self.push(joined, span(range), Kind::Copy(value));
        let scope = &mut self.scopes[index];
        if self.shared.contains(name) || scope.kind == ScopeKind::Comprehension {
            // Always joined.
        } else if scope.current.len() < MAX_TRACKED || scope.current.contains_key(name) {
            scope.current.insert(name, value);
        }
        if let Some(class) = self.scopes[index].class {
            let name = self.name(name);
            let kind = Kind::SetAttribute {
                object: class,
                name,
                value,
            };
            self.push(NOTHING, span(range), kind);
        }
    }

    fn bind_outer(&mut self, name: &'a str, index: usize, value: Slot, range: TextRange) {
        let mut hops = 0;
        let mut function = self.function;
        for scope in self.scopes[..index].iter().rev() {
            if scope.function != function {
                hops += 1;
                function = scope.function;
            }
            if scope.kind == ScopeKind::Function
                && let Some(&slot) = scope.variables.get(name)
            {
                let kind = Kind::SetOuter { hops, slot, value };
                self.push(NOTHING, span(range), kind);
                return;
            }
        }
    }

    /// What every variable of the current function holds now.
    fn snapshot(&self) -> Current<'a> {
        let own = |(_, scope): &(usize, &Scope<'a>)| scope.function == self.function;
        self.scopes
            .iter()
            .enumerate()
            .filter(own)
            .map(|(index, scope)| (index, scope.current.clone()))
            .collect()
    }

    fn restore(&mut self, current: Current<'a>) {
        for (index, map) in current {
            if let Some(scope) = self.scopes.get_mut(index) {
                scope.current = map;
            }
        }
    }

    /// Forgets what these variables hold: from here on they are all their assignments joined.
    fn forget(&mut self, names: &[&'a str]) {
        let function = self.function;
        for scope in &mut self.scopes {
            if scope.function == function {
                for name in names {
                    scope.current.remove(name);
                }
            }
        }
    }

    /// Goes on after branches: a variable holds what any branch left in it.
    fn merge(&mut self, branches: &[Current<'a>], range: TextRange) {
        let Some((first, others)) = branches.split_first() else {
            return;
        };
        let mut merged = Vec::with_capacity(first.len());
        for (position, (index, map)) in first.iter().enumerate() {
            let mut result = FxHashMap::default();
            for (&name, &slot) in map {
                let mut slots = vec![slot];
                let mut everywhere = true;
                for other in others {
                    match other.get(position).and_then(|(_, map)| map.get(name)) {
                        Some(&slot) if slots.contains(&slot) => {}
                        Some(&slot) => slots.push(slot),
                        None => everywhere = false,
                    }
                }
                if everywhere {
                    slots.sort_unstable();
                    result.insert(name, self.join(range, &slots));
                }
            }
            merged.push((*index, result));
        }
        self.restore(merged);
    }
}

fn range_of(body: &[Stmt]) -> TextRange {
    match (body.first(), body.last()) {
        (Some(first), Some(last)) => TextRange::new(first.start(), last.end()),
        _ => TextRange::default(),
    }
}
