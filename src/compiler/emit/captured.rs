//! What is given or raised, as a `Result` in Rust.

use super::{Emitter, Raise};
use crate::compiler::ir::{Expr, LocalId, Mode, Stmt};
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
        match self.unasked(value) {
            Some(text) => text,
            None => format!("Ok({})", self.expr(value, Mode::Owned)),
        }
    }

    /// The `Result` of what may raise; nothing of what does not, or of what is made of such.
    fn unasked(&mut self, value: &Expr) -> Option<String> {
        let raise = std::mem::replace(&mut self.raise, Raise::Function);
        let text = self.expr(value, Mode::Owned);
        self.raise = raise;
        let bare = text.strip_suffix('?')?;
        (super::expr::is_atomic(bare) && !bare.contains('?')).then(|| bare.to_owned())
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
