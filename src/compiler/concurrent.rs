//! AWS reads of a loop that run at once, on request.
//!
//! A loop's first read is begun for the next items before the loop comes to them, and looked at
//! where Python makes it, in the order of the items; everything else stays in Python's order. Only
//! where data flow proves that no read depends on what the loop does: it asks for nothing but reads,
//! by values that the loop does not change, in every turn, and the loop is not left early.

mod reads;
mod rename;
mod syntax;

use std::collections::BTreeMap;

use super::ir::visit::Visitor;
use super::ir::{
    Ahead, Body, Collection, Comprehension, Entry, Expr, Iterable, Kind, Local, LocalId, Mode,
    Steps, Stmt, StmtKind, Target,
};
use super::lower::Lowered;
use super::program::Program;
use super::types::Ty;
use reads::{Bodies, Writes, is_independent, only_reads};
use syntax::changes_nothing;

/// Lets reads of loops run at once, at most so many. Gives the loops' places in the source, by
/// module and offset.
pub(super) fn apply(program: &Program<'_>, lowered: &mut Lowered, limit: u16) -> Vec<Place> {
    let bodies: Bodies = lowered
        .functions
        .iter()
        .map(|it| (it.index, it.body.clone()))
        .collect();
    let mut places = Vec::new();
    for function in &mut lowered.functions {
        let mut body = std::mem::take(&mut function.body);
        let mut pass = Pass {
            program,
            bodies: &bodies,
            function: function.index,
            limit,
            locals: &mut body.locals,
            found: Vec::new(),
        };
        pass.stmts(&mut body.stmts);
        let module = program.functions[function.index].module;
        places.extend(
            pass.found
                .into_iter()
                .map(|offset| Place { module, offset }),
        );
        function.body = body;
    }
    places.sort();
    places.dedup();
    places
}

/// Where a loop begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The module's index.
    pub(super) module: usize,
    /// In bytes from its beginning.
    pub(super) offset: usize,
}

struct Pass<'p, 'a> {
    program: &'p Program<'a>,
    bodies: &'p BTreeMap<usize, Body>,
    function: usize,
    limit: u16,
    locals: &'p mut Vec<Local>,
    found: Vec<usize>,
}

impl Pass<'_, '_> {
    fn stmts(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        if self.read_ahead(stmt) {
            return;
        }
        match &mut stmt.kind {
            StmtKind::Assign(_, value) | StmtKind::Return(value) | StmtKind::Expr(value) => {
                self.value(value);
            }
            StmtKind::If(_, then, otherwise) => {
                self.stmts(then);
                self.stmts(otherwise);
            }
            StmtKind::While(_, body, orelse) | StmtKind::For(_, _, body, orelse) => {
                self.stmts(body);
                self.stmts(orelse);
            }
            StmtKind::Try(it) => {
                self.stmts(&mut it.body);
                self.stmts(&mut it.orelse);
                self.stmts(&mut it.finally);
                let handlers = it.handlers.iter_mut();
                handlers.for_each(|handler| self.stmts(&mut handler.body));
            }
            StmtKind::LetElse(_, _, body) | StmtKind::Capture(_, body, _) => self.stmts(body),
            StmtKind::SetGlobal(..) | StmtKind::Raise(_) | StmtKind::Break | StmtKind::Continue => {
            }
        }
    }

    /// `[read(item) for item in items]`, as a whole value or an argument of one.
    fn value(&mut self, value: &mut Expr) {
        match &mut value.kind {
            Kind::Comprehension(it) => {
                if let Some(ahead) = self.collected(it, value.range) {
                    self.found.push(value.range.start().to_usize());
                    value.kind = Kind::Ahead(Box::new(ahead));
                }
            }
            Kind::Widen(inner) => self.value(inner),
            Kind::Op(op) => op.operands.iter_mut().for_each(|(it, _)| self.value(it)),
            Kind::Call(call) => call.arguments.iter_mut().for_each(|it| self.value(it)),
            _ => {}
        }
    }

    fn collected(&self, it: &Comprehension, range: ruff_text_size::TextRange) -> Option<Ahead> {
        let ([generator], Collection::List, Entry::Item(value)) = (&*it.loops, it.makes, &it.entry)
        else {
            return None;
        };
        let fits = generator.iterable.steps == Steps::Plain
            && generator.conditions.is_empty()
            && only_reads(self.bodies, value)
            && is_independent(self.locals, value, &Writes::default())
            && changes_nothing(self.program, self.function, range);
        fits.then(|| Ahead {
            generator: generator.clone(),
            value: value.clone(),
            limit: self.limit,
            item: None,
        })
    }

    /// Rewrites a `for` whose first statement reads; whether it is one.
    fn read_ahead(&mut self, stmt: &mut Stmt) -> bool {
        let range = stmt.range;
        let StmtKind::For(target, iterable, body, orelse) = &mut stmt.kind else {
            return false;
        };
        let Target::Local(item) = *target else {
            return false;
        };
        let mut writes = Writes::default();
        writes.stmts(body);
        let is_rest_fit = reads::rest_only_reads(self.bodies, body);
        let Some(read) = first_read(body) else {
            return false;
        };
        let fits = orelse.is_empty()
            && iterable.steps == Steps::Plain
            && !writes.locals.contains(&item)
            && only_reads(self.bodies, read)
            && is_independent(self.locals, read, &writes)
            && is_rest_fit
            && changes_nothing(self.program, self.function, range);
        if !fits {
            return false;
        }
        let own = self.made("next", iterable.item.clone());
        let Some(value) = rename::renamed(read, item, own) else {
            self.locals.pop();
            return false;
        };
        let outcome = Ty::Outcome(Box::new(read.ty.clone()));
        let answer = self.made("outcome", outcome.clone());
        let seen = Expr::new(Kind::Local(answer), outcome.clone(), read.range);
        let mut taken = Expr::op(
            "{0}",
            vec![(seen, Mode::Owned)],
            read.ty.clone(),
            read.range,
        );
        if let Kind::Op(op) = &mut taken.kind {
            op.raises = true;
        }
        *read = taken;
        let over = Iterable {
            expr: iterable.expr.clone(),
            item: iterable.item.clone(),
            steps: Steps::Plain,
        };
        let ahead = Ahead {
            generator: super::ir::Generator {
                iterable: over,
                target: Target::Local(own),
                conditions: Vec::new(),
            },
            value,
            limit: self.limit,
            item: Some(own),
        };
        *target = Target::Tuple(vec![Target::Local(item), Target::Local(answer)]);
        *iterable = Iterable {
            item: Ty::Tuple(vec![iterable.item.clone(), outcome]),
            expr: Expr::new(Kind::Ahead(Box::new(ahead)), Ty::Never, iterable.expr.range),
            steps: Steps::Awaiting,
        };
        self.found.push(range.start().to_usize());
        true
    }

    fn made(&mut self, name: &str, ty: Ty) -> LocalId {
        self.locals.push(Local {
            name: name.to_owned(),
            source: name.to_owned(),
            module: self.program.functions[self.function].module,
            ty,
            parameter: false,
            borrowed: false,
            is_made: true,
            is_inner: true,
        });
        self.locals.len() - 1
    }
}

/// What a turn asks for before it does anything else.
fn first_read(body: &mut [Stmt]) -> Option<&mut Expr> {
    match &mut body.first_mut()?.kind {
        StmtKind::Assign(_, value) if reads::awaits(value) => Some(value),
        StmtKind::Expr(value) => last_operand(value),
        StmtKind::Try(it) => first_read(&mut it.body),
        _ => None,
    }
}

/// What an operation, such as adding to a list, is given at last, where that reads.
fn last_operand(value: &mut Expr) -> Option<&mut Expr> {
    match &mut value.kind {
        Kind::Op(op) if !op.awaits => {
            let (last, others) = op.operands.split_last_mut()?;
            let is_first = others
                .iter()
                .all(|(it, _)| matches!(it.kind, Kind::Local(_)));
            match &last.0.kind {
                _ if !is_first => None,
                Kind::Op(op) if op.awaits => Some(&mut last.0),
                Kind::Call(_) => Some(&mut last.0),
                _ => last_operand(&mut last.0),
            }
        }
        Kind::Widen(inner) => match &inner.kind {
            Kind::Op(op) if op.awaits => Some(&mut **inner),
            Kind::Call(_) => Some(&mut **inner),
            _ => last_operand(inner),
        },
        _ => None,
    }
}
