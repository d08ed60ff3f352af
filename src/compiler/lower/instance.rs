//! Instances of the program's classes: structs with known fields, or a dict of attributes.
//!
//! A class whose attributes are not all set by its constructor, or are asked for as a dict, keeps
//! them in one, as Python does.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr as PyExpr, Stmt as PyStmt};
use ruff_text_size::TextRange;

use super::Lowerer;
use super::arguments::Arguments;
use super::fixpoint::{stored_fields, stored_in};
use crate::compiler::ir::{Cond, Expr, Kind, Mode, Stmt, StmtKind, Target};
use crate::compiler::program::Program;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// Lets instances of a class keep their attributes in a dict.
    pub fn open(&mut self, class: usize) {
        self.types.changed |= self.types.open.insert(class);
    }

    /// Whether instances of a class keep their attributes in a dict.
    pub fn is_open(&self, class: usize) -> bool {
        self.types.open.contains(&class)
    }

    /// Whether the body is the constructor of a class whose instances keep their attributes in a
    /// dict.
    pub fn is_open_constructor(&self) -> bool {
        let function = self.function.map(|it| &self.program.functions[it]);
        function.is_some_and(|it| {
            it.name == "__init__" && it.class.is_some_and(|class| self.is_open(class))
        })
    }

    /// `instance.__dict__`.
    pub fn instance_members(&mut self, value: Expr, class: usize, range: TextRange) -> Expr {
        self.open(class);
        let operands = vec![(value, Mode::Receiver)];
        Expr::op("{0}.attributes", operands, Ty::Dict, range).borrowing_place()
    }

    /// `vars(value)`, `value.__dict__`.
    pub fn members_of_value(&mut self, value: Expr, is_vars: bool, range: TextRange) -> Expr {
        if let Ty::Instance(class) = value.ty {
            return self.instance_members(value, class, range);
        }
        if !value.ty.is_dynamic() {
            let what = format!("the attributes of {}", self.describe(&value.ty));
            return self.unsupported(range, &what);
        }
        self.types.ask_members();
        let value = self.dynamic(value);
        let found = match is_vars {
            true => Expr::op(
                "object::vars({0})",
                vec![(value, Mode::Ref)],
                Ty::Value,
                range,
            )
            .item("object", "vars"),
            false => Expr::op(
                "{0}.attribute(\"__dict__\")",
                vec![(value, Mode::Receiver)],
                Ty::Value,
                range,
            )
            .item("value", "Value::attribute"),
        };
        found.raising()
    }

    /// An attribute of an instance that keeps them in a dict.
    pub fn open_attribute(
        &mut self,
        value: Expr,
        class: usize,
        name: &str,
        range: TextRange,
    ) -> Expr {
        if self.has_class_attribute(class, name) && !self.is_always_set(class, name) {
            let constant = self.class_attribute(class, name, range);
            if !super::fixpoint::stored_names(self.program).contains(name) {
                return constant;
            }
            let constant = self.dynamic(constant);
            let template = format!("{{0}}.attributes.find({name:?}).unwrap_or({{1}})");
            let operands = vec![(value, Mode::Receiver), (constant, Mode::Owned)];
            return Expr::op(&template, operands, Ty::Value, range);
        }
        let operands = vec![(value, Mode::Receiver)];
        Expr::op(
            &format!("{{0}}.attribute({name:?})"),
            operands,
            Ty::Value,
            range,
        )
        .raising()
    }

    /// Whether a constructor sets an attribute whatever happens.
    fn is_always_set(&self, class: usize, name: &str) -> bool {
        let Some(init) = self.program.classes[class].methods.get("__init__") else {
            return false;
        };
        let def = self.program.functions[*init].def;
        let names = super::parameter_names(&def.parameters);
        names
            .first()
            .is_some_and(|this| surely_set(&def.body, this).contains(name))
    }

    /// The statements that give attributes the constants of the class, before a constructor's own.
    pub fn default_fields(&mut self) -> Vec<Stmt> {
        let program = self.program;
        let Some(class) = self.is_constructor() else {
            return Vec::new();
        };
        if self.is_exception(class) {
            return Vec::new();
        }
        let range = TextRange::empty(program.classes[class].def.range.start());
        let mut found = Vec::new();
        for (name, value) in super::class::constants(&program.classes[class]) {
            let is_field = stored_fields(program, class).iter().any(|it| it == name);
            let methods = &program.classes[class].methods;
            let init = methods
                .get("__init__")
                .map(|it| &program.functions[*it].def.body);
            let is_set = init.is_some_and(|body| stored_in(body, None).iter().any(|it| it == name));
            if !is_field || is_set {
                continue;
            }
            let value = self.expr(value);
            let place = super::types::Place::Field(class, name.to_owned());
            self.types.flows(place.clone(), &value.ty);
            let ty = self.types.of(&place);
            let value = self.coerce(value, &ty);
            let local = self.field_local(&Self::field_key(name), name, ty);
            found.push(Stmt {
                kind: StmtKind::Assign(Target::Local(local), value),
                range,
            });
        }
        found
    }

    /// A store to an attribute of a value of unknown type: every class may be meant.
    pub fn store_unknown(&mut self, value: Expr, name: &str, item: Expr, range: TextRange) -> Expr {
        self.types.changed |= self.types.assigned.insert(name.to_owned());
        let value = self.dynamic(value);
        let item = self.dynamic(item);
        let operands = vec![(value, Mode::Receiver), (item, Mode::Owned)];
        let template = format!("{{0}}.set_attribute({name:?}, {{1}})");
        let stored = Expr::op(&template, operands, Ty::None, range);
        stored
            .raising()
            .item("value", "Value::set_attribute")
            .item("object", "")
    }

    /// What the code does to values of unknown type, for a class whose instances become such.
    pub fn adapt(&mut self, class: usize) {
        if self.is_enumeration(class) || self.is_exception(class) {
            return;
        }
        for name in self.types.assigned.clone() {
            if self.field_names(class).contains(&name) {
                let place = super::types::Place::Field(class, name);
                self.types.flows(place, &Ty::Value);
            }
        }
        if self.types.asks_members {
            self.open(class);
        }
        // What is asked of the instance becomes a value of unknown type too.
        for name in self.field_names(class) {
            let ty = self.types.of(&super::types::Place::Field(class, name));
            self.types.be_dynamic(&ty);
        }
        for (property, _) in self.asked_properties(class) {
            self.types.reach(property);
            let place = super::types::Place::Parameter(property, 0);
            self.types.flows(place, &Ty::Instance(class));
        }
    }

    /// The properties of a class that values of unknown type are asked for, and what they give.
    pub fn asked_properties(&self, class: usize) -> Vec<(usize, Ty)> {
        let methods = &self.program.classes[class].methods;
        let asked = self.types.asked.iter().filter_map(|name| methods.get(name));
        let properties = asked.filter(|it| self.is_property(**it));
        properties
            .map(|it| (*it, self.types.of(&super::types::Place::Return(*it))))
            .collect()
    }

    /// The constants of a class that values of unknown type are asked for.
    pub fn asked_constants(&mut self, class: usize) -> Vec<(String, Expr)> {
        let mut found = Vec::new();
        for name in self.types.asked.clone() {
            let is_own = self.has_class_attribute(class, &name)
                && !self.is_enumeration(class)
                && !self.field_names(class).contains(&name);
            if is_own {
                let range = self.program.classes[class].def.range;
                let value = self.quietly(|this| this.class_attribute(class, &name, range));
                if value.ty.is_dynamic() && value.ty != Ty::Never {
                    found.push((name, value));
                }
            }
        }
        found
    }

    /// Whether instances of a class with known attributes have one.
    pub fn has_known_attribute(&mut self, class: usize, name: &str) -> Option<bool> {
        if name.starts_with("__") {
            return None;
        }
        let is_known = self.field_names(class).iter().any(|it| it == name)
            || self.program.classes[class].methods.contains_key(name)
            || self.has_class_attribute(class, name);
        Some(is_known)
    }

    /// `hasattr(Class, name)`.
    pub fn class_has(&mut self, class: usize, name: Expr, range: TextRange) -> Cond {
        let found = &self.program.classes[class];
        if !self.bases(class).is_empty() {
            let what = "`hasattr` of a class that inherits";
            return Cond::Expr(self.unsupported(range, what));
        }
        let bound = crate::compiler::program::assigned_names(&found.def.body);
        let names: BTreeSet<&str> = bound
            .iter()
            .filter(|it| self.has_class_attribute(class, it))
            .chain(found.methods.keys())
            .map(String::as_str)
            .collect();
        let names: Vec<String> = names.iter().map(|it| format!("{it:?}")).collect();
        let name = self.dynamic(name);
        let template = format!("object::is_name({{0}}, &[{}])", names.join(", "));
        let has = Expr::op(&template, vec![(name, Mode::Ref)], Ty::Bool, range);
        Cond::Expr(has.raising().item("object", "is_name"))
    }

    /// `getattr(value, name, default)`.
    pub fn attribute_or(
        &mut self,
        value: Expr,
        name: &str,
        default: Expr,
        range: TextRange,
    ) -> Expr {
        if let Ty::Instance(class) = value.ty
            && !self.is_open(class)
            && value.is_simple()
            && default.is_simple()
        {
            return match self.has_known_attribute(class, name) {
                Some(true) => self.attribute_of(value, name, range),
                Some(false) => default,
                None => self.unsupported(range, "this `getattr`"),
            };
        }
        if !value.ty.is_dynamic() {
            let what = format!(
                "an attribute of {} that may be missing",
                self.describe(&value.ty)
            );
            return self.unsupported(range, &what);
        }
        self.types.ask(name);
        let value = self.dynamic(value);
        let default = self.dynamic(default);
        let operands = vec![(value, Mode::Ref), (default, Mode::Owned)];
        let template = format!("convert::attribute_or({{0}}, {name:?}, {{1}})");
        let found = Expr::op(&template, operands, Ty::Value, range);
        found.raising().item("convert", "attribute_or")
    }

    /// `value.name(…)` where only one class has such a method.
    pub fn method_of_instance(
        &mut self,
        value: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let program = self.program;
        let classes = self.types.dynamic.iter().copied();
        let classes: Vec<usize> = classes
            .filter(|class| program.classes[*class].methods.contains_key(name))
            .collect();
        let [class] = classes[..] else {
            if classes.is_empty() {
                return None;
            }
            let message =
                format!("several classes have a method `{name}`: which is called is not known");
            return Some(self.refuse(
                range,
                Code::UnknownType,
                message,
                "give the methods different names",
            ));
        };
        if self.is_enumeration(class) {
            return None;
        }
        let path = self.class_path(class);
        let template = format!("object::receiver::<{path}>({{0}}, {name:?})");
        let operands = vec![(value.clone(), Mode::Ref)];
        let receiver = Expr::op(&template, operands, Ty::Instance(class), range);
        let receiver = receiver.raising().item("object", "receiver");
        Some(self.call_method(receiver, class, name, arguments, range))
    }

    /// Whether a constructor leaves room for doubt which attributes an instance has.
    pub fn is_irregular(&self, class: usize) -> bool {
        let program = self.program;
        let found = &program.classes[class];
        let fields = stored_fields(program, class);
        for (name, method) in &found.methods {
            let def = program.functions[*method].def;
            let names = super::parameter_names(&def.parameters);
            let Some(this) = names.first() else {
                continue;
            };
            if name != "__init__" {
                let stored = stored_in(&def.body, Some(this));
                if stored.iter().any(|it| !fields.contains(it)) {
                    return true;
                }
                continue;
            }
            let set = surely_set(&def.body, this);
            let mut uses = Uses {
                program,
                class,
                this,
                found: false,
            };
            uses.visit_body(&def.body);
            let own = stored_in(&def.body, Some(this));
            if uses.found || own.iter().any(|it| !set.contains(it)) {
                return true;
            }
        }
        false
    }
}

/// The attributes that a block sets whatever happens.
fn surely_set(body: &[PyStmt], this: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for stmt in body {
        match stmt {
            PyStmt::If(it) => {
                let mut branches = vec![&it.body[..]];
                branches.extend(it.elif_else_clauses.iter().map(|it| &it.body[..]));
                let is_whole = it
                    .elif_else_clauses
                    .last()
                    .is_some_and(|it| it.test.is_none());
                let branches = branches
                    .into_iter()
                    .filter(|it| !matches!(it.last(), Some(PyStmt::Raise(_))));
                let sets = branches.map(|it| surely_set(it, this));
                if is_whole && let Some(common) = sets.reduce(|a, b| &a & &b) {
                    found.extend(common);
                }
            }
            PyStmt::With(it) => found.extend(surely_set(&it.body, this)),
            PyStmt::Try(it) => {
                let mut whole = surely_set(&it.body, this);
                whole.extend(surely_set(&it.orelse, this));
                for ExceptHandler::ExceptHandler(handler) in &it.handlers {
                    if !matches!(handler.body.last(), Some(PyStmt::Raise(_))) {
                        whole = &whole & &surely_set(&handler.body, this);
                    }
                }
                found.extend(whole);
                found.extend(surely_set(&it.finalbody, this));
            }
            PyStmt::For(_) | PyStmt::While(_) | PyStmt::Match(_) => {}
            _ => found.extend(stored_in(std::slice::from_ref(stmt), Some(this))),
        }
    }
    found
}

/// Uses of the instance in its constructor beyond its attributes.
struct Uses<'p, 'a> {
    program: &'p Program<'a>,
    class: usize,
    this: &'p str,
    found: bool,
}

impl<'a> Visitor<'a> for Uses<'_, '_> {
    fn visit_stmt(&mut self, stmt: &'a PyStmt) {
        match stmt {
            PyStmt::Return(_) | PyStmt::FunctionDef(_) | PyStmt::ClassDef(_) => self.found = true,
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a PyExpr) {
        match expr {
            PyExpr::Attribute(it) if matches!(&*it.value, PyExpr::Name(name) if name.id == self.this) =>
            {
                let methods = &self.program.classes[self.class].methods;
                self.found |= methods.contains_key(it.attr.as_str()) || it.attr.starts_with("__");
            }
            PyExpr::Name(name) if name.id == self.this => self.found = true,
            _ => visitor::walk_expr(self, expr),
        }
    }
}

impl Expr {
    /// Whether it is a read of the instance whose method the body is.
    pub fn is_this(&self) -> bool {
        matches!(self.kind, Kind::Local(0))
    }
}
