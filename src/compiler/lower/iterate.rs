//! What loops run over.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::Ranged;

use super::Lowerer;
use crate::compiler::ir::{Expr, Iterable, Kind, Mode, Steps};
use crate::compiler::mapping;
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// What a loop or comprehension runs over.
    pub fn iterable(&mut self, expr: &PyExpr) -> Iterable {
        if let PyExpr::Call(call) = expr {
            if let Some(found) = mapping::iterate(self, call) {
                return found;
            }
            if let Some(found) = self.iterating_call(call) {
                return found;
            }
        }
        if let Some(lazy) = self.lazily(expr) {
            let list = self.eager(lazy, expr.range());
            return self.iterable_of(list);
        }
        let value = self.taken(expr);
        self.iterable_of(value)
    }

    /// An expression that is run through where it stands.
    pub(super) fn taken(&mut self, expr: &PyExpr) -> Expr {
        let outer = self.taking.replace(expr.range());
        let value = self.expr(expr);
        self.taking = outer;
        value
    }

    /// A value as what a loop runs over.
    pub fn iterable_of(&mut self, value: Expr) -> Iterable {
        let value = match self.generated(value) {
            Ok(iterable) => return iterable,
            Err(value) => value,
        };
        let range = value.range;
        let over = |template: &str, value, mode, item: Ty| Iterable {
            expr: Expr::op(template, vec![(value, mode)], Ty::Never, range),
            item,
            steps: Steps::Plain,
        };
        if let Ty::Static(found) = &value.ty
            && let Entity::Class(class) = **found
            && let Some(members) = self.run_over(class, range)
        {
            return members;
        }
        if let Some(found) = mapping::iterate_value(&value) {
            return found;
        }
        if let Some(found) = self.stepping_itself(&value) {
            return found;
        }
        match value.ty.clone() {
            Ty::List => over("{0}.iter()", value, Mode::Receiver, Ty::Value),
            Ty::Dict => over(
                "{0}.to_keys().into_iter()",
                value,
                Mode::Receiver,
                Ty::Value,
            ),
            Ty::Str => over(
                "{0}.chars().map(String::from)",
                value,
                Mode::Receiver,
                Ty::Str,
            ),
            Ty::Tuple(items) => {
                let ty = items.iter().try_fold(Ty::Never, |ty, item| ty.join(item));
                match (ty, value.kind) {
                    (Some(ty), Kind::Tuple(items)) => {
                        let holes: Vec<String> =
                            (0..items.len()).map(|at| format!("{{{at}}}")).collect();
                        let template = format!("[{}].into_iter()", holes.join(", "));
                        let items: Vec<_> = items
                            .into_iter()
                            .map(|item| (self.coerce(item, &ty), Mode::Owned))
                            .collect();
                        Iterable {
                            expr: Expr::op(&template, items, Ty::Never, range),
                            item: ty,
                            steps: Steps::Plain,
                        }
                    }
                    (_, kind) => {
                        let value = Expr::new(kind, Ty::Tuple(items), range);
                        let value = self.dynamic(value);
                        self.iterable_of(value)
                    }
                }
            }
            Ty::Run(item) if !value.is_simple() => {
                over("{0}.into_iter()", value, Mode::Receiver, *item)
            }
            Ty::Run(_) => {
                let expr = self.unsupported_with(
                    range,
                    "a generator that is kept",
                    "run over it where it is asked for: `for record in event.records:`",
                );
                Iterable {
                    expr,
                    item: Ty::Never,
                    steps: Steps::Plain,
                }
            }
            Ty::Never => over("{0}.iter()", value, Mode::Receiver, Ty::Never),
            _ => {
                let value = self.dynamic(value);
                let expr = Expr::op(
                    "{0}.iterate()",
                    vec![(value, Mode::Receiver)],
                    Ty::Never,
                    range,
                );
                Iterable {
                    expr: expr.raising().item("value", "Value::iterate"),
                    item: Ty::Value,
                    steps: Steps::Plain,
                }
            }
        }
    }

    /// What has a mapped `__next__`, and is its own iterator.
    fn stepping_itself(&self, value: &Expr) -> Option<Iterable> {
        let Ty::Opaque(_) = value.ty else {
            return None;
        };
        let python = self.python_type(&value.ty);
        let (_, overloads) = self.support.member(&python, "__next__");
        let signature = overloads
            .iter()
            .find(|it| it.raises && !it.is_method && !it.awaits)?;
        let next = format!("{}::{}", signature.module, signature.item);
        let template = format!("iterate::stepped({{0}}, {next})");
        let operands = vec![(value.clone(), Mode::Owned)];
        let expr = Expr::op(&template, operands, Ty::Never, value.range)
            .item("iterate", "stepped")
            .item("iterate", "Stepped::step")
            .item(&signature.module, &signature.item);
        Some(Iterable {
            expr,
            item: signature.returns.clone(),
            steps: Steps::Raising,
        })
    }

    /// A value that is unpacked into a display, as a `Value`.
    pub fn iterable_value(&mut self, value: Expr) -> Expr {
        match value.ty {
            Ty::List => value,
            _ => self.dynamic(value),
        }
    }

    /// Calls that make no list in a loop: `range`, `enumerate`, `zip`, `d.items()`, ….
    fn iterating_call(&mut self, call: &ruff_python_ast::ExprCall) -> Option<Iterable> {
        let range = call.range();
        let arguments = &call.arguments;
        if let PyExpr::Attribute(attribute) = &*call.func {
            if !arguments.is_empty() {
                return None;
            }
            let (template, item) = match attribute.attr.as_str() {
                "items" => (
                    "{0}.pairs().into_iter()",
                    Ty::Tuple(vec![Ty::Value, Ty::Value]),
                ),
                "values" => ("dict::values({0}).iter()", Ty::Value),
                "keys" => ("{0}.to_keys().into_iter()", Ty::Value),
                _ => return None,
            };
            let mode = match template.starts_with("dict") {
                true => Mode::Ref,
                false => Mode::Receiver,
            };
            let receiver = self.expr(&attribute.value);
            let receiver = match receiver.ty {
                Ty::Dict => receiver,
                Ty::Value => self.expect(receiver, "dict", &attribute.attr)?,
                _ => return None,
            };
            return Some(Iterable {
                expr: Expr::op(template, vec![(receiver, mode)], Ty::Never, range),
                item,
                steps: Steps::Plain,
            });
        }
        let PyExpr::Name(name) = &*call.func else {
            return None;
        };
        if !self.is_builtin(&name.id) || arguments.args.iter().any(PyExpr::is_starred_expr) {
            return None;
        }
        match (name.id.as_str(), &*arguments.args) {
            ("range", bounds) if arguments.keywords.is_empty() && bounds.len() < 3 => {
                let bounds: Vec<Expr> = bounds.iter().map(|it| self.expr(it)).collect();
                if bounds
                    .iter()
                    .any(|it| !matches!(it.ty, Ty::Int | Ty::Never))
                {
                    return None;
                }
                let operands: Vec<_> = bounds.into_iter().map(|it| (it, Mode::Owned)).collect();
                let template = match operands.len() {
                    1 => "(0..{0})",
                    _ => "({0}..{1})",
                };
                Some(Iterable {
                    expr: Expr::op(template, operands, Ty::Never, range),
                    item: Ty::Int,
                    steps: Steps::Plain,
                })
            }
            ("enumerate", [items, start @ ..]) if start.len() < 2 => {
                let start = match (start, &*arguments.keywords) {
                    ([start], []) => self.expr(start),
                    ([], [start]) if start.arg.as_deref() == Some("start") => {
                        self.expr(&start.value)
                    }
                    ([], []) => Expr::new(Kind::Int(0), Ty::Int, range),
                    _ => return None,
                };
                if start.ty != Ty::Int {
                    return None;
                }
                let items = self.iterable(items);
                if items.steps != Steps::Plain {
                    return None;
                }
                let item = Ty::Tuple(vec![Ty::Int, items.item]);
                let operands = vec![(start, Mode::Owned), (items.expr, Mode::Owned)];
                Some(Iterable {
                    expr: Expr::op("({0}_i64..).zip({1})", operands, Ty::Never, range),
                    item,
                    steps: Steps::Plain,
                })
            }
            ("zip", [one, other]) if arguments.keywords.is_empty() => {
                let one = self.iterable(one);
                let other = self.iterable(other);
                if one.steps != Steps::Plain || other.steps != Steps::Plain {
                    return None;
                }
                let item = Ty::Tuple(vec![one.item, other.item]);
                let operands = vec![(one.expr, Mode::Receiver), (other.expr, Mode::Owned)];
                Some(Iterable {
                    expr: Expr::op("{0}.zip({1})", operands, Ty::Never, range),
                    item,
                    steps: Steps::Plain,
                })
            }
            _ => None,
        }
    }
}
