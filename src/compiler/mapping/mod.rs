//! Mappings that need more than a signature: what is decided while compiling.
//!
//! One file a Python package. A mapping answers for names of its own; the first that does wins.
//! What needs no decision is a function of the support modules.

mod asyncio;
mod boto3;
mod concurrent;
mod dataclasses;
mod functools;
mod http;
mod json;
mod jsonpickle;
mod powertools;
mod powertools_batch;
mod powertools_events;
mod powertools_idempotency;
mod powertools_parameters;
mod powertools_resolve;
mod powertools_router;
mod powertools_routes;
mod powertools_validation;
mod requests;
mod urllib;

use ruff_python_ast::{Expr as PyExpr, ExprCall, Operator, StmtFunctionDef};
use ruff_text_size::TextRange;

use super::ir::{ClassTest, Expr, Iterable, Stmt};
use super::lower::{Arguments, Decorated, Decoration, Decorator, Lowerer};
use super::program::Entity;

/// What a mapping answers. Each answer may be nothing: the name is another's.
pub trait Mapping: Sync {
    /// Whether a top-level module is this mapping's.
    fn knows(&self, module: &str) -> bool;

    /// The name under which something outside of the program is mapped, where it has others.
    fn canonical(&self, _name: &str) -> Option<String> {
        None
    }

    /// A name outside of the program that is read.
    fn read(&self, _: &mut Lowerer<'_, '_>, _name: &str, _: TextRange) -> Option<Expr> {
        None
    }

    /// A call of a name outside of the program, before its arguments are looked at.
    fn call_syntax(&self, _: &mut Lowerer<'_, '_>, _name: &str, _: &ExprCall) -> Option<Expr> {
        None
    }

    /// A call of a name outside of the program.
    fn call(
        &self,
        _: &mut Lowerer<'_, '_>,
        _name: &str,
        _: &Arguments<'_>,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// `super().name(…)` in a class of the program.
    fn super_call(
        &self,
        _: &mut Lowerer<'_, '_>,
        _class: usize,
        _name: &str,
        _: &Arguments<'_>,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// A call of something that the mapping made.
    fn call_made(
        &self,
        _: &mut Lowerer<'_, '_>,
        _what: &Entity,
        _: &Arguments<'_>,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// A call of a method, before its arguments are looked at.
    fn method_syntax(
        &self,
        _: &mut Lowerer<'_, '_>,
        _receiver: &Expr,
        _name: &str,
        _: &ExprCall,
    ) -> Option<Expr> {
        None
    }

    /// A call on something that a mapping made, before its arguments are looked at.
    fn static_syntax(
        &self,
        _: &mut Lowerer<'_, '_>,
        _receiver: &Expr,
        _name: &str,
        _: &ExprCall,
    ) -> Option<Expr> {
        None
    }

    /// A call of a method.
    fn method(
        &self,
        _: &mut Lowerer<'_, '_>,
        _receiver: &Expr,
        _name: &str,
        _: &Arguments<'_>,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// An attribute of a value.
    fn attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        _value: &Expr,
        _name: &str,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// An attribute of something that the mapping made.
    fn made_attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        _what: &str,
        _parts: &[String],
        _name: &str,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// Something that the mapping made, as a class of exceptions.
    fn made_class(&self, _what: &str, _parts: &[String]) -> Option<ClassTest> {
        None
    }

    /// `value[key]`.
    fn subscript(
        &self,
        _: &mut Lowerer<'_, '_>,
        _value: &Expr,
        _key: &PyExpr,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// A call that a loop runs over.
    fn iterate(&self, _: &mut Lowerer<'_, '_>, _call: &ExprCall) -> Option<Iterable> {
        None
    }

    /// A value that a loop runs over.
    fn iterate_value(&self, _value: &Expr) -> Option<Iterable> {
        None
    }

    /// `left op right`.
    fn operator(
        &self,
        _: &mut Lowerer<'_, '_>,
        _left: &Expr,
        _op: Operator,
        _right: &Expr,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// `value[key] = item`.
    fn store_item(
        &self,
        _: &mut Lowerer<'_, '_>,
        _value: &Expr,
        _key: &PyExpr,
        _item: &Expr,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// `value.name = item`.
    fn store_attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        _value: &Expr,
        _name: &str,
        _item: &Expr,
        _: TextRange,
    ) -> Option<Expr> {
        None
    }

    /// A context manager of a `with`.
    fn enter(&self, _: &mut Lowerer<'_, '_>, _manager: &PyExpr) -> Option<Entered> {
        None
    }

    /// What is done where a function of the program is defined.
    fn define(&self, _: &mut Lowerer<'_, '_>, _: &StmtFunctionDef) -> Option<Vec<Stmt>> {
        None
    }

    /// Whether a decorator of a function of a module does nothing but what is done where the function
    /// is defined.
    fn registers(&self, _: &mut Lowerer<'_, '_>, _module: usize, _: &PyExpr) -> bool {
        false
    }

    /// A decorator of a function. What it changes of the arguments that the function is called
    /// with is changed in `decorated`.
    fn decorate(
        &self,
        _: &mut Lowerer<'_, '_>,
        _decorator: &Decorator<'_>,
        _decorated: &mut Decorated,
    ) -> Option<Decoration> {
        None
    }
}

/// A context manager that was entered.
#[derive(Debug, Default)]
pub struct Entered {
    /// What is done before the body.
    pub before: Vec<Stmt>,
    /// What `as` binds.
    pub value: Option<Expr>,
    /// What is done after the body in any case.
    pub after: Vec<Stmt>,
    /// What is made of the body's outcome, of type [`Ty::Outcome`], by what `as` binds.
    ///
    /// [`Ty::Outcome`]: super::types::Ty::Outcome
    pub end: Option<End>,
}

/// What is made of what the manager binds and of the outcome of its body.
pub type End = fn(Expr, Expr) -> Expr;

static MAPPINGS: &[&dyn Mapping] = &[
    &asyncio::Asyncio,
    &boto3::Boto3,
    &concurrent::Concurrent,
    &dataclasses::Dataclasses,
    &functools::Functools,
    &http::Http,
    &json::Json,
    &jsonpickle::JsonPickle,
    &powertools::Powertools,
    &powertools_batch::Batch,
    &powertools_events::Events,
    &powertools_idempotency::Idempotency,
    &powertools_parameters::Parameters,
    &powertools_router::Router,
    &powertools_validation::Validation,
    &requests::Requests,
    &urllib::Urllib,
];

macro_rules! first {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $ty:ty),*) -> $result:ty;)+) => {$(
        $(#[$doc])*
        pub fn $name(lowerer: &mut Lowerer<'_, '_>, $($argument: $ty),*) -> Option<$result> {
            MAPPINGS.iter().find_map(|it| it.$name(lowerer, $($argument),*))
        }
    )+};
}

first! {
    /// See [`Mapping::read`].
    read(name: &str, range: TextRange) -> Expr;
    /// See [`Mapping::call_syntax`].
    call_syntax(name: &str, call: &ExprCall) -> Expr;
    /// See [`Mapping::call`].
    call(name: &str, arguments: &Arguments<'_>, range: TextRange) -> Expr;
    /// See [`Mapping::super_call`].
    super_call(class: usize, name: &str, arguments: &Arguments<'_>, range: TextRange) -> Expr;
    /// See [`Mapping::call_made`].
    call_made(what: &Entity, arguments: &Arguments<'_>, range: TextRange) -> Expr;
    /// See [`Mapping::method_syntax`].
    method_syntax(receiver: &Expr, name: &str, call: &ExprCall) -> Expr;
    /// See [`Mapping::static_syntax`].
    static_syntax(receiver: &Expr, name: &str, call: &ExprCall) -> Expr;
    /// See [`Mapping::method`].
    method(receiver: &Expr, name: &str, arguments: &Arguments<'_>, range: TextRange) -> Expr;
    /// See [`Mapping::attribute`].
    attribute(value: &Expr, name: &str, range: TextRange) -> Expr;
    /// See [`Mapping::made_attribute`].
    made_attribute(what: &str, parts: &[String], name: &str, range: TextRange) -> Expr;
    /// See [`Mapping::subscript`].
    subscript(value: &Expr, key: &PyExpr, range: TextRange) -> Expr;
    /// See [`Mapping::iterate`].
    iterate(call: &ExprCall) -> Iterable;
    /// See [`Mapping::operator`].
    operator(left: &Expr, op: Operator, right: &Expr, range: TextRange) -> Expr;
    /// See [`Mapping::store_item`].
    store_item(value: &Expr, key: &PyExpr, item: &Expr, range: TextRange) -> Expr;
    /// See [`Mapping::store_attribute`].
    store_attribute(value: &Expr, name: &str, item: &Expr, range: TextRange) -> Expr;
    /// See [`Mapping::enter`].
    enter(manager: &PyExpr) -> Entered;
    /// See [`Mapping::define`].
    define(def: &StmtFunctionDef) -> Vec<Stmt>;
}

/// See [`Mapping::canonical`].
pub fn canonical(name: &str) -> Option<String> {
    MAPPINGS.iter().find_map(|it| it.canonical(name))
}

/// See [`Mapping::iterate_value`].
pub fn iterate_value(value: &Expr) -> Option<Iterable> {
    MAPPINGS.iter().find_map(|it| it.iterate_value(value))
}

/// See [`Mapping::made_class`].
pub fn made_class(what: &str, parts: &[String]) -> Option<ClassTest> {
    MAPPINGS.iter().find_map(|it| it.made_class(what, parts))
}

pub use powertools_events::other_version;

/// See [`Mapping::registers`].
pub fn registers(lowerer: &mut Lowerer<'_, '_>, module: usize, decorator: &PyExpr) -> bool {
    MAPPINGS
        .iter()
        .any(|it| it.registers(lowerer, module, decorator))
}

/// See [`Mapping::decorate`].
pub fn decorate(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &mut Decorated,
) -> Option<Decoration> {
    MAPPINGS
        .iter()
        .find_map(|it| it.decorate(lowerer, decorator, decorated))
}

/// The `int` that something made by a mapping is besides.
pub fn underlying(what: &Entity) -> Option<i64> {
    http::status(what)
}

/// Whether some mapping knows a top-level module.
pub fn knows(module: &str) -> bool {
    MAPPINGS.iter().any(|it| it.knows(module))
}
