//! Statements that change what is on their left.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::TextRange;

use super::Lowerer;
use crate::compiler::ir::{Expr, Mode, Stmt, StmtKind};
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn augment(
        &mut self,
        target: &PyExpr,
        op: ruff_python_ast::Operator,
        value: Expr,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) {
        match target {
            PyExpr::Name(_) => {
                let old = self.expr(target);
                let new = self.in_place(old, op, value, range);
                self.assign(target, new, range, found);
            }
            PyExpr::Attribute(it) => {
                let object = self.expr(&it.value);
                if !object.is_simple() {
                    self.unsupported(range, "an update of an attribute of an expression");
                    return;
                }
                let old = self.attribute_of(object.clone(), &it.attr, range);
                let new = self.in_place(old, op, value, range);
                self.assign_attribute(object, &it.attr, new, range, found);
            }
            PyExpr::Subscript(it) if !it.slice.is_slice_expr() => {
                let object = self.expr(&it.value);
                let object = self.bound_once(object, "object", found);
                let key = self.expr(&it.slice);
                let key = self.bound_once(key, "key", found);
                let old = self.item_of(object.clone(), key.clone(), range);
                let new = self.in_place(old, op, value, range);
                let stored = self.set_item(object, key, new, range);
                found.push(Stmt {
                    kind: StmtKind::Expr(stored),
                    range,
                });
            }
            _ => {
                self.unsupported(range, "this update");
            }
        }
    }

    pub(super) fn in_place(
        &mut self,
        old: Expr,
        op: ruff_python_ast::Operator,
        value: Expr,
        range: TextRange,
    ) -> Expr {
        // What is known to be immutable is bound anew; all else may change for all who share it.
        let is_known = |ty: &Ty| {
            let dynamic = matches!(
                ty,
                Ty::Value | Ty::List | Ty::Set | Ty::Dict | Ty::Option(_)
            );
            !dynamic
        };
        let is_one = |ty: &Ty| is_known(ty) && !ty.is_dynamic() || *ty == Ty::Never;
        if is_known(&old.ty) && is_known(&value.ty) || is_one(&old.ty) || is_one(&value.ty) {
            return self.operate(old, op, value, range);
        }
        let operands = vec![
            (self.dynamic(old), Mode::Ref),
            (self.dynamic(value), Mode::Ref),
        ];
        if op == ruff_python_ast::Operator::MatMult {
            return self.unsupported(range, "`@=`");
        }
        let found = match in_place_of(op) {
            Some(name) => {
                let template = format!("in_place::{name}({{0}}, {{1}})");
                Expr::op(&template, operands, Ty::Value, range).item("in_place", name)
            }
            None => {
                let (sign, name) = in_place_by(op);
                let template = format!("in_place::in_place({{0}}, {{1}}, {sign:?}, ops::{name})");
                Expr::op(&template, operands, Ty::Value, range)
                    .item("in_place", "in_place")
                    .item("ops", name)
            }
        };
        found.raising()
    }
}

/// The function for an operator that changes containers where they stand.
pub(super) fn in_place_of(op: ruff_python_ast::Operator) -> Option<&'static str> {
    use ruff_python_ast::Operator;
    Some(match op {
        Operator::Add => "in_place_add",
        Operator::Sub => "in_place_sub",
        Operator::Mult => "in_place_mul",
        Operator::BitOr => "in_place_or",
        Operator::BitAnd => "in_place_and",
        Operator::BitXor => "in_place_xor",
        _ => return None,
    })
}

/// The sign and the function of another operator.
pub(super) fn in_place_by(op: ruff_python_ast::Operator) -> (&'static str, &'static str) {
    use ruff_python_ast::Operator;
    match op {
        Operator::Div => ("/=", "div"),
        Operator::FloorDiv => ("//=", "floor_div"),
        Operator::Mod => ("%=", "modulo"),
        Operator::Pow => ("**=", "pow"),
        Operator::LShift => ("<<=", "shift_left"),
        _ => (">>=", "shift_right"),
    }
}
