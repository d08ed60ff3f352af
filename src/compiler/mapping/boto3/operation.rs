//! Operations of clients and tables.

use ruff_text_size::TextRange;

use crate::compiler::aws::{Reason, Use, Wrappers};
use crate::compiler::ir::{Collection, Entry, Expr, Kind, Mode, Need};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The names of the arguments, where all are known, and the dict of them.
pub(super) fn input(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    first: Vec<(String, Expr)>,
    range: TextRange,
) -> Option<(Option<Vec<String>>, Expr)> {
    if !arguments.positional.is_empty() || arguments.rest.is_some() {
        let message = "an operation takes its arguments by name";
        lowerer.refuse(range, Code::UnmappedArgument, message, "");
        return None;
    }
    let mut entries = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (name, value) in first {
        names.push(name.clone());
        entries.push(Entry::Pair(Expr::text(name, range), lowerer.dynamic(value)));
    }
    for (name, argument) in &arguments.keywords {
        let value = argument.value.clone();
        names.push(name.clone());
        let key = Expr::text(name.clone(), value.range);
        entries.push(Entry::Pair(key, lowerer.dynamic(value)));
    }
    let mut members = Some(names);
    if let Some(spread) = &arguments.spread {
        members = None;
        let value = match spread.value.ty {
            Ty::Dict => spread.value.clone(),
            _ => lowerer.dynamic(spread.value.clone()),
        };
        entries.push(Entry::Spread(value));
    }
    let dict = Expr::new(Kind::Collect(Collection::Dict, entries), Ty::Dict, range);
    Some((members, dict))
}

/// An operation of a client; by service, method, and whether it is that of a resource.
pub(super) fn operation(
    lowerer: &mut Lowerer<'_, '_>,
    client: &Expr,
    called: (&str, &str, bool),
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    let Some((members, input)) = input(lowerer, arguments, Vec::new(), range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let client = ("{0}", (client.clone(), Mode::Ref));
    call(lowerer, client, (members, input), called, range)
}

fn call(
    lowerer: &mut Lowerer<'_, '_>,
    (hole, client): (&str, (Expr, Mode)),
    (members, input): (Option<Vec<String>>, Expr),
    (service, method, resource): (&str, &str, bool),
    range: TextRange,
) -> Expr {
    let use_ = Use {
        members: members.clone(),
        resource,
        ..Use::default()
    };
    match Wrappers::default().operation(service, method, use_) {
        Ok(wrapper) => {
            let template = format!(
                "aws::{}::{}({hole}, {{1}})",
                wrapper.module, wrapper.function
            );
            let need = Need::Operation {
                service: service.to_owned(),
                method: method.to_owned(),
                members,
                resource,
                pages: false,
            };
            let operands = vec![client, (input, Mode::Ref)];
            let answer = Expr::op(&template, operands, Ty::Dict, range);
            answer.raising().awaiting().needing(need)
        }
        Err(Reason(reason)) => lowerer.refuse(range, Code::UnmappedCall, reason, ""),
    }
}

/// Whether an expression only names a place, such as an attribute.
fn is_place(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Op(op) => {
            let plain = op.place && !op.raises && !op.awaits;
            plain && op.operands.iter().all(|(it, _)| is_place(it))
        }
        _ => expr.is_simple(),
    }
}

/// An operation of a table.
pub(super) fn table_operation(
    lowerer: &mut Lowerer<'_, '_>,
    table: &Expr,
    method: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    const METHODS: [&str; 6] = [
        "get_item",
        "put_item",
        "query",
        "scan",
        "update_item",
        "delete_item",
    ];
    if !METHODS.contains(&method) {
        let message = format!("`Table.{method}` is not mapped to Rust");
        return lowerer.refuse(range, Code::UnmappedCall, message, "");
    }
    let mut before = Vec::new();
    let table = match is_place(table) {
        true => table.clone(),
        false => lowerer.bound_inside(table.clone(), "table", &mut before),
    };
    let operands = vec![(table.clone(), Mode::Receiver)];
    let name = Expr::op("{0}.name", operands, Ty::Str, range).borrowing_place();
    let first = vec![("TableName".to_owned(), name)];
    let Some(input) = input(lowerer, arguments, first, range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let client = ("&{0}.client", (table, Mode::Receiver));
    let called = ("dynamodb", method, true);
    call(lowerer, client, input, called, range).after(before)
}
