//! `threading.Thread` of a function of the program: `start` and `join`.
//!
//! What the thread does is done where it is started, which is one of the orders that threads may
//! take; an exception that ends it is shown and not seen by others.
//! Refused: subclasses, names, `is_alive`, and what threads wait for each other with.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::ir::{Arm, Expr, Handler, Kind, Match, Mode, Stmt, StmtKind, Try};
use crate::compiler::lower::{Argument, Arguments, Lowerer, Place};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Threading;

impl Mapping for Threading {
    fn knows(&self, module: &str) -> bool {
        module == "threading"
    }

    fn call_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        (name == "threading.Thread").then(|| made(lowerer, call))
    }

    fn method_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        let range = call.range();
        let arguments = &call.arguments;
        if receiver.ty != Ty::Value || lowerer.types.threads.is_empty() {
            return None;
        }
        match (name, &*arguments.args, &*arguments.keywords) {
            ("start", [], []) => Some(started(lowerer, receiver.clone(), range)),
            ("join", [], []) => Some(joined(receiver.clone(), range)),
            ("join", [PyExpr::NumberLiteral(_)], []) => Some(joined(receiver.clone(), range)),
            ("join", [], [timeout])
                if timeout.arg.as_deref() == Some("timeout")
                    && (timeout.value.is_number_literal_expr()
                        || timeout.value.is_none_literal_expr()) =>
            {
                Some(joined(receiver.clone(), range))
            }
            _ => None,
        }
    }
}

/// `threading.Thread(target=…, args=…)`.
fn made(lowerer: &mut Lowerer<'_, '_>, call: &ExprCall) -> Expr {
    let range = call.range();
    let refuse = |lowerer: &mut Lowerer<'_, '_>| {
        let help = "write `threading.Thread(target=function, args=(one, two))`";
        lowerer.unsupported_with(range, "this thread", help)
    };
    if !call.arguments.args.is_empty() {
        return refuse(lowerer);
    }
    let (mut target, mut arguments) = (None, Arguments::default());
    for keyword in &call.arguments.keywords {
        let value = &keyword.value;
        match (keyword.arg.as_deref(), value) {
            (Some("target"), value) => target = Some(lowerer.expr(value)),
            (Some("args"), PyExpr::Tuple(it)) => positional(lowerer, &it.elts, &mut arguments),
            (Some("args"), PyExpr::List(it)) => positional(lowerer, &it.elts, &mut arguments),
            (Some("kwargs"), PyExpr::Dict(it)) => {
                for item in &it.items {
                    let key = item.key.as_ref().and_then(PyExpr::as_string_literal_expr);
                    let Some(key) = key else {
                        return refuse(lowerer);
                    };
                    let value = lowerer.expr(&item.value);
                    let argument = Argument { ast: None, value };
                    arguments
                        .keywords
                        .push((key.value.to_str().to_owned(), argument));
                }
            }
            (Some("daemon"), value) if value.is_boolean_literal_expr() => {}
            _ => return refuse(lowerer),
        }
    }
    let function = match target.map(|it| it.ty) {
        Some(Ty::Static(found)) => match *found {
            Entity::Function(function) => function,
            _ => return refuse(lowerer),
        },
        _ => return refuse(lowerer),
    };
    lowerer.thread_of(function, &arguments, range)
}

fn positional<'e>(
    lowerer: &mut Lowerer<'_, '_>,
    items: &'e [PyExpr],
    arguments: &mut Arguments<'e>,
) {
    for item in items {
        let value = lowerer.expr(item);
        arguments.positional.push(Argument {
            ast: Some(item),
            value,
        });
    }
}

impl Lowerer<'_, '_> {
    fn thread_of(&mut self, function: usize, arguments: &Arguments<'_>, range: TextRange) -> Expr {
        let Some((function, mut values)) = self.arguments_for(function, arguments, range) else {
            return self.unsupported(range, "a thread of this function");
        };
        self.types.run_in_thread(function);
        let before = self.in_order(values.iter_mut().collect(), range);
        let mut operands = Vec::new();
        let mut given = Vec::new();
        for (at, value) in values.into_iter().enumerate() {
            let place = Place::Parameter(function, at);
            self.types.flows(place.clone(), &value.ty);
            if self.types.of(&place).is_dynamic() || value.ty == Ty::Never {
                operands.push((self.dynamic(value), Mode::Owned));
                given.push(format!("{{{at}}}"));
            } else {
                if matches!(value.ty, Ty::Static(_) | Ty::Option(_)) {
                    return self.unsupported(range, "this argument of a thread");
                }
                operands.push((value, Mode::Owned));
                given.push(format!("function::hold({{{at}}})"));
            }
        }
        let name = &self.program.functions[function].name;
        let template = format!(
            "thread::thread({:?}, {name:?}, vec![{}])",
            self.key_of(function),
            given.join(", ")
        );
        let made = Expr::op(&template, operands, Ty::Value, range);
        made.item("thread", "thread")
            .item("function", "hold")
            .after(before)
    }
}

fn joined(thread: Expr, range: TextRange) -> Expr {
    let operands = vec![(thread, Mode::Ref)];
    let joined = Expr::op("thread::join({0})", operands, Ty::None, range);
    joined.raising().item("thread", "join")
}

/// `thread.start()`: the call of its function, whose exceptions end there.
fn started(lowerer: &mut Lowerer<'_, '_>, thread: Expr, range: TextRange) -> Expr {
    let stmt = |kind| Stmt { kind, range };
    let mut stmts = Vec::new();
    let thread = lowerer.bound_inside(thread, "thread", &mut stmts);
    let read = |template: &str, item: &str, ty| {
        let operands = vec![(thread.clone(), Mode::Ref)];
        Expr::op(template, operands, ty, range)
            .raising()
            .item("thread", item)
    };
    let mut arms = Vec::new();
    for function in lowerer.types.threads.clone() {
        let count = lowerer.parameter_count(function);
        let given = (0..count).map(|at| {
            let ty = lowerer.types.of(&Place::Parameter(function, at));
            match ty.is_dynamic() {
                // Its type is found where the thread is made.
                true if ty == Ty::Never => Expr::new(Kind::None, Ty::Never, range),
                true => read(&format!("thread::given({{0}}, {at})"), "given", Ty::Value),
                false => read(
                    &format!("function::held(&thread::given({{0}}, {at})?)"),
                    "given",
                    ty,
                )
                .item("function", "held"),
            }
        });
        let given: Vec<Expr> = given.collect();
        let called = lowerer.call_with(function, given, range);
        arms.push(Arm {
            pattern: format!("{:?}", lowerer.key_of(function)),
            binds: Vec::new(),
            value: lowerer.dynamic(called),
        });
    }
    arms.push(Arm {
        pattern: "_".to_owned(),
        binds: Vec::new(),
        value: read("function::misfit({0})", "start", Ty::Value).item("function", "misfit"),
    });
    let on = read("thread::key({0})", "key", Ty::Never);
    let start = read("thread::start({0})", "start", Ty::None);
    stmts.push(stmt(StmtKind::Expr(start)));
    let called = Expr::new(Kind::Match(Box::new(Match { on, arms })), Ty::Value, range);
    let (error, caught) = (
        lowerer.fresh("error", Ty::Error),
        lowerer.inner("error", Ty::Error),
    );
    let operands = vec![
        (thread.clone(), Mode::Ref),
        (Expr::new(Kind::Local(caught), Ty::Error, range), Mode::Ref),
    ];
    let failed = Expr::op("thread::failed({0}, {1})", operands, Ty::None, range);
    let failed = failed.item("thread", "failed");
    stmts.push(stmt(StmtKind::Try(Box::new(Try {
        body: vec![stmt(StmtKind::Expr(called))],
        handlers: vec![Handler {
            classes: Vec::new(),
            name: Some(caught),
            body: vec![stmt(StmtKind::Expr(failed))],
            range,
        }],
        orelse: Vec::new(),
        finally: Vec::new(),
        error,
    }))));
    Expr::none(range).after(stmts)
}
