//! Conditions: truth, and what is known where they hold.

use ruff_python_ast::{BoolOp, CmpOp, Expr as PyExpr, Stmt as PyStmt, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Cond, Expr, Kind, LocalId, Mode};
use crate::compiler::program::assigned_names;
use crate::compiler::types::{Mixin, Ty};
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// Whether Python takes an expression for true.
    pub fn cond(&mut self, expr: &PyExpr) -> Cond {
        match expr {
            PyExpr::UnaryOp(it) if it.op == UnaryOp::Not => self.cond_not(&it.operand),
            PyExpr::BoolOp(it) => {
                let depth = self.narrowed.len();
                let mut all = Vec::new();
                for value in &it.values {
                    let part = self.cond(value);
                    // The right of `and` sees what the left found; that of `or` its contrary.
                    self.narrow(&part, it.op == BoolOp::And);
                    all.push(part);
                }
                self.narrowed.truncate(depth);
                match it.op {
                    BoolOp::And => Cond::And(all),
                    BoolOp::Or => Cond::Or(all),
                }
            }
            PyExpr::Compare(it) => {
                if let ([op @ (CmpOp::Is | CmpOp::IsNot)], [PyExpr::NoneLiteral(_)]) =
                    (&*it.ops, &*it.comparators)
                {
                    let value = self.expr(&it.left);
                    let some = self.is_some(value, it.range());
                    return match op {
                        CmpOp::Is => negated(some),
                        _ => some,
                    };
                }
                self.compare(it)
            }
            _ => self.truth_of(expr),
        }
    }

    fn truth_of(&mut self, expr: &PyExpr) -> Cond {
        if let PyExpr::Call(call) = expr
            && let Some(cond) = self.condition_call(call)
        {
            return cond;
        }
        let value = self.expr(expr);
        self.truth(value)
    }

    /// The contrary of a condition.
    pub fn cond_not(&mut self, expr: &PyExpr) -> Cond {
        negated(self.cond(expr))
    }

    /// Whether a value is not `None`.
    pub fn is_some(&mut self, value: Expr, range: TextRange) -> Cond {
        let known = |holds| Cond::Expr(Expr::new(Kind::Bool(holds), Ty::Bool, range));
        match &value.ty {
            Ty::None => known(false),
            Ty::Value => Cond::Not(Box::new(Cond::Expr(Expr::op(
                "{0}.is_none()",
                vec![(value, Mode::Receiver)],
                Ty::Bool,
                range,
            )))),
            Ty::Option(inner) => {
                let inner = (**inner).clone();
                self.holds(value, inner, range)
            }
            Ty::Never => known(true),
            _ => evaluated(value, true),
        }
    }

    /// An option holds something; a local is then seen as what it holds.
    fn holds(&mut self, value: Expr, inner: Ty, range: TextRange) -> Cond {
        if let Kind::Local(local) = value.kind {
            let source = self.locals[local].source.clone();
            let seen = self.inner(&source, inner);
            self.locals[seen].name = self.locals[local].name.clone();
            self.locals[seen].borrowed = true;
            return Cond::Some(local, seen);
        }
        Cond::Expr(Expr::op(
            "{0}.is_some()",
            vec![(value, Mode::Receiver)],
            Ty::Bool,
            range,
        ))
    }

    /// Whether an option that is no local holds something that is true.
    fn truth_inside(&mut self, value: Expr, inner: &Ty, range: TextRange) -> Cond {
        let test = match inner {
            Ty::Bool => "{0} == Some(true)",
            Ty::Int => "{0}.is_some_and(|it| it != 0)",
            Ty::Float => "{0}.is_some_and(|it| it != 0.0)",
            Ty::Str | Ty::Bytes | Ty::List | Ty::Dict | Ty::Set => {
                "{0}.as_ref().is_some_and(|it| !it.is_empty())"
            }
            Ty::Value => "{0}.as_ref().is_some_and(|it| it.is_true())",
            ty if always_true(ty) => "{0}.is_some()",
            _ => {
                let message = "whether a value that may be None is true is not known";
                let help = "give it a name first, or compare it: `… is not None`";
                return Cond::Expr(self.refuse(range, Code::UnknownType, message, help));
            }
        };
        Cond::Expr(Expr::op(
            test,
            vec![(value, Mode::Receiver)],
            Ty::Bool,
            range,
        ))
    }

    /// Whether Python takes a value for true.
    pub fn truth(&mut self, value: Expr) -> Cond {
        let value = self.underlying(value);
        let range = value.range;
        let op = |template: &str, value, mode| {
            Cond::Expr(Expr::op(template, vec![(value, mode)], Ty::Bool, range))
        };
        match (&value.kind, &value.ty) {
            (Kind::Cond(_), _) => match value.kind {
                Kind::Cond(cond) => *cond,
                _ => Cond::Expr(value),
            },
            (_, Ty::Bool) => Cond::Expr(value),
            (Kind::Str(text), _) => {
                let holds = Kind::Bool(!text.is_empty());
                Cond::Expr(Expr::new(holds, Ty::Bool, range))
            }
            (Kind::Int(number), _) => {
                let holds = Kind::Bool(*number != 0);
                Cond::Expr(Expr::new(holds, Ty::Bool, range))
            }
            (_, Ty::Never) => Cond::Expr(Expr::new(Kind::Bool(true), Ty::Bool, range)),
            (_, Ty::None) => Cond::Expr(Expr::new(Kind::Bool(false), Ty::Bool, range)),
            (_, Ty::Int) => op("{0} != 0", value, Mode::Receiver),
            (_, Ty::Float) => op("{0} != 0.0", value, Mode::Receiver),
            (_, Ty::Str | Ty::Bytes | Ty::List | Ty::Dict | Ty::Set) => {
                Cond::Not(Box::new(op("{0}.is_empty()", value, Mode::Receiver)))
            }
            (_, Ty::Value) => op("{0}.is_true()", value, Mode::Receiver),
            (kind, Ty::Option(inner)) if !matches!(kind, Kind::Local(_)) => {
                let inner = (**inner).clone();
                self.truth_inside(value, &inner, range)
            }
            (_, Ty::Option(inner)) => {
                let inner = (**inner).clone();
                match self.holds(value, inner, range) {
                    Cond::Some(local, seen) => {
                        let read =
                            Expr::new(Kind::Local(seen), self.locals[seen].ty.clone(), range);
                        if always_true(&read.ty) && !self.has_truth(&read.ty) {
                            return Cond::Some(local, seen);
                        }
                        let truth = self.truth(read);
                        Cond::And(vec![Cond::Some(local, seen), truth])
                    }
                    other => other,
                }
            }
            (_, Ty::Tuple(items)) if items.is_empty() => evaluated(value, false),
            (_, ty) if self.has_truth(ty) => {
                match self.special(&value, "__bool__", Vec::new(), range) {
                    Some(found) => Cond::Expr(found),
                    None => Cond::Expr(self.unsupported(range, "this as a condition")),
                }
            }
            (_, ty) if always_true(ty) => evaluated(value, true),
            (_, Ty::Opaque(path)) if crate::compiler::types::VALUES.contains(&&**path) => {
                let value = self.dynamic(value);
                op("{0}.is_true()", value, Mode::Receiver)
            }
            (_, ty) => {
                let message = format!("whether {} is true is not known", self.describe(ty));
                Cond::Expr(self.refuse(
                    range,
                    Code::UnknownType,
                    message,
                    "compare it: `… is not None`",
                ))
            }
        }
    }

    /// Whether a type says itself which of its instances are true.
    fn has_truth(&self, ty: &Ty) -> bool {
        let is_opaque = matches!(ty, Ty::Opaque(_));
        is_opaque
            && !self
                .support
                .member(&self.python_type(ty), "__bool__")
                .1
                .is_empty()
    }

    /// Forgets what was known of a local; the places of what is known of others stay.
    pub fn forget(&mut self, local: LocalId) {
        for (from, seen) in &mut self.narrowed {
            if *from == local {
                *from = LocalId::MAX;
                // The variable itself is named where what was seen of it still has a name.
                self.locals[*seen].is_made = true;
            }
        }
    }

    /// Forgets what was known, before a loop, of the variables that the loop binds.
    pub fn forget_bound(&mut self, body: &[PyStmt]) {
        for name in assigned_names(body) {
            if let Some(local) = self.local_named(&name) {
                self.forget(local);
            }
        }
    }

    /// Lowers something where a condition holds or does not.
    pub fn under<T>(&mut self, cond: &Cond, holds: bool, work: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.narrowed.len();
        self.narrow(cond, holds);
        let found = work(self);
        self.narrowed.truncate(depth);
        found
    }

    /// Notes what a condition says of locals.
    pub fn narrow(&mut self, cond: &Cond, holds: bool) {
        match (cond, holds) {
            (Cond::Some(local, seen), true) => self.narrowed.push((*local, *seen)),
            (Cond::And(all), true) | (Cond::Or(all), false) => {
                for part in all {
                    self.narrow(part, holds);
                }
            }
            (Cond::Not(inner), _) => self.narrow(inner, !holds),
            _ => {}
        }
    }

    /// Where a condition that leaves a block says that a local holds something: the local and
    /// what is seen of it.
    pub fn let_else(cond: &Cond) -> Option<(LocalId, LocalId)> {
        match cond {
            Cond::Not(inner) => match &**inner {
                Cond::Some(local, seen) => Some((*local, *seen)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A condition whose value is known, of a value that is evaluated for its effects alone.
fn evaluated(value: Expr, holds: bool) -> Cond {
    let range = value.range;
    if value.is_simple() {
        return Cond::Expr(Expr::new(Kind::Bool(holds), Ty::Bool, range));
    }
    let template = format!("{{ let _ = {{0}}; {holds} }}");
    let operands = vec![(value, Mode::Owned)];
    Cond::Expr(Expr::op(&template, operands, Ty::Bool, range))
}

fn always_true(ty: &Ty) -> bool {
    match ty {
        Ty::Tuple(items) => !items.is_empty(),
        Ty::Opaque(path) => !crate::compiler::types::VALUES.contains(&&**path),
        // Classes that say otherwise are refused.
        Ty::Instance(_) => true,
        Ty::Client(_) | Ty::Resource(..) | Ty::Error | Ty::Member(_, Mixin::None) => true,
        _ => false,
    }
}

/// The contrary, without a double negation.
pub fn negated(cond: Cond) -> Cond {
    match cond {
        Cond::Not(inner) => *inner,
        Cond::Expr(Expr {
            kind: Kind::Bool(value),
            ty,
            range,
        }) => Cond::Expr(Expr::new(Kind::Bool(!value), ty, range)),
        Cond::Expr(Expr {
            kind: Kind::Op(mut op),
            ty,
            range,
        }) if op.template == "{0}.is_some()" => {
            "{0}.is_none()".clone_into(&mut op.template);
            Cond::Expr(Expr::new(Kind::Op(op), ty, range))
        }
        other => Cond::Not(Box::new(other)),
    }
}
