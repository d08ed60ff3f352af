//! What code may change: whether a loop's body may change what the loop runs over.
//!
//! Conservative: a change is one of a thing that other names may stand for, unless it is of a
//! local that holds what the function made itself and gave to nobody.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprContext, Stmt, StmtFunctionDef};

use crate::compiler::program::Program;

/// Methods that change what they are called on.
const CHANGING: [&str; 21] = [
    "append",
    "appendleft",
    "extend",
    "extendleft",
    "insert",
    "pop",
    "popleft",
    "popitem",
    "remove",
    "clear",
    "update",
    "setdefault",
    "sort",
    "reverse",
    "add",
    "discard",
    "subtract",
    "shuffle",
    "move_to_end",
    "heappush",
    "heappop",
];

/// Whether statements of a function may change a container that is not made there alone; `over` is
/// the name of what a loop around them runs over.
pub(super) fn may_change(
    program: &Program<'_>,
    function: Option<usize>,
    body: &[Stmt],
    over: Option<&str>,
) -> bool {
    let def = function.map(|it| program.functions[it].def);
    Changes {
        program,
        own: def.map(|def| owned(def, over)).unwrap_or_default(),
        seen: BTreeSet::new(),
        found: false,
    }
    .of(body)
}

/// Like [`may_change`], of an expression.
pub(super) fn may_change_in(
    program: &Program<'_>,
    function: Option<usize>,
    exprs: &[&Expr],
    over: Option<&str>,
) -> bool {
    let def = function.map(|it| program.functions[it].def);
    let mut changes = Changes {
        program,
        own: def.map(|def| owned(def, over)).unwrap_or_default(),
        seen: BTreeSet::new(),
        found: false,
    };
    exprs.iter().for_each(|it| changes.visit_expr(it));
    changes.found
}

struct Changes<'p, 'a> {
    program: &'p Program<'a>,
    /// Locals that hold what nobody else has.
    own: BTreeSet<String>,
    /// Functions that were looked into.
    seen: BTreeSet<usize>,
    found: bool,
}

impl Changes<'_, '_> {
    fn of(mut self, body: &[Stmt]) -> bool {
        self.visit_body(body);
        self.found
    }

    fn is_own(&self, object: &Expr) -> bool {
        match object {
            Expr::Name(name) => self.own.contains(name.id.as_str()),
            _ => false,
        }
    }

    /// Whether a name is a variable's somewhere: what is called is then not known.
    fn is_variable(&self, name: &str) -> bool {
        let functions = self.program.functions.iter();
        let modules = self.program.modules.iter();
        let is_function = |it: &crate::compiler::program::Function<'_>| it.name == name;
        let is_bound = |def: &StmtFunctionDef| {
            super::parameter_names(&def.parameters)
                .iter()
                .chain(&crate::compiler::program::assigned_names(&def.body))
                .any(|it| it == name)
        };
        functions
            .clone()
            .any(|it| is_bound(it.def) && !self.program.functions.iter().any(is_function))
            || modules.into_iter().any(|it| {
                matches!(
                    it.bindings.get(name),
                    Some(crate::compiler::program::Binding::Global(_))
                )
            })
    }

    /// A function of the program that may be called under a name.
    fn call(&mut self, name: &str) {
        let program = self.program;
        for (index, function) in program.functions.iter().enumerate() {
            let is_made = name == function.name
                || function.name == "__init__"
                    && function
                        .class
                        .is_some_and(|class| program.classes[class].name == name);
            if is_made && self.seen.insert(index) {
                let outer = std::mem::replace(&mut self.own, owned(function.def, None));
                self.visit_body(&function.def.body);
                self.own = outer;
            }
        }
    }
}

impl<'a> Visitor<'a> for Changes<'_, '_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            // `items += more` changes a list where it stands.
            Stmt::AugAssign(it) if !it.target.is_subscript_expr() => {
                let is_scalar = it.value.is_number_literal_expr()
                    || it.value.is_string_literal_expr()
                    || it.value.is_f_string_expr();
                self.found |= !is_scalar && !self.is_own(&it.target);
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Subscript(it) if it.ctx != ExprContext::Load => {
                self.found |= !self.is_own(&it.value);
            }
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(it) => {
                    if CHANGING.contains(&it.attr.as_str()) {
                        self.found |= !self.is_own(&it.value);
                    }
                    self.call(&it.attr);
                }
                Expr::Name(name) => {
                    self.found |= self.is_variable(&name.id);
                    self.call(&name.id);
                }
                // Something unknown is called.
                _ => self.found = true,
            },
            // A function that is given to another is called by it.
            Expr::Name(name) if name.ctx == ExprContext::Load => self.call(&name.id),
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// Locals of a function that hold only what it made itself and never gave away but by `return`.
fn owned(def: &StmtFunctionDef, over: Option<&str>) -> BTreeSet<String> {
    let mut locals = Locals::default();
    locals.visit_body(&def.body);
    let parameters: BTreeSet<String> = super::parameter_names(&def.parameters)
        .into_iter()
        .collect();
    let mut found = locals.made;
    found.retain(|name| {
        !locals.shared.contains(name) && !parameters.contains(name) && Some(name.as_str()) != over
    });
    found
}

#[derive(Default)]
struct Locals {
    /// Names that are bound to something new.
    made: BTreeSet<String>,
    /// Names that are bound otherwise, or whose value others may get hold of.
    shared: BTreeSet<String>,
}

impl Locals {
    fn bind(&mut self, target: &Expr, value: Option<&Expr>) {
        match target {
            Expr::Name(name) => {
                let is_new = value.is_some_and(is_new);
                let names = if is_new {
                    &mut self.made
                } else {
                    &mut self.shared
                };
                names.insert(name.id.to_string());
            }
            target => self.visit_expr(target),
        }
    }
}

/// Whether an expression makes something that nobody else has.
fn is_new(expr: &Expr) -> bool {
    match expr {
        Expr::Dict(_)
        | Expr::List(_)
        | Expr::Set(_)
        | Expr::ListComp(_)
        | Expr::SetComp(_)
        | Expr::DictComp(_)
        | Expr::StringLiteral(_)
        | Expr::NumberLiteral(_) => true,
        Expr::Call(call) => match &*call.func {
            Expr::Name(name) => matches!(
                name.id.as_str(),
                "list"
                    | "dict"
                    | "set"
                    | "sorted"
                    | "defaultdict"
                    | "Counter"
                    | "deque"
                    | "str"
                    | "int"
            ),
            _ => false,
        },
        _ => false,
    }
}

impl<'a> Visitor<'a> for Locals {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Assign(it) => {
                self.visit_expr(&it.value);
                let value = (it.targets.len() == 1).then_some(&*it.value);
                for target in &it.targets {
                    self.bind(target, value);
                }
            }
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.visit_expr(value);
                    self.bind(&it.target, Some(value));
                }
            }
            Stmt::AugAssign(it) => {
                self.visit_expr(&it.value);
                if !it.target.is_name_expr() {
                    self.visit_expr(&it.target);
                }
            }
            // What is given away when the function ends was its own until then.
            Stmt::Return(_) => {}
            Stmt::Global(it) => self.shared.extend(it.names.iter().map(ToString::to_string)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                self.shared.insert(name.id.to_string());
            }
            Expr::Attribute(it) if it.value.is_name_expr() => {}
            Expr::Subscript(it) if it.value.is_name_expr() => self.visit_expr(&it.slice),
            Expr::Call(call) => {
                self.visit_expr(&call.func);
                let keeps_nothing = match &*call.func {
                    Expr::Name(name) => matches!(
                        name.id.as_str(),
                        "len"
                            | "str"
                            | "print"
                            | "sorted"
                            | "sum"
                            | "min"
                            | "max"
                            | "any"
                            | "all"
                            | "repr"
                    ),
                    Expr::Attribute(it) => matches!(it.attr.as_str(), "dumps" | "join"),
                    _ => false,
                };
                for argument in call.arguments.args.iter() {
                    if !(keeps_nothing && argument.is_name_expr()) {
                        self.visit_expr(argument);
                    }
                }
                for keyword in &call.arguments.keywords {
                    self.visit_expr(&keyword.value);
                }
            }
            Expr::Compare(it) => {
                for side in std::iter::once(&*it.left).chain(&it.comparators) {
                    if !side.is_name_expr() {
                        self.visit_expr(side);
                    }
                }
            }
            Expr::FString(_) => {}
            _ => visitor::walk_expr(self, expr),
        }
    }
}
