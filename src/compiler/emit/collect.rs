//! Displays and comprehensions in Rust, and what loops bind.

use super::Emitter;
use super::text::atomic;
use crate::compiler::ir::{
    Collection, Comprehension, Entry, Expr, Generator, Kind, LocalId, Mode, Steps, Target,
};
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    pub(super) fn collect(&mut self, makes: Collection, entries: &[Entry]) -> String {
        let (name, module) = match makes {
            Collection::List => ("List", "list"),
            Collection::Set => ("Set", "set"),
            Collection::Dict => ("Dict", "dict"),
        };
        self.need(module, name);
        if entries.is_empty() {
            return format!("{name}::new()");
        }
        let plain = entries.iter().all(|entry| match entry {
            Entry::Item(_) => makes == Collection::List,
            Entry::Pair(key, _) => key.ty == Ty::Str,
            Entry::Spread(_) => false,
        });
        if plain {
            let parts: Vec<String> = entries.iter().map(|it| self.plain_entry(it)).collect();
            return format!("{name}::from([{}])", parts.join(", "));
        }
        self.sparing(&name.to_lowercase(), |this, variable| {
            let added: String = entries
                .iter()
                .map(|entry| this.add(variable, makes, entry))
                .collect();
            format!("{{ let {variable} = {name}::new(); {added}{variable} }}")
        })
    }

    pub(super) fn plain_entry(&mut self, entry: &Entry) -> String {
        match entry {
            Entry::Item(value) | Entry::Spread(value) => self.expr(value, Mode::Owned),
            Entry::Pair(key, value) => {
                let key = match key.kind {
                    Kind::Str(_) => self.expr(key, Mode::Ref),
                    _ => {
                        let key = self.expr(key, Mode::Ref);
                        key.trim_start_matches('&').to_owned()
                    }
                };
                let key = match entry {
                    Entry::Pair(
                        Expr {
                            kind: Kind::Str(_), ..
                        },
                        _,
                    ) => key,
                    _ => format!("&*{key}"),
                };
                format!("({key}, {})", self.expr(value, Mode::Owned))
            }
        }
    }

    /// A statement that adds an entry to a list, dict or set.
    pub(super) fn add(&mut self, variable: &str, makes: Collection, entry: &Entry) -> String {
        match entry {
            Entry::Item(value) => {
                let value = self.expr(value, Mode::Owned);
                match makes {
                    Collection::Set => {
                        let added = self.raised(format!("{variable}.add({value})"));
                        self.need("set", "Set::add");
                        format!("{added}; ")
                    }
                    _ => {
                        self.need("list", "List::push");
                        format!("{variable}.push({value}); ")
                    }
                }
            }
            Entry::Pair(key, value) => {
                let is_text = key.ty == Ty::Str;
                let key = match is_text {
                    true => self.shortest(key),
                    false => self.expr(key, Mode::Owned),
                };
                let value = self.expr(value, Mode::Owned);
                match is_text {
                    true => {
                        self.need("dict", "Dict::insert");
                        format!("{variable}.insert({key}, {value}); ")
                    }
                    false => {
                        self.need("dict", "Dict::set_item");
                        let set = self.raised(format!("{variable}.set_item({key}, {value})"));
                        format!("{set}; ")
                    }
                }
            }
            Entry::Spread(value) => {
                let is_known = matches!(value.ty, Ty::Dict | Ty::List);
                let value = self.expr(value, Mode::Ref);
                let (module, function) = match (makes, is_known) {
                    (Collection::Dict, true) => ("dict", "update"),
                    (Collection::Dict, false) => ("dict", "unpack"),
                    (Collection::List, _) => ("list", "extend"),
                    (Collection::Set, _) => ("set", "update"),
                };
                self.need(module, function);
                let value = match (makes, is_known) {
                    (Collection::Dict, _) => value,
                    (_, true) => format!("{}.iter()", atomic(value.trim_start_matches('&'))),
                    (Collection::List, false) => {
                        self.need("list", "unpacked");
                        self.raised(format!("list::unpacked({value})"))
                    }
                    (_, false) => {
                        self.need("value", "Value::iterate");
                        let text = format!("{}.iterate()", atomic(value.trim_start_matches('&')));
                        self.raised(text)
                    }
                };
                let call = format!("{module}::{function}(&{variable}, {value})");
                match is_known && makes != Collection::Set || makes == Collection::List {
                    true => format!("{call}; "),
                    false => format!("{}; ", self.raised(call)),
                }
            }
        }
    }

    pub(super) fn comprehension(&mut self, it: &Comprehension) -> String {
        let (name, module) = match it.makes {
            Collection::List => ("List", "list"),
            Collection::Set => ("Set", "set"),
            Collection::Dict => ("Dict", "dict"),
        };
        self.need(module, name);
        let variable = match it.makes {
            Collection::List => "items",
            Collection::Set => "items",
            Collection::Dict => "members",
        };
        self.sparing(variable, |this, variable| {
            let inner = this.generators(&it.loops, it, variable);
            format!("{{ let {variable} = {name}::new(); {inner} {variable} }}")
        })
    }

    pub(super) fn generators(
        &mut self,
        loops: &[Generator],
        it: &Comprehension,
        variable: &str,
    ) -> String {
        let Some((first, others)) = loops.split_first() else {
            return self.add(variable, it.makes, &it.entry);
        };
        if first.iterable.steps == Steps::Once {
            let value = self.expr(&first.iterable.expr, Mode::Owned);
            let (pattern, before) = self.pattern(&first.target, &first.iterable.item);
            let inner = self.filtered(first, others, it, variable);
            return format!("let {pattern} = {value}; {before} {inner}");
        }
        if first.iterable.steps != Steps::Plain {
            // The stream lives outside of the loop, which asks it for one item after another.
            let stream = self.expr(&first.iterable.expr, Mode::Owned);
            return self.sparing("pages", |this, name| {
                let next = match first.iterable.steps {
                    Steps::Awaiting => format!("{name}.next().await"),
                    _ => format!("{name}.step()"),
                };
                let next = this.raised(next);
                let (pattern, before) = this.pattern(&first.target, &first.iterable.item);
                let inner = this.filtered(first, others, it, variable);
                format!("let mut {name} = {stream}; while let Some({pattern}) = {next} {{ {before} {inner} }}")
            });
        }
        let head = self.loop_head(&first.target, &first.iterable);
        let inner = self.filtered(first, others, it, variable);
        format!("{} {{ {} {inner} }}", head.0, head.1)
    }

    /// What a loop of a comprehension does where its conditions hold.
    pub(super) fn filtered(
        &mut self,
        first: &Generator,
        others: &[Generator],
        it: &Comprehension,
        variable: &str,
    ) -> String {
        let conditions: Vec<String> = first.conditions.iter().map(|it| self.chain(it)).collect();
        let inner = self.generators(others, it, variable);
        match conditions.is_empty() {
            true => inner,
            false => format!("if {} {{ {inner} }}", conditions.join(" && ")),
        }
    }

    /// The head of a loop, and what its body begins with.
    pub(super) fn loop_head(
        &mut self,
        target: &Target,
        iterable: &crate::compiler::ir::Iterable,
    ) -> (String, String) {
        let (pattern, first) = self.pattern(target, &iterable.item);
        let over = self.expr(&iterable.expr, Mode::Owned);
        let over = match over.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
            Some(range) if !range.contains(['(', ')']) => range,
            _ => &over,
        };
        (format!("for {pattern} in {over}"), first)
    }

    /// A target as a pattern, and what is done to bind parts of unknown values.
    pub(super) fn pattern(&mut self, target: &Target, ty: &Ty) -> (String, String) {
        match (target, ty) {
            (Target::Ignore, _) => ("_".to_owned(), String::new()),
            (Target::Local(local), _) => {
                let is_used = self.uses.get(local).is_some_and(|it| it.reads > 0);
                let mutable = self.is_mutable(*local);
                let name = &self.names[*local];
                if self.suffixed.remove(local) {
                    return (format!("{name}_"), String::new());
                }
                let name = match (is_used, mutable) {
                    (false, _) => format!("_{}", name.trim_start_matches('_')),
                    (true, true) => format!("mut {name}"),
                    (true, false) => name.clone(),
                };
                (name, String::new())
            }
            (Target::Tuple(parts), Ty::Tuple(types)) => {
                let mut patterns = Vec::new();
                let mut first = String::new();
                for (part, ty) in parts.iter().zip(types) {
                    let (pattern, more) = self.pattern(part, ty);
                    patterns.push(pattern);
                    first.push_str(&more);
                }
                let comma = if patterns.len() == 1 { "," } else { "" };
                (format!("({}{comma})", patterns.join(", ")), first)
            }
            (Target::Tuple(parts), _) => {
                self.need("value", "Value::unpack");
                let mut patterns = Vec::new();
                let mut more = String::new();
                for part in parts {
                    let (pattern, first) = self.pattern(part, &Ty::Value);
                    patterns.push(pattern);
                    more.push_str(&first);
                }
                let item = self.spare("item");
                let unpacked = self.raised(format!("{item}.unpack()"));
                let first = format!("let [{}] = {unpacked}; {more}", patterns.join(", "));
                (item, first)
            }
        }
    }

    /// Whether a local is bound more than once where it is declared as a pattern.
    pub(super) fn is_mutable(&self, local: LocalId) -> bool {
        self.rebound.contains(&local)
    }
}
