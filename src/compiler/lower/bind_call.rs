//! Calls of the program's own functions: arguments are bound to parameters.

use ruff_python_ast::Expr as PyExpr;
use ruff_text_size::TextRange;

use super::types::Place;
use super::{Argument, Arguments, Lowerer};
use crate::compiler::ir::{Call, Entry, Expr, Kind, Mode};
use crate::compiler::program::{Binding, Entity, Function};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

impl<'a> Lowerer<'_, 'a> {
    /// A call of a function of the program; `this` is the instance of a method.
    pub fn call_function(
        &mut self,
        function: usize,
        this: Option<Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let program = self.program;
        let function = program.functions[function].wrapper.unwrap_or(function);
        self.types.reach(function);
        let def = &program.functions[function];
        if def.def.is_async && !self.awaited.contains(&(self.module, range)) {
            let help = "await it there: `await f()`";
            let what = "a coroutine that is not awaited where it is made";
            return self.unsupported_with(range, what, help);
        }
        if let Some(class) = def.class {
            self.types.use_class(class);
        }
        let bound = self.bind_arguments(function, def, this, arguments, range);
        let captured = self.captured_values(function, range);
        match (bound, captured) {
            (Some(mut values), Some(captured)) => {
                values.extend(captured);
                self.call_with(function, values, range)
            }
            _ => self.unknown(range),
        }
    }

    /// A call of a function of the program that keeps values of those around it.
    pub(super) fn call_given(
        &mut self,
        function: usize,
        arguments: &Arguments<'_>,
        captured: Vec<Expr>,
        range: TextRange,
    ) -> Expr {
        self.types.reach(function);
        let def = &self.program.functions[function];
        match self.bind_arguments(function, def, None, arguments, range) {
            Some(mut values) => {
                values.extend(captured);
                self.call_with(function, values, range)
            }
            None => self.unknown(range),
        }
    }

    /// A call of a function of the program with a value for each parameter.
    pub fn call_with(&mut self, function: usize, mut values: Vec<Expr>, range: TextRange) -> Expr {
        if self.program.functions[function].wrapper.is_some() {
            return self.unsupported(range, "a function with these decorators here");
        }
        self.types.reach(function);
        for (at, value) in values.iter().enumerate() {
            let place = Place::Parameter(function, at);
            self.types.flows(place.clone(), &value.ty);
            if let Some(text) = self.known_text(value) {
                self.types.text_flows(place, text.as_deref());
            }
        }
        for (at, value) in values.iter_mut().enumerate() {
            let ty = self.types.of(&Place::Parameter(function, at));
            let taken = std::mem::replace(value, Expr::none(range));
            *value = self.coerce(taken, &ty);
        }
        let before = self.in_order(values.iter_mut().collect(), range);
        let ty = self.types.of(&Place::Return(function));
        let call = Call {
            function,
            arguments: values,
        };
        Expr::new(Kind::Call(Box::new(call)), ty, range).after(before)
    }

    /// The argument of each parameter, in the order of the parameters.
    pub(super) fn bind_arguments(
        &mut self,
        function: usize,
        def: &Function<'a>,
        this: Option<Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Vec<Expr>> {
        let parameters = self.program.parameters(function);
        let mut positional: Vec<Argument<'_>> = Vec::new();
        positional.extend(this.map(|value| Argument { ast: None, value }));
        positional.extend(arguments.positional.iter().cloned());
        let mut positional = positional.into_iter();
        let mut keywords: Vec<&(String, Argument<'_>)> = arguments.keywords.iter().collect();
        let mut rest = arguments.rest.as_ref();
        let mut spread = arguments.spread.as_ref();
        let mut values = Vec::new();
        // A constructor makes what its first parameter stands for.
        let skip = usize::from(def.class.is_some() && def.name == "__init__");
        let plain = parameters.posonlyargs.iter().chain(&parameters.args);
        for parameter in plain.skip(skip) {
            let name = parameter.parameter.name.as_str();
            let named = keywords.iter().position(|(keyword, _)| keyword == name);
            let next = positional.next();
            // What is unpacked may hold it.
            if next.is_none() && rest.is_some() {
                return self.misfit(def, range);
            }
            let value = match (next, named) {
                (Some(argument), None) => self.given(&argument),
                (None, Some(at)) => self.given(&keywords.remove(at).1.clone()),
                (None, None) => {
                    self.default_of(function, parameter.default.as_deref(), name, range)?
                }
                (Some(_), Some(_)) => return self.misfit(def, range),
            };
            values.push(value);
        }
        if parameters.vararg.is_some() {
            values.push(self.rest_of(positional.by_ref().map(|it| it.value), rest.take(), range));
        }
        for parameter in &parameters.kwonlyargs {
            let name = parameter.parameter.name.as_str();
            let named = keywords.iter().position(|(keyword, _)| keyword == name);
            let value = match named {
                Some(at) => self.given(&keywords.remove(at).1.clone()),
                None => self.default_of(function, parameter.default.as_deref(), name, range)?,
            };
            values.push(value);
        }
        if parameters.kwarg.is_some() {
            let members = std::mem::take(&mut keywords);
            let taken = parameters
                .args
                .iter()
                .skip(skip)
                .chain(&parameters.kwonlyargs);
            let taken: Vec<&str> = taken.map(|it| it.parameter.name.as_str()).collect();
            let (dict, _) = self.keyword_dict(&members, spread.take(), &taken, range)?;
            values.push(match dict.kind {
                Kind::Collect(..) => dict,
                // It is the function's own.
                _ => Expr::op("dict::copy({0})", vec![(dict, Mode::Ref)], Ty::Dict, range)
                    .item("dict", "copy"),
            });
        }
        if positional.next().is_some() || !keywords.is_empty() || rest.is_some() || spread.is_some()
        {
            return self.misfit(def, range);
        }
        Some(values)
    }

    pub(super) fn misfit(&mut self, def: &Function<'a>, range: TextRange) -> Option<Vec<Expr>> {
        let message = format!("the arguments do not fit the parameters of `{}`", def.name);
        self.refuse(
            range,
            Code::UnmappedArgument,
            message,
            "give each argument by itself: what is unpacked is not known while compiling",
        );
        None
    }

    pub(super) fn given(&mut self, argument: &Argument<'_>) -> Expr {
        if matches!(argument.value.kind, Kind::Static) {
            let range = argument.value.range;
            if let Ty::Static(_) = argument.value.ty {
                return argument.value.clone();
            }
            if let Some(ast) = argument.ast {
                return self.expr(ast);
            }
            return self.unsupported(range, "this argument");
        }
        argument.value.clone()
    }

    pub(super) fn rest_of(
        &mut self,
        items: impl Iterator<Item = Expr>,
        rest: Option<&Argument<'_>>,
        _range: TextRange,
    ) -> Expr {
        let range = _range;
        let mut entries: Vec<Entry> = Vec::new();
        for item in items {
            entries.push(Entry::Item(self.dynamic(item)));
        }
        if let Some(rest) = rest {
            entries.push(Entry::Spread(self.iterable_value(rest.value.clone())));
        }
        let kind = Kind::Collect(crate::compiler::ir::Collection::List, entries);
        let list = Expr::new(kind, Ty::List, range);
        Expr::op(
            "Value::from(tuple::tuple({0}.iter()))",
            vec![(list, Mode::Receiver)],
            Ty::Value,
            range,
        )
        .item("tuple", "tuple")
    }

    /// The default of a parameter, which is evaluated where the function is defined.
    pub(super) fn default_of(
        &mut self,
        function: usize,
        default: Option<&PyExpr>,
        name: &str,
        range: TextRange,
    ) -> Option<Expr> {
        let Some(default) = default else {
            let callee = &self.program.functions[function].name;
            let message = format!("`{callee}` is called without its argument `{name}`");
            self.refuse(range, Code::UnmappedArgument, message, "");
            return None;
        };
        let module = self.program.functions[function].module;
        if !self.is_constant(default, module) {
            let message = format!("the default of `{name}` is not a constant");
            self.refuse(
                range,
                Code::UnsupportedSyntax,
                message,
                "use `None` as the default and make the value in the function",
            );
            return None;
        }
        let outer = std::mem::replace(&mut self.module, module);
        let function = self.function.take();
        let names = std::mem::take(&mut self.names);
        let value = self.expr(default);
        self.names = names;
        self.function = function;
        self.module = outer;
        Some(value)
    }

    pub(super) fn is_constant(&self, expr: &PyExpr, module: usize) -> bool {
        match expr {
            PyExpr::NoneLiteral(_) => true,
            PyExpr::Name(name) => matches!(
                self.program.modules[module].bindings.get(name.id.as_str()),
                Some(Binding::Constant(..) | Binding::Entity(Entity::Function(_)))
            ),
            PyExpr::Lambda(_) => true,
            PyExpr::Tuple(it) if it.elts.is_empty() => true,
            _ => crate::compiler::program::is_immutable(expr),
        }
    }
}
