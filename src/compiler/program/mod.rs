//! The program to translate: a function's modules, parsed, with every name of theirs bound.
//!
//! In: the module graph. Out: [`Program`]: modules, functions, classes, module variables, and what
//! each name of a module stands for. First pass of the compiler; it decides no types.

mod bind;
mod consumed;
mod lambda;
mod scope;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ruff_python_ast::{Expr as PyExpr, ModModule, StmtClassDef, StmtFunctionDef};
use ruff_python_parser::{Parsed, parse_module};

use crate::diagnostic::{Code, Diagnostic};
use crate::edit::requirements::Requirement;
use crate::python::ModuleGraph;
use crate::source::{SourceFile, Span};

pub use bind::{imported, is_immutable, origin};
pub use consumed::{Consumed, is_lazy};
pub use lambda::lambdas;
pub use scope::{
    assigned_names, bound_names, globals_of, is_variable_too, nonlocals_of, walk_statements,
};

/// A thing that exists only while compiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entity {
    /// A module of the program.
    Module(usize),
    /// Something outside of it, by its qualified name (`json.dumps`).
    External(String),
    /// A function of the program.
    Function(usize),
    /// A class of the program.
    Class(usize),
    /// A method of an instance or a thing that a mapping knows: its qualified name. What it is
    /// called on is an operand.
    Method(String),
    /// Something a mapping made, with the constants it was made of.
    Made(String, Vec<String>),
}

/// What a module's name stands for.
#[derive(Debug, Clone)]
pub enum Binding<'a> {
    /// A thing known while compiling.
    Entity(Entity),
    /// A variable, by its index.
    Global(usize),
    /// A constant: an immutable literal.
    Constant(usize, &'a PyExpr),
    /// A tuple of constants of a module: what a decorator's `*` parameter is given.
    Constants(usize, Vec<&'a PyExpr>),
    /// A definition or import that something else of the module has the name of, too.
    Ambiguous,
}

/// A parsed module.
pub struct Module<'a> {
    /// Its dotted name.
    pub name: String,
    /// Its name in Rust.
    pub rust_name: String,
    /// Its file.
    pub file: Arc<SourceFile>,
    /// Its syntax.
    pub syntax: &'a Parsed<ModModule>,
    /// Its names.
    pub bindings: BTreeMap<String, Binding<'a>>,
    /// Whether it is run when the handler's module is imported.
    pub at_import: bool,
    /// What is run through where it stands.
    pub consumed: rustc_hash::FxHashMap<ruff_text_size::TextRange, Consumed>,
}

/// A function of the program.
pub struct Function<'a> {
    /// Its module.
    pub module: usize,
    /// Its name in Python.
    pub name: String,
    /// Its name in Rust, unique in its module or class.
    pub rust_name: String,
    /// Its definition.
    pub def: &'a StmtFunctionDef,
    /// The class whose method it is.
    pub class: Option<usize>,
    /// The function that it is nested in.
    pub parent: Option<usize>,
    /// Of a decorated function, the function itself: this one is what the decorators make of it.
    pub undecorated: Option<usize>,
    /// Of a function itself that has decorators, what they make of it.
    pub decorated: Option<usize>,
    /// Of a function that only the program's own decorators decorate, what they make of it.
    pub wrapper: Option<usize>,
    /// Of a function that others decorate further, what the program's own make of it.
    pub core: Option<usize>,
    /// How many of the decorators next to the function are the program's own.
    pub own_decorators: usize,
    /// Of what a decorator makes of a function, what the decorator's parameters stand for.
    pub given: BTreeMap<String, Binding<'a>>,
    /// Of what takes `*args` and `**kwargs`, the function whose parameters these are.
    pub forwarded: Option<usize>,
}

impl<'a> Function<'a> {
    /// A function of a module by its definition.
    pub fn new(module: usize, def: &'a StmtFunctionDef) -> Self {
        Self {
            module,
            name: def.name.to_string(),
            rust_name: rust_name(&def.name),
            def,
            class: None,
            parent: None,
            undecorated: None,
            decorated: None,
            wrapper: None,
            core: None,
            own_decorators: 0,
            given: BTreeMap::new(),
            forwarded: None,
        }
    }
}

/// A class of the program.
pub struct Class<'a> {
    /// Its module.
    pub module: usize,
    /// Its name.
    pub name: String,
    /// Its definition.
    pub def: &'a StmtClassDef,
    /// Its methods by name.
    pub methods: BTreeMap<String, usize>,
}

/// A module's variable.
#[derive(Debug)]
pub struct Global {
    /// Its module.
    pub module: usize,
    /// Its name in Python.
    pub name: String,
    /// Its name in Rust, unique in the program.
    pub rust_name: String,
    /// Whether a function binds it anew (`global`).
    pub is_rebound: bool,
}

/// A program.
pub struct Program<'a> {
    /// The modules; the packages above the handler's come before it.
    pub modules: Vec<Module<'a>>,
    /// All functions, methods and nested ones included.
    pub functions: Vec<Function<'a>>,
    /// All classes.
    pub classes: Vec<Class<'a>>,
    /// All variables of modules.
    pub globals: Vec<Global>,
    /// The handler.
    pub handler: usize,
    /// The module that Lambda imports for it.
    pub entry: usize,
    /// The version of Python 3 that the function runs under.
    pub python_minor: u32,
    /// What the function and its layers require.
    pub required: Vec<Requirement>,
    /// The names of all attributes that some code sets.
    pub stored: std::cell::OnceCell<BTreeSet<String>>,
    /// The functions that lambdas are, by their modules and places.
    pub lambdas: rustc_hash::FxHashMap<(usize, ruff_text_size::TextRange), usize>,
}

impl std::fmt::Debug for Program<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Program")
            .field("modules", &self.modules.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Program<'a> {
    /// Parses again what the analysis lowered, since that keeps no trees.
    pub fn parse(graph: &ModuleGraph) -> Vec<Parsed<ModModule>> {
        let parse = |module: &crate::python::Module| parse_module(module.source.file.text()).ok();
        graph.modules.iter().filter_map(parse).collect()
    }

    /// Binds the names of parsed modules.
    ///
    /// # Errors
    /// A diagnostic where the handler is not a function of the program.
    pub fn bind(
        graph: &ModuleGraph,
        syntax: &'a [Parsed<ModModule>],
        lambdas: &'a [Vec<StmtFunctionDef>],
    ) -> Result<Self, Vec<Diagnostic>> {
        bind::bind(graph, syntax, lambdas)
    }

    /// The index of a module by its dotted name.
    pub fn module_named(&self, name: &str) -> Option<usize> {
        self.modules.iter().position(|module| module.name == name)
    }

    /// The modules that an import of a dotted name runs: the packages above, then what it names.
    pub fn modules_on_the_way(&self, name: &str) -> impl Iterator<Item = usize> {
        let ends = name.match_indices('.').map(|(at, _)| at);
        let ends = ends.chain([name.len()]);
        ends.filter_map(|end| self.module_named(&name[..end]))
    }

    /// A diagnostic at a place of a module.
    pub fn diagnostic(
        &self,
        module: usize,
        range: ruff_text_size::TextRange,
        code: Code,
        message: impl Into<String>,
    ) -> Diagnostic {
        let file = &self.modules[module].file;
        // Trees are parsed from the text without its byte order mark.
        let skip = file.bom_len();
        let span = Span::new(
            range.start().to_usize() + skip,
            range.end().to_usize() + skip,
        );
        Diagnostic::error(code, message).at(file, span)
    }

    /// The parameters that a function is called with.
    pub fn parameters(&self, function: usize) -> &'a ruff_python_ast::Parameters {
        let function = &self.functions[function];
        let function = function
            .forwarded
            .map_or(function, |it| &self.functions[it]);
        &function.def.parameters
    }

    /// Functions nested directly in a function, by name.
    pub fn nested(&self, parent: usize) -> impl Iterator<Item = (usize, &Function<'a>)> {
        let nested = move |(_, function): &(usize, &Function<'a>)| function.parent == Some(parent);
        self.functions.iter().enumerate().filter(nested)
    }
}

/// Whether a decorator only says how a method is called.
pub fn says_how_called(decorator: &PyExpr) -> bool {
    const NAMES: [&str; 3] = ["property", "staticmethod", "classmethod"];
    matches!(decorator, PyExpr::Name(name) if NAMES.contains(&name.id.as_str()))
}

/// Names that Rust reserves, and those of the parameters that functions are given besides.
const RESERVED: [&str; 54] = [
    "state", "config", "abstract", "as", "async", "await", "become", "box", "break", "const",
    "continue", "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for",
    "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
    "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
];

/// A Python name as a Rust variable's or function's: snake case, not reserved.
pub fn rust_name(name: &str) -> String {
    use heck::ToSnakeCase;
    let snake = name.to_snake_case();
    let snake = match snake.as_str() {
        "" => "unused".to_owned(),
        it if it.starts_with(|first: char| first.is_ascii_digit()) => format!("n{it}"),
        _ => snake,
    };
    if RESERVED.contains(&&*snake) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// A name that is not taken yet, which it then is.
pub fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}_{number}");
        number += 1;
    }
    candidate
}

/// Shared constructor of a static type.
pub fn entity(entity: Entity) -> super::types::Ty {
    super::types::Ty::Static(Arc::new(entity))
}
