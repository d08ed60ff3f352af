//! Decorators of functions.
//!
//! A decorated function is two functions in Rust: the function itself, and one of the same
//! parameters that does what the decorators do around it. The mappings say what that is, the
//! outermost decorator first; what they answer is put around a call of the function itself, the
//! innermost first, as Python does it.

use ruff_python_ast::{Expr as PyExpr, Stmt as PyStmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{Arguments, Lowerer, parameter_names};
use crate::compiler::ir::{Expr, Kind, LocalId, Stmt, StmtKind, Target};
use crate::compiler::mapping;
use crate::compiler::program::{
    Binding, Entity, Program, assigned_names, says_how_called, walk_statements,
};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// A decorator.
#[derive(Debug)]
pub struct Decorator<'e> {
    /// Its qualified name: `aws_lambda_powertools.Tracer.capture_method`.
    pub name: String,
    /// What it is a method of.
    pub receiver: Option<Expr>,
    /// Whether it is called: `@name(…)`, not `@name`.
    pub is_called: bool,
    /// Its arguments.
    pub arguments: Arguments<'e>,
    /// Its place.
    pub range: TextRange,
}

/// The function that is decorated.
#[derive(Debug)]
pub struct Decorated {
    /// The function itself, by its index.
    pub function: usize,
    /// What it is called with, in the order of its parameters.
    pub arguments: Vec<Expr>,
}

/// What is done around a function so far: statements, and then a value.
#[derive(Debug)]
pub struct Wrapped {
    /// What is done before the value is there.
    pub stmts: Vec<Stmt>,
    /// What is returned.
    pub value: Expr,
}

/// What a decorator does.
pub enum Decoration {
    /// Nothing when the function is called.
    Nothing,
    /// It puts something around the function and the decorators within.
    Around(Layer),
}

/// What a decorator makes of what is done around a function so far.
pub type Layer = Box<dyn FnOnce(&mut Lowerer<'_, '_>, Wrapped) -> Wrapped>;

impl Decoration {
    /// Statements are run before.
    pub fn before(stmts: Vec<Stmt>) -> Self {
        Self::Around(Box::new(|_, wrapped| wrapped.after(stmts)))
    }

    /// Statements are run before; then something is made of the outcome, of type
    /// [`Ty::Outcome`], which is returned.
    pub fn around(
        before: Vec<Stmt>,
        range: TextRange,
        then: impl FnOnce(&mut Lowerer<'_, '_>, Expr) -> Expr + 'static,
    ) -> Self {
        Self::Around(Box::new(move |lowerer, wrapped| {
            let (captured, outcome) = lowerer.captured(wrapped, range);
            let mut stmts = before;
            stmts.push(captured);
            let value = then(lowerer, outcome);
            Wrapped { stmts, value }
        }))
    }
}

impl Wrapped {
    /// The same, after other statements.
    #[must_use]
    pub fn after(self, mut before: Vec<Stmt>) -> Self {
        before.extend(self.stmts);
        Self {
            stmts: before,
            value: self.value,
        }
    }
}

impl<'a> Lowerer<'_, 'a> {
    /// What is done where a function with decorators is called; nothing where that is its body.
    pub fn decorated(&mut self, function: usize, parameters: &[LocalId]) -> Option<Vec<Stmt>> {
        let program = self.program;
        let inner = program.functions[function].undecorated?;
        let inner = program.functions[function].core.unwrap_or(inner);
        let own = program.functions[function].own_decorators;
        let def = program.functions[function].def;
        if self.is_constructor().is_some() {
            self.unsupported(def.name.range(), "a constructor with a decorator");
        }
        let range = def.name.range();
        let read = |this: &Self, local: &LocalId| this.read(*local, range);
        let mut decorated = Decorated {
            function: inner,
            arguments: parameters.iter().map(|it| read(self, it)).collect(),
        };
        let mut layers = Vec::new();
        let mapped = def.decorator_list.len() - own;
        for decorator in &def.decorator_list[..mapped] {
            let expr = &decorator.expression;
            if says_how_called(expr) {
                continue;
            }
            match self.decoration(function, expr, &mut decorated) {
                Some(Decoration::Nothing) => {}
                Some(Decoration::Around(layer)) => layers.push(layer),
                None => {
                    // Nothing more is known of the function while this stands.
                    layers.push(Box::new(|_, wrapped| wrapped));
                }
            }
        }
        if layers.is_empty() {
            return None;
        }
        let value = self.call_with(inner, decorated.arguments, range);
        let stmts = Vec::new();
        let mut wrapped = Wrapped { stmts, value };
        for layer in layers.into_iter().rev() {
            wrapped = layer(self, wrapped);
        }
        let returns = super::types::Place::Return(function);
        self.types.flows(returns.clone(), &wrapped.value.ty);
        let ty = self.types.of(&returns);
        let mut stmts = wrapped.stmts;
        stmts.push(Stmt {
            kind: StmtKind::Return(self.coerce(wrapped.value, &ty)),
            range,
        });
        Some(stmts)
    }

    /// What a decorator does; a refusal where no mapping knows.
    fn decoration(
        &mut self,
        function: usize,
        expr: &'a PyExpr,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        let callee = match expr {
            PyExpr::Call(call) => &*call.func,
            callee => callee,
        };
        let module = self.program.functions[function].module;
        if mapping::registers(self, module, expr) && self.is_of_module(function, callee) {
            return Some(Decoration::Nothing);
        }
        let names = std::mem::replace(&mut self.names, vec![Default::default()]);
        let diagnostics = self.diagnostics.len();
        let found = match self.decorator(function, expr) {
            Some(decorator) => {
                let found = mapping::decorate(self, &decorator, decorated);
                let is_unknown = matches!(&decorator.receiver, Some(it) if it.ty == Ty::Never);
                found.or_else(|| is_unknown.then(|| Decoration::before(Vec::new())))
            }
            None => None,
        };
        // What the mapping made is the body's.
        self.names = names;
        if found.is_none() && self.diagnostics.len() == diagnostics {
            let message = format!(
                "the decorator `@{}` is not mapped to Rust",
                self.source(expr)
            );
            let help = "call what it does in the function's body";
            self.refuse(expr.range(), Code::UnmappedCall, message, help);
        }
        found
    }

    /// A decorator with its name and arguments, which are evaluated where the function is defined.
    fn decorator(&mut self, function: usize, expr: &'a PyExpr) -> Option<Decorator<'a>> {
        let range = expr.range();
        let (callee, arguments) = match expr {
            PyExpr::Call(call) => (&*call.func, Some(&call.arguments)),
            callee => (callee, None),
        };
        if !self.is_of_module(function, callee) {
            self.unsupported_with(
                range,
                "a decorator whose object is bound more than once, or not in the module",
                "bind it once, at the top of the module",
            );
            return None;
        }
        let (name, receiver) = match callee {
            PyExpr::Attribute(it) => {
                let value = self.expr(&it.value);
                match &value.ty {
                    Ty::Static(found) => match &**found {
                        Entity::Made(what, _) => (format!("{what}.{}", it.attr), Some(value)),
                        _ => (self.name_of(callee)?, None),
                    },
                    ty => (format!("{}.{}", self.python_type(ty), it.attr), Some(value)),
                }
            }
            callee => (self.name_of(callee)?, None),
        };
        let is_called = arguments.is_some();
        let arguments = arguments.map(|it| self.arguments(it)).unwrap_or_default();
        Some(Decorator {
            name,
            receiver,
            is_called,
            arguments,
            range,
        })
    }

    /// The qualified name of something outside of the program.
    fn name_of(&mut self, callee: &PyExpr) -> Option<String> {
        match self.expr(callee).ty {
            Ty::Static(found) => match &*found {
                Entity::External(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the name that a decorator begins with is a name of the module, bound once.
    fn is_of_module(&self, function: usize, callee: &PyExpr) -> bool {
        let mut root = callee;
        while let PyExpr::Attribute(it) = root {
            root = &it.value;
        }
        let PyExpr::Name(name) = root else {
            return false;
        };
        let program = self.program;
        let function = &program.functions[function];
        let name = name.id.to_string();
        let binds = |def: &StmtFunctionDef| {
            parameter_names(&def.parameters).contains(&name)
                || assigned_names(&def.body).contains(&name)
        };
        let mut around = function.parent;
        while let Some(parent) = around {
            if binds(program.functions[parent].def) {
                return false;
            }
            around = program.functions[parent].parent;
        }
        let of_class = function.class.map(|it| &program.classes[it].def.body);
        if of_class.is_some_and(|body| assigned_names(body).contains(&name)) {
            return false;
        }
        match program.modules[function.module].bindings.get(&name) {
            Some(Binding::Global(global)) => {
                let global = &program.globals[*global];
                !global.is_rebound && times_bound(program, global.module, &global.name) <= 1
            }
            _ => true,
        }
    }

    /// What is done around a function so far as a statement, and its outcome.
    pub fn captured(&mut self, wrapped: Wrapped, range: TextRange) -> (Stmt, Expr) {
        let ty = Ty::Outcome(Box::new(wrapped.value.ty.clone()));
        let local = self.fresh("result", ty.clone());
        let kind = StmtKind::Capture(local, wrapped.stmts, wrapped.value);
        (
            Stmt { kind, range },
            Expr::new(Kind::Local(local), ty, range),
        )
    }

    /// A statement that binds a value, and a read of it.
    pub fn bound_before(&mut self, name: &str, value: Expr) -> (Stmt, Expr) {
        let (range, ty) = (value.range, value.ty.clone());
        let local = self.fresh(name, ty.clone());
        let kind = StmtKind::Assign(Target::Local(local), value);
        (
            Stmt { kind, range },
            Expr::new(Kind::Local(local), ty, range),
        )
    }
}

/// How often a module binds a name.
fn times_bound(program: &Program<'_>, module: usize, name: &str) -> usize {
    let mut times = 0;
    walk_statements(&program.modules[module].syntax.syntax().body, &mut |stmt| {
        let is_simple = matches!(stmt, PyStmt::Assign(_) | PyStmt::AnnAssign(_));
        let binds = |stmt| {
            assigned_names(std::slice::from_ref(stmt))
                .iter()
                .any(|it| it == name)
        };
        times += usize::from(is_simple && binds(stmt));
    });
    times
}
