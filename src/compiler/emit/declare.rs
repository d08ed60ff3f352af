//! Where local variables are declared, and which may be read before they are bound.
//!
//! A variable is declared where it is first bound, if that is a statement of the innermost block
//! around all its uses; else before the statement of that block that mentions it first. What may be
//! read before it is bound is declared outside of loops: there it has its value of the last round.

use std::collections::{BTreeMap, BTreeSet};

use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{Body, Cond, Expr, Kind, Local, LocalId, Stmt, StmtKind, Target};
use crate::compiler::lower::breaks;

/// Declarations of a block.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    /// Declared by the statement that binds them.
    pub(super) here: BTreeSet<LocalId>,
    /// Declared before a statement of the block.
    pub(super) before: BTreeMap<usize, Vec<LocalId>>,
}

#[derive(Default)]
struct Mentions(BTreeSet<LocalId>);

impl Visitor for Mentions {
    fn read(&mut self, local: LocalId) {
        self.0.insert(local);
    }

    fn write(&mut self, local: LocalId) {
        self.0.insert(local);
    }
}

fn mentioned(stmts: &[Stmt]) -> BTreeSet<LocalId> {
    let mut found = Mentions::default();
    found.stmts(stmts);
    found.0
}

/// The locals that an expression mentions.
pub(super) fn mentioned_in(expr: &Expr) -> BTreeSet<LocalId> {
    let mut found = Mentions::default();
    found.expr(expr);
    found.0
}

/// What is declared in a block, of the locals that are not declared yet.
pub(super) fn declarations(
    stmts: &[Stmt],
    locals: &[Local],
    declared: &BTreeSet<LocalId>,
    unbound: &BTreeSet<LocalId>,
) -> Declarations {
    let mut places: BTreeMap<LocalId, Vec<usize>> = BTreeMap::new();
    for (at, stmt) in stmts.iter().enumerate() {
        for local in mentioned(std::slice::from_ref(stmt)) {
            if !declared.contains(&local) && !locals[local].is_inner {
                places.entry(local).or_default().push(at);
            }
        }
    }
    let mut found = Declarations::default();
    for (local, at) in places {
        let stmt = &stmts[at[0]];
        let is_loop = matches!(stmt.kind, StmtKind::For(..) | StmtKind::While(..));
        let lives_on = is_loop && unbound.contains(&local);
        if at.len() == 1 && !lives_on && is_within_one_block(stmt, local) {
            continue;
        }
        if at.len() == 1 && locals[local].is_made && is_of_a_block(stmt, local) {
            continue;
        }
        if binds(stmt, local) {
            found.here.insert(local);
        } else {
            found.before.entry(at[0]).or_default().push(local);
        }
    }
    found
}

/// Whether a loop within a statement binds a local.
pub(super) fn bound_in_loop(stmt: &Stmt, local: LocalId) -> bool {
    struct Bound {
        local: LocalId,
        depth: usize,
        found: bool,
    }
    impl Visitor for Bound {
        fn write(&mut self, local: LocalId) {
            self.found |= self.depth > 0 && local == self.local;
        }
        fn enter_loop(&mut self, _: bool) {
            self.depth += 1;
        }
        fn leave_loop(&mut self, _: bool) {
            self.depth -= 1;
        }
    }
    let mut bound = Bound {
        local,
        depth: 0,
        found: false,
    };
    bound.stmt(stmt);
    bound.found
}

/// Whether a statement binds a local for the rest of its block, without reading it.
fn binds(stmt: &Stmt, local: LocalId) -> bool {
    let (target, value) = match &stmt.kind {
        StmtKind::Assign(target, value) => (target, value),
        StmtKind::Capture(outcome, ..) => return *outcome == local,
        _ => return false,
    };
    let mut read = Mentions::default();
    read.expr(value);
    let mut bound = Mentions::default();
    bound.target(target);
    bound.0.contains(&local) && !read.0.contains(&local)
}

/// Whether only one of a statement's blocks mentions a local; a loop's target is its body's.
fn is_within_one_block(stmt: &Stmt, local: LocalId) -> bool {
    let mut head = Mentions::default();
    let mut blocks: Vec<BTreeSet<LocalId>> = Vec::new();
    match &stmt.kind {
        StmtKind::If(cond, then, otherwise) => {
            head.cond(cond);
            blocks.extend([mentioned(then), mentioned(otherwise)]);
        }
        StmtKind::While(cond, body, orelse) => {
            head.cond(cond);
            blocks.extend([mentioned(body), mentioned(orelse)]);
        }
        StmtKind::For(target, iterable, body, orelse) => {
            head.iterable(iterable);
            let mut inner = Mentions(mentioned(body));
            inner.target(target);
            blocks.extend([inner.0, mentioned(orelse)]);
        }
        StmtKind::Try(it) => {
            blocks.extend([
                mentioned(&it.body),
                mentioned(&it.orelse),
                mentioned(&it.finally),
            ]);
            blocks.extend(it.handlers.iter().map(|it| mentioned(&it.body)));
        }
        StmtKind::LetElse(_, _, otherwise) => blocks.push(mentioned(otherwise)),
        StmtKind::Capture(outcome, body, value) => {
            head.write(*outcome);
            let mut inner = Mentions(mentioned(body));
            inner.expr(value);
            blocks.push(inner.0);
        }
        _ => return false,
    }
    let holding = blocks.iter().filter(|block| block.contains(&local)).count();
    !head.0.contains(&local) && holding == 1
}

/// Whether only a block within one of a statement's expressions mentions a local.
fn is_of_a_block(stmt: &Stmt, local: LocalId) -> bool {
    struct Outside {
        local: LocalId,
        mentions: bool,
        blocks: usize,
    }
    impl Visitor for Outside {
        fn read(&mut self, local: LocalId) {
            self.mentions |= local == self.local;
        }
        fn write(&mut self, local: LocalId) {
            self.mentions |= local == self.local;
        }
        fn expr(&mut self, expr: &Expr) {
            match &expr.kind {
                Kind::Block(..) if mentioned_in(expr).contains(&self.local) => self.blocks += 1,
                _ => self.walk_expr(expr),
            }
        }
    }
    let mut found = Outside {
        local,
        mentions: false,
        blocks: 0,
    };
    match &stmt.kind {
        // The blocks of the statement come after its head.
        StmtKind::If(cond, then, otherwise) => {
            found.cond(cond);
            let inner = mentioned(then).contains(&local) || mentioned(otherwise).contains(&local);
            !inner && !found.mentions && found.blocks == 1
        }
        StmtKind::Assign(..) | StmtKind::Expr(_) | StmtKind::Return(_) | StmtKind::Raise(_) => {
            found.stmt(stmt);
            !found.mentions && found.blocks == 1
        }
        _ => false,
    }
}

/// The locals that may be bound when they are bound already, loops run through once.
pub(super) fn rebound(body: &Body) -> BTreeSet<LocalId> {
    let mut flow = Rebound::default();
    for (local, it) in body.locals.iter().enumerate() {
        if it.parameter {
            flow.write(local);
        }
    }
    flow.body(body);
    flow.found
}

/// Which locals may be bound at a point, and which were bound again.
#[derive(Default)]
struct Rebound {
    bound: BTreeSet<LocalId>,
    found: BTreeSet<LocalId>,
}

impl Rebound {
    /// What may be bound after each of several ways from one point.
    fn ways(&mut self, ways: &[&[Stmt]]) {
        let from = self.bound.clone();
        let mut after = BTreeSet::new();
        for way in ways {
            self.bound = from.clone();
            self.stmts(way);
            let returns = way
                .last()
                .is_some_and(|it| matches!(it.kind, StmtKind::Return(_)));
            if !returns {
                after.append(&mut self.bound);
            }
        }
        self.bound = after;
    }
}

impl Visitor for Rebound {
    fn write(&mut self, local: LocalId) {
        if !self.bound.insert(local) {
            self.found.insert(local);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::If(cond, then, otherwise) => {
                self.cond(cond);
                self.ways(&[then, otherwise]);
            }
            _ => self.walk_stmt(stmt),
        }
    }
}

/// The locals that may be read before they are bound.
pub(super) fn unbound(body: &Body) -> BTreeSet<LocalId> {
    let mut flow = Flow {
        locals: &body.locals,
        bound: Some(BTreeSet::new()),
        found: BTreeSet::new(),
        breaks: Vec::new(),
    };
    for (local, it) in body.locals.iter().enumerate() {
        if it.parameter {
            flow.write(local);
        }
    }
    flow.body(body);
    flow.found
}

/// The locals that are bound at a point; none where the point is never reached.
type Bound = Option<BTreeSet<LocalId>>;

struct Flow<'b> {
    locals: &'b [Local],
    bound: Bound,
    found: BTreeSet<LocalId>,
    /// What is bound where the innermost loops are left by `break`.
    breaks: Vec<Bound>,
}

fn join(one: Bound, other: Bound) -> Bound {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.intersection(&other).copied().collect()),
        (one, other) => one.or(other),
    }
}

impl Flow<'_> {
    fn branch(&mut self, from: &Bound, stmts: &[Stmt]) -> Bound {
        self.bound = from.clone();
        self.stmts(stmts);
        self.bound.take()
    }

    fn looped(&mut self, body: &[Stmt], orelse: &[Stmt], is_endless: bool) {
        let entry = self.bound.clone();
        self.breaks.push(None);
        self.stmts(body);
        let broken = self.breaks.pop().flatten();
        let fallen = match is_endless {
            true => None,
            false => self.branch(&entry, orelse),
        };
        self.bound = join(fallen, broken);
    }
}

impl Visitor for Flow<'_> {
    fn read(&mut self, local: LocalId) {
        if let Some(bound) = &self.bound
            && !bound.contains(&local)
            && !self.locals[local].is_inner
        {
            self.found.insert(local);
        }
    }

    fn write(&mut self, local: LocalId) {
        if let Some(bound) = &mut self.bound {
            bound.insert(local);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::If(cond, then, otherwise) => {
                self.cond(cond);
                let from = self.bound.clone();
                let then = self.branch(&from, then);
                let otherwise = self.branch(&from, otherwise);
                self.bound = join(then, otherwise);
            }
            StmtKind::While(cond, body, orelse) => {
                self.cond(cond);
                let is_endless = is_true(cond) && breaks(body) || is_true(cond);
                self.looped(body, orelse, is_endless);
            }
            StmtKind::For(target, iterable, body, orelse) => {
                self.iterable(iterable);
                let entry = self.bound.clone();
                self.target(target);
                self.breaks.push(None);
                self.stmts(body);
                let broken = self.breaks.pop().flatten();
                let fallen = self.branch(&entry, orelse);
                self.bound = join(fallen, broken);
            }
            StmtKind::Break => {
                let here = self.bound.take();
                if let Some(innermost) = self.breaks.last_mut() {
                    let known = innermost.take();
                    *innermost = join(known, here);
                }
            }
            StmtKind::Continue => self.bound = None,
            StmtKind::Return(_) | StmtKind::Raise(_) => {
                self.walk_stmt(stmt);
                self.bound = None;
            }
            StmtKind::Try(it) => {
                let from = self.bound.clone();
                self.stmts(&it.body);
                self.stmts(&it.orelse);
                let mut after = self.bound.take();
                for handler in &it.handlers {
                    let caught = self.branch(&from, &handler.body);
                    after = join(after, caught);
                }
                let before: BTreeSet<LocalId> = from.clone().unwrap_or_default();
                let last = self.branch(&from, &it.finally);
                let added = last.unwrap_or_default();
                let added: Vec<LocalId> = added.difference(&before).copied().collect();
                // Rust does not see that what comes after a `finally` is reached by its end alone.
                self.bound = match it.finally.is_empty() {
                    true => after,
                    false => after.map(|_| before),
                };
                added.into_iter().for_each(|local| self.write(local));
            }
            StmtKind::LetElse(local, seen, otherwise) => {
                self.read(*local);
                let from = self.bound.clone();
                self.branch(&from, otherwise);
                self.bound = from;
                self.write(*seen);
            }
            _ => self.walk_stmt(stmt),
        }
    }
}

fn is_true(cond: &Cond) -> bool {
    matches!(
        cond,
        Cond::Expr(Expr {
            kind: Kind::Bool(true),
            ..
        })
    )
}

/// The locals of a target.
pub(super) fn targets(target: &Target) -> Vec<LocalId> {
    let mut found = Mentions::default();
    found.target(target);
    found.0.into_iter().collect()
}
