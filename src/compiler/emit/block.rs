//! Statements in Rust.

use std::collections::BTreeSet;

use super::declare::{bound_in_loop, declarations, targets};
use super::{Emitter, Leave, Loop, Raise};
use crate::compiler::ir::{Expr, Iterable, Kind, LocalId, Mode, Steps, Stmt, StmtKind, Target};
use crate::compiler::lower::ends;
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    /// A block's statements; the last is the value of the function where `tail` says so.
    pub(super) fn block(&mut self, stmts: &[Stmt], tail: bool) -> String {
        let found = declarations(stmts, &self.body.locals, &self.declared, &self.unbound);
        let outer = self.declared.clone();
        let mut text = String::new();
        for (at, stmt) in stmts.iter().enumerate() {
            for local in found.before.get(&at).into_iter().flatten() {
                text.push_str(&self.declared_before(*local, bound_in_loop(stmt, *local)));
                self.declared.insert(*local);
            }
            text.push_str(&self.comments(stmt.range));
            let is_last = at + 1 == stmts.len();
            text.push_str(&self.stmt(stmt, &found.here, tail && is_last));
            text.push('\n');
        }
        self.declared = outer;
        text
    }

    fn declared_before(&mut self, local: LocalId, again: bool) -> String {
        let it = &self.body.locals[local];
        if matches!(it.ty, Ty::Static(_) | Ty::Never) {
            return String::new();
        }
        let name = &self.names[local];
        let ty = self.owned_type(&it.ty.clone());
        if self.unbound.contains(&local) {
            return format!("let mut {name}: Option<{ty}> = None;\n");
        }
        let mutable = match again || self.is_mutable(local) {
            true => "mut ",
            false => "",
        };
        format!("let {mutable}{name}: {ty};\n")
    }

    fn stmt(&mut self, stmt: &Stmt, here: &BTreeSet<LocalId>, tail: bool) -> String {
        match &stmt.kind {
            StmtKind::Assign(target, value) => self.assign(target, value, here),
            StmtKind::SetGlobal(global, value) => {
                let place = format!("state.{}", self.program.globals[*global].rust_name);
                let value_text = self.expr(value, Mode::Owned);
                match value.ty.is_copy() {
                    true => format!("{place}.set({value_text});"),
                    false => format!("{place}.replace({value_text});"),
                }
            }
            StmtKind::Expr(value) if matches!(self.raise, Raise::Outcome(_)) => {
                self.expression_within(value)
            }
            StmtKind::Capture(outcome, body, value) => self.captured(*outcome, body, value),
            StmtKind::Expr(value) => {
                let text = self.expr(value, Mode::Owned);
                match value.ty {
                    Ty::None | Ty::Never => format!("{text};"),
                    _ if needs_binding(value) => format!("let _ = {text};"),
                    _ => format!("{text};"),
                }
            }
            StmtKind::If(cond, then, otherwise) => {
                let turned = match otherwise.is_empty() {
                    true => None,
                    false => self.turned(cond),
                };
                let (cond, then, otherwise) = match &turned {
                    Some(contrary) => (contrary, otherwise, then),
                    None => (cond, then, otherwise),
                };
                let cond = self.chain(cond);
                // A block is no condition that reads well.
                let (before, cond) = match cond.starts_with('{') {
                    true => {
                        let name = self.spare("holds");
                        (format!("let {name} = {cond};\n"), name)
                    }
                    false => (String::new(), cond),
                };
                let then = self.block(then, tail);
                let mut text = format!("{before}if {cond} {{\n{then}}}");
                if let [
                    Stmt {
                        kind: StmtKind::If(..),
                        range,
                    },
                ] = &otherwise[..]
                    && self.comments_before(*range).is_empty()
                {
                    let inner = self.block(otherwise, tail);
                    match inner.trim_start().starts_with("if ") {
                        true => text.push_str(&format!(" else {}", inner.trim_start())),
                        false => text.push_str(&format!(" else {{\n{inner}}}")),
                    }
                } else if !otherwise.is_empty() {
                    let otherwise = self.block(otherwise, tail);
                    text.push_str(&format!(" else {{\n{otherwise}}}"));
                }
                text
            }
            StmtKind::LetElse(local, seen, otherwise) => {
                let reads = self.uses.get(seen).map_or(0, |it| it.reads);
                let body = self.block(otherwise, false);
                if reads == 0 {
                    return format!("if {}.is_none() {{\n{body}}}", self.names[*local]);
                }
                format!("{} else {{\n{body}}};", self.let_some(*local, *seen))
            }
            StmtKind::While(cond, body, orelse) => {
                let head = match cond {
                    crate::compiler::ir::Cond::Expr(Expr {
                        kind: Kind::Bool(true),
                        ..
                    }) => "loop".to_owned(),
                    cond => format!("while {}", self.chain(cond)),
                };
                self.looped(&head, "", body, orelse)
            }
            StmtKind::For(target, iterable, body, orelse) => {
                let (target, rebinding) = self.loop_target(target);
                let outer = self.declared.clone();
                self.declared.extend(targets(&target));
                if iterable.steps != Steps::Plain {
                    let text = self.stepped(&target, iterable, &rebinding, (body, orelse));
                    self.declared = outer;
                    return text;
                }
                let (head, first) = self.loop_head(&target, iterable);
                let text = self.looped(&head, &format!("{first}{rebinding}"), body, orelse);
                self.declared = outer;
                text
            }
            StmtKind::Break => self.jump("break"),
            StmtKind::Continue => self.jump("continue"),
            StmtKind::Return(value) => self.returned(value, tail),
            StmtKind::Raise(error) => {
                let error = self.expr(error, Mode::Owned);
                self.raise_error(&error, tail)
            }
            StmtKind::Try(it) => self.tried(it, tail),
        }
    }

    /// A loop that asks for each item by a call that may raise.
    fn stepped(
        &mut self,
        target: &Target,
        iterable: &Iterable,
        rebinding: &str,
        (body, orelse): (&[Stmt], &[Stmt]),
    ) -> String {
        let stream = self.expr(&iterable.expr, Mode::Owned);
        let (name, step) = match iterable.steps {
            Steps::Awaiting if matches!(iterable.expr.kind, Kind::Ahead(_)) => {
                ("turns", "next().await")
            }
            Steps::Awaiting => ("pages", "next().await"),
            _ => ("items", "step()"),
        };
        self.sparing(name, |this, name| {
            let (pattern, first) = this.pattern(target, &iterable.item);
            let next = this.raised(format!("{name}.{step}"));
            let head = format!("while let Some({pattern}) = {next}");
            let inner = this.looped(&head, &format!("{first}{rebinding}"), body, orelse);
            format!("let mut {name} = {stream};\n{inner}")
        })
    }

    /// A target of a loop whose variables are declared outside: those are bound in the body.
    fn loop_target(&mut self, target: &Target) -> (Target, String) {
        let outer: Vec<LocalId> = targets(target)
            .into_iter()
            .filter(|local| self.declared.contains(local))
            .collect();
        if outer.is_empty() {
            return (target.clone(), String::new());
        }
        let mut rebinding = String::new();
        for local in outer {
            let name = self.names[local].clone();
            let value = match self.unbound.contains(&local) {
                true => format!("Some({name}_)"),
                false => format!("{name}_"),
            };
            rebinding.push_str(&format!("{name} = {value};\n"));
            self.suffixed.insert(local);
        }
        (target.clone(), rebinding)
    }

    fn assign(&mut self, target: &Target, value: &Expr, here: &BTreeSet<LocalId>) -> String {
        match target {
            Target::Ignore => format!("let _ = {};", self.expr(value, Mode::Owned)),
            Target::Local(local) => {
                if matches!(self.type_of(*local), Ty::Static(_) | Ty::Never) {
                    return format!("{};", self.expr(value, Mode::Owned));
                }
                let text = self.expr(value, Mode::Owned);
                let name = self.names[*local].clone();
                let reads = self.uses.get(local).map_or(0, |it| it.reads);
                let is_here = here.contains(local) || self.body.locals[*local].is_inner;
                if is_here && self.declared.insert(*local) {
                    if self.unbound.contains(local) {
                        let ty = self.owned_type(&self.type_of(*local).clone());
                        return format!("let mut {name}: Option<{ty}> = Some({text});");
                    }
                    if reads == 0 && !(self.is_import && self.is_mutable(*local)) {
                        self.dropped.insert(*local);
                        return unused(value, &text);
                    }
                    let mutable = if self.is_mutable(*local) { "mut " } else { "" };
                    let ty = self.annotation(value, *local);
                    return format!("let {mutable}{name}{ty} = {text};");
                }
                if self.dropped.contains(local) {
                    return unused(value, &text);
                }
                match self.unbound.contains(local) {
                    true => format!("{name} = Some({text});"),
                    false => format!("{name} = {text};"),
                }
            }
            Target::Tuple(_) => self.unpack(target, value, here),
        }
    }

    /// The type of a variable where its value does not say it.
    fn annotation(&self, value: &Expr, local: LocalId) -> String {
        match (&value.kind, self.type_of(local)) {
            (Kind::Widen(inner), Ty::Option(_)) if matches!(inner.kind, Kind::None) => {
                format!(": {}", self.owned_type(self.type_of(local)))
            }
            (Kind::Int(_), Ty::Int) => ": i64".to_owned(),
            _ => String::new(),
        }
    }

    fn unpack(&mut self, target: &Target, value: &Expr, here: &BTreeSet<LocalId>) -> String {
        let text = self.expr(value, Mode::Owned);
        let locals = targets(target);
        let is_fresh = locals.iter().all(|it| {
            here.contains(it) && !self.declared.contains(it) && !self.unbound.contains(it)
        });
        if is_fresh {
            self.declared.extend(locals);
            let (pattern, first) = self.pattern(target, &value.ty);
            if first.is_empty() {
                return format!("let {pattern} = {text};");
            }
            let item = self.spare("item");
            return format!("let {item} = {text};\n{first}");
        }
        let mut after = String::new();
        for local in locals {
            let name = self.names[local].clone();
            if here.contains(&local) && self.declared.insert(local) {
                let declared = self.declared_before(local, false);
                after.insert_str(0, &declared);
            }
            let held = match self.unbound.contains(&local) {
                true => format!("Some({name}_)"),
                false => format!("{name}_"),
            };
            after.push_str(&format!("{name} = {held};\n"));
            self.suffixed.insert(local);
        }
        let (pattern, first) = self.pattern(target, &value.ty);
        match first.is_empty() {
            true => format!("let {pattern} = {text};\n{after}"),
            false => {
                let item = self.spare("item");
                format!("let {item} = {text};\n{first}\n{after}")
            }
        }
    }

    fn looped(&mut self, head: &str, first: &str, body: &[Stmt], orelse: &[Stmt]) -> String {
        let label = format!(
            "'{}",
            ["outer", "next", "each", "item"][self.loops.len().min(3)]
        );
        let exit = (!orelse.is_empty()).then(|| self.label("searched"));
        self.loops.push(Loop {
            label: label.clone(),
            blocks: 0,
            is_labelled: false,
            finally: Vec::new(),
            exit: exit.clone(),
        });
        let body = self.block(body, false);
        let is_labelled = self.loops.pop().is_some_and(|it| it.is_labelled);
        let label = if is_labelled {
            format!("{label}: ")
        } else {
            String::new()
        };
        let text = format!("{label}{head} {{\n{first}{body}}}");
        match exit {
            Some(exit) => {
                let orelse = self.block(orelse, false);
                match super::finally::uses(&text, &exit) {
                    true => format!("{exit}: {{\n{text}\n{orelse}}}"),
                    false => format!("{text}\n{orelse}"),
                }
            }
            None => text,
        }
    }

    pub(super) fn jump(&mut self, word: &'static str) -> String {
        let Some(innermost) = self.loops.last_mut() else {
            return format!("{word};");
        };
        if let Some(finally) = innermost.finally.last_mut() {
            let flag = finally.flags[usize::from(word == "continue")].clone();
            if !finally.jumps.iter().any(|(known, _)| *known == word) {
                finally.jumps.push((word, flag.clone()));
            }
            return format!("{flag} = true;\nbreak {} None;", finally.label);
        }
        if word == "break"
            && let Some(exit) = &innermost.exit
        {
            return format!("break {exit};");
        }
        if innermost.blocks == 0 {
            return format!("{word};");
        }
        innermost.is_labelled = true;
        format!("{word} {};", innermost.label)
    }

    fn returned(&mut self, value: &Expr, tail: bool) -> String {
        let mut before = String::new();
        let mut text = self.expr(value, Mode::Owned);
        if value.ty == Ty::None && !value.is_simple() {
            before = format!("{text};\n");
            text = "()".to_owned();
        }
        if let Leave::Label { label, optional } = &self.leave {
            let value = if self.raises {
                format!("Ok({text})")
            } else {
                text
            };
            return match optional {
                true => format!("{before}break {label} Some({value});"),
                false => format!("{before}break {label} {value};"),
            };
        }
        let is_unit = text == "()";
        let text = match (self.raises, is_unit) {
            // What ends in `?` is a result already.
            (true, _) if text.ends_with('?') && super::text::is_atomic(&text) => {
                text[..text.len() - 1].to_owned()
            }
            (true, _) => format!("Ok({text})"),
            (false, true) => String::new(),
            (false, false) => text,
        };
        match (tail, text.is_empty()) {
            (true, _) => format!("{before}{text}"),
            (false, true) => format!("{before}return;"),
            (false, false) => format!("{before}return {text};"),
        }
    }

    pub(super) fn raise_error(&mut self, error: &str, tail: bool) -> String {
        match &self.raise {
            Raise::Function if tail && self.leave == Leave::Function => format!("Err({error})"),
            Raise::Function => format!("return Err({error});"),
            Raise::Label(label) => format!("break {label} {error};"),
            Raise::Outcome(label) => format!("break {label} Err({error});"),
        }
    }

    /// What a function's body ends with where its last statement is no return.
    pub(super) fn ending(&self, stmts: &[Stmt]) -> &'static str {
        match (ends(stmts), self.raises) {
            (false, true) => "Ok(())",
            _ => "",
        }
    }
}

/// Whether a value must be bound to be dropped without a warning.
fn needs_binding(value: &Expr) -> bool {
    !matches!(&value.kind, Kind::Call(_) | Kind::Op(_))
}

/// A value that nothing reads, for what evaluating it does.
fn unused(value: &Expr, text: &str) -> String {
    match value.is_simple() || matches!(&value.kind, Kind::Widen(it) if it.is_simple()) {
        true => String::new(),
        false => format!("let _ = {text};"),
    }
}
