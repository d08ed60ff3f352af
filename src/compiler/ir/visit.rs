//! Walks over the representation, in the order of evaluation.

use super::{
    Body, Cond, Entry, Expr, Generator, Iterable, Kind, LocalId, Piece, Stmt, StmtKind, Target,
};

/// Sees every node. What a visitor does not override walks on.
pub trait Visitor {
    /// A local is read.
    fn read(&mut self, _: LocalId) {}

    /// A local is bound.
    fn write(&mut self, _: LocalId) {}

    /// A statement.
    fn stmt(&mut self, stmt: &Stmt) {
        self.walk_stmt(stmt);
    }

    /// An expression.
    fn expr(&mut self, expr: &Expr) {
        self.walk_expr(expr);
    }

    /// A whole body.
    fn body(&mut self, body: &Body) {
        self.stmts(&body.stmts);
    }

    /// A block.
    fn stmts(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    /// A target.
    fn target(&mut self, target: &Target) {
        match target {
            Target::Local(local) => self.write(*local),
            Target::Tuple(parts) => parts.iter().for_each(|it| self.target(it)),
            Target::Ignore => {}
        }
    }

    /// A condition.
    fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Expr(expr) => self.expr(expr),
            Cond::And(all) | Cond::Or(all) => all.iter().for_each(|it| self.cond(it)),
            Cond::Not(inner) => self.cond(inner),
            Cond::Some(local, seen) => {
                self.read(*local);
                self.write(*seen);
            }
        }
    }

    /// What a loop runs over.
    fn iterable(&mut self, iterable: &Iterable) {
        self.expr(&iterable.expr);
    }

    /// An entry of a display.
    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Item(it) | Entry::Spread(it) => self.expr(it),
            Entry::Pair(key, value) => {
                self.expr(key);
                self.expr(value);
            }
        }
    }

    /// The loops of a comprehension and what they make.
    fn loops(&mut self, loops: &[Generator], entry: &Entry) {
        let Some((first, others)) = loops.split_first() else {
            self.entry(entry);
            return;
        };
        self.iterable(&first.iterable);
        self.enter_loop(false);
        self.target(&first.target);
        first.conditions.iter().for_each(|it| self.cond(it));
        self.loops(others, entry);
        self.leave_loop(false);
    }

    /// What may be run more than once begins: a loop's body, a closure's.
    fn enter_loop(&mut self, _is_closure: bool) {}

    /// And ends.
    fn leave_loop(&mut self, _is_closure: bool) {}

    /// The parts of a statement.
    fn walk_stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(target, value) => {
                self.expr(value);
                self.target(target);
            }
            StmtKind::SetGlobal(_, value)
            | StmtKind::Expr(value)
            | StmtKind::Return(value)
            | StmtKind::Raise(value) => self.expr(value),
            StmtKind::If(cond, then, otherwise) => {
                self.cond(cond);
                self.stmts(then);
                self.stmts(otherwise);
            }
            StmtKind::While(cond, body, orelse) => {
                self.enter_loop(false);
                self.cond(cond);
                self.stmts(body);
                self.leave_loop(false);
                self.stmts(orelse);
            }
            StmtKind::For(target, iterable, body, orelse) => {
                self.iterable(iterable);
                self.enter_loop(false);
                self.target(target);
                self.stmts(body);
                self.leave_loop(false);
                self.stmts(orelse);
            }
            StmtKind::Break | StmtKind::Continue => {}
            StmtKind::Try(it) => {
                self.stmts(&it.body);
                self.stmts(&it.orelse);
                for handler in &it.handlers {
                    if let Some(name) = handler.name {
                        self.write(name);
                    }
                    self.stmts(&handler.body);
                }
                self.stmts(&it.finally);
            }
            StmtKind::LetElse(local, seen, otherwise) => {
                self.read(*local);
                self.stmts(otherwise);
                self.write(*seen);
            }
            StmtKind::Capture(outcome, body, value) => {
                self.stmts(body);
                self.expr(value);
                self.write(*outcome);
            }
        }
    }

    /// The parts of an expression.
    fn walk_expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Local(local) => self.read(*local),
            Kind::Tuple(items) => items.iter().for_each(|it| self.expr(it)),
            Kind::Widen(inner) => self.expr(inner),
            Kind::Op(op) => op.operands.iter().for_each(|(it, _)| self.expr(it)),
            Kind::If(test, then, otherwise) => {
                self.cond(test);
                self.expr(then);
                self.expr(otherwise);
            }
            Kind::Logic(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Kind::Cond(cond) => self.cond(cond),
            Kind::Format(pieces) => {
                for piece in pieces {
                    if let Piece::Plain(it) = piece {
                        self.expr(it);
                    }
                }
            }
            Kind::Collect(_, entries) => entries.iter().for_each(|it| self.entry(it)),
            Kind::Comprehension(it) => self.loops(&it.loops, &it.entry),
            Kind::Call(call) => call.arguments.iter().for_each(|it| self.expr(it)),
            Kind::Closure(parameters, body) => {
                self.enter_loop(true);
                parameters.iter().for_each(|it| self.write(*it));
                self.expr(body);
                self.leave_loop(true);
            }
            Kind::Ahead(it) => {
                self.iterable(&it.generator.iterable);
                self.enter_loop(true);
                self.target(&it.generator.target);
                self.expr(&it.value);
                self.leave_loop(true);
            }
            Kind::Gather(generator, body) => {
                self.iterable(&generator.iterable);
                self.enter_loop(true);
                self.target(&generator.target);
                self.expr(body);
                self.leave_loop(true);
            }
            Kind::Match(it) => {
                self.expr(&it.on);
                for arm in &it.arms {
                    arm.binds.iter().for_each(|it| self.write(*it));
                    self.expr(&arm.value);
                }
            }
            Kind::Block(stmts, last) => {
                self.stmts(stmts);
                self.expr(last);
            }
            Kind::None
            | Kind::Bool(_)
            | Kind::Int(_)
            | Kind::Float(_)
            | Kind::Str(_)
            | Kind::Bytes(_)
            | Kind::Global(_)
            | Kind::Const(_)
            | Kind::Static => {}
        }
    }
}
