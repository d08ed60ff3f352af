//! The module graph of a function: its handler's module and every local module it imports.
//!
//! In: the handler's name and the folders of `sys.path`. Out: a [`ModuleGraph`]. Imports are
//! followed wherever they stand; the first match along the path wins, as in CPython.

mod loader;

use std::path::PathBuf;
use std::sync::Arc;

use super::source::{Source, Sources};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, display_path};
use loader::{Found, Loader};

/// A folder of `sys.path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPath {
    /// Relative to the project's root.
    pub dir: PathBuf,
    /// Whose folder it is.
    pub origin: Origin,
}

/// Where a module comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The function's own code.
    Code,
    /// A layer, by its logical id.
    Layer(String),
}

/// A local module.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its dotted name.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its file, tree and operations.
    pub source: Arc<Source>,
    /// Whether it is loaded together with the handler's module, not by an import within a
    /// function.
    pub at_import: bool,
    pub(super) is_package: bool,
    /// For each of its imported names, the local modules that it leads to.
    pub(super) links: Vec<Link>,
}

/// What an imported name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// A local module.
    Module(usize),
    /// A name of a local module.
    Name(usize, String),
    /// Every name of a local module.
    Star(usize),
    /// Something outside of the graph, by its dotted name.
    External(String),
    /// A local module that could not be found or read.
    Broken,
}

/// The handler's function.
#[derive(Debug, Clone)]
pub struct HandlerDef {
    /// Index into [`ModuleGraph::modules`].
    pub module: usize,
    /// The function's name.
    pub name: String,
    /// The name's place where it is bound.
    pub span: Span,
    /// Index into the module's [`functions`](super::code::Code::functions), where the handler is
    /// a plain `def` of that module.
    pub function: Option<u32>,
}

/// Whose an imported module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// The standard library's.
    Stdlib,
    /// Brought by Lambda's Python runtime, such as boto3.
    Runtime,
    /// A package that must be installed.
    ThirdParty,
    /// A relative import that leads nowhere.
    Unresolved,
}

/// An import of something outside of the graph.
#[derive(Debug, Clone)]
pub struct Import {
    /// The top-level package.
    pub package: String,
    /// The dotted name with the imported member, such as `aws_lambda_powertools.Logger`.
    pub qualified: String,
    /// Index of the importing module.
    pub module: usize,
    /// The name in the statement.
    pub span: Span,
    /// Whose it is.
    pub kind: ImportKind,
    /// Whether it is imported when the handler's module is loaded.
    pub at_import: bool,
    /// Whether the code survives without it: in a `try` that catches import errors, or under
    /// `TYPE_CHECKING`.
    pub guarded: bool,
}

/// A function's modules.
#[derive(Debug, Default)]
pub struct ModuleGraph {
    /// The handler's module first, then in the order in which imports were followed.
    pub modules: Vec<Module>,
    /// The handler, where it was found.
    pub handler: Option<HandlerDef>,
    /// Every import of something that is not local.
    pub imports: Vec<Import>,
    /// What could not be read or found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads the modules of a handler such as `app.lambda_handler` or `src/app.handler`.
pub fn load(sources: &Sources, handler: &str, path: &[SearchPath]) -> ModuleGraph {
    let mut loader = Loader::new(sources, path);
    let named = handler.rsplit_once('.').filter(|(module, function)| {
        let parts = module.split(['.', '/']);
        !function.is_empty() && parts.clone().all(|part| !part.is_empty())
    });
    let Some((module, function)) = named else {
        loader.graph.diagnostics.push(
            Diagnostic::error(
                Code::InvalidHandler,
                format!("the handler `{handler}` names no function"),
            )
            .with_help("a Python handler is written `module.function`, such as `app.handler`"),
        );
        return loader.graph;
    };
    let dotted = module.replace('/', ".");
    match loader.find(&dotted) {
        Found::Module(index) => loader.finish(index, function),
        Found::Unreadable => loader.graph,
        Found::Nothing => {
            let tried: Vec<String> = path
                .iter()
                .map(|it| display_path(&it.dir.join(format!("{}.py", module.replace('.', "/")))))
                .collect();
            loader.graph.diagnostics.push(
                Diagnostic::error(
                    Code::MissingHandlerModule,
                    format!("the handler's module `{module}` was not found"),
                )
                .with_help(format!(
                    "looked for {}; check Handler and CodeUri in the template",
                    tried.join(", ")
                )),
            );
            loader.graph
        }
    }
}

/// The graph of code written in a template; Lambda names its module `index`.
pub fn load_inline(
    sources: &Sources,
    source: Arc<Source>,
    handler: &str,
    layers: &[SearchPath],
) -> ModuleGraph {
    let mut loader = Loader::new(sources, layers);
    let function = handler.rsplit_once('.').map_or(handler, |(_, name)| name);
    let index = loader.add("index".to_owned(), Origin::Code, source, false);
    loader.finish(index, function)
}
