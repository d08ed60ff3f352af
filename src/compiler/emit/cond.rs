//! Conditions in Rust.

use super::Emitter;
use crate::compiler::ir::{Cond, LocalId, Mode};
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    /// A condition as an `if` or `while` takes it, which may bind what options hold.
    pub(super) fn chain(&mut self, cond: &Cond) -> String {
        match cond {
            Cond::Some(local, seen) if self.is_read(*seen) => self.let_some(*local, *seen),
            Cond::And(all) => {
                let parts: Vec<String> = all.iter().map(|it| self.chain_part(it)).collect();
                parts.join(" && ")
            }
            Cond::Not(inner) => match &**inner {
                // Not all hold: any does not.
                Cond::Or(all) => {
                    let all = all.iter().cloned().map(crate::compiler::lower::negated);
                    self.chain(&Cond::And(all.collect()))
                }
                _ => self.value(cond),
            },
            _ => self.value(cond),
        }
    }

    /// The contrary of a condition, where it is that which sees what options hold.
    pub(super) fn turned(&self, cond: &Cond) -> Option<Cond> {
        let sees = |it: &Cond| matches!(it, Cond::Not(inner) if self.binds(inner));
        match cond {
            Cond::Not(inner) if self.binds(inner) => Some((**inner).clone()),
            Cond::Or(all) if all.iter().any(sees) => {
                let all = all.iter().cloned().map(crate::compiler::lower::negated);
                Some(Cond::And(all.collect()))
            }
            _ => None,
        }
    }

    fn chain_part(&mut self, cond: &Cond) -> String {
        match cond {
            Cond::Or(all) if all.len() > 1 => format!("({})", self.chain(cond)),
            _ => self.chain(cond),
        }
    }

    fn is_read(&self, local: LocalId) -> bool {
        self.uses.get(&local).is_some_and(|it| it.reads > 0)
    }

    /// `let Some(x) = &x`.
    pub(super) fn let_some(&self, local: LocalId, seen: LocalId) -> String {
        let source = &self.names[local];
        let it = &self.body.locals[local];
        let by_value = self.is_borrowed(local) || it.ty.is_copy();
        let reference = if by_value { "" } else { "&" };
        format!("let Some({}) = {reference}{source}", self.names[seen])
    }

    /// A condition as a `bool`.
    pub(super) fn value(&mut self, cond: &Cond) -> String {
        match cond {
            Cond::Expr(expr) => self.expr(expr, Mode::Owned),
            Cond::Some(local, _) => format!("{}.is_some()", self.names[*local]),
            Cond::Not(inner) => match &**inner {
                Cond::Some(local, _) => format!("{}.is_none()", self.names[*local]),
                inner => {
                    let text = self.value(inner);
                    negated_text(&text)
                }
            },
            Cond::And(all) => match all.iter().any(|it| self.binds(it)) {
                false => {
                    let parts: Vec<String> = all.iter().map(|it| self.value_part(it)).collect();
                    parts.join(" && ")
                }
                true => format!("(if {} {{ true }} else {{ false }})", self.chain(cond)),
            },
            Cond::Or(all) => self.any(all),
        }
    }

    fn value_part(&mut self, cond: &Cond) -> String {
        match cond {
            Cond::Or(all) if all.len() > 1 => format!("({})", self.value(cond)),
            _ => self.value(cond),
        }
    }

    /// Whether a condition binds something that is read where it holds.
    fn binds(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Some(_, seen) => self.is_read(*seen),
            Cond::And(all) => all.iter().any(|it| self.binds(it)),
            _ => false,
        }
    }

    fn any(&mut self, all: &[Cond]) -> String {
        let Some((first, others)) = all.split_first() else {
            return "false".to_owned();
        };
        if others.is_empty() {
            return self.value_part(first);
        }
        // What comes after an option that holds nothing sees what it holds.
        if let Cond::Not(inner) = first
            && self.binds(inner)
        {
            let chain = self.chain(inner);
            let rest = self.any(others);
            return format!("(if {chain} {{ {rest} }} else {{ true }})");
        }
        let text = match first {
            Cond::And(all) if all.len() > 1 => format!("({})", self.value(first)),
            _ => self.value(first),
        };
        format!("{text} || {}", self.any(others))
    }

    /// Whether a local is a reference in Rust.
    pub(super) fn is_borrowed(&self, local: LocalId) -> bool {
        let it = &self.body.locals[local];
        self.lent.contains(&local)
            || it.borrowed && !it.ty.is_copy() && !self.is_rebound_parameter(local)
    }

    /// Whether a parameter is bound anew, and so owned from the function's beginning.
    pub(super) fn is_rebound_parameter(&self, local: LocalId) -> bool {
        let writes = self.uses.get(&local).map_or(0, |it| it.writes);
        self.body.locals[local].parameter && writes > 1
    }

    /// The type of a local.
    pub(super) fn type_of(&self, local: LocalId) -> &Ty {
        &self.body.locals[local].ty
    }
}

/// The contrary of a condition's text.
fn negated_text(text: &str) -> String {
    for (sign, contrary) in [(" == ", " != "), (" != ", " == ")] {
        if let Some((left, right)) = text.split_once(sign)
            && super::text::is_atomic(left)
            && super::text::is_atomic(right)
        {
            return format!("{left}{contrary}{right}");
        }
    }
    format!("!{}", super::text::atomic(text))
}
