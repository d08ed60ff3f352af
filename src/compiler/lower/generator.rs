//! Functions with `yield`: futures that wait where they give an item, run through where they are
//! called.
//!
//! Refused: a generator that is kept or given away, `send`, and what Python does when it closes a
//! generator that was not run to its end: `finally`, exits of `with`, handlers of everything.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr as PyExpr, Stmt as PyStmt, StmtTry};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::types::Place;
use crate::compiler::ir::{Expr, Iterable, Kind, Mode, Steps, Stmt, StmtKind, Target};
use crate::compiler::program::Consumed;
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// Whether a function is a generator.
    pub(super) fn is_generator(&self, function: usize) -> bool {
        yields(&self.program.functions[function].def.body)
    }

    /// Whether the body is a generator's.
    pub(super) fn in_generator(&self) -> bool {
        self.function.is_some_and(|it| self.is_generator(it))
    }

    /// Refuses a generator of which Python's runtime or a decorator makes something else.
    pub(super) fn check_generator(&mut self, function: usize) {
        let def = self.program.functions[function].def;
        if def.is_async || function == self.program.handler || !def.decorator_list.is_empty() {
            let help = "collect the items in a list and return it";
            self.unsupported_with(def.name.range(), "this generator", help);
        }
    }

    /// The call of a generator as what a loop runs over.
    pub(super) fn generated(&mut self, value: Expr) -> Result<Iterable, Expr> {
        let is_generated = match &value.kind {
            Kind::Call(call) => self.is_generator(call.function),
            _ => false,
        };
        if !is_generated {
            return Err(value);
        }
        Ok(Iterable {
            item: value.ty.clone(),
            expr: value,
            steps: Steps::Awaiting,
        })
    }

    /// The call of a generator where it stands: a list, if all its items are taken first.
    pub(super) fn generated_here(&mut self, value: Expr) -> Expr {
        let range = value.range;
        let iterable = match self.generated(value) {
            Ok(iterable) => iterable,
            Err(value) => return value,
        };
        if self.taking == Some(range) {
            return iterable.expr;
        }
        if let Kind::Call(call) = &iterable.expr.kind
            && self.program.functions[call.function].class.is_some()
            && !call.arguments.first().is_none_or(Expr::is_simple)
        {
            let help = "give the instance a name first";
            return self.unsupported_with(range, "a generator of a new instance", help);
        }
        match self.consumed(range) {
            Some(Consumed::Whole) => self.collected(iterable, range),
            _ => {
                let help = "make a list of it where it is called: `list(…)`";
                self.unsupported_with(range, "a generator that is kept", help)
            }
        }
    }

    /// `yield item` as a statement.
    pub(super) fn yielded(&mut self, item: Option<&PyExpr>, range: TextRange) -> Expr {
        let value = match item {
            Some(item) => self.expr(item),
            None => Expr::none(range),
        };
        self.given_item(value, range)
    }

    fn given_item(&mut self, value: Expr, range: TextRange) -> Expr {
        let Some(function) = self.function else {
            return self.unsupported(range, "`yield` outside of a function");
        };
        let place = Place::Return(function);
        self.types.flows(place.clone(), &value.ty);
        let ty = self.types.of(&place);
        let value = self.coerce(value, &ty);
        let items = Expr::new(
            Kind::Local(self.sink()),
            Self::opaque("generator::Items"),
            range,
        );
        let operands = vec![(items, Mode::Receiver), (value, Mode::Owned)];
        let given = Expr::op("{0}.give({1})", operands, Ty::None, range);
        given
            .awaiting()
            .item("generator", "Items::give")
            .item("generator", "Generator::new")
            .item("generator", "Generator::next")
    }

    /// `yield from items` as a statement.
    pub(super) fn yielded_from(&mut self, items: &PyExpr, range: TextRange, found: &mut Vec<Stmt>) {
        let iterable = self.iterable(items);
        let local = self.inner("item", iterable.item.clone());
        self.locals[local].is_made = true;
        let item = Expr::new(Kind::Local(local), iterable.item.clone(), range);
        let stmt = |kind| Stmt { kind, range };
        let given = self.given_item(item, range);
        let body = vec![stmt(StmtKind::Expr(given))];
        found.push(stmt(StmtKind::For(
            Target::Local(local),
            iterable,
            body,
            Vec::new(),
        )));
    }

    /// The variable through which a generator's body gives its items.
    pub(super) fn sink(&mut self) -> usize {
        let key = "yield";
        if let Some(local) = self.local_named(key) {
            return local;
        }
        let local = self.inner("items", Self::opaque("generator::Items"));
        self.locals[local].is_made = true;
        if let Some(scope) = self.names.first_mut() {
            scope.insert(key.to_owned(), local);
        }
        local
    }

    /// Refuses a `yield` in what Python leaves in a way of its own when the generator is closed.
    pub(super) fn check_closing(&mut self, it: &StmtTry) {
        if !yields(&it.body) {
            return;
        }
        let catches_all = it.handlers.iter().any(|handler| {
            let ExceptHandler::ExceptHandler(handler) = handler;
            match handler.type_.as_deref() {
                None => true,
                Some(PyExpr::Name(name)) => {
                    matches!(name.id.as_str(), "BaseException" | "GeneratorExit")
                }
                Some(PyExpr::Tuple(_)) | Some(PyExpr::Attribute(_)) => false,
                Some(_) => true,
            }
        });
        if catches_all || !it.finalbody.is_empty() {
            self.unsupported(
                it.range(),
                "`yield` in a `try` that is left when the generator is closed",
            );
        }
    }

    /// What a generator's `return` gives.
    pub(super) fn generator_return(&mut self, value: Option<&PyExpr>, range: TextRange) -> Expr {
        if value.is_some_and(|it| !it.is_none_literal_expr()) {
            return self.unsupported(range, "a value that a generator returns");
        }
        Expr::none(range)
    }
}

/// Whether a definition is a generator's.
pub fn is_generator(def: &ruff_python_ast::StmtFunctionDef) -> bool {
    yields(&def.body)
}

/// Whether statements have a `yield` of their own.
pub(super) fn yields(body: &[PyStmt]) -> bool {
    struct Yields(bool);
    impl<'a> Visitor<'a> for Yields {
        fn visit_stmt(&mut self, stmt: &'a PyStmt) {
            if !matches!(stmt, PyStmt::FunctionDef(_) | PyStmt::ClassDef(_)) {
                visitor::walk_stmt(self, stmt);
            }
        }
        fn visit_expr(&mut self, expr: &'a PyExpr) {
            match expr {
                PyExpr::Yield(_) | PyExpr::YieldFrom(_) => self.0 = true,
                PyExpr::Lambda(_) => {}
                _ => visitor::walk_expr(self, expr),
            }
        }
    }
    let mut found = Yields(false);
    found.visit_body(body);
    found.0
}
