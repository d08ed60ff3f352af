//! Calls.

use ruff_python_ast::{Expr as PyExpr, ExprCall};
use ruff_text_size::{Ranged, TextRange};

use super::arguments::{Argument, Arguments};
use super::types::Place;
use super::{Lowerer, Scope};
use crate::compiler::ir::{Call, Cond, Entry, Expr, Kind, Mode};
use crate::compiler::mapping;
use crate::compiler::program::{Binding, Entity, Function};
use crate::compiler::support::{Kind as SignatureKind, ParameterKind, Passing, Signature};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// Whether a signature takes an argument among others that another overload has by its name.
fn leaves_out(signature: &Signature, overloads: &[Signature], arguments: &Arguments<'_>) -> bool {
    let names = |signature: &Signature, name: &str| {
        let mut parameters = signature.parameters.iter();
        parameters.any(|it| it.kind != ParameterKind::Keywords && it.name == name)
    };
    arguments.keywords.iter().any(|(keyword, _)| {
        !names(signature, keyword) && overloads.iter().any(|it| names(it, keyword))
    })
}

/// Whether the exception that is handled is asked for: not where `exc_info` says it is not.
fn wants_handled(signature: &Signature, operands: &[(Expr, Mode)]) -> bool {
    let mut parameters = signature.parameters.iter();
    let Some(at) = parameters.position(|it| it.name == "exc_info") else {
        return true;
    };
    let at = at + usize::from(signature.receiver.is_some());
    let mut value = operands.get(at).map(|(value, _)| value);
    while let Some(Expr {
        kind: Kind::Widen(inner),
        ..
    }) = value
    {
        value = Some(inner);
    }
    !value.is_some_and(|it| matches!(it.kind, Kind::None | Kind::Bool(false)))
}

impl<'a> Lowerer<'_, 'a> {
    /// A call.
    pub fn call(&mut self, it: &ExprCall) -> Expr {
        let range = it.range();
        if let PyExpr::Attribute(attribute) = &*it.func {
            if let PyExpr::Call(inner) = &*attribute.value
                && matches!(&*inner.func, PyExpr::Name(name) if name.id == "super")
            {
                return self.super_call(&attribute.attr, it);
            }
            let receiver = self.expr(&attribute.value);
            if !matches!(receiver.ty, Ty::Static(_)) {
                return self.method_call(receiver, &attribute.attr, it);
            }
            if let Some(found) = mapping::static_syntax(self, &receiver, &attribute.attr, it) {
                return found;
            }
            if let Some(method) = self.class_method(&receiver, &attribute.attr) {
                let arguments = self.arguments(&it.arguments);
                return self.call_function(method, Some(receiver), &arguments, range);
            }
        }
        if let PyExpr::Name(name) = &*it.func
            && self.is_builtin(&name.id)
        {
            return self.builtin_call(&name.id.clone(), it);
        }
        self.callee = Some(it.func.range());
        let callee = self.expr(&it.func);
        self.callee = None;
        match &callee.ty {
            Ty::Static(found) => {
                let found = found.clone();
                self.static_call(&found, it)
            }
            Ty::Never => {
                self.arguments(&it.arguments);
                self.unknown(range)
            }
            Ty::Value => {
                let arguments = self.arguments(&it.arguments);
                self.call_value(callee, &arguments, range)
            }
            ty => {
                let message = format!("{} is called", self.describe(ty));
                let help = "call a function by its name";
                self.refuse(range, Code::UnknownType, message, help)
            }
        }
    }

    fn static_call(&mut self, callee: &Entity, it: &ExprCall) -> Expr {
        let range = it.range();
        match callee {
            Entity::Function(function) => {
                let arguments = self.arguments(&it.arguments);
                self.call_function(*function, None, &arguments, range)
            }
            Entity::Class(class) => {
                let arguments = self.arguments(&it.arguments);
                self.construct(*class, &arguments, range)
            }
            Entity::External(name) => {
                let name = name.clone();
                self.external_call(&name, it)
            }
            Entity::Made(..) | Entity::Method(_) => {
                let arguments = self.arguments(&it.arguments);
                match mapping::call_made(self, callee, &arguments, range) {
                    Some(found) => found,
                    None => self.unmapped_call(&self.source(&*it.func), range),
                }
            }
            Entity::Module(_) => self.unsupported(range, "a call of a module"),
        }
    }

    /// A call of something outside of the program.
    fn external_call(&mut self, name: &str, it: &ExprCall) -> Expr {
        let range = it.range();
        if let ("json.dumps", [first, ..]) = (name, &*it.arguments.args) {
            self.encode(first);
        }
        if let Some(found) = mapping::call_syntax(self, name, it) {
            return found;
        }
        let is_lazy = name.starts_with("itertools.") || name == "re.finditer";
        if is_lazy && !self.check_kept(it, &format!("`{name}(…)`")) {
            return Expr::new(Kind::None, Ty::Never, range);
        }
        let arguments = self.arguments(&it.arguments);
        self.external_call_with(name, &arguments, range)
    }

    /// A call of something outside of the program, with arguments that are lowered.
    pub fn external_call_with(
        &mut self,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if let Some(found) = mapping::call(self, name, arguments, range) {
            return found;
        }
        let overloads = self.support.overloads(name);
        self.overloaded(name, overloads, None, arguments, range)
    }

    /// A call by the first overload that takes the arguments.
    pub fn overloaded(
        &mut self,
        name: &str,
        overloads: &'static [Signature],
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        if overloads.is_empty() {
            return self.unmapped_call(name, range);
        }
        if self.has_unknown(receiver, arguments) {
            let ty = overloads.first().map(|it| it.returns.clone());
            return self.unknown_of(ty.unwrap_or_default(), range);
        }
        for signature in overloads {
            let is_value = signature.kind == SignatureKind::Constant;
            if is_value || leaves_out(signature, overloads, arguments) {
                continue;
            }
            if let Some(found) = self.try_overload(signature, receiver, arguments, range) {
                return found;
            }
        }
        self.unfitting(name, overloads, arguments, range)
    }

    fn has_unknown(&self, receiver: Option<&Expr>, arguments: &Arguments<'_>) -> bool {
        let unknown = |value: &Expr| value.ty == Ty::Never && !matches!(value.kind, Kind::Static);
        receiver.is_some_and(unknown)
            || arguments.positional.iter().any(|it| unknown(&it.value))
            || arguments.keywords.iter().any(|(_, it)| unknown(&it.value))
    }

    /// A call by one signature, where it takes the arguments.
    pub fn try_overload(
        &mut self,
        signature: &Signature,
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let (diagnostics, left_out) = (self.diagnostics.len(), self.left_out.len());
        let found = self.overload(signature, receiver, arguments, range);
        if found.is_none() {
            self.diagnostics.truncate(diagnostics);
            self.left_out.truncate(left_out);
        }
        found
    }

    fn overload(
        &mut self,
        signature: &Signature,
        receiver: Option<&Expr>,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let mut operands = Vec::new();
        let is_called = matches!(
            signature.kind,
            SignatureKind::Function | SignatureKind::Attribute
        );
        if !is_called || signature.calls {
            return None;
        }
        match (&signature.receiver, receiver) {
            (Some(Passing::Value(ty, mode)), Some(receiver)) => {
                if *ty == Ty::Value && receiver.ty != Ty::Value && !receiver.ty.is_dynamic() {
                    return None;
                }
                let receiver = self.try_coerce(receiver.clone(), ty)?;
                operands.push((receiver, *mode));
            }
            (None, None) => {}
            _ => return None,
        }
        operands.extend(self.fit(signature, arguments, range)?);
        let before = self.in_order(operands.iter_mut().map(|(it, _)| it).collect(), range);
        Some(self.invoke(signature, operands, range).after(before))
    }

    /// The operation of a signature with its operands.
    pub fn invoke(
        &mut self,
        signature: &Signature,
        mut operands: Vec<(Expr, Mode)>,
        range: TextRange,
    ) -> Expr {
        if let Some(required) = mapping::other_version(self, &signature.python) {
            let message = format!(
                "`{}` is mapped as it is in another version than `{required}`",
                signature.python
            );
            return self.refuse(
                range,
                Code::UnmappedCall,
                message,
                "move to the newest version first",
            );
        }
        let given = operands.len();
        if signature.handled && wants_handled(signature, &operands) {
            operands.extend(self.handled_error(range).map(|it| (it, Mode::Ref)));
        }
        let holes = |from: usize| {
            let mut holes: Vec<String> = Vec::new();
            holes.extend((from..given).map(|at| format!("{{{at}}}")));
            if let Some(at) = signature.located {
                holes.insert(at - from, format!("{:?}", self.location(range)));
            }
            if signature.handled {
                let is_known = operands.len() > given;
                holes.push(match is_known {
                    true => format!("Some({{{given}}})"),
                    false => "None".to_owned(),
                });
            }
            holes.join(", ")
        };
        let name = signature
            .item
            .rsplit("::")
            .next()
            .unwrap_or(&signature.item);
        let template = match signature.kind {
            SignatureKind::Constant | SignatureKind::Static => {
                format!("{}::{}", signature.module, signature.item)
            }
            _ if signature.is_method => format!("{{0}}.{name}({})", holes(1)),
            _ => format!("{}::{}({})", signature.module, signature.item, holes(0)),
        };
        let op = Expr::op(&template, operands, signature.returns.clone(), range);
        let mut op = op.item(&signature.module, &signature.item);
        if signature.raises {
            op = op.raising();
        }
        if signature.awaits {
            op = op.awaiting();
        }
        op
    }

    /// The exception that the code around a place handles, where there is one.
    fn handled_error(&mut self, range: TextRange) -> Option<Expr> {
        if let Some(local) = self.handled.last() {
            return Some(Expr::new(Kind::Local(*local), Ty::Error, range));
        }
        let program = self.program;
        let function = self
            .function
            .map(|it| program.functions[it].decorated.unwrap_or(it));
        if function.is_some_and(|it| it != program.handler) {
            // A caller may handle one.
            self.unsupported_with(
                range,
                "an exception that is logged outside of the `except` that handles it",
                "log it there, or give it by `exc_info=error`",
            );
        }
        None
    }

    /// `name:line` of a call, as log lines give it.
    pub fn location(&self, range: TextRange) -> String {
        let file = &self.program.modules[self.module].file;
        let at = file.location(range.start().to_usize() + file.bom_len());
        let name = match self.function {
            Some(function) => {
                let found = &self.program.functions[function];
                match found.given.is_empty() {
                    true => &found.name,
                    false => found.def.name.as_str(),
                }
            }
            None => "<module>",
        };
        format!("{name}:{}", at.line)
    }

    /// A refusal of something that no mapping knows.
    pub fn unmapped_call(&mut self, name: &str, range: TextRange) -> Expr {
        let module = name.split('.').next().unwrap_or(name);
        let known = self.support.knows_module(module) || mapping::knows(module);
        let (code, message) = if known || !name.contains('.') {
            (
                Code::UnmappedCall,
                format!("`{name}` is not mapped to Rust"),
            )
        } else {
            (
                Code::UnmappedModule,
                format!("`{name}`: the module `{module}` is not mapped to Rust"),
            )
        };
        let help = "leave this function in Python, or move what can be moved with `bind`";
        self.refuse(range, code, message, help)
    }

    fn unfitting(
        &mut self,
        name: &str,
        overloads: &[Signature],
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Expr {
        let known: Vec<&str> = overloads
            .iter()
            .flat_map(|it| it.parameters.iter().map(|it| it.name.as_str()))
            .collect();
        let mut keywords = arguments.keywords.iter();
        if let Some((keyword, argument)) = keywords.find(|(name, _)| !known.contains(&&**name)) {
            let message = format!("the argument `{keyword}` of `{name}` is not mapped to Rust");
            let place = argument.value.range;
            return self.refuse(
                place,
                Code::UnmappedArgument,
                message,
                "leave it out if you can",
            );
        }
        let types: Vec<String> = arguments
            .positional
            .iter()
            .map(|it| &it.value)
            .chain(arguments.keywords.iter().map(|(_, it)| &it.value))
            .map(|value| self.describe(&value.ty))
            .collect();
        let given = match types.is_empty() {
            true => "no arguments".to_owned(),
            false => types.join(", "),
        };
        let message = format!("`{name}` is not mapped to Rust for {given}");
        let help = "convert the argument to a known type first, such as `str(…)`";
        self.refuse(range, Code::UnmappedArgument, message, help)
    }

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

    /// The string of a value that is known while compiling, also where it is a parameter that is
    /// given the same at each call: nothing where no call was seen yet.
    pub fn known_text(&self, value: &Expr) -> Option<Option<String>> {
        match &value.kind {
            Kind::Str(text) => Some(Some(text.clone())),
            _ if value.ty == Ty::Never => None,
            Kind::Local(local) if self.locals[*local].parameter => {
                let Some(function) = self.function else {
                    return Some(None);
                };
                let def = &self.program.functions[function];
                let name = &self.locals[*local].source;
                let skip = usize::from(def.class.is_some() && def.name == "__init__");
                let parameters = self.program.parameters(function);
                let names = super::fixpoint::parameter_names(parameters);
                let at = names.iter().skip(skip).position(|it| it == name);
                let stored = crate::compiler::program::assigned_names(&def.def.body);
                match at {
                    Some(at) if !stored.contains(name) => {
                        self.types.text(&Place::Parameter(function, at))
                    }
                    _ => Some(None),
                }
            }
            _ => Some(None),
        }
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

    fn misfit(&mut self, def: &Function<'a>, range: TextRange) -> Option<Vec<Expr>> {
        let message = format!("the arguments do not fit the parameters of `{}`", def.name);
        self.refuse(
            range,
            Code::UnmappedArgument,
            message,
            "give each argument by itself: what is unpacked is not known while compiling",
        );
        None
    }

    fn given(&mut self, argument: &Argument<'_>) -> Expr {
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

    fn rest_of(
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
    fn default_of(
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

    fn is_constant(&self, expr: &PyExpr, module: usize) -> bool {
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

    /// An argument that is a function, as a closure of so many arguments.
    pub fn callback(&mut self, argument: &Argument<'_>, count: usize) -> Option<(Expr, Mode)> {
        let range = argument.value.range;
        if let Some(PyExpr::Lambda(it)) = argument.ast {
            let parameters: Vec<&str> = it
                .parameters
                .iter()
                .flat_map(|it| it.iter())
                .map(|it| it.name().as_str())
                .collect();
            if parameters.len() != count {
                return None;
            }
            let (locals, body) = self.scoped(|this| {
                let mut locals = Vec::new();
                for name in parameters {
                    let local = this.inner(name, Ty::Value);
                    this.bind_inner(name, local);
                    locals.push(local);
                }
                let body = this.expr(&it.body);
                (locals, body)
            });
            let body = self.try_coerce(body, &Ty::Value)?;
            let kind = Kind::Closure(locals, Box::new(body));
            return Some((Expr::new(kind, Ty::Never, range), Mode::Owned));
        }
        if !matches!(argument.value.ty, Ty::Static(_) | Ty::Value) {
            return None;
        }
        let mut locals = Vec::new();
        let mut values = Arguments::default();
        for at in 0..count {
            let name = if count == 1 {
                "value".to_owned()
            } else {
                format!("value_{at}")
            };
            let local = self.inner(&name, Ty::Value);
            self.locals[local].is_made = true;
            locals.push(local);
            values.positional.push(Argument {
                ast: None,
                value: Expr::new(Kind::Local(local), Ty::Value, range),
            });
        }
        let Ty::Static(callee) = argument.value.ty.clone() else {
            let body = self.call_value(argument.value.clone(), &values, range);
            let kind = Kind::Closure(locals, Box::new(body));
            return Some((Expr::new(kind, Ty::Never, range), Mode::Owned));
        };
        let body = match &*callee {
            Entity::Function(function) => self.call_function(*function, None, &values, range),
            Entity::Class(class) => self.construct(*class, &values, range),
            Entity::External(name) if name == "str" && count == 1 => {
                let value = values.positional.remove(0).value;
                self.str(value)
            }
            Entity::External(name) => self.external_call_with(name, &values, range),
            Entity::Made(..) => mapping::call_made(self, &callee, &values, range)?,
            _ => return None,
        };
        let body = self.try_coerce(body, &Ty::Value)?;
        let kind = Kind::Closure(locals, Box::new(body));
        Some((Expr::new(kind, Ty::Never, range), Mode::Owned))
    }

    /// The scope of the body.
    pub fn scope(&self) -> Scope {
        match self.function {
            Some(function) => Scope::Function(function),
            None => Scope::Import,
        }
    }

    /// Calls that are conditions in Rust, such as `isinstance`.
    pub fn condition_call(&mut self, it: &ExprCall) -> Option<Cond> {
        let PyExpr::Name(name) = &*it.func else {
            return None;
        };
        if !self.is_builtin(&name.id) {
            return None;
        }
        self.builtin_condition(&name.id, it)
    }
}
