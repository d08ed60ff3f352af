//! From bound Python to the typed representation.
//!
//! In: a [`Program`]. Out: the [`Body`] of each function that the handler reaches, with its types.
//! Bodies are lowered again and again with what is known of types so far, until nothing changes;
//! diagnostics count in the last round alone.

mod arguments;
mod attribute;
mod builtin;
mod call;
mod changes;
mod class;
mod coerce;
mod collect;
mod compare;
mod condition;
mod decorator;
mod exception;
mod expr;
mod fixpoint;
mod iterate;
mod lazy;
mod loops;
mod operator;
mod stmt;
mod text;
mod types;

use std::collections::BTreeMap;

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::{Ranged, TextRange};

use super::ir::{Body, Expr, Kind, Local, LocalId, Mode, Need, Op, Stmt};
use super::program::{Program, rust_name};
use super::support::{Support, support};
use super::types::Ty;
use crate::diagnostic::{Code, Diagnostic};

pub use arguments::{Argument, Arguments};
pub use condition::negated;
pub use exception::constant_name;
pub use fixpoint::{Lowered, LoweredClass, LoweredFunction, lower, parameter_names};
pub use stmt::{breaks, ends, jumps};
pub use types::{Scope, Types};

/// Lowers one body.
pub struct Lowerer<'p, 'a> {
    /// The program.
    pub program: &'p Program<'a>,
    /// What is known of types.
    pub types: &'p mut Types,
    /// The mapped names.
    pub support: &'static Support,
    /// The module whose names count.
    pub module: usize,
    /// The function whose body it is; none for what runs at import.
    pub function: Option<usize>,
    /// The variables made so far.
    pub locals: Vec<Local>,
    /// Names of each scope, innermost last.
    names: Vec<BTreeMap<String, LocalId>>,
    /// Locals that are known to hold something, and under which local.
    narrowed: Vec<(LocalId, LocalId)>,
    /// The local that holds the error being handled.
    handled: Vec<LocalId>,
    /// The arguments of the exception that a constructor makes.
    pending_arguments: Option<Expr>,
    /// The attributes of the exception that a constructor makes.
    exception_attributes: Vec<(String, Expr)>,
    /// Which expressions are known to be booleans, or not.
    booleans: rustc_hash::FxHashMap<(usize, TextRange), bool>,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'p, 'a> Lowerer<'p, 'a> {
    fn new(
        program: &'p Program<'a>,
        types: &'p mut Types,
        module: usize,
        function: Option<usize>,
    ) -> Self {
        Self {
            program,
            types,
            support: support(),
            module,
            function,
            locals: Vec::new(),
            names: vec![BTreeMap::new()],
            narrowed: Vec::new(),
            handled: Vec::new(),
            pending_arguments: None,
            exception_attributes: Vec::new(),
            booleans: rustc_hash::FxHashMap::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Records why something cannot be translated, and goes on.
    pub fn refuse(
        &mut self,
        range: TextRange,
        code: Code,
        message: impl Into<String>,
        help: &str,
    ) -> Expr {
        let mut found = self.program.diagnostic(self.module, range, code, message);
        if !help.is_empty() {
            found = found.with_help(help);
        }
        self.diagnostics.push(found);
        Expr {
            kind: Kind::None,
            ty: Ty::Never,
            range,
        }
    }

    /// The text of a place, as it stands.
    pub fn exact_source(&self, range: TextRange) -> &str {
        let file = &self.program.modules[self.module].file;
        let text = &file.text()[file.bom_len()..];
        text.get(range.to_std_range()).unwrap_or_default()
    }

    /// The text of a node, on one line.
    pub fn source(&self, node: &impl Ranged) -> String {
        let file = &self.program.modules[self.module].file;
        let text = &file.text()[file.bom_len()..];
        let text = text.get(node.range().to_std_range()).unwrap_or_default();
        let line: Vec<&str> = text.split_whitespace().collect();
        textwrap::shorten(&line.join(" "))
    }

    /// A new local variable of the compiler's own making.
    pub fn fresh(&mut self, name: &str, ty: Ty) -> LocalId {
        let local = self.variable(name, ty);
        self.locals[local].is_made = true;
        local
    }

    /// A new local variable that has a name in Python.
    pub fn variable(&mut self, name: &str, ty: Ty) -> LocalId {
        self.locals.push(Local {
            name: rust_name(name),
            source: name.to_owned(),
            ty,
            parameter: false,
            borrowed: false,
            is_made: false,
            is_inner: false,
        });
        self.locals.len() - 1
    }

    /// A new local variable that the construct which binds it declares.
    pub fn inner(&mut self, name: &str, ty: Ty) -> LocalId {
        let local = self.variable(name, ty);
        self.locals[local].is_inner = true;
        local
    }

    fn body(self, stmts: Vec<Stmt>) -> Body {
        Body {
            locals: self.locals,
            stmts,
        }
    }
}

mod textwrap {
    /// At most sixty characters of a text.
    pub(super) fn shorten(text: &str) -> String {
        const WIDTH: usize = 60;
        match text.char_indices().nth(WIDTH) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        }
    }
}

/// Builders of expressions, for the lowering and the mappings.
impl Expr {
    /// A value of a kind and type.
    pub fn new(kind: Kind, ty: Ty, range: TextRange) -> Self {
        Self { kind, ty, range }
    }

    /// An operation that neither raises nor awaits.
    pub fn op(template: &str, operands: Vec<(Expr, Mode)>, ty: Ty, range: TextRange) -> Self {
        let op = Op {
            template: template.to_owned(),
            operands,
            raises: false,
            awaits: false,
            borrows: false,
            place: false,
            needs: Vec::new(),
        };
        Self::new(Kind::Op(Box::new(op)), ty, range)
    }

    /// The same operation, which may raise.
    #[must_use]
    pub fn raising(mut self) -> Self {
        if let Kind::Op(op) = &mut self.kind {
            op.raises = true;
        }
        self
    }

    /// The same operation, which gives a future.
    #[must_use]
    pub fn awaiting(mut self) -> Self {
        if let Kind::Op(op) = &mut self.kind {
            op.awaits = true;
        }
        self
    }

    /// The same operation, which gives a reference.
    #[must_use]
    pub fn borrowing(mut self) -> Self {
        if let Kind::Op(op) = &mut self.kind {
            op.borrows = true;
        }
        self
    }

    /// The same operation, which needs something.
    #[must_use]
    pub fn needing(mut self, need: Need) -> Self {
        if let Kind::Op(op) = &mut self.kind {
            op.needs.push(need);
        }
        self
    }

    /// The same operation, which needs an item of a support module.
    #[must_use]
    pub fn item(self, module: &str, item: &str) -> Self {
        self.needing(Need::Item(module.to_owned(), item.to_owned()))
    }

    /// A string.
    pub fn text(text: impl Into<String>, range: TextRange) -> Self {
        Self::new(Kind::Str(text.into()), Ty::Str, range)
    }

    /// `None`.
    pub fn none(range: TextRange) -> Self {
        Self::new(Kind::None, Ty::None, range)
    }

    /// Whether evaluating it twice is the same as once, and costs nothing.
    pub fn is_simple(&self) -> bool {
        match &self.kind {
            Kind::None
            | Kind::Bool(_)
            | Kind::Int(_)
            | Kind::Float(_)
            | Kind::Str(_)
            | Kind::Local(_)
            | Kind::Global(_)
            | Kind::Const(_)
            | Kind::Static => true,
            Kind::Widen(inner) => inner.is_simple(),
            _ => false,
        }
    }
}

/// The string of a literal, if it is one.
pub fn literal_text(expr: &PyExpr) -> Option<&str> {
    match expr {
        PyExpr::StringLiteral(it) => Some(it.value.to_str()),
        _ => None,
    }
}
