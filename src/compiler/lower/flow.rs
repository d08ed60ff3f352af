//! How statements end, and what is known of conditions.

use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{Cond, Kind, Stmt, StmtKind};
use crate::compiler::types::Ty;

/// Whether a block is left at its end, by `return`, `raise`, `break` or `continue`.
pub fn ends(stmts: &[Stmt]) -> bool {
    match stmts.last().map(|stmt| &stmt.kind) {
        Some(StmtKind::Return(_) | StmtKind::Raise(_) | StmtKind::Break | StmtKind::Continue) => {
            true
        }
        Some(StmtKind::If(_, then, otherwise)) => ends(then) && ends(otherwise),
        Some(StmtKind::Try(it)) => {
            ends(&it.finally)
                || (ends(&it.body) || ends(&it.orelse))
                    && it.handlers.iter().all(|handler| ends(&handler.body))
        }
        Some(StmtKind::While(Cond::Expr(test), body, _)) => {
            matches!(test.kind, Kind::Bool(true)) && !breaks(body)
        }
        _ => false,
    }
}

/// Whether statements may leave the function, or go to another place of the loop around them.
pub(super) fn leaves(stmts: &[Stmt]) -> bool {
    struct Returns(bool);
    impl Visitor for Returns {
        fn stmt(&mut self, stmt: &Stmt) {
            self.0 |= matches!(stmt.kind, StmtKind::Return(_));
            self.walk_stmt(stmt);
        }
    }
    let mut returns = Returns(false);
    returns.stmts(stmts);
    returns.0 || jumps(stmts)
}

/// Whether statements leave the loop around them, or go on with it.
pub fn jumps(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break | StmtKind::Continue => true,
        StmtKind::If(_, then, otherwise) => jumps(then) || jumps(otherwise),
        StmtKind::LetElse(_, _, otherwise) => jumps(otherwise),
        StmtKind::For(_, _, _, orelse) | StmtKind::While(_, _, orelse) => jumps(orelse),
        StmtKind::Try(it) => {
            jumps(&it.body)
                || jumps(&it.orelse)
                || jumps(&it.finally)
                || it.handlers.iter().any(|handler| jumps(&handler.body))
        }
        _ => false,
    })
}

/// Whether a loop's body leaves the loop by `break`.
pub fn breaks(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break => true,
        StmtKind::If(_, then, otherwise) => breaks(then) || breaks(otherwise),
        StmtKind::LetElse(_, _, otherwise) => breaks(otherwise),
        StmtKind::For(_, _, _, orelse) | StmtKind::While(_, _, orelse) => breaks(orelse),
        StmtKind::Try(it) => {
            breaks(&it.body)
                || breaks(&it.orelse)
                || breaks(&it.finally)
                || it.handlers.iter().any(|handler| breaks(&handler.body))
        }
        _ => false,
    })
}

/// A condition whose value is known while compiling.
pub(super) fn known(cond: &Cond) -> Option<bool> {
    match cond {
        Cond::Expr(expr) => match (&expr.kind, &expr.ty) {
            (Kind::Bool(value), Ty::Bool) => Some(*value),
            _ => None,
        },
        _ => None,
    }
}
