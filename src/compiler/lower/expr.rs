//! Expressions.

use std::sync::Arc;

use ruff_python_ast::{Expr as PyExpr, Number, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::types::Place;
use super::{Lowerer, Scope};
use crate::compiler::ir::{Collection, Expr, Kind, LocalId, Logic, Mode, Stmt, StmtKind, Target};
use crate::compiler::program::{Binding, Entity, entity};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl<'a> Lowerer<'_, 'a> {
    /// An expression.
    pub fn expr(&mut self, expr: &PyExpr) -> Expr {
        let range = expr.range();
        match expr {
            PyExpr::NoneLiteral(_) => Expr::none(range),
            PyExpr::BooleanLiteral(it) => Expr::new(Kind::Bool(it.value), Ty::Bool, range),
            PyExpr::StringLiteral(it) => Expr::text(it.value.to_str(), range),
            PyExpr::BytesLiteral(it) => {
                let bytes = it.value.bytes().collect();
                Expr::new(Kind::Bytes(bytes), Ty::Bytes, range)
            }
            PyExpr::NumberLiteral(it) => self.number(&it.value, range),
            PyExpr::FString(it) => self.f_string(it),
            PyExpr::Name(it) => self.name(&it.id, range),
            PyExpr::Attribute(it) => self.attribute(it),
            PyExpr::Subscript(it) => self.subscript(it),
            PyExpr::Call(it) => {
                let value = self.call(it);
                self.generated_here(value)
            }
            PyExpr::BinOp(it) => self.binary(it),
            PyExpr::UnaryOp(it) => self.unary(it.op, &it.operand, range),
            PyExpr::BoolOp(it) => self.logic(it),
            PyExpr::Compare(_) => {
                let cond = self.cond(expr);
                Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range)
            }
            PyExpr::If(it) => self.if_expression(it),
            PyExpr::Tuple(it) => self.tuple(it),
            PyExpr::List(it) => self.items(Collection::List, &it.elts, range),
            PyExpr::Set(it) => self.items(Collection::Set, &it.elts, range),
            PyExpr::Dict(it) => self.members(it),
            PyExpr::ListComp(it) => {
                self.comprehension(Collection::List, &it.elt, None, &it.generators, range)
            }
            PyExpr::SetComp(it) => {
                self.comprehension(Collection::Set, &it.elt, None, &it.generators, range)
            }
            PyExpr::DictComp(it) => match &it.key {
                Some(key) => self.comprehension(
                    Collection::Dict,
                    key,
                    Some(&it.value),
                    &it.generators,
                    range,
                ),
                None => self.unsupported(range, "a dict unpacked in a comprehension"),
            },
            PyExpr::Generator(it) => self.eager(super::lazy::Lazy::Generator(it), range),
            PyExpr::Named(it) => self.named(&it.target, &it.value, range),
            PyExpr::Await(it) => self.await_(&it.value),
            PyExpr::Lambda(_) => match self.program.lambdas.get(&(self.module, range)) {
                Some(function) => {
                    Expr::new(Kind::Static, entity(Entity::Function(*function)), range)
                }
                None => self.unsupported_with(range, "this lambda", "write a `def`"),
            },
            PyExpr::Yield(_) | PyExpr::YieldFrom(_) => {
                self.unsupported(range, "what is sent to a generator")
            }
            PyExpr::Starred(_) => self.unsupported(range, "an unpacked argument here"),
            PyExpr::Slice(_) => self.unsupported(range, "a slice here"),
            PyExpr::EllipsisLiteral(_) => self.unsupported(range, "`...` as a value"),
            PyExpr::TString(_) => self.unsupported(range, "a template string"),
            PyExpr::IpyEscapeCommand(_) => self.unsupported(range, "a shell command"),
        }
    }

    /// A refusal of a form of syntax.
    pub fn unsupported(&mut self, range: TextRange, what: &str) -> Expr {
        self.unsupported_with(range, what, "")
    }

    /// A refusal of a form of syntax, with what to write instead.
    pub fn unsupported_with(&mut self, range: TextRange, what: &str, help: &str) -> Expr {
        let message = format!("{what} cannot be translated");
        self.refuse(range, Code::UnsupportedSyntax, message, help)
    }

    fn number(&mut self, number: &Number, range: TextRange) -> Expr {
        match number {
            Number::Int(value) => match value.as_i64() {
                Some(value) => Expr::new(Kind::Int(value), Ty::Int, range),
                None => self.unsupported(range, "an integer beyond 64 bits"),
            },
            Number::Float(value) => Expr::new(Kind::Float(*value), Ty::Float, range),
            Number::Complex { .. } => self.unsupported(range, "a complex number"),
        }
    }

    /// The local that a name is bound to in this body.
    pub fn local_named(&self, name: &str) -> Option<LocalId> {
        self.names
            .iter()
            .rev()
            .find_map(|scope| scope.get(name))
            .copied()
    }

    /// A read of a local.
    pub fn read(&self, local: LocalId, range: TextRange) -> Expr {
        let narrowed = self.narrowed.iter().rev().find(|(from, _)| *from == local);
        let local = narrowed.map_or(local, |(_, to)| *to);
        if let Ty::Static(_) = self.locals[local].ty {
            return Expr::new(Kind::Static, self.locals[local].ty.clone(), range);
        }
        Expr::new(Kind::Local(local), self.locals[local].ty.clone(), range)
    }

    /// A name.
    pub fn name(&mut self, name: &str, range: TextRange) -> Expr {
        if let Some(local) = self.local_named(name) {
            return self.read(local, range);
        }
        if let Some(function) = self.nested_function(name) {
            return Expr::new(Kind::Static, entity(Entity::Function(function)), range);
        }
        if self.own_names.contains(name) {
            return self.not_yet_bound(name, range);
        }
        if let Some(function) = self.function
            && let Some(given) = self.program.functions[function].given.get(name)
        {
            return self.bound(given, range);
        }
        if self.outer_names.contains(name) {
            return self.of_outside(name, range);
        }
        let binding = self.program.modules[self.module]
            .bindings
            .get(name)
            .cloned();
        match binding {
            Some(binding) => self.bound(&binding, range),
            None => self.builtin_name(name, range),
        }
    }

    /// A read of a variable that is bound further down: in a loop, or never before.
    fn not_yet_bound(&mut self, name: &str, range: TextRange) -> Expr {
        let place = Place::Local(self.scope(), name.to_owned());
        let ty = self.types.of(&place);
        if matches!(ty, Ty::Never | Ty::Static(_)) {
            let message = format!("`{name}` is read before it is bound");
            return self.refuse(range, Code::UnsupportedSyntax, message, "bind it first");
        }
        let local = self.local_of(name, name, ty);
        self.read(local, range)
    }

    fn nested_function(&self, name: &str) -> Option<usize> {
        let mut parent = self.function;
        while let Some(function) = parent {
            let function = self.program.functions[function]
                .decorated
                .unwrap_or(function);
            let mut nested = self.program.nested(function);
            if let Some((index, _)) = nested.find(|(_, it)| it.name == name) {
                return Some(index);
            }
            parent = self.program.functions[function].parent;
        }
        None
    }

    /// What a module's name stands for.
    pub fn bound(&mut self, binding: &Binding<'a>, range: TextRange) -> Expr {
        match binding {
            Binding::Entity(Entity::External(name)) => self.external(name, range),
            Binding::Ambiguous => {
                let message = "this name is given to several things in its module";
                self.refuse(
                    range,
                    Code::UnknownType,
                    message,
                    "give them different names",
                )
            }
            Binding::Entity(found) => Expr::new(Kind::Static, entity(found.clone()), range),
            Binding::Global(global) => self.global(*global, range),
            Binding::Constants(module, values) => {
                let values = self.within_module(*module, |this| {
                    let each = values.iter().map(|it| this.expr(it));
                    each.collect::<Vec<_>>()
                });
                let ty = Ty::Tuple(values.iter().map(|it| it.ty.clone()).collect());
                Expr::new(Kind::Tuple(values), ty, range)
            }
            Binding::Constant(module, value) => {
                let outer = std::mem::replace(&mut self.module, *module);
                let mut value = self.expr(value);
                self.module = outer;
                value.range = range;
                value
            }
        }
    }

    /// A read of a module's variable.
    pub fn global(&mut self, global: usize, range: TextRange) -> Expr {
        let ty = self.types.of(&Place::Global(global));
        if matches!(ty, Ty::Static(_)) {
            return Expr::new(Kind::Static, ty, range);
        }
        if self.function.is_none() {
            let name = &self.program.globals[global].name;
            let scope = format!("{}.{name}", self.program.globals[global].module);
            if let Some(local) = self.local_named(&scope) {
                return match ty {
                    Ty::None => Expr::none(range),
                    _ => self.read(local, range),
                };
            }
            return self.refuse(
                range,
                Code::UnsupportedSyntax,
                format!("`{name}` is read before it is bound"),
                "",
            );
        }
        if ty == Ty::None {
            return Expr::none(range);
        }
        Expr::new(Kind::Global(global), ty, range)
    }

    /// The variable that a store to a name binds.
    pub fn store(&mut self, name: &str, ty: &Ty, range: TextRange) -> Option<LocalId> {
        let scope = match self.function {
            Some(function) => Scope::Function(function),
            None => Scope::Import,
        };
        let key = match self.function {
            Some(_) => name.to_owned(),
            None => format!("{}.{name}", self.module),
        };
        let place = Place::Local(scope, key.clone());
        self.types.flows(place.clone(), ty);
        if self.function.is_none()
            && let Some(Binding::Global(global)) =
                self.program.modules[self.module].bindings.get(name)
        {
            self.types.flows(Place::Global(*global), ty);
            // Functions may bind it to more, and the state is made of what is bound here.
            let whole = self.types.of(&Place::Global(*global));
            if !matches!(whole, Ty::Static(_)) {
                self.types.flows(place.clone(), &whole);
            }
        }
        if let Ty::Static(_) = ty {
            let known = self.types.of(&place);
            if known == Ty::Value {
                return Some(self.local_of(&key, name, known));
            }
            if known != *ty {
                let message = format!("`{name}` stands for different things");
                self.refuse(
                    range,
                    Code::UnknownType,
                    message,
                    "give them different names",
                );
            }
            // Nothing of it is left when the program runs.
            self.local_of(&key, name, known);
            return None;
        }
        let known = self.types.of(&place);
        Some(self.local_of(&key, name, known))
    }

    fn local_of(&mut self, key: &str, name: &str, ty: Ty) -> LocalId {
        if let Some(local) = self.names.iter().rev().find_map(|it| it.get(key)).copied() {
            self.forget(local);
            if !self.locals[local].parameter {
                self.locals[local].ty = ty;
            }
            return local;
        }
        let is_shared = self.locals.iter().any(|it| it.source == name);
        let local = self.variable(name, ty);
        if self.function.is_none() && is_shared {
            // Another module has one of this name.
            key.clone_into(&mut self.locals[local].source);
        }
        if let Some(scope) = self.names.first_mut() {
            scope.insert(key.to_owned(), local);
        }
        local
    }

    fn named(&mut self, target: &PyExpr, value: &PyExpr, range: TextRange) -> Expr {
        let value = self.expr(value);
        let PyExpr::Name(name) = target else {
            return self.unsupported(range, "this assignment");
        };
        let ty = value.ty.clone();
        let Some(local) = self.store(&name.id, &ty, range) else {
            return value;
        };
        let known = self.locals[local].ty.clone();
        let value = self.coerce(value, &known);
        let stmt = Stmt {
            kind: StmtKind::Assign(Target::Local(local), value),
            range,
        };
        let read = self.read(local, range);
        let ty = read.ty.clone();
        Expr::new(Kind::Block(vec![stmt], Box::new(read)), ty, range)
    }

    fn unary(&mut self, op: UnaryOp, operand: &PyExpr, range: TextRange) -> Expr {
        if op == UnaryOp::Not {
            let cond = self.cond_not(operand);
            return Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range);
        }
        let value = self.expr(operand);
        match (op, value.kind, value.ty) {
            (UnaryOp::USub, Kind::Int(value), _) => {
                Expr::new(Kind::Int(value.wrapping_neg()), Ty::Int, range)
            }
            (UnaryOp::USub, Kind::Float(value), _) => {
                Expr::new(Kind::Float(-value), Ty::Float, range)
            }
            (UnaryOp::UAdd, kind, ty @ (Ty::Int | Ty::Float)) => Expr::new(kind, ty, range),
            (UnaryOp::USub, kind, Ty::Float) => {
                let value = Expr::new(kind, Ty::Float, range);
                Expr::op("-{0}", vec![(value, Mode::Receiver)], Ty::Float, range)
            }
            (op, kind, ty) => {
                let value = self.dynamic(Expr::new(kind, ty, range));
                let name = match op {
                    UnaryOp::USub => "neg",
                    UnaryOp::UAdd => "pos",
                    UnaryOp::Invert | UnaryOp::Not => "invert",
                };
                Expr::op(
                    &format!("ops::{name}({{0}})"),
                    vec![(value, Mode::Ref)],
                    Ty::Value,
                    range,
                )
                .raising()
                .item("ops", name)
            }
        }
    }

    fn if_expression(&mut self, it: &ruff_python_ast::ExprIf) -> Expr {
        let test = self.cond(&it.test);
        let then = self.under(&test, true, |this| this.expr(&it.body));
        let otherwise = self.under(&test, false, |this| this.expr(&it.orelse));
        let range = it.range();
        match then.ty.join(&otherwise.ty) {
            Some(ty) => {
                let then = self.coerce(then, &ty);
                let otherwise = self.coerce(otherwise, &ty);
                let kind = Kind::If(Box::new(test), Box::new(then), Box::new(otherwise));
                Expr::new(kind, ty, range)
            }
            None => self.different(&then, &otherwise, range),
        }
    }

    /// A refusal of two values of which no Rust type holds both.
    pub fn different(&mut self, one: &Expr, other: &Expr, range: TextRange) -> Expr {
        let (one, other) = (self.describe(&one.ty), self.describe(&other.ty));
        let message = format!("the value is {one} or {other}");
        let help = "let both be of one type";
        self.refuse(range, Code::UnknownType, message, help)
    }

    /// Notes that what a call makes is awaited there.
    pub fn awaits(&mut self, call: &PyExpr) {
        self.awaited.insert((self.module, call.range()));
    }

    /// `await value`.
    fn await_(&mut self, value: &PyExpr) -> Expr {
        let range = value.range();
        let help = "await the call itself: `await f()`";
        if !value.is_call_expr() {
            return self.unsupported_with(range, "`await` of what is not called there", help);
        }
        self.awaits(value);
        let found = self.expr(value);
        match &found.kind {
            Kind::Call(call) if !self.program.functions[call.function].def.is_async => {
                self.unsupported_with(range, "`await` of what is no coroutine", "")
            }
            _ => found,
        }
    }

    fn logic(&mut self, it: &ruff_python_ast::ExprBoolOp) -> Expr {
        let range = it.range();
        let op = match it.op {
            ruff_python_ast::BoolOp::And => Logic::And,
            ruff_python_ast::BoolOp::Or => Logic::Or,
        };
        let whole = PyExpr::BoolOp(it.clone());
        let mut values = it.values.iter();
        let Some(first) = values.next() else {
            return Expr::none(range);
        };
        if it.values.iter().all(|it| self.is_boolean(it)) {
            let cond = self.cond(&whole);
            return Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range);
        }
        let mut left = self.expr(first);
        for value in values {
            let right = self.expr(value);
            if (op, &left.ty) == (Logic::Or, &Ty::None) && left.is_simple() {
                left = right;
                continue;
            }
            // `x or y` is never a falsy None of the left.
            let left_ty = match (&op, &left.ty) {
                (Logic::Or, Ty::Option(inner)) => (**inner).clone(),
                (Logic::Or, Ty::None) => Ty::Never,
                (_, ty) => (*ty).clone(),
            };
            let Some(ty) = left_ty.join(&right.ty) else {
                return self.different(&left, &right, range);
            };
            let right = self.coerce(right, &ty);
            let left_in = match (&op, &left.ty) {
                (Logic::Or, Ty::Option(_)) => left,
                _ => self.coerce(left, &ty),
            };
            let kind = Kind::Logic(op, Box::new(left_in), Box::new(right));
            left = Expr::new(kind, ty, range);
        }
        left
    }

    fn is_boolean(&mut self, expr: &PyExpr) -> bool {
        match expr {
            PyExpr::Compare(_) | PyExpr::BooleanLiteral(_) => true,
            PyExpr::UnaryOp(it) => it.op == UnaryOp::Not,
            PyExpr::BoolOp(it) => it.values.iter().all(|it| self.is_boolean(it)),
            _ => {
                let key = (self.module, expr.range());
                if let Some(known) = self.booleans.get(&key) {
                    return *known;
                }
                let known = self.quietly(|this| this.expr(expr).ty == Ty::Bool);
                self.booleans.insert(key, known);
                known
            }
        }
    }

    /// Lowers without keeping what was found wrong or made.
    pub fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let (diagnostics, left_out) = (self.diagnostics.len(), self.left_out.len());
        let locals = self.locals.len();
        let found = work(self);
        self.diagnostics.truncate(diagnostics);
        self.left_out.truncate(left_out);
        self.locals.truncate(locals);
        for scope in &mut self.names {
            scope.retain(|_, local| *local < locals);
        }
        found
    }

    fn tuple(&mut self, it: &ruff_python_ast::ExprTuple) -> Expr {
        if it.elts.iter().any(PyExpr::is_starred_expr) {
            return self.unsupported_with(
                it.range(),
                "a tuple with unpacked items",
                "write a list: `[*items, last]`",
            );
        }
        if it.elts.is_empty() {
            // Rust's is what `None` is.
            let empty = "Value::from(tuple::Tuple::default())";
            let empty = Expr::op(empty, Vec::new(), Ty::Value, it.range());
            return empty.item("tuple", "Tuple");
        }
        let items = it.elts.iter().map(|item| {
            let item = self.expr(item);
            self.existing(item)
        });
        let items: Vec<Expr> = items.collect();
        let ty = Ty::Tuple(items.iter().map(|item| item.ty.clone()).collect());
        Expr::new(Kind::Tuple(items), ty, it.range())
    }

    /// An opaque type's shared name.
    pub fn opaque(path: &str) -> Ty {
        Ty::Opaque(Arc::from(path))
    }
}
