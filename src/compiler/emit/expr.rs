//! Expressions in Rust.

use ruff_text_size::TextRange;

use super::text::{
    as_place, atomic, bytes_literal, escape_braces, fill, float, is_identifier, is_path,
    option_ref, owned, referenced, truth,
};
use super::{Emitter, Raise};
use crate::compiler::ir::{Expr, Kind, LocalId, Logic, Match, Mode, Op, Piece};
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
    pub(super) fn shortest(&mut self, inner: &Expr) -> String {
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
}
