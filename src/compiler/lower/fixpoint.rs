//! Rounds of lowering until the types stand still.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr as PyExpr, ExprContext, Stmt as PyStmt};
use ruff_text_size::{Ranged, TextRange};

use super::Lowerer;
use super::enumeration::Enumeration;
use super::types::{Place, Types};
use crate::compiler::ir::{Body, ClassTest, Expr, Kind, LocalId, Mode, Stmt, StmtKind, Target};
use crate::compiler::program::{Program, rust_name, walk_statements};
use crate::compiler::types::{MAX_ROUNDS, Ty};
use crate::diagnostic::{Code, Diagnostic};

/// A program in the typed representation.
#[derive(Debug)]
pub struct Lowered {
    /// What the modules run at import, in order, and which local is which module's variable.
    pub import: Body,
    /// The local of each module's variable, in the body that is run at import.
    pub globals: BTreeMap<usize, LocalId>,
    /// The functions that something reaches.
    pub functions: Vec<LoweredFunction>,
    /// Classes of which instances are made.
    pub classes: Vec<LoweredClass>,
    /// Classes of exceptions, with their bases.
    pub exceptions: Vec<(usize, Vec<ClassTest>)>,
    /// Types of all places.
    pub types: Types,
}

/// A function in the typed representation.
#[derive(Debug)]
pub struct LoweredFunction {
    /// Its index in the program.
    pub index: usize,
    /// The function itself, where this is what decorators make of it.
    pub wrapped: Option<usize>,
    /// Its body.
    pub body: Body,
    /// Its parameters, in order; those that exist only while compiling are left out of the Rust.
    pub parameters: Vec<LocalId>,
    /// What it returns, or gives item by item.
    pub returns: Ty,
    /// The variable through which a generator gives its items.
    pub sink: Option<LocalId>,
}

/// A class in the typed representation.
#[derive(Debug)]
pub struct LoweredClass {
    /// Its index in the program.
    pub index: usize,
    /// Its fields: name, type, and whether they are bound anew after construction.
    pub fields: Vec<(String, Ty, bool)>,
    /// Its members, where it is an enumeration.
    pub enumeration: Option<Rc<Enumeration>>,
    /// What is used of an enumeration.
    pub used: BTreeSet<String>,
    /// Whether its instances become values of unknown type.
    pub is_dynamic: bool,
    /// Whether instances are made.
    pub is_made: bool,
    /// Whether its instances keep their attributes in a dict.
    pub is_open: bool,
    /// Attributes that are set of values of unknown type.
    pub assigned: BTreeSet<String>,
    /// Constants of the class that values of unknown type are asked for.
    pub constants: Vec<(String, Expr)>,
    /// Properties that values of unknown type are asked for, and what they give.
    pub properties: Vec<(usize, Ty)>,
    /// The fields of a dataclass.
    pub data: Option<Vec<String>>,
    /// Whether values of unknown type are asked for the fields of a dataclass.
    pub gives_fields: bool,
}

/// Lowers a program whose handler takes parameters of these types.
///
/// # Errors
/// Every reason why it cannot be translated.
pub fn lower(program: &Program<'_>, handler: &[Ty]) -> Result<Lowered, Vec<Diagnostic>> {
    let mut types = Types::default();
    types.reach(program.handler);
    for (at, ty) in handler.iter().enumerate() {
        types.flows(Place::Parameter(program.handler, at), ty);
    }
    for _ in 0..MAX_ROUNDS {
        types.changed = false;
        types.conflicts.clear();
        let (lowered, mut diagnostics, left_out) = round(program, &mut types);
        if types.changed {
            continue;
        }
        diagnostics.extend(conflicts(program, &types));
        if diagnostics.is_empty() {
            diagnostics = left_out;
        }
        if diagnostics.is_empty() {
            return Ok(Lowered { types, ..lowered });
        }
        diagnostics.sort_by_key(|it| {
            it.place
                .as_ref()
                .map(|it| (it.file.path().to_owned(), it.span.start))
        });
        diagnostics.dedup_by(|a, b| a.message == b.message && a.location() == b.location());
        return Err(diagnostics);
    }
    let def = &program.functions[program.handler];
    Err(vec![program.diagnostic(
        def.module,
        def.def.name.range(),
        Code::UnknownType,
        "the types of this function were not found in a bounded number of rounds",
    )])
}

/// One round: what came of it, what is wrong, and what was left out.
fn round(program: &Program<'_>, types: &mut Types) -> (Lowered, Vec<Diagnostic>, Vec<Diagnostic>) {
    let (mut diagnostics, mut left_out) = (Vec::new(), Vec::new());
    let mut importer = Lowerer::new(program, types, 0, None);
    let mut stmts = Vec::new();
    let mut done = vec![false; program.modules.len()];
    for module in program.modules_on_the_way(&program.modules[program.entry].name) {
        importer.run_module(module, &mut done, &mut stmts);
    }
    let mut globals = BTreeMap::new();
    for (index, global) in program.globals.iter().enumerate() {
        let key = format!("{}.{}", global.module, global.name);
        if let Some(local) = importer.local_named(&key) {
            importer.locals[local].name.clone_from(&global.rust_name);
            globals.insert(index, local);
        }
    }
    diagnostics.append(&mut importer.diagnostics);
    left_out.append(&mut importer.left_out);
    let import = importer.body(stmts);
    let mut functions = Vec::new();
    let mut at = 0;
    while let Some(index) = types.reached.get(at).copied() {
        at += 1;
        let module = program.functions[index].module;
        let lowerer = Lowerer::new(program, types, module, Some(index));
        let (function, found, without) = lowerer.lower_function(index);
        diagnostics.extend(found);
        left_out.extend(without);
        functions.push(function);
    }
    let mut namer = Lowerer::new(program, types, 0, None);
    for class in namer.types.dynamic.clone() {
        namer.adapt(class);
    }
    let mut classes = Vec::new();
    for index in namer.types.classes.clone() {
        if namer.is_exception(index) {
            continue;
        }
        let is_made = namer.types.constructed.contains(&index);
        let enumeration = namer.enumeration(index);
        let used = namer
            .types
            .members
            .iter()
            .filter(|(class, _)| *class == index);
        let used = used.map(|(_, what)| what.clone()).collect();
        let is_dynamic = namer.types.dynamic.contains(&index);
        let names = namer.field_names(index);
        let fields = names.into_iter().map(|name| {
            let ty = namer.types.of(&Place::Field(index, name.clone()));
            let rebound = is_rebound(program, index, &name);
            (name, ty, rebound)
        });
        let fields = fields.collect();
        classes.push(LoweredClass {
            index,
            fields,
            enumeration,
            used,
            is_dynamic,
            is_made,
            is_open: namer.is_open(index),
            assigned: namer.types.assigned.clone(),
            constants: namer.asked_constants(index),
            properties: namer.asked_properties(index),
            data: namer.data_field_names(index),
            gives_fields: namer.types.asks_fields,
        });
    }
    let mut exceptions = Vec::new();
    for index in 0..program.classes.len() {
        if namer.is_exception(index) {
            exceptions.push((index, namer.exception_bases(index)));
        }
    }
    let lowered = Lowered {
        import,
        globals,
        functions,
        classes,
        exceptions,
        types: Types::default(),
    };
    (lowered, diagnostics, left_out)
}

impl Lowerer<'_, '_> {
    /// Lowers what a module runs, what it imports first.
    fn run_module(&mut self, module: usize, done: &mut [bool], stmts: &mut Vec<Stmt>) {
        if std::mem::replace(&mut done[module], true) {
            return;
        }
        let program = self.program;
        let body = &program.modules[module].syntax.syntax().body;
        for stmt in body {
            for imported in imported_modules(program, module, stmt) {
                self.run_module(imported, done, stmts);
            }
            self.module = module;
            stmts.extend(self.stmts(std::slice::from_ref(stmt)));
        }
    }

    fn lower_function(
        mut self,
        index: usize,
    ) -> (LoweredFunction, Vec<Diagnostic>, Vec<Diagnostic>) {
        let program = self.program;
        let function = &program.functions[index];
        let parameters = self.bind_parameters(index);
        let is_generator = self.is_generator(index);
        if is_generator {
            self.check_generator(index);
        }
        let sink = is_generator.then(|| self.sink());
        let first = self.default_fields();
        let (wrapped, mut stmts) = match self.decorated(index, &parameters) {
            Some(stmts) => (function.undecorated, stmts),
            None => (None, self.stmts(&function.def.body)),
        };
        if self.is_open_constructor() {
            self.open_instance(index, &mut stmts);
        } else if let Some(class) = self.is_constructor() {
            if stmts
                .iter()
                .any(|it| matches!(it.kind, StmtKind::Return(_)))
            {
                self.unsupported(function.def.name.range(), "`return` in a constructor");
            }
            stmts.splice(0..0, first);
            let made = self.made(class, function.def.name.range());
            self.types.flows(Place::Return(index), &made.ty);
            stmts.push(Stmt {
                kind: StmtKind::Return(made),
                range: TextRange::empty(function.def.range().end()),
            });
        } else if !is_generator && !super::flow::ends(&stmts) {
            self.types.flows(Place::Return(index), &Ty::None);
            let ty = self.types.of(&Place::Return(index));
            if ty != Ty::None {
                let range = TextRange::empty(function.def.range().end());
                let value = self.coerce(Expr::none(range), &ty);
                stmts.push(Stmt {
                    kind: StmtKind::Return(value),
                    range,
                });
            }
        }
        let returns = self.types.of(&Place::Return(index));
        let diagnostics = std::mem::take(&mut self.diagnostics);
        let left_out = std::mem::take(&mut self.left_out);
        let lowered = LoweredFunction {
            index,
            wrapped,
            body: self.body(stmts),
            parameters,
            sink,
            returns,
        };
        (lowered, diagnostics, left_out)
    }

    fn bind_parameters(&mut self, index: usize) -> Vec<LocalId> {
        let is_generator = self.is_generator(index);
        let program = self.program;
        let function = &program.functions[index];
        let mut found = Vec::new();
        let mut place = 0;
        for (at, parameter) in parameter_names(program.parameters(index))
            .into_iter()
            .enumerate()
        {
            let is_open = self.is_open_constructor();
            let is_self = at == 0 && (is_open || self.is_constructor().is_some());
            let ty = if is_self {
                let class = function.class.unwrap_or_default();
                match self.is_exception(class) {
                    true => Ty::Error,
                    false => Ty::Instance(class),
                }
            } else {
                place += 1;
                self.types.of(&Place::Parameter(index, place - 1))
            };
            let local = self.variable(&parameter, ty.clone());
            if at == 0 && function.class.is_some() && parameter == "self" {
                "self".clone_into(&mut self.locals[local].name);
            }
            self.locals[local].parameter = true;
            self.locals[local].borrowed = !is_generator || parameter == "self";
            if is_self && is_open {
                // It is a variable, which is made before all else.
                "this".clone_into(&mut self.locals[local].name);
                self.locals[local].parameter = false;
                self.locals[local].borrowed = false;
            }
            // What a wrapper is given has no names in it.
            let parameter = match function.forwarded {
                Some(_) => format!("*{parameter}"),
                None => parameter,
            };
            self.bind_inner(&parameter, local);
            self.types
                .flows(Place::Local(super::Scope::Function(index), parameter), &ty);
            if !is_self {
                found.push(local);
            }
        }
        self.widen_parameters(index, &found);
        found.extend(self.bind_captures(index, place));
        found
    }

    /// Parameters that are bound anew hold what is bound to them too.
    fn widen_parameters(&mut self, index: usize, parameters: &[LocalId]) {
        let program = self.program;
        let def = program.functions[index].def;
        let stored = crate::compiler::program::assigned_names(&def.body);
        for (at, local) in parameters.iter().enumerate() {
            let Some(name) = stored
                .iter()
                .find(|it| self.local_named(it) == Some(*local))
            else {
                continue;
            };
            let place = Place::Local(super::Scope::Function(index), name.clone());
            let ty = self.types.of(&place);
            self.types.flows(Place::Parameter(index, at), &ty);
            self.locals[*local].ty = ty;
            self.locals[*local].parameter = true;
        }
    }

    /// Makes an instance without attributes before a constructor's body, and returns it behind it.
    fn open_instance(&mut self, index: usize, stmts: &mut Vec<Stmt>) {
        let def = self.program.functions[index].def;
        let class = self.program.functions[index].class.unwrap_or_default();
        let place = TextRange::empty(def.range().end());
        let ty = Ty::Instance(class);
        self.types.flows(Place::Return(index), &ty);
        let name = &self.program.classes[class].name;
        let template = format!("Rc::new({name} {{ attributes: Dict::new() }})");
        let made = Expr::op(&template, Vec::new(), ty.clone(), place);
        let stmt = |kind| Stmt { kind, range: place };
        stmts.insert(0, stmt(StmtKind::Assign(Target::Local(0), made)));
        if !super::flow::ends(stmts) {
            stmts.push(stmt(StmtKind::Return(Expr::new(Kind::Local(0), ty, place))));
        }
    }

    /// The instance that a constructor makes of its variables.
    fn made(&mut self, class: usize, range: TextRange) -> Expr {
        let program = self.program;
        let found = &program.classes[class];
        if self.is_exception(class) {
            return self.made_exception(class, range);
        }
        let mut operands = Vec::new();
        let mut inits = Vec::new();
        for (at, name) in stored_fields(program, class).iter().enumerate() {
            let Some(local) = self.local_named(&Self::field_key(name)) else {
                let message = format!("`{name}` is not set in `__init__`");
                return self.refuse(range, Code::UnknownType, message, "set it to `None` there");
            };
            operands.push((self.read(local, range), Mode::Owned));
            let hole = self.stored_form(class, name, &format!("{{{at}}}"));
            inits.push(format!("{}: {hole}", rust_name(name)));
        }
        let template = format!("Rc::new({} {{ {} }})", found.name, inits.join(", "));
        Expr::op(&template, operands, Ty::Instance(class), range)
    }
}

/// The names of parameters, in the order in which arguments are bound.
pub fn parameter_names(parameters: &ruff_python_ast::Parameters) -> Vec<String> {
    let plain = parameters.posonlyargs.iter().chain(&parameters.args);
    let mut found: Vec<String> = plain.map(|it| it.parameter.name.to_string()).collect();
    found.extend(parameters.vararg.iter().map(|it| it.name.to_string()));
    found.extend(
        parameters
            .kwonlyargs
            .iter()
            .map(|it| it.parameter.name.to_string()),
    );
    found.extend(parameters.kwarg.iter().map(|it| it.name.to_string()));
    found
}

/// The local modules that a statement imports, in the order in which they are run.
fn imported_modules(program: &Program<'_>, module: usize, stmt: &PyStmt) -> Vec<usize> {
    let mut names: Vec<String> = Vec::new();
    let mut visit = |stmt: &PyStmt| match stmt {
        PyStmt::Import(it) => names.extend(it.names.iter().map(|it| it.name.to_string())),
        PyStmt::ImportFrom(it) => {
            let from =
                crate::compiler::program::origin(program, module, it.level, it.module.as_deref());
            names.push(from.clone());
            names.extend(it.names.iter().map(|it| format!("{from}.{}", it.name)));
        }
        _ => {}
    };
    walk_statements(std::slice::from_ref(stmt), &mut visit);
    let mut found = Vec::new();
    for name in names {
        found.extend(program.modules_on_the_way(&name));
    }
    found
}

struct Stores<'s> {
    object: Option<&'s str>,
    found: Vec<String>,
}

impl<'a> Visitor<'a> for Stores<'_> {
    fn visit_expr(&mut self, expr: &'a PyExpr) {
        if let PyExpr::Attribute(it) = expr
            && it.ctx == ExprContext::Store
        {
            let object = match &*it.value {
                PyExpr::Name(name) => Some(name.id.as_str()),
                _ => None,
            };
            if self.object.is_none() || self.object == object {
                self.found.push(it.attr.to_string());
            }
        }
        visitor::walk_expr(self, expr);
    }
}

/// The attributes that a block sets, of one name's object or of any.
pub(super) fn stored_in(body: &[PyStmt], object: Option<&str>) -> Vec<String> {
    let mut stores = Stores {
        object,
        found: Vec::new(),
    };
    stores.visit_body(body);
    stores.found
}

/// The names of all attributes that some code sets.
pub(super) fn stored_names<'p>(program: &'p Program<'_>) -> &'p BTreeSet<String> {
    program.stored.get_or_init(|| {
        let bodies = program.functions.iter().map(|it| &it.def.body);
        let modules = program.modules.iter().map(|it| &it.syntax.syntax().body);
        let all = bodies.chain(modules).flat_map(|it| stored_in(it, None));
        all.collect()
    })
}

/// The attributes that a class's `__init__` sets, in order, and those that have a constant of the
/// class as their first value.
pub(super) fn stored_fields(program: &Program<'_>, class: usize) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(init) = program.classes[class].methods.get("__init__") {
        let def = program.functions[*init].def;
        let names = parameter_names(&def.parameters);
        found = stored_in(&def.body, names.first().map(String::as_str));
    }
    let mut seen = BTreeSet::new();
    found.retain(|name| seen.insert(name.clone()));
    let defaults = super::class::constants(&program.classes[class]).into_iter();
    let stored = stored_names(program);
    let defaults =
        defaults.filter(|(name, _)| stored.contains(*name) && !found.contains(&(*name).to_owned()));
    let defaults: Vec<String> = defaults.map(|(name, _)| name.to_owned()).collect();
    found.extend(defaults);
    found
}

/// Whether an attribute of that name is set anywhere but in the class's own `__init__`.
pub(super) fn is_rebound(program: &Program<'_>, class: usize, name: &str) -> bool {
    program.functions.iter().any(|function| {
        let own = function.class == Some(class) && function.name == "__init__";
        !own && stored_in(&function.def.body, None)
            .iter()
            .any(|it| it == name)
    })
}

/// Places whose values have no type in common.
fn conflicts(program: &Program<'_>, types: &Types) -> Vec<Diagnostic> {
    let mut known = Types::default();
    let namer = Lowerer::new(program, &mut known, 0, None);
    let each = types.conflicts.iter().map(|(place, one, other)| {
        let (one, other) = (namer.describe(one), namer.describe(other));
        let (module, range, what) = match place {
            Place::Local(super::Scope::Function(function), name) => {
                let def = &program.functions[*function];
                (def.module, def.def.name.range(), format!("`{name}`"))
            }
            Place::Local(super::Scope::Import, name) => {
                let name = name.split_once('.').map_or(name.as_str(), |(_, name)| name);
                (0, TextRange::default(), format!("`{name}`"))
            }
            Place::Global(global) => {
                let global = &program.globals[*global];
                (
                    global.module,
                    TextRange::default(),
                    format!("`{}`", global.name),
                )
            }
            Place::Parameter(function, at) => {
                let def = &program.functions[*function];
                let names = parameter_names(program.parameters(*function));
                let skip = usize::from(def.name == "__init__" && def.class.is_some());
                let name = names.get(at + skip).cloned().unwrap_or_default();
                let what = format!("the parameter `{name}` of `{}`", def.name);
                (def.module, def.def.name.range(), what)
            }
            Place::Return(function) => {
                let def = &program.functions[*function];
                let what = format!("what `{}` returns", def.name);
                (def.module, def.def.name.range(), what)
            }
            Place::Field(class, name) => {
                let class = &program.classes[*class];
                let what = format!("the attribute `{name}` of `{}`", class.name);
                (class.module, class.def.name.range(), what)
            }
        };
        let message = format!("{what} is {one} here and {other} there");
        program
            .diagnostic(module, range, Code::UnknownType, message)
            .with_help("let it be of one type, or use two names")
    });
    each.collect()
}
