//! AWS Lambda Powertools: what is decided while compiling.
//!
//! Exact: the decorators of Logger, Tracer and Metrics, in any order, on handlers and on other
//! functions; what they do is in the support modules.
//! Refused: arguments of decorators that are not constants, `stack_info` and `stacklevel` of a
//! message.

mod decorators;
mod names;

use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::ir::Expr;
use crate::compiler::lower::{Arguments, Decorated, Decoration, Decorator, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

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

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        decorators::decorate(lowerer, decorator, decorated)
    }
}
