//! `for` loops: over what makes items one by one, and over what the loop may change.

use ruff_python_ast::{Expr as PyExpr, ExprCall, Stmt as PyStmt, StmtFor};
use ruff_text_size::Ranged;

use super::Lowerer;
use super::changes::{may_change, may_change_in};
use super::lazy::Lazy;
use crate::compiler::ir::{Expr, Iterable, Kind, Mode, Steps, Stmt, StmtKind};
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// `for … in …`.
    pub(super) fn for_statement(&mut self, stmt: &PyStmt, it: &StmtFor, found: &mut Vec<Stmt>) {
        let range = it.range();
        if let Some(lazy) = self.lazily(&it.iter) {
            self.forget_bound(std::slice::from_ref(stmt));
            self.for_each(it, lazy, found);
            return;
        }
        let root = root(&it.iter);
        let changes = may_change(self.program, self.function, &it.body, root);
        let iterable = match changes {
            true => self.stepped(&it.iter),
            false => None,
        };
        let iterable = match iterable {
            Some(iterable) => iterable,
            None => self.iterable(&it.iter),
        };
        if it.is_async && iterable.steps != Steps::Awaiting {
            self.unsupported(range, "`async for` over what is no stream");
        }
        self.forget_bound(std::slice::from_ref(stmt));
        let mut body = Vec::new();
        let target = self.loop_target(&it.target, &iterable.item, range, &mut body);
        body.extend(self.stmts(&it.body));
        let orelse = self.stmts(&it.orelse);
        found.push(Stmt {
            kind: StmtKind::For(target, iterable, body, orelse),
            range,
        });
    }

    /// A loop over what is made item by item: each item is made where the loop asks for it.
    fn for_each(&mut self, it: &StmtFor, lazy: Lazy<'_>, found: &mut Vec<Stmt>) {
        let range = it.range();
        let is_nested = matches!(lazy, Lazy::Generator(it) if it.generators.len() > 1);
        let mut loops = self.each(lazy, range, None, &mut |this, item| {
            let mut body = Vec::new();
            this.assign(&it.target, item, range, &mut body);
            body.extend(this.stmts(&it.body));
            if is_nested && super::breaks(&body) {
                let help = "make a list first, or nest the loops";
                this.unsupported_with(range, "`break` of a loop over nested loops", help);
            }
            body
        });
        let orelse = self.stmts(&it.orelse);
        if let [
            Stmt {
                kind: StmtKind::For(_, _, _, last),
                ..
            },
        ] = &mut loops[..]
        {
            *last = orelse;
        }
        found.extend(loops);
    }

    /// What a loop runs over that may change it, where Python looks at it again for each item.
    fn stepped(&mut self, iter: &PyExpr) -> Option<Iterable> {
        let range = iter.range();
        if let PyExpr::Call(call) = iter {
            if let Some(found) = self.stepped_view(call) {
                return Some(found);
            }
            if let PyExpr::Name(name) = &*call.func
                && self.is_builtin(&name.id)
            {
                match name.id.as_str() {
                    "enumerate" => return self.stepped_count(call),
                    "zip" => self.check_fixed(&call.arguments.args),
                    _ => {}
                }
                return None;
            }
            if matches!(&*call.func, PyExpr::Attribute(it) if it.attr.as_str() == "paginate") {
                return None;
            }
        }
        if iter.is_literal_expr() || iter.is_tuple_expr() {
            return None;
        }
        let value = self.taken(iter);
        if let Kind::Call(call) = &value.kind
            && self.is_generator(call.function)
        {
            return Some(self.iterable_of(value));
        }
        match value.ty {
            Ty::Dict | Ty::Set | Ty::Value | Ty::Option(_) => {
                let value = match value.ty {
                    Ty::Dict | Ty::Set => value,
                    _ => self.dynamic(value),
                };
                let (template, raises) = match value.ty {
                    Ty::Dict => ("iterate::Iter::of_dict({0})", false),
                    Ty::Set => ("iterate::Iter::of_set({0})", false),
                    _ => ("{0}.iterate()", true),
                };
                let mode = if raises { Mode::Receiver } else { Mode::Ref };
                let mut expr = Expr::op(template, vec![(value, mode)], Ty::Never, range);
                if raises {
                    expr = expr.raising().item("value", "Value::iterate");
                }
                let expr = expr.item("iterate", "Iter::step");
                Some(stepping(expr, Ty::Value))
            }
            _ => Some(self.iterable_of(value)),
        }
    }

    /// `d.items()`, `d.values()`, `d.keys()` and `reversed(items)` as Python steps through them.
    fn stepped_view(&mut self, call: &ExprCall) -> Option<Iterable> {
        let range = call.range();
        let arguments = &call.arguments;
        if let PyExpr::Name(name) = &*call.func {
            let ("reversed", [items], true) = (
                name.id.as_str(),
                &*arguments.args,
                self.is_builtin(&name.id),
            ) else {
                return None;
            };
            let value = self.expr(items);
            let value = self.dynamic(value);
            let expr = Expr::op(
                "iterate::reversed({0})",
                vec![(value, Mode::Ref)],
                Ty::Never,
                range,
            );
            let expr = expr.raising().item("iterate", "reversed");
            return Some(stepping(expr, Ty::Value));
        }
        let PyExpr::Attribute(attribute) = &*call.func else {
            return None;
        };
        if !arguments.is_empty() {
            return None;
        }
        let pair = Ty::Tuple(vec![Ty::Value, Ty::Value]);
        let (template, item) = match attribute.attr.as_str() {
            "items" => ("iterate::Pairs::of({0})", pair),
            "values" => ("iterate::Iter::of_values({0})", Ty::Value),
            "keys" => ("iterate::Iter::of_dict({0})", Ty::Value),
            _ => return None,
        };
        let receiver = self.expr(&attribute.value);
        let receiver = match receiver.ty {
            Ty::Dict => receiver,
            Ty::Value => self.expect(receiver, "dict", &attribute.attr)?,
            _ => return None,
        };
        let expr = Expr::op(template, vec![(receiver, Mode::Ref)], Ty::Never, range);
        Some(stepping(expr.item("iterate", "Pairs::step"), item))
    }

    /// `enumerate(items)` of what is stepped through.
    fn stepped_count(&mut self, call: &ExprCall) -> Option<Iterable> {
        let range = call.range();
        let ([items], []) = (&*call.arguments.args, &*call.arguments.keywords) else {
            self.check_fixed(&call.arguments.args);
            return None;
        };
        let diagnostics = self.diagnostics.len();
        let inner = self.stepped(items)?;
        if inner.item != Ty::Value && inner.steps == Steps::Raising {
            self.check_fixed(&call.arguments.args);
        }
        if inner.item != Ty::Value || inner.steps != Steps::Raising {
            self.diagnostics.truncate(diagnostics);
            return None;
        }
        let item = Ty::Tuple(vec![Ty::Int, inner.item]);
        let operands = vec![(inner.expr, Mode::Owned)];
        let template = "iterate::Enumerated::of(0, {0})";
        let expr = Expr::op(template, operands, Ty::Never, range);
        Some(stepping(expr.item("iterate", "Enumerated::step"), item))
    }

    /// Refuses, beside others in one loop, what a loop may change and Python looks at again.
    fn check_fixed(&mut self, parts: &[PyExpr]) {
        for part in parts {
            let ty = self.quietly(|this| this.expr(part).ty);
            let is_view = match part {
                PyExpr::Call(call) => match &*call.func {
                    PyExpr::Attribute(it) => {
                        matches!(it.attr.as_str(), "items" | "values" | "keys")
                            && call.arguments.is_empty()
                    }
                    PyExpr::Name(it) => it.id == "reversed",
                    _ => false,
                },
                _ => matches!(ty, Ty::Dict | Ty::Set),
            };
            if is_view {
                self.unsupported_with(
                    part.range(),
                    "what the loop may change, beside something else,",
                    "run over a copy: `list(…)`",
                );
            }
        }
    }

    /// Refuses a comprehension that may change the dicts that it runs over.
    pub(super) fn check_comprehension(
        &mut self,
        generators: &[ruff_python_ast::Comprehension],
        parts: &[&PyExpr],
    ) {
        let mut parts = parts.to_vec();
        parts.extend(generators.iter().flat_map(|it| it.ifs.iter()));
        for generator in generators {
            let is_view = match &generator.iter {
                PyExpr::Call(call) => matches!(&*call.func, PyExpr::Attribute(it)
                    if matches!(it.attr.as_str(), "items" | "values" | "keys")),
                _ => false,
            };
            let root = root(&generator.iter);
            if is_view && may_change_in(self.program, self.function, &parts, root) {
                self.unsupported_with(
                    generator.iter.range(),
                    "what the comprehension may change",
                    "run over a copy: `list(…)`",
                );
            }
        }
    }
}

/// The name of the variable that an expression is a part of.
fn root(expr: &PyExpr) -> Option<&str> {
    match expr {
        PyExpr::Name(name) => Some(name.id.as_str()),
        PyExpr::Attribute(it) => root(&it.value),
        PyExpr::Subscript(it) => root(&it.value),
        PyExpr::Call(call) => match &*call.func {
            PyExpr::Attribute(it) => root(&it.value),
            _ => call.arguments.args.first().and_then(root),
        },
        _ => None,
    }
}

fn stepping(expr: Expr, item: Ty) -> Iterable {
    Iterable {
        expr,
        item,
        steps: Steps::Raising,
    }
}
