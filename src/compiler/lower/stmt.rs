//! Statements.

use ruff_python_ast::{ExceptHandler, Expr as PyExpr, Stmt as PyStmt, StmtTry};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::types::Place;
use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{Cond, Expr, Handler, Kind, Mode, Stmt, StmtKind, Target, Try};
use crate::compiler::mapping;
use crate::compiler::program::{Binding, rust_name};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

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

    /// Binds a target to a value.
    pub fn assign(
        &mut self,
        target: &PyExpr,
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        match target {
            PyExpr::Name(name) => self.assign_name(&name.id, value, range, found),
            PyExpr::Tuple(it) => self.unpack(&it.elts, value, range, found),
            PyExpr::List(it) => self.unpack(&it.elts, value, range, found),
            PyExpr::Attribute(it) => {
                let name = it.attr.to_string();
                let value = self.existing(value);
                let object = self.expr(&it.value);
                self.assign_attribute(object, &name, value, range, found);
            }
            PyExpr::Subscript(it) => {
                if it.slice.is_slice_expr() {
                    self.unsupported(range, "an assignment to a slice");
                    return;
                }
                let object = self.expr(&it.value);
                if let Some(stored) = mapping::store_item(self, &object, &it.slice, &value, range) {
                    found.push(Stmt {
                        kind: StmtKind::Expr(stored),
                        range,
                    });
                    return;
                }
                let key = self.expr(&it.slice);
                let values = vec![key.clone(), value.clone()];
                if let Some(stored) = self.special(&object, "__setitem__", values, range) {
                    found.push(Stmt {
                        kind: StmtKind::Expr(stored),
                        range,
                    });
                    return;
                }
                // The value comes before what it is stored in.
                let value = match object.is_simple() && key.is_simple() {
                    true => value,
                    false => self.bound_once(value, "value", found),
                };
                let stored = self.set_item(object, key, value, range);
                found.push(Stmt {
                    kind: StmtKind::Expr(stored),
                    range,
                });
            }
            _ => {
                self.unsupported(range, "this assignment");
            }
        }
    }

    /// `object[key] = value`.
    pub fn set_item(&mut self, object: Expr, key: Expr, value: Expr, range: TextRange) -> Expr {
        if object.ty == Ty::Dict && key.ty == Ty::Str {
            let value = self.dynamic(value);
            let operands = vec![
                (object, Mode::Receiver),
                (key, Mode::Str),
                (value, Mode::Owned),
            ];
            let stored = Expr::op("{0}.insert({1}, {2})", operands, Ty::None, range);
            return stored.item("dict", "Dict::insert");
        }
        let object = match object.ty {
            Ty::Dict => object,
            _ => self.dynamic(object),
        };
        let key = match key.ty {
            Ty::Str => (key, Mode::Str),
            _ => (self.dynamic(key), Mode::Owned),
        };
        let value = self.dynamic(value);
        let operands = vec![(object, Mode::Receiver), key, (value, Mode::Owned)];
        let stored = Expr::op("{0}.set_item({1}, {2})", operands, Ty::None, range);
        stored
            .raising()
            .item("value", "Value::set_item")
            .item("dict", "Dict::set_item")
    }

    pub(super) fn assign_name(
        &mut self,
        name: &str,
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        if let Some(function) = self.function
            && let Some(Binding::Global(global)) = self.binding(name).cloned()
            && crate::compiler::program::globals_of(&self.program.functions[function].def.body)
                .contains(name)
        {
            let module = self.program.globals[global].module;
            let own = &self.program.modules[module].syntax.syntax().body;
            if !crate::compiler::program::assigned_names(own)
                .iter()
                .any(|it| it == name)
            {
                self.unsupported_with(
                    range,
                    "a variable of the module that the module does not bind",
                    "bind it to `None` at the top of the module",
                );
                return;
            }
            self.types.flows(Place::Global(global), &value.ty);
            let ty = self.types.of(&Place::Global(global));
            let value = self.coerce(value, &ty);
            found.push(Stmt {
                kind: StmtKind::SetGlobal(global, value),
                range,
            });
            return;
        }
        if self.function.is_none()
            && let Some(Binding::Constant(..)) = self.binding(name)
        {
            return;
        }
        let ty = value.ty.clone();
        let Some(local) = self.store(name, &ty, range) else {
            return;
        };
        let ty = self.locals[local].ty.clone();
        // A module's variable that is always None is read as that.
        let is_none = ty == Ty::None && value.is_simple() && self.function.is_none();
        if is_none && matches!(self.binding(name), Some(Binding::Global(_))) {
            return;
        }
        let value = self.coerce(value, &ty);
        found.push(Stmt {
            kind: StmtKind::Assign(Target::Local(local), value),
            range,
        });
    }

    fn assign_attribute(
        &mut self,
        object: Expr,
        name: &str,
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        let mut push = |kind| found.push(Stmt { kind, range });
        match object.ty.clone() {
            Ty::Never => {}
            Ty::Instance(class) if self.program.classes[class].methods.contains_key(name) => {
                let what = format!("setting `{name}`, which is a method or property,");
                self.unsupported(range, &what);
            }
            Ty::Instance(class) if self.is_open(class) => {
                let value = self.dynamic(value);
                let operands = vec![(object, Mode::Receiver), (value, Mode::Owned)];
                let template = format!("{{0}}.attributes.insert({name:?}, {{1}})");
                let stored = Expr::op(&template, operands, Ty::None, range);
                push(StmtKind::Expr(stored.item("dict", "Dict::insert")));
            }
            Ty::Instance(class)
                if self.is_constructor() != Some(class)
                    && !self.field_names(class).iter().any(|it| it == name) =>
            {
                self.open(class);
            }
            Ty::Instance(class) => {
                let place = Place::Field(class, name.to_owned());
                self.types.flows(place.clone(), &value.ty);
                let ty = self.types.of(&place);
                let value = self.coerce(value, &ty);
                if self.is_constructor() == Some(class) && matches!(object.kind, Kind::Local(0)) {
                    let key = Self::field_key(name);
                    if matches!(ty, Ty::Static(_)) {
                        self.unsupported(range, "a function or module as an attribute");
                        return;
                    }
                    let local = self.field_local(&key, name, ty);
                    push(StmtKind::Assign(Target::Local(local), value));
                    return;
                }
                let field = rust_name(name);
                let template = match ty.is_copy() {
                    true => format!("{{0}}.{field}.set({{1}})"),
                    false => format!("{{0}}.{field}.replace({{1}})"),
                };
                let operands = vec![(object, Mode::Receiver), (value, Mode::Owned)];
                push(StmtKind::Expr(Expr::op(
                    &template,
                    operands,
                    Ty::None,
                    range,
                )));
            }
            Ty::Error if self.is_constructor().is_some() && object.is_this() => {
                self.set_of_exception(name, value, found);
            }
            _ => match mapping::store_attribute(self, &object, name, &value, range) {
                Some(stored) => push(StmtKind::Expr(stored)),
                None if object.ty == Ty::Value => {
                    let stored = self.store_unknown(object, name, value, range);
                    push(StmtKind::Expr(stored));
                }
                None => {
                    let what = format!("setting `{name}` of {}", self.describe(&object.ty));
                    self.unsupported(range, &what);
                }
            },
        }
    }

    pub(super) fn field_local(&mut self, key: &str, name: &str, ty: Ty) -> usize {
        match self.local_named(key) {
            Some(local) => {
                self.locals[local].ty = ty;
                local
            }
            None => {
                let local = self.variable(name, ty);
                if let Some(scope) = self.names.first_mut() {
                    scope.insert(key.to_owned(), local);
                }
                local
            }
        }
    }

    /// `a, *b, c = value`: what the starred target gets is one item of a list of all.
    fn unpack_starred(
        &mut self,
        targets: &[PyExpr],
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        let before = targets.iter().take_while(|it| !it.is_starred_expr());
        let before = before.count();
        let after = targets.len().saturating_sub(before + 1);
        let value = self.dynamic(value);
        let template = format!("{{0}}.gathered({before}, {after})");
        let operands = vec![(value, Mode::Receiver)];
        let parts = Expr::op(&template, operands, Ty::Value, range);
        let parts = parts.raising().item("value", "Value::gathered");
        let plain: Vec<PyExpr> = targets
            .iter()
            .map(|it| match it {
                PyExpr::Starred(it) => (*it.value).clone(),
                it => it.clone(),
            })
            .collect();
        self.unpack(&plain, parts, range, found);
    }

    fn unpack(&mut self, targets: &[PyExpr], value: Expr, range: TextRange, found: &mut Vec<Stmt>) {
        if targets.iter().any(PyExpr::is_starred_expr) {
            self.unpack_starred(targets, value, range, found);
            return;
        }
        let types = match &value.ty {
            Ty::Tuple(types) if types.len() == targets.len() => types.clone(),
            Ty::Never => vec![Ty::Never; targets.len()],
            ty if ty.is_dynamic() => vec![Ty::Value; targets.len()],
            ty => {
                let message = format!("{} cannot be unpacked", self.describe(ty));
                self.refuse(range, Code::UnknownType, message, "");
                return;
            }
        };
        let value = match &value.ty {
            Ty::Tuple(items) if items.len() == targets.len() => value,
            _ => self.dynamic(value),
        };
        let mut parts = Vec::new();
        let mut later = Vec::new();
        for (target, ty) in targets.iter().zip(&types) {
            match target {
                PyExpr::Name(name) => match self.store(&name.id, ty, range) {
                    // The name may hold more than this part: then it is widened afterwards.
                    Some(local) if self.locals[local].ty == *ty => parts.push(Target::Local(local)),
                    _ => {
                        let part = self.fresh(&name.id, ty.clone());
                        parts.push(Target::Local(part));
                        later.push((target, part, ty.clone()));
                    }
                },
                _ => {
                    let part = self.fresh("part", ty.clone());
                    parts.push(Target::Local(part));
                    later.push((target, part, ty.clone()));
                }
            }
        }
        found.push(Stmt {
            kind: StmtKind::Assign(Target::Tuple(parts), value),
            range,
        });
        for (target, part, ty) in later {
            let value = Expr::new(Kind::Local(part), ty, range);
            self.assign(target, value, range, found);
        }
    }

    /// The target of a loop.
    pub(super) fn loop_target(
        &mut self,
        target: &PyExpr,
        item: &Ty,
        range: TextRange,
        before: &mut Vec<Stmt>,
    ) -> Target {
        if let PyExpr::Name(name) = target {
            let Some(local) = self.store(&name.id, item, range) else {
                return Target::Ignore;
            };
            if self.locals[local].ty == *item {
                return Target::Local(local);
            }
        }
        if let (PyExpr::Tuple(it), Ty::Tuple(types)) = (target, item)
            && it.elts.len() == types.len()
        {
            let parts = it.elts.iter().zip(types);
            return Target::Tuple(
                parts
                    .map(|(it, ty)| self.loop_target(it, ty, range, before))
                    .collect(),
            );
        }
        let part = self.fresh("item", item.clone());
        let value = Expr::new(Kind::Local(part), item.clone(), range);
        self.assign(target, value, range, before);
        Target::Local(part)
    }

    fn augment(
        &mut self,
        target: &PyExpr,
        op: ruff_python_ast::Operator,
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        match target {
            PyExpr::Name(_) => {
                let old = self.expr(target);
                let new = self.in_place(old, op, value, range);
                self.assign(target, new, range, found);
            }
            PyExpr::Attribute(it) => {
                let object = self.expr(&it.value);
                if !object.is_simple() {
                    self.unsupported(range, "an update of an attribute of an expression");
                    return;
                }
                let old = self.attribute_of(object.clone(), &it.attr, range);
                let new = self.in_place(old, op, value, range);
                self.assign_attribute(object, &it.attr, new, range, found);
            }
            PyExpr::Subscript(it) if !it.slice.is_slice_expr() => {
                let object = self.expr(&it.value);
                let object = self.bound_once(object, "object", found);
                let key = self.expr(&it.slice);
                let key = self.bound_once(key, "key", found);
                let old = self.item_of(object.clone(), key.clone(), range);
                let new = self.in_place(old, op, value, range);
                let stored = self.set_item(object, key, new, range);
                found.push(Stmt {
                    kind: StmtKind::Expr(stored),
                    range,
                });
            }
            _ => {
                self.unsupported(range, "this update");
            }
        }
    }

    /// The same as [`Self::bound_once`], of statements within an expression.
    pub fn bound_inside(&mut self, value: Expr, name: &str, found: &mut Vec<Stmt>) -> Expr {
        let known = self.locals.len();
        let read = self.bound_once(value, name, found);
        if let Kind::Local(local) = read.kind
            && local >= known
        {
            self.locals[local].is_inner = true;
        }
        read
    }

    /// A value that can be read twice.
    pub fn bound_once(&mut self, value: Expr, name: &str, found: &mut Vec<Stmt>) -> Expr {
        if value.is_simple() {
            return value;
        }
        let range = value.range;
        let local = self.fresh(name, value.ty.clone());
        let read = Expr::new(Kind::Local(local), value.ty.clone(), range);
        found.push(Stmt {
            kind: StmtKind::Assign(Target::Local(local), value),
            range,
        });
        read
    }

    fn in_place(
        &mut self,
        old: Expr,
        op: ruff_python_ast::Operator,
        value: Expr,
        range: TextRange,
    ) -> Expr {
        // What is known to be immutable is bound anew; all else may change for all who share it.
        let is_known = |ty: &Ty| {
            let dynamic = matches!(
                ty,
                Ty::Value | Ty::List | Ty::Set | Ty::Dict | Ty::Option(_)
            );
            !dynamic
        };
        let is_one = |ty: &Ty| is_known(ty) && !ty.is_dynamic() || *ty == Ty::Never;
        if is_known(&old.ty) && is_known(&value.ty) || is_one(&old.ty) || is_one(&value.ty) {
            return self.operate(old, op, value, range);
        }
        let operands = vec![
            (self.dynamic(old), Mode::Ref),
            (self.dynamic(value), Mode::Ref),
        ];
        if op == ruff_python_ast::Operator::MatMult {
            return self.unsupported(range, "`@=`");
        }
        let found = match in_place_of(op) {
            Some(name) => {
                let template = format!("in_place::{name}({{0}}, {{1}})");
                Expr::op(&template, operands, Ty::Value, range).item("in_place", name)
            }
            None => {
                let (sign, name) = in_place_by(op);
                let template = format!("in_place::in_place({{0}}, {{1}}, {sign:?}, ops::{name})");
                Expr::op(&template, operands, Ty::Value, range)
                    .item("in_place", "in_place")
                    .item("ops", name)
            }
        };
        found.raising()
    }

    fn delete(&mut self, target: &PyExpr, found: &mut Vec<Stmt>) {
        let range = target.range();
        match target {
            PyExpr::Subscript(it) if !it.slice.is_slice_expr() => {
                let object = self.expr(&it.value);
                let object = self.dynamic(object);
                let key = self.expr(&it.slice);
                let key = self.dynamic(key);
                let operands = vec![(object, Mode::Receiver), (key, Mode::Owned)];
                let deleted = Expr::op("{0}.delete_item({1})", operands, Ty::None, range);
                found.push(Stmt {
                    kind: StmtKind::Expr(deleted.raising().item("value", "Value::delete_item")),
                    range,
                });
            }
            _ => {
                self.unsupported(range, "this `del`");
            }
        }
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

/// The function for an operator that changes containers where they stand.
fn in_place_of(op: ruff_python_ast::Operator) -> Option<&'static str> {
    use ruff_python_ast::Operator;
    Some(match op {
        Operator::Add => "in_place_add",
        Operator::Sub => "in_place_sub",
        Operator::Mult => "in_place_mul",
        Operator::BitOr => "in_place_or",
        Operator::BitAnd => "in_place_and",
        Operator::BitXor => "in_place_xor",
        _ => return None,
    })
}

/// The sign and the function of another operator.
fn in_place_by(op: ruff_python_ast::Operator) -> (&'static str, &'static str) {
    use ruff_python_ast::Operator;
    match op {
        Operator::Div => ("/=", "div"),
        Operator::FloorDiv => ("//=", "floor_div"),
        Operator::Mod => ("%=", "modulo"),
        Operator::Pow => ("**=", "pow"),
        Operator::LShift => ("<<=", "shift_left"),
        _ => (">>=", "shift_right"),
    }
}

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
fn leaves(stmts: &[Stmt]) -> bool {
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

/// A condition whose value is known while compiling.
fn known(cond: &Cond) -> Option<bool> {
    match cond {
        Cond::Expr(expr) => match (&expr.kind, &expr.ty) {
            (Kind::Bool(value), Ty::Bool) => Some(*value),
            _ => None,
        },
        _ => None,
    }
}
