//! Context managers.

use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt, StmtWith, WithItem};
use ruff_text_size::{Ranged, TextRange};

use super::generator::yields;
use super::{Lowerer, Wrapped};
use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{ClassTest, Expr, Handler, Stmt, StmtKind, Try};
use crate::compiler::mapping;
use crate::compiler::program::assigned_names;
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// A `with` statement.
    pub(super) fn with(&mut self, it: &StmtWith, found: &mut Vec<Stmt>) {
        self.with_items(&it.items, &it.body, it.range(), found);
    }

    fn with_items(
        &mut self,
        items: &[WithItem],
        body: &[PyStmt],
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        let Some((first, others)) = items.split_first() else {
            found.extend(self.stmts(body));
            return;
        };
        if let Some(classes) = self.suppressed(&first.context_expr) {
            let mut inner = Vec::new();
            self.with_items(others, body, range, &mut inner);
            let handler = Handler {
                classes,
                name: None,
                body: Vec::new(),
                range,
            };
            let error = self.fresh("error", Ty::Error);
            let tried = Try {
                body: inner,
                handlers: vec![handler],
                orelse: Vec::new(),
                finally: Vec::new(),
                error,
            };
            found.push(Stmt {
                kind: StmtKind::Try(Box::new(tried)),
                range,
            });
            return;
        }
        let Some(entered) = mapping::enter(self, &first.context_expr) else {
            let what = format!("`with {}`", self.source(&first.context_expr));
            self.unsupported(first.range(), &what);
            return;
        };
        if (entered.end.is_some() || !entered.after.is_empty()) && yields(body) {
            let what = "`yield` in a `with` that is left when the generator is closed";
            self.unsupported(range, what);
        }
        found.extend(entered.before);
        if let (Some(end), Some(value)) = (entered.end, &entered.value) {
            let (items, value) = ((first, others), value.clone());
            self.with_end(items, body, range, (value, end), found);
            return;
        }
        if let (Some(target), Some(value)) = (&first.optional_vars, entered.value) {
            self.assign(target, value, range, found);
        }
        let mut inner = Vec::new();
        self.with_items(others, body, range, &mut inner);
        if entered.after.is_empty() {
            found.extend(inner);
            return;
        }
        let error = self.fresh("error", Ty::Error);
        found.push(Stmt {
            kind: StmtKind::Try(Box::new(Try {
                body: inner,
                handlers: Vec::new(),
                orelse: Vec::new(),
                finally: entered.after,
                error,
            })),
            range,
        });
    }

    /// The classes of exceptions of `contextlib.suppress(…)`.
    fn suppressed(&mut self, manager: &PyExpr) -> Option<Vec<ClassTest>> {
        let PyExpr::Call(call) = manager else {
            return None;
        };
        if !self.names_external(self.module, &call.func, "contextlib.suppress") {
            return None;
        }
        if call.arguments.args.is_empty() || !call.arguments.keywords.is_empty() {
            return None;
        }
        let each = call.arguments.args.iter();
        Some(each.flat_map(|class| self.class_tests(class)).collect())
    }

    /// A context manager that is told how its body ends.
    fn with_end(
        &mut self,
        (item, others): (&WithItem, &[WithItem]),
        body: &[PyStmt],
        range: TextRange,
        (value, end): (Expr, mapping::End),
        found: &mut Vec<Stmt>,
    ) {
        let (bound, value) = match item.optional_vars.as_deref() {
            Some(PyExpr::Name(name)) if !assigned_names(body).contains(&name.id.to_string()) => {
                let mut bound = Vec::new();
                self.assign(&PyExpr::Name(name.clone()), value, range, &mut bound);
                (bound, self.name(&name.id, name.range()))
            }
            None => {
                let (bound, value) = self.bound_before("manager", value);
                (vec![bound], value)
            }
            Some(other) => {
                self.unsupported(other.range(), "this target of `with`");
                return;
            }
        };
        found.extend(bound);
        let mut inner = Vec::new();
        self.with_items(others, body, range, &mut inner);
        if leaves(&inner) {
            let what = format!("a `with {}` that is left", self.source(&item.context_expr));
            let help = "return, break and continue behind it";
            self.unsupported_with(item.range(), &what, help);
        }
        let wrapped = Wrapped {
            stmts: inner,
            value: Expr::none(range),
        };
        let (captured, outcome) = self.captured(wrapped, range);
        found.push(captured);
        found.push(Stmt {
            kind: StmtKind::Expr(end(value, outcome)),
            range,
        });
    }
}

/// Whether a block is left by `return`, `break` or `continue`.
fn leaves(stmts: &[Stmt]) -> bool {
    #[derive(Default)]
    struct Leaves {
        loops: usize,
        found: bool,
    }
    impl Visitor for Leaves {
        fn stmt(&mut self, stmt: &Stmt) {
            self.found |= match stmt.kind {
                StmtKind::Return(_) => true,
                StmtKind::Break | StmtKind::Continue => self.loops == 0,
                _ => false,
            };
            self.walk_stmt(stmt);
        }

        fn enter_loop(&mut self, _: bool) {
            self.loops += 1;
        }

        fn leave_loop(&mut self, _: bool) {
            self.loops -= 1;
        }
    }
    let mut leaves = Leaves::default();
    Visitor::stmts(&mut leaves, stmts);
    leaves.found
}
