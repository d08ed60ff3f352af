//! What is assigned to: names, attributes, items, several at once.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::types::Place;
use crate::compiler::ir::{Expr, Kind, Mode, Stmt, StmtKind, Target};
use crate::compiler::mapping;
use crate::compiler::program::{Binding, rust_name};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
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

    pub(super) fn assign_attribute(
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
    pub(super) fn unpack_starred(
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

    pub(super) fn unpack(
        &mut self,
        targets: &[PyExpr],
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
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

    pub(super) fn delete(&mut self, target: &PyExpr, found: &mut Vec<Stmt>) {
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
}
