//! What a body binds, by Python's scoping rules.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, ExprContext, Pattern, Stmt};

/// The names that a body binds in its own scope, in order, those declared global left out.
pub fn assigned_names(body: &[Stmt]) -> Vec<String> {
    let mut names = Assigned::default();
    names.visit_body(body);
    let foreign: BTreeSet<_> = names.foreign.into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut found = names.found;
    found.retain(|name| !foreign.contains(name) && seen.insert(name.clone()));
    found
}

/// The names that a body binds in its own scope, each as often as it is bound.
pub fn bound_names(body: &[Stmt]) -> Vec<String> {
    let mut names = Assigned::default();
    names.visit_body(body);
    names.found
}

/// Whether a name that exceptions are bound to in a body is bound there by something else.
pub fn is_variable_too(body: &[Stmt], name: &str) -> bool {
    let mut handlers = 0;
    walk_statements(body, &mut |stmt| {
        if let Stmt::Try(it) = stmt {
            handlers += it
                .handlers
                .iter()
                .filter(|ExceptHandler::ExceptHandler(it)| {
                    it.name.as_ref().is_some_and(|it| it.as_str() == name)
                })
                .count();
        }
    });
    let bound = bound_names(body);
    bound.iter().filter(|it| *it == name).count() > handlers
}

/// The names that a body declares global.
pub fn globals_of(body: &[Stmt]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk_statements(body, &mut |stmt| {
        if let Stmt::Global(it) = stmt {
            found.extend(it.names.iter().map(ToString::to_string));
        }
    });
    found
}

/// The names that a body declares nonlocal.
pub fn nonlocals_of(body: &[Stmt]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk_statements(body, &mut |stmt| {
        if let Stmt::Nonlocal(it) = stmt {
            found.extend(it.names.iter().map(ToString::to_string));
        }
    });
    found
}

/// Calls with every statement of a scope, those of nested functions and classes left out.
pub fn walk_statements<'a>(body: &'a [Stmt], each: &mut impl FnMut(&'a Stmt)) {
    for stmt in body {
        each(stmt);
        match stmt {
            Stmt::If(it) => {
                walk_statements(&it.body, each);
                for clause in &it.elif_else_clauses {
                    walk_statements(&clause.body, each);
                }
            }
            Stmt::For(it) => {
                walk_statements(&it.body, each);
                walk_statements(&it.orelse, each);
            }
            Stmt::While(it) => {
                walk_statements(&it.body, each);
                walk_statements(&it.orelse, each);
            }
            Stmt::With(it) => walk_statements(&it.body, each),
            Stmt::Try(it) => {
                walk_statements(&it.body, each);
                for handler in &it.handlers {
                    let ExceptHandler::ExceptHandler(handler) = handler;
                    walk_statements(&handler.body, each);
                }
                walk_statements(&it.orelse, each);
                walk_statements(&it.finalbody, each);
            }
            Stmt::Match(it) => {
                for case in &it.cases {
                    walk_statements(&case.body, each);
                }
            }
            _ => {}
        }
    }
}

#[derive(Default)]
struct Assigned {
    found: Vec<String>,
    foreign: Vec<String>,
}

impl<'a> Visitor<'a> for Assigned {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(it) => self.found.push(it.name.to_string()),
            Stmt::ClassDef(it) => self.found.push(it.name.to_string()),
            Stmt::Import(it) => {
                for alias in &it.names {
                    let name = match &alias.asname {
                        Some(name) => name.as_str(),
                        None => alias.name.split('.').next().unwrap_or_default(),
                    };
                    self.found.push(name.to_owned());
                }
            }
            Stmt::ImportFrom(it) => {
                for alias in &it.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.found.push(name.to_string());
                }
            }
            Stmt::Global(it) => self
                .foreign
                .extend(it.names.iter().map(ToString::to_string)),
            Stmt::Nonlocal(it) => self
                .foreign
                .extend(it.names.iter().map(ToString::to_string)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(it) = handler;
        self.found.extend(it.name.as_ref().map(ToString::to_string));
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(it) => self.found.extend(it.name.as_ref().map(ToString::to_string)),
            Pattern::MatchStar(it) => self.found.extend(it.name.as_ref().map(ToString::to_string)),
            Pattern::MatchMapping(it) => {
                self.found.extend(it.rest.as_ref().map(ToString::to_string));
            }
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(it) if it.ctx == ExprContext::Store => self.found.push(it.id.to_string()),
            // Scopes of their own; only a walrus binds outside of a comprehension.
            Expr::Lambda(_) => {}
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                let mut inner = Walrus::default();
                inner.visit_expr(expr);
                self.found.extend(inner.found);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }
}

#[derive(Default)]
struct Walrus {
    found: Vec<String>,
}

impl<'a> Visitor<'a> for Walrus {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Named(it) = expr
            && let Expr::Name(name) = &*it.target
        {
            self.found.push(name.id.to_string());
        }
        visitor::walk_expr(self, expr);
    }
}
