//! `concurrent.futures.ThreadPoolExecutor`: `list(pool.map(f, items))` in a `with`.
//!
//! The calls follow one another, which is one of the orders that threads may take. All are made,
//! also where one raises; then the first exception is raised, as Python does.
//! A call that is submitted is made at once; its future keeps what it gives or raises.
//! Refused: `map` over several iterables, results that are not taken at once.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::Ranged;

use super::{Entered, Mapping};
use crate::compiler::ir::{
    Collection, Cond, Expr, Handler, Kind, Mode, Stmt, StmtKind, Target, Try,
};
use crate::compiler::lower::{Lowerer, Wrapped, is_quiet};
use crate::compiler::program::{Consumed, Entity, entity};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Concurrent;

/// A pool of threads.
const POOL: &str = "concurrent.futures.ThreadPoolExecutor";

impl Mapping for Concurrent {
    fn knows(&self, module: &str) -> bool {
        module == "concurrent"
    }

    fn enter(&self, lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
        let PyExpr::Call(call) = manager else {
            return None;
        };
        if !lowerer.names_external(lowerer.module, &call.func, POOL) {
            return None;
        }
        let arguments = &call.arguments;
        let is_plain = arguments.args.len() <= 1
            && arguments
                .keywords
                .iter()
                .all(|it| it.arg.as_deref() == Some("max_workers"));
        if !is_plain {
            lowerer.unsupported(manager.range(), "these arguments of a pool of threads");
        }
        let workers = arguments.args.first();
        let workers = workers.or(arguments.keywords.first().map(|it| &it.value));
        if let Some(workers) = workers {
            let workers = lowerer.expr(workers);
            if !matches!(workers.kind, Kind::Int(1..) | Kind::None) {
                let what = "a number of threads that is not a constant";
                lowerer.unsupported(manager.range(), what);
            }
        }
        let made = Entity::Made(POOL.to_owned(), Vec::new());
        Some(Entered {
            value: Some(Expr::new(Kind::Static, entity(made), manager.range())),
            ..Entered::default()
        })
    }

    fn method_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        if name != "result" || receiver.ty != Ty::Value || !call.arguments.is_empty() {
            return None;
        }
        let mut classes = lowerer.program.classes.iter();
        if classes.any(|it| it.methods.contains_key(name)) {
            return None;
        }
        let operands = vec![(receiver.clone(), Mode::Ref)];
        let found = Expr::op("futures::result({0})", operands, Ty::Value, call.range());
        Some(found.raising().item("futures", "result"))
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
        let ("map" | "submit", Entity::Made(what, _)) = (name, &**found) else {
            return None;
        };
        if what != POOL {
            return None;
        }
        let range = call.range();
        if name == "submit" {
            return Some(submitted(lowerer, call));
        }
        let ([function, items], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            return Some(lowerer.unsupported(range, "`map` of a pool with these arguments"));
        };
        if lowerer.consumed(range) != Some(Consumed::Whole) {
            let help = "take the results at once: `list(pool.map(…))`";
            return Some(lowerer.unsupported_with(range, "`pool.map(…)` that is kept", help));
        }
        Some(mapped(lowerer, function, items, call))
    }
}

/// `pool.submit(function, …)`: the call is made here, and what it gives or raises is kept.
fn submitted(lowerer: &mut Lowerer<'_, '_>, call: &ExprCall) -> Expr {
    let range = call.range();
    let mut arguments = lowerer.arguments(&call.arguments);
    if arguments.positional.is_empty() {
        return lowerer.unsupported(range, "`submit` of nothing");
    }
    let function = arguments.positional.remove(0);
    let callee = match function.ast {
        Some(ast) => lowerer.expr(ast),
        None => function.value,
    };
    let value = match callee.ty.clone() {
        Ty::Static(found) => match *found {
            Entity::Function(function) if !lowerer.program.functions[function].def.is_async => {
                lowerer.call_function(function, None, &arguments, range)
            }
            _ => return lowerer.unsupported(range, "`submit` of this"),
        },
        Ty::Value => lowerer.call_value(callee, &arguments, range),
        _ => return lowerer.unsupported(range, "`submit` of this"),
    };
    let value = lowerer.dynamic(value);
    let wrapped = Wrapped {
        stmts: Vec::new(),
        value,
    };
    let (captured, outcome) = lowerer.captured(wrapped, range);
    let operands = vec![(outcome, Mode::Owned)];
    let future = Expr::op("futures::future({0})", operands, Ty::Value, range);
    future.item("futures", "future").after(vec![captured])
}

/// The results of all calls, or the first exception once all were made.
fn mapped(
    lowerer: &mut Lowerer<'_, '_>,
    function: &PyExpr,
    items: &PyExpr,
    call: &ExprCall,
) -> Expr {
    let range = call.range();
    let stmt = |kind| Stmt { kind, range };
    let iterable = lowerer.iterable(items);
    let results = lowerer.fresh("results", Ty::List);
    let failed = lowerer.fresh("failed", Ty::Option(Box::new(Ty::Error)));
    let error = lowerer.fresh("error", Ty::Error);
    let caught = lowerer.inner("error", Ty::Error);
    let item = lowerer.inner("item", iterable.item.clone());
    let read = |local, ty: &Ty| Expr::new(Kind::Local(local), ty.clone(), range);
    let option = Ty::Option(Box::new(Ty::Error));
    let result = lowerer.applied(function, read(item, &iterable.item), range);
    let result = lowerer.dynamic(result);
    let is_quiet = is_quiet(&result);
    let operands = vec![
        (read(results, &Ty::List), Mode::Receiver),
        (result, Mode::Owned),
    ];
    let push = Expr::op("{0}.push({1})", operands, Ty::None, range).item("list", "List::push");
    let operands = vec![
        (read(failed, &option), Mode::Receiver),
        (read(caught, &Ty::Error), Mode::Owned),
    ];
    let first = Expr::op("{0}.or(Some({1}))", operands, option.clone(), range);
    let handler = Handler {
        classes: Vec::new(),
        name: Some(caught),
        body: vec![stmt(StmtKind::Assign(Target::Local(failed), first))],
        range,
    };
    let tried = Try {
        body: vec![stmt(StmtKind::Expr(push))],
        handlers: vec![handler],
        orelse: Vec::new(),
        finally: Vec::new(),
        error,
    };
    let empty = Expr::new(Kind::Collect(Collection::List, Vec::new()), Ty::List, range);
    let last = read(results, &Ty::List);
    if is_quiet {
        let stmts = vec![
            stmt(StmtKind::Assign(Target::Local(results), empty)),
            stmt(StmtKind::For(
                Target::Local(item),
                iterable,
                tried.body,
                Vec::new(),
            )),
        ];
        return Expr::new(Kind::Block(stmts, Box::new(last)), Ty::List, range);
    }
    let body = vec![stmt(StmtKind::Try(Box::new(tried)))];
    let seen = lowerer.inner("error", Ty::Error);
    lowerer.locals[seen].borrowed = true;
    let raise = stmt(StmtKind::Raise(read(seen, &Ty::Error)));
    let stmts = vec![
        stmt(StmtKind::Assign(Target::Local(results), empty)),
        stmt(StmtKind::Assign(
            Target::Local(failed),
            Expr::new(Kind::Widen(Box::new(Expr::none(range))), option, range),
        )),
        stmt(StmtKind::For(
            Target::Local(item),
            iterable,
            body,
            Vec::new(),
        )),
        stmt(StmtKind::If(
            Cond::Some(failed, seen),
            vec![raise],
            Vec::new(),
        )),
    ];
    Expr::new(Kind::Block(stmts, Box::new(last)), Ty::List, range)
}
