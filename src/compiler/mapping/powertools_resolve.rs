//! `app.resolve(event, context)` of Powertools' event handler: the function whose route fits is
//! called, those that handle exceptions see what it raises, and the result becomes the answer.

use ruff_text_size::{Ranged, TextRange};

use super::powertools_router::{
    Owner, RESOLVERS, event_handler, included, registered_name, resolver,
};
use super::powertools_routes::{Registered, is_response};
use crate::compiler::ir::{Arm, Expr, Kind, Match, Mode, Need, Stmt};
use crate::compiler::lower::{Argument, Arguments, Lowerer, Wrapped};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// `app.resolve(event, context)`.
pub(super) fn resolve(
    lowerer: &mut Lowerer<'_, '_>,
    app: &Expr,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let (global, _) = resolver(lowerer, range)?;
    if !matches!(app.kind, Kind::Global(known) if known == global) || arguments.len() != 2 {
        return None;
    }
    let event = arguments.get(0, "event")?.clone();
    let event = lowerer.dynamic(event);
    let context = arguments.get(1, "context")?.clone();
    let is_context = context.ty == Ty::opaque("lambda_context::LambdaContext");
    if !is_context && context.ty != Ty::Never {
        let message = "the context of `resolve` is not the one that the handler is given";
        return Some(lowerer.refuse(range, Code::UnknownType, message, ""));
    }
    let mut owners = included(lowerer);
    owners.push(Owner::Resolver(global));
    let registered = Registered::of(lowerer, &owners)?;
    let app = (app.clone(), Mode::Ref);
    let operands = vec![app.clone(), (event, Mode::Ref), (context, Mode::Ref)];
    let ty = Ty::opaque("powertools_event_handler::Call");
    let found = event_handler("find_route", operands, ty, range).raising();
    let (bound, call) = lowerer.bound_before("call", found);
    let mut stmts = vec![bound];
    let answered = answered(lowerer, &app, &call, &registered, range);
    let mut result = capture(lowerer, answered, range, &mut stmts);
    if !registered.handlers.is_empty() {
        if app.0.ty == Ty::opaque(RESOLVERS[4]) {
            let what = "functions that handle exceptions of a load balancer's requests";
            return Some(lowerer.unsupported(range, what));
        }
        let handled = handled(lowerer, &call, result, &registered, range)?;
        result = capture(lowerer, handled, range, &mut stmts);
    }
    let operands = vec![app, (call, Mode::Ref), (result, Mode::Owned)];
    let answer = event_handler("respond", operands, Ty::Value, range).raising();
    let kind = Kind::Block(stmts, Box::new(answer));
    Some(Expr::new(kind, Ty::Value, range))
}

fn capture(
    lowerer: &mut Lowerer<'_, '_>,
    value: Expr,
    range: TextRange,
    stmts: &mut Vec<Stmt>,
) -> Expr {
    let wrapped = Wrapped {
        stmts: Vec::new(),
        value,
    };
    let (captured, result) = lowerer.captured(wrapped, range);
    stmts.push(captured);
    result
}

fn response() -> Ty {
    Ty::opaque("powertools_response::Response")
}

/// The response of the function whose name a call has.
fn answered(
    lowerer: &mut Lowerer<'_, '_>,
    app: &(Expr, Mode),
    call: &Expr,
    registered: &Registered,
    range: TextRange,
) -> Expr {
    let mut arms = Vec::new();
    for (function, names) in &registered.routed {
        let mut arguments = Arguments::default();
        for name in names {
            let template = format!("{{0}}.argument({name:?})");
            let operands = vec![(call.clone(), Mode::Receiver)];
            let value = Expr::op(&template, operands, Ty::Str, range)
                .item("powertools_event_handler", "Call::argument");
            arguments
                .keywords
                .push((name.clone(), Argument { ast: None, value }));
        }
        let answer = lowerer.call_function(*function, None, &arguments, range);
        let name = registered_name(lowerer, *function);
        arms.push(Arm {
            pattern: format!("Some({name:?})"),
            binds: Vec::new(),
            value: as_response(lowerer, answer, *function),
        });
    }
    let missing = match registered.handlers.is_empty() {
        true => "not_found",
        false => "missing",
    };
    let operands = vec![app.clone(), (call.clone(), Mode::Ref)];
    let value = event_handler(missing, operands, response(), range);
    arms.push(Arm {
        pattern: "_".to_owned(),
        binds: Vec::new(),
        value: match registered.handlers.is_empty() {
            true => value,
            false => value.raising(),
        },
    });
    let on = Expr::op(
        "{0}.handler",
        vec![(call.clone(), Mode::Receiver)],
        Ty::Never,
        range,
    );
    let kind = Kind::Match(Box::new(Match { on, arms }));
    Expr::new(kind, response(), range)
}

/// What a function returns, as a response.
fn as_response(lowerer: &mut Lowerer<'_, '_>, answer: Expr, function: usize) -> Expr {
    if is_response(&answer.ty) || answer.ty == Ty::Never {
        return answer;
    }
    let range = answer.range;
    if !answer.ty.is_dynamic() {
        let place = lowerer.program.functions[function].def.name.range();
        let message = format!("a route answers {}", lowerer.describe(&answer.ty));
        let help = "return a `Response`, or a dict, on every way";
        return lowerer.refuse(place, Code::UnknownType, message, help);
    }
    let mut needs = Vec::new();
    features(&answer.ty, &mut needs);
    let operands = vec![(answer, Mode::Owned)];
    let made = Expr::op(
        "powertools_response::simple({0})",
        operands,
        response(),
        range,
    );
    let made = made.item("powertools_response", "simple");
    needs.into_iter().fold(made, Expr::needing)
}

/// What a value of a type needs to be one of any type.
fn features(ty: &Ty, found: &mut Vec<Need>) {
    let mut need = |module: &str, item: &str| {
        found.push(Need::Item(module.to_owned(), item.to_owned()));
    };
    match ty {
        Ty::Tuple(items) => {
            need("tuple", "Tuple");
            items.iter().for_each(|it| features(it, found));
        }
        Ty::Bytes => need("bytes", ""),
        Ty::Set => need("set", "Set"),
        Ty::Option(inner) => features(inner, found),
        Ty::Opaque(path) => {
            if let Some((module, item)) = path.split_once("::") {
                need(module, item);
            }
        }
        _ => {}
    }
}

/// What functions that handle exceptions make of a result.
fn handled(
    lowerer: &mut Lowerer<'_, '_>,
    call: &Expr,
    result: Expr,
    registered: &Registered,
    range: TextRange,
) -> Option<Expr> {
    let classes = registered.handlers.iter().map(|it| &it.class);
    let paths: Vec<String> = classes
        .clone()
        .map(|it| format!("&{}", lowerer.from_here(&it.path)))
        .collect();
    let needs: Vec<Need> = classes.filter_map(|it| it.need.clone()).collect();
    let mut arms = Vec::new();
    for (at, handler) in registered.handlers.iter().enumerate() {
        let error = lowerer.inner("error", Ty::Error);
        let mut arguments = Arguments::default();
        arguments.positional.push(Argument {
            ast: None,
            value: Expr::new(Kind::Local(error), Ty::Error, range),
        });
        let answer = lowerer.call_function(handler.function, None, &arguments, range);
        if !is_response(&answer.ty) && answer.ty != Ty::Never {
            let place = lowerer.program.functions[handler.function].def.name.range();
            lowerer.unsupported_with(
                place,
                "a function that handles exceptions and returns no `Response`",
                "return a `Response`",
            );
            return None;
        }
        arms.push(Arm {
            pattern: format!("(Some({at}), Err({{0}}))"),
            binds: vec![error],
            value: answer,
        });
    }
    let left = lowerer.inner("left", Ty::Outcome(Box::new(response())));
    arms.push(Arm {
        pattern: "(_, {0})".to_owned(),
        binds: vec![left],
        value: Expr::new(Kind::Local(left), lowerer.locals[left].ty.clone(), range),
    });
    let template = format!(
        "powertools_event_handler::raised({{0}}, {{1}}, &[{}])",
        paths.join(", ")
    );
    let operands = vec![(call.clone(), Mode::Ref), (result, Mode::Owned)];
    let on =
        Expr::op(&template, operands, Ty::Never, range).item("powertools_event_handler", "raised");
    let on = needs.into_iter().fold(on, Expr::needing);
    let kind = Kind::Match(Box::new(Match { on, arms }));
    Some(Expr::new(kind, response(), range))
}
