//! The typed intermediate representation: Python's control flow over Rust's expressions.
//!
//! Control flow keeps the form it has in Python. An expression is an operation on others: a piece
//! of Rust with holes ([`Op`]), of which it is known what it raises, awaits and how it takes each
//! operand. Nothing here knows of a mapped module.

pub mod visit;

use ruff_text_size::TextRange;

use super::types::Ty;

/// Index of a local variable of a body.
pub type LocalId = usize;

/// An expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Its type.
    pub ty: Ty,
    /// The Python that it comes from.
    pub range: TextRange,
}

/// Forms of expressions.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `None`.
    None,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A read of a local variable.
    Local(LocalId),
    /// A read of a module's variable, a field of the state.
    Global(usize),
    /// A constant, by its Rust path.
    Const(String),
    /// A tuple of known length.
    Tuple(Vec<Expr>),
    /// The operand in the expression's own, wider type.
    Widen(Box<Expr>),
    /// An operation.
    Op(Box<Op>),
    /// `a if test else b`.
    If(Box<Cond>, Box<Expr>, Box<Expr>),
    /// `a or b`, `a and b` as values.
    Logic(Logic, Box<Expr>, Box<Expr>),
    /// A condition as a value.
    Cond(Box<Cond>),
    /// A formatted string.
    Format(Vec<Piece>),
    /// A list or set display, or a dict's members, in order.
    Collect(Collection, Vec<Entry>),
    /// A comprehension.
    Comprehension(Box<Comprehension>),
    /// A function of the program is called.
    Call(Box<Call>),
    /// Coroutines that run together: one for each item, in the order of the items.
    Gather(Box<Generator>, Box<Expr>),
    /// A function given to another: parameters and the value.
    Closure(Vec<LocalId>, Box<Expr>),
    /// A Rust value is matched.
    Match(Box<Match>),
    /// Statements that come before a value.
    Block(Vec<Stmt>, Box<Expr>),
    /// Something that exists only while compiling; its type says what.
    Static,
}

/// A match of a Rust value by patterns.
#[derive(Debug, Clone)]
pub struct Match {
    /// What is matched.
    pub on: Expr,
    /// The arms, in order; the last takes what is left.
    pub arms: Vec<Arm>,
}

/// An arm of a match.
#[derive(Debug, Clone)]
pub struct Arm {
    /// The pattern in Rust, with holes for the locals that it binds.
    pub pattern: String,
    /// The locals that it binds.
    pub binds: Vec<LocalId>,
    /// Its value.
    pub value: Expr,
}

/// `and` or `or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    /// `and`.
    And,
    /// `or`.
    Or,
}

/// What a display makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// `[…]`.
    List,
    /// `{…}` of items.
    Set,
    /// `{…: …}`.
    Dict,
}

/// An entry of a display.
#[derive(Debug, Clone)]
pub enum Entry {
    /// An item of a list or set.
    Item(Expr),
    /// A key and its value.
    Pair(Expr, Expr),
    /// `*items` or `**members`.
    Spread(Expr),
}

/// A piece of a formatted string.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// What Rust's own formatting shows as Python does.
    Plain(Expr),
}

/// A comprehension; a generator expression is collected as a list.
#[derive(Debug, Clone)]
pub struct Comprehension {
    /// What it makes.
    pub makes: Collection,
    /// The loops, outermost first.
    pub loops: Vec<Generator>,
    /// The item, or key and value.
    pub entry: Entry,
}

/// `for … in … if …`.
#[derive(Debug, Clone)]
pub struct Generator {
    /// What is run over.
    pub iterable: Iterable,
    /// What each item is bound to.
    pub target: Target,
    /// Its conditions.
    pub conditions: Vec<Cond>,
}

/// What a loop runs over.
#[derive(Debug, Clone)]
pub struct Iterable {
    /// An expression that is an iterator in Rust.
    pub expr: Expr,
    /// The type of its items.
    pub item: Ty,
    /// How items are asked for.
    pub steps: Steps,
}

/// How a loop asks for items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// As Rust's iterators give them.
    Plain,
    /// Each by a call that may raise.
    Raising,
    /// Each by a future that may raise.
    Awaiting,
    /// Not at all: the expression is the only item. Only comprehensions have it.
    Once,
}

/// How an operation takes an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By value.
    Owned,
    /// By reference: `&T`, `&str`, `&[u8]`; by value what Rust copies.
    Ref,
    /// As the receiver of a method: a place or value that needs no reference.
    Receiver,
    /// By reference within an option: `Option<&T>`.
    OptionRef,
    /// As a `&str`, whatever holds it.
    Str,
}

/// A piece of Rust with holes `{0}`, `{1}`, … for its operands.
#[derive(Debug, Clone)]
pub struct Op {
    /// The Rust.
    pub template: String,
    /// The operands, evaluated in this order.
    pub operands: Vec<(Expr, Mode)>,
    /// Whether it gives a `Result`.
    pub raises: bool,
    /// Whether it gives a future.
    pub awaits: bool,
    /// Whether it gives a reference (`&str` for a string).
    pub borrows: bool,
    /// Whether it is a place that others own.
    pub place: bool,
    /// What it needs of the generated crate.
    pub needs: Vec<Need>,
}

/// What an operation needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// An item of a support module: module, item (`json`, `dumps`).
    Item(String, String),
    /// The configuration of AWS clients, as a parameter.
    Config,
    /// The client of an AWS service.
    Client(String),
    /// An operation of an AWS service.
    Operation {
        /// boto3's name of the service.
        service: String,
        /// boto3's name of the method.
        method: String,
        /// The names of the arguments, where they are known.
        members: Option<Vec<String>>,
        /// Whether it is called on a resource.
        resource: bool,
        /// Whether its pages are asked for.
        pages: bool,
    },
    /// A method of a table's batch writer.
    BatchWriter(String),
    /// An exception of a service's client.
    Exception(String, String),
}

/// A call of a function of the program.
#[derive(Debug, Clone)]
pub struct Call {
    /// The function's index.
    pub function: usize,
    /// The arguments, in the order of the parameters.
    pub arguments: Vec<Expr>,
}

/// A condition.
#[derive(Debug, Clone)]
pub enum Cond {
    /// Of type `bool`.
    Expr(Expr),
    /// All hold, the left before the right; what the left binds is seen by the right.
    And(Vec<Cond>),
    /// Any holds.
    Or(Vec<Cond>),
    /// Does not hold.
    Not(Box<Cond>),
    /// A local of type `Option` holds something, which is seen under the same name where the
    /// condition holds.
    Some(LocalId, LocalId),
}

/// What is assigned to.
#[derive(Debug, Clone)]
pub enum Target {
    /// A local variable.
    Local(LocalId),
    /// Parts of a tuple.
    Tuple(Vec<Target>),
    /// Not used.
    Ignore,
}

/// A statement.
#[derive(Debug, Clone)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// The Python that it comes from.
    pub range: TextRange,
}

/// Forms of statements.
#[derive(Debug, Clone)]
pub enum StmtKind {
    /// A value is bound.
    Assign(Target, Expr),
    /// A module's variable is bound anew.
    SetGlobal(usize, Expr),
    /// An expression for its effect.
    Expr(Expr),
    /// `if`, with `elif` nested in the second body.
    If(Cond, Vec<Stmt>, Vec<Stmt>),
    /// `while` and its `else`.
    While(Cond, Vec<Stmt>, Vec<Stmt>),
    /// `for` and its `else`.
    For(Target, Iterable, Vec<Stmt>, Vec<Stmt>),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `return`.
    Return(Expr),
    /// `raise`: the error's expression.
    Raise(Expr),
    /// `try`.
    Try(Box<Try>),
    /// The rest of the block sees what an option holds; the body, which leaves the block, is run
    /// where it holds nothing.
    LetElse(LocalId, LocalId, Vec<Stmt>),
    /// What statements and then a value give or raise is bound, as a `Result`.
    Capture(LocalId, Vec<Stmt>, Expr),
}

/// A `try` statement.
#[derive(Debug, Clone)]
pub struct Try {
    /// What may raise.
    pub body: Vec<Stmt>,
    /// Its handlers, in order.
    pub handlers: Vec<Handler>,
    /// What follows where nothing was raised.
    pub orelse: Vec<Stmt>,
    /// What is done in any case.
    pub finally: Vec<Stmt>,
    /// The local that holds the caught error.
    pub error: LocalId,
}

/// An `except` clause.
#[derive(Debug, Clone)]
pub struct Handler {
    /// Tests of the caught error; empty catches everything.
    pub classes: Vec<ClassTest>,
    /// The name that it is bound to.
    pub name: Option<LocalId>,
    /// Its body.
    pub body: Vec<Stmt>,
    /// The clause's place.
    pub range: TextRange,
}

/// A test whether an error is of a class.
#[derive(Debug, Clone)]
pub struct ClassTest {
    /// The Rust path of the class.
    pub path: String,
    /// What it needs.
    pub need: Option<Need>,
}

/// A local variable of a body.
#[derive(Debug, Clone)]
pub struct Local {
    /// Its name in Rust.
    pub name: String,
    /// Its name in Python; what the compiler made has its own.
    pub source: String,
    /// The module whose variable it is: two may name theirs alike.
    pub module: usize,
    /// Its type.
    pub ty: Ty,
    /// Whether it is a parameter, which is borrowed.
    pub parameter: bool,
    /// Whether it is borrowed from another place (`if let Some(x) = &x`).
    pub borrowed: bool,
    /// Whether the compiler made it; its name then gives way to Python's.
    pub is_made: bool,
    /// Whether the construct that binds it declares it: a comprehension, a closure, a handler, a
    /// condition that sees what an option holds.
    pub is_inner: bool,
}

/// A function's body.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Its variables.
    pub locals: Vec<Local>,
    /// Its statements.
    pub stmts: Vec<Stmt>,
}
