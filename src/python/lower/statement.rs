//! Statements.

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtClassDef, StmtIf, StmtMatch, StmtTry};
use ruff_text_size::{Ranged, TextRange};

use super::super::code::{Class, Kind, MODULE_BODY, NOTHING, OPAQUE, RETURNED, Slot};
use super::import::{catches_import_errors, is_main_guard, is_type_checking};
use super::{Lowering, ScopeKind, bindings, range_of, span};

impl<'a> Lowering<'a> {
    pub(super) fn block(&mut self, body: &'a [Stmt]) {
        self.deeper(range_of(body), |this| {
            for statement in body {
                this.statement(statement);
            }
        });
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(it) => self.function_definition(it),
            Stmt::ClassDef(it) => self.class_definition(it),
            Stmt::Return(it) => {
                if let Some(value) = &it.value {
                    let slot = self.expression(value);
                    self.push(RETURNED, span(it.range), Kind::Copy(slot));
                }
            }
            Stmt::Assign(it) => {
                let value = self.expression(&it.value);
                for target in &it.targets {
                    self.assign(target, value);
                }
            }
            Stmt::AugAssign(it) => {
                let old = self.expression(&it.target);
                let value = self.expression(&it.value);
                let new = self.value(it.range, Kind::Combine(old, value));
                self.assign(&it.target, new);
            }
            Stmt::AnnAssign(it) => {
                let annotation = self.annotation(&it.annotation);
                let typed = self.value(it.range, Kind::Annotated(annotation));
                let value = match &it.value {
                    Some(value) => {
                        let value = self.expression(value);
                        self.join(it.range, &[value, typed])
                    }
                    None => typed,
                };
                self.assign(&it.target, value);
            }
            Stmt::For(it) => {
                let iterable = self.expression(&it.iter);
                self.in_loop(&[&it.body, &it.orelse], &it.target, it.range, |this| {
                    let element = this.value(it.iter.range(), Kind::Elements(iterable));
                    this.assign(&it.target, element);
                    this.block(&it.body);
                });
                self.block(&it.orelse);
            }
            Stmt::While(it) => {
                self.in_loop(&[&it.body, &it.orelse], &it.test, it.range, |this| {
                    this.expression(&it.test);
                    this.block(&it.body);
                });
                self.block(&it.orelse);
            }
            Stmt::If(it) => self.conditional(it),
            Stmt::With(it) => {
                for item in &it.items {
                    let context = self.expression(&item.context_expr);
                    let entered = self.value(item.range, Kind::Enter(context));
                    if let Some(target) = &item.optional_vars {
                        self.assign(target, entered);
                    }
                }
                self.block(&it.body);
            }
            Stmt::Match(it) => self.matched(it),
            Stmt::Raise(it) => {
                for value in it.exc.iter().chain(&it.cause) {
                    self.expression(value);
                }
            }
            Stmt::Try(it) => self.tried(it),
            Stmt::Assert(it) => {
                self.expression(&it.test);
                it.msg.iter().for_each(|message| {
                    self.expression(message);
                });
            }
            Stmt::Import(it) => self.import(it),
            Stmt::ImportFrom(it) => self.import_from(it),
            Stmt::Global(it) => self.declare(it.names.iter().map(|name| name.as_str()), true),
            Stmt::Nonlocal(it) => self.declare(it.names.iter().map(|name| name.as_str()), false),
            Stmt::Expr(it) => {
                self.expression(&it.value);
            }
            Stmt::Delete(it) => self.deleted(&it.targets),
            Stmt::TypeAlias(_)
            | Stmt::Pass(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn deleted(&mut self, targets: &'a [Expr]) {
        for target in targets {
            match target {
                Expr::Attribute(it) => self.expression(&it.value),
                Expr::Subscript(it) => self.expression(&it.value),
                _ => NOTHING,
            };
        }
    }

    fn declare(&mut self, names: impl Iterator<Item = &'a str>, global: bool) {
        let Some(scope) = self
            .scopes
            .iter_mut()
            .rev()
            .find(|scope| scope.kind != ScopeKind::Comprehension)
        else {
            return;
        };
        if global {
            scope.globals.extend(names);
        } else {
            scope.nonlocals.extend(names);
        }
    }

    /// Lowers what a loop repeats. What the loop assigns is joined over its rounds.
    fn in_loop(
        &mut self,
        blocks: &[&'a [Stmt]],
        target: &'a Expr,
        range: TextRange,
        repeated: impl FnOnce(&mut Self),
    ) {
        let mut assigned: Vec<&'a str> = blocks
            .iter()
            .flat_map(|block| bindings::bound(block))
            .collect();
        bindings::targets(target, &mut assigned);
        self.forget(&assigned);
        if !self.main_only || self.function != MODULE_BODY {
            self.code.functions[self.function as usize]
                .loops
                .push(span(range));
        }
        self.loops += 1;
        repeated(self);
        self.loops -= 1;
        self.forget(&assigned);
    }

    fn conditional(&mut self, statement: &'a StmtIf) {
        let type_checking = is_type_checking(&statement.test);
        self.guarded += u32::from(type_checking);
        self.expression(&statement.test);
        let before = self.snapshot();
        let outside = self.main_only;
        self.main_only |= is_main_guard(&statement.test);
        self.block(&statement.body);
        self.main_only = outside;
        self.guarded -= u32::from(type_checking);
        let mut branches = Vec::new();
        let mut total = false;
        if !leaves(&statement.body) {
            branches.push(self.snapshot());
        }
        for clause in &statement.elif_else_clauses {
            self.restore(before.clone());
            match &clause.test {
                Some(test) => {
                    self.expression(test);
                }
                None => total = true,
            }
            self.block(&clause.body);
            if !leaves(&clause.body) {
                branches.push(self.snapshot());
            }
        }
        if !total {
            branches.push(before);
        }
        self.merge(&branches, statement.range);
    }

    fn matched(&mut self, statement: &'a StmtMatch) {
        let subject = self.expression(&statement.subject);
        let before = self.snapshot();
        let mut branches = vec![before.clone()];
        for case in &statement.cases {
            self.restore(before.clone());
            self.captures(&case.pattern, subject);
            if let Some(guard) = &case.guard {
                self.expression(guard);
            }
            self.block(&case.body);
            if !leaves(&case.body) {
                branches.push(self.snapshot());
            }
        }
        self.merge(&branches, statement.range);
    }

    fn captures(&mut self, pattern: &'a ruff_python_ast::Pattern, subject: Slot) {
        let range = pattern.range();
        self.deeper(range, |this| {
            let mut names = Vec::new();
            super::pattern::captured(pattern, &mut names);
            for name in names {
                this.bind(name, subject, range);
            }
            let part = this.value(range, Kind::Elements(subject));
            let either = this.join(range, &[part, subject]);
            for inner in super::pattern::inner(pattern) {
                this.captures(inner, either);
            }
        });
    }

    /// After any statement of the `try` the handlers may run: what is assigned within is joined.
    fn tried(&mut self, statement: &'a StmtTry) {
        let guards = catches_import_errors(statement);
        let mut assigned = bindings::bound(&statement.body);
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            assigned.extend(bindings::bound(&handler.body));
        }
        assigned.extend(bindings::bound(&statement.orelse));
        self.guarded += u32::from(guards);
        self.block(&statement.body);
        let after_body = self.snapshot();
        let mut every_handler_leaves = true;
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            self.forget(&assigned);
            if let Some(kind) = &handler.type_ {
                self.expression(kind);
            }
            if let Some(name) = &handler.name {
                self.bind(name.as_str(), OPAQUE, name.range());
            }
            self.block(&handler.body);
            every_handler_leaves &= leaves(&handler.body);
        }
        self.guarded -= u32::from(guards);
        self.restore(after_body);
        self.block(&statement.orelse);
        if !every_handler_leaves || !statement.finalbody.is_empty() {
            self.forget(&assigned);
        }
        self.block(&statement.finalbody);
    }

    fn class_definition(&mut self, statement: &'a StmtClassDef) {
        let mut bases = Vec::new();
        if let Some(arguments) = &statement.arguments {
            for base in &arguments.args {
                bases.push(self.expression(base));
            }
            for keyword in &arguments.keywords {
                self.expression(&keyword.value);
            }
        }
        let decorators = self.decorators(&statement.decorator_list);
        let index = self.code.classes.len() as u32;
        self.code.classes.push(Class {
            name: statement.name.as_str().to_owned(),
            fields: Vec::new(),
            span: span(statement.range),
        });
        let kind = Kind::Class(index, bases.into_boxed_slice());
        let class = self.value(statement.name.range(), kind);
        let fields: Vec<u32> = statement
            .body
            .iter()
            .filter_map(|item| match item {
                Stmt::AnnAssign(it) => it.target.as_name_expr(),
                _ => None,
            })
            .map(|name| self.name(name.id.as_str()))
            .collect();
        self.code.classes[index as usize].fields = fields;
        let names = bindings::bound(&statement.body);
        self.enter_scope(ScopeKind::Class, self.function, names.into_iter());
        if let Some(scope) = self.scopes.last_mut() {
            scope.class = Some(class);
        }
        self.qualified.push(statement.name.as_str().to_owned());
        self.classes.push(index);
        self.block(&statement.body);
        self.classes.pop();
        self.qualified.pop();
        self.scopes.pop();
        let decorated = self.decorate(class, &decorators);
        self.bind(statement.name.as_str(), decorated, statement.name.range());
    }

    /// Assigns a value to a target, unpacking tuples.
    pub(super) fn assign(&mut self, target: &'a Expr, value: Slot) {
        self.deeper(target.range(), |this| this.assign_within(target, value));
    }

    fn assign_within(&mut self, target: &'a Expr, value: Slot) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), value, name.range),
            Expr::Attribute(attribute) => {
                let object = self.expression(&attribute.value);
                let name = self.name(attribute.attr.as_str());
                let kind = Kind::SetAttribute {
                    object,
                    name,
                    value,
                };
                self.push(NOTHING, span(attribute.attr.range()), kind);
            }
            Expr::Subscript(subscript) => {
                let object = self.expression(&subscript.value);
                let key = self.expression(&subscript.slice);
                let kind = Kind::SetItem { object, key, value };
                self.push(NOTHING, span(subscript.range), kind);
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, value),
            Expr::List(list) => self.unpack(&list.elts, value),
            Expr::Starred(starred) => self.assign(&starred.value, value),
            _ => {}
        }
    }

    fn unpack(&mut self, targets: &'a [Expr], value: Slot) {
        for (index, target) in targets.iter().enumerate() {
            let key = self.index(index, target.range());
            let starred = matches!(target, Expr::Starred(_));
            let key = if starred { OPAQUE } else { key };
            let kind = Kind::Item { object: value, key };
            let element = self.value(target.range(), kind);
            let element = if starred { value } else { element };
            self.assign(target, element);
        }
    }

    /// The slot of a position in a sequence.
    pub(super) fn index(&mut self, index: usize, range: TextRange) -> Slot {
        let name = self.name(&index.to_string());
        self.value(range, Kind::Number(name))
    }
}

/// Whether control never comes out at the block's end.
fn leaves(body: &[Stmt]) -> bool {
    matches!(
        body.last(),
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_))
    )
}
