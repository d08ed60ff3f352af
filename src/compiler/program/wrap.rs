//! Decorators of the program's own: what they make of a function is a function too, for each
//! function that they decorate, in which the names of the decorator's parameters are known.
//!
//! Known are decorators that do nothing but define a function and return it, with constants as
//! arguments.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr as PyExpr, Stmt, StmtFunctionDef};

use super::{Binding, Entity, Function, Program, is_immutable, says_how_called, unique};

/// Puts the program's own decorators around the functions that they decorate.
pub(super) fn wrap(program: &mut Program<'_>) {
    for index in 0..program.functions.len() {
        let function = &program.functions[index];
        let Some(inner) = function.undecorated.filter(|_| function.class.is_none()) else {
            continue;
        };
        let def = function.def;
        let decorators = def.decorator_list.iter().map(|it| &it.expression);
        let decorators: Vec<&PyExpr> = decorators.filter(|it| !says_how_called(it)).collect();
        let mut last = inner;
        let mut own = 0;
        for decorator in decorators.iter().rev() {
            match wrapped(program, index, last, decorator) {
                Some(wrapper) => last = wrapper,
                None => break,
            }
            own += 1;
        }
        let function = &mut program.functions[index];
        function.own_decorators = own;
        match own {
            0 => {}
            _ if own == decorators.len() => function.wrapper = Some(last),
            _ => function.core = Some(last),
        }
    }
    if let Some(wrapper) = program.functions[program.handler].wrapper {
        program.handler = wrapper;
    }
}

/// What a decorator makes of a function; nothing where that is not known.
fn wrapped<'a>(
    program: &mut Program<'a>,
    decorated: usize,
    inner: usize,
    decorator: &'a PyExpr,
) -> Option<usize> {
    let module = program.functions[decorated].module;
    let (callee, arguments) = match decorator {
        PyExpr::Call(call) => (&*call.func, Some(&call.arguments)),
        callee => (callee, None),
    };
    let mut outer = named(program, module, callee)?;
    let mut given = BTreeMap::new();
    if let Some(arguments) = arguments {
        if arguments.args.iter().any(PyExpr::is_starred_expr) {
            return None;
        }
        let positional = arguments.args.iter().map(|it| (None, it));
        let keywords = arguments.keywords.iter();
        let keywords = keywords.map(|it| (it.arg.as_ref().map(ToString::to_string), &it.value));
        let arguments: Vec<_> = positional.chain(keywords).collect();
        let count = arguments.iter().take_while(|(name, _)| name.is_none());
        given = constants(program, outer, module, &arguments, count.count())?;
        outer = returned(program, outer)?;
    }
    let outer_def = program.functions[outer].def;
    let [parameter] = &outer_def.parameters.args[..] else {
        return None;
    };
    let is_plain = outer_def.parameters.len() == 1 && !outer_def.is_async;
    if !is_plain || parameter.default.is_some() {
        return None;
    }
    let function = Binding::Entity(Entity::Function(inner));
    given.insert(parameter.parameter.name.to_string(), function);
    let wrapper = returned(program, outer)?;
    let def = program.functions[wrapper].def;
    let keeps_name = match &def.decorator_list[..] {
        [] => false,
        [wraps] => is_wraps(program, outer, &wraps.expression, &parameter.parameter.name)
            .then_some(true)?,
        _ => return None,
    };
    let forwarded = forwarded(program, def, inner)?;
    let module = program.functions[wrapper].module;
    let taken = program.functions.iter().filter(|it| it.module == module);
    let mut taken = taken.map(|it| it.rust_name.clone()).collect();
    let function = &program.functions[decorated];
    let first = &program.functions[outer];
    let first = first.parent.map_or(first, |it| &program.functions[it]);
    let name = format!("{}_{}", first.rust_name, function.rust_name);
    program.functions.push(Function {
        module,
        name: match keeps_name {
            true => function.name.clone(),
            false => def.name.to_string(),
        },
        rust_name: unique(name, &mut taken),
        parent: program.functions[wrapper].parent,
        forwarded,
        given,
        ..Function::new(module, def)
    });
    Some(program.functions.len() - 1)
}

/// The function of the program that a dotted name stands for.
fn named(program: &Program<'_>, module: usize, callee: &PyExpr) -> Option<usize> {
    let binding = match callee {
        PyExpr::Name(name) => program.modules[module].bindings.get(name.id.as_str()),
        PyExpr::Attribute(it) => {
            let PyExpr::Name(name) = &*it.value else {
                return None;
            };
            match program.modules[module].bindings.get(name.id.as_str()) {
                Some(Binding::Entity(Entity::Module(other))) => {
                    program.modules[*other].bindings.get(it.attr.as_str())
                }
                _ => None,
            }
        }
        _ => None,
    };
    match binding {
        Some(Binding::Entity(Entity::Function(function))) => {
            let found = &program.functions[*function];
            let is_plain = found.class.is_none() && found.def.decorator_list.is_empty();
            is_plain.then_some(*function)
        }
        _ => None,
    }
}

/// The function that a function defines and returns, where it does nothing else.
fn returned(program: &Program<'_>, function: usize) -> Option<usize> {
    let body = &program.functions[function].def.body;
    let body = match &body[..] {
        [Stmt::Expr(doc), rest @ ..] if doc.value.is_string_literal_expr() => rest,
        body => body,
    };
    let [Stmt::FunctionDef(def), Stmt::Return(it)] = body else {
        return None;
    };
    let returns = matches!(it.value.as_deref(), Some(PyExpr::Name(name)) if name.id == def.name.id);
    let mut functions = program.functions.iter();
    let found = functions.position(|it| it.parent == Some(function) && std::ptr::eq(it.def, def));
    found.filter(|_| returns)
}

/// The arguments of a decorator as constants of its parameters.
fn constants<'a>(
    program: &Program<'a>,
    function: usize,
    module: usize,
    arguments: &[(Option<String>, &'a PyExpr)],
    positional: usize,
) -> Option<BTreeMap<String, Binding<'a>>> {
    let found = &program.functions[function];
    let parameters = &found.def.parameters;
    if parameters.kwarg.is_some() || found.def.is_async {
        return None;
    }
    let plain = parameters.posonlyargs.iter().chain(&parameters.args);
    let plain: Vec<_> = plain.collect();
    let mut given = BTreeMap::new();
    let mut used = 0;
    for (at, parameter) in plain
        .iter()
        .copied()
        .chain(&parameters.kwonlyargs)
        .enumerate()
    {
        let name = parameter.parameter.name.as_str();
        let by_place = (at < positional && at < plain.len()).then(|| arguments[at].1);
        let mut by_name = arguments.iter();
        let by_name = by_name.find(|(it, _)| it.as_deref() == Some(name));
        let binding = match (by_place, by_name) {
            (Some(value), None) | (None, Some(&(_, value))) => {
                used += 1;
                constant(program, module, value)?
            }
            (None, None) => constant(program, found.module, parameter.default.as_deref()?)?,
            (Some(_), Some(_)) => return None,
        };
        given.insert(name.to_owned(), binding);
    }
    if let Some(rest) = &parameters.vararg {
        let rest_of = arguments[..positional].iter().skip(plain.len());
        let values: Vec<&PyExpr> = rest_of.map(|(_, value)| *value).collect();
        if !values.iter().all(|it| is_immutable(it)) {
            return None;
        }
        used += values.len();
        given.insert(rest.name.to_string(), Binding::Constants(module, values));
    }
    (used == arguments.len()).then_some(given)
}

fn constant<'a>(program: &Program<'a>, module: usize, value: &'a PyExpr) -> Option<Binding<'a>> {
    match value {
        PyExpr::Name(name) => {
            let found = program.modules[module].bindings.get(name.id.as_str())?;
            matches!(found, Binding::Constant(..)).then(|| found.clone())
        }
        value => {
            let is_constant = is_immutable(value) || value.is_none_literal_expr();
            is_constant.then_some(Binding::Constant(module, value))
        }
    }
}

/// Whether a decorator is `functools.wraps(function)`.
fn is_wraps(program: &Program<'_>, outer: usize, decorator: &PyExpr, function: &str) -> bool {
    let PyExpr::Call(call) = decorator else {
        return false;
    };
    let bindings = &program.modules[program.functions[outer].module].bindings;
    let is_external = |name: &str, qualified: &str| matches!(bindings.get(name), Some(Binding::Entity(Entity::External(it))) if it == qualified);
    let is_wraps = match &*call.func {
        PyExpr::Name(name) => is_external(&name.id, "functools.wraps"),
        PyExpr::Attribute(it) => match &*it.value {
            PyExpr::Name(name) => it.attr.as_str() == "wraps" && is_external(&name.id, "functools"),
            _ => false,
        },
        _ => false,
    };
    let of = matches!(&*call.arguments.args, [PyExpr::Name(name)] if name.id == function);
    is_wraps && of && call.arguments.keywords.is_empty()
}

/// The function whose parameters a wrapper has, where it takes whatever it is given: nothing where
/// it has its own, or where they are not known.
#[allow(clippy::option_option, reason = "that there is none is an answer")]
fn forwarded(
    program: &Program<'_>,
    wrapper: &StmtFunctionDef,
    inner: usize,
) -> Option<Option<usize>> {
    let parameters = &wrapper.parameters;
    if parameters.vararg.is_none() && parameters.kwarg.is_none() {
        return Some(None);
    }
    let is_whole = parameters.vararg.is_some() && parameters.kwarg.is_some();
    if parameters.len() != 2 || !is_whole {
        return Some(None);
    }
    let inner = program.functions[inner].forwarded.unwrap_or(inner);
    let taken = &program.functions[inner].def.parameters;
    let is_known = taken.vararg.is_none() && taken.kwarg.is_none();
    is_known.then_some(Some(inner))
}
