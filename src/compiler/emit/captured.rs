//! What is given or raised, as a `Result` in Rust.

use super::{Emitter, Raise};
use crate::compiler::ir::{Expr, Kind, LocalId, Mode, Stmt};
use crate::compiler::types::Ty;

impl Emitter<'_, '_> {
    /// A block's outcome is bound: an error in it ends the block.
    pub(super) fn captured(&mut self, outcome: LocalId, body: &[Stmt], value: &Expr) -> String {
        let label = self.label("captured");
        let raise = std::mem::replace(&mut self.raise, Raise::Outcome(label.clone()));
        let declared = self.declared.clone();
        let body = self.within(|this| this.within(|this| this.block(body, false)));
        let value = self.outcome(value);
        self.declared = declared;
        self.raise = raise;
        self.declared.insert(outcome);
        let name = &self.names[outcome];
        if body.is_empty() && !value.contains(&label) {
            return format!("let {name} = {value};");
        }
        let is_left = body.contains(&label) || value.contains(&label);
        let label = if is_left {
            format!("{label}: ")
        } else {
            String::new()
        };
        format!("let {name} = {label}{{\n{body}{value}\n}};")
    }

    /// A value as a `Result`.
    fn outcome(&mut self, value: &Expr) -> String {
        match &value.kind {
            Kind::Match(it) => return self.matched(it, Self::outcome),
            Kind::Local(_) if matches!(value.ty, Ty::Outcome(_)) => {
                return self.expr(value, Mode::Owned);
            }
            _ => {}
        }
        if let Some(text) = self.mapped(value) {
            return text;
        }
        match self.unasked(value) {
            Some(text) => text,
            None => format!("Ok({})", self.expr(value, Mode::Owned)),
        }
    }

    /// The `Result` of a function of what may raise: what that gives, mapped.
    fn mapped(&mut self, value: &Expr) -> Option<String> {
        let Kind::Op(op) = &value.kind else {
            return None;
        };
        let ([(operand, Mode::Owned)], false, false) = (&*op.operands, op.raises, op.awaits) else {
            return None;
        };
        let function = op.template.strip_suffix("({0})")?;
        let text = self.unasked(operand)?;
        self.needs.extend(op.needs.iter().cloned());
        Some(format!("{text}.map({function})"))
    }

    /// The `Result` of what may raise; nothing of what does not, or of what is made of such.
    fn unasked(&mut self, value: &Expr) -> Option<String> {
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let text = self.expr(value, Mode::Owned);
        self.raise = raise;
        let bare = text.strip_suffix('?')?;
        (super::text::is_atomic(bare) && !bare.contains('?')).then(|| bare.to_owned())
    }

    /// An expression for its effect in a block whose outcome is bound.
    pub(super) fn expression_within(&mut self, value: &Expr) -> String {
        if value.ty == Ty::None
            && let (Some(text), Raise::Outcome(label)) = (self.unasked(value), &self.raise)
        {
            return format!("if let Err(error) = {text} {{ break {label} Err(error); }}");
        }
        let text = self.expr(value, Mode::Owned);
        match value.ty {
            Ty::None | Ty::Never => format!("{text};"),
            _ => format!("let _ = {text};"),
        }
    }
}
