//! Binds the names of modules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ruff_python_ast::{Expr as PyExpr, ModModule, Number, Stmt, StmtFunctionDef, UnaryOp};
use ruff_python_parser::Parsed;

use super::scope::{assigned_names, bound_names, globals_of, walk_statements};
use super::{Binding, Class, Entity, Function, Global, Module, Program, rust_name, unique};
use crate::diagnostic::{Code, Diagnostic};
use crate::python::ModuleGraph;

pub(super) fn bind<'a>(
    graph: &ModuleGraph,
    syntax: &'a [Parsed<ModModule>],
    lambdas: &'a [Vec<StmtFunctionDef>],
) -> Result<Program<'a>, Vec<Diagnostic>> {
    let mut taken = BTreeSet::from(["main", "aws", "python", "state"].map(str::to_owned));
    let modules = graph.modules.iter().zip(syntax).map(|(module, syntax)| {
        let last = module.name.rsplit('.').next().unwrap_or(&module.name);
        Module {
            name: module.name.clone(),
            rust_name: unique(rust_name(last), &mut taken),
            file: Arc::clone(&module.source.file),
            syntax,
            bindings: BTreeMap::new(),
            at_import: module.at_import,
            consumed: super::consumed::consumed(&syntax.syntax().body),
        }
    });
    let mut program = Program {
        modules: modules.collect(),
        functions: Vec::new(),
        classes: Vec::new(),
        globals: Vec::new(),
        handler: 0,
        entry: 0,
        python_minor: 11,
        required: Vec::new(),
        stored: std::cell::OnceCell::new(),
        lambdas: rustc_hash::FxHashMap::default(),
    };
    for (index, lambdas) in lambdas.iter().enumerate() {
        let mut binder = Binder {
            program: &mut program,
            module: index,
            taken: BTreeSet::new(),
        };
        binder.definitions();
        lambdas.iter().for_each(|it| binder.lambda(it));
    }
    for index in 0..program.modules.len() {
        variables(&mut program, index);
    }
    // Imports last: they lead to names of other modules.
    for _ in 0..program.modules.len().min(8) {
        for index in 0..program.modules.len() {
            imports(&mut program, index);
        }
    }
    for index in 0..program.modules.len() {
        for name in rivals(&program, index) {
            let bindings = &mut program.modules[index].bindings;
            bindings.insert(name, Binding::Ambiguous);
        }
    }
    program.handler = handler(graph, &program)?;
    program.entry = graph.handler.as_ref().map_or(0, |it| it.module);
    super::wrap::wrap(&mut program);
    Ok(program)
}

fn handler(graph: &ModuleGraph, program: &Program<'_>) -> Result<usize, Vec<Diagnostic>> {
    let Some(handler) = &graph.handler else {
        return Err(graph.diagnostics.clone());
    };
    let binding = program.modules[handler.module].bindings.get(&handler.name);
    match binding {
        Some(Binding::Entity(Entity::Function(function))) => Ok(*function),
        _ => {
            let file = &program.modules[handler.module].file;
            Err(vec![
                Diagnostic::error(
                    Code::UnsupportedSyntax,
                    format!(
                        "the handler `{}` is not a function of its module",
                        handler.name
                    ),
                )
                .at(file, handler.span)
                .with_help(format!(
                    "write a function that calls it: `def {}(event, context): return …`",
                    handler.name
                )),
            ])
        }
    }
}

const TRAIT_METHODS: [&str; 27] = [
    "add",
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "into_iter",
    "mul",
    "neg",
    "new",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
    "to_string",
];

struct Binder<'p, 'a> {
    program: &'p mut Program<'a>,
    module: usize,
    taken: BTreeSet<String>,
}

impl<'a> Binder<'_, 'a> {
    fn definitions(&mut self) {
        let body: &'a [Stmt] = &self.program.modules[self.module].syntax.syntax().body;
        for stmt in body {
            match stmt {
                Stmt::FunctionDef(def) => {
                    let index = self.function(def, None, None);
                    self.name(&def.name, Entity::Function(index));
                }
                Stmt::ClassDef(def) => {
                    let index = self.class(def);
                    self.name(&def.name, Entity::Class(index));
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, name: &str, entity: Entity) {
        let bindings = &mut self.program.modules[self.module].bindings;
        bindings.insert(name.to_owned(), Binding::Entity(entity));
    }

    fn function(
        &mut self,
        def: &'a ruff_python_ast::StmtFunctionDef,
        class: Option<usize>,
        parent: Option<usize>,
    ) -> usize {
        let name = rust_name(&def.name);
        let rust_name = match class {
            // Methods of these names look like those of Rust's traits.
            Some(_) if TRAIT_METHODS.contains(&&*name) => format!("{name}_"),
            Some(_) => name,
            None => unique(name, &mut self.taken),
        };
        let index = self.program.functions.len();
        self.program.functions.push(Function {
            rust_name,
            class,
            parent,
            ..Function::new(self.module, def)
        });
        if has_decorators(def) {
            self.undecorated(index);
        }
        let mut nested = Vec::new();
        walk_statements(&def.body, &mut |stmt| {
            if let Stmt::FunctionDef(def) = stmt {
                nested.push(def);
            }
        });
        for def in nested {
            self.function(def, None, Some(index));
        }
        index
    }

    /// A lambda, as a function in the one around it.
    fn lambda(&mut self, def: &'a StmtFunctionDef) {
        let functions = self.program.functions.iter().enumerate();
        let around = functions.filter(|(_, it)| {
            it.module == self.module
                && it.decorated.is_none()
                && it.def.range.contains_range(def.range)
        });
        let parent = around.min_by_key(|(_, it)| it.def.range.len());
        let parent = parent.map(|(index, _)| index);
        let index = self.function(def, None, parent);
        self.program.functions[index].name = "<lambda>".to_owned();
        self.program.lambdas.insert((self.module, def.range), index);
    }

    /// The function itself, of one that has decorators.
    fn undecorated(&mut self, decorated: usize) {
        let outer = &self.program.functions[decorated];
        let name = format!("{}_inner", outer.rust_name);
        let inner = Function {
            rust_name: match outer.class {
                Some(_) => name,
                None => unique(name, &mut self.taken),
            },
            class: outer.class,
            parent: outer.parent,
            decorated: Some(decorated),
            ..Function::new(outer.module, outer.def)
        };
        let index = self.program.functions.len();
        self.program.functions.push(inner);
        self.program.functions[decorated].undecorated = Some(index);
    }

    fn class(&mut self, def: &'a ruff_python_ast::StmtClassDef) -> usize {
        let index = self.program.classes.len();
        self.program.classes.push(Class {
            module: self.module,
            name: def.name.to_string(),
            def,
            methods: BTreeMap::new(),
        });
        for stmt in &def.body {
            if let Stmt::FunctionDef(method) = stmt {
                let function = self.function(method, Some(index), None);
                let methods = &mut self.program.classes[index].methods;
                methods.insert(method.name.to_string(), function);
            }
        }
        index
    }
}

fn variables(program: &mut Program<'_>, index: usize) {
    let body = &program.modules[index].syntax.syntax().body;
    let mut rebound = BTreeSet::new();
    for function in program.functions.iter().filter(|it| it.module == index) {
        rebound.extend(globals_of(&function.def.body));
    }
    let constants = constants(body, &rebound);
    let mut taken: BTreeSet<_> = program
        .globals
        .iter()
        .map(|it| it.rust_name.clone())
        .collect();
    let mut names = assigned_names(body);
    names.extend(rebound.iter().cloned());
    let imported = imported_names(body);
    for name in names {
        let bindings = &mut program.modules[index].bindings;
        if bindings.contains_key(&name) || imported.contains(&name) && !rebound.contains(&name) {
            continue;
        }
        if let Some(value) = constants.get(&name) {
            bindings.insert(name, Binding::Constant(index, value));
            continue;
        }
        bindings.insert(name.clone(), Binding::Global(program.globals.len()));
        program.globals.push(Global {
            module: index,
            rust_name: unique(rust_name(&name), &mut taken),
            is_rebound: rebound.contains(&name),
            name,
        });
    }
}

/// Whether a function has decorators other than those that say how a method is called.
fn has_decorators(def: &ruff_python_ast::StmtFunctionDef) -> bool {
    let mut decorators = def.decorator_list.iter();
    decorators.any(|it| !super::says_how_called(&it.expression))
}

/// Names that are bound once, at the top of the module, to an immutable literal.
fn constants<'a>(body: &'a [Stmt], rebound: &BTreeSet<String>) -> BTreeMap<String, &'a PyExpr> {
    let mut found = BTreeMap::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    walk_statements(body, &mut |stmt| {
        let one = std::slice::from_ref(stmt);
        if !matches!(
            stmt,
            Stmt::If(_) | Stmt::For(_) | Stmt::While(_) | Stmt::With(_) | Stmt::Try(_)
        ) {
            for name in assigned_names(one) {
                *times.entry(name).or_default() += 1;
            }
        } else if let Stmt::For(it) = stmt {
            for name in assigned_names(&it.body) {
                *times.entry(name).or_default() += 2;
            }
            if let PyExpr::Name(name) = &*it.target {
                *times.entry(name.id.to_string()).or_default() += 2;
            }
        }
    });
    for stmt in body {
        let (target, value) = match stmt {
            Stmt::Assign(it) => match &it.targets[..] {
                [target] => (target, Some(&*it.value)),
                _ => continue,
            },
            Stmt::AnnAssign(it) => (&*it.target, it.value.as_deref()),
            _ => continue,
        };
        if let (PyExpr::Name(name), Some(value)) = (target, value)
            && times.get(name.id.as_str()) == Some(&1)
            && !rebound.contains(name.id.as_str())
            && is_immutable(value)
        {
            found.insert(name.id.to_string(), value);
        }
    }
    found
}

/// Whether an expression is a literal that cannot change: a scalar, or a tuple of such.
pub fn is_immutable(expr: &PyExpr) -> bool {
    match expr {
        PyExpr::StringLiteral(_) | PyExpr::BooleanLiteral(_) => true,
        PyExpr::NumberLiteral(it) => match &it.value {
            Number::Int(value) => value.as_i64().is_some(),
            Number::Float(_) => true,
            Number::Complex { .. } => false,
        },
        PyExpr::UnaryOp(it) => it.op == UnaryOp::USub && is_immutable(&it.operand),
        PyExpr::Tuple(it) => !it.elts.is_empty() && it.elts.iter().all(is_immutable),
        _ => false,
    }
}

fn imported_names(body: &[Stmt]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk_statements(body, &mut |stmt| {
        if matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_)) {
            found.extend(assigned_names(std::slice::from_ref(stmt)));
        }
    });
    found
}

/// Names that a module gives to a definition or an import and to something else: which of them is
/// meant depends on when it is read.
fn rivals(program: &Program<'_>, index: usize) -> BTreeSet<String> {
    let mut meanings: BTreeMap<String, Meanings> = BTreeMap::new();
    let mut note = |name: &str, meaning| meanings.entry(name.to_owned()).or_default().add(meaning);
    walk_statements(
        &program.modules[index].syntax.syntax().body,
        &mut |stmt| match stmt {
            Stmt::FunctionDef(it) => note(&it.name, None),
            Stmt::ClassDef(it) => note(&it.name, None),
            Stmt::Import(_) | Stmt::ImportFrom(_) => {
                for (name, binding) in imported(program, index, stmt) {
                    match binding {
                        Binding::Entity(found) => note(&name, Some(found)),
                        _ => note(&name, None),
                    }
                }
            }
            _ => {}
        },
    );
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in bound_names(&program.modules[index].syntax.syntax().body) {
        *times.entry(name).or_default() += 1;
    }
    let functions = program.functions.iter().filter(|it| it.module == index);
    let rebound: BTreeSet<_> = functions.flat_map(|it| globals_of(&it.def.body)).collect();
    let is_rival = |(name, found): (String, Meanings)| {
        let is_variable = times.get(&name) > Some(&found.times) || rebound.contains(&name);
        let rivals = found.definitions + found.imports.len() + usize::from(is_variable);
        (rivals > 1).then_some(name)
    };
    meanings.into_iter().filter_map(is_rival).collect()
}

/// What statements give a name to.
#[derive(Default)]
struct Meanings {
    times: usize,
    definitions: usize,
    imports: Vec<Entity>,
}

impl Meanings {
    fn add(&mut self, meaning: Option<Entity>) {
        self.times += 1;
        match meaning {
            None => self.definitions += 1,
            Some(found) if self.imports.contains(&found) => {}
            Some(found) => self.imports.push(found),
        }
    }
}

fn imports(program: &mut Program<'_>, index: usize) {
    let body = &program.modules[index].syntax.syntax().body;
    let mut statements = Vec::new();
    walk_statements(body, &mut |stmt| statements.push(stmt));
    for stmt in statements {
        for (name, binding) in imported(program, index, stmt) {
            let bindings = &mut program.modules[index].bindings;
            if !matches!(
                bindings.get(&name),
                Some(Binding::Global(global)) if program.globals[*global].module == index
            ) {
                bindings.insert(name, binding);
            }
        }
    }
}

/// What an import statement binds.
pub fn imported<'a>(
    program: &Program<'a>,
    index: usize,
    stmt: &Stmt,
) -> Vec<(String, Binding<'a>)> {
    let mut found = Vec::new();
    match stmt {
        Stmt::Import(it) => {
            for alias in &it.names {
                let dotted = alias.name.as_str();
                let (name, target) = match &alias.asname {
                    Some(name) => (name.as_str(), dotted),
                    None => {
                        let first = dotted.split('.').next().unwrap_or_default();
                        (first, first)
                    }
                };
                found.push((name.to_owned(), Binding::Entity(module(program, target))));
            }
        }
        Stmt::ImportFrom(it) => {
            let from = origin(program, index, it.level, it.module.as_deref());
            for alias in &it.names {
                let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                if alias.name.as_str() == "*" {
                    if let Some(local) = program.module_named(&from) {
                        let names = program.modules[local].bindings.iter();
                        let public = names.filter(|(name, _)| !name.starts_with('_'));
                        found.extend(public.map(|(name, it)| (name.clone(), it.clone())));
                    }
                    continue;
                }
                found.push((name, member(program, &from, &alias.name)));
            }
        }
        _ => {}
    }
    found
}

fn module(program: &Program<'_>, name: &str) -> Entity {
    match program.module_named(name) {
        Some(index) => Entity::Module(index),
        None => Entity::External(name.to_owned()),
    }
}

/// The dotted name of the module that a `from` names.
pub fn origin(program: &Program<'_>, index: usize, level: u32, named: Option<&str>) -> String {
    if level == 0 {
        return named.unwrap_or_default().to_owned();
    }
    let importing = &program.modules[index];
    let is_package = importing.file.path().ends_with("__init__.py");
    let mut parts: Vec<&str> = importing.name.split('.').collect();
    let up = level as usize - usize::from(is_package);
    parts.truncate(parts.len().saturating_sub(up));
    parts.extend(named);
    parts.join(".")
}

fn member<'a>(program: &Program<'a>, from: &str, name: &str) -> Binding<'a> {
    let dotted = format!("{from}.{name}");
    if let Some(local) = program.module_named(from)
        && let Some(binding) = program.modules[local].bindings.get(name)
    {
        return binding.clone();
    }
    Binding::Entity(module(program, &dotted))
}
