//! The module graph of a function: its handler's module and every local module it imports.
//!
//! In: the handler's name and the folders of `sys.path`. Out: a [`ModuleGraph`]. Imports are
//! followed wherever they stand; the first match along the path wins, as in CPython.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::code::{ImportedName, MODULE_BODY, Member};
use super::source::{Source, Sources};
use super::stdlib;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span, display_path, normalize};

/// Most modules that one function may have; a guard against runaway trees.
const MAX_MODULES: usize = 4000;

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
    let Some((module, function)) = handler.rsplit_once('.') else {
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

enum Found {
    Module(usize),
    /// It is there, and a diagnostic says why it cannot be used.
    Unreadable,
    Nothing,
}

struct Loader<'a> {
    sources: &'a Sources,
    path: &'a [SearchPath],
    graph: ModuleGraph,
    /// By dotted name; `None` for a module that cannot be read.
    by_name: FxHashMap<String, Option<usize>>,
    /// Modules whose imports are still to be followed.
    waiting: VecDeque<usize>,
    /// Packages without `__init__.py`.
    namespaces: FxHashMap<String, bool>,
}

impl<'a> Loader<'a> {
    fn new(sources: &'a Sources, path: &'a [SearchPath]) -> Self {
        Self {
            sources,
            path,
            graph: ModuleGraph::default(),
            by_name: FxHashMap::default(),
            waiting: VecDeque::new(),
            namespaces: FxHashMap::default(),
        }
    }

    fn add(&mut self, name: String, origin: Origin, source: Arc<Source>, package: bool) -> usize {
        let index = self.graph.modules.len();
        if let Some(place) = source.code().too_deep {
            self.graph.diagnostics.push(
                Diagnostic::warning(
                    Code::PythonTooDeep,
                    "the code nests too deep to be analysed",
                )
                .at(&source.file, place)
                .with_help("what lies deeper was left out; split the expression"),
            );
        }
        self.graph.modules.push(Module {
            name: name.clone(),
            origin,
            source,
            at_import: false,
            is_package: package,
            links: Vec::new(),
        });
        self.by_name.insert(name, Some(index));
        self.waiting.push_back(index);
        index
    }

    /// Finds a module by its dotted name along the path, with the packages above it.
    fn find(&mut self, dotted: &str) -> Found {
        if let Some(known) = self.by_name.get(dotted) {
            return known.map_or(Found::Unreadable, Found::Module);
        }
        if self.graph.modules.len() >= MAX_MODULES || !is_dotted_name(dotted) {
            return Found::Nothing;
        }
        for entry in self.holders(dotted) {
            let Some(base) = normalize(&entry.dir) else {
                continue;
            };
            let Some(place) = self.locate(&base, dotted) else {
                continue;
            };
            let package = place.ends_with("__init__.py");
            if let Some((parent, _)) = dotted.rsplit_once('.') {
                self.find(parent);
            }
            return match self.sources.module(&place) {
                Ok(source) => {
                    let origin = entry.origin.clone();
                    Found::Module(self.add(dotted.to_owned(), origin, source, package))
                }
                Err(diagnostic) => {
                    self.by_name.insert(dotted.to_owned(), None);
                    self.graph.diagnostics.push(diagnostic);
                    Found::Unreadable
                }
            };
        }
        Found::Nothing
    }

    /// The folders in which CPython would look for a module: the first that has its top-level
    /// package or module; all of them where that is but a folder without `__init__.py`.
    fn holders(&self, dotted: &str) -> &'a [SearchPath] {
        let root = dotted.split('.').next().unwrap_or(dotted);
        let file = format!("{root}.py");
        let regular = self.path.iter().position(|entry| {
            normalize(&entry.dir).is_some_and(|base| {
                let listed = self.sources.folder(&base);
                let package = || {
                    self.sources
                        .folder(&base.join(root))
                        .has_file("__init__.py")
                };
                listed.has_file(&file) || (listed.has_folder(root) && package())
            })
        });
        match regular {
            Some(index) => &self.path[index..=index],
            None => self.path,
        }
    }

    /// The file of a module below a folder: a package comes before a module of the same name.
    fn locate(&self, base: &Path, dotted: &str) -> Option<PathBuf> {
        let mut folder = base.to_owned();
        let mut parts = dotted.split('.').peekable();
        while let Some(part) = parts.next() {
            let listed = self.sources.folder(&folder);
            let last = parts.peek().is_none();
            let file = format!("{part}.py");
            if listed.has_folder(part) {
                let inside = folder.join(part);
                let is_package = self.sources.folder(&inside).has_file("__init__.py");
                if last && is_package {
                    return Some(inside.join("__init__.py"));
                }
                if !last && (is_package || !listed.has_file(&file)) {
                    folder = inside;
                    continue;
                }
            }
            return (last && listed.has_file(&file)).then(|| folder.join(file));
        }
        None
    }

    /// Whether a dotted name is a folder with Python below but no `__init__.py`.
    fn is_namespace(&mut self, dotted: &str) -> bool {
        if let Some(&known) = self.namespaces.get(dotted) {
            return known;
        }
        let inner = dotted.replace('.', "/");
        let found = is_dotted_name(dotted)
            && self
                .path
                .iter()
                .filter_map(|it| normalize(&it.dir))
                .any(|base| {
                    let folder = self.sources.folder(&base.join(&inner));
                    folder.files.iter().any(|file| file.ends_with(".py"))
                        || !folder.folders.is_empty()
                });
        self.namespaces.insert(dotted.to_owned(), found);
        found
    }

    fn finish(mut self, handler: usize, function: &str) -> ModuleGraph {
        while let Some(index) = self.waiting.pop_front() {
            let source = Arc::clone(&self.graph.modules[index].source);
            let mut links = Vec::with_capacity(source.code().imports.len());
            for import in &source.code().imports {
                links.push(self.link(index, import, &source.file));
            }
            self.graph.modules[index].links = links;
        }
        self.mark_loaded(handler);
        self.graph.imports = external_imports(&self.graph.modules);
        self.graph.handler = self.handler(handler, function);
        self.graph
    }

    fn link(&mut self, module: usize, import: &ImportedName, file: &Arc<SourceFile>) -> Link {
        let Some(target) = self.absolute(module, import) else {
            self.missing_relative(import, file);
            return Link::Broken;
        };
        match &import.member {
            Member::Root => {
                let whole = self.find(&target);
                let root = target.split('.').next().unwrap_or(&target).to_owned();
                match (self.find(&root), whole) {
                    (Found::Module(index), _) => Link::Module(index),
                    (Found::Unreadable, _) => Link::Broken,
                    (Found::Nothing, _) => Link::External(root),
                }
            }
            Member::Whole => match self.find(&target) {
                Found::Module(index) => Link::Module(index),
                Found::Unreadable => Link::Broken,
                Found::Nothing => Link::External(target),
            },
            Member::Star => match self.find(&target) {
                Found::Module(index) => Link::Star(index),
                Found::Unreadable => Link::Broken,
                Found::Nothing => Link::External(target),
            },
            Member::Name(name) => self.link_member(&target, name, import, file),
        }
    }

    /// `from target import name`: a name of the module, or a module of the package.
    fn link_member(
        &mut self,
        target: &str,
        name: &str,
        import: &ImportedName,
        file: &Arc<SourceFile>,
    ) -> Link {
        let inner = if target.is_empty() {
            name.to_owned()
        } else {
            format!("{target}.{name}")
        };
        match self.find(target) {
            Found::Module(index) => {
                let module = &self.graph.modules[index];
                let bound = binds(module.source.code(), name);
                if !bound
                    && module.is_package
                    && let Found::Module(submodule) = self.find(&inner)
                {
                    return Link::Module(submodule);
                }
                Link::Name(index, name.to_owned())
            }
            Found::Unreadable => Link::Broken,
            Found::Nothing => {
                if import.level > 0 || self.is_namespace(target) {
                    match self.find(&inner) {
                        Found::Module(index) => return Link::Module(index),
                        Found::Unreadable => return Link::Broken,
                        Found::Nothing if import.level > 0 => {
                            self.missing_relative(import, file);
                            return Link::Broken;
                        }
                        Found::Nothing => {}
                    }
                }
                Link::External(inner)
            }
        }
    }

    fn missing_relative(&mut self, import: &ImportedName, file: &Arc<SourceFile>) {
        if import.guarded {
            return;
        }
        let dots = ".".repeat(import.level as usize);
        self.graph.diagnostics.push(
            Diagnostic::warning(
                Code::UnresolvedImport,
                format!(
                    "the relative import of `{dots}{}` leads nowhere",
                    import.module
                ),
            )
            .at(file, import.span)
            .with_help("the module is not in the function's code or layers"),
        );
    }

    /// The dotted name of an import's module; `None` where it climbs out of its package.
    fn absolute(&self, module: usize, import: &ImportedName) -> Option<String> {
        if import.level == 0 {
            return Some(import.module.clone());
        }
        let module = &self.graph.modules[module];
        let mut parts: Vec<&str> = module.name.split('.').collect();
        let up = import.level as usize - usize::from(module.is_package);
        if up > parts.len() {
            return None;
        }
        parts.truncate(parts.len() - up);
        if !import.module.is_empty() {
            parts.push(&import.module);
        }
        // A relative import needs a parent package.
        (module.name.contains('.') || module.is_package).then(|| parts.join("."))
    }

    /// Marks the modules that are loaded before the handler is first called.
    fn mark_loaded(&mut self, handler: usize) {
        let mut waiting = vec![handler];
        while let Some(index) = waiting.pop() {
            if std::mem::replace(&mut self.graph.modules[index].at_import, true) {
                continue;
            }
            let module = &self.graph.modules[index];
            let name = module.name.clone();
            for (import, link) in module.source.code().imports.iter().zip(&module.links) {
                if !import.top_level {
                    continue;
                }
                if let Link::Module(target) | Link::Name(target, _) | Link::Star(target) = link {
                    waiting.push(*target);
                }
                if import.member == Member::Root {
                    waiting.extend(self.by_name.get(&import.module).copied().flatten());
                }
            }
            // Importing a module loads the packages above it.
            let mut above = name.as_str();
            while let Some((parent, _)) = above.rsplit_once('.') {
                waiting.extend(self.by_name.get(parent).copied().flatten());
                above = parent;
            }
        }
    }

    fn handler(&mut self, module: usize, function: &str) -> Option<HandlerDef> {
        let source = Arc::clone(&self.graph.modules[module].source);
        let code = source.code();
        let defined = code.functions.iter().enumerate().rfind(|(_, it)| {
            it.parent == Some(MODULE_BODY) && it.class.is_none() && it.name == function
        });
        if let Some((index, found)) = defined {
            return Some(HandlerDef {
                module,
                name: function.to_owned(),
                span: found.name_span,
                function: Some(index as u32),
            });
        }
        let stars = self.graph.modules[module]
            .links
            .iter()
            .any(|link| matches!(link, Link::Star(_)));
        if binds(code, function) || stars {
            let place = code
                .imports
                .iter()
                .find(|it| it.member == Member::Name(function.to_owned()))
                .map_or(Span::at(0), |it| it.span);
            return Some(HandlerDef {
                module,
                name: function.to_owned(),
                span: place,
                function: None,
            });
        }
        self.graph.diagnostics.push(
            Diagnostic::error(
                Code::MissingHandlerFunction,
                format!(
                    "`{}` has no function `{function}`",
                    display_path(source.file.path())
                ),
            )
            .with_help("check Handler in the template against the names in this file"),
        );
        None
    }
}

fn binds(code: &super::code::Code, name: &str) -> bool {
    code.globals
        .iter()
        .any(|&(bound, _)| code.name(bound) == name)
}

fn is_dotted_name(dotted: &str) -> bool {
    dotted
        .split('.')
        .all(|part| !part.is_empty() && !part.contains(['/', '\\', '\0']))
}

fn external_imports(modules: &[Module]) -> Vec<Import> {
    let local: FxHashSet<&str> = modules.iter().map(|it| it.name.as_str()).collect();
    let mut imports = Vec::new();
    for (index, module) in modules.iter().enumerate() {
        let names = module.source.code().imports.iter().zip(&module.links);
        for (import, link) in names {
            let (qualified, kind) = match link {
                // `import folder.module` of a folder without `__init__.py`.
                Link::External(_)
                    if import.member == Member::Root && local.contains(import.module.as_str()) =>
                {
                    continue;
                }
                Link::External(name) => {
                    let whole = match &import.member {
                        Member::Root => import.module.clone(),
                        _ => name.clone(),
                    };
                    let package = whole.split('.').next().unwrap_or(&whole);
                    (whole.clone(), kind_of(package))
                }
                Link::Broken if import.level > 0 => (import.module.clone(), ImportKind::Unresolved),
                _ => continue,
            };
            imports.push(Import {
                package: qualified.split('.').next().unwrap_or_default().to_owned(),
                qualified,
                module: index,
                span: import.span,
                kind,
                at_import: module.at_import && import.top_level,
                guarded: import.guarded,
            });
        }
    }
    imports
}

fn kind_of(package: &str) -> ImportKind {
    if stdlib::is_stdlib(package) {
        ImportKind::Stdlib
    } else if stdlib::is_in_runtime(package) {
        ImportKind::Runtime
    } else {
        ImportKind::ThirdParty
    }
}
