//! Finding modules along the path, and following imports from one to the next.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::code::{self, ImportedName, MODULE_BODY, Member};
use super::super::source::{Source, Sources};
use super::super::stdlib;
use super::{HandlerDef, Import, ImportKind, Link, Module, ModuleGraph, Origin, SearchPath};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span, display_path, normalize};

/// Most modules that one function may have; a guard against runaway trees.
const MAX_MODULES: usize = 4000;

pub(super) enum Found {
    Module(usize),
    /// It is there, and a diagnostic says why it cannot be used.
    Unreadable,
    Nothing,
}

pub(super) struct Loader<'a> {
    sources: &'a Sources,
    path: &'a [SearchPath],
    pub(super) graph: ModuleGraph,
    /// By dotted name; `None` for a module that cannot be read.
    by_name: FxHashMap<String, Option<usize>>,
    /// Modules whose imports are still to be followed.
    waiting: VecDeque<usize>,
    /// Whether there were too many modules.
    full: bool,
    /// Packages without `__init__.py`.
    namespaces: FxHashMap<String, bool>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(sources: &'a Sources, path: &'a [SearchPath]) -> Self {
        Self {
            sources,
            path,
            graph: ModuleGraph::default(),
            by_name: FxHashMap::default(),
            waiting: VecDeque::new(),
            full: false,
            namespaces: FxHashMap::default(),
        }
    }

    pub(super) fn add(
        &mut self,
        name: String,
        origin: Origin,
        source: Arc<Source>,
        package: bool,
    ) -> usize {
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
    pub(super) fn find(&mut self, dotted: &str) -> Found {
        if let Some(known) = self.by_name.get(dotted) {
            return known.map_or(Found::Unreadable, Found::Module);
        }
        if !is_dotted_name(dotted) {
            return Found::Nothing;
        }
        if self.graph.modules.len() >= MAX_MODULES {
            self.too_many();
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

    fn too_many(&mut self) {
        if std::mem::replace(&mut self.full, true) {
            return;
        }
        self.graph.diagnostics.push(
            Diagnostic::warning(
                Code::AnalysisBound,
                format!("the function has more than {MAX_MODULES} modules; the rest is left out"),
            )
            .with_help("is a virtual environment or vendored package in the code folder?"),
        );
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

    pub(super) fn finish(mut self, handler: usize, function: &str) -> ModuleGraph {
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

fn binds(code: &code::Code, name: &str) -> bool {
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
