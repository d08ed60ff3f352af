//! `jsonpickle`: its functions are those of the support module; instances are asked for their
//! attributes.

use ruff_python_ast::ExprCall;

use super::Mapping;
use crate::compiler::ir::Expr;
use crate::compiler::lower::Lowerer;

/// The mapping.
pub(super) struct JsonPickle;

impl Mapping for JsonPickle {
    fn knows(&self, module: &str) -> bool {
        module == "jsonpickle"
    }

    fn call_syntax(&self, lowerer: &mut Lowerer<'_, '_>, name: &str, _: &ExprCall) -> Option<Expr> {
        if name == "jsonpickle.encode" {
            lowerer.types.ask_members();
        }
        None
    }
}
