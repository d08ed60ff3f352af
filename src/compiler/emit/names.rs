//! Names of local variables in Rust, and where they are read and bound.

use std::collections::{BTreeMap, BTreeSet};

use ruff_text_size::TextRange;

use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{Body, Expr, Kind, LocalId, Stmt};

/// How a local is used.
#[derive(Debug, Clone, Default)]
pub(super) struct Use {
    /// How often it is read.
    pub(super) reads: usize,
    /// How often it is bound.
    pub(super) writes: usize,
    /// The loops and closures in which it is bound.
    written_in: BTreeSet<usize>,
    /// The last place where it is read, and the loop or closure around it.
    last: Option<(TextRange, usize)>,
    /// The statement of the last read, by number, and how often it is read there.
    last_stmt: usize,
    times: usize,
}

/// Uses of a body's locals.
#[derive(Debug, Default)]
pub(super) struct Uses(BTreeMap<LocalId, Use>);

impl Uses {
    /// How a local is used.
    pub(super) fn get(&self, local: &LocalId) -> Option<&Use> {
        self.0.get(local)
    }

    /// Whether a read may take the local's value: it is the last one, and not repeated.
    pub(super) fn moves(&self, local: LocalId, range: TextRange) -> bool {
        self.0.get(&local).is_some_and(|it| {
            it.last.is_some_and(|(last, around)| {
                last == range && it.times == 1 && it.written_in.iter().all(|it| *it == around)
            })
        })
    }

    /// Notes that something behind the body takes the local.
    pub(super) fn taken(&mut self, local: LocalId) {
        let it = self.0.entry(local).or_default();
        it.reads += 1;
        it.last = None;
    }
}

/// A name for each local. One name in Rust stands for one name of Python: others give way, and those
/// that the compiler made to all.
pub(super) fn names(body: &Body) -> Vec<String> {
    let mut taken: BTreeMap<String, Option<(usize, &str)>> = BTreeMap::new();
    let mut found = vec![String::new(); body.locals.len()];
    let order = body.locals.iter().enumerate();
    let (made, named): (Vec<_>, Vec<_>) = order.partition(|(_, local)| local.is_made);
    for (at, local) in named.into_iter().chain(made) {
        let numbered = (2..).map(|number| format!("{}_{number}", local.name));
        let mut candidates = std::iter::once(local.name.clone()).chain(numbered);
        // A made local shares its name with none.
        let source = (!local.is_made).then_some((local.module, local.source.as_str()));
        let free = candidates.find(|name| match taken.get(name) {
            Some(other) => source.is_some() && *other == source,
            None => true,
        });
        let name = free.unwrap_or_default();
        taken.insert(name.clone(), source);
        found[at] = name;
    }
    found
}

/// Where the locals of a body are read and bound.
pub(super) fn uses(body: &Body) -> Uses {
    let mut walk = Walk {
        around: vec![0],
        ..Walk::default()
    };
    for (local, it) in body.locals.iter().enumerate() {
        if it.parameter {
            walk.write(local);
        }
    }
    walk.body(body);
    walk.uses
}

#[derive(Default)]
struct Walk {
    uses: Uses,
    /// The loops and closures around the place, by number.
    around: Vec<usize>,
    count: usize,
    /// The statement, by number.
    stmt: usize,
}

impl Walk {
    fn innermost(&self) -> usize {
        self.around.last().copied().unwrap_or_default()
    }

    fn read_at(&mut self, local: LocalId, range: Option<TextRange>) {
        let around = self.innermost();
        let it = self.uses.0.entry(local).or_default();
        it.reads += 1;
        // What is lent and moved in one statement would be moved too early.
        let again = range.is_some() && it.last.map(|(last, _)| last) == range;
        it.times = match again || it.last_stmt == self.stmt {
            true => it.times + 1,
            false => 1,
        };
        it.last_stmt = self.stmt;
        it.last = range.map(|range| (range, around));
    }
}

impl Visitor for Walk {
    fn write(&mut self, local: LocalId) {
        let around = self.innermost();
        let it = self.uses.0.entry(local).or_default();
        it.writes += 1;
        it.written_in.insert(around);
    }

    fn read(&mut self, local: LocalId) {
        self.read_at(local, None);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        self.stmt += 1;
        self.walk_stmt(stmt);
        self.stmt += 1;
    }

    fn expr(&mut self, expr: &Expr) {
        match expr.kind {
            Kind::Local(local) => self.read_at(local, Some(expr.range)),
            _ => self.walk_expr(expr),
        }
    }

    fn enter_loop(&mut self, _: bool) {
        self.count += 1;
        self.around.push(self.count);
    }

    fn leave_loop(&mut self, _: bool) {
        self.around.pop();
    }
}
