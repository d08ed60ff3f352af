//! What Python makes item by item: generator expressions, `map`, `filter`.
//!
//! Where they are run through item by item they become loops, so that what each item takes is done
//! when Python does it. Where they are run through at once they become lists. Kept, they are
//! refused.

use ruff_python_ast::{Comprehension as PyComprehension, Expr as PyExpr, ExprCall, ExprGenerator};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{
    Collection, Comprehension, Cond, Entry, Expr, Generator, Iterable, Kind, Mode, Steps, Stmt,
    StmtKind, Target,
};
use crate::compiler::program::Consumed;
use crate::compiler::types::Ty;

/// What makes items one by one.
#[derive(Clone, Copy)]
pub(super) enum Lazy<'e> {
    /// `map(function, items)`.
    Map(&'e PyExpr, &'e PyExpr),
    /// `filter(function, items)`.
    Filter(&'e PyExpr, &'e PyExpr),
    /// `(… for … in …)`.
    Generator(&'e ExprGenerator),
}

impl Lowerer<'_, '_> {
    /// An expression as what makes items one by one.
    pub(super) fn lazily<'e>(&self, expr: &'e PyExpr) -> Option<Lazy<'e>> {
        match expr {
            PyExpr::Generator(it) => Some(Lazy::Generator(it)),
            PyExpr::Call(call) => {
                let PyExpr::Name(name) = &*call.func else {
                    return None;
                };
                let [function, items] = &*call.arguments.args else {
                    return None;
                };
                if !self.is_builtin(&name.id)
                    || !call.arguments.keywords.is_empty()
                    || call.arguments.args.iter().any(PyExpr::is_starred_expr)
                {
                    return None;
                }
                match name.id.as_str() {
                    "map" => Some(Lazy::Map(function, items)),
                    "filter" => Some(Lazy::Filter(function, items)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// How an expression is run through where it stands.
    pub fn consumed(&self, range: TextRange) -> Option<Consumed> {
        let module = &self.program.modules[self.module];
        module.consumed.get(&range).copied()
    }

    /// Refuses what is made item by item where it is not run through at once.
    pub(super) fn check_kept(&mut self, call: &ExprCall, what: &str) -> bool {
        if self.consumed(call.range()).is_some() {
            return true;
        }
        let what = format!("{what} that is kept");
        self.unsupported_with(call.range(), &what, "make a list of it where it is made");
        false
    }

    /// Items made one by one, as a list where all are taken first.
    pub(super) fn eager(&mut self, lazy: Lazy<'_>, range: TextRange) -> Expr {
        let Some(consumed) = self.consumed(range) else {
            let help = "write a list: `[… for … in …]`";
            return self.unsupported_with(range, "a generator that is kept", help);
        };
        let list = self.all_of(lazy, Collection::List, range);
        if consumed == Consumed::Stepwise && !is_quiet(&list) {
            return self.unsupported_with(
                range,
                "what is done for one item between what is done for others",
                "make a list first: `[… for … in …]`",
            );
        }
        list
    }

    /// All items, in a list or set.
    pub(super) fn all_of(&mut self, lazy: Lazy<'_>, makes: Collection, range: TextRange) -> Expr {
        let (function, items, is_filter) = match lazy {
            Lazy::Generator(it) => {
                return self.comprehension(makes, &it.elt, None, &it.generators, range);
            }
            Lazy::Map(function, items) => (function, items, false),
            Lazy::Filter(function, items) => (function, items, true),
        };
        let iterable = self.iterable(items);
        let local = self.inner("item", iterable.item.clone());
        let item = Expr::new(Kind::Local(local), iterable.item.clone(), range);
        let (item, conditions) = match is_filter {
            true => (item.clone(), vec![self.kept_by(function, item, range)]),
            false => (self.applied(function, item, range), Vec::new()),
        };
        let entry = Entry::Item(self.dynamic(item));
        let generator = Generator {
            iterable,
            target: Target::Local(local),
            conditions,
        };
        let ty = match makes {
            Collection::Set => Ty::Set,
            _ => Ty::List,
        };
        let comprehension = Comprehension {
            makes,
            loops: vec![generator],
            entry,
        };
        Expr::new(Kind::Comprehension(Box::new(comprehension)), ty, range)
    }

    /// The loops that make items one by one in a comprehension, and each item within them.
    pub(super) fn made_singly(
        &mut self,
        lazy: Lazy<'_>,
        range: TextRange,
        loops: &mut Vec<Generator>,
    ) -> Iterable {
        let expr = match lazy {
            Lazy::Generator(it) => {
                self.check_comprehension(&it.generators, &[&*it.elt]);
                self.names.push(Default::default());
                self.generators(&it.generators, loops);
                let item = self.expr(&it.elt);
                self.names.pop();
                item
            }
            Lazy::Map(function, items) | Lazy::Filter(function, items) => {
                let iterable = match self.lazily(items) {
                    Some(inner) => self.made_singly(inner, items.range(), loops),
                    None => self.iterable(items),
                };
                let local = self.inner("item", iterable.item.clone());
                self.locals[local].is_made = true;
                let item = Expr::new(Kind::Local(local), iterable.item.clone(), range);
                let (item, conditions) = match lazy {
                    Lazy::Filter(..) => {
                        let kept = self.kept_by(function, item.clone(), range);
                        (item, vec![kept])
                    }
                    _ => (self.applied(function, item, range), Vec::new()),
                };
                loops.push(Generator {
                    iterable,
                    target: Target::Local(local),
                    conditions,
                });
                item
            }
        };
        Iterable {
            item: expr.ty.clone(),
            expr,
            steps: Steps::Once,
        }
    }

    fn kept_by(&mut self, function: &PyExpr, item: Expr, range: TextRange) -> Cond {
        match function {
            PyExpr::NoneLiteral(_) => self.truth(item),
            function => {
                let kept = self.applied(function, item, range);
                self.truth(kept)
            }
        }
    }

    /// A loop that does something with each item as it is made. What is done stands in the scope
    /// around; `leave` is a local that is true once no more items are asked for.
    pub(super) fn each(
        &mut self,
        lazy: Lazy<'_>,
        range: TextRange,
        leave: Option<usize>,
        then: &mut dyn FnMut(&mut Self, Expr) -> Vec<Stmt>,
    ) -> Vec<Stmt> {
        let (function, items, is_filter) = match lazy {
            Lazy::Generator(it) => {
                let elt = &it.elt;
                self.names.push(Default::default());
                let depth = self.narrowed.len();
                let stmts = self.level(&it.generators, range, leave, &mut |this| {
                    let item = this.expr(elt);
                    let scope = this.names.pop();
                    let stmts = then(this, item);
                    this.names.extend(scope);
                    stmts
                });
                self.narrowed.truncate(depth);
                self.names.pop();
                return stmts;
            }
            Lazy::Map(function, items) => (function, items, false),
            Lazy::Filter(function, items) => (function, items, true),
        };
        let iterable = self.iterable(items);
        let local = self.inner("item", iterable.item.clone());
        self.locals[local].is_made = true;
        let item = Expr::new(Kind::Local(local), iterable.item.clone(), range);
        let stmt = |kind| Stmt { kind, range };
        let body = match is_filter {
            true => {
                let cond = self.kept_by(function, item.clone(), range);
                let then = then(self, item);
                vec![stmt(StmtKind::If(cond, then, Vec::new()))]
            }
            false => {
                let mapped = self.applied(function, item, range);
                then(self, mapped)
            }
        };
        let target = Target::Local(local);
        vec![stmt(StmtKind::For(target, iterable, body, Vec::new()))]
    }

    /// The loops of a generator expression, outermost first.
    fn level(
        &mut self,
        generators: &[PyComprehension],
        range: TextRange,
        leave: Option<usize>,
        then: &mut dyn FnMut(&mut Self) -> Vec<Stmt>,
    ) -> Vec<Stmt> {
        let Some((first, others)) = generators.split_first() else {
            return then(self);
        };
        let stmt = |kind| Stmt { kind, range };
        let iterable = self.iterable(&first.iter);
        let before = self.locals.len();
        let target = self.inner_target(&first.target, &iterable.item);
        for local in before..self.locals.len() {
            self.locals[local].is_made = true;
        }
        let mut conditions = Vec::new();
        for condition in &first.ifs {
            let cond = self.cond(condition);
            self.narrow(&cond, true);
            conditions.push(cond);
        }
        let mut body = self.level(others, range, leave, then);
        if let Some(leave) = leave
            && !others.is_empty()
        {
            let left = Cond::Expr(Expr::new(Kind::Local(leave), Ty::Bool, range));
            let jump = vec![stmt(StmtKind::Break)];
            body.push(stmt(StmtKind::If(left, jump, Vec::new())));
        }
        if !conditions.is_empty() {
            let cond = match conditions.len() {
                1 => conditions.remove(0),
                _ => Cond::And(conditions),
            };
            body = vec![stmt(StmtKind::If(cond, body, Vec::new()))];
        }
        vec![stmt(StmtKind::For(target, iterable, body, Vec::new()))]
    }

    /// `items.extend(…)` of what is made item by item: each is added once it is made.
    pub(super) fn extended(
        &mut self,
        call: &ExprCall,
        range: TextRange,
        found: &mut Vec<Stmt>,
    ) -> bool {
        let (PyExpr::Attribute(attribute), [items]) = (&*call.func, &*call.arguments.args) else {
            return false;
        };
        if attribute.attr.as_str() != "extend" || !attribute.value.is_name_expr() {
            return false;
        }
        let Some(lazy) = self.lazily(items) else {
            return false;
        };
        let list = self.expr(&attribute.value);
        if list.ty != Ty::List {
            return false;
        }
        let loops = self.each(lazy, range, None, &mut |this, item| {
            let item = this.dynamic(item);
            let operands = vec![(list.clone(), Mode::Ref), (item, Mode::Owned)];
            let added = Expr::op("list::append({0}, {1})", operands, Ty::None, range);
            let kind = StmtKind::Expr(added.item("list", "append"));
            vec![Stmt { kind, range }]
        });
        found.extend(loops);
        true
    }

    /// `any(…)` and `all(…)` of what is made item by item: the first item that decides is the last.
    pub(super) fn decided(&mut self, lazy: Lazy<'_>, is_any: bool, range: TextRange) -> Expr {
        let found = self.fresh(if is_any { "any" } else { "all" }, Ty::Bool);
        let stmt = |kind| Stmt { kind, range };
        let set = |value| {
            let value = Expr::new(Kind::Bool(value), Ty::Bool, range);
            stmt(StmtKind::Assign(Target::Local(found), value))
        };
        let is_nested = matches!(lazy, Lazy::Generator(it) if it.generators.len() > 1);
        if is_nested && !is_any {
            let help = "nest the calls: `all(all(…) for …)`";
            return self.unsupported_with(range, "`all` over nested loops", help);
        }
        let mut stmts = vec![set(!is_any)];
        let loops = self.each(
            lazy,
            range,
            is_nested.then_some(found),
            &mut |this, item| {
                let truth = this.truth(item);
                let cond = if is_any { truth } else { super::negated(truth) };
                let then = vec![set(is_any), stmt(StmtKind::Break)];
                vec![stmt(StmtKind::If(cond, then, Vec::new()))]
            },
        );
        stmts.extend(loops);
        let read = Expr::new(Kind::Local(found), Ty::Bool, range);
        Expr::new(Kind::Block(stmts, Box::new(read)), Ty::Bool, range)
    }

    /// A value that every item changes by a function of the support modules.
    pub(super) fn folded(
        &mut self,
        lazy: Lazy<'_>,
        start: Expr,
        (module, item): (&str, &str),
        range: TextRange,
    ) -> Expr {
        let ty = start.ty.clone();
        let total = self.fresh("total", ty.clone());
        let read = Expr::new(Kind::Local(total), ty.clone(), range);
        let stmt = |kind| Stmt { kind, range };
        let mut stmts = vec![stmt(StmtKind::Assign(Target::Local(total), start))];
        let loops = self.each(lazy, range, None, &mut |this, value| {
            let value = this.dynamic(value);
            let mode = if ty == Ty::Value {
                Mode::Ref
            } else {
                Mode::Owned
            };
            let operands = vec![(read.clone(), mode), (value, mode)];
            let template = format!("{module}::{item}({{0}}, {{1}})");
            let next = Expr::op(&template, operands, ty.clone(), range);
            let next = next.raising().item(module, item);
            vec![stmt(StmtKind::Assign(Target::Local(total), next))]
        });
        stmts.extend(loops);
        Expr::new(Kind::Block(stmts, Box::new(read.clone())), ty, range)
    }

    /// `sum(…)` of what is made item by item.
    pub(super) fn summed(
        &mut self,
        lazy: Lazy<'_>,
        start: Option<&PyExpr>,
        range: TextRange,
    ) -> Expr {
        let start = match start {
            Some(start) => self.expr(start),
            None => Expr::new(Kind::Int(0), Ty::Int, range),
        };
        if !matches!(start.ty, Ty::Int | Ty::Float | Ty::Opaque(_) | Ty::Never) {
            return self.unsupported(range, "`sum` that begins with this");
        }
        let start = self.dynamic(start);
        self.folded(lazy, start, ("ops", "add"), range)
    }

    /// `min(…)` and `max(…)` of what is made item by item.
    pub(super) fn extreme(&mut self, lazy: Lazy<'_>, name: &str, range: TextRange) -> Expr {
        let nothing = Expr::new(Kind::None, Ty::Option(Box::new(Ty::Value)), range);
        let item = format!("{name}_next");
        let found = self.folded(lazy, nothing, ("builtins", &item), range);
        let template = format!("builtins::expect_one({{0}}, {name:?})");
        let one = Expr::op(&template, vec![(found, Mode::Owned)], Ty::Value, range);
        one.raising().item("builtins", "expect_one")
    }

    /// `next(iterable)` and `next(iterable, default)`: the first item.
    pub(super) fn first(
        &mut self,
        items: &PyExpr,
        default: Option<&PyExpr>,
        range: TextRange,
    ) -> Expr {
        let lazy = self.lazily(items);
        if let Some(Lazy::Generator(it)) = lazy
            && let [one] = &it.generators[..]
            && one.ifs.is_empty()
        {
            return self.unsupported_with(range, "`next` of all items", "take the item `[0]`");
        }
        if let Some(lazy @ (Lazy::Generator(_) | Lazy::Filter(..))) = lazy {
            return self.first_kept(lazy, default, range);
        }
        let items = match items {
            PyExpr::Call(call) if matches!(&*call.func, PyExpr::Name(name) if name.id == "iter" && self.is_builtin("iter")) => {
                match &*call.arguments.args {
                    [items] => items,
                    _ => return self.unsupported(range, "`iter` of a function"),
                }
            }
            items => {
                let value = self.expr(items);
                let next = self.special(&value, "__next__", Vec::new(), range);
                return match (next, default) {
                    (Some(next), None) => next,
                    _ => self.unsupported(range, "`next` of an iterator that is kept"),
                };
            }
        };
        let iterable = self.iterable(items);
        if iterable.steps != Steps::Plain {
            return self.unsupported(range, "`next` of pages");
        }
        let operands = vec![(iterable.expr, Mode::Receiver)];
        let Some(default) = default else {
            let found = Expr::op(
                "{0}.next().ok_or_else(error::stop_iteration)",
                operands,
                iterable.item,
                range,
            );
            return found.raising().item("error", "stop_iteration");
        };
        let default = self.expr(default);
        let Some(ty) = iterable.item.join(&default.ty) else {
            return self.unsupported(range, "`next` with this default");
        };
        let (item, is_plain) = (iterable.item.clone(), iterable.item == ty);
        let default = self.coerce(default, &ty);
        let mut operands = operands;
        operands.push((default, Mode::Owned));
        match (is_plain, item == Ty::Value) {
            (true, _) => Expr::op("{0}.next().unwrap_or({1})", operands, ty, range),
            (false, _) if ty == item.clone().option() => {
                operands.pop();
                Expr::op("{0}.next()", operands, ty, range)
            }
            _ => Expr::op("{0}.next().map_or({1}, Value::from)", operands, ty, range),
        }
    }

    fn first_kept(&mut self, lazy: Lazy<'_>, default: Option<&PyExpr>, range: TextRange) -> Expr {
        let default = default.map(|it| self.expr(it));
        if default.as_ref().is_some_and(|it| !is_quiet(it)) {
            return self.unsupported(range, "`next` with a default that does something");
        }
        let stmt = |kind| Stmt { kind, range };
        // The type of the items is known once the loop is lowered.
        let found = self.fresh("found", Ty::Never);
        let is_nested = matches!(lazy, Lazy::Generator(it) if it.generators.len() > 1);
        if is_nested {
            return self.unsupported(range, "`next` over nested loops");
        }
        let mut item_ty = Ty::Never;
        let default_ty = default.as_ref().map(|it| it.ty.clone());
        let loops = self.each(lazy, range, None, &mut |this, item| {
            let joined = default_ty
                .as_ref()
                .map_or(Some(item.ty.clone()), |it| it.join(&item.ty));
            item_ty = joined.unwrap_or(Ty::Value);
            let item = this.coerce(item, &item_ty);
            let item = match default_ty {
                Some(_) => item,
                None => {
                    let ty = Ty::Option(Box::new(item_ty.clone()));
                    Expr::new(Kind::Widen(Box::new(item)), ty, range)
                }
            };
            let target = Target::Local(found);
            vec![stmt(StmtKind::Assign(target, item)), stmt(StmtKind::Break)]
        });
        let (start, ty) = match default {
            Some(default) => (self.coerce(default, &item_ty), item_ty.clone()),
            None => {
                let ty = Ty::Option(Box::new(item_ty.clone()));
                (Expr::new(Kind::None, ty.clone(), range), ty)
            }
        };
        self.locals[found].ty = ty.clone();
        let mut stmts = vec![stmt(StmtKind::Assign(Target::Local(found), start))];
        stmts.extend(loops);
        let read = Expr::new(Kind::Local(found), ty.clone(), range);
        let block = Expr::new(Kind::Block(stmts, Box::new(read)), ty, range);
        if default_ty.is_some() {
            return block;
        }
        let operands = vec![(block, Mode::Owned)];
        let template = "{0}.ok_or_else(error::stop_iteration)";
        let found = Expr::op(template, operands, item_ty, range);
        found.raising().item("error", "stop_iteration")
    }
}

/// Whether nobody can tell when, or how often, an expression is evaluated.
pub fn is_quiet(expr: &Expr) -> bool {
    let mut walk = Quiet(true);
    walk.expr(expr);
    walk.0
}

struct Quiet(bool);

impl Visitor for Quiet {
    fn stmt(&mut self, stmt: &Stmt) {
        self.0 &= !matches!(stmt.kind, StmtKind::Raise(_) | StmtKind::SetGlobal(..));
        self.walk_stmt(stmt);
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Op(op) => {
                self.0 &= !op.raises && !op.awaits && expr.ty != Ty::None;
            }
            Kind::Call(_) | Kind::Gather(..) => self.0 = false,
            _ => {}
        }
        self.walk_expr(expr);
    }
}
