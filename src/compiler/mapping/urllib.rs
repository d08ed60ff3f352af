//! `urllib.request.urlopen` in a `with`, and the answer that an `HTTPError` is.
//!
//! An answer is received as a whole, so that leaving the `with` does something only where the answer
//! is read later.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt, StmtWith};
use ruff_text_size::{Ranged, TextRange};

use super::{Entered, Mapping};
use crate::compiler::ir::{Expr, Mode, Stmt, StmtKind};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Urllib;

const URLOPEN: &str = "urllib.request.urlopen";
/// The type of an answer.
const RESPONSE: &str = "http_response::HttpResponse";
/// What an `HTTPError` does as an answer.
const OF_ANSWER: [&str; 7] = [
    "read",
    "readline",
    "readlines",
    "close",
    "getcode",
    "geturl",
    "info",
];

impl Mapping for Urllib {
    fn knows(&self, module: &str) -> bool {
        module == "urllib"
    }

    fn enter(&self, lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
        let PyExpr::Call(call) = manager else {
            return None;
        };
        if !lowerer.names_external(lowerer.module, &call.func, URLOPEN) {
            return None;
        }
        let response = lowerer.expr(manager);
        if response.ty != Ty::opaque(RESPONSE) || !is_read_later(lowerer, manager.range()) {
            return Some(Entered {
                value: Some(response),
                ..Entered::default()
            });
        }
        let range = manager.range();
        let (bound, response) = lowerer.bound_before("response", response);
        let operands = vec![(response.clone(), Mode::Ref)];
        let close = Expr::op("http_response::close({0})", operands, Ty::None, range);
        let kind = StmtKind::Expr(close.item("http_response", "close"));
        Some(Entered {
            before: vec![bound],
            value: Some(response),
            after: vec![Stmt { kind, range }],
            end: None,
        })
    }

    fn method(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let is_own = |class: &crate::compiler::program::Class<'_>| class.methods.contains_key(name);
        if receiver.ty != Ty::Error
            || !OF_ANSWER.contains(&name)
            || lowerer.program.classes.iter().any(is_own)
        {
            return None;
        }
        let operands = vec![(receiver.clone(), Mode::Ref)];
        let template = format!("urllib_error::answer({{0}}, {name:?})");
        let answer = Expr::op(&template, operands, Ty::opaque(RESPONSE), range);
        let answer = answer.raising().item("urllib_error", "answer");
        Some(lowerer.method_call_with(answer, name, arguments, range))
    }
}

/// Whether what a `with` binds may be seen once it is left.
fn is_read_later(lowerer: &Lowerer<'_, '_>, manager: TextRange) -> bool {
    let program = lowerer.program;
    let body = match lowerer.function {
        Some(function) => &program.functions[function].def.body,
        None => &program.modules[lowerer.module].syntax.syntax().body,
    };
    let mut seen = Seen {
        manager,
        name: None,
        inside: 0,
        escapes: false,
    };
    // The name comes first, then its uses.
    seen.visit_body(body);
    if seen.name.is_some() {
        seen.escapes = false;
        seen.visit_body(body);
    }
    seen.escapes
}

/// Uses of the name that a `with` binds.
struct Seen {
    manager: TextRange,
    name: Option<String>,
    /// How many statements that bind the name are around.
    inside: usize,
    escapes: bool,
}

impl Seen {
    fn is_name(&self, expr: &PyExpr) -> bool {
        matches!(expr, PyExpr::Name(name) if Some(name.id.as_str()) == self.name.as_deref())
    }

    /// Whether a `with` binds the name; that of the manager gives the name.
    fn binds(&mut self, it: &StmtWith) -> bool {
        let mut binds = false;
        for item in &it.items {
            let target = item.optional_vars.as_deref();
            if item.context_expr.range() == self.manager {
                match target {
                    Some(PyExpr::Name(name)) => self.name = Some(name.id.to_string()),
                    Some(_) => self.escapes = true,
                    None => {}
                }
            }
            binds |= target.is_some_and(|target| self.is_name(target));
        }
        binds
    }
}

impl<'a> Visitor<'a> for Seen {
    fn visit_stmt(&mut self, stmt: &'a PyStmt) {
        let binds = match stmt {
            PyStmt::With(it) => self.binds(it),
            _ => false,
        };
        self.inside += usize::from(binds);
        match stmt {
            PyStmt::With(it) => {
                for item in &it.items {
                    self.visit_expr(&item.context_expr);
                }
                self.visit_body(&it.body);
            }
            PyStmt::For(it) if self.inside > 0 && self.is_name(&it.iter) => {
                self.visit_body(&it.body);
                self.visit_body(&it.orelse);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
        self.inside -= usize::from(binds);
    }

    fn visit_expr(&mut self, expr: &'a PyExpr) {
        let is_load = |call: &PyExpr| matches!(call, PyExpr::Attribute(it) if &*it.attr == "load");
        match expr {
            PyExpr::Attribute(it) if self.inside > 0 && self.is_name(&it.value) => {}
            PyExpr::Call(it) if self.inside > 0 && is_load(&it.func) => {
                for argument in &it.arguments.args {
                    if !self.is_name(argument) {
                        self.visit_expr(argument);
                    }
                }
            }
            PyExpr::Name(_) => self.escapes |= self.is_name(expr),
            _ => visitor::walk_expr(self, expr),
        }
    }
}
