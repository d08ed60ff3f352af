//! From bound Python to the typed representation.
//!
//! In: a [`Program`]. Out: the [`Body`] of each function that the handler reaches, with its types.
//! Bodies are lowered again and again with what is known of types so far, until nothing changes;
//! diagnostics count in the last round alone.

mod arguments;
mod assign;
mod attribute;
mod augment;
mod bind_call;
mod builtin;
mod call;
mod changes;
mod class;
mod coerce;
mod collect;
mod compare;
mod condition;
mod decorator;
mod enumeration;
mod exception;
mod expr;
mod fixpoint;
mod flow;
mod function;
mod generator;
mod instance;
mod iterate;
mod lazy;
mod loops;
mod matched;
mod odd_class;
mod operator;
mod own_exception;
mod stmt;
mod text;
mod types;
mod with;

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr as PyExpr, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::ir::visit::Visitor;
use super::ir::{Body, Entry, Expr, Kind, Local, LocalId, Mode, Need, Op, Stmt};
use super::program::{Program, assigned_names, rust_name};
use super::support::{Support, support};
use super::types::Ty;
use crate::diagnostic::{Code, Diagnostic};

pub use arguments::{Argument, Arguments};
pub use changes::{may_change, may_change_in};
pub use condition::negated;
pub use decorator::{Decorated, Decoration, Decorator, Layer, Wrapped};
pub use enumeration::{Enumeration, Member};
pub use exception::constant_name;
pub use fixpoint::{Lowered, LoweredClass, LoweredFunction, lower, parameter_names};
pub use flow::{breaks, ends, jumps};
pub use generator::is_generator;
pub use lazy::is_quiet;
pub use types::{Place, Scope, Types};

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
    /// The names that the function binds itself.
    own_names: BTreeSet<String>,
    /// The names that functions around it bind.
    outer_names: BTreeSet<String>,
    /// Names of each scope, innermost last.
    names: Vec<BTreeMap<String, LocalId>>,
    /// Locals that are known to hold something, and under which local.
    narrowed: Vec<(LocalId, LocalId)>,
    /// The call that a loop is about to run over.
    taking: Option<TextRange>,
    /// The local that holds the error being handled.
    handled: Vec<LocalId>,
    /// What the constructor of an exception hands on.
    inherited: Option<own_exception::Inherited>,
    /// The attributes of the exception that a constructor makes.
    exception_attributes: Vec<(String, Expr)>,
    /// Which expressions are known to be booleans, or not.
    booleans: rustc_hash::FxHashMap<(usize, TextRange), bool>,
    /// Displays that become JSON and are seen by nothing else.
    encoded: rustc_hash::FxHashSet<(usize, TextRange)>,
    /// Calls whose coroutine is awaited where it is made.
    awaited: rustc_hash::FxHashSet<(usize, TextRange)>,
    /// The place of the function of a call that is looked at.
    callee: Option<TextRange>,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was left out since no value of it is known yet: wrong where that stays so.
    left_out: Vec<Diagnostic>,
}

impl<'p, 'a> Lowerer<'p, 'a> {
    fn new(
        program: &'p Program<'a>,
        types: &'p mut Types,
        module: usize,
        function: Option<usize>,
    ) -> Self {
        let mut around = Vec::new();
        let mut at = function;
        while let Some(index) = at {
            around.push(names_of(program.functions[index].def));
            at = program.functions[index].parent;
        }
        let mut around = around.into_iter();
        Self {
            own_names: around.next().unwrap_or_default(),
            outer_names: around.flatten().collect(),
            program,
            types,
            support: support(),
            module,
            function,
            locals: Vec::new(),
            names: vec![BTreeMap::new()],
            narrowed: Vec::new(),
            taking: None,
            handled: Vec::new(),
            inherited: None,
            exception_attributes: Vec::new(),
            booleans: rustc_hash::FxHashMap::default(),
            encoded: rustc_hash::FxHashSet::default(),
            awaited: rustc_hash::FxHashSet::default(),
            callee: None,
            diagnostics: Vec::new(),
            left_out: Vec::new(),
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

    /// Something of which no value is known in this round.
    pub fn unknown(&mut self, range: TextRange) -> Expr {
        self.unknown_of(Ty::Never, range)
    }

    /// Something of a type of which no value is known in this round.
    pub fn unknown_of(&mut self, ty: Ty, range: TextRange) -> Expr {
        let message = "this is never reached: something before it never gives a value";
        let found = self
            .program
            .diagnostic(self.module, range, Code::UnknownType, message)
            .with_help("remove it, or let what comes before it return something");
        self.left_out.push(found);
        Expr::new(Kind::None, ty, range)
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
            module: self.module,
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

/// The names that a function binds: its parameters and variables.
fn names_of(def: &StmtFunctionDef) -> BTreeSet<String> {
    let mut found: BTreeSet<_> = assigned_names(&def.body).into_iter().collect();
    found.extend(parameter_names(&def.parameters));
    found
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

    /// Whether it is the same whenever it is evaluated.
    pub fn is_literal(&self) -> bool {
        match &self.kind {
            Kind::Widen(inner) => inner.is_literal(),
            Kind::Tuple(items) => items.iter().all(Self::is_literal),
            Kind::Collect(_, entries) => entries.iter().all(|entry| match entry {
                Entry::Item(item) => item.is_literal(),
                Entry::Pair(key, value) => key.is_literal() && value.is_literal(),
                Entry::Spread(_) => false,
            }),
            kind => self.is_simple() && !matches!(kind, Kind::Local(_) | Kind::Global(_)),
        }
    }

    /// Whether evaluating it may do something: call, raise, wait, bind.
    pub fn acts(&self) -> bool {
        struct Acts(bool);
        impl Visitor for Acts {
            fn expr(&mut self, expr: &Expr) {
                self.0 |= match &expr.kind {
                    Kind::Call(_) | Kind::Gather(..) | Kind::Ahead(_) | Kind::Block(..) => true,
                    Kind::Op(op) => op.raises || op.awaits || expr.ty == Ty::None,
                    _ => false,
                };
                self.walk_expr(expr);
            }
        }
        let mut acts = Acts(false);
        acts.expr(self);
        acts.0
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
