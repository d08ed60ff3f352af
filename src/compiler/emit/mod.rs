//! From the typed representation to Rust.
//!
//! In: a lowered program. Out: the sources of a crate, and what they need of the support modules
//! and of AWS. Control flow becomes Rust's: an error leaves a function by `?`, a `try` by breaking
//! out of a labelled block. Decides nothing about types.

mod block;
mod call;
mod captured;
mod class;
mod collect;
mod cond;
mod declare;
mod effects;
mod expr;
mod finally;
mod glue;
mod module;
mod names;
mod object;
mod text;
mod tidy;
mod tried;

use std::collections::BTreeSet;

use super::ir::{Body, Need};
use super::lower::Lowered;
use super::program::Program;
pub use effects::Effects;
pub use glue::{Glue, main};
pub use module::{Source, imports, modules, state};
pub use tidy::tidy;

/// Where an error goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Raise {
    /// Out of the function, by `?`.
    Function,
    /// Out of a labelled block.
    Label(String),
    /// Out of a labelled block that gives a `Result`.
    Outcome(String),
}

/// Where a returned value goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Leave {
    /// Out of the function.
    Function,
    /// Out of a labelled block that does something before it leaves the function; its end may be
    /// reached too where it is optional.
    Label { label: String, optional: bool },
}

/// A `finally` between a loop and the statement that is written.
#[derive(Debug, Clone)]
struct Finally {
    label: String,
    /// The names of the flags of `break` and `continue`.
    flags: [String; 2],
    /// The jumps over it, and their flags.
    jumps: Vec<(&'static str, String)>,
}

/// A loop around the statement that is written.
#[derive(Debug, Clone)]
struct Loop {
    label: String,
    /// Labelled blocks between the loop and the statement.
    blocks: usize,
    is_labelled: bool,
    /// The `finally` blocks between the loop and the statement.
    finally: Vec<Finally>,
    /// What `break` leaves: the loop, or the block that its `else` stands in.
    exit: Option<String>,
}

/// Writes one body.
pub struct Emitter<'e, 'a> {
    program: &'e Program<'a>,
    lowered: &'e Lowered,
    effects: &'e Effects,
    body: &'e Body,
    /// The module that is written.
    module: usize,
    /// Whether the body is what runs at import.
    is_import: bool,
    /// Whether the function gives a `Result`.
    raises: bool,
    names: Vec<String>,
    /// Names of the writing's own variables, where they are in scope.
    spared: Vec<String>,
    /// Locals that are declared where the writing is.
    declared: BTreeSet<crate::compiler::ir::LocalId>,
    /// Locals that may be read before they are bound.
    unbound: BTreeSet<crate::compiler::ir::LocalId>,
    /// Locals that are bound more than once.
    rebound: BTreeSet<crate::compiler::ir::LocalId>,
    /// Locals whose next pattern gets another name, from which they are then bound.
    suffixed: BTreeSet<crate::compiler::ir::LocalId>,
    /// Locals that nothing reads, so that they are not declared.
    dropped: BTreeSet<crate::compiler::ir::LocalId>,
    /// Locals that are borrowed where the writing is.
    lent: BTreeSet<crate::compiler::ir::LocalId>,
    /// Comments before it are written.
    comment_cursor: ruff_text_size::TextSize,
    uses: names::Uses,
    raise: Raise,
    leave: Leave,
    loops: Vec<Loop>,
    /// How many labels there are of a name.
    labels: std::collections::BTreeMap<String, usize>,
    /// What was used.
    pub needs: BTreeSet<Need>,
    /// Modules of the program whose items are used.
    pub modules: BTreeSet<usize>,
}

impl<'e, 'a> Emitter<'e, 'a> {
    /// An emitter of a body of a module.
    pub fn new(
        program: &'e Program<'a>,
        lowered: &'e Lowered,
        effects: &'e Effects,
        body: &'e Body,
        module: usize,
    ) -> Self {
        Self {
            program,
            lowered,
            effects,
            body,
            module,
            is_import: false,
            raises: true,
            names: names::names(body),
            spared: Vec::new(),
            declared: BTreeSet::new(),
            unbound: declare::unbound(body),
            rebound: declare::rebound(body),
            suffixed: BTreeSet::new(),
            dropped: BTreeSet::new(),
            lent: BTreeSet::new(),
            comment_cursor: ruff_text_size::TextSize::default(),
            uses: names::uses(body),
            raise: Raise::Function,
            leave: Leave::Function,
            loops: Vec::new(),
            labels: std::collections::BTreeMap::new(),
            needs: BTreeSet::new(),
            modules: BTreeSet::new(),
        }
    }

    fn label(&mut self, name: &str) -> String {
        let number = self.labels.entry(name.to_owned()).or_default();
        *number += 1;
        match number {
            1 => format!("'{name}"),
            number => format!("'{name}_{number}"),
        }
    }

    /// A name for a variable of the writing's own, which no variable of the body has.
    fn spare(&self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let free = candidates.find(|it| !self.names.contains(it) && !self.spared.contains(it));
        free.unwrap_or_default()
    }

    /// Works while a name of the writing's own is taken.
    fn sparing<T>(&mut self, name: &str, work: impl FnOnce(&mut Self, &str) -> T) -> T {
        let name = self.spare(name);
        self.spared.push(name.clone());
        let found = work(self, &name);
        self.spared.pop();
        found
    }

    fn need(&mut self, module: &str, item: &str) {
        self.needs
            .insert(Need::Item(module.to_owned(), item.to_owned()));
    }
}
