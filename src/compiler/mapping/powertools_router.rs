//! Powertools' event handler: resolvers, routers and their routes.
//!
//! Exact: routes of functions of the modules, on resolvers and on routers that are included; what
//! functions return: a value, a value and a status, a `Response`; functions that handle exceptions.
//! Refused: more than one resolver, middlewares, validation, contexts, rules that are regular
//! expressions.

use ruff_python_ast::{Expr as PyExpr, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use super::powertools_resolve::resolve;
use super::powertools_routes::{Registration, Route, registration, route};
use crate::compiler::ir::{Expr, Kind, Mode, Stmt, StmtKind};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::program::{Entity, entity, walk_statements};
use crate::compiler::types::Ty;

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
pub(super) const RESOLVERS: [&str; 5] = [
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
pub(super) fn resolver(lowerer: &mut Lowerer<'_, '_>, range: TextRange) -> Option<(usize, Ty)> {
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
pub(super) fn event_handler(
    name: &str,
    operands: Vec<(Expr, Mode)>,
    ty: Ty,
    range: TextRange,
) -> Expr {
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
pub(super) fn registered_name(lowerer: &Lowerer<'_, '_>, function: usize) -> String {
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
pub(super) fn included(lowerer: &mut Lowerer<'_, '_>) -> Vec<Owner> {
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
