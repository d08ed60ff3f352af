//! Comparisons.

use ruff_python_ast::{CmpOp, Expr as PyExpr, ExprCompare};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::condition::negated;
use super::enumeration::literal;
use crate::compiler::ir::{Collection, Cond, Expr, Kind, Mode, Stmt};
use crate::compiler::types::{Mixin, Ty, VALUES};
use crate::diagnostic::Code;

impl Lowerer<'_, '_> {
    /// A comparison, or a chain of them.
    pub fn compare(&mut self, it: &ExprCompare) -> Cond {
        let range = it.range();
        if let ([op], [right]) = (&*it.ops, &*it.comparators) {
            if let Some(cond) = self.among(&it.left, *op, right, range) {
                return cond;
            }
            let left = self.expr(&it.left);
            let right = self.expr(right);
            return self.compared(left, *op, right, range);
        }
        // Each is evaluated once, in order, and what comes later not where what comes first fails.
        let mut left = self.expr(&it.left);
        let mut links: Vec<(Vec<Stmt>, Cond)> = Vec::new();
        for (op, right) in it.ops.iter().zip(&it.comparators) {
            let mut stmts = Vec::new();
            let right = self.expr(right);
            if !right.is_simple() {
                left = self.bound_inside(left, "left", &mut stmts);
            }
            let right = self.bound_inside(right, "right", &mut stmts);
            links.push((stmts, self.compared(left, *op, right.clone(), range)));
            left = right;
        }
        let mut whole: Option<Cond> = None;
        for (stmts, cond) in links.into_iter().rev() {
            let link = match whole {
                Some(Cond::And(mut rest)) => {
                    rest.insert(0, cond);
                    Cond::And(rest)
                }
                Some(rest) => Cond::And(vec![cond, rest]),
                None => cond,
            };
            whole = Some(match stmts.is_empty() {
                true => link,
                false => {
                    let inner = Expr::new(Kind::Cond(Box::new(link)), Ty::Bool, range);
                    Cond::Expr(inner.after(stmts))
                }
            });
        }
        whole.unwrap_or_else(|| Cond::And(Vec::new()))
    }

    /// `x in ("a", "b")`: one of several literals.
    fn among(
        &mut self,
        left: &PyExpr,
        op: CmpOp,
        right: &PyExpr,
        range: TextRange,
    ) -> Option<Cond> {
        if !matches!(op, CmpOp::In | CmpOp::NotIn) {
            return None;
        }
        let right = self.expr(right);
        let items = literal_items(&right)?;
        let left = self.expr(left);
        if let Ty::Member(class, _) = left.ty
            && items
                .iter()
                .all(|it| matches!(it.ty, Ty::Member(other, _) if other == class))
        {
            let patterns: Option<Vec<&str>> = items.iter().map(literal).collect();
            let template = format!("matches!({{0}}, {})", patterns?.join(" | "));
            let operands = vec![(left, Mode::Receiver)];
            let cond = Cond::Expr(Expr::op(&template, operands, Ty::Bool, range));
            return Some(match op {
                CmpOp::NotIn => negated(cond),
                _ => cond,
            });
        }
        let texts: Option<Vec<&str>> = items
            .iter()
            .map(|item| match &item.kind {
                Kind::Str(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let cond = match (&left.ty, texts) {
            (Ty::Str, Some(texts)) if !texts.iter().any(|text| text.contains('{')) => {
                let patterns: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
                let template = format!("matches!({{0}}, {})", patterns.join(" | "));
                Cond::Expr(Expr::op(
                    &template,
                    vec![(left, Mode::Str)],
                    Ty::Bool,
                    range,
                ))
            }
            _ if !left.is_simple() => return None,
            // A set hashes what it is asked for.
            (ty, _) if is_set(&right) && !is_hashable(ty) => return None,
            _ => {
                let items = items.to_vec();
                let each = items
                    .into_iter()
                    .map(|item| self.compared(left.clone(), CmpOp::Eq, item, range));
                Cond::Or(each.collect())
            }
        };
        Some(match op {
            CmpOp::NotIn => negated(cond),
            _ => cond,
        })
    }

    /// One comparison.
    pub fn compared(&mut self, left: Expr, op: CmpOp, right: Expr, range: TextRange) -> Cond {
        match op {
            CmpOp::Eq => self.equal(left, right, range),
            CmpOp::NotEq => negated(self.equal(left, right, range)),
            CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => self.ordered(left, op, right, range),
            CmpOp::In => self.contained(left, right, range),
            CmpOp::NotIn => negated(self.contained(left, right, range)),
            CmpOp::Is => self.identical(left, right, range),
            CmpOp::IsNot => negated(self.identical(left, right, range)),
        }
    }

    fn identical(&mut self, left: Expr, right: Expr, range: TextRange) -> Cond {
        if let Some(same) = self.same_member(&left, &right, range) {
            return same;
        }
        // Each plain member is one object, which equals nothing else.
        let is_plain = |it: &Expr| matches!(it.ty, Ty::Member(_, Mixin::None));
        if is_plain(&left) && right.ty == Ty::Value || is_plain(&right) && left.ty == Ty::Value {
            return self.equal(left, right, range);
        }
        let is_instance = |it: &Expr| matches!(it.ty, Ty::Instance(_));
        if (is_instance(&left) || is_instance(&right))
            && left.ty.is_dynamic()
            && right.ty.is_dynamic()
            && !matches!((&left.kind, &right.kind), (Kind::None, _) | (_, Kind::None))
        {
            let left = self.dynamic(left);
            let right = self.dynamic(right);
            let operands = vec![(left, Mode::Receiver), (right, Mode::Ref)];
            let same = Expr::op("{0}.is_same({1})", operands, Ty::Bool, range);
            return Cond::Expr(same.item("value", "Value::is_same"));
        }
        match (&left.kind, &right.kind) {
            (Kind::None, _) => return negated(self.is_some(right, range)),
            (_, Kind::None) => return negated(self.is_some(left, range)),
            (_, Kind::Bool(value)) if matches!(left.ty, Ty::Value | Ty::Bool) => {
                let template = match left.ty {
                    Ty::Value => format!("matches!({{0}}, Value::Bool({value}))"),
                    _ => format!("{{0}} == {value}"),
                };
                let operands = vec![(left, Mode::Receiver)];
                return Cond::Expr(Expr::op(&template, operands, Ty::Bool, range));
            }
            _ => {}
        }
        Cond::Expr(self.refuse(
            range,
            Code::UnsupportedSyntax,
            "`is` between two values cannot be translated: Rust's values have no identity",
            "use `==`",
        ))
    }

    fn equal(&mut self, left: Expr, right: Expr, range: TextRange) -> Cond {
        if let Some(same) = self.same_member(&left, &right, range) {
            return same;
        }
        let left = self.underlying(left);
        let right = self.underlying(right);
        if let (Kind::Str(a), Kind::Str(b)) = (&left.kind, &right.kind) {
            return Cond::Expr(Expr::new(Kind::Bool(a == b), Ty::Bool, range));
        }
        let is_empty = |it: &Expr| matches!(&it.kind, Kind::Str(text) if text.is_empty());
        if left.ty == Ty::Str && is_empty(&right) {
            let operands = vec![(left, Mode::Receiver)];
            return Cond::Expr(Expr::op("{0}.is_empty()", operands, Ty::Bool, range));
        }
        let same = match (&left.ty, &right.ty) {
            (Ty::Never, _) | (_, Ty::Never) => true,
            (Ty::Tuple(_), _) | (_, Ty::Tuple(_)) => false,
            (Ty::Opaque(a), Ty::Opaque(b)) => a == b && VALUES.contains(&&**a),
            (a, b) if a == b => matches!(
                a,
                Ty::None | Ty::Bool | Ty::Int | Ty::Float | Ty::Str | Ty::Bytes | Ty::Value
            ),
            (Ty::Value, Ty::Str | Ty::Int | Ty::Bool) => true,
            (Ty::Int, Ty::Float) | (Ty::Float, Ty::Int) => false,
            _ => false,
        };
        let is_scalar = matches!(left.ty, Ty::Str | Ty::Int | Ty::Bool);
        let (left, right, same) = match is_scalar && right.ty == Ty::Value && right.is_simple() {
            true => (right, left, true),
            false => (left, right, same),
        };
        let comparison = |left, right| {
            let operands = vec![(left, Mode::Receiver), (right, Mode::Receiver)];
            Cond::Expr(Expr::op("{0} == {1}", operands, Ty::Bool, range))
        };
        let is_number = matches!(right.ty, Ty::Int | Ty::Bool);
        if same && left.ty == Ty::Value && is_number && self.is_lent(&left) {
            let operands = vec![(left, Mode::Receiver), (right, Mode::Receiver)];
            return Cond::Expr(Expr::op("*{0} == {1}", operands, Ty::Bool, range));
        }
        if same {
            return comparison(left, right);
        }
        if !left.ty.is_dynamic() || !right.ty.is_dynamic() {
            let (one, other) = (self.describe(&left.ty), self.describe(&right.ty));
            let message = format!("whether {one} equals {other} is not known");
            return Cond::Expr(self.refuse(range, Code::UnknownType, message, ""));
        }
        let left = self.dynamic(left);
        let right = self.dynamic(right);
        comparison(left, right)
    }

    /// Whether a value is a parameter that is a reference: one that is not bound anew.
    fn is_lent(&self, value: &Expr) -> bool {
        let (Kind::Local(local), Some(function)) = (&value.kind, self.function) else {
            return false;
        };
        let local = &self.locals[*local];
        let body = &self.program.functions[function].def.body;
        let stored = crate::compiler::program::assigned_names(body);
        local.parameter && !stored.contains(&local.source)
    }

    fn ordered(&mut self, left: Expr, op: CmpOp, right: Expr, range: TextRange) -> Cond {
        let left = self.underlying(left);
        let right = self.underlying(right);
        let (sign, name) = match op {
            CmpOp::Lt => ("<", "lt"),
            CmpOp::LtE => ("<=", "le"),
            CmpOp::Gt => (">", "gt"),
            _ => (">=", "ge"),
        };
        let same = match (&left.ty, &right.ty) {
            (Ty::Int, Ty::Int) | (Ty::Float, Ty::Float) | (Ty::Never, _) | (_, Ty::Never) => true,
            (Ty::Opaque(a), Ty::Opaque(b)) => a == b && &**a == "timedelta::TimeDelta",
            _ => false,
        };
        if same {
            let operands = vec![(left, Mode::Receiver), (right, Mode::Receiver)];
            let template = format!("{{0}} {sign} {{1}}");
            return Cond::Expr(Expr::op(&template, operands, Ty::Bool, range));
        }
        let left = self.dynamic(left);
        let right = self.dynamic(right);
        let operands = vec![(left, Mode::Ref), (right, Mode::Ref)];
        let template = format!("ops::{name}({{0}}, {{1}})");
        let compared = Expr::op(&template, operands, Ty::Bool, range);
        Cond::Expr(compared.raising().item("ops", name))
    }

    fn contained(&mut self, item: Expr, container: Expr, range: TextRange) -> Cond {
        // Python evaluates the item first, Rust what is asked for it.
        if item.acts() && !container.is_simple() && !container.is_literal() {
            let mut stmts = Vec::new();
            let item = self.bound_inside(item, "item", &mut stmts);
            let cond = self.contained(item, container, range);
            let inner = Expr::new(Kind::Cond(Box::new(cond)), Ty::Bool, range);
            return Cond::Expr(inner.after(stmts));
        }
        let item = self.underlying(item);
        let container = self.underlying(container);
        let values = vec![item.clone()];
        if let Some(found) = self.special(&container, "__contains__", values, range) {
            return Cond::Expr(found);
        }
        if item.ty == Ty::Str && container.ty == Ty::Str {
            let operands = vec![(item, Mode::Str), (container, Mode::Receiver)];
            return Cond::Expr(Expr::op("{1}.contains({0})", operands, Ty::Bool, range));
        }
        if item.ty == Ty::Str && container.ty == Ty::Dict {
            let operands = vec![(item, Mode::Str), (container, Mode::Receiver)];
            let contains = Expr::op("{1}.has({0})", operands, Ty::Bool, range);
            return Cond::Expr(contains.item("dict", "Dict::has"));
        }
        let container = self.dynamic(container);
        let item = self.dynamic(item);
        let operands = vec![(item, Mode::Ref), (container, Mode::Receiver)];
        let contains = Expr::op("{1}.contains({0})", operands, Ty::Bool, range);
        Cond::Expr(contains.raising().item("value", "Value::contains"))
    }
}

fn is_set(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Collect(Collection::Set, _))
}

/// Whether each value of a type has a hash.
fn is_hashable(ty: &Ty) -> bool {
    match ty {
        Ty::Tuple(items) => items.iter().all(is_hashable),
        Ty::Option(inner) => is_hashable(inner),
        ty => !matches!(ty, Ty::Value | Ty::List | Ty::Dict | Ty::Set),
    }
}

/// The items of a display of literals.
fn literal_items(expr: &Expr) -> Option<Vec<Expr>> {
    use crate::compiler::ir::Entry;
    let items: Vec<Expr> = match &expr.kind {
        Kind::Tuple(items) => items.clone(),
        Kind::Collect(_, entries) => entries
            .iter()
            .map(|entry| match entry {
                Entry::Item(item) => Some(item.clone()),
                _ => None,
            })
            .collect::<Option<_>>()?,
        _ => return None,
    };
    let is_literal = |item: &Expr| {
        let bare = match &item.kind {
            Kind::Widen(inner) => &inner.kind,
            kind => kind,
        };
        literal(item).is_some()
            || matches!(
                bare,
                Kind::Str(_) | Kind::Int(_) | Kind::Bool(_) | Kind::None | Kind::Float(_)
            )
    };
    let items: Vec<Expr> = items
        .into_iter()
        .map(|item| match item.kind {
            Kind::Widen(inner) if is_literal(&inner) => *inner,
            _ => item,
        })
        .collect();
    (!items.is_empty() && items.iter().all(is_literal)).then_some(items)
}
