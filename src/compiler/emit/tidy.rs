//! Parentheses that nothing needs, taken out of Rust that is written piece by piece.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprParen, Stmt};

/// The text without parentheses around what stands alone anyway: an argument, an item, what is
/// bound, returned, run over or matched.
pub fn tidy(text: &str) -> String {
    let Ok(file) = syn::parse_file(text) else {
        return text.to_owned();
    };
    let mut found = Found::default();
    found.visit_file(&file);
    found.cuts.sort_by_key(|it| it.start);
    let mut tidied = String::with_capacity(text.len());
    let mut at = 0;
    for cut in found.cuts {
        tidied.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    tidied.push_str(&text[at..]);
    tidied
}

#[derive(Default)]
struct Found {
    cuts: Vec<Range<usize>>,
}

impl Found {
    /// An expression that stands alone.
    fn alone(&mut self, expr: &Expr) {
        if let Expr::Paren(it) = expr {
            self.cut(it);
        }
    }

    /// One before a block, where a struct or block of its own needs them.
    fn head(&mut self, expr: &Expr) {
        let Expr::Paren(it) = expr else {
            return;
        };
        let mut braces = Braces(false);
        braces.visit_expr(&it.expr);
        if !braces.0 {
            self.cut(it);
        }
    }

    fn cut(&mut self, it: &ExprParen) {
        self.cuts.push(it.paren_token.span.open().byte_range());
        self.cuts.push(it.paren_token.span.close().byte_range());
        self.alone(&it.expr);
    }
}

/// Whether there is a struct or a block in an expression.
struct Braces(bool);

impl<'ast> Visit<'ast> for Braces {
    fn visit_expr_struct(&mut self, _: &'ast syn::ExprStruct) {
        self.0 = true;
    }

    fn visit_block(&mut self, _: &'ast Block) {
        self.0 = true;
    }

    fn visit_expr_match(&mut self, _: &'ast syn::ExprMatch) {
        self.0 = true;
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Call(it) => it.args.iter().for_each(|it| self.alone(it)),
            Expr::MethodCall(it) => it.args.iter().for_each(|it| self.alone(it)),
            Expr::Array(it) => it.elems.iter().for_each(|it| self.alone(it)),
            Expr::Tuple(it) => it.elems.iter().for_each(|it| self.alone(it)),
            Expr::Assign(it) => self.alone(&it.right),
            Expr::Return(it) => it.expr.iter().for_each(|it| self.alone(it)),
            Expr::Index(it) => self.alone(&it.index),
            Expr::ForLoop(it) => self.head(&it.expr),
            Expr::Match(it) => {
                self.head(&it.expr);
                it.arms.iter().for_each(|it| self.alone(&it.body));
            }
            Expr::If(it) => self.head(&it.cond),
            Expr::While(it) => self.head(&it.cond),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init
            && init.diverge.is_none()
        {
            self.alone(&init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        if let Some(Stmt::Expr(Expr::Paren(last), None)) = block.stmts.last() {
            // A block at a statement's beginning would end it.
            if last
                .expr
                .span()
                .source_text()
                .is_some_and(|it| !it.starts_with(['{', '(']))
            {
                self.cut(last);
            }
        }
        visit::visit_block(self, block);
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn only_what_is_not_needed_goes() {
        for (text, expected) in [
            ("f((a + b), (c))", "f(a + b, c)"),
            ("for i in (0..3) {}", "for i in 0..3 {}"),
            ("for i in (0..3).rev() {}", "for i in (0..3).rev() {}"),
            ("let x = (a + b) * (c + d);", "let x = (a + b) * (c + d);"),
            ("if (a == S { x: 1 }) {}", "if (a == S { x: 1 }) {}"),
            ("let x = ((a, b));", "let x = (a, b);"),
            ("x.f((match y { _ => 1 }))", "x.f(match y { _ => 1 })"),
        ] {
            let whole = |it: &str| format!("fn f() {{\n    {it}\n}}\n");
            assert_eq!(tidy(&whole(text)), whole(expected));
        }
    }
}
