//! `validator` of AWS Lambda Powertools.
//!
//! Exact: schemas that are dicts of a module, with the keywords of the support module.
//! Refused: formats, envelopes, handlers of references, other keywords.

use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::ir::{Expr, Kind, Mode, Stmt, StmtKind};
use crate::compiler::lower::{Decorated, Decoration, Decorator, Lowerer, Wrapped, literal_text};
use crate::compiler::program::walk_statements;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Validation;

const VALIDATOR: &str = "aws_lambda_powertools.utilities.validation.validator";

/// Keywords of schemas, those last whose values are schemas.
const KEYWORDS: [&str; 15] = [
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "examples",
    "type",
    "enum",
    "required",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "items",
    "properties",
];

impl Mapping for Validation {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        if decorator.name != VALIDATOR || !decorator.arguments.positional.is_empty() {
            return None;
        }
        let range = decorator.range;
        let mut before = Vec::new();
        let mut outbound = None;
        for (name, argument) in &decorator.arguments.keywords {
            let schema = schema(lowerer, &argument.value)?;
            match name.as_str() {
                "inbound_schema" => {
                    let event = decorated.arguments.first()?.clone();
                    before.push(validated(lowerer, event, schema, range));
                }
                "outbound_schema" => outbound = Some(schema),
                _ => return None,
            }
        }
        let Some(schema) = outbound else {
            return Some(Decoration::before(before));
        };
        Some(Decoration::Around(Box::new(move |lowerer, wrapped| {
            let mut stmts = before;
            stmts.extend(wrapped.stmts);
            let (bound, response) = lowerer.bound_before("response", wrapped.value);
            stmts.push(bound);
            stmts.push(validated(lowerer, response.clone(), schema, range));
            Wrapped {
                stmts,
                value: response,
            }
        })))
    }
}

/// A statement that validates a value.
fn validated(lowerer: &mut Lowerer<'_, '_>, value: Expr, schema: Expr, range: TextRange) -> Stmt {
    let value = lowerer.dynamic(value);
    let schema = lowerer.dynamic(schema);
    let operands = vec![(value, Mode::Ref), (schema, Mode::Ref)];
    let template = "powertools_validation::validate({0}, {1})";
    let validated = Expr::op(template, operands, Ty::Value, range)
        .raising()
        .item("powertools_validation", "validate");
    Stmt {
        kind: StmtKind::Expr(validated),
        range,
    }
}

/// A schema, which is a variable of a module that is bound to a display once.
fn schema(lowerer: &mut Lowerer<'_, '_>, value: &Expr) -> Option<Expr> {
    if value.ty == Ty::Never {
        return Some(value.clone());
    }
    let Kind::Global(global) = value.kind else {
        return None;
    };
    let program = lowerer.program;
    let global = &program.globals[global];
    let mut bound = Vec::new();
    let body = &program.modules[global.module].syntax.syntax().body;
    walk_statements(body, &mut |stmt| {
        if let PyStmt::Assign(it) = stmt
            && it.targets.iter().any(
                |target| matches!(target, PyExpr::Name(name) if name.id == global.name.as_str()),
            )
        {
            bound.push(&*it.value);
        }
    });
    let ([display], false) = (&*bound, global.is_rebound) else {
        return None;
    };
    let outer = std::mem::replace(&mut lowerer.module, global.module);
    let is_known = is_known(lowerer, display);
    lowerer.module = outer;
    is_known.then(|| value.clone())
}

/// Whether all keywords of a schema are known; a refusal where one is not.
fn is_known(lowerer: &mut Lowerer<'_, '_>, schema: &PyExpr) -> bool {
    let PyExpr::Dict(it) = schema else {
        lowerer.unsupported(schema.range(), "a JSON schema that is not a literal");
        return false;
    };
    it.items.iter().all(|item| {
        let keyword = item.key.as_ref().and_then(literal_text);
        match keyword {
            Some("items") => is_known(lowerer, &item.value),
            Some("properties") => match &item.value {
                PyExpr::Dict(it) => it.items.iter().all(|it| is_known(lowerer, &it.value)),
                other => is_known(lowerer, other),
            },
            Some(keyword) if KEYWORDS.contains(&keyword) => true,
            _ => {
                let name = keyword.unwrap_or("…");
                let message =
                    format!("the keyword `{name}` of a JSON schema is not mapped to Rust");
                let help = "check what it says in the function's body";
                lowerer.refuse(item.range(), Code::UnmappedArgument, message, help);
                false
            }
        }
    })
}
