//! Which names a block of statements binds, nested blocks included, nested functions and
//! classes not.

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{ExceptHandler, Expr, ExprContext, Pattern, Stmt};
use rustc_hash::FxHashSet;

use super::MAX_DEPTH;

/// The names that the block binds, in no order, with repeats.
pub(super) fn bound(body: &[Stmt]) -> Vec<&str> {
    let mut binder = Binder {
        names: Vec::new(),
        depth: 0,
    };
    binder.block(body);
    binder.names
}

/// The names that any function in the block declares `global` or `nonlocal`.
pub(super) fn declared_global(body: &[Stmt]) -> FxHashSet<&str> {
    let mut names = FxHashSet::default();
    declared(body, 0, &mut names);
    names
}

/// The names in a target of an assignment.
pub(super) fn targets<'a>(target: &'a Expr, names: &mut Vec<&'a str>) {
    match target {
        Expr::Name(name) => names.push(name.id.as_str()),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|item| targets(item, names)),
        Expr::List(list) => list.elts.iter().for_each(|item| targets(item, names)),
        Expr::Starred(starred) => targets(&starred.value, names),
        _ => {}
    }
}

/// The blocks inside a statement, those of nested functions and classes excepted.
fn blocks(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::With(it) => vec![&it.body],
        Stmt::If(it) => std::iter::once(it.body.as_slice())
            .chain(
                it.elif_else_clauses
                    .iter()
                    .map(|clause| clause.body.as_slice()),
            )
            .collect(),
        Stmt::Match(it) => it.cases.iter().map(|case| case.body.as_slice()).collect(),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter().map(|handler| {
                let ExceptHandler::ExceptHandler(handler) = handler;
                handler.body.as_slice()
            });
            [it.body.as_slice(), &it.orelse, &it.finalbody]
                .into_iter()
                .chain(handlers)
                .collect()
        }
        _ => Vec::new(),
    }
}

fn declared<'a>(body: &'a [Stmt], depth: usize, names: &mut FxHashSet<&'a str>) {
    if depth > MAX_DEPTH {
        return;
    }
    for statement in body {
        match statement {
            Stmt::Global(it) => names.extend(it.names.iter().map(|name| name.as_str())),
            Stmt::Nonlocal(it) => names.extend(it.names.iter().map(|name| name.as_str())),
            Stmt::FunctionDef(it) => declared(&it.body, depth + 1, names),
            Stmt::ClassDef(it) => declared(&it.body, depth + 1, names),
            _ => {
                for block in blocks(statement) {
                    declared(block, depth + 1, names);
                }
            }
        }
    }
}

struct Binder<'a> {
    names: Vec<&'a str>,
    depth: usize,
}

impl<'a> Binder<'a> {
    fn block(&mut self, body: &'a [Stmt]) {
        if self.depth > MAX_DEPTH {
            return;
        }
        self.depth += 1;
        for statement in body {
            self.statement(statement);
            for block in blocks(statement) {
                self.block(block);
            }
        }
        self.depth -= 1;
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(it) => self.names.push(it.name.as_str()),
            Stmt::ClassDef(it) => self.names.push(it.name.as_str()),
            Stmt::Assign(it) => {
                it.targets
                    .iter()
                    .for_each(|item| targets(item, &mut self.names));
                self.walrus(&it.value);
            }
            Stmt::AugAssign(it) => targets(&it.target, &mut self.names),
            Stmt::AnnAssign(it) => targets(&it.target, &mut self.names),
            Stmt::For(it) => targets(&it.target, &mut self.names),
            Stmt::While(it) => self.walrus(&it.test),
            Stmt::If(it) => {
                self.walrus(&it.test);
                for test in it
                    .elif_else_clauses
                    .iter()
                    .filter_map(|it| it.test.as_ref())
                {
                    self.walrus(test);
                }
            }
            Stmt::Return(it) => it.value.iter().for_each(|value| self.walrus(value)),
            Stmt::Expr(it) => self.walrus(&it.value),
            Stmt::With(it) => {
                for target in it
                    .items
                    .iter()
                    .filter_map(|item| item.optional_vars.as_ref())
                {
                    targets(target, &mut self.names);
                }
            }
            Stmt::Import(it) => {
                for alias in &it.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.names.push(name.split('.').next().unwrap_or(name));
                }
            }
            Stmt::ImportFrom(it) => {
                for alias in it.names.iter().filter(|alias| alias.name.as_str() != "*") {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.names.push(name.as_str());
                }
            }
            Stmt::Try(it) => {
                for handler in &it.handlers {
                    let ExceptHandler::ExceptHandler(handler) = handler;
                    self.names
                        .extend(handler.name.as_ref().map(|name| name.as_str()));
                }
            }
            Stmt::Match(it) => {
                it.cases
                    .iter()
                    .for_each(|case| self.pattern(&case.pattern, 0));
            }
            _ => {}
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        super::pattern::captured(pattern, &mut self.names);
        for inner in super::pattern::inner(pattern) {
            self.pattern(inner, depth + 1);
        }
    }

    fn walrus(&mut self, expression: &'a Expr) {
        let mut finder = Walrus {
            names: &mut self.names,
            depth: 0,
        };
        finder.visit_expr(expression);
    }
}

struct Walrus<'a, 'n> {
    names: &'n mut Vec<&'a str>,
    depth: usize,
}

impl<'a> Visitor<'a> for Walrus<'a, '_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if self.depth > MAX_DEPTH || matches!(expression, Expr::Lambda(_)) {
            return;
        }
        if let Expr::Named(named) = expression
            && let Expr::Name(name) = &*named.target
            && name.ctx == ExprContext::Store
        {
            self.names.push(name.id.as_str());
        }
        self.depth += 1;
        walk_expr(self, expression);
        self.depth -= 1;
    }
}
