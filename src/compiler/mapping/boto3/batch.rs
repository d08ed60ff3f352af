//! The batch writer of a table.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::{Ranged, TextRange};

use crate::compiler::ir::{Collection, Entry, Expr, Kind, Mode, Need, Stmt, StmtKind, Target};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::mapping::Entered;
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The batch writer, as a kind of resource.
pub(super) const WRITER: &str = "BatchWriter";

/// `with table.batch_writer(...)`: what waits is written at its end, however it ends.
pub(super) fn enter(lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
    let PyExpr::Call(call) = manager else {
        return None;
    };
    let PyExpr::Attribute(attribute) = &*call.func else {
        return None;
    };
    if attribute.attr.as_str() != "batch_writer" {
        return None;
    }
    let range = manager.range();
    let table = lowerer.expr(&attribute.value);
    match &table.ty {
        Ty::Resource(_, kind) if &**kind == "Table" => {}
        _ => return None,
    }
    let arguments = lowerer.arguments(&call.arguments);
    let mut before = Vec::new();
    let table = lowerer.bound_once(table, "table", &mut before);
    let Some(keys) = keys(lowerer, &arguments) else {
        let message = "these arguments of `batch_writer` are not mapped to Rust";
        lowerer.refuse(range, Code::UnmappedArgument, message, "");
        return Some(Entered::default());
    };
    let holes: Vec<String> = (1..=keys.len()).map(|at| format!("{{{at}}}")).collect();
    let template = format!(
        "aws::dynamodb::batch_writer(&{{0}}.client, &{{0}}.name, &[{}])",
        holes.join(", ")
    );
    let mut operands = vec![(table, Mode::Receiver)];
    operands.extend(keys.into_iter().map(|it| (it, Mode::Owned)));
    let ty = Ty::Resource("dynamodb".into(), WRITER.into());
    let writer = lowerer.fresh("writer", ty.clone());
    before.push(Stmt {
        kind: StmtKind::Assign(
            Target::Local(writer),
            Expr::op(&template, operands, ty.clone(), range),
        ),
        range,
    });
    let writer = Expr::new(Kind::Local(writer), ty, range);
    let operands = vec![(writer.clone(), Mode::Receiver)];
    let close = Expr::op("{0}.close()", operands, Ty::None, range);
    let close = Stmt {
        kind: StmtKind::Expr(close.raising().awaiting()),
        range,
    };
    Some(Entered {
        before,
        value: Some(writer),
        after: vec![close],
        ..Entered::default()
    })
}

/// `overwrite_by_pkeys`.
fn keys(lowerer: &mut Lowerer<'_, '_>, arguments: &Arguments<'_>) -> Option<Vec<Expr>> {
    if arguments.is_empty() {
        return Some(Vec::new());
    }
    let keys = arguments.get(0, "overwrite_by_pkeys")?.clone();
    if arguments.len() > 1 || arguments.rest.is_some() || arguments.spread.is_some() {
        return None;
    }
    match keys.kind {
        Kind::None => Some(Vec::new()),
        Kind::Collect(Collection::List, entries) => {
            let keys = entries.into_iter().map(|entry| match entry {
                Entry::Item(key) => Some(lowerer.dynamic(key)),
                _ => None,
            });
            keys.collect()
        }
        _ => None,
    }
}

/// A method of the writer.
pub(super) fn method(
    lowerer: &mut Lowerer<'_, '_>,
    writer: &Expr,
    method: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let parameter = match method {
        "put_item" => "Item",
        "delete_item" => "Key",
        _ => return None,
    };
    let value = arguments.get(0, parameter)?.clone();
    if arguments.len() > 1 || arguments.rest.is_some() || arguments.spread.is_some() {
        return None;
    }
    let value = lowerer.dynamic(value);
    let template = format!("{{0}}.{method}({{1}})");
    let operands = vec![(writer.clone(), Mode::Receiver), (value, Mode::Ref)];
    let written = Expr::op(&template, operands, Ty::None, range);
    let need = Need::BatchWriter(method.to_owned());
    Some(written.raising().awaiting().needing(need))
}
