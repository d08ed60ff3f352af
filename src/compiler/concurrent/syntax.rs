//! The Python of a loop, looked at for what its containers go through.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtFor};
use ruff_text_size::{Ranged, TextRange};

use crate::compiler::lower::{may_change, may_change_in};
use crate::compiler::program::Program;

/// Whether a loop, a `for` or a comprehension, changes no container that others may see.
pub(super) fn changes_nothing(program: &Program<'_>, function: usize, range: TextRange) -> bool {
    let mut finder = Finder { range, found: None };
    finder.visit_body(&program.functions[function].def.body);
    match finder.found {
        Some(Found::Loop(it)) => !may_change(program, Some(function), &it.body, None),
        Some(Found::Expr(it)) => !may_change_in(program, Some(function), &[it], None),
        None => false,
    }
}

enum Found<'a> {
    Loop(&'a StmtFor),
    Expr(&'a Expr),
}

struct Finder<'a> {
    range: TextRange,
    found: Option<Found<'a>>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::For(it) if it.range() == self.range => self.found = Some(Found::Loop(it)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let is_comprehension = expr.is_list_comp_expr() || expr.is_generator_expr();
        match is_comprehension && expr.range() == self.range {
            true => self.found = Some(Found::Expr(expr)),
            false => visitor::walk_expr(self, expr),
        }
    }
}
