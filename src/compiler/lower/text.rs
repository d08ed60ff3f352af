//! Formatted strings.

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use crate::compiler::ir::{Expr, Kind, Mode, Piece};
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// `f"…"`.
    pub fn f_string(&mut self, it: &ExprFString) -> Expr {
        let mut pieces = Vec::new();
        for part in &it.value {
            match part {
                FStringPart::Literal(text) => pieces.push(Piece::Text(text.value.to_string())),
                FStringPart::FString(part) => {
                    for element in &part.elements {
                        self.element(element, &mut pieces);
                    }
                }
            }
        }
        self.formatted(pieces, it.range())
    }

    /// Pieces as a string.
    pub fn formatted(&self, pieces: Vec<Piece>, range: TextRange) -> Expr {
        let mut merged: Vec<Piece> = Vec::new();
        for piece in pieces {
            match (merged.last_mut(), piece) {
                (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
                (_, Piece::Text(text)) if text.is_empty() => {}
                (_, piece) => merged.push(piece),
            }
        }
        match &merged[..] {
            [] => Expr::text("", range),
            [Piece::Text(text)] => Expr::text(text.clone(), range),
            [Piece::Plain(only)] if only.ty == Ty::Str => only.clone(),
            _ => Expr::new(Kind::Format(merged), Ty::Str, range),
        }
    }

    fn element(&mut self, element: &InterpolatedStringElement, pieces: &mut Vec<Piece>) {
        match element {
            InterpolatedStringElement::Literal(it) => {
                pieces.push(Piece::Text(it.value.to_string()));
            }
            InterpolatedStringElement::Interpolation(it) => {
                if let Some(debug) = &it.debug_text {
                    let source = self.exact_source(it.expression.range());
                    let text = format!("{}{source}{}", debug.leading(), debug.trailing());
                    pieces.push(Piece::Text(text));
                }
                self.interpolation(it, pieces);
            }
        }
    }

    fn interpolation(&mut self, it: &InterpolatedElement, pieces: &mut Vec<Piece>) {
        let range = it.range();
        let value = self.expr(&it.expression);
        let debug_repr = it.debug_text.is_some() && it.format_spec.is_none();
        let value = match it.conversion {
            ConversionFlag::Repr => self.repr(value),
            ConversionFlag::None if debug_repr => self.repr(value),
            ConversionFlag::Str => self.str(value),
            ConversionFlag::None => value,
            ConversionFlag::Ascii => {
                pieces.push(Piece::Plain(self.unsupported(range, "`!a`")));
                return;
            }
        };
        let value = match value.ty {
            Ty::Member(class, _) => self.member_shown(value, class),
            _ => value,
        };
        let Some(spec) = &it.format_spec else {
            match value.kind {
                Kind::Format(inner) => pieces.extend(inner),
                _ => pieces.push(self.plain(value)),
            }
            return;
        };
        let mut spec_pieces = Vec::new();
        for element in &spec.elements {
            self.element(element, &mut spec_pieces);
        }
        let spec = self.formatted(spec_pieces, range);
        let value = self.dynamic(value);
        let operands = vec![(value, Mode::Ref), (spec, Mode::Str)];
        let text = Expr::op("format::format({0}, {1})", operands, Ty::Str, range);
        pieces.push(Piece::Plain(text.raising().item("format", "format")));
    }

    /// A value that Rust's `Display` shows as `str()` does.
    pub fn plain(&mut self, value: Expr) -> Piece {
        match (value.kind, &value.ty) {
            (Kind::Str(text), _) => Piece::Text(text),
            (Kind::Int(value), _) => Piece::Text(value.to_string()),
            (Kind::Bool(value), _) => Piece::Text(if value { "True" } else { "False" }.to_owned()),
            (Kind::None, Ty::None) => Piece::Text("None".to_owned()),
            (_, Ty::Never) => Piece::Plain(self.unknown(value.range)),
            (kind, Ty::Str | Ty::Int | Ty::Error | Ty::Value) => {
                Piece::Plain(Expr::new(kind, value.ty, value.range))
            }
            (kind, Ty::Opaque(path)) if self.support.displays.contains(&**path) => {
                Piece::Plain(Expr::new(kind, value.ty, value.range))
            }
            (kind, ty) => {
                let ty = ty.clone();
                Piece::Plain(self.dynamic(Expr::new(kind, ty, value.range)))
            }
        }
    }

    /// `str(value)`.
    pub fn str(&mut self, value: Expr) -> Expr {
        let range = value.range;
        if value.ty == Ty::Str {
            return value;
        }
        if let Ty::Member(class, _) = value.ty {
            return self.member_text(value, class);
        }
        let piece = self.plain(value);
        self.formatted(vec![piece], range)
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: Expr) -> Expr {
        let range = value.range;
        let value = self.dynamic(value);
        Expr::op("ops::repr({0})", vec![(value, Mode::Ref)], Ty::Str, range).item("ops", "repr")
    }
}
