//! Decorators of functions.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::Ranged;

use super::Lowerer;
use crate::compiler::ir::Stmt;
use crate::compiler::mapping;
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// Refuses decorators of a function that no mapping knows.
    pub fn check_decorators(&mut self, function: usize) {
        let program = self.program;
        let def = program.functions[function].def;
        for decorator in &def.decorator_list {
            let expr = &decorator.expression;
            if let PyExpr::Name(name) = expr
                && program.functions[function].class.is_some()
                && matches!(
                    name.id.as_str(),
                    "property" | "staticmethod" | "classmethod"
                )
            {
                continue;
            }
            if !mapping::decorates(self, function, expr) {
                let message = format!(
                    "the decorator `@{}` is not mapped to Rust",
                    self.source(expr)
                );
                let help = "call what it does in the function's body";
                self.refuse(expr.range(), Code::UnmappedCall, message, help);
            }
        }
    }

    /// What a function does before its body because of its decorators, the outermost first.
    pub fn begun(&mut self, function: usize) -> Vec<Stmt> {
        let program = self.program;
        let mut found = Vec::new();
        for decorator in &program.functions[function].def.decorator_list {
            found.extend(
                mapping::begin(self, function, &decorator.expression)
                    .into_iter()
                    .flatten(),
            );
        }
        found
    }
}
