//! Paginators and their pages.

use ruff_text_size::TextRange;

use super::operation;
use crate::compiler::aws::{Reason, Use, Wrappers};
use crate::compiler::ir::{Expr, Iterable, Kind, Mode, Need};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// A paginator of a method, as the kind of a resource: in Rust its client.
pub(super) const PAGINATOR: &str = "paginator ";
/// The pages of a method, as the kind of a resource.
pub(super) const PAGES: &str = "pages ";

/// `client.get_paginator(method)`.
pub(super) fn paginator(
    lowerer: &mut Lowerer<'_, '_>,
    client: &Expr,
    service: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let method = arguments.text(0, "operation_name")?.to_owned();
    if let Err(Reason(reason)) = Wrappers::default().pages(service, &method, Use::default()) {
        let unknown = format!("`{method}` has no paginator");
        if reason == unknown {
            return Some(lowerer.refuse(range, Code::UnmappedCall, reason, ""));
        }
    }
    let ty = Ty::Resource(service.into(), format!("{PAGINATOR}{method}").into());
    let mut found = client.clone();
    found.ty = ty;
    Some(found)
}

/// `paginator.paginate(...)`.
pub(super) fn paginate(
    lowerer: &mut Lowerer<'_, '_>,
    paginator: &Expr,
    (service, method): (&str, &str),
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    let Some((members, input)) = operation::input(lowerer, arguments, Vec::new(), range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let use_ = Use {
        members: members.clone(),
        ..Use::default()
    };
    match Wrappers::default().pages(service, method, use_) {
        Ok(wrapper) => {
            let template = format!(
                "aws::{}::{}({{0}}, {{1}})",
                wrapper.module, wrapper.function
            );
            let operands = vec![(paginator.clone(), Mode::Ref), (input, Mode::Ref)];
            let need = Need::Operation {
                service: service.to_owned(),
                method: method.to_owned(),
                members,
                resource: false,
                pages: true,
            };
            let ty = Ty::Resource(service.into(), format!("{PAGES}{method}").into());
            let pages = Expr::op(&template, operands, ty, range);
            pages.raising().needing(need)
        }
        Err(Reason(reason)) => lowerer.refuse(range, Code::UnmappedCall, reason, ""),
    }
}

/// Pages as what a loop runs over, each time from the first.
pub(super) fn iterate(pages: Expr) -> Iterable {
    let range = pages.range;
    let expr = match pages.is_simple() {
        true => Expr::op(
            "{0}.clone()",
            vec![(pages, Mode::Receiver)],
            Ty::Never,
            range,
        ),
        false => pages,
    };
    Iterable {
        expr,
        item: Ty::Dict,
        steps: crate::compiler::ir::Steps::Awaiting,
    }
}
