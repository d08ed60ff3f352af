//! Statements.

use ruff_python_ast::{ExceptHandler, Expr as PyExpr, Stmt as PyStmt, StmtTry};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::flow::{ends, known, leaves};
use super::types::Place;
use crate::compiler::ir::{Cond, Expr, Handler, Kind, Stmt, StmtKind, Target, Try};
use crate::compiler::mapping;
use crate::compiler::types::Ty;

impl<'a> Lowerer<'_, 'a> {
    /// A block.
    pub fn stmts(&mut self, body: &[PyStmt]) -> Vec<Stmt> {
        let depth = self.narrowed.len();
        let mut found = Vec::new();
        for (at, stmt) in body.iter().enumerate() {
            self.stmt(stmt, &body[at + 1..], &mut found);
            if ends(&found) {
                break;
            }
        }
        self.narrowed.truncate(depth);
        found
    }

    fn stmt(&mut self, stmt: &PyStmt, rest: &[PyStmt], found: &mut Vec<Stmt>) {
        let range = stmt.range();
        let mut push = |kind| found.push(Stmt { kind, range });
        match stmt {
            PyStmt::Pass(_) | PyStmt::Global(_) | PyStmt::ClassDef(_) => {}
            PyStmt::FunctionDef(it) => {
                found.extend(mapping::define(self, it).into_iter().flatten());
            }
            PyStmt::Nonlocal(_) => {
                self.unsupported_with(range, "`nonlocal`", "return the value instead");
            }
            PyStmt::Import(_) | PyStmt::ImportFrom(_) => self.import(stmt),
            PyStmt::Break(_) => push(StmtKind::Break),
            PyStmt::Continue(_) => push(StmtKind::Continue),
            PyStmt::Return(it) => {
                let value = self.returned(it.value.as_deref(), range);
                let value = flattened(value, found);
                found.push(Stmt {
                    kind: StmtKind::Return(value),
                    range,
                });
            }
            PyStmt::Raise(it) => {
                let error = self.raised(it);
                push(StmtKind::Raise(error));
            }
            PyStmt::Expr(it) => self.expression_statement(&it.value, range, found),
            PyStmt::Assign(it) => {
                let value = self.expr(&it.value);
                let mut value = flattened(value, found);
                let mut push = |kind| found.push(Stmt { kind, range });
                if it.targets.len() > 1 && !value.is_simple() {
                    let local = self.fresh("value", value.ty.clone());
                    let read = Expr::new(Kind::Local(local), value.ty.clone(), range);
                    push(StmtKind::Assign(Target::Local(local), value));
                    value = read;
                }
                for target in &it.targets {
                    self.assign(target, value.clone(), range, found);
                }
            }
            PyStmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    let value = self.expr(value);
                    self.assign(&it.target, value, range, found);
                }
            }
            PyStmt::AugAssign(it) => {
                let value = self.expr(&it.value);
                self.augment(&it.target, it.op, value, range, found);
            }
            PyStmt::If(it) => {
                let tests = it.elif_else_clauses.iter();
                let clauses: Vec<_> = std::iter::once((Some(&*it.test), &it.body[..]))
                    .chain(tests.map(|clause| (clause.test.as_ref(), &clause.body[..])))
                    .collect();
                self.if_statement(&clauses, rest, range, found);
            }
            PyStmt::While(it) => {
                self.forget_bound(std::slice::from_ref(stmt));
                let cond = self.cond(&it.test);
                let body = self.under(&cond, true, |this| this.stmts(&it.body));
                let orelse = self.stmts(&it.orelse);
                push(StmtKind::While(cond, body, orelse));
            }
            PyStmt::For(it) => self.for_statement(stmt, it, found),
            PyStmt::With(it) => self.with(it, found),
            PyStmt::Try(it) => {
                let tried = self.try_statement(it);
                push(StmtKind::Try(Box::new(tried)));
            }
            PyStmt::Assert(it) => {
                let cond = self.cond_not(&it.test);
                let none = super::Arguments::default();
                let mut arguments = none;
                if let Some(message) = &it.msg {
                    let value = self.expr(message);
                    arguments
                        .positional
                        .push(super::Argument { ast: None, value });
                }
                let error = self.exception_of("AssertionError", &arguments, range);
                let raise = Stmt {
                    kind: StmtKind::Raise(error),
                    range,
                };
                push(StmtKind::If(cond, vec![raise], Vec::new()));
            }
            PyStmt::Delete(it) => {
                for target in &it.targets {
                    self.delete(target, found);
                }
            }
            PyStmt::Match(it) => self.match_statement(it, found),
            PyStmt::TypeAlias(_) => {}
            PyStmt::IpyEscapeCommand(_) => {
                self.unsupported(range, "a shell command");
            }
        }
    }

    fn import(&mut self, stmt: &PyStmt) {
        let program = self.program;
        for (name, binding) in crate::compiler::program::imported(program, self.module, stmt) {
            if self.function.is_some() {
                let value = self.bound(&binding, stmt.range());
                let ty = value.ty.clone();
                if matches!(ty, Ty::Static(_)) {
                    self.store(&name, &ty, stmt.range());
                } else {
                    let what = format!("`{name}`, a variable imported in a function,");
                    self.unsupported(stmt.range(), &what);
                }
            }
        }
    }

    fn returned(&mut self, value: Option<&PyExpr>, range: TextRange) -> Expr {
        // What the handler returns is encoded, where nothing is around it.
        if let (Some(value), Some(function)) = (value, self.function)
            && function == self.program.handler
            && self.program.functions[function]
                .def
                .decorator_list
                .is_empty()
        {
            self.encode(value);
        }
        if self.in_generator() {
            return self.generator_return(value, range);
        }
        let value = match value {
            Some(value) => self.expr(value),
            None => Expr::none(range),
        };
        let value = self.existing(value);
        let Some(function) = self.function else {
            return self.unsupported(range, "`return` outside of a function");
        };
        if self.is_constructor().is_some() {
            return value;
        }
        if self.is_open_constructor() {
            return self.read(0, range);
        }
        let place = Place::Return(function);
        self.types.flows(place.clone(), &value.ty);
        let ty = self.types.of(&place);
        self.coerce(value, &ty)
    }

    fn expression_statement(&mut self, value: &PyExpr, range: TextRange, found: &mut Vec<Stmt>) {
        if value.is_string_literal_expr() || value.is_ellipsis_literal_expr() {
            return;
        }
        if let PyExpr::Call(call) = value
            && self.extended(call, range, found)
        {
            return;
        }
        if let PyExpr::If(it) = value {
            let cond = self.cond(&it.test);
            let mut branches = [Vec::new(), Vec::new()];
            for (branch, (holds, part)) in branches
                .iter_mut()
                .zip([(true, &it.body), (false, &it.orelse)])
            {
                self.under(&cond, holds, |this| {
                    this.expression_statement(part, range, branch);
                });
            }
            let [then, otherwise] = branches;
            found.push(Stmt {
                kind: StmtKind::If(cond, then, otherwise),
                range,
            });
            return;
        }
        if let PyExpr::YieldFrom(it) = value {
            self.yielded_from(&it.value, range, found);
            return;
        }
        if let PyExpr::Yield(it) = value {
            let given = self.yielded(it.value.as_deref(), range);
            found.push(Stmt {
                kind: StmtKind::Expr(given),
                range,
            });
            return;
        }
        let value = self.expr(value);
        let value = flattened(value, found);
        if value.is_simple() {
            return;
        }
        found.push(Stmt {
            kind: StmtKind::Expr(value),
            range,
        });
    }

    fn if_statement(
        &mut self,
        clauses: &[(Option<&PyExpr>, &[PyStmt])],
        rest: &[PyStmt],
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        let Some(((test, body), others)) = clauses.split_first() else {
            return;
        };
        let Some(test) = test else {
            found.extend(self.stmts(body));
            return;
        };
        let cond = without_block(self.cond(test), found);
        if let Some(known) = known(&cond) {
            // What is never reached is not translated, so it need not be translatable.
            if known {
                found.extend(self.stmts(body));
            } else {
                self.if_statement(others, rest, range, found);
            }
            return;
        }
        let then = self.under(&cond, true, |this| this.stmts(body));
        if others.is_empty()
            && ends(&then)
            && let Some((local, seen)) = Self::let_else(&cond)
            && !self.is_stored(local, rest)
        {
            self.narrowed.push((local, seen));
            found.push(Stmt {
                kind: StmtKind::LetElse(local, seen, then),
                range,
            });
            return;
        }
        let otherwise = self.under(&cond, false, |this| {
            let mut otherwise = Vec::new();
            this.if_statement(others, &[], range, &mut otherwise);
            otherwise
        });
        found.push(Stmt {
            kind: StmtKind::If(cond, then, otherwise),
            range,
        });
    }

    /// Whether statements bind the name of a local anew.
    fn is_stored(&self, local: usize, stmts: &[PyStmt]) -> bool {
        let stored = crate::compiler::program::assigned_names(stmts);
        stored
            .iter()
            .any(|name| self.local_named(name) == Some(local))
    }

    /// Refuses a name of an exception that is a variable's too: Python unbinds it where the handler
    /// ends.
    fn check_exception_name(&mut self, name: &str, range: TextRange) {
        let program = self.program;
        let (body, is_parameter) = match self.function {
            Some(function) => {
                let def = program.functions[function].def;
                let names = super::parameter_names(&def.parameters);
                (&def.body, names.iter().any(|it| it == name))
            }
            None => (&program.modules[self.module].syntax.syntax().body, false),
        };
        if is_parameter || crate::compiler::program::is_variable_too(body, name) {
            let what = format!("`{name}`, the name of an exception and of a variable,");
            self.unsupported_with(range, &what, "give one of them another name");
        }
    }

    fn try_statement(&mut self, it: &StmtTry) -> Try {
        self.check_closing(it);
        if it.is_star {
            self.unsupported(it.range(), "`except*`");
        }
        let body = self.stmts(&it.body);
        let orelse = self.stmts(&it.orelse);
        let error = self.fresh("error", Ty::Error);
        self.locals[error].is_inner = true;
        let mut handlers = Vec::new();
        for handler in &it.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let classes = match &handler.type_ {
                Some(classes) => self.class_tests(classes),
                None => Vec::new(),
            };
            self.names.push(Default::default());
            let name = handler.name.as_ref().map(|name| {
                self.check_exception_name(name, name.range());
                let local = self.inner(name, Ty::Error);
                self.bind_inner(name, local);
                local
            });
            self.handled.push(name.unwrap_or(error));
            let body = self.stmts(&handler.body);
            self.handled.pop();
            self.names.pop();
            handlers.push(Handler {
                classes,
                name,
                body,
                range: handler.range(),
            });
        }
        let finally = self.stmts(&it.finalbody);
        if leaves(&finally) || ends(&finally) {
            let what = "a `finally` that leaves by `return`, `break`, `continue` or `raise`";
            self.unsupported_with(it.range(), what, "leave after the `try` statement");
        }
        Try {
            body,
            handlers,
            orelse,
            finally,
            error,
        }
    }
}

/// The value of a block whose statements are put before the statement that it is in.
fn flattened(value: Expr, found: &mut Vec<Stmt>) -> Expr {
    match value.kind {
        Kind::Block(stmts, last) if last.ty == value.ty => {
            found.extend(stmts);
            flattened(*last, found)
        }
        kind => Expr { kind, ..value },
    }
}

/// A condition whose first statements come before the statement that it belongs to.
fn without_block(cond: Cond, found: &mut Vec<Stmt>) -> Cond {
    match cond {
        Cond::Expr(expr) => match expr.kind {
            Kind::Block(stmts, last) => {
                found.extend(stmts);
                without_block(Cond::Expr(*last), found)
            }
            Kind::Cond(inner) => without_block(*inner, found),
            _ => Cond::Expr(expr),
        },
        Cond::Not(inner) => super::condition::negated(without_block(*inner, found)),
        Cond::And(mut all) if !all.is_empty() => {
            let first = without_block(all.remove(0), found);
            all.insert(0, first);
            Cond::And(all)
        }
        Cond::Or(mut all) if !all.is_empty() => {
            let first = without_block(all.remove(0), found);
            all.insert(0, first);
            Cond::Or(all)
        }
        other => other,
    }
}
