//! The data classes of AWS Lambda Powertools: their names, and `event_source`.
//!
//! Exact: classes constructed of an event, and the event of a function that `event_source`
//! decorates; their attributes and methods are functions of the support modules.
//! Refused: data classes where a value of any type is expected.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::ir::{Expr, Kind, Stmt, StmtKind, Target};
use crate::compiler::lower::{Argument, Arguments, Lowerer, parameter_names};
use crate::compiler::program::{Entity, entity};
use crate::compiler::support::Kind as SignatureKind;
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Events;

/// Packages whose modules give the same names again.
const PACKAGES: [&str; 6] = [
    "aws_lambda_powertools.event_handler.",
    "aws_lambda_powertools.utilities.batch.",
    "aws_lambda_powertools.utilities.data_classes.",
    "aws_lambda_powertools.utilities.idempotency.",
    "aws_lambda_powertools.utilities.parameters.",
    "aws_lambda_powertools.utilities.validation.",
];

const EVENT_SOURCE: &str = "aws_lambda_powertools.utilities.data_classes.event_source";

impl Mapping for Events {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn read(&self, lowerer: &mut Lowerer<'_, '_>, name: &str, range: TextRange) -> Option<Expr> {
        let known = canonical(lowerer, name)?;
        Some(Expr::new(
            Kind::Static,
            entity(Entity::External(known)),
            range,
        ))
    }

    fn decorates(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        function: usize,
        decorator: &PyExpr,
    ) -> bool {
        let module = lowerer.program.functions[function].module;
        event_source(lowerer, module, decorator).is_some()
    }

    fn begin(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        function: usize,
        decorator: &PyExpr,
    ) -> Option<Vec<Stmt>> {
        let module = lowerer.program.functions[function].module;
        let call = event_source(lowerer, module, decorator)?;
        Some(wrapped(lowerer, function, call))
    }
}

/// The name under which something is mapped that modules of a package give too.
fn canonical(lowerer: &Lowerer<'_, '_>, name: &str) -> Option<String> {
    let package = PACKAGES.iter().find(|it| name.starts_with(**it))?;
    if !lowerer.support.overloads(name).is_empty() || lowerer.support.knows_module(name) {
        return None;
    }
    let last = name.rsplit('.').next()?;
    let mut named = lowerer.support.signatures().filter(|(known, overloads)| {
        known.starts_with(package)
            && known.rsplit('.').next() == Some(last)
            && overloads
                .iter()
                .any(|it| matches!(it.kind, SignatureKind::Type | SignatureKind::Static))
    });
    let (known, _) = named.next()?;
    named.next().is_none().then(|| known.clone())
}

/// The call of `event_source` that a decorator is.
fn event_source<'e>(
    lowerer: &mut Lowerer<'_, '_>,
    module: usize,
    decorator: &'e PyExpr,
) -> Option<&'e ExprCall> {
    let PyExpr::Call(call) = decorator else {
        return None;
    };
    let is_named = lowerer.names_external(module, &call.func, EVENT_SOURCE);
    let is_plain = call.arguments.args.is_empty()
        && matches!(&*call.arguments.keywords, [only] if only.arg.as_deref() == Some("data_class"));
    (is_named && is_plain).then_some(call)
}

/// The first parameter of a function, wrapped under its own name.
fn wrapped(lowerer: &mut Lowerer<'_, '_>, function: usize, call: &ExprCall) -> Vec<Stmt> {
    let range = call.range();
    let def = lowerer.program.functions[function].def;
    let names = parameter_names(&def.parameters);
    let Some(raw) = names.first().and_then(|name| lowerer.local_named(name)) else {
        lowerer.unsupported(range, "`event_source` of a function without parameters");
        return Vec::new();
    };
    let name = lowerer.locals[raw].source.clone();
    let class = match call.arguments.keywords.first() {
        Some(keyword) => lowerer.expr(&keyword.value),
        None => return Vec::new(),
    };
    let Ty::Static(class) = class.ty else {
        lowerer.unsupported(range, "`event_source` with this data class");
        return Vec::new();
    };
    let Entity::External(class) = &*class else {
        lowerer.unsupported(range, "`event_source` with a data class of the program");
        return Vec::new();
    };
    let value = lowerer.read(raw, range);
    let mut arguments = Arguments::default();
    arguments.positional.push(Argument { ast: None, value });
    let value = lowerer.external_call_with(class, &arguments, range);
    let event = lowerer.variable(&name, value.ty.clone());
    lowerer.bind_inner(&name, event);
    vec![Stmt {
        kind: StmtKind::Assign(Target::Local(event), value),
        // No comment stands before what nobody wrote.
        range: TextRange::empty(range.start()),
    }]
}
