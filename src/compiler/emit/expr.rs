//! Expressions in Rust.

use ruff_text_size::TextRange;

use super::{Emitter, Raise};
use crate::compiler::ir::{
    Ahead, Call, Collection, Comprehension, Entry, Expr, Generator, Kind, LocalId, Logic, Match,
    Mode, Op, Piece, Steps, Target,
};
use crate::compiler::support::support;
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    /// An expression, taken in some way.
    pub(super) fn expr(&mut self, expr: &Expr, mode: Mode) -> String {
        match &expr.kind {
            Kind::None => self.none(&expr.ty),
            Kind::Bool(value) => value.to_string(),
            Kind::Int(value) => value.to_string(),
            Kind::Float(value) => float(*value),
            Kind::Str(text) => match mode {
                Mode::Owned if text.is_empty() => "String::new()".to_owned(),
                Mode::Owned => format!("{text:?}.to_owned()"),
                _ => format!("{text:?}"),
            },
            Kind::Bytes(bytes) => bytes_literal(bytes, mode),
            Kind::Local(local) => self.local(*local, expr.range, mode),
            Kind::Global(global) => self.global(*global, &expr.ty, mode),
            Kind::Const(path) => match (mode, &expr.ty) {
                (Mode::Owned, Ty::Str) => format!("{path}.to_owned()"),
                _ => path.clone(),
            },
            Kind::Tuple(items) => {
                let items: Vec<String> =
                    items.iter().map(|it| self.expr(it, Mode::Owned)).collect();
                let comma = if items.len() == 1 { "," } else { "" };
                referenced(format!("({}{comma})", items.join(", ")), mode, &expr.ty)
            }
            Kind::Widen(inner) => self.widen(inner, &expr.ty, mode),
            Kind::Op(op) => self.op(op, &expr.ty, mode),
            Kind::If(test, then, otherwise) => {
                let simple = then.is_simple() && otherwise.is_simple();
                let inner = match mode {
                    Mode::Ref | Mode::Str if simple => mode,
                    _ => Mode::Owned,
                };
                let turned = self.turned(test);
                let (test, then, otherwise) = match &turned {
                    Some(contrary) => (contrary, otherwise, then),
                    None => (&**test, then, otherwise),
                };
                let test = self.chain(test);
                let then = self.expr(then, inner);
                let otherwise = self.expr(otherwise, inner);
                let text = format!("if {test} {{ {then} }} else {{ {otherwise} }}");
                match inner == mode {
                    true => text,
                    false => referenced(format!("({text})"), mode, &expr.ty),
                }
            }
            Kind::Logic(op, left, right) => {
                let text = self.logic(*op, left, right, &expr.ty);
                referenced(text, mode, &expr.ty)
            }
            Kind::Cond(cond) => self.value(cond),
            Kind::Format(pieces) => referenced(self.format(pieces), mode, &expr.ty),
            Kind::Collect(makes, entries) => {
                referenced(self.collect(*makes, entries), mode, &expr.ty)
            }
            Kind::Comprehension(it) => referenced(self.comprehension(it), mode, &expr.ty),
            Kind::Call(call) => referenced(self.call(call), mode, &expr.ty),
            Kind::Gather(generator, body) => {
                referenced(self.gather(generator, body), mode, &expr.ty)
            }
            Kind::Ahead(it) => referenced(self.ahead(it), mode, &expr.ty),
            Kind::Closure(parameters, body) => self.closure(parameters, body),
            Kind::Match(it) => {
                let text = self.matched(it, |this, value| this.expr(value, Mode::Owned));
                referenced(text, mode, &expr.ty)
            }
            Kind::Block(stmts, last) => {
                let inner = self.block(stmts, false);
                let last = match last.kind {
                    // What the block declares is not read after it.
                    Kind::Local(local)
                        if self.body.locals[local].is_made
                            && !self.declared.contains(&local)
                            && !self.unbound.contains(&local) =>
                    {
                        self.names[local].clone()
                    }
                    _ => self.expr(last, Mode::Owned),
                };
                referenced(format!("{{ {inner} {last} }}"), mode, &expr.ty)
            }
            Kind::Static => "()".to_owned(),
        }
    }

    /// A match, each of whose values is written in some way.
    pub(super) fn matched(
        &mut self,
        it: &Match,
        mut value: impl FnMut(&mut Self, &Expr) -> String,
    ) -> String {
        let on = self.expr(&it.on, Mode::Owned);
        let mut arms = String::new();
        for arm in &it.arms {
            let names: Vec<String> = arm.binds.iter().map(|it| self.names[*it].clone()).collect();
            let pattern = fill(&arm.pattern, &names);
            let value = value(self, &arm.value);
            arms.push_str(&format!("{pattern} => {value},\n"));
        }
        format!("match {on} {{\n{arms}}}")
    }

    fn none(&self, ty: &Ty) -> String {
        match ty {
            Ty::Option(_) => "None".to_owned(),
            Ty::Value => "Value::None".to_owned(),
            _ => "()".to_owned(),
        }
    }

    /// A read of a variable that may not be bound yet.
    fn maybe_unbound(&mut self, name: &str, source: &str, ty: &Ty, mode: Mode) -> String {
        self.need("error", "unbound_local");
        let held = if ty.is_copy() {
            name.to_owned()
        } else {
            format!("{name}.clone()")
        };
        let text = format!("{held}.ok_or_else(|| error::unbound_local({source:?}))");
        let text = self.raised(text);
        referenced(text, mode, ty)
    }

    fn local(&mut self, local: LocalId, range: TextRange, mode: Mode) -> String {
        let name = self.names[local].clone();
        let ty = self.type_of(local);
        if self.unbound.contains(&local) {
            let source = self.body.locals[local].source.clone();
            return self.maybe_unbound(&name, &source, &ty.clone(), mode);
        }
        if *ty == Ty::None && self.body.locals[local].parameter {
            return "()".to_owned();
        }
        if ty.is_copy() {
            return name;
        }
        let by_reference = self.is_borrowed(local);
        match (mode, by_reference) {
            (Mode::Receiver, _) => name,
            (Mode::Ref | Mode::OptionRef, true) => name,
            (Mode::Str, true) => name,
            (Mode::Str, false) => format!("{name}.as_str()"),
            (Mode::Ref | Mode::OptionRef, false) => match ty {
                Ty::Option(inner) if mode == Mode::OptionRef => option_ref(&name, inner),
                _ => format!("&{name}"),
            },
            (Mode::Owned, true) => owned(&name, ty),
            (Mode::Owned, false) => match self.uses.moves(local, range) {
                true => name,
                false => format!("{name}.clone()"),
            },
        }
    }

    fn global(&mut self, global: usize, ty: &Ty, mode: Mode) -> String {
        if self.is_import {
            return match self.lowered.globals.get(&global) {
                Some(local) => self.local(*local, TextRange::default(), mode),
                None => "()".to_owned(),
            };
        }
        let it = &self.program.globals[global];
        let place = format!("state.{}", it.rust_name);
        if it.is_rebound {
            return match ty.is_copy() {
                true => format!("{place}.get()"),
                false => referenced(format!("{place}.borrow().clone()"), mode, ty),
            };
        }
        as_place(place, ty, mode)
    }

    fn widen(&mut self, inner: &Expr, to: &Ty, mode: Mode) -> String {
        if let Ty::Option(_) = to {
            return match (&inner.kind, mode) {
                (Kind::None, _) => "None".to_owned(),
                (_, Mode::OptionRef) => format!("Some({})", self.expr(inner, Mode::Ref)),
                _ => format!("Some({})", self.expr(inner, Mode::Owned)),
            };
        }
        referenced(self.dynamic(inner), mode, to)
    }

    /// A value as an owned `Value`.
    fn dynamic(&mut self, inner: &Expr) -> String {
        self.need("value", "Value");
        match (&inner.kind, &inner.ty) {
            (Kind::None, _) => "Value::None".to_owned(),
            // What is held, or nothing, is that as a value.
            (Kind::Widen(held), Ty::Option(_)) => self.dynamic(held),
            (Kind::Bool(value), _) => format!("Value::Bool({value})"),
            (Kind::Int(value), _) => format!("Value::Int({value})"),
            (Kind::Float(value), _) => format!("Value::Float({})", float(*value)),
            (_, Ty::Value) => self.expr(inner, Mode::Owned),
            (_, Ty::None) if inner.is_simple() => "Value::None".to_owned(),
            (_, Ty::None) => format!("{{ {}; Value::None }}", self.expr(inner, Mode::Owned)),
            (_, Ty::Str) => format!("Value::from({})", self.shortest(inner)),
            (_, ty) => {
                self.feature(ty);
                format!("Value::from({})", self.expr(inner, Mode::Owned))
            }
        }
    }

    /// A string as `&str` where that spares a copy.
    fn shortest(&mut self, inner: &Expr) -> String {
        match &inner.kind {
            Kind::Str(_) | Kind::Const(_) => self.expr(inner, Mode::Ref),
            Kind::Local(local) if self.is_borrowed(*local) => self.expr(inner, Mode::Ref),
            Kind::Op(op) if op.borrows => self.expr(inner, Mode::Ref),
            _ => self.expr(inner, Mode::Owned),
        }
    }

    /// Notes the module whose values may now be found in any `Value`.
    fn feature(&mut self, ty: &Ty) {
        match ty {
            Ty::Tuple(items) => {
                self.need("tuple", "Tuple");
                items.iter().for_each(|it| self.feature(it));
            }
            Ty::Bytes => self.need("bytes", ""),
            Ty::Set => self.need("set", "Set"),
            Ty::Error => self.need("object", ""),
            Ty::Option(inner) => self.feature(inner),
            Ty::Member(..) | Ty::Instance(_) => self.need("object", ""),
            Ty::Opaque(path) => {
                if let Some((module, item)) = path.split_once("::") {
                    self.need(module, item);
                }
                for feature in support().values.get(&**path).into_iter().flatten() {
                    self.need(feature, "");
                }
            }
            _ => {}
        }
    }

    fn op(&mut self, op: &Op, ty: &Ty, mode: Mode) -> String {
        self.needs.extend(op.needs.iter().cloned());
        let mut operands: Vec<String> = op
            .operands
            .iter()
            .map(|(operand, mode)| self.expr(operand, *mode))
            .collect();
        let mut template = op.template.clone();
        if template == "{0} == {1}" {
            self.level_sides(&op.operands, &mut operands);
        }
        if template.starts_with("Rc::new(") {
            for (at, operand) in operands.iter().enumerate() {
                let hole = format!("{{{at}}}");
                template = template.replace(&format!(" {operand}: {hole}"), &format!(" {hole}"));
            }
        }
        let mut text = match (template.as_str(), &operands[..]) {
            // Clippy asks for it.
            ("&[{0}]", [copy]) if copy.ends_with(".clone()") && is_path(copy) => {
                let shared = self.expr(&op.operands[0].0, Mode::Ref);
                format!("std::slice::from_ref({shared})")
            }
            _ => fill(&template, &operands),
        };
        if op.awaits {
            text = format!("{}.await", atomic(&text));
        }
        if op.raises {
            text = self.raised(text);
        }
        if op.place {
            return as_place(text, ty, mode);
        }
        if op.borrows {
            return match mode {
                Mode::Owned => owned(&atomic(&text), ty),
                Mode::OptionRef => format!("Some({text})"),
                _ => text,
            };
        }
        referenced(text, mode, ty)
    }

    /// Lets both sides of a comparison be values where one is a reference.
    fn level_sides(&self, operands: &[(Expr, Mode)], texts: &mut [String]) {
        let [(left, _), (right, _)] = operands else {
            return;
        };
        let is_reference = |side: &Expr| match &side.kind {
            Kind::Local(local) => self.is_borrowed(*local),
            Kind::Op(op) => op.borrows && !op.place,
            _ => false,
        };
        let sides = [is_reference(left), is_reference(right)];
        let is_text = matches!(left.ty, Ty::Str | Ty::Bytes) || left.ty.is_copy();
        if is_text || left.ty != right.ty || sides[0] == sides[1] {
            return;
        }
        let at = usize::from(sides[1]);
        texts[at] = format!("*{}", atomic(&texts[at]));
    }

    /// What may be an error, as its value: the error goes where errors go here.
    pub(super) fn raised(&mut self, text: String) -> String {
        match &self.raise {
            Raise::Function => format!("{}?", atomic(&text)),
            Raise::Label(label) => {
                let label = label.clone();
                self.need("error", "or_break!");
                format!("or_break!({label}, {text})")
            }
            Raise::Outcome(label) => format!(
                "match {text} {{ Ok(value) => value, Err(error) => break {label} Err(error) }}"
            ),
        }
    }

    fn logic(&mut self, op: Logic, left: &Expr, right: &Expr, ty: &Ty) -> String {
        let left_text = self.expr(left, Mode::Owned);
        self.sparing("value", |this, value| {
            let right_text = this.expr(right, Mode::Owned);
            let guarded =
                |ty: &Ty| truth(ty, value).map_or(String::new(), |test| format!(" if {test}"));
            match (op, &left.ty) {
                (Logic::Or, Ty::Option(inner)) => {
                    let held = match ty {
                        ty if *ty == **inner => value.to_owned(),
                        ty if *ty == left.ty => format!("Some({value})"),
                        _ => format!("Value::from({value})"),
                    };
                    let guard = guarded(inner);
                    if guard.is_empty() && held == value && right.is_simple() {
                        return format!("{}.unwrap_or({right_text})", atomic(&left_text));
                    }
                    format!(
                        "match {left_text} {{ Some({value}){guard} => {held}, _ => {right_text} }}"
                    )
                }
                (Logic::Or, left_ty) => {
                    let guard = guarded(left_ty);
                    format!("match {left_text} {{ {value}{guard} => {value}, _ => {right_text} }}")
                }
                (Logic::And, left_ty) => {
                    let guard = match left_ty {
                        Ty::Option(inner) => {
                            let test = truth(inner, value).unwrap_or_else(|| "true".to_owned());
                            format!(" if {value}.as_ref().is_some_and(|{value}| {test})")
                        }
                        ty => guarded(ty),
                    };
                    format!(
                        "match {left_text} {{ {value}{guard} => {right_text}, {value} => {value} }}"
                    )
                }
            }
        })
    }

    fn format(&mut self, pieces: &[Piece]) -> String {
        if let [Piece::Plain(only)] = pieces {
            let text = self.expr(only, Mode::Receiver);
            return format!("{}.to_string()", atomic(&text));
        }
        let mut template = String::new();
        let mut arguments = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let quoted = format!("{text:?}");
                    let inner = &quoted[1..quoted.len() - 1];
                    // Escapes of Rust (`\u{…}`) keep their braces.
                    template.push_str(&escape_braces(inner));
                }
                Piece::Plain(expr) => {
                    let text = self.expr(expr, Mode::Receiver);
                    if is_identifier(&text) {
                        template.push_str(&format!("{{{text}}}"));
                    } else {
                        template.push_str("{}");
                        arguments.push(text);
                    }
                }
            }
        }
        let arguments: String = arguments.iter().map(|it| format!(", {it}")).collect();
        format!("format!(\"{template}\"{arguments})")
    }

    fn collect(&mut self, makes: Collection, entries: &[Entry]) -> String {
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

    fn plain_entry(&mut self, entry: &Entry) -> String {
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
    fn add(&mut self, variable: &str, makes: Collection, entry: &Entry) -> String {
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

    fn comprehension(&mut self, it: &Comprehension) -> String {
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

    fn generators(&mut self, loops: &[Generator], it: &Comprehension, variable: &str) -> String {
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
    fn filtered(
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

    fn call(&mut self, call: &Call) -> String {
        let effect = self.effects.of(call.function);
        let function = &self.program.functions[call.function];
        let lowered = self
            .lowered
            .functions
            .iter()
            .find(|it| it.index == call.function);
        let mut receiver = None;
        let mut arguments = Vec::new();
        if effect.state {
            arguments.push(if self.is_import { "&state" } else { "state" }.to_owned());
        }
        if effect.config {
            arguments.push("config".to_owned());
        }
        let is_method =
            function.class.is_some() && !super::module::is_static(self.program, call.function);
        for (at, argument) in call.arguments.iter().enumerate() {
            if matches!(argument.ty, Ty::Static(_)) {
                continue;
            }
            if at == 0 && is_method {
                receiver = Some(self.expr(argument, Mode::Receiver));
                continue;
            }
            let parameter = lowered.and_then(|it| {
                let local = *it.parameters.get(at)?;
                Some(it.body.locals[local].ty.clone())
            });
            let mode = match parameter.as_ref().unwrap_or(&argument.ty) {
                ty if ty.is_copy() => Mode::Owned,
                Ty::Option(_) => Mode::OptionRef,
                _ => Mode::Ref,
            };
            arguments.push(self.expr(argument, mode));
        }
        let arguments = arguments.join(", ");
        let path = self.function_path(call.function);
        let mut text = match receiver {
            Some(receiver) => format!("{}.{}({arguments})", atomic(&receiver), function.rust_name),
            None => format!("{path}({arguments})"),
        };
        if lowered.is_some_and(|it| it.sink.is_some()) {
            return text;
        }
        if effect.awaits {
            if effect.recurses {
                text = format!("Box::pin({text})");
            }
            text.push_str(".await");
        }
        if effect.raises {
            text = self.raised(text);
        }
        text
    }

    /// The path of a function from the module that is written.
    fn function_path(&mut self, index: usize) -> String {
        let function = &self.program.functions[index];
        let name = match function.class {
            Some(class) if function.name == "__init__" => {
                let class = &self.program.classes[class];
                match self
                    .lowered
                    .exceptions
                    .iter()
                    .any(|(it, _)| self.program.classes[*it].name == class.name)
                {
                    true => crate::compiler::program::rust_name(&class.name),
                    false => format!("{}::new", class.name),
                }
            }
            Some(class) => {
                format!(
                    "{}::{}",
                    self.program.classes[class].name, function.rust_name
                )
            }
            None => function.rust_name.clone(),
        };
        match function.module == self.module && !self.is_import {
            true => name,
            false => {
                self.modules.insert(function.module);
                format!(
                    "{}::{name}",
                    self.program.modules[function.module].rust_name
                )
            }
        }
    }

    /// Coroutines that run together borrow what is around them.
    fn gather(&mut self, generator: &Generator, body: &Expr) -> String {
        self.need("asyncio", "gather");
        let (around, tasks) = self.tasks(generator, body, None);
        let gathered = self.raised(format!("asyncio::gather({tasks}).await"));
        within(&around, gathered)
    }

    fn ahead(&mut self, it: &Ahead) -> String {
        let (around, tasks) = self.tasks(&it.generator, &it.value, it.item);
        let limit = it.limit;
        let text = if it.item.is_some() {
            self.need("asyncio", "ahead");
            format!("asyncio::ahead({limit}, {tasks})")
        } else {
            self.need("asyncio", "at_once");
            self.raised(format!("asyncio::at_once({limit}, {tasks}).await"))
        };
        within(&around, text)
    }

    /// A future for each item of a loop, beside the item if that is wanted, and what must stand
    /// before them.
    fn tasks(
        &mut self,
        generator: &Generator,
        body: &Expr,
        item: Option<LocalId>,
    ) -> (String, String) {
        let over = self.expr(&generator.iterable.expr, Mode::Owned);
        let (pattern, first) = self.pattern(&generator.target, &generator.iterable.item);
        let own = super::declare::targets(&generator.target);
        let mut around = String::new();
        for local in super::declare::mentioned_in(body) {
            if !own.contains(&local) && !self.is_borrowed(local) && !self.type_of(local).is_copy() {
                let name = self.names[local].clone();
                around.push_str(&format!("let {name} = &{name}; "));
                self.lent.insert(local);
            }
        }
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let body = self.expr(body, Mode::Owned);
        self.raise = raise;
        self.lent.clear();
        // What ends in `?` is a result already.
        let body = match body.strip_suffix('?') {
            Some(result) if is_atomic(&body) => result.to_owned(),
            _ => format!("Ok({body})"),
        };
        let task = format!("async move {{ {first} {body} }}");
        let task = match item {
            Some(item) => format!("({}.clone(), {task})", self.names[item]),
            None => task,
        };
        (around, format!("{over}.map(|{pattern}| {task})"))
    }

    fn closure(&mut self, parameters: &[LocalId], body: &Expr) -> String {
        let names: Vec<String> = parameters
            .iter()
            .map(
                |it| match self.uses.get(it).is_some_and(|it| it.reads > 0) {
                    true => self.names[*it].clone(),
                    false => format!("_{}", self.names[*it]),
                },
            )
            .collect();
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let body = self.expr(body, Mode::Owned);
        self.raise = raise;
        // What ends in `?` is a result already.
        let body = match body.strip_suffix('?') {
            Some(result) if is_atomic(&body) => result.to_owned(),
            _ => format!("Ok({body})"),
        };
        format!("|{}| {body}", names.join(", "))
    }
}

/// A value after statements, if there are any.
fn within(statements: &str, value: String) -> String {
    match statements.is_empty() {
        true => value,
        false => format!("{{ {statements} {value} }}"),
    }
}

/// A place that others own, taken in some way.
fn as_place(place: String, ty: &Ty, mode: Mode) -> String {
    if ty.is_copy() {
        return place;
    }
    match (mode, ty) {
        (Mode::Receiver, _) => place,
        (Mode::Owned, _) => format!("{place}.clone()"),
        (Mode::Str, _) => format!("{place}.as_str()"),
        (Mode::OptionRef, Ty::Option(inner)) => option_ref(&place, inner),
        (Mode::Ref | Mode::OptionRef, _) => format!("&{place}"),
    }
}

fn option_ref(place: &str, inner: &Ty) -> String {
    match inner {
        Ty::Str | Ty::Bytes => format!("{place}.as_deref()"),
        inner if inner.is_copy() => place.to_owned(),
        _ => format!("{place}.as_ref()"),
    }
}

/// A value that nobody else owns, taken in some way.
fn referenced(text: String, mode: Mode, ty: &Ty) -> String {
    if ty.is_copy() {
        return text;
    }
    match (mode, ty) {
        (Mode::Owned | Mode::Receiver, _) => text,
        (Mode::Str, _) => format!("{}.as_str()", atomic(&text)),
        (Mode::OptionRef, Ty::Option(inner)) => option_ref(&atomic(&text), inner),
        (Mode::Ref | Mode::OptionRef, _) => format!("&{}", atomic(&text)),
    }
}

/// What a reference refers to, owned.
pub(super) fn owned(name: &str, ty: &Ty) -> String {
    match ty {
        Ty::Str => format!("{name}.to_owned()"),
        Ty::Bytes => format!("{name}.to_vec()"),
        Ty::Option(inner) => match &**inner {
            Ty::Str => format!("{name}.map(str::to_owned)"),
            Ty::Bytes => format!("{name}.map(<[u8]>::to_vec)"),
            _ => format!("{name}.cloned()"),
        },
        _ => format!("{name}.clone()"),
    }
}

/// The test whether a value of a type is true, where not every one is.
fn truth(ty: &Ty, value: &str) -> Option<String> {
    Some(match ty {
        Ty::Bool => value.to_owned(),
        Ty::Int => format!("{value} != 0"),
        Ty::Float => format!("{value} != 0.0"),
        Ty::Str | Ty::Bytes | Ty::List | Ty::Dict | Ty::Set => format!("!{value}.is_empty()"),
        Ty::Value => format!("{value}.is_true()"),
        _ => return None,
    })
}

fn float(value: f64) -> String {
    if value.is_nan() {
        return "f64::NAN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            "f64::INFINITY"
        } else {
            "f64::NEG_INFINITY"
        }
        .to_owned();
    }
    format!("{value:?}")
}

fn bytes_literal(bytes: &[u8], mode: Mode) -> String {
    let escaped: String = bytes
        .iter()
        .map(|it| std::ascii::escape_default(*it).to_string())
        .collect();
    match mode {
        Mode::Owned => format!("b\"{escaped}\".to_vec()"),
        _ => format!("b\"{escaped}\""),
    }
}

fn escape_braces(text: &str) -> String {
    let mut found = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '\\']) {
        found.push_str(&rest[..at]);
        if rest[at..].starts_with("\\u{") {
            let end = rest[at..].find('}').map_or(rest.len(), |it| at + it + 1);
            found.push_str(&rest[at..end]);
            rest = &rest[end..];
            continue;
        }
        let sign = &rest[at..=at];
        found.push_str(sign);
        if sign != "\\" {
            found.push_str(sign);
            rest = &rest[at + 1..];
        } else {
            let next = rest[at + 1..].chars().next().map_or(0, char::len_utf8);
            found.push_str(&rest[at + 1..at + 1 + next]);
            rest = &rest[at + 1 + next..];
        }
    }
    found.push_str(rest);
    found
}

/// Whether a text is a place whose clone is taken.
fn is_path(text: &str) -> bool {
    let place = text.trim_end_matches(".clone()");
    place.split('.').all(|it| is_identifier(it) || it == "self")
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text != "self"
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !text.starts_with(|it: char| it.is_ascii_digit())
}

/// Fills the holes of a template.
fn fill(template: &str, operands: &[String]) -> String {
    let mut found = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let digits = rest[open + 1..]
            .chars()
            .take_while(char::is_ascii_digit)
            .count();
        let close = open + 1 + digits;
        let number = rest[open + 1..close].parse::<usize>();
        match (number, rest[close..].starts_with('}')) {
            (Ok(number), true) => {
                found.push_str(&rest[..open]);
                rest = &rest[close + 1..];
                let operand = operands.get(number).map_or("", String::as_str);
                let before = found.chars().next_back();
                let after = rest.chars().next();
                let is_alone = matches!(before, None | Some('(' | '[' | ' ' | '|'))
                    && matches!(after, None | Some(')' | ',' | ']' | ' ' | ';' | '}'));
                let is_argument = matches!(before, None | Some('(' | '['))
                    || found.ends_with(", ")
                    || found.ends_with(": ")
                    || found.ends_with("= ")
                    || found.ends_with("{ ")
                    || found.ends_with("async ");
                let ends_argument =
                    matches!(after, None | Some(')' | ',' | ']' | ';')) || rest.starts_with(" }");
                // A field that is given a variable of its name is written once.
                let field = format!(" {operand}: ");
                if found.ends_with(&field) && ends_argument && is_identifier(operand) {
                    found.truncate(found.len() - 2);
                    continue;
                }
                match is_alone && is_argument && ends_argument {
                    true => found.push_str(operand),
                    false => found.push_str(&atomic(operand)),
                }
            }
            _ => {
                found.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    found.push_str(rest);
    found
}

/// Whether a text needs no parentheses wherever it stands.
pub(super) fn is_atomic(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut in_text = false;
    let mut escaped = false;
    let first = text.chars().next();
    if matches!(first, Some('&' | '*' | '-' | '!' | '{' | '|')) {
        return false;
    }
    for it in text.chars() {
        if in_text {
            match it {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match it {
            '"' => in_text = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ' ' if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// A text that can stand anywhere.
pub(super) fn atomic(text: &str) -> String {
    match is_atomic(text) {
        true => text.to_owned(),
        false => format!("({text})"),
    }
}
