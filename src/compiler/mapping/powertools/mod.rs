//! AWS Lambda Powertools: what is decided while compiling.
//!
//! Exact: the decorators of Logger, Tracer and Metrics, in any order, on handlers and on other
//! functions; what they do is in the support modules.
//! `single_metric` in a `with`.
//! Refused: arguments of decorators that are not constants, `stack_info` and `stacklevel` of a
//! message, `single_metric` elsewhere, a `with single_metric(…)` that is left by `return`.

mod decorators;
mod names;

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::{Ranged, TextRange};

use super::{Entered, Mapping};
use crate::compiler::ir::{Expr, Mode};
use crate::compiler::lower::{Arguments, Decorated, Decoration, Decorator, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

const SINGLE_METRIC: &str = "aws_lambda_powertools.single_metric";

/// The mapping.
pub(super) struct Powertools;

impl Mapping for Powertools {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn canonical(&self, name: &str) -> Option<String> {
        names::canonical(name)
    }

    fn method(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        _: TextRange,
    ) -> Option<Expr> {
        if receiver.ty != Ty::opaque("powertools_logger::Logger") {
            return None;
        }
        // Of the standard library's; they would be taken for keys of the line.
        let (keyword, argument) = arguments
            .keywords
            .iter()
            .find(|(keyword, _)| matches!(keyword.as_str(), "stack_info" | "stacklevel"))?;
        let message = format!("the argument `{keyword}` of `{name}` is not mapped to Rust");
        let help = "leave it out if you can";
        Some(lowerer.refuse(argument.value.range, Code::UnmappedArgument, message, help))
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        _: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        (name == SINGLE_METRIC).then(|| {
            let help = "write `with single_metric(…) as metric:`";
            lowerer.unsupported_with(range, "`single_metric` outside of a `with`", help)
        })
    }

    fn enter(&self, lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
        let PyExpr::Call(call) = manager else {
            return None;
        };
        if !lowerer.names_external(lowerer.module, &call.func, SINGLE_METRIC) {
            return None;
        }
        let arguments = lowerer.arguments(&call.arguments);
        let overloads = lowerer.support.overloads(SINGLE_METRIC);
        let metric = lowerer.overloaded(SINGLE_METRIC, overloads, None, &arguments, call.range());
        Some(Entered {
            value: Some(metric),
            end: Some(end_single_metric),
            ..Entered::default()
        })
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        decorators::decorate(lowerer, decorator, decorated)
    }
}

fn end_single_metric(metric: Expr, outcome: Expr) -> Expr {
    let range = metric.range;
    let operands = vec![(metric, Mode::Ref), (outcome, Mode::Owned)];
    let template = "powertools_metrics::end_single_metric({0}, {1})";
    let ended = Expr::op(template, operands, Ty::None, range).raising();
    ended.item("powertools_metrics", "end_single_metric")
}
