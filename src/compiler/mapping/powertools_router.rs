//! Powertools' event handler: resolvers, routers and their routes.
//!
//! Exact: routes of functions of the modules, on resolvers and on routers that are included; what
//! functions return: a value, a value and a status, a `Response`; functions that handle exceptions.
//! Refused: more than one resolver, middlewares, validation, contexts, rules that are regular
//! expressions.

use ruff_python_ast::{Expr as PyExpr, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use super::powertools_routes::{Registered, Registration, Route, is_response, registration, route};
use crate::compiler::ir::{Arm, Expr, Kind, Match, Mode, Need, Stmt, StmtKind};
use crate::compiler::lower::{Argument, Arguments, Lowerer, Wrapped};
use crate::compiler::program::{Entity, entity, walk_statements};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Router;

/// A router, by the place where it is made.
const ROUTER: &str = "aws_lambda_powertools.event_handler.Router";
const PACKAGE: &str = "aws_lambda_powertools.event_handler.";
const ROUTERS: [&str; 5] = [
    "Router",
    "APIGatewayRouter",
    "APIGatewayHttpRouter",
    "ALBRouter",
    "LambdaFunctionUrlRouter",
];
const RESOLVERS: [&str; 5] = [
    "powertools_event_handler::ApiGatewayRestResolver",
    "powertools_event_handler::ApiGatewayResolver",
    "powertools_event_handler::ApiGatewayHttpResolver",
    "powertools_event_handler::LambdaFunctionUrlResolver",
    "powertools_event_handler::AlbResolver",
];

/// What routes are registered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// A resolver, by the module's variable.
    Resolver(usize),
    /// A router, by the place where it is made.
    Router(Vec<String>),
}

impl Owner {
    /// What an expression of a module stands for.
    pub(super) fn of(lowerer: &mut Lowerer<'_, '_>, module: usize, expr: &PyExpr) -> Option<Self> {
        lowerer.within_module(module, |lowerer| {
            let found = lowerer.module_value(expr)?;
            match (&found.kind, &found.ty) {
                (Kind::Global(global), ty) if is_resolver(ty) => Some(Self::Resolver(*global)),
                (_, Ty::Static(made)) => match &**made {
                    Entity::Made(what, parts) if what == ROUTER => {
                        Some(Self::Router(parts.clone()))
                    }
                    _ => None,
                },
                _ => None,
            }
        })
    }
}

fn is_resolver(ty: &Ty) -> bool {
    matches!(ty, Ty::Opaque(path) if RESOLVERS.contains(&&**path))
}

/// The resolver of a program: the variable that holds it, and its type.
fn resolver(lowerer: &mut Lowerer<'_, '_>, range: TextRange) -> Option<(usize, Ty)> {
    let globals = 0..lowerer.program.globals.len();
    let mut found = globals.filter_map(|global| {
        let ty = lowerer
            .types
            .of(&crate::compiler::lower::Place::Global(global));
        is_resolver(&ty).then_some((global, ty))
    });
    let (first, second) = (found.next(), found.next());
    if second.is_some() {
        lowerer.unsupported(range, "more than one resolver");
        return None;
    }
    first
}

impl Mapping for Router {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let inner = name.strip_prefix(PACKAGE)?;
        let last = inner.rsplit('.').next().unwrap_or(inner);
        if !ROUTERS.contains(&last) || !arguments.is_empty() || lowerer.function.is_some() {
            return None;
        }
        let place = vec![
            lowerer.module.to_string(),
            range.start().to_usize().to_string(),
        ];
        let made = Entity::Made(ROUTER.to_owned(), place);
        Some(Expr::new(Kind::Static, entity(made), range))
    }

    fn made_attribute(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        what: &str,
        _: &[String],
        name: &str,
        range: TextRange,
    ) -> Option<Expr> {
        if what != ROUTER || !matches!(name, "current_event" | "lambda_context") {
            return None;
        }
        let (global, ty) = resolver(lowerer, range)?;
        lowerer.function?;
        let app = Expr::new(Kind::Global(global), ty, range);
        Some(lowerer.attribute_of(app, name, range))
    }

    fn attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        value: &Expr,
        name: &str,
        range: TextRange,
    ) -> Option<Expr> {
        if !is_resolver(&value.ty) || name != "lambda_context" {
            return None;
        }
        let ty = Ty::opaque("lambda_context::LambdaContext");
        let operands = vec![(value.clone(), Mode::Ref)];
        Some(event_handler("lambda_context", operands, ty, range).raising())
    }

    fn method(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        if !is_resolver(&receiver.ty) {
            return None;
        }
        match name {
            "resolve" => resolve(lowerer, receiver, arguments, range),
            "include_router" => include(lowerer, receiver, arguments, range),
            _ => None,
        }
    }

    fn define(&self, lowerer: &mut Lowerer<'_, '_>, def: &StmtFunctionDef) -> Option<Vec<Stmt>> {
        define(lowerer, def)
    }

    fn registers(&self, lowerer: &mut Lowerer<'_, '_>, module: usize, decorator: &PyExpr) -> bool {
        registration(lowerer, module, decorator).is_some()
    }
}

/// A call of a function of the event handler.
fn event_handler(name: &str, operands: Vec<(Expr, Mode)>, ty: Ty, range: TextRange) -> Expr {
    let holes: Vec<String> = (0..operands.len()).map(|at| format!("{{{at}}}")).collect();
    let template = format!("powertools_event_handler::{name}({})", holes.join(", "));
    Expr::op(&template, operands, ty, range).item("powertools_event_handler", name)
}

/// What is done where a function is defined that is registered.
fn define(lowerer: &mut Lowerer<'_, '_>, def: &StmtFunctionDef) -> Option<Vec<Stmt>> {
    let module = lowerer.module;
    let mut is_under = false;
    let mut registered = Vec::new();
    for decorator in &def.decorator_list {
        let expr = &decorator.expression;
        match registration(lowerer, module, expr) {
            Some(_) if is_under => {
                lowerer.unsupported_with(
                    expr.range(),
                    "a function that is registered before other decorators are put around it",
                    "put the decorator of the route above the others",
                );
                return None;
            }
            Some(found) => registered.push(found),
            None => is_under = true,
        }
    }
    if registered.is_empty() {
        return None;
    }
    let mut functions = lowerer.program.functions.iter();
    let function = functions.position(|it| std::ptr::eq(it.def, def) && it.decorated.is_none());
    let is_plain = |it: &usize| {
        let function = &lowerer.program.functions[*it];
        function.parent.is_none() && function.class.is_none()
    };
    let Some(function) = function
        .filter(is_plain)
        .filter(|_| lowerer.function.is_none())
    else {
        lowerer.unsupported_with(
            def.name.range(),
            "a function of a route that is not defined at the top of a module",
            "define it there",
        );
        return None;
    };
    let mut stmts = Vec::new();
    for (owner, registration) in registered.into_iter().rev() {
        if let (Owner::Resolver(global), Registration::Route(name, call)) = (owner, registration) {
            let app = lowerer.global(global, call.range());
            let route = route(lowerer, &name, call)?;
            add(
                lowerer,
                &app,
                &route,
                None,
                function,
                call.range(),
                &mut stmts,
            );
        }
    }
    Some(stmts)
}

/// The name under which a function is registered.
fn registered_name(lowerer: &Lowerer<'_, '_>, function: usize) -> String {
    let program = lowerer.program;
    let it = &program.functions[function];
    let is_shared = program.functions.iter().any(|other| {
        other.rust_name == it.rust_name && other.module != it.module && other.decorated.is_none()
    });
    match is_shared {
        true => format!("{}::{}", program.modules[it.module].rust_name, it.rust_name),
        false => it.rust_name.clone(),
    }
}

/// Statements that add a route to a resolver.
fn add(
    lowerer: &Lowerer<'_, '_>,
    app: &Expr,
    route: &Route,
    prefix: Option<&str>,
    function: usize,
    range: TextRange,
    stmts: &mut Vec<Stmt>,
) {
    let name = registered_name(lowerer, function);
    let rule = match (prefix, route.rule.as_str()) {
        (Some(prefix), "/") if !prefix.is_empty() => prefix.to_owned(),
        (prefix, rule) => format!("{}{rule}", prefix.unwrap_or_default()),
    };
    let options = match route.options.is_empty() {
        true => "powertools_event_handler::Options::default()".to_owned(),
        false => format!(
            "powertools_event_handler::Options {{ {}, ..Default::default() }}",
            route.options.join(", ")
        ),
    };
    for method in &route.methods {
        // Braces of the rule are no holes.
        let template = format!(
            "powertools_event_handler::add_route({{0}}, {method:?}, {rule:?}, {name:?}, {options})"
        );
        let operands = vec![(app.clone(), Mode::Ref)];
        let added = Expr::op(&template, operands, Ty::None, range)
            .raising()
            .item("powertools_event_handler", "add_route")
            .item("powertools_event_handler", "Options");
        stmts.push(Stmt {
            kind: StmtKind::Expr(added),
            range,
        });
    }
}

/// `app.include_router(router, prefix=…)`: its routes are added.
fn include(
    lowerer: &mut Lowerer<'_, '_>,
    app: &Expr,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let router = match &arguments.get(0, "router")?.ty {
        Ty::Static(made) => match &**made {
            Entity::Made(what, parts) if what == ROUTER => parts.clone(),
            _ => return None,
        },
        _ => return None,
    };
    let prefix = match arguments.get(1, "prefix").map(|it| &it.kind) {
        None | Some(Kind::None) => None,
        Some(Kind::Str(prefix)) => Some(prefix.clone()),
        Some(_) => return Some(lowerer.unsupported(range, "a prefix that is not a literal")),
    };
    if lowerer.function.is_some() {
        return Some(lowerer.unsupported(range, "a router that is included when a function runs"));
    }
    let is_own = router.first() == Some(&lowerer.module.to_string());
    let mut stmts = Vec::new();
    let mut seen: Vec<Route> = Vec::new();
    for (index, function) in lowerer.program.functions.iter().enumerate() {
        if function.decorated.is_some() || function.parent.is_some() || function.class.is_some() {
            continue;
        }
        for decorator in function.def.decorator_list.iter().rev() {
            let found = registration(lowerer, function.module, &decorator.expression);
            let Some((Owner::Router(parts), registration)) = found else {
                continue;
            };
            if parts != router {
                continue;
            }
            let is_of_module = router.first() == Some(&function.module.to_string());
            if !is_of_module || is_own && function.def.range().start() > range.start() {
                let place = function.def.name.range();
                let what = "a route of a router that is included before, or of another module";
                return Some(lowerer.unsupported(place, what));
            }
            if let Registration::Route(name, call) = registration {
                let route = lowerer.within_module(function.module, |it| route(it, &name, call))?;
                if seen.contains(&route) {
                    return Some(lowerer.unsupported(call.range(), "a route that is there twice"));
                }
                let at = call.range();
                add(
                    lowerer,
                    app,
                    &route,
                    prefix.as_deref(),
                    index,
                    at,
                    &mut stmts,
                );
                seen.push(route);
            }
        }
    }
    let none = Expr::none(range);
    Some(Expr::new(
        Kind::Block(stmts, Box::new(none)),
        Ty::None,
        range,
    ))
}

/// The routers that the modules include.
fn included(lowerer: &mut Lowerer<'_, '_>) -> Vec<Owner> {
    let program = lowerer.program;
    let mut found = Vec::new();
    for (index, module) in program.modules.iter().enumerate() {
        let mut calls = Vec::new();
        walk_statements(&module.syntax.syntax().body, &mut |stmt| {
            if let ruff_python_ast::Stmt::Expr(it) = stmt
                && let PyExpr::Call(call) = &*it.value
                && let PyExpr::Attribute(attribute) = &*call.func
                && attribute.attr.as_str() == "include_router"
            {
                calls.push(call);
            }
        });
        for call in calls {
            let keyword = call.arguments.find_keyword("router").map(|it| &it.value);
            let router = call.arguments.args.first().or(keyword);
            found.extend(router.and_then(|it| Owner::of(lowerer, index, it)));
        }
    }
    found
}

/// `app.resolve(event, context)`.
fn resolve(
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
