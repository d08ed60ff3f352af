//! Lambdas as functions: each is what a `def` with one `return` would be.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{
    AtomicNodeIndex, Expr as PyExpr, ExprLambda, Identifier, ModModule, Stmt, StmtFunctionDef,
    StmtReturn,
};
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange};

/// The lambdas of a module as definitions, those around others first.
pub fn lambdas(syntax: &Parsed<ModModule>) -> Vec<StmtFunctionDef> {
    let mut found = Lambdas::default();
    found.visit_body(&syntax.syntax().body);
    found.found
}

#[derive(Default)]
struct Lambdas {
    found: Vec<StmtFunctionDef>,
    /// The name that the next lambda is bound to.
    name: Option<String>,
}

impl<'a> Visitor<'a> for Lambdas {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Assign(it) = stmt
            && let ([PyExpr::Name(name)], PyExpr::Lambda(_)) = (&it.targets[..], &*it.value)
        {
            self.name = Some(name.id.to_string());
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a PyExpr) {
        if let PyExpr::Lambda(it) = expr {
            let name = self.name.take();
            self.found
                .push(definition(it, name.as_deref().unwrap_or("lambda")));
        }
        visitor::walk_expr(self, expr);
    }
}

fn definition(it: &ExprLambda, name: &str) -> StmtFunctionDef {
    let range = it.range();
    let mut parameters = it.parameters.clone().unwrap_or_default();
    if it.parameters.is_none() {
        parameters.range = TextRange::empty(it.body.range().start());
    }
    let body = Stmt::Return(StmtReturn {
        node_index: AtomicNodeIndex::NONE,
        range: it.body.range(),
        value: Some(it.body.clone()),
    });
    StmtFunctionDef {
        node_index: AtomicNodeIndex::NONE,
        range,
        is_async: false,
        decorator_list: Default::default(),
        name: Identifier::new(name, range),
        type_params: None,
        parameters,
        returns: None,
        body: [body].into_iter().collect(),
    }
}
