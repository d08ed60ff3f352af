//! `functools.lru_cache` and `functools.cache` of the program's functions.
//!
//! Exact: results are kept by arguments that are equal, the least used given up first; `cache_clear`.
//! A result is a value of unknown type, so that all who get it share it. Refused: methods, coroutines
//! and generators, functions within others, calls by keyword or with defaults, which Python keeps
//! apart, `typed`, `cache_info`.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::ir::{Cond, Expr, Kind, Mode, Stmt, StmtKind, Target};
use crate::compiler::lower::{Decorated, Decoration, Decorator, Lowerer, Wrapped, parameter_names};
use crate::compiler::program::{Entity, Program};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Functools;

/// How many results are kept where nothing is said.
const USUAL: i64 = 128;

impl Mapping for Functools {
    fn knows(&self, module: &str) -> bool {
        module == "functools"
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        let most = most(decorator)?;
        let function = lowerer.function?;
        if !is_kept_alike(lowerer, function) {
            let what = "a function whose results are kept, of this kind or called in this way,";
            let help = "call it with all its arguments, by position";
            lowerer.unsupported_with(decorator.range, what, help);
            return None;
        }
        let name = key_of(lowerer.program, function);
        let arguments = decorated.arguments.clone();
        let range = decorator.range;
        Some(Decoration::Around(Box::new(move |lowerer, wrapped| {
            kept(lowerer, wrapped, arguments, (&name, most), range)
        })))
    }

    fn static_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        let Ty::Static(found) = &receiver.ty else {
            return None;
        };
        let Entity::Function(function) = **found else {
            return None;
        };
        let range = call.range();
        match name {
            "cache_clear" if call.arguments.is_empty() => {
                let name = key_of(lowerer.program, function);
                let template = format!("functools::cache_clear({name:?})");
                let cleared = Expr::op(&template, Vec::new(), Ty::None, range);
                Some(cleared.item("functools", "cache_clear"))
            }
            "cache_info" => Some(lowerer.unsupported(range, "`cache_info`")),
            _ => None,
        }
    }
}

/// The name under which a function's results are kept.
fn key_of(program: &Program<'_>, function: usize) -> String {
    let function = &program.functions[function];
    format!(
        "{}.{}",
        program.modules[function.module].name, function.name
    )
}

/// How many results a decorator keeps; all where that is nothing.
fn most(decorator: &Decorator<'_>) -> Option<Option<i64>> {
    let arguments = &decorator.arguments;
    match (decorator.name.as_str(), decorator.is_called) {
        ("functools.cache", false) => Some(None),
        ("functools.lru_cache", false) => Some(Some(USUAL)),
        ("functools.lru_cache", true) => {
            for (name, argument) in &arguments.keywords {
                match (name.as_str(), &argument.value.kind) {
                    ("maxsize", _) | ("typed", Kind::Bool(false)) => {}
                    _ => return None,
                }
            }
            match arguments.get(0, "maxsize").map(|it| &it.kind) {
                None => Some(Some(USUAL)),
                Some(Kind::None) => Some(None),
                Some(Kind::Int(most)) => Some(Some(*most)),
                Some(_) => None,
            }
        }
        _ => None,
    }
}

/// Whether all that Python keeps apart is kept apart here.
fn is_kept_alike(lowerer: &Lowerer<'_, '_>, function: usize) -> bool {
    let program = lowerer.program;
    let it = &program.functions[function];
    let parameters = &it.def.parameters;
    if it.def.is_async
        || it.class.is_some()
        || it.parent.is_some()
        || it.def.decorator_list.len() > 1
        || parameters.vararg.is_some()
        || parameters.kwarg.is_some()
        || crate::compiler::lower::is_generator(it.def)
    {
        return false;
    }
    let mut calls = Calls {
        name: &it.name,
        count: parameter_names(parameters).len(),
        are_alike: true,
    };
    for module in &program.modules {
        calls.visit_body(&module.syntax.syntax().body);
    }
    calls.are_alike
}

/// Whether each call of a name has so many arguments, all by position.
struct Calls<'n> {
    name: &'n str,
    count: usize,
    are_alike: bool,
}

impl<'a> Visitor<'a> for Calls<'_> {
    fn visit_expr(&mut self, expr: &'a PyExpr) {
        if let PyExpr::Call(call) = expr {
            let called = match &*call.func {
                PyExpr::Name(it) => it.id.as_str(),
                PyExpr::Attribute(it) => it.attr.as_str(),
                _ => "",
            };
            if called == self.name {
                let arguments = &call.arguments;
                self.are_alike &= arguments.keywords.is_empty()
                    && arguments.args.len() == self.count
                    && !arguments.args.iter().any(PyExpr::is_starred_expr);
            }
        }
        visitor::walk_expr(self, expr);
    }
}

/// What is kept of earlier calls, or what the function gives, which is kept then.
fn kept(
    lowerer: &mut Lowerer<'_, '_>,
    wrapped: Wrapped,
    arguments: Vec<Expr>,
    (name, most): (&str, Option<i64>),
    range: TextRange,
) -> Wrapped {
    let stmt = |kind| Stmt { kind, range };
    let holes: Vec<String> = (0..arguments.len()).map(|at| format!("{{{at}}}")).collect();
    let values = arguments.into_iter();
    let operands = values.map(|it| (lowerer.dynamic(it), Mode::Owned));
    let operands = operands.collect();
    let template = format!("functools::key([{}])", holes.join(", "));
    let key = Expr::op(&template, operands, Ty::Value, range).raising();
    let (bind_key, key) = lowerer.bound_before("key", key.item("functools", "key"));
    let template = format!("functools::kept({name:?}, {{0}})");
    let option = Ty::Option(Box::new(Ty::Value));
    let operands = vec![(key.clone(), Mode::Ref)];
    let known = Expr::op(&template, operands, option.clone(), range).item("functools", "kept");
    let known_local = lowerer.fresh("known", option);
    let seen = lowerer.inner("known", Ty::Value);
    lowerer.locals[seen].borrowed = true;
    let result = lowerer.fresh("result", Ty::Value);
    let read = |local| Expr::new(Kind::Local(local), Ty::Value, range);
    let most = match most {
        Some(most) => format!("Some({most})"),
        None => "None".to_owned(),
    };
    let template = format!("functools::keep({name:?}, {{0}}, {{1}}, {most})");
    let operands = vec![(key, Mode::Ref), (read(result), Mode::Ref)];
    let keep = Expr::op(&template, operands, Ty::None, range).item("functools", "keep");
    let mut computed = wrapped.stmts;
    let value = lowerer.dynamic(wrapped.value);
    computed.push(stmt(StmtKind::Assign(Target::Local(result), value)));
    computed.push(stmt(StmtKind::Expr(keep)));
    let found = vec![stmt(StmtKind::Assign(Target::Local(result), read(seen)))];
    let stmts = vec![
        bind_key,
        stmt(StmtKind::Assign(Target::Local(known_local), known)),
        stmt(StmtKind::If(Cond::Some(known_local, seen), found, computed)),
    ];
    let value = read(result);
    Wrapped { stmts, value }
}
