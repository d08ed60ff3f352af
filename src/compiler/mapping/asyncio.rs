//! `asyncio` and `aiobotocore`: `run`, `gather` of a list of coroutines, clients of a session.
//!
//! Exact: a coroutine that is awaited where it is made; `gather(*[f(x) for x in xs])`, whose
//! coroutines run together and answer in order; clients in `async with`.
//! Refused: tasks, queues, locks, time limits, `gather` of anything else.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::{Entered, Mapping};
use crate::compiler::ir::{Expr, Generator, Kind, Steps};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::program::{Entity, entity};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Asyncio;

/// A session of aiobotocore.
const SESSION: &str = "aiobotocore.session";

impl Mapping for Asyncio {
    fn knows(&self, module: &str) -> bool {
        matches!(module, "asyncio" | "aiobotocore")
    }

    fn call(
        &self,
        _: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match name {
            // `debug=` is told as what does not fit.
            "asyncio.run" if arguments.len() == 1 => arguments.get(0, "main").cloned(),
            "aiobotocore.session.get_session" if arguments.is_empty() => {
                let made = Entity::Made(SESSION.to_owned(), Vec::new());
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            _ => None,
        }
    }

    fn call_syntax(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        call: &ExprCall,
    ) -> Option<Expr> {
        if let ("asyncio.run", [main]) = (name, &*call.arguments.args) {
            lowerer.awaits(main);
        }
        let ("asyncio.gather", [PyExpr::Starred(all)]) = (name, &*call.arguments.args) else {
            return None;
        };
        let (elt, generators) = match &*all.value {
            PyExpr::ListComp(it) => (&it.elt, &it.generators),
            PyExpr::Generator(it) => (&it.elt, &it.generators),
            _ => return None,
        };
        let [generator] = &generators[..] else {
            return None;
        };
        if !generator.ifs.is_empty() || !call.arguments.keywords.is_empty() {
            return None;
        }
        Some(gathered(lowerer, elt, generator, call.range()))
    }

    fn enter(&self, lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
        let PyExpr::Call(call) = manager else {
            return None;
        };
        let PyExpr::Attribute(attribute) = &*call.func else {
            return None;
        };
        if !matches!(attribute.attr.as_str(), "create_client" | "client") {
            return None;
        }
        let session = lowerer.expr(&attribute.value);
        match &session.ty {
            Ty::Static(found) if **found == Entity::Made(SESSION.to_owned(), Vec::new()) => {}
            _ => return None,
        }
        let arguments = lowerer.arguments(&call.arguments);
        let client = lowerer.external_call_with("boto3.client", &arguments, manager.range());
        Some(Entered {
            value: Some(client),
            ..Entered::default()
        })
    }
}

fn gathered(
    lowerer: &mut Lowerer<'_, '_>,
    elt: &PyExpr,
    generator: &ruff_python_ast::Comprehension,
    range: TextRange,
) -> Expr {
    lowerer.scoped(|this| {
        let iterable = this.iterable(&generator.iter);
        if iterable.steps != Steps::Plain {
            return this.unsupported(range, "`gather` over pages");
        }
        let target = this.inner_target(&generator.target, &iterable.item);
        this.awaits(elt);
        let value = this.expr(elt);
        let makes = match &value.kind {
            Kind::Call(call) => this.program.functions[call.function].def.is_async,
            Kind::Op(op) => op.awaits,
            _ => value.ty == Ty::Never,
        };
        if !makes || !elt.is_call_expr() {
            return this.unsupported(range, "`gather` of what is no coroutine");
        }
        let value = this.dynamic(value);
        let generator = Generator {
            iterable,
            target,
            conditions: Vec::new(),
        };
        let kind = Kind::Gather(Box::new(generator), Box::new(value));
        Expr::new(kind, Ty::List, range)
    })
}
