//! Functions as values, and what nested functions see of those around them.
//!
//! A function that becomes a value is known by its name when the program runs: a call of a value is
//! a match of that name over all functions that ever become values and take such arguments. What a
//! nested function reads of the function around it is given to it besides its arguments.

use ruff_python_ast::{Parameters, Stmt as PyStmt, StmtFunctionDef};
use ruff_text_size::TextRange;

use super::types::Place;
use super::{Arguments, Lowerer, parameter_names};
use crate::compiler::ir::{Arm, Expr, Kind, Match, Mode};
use crate::compiler::program::{Entity, assigned_names, bound_names, walk_statements};
use crate::compiler::types::Ty;

impl Lowerer<'_, '_> {
    /// A function of the program as a value; nothing where it cannot be one.
    pub(super) fn function_value(&mut self, function: usize, range: TextRange) -> Option<Expr> {
        let function = self.program.functions[function].wrapper.unwrap_or(function);
        let found = &self.program.functions[function];
        if found.class.is_some() || found.def.is_async || self.is_generator(function) {
            return None;
        }
        self.types.take(function);
        let captures = self.types.captures(function);
        let key = self.key_of(function);
        let name = &found.name;
        if captures.is_empty() {
            let template = format!("function::function({key:?}, {name:?})");
            let value = Expr::op(&template, Vec::new(), Ty::Value, range);
            return Some(value.item("function", "function"));
        }
        let mut operands = Vec::new();
        for captured in &captures {
            if !self.is_settled(function, captured) {
                let what =
                    format!("a function that is kept and reads `{captured}`, which changes,");
                let help = "give it the value as an argument";
                return Some(self.unsupported_with(range, &what, help));
            }
            let value = self.captured_value(captured, range);
            operands.push((self.dynamic(value), Mode::Owned));
        }
        let holes: Vec<String> = (0..operands.len()).map(|at| format!("{{{at}}}")).collect();
        let template = format!(
            "function::closure({key:?}, {name:?}, vec![{}])",
            holes.join(", ")
        );
        let value = Expr::op(&template, operands, Ty::Value, range);
        Some(value.item("function", "closure"))
    }

    /// A function that is kept where only values are: that as a value.
    pub(super) fn existing(&mut self, value: Expr) -> Expr {
        match &value.ty {
            Ty::Static(found) if matches!(**found, Entity::Function(_)) => self.dynamic(value),
            _ => value,
        }
    }

    /// What a function is known by when the program runs.
    fn key_of(&self, function: usize) -> String {
        let found = &self.program.functions[function];
        let module = &self.program.modules[found.module].rust_name;
        format!("{module}::{}", found.rust_name)
    }

    /// Whether a variable of a function around is bound once, and not in a loop.
    fn is_settled(&self, function: usize, name: &str) -> bool {
        let mut around = self.program.functions[function].parent;
        while let Some(parent) = around {
            let parent = &self.program.functions[parent];
            let is_parameter = parameter_names(&parent.def.parameters)
                .iter()
                .any(|it| it == name);
            let is_assigned = assigned_names(&parent.def.body).iter().any(|it| it == name);
            if is_parameter || is_assigned {
                let bound = bound_names(&parent.def.body);
                let times = bound.iter().filter(|it| *it == name).count();
                let is_rebound = self.program.functions.iter().any(|it| {
                    it.module == parent.module
                        && crate::compiler::program::nonlocals_of(&it.def.body).contains(name)
                });
                let times = times + usize::from(is_parameter);
                return times == 1 && !is_rebound && !is_in_loop(parent.def, name);
            }
            around = parent.parent;
        }
        false
    }

    /// A variable of a function around this one, which this one is given.
    pub(super) fn of_outside(&mut self, name: &str, range: TextRange) -> Expr {
        let Some(function) = self.function else {
            return self.unsupported(range, "a variable of a function");
        };
        let decorated = self.program.functions[function].decorated;
        if decorated.is_some() || self.program.functions[function].undecorated.is_some() {
            let what = format!("`{name}`, a variable of the function around this one,");
            let help = "give it to this function as an argument";
            return self.unsupported_with(range, &what, help);
        }
        self.types.capture(function, name);
        self.unknown(range)
    }

    /// The value of a variable that a nested function is given here.
    pub(super) fn captured_value(&mut self, name: &str, range: TextRange) -> Expr {
        // What a comprehension or lambda binds is not seen by the function.
        let inner = self.names.split_off(self.names.len().min(1));
        let value = self.name(name, range);
        self.names.extend(inner);
        value
    }

    /// What a function is given besides its arguments.
    pub(super) fn captured_values(
        &mut self,
        function: usize,
        range: TextRange,
    ) -> Option<Vec<Expr>> {
        let captures = self.types.captures(function);
        if captures.is_empty() {
            return Some(Vec::new());
        }
        if !self.is_inside(self.program.functions[function].parent) {
            let what = "a nested function that is called outside of the function around it";
            self.unsupported_with(range, what, "call it there");
            return None;
        }
        let each = captures.iter();
        Some(each.map(|it| self.captured_value(it, range)).collect())
    }

    /// Whether the body is of a function, or of one nested in it.
    fn is_inside(&self, outer: Option<usize>) -> bool {
        let mut at = self.function;
        while let Some(function) = at {
            let found = &self.program.functions[function];
            let function = found.decorated.unwrap_or(function);
            if Some(function) == outer {
                return true;
            }
            at = self.program.functions[function].parent;
        }
        false
    }

    /// The variables in which a function gets what it reads of those around it.
    pub(super) fn bind_captures(&mut self, function: usize, first: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for (at, name) in self.types.captures(function).into_iter().enumerate() {
            let ty = self.types.of(&Place::Parameter(function, first + at));
            let local = self.variable(&name, ty);
            self.locals[local].parameter = true;
            self.locals[local].borrowed = true;
            self.bind_inner(&name, local);
            found.push(local);
        }
        found
    }

    /// `value(…)` where the value is some function of the program.
    pub(super) fn call_value(
        &mut self,
        callee: Expr,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if arguments.rest.is_some() || arguments.spread.is_some() {
            let what = "unpacked arguments for a function that is not known";
            return self.unsupported_with(range, what, "give each argument by itself");
        }
        let mut stmts = Vec::new();
        let callee = self.dynamic(callee);
        let callee = self.bound_inside(callee, "function", &mut stmts);
        let mut arguments = arguments.clone();
        let keywords = arguments.keywords.iter_mut().map(|(_, it)| it);
        for argument in arguments.positional.iter_mut().chain(keywords) {
            let value = std::mem::replace(&mut argument.value, Expr::none(range));
            let value = match &argument.ast {
                Some(ast) if matches!(value.kind, Kind::Static) => self.expr(ast),
                _ => value,
            };
            argument.value = match value.ty {
                Ty::Static(_) => value,
                _ => self.bound_inside(value, "argument", &mut stmts),
            };
        }
        let taken = self.types.taken.clone();
        let fitting = taken
            .into_iter()
            .filter(|it| fits(self.program.parameters(*it), &arguments));
        let mut arms = Vec::new();
        for function in fitting {
            let captures = self.types.captures(function);
            let captured = (0..captures.len()).map(|at| {
                let template = format!("function::captured({{0}}, {at})");
                let operands = vec![(callee.clone(), Mode::Ref)];
                let value = Expr::op(&template, operands, Ty::Value, range);
                value.raising().item("function", "captured")
            });
            let captured: Vec<Expr> = captured.collect();
            let given = self.call_given(function, &arguments, captured, range);
            arms.push(Arm {
                pattern: format!("{:?}", self.key_of(function)),
                binds: Vec::new(),
                value: self.dynamic(given),
            });
        }
        if arms.is_empty() {
            return self.unknown_of(Ty::Value, range);
        }
        let called = |template: &str, item: &str, ty| {
            let operands = vec![(callee.clone(), Mode::Ref)];
            let found = Expr::op(template, operands, ty, range);
            found.raising().item("function", item)
        };
        arms.push(Arm {
            pattern: "_".to_owned(),
            binds: Vec::new(),
            value: called("function::misfit({0})", "misfit", Ty::Value),
        });
        let on = called("function::called({0})", "called", Ty::Never);
        let kind = Kind::Match(Box::new(Match { on, arms }));
        Expr::new(kind, Ty::Value, range).after(stmts)
    }
}

/// Whether arguments fit the parameters of a function.
fn fits(parameters: &Parameters, arguments: &Arguments<'_>) -> bool {
    let plain: Vec<_> = parameters
        .posonlyargs
        .iter()
        .chain(&parameters.args)
        .collect();
    let given = arguments.positional.len();
    let is_named = |name: &str| arguments.keywords.iter().any(|(it, _)| it == name);
    let is_filled = |at: usize| {
        let it = plain[at];
        at < given || it.default.is_some() || is_named(&it.parameter.name)
    };
    let mut only_named = parameters.kwonlyargs.iter();
    let is_known = |name: &String| {
        let position = plain.iter().position(|it| it.parameter.name == *name);
        position.is_some_and(|at| at >= given && at >= parameters.posonlyargs.len())
            || parameters
                .kwonlyargs
                .iter()
                .any(|it| it.parameter.name == *name)
            || position.is_none() && parameters.kwarg.is_some()
    };
    (given <= plain.len() || parameters.vararg.is_some())
        && (0..plain.len()).all(is_filled)
        && only_named.all(|it| it.default.is_some() || is_named(&it.parameter.name))
        && arguments.keywords.iter().all(|(name, _)| is_known(name))
}

/// Whether a function binds a name in a loop.
fn is_in_loop(def: &StmtFunctionDef, name: &str) -> bool {
    let mut found = false;
    walk_statements(&def.body, &mut |stmt| {
        if matches!(stmt, PyStmt::For(_) | PyStmt::While(_)) {
            let bound = assigned_names(std::slice::from_ref(stmt));
            found |= bound.iter().any(|it| it == name);
        }
    });
    found
}
