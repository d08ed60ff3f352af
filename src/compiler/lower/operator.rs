//! Arithmetic and its kin.

use ruff_python_ast::{ExprBinOp, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Expr, Kind, Mode, Piece};
use crate::compiler::mapping;
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// `left op right`.
    pub fn binary(&mut self, it: &ExprBinOp) -> Expr {
        let left = self.expr(&it.left);
        let right = self.expr(&it.right);
        self.operate(left, it.op, right, it.range())
    }

    /// An operator on two values.
    pub fn operate(&mut self, left: Expr, op: Operator, right: Expr, range: TextRange) -> Expr {
        let left = self.underlying(left);
        let right = self.underlying(right);
        if let Some(found) = mapping::operator(self, &left, op, &right, range) {
            return found;
        }
        let method = special_method(op);
        if let Some(found) = self.special(&left, method, vec![right.clone()], range) {
            return found;
        }
        if op == Operator::MatMult {
            return self.unsupported(range, "the operator `@`");
        }
        match (&left.ty, op, &right.ty) {
            (Ty::Never, ..) | (.., Ty::Never) => self.unknown(range),
            (Ty::Str, Operator::Add, Ty::Str) => {
                let mut pieces = pieces_of(left);
                pieces.extend(pieces_of(right));
                self.formatted(pieces, range)
            }
            (Ty::Int, op, Ty::Int) => self.integers(left, op, right, range),
            (Ty::Float | Ty::Int, op, Ty::Float | Ty::Int) => self.floats(left, op, right, range),
            (_, op, _) => {
                let name = operator_name(op);
                let left = self.dynamic(left);
                let right = self.dynamic(right);
                let operands = vec![(left, Mode::Ref), (right, Mode::Ref)];
                Expr::op(
                    &format!("ops::{name}({{0}}, {{1}})"),
                    operands,
                    Ty::Value,
                    range,
                )
                .raising()
                .item("ops", name)
            }
        }
    }

    fn integers(&mut self, left: Expr, op: Operator, right: Expr, range: TextRange) -> Expr {
        if let (Kind::Int(a), Kind::Int(b)) = (&left.kind, &right.kind) {
            let folded = match op {
                Operator::Add => a.checked_add(*b),
                Operator::Sub => a.checked_sub(*b),
                Operator::Mult => a.checked_mul(*b),
                _ => None,
            };
            if let Some(value) = folded {
                return Expr::new(Kind::Int(value), Ty::Int, range);
            }
        }
        let operands = vec![(left, Mode::Owned), (right, Mode::Owned)];
        let (name, ty) = match op {
            Operator::Add => ("int_add", Ty::Int),
            Operator::Sub => ("int_sub", Ty::Int),
            Operator::Mult => ("int_mul", Ty::Int),
            Operator::FloorDiv => ("int_floor_div", Ty::Int),
            Operator::Mod => ("int_modulo", Ty::Int),
            Operator::Div => ("int_div", Ty::Float),
            Operator::BitAnd | Operator::BitOr | Operator::BitXor => {
                let sign = match op {
                    Operator::BitAnd => '&',
                    Operator::BitOr => '|',
                    _ => '^',
                };
                return Expr::op(&format!("({{0}} {sign} {{1}})"), operands, Ty::Int, range);
            }
            _ => {
                let name = operator_name(op);
                let operands = operands.into_iter();
                let operands = operands
                    .map(|(it, _)| (self.dynamic(it), Mode::Ref))
                    .collect();
                return Expr::op(
                    &format!("ops::{name}({{0}}, {{1}})"),
                    operands,
                    Ty::Value,
                    range,
                )
                .raising()
                .item("ops", name);
            }
        };
        Expr::op(&format!("ops::{name}({{0}}, {{1}})"), operands, ty, range)
            .raising()
            .item("ops", name)
    }

    fn floats(&mut self, left: Expr, op: Operator, right: Expr, range: TextRange) -> Expr {
        let sign = match op {
            Operator::Add => '+',
            Operator::Sub => '-',
            Operator::Mult => '*',
            _ => {
                let name = operator_name(op);
                let left = self.dynamic(left);
                let right = self.dynamic(right);
                let operands = vec![(left, Mode::Ref), (right, Mode::Ref)];
                return Expr::op(
                    &format!("ops::{name}({{0}}, {{1}})"),
                    operands,
                    Ty::Value,
                    range,
                )
                .raising()
                .item("ops", name);
            }
        };
        let left = self.coerce(left, &Ty::Float);
        let right = self.coerce(right, &Ty::Float);
        let operands = vec![(left, Mode::Owned), (right, Mode::Owned)];
        Expr::op(&format!("({{0}} {sign} {{1}})"), operands, Ty::Float, range)
    }
}

/// The pieces of a string that is put together.
fn pieces_of(expr: Expr) -> Vec<Piece> {
    match expr.kind {
        Kind::Str(text) => vec![Piece::Text(text)],
        Kind::Format(pieces) => pieces,
        _ => vec![Piece::Plain(expr)],
    }
}

/// The method that Python asks for an operator.
fn special_method(op: Operator) -> &'static str {
    match op {
        Operator::Add => "__add__",
        Operator::Sub => "__sub__",
        Operator::Mult => "__mul__",
        Operator::MatMult => "__matmul__",
        Operator::Div => "__truediv__",
        Operator::Mod => "__mod__",
        Operator::Pow => "__pow__",
        Operator::LShift => "__lshift__",
        Operator::RShift => "__rshift__",
        Operator::BitOr => "__or__",
        Operator::BitXor => "__xor__",
        Operator::BitAnd => "__and__",
        Operator::FloorDiv => "__floordiv__",
    }
}

/// The support modules' name of an operator.
fn operator_name(op: Operator) -> &'static str {
    match op {
        Operator::Add => "add",
        Operator::Sub => "sub",
        Operator::Mult => "mul",
        Operator::MatMult => "matmul",
        Operator::Div => "div",
        Operator::Mod => "modulo",
        Operator::Pow => "pow",
        Operator::LShift => "shift_left",
        Operator::RShift => "shift_right",
        Operator::BitOr => "bit_or",
        Operator::BitXor => "bit_xor",
        Operator::BitAnd => "bit_and",
        Operator::FloorDiv => "floor_div",
    }
}
