//! `json.JSONEncoder`: a class of the program that has a `default`, given to `json.dumps`.
//!
//! Exact where `default` is all that it has. What the encoder's own `default` does is raise.

use ruff_python_ast::ExprCall;
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::ir::{Expr, Kind, Mode};
use crate::compiler::lower::{Argument, Arguments, Lowerer};
use crate::compiler::program::{Entity, entity};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Json;

const ENCODER: &str = "json.JSONEncoder";
const DEFAULT: &str = "json.JSONEncoder.default";

impl Mapping for Json {
    fn knows(&self, module: &str) -> bool {
        module == "json"
    }

    fn call_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        let keywords = &call.arguments.keywords;
        keywords
            .iter()
            .find(|it| name == "json.dumps" && it.arg.as_deref() == Some("cls"))?;
        let mut arguments = lowerer.arguments(&call.arguments);
        let at = arguments
            .keywords
            .iter()
            .position(|(name, _)| name == "cls")?;
        let Ty::Static(found) = &arguments.keywords[at].1.value.ty else {
            return None;
        };
        let Entity::Class(class) = **found else {
            return None;
        };
        if !is_encoder(lowerer, class) {
            return None;
        }
        let made = Entity::Made(DEFAULT.to_owned(), vec![class.to_string()]);
        let value = Expr::new(Kind::Static, entity(made), call.range());
        arguments.keywords[at] = ("default".to_owned(), Argument { ast: None, value });
        Some(lowerer.external_call_with("json.dumps", &arguments, call.range()))
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match &arguments.positional[..] {
            [file] if name == "json.load" => {
                // It is what `json.loads` gives for all that is read.
                let none = Arguments::default();
                let value = lowerer.method_call_with(file.value.clone(), "read", &none, range);
                let mut arguments = arguments.clone();
                arguments.positional[0] = Argument { ast: None, value };
                Some(lowerer.external_call_with("json.loads", &arguments, range))
            }
            [_, value] if name == DEFAULT => Some(refused(lowerer, value.value.clone(), range)),
            _ => None,
        }
    }

    fn call_made(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        what: &Entity,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let Entity::Made(what, parts) = what else {
            return None;
        };
        let class: usize = parts.first().filter(|_| what == DEFAULT)?.parse().ok()?;
        let method = *lowerer.program.classes[class].methods.get("default")?;
        let this = Expr::new(Kind::Static, entity(Entity::Class(class)), range);
        Some(lowerer.call_function(method, Some(this), arguments, range))
    }

    fn super_call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        class: usize,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match &arguments.positional[..] {
            [value] if name == "default" && is_encoder(lowerer, class) => {
                Some(refused(lowerer, value.value.clone(), range))
            }
            _ => None,
        }
    }
}

/// Whether a class is an encoder with a `default` and nothing else.
fn is_encoder(lowerer: &mut Lowerer<'_, '_>, class: usize) -> bool {
    let methods = &lowerer.program.classes[class].methods;
    methods.len() == 1
        && methods.contains_key("default")
        && lowerer.bases(class) == [Entity::External(ENCODER.to_owned())]
        && lowerer.program.classes[class].def.decorator_list.is_empty()
}

/// What the encoder raises for a value that JSON does not have.
fn refused(lowerer: &mut Lowerer<'_, '_>, value: Expr, range: TextRange) -> Expr {
    let value = lowerer.dynamic(value);
    let operands = vec![(value, Mode::Ref)];
    let raised = Expr::op(
        "json_encode::not_serializable({0})",
        operands,
        Ty::Value,
        range,
    );
    raised.raising().item("json_encode", "not_serializable")
}
