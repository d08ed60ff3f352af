//! Exceptions of the program: their constructors, and what they have of their classes.
//!
//! An exception is made at the end of its constructor, of the arguments that it hands on and the
//! attributes that it sets; so a constructor that does either under a condition is refused.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr as PyExpr, ExprContext, Stmt as PyStmt};
use ruff_text_size::TextRange;

use super::arguments::Arguments;
use super::class::{class_value, constants};
use super::fixpoint::stored_in;
use super::{Lowerer, parameter_names};
use crate::compiler::ir::{ClassTest, Expr, Mode, Stmt};
use crate::compiler::program::{Entity, assigned_names};
use crate::compiler::types::Ty;

/// What a constructor hands on to the class that its own inherits from.
#[derive(Debug, Clone)]
pub(super) enum Inherited {
    /// The arguments of the exception.
    Arguments(Vec<Expr>),
    /// An exception that the inherited constructor makes.
    Made(Box<Expr>),
}

impl Lowerer<'_, '_> {
    /// `Class(…)` of an exception of the program.
    pub fn construct_exception(
        &mut self,
        class: usize,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if let Some(refusal) = self.refuse_exception(class, range) {
            return refusal;
        }
        let program = self.program;
        let path = self.exception_path(class);
        let owner = self.constructor_of(class);
        let Some(owner) = owner else {
            let test = ClassTest { path, need: None };
            let made = self.exception(&test, arguments, range);
            let constants = self.exception_constants(class);
            return self.with_constants(made, constants);
        };
        let init = program.classes[owner].methods["__init__"];
        if !calls_super(&program.functions[init].def.body) && !arguments.keywords.is_empty() {
            let what = "an exception whose arguments are given by keyword and not handed on";
            return self.unsupported_with(
                range,
                what,
                "call `super().__init__(…)` in its `__init__`",
            );
        }
        let made = self
            .call_function(init, None, arguments, range)
            .typed(Ty::Error);
        if owner == class {
            return made;
        }
        let from_here = self.from_here(&path);
        let operands = vec![(made, Mode::Receiver)];
        let made = Expr::op(
            &format!("{{0}}.of_class(&{from_here})"),
            operands,
            Ty::Error,
            range,
        );
        let made = made.item("error", "Error::of_class");
        let constants = self.constants_between(class, owner);
        self.with_constants(made, constants)
    }

    fn exception_path(&self, class: usize) -> String {
        let found = &self.program.classes[class];
        let module = &self.program.modules[found.module].rust_name;
        format!("{module}::{}", super::constant_name(&found.name))
    }

    /// The class whose constructor makes the instances of a class of exceptions.
    fn constructor_of(&mut self, class: usize) -> Option<usize> {
        let found = &self.program.classes[class];
        if found.methods.contains_key("__init__") {
            return Some(class);
        }
        self.own_base(class)
            .and_then(|base| self.constructor_of(base))
    }

    /// The class of the program that a class of exceptions inherits from.
    fn own_base(&mut self, class: usize) -> Option<usize> {
        self.bases(class).iter().find_map(|base| match base {
            Entity::Class(base) if *base != class => Some(*base),
            _ => None,
        })
    }

    /// The constants of a class and those between it and one that it inherits from, which that one's
    /// constructors do not set.
    fn constants_between(&mut self, class: usize, owner: usize) -> Vec<(String, Expr)> {
        let inherited: Vec<(String, Expr)> = self.exception_constants(owner);
        let mut set = Vec::new();
        let mut next = Some(owner);
        while let Some(class) = next {
            let found = &self.program.classes[class];
            if let Some(init) = found.methods.get("__init__") {
                let def = self.program.functions[*init].def;
                let names = parameter_names(&def.parameters);
                set.extend(stored_in(&def.body, names.first().map(String::as_str)));
            }
            next = self.own_base(class);
        }
        let mut found = self.exception_constants(class);
        found.retain(|(name, value)| {
            let is_inherited = inherited
                .iter()
                .any(|(known, old)| known == name && is_same(old, value));
            !is_inherited && !set.contains(name)
        });
        found
    }

    /// Constants of a class as attributes of an instance.
    fn with_constants(&mut self, made: Expr, constants: Vec<(String, Expr)>) -> Expr {
        let mut template = "{0}".to_owned();
        let range = made.range;
        let mut operands = vec![(made, Mode::Receiver)];
        for (name, value) in constants {
            template.push_str(&format!(
                ".with_attribute({name:?}, {{{}}})",
                operands.len()
            ));
            operands.push((value, Mode::Owned));
        }
        match operands.len() {
            1 => operands.remove(0).0,
            _ => Expr::op(&template, operands, Ty::Error, range)
                .item("error", "Error::with_attribute"),
        }
    }

    /// The constants that instances of a class of exceptions have, inherited ones first.
    fn exception_constants(&mut self, class: usize) -> Vec<(String, Expr)> {
        let mut found = match self.own_base(class) {
            Some(base) => self.exception_constants(base),
            None => Vec::new(),
        };
        for (name, value) in constants(&self.program.classes[class]) {
            let value = self.expr(value);
            let value = self.dynamic(value);
            found.retain(|(known, _)| known != name);
            found.push((name.to_owned(), value));
        }
        found
    }

    /// What is not translated of a class of exceptions.
    fn refuse_exception(&mut self, class: usize, range: TextRange) -> Option<Expr> {
        let program = self.program;
        let found = &program.classes[class];
        let name = &found.name;
        let is_special = |it: &&String| it.starts_with("__") && *it != "__init__";
        if let Some(method) = found.methods.keys().find(is_special) {
            let what = format!("`{name}`, an exception which has `{method}`,");
            return Some(self.unsupported_with(
                range,
                &what,
                "give the text to `super().__init__(…)`",
            ));
        }
        let asked = self.types.asked.clone();
        let seen =
            |(it, method): &(&String, &usize)| self.is_property(**method) || asked.contains(*it);
        if let Some((method, _)) = found.methods.iter().find(seen) {
            let what =
                format!("`{name}`, an exception whose method `{method}` is read as an attribute,");
            return Some(self.unsupported_with(
                range,
                &what,
                "make it a function, or an attribute",
            ));
        }
        if !found.def.decorator_list.is_empty()
            || found.def.arguments.iter().any(|it| !it.keywords.is_empty())
        {
            let what = format!("`{name}`, a decorated exception,");
            return Some(self.unsupported(range, &what));
        }
        let bound = assigned_names(&found.def.body);
        let known: BTreeSet<&str> = constants(found).into_iter().map(|(name, _)| name).collect();
        let odd = bound.iter().find(|it| {
            class_value(found, it).is_some()
                && (!known.contains(it.as_str()) || it.starts_with("__"))
        });
        if let Some(attribute) = odd {
            let what = format!(
                "`{attribute}`, an attribute of the exception `{name}` that is not a constant,"
            );
            return Some(self.unsupported(range, &what));
        }
        let bases = self.bases(class);
        let mut own = 0;
        for base in &bases {
            if self.exception_class(base).is_none() {
                let what = format!("`{name}`, which inherits from more than exceptions,");
                return Some(self.unsupported(range, &what));
            }
            own += usize::from(matches!(base, Entity::Class(_)));
        }
        if own > 1 {
            let what = format!("`{name}`, which inherits from several exceptions of the program,");
            return Some(self.unsupported(range, &what));
        }
        if let Some(base) = self.own_base(class)
            && let Some(refusal) = self.refuse_exception(base, range)
        {
            return Some(refusal);
        }
        let init = found.methods.get("__init__")?;
        let def = program.functions[*init].def;
        let this = parameter_names(&def.parameters)
            .first()
            .cloned()
            .unwrap_or_default();
        let parameters = &def.parameters;
        let is_plain = parameters.vararg.is_none()
            && parameters.kwarg.is_none()
            && parameters.kwonlyargs.is_empty()
            && parameters.args.iter().all(|it| it.default.is_none());
        let what = if !is_straight(&def.body, &this, &parameter_names(parameters)) {
            "a constructor of an exception that sets attributes under conditions, or names anew"
        } else if !is_plain && !calls_super(&def.body) {
            "a constructor of an exception that does not hand on its arguments"
        } else {
            return None;
        };
        Some(self.unsupported_with(
            range,
            what,
            "call `super().__init__(…)` once and set each attribute once, in straight lines",
        ))
    }

    /// `super().__init__(…)` in a constructor of an exception.
    pub fn super_of_exception(
        &mut self,
        class: usize,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let init = self
            .own_base(class)
            .and_then(|base| self.constructor_of(base))
            .map(|owner| self.program.classes[owner].methods["__init__"]);
        if let Some(init) = init {
            let made = self
                .call_function(init, None, arguments, range)
                .typed(Ty::Error);
            self.inherited = Some(Inherited::Made(Box::new(made)));
            return Expr::none(range);
        }
        if !arguments.keywords.is_empty() || arguments.rest.is_some() || arguments.spread.is_some()
        {
            return self.unsupported(range, "an exception with keyword or unpacked arguments");
        }
        let values: Vec<Expr> = arguments
            .positional
            .iter()
            .map(|it| it.value.clone())
            .collect();
        let values = values.into_iter().map(|it| self.dynamic(it)).collect();
        self.inherited = Some(Inherited::Arguments(values));
        Expr::none(range)
    }

    /// `self.name = value` in a constructor of an exception.
    pub fn set_of_exception(&mut self, name: &str, value: Expr, found: &mut Vec<Stmt>) {
        let value = self.bound_once(value, name, found);
        let value = self.dynamic(value);
        self.exception_attributes.retain(|(known, _)| known != name);
        self.exception_attributes.push((name.to_owned(), value));
    }

    /// `self.name` in a constructor of an exception.
    pub fn read_of_exception(&mut self, name: &str, range: TextRange) -> Expr {
        let mut set = self.exception_attributes.iter().rev();
        if let Some((_, value)) = set.find(|(known, _)| known == name) {
            return value.clone();
        }
        let what = format!("`{name}`, which the constructor reads before it is set,");
        self.unsupported(range, &what)
    }

    /// The exception that a constructor makes at its end.
    pub fn made_exception(&mut self, class: usize, range: TextRange) -> Expr {
        let found = &self.program.classes[class];
        let own = super::constant_name(&found.name);
        let init = self.program.functions[found.methods["__init__"]].def;
        let inherited = self.inherited.take();
        let base = self
            .own_base(class)
            .filter(|_| matches!(inherited, Some(Inherited::Made(_))));
        let mut constants = match base.and_then(|base| self.constructor_of(base)) {
            Some(owner) => self.constants_between(class, owner),
            None => self.exception_constants(class),
        };
        let made = match inherited {
            Some(Inherited::Made(made)) => Expr::op(
                &format!("{{0}}.of_class(&{own})"),
                vec![(*made, Mode::Receiver)],
                Ty::Error,
                range,
            )
            .item("error", "Error::of_class"),
            Some(Inherited::Arguments(values)) => with_args(&own, values, range),
            None => {
                let names = parameter_names(&init.parameters);
                let mut values = Vec::new();
                for name in names.iter().skip(1) {
                    if let Some(local) = self.local_named(name) {
                        let value = self.read(local, range);
                        values.push(self.dynamic(value));
                    }
                }
                with_args(&own, values, range)
            }
        };
        let set: Vec<String> = self
            .exception_attributes
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        constants.retain(|(name, _)| !set.contains(name));
        let made = self.with_constants(made, constants);
        let mut template = "{0}".to_owned();
        let mut operands = vec![(made, Mode::Receiver)];
        for (name, value) in std::mem::take(&mut self.exception_attributes) {
            template.push_str(&format!(
                ".with_attribute({name:?}, {{{}}})",
                operands.len()
            ));
            operands.push((value, Mode::Owned));
        }
        match operands.len() {
            1 => operands.remove(0).0,
            _ => Expr::op(&template, operands, Ty::Error, range)
                .item("error", "Error::with_attribute"),
        }
    }
}

/// Whether two constants come from the same place.
fn is_same(one: &Expr, other: &Expr) -> bool {
    one.range == other.range
}

fn with_args(class: &str, values: Vec<Expr>, range: TextRange) -> Expr {
    let holes: Vec<String> = (0..values.len()).map(|at| format!("{{{at}}}")).collect();
    let template = format!("Error::with_args(&{class}, vec![{}])", holes.join(", "));
    let operands = values.into_iter().map(|it| (it, Mode::Owned)).collect();
    Expr::op(&template, operands, Ty::Error, range).item("error", "Error::with_args")
}

/// Whether a body calls `super().__init__`.
fn calls_super(body: &[PyStmt]) -> bool {
    Parts::of(body, "").supers > 0
}

/// Whether a constructor sets attributes and hands on arguments in straight lines, and binds no name
/// anew behind what it is used in.
fn is_straight(body: &[PyStmt], this: &str, parameters: &[String]) -> bool {
    let mut known: BTreeSet<String> = parameters.iter().cloned().collect();
    let mut supers = 0;
    let mut began = false;
    for stmt in body {
        let one = std::slice::from_ref(stmt);
        let parts = Parts::of(one, this);
        supers += parts.supers;
        let is_simple = matches!(
            stmt,
            PyStmt::Assign(_) | PyStmt::AnnAssign(_) | PyStmt::Expr(_)
        );
        if (parts.supers > 0 || parts.stores > 0) && !is_simple {
            return false;
        }
        if matches!(stmt, PyStmt::Return(_)) {
            return false;
        }
        let names = assigned_names(one);
        if began && names.iter().any(|it| known.contains(it)) {
            return false;
        }
        began |= parts.supers > 0 || parts.stores > 0;
        known.extend(names);
    }
    supers <= 1
}

/// How often a body calls `super()` and sets attributes of its instance.
#[derive(Default)]
struct Parts<'s> {
    this: &'s str,
    supers: usize,
    stores: usize,
}

impl<'s> Parts<'s> {
    fn of(body: &[PyStmt], this: &'s str) -> Self {
        let mut found = Self {
            this,
            ..Self::default()
        };
        found.visit_body(body);
        found
    }
}

impl<'a> Visitor<'a> for Parts<'_> {
    fn visit_expr(&mut self, expr: &'a PyExpr) {
        match expr {
            PyExpr::Call(it) if matches!(&*it.func, PyExpr::Name(name) if name.id == "super") => {
                self.supers += 1;
            }
            PyExpr::Attribute(it) if it.ctx == ExprContext::Store => {
                let is_own = matches!(&*it.value, PyExpr::Name(name) if name.id == self.this);
                self.stores += usize::from(is_own);
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// Whether `super(Class, self)` names the class and the instance that are meant anyway.
pub(super) fn is_usual_super(call: &ruff_python_ast::ExprCall, class: &str) -> bool {
    match &*call.arguments.args {
        [] => true,
        [PyExpr::Name(own), PyExpr::Name(_)] => own.id == class,
        _ => false,
    }
}
