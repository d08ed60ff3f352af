//! The decorators of Powertools' Logger, Tracer and Metrics.

use ruff_text_size::TextRange;

use crate::compiler::ir::{Expr, Kind, Mode, Need, Stmt, StmtKind};
use crate::compiler::lower::{Arguments, Decorated, Decoration, Decorator, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// An argument of a decorator: its name, its type, its default.
type Option_ = (&'static str, Ty, Kind);

/// What a decorator does.
pub(super) fn decorate(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &mut Decorated,
) -> Option<Decoration> {
    match decorator.name.strip_prefix("aws_lambda_powertools.")? {
        "Logger.inject_lambda_context" => inject_lambda_context(lowerer, decorator, decorated),
        "Tracer.capture_lambda_handler" => capture(lowerer, decorator, decorated, "handler"),
        "Tracer.capture_method" => capture(lowerer, decorator, decorated, "method"),
        "Metrics.log_metrics" => log_metrics(lowerer, decorator, decorated),
        _ => None,
    }
}

/// The values of a decorator's arguments, in the order of its parameters.
fn options(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    parameters: &[Option_],
) -> Option<Vec<(Expr, Mode)>> {
    let Arguments {
        positional,
        keywords,
        rest,
        spread,
    } = &decorator.arguments;
    let named = |name: &str| parameters.iter().position(|(known, ..)| *known == name);
    if let Some((name, argument)) = keywords.iter().find(|(name, _)| named(name).is_none()) {
        let message = format!(
            "the argument `{name}` of `{}` is not mapped to Rust",
            decorator.name
        );
        let help = "leave it out if you can";
        lowerer.refuse(argument.value.range, Code::UnmappedArgument, message, help);
        return None;
    }
    // The first positional argument is the function itself.
    if let Some(argument) = positional.first().or(rest.as_ref()).or(spread.as_ref()) {
        lowerer.unsupported(argument.value.range, "this argument of a decorator");
        return None;
    }
    let mut found = Vec::new();
    for (name, ty, default) in parameters {
        let given = keywords.iter().find(|(keyword, _)| keyword == name);
        let value = match given {
            Some((_, argument)) => argument.value.clone(),
            None => {
                let ty = match default {
                    Kind::Bool(_) => Ty::Bool,
                    _ => Ty::None,
                };
                Expr::new(default.clone(), ty, decorator.range)
            }
        };
        if !is_constant(&value) {
            let what = "an argument of a decorator that is not a constant";
            lowerer.unsupported(value.range, what);
            return None;
        }
        found.push((lowerer.coerce(value, ty), Mode::OptionRef));
    }
    Some(found)
}

/// Whether a value is the same whenever it is evaluated.
fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        Kind::None | Kind::Bool(_) | Kind::Int(_) | Kind::Str(_) | Kind::Const(_) => true,
        Kind::Widen(inner) => is_constant(inner),
        Kind::Op(op) => op.operands.is_empty() && !op.template.contains('('),
        _ => false,
    }
}

fn flag(name: &'static str) -> Option_ {
    (name, Ty::Bool, Kind::Bool(false))
}

fn choice(name: &'static str, ty: Ty) -> Option_ {
    (name, ty.option(), Kind::None)
}

/// The context among the arguments that the function is called with.
fn context(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
) -> Option<Expr> {
    let context = Ty::opaque("lambda_context::LambdaContext");
    let found = decorated.arguments.get(1);
    match found {
        Some(found) if found.ty == context || found.ty == Ty::Never => Some(found.clone()),
        _ => {
            let message = format!(
                "`@{}` is of a function whose second parameter is not a Lambda context",
                decorator.name
            );
            let help = "put it on the handler";
            lowerer.refuse(decorator.range, Code::UnknownType, message, help);
            None
        }
    }
}

fn call(module: &str, function: &str, operands: Vec<(Expr, Mode)>, ty: Ty, at: TextRange) -> Expr {
    let holes: Vec<String> = (0..operands.len()).map(|at| format!("{{{at}}}")).collect();
    let template = format!("{module}::{function}({})", holes.join(", "));
    let found = Expr::op(&template, operands, ty, at);
    found.raising().item(module, function)
}

fn statement(value: Expr) -> Stmt {
    Stmt {
        range: value.range,
        kind: StmtKind::Expr(value),
    }
}

fn inject_lambda_context(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
) -> Option<Decoration> {
    let context = context(lowerer, decorator, decorated)?;
    let event = decorated.arguments.first()?.clone();
    if matches!(event.ty, Ty::Opaque(_)) {
        let what = "`inject_lambda_context` below a decorator that changes the event";
        lowerer.unsupported_with(decorator.range, what, "put it above that one");
        return None;
    }
    let event = lowerer.dynamic(event);
    let parameters = [
        choice("log_event", Ty::Bool),
        choice("correlation_id_path", Ty::Str),
        flag("clear_state"),
    ];
    let options = options(lowerer, decorator, &parameters)?;
    let mut operands = vec![
        (decorator.receiver.clone()?, Mode::Ref),
        (event, Mode::Ref),
        (context, Mode::Ref),
    ];
    operands.extend(options);
    let module = "powertools_logger_context";
    let injected = call(
        module,
        "inject_lambda_context",
        operands,
        Ty::None,
        decorator.range,
    );
    Some(Decoration::before(vec![statement(injected)]))
}

/// A function whose start and end the tracer is told of.
fn capture(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
    what: &'static str,
) -> Option<Decoration> {
    let tracer = decorator.receiver.clone()?;
    let parameters = [
        choice("capture_response", Ty::Bool),
        choice("capture_error", Ty::Bool),
    ];
    let options = options(lowerer, decorator, &parameters)?;
    let range = decorator.range;
    let name = match what {
        "handler" => lowerer.program.functions[decorated.function].name.clone(),
        _ => qualified_name(lowerer, decorated.function),
    };
    let name = Expr::text(name, range);
    let operands = vec![(tracer.clone(), Mode::Ref), (name.clone(), Mode::Ref)];
    let begin = call("powertools_tracer", "begin", operands, Ty::None, range);
    let end = move |_: &mut Lowerer<'_, '_>, outcome: Expr| {
        let ty = match &outcome.ty {
            Ty::Outcome(inner) => (**inner).clone(),
            _ => Ty::Never,
        };
        let mut operands = vec![
            (tracer, Mode::Ref),
            (name, Mode::Ref),
            (outcome, Mode::Owned),
        ];
        operands.extend(options);
        let (response, needs) = response(&ty);
        let template =
            format!("powertools_tracer::end_{what}({{0}}, {{1}}, {{2}}, {response}, {{3}}, {{4}})");
        let mut ended = Expr::op(&template, operands, ty, range).raising();
        for need in needs {
            ended = ended.needing(need);
        }
        ended.item("powertools_tracer", &format!("end_{what}"))
    };
    Some(Decoration::around(vec![statement(begin)], range, end))
}

/// The module's name, a dot, and the function's qualified name.
fn qualified_name(lowerer: &Lowerer<'_, '_>, function: usize) -> String {
    let program = lowerer.program;
    let it = &program.functions[function];
    let mut name = match it.class {
        Some(class) => format!("{}.{}", program.classes[class].name, it.name),
        None => it.name.clone(),
    };
    let mut around = it.parent;
    while let Some(parent) = around {
        name = format!("{}.<locals>.{name}", program.functions[parent].name);
        around = program.functions[parent].parent;
    }
    format!("{}.{name}", program.modules[it.module].name)
}

/// How a returned value is shown to the tracer.
fn response(ty: &Ty) -> (&'static str, Vec<Need>) {
    let mut needs = Vec::new();
    features(ty, &mut needs);
    let text = match ty {
        Ty::Value => "Value::clone",
        Ty::None => "|()| Value::None",
        ty if !ty.is_dynamic() || *ty == Ty::Never => "|_| Value::None",
        ty if ty.is_copy() => "|response| Value::from(*response)",
        _ => "|response| Value::from(response.clone())",
    };
    (text, needs)
}

/// The modules of the values that a type's may hold.
fn features(ty: &Ty, needs: &mut Vec<Need>) {
    let mut need = |module: &str, item: &str| {
        needs.push(Need::Item(module.to_owned(), item.to_owned()));
    };
    match ty {
        Ty::Tuple(items) => {
            need("tuple", "Tuple");
            items.iter().for_each(|it| features(it, needs));
        }
        Ty::Bytes => need("bytes", ""),
        Ty::Set => need("set", "Set"),
        Ty::Error => need("object", ""),
        Ty::Option(inner) => features(inner, needs),
        Ty::Opaque(path) => {
            if let Some((module, item)) = path.split_once("::") {
                need(module, item);
            }
        }
        _ => {}
    }
}

fn log_metrics(
    lowerer: &mut Lowerer<'_, '_>,
    decorator: &Decorator<'_>,
    decorated: &Decorated,
) -> Option<Decoration> {
    let context = context(lowerer, decorator, decorated)?;
    let metrics = decorator.receiver.clone()?;
    let parameters = [
        flag("capture_cold_start_metric"),
        flag("raise_on_empty_metrics"),
    ];
    let options = options(lowerer, decorator, &parameters)?;
    let range = decorator.range;
    let end = move |_: &mut Lowerer<'_, '_>, outcome: Expr| {
        let ty = match &outcome.ty {
            Ty::Outcome(inner) => (**inner).clone(),
            _ => Ty::Never,
        };
        let mut operands = vec![
            (metrics, Mode::Ref),
            (context, Mode::Ref),
            (outcome, Mode::Owned),
        ];
        operands.extend(options);
        call("powertools_metrics", "log_metrics", operands, ty, range)
    };
    Some(Decoration::around(Vec::new(), range, end))
}
