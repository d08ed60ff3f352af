//! Displays and comprehensions.

use std::collections::BTreeMap;

use ruff_python_ast::{Comprehension as PyComprehension, Expr as PyExpr, ExprDict};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Collection, Comprehension, Entry, Expr, Generator, Kind};
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// `[a, *b]`, `{a, *b}`.
    pub fn items(&mut self, makes: Collection, items: &[PyExpr], range: TextRange) -> Expr {
        let mut entries = Vec::new();
        let is_encoded = self.encoded.contains(&(self.module, range));
        for item in items {
            entries.push(match item {
                PyExpr::Starred(it) => {
                    let value = self.expr(&it.value);
                    Entry::Spread(self.iterable_value(value))
                }
                item => {
                    let value = self.encoded_part(item, is_encoded);
                    Entry::Item(self.dynamic(value))
                }
            });
        }
        Expr::new(Kind::Collect(makes, entries), type_of(makes), range)
    }

    /// `{"a": b, **c}`.
    pub fn members(&mut self, it: &ExprDict) -> Expr {
        let mut entries = Vec::new();
        let is_encoded = self.encoded.contains(&(self.module, it.range()));
        for item in &it.items {
            let value = self.encoded_part(&item.value, is_encoded);
            entries.push(match &item.key {
                Some(key) => {
                    let key = self.expr(key);
                    let key = match key.ty {
                        Ty::Str => key,
                        _ => self.dynamic(key),
                    };
                    Entry::Pair(key, self.dynamic(value))
                }
                None => Entry::Spread(self.dynamic_or_dict(value)),
            });
        }
        Expr::new(
            Kind::Collect(Collection::Dict, entries),
            Ty::Dict,
            it.range(),
        )
    }

    /// Notes that a display becomes JSON as it stands, and is seen by nothing else.
    pub fn encode(&mut self, display: &PyExpr) {
        if display.is_dict_expr() || display.is_list_expr() {
            self.encoded.insert((self.module, display.range()));
        }
    }

    /// A part of a display. In JSON, a member that is a `str` or an `int` too is only that.
    fn encoded_part(&mut self, part: &PyExpr, is_encoded: bool) -> Expr {
        if !is_encoded {
            return self.expr(part);
        }
        self.encode(part);
        let value = self.expr(part);
        self.underlying(value)
    }

    fn dynamic_or_dict(&mut self, value: Expr) -> Expr {
        match value.ty {
            Ty::Dict => value,
            _ => self.dynamic(value),
        }
    }

    /// A comprehension.
    pub fn comprehension(
        &mut self,
        makes: Collection,
        item: &PyExpr,
        value: Option<&PyExpr>,
        generators: &[PyComprehension],
        range: TextRange,
    ) -> Expr {
        let mut parts = vec![item];
        parts.extend(value);
        self.check_comprehension(generators, &parts);
        self.names.push(BTreeMap::new());
        let depth = self.narrowed.len();
        let mut loops = Vec::new();
        self.generators(generators, &mut loops);
        let first = self.expr(item);
        let entry = match value {
            Some(value) => {
                let value = self.expr(value);
                let key = match first.ty {
                    Ty::Str => first,
                    _ => self.dynamic(first),
                };
                Entry::Pair(key, self.dynamic(value))
            }
            None => Entry::Item(self.dynamic(first)),
        };
        self.narrowed.truncate(depth);
        self.names.pop();
        let comprehension = Comprehension {
            makes,
            loops,
            entry,
        };
        let kind = Kind::Comprehension(Box::new(comprehension));
        Expr::new(kind, type_of(makes), range)
    }

    /// The loops of a comprehension.
    pub(super) fn generators(
        &mut self,
        generators: &[PyComprehension],
        loops: &mut Vec<Generator>,
    ) {
        for generator in generators {
            let iterable = match self.lazily(&generator.iter) {
                Some(lazy) => self.made_singly(lazy, generator.iter.range(), loops),
                None => self.iterable(&generator.iter),
            };
            if generator.is_async && iterable.steps != crate::compiler::ir::Steps::Awaiting {
                self.unsupported(generator.range(), "`async for` over what is no stream");
            }
            let target = self.inner_target(&generator.target, &iterable.item);
            let mut conditions = Vec::new();
            for condition in &generator.ifs {
                let cond = self.cond(condition);
                self.narrow(&cond, true);
                conditions.push(cond);
            }
            loops.push(Generator {
                iterable,
                target,
                conditions,
            });
        }
    }

    /// The target of a comprehension's loop, in the comprehension's own scope.
    pub fn inner_target(&mut self, target: &PyExpr, ty: &Ty) -> crate::compiler::ir::Target {
        use crate::compiler::ir::Target;
        match (target, ty) {
            (PyExpr::Name(name), ty) => {
                let local = self.inner(&name.id, ty.clone());
                if let Some(scope) = self.names.last_mut() {
                    scope.insert(name.id.to_string(), local);
                }
                Target::Local(local)
            }
            (PyExpr::Tuple(it), Ty::Tuple(types)) if it.elts.len() == types.len() => {
                let parts = it.elts.iter().zip(types);
                Target::Tuple(parts.map(|(it, ty)| self.inner_target(it, ty)).collect())
            }
            (PyExpr::Tuple(it), Ty::Value | Ty::Never) => {
                let parts = it.elts.iter().map(|it| self.inner_target(it, &Ty::Value));
                Target::Tuple(parts.collect())
            }
            (PyExpr::List(it), Ty::Value | Ty::Never) => {
                let parts = it.elts.iter().map(|it| self.inner_target(it, &Ty::Value));
                Target::Tuple(parts.collect())
            }
            _ => {
                self.unsupported(target.range(), "this target of a loop");
                Target::Ignore
            }
        }
    }

    /// Binds a name in the innermost scope.
    pub fn bind_inner(&mut self, name: &str, local: usize) {
        if let Some(scope) = self.names.last_mut() {
            scope.insert(name.to_owned(), local);
        }
    }

    /// Lowers within a scope of its own.
    pub fn scoped<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.names.push(BTreeMap::new());
        let found = work(self);
        self.names.pop();
        found
    }
}

fn type_of(makes: Collection) -> Ty {
    match makes {
        Collection::List => Ty::List,
        Collection::Set => Ty::Set,
        Collection::Dict => Ty::Dict,
    }
}
