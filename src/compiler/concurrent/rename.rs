//! One local in the place of another.

use crate::compiler::ir::{Entry, Expr, Kind, LocalId, Piece};

/// Reads `to` where an expression reads `from`. Nothing for forms that bind names of their own.
pub(super) fn renamed(expr: &Expr, from: LocalId, to: LocalId) -> Option<Expr> {
    let mut renamed = expr.clone();
    rename(&mut renamed, from, to).then_some(renamed)
}

fn rename(expr: &mut Expr, from: LocalId, to: LocalId) -> bool {
    let of = |expr: &mut Expr| rename(expr, from, to);
    match &mut expr.kind {
        Kind::Local(local) => {
            if *local == from {
                *local = to;
            }
            true
        }
        Kind::Tuple(items) => items.iter_mut().all(of),
        Kind::Widen(inner) => of(inner),
        Kind::Op(op) => op.operands.iter_mut().all(|(it, _)| of(it)),
        Kind::Logic(_, left, right) => of(left) && of(right),
        Kind::Format(pieces) => pieces.iter_mut().all(|piece| match piece {
            Piece::Plain(it) => of(it),
            Piece::Text(_) => true,
        }),
        Kind::Collect(_, entries) => entries.iter_mut().all(|entry| match entry {
            Entry::Item(it) | Entry::Spread(it) => of(it),
            Entry::Pair(key, value) => of(key) && of(value),
        }),
        Kind::Call(call) => call.arguments.iter_mut().all(of),
        Kind::None
        | Kind::Bool(_)
        | Kind::Int(_)
        | Kind::Float(_)
        | Kind::Str(_)
        | Kind::Bytes(_)
        | Kind::Global(_)
        | Kind::Const(_)
        | Kind::Static => true,
        _ => false,
    }
}
