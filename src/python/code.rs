//! A module's code as flat operations over numbered slots: the form that the solver reads.
//!
//! In: nothing of its own; `lower` makes it from a syntax tree, once a file.
//! Names are resolved to slots as far as one file allows; a variable that is assigned again in
//! straight-line code has a new slot, so that the flow-insensitive solver does not mix the two.
//! Out: data only. Never knows other modules.

use crate::source::Span;

/// A place for values, local to a function.
pub type Slot = u32;
/// Index into [`Code::names`].
pub type Name = u32;
/// Index into [`Code::functions`].
pub type FunctionIndex = u32;
/// Index into [`Code::classes`].
pub type ClassIndex = u32;

/// The slot of `None` and of everything that has no value of interest.
pub const NOTHING: Slot = 0;
/// The slot of a value that is not known.
pub const OPAQUE: Slot = 1;
/// The slot that a function's returned values flow into.
pub const RETURNED: Slot = 2;
/// The slot that a generator's yielded values flow into.
pub const YIELDED: Slot = 3;
/// The first slot free for variables.
pub const FIRST_FREE: Slot = 4;

/// The body of a module: the first of its functions.
pub const MODULE_BODY: FunctionIndex = 0;

/// One file's code.
#[derive(Debug, Default)]
pub struct Code {
    /// Identifiers and short string constants, each once.
    pub names: Vec<Box<str>>,
    /// The module's body, then every `def` and `lambda` in the order of their text.
    pub functions: Vec<Function>,
    /// Every class in the order of their text.
    pub classes: Vec<Class>,
    /// Every imported name.
    pub imports: Vec<ImportedName>,
    /// The module's variables and the slots of its body that join all their assignments.
    pub globals: Vec<(Name, Slot)>,
    /// The first place where the code nests too deep to be read; what lies below was skipped.
    pub too_deep: Option<Span>,
}

/// A function, a lambda, or a module's body.
#[derive(Debug)]
pub struct Function {
    /// Its name; `<lambda>` and `<module>` for those without.
    pub name: String,
    /// The dotted name within the module, such as `Store.save`; nested functions carry `<locals>`
    /// as Python's `__qualname__` does.
    pub qualified: String,
    /// From `def` (or its first decorator) to the end.
    pub span: Span,
    /// The name in the `def` line.
    pub name_span: Span,
    /// Whether it was written `async def`.
    pub is_async: bool,
    /// Whether it yields.
    pub is_generator: bool,
    /// The function in which it is defined; `None` for the module's body.
    pub parent: Option<FunctionIndex>,
    /// The class of which it is a method.
    pub class: Option<ClassIndex>,
    /// Positional-only and ordinary parameters, then keyword-only ones.
    pub parameters: Vec<Parameter>,
    /// The slot of `*args`.
    pub variadic: Option<Slot>,
    /// The slot of `**kwargs`.
    pub keywords: Option<Slot>,
    /// The slot (in the parent) of the return annotation's value.
    pub returns: Option<Slot>,
    /// How many slots there are.
    pub slots: u32,
    /// What it does, in the order of the text.
    pub operations: Vec<Operation>,
    /// Loop statements in it.
    pub loops: Vec<Span>,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Where its value is.
    pub slot: Slot,
    /// Whether it can be given only by name.
    pub keyword_only: bool,
    /// The default's slot in the parent.
    pub default: Option<Slot>,
    /// The annotation's slot in the parent.
    pub annotation: Option<Slot>,
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// The annotated names of its body in order: the fields of a dataclass or named tuple.
    pub fields: Vec<Name>,
    /// The `class` statement.
    pub span: Span,
}

/// One name that an import statement binds, or one literal given to `importlib.import_module`.
#[derive(Debug)]
pub struct ImportedName {
    /// How many dots lead the module's name.
    pub level: u32,
    /// The module's dotted name without leading dots.
    pub module: String,
    /// The name taken out of the module.
    pub member: Member,
    /// The name in the statement.
    pub span: Span,
    /// Whether it is executed when the module is loaded.
    pub top_level: bool,
    /// Whether it stands in a `try` that catches import errors, or under `TYPE_CHECKING`.
    pub guarded: bool,
}

/// What an import takes out of a module.
#[derive(Debug, PartialEq, Eq)]
pub enum Member {
    /// `import a.b` binds `a`.
    Root,
    /// `import a.b as c` binds `a.b`.
    Whole,
    /// `from a import name`.
    Name(String),
    /// `from a import *`.
    Star,
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// Where its result goes; [`NOTHING`] where there is none.
    pub into: Slot,
    /// Its place; for a method call, from the method's name to the end of the call.
    pub span: Span,
    /// Whether it stands in a loop or comprehension of its function.
    pub in_loop: bool,
    /// Whether it runs only where the module is the main program, which it never is on Lambda.
    pub main_only: bool,
    /// What it does.
    pub kind: Kind,
}

/// The kinds of operations.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "each variant's line names its fields as Python does"
)]
pub enum Kind {
    /// The same value.
    Copy(Slot),
    /// A string constant.
    Text(Name),
    /// A small whole number, by its digits.
    Number(Name),
    /// A module variable, a star import's name, or a builtin.
    Global(Name),
    /// A variable of the function `hops` levels out.
    Outer { hops: u32, slot: Slot },
    /// An imported name: index into [`Code::imports`].
    Import(u32),
    /// `object.name`
    Attribute { object: Slot, name: Name },
    /// `object[key]`; the key is [`OPAQUE`] where it is not a constant.
    Item { object: Slot, key: Slot },
    /// Any element of a container.
    Elements(Slot),
    /// `item in container`
    Contains { item: Slot, container: Slot },
    /// A new list, tuple, set or dict.
    Container,
    /// Both operands of `+` and the like: containers are joined, all else is unknown.
    Combine(Slot, Slot),
    /// A call.
    Call(Call),
    /// A function object.
    Function(FunctionIndex),
    /// A class object with its bases.
    Class(ClassIndex, Box<[Slot]>),
    /// A value of the annotated type.
    Annotated(Slot),
    /// The value of `await`.
    Await(Slot),
    /// The value that `with` binds.
    Enter(Slot),
    /// `object.name = value`
    SetAttribute {
        object: Slot,
        name: Name,
        value: Slot,
    },
    /// `object[key] = value`
    SetItem {
        object: Slot,
        key: Slot,
        value: Slot,
    },
    /// A module variable set from within a function.
    SetGlobal(Name, Slot),
    /// An outer function's variable set from within.
    SetOuter { hops: u32, slot: Slot, value: Slot },
}

/// A call's parts.
#[derive(Debug)]
pub struct Call {
    /// What is called.
    pub callee: Slot,
    /// The arguments in order.
    pub arguments: Box<[Passed]>,
    /// Whether a decorator is applied.
    pub decorator: bool,
    /// Whether its result is awaited at once.
    pub awaited: bool,
}

/// An argument.
#[derive(Debug)]
pub struct Passed {
    /// How it is passed.
    pub how: How,
    /// Its value.
    pub value: Slot,
    /// Its place; for `object.name`, the name.
    pub span: Span,
}

/// How an argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By position.
    Positional,
    /// By name.
    Keyword(Name),
    /// As `*value`.
    Star,
    /// As `**value`.
    DoubleStar,
}

impl Code {
    /// The text of a name.
    pub fn name(&self, name: Name) -> &str {
        self.names.get(name as usize).map_or("", |text| text)
    }
}
