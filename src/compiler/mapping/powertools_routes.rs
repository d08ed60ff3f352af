//! The routes of Powertools' event handler, as the decorators of functions say them.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::Ranged;

use super::powertools_router::Owner;
use crate::compiler::ir::{ClassTest, Kind};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The methods of HTTP that decorators are named after.
const METHODS: [&str; 6] = ["get", "post", "put", "delete", "patch", "head"];

/// What is said of a route for its documentation alone.
const DESCRIPTIONS: [&str; 10] = [
    "summary",
    "description",
    "responses",
    "response_description",
    "tags",
    "operation_id",
    "include_in_schema",
    "security",
    "openapi_extensions",
    "deprecated",
];

/// A route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// Its methods.
    pub(super) methods: Vec<String>,
    /// Its rule.
    pub(super) rule: String,
    /// Its further options, in Rust.
    pub(super) options: Vec<String>,
}

impl Route {
    /// The names in its rule.
    pub(super) fn names(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = self.rule.as_str();
        while let Some((_, after)) = rest.split_once('<') {
            rest = after;
            if let Some((name, after)) = after.split_once('>')
                && is_name(name)
            {
                found.push(name.to_owned());
                rest = after;
            }
        }
        found
    }

    /// Whether its rule has of regular expressions no more than names, dots and `.+`.
    fn is_plain(&self) -> bool {
        let mut bare = self.rule.clone();
        for name in self.names() {
            bare = bare.replace(&format!("<{name}>"), "");
        }
        let bare = bare.replace(".+", "").replace(".*", "");
        !bare.contains(|it| "^$*+?{}[]\\|()".contains(it))
    }
}

fn is_name(text: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    !text.is_empty() && text.chars().all(is_letter) && !text.starts_with(|it: char| it.is_numeric())
}

/// What a decorator registers a function for.
#[derive(Debug)]
pub(super) enum Registration<'e> {
    /// A route, by the name of the decorator.
    Route(String, &'e ExprCall),
    /// Requests that no route fits.
    NotFound,
    /// Exceptions of these classes.
    Exceptions(&'e PyExpr),
}

/// A decorator that registers a function, and where.
pub(super) fn registration<'e>(
    lowerer: &mut Lowerer<'_, '_>,
    module: usize,
    decorator: &'e PyExpr,
) -> Option<(Owner, Registration<'e>)> {
    let (callee, call) = match decorator {
        PyExpr::Call(call) => (&*call.func, Some(call)),
        callee => (callee, None),
    };
    let PyExpr::Attribute(attribute) = callee else {
        return None;
    };
    let name = attribute.attr.as_str();
    let is_route = name == "route" || METHODS.contains(&name);
    if !is_route && !matches!(name, "not_found" | "exception_handler") {
        return None;
    }
    let owner = Owner::of(lowerer, module, &attribute.value)?;
    let registration = match (name, call) {
        ("not_found", None) => Registration::NotFound,
        ("not_found", Some(call)) if call.arguments.is_empty() => Registration::NotFound,
        ("exception_handler", Some(call)) => Registration::Exceptions(call.arguments.args.first()?),
        (name, Some(call)) if is_route => Registration::Route(name.to_owned(), call),
        _ => return None,
    };
    Some((owner, registration))
}

/// A route as a decorator says it, or a refusal.
pub(super) fn route(lowerer: &mut Lowerer<'_, '_>, name: &str, call: &ExprCall) -> Option<Route> {
    let arguments = lowerer.arguments(&call.arguments);
    let mut route = Route {
        methods: Vec::new(),
        rule: arguments.text(0, "rule").unwrap_or_default().to_owned(),
        options: Vec::new(),
    };
    let has_rule = arguments.text(0, "rule").is_some();
    let is_spread = arguments.rest.is_some() || arguments.spread.is_some();
    match name {
        "route" => route.methods = methods(&arguments),
        name => route.methods.push(name.to_uppercase()),
    }
    let known = if name == "route" { 2 } else { 1 };
    if !has_rule || is_spread || route.methods.is_empty() || arguments.positional.len() > known {
        let what = "a route whose rule and methods are not literals";
        lowerer.unsupported(call.range(), what);
        return None;
    }
    for (keyword, argument) in &arguments.keywords {
        let option = match (keyword.as_str(), &argument.value.kind) {
            ("rule", _) => continue,
            ("method", _) if name == "route" => continue,
            (name, _) if DESCRIPTIONS.contains(&name) => continue,
            ("cors" | "cache_control", Kind::None) => continue,
            ("cors", Kind::Bool(value)) => format!("cors: Some({value})"),
            ("compress", Kind::Bool(value)) => format!("compress: {value}"),
            ("cache_control", Kind::Str(text)) => format!("cache_control: Some({text:?})"),
            _ => {
                let message = format!("the argument `{keyword}` of a route is not mapped to Rust");
                let help = "leave it out if you can";
                lowerer.refuse(argument.value.range, Code::UnmappedArgument, message, help);
                return None;
            }
        };
        route.options.push(option);
    }
    if !route.is_plain() {
        let what = "a rule of a route with a regular expression";
        lowerer.unsupported_with(call.range(), what, "write names in angle brackets");
        return None;
    }
    Some(route)
}

/// The methods that `route` is given.
fn methods(arguments: &Arguments<'_>) -> Vec<String> {
    use crate::compiler::ir::Entry;
    let text = |kind: &Kind| match kind {
        Kind::Str(text) => Some(text.to_uppercase()),
        Kind::Widen(inner) => match &inner.kind {
            Kind::Str(text) => Some(text.to_uppercase()),
            _ => None,
        },
        _ => None,
    };
    let Some(given) = arguments.get(1, "method") else {
        return Vec::new();
    };
    let found: Option<Vec<String>> = match &given.kind {
        Kind::Tuple(items) => items.iter().map(|it| text(&it.kind)).collect(),
        Kind::Collect(_, entries) => {
            let item = |entry: &Entry| match entry {
                Entry::Item(it) => text(&it.kind),
                _ => None,
            };
            entries.iter().map(item).collect()
        }
        kind => text(kind).map(|it| vec![it]),
    };
    found.unwrap_or_default()
}

/// A function that handles exceptions.
#[derive(Debug)]
pub(super) struct Handler {
    /// The function.
    pub(super) function: usize,
    /// The class of the exceptions.
    pub(super) class: ClassTest,
}

/// The functions that a resolver's requests and exceptions reach.
#[derive(Debug, Default)]
pub(super) struct Registered {
    /// Functions with the names of their routes' arguments, in the order of the modules.
    pub(super) routed: Vec<(usize, Vec<String>)>,
    /// Functions that handle exceptions.
    pub(super) handlers: Vec<Handler>,
}

impl Registered {
    /// What the functions of the program are registered for with some owners.
    pub(super) fn of(lowerer: &mut Lowerer<'_, '_>, owners: &[Owner]) -> Option<Self> {
        let program = lowerer.program;
        let mut found = Self::default();
        for (index, function) in program.functions.iter().enumerate() {
            if function.decorated.is_some() || function.parent.is_some() || function.class.is_some()
            {
                continue;
            }
            for decorator in function.def.decorator_list.iter().rev() {
                let registered = registration(lowerer, function.module, &decorator.expression);
                let Some((owner, registration)) = registered else {
                    continue;
                };
                if !owners.contains(&owner) {
                    continue;
                }
                found.add(lowerer, index, registration)?;
            }
        }
        Some(found)
    }

    fn add(
        &mut self,
        lowerer: &mut Lowerer<'_, '_>,
        function: usize,
        registration: Registration<'_>,
    ) -> Option<()> {
        let module = lowerer.program.functions[function].module;
        let classes = match registration {
            Registration::Route(name, call) => {
                let route = in_module(lowerer, module, |it| route(it, &name, call))?;
                let mut names = route.names();
                names.sort();
                return self.add_route(lowerer, function, names);
            }
            Registration::NotFound => vec![not_found_class()],
            Registration::Exceptions(PyExpr::List(it)) => in_module(lowerer, module, |lowerer| {
                let classes = it.elts.iter();
                classes
                    .map(|class| lowerer.class_test(class))
                    .collect::<Option<Vec<_>>>()
            })?,
            Registration::Exceptions(class) => {
                vec![in_module(lowerer, module, |it| it.class_test(class))?]
            }
        };
        for class in classes {
            if self.handlers.iter().any(|it| it.class.path == class.path) {
                let range = lowerer.program.functions[function].def.name.range();
                lowerer.unsupported(range, "an exception that two functions handle");
                return None;
            }
            self.handlers.push(Handler { function, class });
        }
        Some(())
    }

    fn add_route(
        &mut self,
        lowerer: &mut Lowerer<'_, '_>,
        function: usize,
        names: Vec<String>,
    ) -> Option<()> {
        match self.routed.iter().find(|(known, _)| *known == function) {
            Some((_, known)) if *known == names => {}
            Some(_) => {
                let range = lowerer.program.functions[function].def.name.range();
                let what = "a function of routes that have different names in their rules";
                lowerer.unsupported(range, what);
                return None;
            }
            None => self.routed.push((function, names)),
        }
        Some(())
    }
}

/// The class of the exception that no route fits.
fn not_found_class() -> ClassTest {
    let (module, item) = ("powertools_http_errors", "NOT_FOUND_ERROR");
    ClassTest {
        path: format!("{module}::{item}"),
        need: Some(crate::compiler::ir::Need::Item(
            module.to_owned(),
            item.to_owned(),
        )),
    }
}

/// Lowers something where only the names of a module are seen.
pub(super) fn in_module<'a, T>(
    lowerer: &mut Lowerer<'_, 'a>,
    module: usize,
    work: impl FnOnce(&mut Lowerer<'_, 'a>) -> T,
) -> T {
    lowerer.within_module(module, work)
}

/// What a function that answers a request gives, as the event handler takes it.
pub(super) fn is_response(ty: &Ty) -> bool {
    *ty == Ty::opaque("powertools_response::Response")
}
