//! What an expression does, as far as another order could show it.

use std::collections::{BTreeMap, BTreeSet};

use crate::compiler::ir::visit::Visitor;
use crate::compiler::ir::{
    Body, Expr, Iterable, Kind, Local, LocalId, Need, Op, Steps, Stmt, StmtKind,
};
use crate::compiler::types::Ty;

/// Bodies of the program's functions.
pub(super) type Bodies = BTreeMap<usize, Body>;

/// Support modules whose functions only compute.
const PURE: &[&str] = &[
    "base64",
    "binascii",
    "botocore_errors",
    "bytes",
    "bytes_methods",
    "compare",
    "convert",
    "decimal",
    "decimal_arithmetic",
    "decimal_compare",
    "decimal_convert",
    "dict",
    "dynamodb",
    "dynamodb_conditions",
    "equal",
    "error",
    "format",
    "format_number",
    "format_spec",
    "hashlib",
    "isoformat",
    "iterate",
    "json",
    "list",
    "math",
    "methods",
    "numbers",
    "ops",
    "percent",
    "sequences",
    "set",
    "sort",
    "string",
    "string_case",
    "string_encode",
    "string_fit",
    "string_kind",
    "string_split",
    "string_translate",
    "subscript",
    "text",
    "tuple",
    "urllib_quote",
    "urllib_split",
    "value",
];

/// How the methods of clients begin that read and change nothing.
const READS: &[&str] = &[
    "batch_get_",
    "describe_",
    "get_",
    "head_",
    "list_",
    "lookup_",
    "query",
    "scan",
    "search",
];

/// Whether an AWS call only reads.
fn is_read(op: &Op) -> bool {
    let mut is_call = false;
    for need in &op.needs {
        match need {
            Need::Operation { method, pages, .. } => {
                is_call = !pages && READS.iter().any(|verb| method.starts_with(verb));
                if !is_call {
                    return false;
                }
            }
            Need::BatchWriter(_) | Need::Client(_) | Need::Config => return false,
            Need::Item(..) | Need::Exception(..) => {}
        }
    }
    is_call
}

fn is_pure(op: &Op) -> bool {
    op.needs.iter().all(|need| match need {
        Need::Item(module, _) => PURE.contains(&module.as_str()),
        Need::Exception(..) => true,
        _ => false,
    })
}

/// Whether an expression reads from AWS at all.
pub(super) fn awaits(expr: &Expr) -> bool {
    struct Awaits(bool);
    impl Visitor for Awaits {
        fn expr(&mut self, expr: &Expr) {
            self.0 |= matches!(&expr.kind, Kind::Op(op) if op.awaits && is_read(op));
            // Whether a function of the program does is seen later.
            self.0 |= matches!(&expr.kind, Kind::Call(_));
            self.walk_expr(expr);
        }
    }
    let mut found = Awaits(false);
    found.expr(expr);
    found.0
}

/// Whether all that an expression does is to compute and to read from AWS, at least once.
pub(super) fn only_reads(bodies: &Bodies, expr: &Expr) -> bool {
    let mut walk = Walk::over(bodies, true);
    walk.expr(expr);
    walk.fits && walk.reads
}

/// Whether what a loop's body asks of AWS are reads, and it runs to its end in every turn.
pub(super) fn rest_only_reads(bodies: &Bodies, body: &[Stmt]) -> bool {
    let mut walk = Walk::over(bodies, false);
    walk.stmts(body);
    walk.fits
}

/// Looks into expressions and the functions that they call.
struct Walk<'b> {
    bodies: &'b Bodies,
    seen: BTreeSet<usize>,
    /// Whether it may do nothing but compute and read; else only what could change AWS is looked for.
    is_strict: bool,
    /// Whether it is in another function.
    is_inside: bool,
    fits: bool,
    reads: bool,
}

impl<'b> Walk<'b> {
    fn over(bodies: &'b Bodies, is_strict: bool) -> Self {
        Self {
            bodies,
            seen: BTreeSet::new(),
            is_strict,
            is_inside: false,
            fits: true,
            reads: false,
        }
    }
}

impl Visitor for Walk<'_> {
    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::SetGlobal(..) => self.fits = false,
            StmtKind::Break | StmtKind::Return(_) | StmtKind::Raise(_) => {
                self.fits &= self.is_inside
            }
            _ => {}
        }
        self.walk_stmt(stmt);
    }

    fn iterable(&mut self, iterable: &Iterable) {
        self.fits &= iterable.steps == Steps::Plain;
        self.expr(&iterable.expr);
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Op(op) if op.awaits => {
                self.fits &= is_read(op);
                self.reads = true;
            }
            Kind::Op(op) => self.fits &= !self.is_strict || is_pure(op),
            // Variables of modules that hold what may change.
            Kind::Global(_) => {
                let is_fixed = matches!(
                    expr.ty,
                    Ty::Client(_) | Ty::Resource(..) | Ty::Str | Ty::Int | Ty::Bool
                );
                self.fits &= !self.is_strict || is_fixed;
            }
            Kind::Call(call) => match self.bodies.get(&call.function) {
                Some(body) if self.seen.insert(call.function) => {
                    let outer = std::mem::replace(&mut self.is_inside, true);
                    self.stmts(&body.stmts);
                    self.is_inside = outer;
                }
                Some(_) => {}
                None => self.fits = false,
            },
            Kind::Gather(..) | Kind::Ahead(_) => self.fits = false,
            _ => {}
        }
        self.walk_expr(expr);
    }
}

/// The locals that statements bind.
#[derive(Default)]
pub(super) struct Writes {
    pub(super) locals: BTreeSet<LocalId>,
}

impl Visitor for Writes {
    fn write(&mut self, local: LocalId) {
        self.locals.insert(local);
    }
}

/// Whether an expression needs no local that is bound in a loop, and none that may not be bound.
pub(super) fn is_independent(locals: &[Local], expr: &Expr, writes: &Writes) -> bool {
    struct Mentioned(BTreeSet<LocalId>, BTreeSet<LocalId>);
    impl Visitor for Mentioned {
        fn read(&mut self, local: LocalId) {
            self.0.insert(local);
        }
        fn write(&mut self, local: LocalId) {
            self.1.insert(local);
        }
    }
    let mut mentioned = Mentioned(BTreeSet::new(), BTreeSet::new());
    mentioned.expr(expr);
    let Mentioned(read, own) = mentioned;
    let outer = |local: &&LocalId| !own.contains(local);
    read.iter()
        .filter(outer)
        .all(|local| !writes.locals.contains(local))
        && own
            .iter()
            .all(|local| locals.get(*local).is_some_and(|it| it.is_inner))
}
